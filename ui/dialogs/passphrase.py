"""The passphrase of a locked file from outside, asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from models.i18n import _
from ui.dialogs.particulars import buttons
from ui.widgets.passphrase_field import PassphraseField


class PassphraseDialog(QDialog):
    """``given`` comes with each passphrase; the dialog stays until it is closed, or told that it was wrong."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None, path: Path) -> None:
        super().__init__(parent)
        self.path = path
        self.setWindowTitle(_("Mở gói có mật khẩu"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Mở gói có mật khẩu"))
        title.setObjectName("title")
        name = QLabel(path.name)
        name.setObjectName("heading")
        intro = QLabel(_("Hỏi mật khẩu người gửi qua điện thoại; trong thư gửi kèm không có mật khẩu."))
        intro.setObjectName("muted")
        for label in (title, name, intro):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        self.field = PassphraseField(confirm=False)
        # Nothing moves when something is said below it.
        self.field.keep_room(2)
        self.field.changed.connect(self._on_changed)
        layout.addWidget(self.field)
        layout.addStretch(1)
        box = buttons(self, _("Mở"), _("Hủy"))
        self.open_button = box.buttons()[0]
        self._stays(box)
        layout.addWidget(box)
        self._on_changed()
        width = max(480, 60 * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))
        self.field.setFocus()

    def _stays(self, box: QDialogButtonBox) -> None:
        box.accepted.disconnect(self.accept)
        box.accepted.connect(self._give)

    def _on_changed(self) -> None:
        self.open_button.setEnabled(self.field.is_good())

    def _give(self) -> None:
        if self.field.is_good():
            self.open_button.setEnabled(False)
            self.given.emit(self.field.text())

    def refuse(self) -> None:
        """The passphrase given is not the right one: it is told, and can be typed anew."""
        self.field.say(_("Mật khẩu không đúng; hãy gõ lại, chú ý chữ hoa, chữ thường."))
        self.field.line.setFocus()
        self.field.line.selectAll()
        self.open_button.setEnabled(True)


class NewPassphraseDialog(QDialog):
    """A passphrase is chosen for a package that goes out."""

    def __init__(self, parent: QWidget | None, known: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Đặt mật khẩu cho gói nộp"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Đặt mật khẩu cho gói nộp"))
        title.setObjectName("title")
        intro = QLabel(
            _(
                "Chỉ gói đã khóa (.khoa.zip) được ghi; báo mật khẩu cho người nhận qua điện thoại. Quên mật khẩu thì "
                "không ai mở lại được gói."
            )
        )
        intro.setObjectName("muted")
        for label in (title, intro):
            label.setWordWrap(True)
            layout.addWidget(label)
        self.field = PassphraseField(known=known)
        self.field.keep_room(2)
        layout.addWidget(self.field)
        layout.addStretch(1)
        layout.addWidget(buttons(self, _("Đồng ý"), _("Hủy")))
        width = max(560, 70 * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))
        self.field.setFocus()

    def accept(self) -> None:
        if self.field.is_good():
            super().accept()
        else:
            self.field.say(self.field.problem())
            self.field.setFocus()
