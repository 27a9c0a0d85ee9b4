"""Fixes, made inside an edit: one, or those of one rule at once, put together into one value for each field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.checks.finding import Finding
from models.plan import LegalBasis, Part, index_of, insert, remove


def make(findings: Iterable[Finding]) -> None:
    """Make every fix of ``findings``, inside an edit.

    Where several put the same into parts of one list, one of these parts takes it and the others go.
    """
    fixed = [finding for finding in findings if finding.fix is not None]
    gone = {id(finding.part): finding.part for finding in fixed if finding.fix and finding.fix.removes}
    made: list[tuple[object, ...]] = []
    for finding in fixed:
        fix, part = finding.fix, finding.part
        if fix is not None and (fix.more or fix.adds) and id(part) not in gone:
            wanted = (part.parent, fix.field, fix.value, fix.more)
            if wanted in made:
                gone[id(part)] = part
            made.append(wanted)
    staying = [finding for finding in fixed if id(finding.part) not in gone]
    for part, field, value in merged(staying):
        if getattr(part, field) != value:
            setattr(part, field, value)
    for finding in staying:
        for place, values in enumerate(finding.fix.adds if finding.fix else (), 1):
            insert(finding.part.parent, LegalBasis(**values), index_of(finding.part) + place)
    for part in gone.values():
        remove(part)


def merged(findings: Iterable[Finding]) -> list[tuple[Part, str, Any]]:
    """What to set so that every fix of ``findings`` is made: a part, its field and the value.

    Fixes of one field, each worked out as if it were the only one, are put together: places of a text side by
    side, keys of a dictionary likewise. Where two are about the same place the first one stays.
    """
    fixes: dict[tuple[int, str], tuple[Part, str, list[Any]]] = {}
    for finding in findings:
        if finding.fix is not None and not finding.fix.removes:
            for field, value in {finding.fix.field: finding.fix.value, **finding.fix.more}.items():
                fixes.setdefault((id(finding.part), field), (finding.part, field, []))[2].append(value)
    return [(part, field, _together(getattr(part, field), values)) for part, field, values in fixes.values()]


def _together(now: Any, values: list[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    if isinstance(now, dict):
        changes = [{key: value for key, value in wanted.items() if now.get(key) != value} for wanted in values]
        return now | {key: value for change in reversed(changes) for key, value in change.items()}
    if isinstance(now, str):
        return _texts_together(now, values)
    if isinstance(now, list) and all(len(wanted) == len(now) for wanted in values):
        cells = [[wanted[at] for wanted in values if wanted[at] != cell] for at, cell in enumerate(now)]
        return [_together(cell, wanted) if wanted else cell for cell, wanted in zip(now, cells, strict=True)]
    return values[0]


def _texts_together(now: str, values: list[str]) -> str:
    """``now`` with the one place replaced in which each of ``values`` differs from it."""
    taken: list[tuple[int, int, str]] = []
    for wanted in values:
        first = _common(now, wanted)
        tail = _common(now[first:][::-1], wanted[first:][::-1])
        last, text = len(now) - tail, wanted[first : len(wanted) - tail]
        if all(last < begin or first > end for begin, end, _text in taken):
            taken.append((first, last, text))
    for first, last, text in sorted(taken, reverse=True):
        now = now[:first] + text + now[last:]
    return now


def _common(one: str, other: str) -> int:
    """How many letters two texts have in common from the start."""
    least = min(len(one), len(other))
    return next((at for at in range(least) if one[at] != other[at]), least)
