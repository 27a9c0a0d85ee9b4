"""Mistakes in the amounts, rows and units of a table, each beside something that must add up to it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from random import Random

from tests.injections import places
from tests.injections.bases import Base
from tests.injections.mistakes import Mistake, pick_task, slip_amount
from tests.plans import Document

_SUMS = ("total.funding", "total.years", "total.parts", "total.stated")


def _in_task(
    data: Document, place: places.TaskPlace, said: str, rules: Iterable[str] = _SUMS, also: Iterable[str] = ()
) -> Mistake:
    return Mistake(data, frozenset((*rules, *also)), (place.pointer, *(at for at, _part in place.above)), said)


def _unit(place: places.TaskPlace) -> str:
    unit: str = place.above[0][1].get("unit") or "million"
    return unit


def _change(container: Document, key: str, unit: str, random: Random) -> str:
    was = container[key]
    container[key] = slip_amount(was, unit, random)
    return f"{key}: {was:,} → {container[key]:,}"


def digit_in_total(base: Base, random: Random) -> Mistake | None:
    """In a task's total, with its sources, years or parts beside it."""
    found = pick_task(base, random, lambda at: bool(at.row.get("total") and _beside(at.row)))
    return found and _in_task(*found, _change(found[1].row, "total", _unit(found[1]), random))


def _beside(row: Document) -> bool:
    return bool(row.get("funding") or row.get("years") or row.get("rows"))


def digit_in_source(base: Base, random: Random) -> Mistake | None:
    return _digit_in(base, random, "funding")


def digit_in_year(base: Base, random: Random) -> Mistake | None:
    return _digit_in(base, random, "years")


def _digit_in(base: Base, random: Random, field: str) -> Mistake | None:
    found = pick_task(base, random, lambda at: bool(at.row.get("total") and at.row.get(field)))
    if not found:
        return None
    amounts = found[1].row[field]
    key = random.choice([key for key, amount in amounts.items() if amount])
    return _in_task(*found, _change(amounts, key, _unit(found[1]), random))


def digit_in_part(base: Base, random: Random) -> Mistake | None:
    found = pick_task(base, random, lambda at: bool(at.row.get("total") and at.above[-1][1].get("total")))
    return found and _in_task(*found, _change(found[1].row, "total", _unit(found[1]), random))


def digit_under_stated(base: Base, random: Random) -> Mistake | None:
    """In the amount of a task that has nothing beside it but the stated total of its group or table."""
    found = pick_task(base, random, _only_stated)
    return found and _in_task(*found, _change(found[1].row, "total", _unit(found[1]), random))


def _only_stated(at: places.TaskPlace) -> bool:
    return bool(at.row.get("total") and at.stated and not _beside(at.row) and "task" not in at.above[-1][1])


def digit_in_stated(base: Base, random: Random) -> Mistake | None:
    """In the stated total of a group or table."""
    data = copy.deepcopy(base.document)
    found = _stating(data)
    if not found:
        return None
    pointer, part, unit = random.choice(found)
    return Mistake(data, frozenset(_SUMS), (pointer,), _change(part, "stated_total", unit, random))


def _stating(data: Document) -> list[tuple[str, Document, str]]:
    """All that states a total: pointer, group or table, unit."""
    found = {
        pointer: (part, _unit(place))
        for place in places.tasks(data)
        for pointer, part in place.above
        if part.get("stated_total")
    }
    return [(pointer, part, unit) for pointer, (part, unit) in found.items()]


def row_doubled(base: Base, random: Random) -> Mistake | None:
    return _row(base, random, lambda rows, row: rows.insert(rows.index(row), copy.deepcopy(row)), "doubled")


def row_dropped(base: Base, random: Random) -> Mistake | None:
    return _row(base, random, lambda rows, row: rows.remove(row), "dropped")


def _row(base: Base, random: Random, change: Callable[[list[Document], Document], None], said: str) -> Mistake | None:
    """A task with an amount, under a stated total."""
    found = pick_task(
        base, random, lambda at: bool(at.row.get("total") and at.stated and "task" not in at.above[-1][1])
    )
    if not found:
        return None
    data, place = found
    change(place.above[-1][1]["rows"], place.row)
    return Mistake(data, frozenset(_SUMS), tuple(place.stated), f"{said}: {place.row['task'][:40]}")


def _times_thousand(amount: int, random: Random) -> int:
    return amount // 1000 if amount % 1000 == 0 and random.random() < 0.5 else amount * 1000


def unit_in_task(base: Base, random: Random) -> Mistake | None:
    found = pick_task(base, random, lambda at: _only_stated(at) or bool(at.row.get("total") and _beside(at.row)))
    if not found:
        return None
    row = found[1].row
    row["total"] = _times_thousand(row["total"], random)
    return _in_task(*found, f"total: {row['total']:,}", also=("amount.scale",))


def unit_in_source(base: Base, random: Random) -> Mistake | None:
    found = pick_task(base, random, lambda at: bool(at.row.get("total") and at.row.get("funding")))
    if not found:
        return None
    funding = found[1].row["funding"]
    key = random.choice([key for key, amount in funding.items() if amount])
    funding[key] = _times_thousand(funding[key], random)
    return _in_task(*found, f"{key}: {funding[key]:,}", also=("amount.scale",))


def unit_in_stated(base: Base, random: Random) -> Mistake | None:
    data = copy.deepcopy(base.document)
    found = _stating(data)
    if not found:
        return None
    pointer, part, _unit_of = random.choice(found)
    part["stated_total"] = _times_thousand(part["stated_total"], random)
    return Mistake(data, frozenset((*_SUMS, "amount.scale")), (pointer,), f"stated: {part['stated_total']:,}")
