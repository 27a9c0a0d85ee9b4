"""Many fixes at once: those of one rule, put together into one value for each field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.checks.finding import Finding
from models.plan import Part


def merged(findings: Iterable[Finding]) -> list[tuple[Part, str, Any]]:
    """What to set so that every fix of ``findings`` is made: a part, its field and the value.

    Fixes of one field, each worked out as if it were the only one, are put together: places of a text side by
    side, keys of a dictionary likewise. Where two are about the same place the first one stays.
    """
    fixes: dict[tuple[int, str], tuple[Part, str, list[Any]]] = {}
    for finding in findings:
        if finding.fix is not None:
            key = id(finding.part), finding.fix.field
            fixes.setdefault(key, (finding.part, finding.fix.field, []))[2].append(finding.fix.value)
    return [(part, field, _together(getattr(part, field), values)) for part, field, values in fixes.values()]


def _together(now: Any, values: list[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    if isinstance(now, dict):
        changes = [{key: value for key, value in wanted.items() if now.get(key) != value} for wanted in values]
        return now | {key: value for change in reversed(changes) for key, value in change.items()}
    if isinstance(now, str):
        return _texts_together(now, values)
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
