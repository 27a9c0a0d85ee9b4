"""Icons: glyphs of the Phosphor font that the package qtawesome carries.

The font is taken from the package without importing it, and a glyph is painted when it is first shown: either
would cost more than the whole rest of a start.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

#: Code points of the glyphs that the first window shows; the others are looked up in the font's own list.
FIRST = {
    "arrow-left": 0xF03B,
    "arrow-u-up-left": 0xF066,
    "arrow-u-up-right": 0xF067,
    "chart-bar": 0xF0D2,
    "check-circle-fill": 0xF851,
    "checks": 0xF0E9,
    "circle": 0xF0EC,
    "export": 0xF15A,
    "eye": 0xF15B,
    "folder-open": 0xF18C,
    "magnifying-glass": 0xF20A,
    "plus": 0xF27F,
    "warning-fill": 0xFAC7,
    "x-circle-fill": 0xFAD7,
}

#: The glyph of each state of a page or finding.
STATES = {
    "error": "x-circle-fill",
    "warning": "warning-fill",
    "info": "info-fill",
    "done": "check-circle-fill",
    "empty": "circle",
    "unread": "book-open",
}


def _file(pattern: str) -> Path | None:
    package = importlib.util.find_spec("qtawesome")
    if package is None or not package.submodule_search_locations:
        return None
    return next((Path(package.submodule_search_locations[0]) / "fonts").glob(pattern), None)


@functools.cache
def _family() -> str:
    """The family of the icon font; empty where it is not there."""
    font = _file("phosphor-*.ttf")
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font))) if font else []
    return families[0] if families else ""


@functools.cache
def names() -> dict[str, int]:
    """The code point of every glyph of the font, by name."""
    found = _file("phosphor-charmap-*.json")
    listed = json.loads(found.read_text(encoding="utf-8")) if found else {}
    return {name: int(code, 16) for name, code in listed.items()}


@functools.cache
def icon(name: str, colour: str) -> QIcon:
    """The Phosphor glyph ``name`` (as ``check-circle-fill``) in one colour; empty where there is no such glyph."""
    code = FIRST.get(name) or names().get(name)
    return QIcon(_Glyph(chr(code), colour)) if code else QIcon()


class _Glyph(QIconEngine):
    """Paints one glyph at the size asked for."""

    def __init__(self, glyph: str, colour: str) -> None:
        super().__init__()
        self._glyph, self._colour = glyph, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        font = QFont(_family())
        font.setPixelSize(max(8, min(rect.width(), rect.height())))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(self._colour))
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.4)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Glyph(self._glyph, self._colour)
