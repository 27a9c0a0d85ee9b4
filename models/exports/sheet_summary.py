"""The sheet "Tổng hợp": the money of each table by source and year, as formulas into its sheet, and charts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models.exports import phrases
from models.exports import sheet_style as look
from models.exports.sheet_crossing import Crossing, crossing
from models.exports.sheet_entry import protect
from models.exports.sheet_frame import Job, Sheet
from models.money import UNITS, format_amount
from models.totals import TableTotals

SUMMARY = "Tổng hợp"
_NO_SOURCE = "Không ghi nguồn vốn"
_MIXED = "Chưa tách được theo nguồn vốn"
_NO_YEAR = "Chưa phân theo năm"
_TOTAL = "Tổng cộng"
#: Millimetres.
_LABEL_WIDTH, _AMOUNT_WIDTH = 62, 27
#: Rows that a chart takes.
_CHART_ROWS = 16
#: Colours that differ in print without colour too; the first is the program's own.
_COLOURS = ("#0B6E99", "#E0A458", "#5B8E7D", "#A23B4A", "#8FB8DE", "#6B5B95", "#B8B8A8", "#3D405B")


def crossings(job: Job, sheets: Sequence[Sheet]) -> dict[int, Crossing]:
    """The crossing of every table that has amounts, by ``id()`` of the table."""
    found = {}
    for sheet in sheets:
        if not sheet.table.is_register and job.totals.of(sheet.table).costed:
            found[id(sheet.table)] = crossing(job.plan, sheet.table, job.template, job.totals.of(sheet.table))
    return found


def write_summary(job: Job, book: Workbook, out: Worksheet, sheets: Sequence[Sheet]) -> None:
    """One block a table, each in its unit: rows by source, columns by year, charts below."""
    shown = [sheet for sheet in sheets if id(sheet.table) in job.crossings]
    most = max(len(job.crossings[id(sheet.table)].years) for sheet in shown)
    last = most + 2
    widths = [look.pixels(_LABEL_WIDTH)] + [_width(job, shown)] * last
    for column, width in enumerate(widths):
        out.set_column_pixels(column, column, width)
    style = job.styles.get(font_size=14, bold=True, align="center", text_wrap=True)
    look.merge(out, 0, last, "TỔNG HỢP KINH PHÍ THEO NGUỒN VỐN VÀ NĂM", style, SUMMARY)
    out.set_row(0, look.height_for(1 if sum(widths) > 420 else 2, 14))
    at, breaks = 1, []
    for sheet in shown:
        breaks += [at] if at > 1 else []
        at = _Block(job, book, out, sheet, widths).write(at)
    # Upright: a table and its two charts have room on one page.
    look.page_setup(out, landscape=False, draft=job.draft, code=job.code, heads=None)
    if breaks:
        out.set_h_pagebreaks(breaks)
    out.print_area(0, 0, at - 1, last)
    out.hide_gridlines(2)
    protect(out)


def _width(job: Job, sheets: Sequence[Sheet]) -> int:
    """Pixels of an amount column: the largest total must fit, Excel cannot wrap it."""
    amounts = [format_amount(job.totals.of(sheet.table).total, sheet.table.unit) for sheet in sheets]
    return max(look.pixels(_AMOUNT_WIDTH), round(look.widest(amounts, bold=True)) + 18)


@dataclass(slots=True)
class _Amounts:
    """Đồng by row and column: the sources (and the rest) and the total; the years (and the rest) and the total."""

    sources: list[list[int]]
    total: list[int]
    #: Whether the last source is none, the last column but the total no year.
    has_rest: bool
    has_no_year: bool


def _amounts(found: Crossing, sums: TableTotals) -> _Amounts:
    years = found.years
    sources = [[found.amounts.get((key, year), 0) for year in years] + [sums.by_source[key]] for key in found.sources]
    total = [sums.total if found.is_one_year else sums.by_year.get(year, 0) for year in years] + [sums.total]
    rest = [whole - sum(parts) for whole, *parts in zip(total, *sources, strict=True)]
    has_rest = not sources or any(rest)
    if has_rest:
        sources.append(rest)
    has_no_year = bool(years) and any(row[-1] != sum(row[:-1]) for row in (*sources, total))
    if has_no_year:
        for row in (*sources, total):
            row.insert(-1, row[-1] - sum(row[:-1]))
    return _Amounts(sources, total, has_rest, has_no_year)


@dataclass(slots=True)
class _Block:
    """The rows and charts of one table."""

    job: Job
    book: Workbook
    out: Worksheet
    sheet: Sheet
    widths: list[int]
    #: Whether an amount of its charts is below zero.
    below: bool = False

    def write(self, at: int) -> int:
        """Write it from row ``at`` on; the first row behind it."""
        sheet, get, last = self.sheet, self.job.styles.get, len(self.widths) - 1
        found, sums = self.job.crossings[id(sheet.table)], self.job.totals.of(sheet.table)
        unit = phrases.UNITS[sheet.table.unit]
        title = ". ".join(text for text in (sheet.caption, sheet.title) if text)
        look.merge(self.out, at, last, title, get(bold=True, text_wrap=True, align="left"), sheet.title)
        self.out.set_row(at, look.height_for(look.lines_needed(title, sum(self.widths), bold=True)))
        amounts = _amounts(found, sums)
        self.below = any(amount < 0 for row in amounts.sources for amount in row)
        heads = ["Nguồn vốn", *(f"Năm {year}" for year in found.years)]
        heads += [_NO_YEAR] * amounts.has_no_year + [_TOTAL]
        look.merge(self.out, at + 1, len(heads) - 1, phrases.unit_line(sheet.table.unit),
                   get(italic=True, align="right"), sheet.title)  # fmt: skip
        at += 2
        self._texts(at, heads, get(border=1, bold=True, text_wrap=True, align="center", bg_color=look.HEAD_COLOUR))
        total = at + 1 + len(amounts.sources)
        self._write_rows(at + 1, found, amounts)
        return self._write_charts(at, total, len(found.years), len(heads) - 1, unit, bool(found.sources))

    def _texts(self, at: int, texts: Sequence[str], style: Format) -> None:
        for column, text in enumerate(texts):
            look.write_text(self.out, at, column, text, style, self.sheet.title)
        needed = max(look.lines_needed(text, self.widths[column], bold=True) for column, text in enumerate(texts))
        self.out.set_row(at, look.height_for(needed))

    def _write_rows(self, first: int, found: Crossing, amounts: _Amounts) -> None:
        get, years, unit = self.job.styles.get, len(found.years), self.sheet.table.unit
        label, bold = get(border=1, text_wrap=True, align="left"), get(border=1, bold=True, bg_color=look.HEAD_COLOUR)
        names = [self.job.template.source(key).label for key in found.sources]
        if amounts.has_rest:
            names.append(_MIXED if names else _NO_SOURCE)
        total, last = first + len(names), len(amounts.total)
        for index, (name, row) in enumerate(zip(names, amounts.sources, strict=True)):
            at = first + index
            self._texts(at, [name], label)
            for column, amount in enumerate(row, 1):
                if index == len(found.sources):
                    formula = _less(at + 1, column, [(first, column), (at - 1, column)], unit)
                elif column == last:
                    formula = self._grand(f"funding.{found.sources[index]}")
                elif column > years:
                    formula = _less(at, last, [(at, 1), (at, years)], unit)
                else:
                    formula = self._crossed(found, index, found.years[column - 1])
                self._write(at, column, amount, formula)
        self._texts(total, [_TOTAL], bold)
        for column, amount in enumerate(amounts.total, 1):
            if column == last or found.is_one_year:
                formula = self._grand("total")
            elif column > years:
                formula = _less(total, last, [(total, 1), (total, years)], unit)
            else:
                formula = self._grand(f"years.{found.years[column - 1]}")
            self._write(total, column, amount, formula, bold=True)

    # ---- formulas

    def _grand(self, field: str) -> str:
        """The cell of the total row in the table's sheet; empty where it has no such column."""
        cell = self.sheet.cells.get(field)
        return f"={look.quoted(self.sheet.name)}!{cell}" if cell else ""

    def _crossed(self, found: Crossing, index: int, year: str) -> str:
        """The rows paid in that year add their source, those of that source their year; empty where there is none."""
        key = found.sources[index]
        if found.is_one_year:
            return self._grand(f"funding.{key}")
        known, terms = set(found.tags.values()), []
        for tag, field in ((f"y{year}", f"funding.{key}"), (f"s{index}", f"years.{year}")):
            if tag in known:
                if field not in self.sheet.columns:
                    return ""
                terms.append(f'SUMIF({self._cells(self.sheet.tags)},"{tag}",{self._cells(self.sheet.columns[field])})')
        return f"={'+'.join(terms)}" if terms else ""

    def _cells(self, column: int) -> str:
        """The cells of a column of the table's sheet."""
        first, last = (xl_rowcol_to_cell(row, column, True, True) for row in self.sheet.rows)
        return f"{look.quoted(self.sheet.name)}!{first}:{last}"

    def _write(self, at: int, column: int, amount: int, formula: str, bold: bool = False) -> None:
        unit = self.sheet.table.unit
        look_of: dict[str, Any] = {"bold": True, "bg_color": look.HEAD_COLOUR} if bold else {}
        shown = look.number_format(amount, unit)
        style = self.job.styles.get(border=1, align="right", indent=1, num_format=shown, **look_of)
        if formula:
            self.out.write_formula(at, column, formula, style, look.number(amount, unit))
        else:
            self.out.write_number(at, column, look.number(amount, unit), style)

    # ---- charts

    def _write_charts(self, heads: int, total: int, years: int, last: int, unit: str, has_sources: bool) -> int:
        """By year, stacked by source, and by source; the first row behind them."""
        at = total + 2
        if years:
            series = [
                {
                    "name": [SUMMARY, row, 0],
                    "categories": [SUMMARY, heads, 1, heads, years],
                    "values": [SUMMARY, row, 1, row, years],
                    "fill": {"color": _COLOURS[number % len(_COLOURS)]},
                    "gap": 80,
                }
                for number, row in enumerate(range(heads + 1, total))
            ]
            at = self._chart(at, f"Kinh phí theo năm ({unit})", {"type": "column", "subtype": "stacked"}, series)
        if not has_sources:
            return at
        bars = {
            "name": "Kinh phí",
            "categories": [SUMMARY, heads + 1, 0, total - 1, 0],
            "values": [SUMMARY, heads + 1, last, total - 1, last],
            "fill": {"color": _COLOURS[0]},
            "gap": 60,
            "data_labels": {"value": True, "font": {"name": look.FONT, "size": 10}},
        }
        return self._chart(at, f"Kinh phí theo nguồn vốn ({unit})", {"type": "bar"}, [bars])

    def _chart(self, at: int, title: str, kind: dict[str, str], series: Sequence[dict[str, Any]]) -> int:
        chart = self.book.add_chart(kind)
        assert chart is not None
        font = {"name": look.FONT, "size": 10}
        for one in series:
            chart.add_series(one)
        chart.set_title({"name": title, "name_font": {"name": look.FONT, "size": 12}})
        lines = {"visible": True, "line": {"color": "#D9D9D9"}}
        names: dict[str, Any] = {"num_font": font, "major_gridlines": {"visible": False}}
        amounts: dict[str, Any] = {"num_font": font, "num_format": "#,##0", "major_gridlines": lines}
        if not self.below:
            # Left to itself a program begins amounts that are near each other far above zero.
            amounts["min"] = 0
        if kind["type"] == "bar":
            # Bars lie: their names stand at the vertical axis, the first one on top.
            chart.set_y_axis(names | {"reverse": True})
            chart.set_x_axis(amounts)
        else:
            chart.set_x_axis(names)
            chart.set_y_axis(amounts)
        chart.set_legend({"position": "bottom", "font": font} if len(series) > 1 else {"none": True})
        chart.set_size({"width": min(sum(self.widths), 900), "height": _CHART_ROWS * 20 - 10})
        self.out.insert_chart(at, 0, chart, {"object_position": 2, "description": title})
        return at + _CHART_ROWS


def _less(row: int, column: int, parts: Sequence[tuple[int, int]], unit: str) -> str:
    """A cell less the cells from the first to the second of ``parts``, if there are any; to the đồng of ``unit``."""
    (top, left), (bottom, right) = parts
    less = f"-SUM({xl_rowcol_to_cell(top, left)}:{xl_rowcol_to_cell(bottom, right)})"
    if bottom < top or right < left:
        return f"={xl_rowcol_to_cell(row, column)}"
    # What floats leave of equal amounts would show as 0,000000.
    return f"=ROUND({xl_rowcol_to_cell(row, column)}{less},{len(str(UNITS[unit])) - 1})"
