"""When backups are made by themselves, and where they go: a second folder that is away is no failure of the first."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.errors import BackupError, Cancelled, StoreDamaged, StoreError
from models.settings import BACKUP_FOLDER, Settings
from models.store import Store, backups, migrations
from models.store.files import FILE_NAME
from tests.models.exports.drives import failing
from tests.plans import fixture_plan, small_plan

OLD_FILES = Path(__file__).parents[2] / "old_files"
PASSPHRASE = "bảy con ngựa gỗ 2022"


def edit(store: Store) -> None:
    with store.open_plan("ke-hoach-1").edit("Sửa") as plan:
        plan.subject += "."


def older(backup: backups.Backup, days: float) -> backups.Backup:
    """The backup as if it had been made some days before."""
    when = datetime.now() - timedelta(days=days)
    _program, _day, _time, *rest = backup.path.name.split("-")
    path = backup.path.with_name("-".join([f"kehoachso-{when:%Y%m%d-%H%M%S}", *rest]))
    backup.path.rename(path)
    return backups.backup_at(path)


def reasons(store: Store) -> list[str]:
    return [backup.reason for backup in backups.listed(backups.folder_of(store.folder))]


# ---- whether one is due


def test_due_after_a_day_of_changes(store: Store) -> None:
    def due() -> bool:
        return backups.is_due(store.folder, store.path)

    assert not due()
    store.add(small_plan())
    assert due()
    done = backups.run_due(store.folder, store.path)
    assert [backup.reason for backup in done.made] == ["day"] and done.problems == ()
    assert not due() and backups.run_due(store.folder, store.path) == backups.Outcome()
    edit(store)
    assert not due()
    first = older(done.made[0], 1.01)
    assert due()
    # Nothing changed since: a day alone is no reason.
    second = older(backups.make(store.path, backups.folder_of(store.folder), "asked"), 1.01)
    assert not due()
    opened = store.open_plan("ke-hoach-1")
    opened.undo()
    assert due()
    opened.redo()
    assert not due()
    store.delete("ke-hoach-1")
    assert due()
    # A damaged one does not count, and one from the future neither.
    second.path.write_bytes(second.path.read_bytes()[:-1])
    assert due()
    first.path.unlink()
    older(backups.make(store.path, backups.folder_of(store.folder), "asked"), -400)
    assert due()


def test_nothing_is_due_where_there_is_nothing(tmp_path: Path) -> None:
    assert not backups.is_due(tmp_path, tmp_path / FILE_NAME)
    assert backups.run_due(tmp_path, tmp_path / FILE_NAME) == backups.Outcome()
    assert list(tmp_path.iterdir()) == []


# ---- two places


def test_both_places_and_thinned(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    usb = tmp_path / "usb"
    usb.mkdir()
    for place in (backups.folder_of(store.folder), usb):
        for days in (30.0, 30.1):
            older(backups.make(store.path, place, "day"), days)
    done = backups.back_up(store.path, store.folder, "asked", usb, PASSPHRASE)
    assert [(backup.path.parent, backup.is_locked) for backup in done.made] == [
        (backups.folder_of(store.folder), False),
        (usb, True),
    ]
    assert done.problems == ()
    assert [len(backups.listed(place)) for place in (backups.folder_of(store.folder), usb)] == [2, 2]
    assert len(backups.listed(backups.folder_of(store.folder), usb, usb)) == 4


def test_a_stick_that_is_away_is_told(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    usb = tmp_path / "usb" / "sao lưu"
    done = backups.back_up(store.path, store.folder, "asked", usb)
    assert len(done.made) == 1 and not usb.parent.exists()
    (problem,) = done.problems
    assert problem.startswith("Chưa sao lưu được sang nơi thứ hai: không tìm thấy thư mục") and str(usb) in problem


def test_a_full_disk_of_the_program_still_leaves_the_stick(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(small_plan())
    (store.folder / "sao-luu").write_text("ở chỗ của thư mục")
    usb = tmp_path / "usb"
    usb.mkdir()
    done = backups.back_up(store.path, store.folder, "asked", usb)
    assert [backup.path.parent for backup in done.made] == [usb]
    assert len(done.problems) == 1 and str(store.folder) in done.problems[0]


def test_how_far_both_are_and_stopped(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    (tmp_path / "usb").mkdir()
    told: list[float] = []

    def say(fraction: float) -> bool:
        told.append(fraction)
        return fraction < 0.7

    with pytest.raises(Cancelled):
        backups.back_up(store.path, store.folder, "asked", tmp_path / "usb", progress=say)
    assert told == sorted(told)
    assert len(backups.listed(backups.folder_of(store.folder))) == 1 and not list((tmp_path / "usb").iterdir())


def test_a_second_folder_that_comes_back_is_brought_up_to_date(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    usb = tmp_path / "usb"
    Settings(store.folder).set(BACKUP_FOLDER, str(usb))
    assert backups.second_folder(store.folder) == usb
    done = backups.run_due(store.folder, store.path)
    assert len(done.made) == 1 and "usb" in done.problems[0]
    # Nothing is due, the stick is away: nothing is said, it was said once.
    assert backups.run_due(store.folder, store.path) == backups.Outcome()
    usb.mkdir()
    done = backups.run_due(store.folder, store.path)
    assert [backup.path.parent for backup in done.made] == [usb]
    assert backups.run_due(store.folder, store.path) == backups.Outcome()
    older(done.made[0], 3)
    assert [backup.path.parent for backup in backups.run_due(store.folder, store.path).made] == [usb]


# ---- the passphrase of the second folder


def test_the_passphrase_is_kept_for_the_owner_alone(folder: Path) -> None:
    folder.mkdir()
    assert backups.passphrase(folder) == ""
    backups.set_passphrase(folder, PASSPHRASE)
    assert backups.passphrase(folder) == PASSPHRASE
    path = folder / "sao-luu.khoa"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == [path.name]
    backups.set_passphrase(folder, "")
    backups.set_passphrase(folder, "")
    assert backups.passphrase(folder) == "" and list(folder.iterdir()) == []


def test_a_passphrase_that_cannot_be_read_never_leaves_copies_open(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    (tmp_path / "usb").mkdir()
    Settings(store.folder).set(BACKUP_FOLDER, str(tmp_path / "usb"))
    (store.folder / "sao-luu.khoa").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BackupError, match="đặt lại mật khẩu"):
        backups.passphrase(store.folder)
    done = backups.run_due(store.folder, store.path)
    assert len(done.made) == 1 and "sao-luu.khoa" in done.problems[0]
    assert not list((tmp_path / "usb").iterdir())


def test_a_passphrase_that_cannot_be_kept_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    backups.set_passphrase(folder, PASSPHRASE)
    monkeypatch.setattr(os, "replace", failing(28))
    with pytest.raises(BackupError, match=r"sao-luu\.khoa"):
        backups.set_passphrase(folder, "một mật khẩu khác")
    monkeypatch.undo()
    assert backups.passphrase(folder) == PASSPHRASE
    assert [file.name for file in folder.iterdir()] == ["sao-luu.khoa"]


# ---- before what cannot be taken back


@pytest.mark.parametrize("number", range(1, migrations.SCHEMA))
def test_a_store_is_backed_up_before_it_is_migrated(folder: Path, number: int) -> None:
    folder.mkdir()
    shutil.copy(OLD_FILES / f"v{number}.db", folder / FILE_NAME)
    with Store(folder) as store:
        assert reasons(store) == ["migration"]
        (backup,) = backups.listed(backups.folder_of(folder))
        with backups.opened(backup) as held:
            assert len(held.plans) == 2 and backup.plans == 1
        assert backup.path.read_bytes()[60:64] == number.to_bytes(4, "big")
    with Store(folder) as store:
        assert reasons(store) == ["migration"]


def test_without_that_backup_it_is_not_migrated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    shutil.copy(OLD_FILES / "v1.db", folder / FILE_NAME)
    monkeypatch.setattr("models.drives.no_room", lambda *_place: "Không đủ chỗ.")
    with pytest.raises(StoreError, match="Không đủ chỗ"):
        Store(folder)
    monkeypatch.undo()
    assert (folder / FILE_NAME).read_bytes()[60:64] == (1).to_bytes(4, "big")
    with Store(folder) as store:
        assert migrations.version(store.connection) == migrations.SCHEMA


def test_a_new_store_needs_none(store: Store) -> None:
    assert not backups.folder_of(store.folder).exists()


def test_before_an_import_that_replaces(store: Store) -> None:
    store.add(small_plan())
    assert backups.before_import(store.path, [fixture_plan(0).id]) is None
    assert backups.before_import(store.folder / "không có.db", ["ke-hoach-1"]) is None
    backup = backups.before_import(store.path, [fixture_plan(0).id, "ke-hoach-1"])
    assert backup is not None and reasons(store) == ["import"]
    store.delete("ke-hoach-1")
    assert backups.before_import(store.path, ["ke-hoach-1"]) is not None


def test_before_a_restore(store: Store) -> None:
    assert backups.before_restore(store.path) is None
    store.add(small_plan())
    assert backups.before_restore(store.path) is not None and reasons(store) == ["restore"]


def test_a_damaged_store_is_said_to_be_that(store: Store) -> None:
    store.add(small_plan())
    store.close()
    store.path.write_bytes(os.urandom(20_000))
    with pytest.raises(StoreDamaged):
        backups.before_restore(store.path)
    assert not backups.is_due(store.folder, store.path)
