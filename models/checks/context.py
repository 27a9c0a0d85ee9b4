"""What a check is given: the plan, its template, its sums, and what is worked out once for all rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models import catalogue
from models.catalogue import Catalogue
from models.columns import layout_of, span_of
from models.plan import Plan, Row, Table, walk_rows
from models.reader import NOTHING, Scan
from models.template import Template
from models.text import expand, placeholders
from models.totals import Totals


@dataclass(slots=True)
class Known:
    """What is known of texts that were read before: what they say, and which are right as the plan is now.

    A text is read once, and held to the plan again only where there is something in it that may be wrong.
    """

    scans: dict[str, Scan] = field(default_factory=dict)
    #: Texts in which nothing is to be found, and the latest day (ISO 8601, empty: none) of what they cite; those of
    #: sections are held to the indicators too.
    right: dict[str, str] = field(default_factory=dict)
    right_in_sections: dict[str, str] = field(default_factory=dict)
    measures: object = None

    def hold_to(self, measures: object) -> None:
        """Take note of what texts are held to now."""
        if measures != self.measures:
            self.measures = measures
            self.forget()

    def forget(self) -> None:
        self.right.clear()
        self.right_in_sections.clear()

    def is_right(self, text: str, in_section: bool, on: str) -> bool:
        """Whether nothing is to be found in a text of a plan of the day ``on`` (empty: not known)."""
        if self.scans.get(text) is NOTHING:
            return True
        latest = (self.right_in_sections if in_section else self.right).get(text)
        return latest is not None and (not on or latest <= on)


@dataclass(slots=True)
class Context:
    """The plan as a whole."""

    plan: Plan
    template: Template
    totals: Totals
    #: What a placeholder prints; ``None`` for an unknown one.
    placeholder: Callable[[str], str | None]
    #: The documents that are known, with their dates and validity.
    catalogue: Catalogue
    known: Known
    #: The last day (ISO 8601) that the plan's date may still mean; empty where it has no year.
    latest_date: str

    def expand(self, text: str) -> str:
        return expand(text, self.placeholder)

    @property
    def period(self) -> tuple[int, int] | None:
        """First and last year of the plan, in order; ``None`` where it has none."""
        return plan_period(self.plan)


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
    catalogue: Catalogue
    known: Known


def plan_period(plan: Plan) -> tuple[int, int] | None:
    if plan.period_from is None:
        return None
    last = plan.period_to if plan.period_to is not None else plan.period_from
    return min(plan.period_from, last), max(plan.period_from, last)


def latest_date(plan: Plan) -> str:
    """The last day (ISO 8601) that the plan's date may still mean; empty where it has no year."""
    if plan.year is None:
        return ""
    if plan.month is None:
        return f"{plan.year:04d}-12-31"
    if plan.day is not None:
        return f"{plan.year:04d}-{plan.month:02d}-{plan.day:02d}"
    following = date(plan.year + plan.month // 12, plan.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()


def plan_context(plan: Plan, template: Template, totals: Totals, known: Known | None = None) -> Context:
    known = Known() if known is None else known
    values = placeholders(plan, template, totals)
    at = Context(plan, template, totals, values, catalogue.current(), known, latest_date(plan))
    known.hold_to((at.catalogue, template, tuple(plan.indicators.items())))
    return at


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
        catalogue=at.catalogue,
        known=at.known,
    )
