"""The undo log within bounds: old steps are forgotten, and the room that they took is used again or given back.

What a plan is now is never touched: the log only says how it was before. Work is done in pieces of a few
milliseconds, each at most one small transaction, so that typing is never held up: in pauses of the window and
after a plan is left, and between the edits themselves where there is no pause.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

#: ``edit.undone`` of a step that is older than what undo reaches: its line stays, its changes are gone.
FORGOTTEN = 2

#: Steps of a plan that undo reaches: some days of work, more than anybody goes back by hand.
STEPS = 2_000
#: All of today is reached too, up to so many: an edit every three seconds for eight hours.
STEPS_TODAY = 10_000
#: What these steps may hold, in letters: an ordinary one has about 500, replacing a plan of 10,000 rows 10 million.
LETTERS = 20_000_000
#: So many steps are reached even beyond that, up to so many letters; and the last one always.
LEAST, LETTERS_OF_LEAST = 200, 60_000_000
#: Forgotten steps that keep a line each in the history; of older ones the last of each day, person and label does.
LINES = 20_000

#: Edits of a plan before its log is looked at in a pause, and before that is done without one.
WORTH_A_LOOK, OVERDUE = 50, 500
#: Steps measured, steps forgotten, changes dropped and lines dropped in one piece.
_MEASURED, _FORGOTTEN_AT_ONCE, _CHANGES, _LINES_AT_ONCE = 100, 25, 100, 500
#: Pages that stay free for the next edits, and pages given back to the disk in one piece.
SPARE, _GIVEN_BACK = 512, 64

#: A step: its edit, its day (ISO 8601), and the letters that it holds in the log.
Step = tuple[int, str, int]


def reached(steps: Sequence[Step], today: str) -> int:
    """How many of a plan's steps, the newest first, undo shall reach."""
    held = 0
    for count, (_edit, day, letters) in enumerate(steps):
        held += letters
        if count < LEAST:
            if held > LETTERS_OF_LEAST and count:
                return count
        elif held > LETTERS or count >= (STEPS_TODAY if day == today else STEPS):
            return count
    return len(steps)


class Compaction:
    """Which plans of a store are due, and the work on them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        #: Edits of each plan since its log was looked at last.
        self._written: Counter[str] = Counter()
        self._work: dict[str, Iterator[None]] = {}
        #: Whether so much is left that no pause is waited for.
        self._is_behind = False

    def wrote(self, plan_id: str) -> None:
        """Told after every edit. Does a piece of work itself where no pause has come for very long."""
        self._written[plan_id] += 1
        if self._written[plan_id] >= OVERDUE:
            self._is_behind = True
            self.ask(plan_id)
        if self._is_behind:
            self._is_behind = self.step()

    def went_back(self, plan_id: str) -> None:
        """Told before undo and redo: what is reached is another then."""
        if self._work.pop(plan_id, None) is not None:
            self._written[plan_id] += WORTH_A_LOOK

    def is_due(self, plan_id: str) -> bool:
        """Whether so much was written that a pause is worth using."""
        return self._written[plan_id] >= WORTH_A_LOOK

    def ask(self, plan_id: str) -> None:
        """Have the log of a plan looked at as it is now: ``step`` does it."""
        if plan_id not in self._work or self._written[plan_id]:
            self._work[plan_id] = compact(self._connection, plan_id)
            self._written.pop(plan_id, None)

    def step(self) -> bool:
        """Do one piece; false where there is no more to do. Never raises: what fails is tried again another time."""
        if self._work:
            plan_id, work = next(iter(self._work.items()))
            try:
                if not self._connection.in_transaction:
                    with _without_waiting(self._connection):
                        next(work)
            except (StopIteration, sqlite3.Error) as error:
                self._work.pop(plan_id, None)
                if isinstance(error, sqlite3.Error):
                    self._written[plan_id] += WORTH_A_LOOK
        return bool(self._work)


def compact(connection: sqlite3.Connection, plan_id: str) -> Iterator[None]:
    """Bring the log of one plan within its bounds; every ``next`` does a piece. ``sqlite3.Error`` where it fails."""
    yield from _drop_changes(connection, plan_id, _newest_forgotten(connection, plan_id))
    yield from _forget(connection, plan_id)
    yield from _thin_lines(connection, plan_id)
    yield from _give_back(connection)
    # Not waiting for who reads: the log that is left over is written back another time.
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


@contextmanager
def _without_waiting(connection: sqlite3.Connection) -> Iterator[None]:
    """Plans may just now be taken back in a thread, which writes for seconds: then this is for another time."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _forget(connection: sqlite3.Connection, plan_id: str) -> Iterator[None]:
    """Drop the changes of the steps that undo shall not reach, the oldest first: so those left are without a gap."""
    query = "SELECT id FROM edit WHERE plan_id = ? AND undone IN (0, 1)"
    edits = sorted((edit for (edit,) in connection.execute(query, (plan_id,))), reverse=True)
    today = date.today().isoformat()
    steps: list[Step] = []
    for chunk in _chunks(edits, _MEASURED):
        yield
        query = f"""
            SELECT edit.id, substr(at, 1, 10), sum(coalesce(length(before), 0) + coalesce(length(after), 0))
            FROM edit JOIN change ON edit_id = edit.id WHERE edit.id IN ({_marks(chunk)})
            GROUP BY edit.id ORDER BY edit.id DESC"""
        steps += connection.execute(query, chunk).fetchall()
        if (count := reached(steps, today)) < len(steps):
            oldest = steps[count - 1][0]
            break
    else:
        return
    beyond = [edit for edit in reversed(edits) if edit < oldest]
    for chunk in _chunks(beyond, _FORGOTTEN_AT_ONCE):
        yield
        # An edit without changes is no step: an export, say, which stays as it is.
        query = f"""
            UPDATE edit SET undone = {FORGOTTEN} WHERE id IN ({_marks(chunk)}) AND undone = 0
            AND EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id)"""
        with _transaction(connection):
            connection.execute(query, chunk)
        yield from _drop_changes(connection, plan_id, chunk)


def _newest_forgotten(connection: sqlite3.Connection, plan_id: str) -> list[int]:
    """The steps that were being forgotten when work on them ended last: some of their changes may be left."""
    query = f"SELECT id FROM edit WHERE plan_id = ? AND undone = {FORGOTTEN} ORDER BY id DESC LIMIT ?"
    return [edit for (edit,) in connection.execute(query, (plan_id, _FORGOTTEN_AT_ONCE))]


def _drop_changes(connection: sqlite3.Connection, plan_id: str, edits: Sequence[int]) -> Iterator[None]:
    """Drop the changes of those of ``edits`` that are forgotten."""
    query = f"""
        SELECT change.id FROM change JOIN edit ON edit.id = edit_id
        WHERE edit_id IN ({_marks(edits)}) AND plan_id = ? AND undone = {FORGOTTEN} LIMIT {_CHANGES}"""
    while changes := [change for (change,) in connection.execute(query, (*edits, plan_id))]:
        with _transaction(connection):
            connection.execute(f"DELETE FROM change WHERE id IN ({_marks(changes)})", changes)
        yield


def _thin_lines(connection: sqlite3.Connection, plan_id: str) -> Iterator[None]:
    """Of the lines beyond those that are kept each, keep the last of each day, person and label."""
    query = f"SELECT count(*) FROM edit WHERE plan_id = ? AND undone = {FORGOTTEN}"
    beyond = connection.execute(query, (plan_id,)).fetchone()[0] - LINES
    if beyond < _LINES_AT_ONCE:
        return
    last: dict[tuple[str, str, str], int] = {}
    twice: list[int] = []
    at = 0
    while beyond > 0:
        yield
        query = f"""
            SELECT id, substr(at, 1, 10), who, label FROM edit
            WHERE plan_id = ? AND undone = {FORGOTTEN} AND id > ? ORDER BY id LIMIT ?"""
        found = connection.execute(query, (plan_id, at, min(beyond, _LINES_AT_ONCE))).fetchall()
        if not found:
            break
        for at, *kind in found:
            if (earlier := last.get(tuple(kind))) is not None:
                twice.append(earlier)
            last[tuple(kind)] = at
        beyond -= len(found)
    for chunk in _chunks(twice, _LINES_AT_ONCE):
        yield
        query = f"DELETE FROM edit WHERE undone = {FORGOTTEN} AND id IN ({_marks(chunk)})"
        with _transaction(connection):
            connection.execute(query, chunk)


def _give_back(connection: sqlite3.Connection) -> Iterator[None]:
    """Make the file smaller by what is free in it beyond what the next edits use.

    Only a store that was made for it (``files.connect``); in an older one free pages are used again, and no more.
    """
    if connection.execute("PRAGMA auto_vacuum").fetchone()[0] != 2:
        return
    while (free := connection.execute("PRAGMA freelist_count").fetchone()[0]) > SPARE:
        connection.execute(f"PRAGMA incremental_vacuum({min(_GIVEN_BACK, free - SPARE)})").fetchall()
        yield


def _chunks(found: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (found[start : start + size] for start in range(0, len(found), size))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
