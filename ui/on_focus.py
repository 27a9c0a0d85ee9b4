"""Cut, copy, paste and select all, done by whatever has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget


def do(name: str, keys: str) -> None:
    """Have the focused widget do ``name`` (``cut``, ``copy``, ``paste``, ``selectAll``), whose keys are ``keys``."""
    work = _work(name, keys)
    if work is not None:
        work()


def can_do(name: str, keys: str) -> bool:
    return _work(name, keys) is not None


def _work(name: str, keys: str) -> Callable[[], Any] | None:
    """The widget's own method; else the action for these keys of the widget, or of one around it."""
    widget: QWidget | None = QApplication.focusWidget()
    inner = widget.lineEdit() if isinstance(widget, QComboBox | QAbstractSpinBox) else None
    if (own := getattr(inner or widget, name, None)) is not None:
        return own
    sequence = QKeySequence.fromString(keys)
    while widget is not None:
        action = next((one for one in widget.actions() if sequence in one.shortcuts()), None)
        if action is not None:
            return action.trigger if action.isEnabled() else None
        widget = widget.parentWidget()
    return None
