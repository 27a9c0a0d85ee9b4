"""What an edit of the past did to each part, out of the undo log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import Cancelled
from models.plan import Part
from models.store.columns import TABLE_NAMES, TYPES, from_column
from models.store.files import explain

#: A part by its type and its key in the store.
Key = tuple[type[Part], Any]
#: Values by field, with those that say where a part hangs (``plan_id``, ``table_id``, ``parent_id``) and its ordinal.
Values = dict[str, Any]

#: Steps of SQLite between two looks at whether the answer is still wanted.
_STEPS = 50_000


@dataclass(frozen=True, slots=True)
class PartChange:
    """The values of a part that an edit changed, before and after it; ``None`` where it was not there: then all."""

    key: Key
    before: Values | None
    after: Values | None


def of_edit(connection: sqlite3.Connection, edit_id: int, most: int) -> tuple[list[PartChange], int]:
    """What an edit did to parts, the first ``most`` of them in the order of the work, and how many there are."""
    query = "SELECT part, key, before, after FROM change WHERE edit_id = ? ORDER BY id LIMIT ?"
    query_count = "SELECT count(*) FROM (SELECT DISTINCT part, key FROM change WHERE edit_id = ?)"
    count = connection.execute(query_count, (edit_id,)).fetchone()[0]
    return merged(connection.execute(query, (edit_id, 2 * most)))[:most], count


def merged(changes: Collection[tuple[Any, ...]] | sqlite3.Cursor) -> list[PartChange]:
    """One change for each part: of a part that an edit changed twice the first state and the last one."""
    found: dict[Key, PartChange] = {}
    for part, key, before_json, after_json in changes:
        cls = TYPES[part]
        before, after = _values(cls, before_json), _values(cls, after_json)
        earlier = found.get((cls, key))
        if earlier is not None:
            # Of two changes of columns each names its own; a part that came or went names all.
            before = None if earlier.before is None else {**(before or {}), **earlier.before}
            after = None if after is None else {**(earlier.after or {}), **after}
        found[cls, key] = PartChange((cls, key), before, after)
    return [one for one in found.values() if one.before is not None or one.after is not None]


def whole(connection: sqlite3.Connection, plan_id: str, keys: Collection[Key]) -> dict[Key, Values]:
    """How parts that a plan has no longer were when they came or went, as far as the log knows."""
    if not keys:
        return {}
    wanted = json.dumps([f"{TABLE_NAMES[cls]}/{key}" for cls, key in keys])
    query = """
        SELECT part, key, coalesce(before, after) FROM change
        WHERE edit_id IN (SELECT id FROM edit WHERE plan_id = ? AND undone < 2) AND (before IS NULL OR after IS NULL)
        AND part || '/' || key IN (SELECT value FROM json_each(?)) ORDER BY id"""
    found = connection.execute(query, (plan_id, wanted))
    return {(TYPES[part], key): _values(TYPES[part], text) or {} for part, key, text in found}


def every(uri: str, plan_id: str, is_wanted: Callable[[], bool]) -> Iterator[tuple[int, PartChange]]:
    """All that the log of a plan holds, edit by edit, the newest first; with a connection of its own, for a thread.

    ``Cancelled`` once it is no longer wanted; ``StoreError`` where the store at ``uri`` cannot be read.
    """
    query = """
        SELECT edit_id, part, key, before, after FROM edit JOIN change ON edit_id = edit.id
        WHERE plan_id = ? AND undone < 2 ORDER BY edit_id DESC, change.id"""
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.set_progress_handler(lambda: not is_wanted(), _STEPS)
            for edit_id, *change in connection.execute(query, (plan_id,)):
                if not is_wanted():
                    raise Cancelled
                yield from ((edit_id, one) for one in merged([tuple(change)]))
    except sqlite3.Error as error:
        if not is_wanted():
            raise Cancelled from error
        raise explain(error, Path(uri)) from error


def _values(cls: type[Part], text: str | None) -> Values | None:
    if text is None:
        return None
    return {name: from_column(cls, name, value) for name, value in json.loads(text).items()}
