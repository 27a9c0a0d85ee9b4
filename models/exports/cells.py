"""A table as it is printed, whatever the kind of file: heads, rows, group and total rows, all as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from models.columns import layout_of, numbering_of
from models.exports import phrases
from models.money import format_amount
from models.numbering import row_numbers
from models.plan import Plan, Row, Table
from models.template import Template
from models.totals import TableTotals, Totals, compute_table
from models.words import amount_in_words

ColumnKind = Literal["number", "text", "centre", "amount"]
RowKind = Literal["group", "task", "total", "nothing"]

_CENTRED = ("lead", "time", "security", "carried_over")
_NUMBER_LABEL = "TT"


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """``head`` is the upper label over neighbours that share it; ``width`` is in mm, 0: by what it holds.

    ``merged``: neighbouring tasks of equal text share one cell.
    """

    label: str
    head: str
    width: float
    kind: ColumnKind
    merged: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """``cells`` has one text a column; the text of ``cells[at]`` stands over ``span`` columns.

    ``row`` is the row of the plan it shows, where it is one.
    """

    kind: RowKind
    cells: list[str]
    at: int = 0
    span: int = 1
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """``unit`` and ``words`` are the lines above and under it, empty where there is none."""

    columns: tuple[PrintedColumn, ...]
    rows: list[PrintedRow]
    numbered: bool = False
    unit: str = ""
    words: str = ""


def printed_table(plan: Plan, table: Table, template: Template, totals: Totals) -> PrintedTable:
    """The table with its numbers, subtotals and total, all computed: a stated total is never printed."""
    if table.columns is not None:
        return _register(table, table.columns, template)
    layout = layout_of(plan, table, template)
    fields = [column.field for column in layout.columns]
    columns = (
        PrintedColumn(layout.number_label, "", 0, "number"),
        *(PrintedColumn(c.label, c.head, c.width, _kind(c.field), c.merged) for c in layout.columns),
    )
    amounts = [at for at, column in enumerate(columns) if column.kind == "amount"]
    sums = totals.of(table)
    rows = list(_task_rows(table, fields, template, totals, amounts))
    costed = any(totals.row(row) is not None for row in table.rows)
    if amounts and costed:
        span = max(amounts[0], 1)
        cells = [phrases.TOTAL, *[""] * len(fields)]
        for at in amounts:
            cells[at] = _sum_text(fields[at - 1], sums, table.unit)
        rows.append(PrintedRow("total", cells, 0, span))
    if not rows:
        rows.append(PrintedRow("nothing", [phrases.NOTHING, *[""] * len(fields)], 0, len(columns)))
    spec = template.table(table.key)
    named = any(phrases.UNITS[table.unit] in column.label for column in columns)
    return PrintedTable(
        columns,
        rows,
        layout.numbered,
        unit=phrases.unit_line(table.unit) if amounts and not named else "",
        words=phrases.words_line(amount_in_words(sums.total)) if spec and spec.words and costed else "",
    )


def _kind(field: str) -> ColumnKind:
    if field == "total" or field.startswith(("funding.", "years.")):
        return "amount"
    return "centre" if field in _CENTRED else "text"


def _task_rows(
    table: Table, fields: list[str], template: Template, totals: Totals, amounts: list[int]
) -> Iterator[PrintedRow]:
    numbers = row_numbers(table, numbering_of(table, template))
    readers = [reader(field, fields, table.unit, template, totals) for field in fields]
    span = (amounts[0] if amounts else len(fields) + 1) - 1

    def visit(rows: list[Row]) -> Iterator[PrintedRow]:
        for row in rows:
            if row.group is not None:
                cells = [numbers[id(row)], row.group, *[""] * (len(fields) - 1)]
                if totals.row(row) is not None:
                    sums = compute_table(Table(rows=row.rows), {})
                    for at in amounts:
                        # A layout that begins with an amount has no room for the group's sum in that column.
                        if at > 1:
                            cells[at] = _sum_text(fields[at - 1], sums, table.unit)
                yield PrintedRow("group", cells, 1, max(span, 1), row)
            else:
                yield PrintedRow("task", [numbers[id(row)], *[read(row) for read in readers]], row=row)
            if row.rows:
                yield from visit(row.rows)

    return visit(table.rows)


def _sum_text(field: str, sums: TableTotals, unit: str) -> str:
    kind, _dot, key = field.partition(".")
    if kind == "total":
        return format_amount(sums.total, unit)
    amount = (sums.by_source if kind == "funding" else sums.by_year).get(key)
    return "" if amount is None else format_amount(amount, unit)


def reader(field: str, fields: list[str], unit: str, template: Template, totals: Totals) -> Callable[[Row], str]:
    """What a column prints of a task, as a function of the row; ``fields`` are those of all columns beside it."""
    kind, dot, key = field.partition(".")
    if field == "total":
        return lambda row: _amount(totals.rows[id(row)], unit)
    if kind == "funding":
        if dot:
            return lambda row: _amount(row.funding.get(key), unit)
        return lambda row: _sources(row, unit, template, totals if "total" in fields else None)
    if kind == "years":
        return lambda row: _amount(row.years.get(key), unit)
    if field == "time":
        return _time
    if field in ("security", "carried_over"):
        return lambda row: phrases.YES if getattr(row, field) else ""
    if "+" in field:
        parts = field.split("+")
        return lambda row: "\n".join(value for part in parts if (value := getattr(row, part)))
    return lambda row: getattr(row, field) or ""


def _amount(amount: int | None, unit: str) -> str:
    return "" if amount is None else format_amount(amount, unit)


def _sources(row: Row, unit: str, template: Template, totals: Totals | None) -> str:
    """``NSĐP: 4.000; Khác: 11.000``; a source that pays all of a total shown beside it, by its name alone."""
    named = [(template.source(key).short, amount) for key, amount in row.funding.items()]
    if len(named) == 1 and totals is not None and named[0][1] in (None, totals.rows[id(row)]):
        return named[0][0]
    return "; ".join(name if amount is None else f"{name}: {format_amount(amount, unit)}" for name, amount in named)


def _time(row: Row) -> str:
    if row.time or (row.time_from is None and row.time_to is None):
        return row.time
    if row.time_from is None or row.time_to is None or row.time_from == row.time_to:
        return str(row.time_to if row.time_from is None else row.time_from)
    return f"{row.time_from} - {row.time_to}"


def _register(table: Table, labels: list[str], template: Template) -> PrintedTable:
    numbers = row_numbers(table, numbering_of(table, template))
    # A row with more cells than there are labels loses none of them.
    width = max([len(labels), *(len(row.cells or ()) for row in table.rows)])
    columns = (
        PrintedColumn(_NUMBER_LABEL, "", 0, "number"),
        *(PrintedColumn(label, "", 0, "text") for label in [*labels, *[""] * (width - len(labels))]),
    )
    rows = []
    for row in table.rows:
        cells = row.cells or []
        rows.append(PrintedRow("task", [numbers[id(row)], *cells, *[""] * (width - len(cells))], row=row))
    if not rows:
        rows.append(PrintedRow("nothing", [phrases.NOTHING, *[""] * width], 0, len(columns)))
    return PrintedTable(columns, rows)
