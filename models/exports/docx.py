"""The plan as a Word file (.docx) for leaders who edit: the content of the PDF, with real styles, tables and sections.

What is printed and how large comes from where the PDF has it (``content``, ``cells``, ``phrases``, ``nd30``). The
same plan gives the same bytes: nothing comes from the clock, and the plan is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml import parse_xml

from models import document
from models import totals as sums
from models.errors import Cancelled
from models.exports import (
    content,
    docx_charts,
    docx_ends,
    docx_file,
    docx_page,
    docx_styles,
    fonts,
    nd30,
    pdf_blocks,
    pdf_charts,
    phrases,
    stamp,
)
from models.exports.cells import PrintedTable, printed_table
from models.exports.docx_table import WordTable
from models.exports.docx_xml import (
    NAMESPACES,
    Format,
    bookmark,
    centred,
    clean,
    evened,
    letters,
    paragraph,
    run,
    runs,
)  # fmt: skip
from models.exports.pdf_ends import head_columns
from models.exports.pdf_text import Measure
from models.exports.pdf_widths import lies
from models.numbering import heading
from models.plan import Plan, Table, walk_rows
from models.template import Template
from models.text import Run, appendices, appendix_names, charts_name

_BULLETS = {"bullet": ("Bullet", "- "), "subbullet": ("SubBullet", "+ ")}
_STYLES = {"text": "BodyText", "basis": "Basis"}
_TABLE_GAP = 6.0
#: The bookmark of the appendix of charts.
_CHARTS = "bieu_do"


def render(
    plan: Plan,
    template: Template,
    *,
    draft: bool = False,
    code: str | None = None,
    progress: Callable[[float], object] | None = None,
) -> bytes:
    """The whole plan as a Word file.

    ``draft`` lays DỰ THẢO across every page; ``code`` stands at the foot of each (by default the short code of the
    plan's own ``plan.json``); ``progress`` is told how much is done, from 0 to 1, and stops the work by giving False.
    Raises ``ExportError`` where no font is there to measure with, and ``Cancelled``.
    """
    return _Writer(plan, template, draft, progress).write(code or stamp.short_code(document.to_bytes(plan)))


class _Writer:
    """One plan being written."""

    def __init__(self, plan: Plan, template: Template, draft: bool, progress: Callable[[float], object] | None) -> None:
        self.plan = plan
        self.template = template
        self.draft = draft
        self.progress = progress
        self.totals = sums.compute(plan)
        self.measure = Measure(fonts.family())
        self.width, self.height = docx_page.text_size(landscape=False)
        self.outline = content.outline_of(plan, template)
        self.names = appendix_names(plan, template)
        self.appendices = appendices(plan, template)
        self.places = {id(table): f"phu_luc_{number}" for number, table in enumerate(self.appendices, 1)}
        self.charts = charts_name(plan, template)
        places = {self.names[id(table)]: self.places[id(table)] for table in self.appendices}
        self.links = pdf_blocks.appendix_links(places | ({self.charts: _CHARTS} if self.charts else {}))
        self.marks = 0
        self.sizes: set[float] = set()
        self.done = 0
        self.expected = 1 + sum(sum(1 for _row in walk_rows(table.rows)) for table in plan.tables)

    def write(self, code: str) -> bytes:
        made = docx_file.empty()
        part = made.part
        pages = self._pages(part, code)
        body = "".join(self._body(pages))
        part.element.replace(part.element.body, parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"))
        head, _left, _right = head_columns(self.measure, self.plan, self.width)
        docx_file.fill(made.styles.element, docx_styles.style_sheet(self.outline, head, self.sizes))
        docx_file.fill(made.settings.element, docx_page.settings())
        docx_file.describe(made.core_properties, self.plan, self.template.kind)
        self._tell(self.expected)
        return docx_file.packed(made)

    def _tell(self, rows: int) -> None:
        self.done = min(self.done + rows, self.expected)
        if self.progress is not None and self.progress(self.done / self.expected) is False:
            raise Cancelled

    def _pages(self, part: Any, code: str) -> str:
        """The heads and feet of the pages; gives the references to them that a section begins with."""
        references = ""
        for kind, numbered, number in (("first", False, 1), ("default", True, 2)):
            above, name = part.add_header_part()
            docx_file.fill(
                above.element, docx_page.header(self.measure, numbered=numbered, draft=self.draft, identity=number)
            )
            references += f'<w:headerReference w:type="{kind}" r:id="{name}"/>'
        below, name = part.add_footer_part()
        docx_file.fill(below.element, docx_page.footer(code, draft=self.draft))
        return references + "".join(
            f'<w:footerReference w:type="{kind}" r:id="{name}"/>' for kind in ("first", "default")
        )

    # ---- the document

    def _body(self, pages: str) -> Iterator[str]:
        """The document and each appendix; a section ends with an empty paragraph that says what pages it had."""
        yield from docx_ends.head(self.measure, self.plan, self.template.kind, self.width)
        yield from self._text()
        yield from docx_ends.signature(self.measure, self.plan, self.width, self.height)
        ending = docx_page.section(pages)
        for table in self.appendices:
            yield docx_ends.spacer(1.0, section=ending)
            printed = printed_table(self.plan, table, self.template, self.totals)
            landscape = lies(printed)
            yield from self._appendix(table, printed, landscape)
            ending = docx_page.section(pages, landscape=landscape, appendix=True)
        if self.charts:
            yield docx_ends.spacer(1.0, section=ending)
            yield from self._charts()
            ending = docx_page.section(pages, appendix=True)
        # A document ends with a paragraph, whatever stands before it.
        yield docx_ends.spacer(1.0)
        yield ending

    def _text(self) -> Iterator[str]:
        items = content.body(self.plan, self.template, self.totals)
        kept = self._kept(items)
        for number, item in enumerate(items):
            keep = number >= kept
            if isinstance(item, content.Heading):
                yield self._heading(item)
            elif isinstance(item, content.Text):
                bullet, mark = _BULLETS.get(item.kind, ("", ""))
                inside = runs((Run(mark), *item.runs) if mark else item.runs, self.links)
                yield paragraph(Format(bullet or _STYLES[item.kind], keep=keep), inside)
            else:
                printed = printed_table(self.plan, item.table, self.template, self.totals)
                title = item.table.title.strip()
                yield from centred(self.measure, title, nd30.TABLE_TITLE, self.width, Format("TableTitle"))
                yield from self._table(item.table, printed, landscape=False, keep=keep)
                yield docx_ends.spacer(_TABLE_GAP, keep=keep)

    def _kept(self, items: list[content.Item]) -> int:
        """From which item on all stay on the page of the signature: its last two lines at least do."""
        last = len(items) - 1
        for at in range(last, max(last - 2, -1), -1):
            item = items[at]
            if not isinstance(item, content.Text):
                return at
            if len(pdf_blocks.body_text(self.measure, item, self.width, None)) > 1:
                return at
        return max(last - 1, 0)

    def _heading(self, item: content.Heading) -> str:
        """A heading with its number as text; "Phần I" and its title are two lines of one paragraph."""
        level = min(item.depth, docx_styles.LEVELS - 1)
        form = Format(f"Heading{level + 1}")
        style = docx_styles.heading_style(self.outline, item.depth)
        if item.style == "Phần I":
            return self._two_lines(form.style, item.number, item.text, nd30.PART_TITLE, self.width)
        title = heading(item.number, item.style, item.text)
        return paragraph(form, run(Run(pdf_blocks.in_capitals(title, style))))

    def _two_lines(
        self,
        key: str,
        first: str,
        second: str,
        style: nd30.Style,
        width: float,
        place: Callable[[str], str] | None = None,
    ) -> str:
        """A centred title under its number, the lines of the title about equally long."""
        second = pdf_blocks.in_capitals(clean(second), style)
        indent = evened(self.measure, second, style, width, docx_ends.TITLE_SHARE) or None
        inside = letters(f"{first}\n{second}" if second else first)
        return paragraph(Format(key, left=indent, right=indent), place(inside) if place else inside)

    # ---- appendices

    def _appendix(self, table: Table, printed: PrintedTable, landscape: bool) -> Iterator[str]:
        width, _height = docx_page.text_size(landscape)
        yield from self._appendix_title(self.names[id(table)], table.title.strip(), self.places[id(table)], width)
        yield from self._table(table, printed, landscape=landscape)

    def _appendix_title(self, name: str, title: str, place: str, width: float) -> Iterator[str]:
        """``Phụ lục I`` and its title, what it belongs to, and a rule (mục III.1)."""
        self.marks += 1
        number = self.marks
        yield self._two_lines(
            "Appendix", name, title, nd30.APPENDIX_TITLE, width, lambda inside: bookmark(place, number, inside)
        )
        attached = phrases.attached_line(self.plan, self.template.kind)
        yield from centred(self.measure, attached, nd30.ATTACHED, width, Format("Attached"), broken=True)
        yield docx_ends.rule_under(self.measure, attached, nd30.ATTACHED, width, 4.0)

    def _charts(self) -> Iterator[str]:
        yield from self._appendix_title(self.charts, pdf_charts.TITLE, _CHARTS, self.width)
        self.sizes.add(docx_charts.SIZE)
        yield from docx_charts.page(self.measure, self.plan, self.template, self.totals, self.width)

    def _table(self, table: Table, printed: PrintedTable, *, landscape: bool, keep: bool = False) -> Iterator[str]:
        """The table with the lines above and below it; with ``keep`` its end stays with what follows."""
        self._tell(0)
        width, height = docx_page.text_size(landscape)
        word = WordTable(self.measure, printed, width, height)
        self.sizes.add(word.size)
        if printed.unit:
            yield paragraph(Format("TableUnit"), letters(printed.unit))
        else:
            yield docx_ends.spacer(_TABLE_GAP, keep=True)
        yield from word.xml(table.title, self._tell, keep=keep or bool(printed.words))
        if printed.words:
            yield paragraph(Format("TableWords", keep=keep), letters(printed.words))
