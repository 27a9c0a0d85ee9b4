"""A line that asks why a finding is set aside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from models.checks.aside import LONGEST_REASON
from models.i18n import _
from ui.widgets.editing import Editing


class ReasonLine(QWidget):
    """Hidden until it is asked; Enter gives the reason, Esc calls it off."""

    given = Signal(str)
    called_off = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_REASON)
        self.field.setPlaceholderText(_("ví dụ: đã đối chiếu với bản gốc, số liệu đúng"))
        label = QLabel(_("&Lý do bỏ qua"))
        label.setBuddy(self.field)
        self.field.setAccessibleName(_("Lý do bỏ qua"))
        self.take, self.cancel = QPushButton(_("Bỏ qua")), QPushButton(_("Thôi"))
        self.take.setEnabled(False)
        row.addWidget(label)
        row.addWidget(self.field, 1)
        row.addWidget(self.take)
        row.addWidget(self.cancel)
        #: In the order of Tab.
        self.widgets = [self.field, self.take, self.cancel]
        self._typing = Editing(self.field, lambda: True)
        self._typing.entered.connect(self._give)
        self._typing.escaped.connect(self.called_off)
        self.field.textChanged.connect(lambda text: self.take.setEnabled(bool(text.strip())))
        self.take.clicked.connect(self._give)
        self.cancel.clicked.connect(self.called_off)
        self.hide()

    def ask(self) -> None:
        """Show it, empty, with the cursor in it."""
        self.field.clear()
        self.show()
        self.field.setFocus()

    def _give(self) -> None:
        if reason := self.field.text().strip():
            self.hide()
            self.given.emit(reason)
