"""Migrations that are stopped at each of their statements, by a fault or by a kill; and stores of a newer program."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models import document
from models.errors import StoreError
from models.store import Store, migrations
from models.store.access import LOCK_NAME
from models.store.files import FILE_NAME
from tests.models.store.test_migrations import OLD_FILES, schema
from tests.plans import fixture_plan, small_plan
from tests.ui.program import ROOT

#: More than the statements of all migrations together.
_MANY = 200


class Failing(sqlite3.Connection):
    """A connection that fails in the place of a statement, the first, second, … of those that change something."""

    left = _MANY

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        changes = (
            not sql.startswith(("SELECT", "ROLLBACK")) and "table_info" not in sql and sql != "PRAGMA user_version"
        )
        if changes:
            type(self).left -= 1
            if type(self).left == 0:
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error
        return super().execute(sql, *arguments)


def whole(path: Path) -> tuple[int, list[str]]:
    """All that a store says: its version, its schema and every row of it."""
    with closing(sqlite3.connect(path)) as connection:
        return migrations.version(connection), list(connection.iterdump())


def versions(path: Path, before: int) -> Iterator[tuple[int, list[str]]]:
    """What a store of a version is, and what it becomes with each migration after it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for number in range(before, migrations.SCHEMA + 1):
            if number > before:
                connection.execute("BEGIN")
                migrations.MIGRATIONS[number - 1](connection)
                connection.execute(f"PRAGMA user_version = {number}")
                connection.execute("COMMIT")
            yield number, list(connection.iterdump())


@pytest.mark.parametrize("number", range(migrations.SCHEMA))
def test_a_fault_at_each_statement_leaves_a_whole_version(tmp_path: Path, number: int) -> None:
    """Version 0 is a store that is made for the first time."""
    old = tmp_path / "old.db"
    if number:
        shutil.copy(OLD_FILES / f"v{number}.db", old)
        shutil.copy(old, tmp_path / "steps.db")
    known = dict(versions(tmp_path / "steps.db", number))
    path = tmp_path / "a.db"
    for at in range(1, _MANY):
        path.unlink(missing_ok=True)
        if number:
            shutil.copy(old, path)
        Failing.left = at
        with closing(sqlite3.connect(path, isolation_level=None, factory=Failing)) as connection:
            try:
                migrations.migrate(connection, str(path))
            except sqlite3.OperationalError:
                assert not connection.in_transaction
            else:
                break
        version, said = whole(path)
        assert said == known[version], at
    assert at > 10 and whole(path) == (migrations.SCHEMA, known[migrations.SCHEMA])


@pytest.mark.parametrize("number", range(1, migrations.SCHEMA))
def test_a_store_opens_after_a_fault_at_each_statement(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def failing(*arguments: Any, **options: Any) -> sqlite3.Connection:
        return real(*arguments, **{**options, "factory": Failing})

    folder.mkdir()
    for at in range(1, _MANY):
        shutil.copy(OLD_FILES / f"v{number}.db", folder / FILE_NAME)
        Failing.left = at
        with monkeypatch.context() as patch:
            patch.setattr(sqlite3, "connect", failing)
            try:
                Store(folder).close()
            except StoreError as error:
                assert str(folder) in str(error)
            else:
                break
        with Store(folder) as store:
            assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small_plan())
            assert is_there(store)
        for left in folder.glob(f"{FILE_NAME}*"):
            left.unlink()
    assert at > 5


def is_there(store: Store) -> bool:
    """Whether the edited plan of ``tests/old_files`` is whole: undone to its beginning it is the one that it was."""
    opened = store.open_plan(fixture_plan(0).id)
    while opened.undo():
        pass
    expected = fixture_plan(0)
    expected.revision = opened.plan.revision
    return document.to_bytes(opened.plan) == document.to_bytes(expected)


_KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from models.store import Store

left = int(sys.argv[2])

class Dying(sqlite3.Connection):
    def execute(self, sql, *arguments):
        global left
        # From the first statement that migrates on.
        if sql.startswith("BEGIN") or left < int(sys.argv[2]):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(sql, *arguments)

real = sqlite3.connect
sqlite3.connect = lambda *arguments, **options: real(*arguments, **{**options, "factory": Dying})
Store(Path(sys.argv[1])).close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("number", range(1, migrations.SCHEMA))
@pytest.mark.parametrize("at", [1, 2, 4, 6, 8, 10, 11, 12])
def test_a_store_opens_after_a_kill_in_its_migration(folder: Path, number: int, at: int) -> None:
    folder.mkdir()
    shutil.copy(OLD_FILES / f"v{number}.db", folder / FILE_NAME)
    run = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), str(at)], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    with Store(folder) as store, closing(sqlite3.connect(":memory:")) as new:
        migrations.migrate(new, "")
        assert schema(store.connection) == schema(new)
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small_plan())
        assert is_there(store)


# ---- a newer program's store


def newer(path: Path) -> None:
    """A store of the next version, with a table and rows that this program knows nothing of."""
    shutil.copy(OLD_FILES / f"v{migrations.SCHEMA}.db", path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO later VALUES (1)")
        connection.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
        connection.commit()


def seen(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its bytes, when it was changed, and its rights; but for the lock, which says who looked."""
    found = {}
    for path in folder.iterdir():
        if path.name != LOCK_NAME:
            stat = path.stat()
            found[path.name] = (path.read_bytes(), stat.st_mtime_ns, stat.st_mode)
    return found


@pytest.mark.parametrize("has_log", [False, True])
@pytest.mark.parametrize("reading", [False, True])
def test_a_newer_store_is_refused_untouched(folder: Path, tmp_path: Path, has_log: bool, reading: bool) -> None:
    """Also where the newer program was killed, and its log still lies beside the store."""
    folder.mkdir()
    path = folder / FILE_NAME
    if has_log:
        made = tmp_path / "a.db"
        shutil.copy(OLD_FILES / f"v{migrations.SCHEMA}.db", made)
        with closing(sqlite3.connect(made)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
            connection.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")
            connection.commit()
            for end in ("", "-wal"):
                shutil.copy(f"{made}{end}", f"{path}{end}")
    else:
        newer(path)
    # As the program leaves its files: it takes others' rights away, whatever it finds.
    for file in folder.iterdir():
        file.chmod(0o600)
    before = seen(folder)
    for _time in range(2):
        with pytest.raises(StoreError, match=r"mới hơn.*hãy cập nhật chương trình"):
            Store(folder, reading=reading)
        assert seen(folder) == before
