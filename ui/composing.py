"""Which keys are shortcuts in a field: none while a word is half typed with an input method, else those of Windows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Composing(QObject):
    """Watches whatever widget has the focus, in every window of the program.

    Only widgets that had the focus are watched: a filter on the application itself would see every event there is.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.stands = False
        app.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self.stands = False
        if now is not None:
            # Once more brings it before the filters that came since.
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            if isinstance(watched, QWidget) and watched.hasFocus():
                self.stands = bool(event.preeditString())
        elif kind == QEvent.Type.ShortcutOverride and self.stands:
            event.accept()
            return True
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_of_x11(event):
            event.ignore()
            return True
        elif kind == QEvent.Type.KeyPress and self.stands and isinstance(event, QKeyEvent):
            # What would have been a shortcut is not to become something else, such as another choice of a combo box.
            return _is_command(event)
        return False


def _is_of_x11(event: QKeyEvent) -> bool:
    """Whether a key is Ctrl+E, which fields on X11 alone take for the end of the line: here it is a shortcut."""
    return event.key() == Qt.Key.Key_E and event.modifiers() == _CTRL


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key is no letter and does not move about in a word: F8, Ctrl+K, Alt+Left."""
    if Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return True
    held = event.modifiers() & (_CTRL | _ALT)
    # Both together are AltGr, which makes letters.
    return bool(held) and not (held == _CTRL | _ALT and event.text().isprintable() and event.text())


def install(app: QApplication) -> None:
    """Put the guard in; once is enough."""
    if app.findChild(Composing) is None:
        Composing(app)
