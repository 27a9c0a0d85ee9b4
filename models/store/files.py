"""The file of the store: where it lies, how it is opened, and what its errors mean to a person."""

from __future__ import annotations

import errno
import os
import sqlite3
from functools import partial
from pathlib import Path

from models import drives, private
from models.errors import StoreError, inside, reason
from models.i18n import _
from models.store import access, trust
from models.store.damage import damaged, quick_look
from models.store.migrations import SCHEMA, migrate, version
from models.store.newer import refuse_newer
from models.store.reading import Opened, empty, open_reading, uri_of

FILE_NAME = "kehoachso.db"

#: How long (ms) a writer waits for another one before it says that the store is in use.
_BUSY_TIMEOUT = 5000

#: Bytes that the write-ahead log keeps once it is written back: what SQLite lets it grow to before it does that.
_WAL_LIMIT = 4 << 20

#: A write may spoil all of the sector that it changes a part of (https://www.sqlite.org/psow.html): cheap sticks do so.
#: Then SQLite never writes into a sector in which a commit lies already.
_ADDRESS = "psow=0"

#: How the store is written; ``docs/reliability.md`` gives the reasons for each.
_WRITING = (
    "journal_mode=WAL",
    "synchronous=EXTRA",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    f"journal_size_limit={_WAL_LIMIT}",
    "mmap_size=0",
    "temp_store=MEMORY",
    "cell_size_check=ON",
)

#: With less room than this (bytes) on its drive the store cannot work.
_LITTLE = 256 * 1024

#: What the system says where writing is not allowed.
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def connect(folder: Path, reading: bool = False, waits: bool = True) -> Opened:
    """Open the store in ``folder``: for this process alone to write, or where that may not be, or on wish, to read.

    ``why`` of what is opened is ``None`` where it can be written. Then a store that is not there yet is made, and
    an older one is brought to the newest schema. Another program that is about to end is waited for, if it ``waits``.
    """
    path = folder / FILE_NAME
    if reading and path.exists():
        return _read(path, partial(_asked, path))
    try:
        private.make_folder(folder)
    except OSError as error:
        raise StoreError(
            _("Không tạo được thư mục dữ liệu “{folder}” ({reason}); hãy chọn thư mục khác bằng --data.").format(
                folder=folder, reason=reason(error)
            )
        ) from None
    if reading:
        return empty(partial(_asked, path))
    why, release = access.ask(folder, path.exists, waits)
    if why is not None:
        return _read(path, why)
    try:
        return Opened(_open(path), uri_of(path), None, release)
    except (sqlite3.Error, OSError) as error:
        release()
        if path.is_file() and _is_refused(error):
            return _read(path, partial(access.unwritable, path, error))
        raise explain(error, path) from None
    except BaseException:
        release()
        raise


def _open(path: Path) -> sqlite3.Connection:
    """Open the store for writing: made where it is not there yet, and brought to the newest schema."""
    connection: sqlite3.Connection | None = None
    try:
        # SQLite makes the file when it is first written: a power cut may leave it empty.
        fresh = _size(path) == 0
        private.tighten(path.parent)
        _look(path)
        address = f"{path.absolute().as_uri()}?{_ADDRESS}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_BUSY_TIMEOUT / 1000)
        if fresh:
            os.chmod(path, 0o600)
            # Room that the undo log gave up can be given back to the disk; only before the first table is made.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        trust.harden(connection)
        # A store of a newer program is left untouched; any other is migrated with the same care as it is edited.
        if (found := version(connection)) <= SCHEMA:
            trust.check_schema(connection, found, path)
            for pragma in _WRITING:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        if version(connection) != SCHEMA:
            if 0 < version(connection) < SCHEMA:
                from models.store import backups

                backups.before_migration(path)
            migrate(connection, str(path))
        connection.execute("PRAGMA foreign_keys=ON")
        if fresh:
            drives.sync_folder(path.parent)
        _try_writing(connection)
        return connection
    except BaseException:
        if connection is not None:
            connection.close()
        raise


def _try_writing(connection: sqlite3.Connection) -> None:
    """SQLite opens what it may not write without a word: a writing that changes nothing tells, and costs no disk."""
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute("DELETE FROM recording WHERE 0")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
    connection.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT}")


def _is_refused(error: BaseException) -> bool:
    """Whether writing is not allowed; SQLite says "cannot open" where it may not make a file beside the store."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    number = getattr(error, "errno", None)
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM) or number in _REFUSED


def _asked(path: Path) -> str:
    return _("Kho dữ liệu “{file}” được mở chỉ để đọc.").format(file=path)


def _read(path: Path, why: access.Why) -> Opened:
    """Open the store for reading, which ``why`` explains."""
    if not path.exists():
        raise StoreError(
            _("Thư mục “{folder}” chưa có kho dữ liệu, và không tạo được kho mới: {reason}").format(
                folder=path.parent, reason=inside(why())
            )
        )
    try:
        _look(path)
        return open_reading(path, why, _BUSY_TIMEOUT / 1000)
    except (sqlite3.Error, OSError) as error:
        raise explain(error, path) from None


def _look(path: Path) -> None:
    """Refuse what head and size show to be damaged: SQLite itself would take a short file for an empty one.

    And what is newer, before SQLite opens it and changes what lies beside it.
    """
    if why := quick_look(path):
        raise damaged(path, why)
    refuse_newer(path)


def _is_full(code: int, path: Path) -> bool:
    """Whether a failure of the disk is that it is full: SQLite's memory beside the store tells that as an error."""
    return code == sqlite3.SQLITE_IOERR and bool(drives.no_room(path.parent, _LITTLE))


def _size(path: Path) -> int:
    """The size of a file in bytes; 0 where it is not there."""
    return path.stat().st_size if path.exists() else 0


def explain(error: BaseException, path: Path) -> StoreError:
    """The sentence for a failure of SQLite or of the disk under it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    number = getattr(error, "errno", None)
    text = str(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        sentence = _("Kho dữ liệu “{file}” đang được một chương trình khác ghi; hãy đóng chương trình đó rồi thử lại.")
    elif code == sqlite3.SQLITE_FULL or number == errno.ENOSPC or _is_full(code, path):
        sentence = _("Ổ đĩa chứa kho dữ liệu “{file}” đã đầy; hãy giải phóng dung lượng rồi thử lại.")
    elif code == sqlite3.SQLITE_READONLY or number in _REFUSED:
        sentence = _("Không ghi được vào kho dữ liệu “{file}”; hãy kiểm tra quyền ghi của thư mục.")
    elif code == sqlite3.SQLITE_CANTOPEN:
        sentence = _("Không mở được kho dữ liệu “{file}”; hãy kiểm tra thư mục và quyền truy cập.")
    elif code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or "not a database" in text or "decode" in text:
        return damaged(path)
    elif code == sqlite3.SQLITE_IOERR or isinstance(error, OSError):
        sentence = _("Ổ đĩa báo lỗi khi đọc hoặc ghi “{file}”; hãy kiểm tra ổ đĩa hoặc USB rồi thử lại.")
    else:
        sentence = _("Kho dữ liệu “{file}” báo lỗi nên chưa lưu được; hãy đóng chương trình rồi mở lại.")
    return StoreError(sentence.format(file=path))


def who() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
