"""The only place that adds. All amounts are đồng.

What counts as a task's total, in this order (plan-format.md): the stated one, the sum of its funding, the sum
of its years, the sum of its parts; a task with none of these is not costed (``None``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from models.plan import Plan, Row, Table, path_of


@dataclass(slots=True)
class Share:
    """What one task, with its parts, gives to the sums of its table."""

    sources: list[dict[str, int | None]] = field(default_factory=list)
    years: list[dict[str, int | None]] = field(default_factory=list)
    security: int = 0
    tasks: int = 0
    costed: int = 0


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
    #: What each task at the top or in a group gives, by ``id()``; and of how many amounts each sum is made.
    shares: dict[int, Share] = field(default_factory=dict, repr=False, compare=False)
    sources_counted: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    years_counted: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

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
    sums.total = _add_rows(table.rows, sums, rows) or 0
    return sums


def recount(
    table: Table, sums: TableTotals, rows: dict[int, int | None], tasks: Iterable[Row], groups: Iterable[Row] = ()
) -> list[Row]:
    """Bring ``sums`` and ``rows`` up to date after an edit.

    ``tasks``, each at the top or in a group, are counted anew; ``groups`` are those that have other rows now. Gives
    all groups that were added up anew: these, and those above.
    """
    found: dict[int, Row] = {id(group): group for group in groups}
    for task in tasks:
        forget(sums, task)
        rows[id(task)] = _count_task(task, sums, rows)
    for row in (*tasks, *found.values()):
        above = row.parent
        while isinstance(above, Row) and id(above) not in found:
            found[id(above)] = above
            above = above.parent
    for group in sorted(found.values(), key=lambda group: len(path_of(group)), reverse=True):
        rows[id(group)] = add(rows[id(row)] for row in group.rows)
    sums.total = add(rows[id(row)] for row in table.rows) or 0
    return list(found.values())


def forget(sums: TableTotals, task: Row) -> None:
    """Take what a task gave out of ``sums``; the total itself is added anew by ``recount``."""
    share = sums.shares.pop(id(task), None)
    if share is not None:
        _count(sums, share, -1)


def _add_rows(children: Iterable[Row], sums: TableTotals, rows: dict[int, int | None]) -> int | None:
    """The sum over ``children``, groups and tasks that are in no other task."""
    added: int | None = None
    for row in children:
        if row.group is not None:
            amount = _add_rows(row.rows, sums, rows) if row.rows else None
        else:
            amount = _count_task(row, sums, rows)
        rows[id(row)] = amount
        if amount is not None:
            added = amount if added is None else added + amount
    return added


def _count_task(task: Row, sums: TableTotals, rows: dict[int, int | None]) -> int | None:
    """Put what a task gives into ``sums``; its amount."""
    share = sums.shares[id(task)] = Share()
    amount = _task(task, share, rows, True, True, True)
    _count(sums, share, 1)
    return amount


def _task(row: Row, share: Share, rows: dict[int, int | None], source: bool, year: bool, security: bool) -> int | None:
    """The amount of a task; ``source``, ``year`` and ``security`` say what was not yet counted further up."""
    below, stated = row.rows, row.total
    by_source = add(row.funding.values()) if row.funding else None
    by_year = add(row.years.values()) if row.years else None
    if by_source is not None and source:
        share.sources.append(row.funding)
    if by_year is not None and year:
        share.years.append(row.years)
    counted = security and row.security
    by_part: int | None = None
    for part in below:
        if part.group is not None:
            amount = _parts(part, share, rows, source and by_source is None, year and by_year is None,
                            security and not counted)  # fmt: skip
        else:
            amount = _task(part, share, rows, source and by_source is None, year and by_year is None,
                           security and not counted)  # fmt: skip
        rows[id(part)] = amount
        if amount is not None:
            by_part = amount if by_part is None else by_part + amount
    amount = stated
    if amount is None:
        amount = by_source if by_source is not None else by_year if by_year is not None else by_part
    if counted and amount is not None:
        share.security += amount
    if not below:
        share.tasks += 1
        share.costed += amount is not None
    return amount


def _parts(
    group: Row, share: Share, rows: dict[int, int | None], source: bool, year: bool, security: bool
) -> int | None:
    """The sum of a group that a document has under a task."""
    added: int | None = None
    for row in group.rows:
        down = _parts if row.group is not None else _task
        amount = down(row, share, rows, source, year, security)
        rows[id(row)] = amount
        if amount is not None:
            added = amount if added is None else added + amount
    return added


def _count(sums: TableTotals, share: Share, sign: int) -> None:
    """Put a share into the sums (1), or take it out again (-1)."""
    for amounts in share.sources:
        _merge(sums.by_source, sums.sources_counted, amounts, sign)
    for amounts in share.years:
        _merge(sums.by_year, sums.years_counted, amounts, sign)
    sums.security += sign * share.security
    sums.tasks += sign * share.tasks
    sums.costed += sign * share.costed


def _merge(into: dict[str, int], counted: dict[str, int], amounts: dict[str, int | None], sign: int) -> None:
    for key, amount in amounts.items():
        if amount is not None:
            left = counted[key] = counted.get(key, 0) + sign
            if left:
                into[key] = into.get(key, 0) + sign * amount
            else:
                del into[key]


def by_lead(table: Table, rows: dict[int, int | None]) -> dict[str, int]:
    """The table's total by lead unit, as first written (``""``: none is named); ``rows`` are the sums of its rows.

    What a task's parts have goes to their own leads, or where they name none to that of the task, to which also goes
    what the parts leave of its amount; where they have more than the task itself, all is the task's. One unit in
    other capitals or spaces is the same one. Tasks without an amount are left out.
    """
    found: dict[str, int] = {}
    first: dict[str, str] = {}
    names: dict[str, str] = {}

    def name_of(lead: str) -> str:
        """The lead as it was first written."""
        if lead not in names:
            bare = " ".join(lead.split())
            names[lead] = first.setdefault(bare.casefold(), bare)
        return names[lead]

    def visit(row: Row, above: str) -> None:
        amount = rows[id(row)]
        if amount is None:
            return
        lead = name_of(row.lead) or above
        if row.rows:
            rest = amount - (add(rows[id(part)] for part in row.rows) or 0)
            if rest >= 0 or row.group is not None:
                for part in row.rows:
                    visit(part, lead)
                if not rest:
                    return
                amount = rest
        found[lead] = found.get(lead, 0) + amount

    for row in table.rows:
        visit(row, "")
    return found


def add(amounts: Iterable[int | None]) -> int | None:
    """The sum of the known ones; ``None`` where none is known."""
    added: int | None = None
    for amount in amounts:
        if amount is not None:
            added = amount if added is None else added + amount
    return added


def differs(whole: int | float | None, parts: Sequence[int | float | None]) -> bool:
    """Whether ``parts`` cannot add up to ``whole``: with an unknown part, only a sum beyond the whole tells."""
    known = [part for part in parts if part is not None]
    if whole is None or not known:
        return False
    # Counts may have decimals, whose sum is exact only to some digits; amounts are whole and stay as they are.
    difference = round(sum(known) - whole, 6)
    return difference > 0 if len(known) < len(parts) else difference != 0
