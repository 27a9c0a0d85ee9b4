"""What the amount cells of a task table's sheet hold: a number, or a sum over other cells and its value.

The sums follow ``models.totals``: a group is the sum of what is under it, a task takes its own stated total,
else its sources, else its years, else its parts. Only direct children are summed, so nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.numbering import row_numbers
from models.plan import Row, Table
from models.totals import TableTotals, Totals, add

#: Excel takes 255 arguments in a function; beyond that the sum goes by the tags of ``Line.tag``.
MAX_TERMS = 250


@dataclass(slots=True)
class Line:
    """A row as it stands in the sheet; ``children`` are the indices of the lines right under it."""

    row: Row
    number: str
    depth: int
    parent: int
    children: list[int] = field(default_factory=list)
    #: Whether it is, or lies under, a task: a part of it.
    part: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount cell: its value in đồng, and what it is the sum of (lines below, or fields of its own line)."""

    value: int | None = None
    down: Sequence[int] = ()
    across: tuple[str, ...] = ()


_NOTHING = Amount()


def is_amount(field_name: str) -> bool:
    """Whether a column of that field holds money."""
    return field_name == "total" or field_name.startswith(("funding.", "years."))


def lines_of(table: Table, styles: Sequence[str]) -> list[Line]:
    """The rows of the table in printed order."""
    numbers = row_numbers(table, styles)
    found: list[Line] = []

    def visit(rows: Iterable[Row], depth: int, parent: int) -> None:
        for row in rows:
            above = found[parent] if parent >= 0 else None
            part = above is not None and not above.row.is_group
            line = Line(row, numbers[id(row)], depth, parent, part=part)
            index = len(found)
            found.append(line)
            if above is not None:
                above.children.append(index)
            if row.rows:
                visit(row.rows, depth + 1, index)

    visit(table.rows, 0, -1)
    return found


def amounts_of(lines: Sequence[Line], fields: Sequence[str], totals: Totals) -> list[dict[str, Amount]]:
    """The amount cells of every line, by field; ``fields`` are the amount columns that the sheet has."""
    shown = set(fields)
    found: list[dict[str, Amount]] = [{} for _line in lines]
    # Parts come after their whole, so backwards each line finds its children done.
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        for name in fields:
            if name == "total":
                found[index][name] = _total(line, totals, shown)
            else:
                found[index][name] = _share(line, name, found)
    return found


def grand_total(lines: Sequence[Line], fields: Sequence[str], sums: TableTotals) -> dict[str, Amount]:
    """The cells of the row TỔNG CỘNG: the sum of the top lines in each amount column."""
    top = [index for index, line in enumerate(lines) if line.parent < 0]
    found: dict[str, Amount] = {}
    for name in fields:
        kind, _dot, key = name.partition(".")
        if kind == "total":
            value: int | None = sums.total
        else:
            value = (sums.by_source if kind == "funding" else sums.by_year).get(key)
        found[name] = Amount(value, top)
    return found


def _total(line: Line, totals: Totals, shown: set[str]) -> Amount:
    row = line.row
    value = totals.row(row)
    if row.is_group:
        return Amount(value, line.children)
    if row.total is not None:
        return Amount(value)
    for kind, amounts in (("funding", row.funding), ("years", row.years)):
        if amounts and add(amounts.values()) is not None:
            names = tuple(f"{kind}.{key}" for key, amount in amounts.items() if amount is not None)
            # A source without a column of its own cannot be summed; then the cell is a number.
            return Amount(value, across=names) if shown.issuperset(names) else Amount(value)
    return Amount(value, line.children)


def _share(line: Line, name: str, found: Sequence[dict[str, Amount]]) -> Amount:
    """One source or one year of a line; a task that has sources of its own does not take those of its parts."""
    kind, _dot, key = name.partition(".")
    row = line.row
    if not row.is_group:
        amounts = row.funding if kind == "funding" else row.years
        if amounts and add(amounts.values()) is not None:
            return Amount(amounts.get(key))
    if not line.children:
        return _NOTHING
    return Amount(add([found[child][name].value for child in line.children]), line.children)


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending ``numbers`` as runs of neighbours: 3 4 5 9 is (3, 5), (9, 9)."""
    if not numbers:
        return []
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1), len(numbers)]
    return [(numbers[start], numbers[end - 1]) for start, end in pairwise(cuts)]
