"""What the amount cells of a task table's sheet hold: a number, or a sum over other cells and its value.

The sums follow ``models.totals``: a group is the sum of what is under it, a task takes its own stated total,
else its sources, else its years, else its parts. Only direct children are summed, so nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from models.numbering import row_numbers
from models.plan import Row, Table
from models.totals import TableTotals, Totals, add

#: Excel takes 255 arguments in a function; beyond that the sum goes by the tags of ``Line.tag``.
MAX_TERMS = 250


@dataclass(slots=True)
class Line:
    """A row as it stands in the sheet; ``children`` are the indices of the lines right under it.

    ``key`` is its number in its table, all rows in printed order; -1 in an empty row that is to be filled in.
    """

    row: Row
    number: str
    depth: int
    parent: int
    children: list[int] = field(default_factory=list)
    #: Whether it is, or lies under, a task: a part of it.
    part: bool = False
    key: int = -1


class Amount(NamedTuple):
    """An amount cell: its value in đồng, and what it is the sum of (lines below, or fields of its own line)."""

    value: int | None = None
    down: Sequence[int] = ()
    across: tuple[str, ...] = ()


NOTHING = Amount()


def is_amount(field_name: str) -> bool:
    """Whether a column of that field holds money."""
    return field_name == "total" or field_name.startswith(("funding.", "years."))


def lines_of(table: Table, styles: Sequence[str], blanks: int = 0) -> list[Line]:
    """The rows of the table in printed order; ``blanks`` empty ones where a task can follow the last of its group."""
    numbers = row_numbers(table, styles)
    found: list[Line] = []
    known = 0

    def visit(rows: Sequence[Row], depth: int, parent: int) -> None:
        nonlocal known
        above = found[parent] if parent >= 0 else None
        part = above is not None and not above.row.is_group
        for row in rows:
            line = Line(row, numbers[id(row)], depth, parent, part=part, key=known)
            known += 1
            index = len(found)
            found.append(line)
            if above is not None:
                above.children.append(index)
            if row.rows or (blanks and row.is_group):
                visit(row.rows, depth + 1, index)
        if blanks and not part and (not rows or not rows[-1].is_group):
            for _number in range(blanks):
                if above is not None:
                    above.children.append(len(found))
                found.append(Line(Row(task=""), "", depth, parent))

    visit(table.rows, 0, -1)
    return found


def amounts_of(
    lines: Sequence[Line], fields: Sequence[str], totals: Totals, fill_in: bool = False
) -> list[dict[str, Amount]]:
    """The amount cells of every line, by field; ``fields`` are the amount columns that the sheet has.

    ``fill_in``: the total of a task of which nothing is known adds what is filled in beside it.
    """
    shown = set(fields)
    split = [(name, name.partition(".")[2]) for name in fields if name != "total"]
    shares = tuple(name for name, _key in split) if fill_in else ()
    found: list[dict[str, Amount]] = [{} for _line in lines]
    # Parts come after their whole, so backwards each line finds its children done.
    for index in range(len(lines) - 1, -1, -1):
        line, cells = lines[index], found[index]
        if line.key < 0:
            cells.update(dict.fromkeys(fields, NOTHING))
            if "total" in shown:
                cells["total"] = Amount(across=shares)
            continue
        if "total" in shown:
            cells["total"] = _total(line, totals, shown, shares)
        _put_shares(line, split, found, cells)
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


def _total(line: Line, totals: Totals, shown: set[str], shares: tuple[str, ...]) -> Amount:
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
    return Amount(value, line.children) if line.children else Amount(value, across=shares)


def _put_shares(
    line: Line, split: Sequence[tuple[str, str]], found: Sequence[dict[str, Amount]], cells: dict[str, Amount]
) -> None:
    """The sources and years of a line; a task that has sources of its own does not take those of its parts."""
    row = line.row
    own: dict[str, dict[str, int | None]] = {}
    if not row.is_group:
        for kind, amounts in (("f", row.funding), ("y", row.years)):
            if amounts and add(amounts.values()) is not None:
                own[kind] = amounts
    for name, key in split:
        known = own.get(name[0])
        if known is not None:
            value = known.get(key)
            cells[name] = NOTHING if value is None else Amount(value)
        elif line.children:
            below = add([found[child][name].value for child in line.children])
            cells[name] = Amount(below, line.children)
        else:
            cells[name] = NOTHING


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending ``numbers`` as runs of neighbours: 3 4 5 9 is (3, 5), (9, 9)."""
    if not numbers:
        return []
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1), len(numbers)]
    return [(numbers[start], numbers[end - 1]) for start, end in pairwise(cuts)]
