"""Drives and stores that fail while a backup is made: a sentence, nothing half-written, and what was there stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from models.errors import BackupError, StoreDamaged, StoreError
from models.store import Store, backups
from tests.models.exports.drives import At, contents, failing, lock, pull_out, small_drive
from tests.models.store.test_backup_making import PASSPHRASE, fill, judged
from tests.plans import fixture_plan, small_plan


@pytest.fixture
def at(store: Store) -> Path:
    return backups.folder_of(store.folder)


# ---- drives that fail


def test_without_room_nothing_is_begun(store: Store, tmp_path: Path) -> None:
    fill(store, 2)
    with small_drive(tmp_path / "usb", "1m") as drive:
        with pytest.raises(BackupError, match="Không đủ chỗ") as caught:
            backups.make(store.path, drive, "asked")
        assert str(drive) in str(caught.value)
        assert list(drive.iterdir()) == []


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_drive_that_fills_up_meanwhile(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    fill(store, 3)
    first = backups.make(store.path, backups.folder_of(store.folder), "asked")
    before = contents(first.path.parent)
    with small_drive(tmp_path / "usb", "2m") as drive:
        monkeypatch.setattr("models.drives.no_room", lambda _folder, _needed: "")
        with pytest.raises(BackupError, match="ổ đĩa đã đầy") as caught:
            backups.make(store.path, drive, "asked", passphrase)
        assert str(drive) in str(caught.value)
        assert list(drive.iterdir()) == []
    assert contents(first.path.parent) == before


def test_a_drive_that_is_only_read_or_gone(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    with small_drive(tmp_path / "usb") as drive:
        lock(drive)
        with pytest.raises(BackupError, match=r"chỉ cho phép đọc|không có quyền"):
            backups.make(store.path, drive, "asked")
        pull_out(drive)
    (tmp_path / "usb").rmdir()
    for folder in (drive, drive / "sao lưu"):
        with pytest.raises(BackupError, match="không tồn tại"):
            backups.make(store.path, folder / "thư mục", "asked")
    assert not drive.exists()


def test_a_drive_pulled_out_in_the_middle(store: Store, tmp_path: Path) -> None:
    fill(store, 5)
    with small_drive(tmp_path / "usb", "9m") as drive:
        steps = 0

        def pull(_fraction: float) -> bool:
            nonlocal steps
            steps += 1
            if steps == 2:
                pull_out(drive)
            return True

        with pytest.raises(BackupError, match=r"rút ra|không tồn tại"):
            backups.make(store.path, drive, "asked", progress=pull)
        assert list(drive.iterdir()) == []


@pytest.mark.parametrize("name", ["fsync", "replace", "open"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_call_of_the_system_that_fails(
    store: Store, at: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int, passphrase: str
) -> None:
    """Each in turn: a sentence, and nothing is left of it; and when the cause is gone, it is made."""
    store.add(small_plan())
    monkeypatch.setattr("models.store.backup_copy._PATIENCE", 0.2)
    kept = backups.make(store.path, at, "asked", passphrase)
    before = contents(at)
    counted = At(getattr(os, name), 0, failing(code))
    monkeypatch.setattr(os, name, counted)
    backups.make(store.path, at, "asked", passphrase).path.unlink()
    calls = counted.calls
    assert calls
    failures = 0
    for number in range(1, calls + 1):
        counted.at, counted.calls = number, 0
        try:
            made = backups.make(store.path, at, "asked", passphrase)
        except StoreError as error:
            failures += 1
            assert str(error).endswith(".") and "Errno" not in str(error)
        else:
            # A new name that is not flushed is not always told as a failure; the file itself is whole.
            assert made.fault == ""
            made.path.unlink()
        assert contents(at) == before
    # What an antivirus program does for a moment is waited for.
    assert failures or (name, code) == ("replace", errno.EACCES)
    monkeypatch.undo()
    assert backups.make(store.path, at, "asked", passphrase).fault == ""
    assert kept.path.exists()


def test_a_drive_that_changes_what_is_written(store: Store, at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(small_plan())
    real = os.fsync

    def spoil(handle: int) -> None:
        real(handle)
        if os.fstat(handle).st_size > 8192:
            os.pwrite(handle, b"\xff" * 4096, 4096)

    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(BackupError, match="không giống kho dữ liệu"):
        backups.make(store.path, at, "asked")
    assert list(at.iterdir()) == []


# ---- stores that fail


def test_where_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="Không tìm thấy kho dữ liệu"):
        backups.make(tmp_path / "kehoachso.db", tmp_path / "sao-luu", "asked")


def damaged_store(store: Store) -> Path:
    """The store with a page of rubbish in it, closed."""
    store.add(fixture_plan(0))
    store.close()
    with store.path.open("r+b") as stream:
        stream.seek(20 * 4096)
        stream.write(b"\x0d" + bytes(range(255)) * 16)
    return store.path


def test_a_damaged_store_gives_no_backup_and_older_ones_stay(store: Store, at: Path) -> None:
    store.add(small_plan())
    good = backups.make(store.path, at, "asked")
    damaged_store(store)
    before = contents(at)
    with pytest.raises(StoreDamaged):
        backups.make(store.path, at, "asked")
    assert contents(at) == before and judged(good.path) == "ok"


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "kehoachso.db"
    path.write_bytes(b"\0\xff" * 5000)
    with pytest.raises(StoreError):
        backups.make(path, tmp_path / "sao-luu", "asked")
    assert not list((tmp_path / "sao-luu").iterdir())


def test_a_store_that_somebody_holds_for_himself(store: Store, at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(small_plan())
    store.connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    store.connection.execute("BEGIN EXCLUSIVE")
    store.connection.execute("INSERT INTO summary VALUES ('x', 1, 1, 1, 1)")
    monkeypatch.setattr("models.store.backup_reading._PATIENCE", 0.1)
    try:
        made = backups.make(store.path, at, "asked")
    except BackupError as error:
        assert "đang được một chương trình khác" in str(error)
    else:
        # With a log, reading beside the writer gives what was there before.
        assert judged(made.path) == "ok"
    store.connection.execute("ROLLBACK")
