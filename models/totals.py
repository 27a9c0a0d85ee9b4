"""The only place that adds. All amounts are đồng.

What counts as a task's total, in this order (plan-format.md): the stated one, the sum of its funding, the sum
of its years, the sum of its parts; a task with none of these is not costed (``None``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from models.plan import Plan, Row, Table


@dataclass(slots=True)
class TableTotals:
    """Sums over one table: all of it, by source key, by year, and the tasks that count towards security."""

    total: int = 0
    by_source: dict[str, int] = field(default_factory=dict)
    by_year: dict[str, int] = field(default_factory=dict)
    security: int = 0
    #: Tasks without parts, and how many of them have an amount.
    tasks: int = 0
    costed: int = 0

    @property
    def security_share(self) -> Fraction | None:
        """Security as a fraction of the total; ``None`` where nothing is costed."""
        return Fraction(self.security, self.total) if self.total else None


@dataclass(slots=True)
class Totals:
    """The sums of a plan: a table's by ``id()`` of the table, a row's by ``id()`` of the row.

    A row's is the task's total, or for a group the sum of what is under it; ``None``: not costed.
    """

    tables: dict[int, TableTotals] = field(default_factory=dict)
    rows: dict[int, int | None] = field(default_factory=dict)

    def of(self, table: Table) -> TableTotals:
        return self.tables[id(table)]

    def row(self, row: Row) -> int | None:
        return self.rows[id(row)]


def compute(plan: Plan) -> Totals:
    """All sums of the plan; registers have none."""
    totals = Totals()
    for table in plan.tables:
        if not table.is_register:
            totals.tables[id(table)] = compute_table(table, totals.rows)
    return totals


def compute_table(table: Table, rows: dict[int, int | None]) -> TableTotals:
    """The sums of one table; those of its rows are put into ``rows``."""
    sums = TableTotals()
    sums.total = _add_rows(table.rows, sums, rows, True, True, True) or 0
    return sums


def _add_rows(
    children: Iterable[Row], sums: TableTotals, rows: dict[int, int | None], source: bool, year: bool, security: bool
) -> int | None:
    """The sum over ``children``; ``source``, ``year`` and ``security`` say what was not yet counted further up."""
    added: int | None = None
    for row in children:
        below = row.rows
        if row.group is not None:
            amount = _add_rows(below, sums, rows, source, year, security) if below else None
        else:
            funding, years, stated = row.funding, row.years, row.total
            by_source = add(funding.values()) if funding else None
            by_year = add(years.values()) if years else None
            if by_source is not None and source:
                _merge(sums.by_source, funding)
            if by_year is not None and year:
                _merge(sums.by_year, years)
            counted = security and row.security
            by_part = (
                _add_rows(
                    below, sums, rows, source and by_source is None, year and by_year is None, security and not counted
                )
                if below
                else None
            )
            amount = next((a for a in (stated, by_source, by_year, by_part) if a is not None), None)
            if counted and amount is not None:
                sums.security += amount
            if not below:
                sums.tasks += 1
                sums.costed += amount is not None
        rows[id(row)] = amount
        if amount is not None:
            added = amount if added is None else added + amount
    return added


def add(amounts: Iterable[int | None]) -> int | None:
    """The sum of the known ones; ``None`` where none is known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def differs(whole: int | float | None, parts: Sequence[int | float | None]) -> bool:
    """Whether ``parts`` cannot add up to ``whole``: with an unknown part, only a sum beyond the whole tells."""
    known = [part for part in parts if part is not None]
    if whole is None or not known:
        return False
    # Counts may have decimals, whose sum is exact only to some digits; amounts are whole and stay as they are.
    difference = round(sum(known) - whole, 6)
    return difference > 0 if len(known) < len(parts) else difference != 0


def _merge(into: dict[str, int], amounts: dict[str, int | None]) -> None:
    for key, amount in amounts.items():
        if amount is not None:
            into[key] = into.get(key, 0) + amount
