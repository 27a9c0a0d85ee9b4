"""The button in a line of text that empties it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from models.i18n import _


def make_clearable(line: QLineEdit) -> None:
    """Give ``line`` the button, which Qt leaves without a name for those who do not see it."""
    line.setClearButtonEnabled(True)
    action = line.findChild(QAction, "_q_qlineeditclearaction")
    if isinstance(action, QAction):
        action.setText(_("Xóa chữ đã gõ"))
