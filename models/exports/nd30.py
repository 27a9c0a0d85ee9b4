"""How the decree wants a page: sizes, margins and styles as data, each with the clause it comes from.

All clauses are of Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I. Sizes are in points, lengths in points too
(``MM`` of them in a millimetre). What the decree leaves to choice (a size of 13 or 14, a margin of 20 to 25)
is chosen here once; ``allowed`` keeps the range, so that a test can hold the printed page to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MM = 72 / 25.4

Align = Literal["left", "centre", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Margins:
    """The white edges of a page as it is read, upright or landscape."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Style:
    """How one component is printed; ``allowed`` are the least and the greatest size the clause allows."""

    clause: str
    size: float
    allowed: tuple[float, float] = (13, 14)
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    align: Align = "centre"

    @property
    def leading(self) -> float:
        return self.size * SINGLE


# ---- the page: mục I

#: Mục I.1: khổ giấy A4; I.2: a wide appendix table may lie.
A4 = (210 * MM, 297 * MM)
#: Mục I.3: trên và dưới 20–25 mm, trái 30–35 mm, phải 15–20 mm.
MARGINS = Margins(top=20 * MM, bottom=20 * MM, left=30 * MM, right=15 * MM)
MARGINS_ALLOWED = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
#: Mục I.7: centred in the top margin, not shown on the first page of the document; each appendix counts anew.
PAGE_NUMBER = Style("mục I.7", 13)
PAGE_NUMBER_BASELINE = 12 * MM
#: The decree hides the number of the document's first page only, so the first page of an appendix shows its 1.
NUMBER_ON_FIRST_PAGE_OF_APPENDIX = True

# ---- the head: mục II.1 to II.5


@dataclass(frozen=True, slots=True)
class Head:
    """The styles of the head; the two sets below grow and shrink together, as Phụ lục I asks."""

    nation: Style
    motto: Style
    parent: Style
    unit: Style
    number: Style
    place: Style


HEAD = Head(
    nation=Style("mục II.1.a", 13, (12, 13), bold=True, capitals=True),
    motto=Style("mục II.1.b", 14, bold=True),
    parent=Style("mục II.2.b", 13, (12, 13), capitals=True),
    unit=Style("mục II.2.b", 13, (12, 13), bold=True, capitals=True),
    number=Style("mục II.3", 13),
    place=Style("mục II.4", 14, italic=True),
)
#: For long names of places and units.
SMALL_HEAD = Head(
    nation=Style("mục II.1.a", 12, (12, 13), bold=True, capitals=True),
    motto=Style("mục II.1.b", 13, bold=True),
    parent=Style("mục II.2.b", 12, (12, 13), capitals=True),
    unit=Style("mục II.2.b", 12, (12, 13), bold=True, capitals=True),
    number=Style("mục II.3", 13),
    place=Style("mục II.4", 13, italic=True),
)
KIND = Style("mục II.5", 14, bold=True, capitals=True)
SUBJECT = Style("mục II.5", 14, bold=True)
#: Mục II.2.b and II.5: a rule of 1/3 to 1/2 of the line, centred below it.
RULE_SHARE = 0.4
RULE_WIDTH = 0.6

# ---- the body: mục II.6

BASIS = Style("mục II.6.b", 14, italic=True, align="justify")
PART = Style("mục II.6.d", 14, bold=True)
PART_TITLE = Style("mục II.6.d", 14, bold=True, capitals=True)
#: By outline style; "-" is a depth the outline has no style for.
HEADINGS = {
    "I": Style("mục II.6.d", 14, bold=True, capitals=True, align="left"),
    "1": Style("mục II.6.d", 14, bold=True, align="justify"),
    "1.1": Style("mục II.6.d", 14, bold=True, align="justify"),
    "a": Style("mục II.6.d", 14, align="justify"),
    "-": Style("mục II.6.d", 14, italic=True, align="justify"),
}
BODY = Style("mục II.6.đ", 14, align="justify")
#: Mục II.6.đ: first line in by 10 or 12,7 mm; 6 pt at least between paragraphs; single to 1,5 lines.
INDENT = 12.7 * MM
INDENT_ALLOWED = (10.0, 12.7)
PARAGRAPH_GAP = 6.0
#: A single line of Times New Roman, in sizes; the body is a little more open.
SINGLE = 1.15
BODY_LEADING = 18.0
HEADING_GAP = 8.0
PART_GAP = 14.0

# ---- the end: mục II.7 to II.9

CAPACITY = Style("mục II.7.b", 14, bold=True, capitals=True)
SIGNER = Style("mục II.7.c", 14, bold=True)
#: Mục II.8: clear space between position and name for signature and seal (a seal is some 36 mm across).
SIGNATURE_SPACE = 30 * MM
RECIPIENTS_LABEL = Style("mục II.9.d", 12, (12, 12), bold=True, italic=True, align="left")
RECIPIENTS = Style("mục II.9.d", 11, (11, 11), align="left")

# ---- appendices: mục III.1

APPENDIX = Style("mục III.1.c", 14, (14, 14), bold=True)
APPENDIX_TITLE = Style("mục III.1.c", 14, bold=True, capitals=True)
ATTACHED = Style("mục III.1.c", 14, italic=True)

# ---- tables: their sizes are not regulated

TABLE_TITLE = Style("", 13, bold=True)
TABLE_UNIT = Style("", 13, italic=True, align="right")
TABLE_WORDS = Style("", 13, italic=True, align="justify")
#: Tried in this order; those below 10 only where the amounts would not fit otherwise.
TABLE_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0)
#: The largest size for a table of at most so many columns.
TABLE_LARGEST = ((7, 12.0), (9, 11.0), (1000, 10.0))
TABLE_RULE = 0.5
#: Clear space beside the text of a cell, in sizes: what Word gives; with less, a reader of the file's text
#: (pdftotext, a screen reader) takes two columns for one.
TABLE_PADDING = 0.52
#: A table somewhat wider than the upright page is narrowed, a wider one lies.
LANDSCAPE_FROM = 1.05
#: A register, whose columns have no widths of their own, lies with more columns than these, its numbers too.
UPRIGHT_COLUMNS = 7

# ---- marks of this program, all in the bottom margin

CODE_SIZE = 7.5
CODE_GREY = 0.25
CODE_BASELINE = 9 * MM
QR_SIZE = 15 * MM
QR_BOTTOM = 4 * MM
DRAFT_TEXT = "DỰ THẢO"
DRAFT_GREY = 0.88
