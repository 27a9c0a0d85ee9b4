"""The sheet of a task table: its columns, groups and sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from models.columns import layout_of, numbering_of
from models.exports import phrases
from models.exports import sheet_style as look
from models.exports.cells import reader
from models.exports.sheet_frame import Grid, Job, Sheet, finish, guard, number_width, word_width, write_top
from models.exports.sheet_style import GrowingSheet
from models.exports.sheet_sums import MAX_TERMS, Amount, Line, amounts_of, grand_total, is_amount, lines_of, runs
from models.money import format_amount
from models.plan import Row
from models.template import Column
from models.words import amount_in_words

_CENTRED = ("number", "lead", "time", "security", "carried_over")


def write_tasks(job: Job, out: GrowingSheet, sheet: Sheet, attached: str) -> None:
    """The sheet of a task table; ``attached`` is the line that says which plan an appendix belongs to."""
    table = sheet.table
    layout = layout_of(job.plan, table, job.template)
    lines = lines_of(table, numbering_of(table, job.template))
    fields = list(dict.fromkeys(column.field for column in layout.columns if is_amount(column.field)))
    amounts = amounts_of(lines, fields, job.totals)
    sums = job.totals.of(table)
    grand = grand_total(lines, fields, sums)
    grid = Grid([("", layout.number_label), *((column.head, column.label) for column in layout.columns)], [])
    grid.widths = [number_width([line.number for line in lines], layout.number_label)]
    for column in layout.columns:
        known = [cells[column.field].value for cells in (*amounts, grand) if column.field in cells]
        grid.widths.append(_width(column, [value for value in known if value is not None], table.unit))
    guard(sheet, len(lines), grid)

    unit = phrases.unit_line(table.unit) if fields else ""
    heads = write_top(job, out, sheet, grid, attached, unit, layout.numbered)
    rows = _Rows(job, out, sheet, grid, layout.columns, lines)
    for index, cells in enumerate(amounts):
        rows.write(index, cells)
    end = grid.first + len(lines)
    if fields:
        rows.write_grand_total(end, grand, sums.costed > 0)
        end += 1
    spec = job.template.table(table.key)
    if spec and spec.words and sums.costed:
        text = phrases.words_line(amount_in_words(sums.total))
        look.merge(out, end, grid.last, text, job.styles.get(italic=True, text_wrap=True, align="left"), sheet.title)
        out.set_row(end, look.height_for(look.lines_needed(text, sum(grid.widths))))
        end += 1
    out.outline_settings(True, False, True, False)
    finish(job, out, grid, heads, end - 1)


@dataclass(slots=True)
class _Rows:
    """Writes the rows of a task table: texts, numbers in the table's unit, and sums as formulas with their value."""

    job: Job
    out: GrowingSheet
    sheet: Sheet
    grid: Grid
    columns: Sequence[Column]
    lines: Sequence[Line]
    tagged: bool = False
    _styles: dict[tuple[Any, ...], Format] = field(default_factory=dict)
    _readers: list[Callable[[Row], str]] = field(default_factory=list)

    def write(self, index: int, amounts: dict[str, Amount]) -> None:
        line, at, unit = self.lines[index], self.grid.first + index, self.sheet.table.unit
        title, row = self.sheet.title, line.row
        look.write_text(self.out, at, 0, line.number, self._style(line, "number"), title)
        needed = 1
        for column, spec in enumerate(self.columns, 1):
            name = spec.field
            amount = amounts.get(name)
            if amount is not None:
                style = self._style(line, look.number_format(amount.value, unit), is_money=True)
                self._write_amount(at, column, amount, style)
                continue
            text = self._text(row, column - 1)
            look.write_text(self.out, at, column, text, self._style(line, name), title, line.number, spec.label)
            if text:
                needed = max(needed, look.lines_needed(text, self.grid.widths[column], bold=row.is_group))
        self.out.set_growing_row(at, look.height_for(needed), line.depth)

    def _text(self, row: Row, column: int) -> str:
        """What a text column says of a row: the same as in the printed table."""
        if row.is_group:
            return (row.group or "") if self.columns[column].field == "task" else ""
        if not self._readers:
            fields = [spec.field for spec in self.columns]
            unit, job = self.sheet.table.unit, self.job
            self._readers = [reader(name, fields, unit, job.template, job.totals) for name in fields]
        return self._readers[column](row)

    def write_grand_total(self, at: int, grand: dict[str, Amount], costed: bool) -> None:
        """The row TỔNG CỘNG: sums in any case, so that amounts filled in later are added; an unknown one is unseen."""
        get, unit = self.job.styles.get, self.sheet.table.unit
        base: dict[str, Any] = {"border": 1, "bold": True, "bg_color": look.HEAD_COLOUR}
        title = get(**base, align="center", text_wrap=True)
        texts = [column for column, spec in enumerate(self.columns, 1) if spec.field not in grand]
        named = texts[0] if texts else 0
        for column in [0, *texts]:
            self.out.write_blank(at, column, None, title)
        self.out.write_string(at, named, phrases.TOTAL, title)
        self.out.set_growing_row(at, look.height_for(1))
        for column, spec in enumerate(self.columns, 1):
            amount = grand.get(spec.field)
            if amount is None:
                continue
            known = amount.value is not None and (costed or spec.field != "total")
            shown = look.number_format(amount.value, unit) if known else look.ZERO_UNSEEN
            style = get(**base, align="right", indent=1, num_format=shown)
            self._write_amount(at, column, Amount(amount.value or 0, amount.down), style)
            self.sheet.cells.setdefault(spec.field, xl_rowcol_to_cell(at, column))
            self._follow_typing(at, column)
        if self.tagged:
            self._write_tags()

    def _style(self, line: Line, kind: str, is_money: bool = False) -> Format:
        """``kind``: the field that a cell shows, or with ``is_money`` the number format."""
        group = min(line.depth, len(look.GROUP_COLOURS) - 1) if line.row.is_group else None
        key = (group, line.part, kind)
        found = self._styles.get(key)
        if found is None:
            properties: dict[str, Any] = {"border": 1, "text_wrap": not is_money}
            if is_money:
                properties |= {"align": "right", "indent": 1, "num_format": kind}
            else:
                properties["align"] = "center" if kind in _CENTRED else "left"
            if group is not None:
                properties |= {"bold": True, "bg_color": look.GROUP_COLOURS[group]}
            if kind == "task" and line.part:
                properties["indent"] = 1
            found = self._styles[key] = self.job.styles.get(**properties)
        return found

    def _write_amount(self, at: int, column: int, amount: Amount, style: Format) -> None:
        terms, formula = self._formula(at, column, amount)
        value = None if amount.value is None else look.number(amount.value, self.sheet.table.unit)
        if formula and value is not None:
            self.out.write_formula(at, column, f"={formula}", style, value)
        elif terms:
            # Nothing known yet: empty, but what is typed in later is added.
            self.out.write_formula(at, column, f'=IF(COUNT({terms})=0,"",{formula})', style, "")
        elif value is not None:
            self.out.write_number(at, column, value, style)
        else:
            self.out.write_blank(at, column, None, style)

    def _formula(self, at: int, column: int, amount: Amount) -> tuple[str, str]:
        """The cells summed and the formula that does it; both empty where the cell is a number."""
        if amount.across:
            kind = amount.across[0].partition(".")[0] + "."
            summed = [index for index, spec in enumerate(self.columns, 1) if spec.field.startswith(kind)]
            terms = ",".join(_range((at, a), (at, b)) for a, b in runs(summed))
            return terms, f"SUM({terms})"
        if not amount.down:
            return "", ""
        found = runs([self.grid.first + index for index in amount.down])
        if len(found) > MAX_TERMS:
            self.tagged = True
            start, end, tags = self.grid.first, self.grid.first + len(self.lines) - 1, self.grid.last + 1
            parent = self.lines[amount.down[0]].parent + 1
            return "", f"SUMIF({_range((start, tags), (end, tags))},{parent},{_range((start, column), (end, column))})"
        terms = ",".join(_range((a, column), (b, column)) for a, b in found)
        return terms, f"SUM({terms})"

    def _write_tags(self) -> None:
        """A hidden column that says under which line each stands, for sums of more cells than a SUM can name."""
        column = self.grid.last + 1
        for index, line in enumerate(self.lines):
            self.out.write_number(self.grid.first + index, column, line.parent + 1)
        self.out.set_column(column, column, None, None, {"hidden": True})

    def _follow_typing(self, last: int, column: int) -> None:
        """Show all decimals of an amount typed over another, and none where there are none; the sums follow too."""
        first = self.grid.first
        cell = xl_rowcol_to_cell(first, column)
        for sign, shown in (("<>", "#,##0.######"), ("=", "#,##0")):
            criteria = f"=AND(ISNUMBER({cell}),{cell}<>0,ROUND({cell},6){sign}ROUND({cell},0))"
            rule = {"type": "formula", "criteria": criteria, "format": self.job.styles.conditional(shown)}
            self.out.conditional_format(first, column, last, column, rule)


def _range(first: tuple[int, int], last: tuple[int, int]) -> str:
    start = xl_rowcol_to_cell(*first)
    return start if first == last else f"{start}:{xl_rowcol_to_cell(*last)}"


def _width(column: Column, amounts: Sequence[int], unit: str) -> int:
    """Pixels: what the layout says, and at least a word of the head or the longest amount, which Excel cannot wrap."""
    asked = word_width([column.label], bold=True)
    if amounts:
        largest = format_amount(max(amounts, key=abs), unit).partition(",")[0]
        longest = largest + "," + "0" * max(look.decimals(amount, unit) for amount in amounts)
        asked = max(asked, look.widest([longest], bold=True) + 9)
    return max(look.pixels(column.width), round(asked))
