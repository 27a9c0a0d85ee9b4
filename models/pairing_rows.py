"""Which row of a newer table is which of the older one.

What is equal goes together first, then what stands in the same place under the same name, then what has the name
anywhere, at last what has a similar one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from functools import partial
from operator import attrgetter

from models.pairing import ALIKE, COMMON, Pairs, alike, squeezed
from models.plan import Row, walk_rows

#: Names that much alike are one even where neither unit nor time nor amount is the same.
_MUCH_ALIKE = 0.85
#: Texts beside the name that are so long together are no chance.
_TELLING = 20
_CONTENT = attrgetter(
    "group", "stated_total", "task", "objective", "scope", "lead", "time_from", "time_to", "time", "total", "security",
    "carried_over", "result", "note",
)  # fmt: skip
_LONG_TEXTS = attrgetter("objective", "scope", "result", "note")


def name_of(row: Row) -> str:
    return (row.group if row.group is not None else row.task) or ""


def pair_rows(before: list[Row], after: list[Row]) -> Pairs[Row]:
    """The rows of two states of a table of tasks; a group goes only with a group, a task with a task."""
    pairs: Pairs[Row] = Pairs()
    _descend(pairs, before, after)
    old, new = list(walk_rows(before)), list(walk_rows(after))
    groups = [row for row in pairs.left_old(old) if row.is_group], [row for row in pairs.left_new(new) if row.is_group]
    _follow(pairs, pairs.match(*groups, _named))
    _renamed_groups(pairs, *groups)
    for key in (_content, _told, _named, _folded):
        _follow(pairs, pairs.match(pairs.left_old(old), pairs.left_new(new), key))
    for more in (True, False):
        unnamed = partial(_but_name, pairs, more)
        _follow(pairs, pairs.match(pairs.left_old(old), pairs.left_new(new), unnamed))
    similar = alike(pairs.left_old(old), pairs.left_new(new), name_of, _is_same_task)
    for one, other in similar:
        pairs.join(one, other)
    _follow(pairs, similar)
    return pairs


def _descend(pairs: Pairs[Row], before: list[Row], after: list[Row]) -> None:
    """Join what stands in the same place: the rows of two lists that belong together, and those below them."""
    _follow(pairs, pairs.match(before, after, _content, _told, _named, _folded, _nameless))


def _follow(pairs: Pairs[Row], joined: list[tuple[Row, Row]]) -> None:
    for old, new in joined:
        if old.rows and new.rows:
            _descend(pairs, old.rows, new.rows)


def _content(row: Row) -> Hashable | None:
    return (_CONTENT(row), tuple(row.funding.items()), tuple(row.years.items())) if name_of(row) else None


def _told(row: Row) -> Hashable | None:
    if row.is_group or not row.task:
        return None
    return row.task, row.lead, row.time_from, row.time_to, row.time


def _named(row: Row) -> Hashable | None:
    name = name_of(row)
    return (row.is_group, name) if name else None


def _folded(row: Row) -> Hashable | None:
    name = squeezed(name_of(row))
    return (row.is_group, name) if name else None


def _nameless(row: Row) -> Hashable | None:
    """A row without a name is known by its place alone."""
    return None if name_of(row).strip() else (row.is_group,)


def _but_name(pairs: Pairs[Row], more: bool, row: Row) -> Hashable | None:
    """The long texts beside the name, of a task that says enough there, and where it stands; ``more``: the rest too."""
    texts = _LONG_TEXTS(row)
    if row.is_group or sum(map(len, texts)) < _TELLING:
        return None
    above = row.parent
    # Both states of one group have one key: that of the newer.
    where = id(pairs.newer.get(id(above), above)) if isinstance(above, Row) else 0
    return where, texts, (row.lead, _time(row), _amounts(row)) if more else ()


def _renamed_groups(pairs: Pairs[Row], before: list[Row], after: list[Row]) -> None:
    """Groups under another name: known by what is in them, at least half of it, or by a name much alike."""
    old, new = pairs.left_old(before), pairs.left_new(after)
    where: dict[Hashable, list[int]] = {}
    for at, group in enumerate(new):
        for name in {key for row in group.rows if (key := _folded(row)) is not None}:
            where.setdefault(name, []).append(at)
    votes: Counter[tuple[int, int]] = Counter()
    for at, group in enumerate(old):
        for name in {key for row in group.rows if (key := _folded(row)) is not None}:
            there = where.get(name, ())
            if len(there) <= COMMON:
                votes.update((at, other) for other in there)
    for (one, other), count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        least = min(len(old[one].rows), len(new[other].rows))
        if id(old[one]) not in pairs.newer and id(new[other]) not in pairs.older and count * 2 >= least:
            pairs.join(old[one], new[other])
            _descend(pairs, old[one].rows, new[other].rows)
    similar = alike(pairs.left_old(old), pairs.left_new(new), name_of, lambda _one, _other, share: share >= ALIKE)
    for one_group, other_group in similar:
        pairs.join(one_group, other_group)
    _follow(pairs, similar)


def _is_same_task(old: Row, new: Row, share: float) -> bool:
    if old.is_group or new.is_group:
        return False
    beside = [(old.lead, new.lead), (_time(old), _time(new)), (_amounts(old), _amounts(new))]
    return share >= (ALIKE if any(one and one == other for one, other in beside) else _MUCH_ALIKE)


def _time(row: Row) -> tuple[object, ...]:
    return (row.time_from, row.time_to, row.time) if row.time or row.time_from or row.time_to else ()


def _amounts(row: Row) -> tuple[object, ...]:
    return (row.total, *row.funding.items(), *row.years.items()) if row.total or row.funding or row.years else ()


# ---- rows of registers


def pair_cells(before: list[Row], after: list[Row]) -> Pairs[Row]:
    """The rows of two states of a register: by all cells, by a text that only one row has, by texts much alike."""
    pairs: Pairs[Row] = Pairs()
    pairs.match(before, after, lambda row: tuple(row.cells or ()))
    old, new = pairs.left_old(before), pairs.left_new(after)
    width = max((len(row.cells or ()) for row in (*old, *new)), default=0)
    is_first = True
    for column in range(width):
        values = [_alone(rows, column) for rows in (old, new)]
        for text, row in values[0].items():
            other = values[1].get(text)
            if other is None or id(row) in pairs.newer or id(other) in pairs.older:
                continue
            # The first text is the row's name; in another column two rows may say the same by chance.
            if is_first or _shared(row, other) * 2 >= width:
                pairs.join(row, other)
        is_first = is_first and not values[0] and not values[1]
    pairs.match(old, new, lambda row: squeezed(_joined(row)) or None)
    for one, another in alike(
        pairs.left_old(old), pairs.left_new(new), _joined, lambda _one, _other, share: share >= ALIKE
    ):
        pairs.join(one, another)
    return pairs


def _alone(rows: list[Row], column: int) -> dict[str, Row]:
    """The rows by their text in a column, where it is a text and no other row has it there."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        text = squeezed((row.cells or [])[column]) if column < len(row.cells or ()) else ""
        if len(text) >= 4 and not text.replace(" ", "").isdigit():
            found.setdefault(text, []).append(row)
    return {text: same[0] for text, same in found.items() if len(same) == 1}


def _shared(one: Row, other: Row) -> int:
    return sum(left == right for left, right in zip(one.cells or (), other.cells or (), strict=False))


def _joined(row: Row) -> str:
    return " ".join(row.cells or ())
