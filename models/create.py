"""A new plan from a template."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

from models.plan import Plan, Section, Table, adopt, place
from models.template import VERSION_FIELD, SectionSpec, TableSpec, Template, fill_years


def new_plan(template: Template, first: int, particulars: dict[str, str] | None = None) -> Plan:
    """A plan of ``template`` for the period that begins in ``first``; ``particulars`` are fields of the unit.

    It has the template's outline with its starting texts, and all its tables, empty. It is dated in the year
    before its first one, when such plans are written.
    """
    last = first + template.years - 1

    def filled(text: str) -> str:
        return fill_years(text, first, last)

    plan = Plan(
        id=str(uuid.uuid4()),
        template=template.id,
        period_from=first,
        period_to=last,
        addressee=template.addressee,
        year=min(first - 1, date.today().year) if first > 2000 else first,
        subject=filled(template.subject),
        recipients=[filled(recipient) for recipient in template.recipients],
        extra={VERSION_FIELD: template.version},
    )
    for name, value in (particulars or {}).items():
        setattr(plan, name, value)
    if plan.unit_code and not plan.symbol:
        plan.symbol = f"{template.symbol}-{plan.unit_code}"
    plan.sections = [_section(spec, first, last) for spec in template.sections]
    place(plan.sections)
    plan.tables = [new_table(spec, filled) for spec in template.tables]
    place(plan.tables)
    adopt(plan)
    return plan


def new_table(spec: TableSpec, fill: Callable[[str], str]) -> Table:
    """The table that a template tells of, empty; ``fill`` puts the years into its title."""
    return Table(
        key=spec.key,
        title=fill(spec.title),
        section=spec.section,
        unit=spec.unit,
        numbering=None if spec.columns else list(spec.numbering),
        continuous=spec.continuous,
        columns=list(spec.columns) if spec.columns else None,
    )


def _section(spec: SectionSpec, first: int, last: int) -> Section:
    section = Section(
        key=spec.key, heading=fill_years(spec.heading, first, last), text=fill_years(spec.text, first, last)
    )
    section.sections = [_section(below, first, last) for below in spec.sections]
    place(section.sections)
    return section
