"""A backup is one moment of the store in one whole file, or there is none of it; nobody who writes waits for it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from models import document, secret
from models.errors import Cancelled, SecretError
from models.plan import insert
from models.store import Store, backups
from models.store.backup_names import origin
from tests.models.exports.drives import contents, lock, small_drive
from tests.plans import fixture_plan, small_plan, task

ROOT = Path(__file__).parents[3]
PASSPHRASE = "bảy con ngựa gỗ 2022"


def judged(path: Path) -> str:
    """What SQLite's own tool says of a file."""
    done = subprocess.run(["sqlite3", str(path), "PRAGMA integrity_check"], capture_output=True, text=True, timeout=60)
    return done.stdout.strip() + done.stderr


def fill(store: Store, megabytes: int) -> None:
    """Make the store large, with exports that do not get smaller."""
    store.add(small_plan())
    for number in range(1, megabytes + 1):
        store.keep_export("ke-hoach-1", number, "Kết xuất", "AAAA-BBBB", os.urandom(1_000_000))


@pytest.fixture
def at(store: Store) -> Path:
    return backups.folder_of(store.folder)


# ---- what is made


def test_it_is_the_store_in_one_file(store: Store, at: Path) -> None:
    store.add(fixture_plan(0))
    store.add(small_plan())
    store.delete("ke-hoach-1")
    made = backups.make(store.path, at, "asked")
    assert [path.name for path in at.iterdir()] == [made.path.name]
    assert (made.reason, made.plans, made.is_locked, made.fault) == ("asked", 1, False, "")
    assert made.size == made.path.stat().st_size
    assert judged(made.path) == "ok"
    with closing(sqlite3.connect(made.path)) as copy, closing(sqlite3.connect(store.path)) as own:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert list(copy.iterdump()) == list(own.iterdump())
    assert [path.name for path in at.iterdir()] == [made.path.name]
    with backups.opened(made) as held:
        assert [(plan.id, plan.is_deleted) for plan in held.plans] == [
            (fixture_plan(0).id, False),
            ("ke-hoach-1", True),
        ]
        assert document.to_bytes(held.read(fixture_plan(0).id)) == document.to_bytes(fixture_plan(0))


def test_its_name_says_when_and_why_in_letters_for_every_drive(store: Store, at: Path) -> None:
    store.add(small_plan())
    names = [backups.make(store.path, at, reason).path.name for reason in ("day", "migration", "import", "restore")]
    # Twice within a second.
    names.append(backups.make(store.path, at, "restore").path.name)
    assert len(set(names)) == 5
    for name in names:
        assert name.isascii() and len(name) < 100 and not set(name) & set('/\\:*?"<>| ')
    found = backups.listed(at)
    assert [backup.path.name for backup in found] == names[::-1]
    assert [backup.reason for backup in found] == ["restore", "restore", "import", "migration", "day"]


@pytest.mark.skipif(os.name != "posix", reason="rights are told otherwise there")
def test_it_is_for_its_owner_alone(store: Store, at: Path) -> None:
    store.add(small_plan())
    before = os.umask(0)
    try:
        made = [backups.make(store.path, at, "asked"), backups.make(store.path, at, "asked", PASSPHRASE)]
    finally:
        os.umask(before)
    assert stat.S_IMODE(at.stat().st_mode) == 0o700
    assert {stat.S_IMODE(backup.path.stat().st_mode) for backup in made} == {0o600}


def test_a_locked_one_opens_with_its_passphrase_alone(store: Store, at: Path) -> None:
    store.add(fixture_plan(1))
    made = backups.make(store.path, at, "asked", PASSPHRASE)
    assert made.is_locked and made.path.name.endswith(".db.zip") and secret.is_locked(made.path)
    assert [path.name for path in at.iterdir()] == [made.path.name]
    assert fixture_plan(1).subject.encode() not in made.path.read_bytes()
    with backups.opened(made, PASSPHRASE) as held:
        assert document.to_bytes(held.read(fixture_plan(1).id)) == document.to_bytes(fixture_plan(1))
    for wrong in ("", "bảy con ngựa sắt 2022"):
        with pytest.raises(SecretError), backups.opened(made, wrong):
            pass
    # 7-Zip opens what is called in it "kehoachso.db".
    target = at.parent / "giải nén"
    done = subprocess.run(["7zz", "x", f"-o{target}", f"-p{PASSPHRASE}", made.path], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stdout
    assert judged(target / "kehoachso.db") == "ok"


def test_a_weak_passphrase_makes_nothing(store: Store, at: Path) -> None:
    store.add(small_plan())
    with pytest.raises(SecretError):
        backups.make(store.path, at, "asked", "ngắn")
    assert list(at.iterdir()) == []


def test_how_far_it_is(store: Store, at: Path) -> None:
    fill(store, 5)
    told: list[float] = []

    def say(fraction: float) -> bool:
        told.append(fraction)
        return True

    backups.make(store.path, at, "asked", PASSPHRASE, say)
    assert told == sorted(told) and told[-1] == 1 and len(told) > 5


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_stopped_at_any_time_it_leaves_nothing(store: Store, at: Path, passphrase: str) -> None:
    fill(store, 5)
    steps = 0

    def count(_fraction: float) -> bool:
        nonlocal steps
        steps += 1
        return True

    backups.make(store.path, at, "asked", passphrase, count).path.unlink()
    for last in sorted({1, 2, steps // 2, steps - 2}):
        left = last

        def stop(_fraction: float) -> bool:
            nonlocal left
            left -= 1
            return left > 0

        with pytest.raises(Cancelled):
            backups.make(store.path, at, "asked", passphrase, stop)
        assert list(at.iterdir()) == []


# ---- while others write


def test_a_store_being_written_is_copied_as_it_was_at_one_moment(store: Store, at: Path) -> None:
    """Each edit changes two places: no backup has one of them alone, and none has less than the one before."""
    fill(store, 6)
    opened = store.open_plan("ke-hoach-1")

    def write(number: int) -> None:
        with opened.edit("Sửa") as plan:
            plan.subject = plan.tables[0].rows[0].task = f"{number}"

    write(0)
    done: list[backups.Backup] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for _time in range(6):
                done.append(backups.make(store.path, at, "asked"))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    edits = 0
    while thread.is_alive():
        edits += 1
        write(edits)
    thread.join()
    assert not failed and edits > 20
    seen: list[int] = []
    for backup in done:
        assert judged(backup.path) == "ok"
        with backups.opened(backup) as held:
            plan = held.read("ke-hoach-1")
            assert plan.subject == plan.tables[0].rows[0].task
            seen.append(int(plan.subject))
    assert seen == sorted(seen) and seen[-1] > 0
    assert document.to_bytes(opened.plan) == document.to_bytes(store.read("ke-hoach-1"))


def test_nobody_who_writes_waits_for_a_large_one(store: Store, at: Path) -> None:
    fill(store, 20)
    opened = store.open_plan("ke-hoach-1")
    longest = 0.0

    def edit(_fraction: float) -> bool:
        """In the middle of copying, at every step of it."""
        nonlocal longest
        begin = time.perf_counter()
        with opened.edit("Sửa") as plan:
            plan.subject += "."
        longest = max(longest, time.perf_counter() - begin)
        return True

    made = backups.make(store.path, at, "asked", progress=edit)
    assert longest < 1.0
    with backups.opened(made) as held:
        assert held.read("ke-hoach-1").subject == small_plan().subject
    assert len(opened.plan.subject) > len(small_plan().subject) + 5


def test_a_program_that_is_killed_while_it_backs_up_leaves_no_half_one(store: Store, at: Path) -> None:
    fill(store, 10)
    store.close()
    code = """
import os, signal, sys
from pathlib import Path
from models.store import backups
left = int(sys.argv[2])
def say(fraction):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return True
path = Path(sys.argv[1])
while True:
    backups.make(path, backups.folder_of(path.parent), "asked", progress=say)
"""
    for last in (1, 4, 7, 12):
        arguments = [sys.executable, "-c", code, str(store.path), str(last)]
        assert subprocess.run(arguments, cwd=ROOT, timeout=60).returncode == -9
    found = backups.listed(at)
    assert all(backup.fault == "" and judged(backup.path) == "ok" for backup in found)
    left = [path for path in at.iterdir() if path not in {backup.path for backup in found}]
    assert left and all(path.name.startswith(".kehoachso-") for path in left)
    # What a program that runs, or one on another machine, may be working on stays; until it is old.
    running = [
        at / f".kehoachso-20261121-174605.{who}.0a1b2c3d.tmp"
        for who in (f"{origin()}.{os.getpid()}", "may-khac.999999999")
    ]
    for path in running:
        path.write_bytes(b"nua chung")
    with Store(store.folder):
        backups.make(store.path, at, "asked")
        assert not any(path.exists() for path in left) and all(path.exists() for path in running)
        for path in running:
            os.utime(path, (time.time() - 7200,) * 2)
        backups.make(store.path, at, "asked")
    assert not any(path.exists() for path in running)


# ---- stores in another state


def test_what_is_only_in_the_log_is_backed_up(store: Store, at: Path) -> None:
    """As after a kill: the file itself has next to nothing, all is in what lies beside it."""
    store.add(fixture_plan(2))
    with store.open_plan(fixture_plan(2).id).edit("Sửa") as plan:
        insert(plan.tables[0], task("Mới"))
    killed = store.folder.parent / "bị tắt"
    killed.mkdir()
    for name in ("kehoachso.db", "kehoachso.db-wal"):
        shutil.copy(store.folder / name, killed / name)
    made = backups.make(killed / "kehoachso.db", at, "asked")
    with backups.opened(made) as held:
        assert document.to_bytes(held.read(plan.id)) == document.to_bytes(plan)


def test_a_store_on_a_drive_that_is_only_read(tmp_path: Path) -> None:
    with small_drive(tmp_path / "usb", "8m") as drive:
        with Store(drive) as store:
            store.add(fixture_plan(0))
        lock(drive)
        before = contents(drive)
        made = backups.make(drive / "kehoachso.db", tmp_path / "sao-luu", "asked")
        with backups.opened(made) as held:
            assert document.to_bytes(held.read(fixture_plan(0).id)) == document.to_bytes(fixture_plan(0))
        assert contents(drive) == before


@pytest.mark.parametrize("number", [1, 2])
def test_a_store_of_an_old_version_is_backed_up_as_it_is(tmp_path: Path, number: int) -> None:
    old = ROOT / "tests" / "old_files" / f"v{number}.db"
    made = backups.make(old, tmp_path / "sao-luu", "migration")
    with closing(sqlite3.connect(made.path)) as copy, closing(sqlite3.connect(old)) as own:
        assert copy.execute("PRAGMA user_version").fetchone() == (number,)
        assert list(copy.iterdump()) == list(own.iterdump())
