"""A document of the catalogue in the words of the window: what it is, and whether it is in force."""

from __future__ import annotations

from datetime import date

from models.catalogue import Catalogue, Entry
from models.checks.context import latest_date
from models.citations import printed_date
from models.i18n import _
from models.plan import Plan


def day_of(plan: Plan | None) -> str:
    """The day (ISO 8601) for which it is asked what is in force: that of the plan, without one today."""
    return (latest_date(plan) if plan is not None else "") or date.today().isoformat()


def validity(known: Catalogue, entry: Entry, on: str) -> str:
    """That it is no longer in force on a day, since when and what replaced it; empty where it is."""
    if known.in_force(entry, on):
        return ""
    end = printed_date(known.ended(entry))
    if len(entry.replaced_by) > 1 and not entry.expired_on:
        return _("Thay thế từng phần bởi {by}").format(by=", ".join(entry.replaced_by))
    if not entry.replaced_by:
        return _("Hết hiệu lực từ {date}").format(date=end)
    by = known.replacement(entry, on)
    name = by.number if by is not None else entry.replaced_by[0]
    return _("Hết hiệu lực từ {date}, thay bằng {by}").format(date=end, by=name)
