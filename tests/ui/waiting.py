"""Waiting for what happens in the background."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtTest import QTest


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Let the window live until ``condition``; false where that takes longer than ``seconds``."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        QTest.qWait(5)
    return True
