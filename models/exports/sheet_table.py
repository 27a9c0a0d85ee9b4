"""The sheet of a task table: its columns, groups and sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from models.columns import numbering_of
from models.exports import phrases
from models.exports import sheet_style as look
from models.exports.cells import reader
from models.exports.sheet_entry import BLANK_ROWS, guide_entries
from models.exports.sheet_fields import columns_of
from models.exports.sheet_frame import (
    Grid,
    Job,
    Sheet,
    finish,
    guard,
    identity,
    keep,
    number_width,
    word_width,
    write_top,
)
from models.exports.sheet_kept import OTHER_ROW, TOTAL_ROW
from models.exports.sheet_style import GrowingSheet
from models.exports.sheet_sums import (
    MAX_TERMS,
    NOTHING,
    Amount,
    Line,
    amounts_of,
    grand_total,
    is_amount,
    lines_of,
    runs,
)
from models.money import UNITS, format_amount
from models.plan import Row
from models.template import Column
from models.words import amount_in_words

_CENTRED = ("number", "lead", "time", "security", "carried_over")


def write_tasks(job: Job, out: GrowingSheet, sheet: Sheet, attached: str) -> None:
    """The sheet of a task table; ``attached`` is the line that says which plan an appendix belongs to."""
    table = sheet.table
    columns, layout = columns_of(job.plan, table, job.template, job.fill_in)
    styles = numbering_of(table, job.template)
    lines = lines_of(table, styles, BLANK_ROWS if job.fill_in else 0)
    fields = list(dict.fromkeys(column.field for column in columns if is_amount(column.field)))
    amounts = amounts_of(lines, fields, job.totals, job.fill_in)
    sums = job.totals.of(table)
    grand = grand_total(lines, fields, sums)
    grid = Grid([("", layout.number_label), *((column.head, column.label) for column in columns)], [])
    grid.widths = [number_width([line.number for line in lines], layout.number_label)]
    for column in columns:
        known = [cells[column.field].value for cells in (*amounts, grand) if column.field in cells]
        grid.widths.append(_width(column, [value for value in known if value is not None], table.unit))
    guard(sheet, len(lines), grid)

    unit = phrases.unit_line(table.unit) if fields else ""
    heads = write_top(job, out, sheet, grid, attached, unit, layout.numbered)
    shown = ["number", *(column.field for column in columns)]
    keep(job, out, sheet, grid, "tasks", shown, heads[1])
    rows = _Rows(job, out, sheet, grid, columns, lines)
    for index, cells in enumerate(amounts):
        rows.write(index, cells)
    end = grid.first + len(lines)
    guide_entries(out, job.lists, shown, table.unit, (grid.first, end - 1), styles if job.fill_in else None)
    sheet.rows, sheet.columns = (grid.first, end - 1), {name: at for at, name in reversed(list(enumerate(shown)))}
    if fields:
        rows.write_grand_total(end, grand, sums.costed > 0)
        out.write_number(end, grid.last + 1, TOTAL_ROW)
        end += 1
    rows.write_tags()
    spec = job.template.table(table.key)
    if spec and spec.words and sums.costed and not job.fill_in:
        text = phrases.words_line(amount_in_words(sums.total))
        look.merge(out, end, grid.last, text, job.styles.get(italic=True, text_wrap=True, align="left"), sheet.title)
        out.write_number(end, grid.last + 1, OTHER_ROW)
        out.set_row(end, look.height_for(look.lines_needed(text, sum(grid.widths))))
        end += 1
    out.outline_settings(True, False, True, False)
    finish(job, out, grid, heads, end - 1, any(line.depth for line in lines))


@dataclass(slots=True)
class _Rows:
    """Writes the rows of a task table: texts, numbers in the table's unit, and sums as formulas with their value."""

    job: Job
    out: GrowingSheet
    sheet: Sheet
    grid: Grid
    columns: Sequence[Column]
    lines: Sequence[Line]
    parents: bool = False
    _styles: dict[tuple[Any, ...], Format] = field(default_factory=dict)
    #: By level: the formats of the number, of short texts, and of empty amounts, by column.
    _usual: dict[tuple[int | None, bool], list[Format]] = field(default_factory=dict)
    #: Column, field, head, and what is read of a row.
    _places: list[tuple[int, str, str, Callable[[Row], str] | None]] = field(default_factory=list)
    _open: Format | None = None

    def __post_init__(self) -> None:
        fields = [spec.field for spec in self.columns]
        unit, job = self.sheet.table.unit, self.job
        # Amounts have no reader: they are numbers.
        self._places = [
            (
                at,
                spec.field,
                spec.label,
                None if is_amount(spec.field) else reader(spec.field, fields, unit, job.template, job.totals),
            )
            for at, spec in enumerate(self.columns, 1)
        ]
        self._open = job.styles.get(locked=0)

    def write(self, index: int, amounts: dict[str, Amount]) -> None:
        line, at, factor = self.lines[index], self.grid.first + index, UNITS[self.sheet.table.unit]
        out, row, hidden, widths = self.out, line.row, self.grid.last + 1, self.grid.widths
        usual, is_group, is_blank = self._usual_styles(line), line.row.group is not None, line.key < 0
        put_blank, put_string = out.put_blank, out.put_string
        look.write_text(out, at, 0, line.number, usual[0], self.sheet.title)
        if is_blank:
            # Only a row all of whose cells are open can be deleted.
            put_blank(at, hidden, None, self._open)
        else:
            out.put_number(at, hidden, identity(self.sheet, line.key), self._open)
        needed = 1
        for column, name, label, read in self._places:
            if read is None:
                amount = amounts[name]
                if amount is NOTHING:
                    put_blank(at, column, None, usual[column])
                elif amount.value is None or amount.across or amount.down or amount.value % factor:
                    self._write_amount(at, column, amount, self._money_style(line, amount))
                else:
                    out.put_number(at, column, amount.value // factor, usual[column])
                continue
            text = "" if is_blank or (is_group and name != "task") else (row.group or "") if is_group else read(row)
            if not text:
                put_blank(at, column, None, usual[column])
                continue
            style = usual[column] if len(text) <= look.LONG else self._style(line, name, is_long=True)
            if text[0] != "<" and text.isprintable() and len(text) <= look.SURE:
                put_string(at, column, text, style)
            else:
                look.write_text(out, at, column, text, style, self.sheet.title, line.number, label)
            needed = max(needed, look.lines_needed(text, widths[column], bold=is_group))
        out.set_growing_row(at, look.height_for(needed), line.depth)

    def _money_style(self, line: Line, amount: Amount) -> Format:
        return self._style(line, look.number_format(amount.value, self.sheet.table.unit), is_money=True)

    def _usual_styles(self, line: Line) -> list[Format]:
        key = (line.depth if line.row.is_group else None, line.part)
        found = self._usual.get(key)
        if found is None:
            plain = look.number_format(None, self.sheet.table.unit)
            found = self._usual[key] = [
                self._style(line, plain, is_money=True) if is_amount(name) else self._style(line, name)
                for name in ("number", *(spec.field for spec in self.columns))
            ]
        return found

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
        self.follow_typing(at, [column for column, spec in enumerate(self.columns, 1) if spec.field in grand])
        for column, spec in enumerate(self.columns, 1):
            amount = grand.get(spec.field)
            if amount is None:
                continue
            known = amount.value is not None and (costed or spec.field != "total")
            shown = look.number_format(amount.value, unit) if known else look.ZERO_UNSEEN
            style = get(**base, align="right", indent=1, num_format=shown)
            self._write_amount(at, column, Amount(amount.value or 0, amount.down), style)
            self.sheet.cells.setdefault(spec.field, xl_rowcol_to_cell(at, column))

    def _style(self, line: Line, kind: str, is_money: bool = False, is_long: bool = False) -> Format:
        """``kind``: the field that a cell shows, or with ``is_money`` the number format."""
        group = min(line.depth, len(look.GROUP_COLOURS) - 1) if line.row.is_group else None
        key = (group, line.part, kind, is_long)
        found = self._styles.get(key)
        if found is None:
            properties: dict[str, Any] = {"border": 1, "text_wrap": not is_money}
            if is_money:
                properties |= {"align": "right", "indent": 1, "num_format": kind}
            else:
                properties["align"] = "center" if kind in _CENTRED else "left"
                if not is_long:
                    # Excel takes no formula, number or day for what is typed there.
                    properties["num_format"] = "@"
            if group is not None:
                properties |= {"bold": True, "bg_color": look.GROUP_COLOURS[group]}
            if group is None or kind in ("number", "task"):
                properties["locked"] = 0
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
            self.out.put_number(at, column, value, style)
        else:
            self.out.put_blank(at, column, None, style)

    def _formula(self, at: int, column: int, amount: Amount) -> tuple[str, str]:
        """The cells summed and the formula that does it; both empty where the cell is a number."""
        if amount.across:
            kinds = dict.fromkeys(name.partition(".")[0] + "." for name in amount.across)
            terms = [self._across(at, kind) for kind in kinds]
            if len(terms) > 1:
                # The sources, or where none is filled in the years.
                return ",".join(terms), f"IF(COUNT({terms[0]})>0,SUM({terms[0]}),SUM({terms[1]}))"
            return terms[0], f"SUM({terms[0]})"
        if not amount.down:
            return "", ""
        found = runs([self.grid.first + index for index in amount.down])
        if len(found) > MAX_TERMS:
            self.parents = True
            start, end, tags = self.grid.first, self.grid.first + len(self.lines) - 1, self.grid.last + 2
            parent = self.lines[amount.down[0]].parent + 1
            return "", f"SUMIF({_range((start, tags), (end, tags))},{parent},{_range((start, column), (end, column))})"
        joined = ",".join(_range((a, column), (b, column)) for a, b in found)
        return joined, f"SUM({joined})"

    def _across(self, at: int, kind: str) -> str:
        """The cells of a line that hold its sources, or its years."""
        summed = [index for index, spec in enumerate(self.columns, 1) if spec.field.startswith(kind)]
        return ",".join(_range((at, a), (at, b)) for a, b in runs(summed))

    def write_tags(self) -> None:
        """Hidden columns: under which line each stands, for sums of more cells than a SUM can name; the crossing's."""
        first, used = self.grid.first, []
        if self.parents:
            used.append(self.grid.last + 2)
            for index, line in enumerate(self.lines):
                self.out.write_number(first + index, used[-1], line.parent + 1)
        crossing = self.job.crossings.get(id(self.sheet.table))
        if crossing is not None and crossing.tags:
            used.append(self.grid.last + 3)
            self.sheet.tags = used[-1]
            for index, line in enumerate(self.lines):
                if tag := crossing.tags.get(id(line.row)):
                    self.out.put_string(first + index, used[-1], tag)
        for column in used:
            self.out.set_column(column, column, None, None, {"hidden": True})

    def follow_typing(self, last: int, columns: Sequence[int]) -> None:
        """Show all decimals of an amount typed over another, and none where there are none; the sums follow too."""
        for left, right in runs(columns):
            cell = xl_rowcol_to_cell(self.grid.first, left)
            for sign, shown in (("<>", "#,##0.######"), ("=", "#,##0")):
                criteria = f"=AND(ISNUMBER({cell}),{cell}<>0,ROUND({cell},6){sign}ROUND({cell},0))"
                rule = {"type": "formula", "criteria": criteria, "format": self.job.styles.conditional(shown)}
                self.out.conditional_format(self.grid.first, left, last, right, rule)


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
