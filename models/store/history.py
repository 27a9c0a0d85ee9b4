"""The history of a plan, and how many steps of undo or redo lead to each place in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.store.compaction import FORGOTTEN


@dataclass(frozen=True, slots=True)
class Past:
    """One line of a plan's history: when (local time, ISO 8601), who, what; ``undone`` edits can be made again.

    ``steps`` of redo, or if negative of undo, lead to the plan as it stood right after it: 0 where it stands so now.
    ``None`` where that is not known: what cannot be undone, such as an export, may come before or after an undo;
    and where it is ``is_old``: before all that undo still reaches. The plan came to be with the one that
    ``is_beginning``.
    """

    id: int
    at: str
    who: str
    label: str
    undone: bool
    steps: int | None
    is_old: bool = False
    is_beginning: bool = False


def read(connection: sqlite3.Connection, plan_id: str) -> list[Past]:
    """The edits of a plan, the newest first."""
    query = """
        SELECT id, at, who, label, undone,
               CASE undone WHEN 0 THEN EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id) ELSE 1 END
        FROM edit WHERE plan_id = ? ORDER BY id DESC"""
    return timeline(connection.execute(query, (plan_id,)))


def timeline(edits: Iterable[tuple[Any, ...]]) -> list[Past]:
    """The history made of edits, the newest first: id, at, who, label, undone, and whether it is a step."""
    found = list(edits)
    back = 0
    forward = sum(undone == 1 for *_rest, undone, _is_step in found)
    history = []
    #: Whether a line is before all that undo reaches: behind the last of the forgotten steps.
    is_old = False
    for place, (number, at, who, label, undone, is_step) in enumerate(found, 1):
        steps: int | None = None
        was_old, is_beginning = is_old, False
        if undone == FORGOTTEN:
            # How it stood after the last of them is where undo ends.
            steps, is_old = None if is_old else back, True
        elif undone:
            steps, forward = forward, forward - 1
        elif is_step:
            steps, back = back, back - 1
        elif place == len(found) and not is_old:
            steps, is_beginning = back, True
        history.append(Past(number, at, who, label, undone == 1, steps, was_old, is_beginning))
    return history
