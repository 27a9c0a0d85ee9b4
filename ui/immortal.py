"""A guard against a fault of PySide6 6.12 under Python 3.10 and 3.11.

There every Qt method that gives nothing back takes one reference away from ``None`` (it is compiled as for
Python 3.12, where ``None`` is not counted). After some thousands of calls, a few minutes of work, ``None`` would be
freed and the program would die: "Fatal Python error: none_dealloc".
"""

from __future__ import annotations

import sys


def keep_none() -> None:
    """Give ``None`` more references than any session can use up; nothing from Python 3.12 on, nor a second time."""
    plenty = sys.maxsize // 4
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython" and sys.getrefcount(None) < plenty:
        import ctypes

        # The count is the first field of every object of CPython.
        ctypes.c_ssize_t.from_address(id(None)).value += plenty
