"""Whether the package of an export is put under a passphrase, and which."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout

from models.i18n import _
from ui.widgets.passphrase_field import PassphraseField


class LockCard(QFrame):
    """Nothing of it is remembered; ``changed`` comes when it is asked for or not, and with every letter."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        self.box = QCheckBox(_("Đặt mật khẩu cho gói nộp"))
        self.box.setAccessibleName(self.box.text())
        layout.addWidget(self.box)
        self.field = PassphraseField()
        self.field.changed.connect(self.changed)
        layout.addWidget(self.field)
        self._note = QLabel(
            _(
                "Chỉ gói đã khóa (.khoa.zip) được ghi; báo mật khẩu cho người nhận qua điện thoại. Bản PDF để in và ký "
                "lấy ở “Các lần kết xuất…”. Quên mật khẩu thì không ai mở lại được gói."
            )
        )
        self._note.setObjectName("muted")
        self._note.setWordWrap(True)
        layout.addWidget(self._note)
        self.box.toggled.connect(self._on_toggled)
        self._show(False)

    def passphrase(self) -> str:
        """What to lock with; empty where nothing is to be locked."""
        return self.field.text() if self.box.isChecked() else ""

    def check(self) -> bool:
        """Whether one can export with it; where not, what is wrong is said, and the cursor is put there."""
        if not self.box.isChecked() or self.field.is_good():
            return True
        self.field.say(self.field.problem())
        self.field.setFocus()
        return False

    def set_known(self, known: Sequence[str]) -> None:
        """Texts that others know too, which are no good as a passphrase."""
        self.field.known = tuple(known)

    def _on_toggled(self, on: bool) -> None:
        self._show(on)
        if on:
            self.field.setFocus()
        else:
            self.field.clear()
        self.changed.emit()

    def _show(self, on: bool) -> None:
        self.field.setVisible(on)
        self._note.setVisible(on)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Whoever comes to the page next need not read it.
        self.field.set_shown(False)
