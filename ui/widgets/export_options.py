"""What goes along with an export: a Word file, and a mail that is ready to be sent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.errors import ExportError
from models.exports.mail import Mail, addresses
from models.i18n import _
from models.settings import Settings
from ui.widgets.finding_lines import set_state

#: The choices by the names under which they are remembered.
_WORD, _MAIL, _LOOSE, _TO = "export_word", "export_mail", "export_loose", "mail_to"


class OptionsCard(QFrame):
    """The choices, remembered from one time to the next; ``changed`` comes with each."""

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("card")
        self.settings = settings
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        heading = QLabel(_("Kèm theo gói nộp"))
        heading.setObjectName("heading")
        layout.addWidget(heading)
        self.word = self._box(_("Kèm tệp Word"), _WORD)
        self.mail = self._box(_("Kèm thư điện tử soạn sẵn (.eml)"), _MAIL)
        layout.addWidget(self.word)
        layout.addWidget(self.mail)
        self._letter = QWidget()
        grid = QGridLayout(self._letter)
        grid.setContentsMargins(32, 0, 0, 0)
        grid.setSpacing(8)
        label = QLabel(_("Gửi tới"))
        self.to = QLineEdit(str(settings.get(_TO) or ""))
        self.to.setPlaceholderText(_("vanthu@coquan.gov.vn"))
        self.to.setAccessibleName(_("Địa chỉ thư điện tử nơi nhận, có thể để trống"))
        self.to.textChanged.connect(self._on_address)
        label.setBuddy(self.to)
        self.fault = QLabel()
        self.fault.setObjectName("error")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.loose = self._box(_("Đính kèm rời cả PDF, bảng tính và tệp Word"), _LOOSE)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.to, 0, 1)
        grid.addWidget(self.fault, 1, 1)
        grid.addWidget(self.loose, 2, 0, 1, 2)
        layout.addWidget(self._letter)
        layout.addStretch(1)
        self._letter.setVisible(self.mail.isChecked())
        self.mail.toggled.connect(self._letter.setVisible)

    def _box(self, text: str, name: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setAccessibleName(text)
        box.setChecked(self.settings.get(name) is True)
        box.toggled.connect(lambda on: self.settings.set(name, on))
        box.toggled.connect(self.changed)
        return box

    def set_locked(self, locked: bool) -> None:
        """Under a passphrase nothing goes along that can be read without it."""
        self.word.setEnabled(not locked)
        self.loose.setEnabled(not locked)

    def letter(self) -> Mail | None:
        """The mail that is asked for; ``None``: none."""
        return Mail(self.to.text().strip(), self.loose.isChecked()) if self.mail.isChecked() else None

    def check(self) -> bool:
        """Whether the choices can be carried out; where not, what is wrong is said, and the cursor is put there."""
        fault = ""
        if self.mail.isChecked():
            try:
                addresses(self.to.text())
            except ExportError as error:
                fault = str(error)
        self._tell(fault)
        if fault:
            self.to.setFocus()
        elif self.mail.isChecked():
            self.settings.set(_TO, self.to.text().strip())
        return not fault

    def _on_address(self) -> None:
        self._tell("")
        self.changed.emit()

    def _tell(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        set_state(self.to, "error" if fault else "")
