"""A new store made of the plans that were taken out of a damaged one."""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from models import drives, private
from models.errors import UserError
from models.i18n import N_
from models.plan import Plan
from models.store.backup_contents import Contents
from models.store.columns import TABLE_NAMES
from models.store.compaction import FORGOTTEN
from models.store.damage import READY_NAME
from models.store.files import FILE_NAME, explain, who
from models.store.layout import Row
from models.store.migrations import migrate
from models.store.pages import Value
from models.store.reader import read_plan
from models.store.replay import Key, Log
from models.store.salvage import salvage
from models.store.salvaged_plan import PARTS, SalvagedPlan

#: Raises a ``UserError`` where a plan is none.
Check = Callable[[Plan], object]

#: Bytes of the record that a package ends with.
_ZIP_END = 22
#: What SQLite keeps beside a store.
BESIDE = ("-wal", "-shm", "-journal")
_LABEL = N_("Khôi phục từ kho dữ liệu bị hỏng")


def look_through(
    folder: Path, backup: Contents | None, check: Check, progress: Callable[[float], bool] | None = None
) -> list[SalvagedPlan]:
    """What is left of each plan of the damaged store in ``folder``, as ``salvage`` tells; nothing is changed there.

    A plan that cannot be read as one, or for which ``check`` raises a ``UserError``, is lost.
    """
    path = folder / FILE_NAME
    try:
        plans = salvage(path if path.is_file() else Path(os.devnull), backup, progress)
    except OSError as error:
        raise explain(error, path) from None
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, str(path))
        kept = _fill(connection, plans, check)
    for plan in plans:
        if plan.rows and plan.id not in kept:
            plan.status, plan.rows, plan.lost = "lost", {}, []
    return plans


def rebuild(folder: Path, plans: Sequence[SalvagedPlan], check: Check) -> list[str]:
    """Make a new store of these plans, ready to take the place of the damaged one; gives the ids that are in it.

    With each plan comes its history as far as it can be relied on, and its kept final exports that are whole. A plan
    that cannot be read back, or for which ``check`` raises a ``UserError``, is left out. ``StoreError`` where nothing
    can be written; then nothing is left of it.
    """
    ready = folder / READY_NAME
    temporary = ready.with_name(f"{ready.name}.tmp")
    try:
        _remove(temporary)
        with open(temporary, "xb", opener=private.opener):
            pass
        with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            migrate(connection, str(temporary))
            connection.execute("BEGIN")
            kept = _fill(connection, plans, check)
            _number(connection, plans)
            connection.execute("COMMIT")
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise sqlite3.DatabaseError(found)
        with temporary.open("r+b") as stream:
            os.fsync(stream.fileno())
        os.replace(temporary, ready)
        # Before the damaged one is moved away: else a power cut could leave neither of the two names.
        drives.sync_folder(folder)
    except (sqlite3.Error, OSError) as error:
        _remove(temporary)
        _remove(ready)
        raise explain(error, ready) from None
    return kept


def _fill(connection: sqlite3.Connection, plans: Sequence[SalvagedPlan], check: Check) -> list[str]:
    """Put the plans into an empty store; gives the ids of those that can be read back."""
    taken: set[Key] = set()
    kept = []
    for plan in plans:
        if not plan.rows:
            continue
        connection.execute("SAVEPOINT one_plan")
        _renumber(plan, taken)
        try:
            _insert(connection, plan)
            is_good = _is_good(connection, plan.id, check)
        except (sqlite3.IntegrityError, OverflowError):
            is_good = False
        if is_good:
            kept.append(plan.id)
            taken |= _keys(plan)
        else:
            connection.execute("ROLLBACK TO one_plan")
        connection.execute("RELEASE one_plan")
    return kept


def _keys(plan: SalvagedPlan) -> set[Key]:
    return {*plan.rows, *(("edit", number) for number in plan.log.edits)}


def _renumber(plan: SalvagedPlan, taken: set[Key]) -> None:
    """Give the parts of a plan new keys where others have some of them: it comes from a backup of another store.

    Its history is left behind then, which goes by the old ones.
    """
    if not _keys(plan) & taken:
        return
    plan.log, plan.steps = Log(), set()
    following = max((key for _table, key in taken if isinstance(key, int)), default=0)
    new: dict[Key, Value] = {("plan", plan.id): plan.id}
    for table, key in plan.rows:
        if table != "plan":
            following += 1
            new[table, key] = following
    owners = {table: dict(columns) for table, columns in PARTS}
    plan.rows = {
        (table, new[table, key]): {
            name: new[table, key] if name == "id" else new.get((owners.get(table, {}).get(name, ""), value), value)
            for name, value in row.items()
        }
        for (table, key), row in plan.rows.items()
    }


def _insert(connection: sqlite3.Connection, plan: SalvagedPlan) -> None:
    by_table: dict[str, list[Row]] = {table: [] for table in TABLE_NAMES.values()}
    for (table, _key), row in plan.rows.items():
        by_table[table].append(row)
    for table, rows in by_table.items():
        _insert_rows(connection, table, rows)
    for number, edit in plan.log.edits.items():
        changes = plan.log.changes.get(number, [])
        undone = edit["undone"]
        if number not in plan.steps:
            if undone == 1:
                # It cannot be made again.
                continue
            # Its line stays; without its changes it is no step of undo.
            undone, changes = FORGOTTEN, []
        _insert_rows(connection, "edit", [{**edit, "undone": undone}])
        # Their own keys are used again once they are free: those of a backup may be others' by now.
        _insert_rows(connection, "change", [{**change, "id": None} for change in changes])
    _insert_rows(connection, "exported", [row for row in plan.exports if _is_whole(row["package"])])


def _insert_rows(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    known = {record[1] for record in connection.execute(f'PRAGMA table_info("{table}")')}
    for row in rows:
        values = {name: value for name, value in row.items() if name in known}
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))


def _is_whole(package: object) -> bool:
    """Whether a kept package is as it was: it has checksums of its own."""
    if not isinstance(package, bytes) or package[-_ZIP_END : 4 - _ZIP_END] != b"PK\x05\x06":
        # Else the end of a workbook that lies in it would be taken for its own.
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            return opened.testzip() is None
    except Exception:
        # A damaged zip raises whatever comes to it: struct.error, zlib.error, NotImplementedError …
        return False


def _is_good(connection: sqlite3.Connection, plan_id: str, check: Check) -> bool:
    try:
        plan = read_plan(connection, plan_id)
        if plan is not None:
            check(plan)
        return plan is not None
    except (UserError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return False


def _number(connection: sqlite3.Connection, plans: Sequence[SalvagedPlan]) -> None:
    """Let no key be given twice, neither of what is gone but in the log; and say in each history what happened."""
    last: dict[str, int] = {}
    for plan in plans:
        keys = [key for key, _row in plan.rows.items()]
        keys += [(str(row["part"]), row["key"]) for rows in plan.log.changes.values() for row in rows]
        keys += [("edit", number) for number in plan.log.edits]
        for table, key in keys:
            if isinstance(key, int):
                last[table] = max(last.get(table, 0), key)
    for table, key in last.items():
        if connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (key, table)).rowcount == 0:
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, key))
    now, name = datetime.now().isoformat(timespec="seconds"), who()
    for (plan_id,) in connection.execute("SELECT id FROM plan").fetchall():
        connection.execute(
            "INSERT INTO edit (plan_id, label, at, who, undone) VALUES (?, ?, ?, ?, 0)", (plan_id, _LABEL, now, name)
        )


def _remove(path: Path) -> None:
    for ending in ("", *BESIDE):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
