"""Text as PDF operators, written straight into the page.

reportlab's own text objects encode every letter of every line anew; a table of thousands of rows shows the same
few hundred letters again and again, so here each is encoded once (reportlab.pdfbase.ttfonts describes the way).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from models.exports.fonts import Family


class _Other(Exception):
    """A letter that is not in the first subset of its font."""


class _Codes(dict[int, str]):
    """The escaped code of each letter of one face in its first subset; filled as letters come."""

    def __init__(self, font: TTFont, document: object) -> None:
        super().__init__()
        self.font = font
        self.document = document

    def __missing__(self, letter: int) -> str:
        subset, code = self.font.splitString(chr(letter), self.document)[0]
        if subset:
            raise _Other
        self[letter] = escaped = _escape(code)
        return escaped


def _escape(code: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b"()\\" else f"\\{byte:03o}" for byte in code)


class Letters:
    """The text operators of one document: ``begin``, ``show`` …, ``end``; sizes and places in points."""

    def __init__(self, canvas: Canvas, family: Family) -> None:
        self._canvas = canvas
        # The one thing of a canvas that splitString needs and that it keeps to itself.
        self._document = canvas._doc  # type: ignore[attr-defined]
        self._fonts = [cast(TTFont, pdfmetrics.getFont(name)) for name in family.faces]
        self._codes = [_Codes(font, self._document) for font in self._fonts]
        self._names: dict[tuple[int, int], str] = {}
        self._operators: list[str] = []
        self._font: tuple[int, int, float] | None = None

    def begin(self) -> None:
        self._operators.append("BT")
        self._font = None

    def end(self) -> None:
        self._operators.append("ET")
        self._canvas.addLiteral(" ".join(self._operators))
        self._operators.clear()

    def move(self, x: float, y: float) -> None:
        """The next text begins at this point."""
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def spread(self, extra: float) -> None:
        """Widen every space by ``extra`` from here on."""
        self._operators.append(f"{extra:.3f} Tw" if extra else "0 Tw")

    def show(self, text: str, face: int, size: float) -> None:
        """Print ``text`` where the last one ended."""
        try:
            code = text.translate(self._codes[face])
        except _Other:
            for subset, part in self._fonts[face].splitString(text, self._document):
                self._use(face, subset, size)
                self._operators.append(f"({_escape(part)}) Tj")
            return
        if self._font != (face, 0, size):
            self._use(face, 0, size)
        self._operators.append(f"({code}) Tj")

    def lines(self, lines: Sequence[str], face: int, size: float, x: float, y: float, leading: float) -> None:
        """Print lines one below the other, each beginning at ``x``."""
        self.move(x, y)
        for number, line in enumerate(lines):
            if number:
                self._operators.append(f"0 {-leading:.3f} Td")
            self.show(line, face, size)

    def _use(self, face: int, subset: int, size: float) -> None:
        if self._font == (face, subset, size):
            return
        self._font = (face, subset, size)
        name = self._names.get((face, subset))
        if name is None:
            name = self._fonts[face].getSubsetInternalName(subset, self._document)
            self._names[face, subset] = name
        self._operators.append(f"{name} {size:g} Tf")
