"""A plan and its parts: plain objects in a tree, usable without a store.

Money is always an ``int`` number of đồng; ``None`` means unknown, ``0`` means zero. Texts are NFC.
In a plan that was opened from a store, parts change only inside ``edit(label)``; elsewhere setting a field
raises. Parts are put in, taken out and moved by ``insert``, ``remove`` and ``move``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

#: Amount in đồng by funding source key (``local_recurrent`` …); ``None``: not known.
Funding = dict[str, int | None]
#: Amount in đồng by year, the year written as in the document (``"2022"``).
YearAmount = dict[str, int | None]
#: What a document holds beyond the fields known here, and fields it gives explicitly as empty.
Extra = dict[str, Any]

#: The outline styles of plan-format.md, for headings and table rows.
OUTLINE_STYLES = ("Phần I", "I", "1", "1.1", "a")
NUMBERING_STYLES = ("I", "1", "1.1", "a")

#: Characters that no text of a plan holds: control characters but line breaks, and halves of surrogate pairs.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

#: Rows under rows, at most: a document may be 12 levels deep, of which plan, tables and table take four with what a
#: row holds, and each row two.
MAX_ROW_LEVELS = 4

#: Between two neighbours in one list; leaves room to put others between them without renumbering.
ORDINAL_GAP = 1 << 20


class Guard(Protocol):
    """Who is told of every change to a part of an open plan, before it is made; raises outside an edit."""

    def change(self, part: Part, name: str) -> None: ...

    def added(self, part: Part) -> None: ...

    def removed(self, part: Part) -> None: ...

    def reordered(self, owner: Part, children: list[Any]) -> None: ...


class Part:
    """Anything a plan is made of, the plan itself too."""

    #: The part this one hangs on; ``None`` for a plan, and for a part in no plan.
    parent: Part | None = None
    guard: Guard | None = None
    #: Key in the store; 0 until it is stored there.
    row_id: int = 0

    def __setattr__(self, name: str, value: Any) -> None:
        guard = self.__dict__.get("guard")
        if guard is not None:
            guard.change(self, name)
        self.__dict__[name] = value


@dataclass(eq=False, kw_only=True)
class Plan(Part):
    """Kế hoạch: one unit's plan for one year, or for a period of years."""

    id: str
    template: str
    revision: int = 0
    period_from: int | None = None
    period_to: int | None = None
    unit_parent: str = ""
    unit_name: str = ""
    unit_code: str = ""
    place: str = ""
    addressee: str = ""
    number: str = ""
    symbol: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    subject: str = ""
    capacity: str = ""
    signer_position: str = ""
    signer_name: str = ""
    recipients: list[str] = field(default_factory=list)
    indicators: dict[str, int | float] = field(default_factory=dict)
    outline: list[str] | None = None
    #: How it is printed where a choice is left: ``attached``, ``bases``, ``charts``.
    print_options: dict[str, Any] = field(default_factory=dict)
    extra: Extra = field(default_factory=dict)
    legal_bases: list[LegalBasis] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass(eq=False, kw_only=True)
class LegalBasis(Part):
    """Căn cứ: a citation (kind, number, date …), or free ``text``."""

    ordinal: int = 0
    kind: str = ""
    number: str = ""
    #: ISO 8601, or empty.
    date: str = ""
    issuer: str = ""
    subject: str = ""
    text: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(eq=False, kw_only=True)
class Section(Part):
    """Phần, mục: a heading of the outline, its text and the sections under it."""

    ordinal: int = 0
    key: str = ""
    heading: str = ""
    text: str = ""
    extra: Extra = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)


@dataclass(eq=False, kw_only=True)
class Table(Part):
    """Phụ lục, bảng: a table of tasks with money, or (with ``columns``) a plain register of text cells."""

    ordinal: int = 0
    key: str = ""
    title: str = ""
    #: Key of the section it is printed in; empty: an appendix.
    section: str = ""
    #: Unit in which amounts are shown and typed: ``dong``, ``thousand`` or ``million``.
    unit: str = "million"
    numbering: list[str] | None = None
    continuous: bool = False
    stated_total: int | None = None
    #: Name of the template's column layout for this table; empty: chosen by what the rows hold.
    layout: str = ""
    columns: list[str] | None = None
    extra: Extra = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def is_register(self) -> bool:
        return self.columns is not None


@dataclass(eq=False, kw_only=True)
class Row(Part):
    """A row of a table: a group (``group``), a task or project (``task``), or a register row (``cells``)."""

    ordinal: int = 0
    group: str | None = None
    stated_total: int | None = None
    task: str | None = None
    objective: str = ""
    scope: str = ""
    lead: str = ""
    time_from: int | None = None
    time_to: int | None = None
    time: str = ""
    total: int | None = None
    funding: Funding = field(default_factory=dict)
    years: YearAmount = field(default_factory=dict)
    security: bool = False
    carried_over: bool = False
    result: str = ""
    note: str = ""
    cells: list[str] | None = None
    extra: Extra = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.group is not None


# ---- the tree


def children_of(owner: Part, part: Part) -> list[Any]:
    """The list of ``owner`` that parts like ``part`` are in."""
    if isinstance(owner, Plan):
        lists: dict[type[Part], list[Any]]
        lists = {LegalBasis: owner.legal_bases, Section: owner.sections, Table: owner.tables}
        return lists[type(part)]
    if isinstance(owner, Section):
        return owner.sections
    assert isinstance(owner, Table | Row)
    return owner.rows


def child_lists(owner: Part) -> tuple[list[Any], ...]:
    """Every list of parts that hang on ``owner``."""
    if isinstance(owner, Plan):
        return (owner.legal_bases, owner.sections, owner.tables)
    if isinstance(owner, Section):
        return (owner.sections,)
    if isinstance(owner, Table | Row):
        return (owner.rows,)
    return ()


def adopt(owner: Part) -> None:
    """Tell every part below ``owner`` whom it hangs on, and give it a place; for a tree that was just built."""
    for children in child_lists(owner):
        if any(left.ordinal >= right.ordinal for left, right in pairwise(children)):
            place(children)
        for child in children:
            child.__dict__["parent"] = owner
            adopt(child)


def insert(owner: Part, part: Part, index: int | None = None) -> None:
    """Put a new part (with all below it) at ``index`` of its list in ``owner``; at the end by default."""
    if any(below.guard is not None for below in walk(part)):
        raise ValueError("a part that is in a plan is moved, not put in again")
    children = children_of(owner, part)
    index = len(children) if index is None else index
    if owner.guard is not None:
        owner.guard.reordered(owner, children)
    children.insert(index, part)
    part.__dict__["parent"] = owner
    adopt(part)
    place(children, index, 1)
    if owner.guard is not None:
        owner.guard.added(part)


def remove(part: Part) -> int:
    """Take a part (with all below it) out of its plan; gives the index it had."""
    owner = part.parent
    assert owner is not None
    children = children_of(owner, part)
    index = index_of(part)
    if owner.guard is not None:
        owner.guard.reordered(owner, children)
        owner.guard.removed(part)
    del children[index]
    return index


def move(part: Part, owner: Part, index: int) -> None:
    """Move a part within its list, or into that of another owner, so that it stands at ``index`` there."""
    old = part.parent
    assert old is not None
    if part.guard is not owner.guard:
        raise ValueError("a part moves within its plan; what was taken out is put in again")
    above: Part | None = owner
    while above is not None:
        if above is part:
            raise ValueError("a part cannot hang on itself")
        above = above.parent
    if part.guard is not None:
        part.guard.reordered(old, children_of(old, part))
        part.guard.reordered(owner, children_of(owner, part))
        part.guard.change(part, "parent")
    del children_of(old, part)[index_of(part)]
    children = children_of(owner, part)
    children.insert(index, part)
    part.__dict__["parent"] = owner
    place(children, index, 1)


def index_of(part: Part) -> int:
    """The place of a part in its list; parts are told apart by identity."""
    assert part.parent is not None
    return next(i for i, child in enumerate(children_of(part.parent, part)) if child is part)


def place(children: list[Any], start: int = 0, count: int | None = None) -> None:
    """Give ``children[start:start + count]`` (all of them by default) ordinals between their neighbours.

    The neighbours keep theirs, so that an insertion writes only what is new; the whole list is numbered
    anew only where there is no room left between them.
    """
    stop = len(children) if count is None else start + count
    before = children[start - 1].ordinal if start else None
    after = children[stop].ordinal if stop < len(children) else None
    number = stop - start
    step = ORDINAL_GAP
    if before is None:
        before = 0 if after is None else after - ORDINAL_GAP * (number + 1)
    elif after is not None:
        step = (after - before) // (number + 1)
    if step < 1:
        place(children)
        return
    for index in range(start, stop):
        children[index].ordinal = before + step * (index - start + 1)


def walk(owner: Part) -> Iterator[Part]:
    """``owner`` and every part below it, each before its own."""
    yield owner
    for children in child_lists(owner):
        for child in children:
            yield from walk(child)


def walk_rows(rows: list[Row]) -> Iterator[Row]:
    """Every row below ``rows``, each before its own rows, in printed order."""
    for row in rows:
        yield row
        if row.rows:
            yield from walk_rows(row.rows)


def walk_sections(sections: list[Section]) -> Iterator[Section]:
    """Every section below ``sections``, each before its own sections, in printed order."""
    for section in sections:
        yield section
        if section.sections:
            yield from walk_sections(section.sections)


def find_table(plan: Plan, key: str) -> Table | None:
    """The first table of that key; ``None`` where there is none."""
    return next((table for table in plan.tables if table.key == key), None)


def find_section(plan: Plan, key: str) -> Section | None:
    """The first section of that key anywhere in the outline; ``None`` where there is none."""
    return next((section for section in walk_sections(plan.sections) if section.key == key), None)


def table_of(row: Row) -> Table:
    """The table a row is in."""
    part: Part | None = row
    while not isinstance(part, Table):
        assert part is not None
        part = part.parent
    return part


def path_of(row: Row) -> list[Row]:
    """The rows that a row stands under, from the top of its table, and the row itself."""
    path = [row]
    while isinstance(above := path[-1].parent, Row):
        path.append(above)
    path.reverse()
    return path
