"""Making one backup: copied by SQLite itself, read back and checked, and only then given its name."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from models import drives, private, secret
from models.errors import BackupError, Cancelled, PackageError, SecretError, StoreError
from models.i18n import _
from models.store import access
from models.store.backup_names import Backup, backup_at, free_path, leftovers, temporary_path
from models.store.backup_reading import FAULTS, Progress, State, alone, is_sound, reading, state_of
from models.store.damage import damaged
from models.store.files import explain
from models.store.reading import open_reading, private_room

#: What the store is called inside a locked backup.
INSIDE = "kehoachso.db"
#: Pages (of 4 kB) that are copied between two reports of progress.
_PAGES = 512
#: What a file system wants for itself beside a file.
_MARGIN = 256 * 1024
#: Seconds to wait for a program (against viruses) that looks into each new file.
_PATIENCE = 3.0

# What SQLite says of the file that it writes, as the system would; its other words are about the store.
_OF_TARGET = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
#: What it says of a store that is damaged; 0: what is said without it.
_DAMAGE = (0, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_OF_SOURCE = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)


def make(store_path: Path, folder: Path, reason: str, passphrase: str = "", progress: Progress | None = None) -> Backup:
    """Back the store up into ``folder``, made where only it itself is missing; locked where there is a passphrase.

    The copy is one moment of the store, complete in one file, and checked: it opens, SQLite finds it sound, it has the
    plans and the last edit of that moment. Nobody who writes to the store has to wait. ``BackupError``,
    ``StoreDamaged`` or ``SecretError`` with one sentence, or ``Cancelled``: then nothing is left of it.
    """
    say = progress or (lambda _fraction: True)
    now = datetime.now().replace(microsecond=0)
    _prepare(folder)
    temporary = temporary_path(folder, now)
    try:
        with _snapshot(store_path, folder) as (source, state):
            if passphrase:
                _locked_copy(source, state, temporary, passphrase, say)
            else:
                _copy(source, state, temporary, say)
        target = free_path(folder, now, reason, state.shown, bool(passphrase))
        _place(temporary, target)
    except OSError as error:
        raise BackupError(drives.not_written(folder / temporary.name, error, False)) from None
    finally:
        _remove(temporary)
    say(1.0)
    return backup_at(target)


def _prepare(folder: Path) -> None:
    try:
        # Above it nothing is made: a drive that was pulled out is not to be taken for a folder of the system's.
        if not folder.is_dir() and folder.parent.is_dir():
            private.make_folder(folder)
    except OSError as error:
        raise BackupError(drives.not_written(folder / "x", error, False)) from None
    for path in leftovers(folder):
        with contextlib.suppress(OSError):
            path.unlink()


# ---- the store


@contextmanager
def _snapshot(store_path: Path, folder: Path) -> Iterator[tuple[sqlite3.Connection, State]]:
    """The store as it is at one moment, and stays for this connection; and there is room in ``folder`` for it.

    As long as a connection reads, SQLite's backup never has to begin anew when others write
    (https://www.sqlite.org/backup.html), and with a write-ahead log they never have to wait for it.
    """
    if not store_path.is_file():
        raise BackupError(_("Không tìm thấy kho dữ liệu “{file}” để sao lưu.").format(file=store_path))
    with contextlib.ExitStack() as opened:
        try:
            source = _opened(store_path, opened)
            source.execute("BEGIN")
            state = state_of(source)
            pages, page = (source.execute(f"PRAGMA page_{what}").fetchone()[0] for what in ("count", "size"))
        except (*FAULTS, OSError) as error:
            raise _of_store(error, store_path) from None
        if sentence := drives.no_room(folder, pages * page + _MARGIN):
            raise BackupError(sentence)
        try:
            yield source, state
        except sqlite3.Error as error:
            raise _of_store(error, store_path) from None


def _opened(store_path: Path, until: contextlib.ExitStack) -> sqlite3.Connection:
    if access.shared_as(store_path.parent):
        # What another machine may be writing is copied first.
        return until.enter_context(closing(open_reading(store_path, str, _PATIENCE))).connection
    return until.enter_context(closing(reading(store_path)))


def _of_store(error: BaseException, store_path: Path) -> StoreError:
    if isinstance(error, FAULTS) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
        return damaged(store_path)
    return BackupError(str(explain(error, store_path)))


# ---- its copy


def _copy(source: sqlite3.Connection, state: State, target: Path, say: Progress) -> None:
    """Write ``target``: the whole store in one file, flushed, read back and checked."""

    def copied(_status: int, remaining: int, total: int) -> None:
        if not say(0.6 * (1 - remaining / max(total, 1))):
            raise Cancelled

    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        # Nobody knows the file yet, so no journal has to protect it; it is flushed below.
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode=OFF").fetchall()
            copy.execute("PRAGMA synchronous=OFF")
            source.backup(copy, pages=_PAGES, progress=copied)
        # Its head says that there is a log beside it, as there is beside the store. Held by one connection alone, no
        # memory is shared through a file for that, which a drive of the network could not.
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0)
        if code in _OF_SOURCE or code & 0xFF not in _OF_TARGET:
            raise
        raise OSError(_OF_TARGET[code & 0xFF], str(error)) from None
    with target.open("r+b") as stream:
        os.fsync(stream.fileno())
        drives.forget(stream.fileno())
    if not _is_as(target, state, _of_rest(say)):
        if not is_sound(source):
            raise sqlite3.DatabaseError
        raise _changed(target.parent)


def _is_as(path: Path, state: State, say: Progress) -> bool:
    with closing(alone(path)) as copy:
        try:
            return is_sound(copy, say) and state_of(copy) == state
        except sqlite3.OperationalError as error:
            if not say(1.0):
                raise Cancelled from None
            raise OSError(errno.EIO, str(error)) from None
        except FAULTS:
            return False


def _of_rest(say: Progress) -> Progress:
    return lambda fraction: say(0.6 + 0.4 * fraction)


def _locked_copy(source: sqlite3.Connection, state: State, target: Path, passphrase: str, say: Progress) -> None:
    """Write ``target``, a locked zip file; what is not locked never lies in its folder, and is gone in the end."""
    secret.check(passphrase)
    with private_room() as room:
        plain, again = room / INSIDE, room / "doc-lai.db"
        with _told_of(plain):
            _copy(source, state, plain, lambda fraction: say(0.5 * fraction))
        secret.lock_file(plain, INSIDE, target, passphrase, lambda fraction: say(0.5 + 0.3 * fraction))
        with target.open("rb") as stream:
            drives.forget(stream.fileno())
        with _told_of(again):
            try:
                secret.unlock_file(target, again, passphrase, lambda fraction: say(0.8 + 0.2 * fraction))
            except (PackageError, SecretError):
                raise _changed(target.parent) from None
        if not filecmp.cmp(plain, again, shallow=False):
            raise _changed(target.parent)


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(drives.not_written(path, error, False)) from None


def _changed(folder: Path) -> BackupError:
    return BackupError(
        _(
            "Bản sao lưu đọc lại từ “{folder}” không giống kho dữ liệu nên đã bị bỏ; ổ đĩa có thể bị hỏng, "
            "hãy dùng ổ đĩa khác."
        ).format(folder=folder)
    )


# ---- its name


def _place(temporary: Path, target: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(temporary, target)
            break
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
    try:
        drives.sync_folder(target.parent)
    except OSError:
        _remove(target)
        raise


def _remove(path: Path) -> None:
    # Beside it as well: SQLite's own, where it was stopped.
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        with contextlib.suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)
