"""The letters of a Word file as they are shown: runs and their look, tracked changes, notes, symbols, old fonts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.imports.word_styles import Look, Styles, child, look_of, qn, value
from models.old_fonts import Encoding, composed, decode, encoding_of, is_encoded, sense
from models.text import Run, clean, marked

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SAME = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: What only stands around others, in a paragraph or around paragraphs, rows and cells.
_AROUND = frozenset(
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "customXml", "dir", "bdo", "sdt", "sdtContent")
)
#: What a tracked change took out.
GONE = frozenset((qn("w:del"), qn("w:moveFrom")))
_ALTERNATE = f"{_SAME}AlternateContent"
_BOX = qn("w:txbxContent")
_PICTURES = frozenset((qn("w:drawing"), qn("w:pict"), qn("w:object"), _ALTERNATE))
_IMAGE = re.compile(r"\}(?:blip|imagedata|chart|relIds|OLEObject)\Z")
_LETTERS = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}  # fmt: skip
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_BLANKS = re.compile("[ \t\u00a0\u2002-\u200a\u202f\u3000]+")
#: Signs of the symbol fonts: a ticked box and an empty one; all others are bullets.
_BOXES = {"F0FE": "☑", "F052": "☑", "F0A8": "☐", "F06F": "☐", "F0A3": "☐"}


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it is shown, without its automatic number, which is ``number`` (``-``, ``+`` for signs).

    ``text`` has the marks of plan.json, ``plain`` has none, and its tabs; line breaks are ``\\n`` in both.
    ``level``: of the automatic number from 0, -1 without one; ``outline``: as a heading from 0, -1 for text.
    ``bold``, ``italic``, ``caps``: all of its letters are.
    """

    text: str
    plain: str
    style: str = ""
    level: int = -1
    number: str = ""
    is_sign: bool = False
    outline: int = -1
    alignment: str = ""
    bold: bool = False
    italic: bool = False
    caps: bool = False

    @property
    def shown(self) -> str:
        """All of it as one line of plain text, its number too."""
        return " ".join(f"{self.number} {self.plain}".split())


@dataclass(slots=True)
class Piece:
    """Letters of one look."""

    text: str
    look: Look


@dataclass(slots=True)
class Left:
    """What was left out, or taken in another way: how often, by a name of ours, and some words of it."""

    counts: Counter[str] = field(default_factory=Counter)
    words: dict[str, str] = field(default_factory=dict)

    def add(self, what: str, words: str = "") -> None:
        words = " ".join(clean(words).split())
        known = self.words.get(what, "")
        self.counts[what] += 1
        if words and len(known) < 400:
            self.words[what] = f"{known} … {words}" if known else words


def inside(element: Any) -> Iterator[Any]:
    """The elements right in ``element``, those out of what only stands around them too, in order.

    What a tracked change took out comes as its own element (``GONE``).
    """
    stack = [element.iterchildren()]
    while stack:
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
        elif found.tag in _AROUND or str(found.tag).startswith(_MATH):
            if found.tag == f"{_MATH}t":
                yield found
            else:
                stack.append(found.iterchildren())
        else:
            yield found


def words_in(element: Any) -> str:
    """All the letters in ``element``, taken out ones too; for telling what was left out."""
    names = {qn("w:t"), qn("w:delText")}
    return " ".join(
        "".join(one.text or "" if one.tag in names else " " for one in element.iter(*names, qn("w:p"))).split()
    )


def notes_of(root: Any) -> dict[str, str]:
    """The texts of footnotes or endnotes, by their numbers; not of the lines that part them from the text."""
    found = {}
    for note in root.iterchildren():
        if note.get(qn("w:type")) in (None, "normal"):
            found[note.get(qn("w:id")) or ""] = words_in(note)
    return found


class Letters:
    """Finds the pieces of paragraphs, and counts what is not taken of them."""

    def __init__(self, styles: Styles, notes: dict[str, dict[str, str]], left: Left) -> None:
        self._styles, self._notes, self.left = styles, notes, left

    def pieces(self, paragraph: Any, look: Look, boxes: list[Any]) -> Iterator[Piece]:
        """The pieces of a ``w:p`` whose style looks so; what lies in text boxes at it is put into ``boxes``."""
        for element in inside(paragraph):
            if element.tag in GONE:
                self.left.add("deleted", words_in(element))
            elif element.tag == f"{_MATH}t":
                yield Piece(element.text or "", look)
            elif element.tag == _ALTERNATE:
                boxes += self._boxes(element)
            elif element.tag == qn("w:r"):
                own = look_of(child(element, "w:rPr"))
                if named := value(element, "w:rPr", "w:rStyle"):
                    own = own.over(_toggled(self._styles.named(named).look, look))
                own = own.over(look)
                for one in element.iterchildren():
                    if one.tag in _PICTURES:
                        boxes += self._boxes(one)
                    elif text := self._letters(one):
                        if own.hidden:
                            self.left.add("hidden", text)
                        else:
                            yield Piece(text, own)

    def _letters(self, element: Any) -> str:
        if element.tag == qn("w:t"):
            return element.text or ""
        if element.tag in _LETTERS:
            return _LETTERS[element.tag]
        if element.tag == qn("w:sym"):
            return _BOXES.get((element.get(qn("w:char")) or "").upper(), "•")
        if element.tag in _NOTES:
            text = self._notes.get(_NOTES[element.tag], {}).get(element.get(qn("w:id")) or "", "")
            if text:
                self.left.add("notes")
            return f" (chú thích: {text})" if text else ""
        return ""

    def _boxes(self, element: Any) -> list[Any]:
        """The insides of the text boxes in a drawing; one without is a picture."""
        if element.tag == _ALTERNATE:
            # The same thing in two ways, for newer programs and for older ones.
            for way in element.iterchildren():
                if found := [box for box in way.iter(_BOX) if not _within(box, way)]:
                    return found
        elif found := [box for box in element.iter(_BOX) if not _within(box, element)]:
            return found
        if any(_IMAGE.search(str(one.tag)) for one in element.iter()):
            self.left.add("pictures")
        return []


def _within(box: Any, top: Any) -> bool:
    """Whether a text box lies in another one below ``top``."""
    above = box.getparent()
    while above is not None and above is not top:
        if above.tag == _BOX:
            return True
        above = above.getparent()
    return False


def _toggled(own: Look, below: Look) -> Look:
    """A style of letters over one of paragraphs: what both switch on is off (ECMA-376, Part 1, 17.7.3)."""
    return Look(
        None if own.bold is None else own.bold != bool(below.bold),
        None if own.italic is None else own.italic != bool(below.italic),
        None if own.caps is None else own.caps != bool(below.caps),
        own.hidden,
        own.font,
    )


# ---- pieces as runs


def runs_of(pieces: Sequence[Piece], left: Left) -> list[Run]:
    """The pieces as runs in Unicode, each with its tabs and line breaks; what an old font wrote is told in ``left``."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].look == piece.look:
            joined[-1].text += piece.text
        else:
            joined.append(Piece(piece.text, piece.look))
    ways: dict[Encoding | None, list[Piece]] = {}
    for piece in joined:
        ways.setdefault(encoding_of(piece.look.font or ""), []).append(piece)
    right: dict[int, str] = {}
    for named, some in ways.items():
        whole = " ".join(piece.text for piece in some)
        encodings: tuple[Encoding, ...] = ("tcvn3", "vni") if named is None else (named,)
        used = None
        if not whole.isascii():
            fits = [one for one in encodings if is_encoded(whole, one, font_says_so=named is not None)]
            used = max(fits, key=lambda one: sense(decode(whole, one)), default=None)
        if used is not None:
            left.add("old fonts")
        for piece in some:
            font = piece.look.font or ""
            right[id(piece)] = decode(piece.text, used, font) if used else composed(piece.text)
            if used is None and whole.isascii() and font.endswith("H") and named == "tcvn3":
                right[id(piece)] = piece.text.upper()
    found = []
    for piece in joined:
        text = right[id(piece)].replace("\u00ad", "")
        text = text.upper() if piece.look.caps else text
        found.append(Run(text, bool(piece.look.bold), bool(piece.look.italic)))
    return found


def plain_of(runs: Sequence[Run]) -> str:
    """The letters of runs as a plan takes them, but for their tabs."""
    text = "".join(run.text for run in runs)
    return "\t".join(clean(part) for part in text.split("\t"))


def marked_of(runs: Sequence[Run]) -> str:
    """The runs with the marks of plan.json, blanks in a row as one."""
    return clean(marked(Run(_BLANKS.sub(" ", run.text), run.bold, run.italic) for run in runs))


def lines_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs cut where a line in them begins with a sign of a list: each of these is a paragraph of its own."""
    found: list[list[Run]] = [[]]
    for run in runs:
        parts = re.split(r"\n(?=\s*[-+–•·●▪]\s)", run.text)
        for number, text in enumerate(parts):
            if number:
                found.append([])
            if text:
                found[-1].append(Run(text, run.bold, run.italic))
    return found


def all_of(runs: Sequence[Run], name: str) -> bool:
    """Whether all letters of the runs are ``bold`` (``italic``); false where there are none."""
    words = [run for run in runs if any(letter.isalnum() for letter in run.text)]
    return bool(words) and all(getattr(run, name) for run in words)
