"""Pieces of WordprocessingML as text: runs and paragraphs, their properties in the order that Word asks for.

Text is put together rather than a tree of objects, so that a table of thousands of rows takes a second; the whole
is parsed once. Lengths are points; the file counts in twentieths of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape as _escape

from models.exports import fonts, nd30
from models.exports.nd30 import Style
from models.exports.pdf_blocks import face_of, in_capitals
from models.exports.pdf_text import Links, Measure
from models.text import Run

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
#: nd30's words for Word's.
ALIGN = {"centre": "center", "left": "left", "right": "right", "justify": "both"}
#: A single line, in 240ths.
SINGLE_LINE = 240

# What fonts.plain leaves of what no XML file may hold.
_UNWANTED = re.compile("[\ud800-\udfff\ufffe\uffff]")
# A space that does not break, but not one of several, which are a blank to be filled in.
_HELD = re.compile("(?<!\u00a0)\u00a0(?!\u00a0)")
#: Room so that the rounding to twentieths never breaks a line that fits.
_SLACK = 1.5


def clean(text: str) -> str:
    """``text`` in NFC with plain spaces, without what no XML file may hold."""
    return _UNWANTED.sub("", fonts.plain(text))


def escape(text: str) -> str:
    """``text`` fit for an element or, in double quotes, for an attribute."""
    return _escape(clean(text), {'"': "&quot;"})


def twips(points: float) -> int:
    return round(points * 20)


@dataclass(frozen=True, slots=True)
class Format:
    """What a paragraph has beyond its style, or what its style says; in points, ``None``: as in the style.

    ``line`` is the distance of lines: 240 for single, or points where ``rule`` is ``exact`` or ``atLeast``.
    """

    style: str = ""
    keep: bool = False
    whole: bool = False
    rule_above: bool = False
    before: float | None = None
    after: float | None = None
    line: float | None = None
    rule: str = "auto"
    left: float | None = None
    right: float | None = None
    first: float | None = None
    align: str = ""
    outline: int | None = None
    section: str = ""

    def xml(self) -> str:
        """``w:pPr``, its elements in the order of the schema (CT_PPr)."""
        parts = [f'<w:pStyle w:val="{self.style}"/>'] if self.style else []
        if self.keep:
            parts.append("<w:keepNext/>")
        if self.whole:
            parts.append("<w:keepLines/>")
        if self.rule_above:
            eighths = round(nd30.RULE_WIDTH * 8)
            parts.append(f'<w:pBdr><w:top w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/></w:pBdr>')
        line = None if self.line is None else round(self.line) if self.rule == "auto" else twips(self.line)
        spacing = _attributes(before=_twips(self.before), after=_twips(self.after), line=line)
        if spacing:
            rule = f' w:lineRule="{self.rule}"' if line is not None else ""
            parts.append(f"<w:spacing{spacing}{rule}/>")
        if indent := _attributes(left=_twips(self.left), right=_twips(self.right), firstLine=_twips(self.first)):
            parts.append(f"<w:ind{indent}/>")
        if self.align:
            parts.append(f'<w:jc w:val="{ALIGN[self.align]}"/>')
        if self.outline is not None:
            parts.append(f'<w:outlineLvl w:val="{self.outline}"/>')
        parts.append(self.section)
        inside = "".join(parts)
        return f"<w:pPr>{inside}</w:pPr>" if inside else ""


def _twips(points: float | None) -> int | None:
    return None if points is None else twips(points)


def _attributes(**values: int | None) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)


# ---- text


def letters(text: str, properties: str = "") -> str:
    """A run of ``text`` (line breaks kept); ``properties`` is the inside of its ``w:rPr``."""
    text = escape(text)
    if not text:
        return ""
    head = f"<w:r><w:rPr>{properties}</w:rPr>" if properties else "<w:r>"
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' if line else "" for line in text.split("\n"))
    return f"{head}{body}</w:r>"


def run(one: Run) -> str:
    bold = "<w:b/><w:bCs/>" if one.bold else ""
    return letters(one.text, bold + ("<w:i/><w:iCs/>" if one.italic else ""))


def runs(found: Iterable[Run], links: Links | None = None) -> str:
    """Runs; the names of appendices in them lead to these."""
    written = []
    for one in found:
        text = clean(one.text)
        start = 0
        for first, end, place in links(text) if links else ():
            written.append(run(Run(text[start:first], one.bold, one.italic)))
            inside = run(Run(text[first:end], one.bold, one.italic))
            written.append(f'<w:hyperlink w:anchor="{place}" w:history="1">{inside}</w:hyperlink>')
            start = end
        written.append(run(Run(text[start:], one.bold, one.italic)))
    return "".join(written)


def paragraph(form: Format, inside: str = "") -> str:
    return f"<w:p>{form.xml()}{inside}</w:p>"


def bookmark(name: str, number: int, inside: str) -> str:
    """``inside`` as the place that links to ``name`` lead to; ``number`` is unlike that of any other."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


# ---- centred lines


def evened(measure: Measure, text: str, style: Style, width: float, share: float = 1.0) -> float:
    """By how much (points) to indent a centred ``text`` on both sides, so that its lines are about equally long.

    None of them takes more than ``share`` of ``width``. 0 where it has one line.
    """
    longest, several = longest_line(measure, text, style, width * share)
    return max(0.0, (width - longest - _SLACK) / 2) if several else 0.0


def longest_line(measure: Measure, text: str, style: Style, width: float) -> tuple[float, bool]:
    """The length of the longest line of a centred ``text``, and whether there are several."""
    face = face_of(style)
    lines = measure.balanced(in_capitals(text, style), face, width * 1000 / style.size)
    return max([measure.width(line, face, style.size) for line in lines], default=0.0), len(lines) > 1


def centred(
    measure: Measure, text: str, style: Style, width: float, form: Format, share: float = 1.0, *, broken: bool = False
) -> list[str]:
    """``text`` as one centred paragraph of even lines; none where there is no text.

    With ``broken`` the lines end with line breaks: Word would part the symbol of a document after its dash.
    """
    text = in_capitals(clean(text.strip()), style)
    if not text:
        return []
    if broken:
        text = "\n".join(measure.balanced(text, face_of(style), width * share * 1000 / style.size))
    elif indent := evened(measure, text, style, width, share):
        return [paragraph(replace(form, left=indent, right=indent), letters(text))]
    # Nothing has to be held together on one line, and LibreOffice makes such a space wider in italics.
    return [paragraph(form, letters(_HELD.sub(" ", text)))]


def rule(length: float, width: float, *, above: float = 3.0, below: float = 4.0, keep: bool = False) -> str:
    """A rule of ``length`` in the middle of ``width``: the upper border of an empty paragraph, as clerks draw it."""
    side = max(0.0, (width - length) / 2)
    form = Format("Rule", keep=keep, rule_above=True, before=above, line=below, rule="exact", left=side, right=side)
    return paragraph(form)


# ---- tables


def layout_table(
    widths: Sequence[float], rows: Iterable[Sequence[str]], *, gap: float = 0.0, middle: bool = False
) -> str:
    """A table without borders that puts paragraphs side by side; ``gap`` is clear left of every column but the first.

    A row stays on one page, its cells stand at its top or in its ``middle``. ``widths`` hold the gaps.
    """
    level = '<w:vAlign w:val="center"/>' if middle else ""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    written = []
    for row in rows:
        cells = []
        for at, (width, inside) in enumerate(zip(widths, row, strict=True)):
            margin = f'<w:tcMar><w:left w:w="{twips(gap)}" w:type="dxa"/></w:tcMar>' if at and gap else ""
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{margin}{level}</w:tcPr>'
                f"{inside or paragraph(Format('Normal'))}</w:tc>"
            )
        written.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="SideBySide"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(written)}</w:tbl>'
    )
