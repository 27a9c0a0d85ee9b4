"""Rich text that fetches nothing: no picture, no style sheet, from no file, share or network."""

from __future__ import annotations

from PySide6.QtGui import QImage


def nothing() -> QImage:
    """What ``loadResource`` gives, whatever is asked for: one clear pixel. Given nothing at all, Qt opens the file."""
    dot = QImage(1, 1, QImage.Format.Format_ARGB32)
    dot.fill(0)
    return dot
