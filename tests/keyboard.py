"""Typing as an officer does: real key events and input method events to whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def focused() -> QWidget:
    """The widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(text: str) -> None:
    """A key event for each letter, Vietnamese ones too, which ``QTest.keyClicks`` cannot."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            code = ord(letter.upper()) if letter.isascii() else int(Qt.Key.Key_unknown)
            QApplication.sendEvent(focused(), QKeyEvent(kind, code, NONE, letter))


def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """One key, with all that Qt does about shortcuts."""
    QTest.keyClick(focused(), code, modifiers)


def compose(steps: list[str], committed: str | None = None, to: QWidget | None = None) -> None:
    """An input method at work: the half-typed word in each of its ``steps``, then the word it became.

    Without ``committed`` the word stays half-typed. ``to`` is the widget it is typed into, where that is not the one
    with the focus.
    """
    for step in steps:
        QApplication.sendEvent(to or focused(), QInputMethodEvent(step, []))
    if committed is not None:
        done = QInputMethodEvent("", [])
        done.setCommitString(committed)
        QApplication.sendEvent(to or focused(), done)
