"""The history of a plan, and how many steps of undo or redo lead to each place in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Past:
    """One line of a plan's history: when (local time, ISO 8601), who, what; ``undone`` edits can be made again.

    ``steps`` of redo, or if negative of undo, lead to the plan as it stood right after it: 0 where it stands so now.
    ``None`` where that is not known: what cannot be undone, such as an export, may come before or after an undo.
    """

    id: int
    at: str
    who: str
    label: str
    undone: bool
    steps: int | None


def timeline(edits: Iterable[tuple[Any, ...]]) -> list[Past]:
    """The history made of edits, the newest first: id, at, who, label, undone, and whether it can be undone."""
    found = list(edits)
    back = 0
    forward = sum(bool(undone) for *_rest, undone, _is_step in found)
    history = []
    for place, (number, at, who, label, undone, is_step) in enumerate(found, 1):
        steps: int | None = None
        if undone:
            steps, forward = forward, forward - 1
        elif is_step:
            steps, back = back, back - 1
        elif place == len(found):
            # The beginning.
            steps = back
        history.append(Past(number, at, who, label, bool(undone), steps))
    return history
