"""What the log of a plan's edits proves: each edit wrote down what was there before and after it.

A plan is held as a dictionary: table and key of each of its parts, to the columns of that part.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.store.compaction import FORGOTTEN
from models.store.layout import Row
from models.store.pages import Value

Key = tuple[str, Value]
State = dict[Key, Row]

#: Columns of a plan that no edit logs.
NOT_LOGGED = ("revision", "deleted")


class Contradiction(Exception):
    """The log tells something else than what is there."""


@dataclass(slots=True)
class Log:
    """The edits of a plan by number, and the changes of each in order; ``is_complete`` where none can be missing."""

    edits: dict[int, Row] = field(default_factory=dict)
    changes: dict[int, list[Row]] = field(default_factory=dict)
    is_complete: bool = True

    def applied(self) -> set[int]:
        """The edits that the plan is made of now; one that undo does not reach any more has no changes left."""
        return {number for number, edit in self.edits.items() if edit["undone"] != 1}


def step(state: State, changes: Sequence[Row], back: bool) -> None:
    """Take the changes of one edit back, or make them again; ``Contradiction`` where they are not of this state."""
    for change in reversed(changes) if back else changes:
        old, new = _values(change["before"]), _values(change["after"])
        if back:
            old, new = new, old
        key = (str(change["part"]), change["key"])
        held = state.get(key)
        if old is None:
            if held is not None or new is None:
                raise Contradiction
            state[key] = new
            continue
        if held is None or any(held.get(name) != value for name, value in old.items() if name not in NOT_LOGGED):
            raise Contradiction
        if new is None:
            del state[key]
        else:
            state[key] = held | new


def _values(text: Value) -> Row | None:
    if text is None:
        return None
    try:
        found = json.loads(str(text))
    except ValueError:
        raise Contradiction from None
    if not isinstance(found, dict):
        raise Contradiction
    return found


def brought_up(state: State, log: Log, later: Log) -> State | None:
    """An earlier state with its log, brought to where ``later`` is; ``None`` where the logs do not fit together."""
    found = dict(state)
    try:
        for number in sorted(log.applied() - later.applied(), reverse=True):
            step(found, log.changes.get(number, ()), back=True)
        for number in sorted(later.applied() - log.applied()):
            step(found, later.changes.get(number, ()), back=False)
    except Contradiction:
        return None
    return found


def are_all_logged(log: Log, later: Log) -> bool:
    """Whether every edit that lies between the two has changes: of one without, nobody knows what it did."""
    between = log.applied() ^ later.applied()
    return all(log.changes.get(number) or later.changes.get(number) for number in between)


def touched(log: Log, later: Log) -> set[Key]:
    """The parts that the edits between the two changed."""
    edits = log.applied() ^ later.applied()
    changes = [change for number in edits for one in (log, later) for change in one.changes.get(number, ())]
    return {(str(change["part"]), change["key"]) for change in changes}


def reliable(state: State, log: Log) -> tuple[set[int], bool]:
    """The edits that can be taken back, or made again, from this state on; and whether the log contradicts it.

    An edit counts only as long as all between it and the state do. ``deleted`` and ``revision`` are not asked.
    """
    good: set[int] = set()
    contradicts = False
    now = dict(state)
    applied = log.applied()
    for number in sorted(applied, reverse=True):
        if log.edits[number]["undone"] == FORGOTTEN:
            break
        try:
            step(now, log.changes.get(number, ()), back=True)
        except Contradiction:
            contradicts = True
            break
        good.add(number)
    now = dict(state)
    for number in sorted(set(log.edits) - applied):
        try:
            step(now, log.changes.get(number, ()), back=False)
        except Contradiction:
            break
        good.add(number)
    return good, contradicts
