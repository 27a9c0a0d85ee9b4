"""A working day of calls into Qt leaves the interpreter alive."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
import ui
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(400_000):
    label.setEnabled(label.isEnabled())
    label.isVisible()
    label.setVisible(False)
print("alive")
"""


def test_hundreds_of_thousands_of_calls() -> None:
    """PySide6 6.12 uses up references to None and True on Python 3.11: see ``ui/__init__.py``."""
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "alive", done.stderr[-300:]
