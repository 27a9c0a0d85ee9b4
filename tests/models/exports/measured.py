"""The operators of a PDF's pages read one by one: every piece of text with its font, size and place, and every rule.

Made for measuring; it knows nothing of how the pages were made. Lengths are points, places are from the lower left
corner of the page, as in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import ContentStream

from tests.models.exports.pages import MM, reader_of

#: A gap between pieces of text of one height from which on they are two lines side by side.
_APART = 14.0


@dataclass(frozen=True)
class Piece:
    """Text shown at once, on the line ``y``; ``grey`` is 0 for black, ``turned`` where it does not stand upright."""

    text: str
    font: str
    size: float
    x: float
    y: float
    right: float
    grey: float
    turned: bool

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font


@dataclass(frozen=True)
class Rule:
    """A straight line, its ends from the left and from below."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float

    @property
    def lies(self) -> bool:
        return abs(self.y - self.to_y) < 0.01

    @property
    def length(self) -> float:
        return abs(self.to_x - self.x) + abs(self.to_y - self.y)

    @property
    def middle(self) -> float:
        return (self.x + self.to_x) / 2


@dataclass(frozen=True)
class Line:
    """Pieces that stand on one line beside each other."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces).strip()

    @property
    def left(self) -> float:
        return self.pieces[0].x

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def sizes(self) -> set[float]:
        return {piece.size for piece in self.pieces if piece.text.strip()}

    @property
    def size(self) -> float:
        (size,) = self.sizes
        return size

    @property
    def styles(self) -> set[tuple[bool, bool]]:
        """Bold, italic of each of its pieces."""
        return {(piece.bold, piece.italic) for piece in self.pieces if piece.text.strip()}


@dataclass
class Sheet:
    """One page."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def lies(self) -> bool:
        return self.width > self.height

    @property
    def upright(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.turned and piece.text.strip()]

    @property
    def body(self) -> list[Piece]:
        """What stands between the upper and the lower margin, at the least the decree allows."""
        return [piece for piece in self.upright if 20 * MM - 1 < piece.y < self.height - 20 * MM]

    def lines(self) -> list[Line]:
        """The lines of the body from the top; columns side by side are lines of their own."""
        found: list[list[Piece]] = []
        for piece in sorted(self.body, key=lambda piece: (-round(piece.y, 1), piece.x)):
            last = found[-1][-1] if found else None
            if last is not None and abs(last.y - piece.y) < 0.6 and -1 < piece.x - last.right < _APART:
                found[-1].append(piece)
            else:
                found.append([piece])
        return [Line(tuple(pieces)) for pieces in found]

    @property
    def number(self) -> list[Piece]:
        """What stands in the upper margin."""
        return [piece for piece in self.upright if piece.y > self.height - 20 * MM]


def sheets(pdf: bytes) -> list[Sheet]:
    return [_sheet(page) for page in reader_of(pdf).pages]


def _sheet(page: Any) -> Sheet:
    box = page.mediabox
    sheet = Sheet(float(box.width), float(box.height))
    fonts = {str(name): _Font(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    _Reader(sheet, fonts).read(ContentStream(page.get_contents(), page.pdf))
    return sheet


class _Font:
    """A simple font with a ToUnicode map."""

    def __init__(self, font: Any) -> None:
        self.name = str(font["/BaseFont"]).partition("+")[2] or str(font["/BaseFont"])[1:]
        self.widths = [float(width) for width in font["/Widths"]]
        self.first = int(font["/FirstChar"])
        table = font["/ToUnicode"].get_object().get_data().decode("latin-1")
        self.letters = {
            int(code, 16): bytes.fromhex(letters).decode("utf-16-be")
            for code, letters in re.findall(r"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,})>", table)
        }


class _Reader:
    """The state of the page as its operators change it."""

    def __init__(self, sheet: Sheet, fonts: dict[str, _Font]) -> None:
        self.sheet, self.fonts = sheet, fonts
        self.matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self.text = self.line = self.matrix
        self.font: _Font | None = None
        self.size = self.spread = self.grey = 0.0
        self.line_width = 1.0
        self.kept: list[Any] = []
        self.path: list[tuple[float, float, float, float]] = []
        self.at = (0.0, 0.0)

    def read(self, stream: ContentStream) -> None:
        for operands, operator in stream.operations:
            name = operator.decode("latin-1")
            act = getattr(self, f"_{name}", None) if name.isalpha() else None
            if act is not None:
                act(*(list(operands) if name in ("Tj", "Tf") else [float(one) for one in operands]))

    # ---- state

    def _q(self) -> None:
        self.kept.append((self.matrix, self.font, self.size, self.spread, self.grey, self.line_width))

    def _Q(self) -> None:
        self.matrix, self.font, self.size, self.spread, self.grey, self.line_width = self.kept.pop()

    def _cm(self, *matrix: float) -> None:
        self.matrix = _times(matrix, self.matrix)

    def _g(self, grey: float) -> None:
        self.grey = grey

    def _rg(self, *colour: float) -> None:
        # Dark or light is all that is asked of a colour.
        self.grey = sum(colour) / 3

    def _w(self, width: float) -> None:
        self.line_width = width

    # ---- text

    def _BT(self) -> None:
        self.text = self.line = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    def _Tf(self, name: Any, size: Any) -> None:
        self.font, self.size = self.fonts[str(name)], float(size)

    def _Tw(self, spread: float) -> None:
        self.spread = spread

    def _Tm(self, *matrix: float) -> None:
        self.text = self.line = matrix  # type: ignore[assignment]

    def _Td(self, x: float, y: float) -> None:
        self.text = self.line = _times((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def _Tj(self, shown: Any) -> None:
        assert self.font is not None
        codes = shown.original_bytes
        width = sum(self.font.widths[code - self.font.first] for code in codes) * self.size / 1000
        width += codes.count(32) * self.spread
        a, b, _c, _d, x, y = _times(self.text, self.matrix)
        text = "".join(self.font.letters.get(code, "\ufffd") for code in codes)
        self.sheet.pieces.append(
            Piece(text, self.font.name, self.size * a if not b else self.size, x, y, x + width * a, self.grey, bool(b))
        )
        self.text = _times((1.0, 0.0, 0.0, 1.0, width, 0.0), self.text)

    # ---- rules

    def _m(self, x: float, y: float) -> None:
        self.at = (x, y)

    def _l(self, x: float, y: float) -> None:
        self.path.append((*self.at, x, y))
        self.at = (x, y)

    def _re(self, x: float, y: float, width: float, height: float) -> None:
        right, top = x + width, y + height
        self.path += [(x, y, right, y), (right, y, right, top), (x, top, right, top), (x, y, x, top)]

    def _n(self) -> None:
        self.path.clear()

    _f = _n

    def _S(self) -> None:
        for x, y, to_x, to_y in self.path:
            *_rest, left, low = _times((1.0, 0.0, 0.0, 1.0, x, y), self.matrix)
            *_rest, right, high = _times((1.0, 0.0, 0.0, 1.0, to_x, to_y), self.matrix)
            self.sheet.rules.append(Rule(left, low, right, high, self.line_width))
        self.path.clear()

    _B = _S


def _times(one: Any, other: Any) -> tuple[float, float, float, float, float, float]:
    """The matrix that does ``one``, then ``other``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


# ---- paragraphs


def paragraphs(lines: list[Line], left: float) -> Iterator[list[Line]]:
    """Lines that follow each other without a gap, the first of them further in than ``left``."""
    current: list[Line] = []
    for line in lines:
        if current and abs(line.left - left) < 1 and line.y < current[-1].y:
            current.append(line)
            continue
        if current:
            yield current
        current = [line]
    if current:
        yield current
