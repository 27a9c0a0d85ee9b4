"""Letters into lines: measuring, breaking and drawing text of one size.

Widths are kept in thousandths of the size, so that a text is measured once for every size it is tried in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reportlab.pdfgen.canvas import Canvas

from models.exports.fonts import BOLD, ITALIC, Family, clean
from models.exports.pdf_letters import Letters
from models.text import Run

#: Height of the letters above the line and below it, in sizes (Times).
ASCENT = 0.891
DESCENT = 0.216

# Where a word too long for its line is cut rather than anywhere; at a dash the reader of the file's text would
# take the dash for a hyphen.
_SEAMS = re.compile(r"(?<=[/\\.,:;_&=?@+])")


class Links(Protocol):
    """Which part of a text leads to which appendix."""

    def __call__(self, text: str) -> Sequence[tuple[int, int, str]]: ...


@dataclass(slots=True)
class Piece:
    """Letters of one face in a line; ``link`` names the place they lead to."""

    text: str
    face: int
    width: float
    link: str = ""

    @property
    def spaces(self) -> int:
        """How many spaces a spread line widens; the file knows no other kind of space."""
        return self.text.count(" ") + self.text.count("\u00a0")


@dataclass(slots=True)
class Line:
    """A line of a paragraph: its pieces, their width together, and whether a line break or the end follows."""

    pieces: list[Piece]
    width: float
    last: bool

    @property
    def spaces(self) -> int:
        return sum(piece.spaces for piece in self.pieces)


class Measure:
    """Widths of words in a font's four faces, each measured once."""

    def __init__(self, font: Family) -> None:
        self.font = font
        self._words: tuple[dict[str, float], ...] = ({}, {}, {}, {})
        self.space = font.widths[0][" "]

    def word(self, text: str, face: int) -> float:
        """The width of ``text``, in thousandths of the size."""
        known = self._words[face]
        width = known.get(text)
        if width is None:
            letters = self.font.widths[face]
            width = sum([letters.get(letter, 0.0) for letter in text])
            if len(known) > 50_000:
                known.clear()
            known[text] = width
        return width

    def width(self, text: str, face: int, size: float) -> float:
        """The width of ``text`` on one line, in points."""
        return self.word(text, face) * size / 1000

    def widest_word(self, text: str, face: int) -> float:
        """The width of the longest word of a ``clean`` text, in thousandths of the size."""
        return max([self.word(word, face) for line in text.split("\n") for word in line.split(" ")], default=0.0)

    # ---- plain text, as in the cells of a table

    def wrap(self, text: str, face: int, limit: float) -> list[str]:
        """The lines of a ``clean`` text at most ``limit`` wide (thousandths of the size); a longer word is cut."""
        lines: list[str] = []
        known = self._words[face]
        space = self.space
        for paragraph in text.split("\n"):
            current: list[str] = []
            used = -space
            for word in paragraph.split(" "):
                if not word:
                    continue
                width = known.get(word)
                if width is None:
                    width = self.word(word, face)
                if used + space + width <= limit:
                    current.append(word)
                    used += space + width
                    continue
                if current:
                    lines.append(" ".join(current))
                if width > limit:
                    *whole, word = self.cut(word, face, limit)
                    lines.extend(whole)
                    width = self.word(word, face)
                current = [word]
                used = width
            if current or paragraph != text:
                lines.append(" ".join(current))
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def cut(self, word: str, face: int, limit: float) -> list[str]:
        """``word`` in parts at most ``limit`` wide, cut after a slash or dot where there is one."""
        letters = self.font.widths[face]
        parts: list[str] = []
        current, used = "", 0.0
        for chunk in _SEAMS.split(word):
            width = self.word(chunk, face) if len(chunk) < len(word) else limit + 1
            if current and used + width > limit:
                parts.append(current)
                current, used = "", 0.0
            if width <= limit:
                current += chunk
                used += width
                continue
            for letter in chunk:
                width = letters.get(letter, 0.0)
                if current and used + width > limit:
                    parts.append(current)
                    current, used = "", 0.0
                current += letter
                used += width
        parts.append(current)
        return parts

    def balanced(self, text: str, face: int, limit: float) -> list[str]:
        """``text`` in as few lines as ``limit`` asks for, of lengths as equal as can be: for centred titles."""
        text = clean(text)
        lines = self.wrap(text, face, limit)
        if len(lines) < 2 or len(lines) > 12:
            return lines
        low, high = limit / 2, limit
        for _step in range(10):
            middle = (low + high) / 2
            if len(self.wrap(text, face, middle)) > len(lines):
                low = middle
            else:
                high = middle
        return self.wrap(text, face, high)

    # ---- paragraphs of several faces

    def lines(self, runs: Sequence[Run], limit: float, indent: float, base: int, links: Links | None) -> list[Line]:
        """The lines of a paragraph, the first one in by ``indent`` (thousandths of the size).

        ``base`` is the face of its plain runs. The name of an appendix is kept on one line.
        """
        lines: list[Line] = []
        current: list[list[Piece]] = []
        room = limit - indent
        used = 0.0

        def close(last: bool) -> None:
            nonlocal current, used, room
            lines.append(self._line(current, used, last))
            current, used, room = [], 0.0, limit

        for word in self._words_of(runs, base, links):
            if word is None:
                close(True)
                continue
            width = sum([piece.width for piece in word])
            gap = self.space if current else 0.0
            if current and used + gap + width > room:
                close(False)
                gap = 0.0
            if width > room:
                *whole, word = self._cut_pieces(word, room)
                for part in whole:
                    current, used = [part], sum([piece.width for piece in part])
                    close(False)
                width = sum([piece.width for piece in word])
            current.append(word)
            used += gap + width
        if current or not lines:
            close(True)
        lines[-1].last = True
        return lines

    def _words_of(self, runs: Sequence[Run], base: int, links: Links | None) -> list[list[Piece] | None]:
        """The words of ``runs``, each of one or more pieces; ``None`` is a line break."""
        words: list[list[Piece] | None] = []
        glued = False
        for text, face, link in self._parts(runs, base, links):
            for number, row in enumerate(text.split("\n")):
                if number:
                    words.append(None)
                    glued = False
                for index, token in enumerate([row] if link else row.split(" ")):
                    if index:
                        glued = False
                    if not token:
                        continue
                    piece = Piece(token, face, self.word(token, face), link)
                    if glued and words and words[-1] is not None:
                        words[-1].append(piece)
                    else:
                        words.append([piece])
                    glued = True
        return words

    def _parts(self, runs: Sequence[Run], base: int, links: Links | None) -> list[tuple[str, int, str]]:
        parts: list[tuple[str, int, str]] = []
        for run in runs:
            text = clean(run.text)
            face = base | (BOLD if run.bold else 0) | (ITALIC if run.italic else 0)
            start = 0
            for first, end, link in links(text) if links else ():
                parts.append((text[start:first], face, ""))
                parts.append((text[first:end], face, link))
                start = end
            parts.append((text[start:], face, ""))
        return parts

    def _cut_pieces(self, word: list[Piece], limit: float) -> list[list[Piece]]:
        parts: list[list[Piece]] = [[]]
        used = 0.0
        for piece in word:
            for text in self.cut(piece.text, piece.face, limit):
                width = self.word(text, piece.face)
                if parts[-1] and used + width > limit:
                    parts.append([])
                    used = 0.0
                parts[-1].append(Piece(text, piece.face, width, piece.link))
                used += width
        return parts

    def _line(self, words: list[list[Piece]], width: float, last: bool) -> Line:
        """A line of ``words``; neighbours of one face become one piece, so that its text stays whole in the file."""
        pieces: list[Piece] = []
        for index, word in enumerate(words):
            for place, piece in enumerate(word):
                space = index > 0 and place == 0
                if pieces and pieces[-1].face == piece.face and pieces[-1].link == piece.link == "":
                    before = pieces[-1]
                    before.text += " " + piece.text if space else piece.text
                    before.width += piece.width + (self.space if space else 0.0)
                    continue
                if space:
                    if pieces[-1].link:
                        pieces.append(Piece(" ", pieces[-1].face, self.space))
                    else:
                        pieces[-1].text += " "
                        pieces[-1].width += self.space
                pieces.append(Piece(piece.text, piece.face, piece.width, piece.link))
        return Line(pieces, width, last)


def baseline(size: float, leading: float) -> float:
    """How far below the top of a line of ``leading`` its letters stand."""
    return (leading - (ASCENT + DESCENT) * size) / 2 + ASCENT * size


def draw_line(
    letters: Letters, canvas: Canvas, line: Line, x: float, y: float, size: float, width: float | None = None
) -> None:
    """Draw ``line`` with its letters on ``y``; spread over ``width`` (points) where one is given."""
    natural = line.width * size / 1000
    spaces = line.spaces
    stretch = (width - natural) / spaces if width is not None and spaces and width > natural else 0.0
    letters.begin()
    letters.move(x, y)
    if stretch:
        letters.spread(stretch)
    for piece in line.pieces:
        letters.show(piece.text, piece.face, size)
    if stretch:
        letters.spread(0.0)
    letters.end()
    at = x
    for piece in line.pieces:
        advance = piece.width * size / 1000 + piece.spaces * stretch
        if piece.link:
            canvas.linkAbsolute(piece.text, piece.link, (at, y - DESCENT * size, at + advance, y + ASCENT * size))
        at += advance
