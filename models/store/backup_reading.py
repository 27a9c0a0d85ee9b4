"""Reading the store and its backups beside the program that writes: each with a connection of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

#: Told how much is done, from 0 to 1; giving False stops the work.
Progress = Callable[[float], bool]

#: What reading a file may raise: some damage the driver cannot even put into words.
FAULTS = (sqlite3.Error, UnicodeDecodeError)

#: Steps of SQLite between two looks at whether the work is still wanted.
_STEPS = 50_000
#: Seconds to wait for a program that holds the store for itself.
_PATIENCE = 5.0


class State(NamedTuple):
    """What tells one state of a store from another: plans in all, those not in the bin, the last edit, edits undone."""

    plans: int
    shown: int
    last_edit: int
    undone: int


def state_of(connection: sqlite3.Connection) -> State:
    query = """
        SELECT (SELECT count(*) FROM plan), (SELECT count(*) FROM plan WHERE deleted IS NULL),
               (SELECT coalesce(max(id), 0) FROM edit), (SELECT count(*) FROM edit WHERE undone = 1)"""
    return State(*connection.execute(query).fetchone())


def reading(path: Path) -> sqlite3.Connection:
    """A connection that reads a store that others may write; ``sqlite3.Error`` where that cannot be."""
    connection = sqlite3.connect(_uri(path, "mode=ro"), uri=True, isolation_level=None, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        # Nothing can be written beside a store in a folder that is only read; with no log, nothing has to be.
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or (
            log.exists() and log.stat().st_size
        ):
            raise
        return alone(path)
    except BaseException:
        connection.close()
        raise
    return connection


def alone(path: Path) -> sqlite3.Connection:
    """A connection that reads a file that nobody writes, and leaves nothing beside it."""
    return sqlite3.connect(_uri(path, "mode=ro&immutable=1"), uri=True, isolation_level=None, check_same_thread=False)


def _uri(path: Path, options: str) -> str:
    uri = path.absolute().as_uri()
    if not uri.startswith("file:///"):
        # A share of Windows: SQLite takes no name of a machine there (https://www.sqlite.org/uri.html).
        uri = "file:////" + uri.removeprefix("file://")
    return f"{uri}?{options}"


def is_whole(path: Path, progress: Progress | None = None) -> bool:
    """SQLite's own check of a file that nobody writes; ``sqlite3.Error`` where it cannot even be read."""
    with closing(alone(path)) as connection:
        return is_sound(connection, progress)


def is_sound(connection: sqlite3.Connection, progress: Progress | None = None) -> bool:
    """SQLite's own check. Stopped by ``progress``, it raises ``sqlite3.OperationalError``."""
    if progress is not None:
        connection.set_progress_handler(lambda: not progress(0.5), _STEPS)
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    except UnicodeDecodeError:
        return False
    except sqlite3.DatabaseError as error:
        # Some damage is not listed, but stops the check itself.
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise
    finally:
        connection.set_progress_handler(None, 0)
    return found == [("ok",)]
