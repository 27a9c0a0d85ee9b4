"""Text as boxes: paragraphs, headings, centred titles, the title of an appendix."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from models.exports import nd30, phrases
from models.exports.content import Heading, Text
from models.exports.fonts import BOLD, ITALIC, clean
from models.exports.nd30 import Style
from models.exports.pdf_page import Box, Drawing, Page
from models.exports.pdf_text import Line, Links, Measure, baseline, draw_line
from models.numbering import heading
from models.plan import Plan
from models.text import Run

_BULLETS = {"bullet": "- ", "subbullet": "+ "}


class LineBox(Box):
    """One line of text; ``mark`` is the bookmark set at it: a name, a title and a level."""

    __slots__ = ("align", "indent", "leading", "line", "mark", "size")

    def __init__(self, line: Line, style: Style, leading: float, indent: float = 0.0) -> None:
        super().__init__(leading)
        self.line = line
        self.size = style.size
        self.leading = leading
        self.align = style.align
        self.indent = indent
        self.mark: tuple[str, str, int] | None = None

    def draw(self, page: Page, top: float) -> None:
        natural = self.line.width * self.size / 1000
        x, width = page.left + self.indent, None
        if self.align == "centre":
            x = (page.left + page.right - natural) / 2
        elif self.align == "right":
            x = page.right - natural
        elif self.align == "justify" and not self.line.last:
            width = page.right - x
        if self.mark is not None:
            set_mark(page.canvas, self.mark, top)
        y = top - baseline(self.size, self.leading)
        draw_line(page.letters, page.canvas, self.line, x, y, self.size, width)


def set_mark(canvas: Canvas, mark: tuple[str, str, int], top: float) -> None:
    """Name a place of the page and put it into the outline."""
    name, title, level = mark
    canvas.bookmarkPage(name, fit="XYZ", left=0, top=top + 6, zoom=0)
    canvas.addOutlineEntry(title, name, level, closed=level > 0)


def face_of(style: Style) -> int:
    return (BOLD if style.bold else 0) | (ITALIC if style.italic else 0)


def in_capitals(text: str, style: Style) -> str:
    return text.upper() if style.capitals else text


def paragraph(
    measure: Measure,
    runs: Sequence[Run],
    style: Style,
    width: float,
    *,
    leading: float = nd30.BODY_LEADING,
    indent: float = 0.0,
    gap: float = nd30.PARAGRAPH_GAP,
    keep: bool = False,
    links: Links | None = None,
) -> list[Box]:
    """A paragraph as lines; neither its first nor its last line stands alone on a page.

    With ``keep`` (a heading) it stays whole, and with what follows.
    """
    scale = 1000 / style.size
    lines = measure.lines(runs, width * scale, indent * scale, face_of(style), links)
    boxes: list[Box] = [
        LineBox(line, style, leading, indent if number == 0 else 0.0) for number, line in enumerate(lines)
    ]
    boxes[0].gap = gap
    last = len(boxes) - 1
    for number, box in enumerate(boxes):
        box.keep = keep or (number < last and (number == 0 or number == last - 1))
    return boxes


def centred(measure: Measure, text: str, style: Style, width: float, gap: float = 0.0) -> list[Box]:
    """A title in balanced, centred lines, kept together and with what follows."""
    face = face_of(style)
    lines = measure.balanced(in_capitals(text, style), face, width * 1000 / style.size)
    boxes: list[Box] = []
    for words in lines:
        runs = (Run(words),)
        line = measure.lines(runs, float("inf"), 0.0, face, None)[0]
        box = LineBox(line, Style(style.clause, style.size), style.leading * 1.04)
        box.keep = True
        boxes.append(box)
    if boxes:
        boxes[0].gap = gap
    return boxes


def rule_under(measure: Measure, text: str, style: Style, width: float) -> Box:
    """The short rule under a centred title: a third to a half of its line."""
    lines = measure.balanced(in_capitals(text, style), face_of(style), width * 1000 / style.size)
    longest = max([measure.width(line, face_of(style), style.size) for line in lines], default=0.0)

    def paint(page: Page, top: float) -> None:
        page.rule((page.left + page.right) / 2, longest * nd30.RULE_SHARE, top - 4)

    return Drawing(8.0, paint, keep=True)


def space(height: float, keep: bool = False) -> Box:
    """Clear space, left out at the top of a page."""
    return Box(0.0, gap=height, keep=keep)


# ---- the body


def body_text(measure: Measure, item: Text, width: float, links: Links | None) -> list[Box]:
    if item.kind == "basis":
        return paragraph(measure, item.runs, nd30.BASIS, width, indent=nd30.INDENT, links=links)
    runs = item.runs
    if item.kind in _BULLETS:
        runs = (Run(_BULLETS[item.kind]), *runs)
    return paragraph(measure, runs, nd30.BODY, width, indent=nd30.INDENT, links=links)


def body_heading(measure: Measure, item: Heading, width: float, name: str) -> list[Box]:
    """A heading with its bookmark ``name``; "Phần I" and its title stand on lines of their own, centred."""
    if item.style == "Phần I":
        boxes = centred(measure, item.number, nd30.PART, width, gap=nd30.PART_GAP)
        boxes += centred(measure, item.text, nd30.PART_TITLE, width * 0.92)
        title = f"{item.number}. {item.text}"
    else:
        style = nd30.HEADINGS[item.style]
        title = heading(item.number, item.style, item.text)
        text = in_capitals(title, style) if item.style == "I" else title
        runs = (Run(text or " "),)
        boxes = paragraph(measure, runs, style, width, indent=nd30.INDENT, gap=nd30.HEADING_GAP, keep=True)
    first = boxes[0]
    assert isinstance(first, LineBox)
    first.mark = (name, one_line(title), item.depth)
    return boxes


def one_line(text: str) -> str:
    """``text`` fit for a bookmark or a property of the file."""
    return " ".join(clean(text).split())


# ---- appendices


def appendix_title(
    measure: Measure, plan: Plan, kind: str, name: str, title: str, mark: str, width: float
) -> list[Box]:
    """``Phụ lục I``, its title, what it belongs to, and a rule (mục III.1)."""
    boxes = centred(measure, name, nd30.APPENDIX, width)
    boxes += centred(measure, title, nd30.APPENDIX_TITLE, width * 0.94)
    attached = phrases.attached_line(plan, kind)
    boxes += centred(measure, attached, nd30.ATTACHED, width)
    boxes.append(rule_under(measure, attached, nd30.ATTACHED, width))
    first = boxes[0]
    assert isinstance(first, LineBox)
    first.mark = (mark, one_line(f"{name}. {title}" if title else name), 0)
    return boxes


def appendix_links(places: dict[str, str]) -> Links:
    """Finds the names of appendices in a text; ``places`` gives the bookmark by printed name."""
    if not places:
        return lambda text: ()
    # The longest first: "Phụ lục II" is not "Phụ lục I"; a sole "Phụ lục" is none with another one's number.
    names = sorted(places, key=len, reverse=True)
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)(?!\s+(?:[IVXLC]+|\d+)\b)", re.IGNORECASE)
    by_name: dict[str, str] = {name.casefold(): place for name, place in places.items()}

    def find(text: str) -> list[tuple[int, int, str]]:
        if "lục" not in text.casefold():
            return []
        return [(match.start(), match.end(), by_name[match.group().casefold()]) for match in pattern.finditer(text)]

    return find
