"""What the sheets of task tables and registers share: title, heads, widths, page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from models.errors import ExportError
from models.exports import sheet_kept as kept
from models.exports import sheet_style as look
from models.exports.sheet_crossing import Crossing
from models.exports.sheet_entry import TABLE_STEP, Lists, protect
from models.exports.sheet_style import Styles
from models.i18n import _
from models.plan import Plan, Table
from models.template import Template
from models.totals import Totals


@dataclass(slots=True)
class Job:
    """What every sheet is made from; ``kept`` maps those written, ``crossings`` are by ``id()`` of the table."""

    plan: Plan
    template: Template
    totals: Totals
    styles: Styles
    draft: bool
    code: str | None
    lists: Lists
    fill_in: bool = False
    kept: list[kept.KeptSheet] = field(default_factory=list)
    crossings: dict[int, Crossing] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """A table's sheet: ``caption`` is its appendix name (empty: none), ``number`` the place of its table in the plan.

    ``cells`` are its grand totals by field, ``rows`` its first and last row, ``columns`` those of its fields and
    ``tags`` that of the tags of its crossing (-1: none), as they are written.
    """

    table: Table
    name: str
    caption: str
    title: str
    number: int = -1
    cells: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    rows: tuple[int, int] = (0, 0)
    tags: int = -1


@dataclass(slots=True)
class Grid:
    """The columns of a sheet from the left, the number column first, and where the rows of the table begin."""

    heads: list[tuple[str, str]]
    widths: list[int]
    first: int = 0

    @property
    def last(self) -> int:
        return len(self.heads) - 1


def title_of(table: Table, template: Template) -> str:
    spec = template.table(table.key)
    return table.title or (spec.label or spec.title if spec else "") or table.key


def write_top(
    job: Job, out: Worksheet, sheet: Sheet, grid: Grid, attached: str, unit: str, numbered: bool
) -> tuple[int, int]:
    """Title and heads; the rows of the heads, the first row after them stands in ``grid.first``."""
    get, last, width = job.styles.get, grid.last, sum(grid.widths)
    for column, column_width in enumerate(grid.widths):
        out.set_column_pixels(column, column, column_width)
    at = 0
    for text, size, properties in (
        (sheet.caption, 13, {"bold": True, "align": "center"}),
        (sheet.title, 13, {"bold": True, "align": "center"}),
        (attached if sheet.caption else "", 12, {"italic": True, "align": "center"}),
        (unit, 11, {"italic": True, "align": "right"}),
    ):
        if text:
            look.merge(out, at, last, text, get(font_size=size, text_wrap=True, **properties), sheet.title)
            lines = look.lines_needed(text, width, size, bold="bold" in properties)
            out.set_row(at, look.height_for(lines, size))
            at += 1
    first = at
    at = _write_heads(job, out, sheet, grid, at)
    if numbered:
        style = job.styles.get(border=1, italic=True, align="center", bg_color=look.HEAD_COLOUR)
        for column in range(last + 1):
            out.write_string(at, column, str(column + 1), style)
        at += 1
    grid.first = at
    return first, at - 1


def _write_heads(job: Job, out: Worksheet, sheet: Sheet, grid: Grid, at: int) -> int:
    """One row of heads, or two where some columns share an upper one; the next row."""
    style = job.styles.get(border=1, bold=True, text_wrap=True, align="center", bg_color=look.HEAD_COLOUR)

    def lines(column: int, text: str, span: int = 1) -> int:
        return look.lines_needed(text, sum(grid.widths[column : column + span]), bold=True)

    if not any(head and label for head, label in grid.heads):
        texts = [label or head for head, label in grid.heads]
        for column, text in enumerate(texts):
            look.write_text(out, at, column, text, style, sheet.title)
        out.set_row(at, look.height_for(max(lines(column, text) for column, text in enumerate(texts))))
        return at + 1
    upper = lower = whole = 1
    column = 0
    while column <= grid.last:
        head, label = grid.heads[column]
        if not (head and label):
            out.merge_range(at, column, at + 1, column, "", style)
            look.write_text(out, at, column, label or head, style, sheet.title)
            whole = max(whole, lines(column, label or head))
            column += 1
            continue
        span = 1
        while column + span <= grid.last and grid.heads[column + span][0] == head and grid.heads[column + span][1]:
            span += 1
        if span > 1:
            out.merge_range(at, column, at, column + span - 1, "", style)
        look.write_text(out, at, column, head, style, sheet.title)
        upper = max(upper, lines(column, head, span))
        for index in range(column, column + span):
            text = grid.heads[index][1]
            look.write_text(out, at + 1, index, text, style, sheet.title)
            lower = max(lower, lines(index, text))
        column += span
    lower = max(lower, whole - upper)
    out.set_row(at, look.height_for(upper))
    out.set_row(at + 1, look.height_for(lower))
    return at + 2


def keep(job: Job, out: Worksheet, sheet: Sheet, grid: Grid, kind: kept.Kind, fields: list[str], heads: int) -> None:
    """Put the sheet on the map: ``fields`` by column, ``heads`` the row that they stand beside."""
    out.write_string(heads, grid.last + 1, kept.mark(len(job.kept), job.plan.id))
    labels = [look.clean(label or head) for head, label in grid.heads]
    job.kept.append(kept.KeptSheet(kind, sheet.name, fields, labels, sheet.number))
    out.set_column(grid.last + 1, grid.last + 1, None, None, {"hidden": True})


def identity(sheet: Sheet, number: int) -> int:
    """What stands beside the row of that number in its table."""
    return sheet.number * TABLE_STEP + number


def finish(
    job: Job, out: Worksheet, grid: Grid, heads: tuple[int, int], end: int, outlined: bool = False, rows: bool = True
) -> None:
    """Page, panes and protection; ``end`` is the last row, ``outlined``: rows are in groups that can be folded.

    ``rows``: they may come and go.
    """
    landscape = sum(grid.widths) > look.pixels(look.PORTRAIT_WIDTH * 1.1)
    look.page_setup(out, landscape=landscape, draft=job.draft, code=job.code, heads=heads)
    end = max(end, heads[1])
    out.print_area(0, 0, end, grid.last)
    # The number and the name stay in sight too, unless they would take the whole window.
    names = 2 if grid.last >= 2 and sum(grid.widths[:2]) < 420 else 0
    out.freeze_panes(heads[1] + 1, names)
    everywhere = f"A1:{xl_rowcol_to_cell(end, grid.last)}"
    out.ignore_errors({"number_stored_as_text": everywhere, "formula_differs": everywhere, "formula_range": everywhere,
                       "formula_unlocked": everywhere})  # fmt: skip
    # Excel folds no groups in a protected sheet: only one that is to be filled in has to do without.
    if job.fill_in or not outlined:
        protect(out, rows)


def guard(sheet: Sheet, rows: int, grid: Grid) -> None:
    if rows + 20 > look.MAX_ROWS or len(grid.heads) + 3 > look.MAX_COLUMNS:
        raise ExportError(
            _("“{table}” có quá nhiều dòng hoặc cột cho một trang tính Excel; hãy chia bảng thành nhiều bảng.").format(
                table=sheet.title
            )
        )


def number_width(numbers: Sequence[str], label: str) -> int:
    longest = sorted(set(numbers), key=len)[-20:]
    return max(look.pixels(10), round(look.widest([label], bold=True)), round(look.widest(longest, bold=True)))


def word_width(texts: Sequence[str], bold: bool = False) -> float:
    words = [word for text in texts for word in text.split()]
    return min(look.widest(words, bold=bold), look.pixels(60))
