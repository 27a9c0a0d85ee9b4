"""What is opened as a backup: looked at before it is believed, refused with a sentence, and never touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models import document
from models.errors import BackupError, StoreError
from models.store import Store, backups, migrations
from tests.models.store.test_backup_restoring import OLD_FILES, made
from tests.models.store.test_undo import state
from tests.plans import fixture_plan, small_plan

ROOT = Path(__file__).parents[3]


def test_one_of_a_newer_program_is_told_and_refused(store: Store) -> None:
    store.add(small_plan())
    backup = made(store)
    with closing(sqlite3.connect(backup.path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    found = backups.listed(backup.path.parent)[0]
    assert "mới hơn" in found.fault
    for strange in (found, backup):
        with pytest.raises(BackupError, match=r"mới hơn.*hãy cập nhật"), backups.opened(strange):
            pass


# ---- what is no backup


def test_one_that_is_cut_or_spoilt_is_refused(store: Store) -> None:
    store.add(fixture_plan(0))
    backup = made(store)
    whole = backup.path.read_bytes()
    for data in (b"", whole[:50], whole[:4096], whole[:-1], whole + b"x", b"\0" * len(whole)):
        backup.path.write_bytes(data)
        found = backups.listed(backup.path.parent)[0]
        assert "bị hỏng" in found.fault and found.path == backup.path
        with pytest.raises(BackupError, match="bị hỏng"), backups.opened(found):
            pass
    # What the head does not tell, opening does.
    for page in range(1, len(whole) // 4096):
        spoilt = bytearray(whole)
        spoilt[page * 4096 : page * 4096 + 200] = os.urandom(200)
        backup.path.write_bytes(spoilt)
        try:
            with backups.opened(backups.listed(backup.path.parent)[0]) as held:
                held.read(fixture_plan(0).id)
        except BackupError as error:
            assert "bị hỏng" in str(error) or "không phải" in str(error)


def test_files_that_are_none(tmp_path: Path) -> None:
    other = tmp_path / "khác.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE plan (id)")
    text = tmp_path / "ghi chú.txt"
    text.write_text("Không phải")
    zipped = tmp_path / "gói.zip"
    zipped.write_bytes(b"PK\x05\x06" + bytes(18))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "ống")
    for path in (other, text, zipped, tmp_path, tmp_path / "ống", tmp_path / "không có.db"):
        with pytest.raises(BackupError) as caught, backups.opened(backups.backup_at(path), "mật khẩu bất kỳ"):
            pass
        assert str(path) in str(caught.value) and str(caught.value).endswith(".")
    assert backups.listed(tmp_path, text, tmp_path / "không có") == []


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER x AFTER UPDATE ON plan BEGIN DELETE FROM plan; END",
        "DROP TABLE edit; CREATE VIEW edit AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i AS id, '' AS plan_id, '' AS at, 0 AS undone FROM n",
    ],
)
def test_a_hostile_one_runs_nothing(tmp_path: Path, change: str) -> None:
    """Views in place of tables, and triggers that would do more than the program's own."""
    backup = backups.make(OLD_FILES / "v1.db", tmp_path / "sao-luu", "asked")
    with closing(sqlite3.connect(backup.path)) as connection:
        connection.executescript(change)
    found = backups.listed(backup.path.parent)[0]
    with pytest.raises(BackupError, match="không phải bản sao lưu"), backups.opened(found):
        pass


def test_a_store_that_was_not_closed_is_read_with_its_log(store: Store, tmp_path: Path) -> None:
    """The officer picks a copy of the data folder instead of a backup."""
    store.add(fixture_plan(2))
    copied = tmp_path / "chép tay"
    copied.mkdir()
    for name in ("kehoachso.db", "kehoachso.db-wal"):
        shutil.copy(store.folder / name, copied / name)
    before = sorted(path.name for path in copied.iterdir())
    with backups.opened(backups.backup_at(copied / "kehoachso.db")) as held:
        assert document.to_bytes(held.read(fixture_plan(2).id)) == document.to_bytes(fixture_plan(2))
    assert sorted(path.name for path in copied.iterdir()) == before


def test_the_copy_of_a_killed_program_goes_at_the_next_opening(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(small_plan())
    own = tmp_path / "tạm"
    own.mkdir()
    backup = backups.make(store.path, backups.folder_of(store.folder), "asked")
    code = """
import os, signal, sys
from pathlib import Path
from models.store import backups
with backups.opened(backups.backup_at(Path(sys.argv[1]))):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    arguments = [sys.executable, "-c", code, str(backup.path)]
    killed = subprocess.run(arguments, cwd=ROOT, env={**os.environ, "TMPDIR": str(own)}, timeout=60)
    [left] = own.iterdir()
    assert killed.returncode == -9 and (left / "kehoachso.db").exists()
    os.utime(left, (1_700_000_000,) * 2)
    monkeypatch.setattr("tempfile.tempdir", str(own))
    with backups.opened(backup):
        # One that is open stays, however old it is.
        [opened] = own.iterdir()
        os.utime(opened, (1_700_000_000,) * 2)
        with backups.opened(backup):
            assert not left.exists() and opened.exists()


def test_without_a_temporary_folder_it_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(small_plan())
    backup = backups.make(store.path, backups.folder_of(store.folder), "asked")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "không có"))
    with pytest.raises(StoreError, match="thư mục tạm"), backups.opened(backup):
        pass


def test_opening_leaves_nothing_behind(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(small_plan())
    own = tmp_path / "tạm"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    for passphrase in ("", "bảy con ngựa gỗ 2022"):
        backup = backups.make(store.path, backups.folder_of(store.folder), "asked", passphrase)
        with backups.opened(backup, passphrase) as held:
            if os.name == "posix":
                assert [path.stat().st_mode & 0o077 for path in own.iterdir()] == [0]
            assert state(held.read("ke-hoach-1")) == state(store.read("ke-hoach-1"))
        assert list(own.iterdir()) == []
