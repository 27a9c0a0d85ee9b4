"""The plan as a PDF by Nghị định 30/2020/NĐ-CP, ready for signing: real text, embedded fonts, PDF 1.7.

The same plan gives the same bytes: nothing comes from the clock, and the plan is only read.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from models import document
from models import totals as sums
from models.document.places import pointers
from models.exports import content, fonts, glyphs, nd30, pdf_blocks, pdf_ends, pdf_file, stamp
from models.exports.cells import PrintedTable, printed_table
from models.exports.pdf_flow import Flow
from models.exports.pdf_grid import Grid
from models.exports.pdf_page import Box, Page
from models.exports.pdf_text import Links, Measure
from models.exports.pdf_widths import lies
from models.plan import Part, Plan, Table
from models.template import Template
from models.text import Run, appendices, appendix_names, charts_name
from models.totals import Totals

# Streams as they are: a third smaller than in letters, and quicker.
rl_config.useA85 = 0
# Fonts are shared by all documents that reportlab makes, so two are never made at once.
_lock = threading.Lock()


@dataclass(frozen=True)
class Printed:
    """A printed plan, and where its parts begin: by JSON Pointer the page from 0 and the points below its upper edge.

    Parts that stand on no page of their own (a table without rows) have no place.
    """

    data: bytes
    places: dict[str, tuple[int, float]]


def render(
    plan: Plan,
    template: Template,
    *,
    draft: bool = False,
    code: str | None = None,
    progress: Callable[[float], object] | None = None,
) -> bytes:
    """The whole plan as a PDF.

    ``draft`` prints DỰ THẢO across every page; ``code`` is printed at the foot of each (by default the short
    code of the plan's own ``plan.json``); ``progress`` is told how much is done, from 0 to 1, and stops the work
    by giving False. Raises ``ExportError`` where no font will do or a character has no glyph, and ``Cancelled``.
    """
    return _print(plan, template, draft, code, progress, {}).data


def render_placed(
    plan: Plan,
    template: Template,
    *,
    draft: bool = False,
    code: str | None = None,
    progress: Callable[[float], object] | None = None,
) -> Printed:
    """The same file as ``render``, with the places of the plan's parts in it."""
    return _print(plan, template, draft, code, progress, pointers(plan))


def _print(
    plan: Plan,
    template: Template,
    draft: bool,
    code: str | None,
    progress: Callable[[float], object] | None,
    places: dict[int, str],
) -> Printed:
    font = fonts.family()
    glyphs.require(plan, font)
    plan_json = document.to_bytes(plan)
    with _lock:
        printer = _Printer(plan, template, font, draft, progress, places)
        return printer.print(code or stamp.short_code(plan_json), plan_json)


class _Printer:
    """One plan being printed."""

    def __init__(
        self,
        plan: Plan,
        template: Template,
        font: fonts.Family,
        draft: bool,
        progress: Callable[[float], object] | None,
        pointers_of_parts: dict[int, str],
    ) -> None:
        self.plan = plan
        self.template = template
        self.font = font
        self.draft = draft
        self.progress = progress
        self.totals: Totals = sums.compute(plan)
        self.measure = Measure(font)
        self.appendices = appendices(plan, template)
        self.names = appendix_names(plan, template)
        self.charts = charts_name(plan, template)
        #: The place in the file of each appendix, and the pointers of parts, both by ``id()``.
        self.marks = {id(table): f"phu-luc-{number}" for number, table in enumerate(self.appendices, 1)}
        self.pointers = pointers_of_parts

    def print(self, code: str, plan_json: bytes) -> Printed:
        stream = io.BytesIO()
        canvas = Canvas(
            stream,
            pagesize=nd30.A4,
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
            lang="vi",
            # Any other would bring Helvetica into the file, which is not embedded.
            initialFontName=self.font.faces[fonts.REGULAR],  # type: ignore[arg-type]
        )
        pdf_file.describe(canvas, self.plan, self.template.kind)
        pdf_file.attach(canvas, plan_json)
        tables = [*self.appendices, *(table for table in self.plan.tables if table.section)]
        flow = Flow(
            canvas,
            self.font,
            self.measure,
            code=code,
            qr=stamp.qr_text(self.plan.id, self.plan.revision, plan_json),
            draft=self.draft,
            progress=self.progress,
            boxes=50 + sum(self.totals.tables[id(t)].tasks if not t.is_register else len(t.rows) for t in tables),
        )
        page = flow.begin()
        flow.add(self._body(page))
        for table in self.appendices:
            printed = printed_table(self.plan, table, self.template, self.totals)
            page = flow.begin(landscape=lies(printed), appendix=True)
            flow.add(self._appendix(table, printed, page))
        if self.charts:
            flow.add(self._charts(flow.begin(appendix=True)))
        flow.end()
        canvas.save()
        return Printed(stream.getvalue(), flow.places)

    def _links(self) -> Links:
        places = {self.names[id(table)]: self.marks[id(table)] for table in self.appendices}
        if self.charts:
            from models.exports import pdf_charts

            places[self.charts] = pdf_charts.MARK
        return pdf_blocks.appendix_links(places)

    def _mark_places(self, box: Box, *parts: Part | None) -> None:
        if self.pointers:
            box.places = (*(self.pointers[id(part)] for part in parts if part is not None), *box.places)

    # ---- the document

    def _body(self, page: Page) -> Iterator[Box]:
        yield from pdf_ends.head(self.measure, self.plan, self.template.kind, page.text_width)
        boxes: list[Box] = []
        links = self._links()
        for number, item in enumerate(content.body(self.plan, self.template, self.totals)):
            start = len(boxes)
            if isinstance(item, content.Heading):
                boxes += pdf_blocks.body_heading(self.measure, item, page.text_width, f"muc-{number}")
                self._mark_places(boxes[start], item.part)
            elif isinstance(item, content.Text):
                boxes += pdf_blocks.body_text(self.measure, item, page.text_width, links)
                self._mark_places(boxes[start], item.part)
            else:
                boxes += self._table_in_body(item.table, page)
                self._mark_places(boxes[start], item.table)
        # At least two of the last lines or rows go with the signature.
        last = 0
        for box in reversed(boxes):
            box.keep = True
            last += bool(box.height)
            if last == 2:
                break
        yield from boxes
        yield from pdf_ends.signature(self.measure, self.plan, page.text_width, page.top - page.bottom)

    def _table_in_body(self, table: Table, page: Page) -> Iterator[Box]:
        printed = printed_table(self.plan, table, self.template, self.totals)
        title = table.title.strip()
        if title:
            yield from pdf_blocks.centred(self.measure, title, nd30.TABLE_TITLE, page.text_width, gap=10.0)
        yield from self._table(printed, page)
        yield pdf_blocks.space(6.0)

    # ---- appendices

    def _appendix(self, table: Table, printed: PrintedTable, page: Page) -> Iterator[Box]:
        boxes = self._title(self.names[id(table)], table.title.strip(), self.marks[id(table)], page)
        self._mark_places(boxes[0], table)
        yield from boxes
        yield from self._table(printed, page, sum([box.gap + box.height for box in boxes]))

    def _charts(self, page: Page) -> Iterator[Box]:
        from models.exports import pdf_charts

        title = self._title(self.charts, pdf_charts.TITLE, pdf_charts.MARK, page)
        title.append(pdf_blocks.space(6.0, keep=True))
        above = sum([box.gap + box.height for box in title])
        yield from title
        yield from pdf_charts.boxes(self.measure, self.plan, self.template, self.totals, page.text_width, above)

    def _title(self, name: str, title: str, mark: str, page: Page) -> list[Box]:
        kind = self.template.kind
        return pdf_blocks.appendix_title(self.measure, self.plan, kind, name, title, mark, page.text_width)

    def _table(self, printed: PrintedTable, page: Page, above: float = float("inf")) -> Iterator[Box]:
        """The table with the lines above and under it; ``above``: the height of what it is kept with, where known."""
        measure, width = self.measure, page.text_width
        if printed.unit:
            style = nd30.TABLE_UNIT
            lines = pdf_blocks.paragraph(
                measure, (Run(printed.unit),), style, width, leading=style.leading + 3, keep=True
            )
        else:
            lines = [pdf_blocks.space(6.0, keep=True)]
        yield from lines
        above += sum([box.gap + box.height for box in lines])
        grid = Grid(measure, printed, page.left, width, page.top - page.bottom, self.pointers)
        last: Box | None = None
        for box in grid.boxes(above):
            if last is not None:
                yield last
            last = box
        assert last is not None
        last.keep = bool(printed.words)
        yield last
        if printed.words:
            style = nd30.TABLE_WORDS
            yield from pdf_blocks.paragraph(measure, (Run(printed.words),), style, width, leading=style.leading)
