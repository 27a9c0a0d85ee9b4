"""The plan as a PDF by Nghị định 30/2020/NĐ-CP, ready for signing: real text, embedded fonts, PDF 1.7.

The same plan gives the same bytes: nothing comes from the clock, and the plan is only read.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from models import document
from models import totals as sums
from models.exports import content, fonts, glyphs, nd30, pdf_blocks, pdf_ends, stamp
from models.exports.cells import PrintedTable, printed_table
from models.exports.pdf_flow import Flow
from models.exports.pdf_grid import Grid
from models.exports.pdf_page import Box, Page
from models.exports.pdf_text import Links, Measure
from models.plan import Plan, Table
from models.template import Template
from models.text import Run, appendices, appendix_names
from models.totals import Totals

PRODUCER = "Kế Hoạch Số"

# Streams as they are: a third smaller than in letters, and quicker.
rl_config.useA85 = 0
# Fonts are shared by all documents that reportlab makes, so two are never made at once.
_lock = threading.Lock()


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
    font = fonts.family()
    glyphs.require(plan, font)
    plan_json = document.to_bytes(plan)
    with _lock:
        return _Printer(plan, template, font, draft, progress).print(code or stamp.short_code(plan_json), plan_json)


class _Printer:
    """One plan being printed."""

    def __init__(
        self,
        plan: Plan,
        template: Template,
        font: fonts.Family,
        draft: bool,
        progress: Callable[[float], object] | None,
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
        self.places = {id(table): f"phu-luc-{number}" for number, table in enumerate(self.appendices, 1)}

    def print(self, code: str, plan_json: bytes) -> bytes:
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
        self._describe(canvas)
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
            page = flow.begin(landscape=_lies(printed), appendix=True)
            flow.add(self._appendix(table, printed, page))
        flow.end()
        canvas.save()
        return stream.getvalue()

    def _describe(self, canvas: Canvas) -> None:
        """Title, author, subject and date of the plan; the date is the plan's own, as far as it is known."""
        plan = self.plan
        kind = self.template.kind.capitalize()
        canvas.setTitle(pdf_blocks.one_line(f"{kind} {plan.subject}"))
        canvas.setAuthor(pdf_blocks.one_line(plan.unit_name))
        canvas.setSubject(pdf_blocks.one_line(plan.subject))
        canvas.setCreator(PRODUCER)
        canvas.setProducer(PRODUCER)
        date = [f"{plan.year:04d}"] if plan.year is not None else ["2000"]
        if plan.year is not None and plan.month is not None:
            date.append(f"{plan.month:02d}")
            if plan.day is not None:
                date.append(f"{plan.day:02d}")
        canvas.setDateFormatter(lambda *_clock: "D:" + "".join(date))
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def _links(self) -> Links:
        return pdf_blocks.appendix_links({self.names[id(t)]: self.places[id(t)] for t in self.appendices})

    # ---- the document

    def _body(self, page: Page) -> Iterator[Box]:
        yield from pdf_ends.head(self.measure, self.plan, self.template.kind, page.text_width)
        boxes: list[Box] = []
        links = self._links()
        for number, item in enumerate(content.body(self.plan, self.template, self.totals)):
            if isinstance(item, content.Heading):
                boxes += pdf_blocks.body_heading(self.measure, item, page.text_width, f"muc-{number}")
            elif isinstance(item, content.Text):
                boxes += pdf_blocks.body_text(self.measure, item, page.text_width, links)
            else:
                boxes += self._table_in_body(item.table, page)
        # The last two lines of the text at least go with the signature.
        for box in boxes[-2:]:
            box.keep = True
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
        yield from pdf_blocks.appendix_title(
            self.measure,
            self.plan,
            self.template.kind,
            self.names[id(table)],
            table.title.strip(),
            self.places[id(table)],
            page.text_width,
        )
        yield from self._table(printed, page)

    def _table(self, printed: PrintedTable, page: Page) -> Iterator[Box]:
        measure, width = self.measure, page.text_width
        if printed.unit:
            style = nd30.TABLE_UNIT
            yield from pdf_blocks.paragraph(
                measure, (Run(printed.unit),), style, width, leading=style.leading + 3, keep=True
            )
        else:
            yield pdf_blocks.space(6.0, keep=True)
        grid = Grid(measure, printed, page.left, width, page.top - page.bottom)
        last: Box | None = None
        for box in grid.boxes():
            if last is not None:
                yield last
            last = box
        assert last is not None
        last.keep = bool(printed.words)
        yield last
        if printed.words:
            style = nd30.TABLE_WORDS
            yield from pdf_blocks.paragraph(measure, (Run(printed.words),), style, width, leading=style.leading)


def _lies(printed: PrintedTable) -> bool:
    """Whether a table is too wide for an upright page."""
    upright = nd30.A4[0] - nd30.MARGINS.left - nd30.MARGINS.right
    nominal = sum(column.width for column in printed.columns) * nd30.MM
    if nominal:
        return nominal > upright * nd30.LANDSCAPE_FROM
    return len(printed.columns) > nd30.UPRIGHT_COLUMNS
