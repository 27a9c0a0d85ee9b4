"""What is in a backup: opened as a copy of its own, checked, and brought to the newest schema there."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import drives, secret
from models.errors import BackupError, SecretError, StoreError
from models.i18n import _
from models.plan import Plan
from models.store import trust
from models.store.backup_names import Backup, damaged, foreign, newer, unreadable
from models.store.backup_reading import FAULTS, is_sound
from models.store.migrations import SCHEMA, migrate, version
from models.store.reader import read_plan
from models.store.reading import private_room


@dataclass(frozen=True, slots=True)
class Held:
    """A plan in a backup; ``changed`` is local time (ISO 8601)."""

    id: str
    unit_name: str
    subject: str
    period_from: int | None
    period_to: int | None
    revision: int
    changed: str
    is_deleted: bool


class Contents:
    """An opened backup. Any thread may use it, one at a time; ``BackupError`` where something cannot be read."""

    def __init__(self, backup: Backup, connection: sqlite3.Connection) -> None:
        self.backup = backup
        self._connection = connection
        query = """
            SELECT p.id, p.unit_name, p.subject, p.period_from, p.period_to, p.revision,
                   coalesce((SELECT at FROM edit WHERE plan_id = p.id AND undone <> 1 ORDER BY id DESC LIMIT 1), ''),
                   p.deleted IS NOT NULL
            FROM plan p ORDER BY 8, 7 DESC, p.id"""
        #: Its plans, those in the bin last, the last changed first.
        self.plans = [
            Held(plan_id, unit, subject, first, last, revision, changed, bool(is_deleted))
            for plan_id, unit, subject, first, last, revision, changed, is_deleted in self._rows(query, ())
        ]

    def read(self, plan_id: str) -> Plan:
        """A plan by its id, which belongs to whoever asked for it."""
        with self._told():
            plan = read_plan(self._connection, plan_id)
        if plan is None:
            raise BackupError(
                _("Bản sao lưu “{file}” không có kế hoạch “{id}”.").format(file=self.backup.path.name, id=plan_id)
            )
        return plan

    def rows(self, table: str, where: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
        """The rows of a table, each by the names of its columns; for ``store`` alone."""
        names = [name for name, _type in self._rows("SELECT name, type FROM pragma_table_info(?)", (table,))]
        found = self._rows(f'SELECT * FROM "{table}" {where}', values)
        return [dict(zip(names, row, strict=True)) for row in found]

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._told():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        # Whoever put a strange file together may have put anything into its columns.
        try:
            yield
        except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise BackupError(damaged(self.backup.path)) from None


@contextmanager
def opened(backup: Backup, passphrase: str = "") -> Iterator[Contents]:
    """What is in a backup, which itself is not touched: it is copied, and the copy looked into.

    ``BackupError`` where it is damaged, of a newer program or none at all; ``SecretError`` where it is locked and the
    passphrase is missing or another one.
    """
    if backup.fault:
        raise BackupError(backup.fault)
    with private_room() as room:
        copy = room / "kehoachso.db"
        _fetch(backup, passphrase, copy)
        try:
            connection = _checked(backup, copy)
        except (*FAULTS, StoreError) as error:
            raise (error if isinstance(error, BackupError) else BackupError(damaged(backup.path))) from None
        with closing(connection):
            yield Contents(backup, connection)


def _fetch(backup: Backup, passphrase: str, copy: Path) -> None:
    if sentence := drives.no_room(copy.parent, backup.size):
        raise BackupError(sentence)
    if not backup.is_locked:
        for path, to in ((backup.path, copy), (_log(backup.path), _log(copy))):
            _fetch_plain(path, to, backup)
        return
    if not passphrase:
        raise SecretError(_("Bản sao lưu “{file}” được đặt mật khẩu; hãy nhập mật khẩu.").format(file=backup.path.name))
    try:
        secret.unlock_file(backup.path, copy, passphrase)
    except OSError as error:
        raise BackupError(drives.not_written(copy, error, False)) from None


def _fetch_plain(path: Path, to: Path, backup: Backup) -> None:
    """Copy a file. What was picked may be a store that was not closed: its log, if any, is a part of it."""
    if path != backup.path and not path.exists():
        return
    try:
        with path.open("rb") as source, to.open("xb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise BackupError(drives.not_written(to, error, False)) from None
        raise BackupError(unreadable(backup.path)) from None


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _checked(backup: Backup, copy: Path) -> sqlite3.Connection:
    """A connection to the copy, which is sound and of the newest schema; ``sqlite3.Error`` where it cannot be."""
    connection = sqlite3.connect(copy, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        trust.harden(connection)
        found = version(connection)
        if found > SCHEMA:
            raise BackupError(newer(backup.path))
        if not is_sound(connection):
            raise BackupError(damaged(backup.path))
        if not found or not _is_ours(connection, found, backup.path):
            raise BackupError(foreign(backup.path))
        trust.believe(connection)
        if found < SCHEMA:
            migrate(connection, str(backup.path))
        connection.execute("PRAGMA query_only=ON")
        return connection
    except BaseException:
        connection.close()
        raise


def _is_ours(connection: sqlite3.Connection, number: int, path: Path) -> bool:
    try:
        trust.check_schema(connection, number, path)
    except StoreError:
        return False
    return True
