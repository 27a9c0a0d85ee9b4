"""What changed in the tables of a plan: rows added, removed, moved, changed, and the sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from models.columns import numbering_of
from models.compare_parts import changes, held, put_places, reordered, side_by_side, unknown
from models.comparison import Change, Item, TableChange, Value
from models.numbering import row_numbers
from models.pairing import Pairs, squeezed
from models.pairing_rows import name_of, pair_cells, pair_rows
from models.plan import Plan, Row, Table, index_of, path_of
from models.template import Template
from models.totals import TableTotals, Totals

TABLE_FIELDS = ("title", "section", "unit", "numbering", "continuous", "layout", "columns", "stated_total")
_BEFORE_AMOUNTS = ("objective", "scope", "lead", "time_from", "time_to", "time")
_AFTER_AMOUNTS = ("security", "carried_over", "result", "note")


def compare_tables(
    before: Plan, after: Plan, template: Template, old_sums: Totals, new_sums: Totals
) -> Iterator[TableChange]:
    """The tables in which anything changed, in the order of the newer plan."""
    pairs: Pairs[Table] = Pairs()
    pairs.match(
        before.tables,
        after.tables,
        lambda table: (table.is_register, table.key, table.title),
        lambda table: (table.is_register, table.key) if table.key else None,
        lambda table: (table.is_register, squeezed(table.title)) if table.title else None,
    )
    moved = reordered(pairs, before.tables, after.tables)
    places = {id(table): at for plan in (before, after) for at, table in enumerate(plan.tables, 1)}
    for one, other in side_by_side(pairs, before.tables, after.tables):
        old = _Side(one, old_sums, template) if one else None
        new = _Side(other, new_sums, template) if other else None
        fields = [
            held(table, ("key", *TABLE_FIELDS)) | unknown(table, table.extra) if table else {} for table in (one, other)
        ]
        if id(other) in moved:
            put_places(fields, str(places[id(one)]), str(places[id(other)]))
        found = _table(old, new, tuple(changes(*fields)) if one and other else ())
        if found.kind != "changed" or found.fields or found.rows or found.sums:
            yield found


@dataclass(slots=True)
class _Side:
    """One state of a table, with what is made of its rows."""

    table: Table
    totals: Totals
    template: Template
    numbers: dict[int, str] = field(init=False)
    sums: TableTotals | None = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = row_numbers(self.table, numbering_of(self.table, self.template))
        self.sums = None if self.table.is_register else self.totals.of(self.table)

    def amount(self, row: Row) -> int | None:
        return self.totals.rows.get(id(row))

    def counted(self, row: Row) -> int:
        """What the row alone gives to the table's total: a task's amount, unless it is a part of another one."""
        if row.is_group or any(not above.is_group for above in path_of(row)[:-1]):
            return 0
        return self.amount(row) or 0

    def is_numbered(self, row: Row) -> bool:
        """Whether the first cell of a register's row is nothing but the row's number."""
        return bool(row.cells) and (row.cells or [""])[0].strip().rstrip(".") == self.numbers[id(row)]

    def where(self, row: Row) -> str:
        """The rows it stands under, and its number there."""
        above = [f"{self.numbers[id(one)]} {name_of(one)}".strip() for one in path_of(row)[:-1]]
        return " › ".join([*above, self.numbers[id(row)]])

    def added_up(self) -> dict[str, Value]:
        if self.sums is None:
            return {}
        found: dict[str, Value] = {"total": self.sums.total}
        known = [source.key for source in self.template.sources]
        found |= {f"funding.{key}": self.sums.by_source[key] for key in known if key in self.sums.by_source}
        found |= {f"funding.{key}": self.sums.by_source[key] for key in sorted(self.sums.by_source)}
        found |= {f"years.{year}": self.sums.by_year[year] for year in sorted(self.sums.by_year)}
        return found | ({"security": self.sums.security} if self.sums.security else {})


def _table(old: _Side | None, new: _Side | None, fields: tuple[Change, ...]) -> TableChange:
    shown = new or old
    assert shown is not None
    table = shown.table
    before, after = (side.table.rows if side else [] for side in (old, new))
    pairs = pair_cells(before, after) if table.is_register else pair_rows(before, after)
    return TableChange(
        kind="changed" if old and new else "removed" if old else "added",
        title=table.title or table.key,
        unit=table.unit,
        columns=None if table.columns is None else tuple(table.columns),
        fields=fields,
        rows=tuple(_rows(pairs, old, new, before, after, 0)),
        sums=tuple(changes(*(side.added_up() if side else {} for side in (old, new)))),
        total_before=old.sums.total if old and old.sums else None,
        total_after=new.sums.total if new and new.sums else None,
    )


def _rows(
    pairs: Pairs[Row], old: _Side | None, new: _Side | None, before: list[Row], after: list[Row], depth: int
) -> Iterator[Item]:
    """What became of the rows of two lists that belong together, each before those under it."""
    moved = reordered(pairs, before, after)
    was = {id(row) for row in before}
    for one, other in side_by_side(pairs, before, after):
        if one is None or other is None:
            yield from _lone(one, old, "removed", depth) if one else _lone(other, new, "added", depth)
        else:
            assert old is not None and new is not None
            is_moved = id(one) not in was or id(other) in moved
            yield from _both(one, other, old, new, is_moved, depth)
        below = one.rows if one else [], other.rows if other else []
        if below[0] or below[1]:
            yield from _rows(pairs, old, new, *below, depth + 1)


def _lone(row: Row, side: _Side | None, kind: Literal["added", "removed"], depth: int) -> Iterator[Item]:
    assert side is not None
    amount, is_new = side.amount(row), kind == "added"
    nothing: dict[str, Value] = {}
    states = (nothing, row_fields(row)) if is_new else (row_fields(row), nothing)
    counted = side.counted(row) * (1 if is_new else -1)
    yield Item(
        kind, side.numbers[id(row)], name_of(row) or first_cell(row), tuple(changes(*states)), row.is_group, depth,
        None if is_new else amount, amount if is_new else None, counted,
    )  # fmt: skip


def _both(one: Row, other: Row, old: _Side, new: _Side, is_moved: bool, depth: int) -> Iterator[Item]:
    states = [row_fields(one), row_fields(other)]
    if new.table.is_register and old.is_numbered(one) and new.is_numbered(other):
        # A number typed into a register follows from where the row stands.
        states = [{name: value for name, value in state.items() if name != "cells.0"} for state in states]
    if is_moved:
        places = old.where(one), new.where(other)
        if places[0] == places[1]:
            # Numbered alike, as rows without numbers are: told by their positions.
            places = _positions(one), _positions(other)
        put_places(states, *places)
    fields = tuple(changes(*states))
    amounts = old.amount(one), new.amount(other)
    counted = new.counted(other) - old.counted(one)
    if fields or counted or amounts[0] != amounts[1]:
        yield Item(
            "changed" if fields else "sum", new.numbers[id(other)], name_of(other) or first_cell(other), fields,
            other.is_group, depth, *amounts, counted,
        )  # fmt: skip


def _positions(row: Row) -> str:
    return ".".join(str(index_of(one) + 1) for one in path_of(row))


def row_fields(row: Row) -> dict[str, Value]:
    """What a row holds itself, by field."""
    if row.cells is not None:
        return {f"cells.{column}": cell for column, cell in enumerate(row.cells) if cell}
    name = "group" if row.is_group else "task"
    found: dict[str, Value] = {name: text} if (text := name_of(row)) else {}
    found |= held(row, _BEFORE_AMOUNTS)
    if row.total is not None:
        found["total"] = row.total
    found |= {f"funding.{key}": amount for key, amount in sorted(row.funding.items()) if amount is not None}
    found |= {f"years.{year}": row.years[year] for year in sorted(row.years) if row.years[year] is not None}
    found |= held(row, _AFTER_AMOUNTS)
    if row.stated_total is not None:
        found["stated_total"] = row.stated_total
    return found | (unknown(row, row.extra) if row.extra else {})


def first_cell(row: Row) -> str:
    """What a row of a register is called: its first text that is not a number."""
    cells = [cell for cell in row.cells or () if cell.strip()]
    return next((cell for cell in cells if not cell.strip().rstrip(".").isdigit()), cells[0] if cells else "")
