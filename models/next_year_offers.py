"""What is offered first when next year's plan is to be made: the template, the year, and sums over what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from models.next_year_tasks import Offer
from models.plan import Plan
from models.template import Template
from models.totals import add


def offered_first(previous: Plan, template: Template, today: date) -> int:
    """The year to begin with: the one after the old plan; of a longer plan, a yearly one is for the coming year."""
    coming = today.year + (today.month > 6)
    first, last = previous.period_from, previous.period_to
    if first is None:
        return coming
    last = first if last is None else max(first, last)
    if template.years == 1 and last > first:
        return max(coming, first)
    return last + 1


def offered_template(previous: Plan, templates: Sequence[Template], today: date) -> Template | None:
    """The newest template for as many years as the old plan's that is meant for the years after it."""
    length = 1
    if previous.period_from is not None and previous.period_to is not None:
        length = abs(previous.period_to - previous.period_from) + 1
    fitting = [
        one for one in templates if one.years == length and one.default_from <= offered_first(previous, one, today)
    ]
    newest = max(fitting, key=lambda one: (one.default_from, one.id == previous.template, one.version), default=None)
    return newest or next((one for one in templates if one.id == previous.template), next(iter(templates), None))


def total_going_on(offers: Iterable[Offer], carry: Collection[int]) -> int:
    """What the chosen tasks go on with together (đồng); those of which it is not known do not count."""
    return add(offer.left for offer in offers if offer.number in carry) or 0
