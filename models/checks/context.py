"""What a check is given: the plan, its template, its sums, and what is worked out once for all rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.columns import layout_of, span_of
from models.plan import Plan, Row, Table, walk_rows
from models.template import Template
from models.text import expand, placeholders
from models.totals import Totals


@dataclass(slots=True)
class Context:
    """The plan as a whole."""

    plan: Plan
    template: Template
    totals: Totals
    #: What a placeholder prints; ``None`` for an unknown one.
    placeholder: Callable[[str], str | None]

    def expand(self, text: str) -> str:
        return expand(text, self.placeholder)

    @property
    def period(self) -> tuple[int, int] | None:
        """First and last year of the plan, in order; ``None`` where it has none."""
        return plan_period(self.plan)

    @property
    def latest_date(self) -> str:
        """The last day (ISO 8601) that the plan's date may still mean; empty where it has no year."""
        plan = self.plan
        if plan.year is None:
            return ""
        if plan.month is None:
            return f"{plan.year:04d}-12-31"
        if plan.day is not None:
            return f"{plan.year:04d}-{plan.month:02d}-{plan.day:02d}"
        following = date(plan.year + plan.month // 12, plan.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1).isoformat()


@dataclass(slots=True)
class TableContext:
    """One task table, for the checks of its rows."""

    table: Table
    unit: str
    rows: dict[int, int | None]
    #: Amounts (đồng) from here on look typed in another unit.
    suspicious: int
    #: Whether the table's columns have a place for amounts, the lead unit and the time.
    expects_amounts: bool
    expects_lead: bool
    expects_time: bool
    #: The task a part belongs to, by ``id()`` of the part.
    tasks_above: dict[int, Row]
    #: The plan's period, for a table that speaks of the plan's own years.
    period: tuple[int, int] | None
    #: As of the plan as a whole.
    latest_date: str


def plan_period(plan: Plan) -> tuple[int, int] | None:
    if plan.period_from is None:
        return None
    last = plan.period_to if plan.period_to is not None else plan.period_from
    return min(plan.period_from, last), max(plan.period_from, last)


def plan_context(plan: Plan, template: Template, totals: Totals) -> Context:
    return Context(plan, template, totals, placeholders(plan, template, totals))


def table_context(
    at: Context,
    table: Table,
    used: Iterable[str] | None = None,
    amounts: Sequence[int] | None = None,
    tasks_above: dict[int, Row] | None = None,
) -> TableContext:
    """What the checks of a table's rows need; the fields in use, the amounts and the tasks above where they are known.

    ``amounts`` are those of the tasks without parts, above zero and in order.
    """
    from models.checks.amounts import suspicious_from

    rows = at.totals.rows
    fields: set[str] = set()
    for column in layout_of(at.plan, table, at.template, used=used).columns:
        fields.update(column.field.split("+"))
    if amounts is None:
        amounts = sorted(
            amount
            for row in walk_rows(table.rows)
            if row.task is not None and not row.rows and (amount := rows[id(row)]) is not None and amount > 0
        )
    if tasks_above is None:
        tasks_above = {id(part): row for row in walk_rows(table.rows) if row.task is not None for part in row.rows}
    return TableContext(
        table=table,
        unit=table.unit,
        rows=rows,
        suspicious=suspicious_from(amounts),
        expects_amounts=any(field.startswith(("total", "funding", "years")) for field in fields),
        expects_lead="lead" in fields,
        expects_time="time" in fields,
        tasks_above=tasks_above,
        period=at.period if span_of(table, at.template) == "plan" else None,
        latest_date=at.latest_date,
    )
