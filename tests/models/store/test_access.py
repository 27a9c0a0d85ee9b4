"""One program writes a store; others, and who may not write, read it, and are told why."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models import document
from models.errors import StoreError
from models.plan import insert
from models.store import Store, access, migrations, recovery
from models.store import reading as store_reading
from models.store.access import LOCK_NAME
from models.store.files import FILE_NAME
from tests.models.exports.drives import lock as lock_drive
from tests.models.exports.drives import small_drive
from tests.plans import fixture_plan, small_plan, task

ROOT = Path(__file__).parents[3]
OLD = ROOT / "tests" / "old_files" / "v1.db"
PLAN = small_plan().id

_HOLDER = """
import os, signal, sys
from pathlib import Path
from models.plan import insert, Row
from models.store import Store
store = Store(Path(sys.argv[1]))
print(store.why_reading or "writing", flush=True)
for line in sys.stdin:
    exec(line)
    print("done", flush=True)
"""


class Other:
    """Another program that has the store open, and does what it is told."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def do(self, code: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(code + "\n")
        self.process.stdin.flush()
        assert self.line() == "done"

    def edit(self, subject: str) -> None:
        self.do(f"p = store.open_plan({PLAN!r}); e = p.edit('sửa'); i = e.__enter__()")
        self.do(f"i.subject = {subject!r}; e.__exit__(None, None, None)")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def other_program(folder: Path, user: str = "huong") -> Iterator[Other]:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "LOGNAME": user},
    ) as process:  # fmt: skip
        other = Other(process)
        assert other.line() == "writing"
        try:
            yield other
        finally:
            process.kill()


@pytest.fixture
def made(folder: Path) -> Path:
    """A folder with a store of one plan."""
    with Store(folder) as store:
        store.add(small_plan())
    return folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for copies; a short patience."""
    found = tmp_path / "tạm"
    found.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    monkeypatch.setattr(access, "PATIENCE", 0.1)
    monkeypatch.setattr(access, "PATIENCE_NEW", 0.3)
    return found


def assert_reads(store: Store, *parts: str) -> None:
    """The store is read: with a sentence, and every way to write refused with that."""
    assert store.is_reading
    why = store.why_reading
    assert why.endswith(".") and "\n" not in why and "{" not in why
    for part in parts:
        assert part in why
    for change in (
        lambda: store.add(small_plan(id="khac")), lambda: store.put(small_plan(), "x"), lambda: store.delete(PLAN),
        lambda: store.keep_export(PLAN, 1, "x", "x", b"x"), lambda: store.open_plan(PLAN).undo(),
    ):  # fmt: skip
        with pytest.raises(StoreError) as caught:
            change()
        assert str(caught.value) == why
    plan = store.open_plan(PLAN)
    before = document.to_bytes(plan.plan)
    with pytest.raises(StoreError, match=r"\.$"), plan.edit("x") as inside:
        inside.subject = "Khác"
        insert(inside.tables[0], task("x"))
    assert document.to_bytes(plan.plan) == before
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.connection.execute("DELETE FROM plan")


def old_store(folder: Path) -> Path:
    """A folder with a store of the first version."""
    folder.mkdir()
    shutil.copyfile(OLD, folder / FILE_NAME)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


# ---- another program has it


def test_a_store_that_another_program_writes_is_read(made: Path) -> None:
    with other_program(made) as other:
        with Store(made) as store:
            assert_reads(store, str(made), "huong", "chương trình khác", "thử lại")
            # What it writes is seen.
            other.edit("Mới")
            assert store.read(PLAN).subject == "Mới"
            assert store.next_label(PLAN, back=True) == "sửa"
        other.edit("Mới nữa")
    with Store(made) as store:
        assert not store.is_reading
        assert store.why_reading == ""
        assert store.read(PLAN).subject == "Mới nữa"


def test_a_killed_program_leaves_no_store_locked(made: Path) -> None:
    with other_program(made) as other:
        other.edit("Mới")
        other.kill()
        with Store(made) as store:
            assert not store.is_reading
            assert store.read(PLAN).subject == "Mới"


def test_a_reader_does_not_keep_a_store_from_being_written(made: Path) -> None:
    with Store(made, reading=True) as store, other_program(made) as other:
        other.edit("Mới")
        assert store.read(PLAN).subject == "Mới"


def test_it_is_written_once_the_other_program_has_ended(made: Path) -> None:
    with other_program(made) as other, Store(made) as store:
        assert not store.try_writing()
        assert_reads(store, "huong")
        other.edit("Mới")
        other.kill()
        assert store.try_writing()
        assert store.why_reading == ""
        with store.open_plan(PLAN).edit("sửa") as plan:
            assert plan.subject == "Mới"
            plan.subject = "Mới hơn"
        # Once it writes, nothing is opened anew.
        connection = store.connection
        assert store.try_writing()
        assert store.connection is connection
    with Store(made) as again:
        assert again.read(PLAN).subject == "Mới hơn"


def test_a_program_that_is_just_ending_is_waited_for(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "PATIENCE", 20.0)
    with other_program(made) as other:
        threading.Timer(0.5, other.process.kill).start()
        with Store(made) as store:
            assert not store.is_reading


def test_stores_of_one_process_share_the_right_to_write(made: Path) -> None:
    with Store(made) as first:
        with Store(made) as second:
            assert not first.is_reading and not second.is_reading
            with second.open_plan(PLAN).edit("x") as plan:
                plan.subject = "Hai"
        assert first.read(PLAN).subject == "Hai"
        code = "import sys; from pathlib import Path; from models.store import Store, access; access.PATIENCE = 0\n"
        code += "print(Store(Path(sys.argv[1])).is_reading)"
        found = subprocess.run([sys.executable, "-c", code, str(made)], cwd=ROOT, capture_output=True, text=True)
        assert found.stdout == "True\n", found.stderr


def test_a_store_on_another_machine_is_told(made: Path) -> None:
    with other_program(made):
        said = {"machine": "PC-VAN-THU", "user": "Lan", "pid": 7, "since": "2026-11-02T08:15:30"}
        (made / LOCK_NAME).write_text(json.dumps(said), encoding="utf-8")
        with Store(made) as store:
            assert_reads(store, "máy PC-VAN-THU", "người dùng Lan", "08:15 02/11/2026")


def test_a_new_store_that_another_program_is_making_is_waited_for(folder: Path) -> None:
    folder.mkdir()
    code = (
        "import sys, time; from pathlib import Path; from models.locks import lock\n"
        "release = lock(Path(sys.argv[1])); print('x', flush=True); time.sleep(60)"
    )
    arguments = [sys.executable, "-c", code, str(folder / LOCK_NAME)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StoreError, match="chưa có kho dữ liệu, và không tạo được kho mới: kho dữ liệu"):
            Store(folder)
        process.kill()
        process.wait()
        with Store(folder) as store:
            assert not store.is_reading


def test_a_store_that_another_program_has_is_not_set_aside(made: Path) -> None:
    with other_program(made):
        before = sorted(path.name for path in made.iterdir())
        with pytest.raises(StoreError, match=r"^Kho dữ liệu .*huong.*[.]$"):
            recovery.set_aside(made)
        assert sorted(path.name for path in made.iterdir()) == before


# ---- who only wants to read


def test_reading_takes_nothing_and_makes_nothing(made: Path, folder: Path, tmp_path: Path) -> None:
    with Store(made, reading=True) as store:
        assert_reads(store, str(made / FILE_NAME))
        assert store.read(PLAN).subject == small_plan().subject
        sums: list[str] = []
        for _again in range(2):
            store.summaries(lambda plan: sums.append(plan.id) or (1, 2, 3))  # type: ignore[func-returns-value]
        assert sums == [PLAN, PLAN]
        with Store(made) as other:
            assert not other.is_reading
    with Store(tmp_path / "không có", reading=True) as store:
        assert store.summaries(lambda plan: (None, 0, 0)) == []
        assert not store.has(PLAN)
    assert list((tmp_path / "không có").iterdir()) == []


def test_an_older_store_is_read_in_a_copy(folder: Path, temporary: Path) -> None:
    old_store(folder)
    before = contents(folder)
    with Store(folder, reading=True) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone()[0] == migrations.SCHEMA
        plans = store.summaries(lambda plan: (None, 0, 0))
        assert plans and store.read(plans[0].id).subject == plans[0].subject
        assert store.exports(plans[0].id) == []
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.connection.execute("DELETE FROM plan")
        (room,) = temporary.iterdir()
        assert room.stat().st_mode & 0o777 == 0o700
        assert sqlite3.connect(store.uri, uri=True).execute(
            "SELECT count(*) FROM plan WHERE deleted IS NULL"
        ).fetchone()[0] == len(plans)
    assert list(temporary.iterdir()) == []
    assert {name: contents(folder)[name] for name in before} == before


def test_a_newer_store_is_refused_and_not_copied(made: Path, temporary: Path) -> None:
    with sqlite3.connect(made / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    with pytest.raises(StoreError, match="mới hơn"):
        Store(made, reading=True)
    assert list(temporary.iterdir()) == []


def test_copies_of_killed_programs_are_removed(
    made: Path, temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_store(tmp_path / "cũ")
    code = (
        "import os, sys; from pathlib import Path; from models.store import Store\n"
        "store = Store(Path(sys.argv[1]), reading=True); os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "TMPDIR": str(temporary)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "cũ")], cwd=ROOT, env=environment)
    (left,) = temporary.iterdir()
    with Store(tmp_path / "cũ", reading=True):
        # Perhaps it is being made just now.
        assert left.exists()
    os.utime(left, (1, 1))
    monkeypatch.setattr(store_reading, "_YOUNG", -1)
    with Store(tmp_path / "cũ", reading=True), Store(tmp_path / "cũ", reading=True) as store:
        assert len(list(temporary.iterdir())) == 2
        assert not left.exists()
        assert store.summaries(lambda plan: (None, 0, 0))
    assert list(temporary.iterdir()) == []


# ---- what cannot be written


def test_a_drive_that_may_only_be_read(tmp_path: Path, temporary: Path) -> None:
    with small_drive(tmp_path / "usb", "16m") as drive:
        with Store(drive / "dữ liệu") as store:
            store.add(small_plan())
        lock_drive(drive)
        with Store(drive / "dữ liệu") as store:
            assert_reads(store, "chỉ cho phép đọc", str(drive))
            assert store.read(PLAN).subject == small_plan().subject
            # Nobody can write there: no copy is needed.
            assert list(temporary.iterdir()) == []
            assert not store.try_writing()
            subprocess.run(["mount", "-o", "remount,rw", str(drive)], check=True)
            assert store.try_writing()


def test_a_drive_that_may_only_be_read_with_edits_in_the_log(tmp_path: Path, temporary: Path) -> None:
    """A stick pulled out of a machine that was switched off: the last edits are in the log alone."""
    with small_drive(tmp_path / "usb", "16m") as drive:
        folder = drive / "dữ liệu"
        with Store(folder) as store:
            store.add(small_plan())
        with other_program(folder) as other:
            other.edit("Trong nhật ký")
            other.kill()
        assert (folder / f"{FILE_NAME}-wal").stat().st_size > 0
        (folder / f"{FILE_NAME}-shm").unlink()
        lock_drive(drive)
        before = contents(folder)
        with Store(folder) as store:
            assert_reads(store, "chỉ cho phép đọc")
            assert store.read(PLAN).subject == "Trong nhật ký"
            assert len(list(temporary.iterdir())) == 1
        assert list(temporary.iterdir()) == []
        assert contents(folder) == before


def test_a_drive_that_may_only_be_read_without_a_store(tmp_path: Path) -> None:
    with small_drive(tmp_path / "usb") as drive:
        (drive / "trống").mkdir()
        lock_drive(drive)
        with pytest.raises(StoreError, match=r"chưa có kho dữ liệu, và không tạo được kho mới: không ghi được .*\.$"):
            Store(drive / "trống")
        with pytest.raises(StoreError, match="Không tạo được thư mục dữ liệu"):
            Store(drive / "mới")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="no other user can be taken on here")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_store_of_somebody_else(made: Path, what: str, temporary: Path) -> None:
    """Another user of the machine may look into it, and no more."""
    for path in (made, *made.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if what == "file":
        made.chmod(0o777)
        (made / LOCK_NAME).unlink()
    for above in (made, *made.parents[:-2]):
        above.chmod(above.stat().st_mode | 0o011)
    temporary.chmod(0o777)

    def look() -> list[str]:
        with Store(made) as store:
            copies = len(list(temporary.iterdir()))
            return [store.why_reading, store.read(PLAN).id, str(copies), str(store.try_writing())]

    why, plan, copies, writes = as_nobody(look)
    assert "chỉ mở để đọc" in why
    assert (plan, writes) == (PLAN, "False")
    # Beside a file that may not be written a log can be made; where it cannot, the owner may write at any time.
    assert copies == ("1" if what == "folder" else "0")
    assert list(temporary.iterdir()) == []


def as_nobody(work: Callable[[], list[str]]) -> list[str]:
    """What ``work`` gives in a process of another user."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            said = "\0".join(work())
        except BaseException as error:
            said = repr(error)
        os.write(write, said.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as stream:
        found = stream.read().split("\0")
    os.waitpid(child, 0)
    return found


def test_a_full_disk_where_the_copy_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_store(folder)

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(StoreError, match=r"thư mục tạm của máy .*đầy"):
        Store(folder, reading=True)


# ---- the network


def test_a_store_on_the_network_is_read_in_a_copy(made: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with other_program(made) as other:
        monkeypatch.setattr(access, "shared_as", lambda _folder: "cifs")
        other.edit("Trước")
        with Store(made) as store:
            assert_reads(store, "nằm trên mạng", str(made))
            assert len(list(temporary.iterdir())) == 1
            assert store.read(PLAN).subject == "Trước"
            other.edit("Sau")
            assert store.read(PLAN).subject == "Trước"
            # Trying again reads it anew.
            assert not store.try_writing()
            assert store.read(PLAN).subject == "Sau"
            assert len(list(temporary.iterdir())) == 1
    assert list(temporary.iterdir()) == []


def test_a_store_that_is_written_all_the_time_is_read_whole(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each copy is one state of the store, never half of two."""
    with Store(made) as store:
        store.add(fixture_plan(4))
    code = """
n = 0
while True:
    n += 1
    with plan.edit("sửa") as p:
        p.subject = str(n)
        for row in p.tables[0].rows:
            row.note = str(n)
    if n % 5 == 0:
        store.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
"""
    with other_program(made) as other:
        other.do(f"plan = store.open_plan({PLAN!r}); code = {code!r}")
        assert other.process.stdin is not None
        other.process.stdin.write("exec(code)\n")
        other.process.stdin.flush()
        monkeypatch.setattr(access, "shared_as", lambda _folder: "cifs")
        seen: set[str] = set()
        while len(seen) < 8:
            with Store(made) as store:
                plan = store.read(PLAN)
                assert {row.note for row in plan.tables[0].rows} <= {plan.subject, ""}
                assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                seen.add(plan.subject)
