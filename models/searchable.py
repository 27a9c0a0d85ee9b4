"""Every text and number of a plan as the window shows it, in the order of the outline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from models.money import format_amount
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, walk_rows, walk_sections
from models.template import Indicator, Template
from models.text import appendices, format_number
from models.totals import Totals

#: Where something is edited: ``general``, ``bases``, or a section or a table itself.
Place = str | Section | Table
#: ``text`` is typed; ``section`` too, with marks and placeholders; ``shown`` are dates and years, ``amount`` numbers.
Kind = Literal["text", "section", "shown", "amount"]
#: Place, part, field (as ``Finding.field``), text, kind.
Shown = tuple[Place, Part, str, str, Kind]

_GENERAL = (
    "unit_parent", "unit_name", "place", "unit_code", "subject", "period_from", "period_to", "addressee", "number",
    "symbol", "day", "month", "year", "capacity", "signer_position", "signer_name",
)  # fmt: skip
_CITED = ("kind", "number", "date", "issuer", "subject")
_BEFORE_AMOUNTS = ("task", "objective", "scope", "lead", "time")
_AFTER_AMOUNTS = ("result", "note")


def shown_texts(
    plan: Plan, template: Template, totals: Totals | None, within: Place | None, digits: str | None
) -> Iterator[Shown]:
    """What stands in the fields of the plan, or only of the place ``within``.

    ``digits``: amounts and counts are given too, those whose digits hold these (each one for an empty text);
    ``None``: none of them. With ``totals`` also the sums that rows show where no total is typed.
    """
    keys = {section.key for section in walk_sections(plan.sections)}
    if within is None or within == "general":
        yield from _general(plan, template, keys, digits)
    if within is None or within == "bases":
        for basis in plan.legal_bases:
            yield from _basis(basis)
    if isinstance(within, Section):
        yield from _section(plan, template, within, digits)
    elif isinstance(within, Table):
        yield from _table(within, totals, digits)
    elif within is None:
        given: set[int] = set()
        for section in plan.sections:
            yield from _sections(plan, template, section, totals, digits, given)
        for table in [*appendices(plan, template), *plan.tables]:
            if id(table) not in given:
                given.add(id(table))
                yield from _table(table, totals, digits)


def _general(plan: Plan, template: Template, keys: set[str], digits: str | None) -> Iterator[Shown]:
    for field in _GENERAL:
        value = getattr(plan, field)
        if isinstance(value, str):
            yield "general", plan, field, value, "text"
        elif value is not None:
            yield "general", plan, field, str(value), "shown"
    yield "general", plan, "recipients", "\n".join(plan.recipients), "text"
    specs = [spec for spec in template.indicators if spec.section not in keys]
    yield from _indicators(plan, "general", specs, digits)


def _basis(basis: LegalBasis) -> Iterator[Shown]:
    # One in free words shows no citation, whatever else it holds.
    for field in ("text",) if basis.text else _CITED:
        value: str = getattr(basis, field)
        if field == "date":
            yield "bases", basis, field, "/".join(reversed(value.split("-"))), "shown"
        else:
            yield "bases", basis, field, value, "text"


def _sections(
    plan: Plan, template: Template, section: Section, totals: Totals | None, digits: str | None, given: set[int]
) -> Iterator[Shown]:
    """A section, those below it, and the tables printed in each; ``given`` gathers the tables by ``id()``."""
    yield from _section(plan, template, section, digits)
    for child in section.sections:
        yield from _sections(plan, template, child, totals, digits, given)
    for table in plan.tables:
        if table.section == section.key and id(table) not in given:
            given.add(id(table))
            yield from _table(table, totals, digits)


def _section(plan: Plan, template: Template, section: Section, digits: str | None) -> Iterator[Shown]:
    yield section, section, "heading", section.heading, "text"
    yield section, section, "text", section.text, "section"
    yield from _indicators(plan, section, [spec for spec in template.indicators if spec.section == section.key], digits)


def _indicators(plan: Plan, place: Place, specs: list[Indicator], digits: str | None) -> Iterator[Shown]:
    for spec in specs if digits is not None else ():
        if spec.key in plan.indicators:
            yield place, plan, f"indicators/{spec.key}", format_number(plan.indicators[spec.key]), "amount"


def _table(table: Table, totals: Totals | None, digits: str | None) -> Iterator[Shown]:
    yield table, table, "title", table.title, "text"
    if table.is_register:
        for row in table.rows:
            for index, cell in enumerate(row.cells or ()):
                if cell:
                    yield table, row, f"cells/{index}", cell, "text"
        return
    yield from _amount(table, table, "stated_total", table.stated_total, digits)
    whole = totals.of(table).total if totals is not None and digits is not None else None
    if whole != table.stated_total:
        yield from _amount(table, table, "", whole, digits)
    for row in walk_rows(table.rows):
        if row.group is not None:
            yield table, row, "group", row.group, "text"
            yield from _group_amounts(table, row, totals, digits)
            continue
        for field in _BEFORE_AMOUNTS:
            text: str | None = getattr(row, field)
            if text:
                yield table, row, field, text, "text"
        if digits is not None:
            total = row.total if row.total is not None or totals is None else totals.row(row)
            yield from _amount(table, row, "total", total, digits)
            for name, amounts in (("funding", row.funding), ("years", row.years)):
                for key, amount in amounts.items():
                    yield from _amount(table, row, f"{name}/{key}", amount, digits)
        for field in _AFTER_AMOUNTS:
            text = getattr(row, field)
            if text:
                yield table, row, field, text, "text"


def _group_amounts(table: Table, row: Row, totals: Totals | None, digits: str | None) -> Iterator[Shown]:
    """The sum of a group, and the stated one where that is another."""
    computed = totals.row(row) if totals is not None and digits is not None else None
    yield from _amount(table, row, "total", computed, digits)
    if row.stated_total != computed:
        yield from _amount(table, row, "stated_total", row.stated_total, digits)


def _amount(table: Table, part: Part, field: str, amount: int | None, digits: str | None) -> Iterator[Shown]:
    # Most amounts are ruled out by their digits, before they are written with dots and comma.
    if amount is not None and digits is not None and digits in str(amount):
        yield table, part, field, format_amount(amount, table.unit), "amount"
