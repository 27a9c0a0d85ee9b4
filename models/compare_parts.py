"""What two states of any part of a plan have in common: fields that differ, parts in another order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from models.checks import aside
from models.comparison import Change, Value
from models.document import FIELD_NAMES
from models.pairing import Pairs, out_of_order
from models.plan import Part

#: Fields beside those of a part that have a name of their own (``models.field_names``).
_NAMED = ("unread", "template_version")


def changes(before: dict[str, Value], after: dict[str, Value]) -> Iterator[Change]:
    """The fields of two states that differ, in the order of the newer one."""
    for name in (*after, *(name for name in before if name not in after)):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield Change(name, old, new)


def plain(value: Any) -> Value:
    """A field's value as it is compared: an empty one is none at all."""
    if isinstance(value, list):
        value = "\n".join(map(str, value))
    if isinstance(value, bool):
        return 1 if value else None
    return None if value == "" else value


def held(part: Part, names: Iterable[str]) -> dict[str, Value]:
    return {name: value for name in names if (value := plain(getattr(part, name))) is not None}


def unknown(part: Part, extra: dict[str, Any], *known: str) -> dict[str, Value]:
    """What a part holds beside its fields: what was set aside, and fields that this program does not know in one."""
    names = {*FIELD_NAMES[type(part)].values(), *known, "rows", "sections", "tables", "legal_bases"}
    found = {name: value for name, value in extra.items() if name not in names and value not in (None, "", [], {})}
    own: dict[str, Value] = {}
    if told := aside.told(found):
        own[aside.KEY] = "\n".join(told)
        del found[aside.KEY]
    for name in _NAMED:
        if name in found:
            value = found.pop(name)
            own[name] = value if isinstance(value, int | str) and not isinstance(value, bool) else 1
    return own | ({"extra": json.dumps(found, ensure_ascii=False, sort_keys=True)} if found else {})


def reordered(pairs: Pairs[Any], before: Sequence[Any], after: Sequence[Any]) -> set[int]:
    """``id()`` of those of ``after`` that stand in another order among those that they stood among before."""
    place = {id(part): at for at, part in enumerate(before)}
    both = [part for part in after if id(pairs.older.get(id(part))) in place]
    return {id(both[at]) for at in out_of_order([place[id(pairs.older[id(part)])] for part in both])}


def side_by_side(pairs: Pairs[Any], before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """All parts of two lists, a removed one behind the one that it stood behind: (older, newer or ``None``)."""
    there = {id(part) for part in after}
    behind: dict[int, list[Any]] = {}
    anchor = 0
    for part in before:
        newer = pairs.newer.get(id(part))
        if newer is None:
            behind.setdefault(anchor, []).append(part)
        elif id(newer) in there:
            anchor = id(newer)
    yield from ((part, None) for part in behind.get(0, ()))
    for part in after:
        yield pairs.older.get(id(part)), part
        yield from ((old, None) for old in behind.get(id(part), ()))


def put_places(fields: list[dict[str, Value]], before: str, after: str) -> None:
    fields[0]["place"], fields[1]["place"] = before, after
