"""Which template the plan follows, whether there is a newer version of it, and the way to another one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from models import moving
from models.i18n import _
from ui.document import Document
from ui.reading_only import edits


class TemplateLine(QWidget):
    """One calm line, and a button that shows what another template would change."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.text = QLabel()
        self.text.setObjectName("muted")
        self.text.setWordWrap(True)
        self.button = QPushButton()
        self.button.setObjectName("quiet")
        self.button.clicked.connect(self._move)
        edits(self.button)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.load()

    def load(self) -> None:
        used = self._document.template
        newer = moving.newer_for(self._document.plan, used)
        text = _("Mẫu: {name} (phiên bản {version})").format(name=used.name, version=used.version)
        if newer is not None:
            text = _("{template}. Đã có phiên bản {version}.").format(template=text, version=newer.version)
        self.text.setText(text)
        name = _("Xem thay đổi và chuyển…") if newer is not None else _("Chuyển mẫu…")
        self.button.setText(name)
        self.button.setAccessibleName(name.rstrip("…"))
        self.button.setAccessibleDescription(text)

    def _move(self) -> None:
        from ui import moving_plan
        from ui.main_window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            moving_plan.ask(window)
