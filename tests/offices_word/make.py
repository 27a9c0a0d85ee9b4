"""A plan as an office typed it in Word: typed or automatic numbers, old fonts, split runs and tables, frames, changes."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from models import template, totals
from models.exports import content, phrases
from models.exports.cells import PrintedTable, printed_table
from models.numbering import heading
from models.plan import Plan, Table
from models.text import Run, appendices, appendix_names
from tests.offices_word.letters import WAYS

CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True)
class Way:
    """How an office writes. ``numbers``: ``typed``, ``automatic`` or ``styles`` (Word's headings, typed numbers);
    ``head``: ``table``, ``tabs`` or ``box``; ``letters``: a key of ``letters.WAYS``."""

    name: str
    numbers: str = "typed"
    head: str = "table"
    letters: str = ""
    split_runs: bool = False
    #: Rows after which a table goes on as another one, its head repeated; 0: never.
    split_tables: int = 0
    merged: bool = False
    tracked: bool = False
    messy: bool = False
    tabbed_end: bool = False


OFFICES = (
    Way("typed", split_runs=True, messy=True),
    Way("automatic", numbers="automatic", tracked=True, merged=True),
    Way("tcvn3", letters="tcvn3", head="tabs", tabbed_end=True),
    Way("vni", letters="vni", split_tables=6, head="box"),
    Way("apart", numbers="styles", letters="apart", split_runs=True, merged=True),
    Way("half apart", numbers="automatic", letters="half apart", split_tables=4, messy=True, tabbed_end=True),
)


def make(plan: Plan, way: Way, seed: int = 1) -> bytes:
    """The plan as a Word file of an office that writes in that way."""
    stream = io.BytesIO()
    _Maker(plan, way, seed).document().save(stream)
    return stream.getvalue()


class _Maker:
    def __init__(self, plan: Plan, way: Way, seed: int) -> None:
        self.plan, self.way = plan, way
        self.template = template.of(plan)
        self.totals = totals.compute(plan)
        self.outline = content.outline_of(plan, self.template)
        self.chance = random.Random(f"{way.name} {seed}")
        self.made: Any = docx.Document()
        self.made.styles["Normal"].font.name = "Times New Roman"
        for section in self.made.sections:
            section.header.paragraphs[0].text = "Trang 2"
            section.left_margin = Cm(3)

    def document(self) -> Any:
        if self.way.numbers == "automatic":
            self._lists()
        self._head()
        for item in content.body(self.plan, self.template, self.totals):
            if isinstance(item, content.Heading):
                self._heading(item)
            elif isinstance(item, content.Text):
                self._text(item)
            else:
                self._line(item.table.title, bold=True, align=CENTRE)
                self._table(item.table)
        self._end()
        names = appendix_names(self.plan, self.template)
        for table in appendices(self.plan, self.template):
            self.made.add_page_break()
            self._line(names[id(table)].upper(), bold=True, align=CENTRE)
            self._line(table.title, bold=True, align=CENTRE)
            self._line(phrases.attached_line(self.plan, self.template.kind), italic=True, align=CENTRE)
            self._table(table)
        return self.made

    # ---- letters

    def _write(self, paragraph: Any, text: str, bold: bool = False, italic: bool = False) -> None:
        """Letters into a paragraph: in the office's font, at times in many runs."""
        pieces = [text]
        if self.way.split_runs:
            pieces = [piece for piece in re.split(r"(?<=\w)(?=\w)", text) if piece]
            pieces = ["".join(some) for _key, some in groupby(pieces, lambda _piece: self.chance.random() < 0.9)]
        for piece in pieces:
            for letters, font in WAYS[self.way.letters](piece):
                run = paragraph.add_run(letters)
                run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(13)
                run.font.name = font
            if self.way.split_runs and self.chance.random() < 0.3:
                paragraph._p.append(OxmlElement("w:proofErr", {qn("w:type"): "spellStart"}))

    def _line(self, text: str, bold: bool = False, italic: bool = False, align: Any = None, box: Any = None) -> Any:
        paragraph = (box or self.made).add_paragraph()
        paragraph.alignment = align
        self._write(paragraph, text, bold, italic)
        return paragraph

    def _runs(self, paragraph: Any, runs: tuple[Run, ...], before: str = "") -> None:
        if before:
            self._write(paragraph, before)
        for run in runs:
            for number, text in enumerate(run.text.split("\n")):
                if number:
                    paragraph.add_run().add_break(WD_BREAK.LINE)
                blanks = text.replace(", ", ",  ") if self.way.messy else text
                self._write(paragraph, blanks, run.bold, run.italic)
        if self.way.tracked and self.chance.random() < 0.3:
            self._change(paragraph)

    def _change(self, paragraph: Any) -> None:
        """A word that somebody took out, and one that is put in, both still marked."""
        who = 'w:id="9" w:author="Lan" w:date="2021-10-01T08:00:00Z"'
        last = paragraph.runs[-1]
        text = last.text
        gone = parse_xml(f"<w:del {nsdecls('w')} {who}><w:r><w:delText> chữ thừa</w:delText></w:r></w:del>")
        last._r.addnext(gone)
        kept = parse_xml(f"<w:ins {nsdecls('w')} {who}/>")
        gone.addnext(kept)
        last.text = text[: len(text) // 2]
        again = OxmlElement("w:r")
        again.append(parse_xml(f'<w:t {nsdecls("w")} xml:space="preserve"/>'))
        again[0].text = text[len(text) // 2 :]
        if last._r.rPr is not None:
            again.insert(0, parse_xml(last._r.rPr.xml))
        kept.append(again)

    # ---- numbers

    def _lists(self) -> None:
        """Two lists of Word's own: one for the headings by their depth, one for the bullets."""
        numbering = self.made.part.numbering_part.element
        forms = {
            "Phần I": ("upperRoman", "Phần %{0}."),
            "I": ("upperRoman", "%{0}."),
            "1": ("decimal", "%{0}."),
            "1.1": ("decimal", "%{1}.%{0}."),
            "a": ("lowerLetter", "%{0})"),
        }
        levels = ""
        for depth, style in enumerate(self.outline):
            form, text = forms[style]
            legal = "<w:isLgl/>" if style == "1.1" else ""
            levels += (
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{legal}'
                f'<w:lvlText w:val="{text.format(depth + 1, depth)}"/></w:lvl>'
            )
        signs = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/></w:lvl>'
            for at, sign in enumerate(("-", "+"))
        )
        for number, inside in (("90", levels), ("91", signs)):
            made = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inside}</w:abstractNum>'
            numbering.insert(0, parse_xml(made))
            made = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            numbering.append(parse_xml(made))

    def _numbered(self, paragraph: Any, number: str, level: int) -> None:
        made = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(made))

    def _heading(self, item: content.Heading) -> None:
        is_part = item.style == "Phần I"
        bold = item.depth < 3 or self.way.numbers != "styles"
        align = CENTRE if is_part else None
        if self.way.numbers == "automatic":
            paragraph = self._line(item.text, bold=bold, align=align)
            self._numbered(paragraph, "90", item.depth)
            return
        if is_part:
            self._line(item.number.upper() if self.way.messy else item.number, bold=True, align=align)
            self._line(item.text, bold=True, align=align)
            return
        number = heading(item.number, item.style, "").strip()
        text = f"{number}\t{item.text}" if self.way.messy else f"{number} {item.text}"
        paragraph = self._line(text, bold=bold, italic=not bold)
        if self.way.numbers == "styles":
            paragraph.style = self.made.styles[f"Heading {item.depth + 1}"]

    def _text(self, item: content.Text) -> None:
        paragraph = self.made.add_paragraph()
        sign = {"bullet": "-", "subbullet": "+"}.get(item.kind, "")
        if sign and self.way.numbers == "automatic":
            self._numbered(paragraph, "91", int(sign == "+"))
            sign = ""
        gap = "\t" if self.way.messy else " "
        self._runs(paragraph, item.runs, f"{sign}{gap}" if sign else "")

    # ---- head and end

    def _sides(self, rows: list[tuple[list[tuple[str, bool]], list[tuple[str, bool]]]]) -> None:
        table = self.made.add_table(rows=len(rows), cols=2)
        for cells, sides in zip((row.cells for row in table.rows), rows, strict=True):
            for cell, lines in zip(cells, sides, strict=True):
                for number, (text, bold) in enumerate(lines):
                    paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
                    paragraph.alignment = CENTRE
                    self._write(paragraph, text, bold)

    def _head(self) -> None:
        plan = self.plan
        units = [(text, bold) for text, bold in ((plan.unit_parent, False), (plan.unit_name, True)) if text]
        nation = [(phrases.NATION, True), (phrases.MOTTO, True)]
        number, place = phrases.number_line(plan), phrases.place_line(plan)
        if self.way.head == "table":
            self._sides([([*units, ("_______", False)], [*nation, ("_____________", False)]),
                         ([(number, False)], [(place, False)])])  # fmt: skip
        elif self.way.head == "tabs":
            left = [text for text, _bold in units] + [""] * (2 - len(units))
            for one, (other, _bold) in zip(left, nation, strict=True):
                self._line(f"{one}\t{other}", bold=True)
            self._line(f"{number}\t{place}")
        else:
            for text, bold in units:
                self._line(text, bold=bold)
            self._line(number)
            self._box([*nation, (place, False)])
        self._line("")
        self._line(self.template.kind, bold=True, align=CENTRE)
        self._line(plan.subject, bold=True, align=CENTRE)
        self._line("-------", align=CENTRE)

    def _box(self, lines: list[tuple[str, bool]]) -> None:
        """A text box, in both ways that Word writes it."""
        paragraph = self.made.add_paragraph()
        holder = docx.Document()
        for text, bold in lines:
            self._line(text, bold=bold, align=CENTRE, box=holder)
        inside = "".join(one._p.xml for one in holder.paragraphs)
        inside = re.sub(r"<\?xml.*?\?>", "", inside)
        spaces = nsdecls("w", "wp", "a") + (
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        paragraph._p.append(
            parse_xml(
                f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
                f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
                f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}"
                f"</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            )
        )

    def _end(self) -> None:
        plan = self.plan
        recipients = phrases.bullet_list(plan.recipients)
        signer = [
            text for text in (plan.capacity, plan.signer_position, "(Ký tên, đóng dấu)", plan.signer_name) if text
        ]
        if self.way.tabbed_end:
            left = [phrases.RECIPIENTS, *recipients]
            right = [*signer, *[""] * (len(left) - len(signer))]
            for number in range(max(len(left), len(right))):
                one = left[number] if number < len(left) else ""
                other = right[number]
                self._line(f"{one}\t\t{other}" if other else one)
            return
        lines = [(phrases.RECIPIENTS, True), *((text, False) for text in recipients)]
        self._sides([(lines, [(text, True) for text in signer])])

    # ---- tables

    def _table(self, table: Table) -> None:
        printed = printed_table(self.plan, table, self.template, self.totals)
        if printed.unit:
            self._line(f"({printed.unit})", italic=True, align=RIGHT)
        rows = list(self._rows(printed))
        heads = 2 if any(column.head for column in printed.columns) else 1
        head, rest = rows[: heads + printed.numbered], rows[heads + printed.numbered :]
        step = self.way.split_tables or len(rest) or 1
        for at in range(0, len(rest), step):
            if at:
                self._line("")
            self._grid(printed, head + rest[at : at + step], heads)
        if printed.words:
            self._line(printed.words, italic=True)

    def _rows(self, printed: PrintedTable) -> Iterator[list[str]]:
        columns = printed.columns
        if any(column.head for column in columns):
            yield [column.head or column.label for column in columns]
            yield [column.label for column in columns]
        else:
            yield [column.label for column in columns]
        if printed.numbered:
            yield [f"({at + 1})" for at in range(len(columns))]
        for row in printed.rows:
            yield row.cells

    def _grid(self, printed: PrintedTable, rows: list[list[str]], heads: int) -> None:
        width = len(printed.columns)
        table = self.made.add_table(rows=len(rows), cols=width)
        table.style = "Table Grid"
        cells = [list(row.cells) for row in table.rows]
        if heads == 2:
            self._merge_heads(printed, cells)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = cells[at][column]
                if heads == 2 and at == 1 and not printed.columns[column].head:
                    continue
                if (
                    heads == 2
                    and at == 0
                    and column
                    and printed.columns[column].head == printed.columns[column - 1].head != ""
                ):
                    continue
                for number, line in enumerate(text.split("\n")):
                    paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
                    self._write(paragraph, line, bold=at < heads)
            if at < heads:
                table.rows[at]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if self.way.merged:
            self._merge_down(cells, rows, heads + printed.numbered)

    def _merge_heads(self, printed: PrintedTable, cells: list[list[Any]]) -> None:
        at = 0
        for label, several in groupby(
            range(len(printed.columns)), lambda number: printed.columns[number].head or -number
        ):
            count = len(list(several))
            if isinstance(label, str):
                cells[0][at].merge(cells[0][at + count - 1])
            else:
                cells[0][at].merge(cells[1][at])
            at += count

    def _merge_down(self, cells: list[list[Any]], rows: list[list[str]], first: int) -> None:
        """Equal notes below each other in one cell, as typists do."""
        at, column = first, len(rows[0]) - 1
        while at < len(rows):
            end = at
            while end + 1 < len(rows) and rows[end + 1][column] == rows[at][column] != "":
                end += 1
            if end > at:
                for below in range(at + 1, end + 1):
                    for paragraph in cells[below][column].paragraphs:
                        paragraph.clear()
                cells[at][column].merge(cells[end][column])
            at = end + 1
