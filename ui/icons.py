"""Icons: glyphs of the Phosphor font that the package qtawesome carries.

The font is taken from the package without importing it: its import costs more than the whole start.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

_SIZES = (16, 20, 24, 32, 48)


@functools.cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """The family of the font, and the code point (hexadecimal) of each glyph by its name."""
    package = importlib.util.find_spec("qtawesome")
    if package is None or not package.submodule_search_locations:
        return "", {}
    folder = Path(package.submodule_search_locations[0]) / "fonts"
    font, names = next(folder.glob("phosphor-*.ttf"), None), next(folder.glob("phosphor-charmap-*.json"), None)
    if font is None or names is None:
        return "", {}
    number = QFontDatabase.addApplicationFont(str(font))
    families = QFontDatabase.applicationFontFamilies(number)
    return (families[0] if families else ""), json.loads(names.read_text(encoding="utf-8"))


@functools.cache
def icon(name: str, colour: str) -> QIcon:
    """The Phosphor glyph ``name`` (as ``check-circle-fill``) in one colour; empty where the font is missing."""
    family, names = _glyphs()
    found = QIcon()
    if not family or name not in names:
        return found
    glyph = chr(int(names[name], 16))
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        font = QFont(family)
        font.setPixelSize(size)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, glyph)
        painter.end()
        found.addPixmap(pixmap)
    return found


#: The glyph of each state of a page or finding.
STATES = {
    "error": "x-circle-fill",
    "warning": "warning-fill",
    "info": "info-fill",
    "done": "check-circle-fill",
    "empty": "circle",
}
