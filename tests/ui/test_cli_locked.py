"""Packages under a passphrase on the command line: locked, opened, and never with the passphrase as an argument."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from models import secret
from models.store import Store
from tests.ui.program import MAIN, Program, contents, environment, is_sentence, plans_in

PASSPHRASE = "mai-song-tre-482"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "mật khẩu.txt"
    path.write_text(f"{PASSPHRASE}\nghi chú\n", encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "khác.txt"
    path.write_text("mot mat khau khac", encoding="utf-8")
    return path


@pytest.fixture
def locked(here: Program, clean_file: Path, key: Path, tmp_path: Path) -> Path:
    found = here("export", clean_file, "--to", tmp_path / "ra", "--mail", "--passphrase-file", key, "--json")
    assert found.code == 0 and found.json["files"].keys() == {"package", "mail"}
    assert sorted(contents(tmp_path / "ra")) == ["KH-2022_SB_1.eml", "KH-2022_SB_1.khoa.zip"]
    return Path(found.json["files"]["package"])


def test_every_command_opens_it(here: Program, locked: Path, key: Path, clean_file: Path, folder: Path) -> None:
    assert here("check", locked, "--passphrase-file", key, "--json").json["plan"]["id"] == "ke-hoach-1"
    [told] = here("verify", locked, "--passphrase-file", key, "--json").json
    assert told["ok"] and told["locked"] and told["package"] == str(locked)
    assert here("compare", locked, clean_file, "--passphrase-file", key, "--json").json["empty"]
    assert here("import", locked, "--passphrase-file", key).lines == ["ke-hoach-1"]
    assert [plan.id for plan in plans_in(folder)] == ["ke-hoach-1"]


@pytest.mark.parametrize("command", ["check", "import", "verify", "compare", "export"])
@pytest.mark.parametrize("given", ["none", "other", "missing"])
def test_without_the_right_one_one_sentence_and_nothing_else(
    here: Program, locked: Path, clean_file: Path, other: Path, tmp_path: Path, folder: Path, command: str, given: str
) -> None:
    before = contents(tmp_path / "ra")
    options: list[object] = {
        "none": [],
        "other": ["--passphrase-file", other],
        "missing": ["--passphrase-file", tmp_path / "không có"],
    }[given]
    if command == "compare":
        options.append(clean_file)
    if command == "export":
        options += ["--to", tmp_path / "ra", "--draft"]
    found = here(command, locked, *options)
    assert found.code == 2 and found.out == "" and is_sentence(found.err), found
    assert ("không có" if given == "missing" else locked.name) in found.err
    assert PASSPHRASE not in found.err and "mot mat khau khac" not in found.err
    assert contents(tmp_path / "ra") == before and plans_in(folder) == []


def test_several_files_open_with_the_same_one(
    here: Program, locked: Path, key: Path, clean_file: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "hỏng.zip"
    data = bytearray(locked.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    found = here("verify", locked, damaged, clean_file, "--passphrase-file", key)
    assert found.code == 2  # the plan document is no package
    assert found.out.splitlines()[0].startswith("✓") and f"✗ {damaged}: gói không nguyên vẹn." in found.lines
    assert "Tệp có mật khẩu bị hỏng" in found.out and clean_file.name in found.err


def test_an_earlier_export_is_locked_too(program: Program, clean_file: Path, key: Path, tmp_path: Path) -> None:
    [plan_id] = program("import", clean_file).lines
    plain = program("export", plan_id, "--to", tmp_path / "một", "--json").json["files"]["package"]
    again = program("export", plan_id, "--revision", 2, "--to", tmp_path / "hai", "--passphrase-file", key, "--json")
    assert again.json["files"].keys() == {"package"}
    path = Path(again.json["files"]["package"])
    assert list(contents(tmp_path / "hai")) == [path.name] == ["KH-2022_SB_2.khoa.zip"]
    assert secret.unzip(path, PASSPHRASE) == {Path(plain).name: Path(plain).read_bytes()}


def test_what_is_kept_is_the_plain_package(program: Program, clean_file: Path, key: Path, tmp_path: Path, folder: Path):
    [plan_id] = program("import", clean_file).lines
    found = program("export", plan_id, "--to", tmp_path / "ra", "--passphrase-file", key, "--json")
    with Store(folder) as store:
        kept = store.exported_package(plan_id, 2)
    assert secret.unzip(Path(found.json["files"]["package"]), PASSPHRASE) == {"KH-2022_SB_2.zip": kept}
    # Nothing that the program wrote knows the passphrase.
    for place in (folder, tmp_path / "ra"):
        for name, data in contents(place).items():
            assert PASSPHRASE.encode() not in data, name


def test_a_word_file_does_not_go_along(here: Program, clean_file: Path, key: Path, tmp_path: Path) -> None:
    found = here("export", clean_file, "--to", tmp_path / "ra", "--word", "--passphrase-file", key)
    assert found.code == 2 and is_sentence(found.err) and not (tmp_path / "ra").exists()


@pytest.mark.parametrize(
    ("data", "opens"),
    [
        (PASSPHRASE.encode(), True),
        (b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\nx", True),
        (f"{PASSPHRASE}\r\n".encode("utf-16"), True),
        (b"", False),
        (b"\r\n" + PASSPHRASE.encode(), False),
        (b"\xff\xfe\x00", False),
        (b"\xe1\xe2", False),
        (PASSPHRASE.encode() + b" ", False),
    ],
)
def test_the_first_line_of_a_file_is_the_passphrase(
    here: Program, locked: Path, tmp_path: Path, data: bytes, opens: bool
) -> None:
    path = tmp_path / "k.txt"
    path.write_bytes(data)
    found = here("verify", locked, "--passphrase-file", path)
    assert found.code == (0 if opens else 2)
    assert opens or is_sentence(found.err)


def test_one_too_short_locks_nothing(here: Program, clean_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "k.txt"
    path.write_text("ngắn")
    found = here("export", clean_file, "--to", tmp_path / "ra", "--passphrase-file", path)
    assert found.code == 2 and "quá ngắn" in found.err and not (tmp_path / "ra").exists()


# ---- on a terminal


def typed(answers: list[str], *arguments: object) -> tuple[int, str]:
    """The program on a terminal, each answer typed when it asks; gives its exit code and all that was shown."""
    import pty

    process, terminal = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, str(MAIN), *map(str, arguments)], environment())
    shown, given, until = b"", 0, time.monotonic() + 60
    while time.monotonic() < until:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            break
        if given < len(answers) and shown.decode(errors="replace").count("Mật khẩu của") > given:
            os.write(terminal, f"{answers[given]}\n".encode())
            given += 1
    _process, status = os.waitpid(process, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
@pytest.mark.parametrize(
    ("answers", "code"),
    [([PASSPHRASE], 0), (["sai", PASSPHRASE], 0), (["sai", "sai", "sai"], 2), ([""], 2)],
)
def test_it_is_asked_for_on_a_terminal_and_not_shown(locked: Path, folder: Path, answers: list[str], code: int) -> None:
    found, shown = typed(answers, "--data", folder, "verify", locked)
    assert found == code
    assert shown.count("Mật khẩu của") == len(answers)
    assert PASSPHRASE not in shown and "Traceback" not in shown
    assert ("nguyên vẹn" in shown) == (code == 0)
