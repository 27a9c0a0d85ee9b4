"""Bad input on the command line: one plain sentence that says what and where, exit 2, nothing stored or overwritten."""

from __future__ import annotations

import copy
import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from models import document
from models.store import Store, files
from models.store.access import LOCK_NAME
from models.store.reading import Opened
from tests.plans import fixture_document, fixture_path, small_plan
from tests.ui.bad_files import BAD
from tests.ui.program import MAIN, Program, Ran, contents, environment, is_sentence, plans_in, run, run_here, write
from ui import commands

STORE = "kehoachso.db"


def refused(found: Ran, *parts: str) -> None:
    """It ended as bad input must; each of ``parts`` stands in the sentence."""
    assert found.code == 2, found
    assert found.out == ""
    assert is_sentence(found.err), found.err
    for part in parts:
        assert part in found.err, found.err


# ---- files that are no plans


@pytest.fixture
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that is no plan, in a folder of its own."""
    place = tmp_path / "Tệp nhận được"
    place.mkdir()
    path: Path = BAD[request.param].make(place)
    return path


every_bad_file = pytest.mark.parametrize("bad", BAD, indirect=True)


@every_bad_file
def test_a_file_that_is_no_plan(
    here: Program, folder: Path, bad: Path, clean_file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    case = BAD[request.node.callspec.params["bad"]]
    here("import", fixture_path(2))
    before = plans_in(folder)
    to = tmp_path / "ra"
    to.mkdir()
    (to / "KH-2022_SB_1.pdf").write_bytes(b"old")
    for arguments in (
        ("import", bad),
        # The good ones beside it are not taken in either.
        ("import", clean_file, bad),
        ("import", bad, clean_file),
        ("check", bad),
        ("check", bad, "--json"),
        ("export", bad, "--to", to),
        ("export", bad, "--to", to, "--draft", "--json"),
    ):
        refused(here(*arguments), *case.said)
    assert plans_in(folder) == before
    assert contents(to) == {"KH-2022_SB_1.pdf": b"old"}


@every_bad_file
def test_it_is_told_in_english_too(here: Program, folder: Path, bad: Path) -> None:
    refused(here("--lang", "en", "import", bad))
    assert not folder.exists()


@pytest.mark.parametrize("bad", ["broken json", "a float amount", "a picture", "an unknown template"], indirect=True)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_real_program_says_the_same(
    program: Program, here: Program, folder: Path, bad: Path, language: str
) -> None:
    if language == "vi":
        found = program("import", bad)
    else:
        found = program("import", bad, env=environment(KE_HOACH_SO_LANG="en"))
    refused(found)
    assert not folder.exists()
    assert found == here("--lang", language, "import", bad)


def test_a_missing_file(here: Program, folder: Path, clean_file: Path, tmp_path: Path) -> None:
    missing = tmp_path / "không có đâu.json"
    for arguments in (("import", clean_file, missing), ("check", missing), ("export", missing, "--to", tmp_path)):
        refused(here(*arguments), "Không tìm thấy tệp", str(missing))
    refused(here("check", "kế hoạch.json"), "Không tìm thấy tệp", "kế hoạch.json")
    refused(here("verify", missing), "Không tìm thấy gói", str(missing))
    assert not folder.exists()


def test_odd_names_of_files(here: Program, tmp_path: Path) -> None:
    refused(here("check", tmp_path / ("a" * 300 + ".json")), "tên quá dài")
    refused(here("check", "a" * 300))
    refused(here("verify", "a" * 300), "tên quá dài")
    refused(here("check", tmp_path / "hai\ndòng.json"), "hai dòng.json")
    refused(here("check", fixture_path(0) / "plan.json"), "không phải thư mục")
    refused(here("check", ""))


def test_an_unknown_plan(here: Program, folder: Path, tmp_path: Path) -> None:
    here("import", fixture_path(2))
    before = plans_in(folder)
    for arguments in (("check", "ke-hoach-9"), ("export", "ke-hoach-9", "--to", tmp_path / "ra")):
        refused(here(*arguments), "“ke-hoach-9”", "list")
    assert plans_in(folder) == before and not (tmp_path / "ra").exists()


def test_a_mistake_names_its_place(here: Program, tmp_path: Path) -> None:
    """Wherever an amount stands that is none, its file and field are told."""
    values: list[Any] = [1.5, 1e3, "100", True, [], 10**15 + 1]
    for place, pointer in (
        (("tables", 0, "rows", 1, "total"), "/tables/0/rows/1/total"),
        (("tables", 0, "stated_total"), "/tables/0/stated_total"),
    ):
        for value in values:
            data: Any = copy.deepcopy(fixture_document(0))
            at = data
            for step in place[:-1]:
                at = at[step]
            at[place[-1]] = value
            refused(here("import", write(tmp_path / "số tiền.json", data)), "số tiền.json", f"“{pointer}”")


# ---- where things are written


def blocked(tmp_path: Path) -> dict[str, Path]:
    """Folders that cannot be written, for root neither."""
    regular = tmp_path / "tệp thường"
    regular.write_bytes(b"x")
    return {"a file": regular, "below a file": regular / "ra", "below a system folder": Path("/proc/không/có")}


@pytest.mark.parametrize("which", ["a file", "below a file", "below a system folder"])
def test_a_folder_that_cannot_be_written(
    here: Program, folder: Path, clean_file: Path, tmp_path: Path, which: str
) -> None:
    to = blocked(tmp_path)[which]
    [plan_id] = here("import", clean_file).lines
    before = plans_in(folder)
    for plan in (plan_id, clean_file):
        for more in ((), ("--draft",), ("--json",)):
            refused(here("export", plan, "--to", to, *more), f"“{to}”")
    assert plans_in(folder) == before
    assert (tmp_path / "tệp thường").read_bytes() == b"x"


@pytest.mark.parametrize("which", ["a file", "below a file", "below a system folder"])
def test_a_data_folder_that_cannot_be_made(
    clean_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], which: str
) -> None:
    data = blocked(tmp_path)[which]
    for arguments in (("list",), ("import", clean_file), ("check", "ke-hoach-1")):
        refused(run_here(capsys, "--data", data, *arguments), f"“{data}”", "--data")
    assert (tmp_path / "tệp thường").read_bytes() == b"x"
    # What needs no store goes on without it.
    assert run_here(capsys, "--data", data, "check", clean_file).code == 0


def test_a_full_disk_leaves_earlier_files_as_they_are(
    here: Program, folder: Path, clean_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [plan_id] = here("import", clean_file).lines
    to = tmp_path / "ra"
    assert here("export", clean_file, "--to", to).code == 0
    before, plans = contents(to), plans_in(folder)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    for plan in (plan_id, clean_file):
        refused(here("export", plan, "--to", to), f"“{to}”", "đầy")
    assert contents(to) == before and plans_in(folder) == plans


def test_a_folder_of_that_name_is_in_the_way(here: Program, clean_file: Path, tmp_path: Path) -> None:
    (tmp_path / "ra" / "KH-2022_SB_1.xlsx").mkdir(parents=True)
    refused(here("export", clean_file, "--to", tmp_path / "ra"), "KH-2022_SB_1.xlsx")
    assert contents(tmp_path / "ra") == {}


def test_files_of_another_plan_are_not_overwritten(here: Program, clean_file: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "khác.json", document.dump(small_plan(id="ke-hoach-2")))
    assert here("export", other, "--to", tmp_path / "ra").code == 0
    before = contents(tmp_path / "ra")
    refused(here("export", clean_file, "--to", tmp_path / "ra"), "KH-2022_SB_1.zip")
    assert contents(tmp_path / "ra") == before


def test_a_signed_pdf_is_not_overwritten(here: Program, clean_file: Path, tmp_path: Path) -> None:
    signed = tmp_path / "ra" / "KH-2022_SB_1.pdf"
    assert here("export", clean_file, "--to", signed.parent).code == 0
    exported = signed.read_bytes()
    covered = b"\n1 0 obj\n<</ByteRange [0 %d %d 9]>>\n%%%%EOF\n" % (len(exported) + 5, len(exported) + 10)
    signed.write_bytes(exported + covered)
    before = contents(signed.parent)
    refused(here("export", clean_file, "--to", signed.parent), "đã ký")
    assert contents(signed.parent) == before


# ---- stores


def test_a_store_of_a_newer_program(program: Program, folder: Path, clean_file: Path, tmp_path: Path) -> None:
    [plan_id] = program("import", clean_file).lines
    with sqlite3.connect(folder / STORE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = contents(folder)
    for arguments in (
        ("list",),
        ("import", fixture_path(2)),
        ("check", plan_id),
        ("export", plan_id, "--to", tmp_path),
    ):
        refused(program(*arguments), str(folder / STORE), "mới hơn", "cập nhật")
    assert program("list", env=environment(KE_HOACH_SO_LANG="en")).code == 2
    assert contents(folder) == before
    # Files can still be looked at, and exported.
    assert program("check", clean_file).code == 0
    assert program("export", clean_file, "--to", tmp_path / "ra").code == 0
    assert contents(folder) == before


@pytest.mark.parametrize(
    "data",
    [b"x", b"SQLite", b"a" * 300, b"kh\xc3\xb4ng ph\xe1\xba\xa3i kho " * 1000, b"\x89PNG\r\n\x1a\n" + bytes(5000)],
)
def test_a_store_that_is_no_database(here: Program, folder: Path, clean_file: Path, data: bytes) -> None:
    folder.mkdir()
    (folder / STORE).write_bytes(data)
    for arguments in (("list",), ("import", clean_file), ("check", "ke-hoach-1")):
        refused(here(*arguments), str(folder / STORE), "bị hỏng (tệp không phải cơ sở dữ liệu)", "restore")
    # Who wanted to write it had the lock for a moment.
    assert contents(folder) == {STORE: data, LOCK_NAME: b""}


def test_a_damaged_store(here: Program, folder: Path, clean_file: Path) -> None:
    here("import", fixture_path(4))
    path = folder / STORE
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    before = contents(folder)
    refused(here("list"), str(path))
    refused(here("import", clean_file), str(path))
    assert contents(folder) == before


def test_a_store_that_is_a_folder(here: Program, folder: Path) -> None:
    (folder / STORE).mkdir(parents=True)
    refused(here("list"), str(folder / STORE))


def test_a_store_in_use(
    here: Program, folder: Path, clean_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here("import", clean_file)
    monkeypatch.setattr(files, "_BUSY_TIMEOUT", 50)
    other = sqlite3.connect(folder / STORE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused(here("import", fixture_path(2)), str(folder / STORE), "chương trình khác")
    # Reading goes on.
    assert here("check", "ke-hoach-1").code == 0
    other.execute("ROLLBACK")
    other.close()
    assert [plan.id for plan in plans_in(folder)] == ["ke-hoach-1"]


def test_a_disk_that_fills_up_takes_all_of_an_import_or_none(
    here: Program, folder: Path, clean_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The small plan would still fit, the large one no more."""
    here("import", write(tmp_path / "cũ.json", document.dump(small_plan(id="cu"))))

    def connect(place: Path, reading: bool) -> Opened:
        opened = files.connect(place, reading)
        pages = opened.connection.execute("PRAGMA page_count").fetchone()[0]
        opened.connection.execute(f"PRAGMA max_page_count = {pages + 10}")
        return opened

    with monkeypatch.context() as patch:
        patch.setattr("models.store.store.connect", connect)
        replaced = write(tmp_path / "mới.json", document.dump(small_plan(id="cu", subject="Mới")))
        refused(here("import", clean_file, replaced, fixture_path(4)), str(folder / STORE), "đầy")
        assert [plan.id for plan in plans_in(folder)] == ["cu"]
        assert here("import", clean_file).code == 0
    assert {plan.id: plan.subject for plan in plans_in(folder)} == {
        "cu": small_plan().subject,
        "ke-hoach-1": small_plan().subject,
    }


# ---- commands


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xóa",), "xóa"),
        (("consolidate", "a.zip", "--to", "b"), "consolidate"),
        (("import",), "FILE"),
        (("check",), "FILE-OR-ID"),
        (("verify",), "PACKAGE"),
        (("export",), "FILE-OR-ID"),
        (("export", "a"), "--to"),
        (("export", "a", "--to"), "thiếu giá trị sau --to"),
        (("--data",), "thiếu giá trị sau --data"),
        (("list", "--jsn"), "--jsn"),
        (("list", "--js"), "--js"),
        (("list", "--json=1"), "--json không nhận giá trị"),
        (("list", "thừa"), "thừa"),
        (("check", "a", "b"), "b"),
        (("--lang", "fr", "list"), "fr"),
        (("--nothing",), "--nothing"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_command(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    found = run_here(capsys, *(("--data", folder) if arguments[0] != "--data" else ()), *arguments)
    refused(found, "Lệnh không đúng", said, "--help")
    assert not any(word in found.err for word in ("argument", "expected", "invalid", "required"))
    assert not folder.exists()


def test_a_wrong_command_of_the_real_program(program: Program, folder: Path) -> None:
    refused(program("xóa"), "xóa")
    refused(program("export", "a"), "--to")
    refused(program("--lang", "en", "xóa"))
    assert not folder.exists()


def test_no_screen_and_no_command(program: Program, folder: Path) -> None:
    """Qt itself would end the process without a word that an officer understands."""
    if sys.platform in ("win32", "darwin"):
        pytest.skip("there is always a screen")
    refused(program(), "Không có màn hình", "--help")
    assert not folder.exists()


# ---- surroundings


def test_names_with_vietnamese_letters_and_spaces_work(tmp_path: Path) -> None:
    base = tmp_path / "Kế hoạch “số” năm 2022 & đặc biệt"
    path = write(base / "Gửi đến" / "Kế hoạch Sở Nội vụ (bản cuối).json", document.dump(small_plan()))
    data, to = base / "Dữ liệu của tôi", base / "Kết xuất" / "Quý 4"
    for env in (
        environment(),
        environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        environment(LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="latin-1"),
    ):

        def program(*arguments: object, env: dict[str, str] = env) -> Ran:
            return run("--data", data, *arguments, cwd=base, env=env)

        assert program("import", path) == Ran(0, "ke-hoach-1\n", "")
        found = program("export", "ke-hoach-1", "--to", to, "--json")
        assert found.code == 0 and found.err == ""
        packed = found.json["files"]["package"]
        assert Path(packed).parent == to and Path(packed).is_file()
        shown = program("verify", packed)
        assert shown.code == 0 and shown.out.startswith(f"✓ {packed}: gói nguyên vẹn")
        assert "SỞ B: Phát triển chính quyền số năm 2022" in program("list").out
        # What is wrong is told with the name as it is.
        missing = base / "không có.json"
        refused(program("check", missing), f"“{missing}”")


def test_a_full_output(program: Program, folder: Path, clean_file: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    for arguments in (("list",), ("import", str(clean_file)), ("--help",)):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, str(MAIN), "--data", str(folder), *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment(),
                timeout=60,
            )
        refused(Ran(done.returncode, "", done.stderr.decode()), "đầy")


def test_ctrl_c(folder: Path, tmp_path: Path) -> None:
    """While it waits for a file, here a pipe into which nobody writes."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    path = tmp_path / "chờ.json"
    os.mkfifo(path)
    command = [sys.executable, str(MAIN), "--data", str(folder), "import", str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), preexec_fn=_hear_ctrl_c
    ) as process:
        writer = _open_when_read(path)
        try:
            out, err = _interrupted(process)
        finally:
            os.close(writer)
    assert process.returncode == 130
    assert out == b"" and is_sentence(err.decode())
    assert not folder.exists()


def _interrupted(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Ctrl+C, and again where the first one came in the moment between Python's look for it and its waiting."""
    for _press in range(20):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=3)
    process.kill()
    raise AssertionError("it does not hear Ctrl+C")


def _hear_ctrl_c() -> None:
    """As from a terminal: a shell that runs the tests in the background has made its children deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _open_when_read(path: Path) -> int:
    until = time.monotonic() + 60
    while True:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.01)


def test_ctrl_c_during_an_export_keeps_everything_as_it_was(
    here: Program, folder: Path, clean_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [plan_id] = here("import", clean_file).lines
    before = plans_in(folder)

    def stop(*_details: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    found = here("export", plan_id, "--to", tmp_path / "ra")
    assert found.code == 130 and found.out == "" and is_sentence(found.err)
    assert contents(tmp_path / "ra") == {} and plans_in(folder) == before


@pytest.mark.parametrize("failure", [ZeroDivisionError("Sở Nội vụ"), MemoryError(), RecursionError(), OSError(5, "x")])
def test_a_fault_of_the_program_is_a_sentence_too(
    here: Program, folder: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    """With a report beside the store, of where in the code and not of what is in the plan."""
    here("import", fixture_path(2))

    def fail(*_details: object) -> int:
        raise failure

    monkeypatch.setitem(commands.COMMANDS, "list", fail)
    found = here("list")
    [report] = folder.glob("bao-cao-loi/loi-*.txt")
    refused(Ran(found.code, found.out, found.err.replace(type(failure).__name__, "")), str(report))
    text = report.read_text(encoding="utf-8")
    assert type(failure).__name__ in text and "test_bad_input.py" in text and "Sở Nội vụ" not in text


def test_a_fault_without_a_place_for_its_report(
    clean_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_details: object) -> int:
        raise KeyError("Sở Nội vụ")

    monkeypatch.setitem(commands.COMMANDS, "check", fail)
    found = run_here(capsys, "--data", tmp_path / "không có", "check", clean_file)
    refused(Ran(found.code, found.out, found.err.replace("(KeyError)", "")))
    assert not (tmp_path / "không có").exists()


def test_the_revision_stays_where_the_files_could_not_be_written(
    here: Program, folder: Path, clean_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [plan_id] = here("import", clean_file).lines

    def fail(*_details: object) -> None:
        raise OSError(errno.EIO, "x")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        assert here("export", plan_id, "--to", tmp_path / "ra").code == 2
    with Store(folder) as store:
        assert store.read(plan_id).revision == 1
    assert json.loads(here("export", plan_id, "--to", tmp_path / "ra", "--json").out)["revision"] == 2
