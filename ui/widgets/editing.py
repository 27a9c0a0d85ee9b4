"""Typing in a field: when it is left, entered, given back; and whose Ctrl+Z it is.

One event filter serves line edits, plain text edits and editable combo boxes alike. It knows of half-typed words:
nothing is written while an input method is composing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_POPUPS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Editing(QObject):
    """Watches one editor. ``left``: the focus went elsewhere; ``entered``: Enter; ``escaped``: Esc.

    ``dirty`` tells whether the editor holds text that is not written yet: only then Ctrl+Z is the editor's own,
    else the window's. ``entered`` takes the key away; with ``takes_enter`` false, Enter makes a new line.
    """

    left = Signal()
    entered = Signal()
    escaped = Signal()

    def __init__(self, editor: QWidget, dirty: Callable[[], bool], takes_enter: bool = True) -> None:
        super().__init__(editor)
        self._editor = editor
        self._dirty = dirty
        self._takes_enter = takes_enter
        self.composing = False
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            was, self.composing = self.composing, bool(event.preeditString())
            if was and not self.composing and not self._editor.hasFocus():
                # The word was ended by leaving: it is in the editor only after this event.
                watched.event(event)
                self.left.emit()
                return True
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in _POPUPS:
                if self.composing:
                    QTimer.singleShot(0, self, self._left_composing)
                else:
                    self.left.emit()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.composing:
                event.accept()
                return True
            if _is_history(event) and not self._dirty():
                event.ignore()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return False

    def _left_composing(self) -> None:
        """The focus is gone, and the input method never said what became of the half-typed word."""
        if self.composing and not self._editor.hasFocus():
            self.composing = False
            self.left.emit()

    def _press(self, event: QKeyEvent) -> bool:
        if self.composing:
            return False
        if _is_history(event) and not self._dirty():
            event.ignore()
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self._takes_enter and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Escape and self._dirty():
            self.escaped.emit()
            return True
        return False


def _is_history(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
