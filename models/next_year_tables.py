"""The tables of last year's plan beside its list of tasks: registers that go on, reviews that make way, own ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models import unread
from models.next_year_outline import Sources, words_of
from models.next_year_tasks import OF_ITS_OWN
from models.next_year_text import moved
from models.plan import Plan, Row, Table, walk_rows
from models.template import TableSpec


@dataclass(frozen=True, slots=True)
class Past:
    """A table that looks back on the years before the old plan: ``number`` is its place among the old plan's tables."""

    number: int
    table: Table


def main_table(plan: Plan, spec: TableSpec | None) -> Table | None:
    """The plan's own list of tasks."""
    if spec is None:
        return None
    return next((table for table in plan.tables if table.key == spec.key and not table.is_register), None)


def list_of(of: Sources, new: bool) -> TableSpec | None:
    """How a template has the plan's own list of tasks."""
    template = of.new if new else of.old
    if template is None:
        return None
    return next((spec for spec in template.tables if spec.span == "plan" and not spec.columns), None)


def past_tables(of: Sources, main: Table | None) -> list[Past]:
    """The old plan's tables of tasks of the years before it, those with rows."""
    spans = {spec.key: spec.span for spec in of.old.tables} if of.old is not None else {}
    return [
        Past(number, table)
        for number, table in enumerate(of.plan.tables)
        if table is not main and not table.is_register and spans.get(table.key) == "previous" and table.rows
    ]


def copied_rows(rows: list[Row]) -> list[Row]:
    """The rows with all below them, in no plan."""
    found = []
    for row in rows:
        fields = {name: value for name, value in vars(row).items() if name in Row.__dataclass_fields__}
        fields |= {"ordinal": 0, "funding": dict(row.funding), "years": dict(row.years)}
        fields |= {"rows": copied_rows(row.rows), "cells": None if row.cells is None else list(row.cells)}
        fields["extra"] = {name: value for name, value in row.extra.items() if name not in OF_ITS_OWN}
        found.append(Row(**fields))
    return found


def take_register(old: Table, new: Table, of: Sources) -> bool:
    """Fill a register of the new template with last year's rows; false where its columns mean something else.

    Where each of the old columns is one of the new template's, its cells go there, whatever is new stays empty.
    """
    assert old.columns is not None and new.columns is not None
    places = _places(old.columns, new.columns)
    width = max([len(old.columns), *(len(row.cells or []) for row in old.rows)])
    if places is None or width > len(old.columns):
        return False
    for row in old.rows:
        cells = [""] * len(new.columns)
        for at, cell in enumerate(row.cells or []):
            cells[places[at]] = cell
        new.rows.append(Row(cells=cells))
    _mark(new, of, {})
    return True


def _places(old: list[str], new: list[str]) -> list[int] | None:
    """In which of the new columns each of the old ones goes on; ``None`` where that is not certain."""
    if old == new:
        return list(range(len(new)))
    places: list[int] = []
    for head in old:
        words = words_of(head)
        alike = [
            at for at, one in enumerate(new) if at not in places and words
            and (words <= words_of(one) or (words_of(one) and words_of(one) <= words))
        ]  # fmt: skip
        if not alike:
            return None
        exact = [at for at in alike if words_of(new[at]) == words]
        places.append((exact or alike)[0])
    return places


def kept_table(old: Table, of: Sources, keys: Mapping[str, str], taken: Collection[str], years: bool = True) -> Table:
    """A table of the old plan as one of the new plan's own, in the section that its own became.

    ``taken`` are keys that other tables have; without ``years`` its title keeps the years it speaks of.
    """
    key = old.key
    number = 2
    while key in taken:
        key, number = f"{old.key}-{number}", number + 1
    title, counted = moved(old.title, of.by) if years else (old.title, Counter())
    table = Table(
        key=key, title=title, section=keys.get(old.section, old.section), unit=old.unit,
        numbering=None if old.numbering is None else list(old.numbering), continuous=old.continuous,
        stated_total=old.stated_total, layout=old.layout, columns=None if old.columns is None else list(old.columns),
        extra={name: value for name, value in old.extra.items() if name not in OF_ITS_OWN}, rows=copied_rows(old.rows),
    )  # fmt: skip
    _mark(table, of, counted)
    return table


def _mark(table: Table, of: Sources, changes: Mapping[str, int]) -> None:
    if table.rows:
        period = of.plan.period_from
        last = of.plan.period_to if of.plan.period_to is not None else period
        unread.mark(table, "" if period is None else str(period) if last == period else f"{period}-{last}", changes)


def texts_of(table: Table) -> list[str]:
    """All that a table says: what is told of one that is left out."""
    found = [table.title, *(table.columns or [])]
    for row in walk_rows(table.rows):
        found += [row.group or "", row.task or "", row.objective, row.scope, row.lead, row.time, row.result, row.note]
        found += row.cells or []
    return [text for text in found if text.strip()]


def dressed(new: Table, old: Table, of: Sources, spec: TableSpec | None, old_spec: TableSpec | None) -> None:
    """Give the new list of tasks what the unit chose for the old one: numbering, unit, columns, its own title."""
    same = of.plan.template == of.new.id
    if spec is not None and old_spec is not None and old.unit != old_spec.unit:
        new.unit = old.unit
    if same or (old_spec is not None and old.numbering is not None and tuple(old.numbering) != old_spec.numbering):
        new.numbering = None if old.numbering is None else list(old.numbering)
        new.continuous = old.continuous
    if spec is not None and any(layout.key == old.layout for layout in spec.layouts):
        new.layout = old.layout
    if same and old_spec is not None and old.title != of.was(old_spec.title):
        new.title = moved(old.title, of.by)[0]
    new.extra = {name: value for name, value in old.extra.items() if name not in OF_ITS_OWN}
