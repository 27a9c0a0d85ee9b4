"""What changes plans is held back in one place while their store can only be read.

Whoever makes a widget that changes a plan marks it, or what it stands in, with ``edits``. While the store is read, a
filter over the whole program keeps marked fields from being typed into (their text can still be selected and copied)
and marked buttons greyed, however they are filled and enabled. Below all that, ``Store.writer`` refuses.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from models.i18n import N_, _

WHY = N_("Kho dữ liệu đang mở chỉ để đọc nên chưa làm được việc này.")

_MARK = "edits"
#: The property by which the style sheet knows a field that is not typed into.
_HELD = "held"
_WATCHED = frozenset((
    QEvent.Type.Show, QEvent.Type.EnabledChange, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.InputMethod,
))  # fmt: skip
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
#: Keys that choose another value in a combo box.
_CHOOSING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F4,
)  # fmt: skip
_CHOOSING_FROM_LIST = (*_CHOOSING, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space)


def edits(*widgets: QWidget) -> None:
    """Mark widgets that change a plan, with all that stands in them."""
    for widget in widgets:
        widget.setProperty(_MARK, True)


def hold_action(action: QAction) -> None:
    """Grey an action that changes plans; why is told beside it."""
    action.setEnabled(False)
    action.setToolTip(_(WHY))


class ReadingOnly(QObject):
    """The filter, installed on the application; it is at work as long as the store is read."""

    def __init__(self, parent: QObject, is_reading: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._is_reading = is_reading

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _WATCHED or not isinstance(watched, QWidget) or not self._is_reading():
            return False
        if kind == QEvent.Type.Show:
            if _is_marked(watched):
                _hold(watched)
        elif kind == QEvent.Type.EnabledChange:
            if isinstance(watched, QAbstractButton) and watched.isEnabled() and _is_marked(watched):
                _hold(watched)
        elif kind == QEvent.Type.InputMethod:
            # Qt's fields take the word of an input method even where they are read-only.
            return bool(watched.property(_HELD))
        elif isinstance(watched, QComboBox) and _is_marked(watched):
            return not (isinstance(event, QKeyEvent) and _only_reads(watched, event))
        return False


def _is_marked(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None:
        if above.property(_MARK):
            return True
        above = None if above.isWindow() else above.parentWidget()
    return False


def _hold(widget: QWidget) -> None:
    if isinstance(widget, QAbstractButton):
        widget.setEnabled(False)
        widget.setToolTip(_(WHY))
    elif isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QComboBox) and not widget.property(_HELD):
        if not isinstance(widget, QComboBox):
            widget.setReadOnly(True)
            # It says what to type.
            widget.setPlaceholderText("")
        if isinstance(widget, QTextEdit | QPlainTextEdit):
            widget.setTextInteractionFlags(_SELECTABLE)
        widget.setProperty(_HELD, True)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _only_reads(combo: QComboBox, event: QKeyEvent) -> bool:
    """Whether a key in a combo box leaves its value as it is."""
    if combo.isEditable():
        # The line in it takes no text.
        return event.key() not in _CHOOSING
    is_copying = event.matches(QKeySequence.StandardKey.Copy)
    return is_copying or not (event.key() in _CHOOSING_FROM_LIST or event.text().strip())
