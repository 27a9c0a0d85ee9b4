"""Opening a store that this program may not write: in place where SQLite can, else a private copy of it.

SQLite reads a store with a write-ahead log in place only where its two side files are there or can be made
(https://www.sqlite.org/wal.html#readonly). On a medium that nobody can write, a store without a log is read as
``immutable``. All else is copied first: what lies on the network (the log needs memory that is shared by one machine),
a log that can be neither joined nor rolled in, and a store of an older schema, which is migrated in the copy.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import StoreError, reason
from models.i18n import _
from models.locks import Held, lock
from models.store import access, trust
from models.store.migrations import SCHEMA, migrate, version

_PREFIX = "kehoachso-doc-"
#: How often a store that changes meanwhile is copied anew.
_ATTEMPTS = 5
#: After this time (seconds) a copy has its lock, or none any more.
_YOUNG = 60
_FULL = (errno.ENOSPC, errno.EDQUOT)


class Opened:
    """An open store. ``uri`` is what another connection reads the same by; ``why`` it is only read, if it is."""

    def __init__(
        self, connection: sqlite3.Connection, uri: str, why: access.Why | None, release: Callable[[], None]
    ) -> None:
        self.connection, self.uri, self.why = connection, uri, why
        self._release = release

    def close(self) -> None:
        """Close the store, then let others write it."""
        try:
            self.connection.close()
        finally:
            self._release()


def uri_of(path: Path, more: str = "") -> str:
    """The address by which a store is read and not written."""
    return f"{path.absolute().as_uri()}?mode=ro{more}"


def empty(why: access.Why) -> Opened:
    """A store that has nothing in it, for who only reads where none is."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, "")
    return Opened(connection, "file::memory:", why, access.nothing)


def open_reading(path: Path, why: access.Why, timeout: float) -> Opened:
    """Open the store at ``path`` for reading, which ``why`` explains.

    ``StoreError`` where it is newer than this program or cannot be copied; else errors of SQLite and of the disk.
    """
    if not access.shared_as(path.parent):
        # Where the log cannot be joined, a store that nobody can change is read without.
        for more in ("", "&immutable=1") if _is_still(path) else ("",):
            connection = sqlite3.connect(uri_of(path, more), uri=True, isolation_level=None, timeout=timeout)
            try:
                if (found := version(connection)) == SCHEMA:
                    trust.harden(connection)
                    trust.check_schema(connection, found, path)
            except sqlite3.OperationalError:
                connection.close()
                continue
            except BaseException:
                connection.close()
                raise
            if found == SCHEMA:
                return Opened(connection, uri_of(path, more), why, access.nothing)
            connection.close()
            break
    return _copied(path, why)


def _is_still(path: Path) -> bool:
    """Whether nobody can change the store: the drive is read-only, and nothing waits in a log."""
    try:
        is_fixed = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except (OSError, AttributeError):
        return False
    return is_fixed and not _size(_log(path))


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


# ---- a copy


def _copied(path: Path, why: access.Why) -> Opened:
    """The store as it is now, in a folder of this user alone that is gone when it is closed."""
    import shutil

    room, let_go = _room()
    copy = room / path.name
    connection: sqlite3.Connection | None = None
    try:
        connection = _whole_copy(path, copy)
        trust.harden(connection)
        if (found := version(connection)) <= SCHEMA:
            trust.check_schema(connection, found, path)
        migrate(connection, str(path))
        connection.execute("PRAGMA query_only=ON")
    except BaseException:
        if connection is not None:
            connection.close()
        let_go()
        shutil.rmtree(room, ignore_errors=True)
        raise

    def release() -> None:
        let_go()
        remove()

    opened = Opened(connection, uri_of(copy), why, release)
    # Also where it is never closed.
    remove = weakref.finalize(opened, shutil.rmtree, room, True)
    return opened


@contextmanager
def private_room() -> Iterator[Path]:
    """A temporary folder of this user alone; what a killed program left in such a one goes at the next time.

    ``StoreError`` where it cannot be made.
    """
    import shutil

    room, let_go = _room()
    try:
        yield room
    finally:
        let_go()
        shutil.rmtree(room, ignore_errors=True)


def _room() -> tuple[Path, Callable[[], None]]:
    """A new temporary folder, and what lets its lock go, as long as which nobody sweeps it away."""
    import shutil
    import tempfile

    try:
        _sweep(Path(tempfile.gettempdir()))
        room = Path(tempfile.mkdtemp(prefix=_PREFIX))
    except OSError as error:
        raise _no_room(error) from error
    try:
        return room, lock(room / access.LOCK_NAME, shared=False)
    except OSError as error:
        shutil.rmtree(room, ignore_errors=True)
        raise _no_room(error) from error


def _whole_copy(path: Path, copy: Path) -> sqlite3.Connection:
    """A copy of a store and its log that belong together, open, the log rolled in.

    Somebody may write meanwhile: then it is copied anew. That nothing slipped through is looked at in the copy.
    """
    for attempt in range(_ATTEMPTS):
        before = _state(path)
        _copy(path, copy)
        if before[1] is not None:
            _copy(_log(path), _log(copy))
        else:
            _log(copy).unlink(missing_ok=True)
        if _state(path) != before and attempt + 1 < _ATTEMPTS:
            continue
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                return connection
        except sqlite3.DatabaseError:
            if attempt + 1 == _ATTEMPTS:
                connection.close()
                raise
        connection.close()
    raise sqlite3.DatabaseError("file is not a database")


def _state(path: Path) -> tuple[tuple[int, int] | None, ...]:
    """When the store and its log were written last, and how large they are."""
    found: list[tuple[int, int] | None] = []
    for one in (path, _log(path)):
        try:
            status = one.stat()
            found.append((status.st_mtime_ns, status.st_size))
        except FileNotFoundError:
            found.append(None)
    return tuple(found)


def _copy(path: Path, copy: Path) -> None:
    import shutil

    with path.open("rb") as source:
        try:
            with copy.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except OSError as error:
            if error.errno in _FULL:
                raise _no_room(error) from error
            raise


def _no_room(error: OSError) -> StoreError:
    return StoreError(
        _(
            "Không chép được kho dữ liệu vào thư mục tạm của máy để đọc ({reason}); "
            "hãy giải phóng dung lượng ổ đĩa rồi thử lại."
        ).format(reason=reason(error))
    )


def _sweep(temporary: Path) -> None:
    """Remove the copies of programs that were killed: their locks are let go of."""
    import shutil

    for room in temporary.glob(_PREFIX + "*"):
        try:
            status = room.lstat()
            if stat.S_ISDIR(status.st_mode) and time.time() - status.st_mtime > _YOUNG:
                lock(room / access.LOCK_NAME, shared=False)()
                shutil.rmtree(room, ignore_errors=True)
        except (Held, OSError):
            continue
