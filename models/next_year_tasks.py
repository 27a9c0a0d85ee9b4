"""Last year's tasks: what became of them, and with what they go on in the new plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models import unread
from models.i18n import N_
from models.next_year_amounts import (
    UNKNOWN_SHARE,
    Rest,
    Span,
    fitting,
    fund,
    is_yearly,
    joined,
    resource,
    rest,
    says_yearly,
    span_of,
    whole,
)
from models.next_year_text import Moves, moved
from models.plan import Row, Table
from models.template import Template
from models.times import parse_period
from models.totals import add

#: What may have become of a task, and what is written into its result (printed, so not translated).
RESULTS = {"done": "Đã hoàn thành", "under_way": "Đang thực hiện", "moved": "Chuyển sang năm {year}"}
STATE_NAMES = {
    "": N_("chưa ghi"),
    "done": N_("đã hoàn thành"),
    "under_way": N_("đang thực hiện"),
    "moved": N_("chuyển sang năm sau"),
}

_NAME = 80

Said = tuple[str, dict[str, object]]


@dataclass(slots=True)
class Around:
    """What is the same for all tasks of a plan: the years, its sums by ``id()`` of the row, the sources."""

    span: Span
    moves: Moves
    amounts: Mapping[int, int | None]
    template: Template
    #: Sources of the old template by what they are in the new one, and their names.
    sources: Mapping[str, str]
    names: Mapping[str, str]
    said: list[Said] = field(default_factory=list)

    def say(self, row: Row, said: Collection[Said]) -> None:
        self.said += [(text, {"task": short_name(row)} | values) for text, values in said]


@dataclass(slots=True)
class Offer:
    """One task of the old plan: ``number`` is its place among those at the top or in a group.

    ``why`` says what it is offered for: ``yearly``, ``reaches`` (into the new years), or nothing.
    """

    number: int
    row: Row
    groups: tuple[str, ...]
    why: str
    state: str
    #: What it counted, and what is left of it (đồng); ``None``: not known.
    amount: int | None
    left: int | None

    @property
    def carry(self) -> bool:
        """Whether it is offered as one that goes on."""
        return bool(self.why)


def offers(table: Table, around: Around) -> list[Offer]:
    """The tasks of the old plan's list, in order, each with what is offered for it."""
    found = []
    for number, (row, groups) in enumerate(tasks_of(table)):
        why = _why(row, around.span)
        trial = Around(around.span, around.moves, around.amounts, around.template, around.sources, around.names)
        new = carried(row, trial)
        state = "under_way" if why == "reaches" and not around.span.is_share else ""
        found.append(Offer(number, row, groups, why, state, around.amounts[id(row)], amount_of(new)))
    return found


def tasks_of(table: Table) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """The tasks at the top or in a group, with the names of the groups above."""

    def below(rows: list[Row], groups: tuple[str, ...]) -> Iterator[tuple[Row, tuple[str, ...]]]:
        for row in rows:
            if row.group is not None:
                yield from below(row.rows, (*groups, row.group))
            else:
                yield row, groups

    yield from below(table.rows, ())


def _why(row: Row, span: Span) -> str:
    if is_yearly(row):
        return "yearly" if _shares(row, span) else ""
    told = span_of(row)
    if says_yearly(row.task or "") and (told is None or told[0] == told[1]) and not span.is_share:
        return "yearly"
    if told is not None and told[1] >= span.new[0] and (not span.is_share or told[0] <= span.new[1]):
        return "reaches"
    return "reaches" if any(_why(part, span) for part in row.rows) else ""


def _shares(row: Row, span: Span) -> bool:
    """Whether a yearly task of a longer plan has money in the new years, where it says which years have any."""
    years = [int(year) for year, amount in row.years.items() if amount is not None]
    return not span.is_share or not years or any(span.new[0] <= year <= span.new[1] for year in years)


def short_name(row: Row) -> str:
    """A task as it is named in a sentence."""
    name = " ".join((row.task or row.group or "").split())
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"


def amount_of(row: Row) -> int | None:
    """What a row, in no plan, counts (models.totals)."""
    if row.group is None:
        for amount in (row.total, add(row.funding.values()), add(row.years.values())):
            if amount is not None:
                return amount
    return add(amount_of(part) for part in row.rows)


# ---- going on


def rows_going_on(table: Table, around: Around, carry: Collection[int]) -> list[Row]:
    """The rows of the new plan's list: every group, with those of its tasks whose numbers are in ``carry``."""
    numbers = {id(row): number for number, (row, _groups) in enumerate(tasks_of(table))}

    def below(rows: list[Row]) -> list[Row]:
        found = []
        for row in rows:
            if row.group is not None:
                extra = {name: value for name, value in row.extra.items() if name != "stated_total"}
                found.append(Row(group=moved(row.group, around.moves)[0], rows=below(row.rows), extra=extra))
            elif numbers[id(row)] in carry:
                found.append(carried(row, around))
        return found

    return below(table.rows)


def carried(row: Row, around: Around) -> Row:
    """A task as it goes on: with what is left of its money, and of its parts those that go on."""
    span = around.span
    new = _copied(row)
    new.carried_over, new.result = True, ""
    parts = [part for part in row.rows if part.group is not None or _why(part, span)] or row.rows
    new.rows = [_part(part, around) for part in parts]
    amount = around.amounts[id(row)]
    found = rest(row, amount, span, around.names)
    _follow_parts(found, row, new, around)
    new.total, new.funding, new.years = found.total, found.funding, found.years
    new.note = joined(new.note, found.note)
    around.say(row, found.said)
    around.say(row, resource(new, around.template, around.sources, around.names))
    _date(new, row, span)
    return new


def _part(part: Row, around: Around) -> Row:
    if part.group is None:
        return carried(part, around)
    extra = {name: value for name, value in part.extra.items() if name != "stated_total"}
    return Row(
        group=moved(part.group, around.moves)[0], rows=[_part(below, around) for below in part.rows], extra=extra
    )


def _follow_parts(found: Rest, row: Row, new: Row, around: Around) -> None:
    """Where a task's amount was the sum of its parts, what is left is that of the parts that go on."""
    amount = around.amounts[id(row)]
    stated = row.total is not None or any(value is not None for value in row.funding.values())
    if not row.rows or not stated or any(value is not None for value in row.years.values()):
        return
    before = [around.amounts[id(part)] for part in row.rows]
    if None in before or add(before) != amount:
        return
    after = [amount_of(part) for part in new.rows]
    total = None if None in after else fitting(add(after))
    if total != amount:
        found.said.clear()
        found.note.clear()
        found.total, found.funding = total, dict(row.funding)
        if total is None and amount:
            found.said.append((UNKNOWN_SHARE, {"year": around.span.new[0]}))
            found.note.append(whole(amount, around.span))
        fund(found, row, amount, around.span, around.names)


def _date(new: Row, row: Row, span: Span) -> None:
    """A task whose time is over goes on in the first of the new years."""
    told = span_of(row)
    if told is None or told[1] >= span.new[0] or is_yearly(row):
        return
    first = span.new[0]
    if new.time_from is not None or new.time_to is not None:
        new.time_from, new.time_to = first if told[0] == told[1] else told[0], first
    if parse_period(row.time) is None:
        return
    if told[0] != told[1]:
        new.time = f"{told[0]} - {first}"
    else:
        new.time = str(first) if row.time.strip().isdigit() else f"Năm {first}"


# ---- looking back


def rows_looked_back_on(table: Table, around: Around, states: Mapping[int, str]) -> tuple[list[Row], list[Row]]:
    """The rows of the review, each with its result; and the tasks that did not run in the year looked back on.

    Of a longer plan it is the year before the new one, with that year's share of the money.
    """
    year = around.span.new[0] - 1
    numbers = {id(row): number for number, (row, _groups) in enumerate(tasks_of(table))}
    out: list[Row] = []

    def below(rows: list[Row]) -> list[Row]:
        found = []
        for row in rows:
            if row.group is not None:
                inside = below(row.rows)
                if inside or not row.rows:
                    found.append(_like_group(row, inside, around.span.is_share))
            elif not around.span.is_share or _ran(row, year):
                found.append(looked_back_on(row, around, states.get(numbers[id(row)], "")))
            else:
                out.append(row)
        return found

    return below(table.rows), out


def _ran(row: Row, year: int) -> bool:
    told = span_of(row)
    years = [int(key) for key, amount in row.years.items() if amount is not None]
    if is_yearly(row):
        return not years or year in years
    if told is None:
        return not row.rows or any(part.group is not None or _ran(part, year) for part in row.rows)
    return told[0] <= year <= told[1] or any(part.group is None and _ran(part, year) for part in row.rows)


def looked_back_on(row: Row, around: Around, state: str) -> Row:
    """A task in the review: as it was planned, with what became of it."""
    new = _copied(row)
    new.rows = [_part_looked_back_on(part, around) for part in row.rows]
    if state:
        result = RESULTS[state].format(year=around.span.new[0])
        new.result = joined(new.result, [result]) if new.result.strip() != result else new.result
    if around.span.is_share:
        year = around.span.new[0] - 1
        found = rest(row, around.amounts[id(row)], Span(around.span.old, (year, year)), around.names)
        _follow_parts(found, row, new, around)
        new.total, new.funding, new.years = found.total, found.funding, found.years
        new.note = joined(new.note, found.note)
    around.say(row, resource(new, around.template, around.sources, around.names))
    return new


def _part_looked_back_on(part: Row, around: Around) -> Row:
    if part.group is None:
        return looked_back_on(part, around, "")
    return _like_group(part, [_part_looked_back_on(below, around) for below in part.rows], around.span.is_share)


def _like_group(row: Row, rows: list[Row], is_share: bool) -> Row:
    extra = {name: value for name, value in row.extra.items() if not (is_share and name == "stated_total")}
    return Row(group=row.group, stated_total=None if is_share else row.stated_total, rows=rows, extra=extra)


#: What a part of the old plan says of itself alone: findings set aside, marks of what is unread.
OF_ITS_OWN = ("set_aside", *unread.MARKS)


def _copied(row: Row) -> Row:
    """A row of the same fields, in no plan, without what is under it."""
    fields: dict[str, Any] = {
        name: value for name, value in vars(row).items() if name in Row.__dataclass_fields__ and name != "ordinal"
    }
    fields |= {"funding": dict(row.funding), "years": dict(row.years), "rows": []}
    fields["extra"] = {name: value for name, value in row.extra.items() if name not in OF_ITS_OWN}
    if row.cells is not None:
        fields["cells"] = list(row.cells)
    return Row(**fields)
