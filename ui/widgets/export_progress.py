"""How far an export is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from models.i18n import _
from ui.widgets.part_bar import PartBar


class ExportProgress(QWidget):
    """Hidden until it ``begin``s."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self._doing = QLabel()
        layout.addWidget(self._doing)
        self._bar = PartBar(_("Tiến độ kết xuất"))
        layout.addWidget(self._bar, 1)
        self.stop_button = QPushButton(_("Dừng"))
        self.stop_button.setAccessibleName(_("Dừng kết xuất"))
        layout.addWidget(self.stop_button)
        self.hide()

    def begin(self, doing: str) -> None:
        """Show that nothing is done yet."""
        self._bar.show_part(0)
        self.say(doing)
        self.show()

    def say(self, doing: str) -> None:
        self._doing.setText(doing)

    def show_part(self, fraction: float) -> None:
        self._bar.show_part(fraction)
