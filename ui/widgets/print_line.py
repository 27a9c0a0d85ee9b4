"""The line at the foot of the window while a plan is printed: what is printed, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QVBoxLayout

from models.i18n import _
from ui.widgets.part_bar import PartBar


class PrintLine(QFrame):
    """Stands over the messages of a window until ``leave``; ``stopped``: its button was pressed."""

    stopped = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 12, 6)
        row.setSpacing(16)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAccessibleName(_("Đang in"))
        self._bar = PartBar(_("Tiến độ in"))
        self._bar.setFixedWidth(160)
        self.stop = QPushButton(_("Dừng"))
        self.stop.setObjectName("quiet")
        self.stop.setAccessibleName(_("Dừng in"))
        self.stop.clicked.connect(self.stopped)
        row.addWidget(self._text, 1)
        row.addWidget(self._bar)
        row.addWidget(self.stop)
        centre = window.centralWidget()
        column = None if centre is None else centre.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, self)
        self.show()

    def say(self, text: str) -> None:
        """Tell what is being done."""
        self._text.setText(text)
        self._bar.show()
        self._dress("info")

    def hold(self, text: str, kind: str) -> None:
        """Tell something while nothing is being done; ``kind`` is ``warning`` or ``info``."""
        self._text.setText(text)
        self._bar.hide()
        self._dress(kind)

    def text(self) -> str:
        """What it tells."""
        return self._text.text()

    def _dress(self, kind: str) -> None:
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def advance(self, fraction: float) -> None:
        """Tell how far it is, from 0 to 1."""
        self._bar.show_part(fraction)

    def leave(self) -> None:
        """Go away, and take part in nothing any more; the cursor goes back into the page."""
        window = self.window()
        had_focus = window.focusWidget() is self.stop
        self.hide()
        self.setParent(None)
        self.deleteLater()
        if had_focus and (workspace := getattr(window, "workspace", None)):
            workspace.page.enter()
