"""Backups on the command line: made, listed, and plans taken back; passphrases come from files or the terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from models import document
from models.settings import BACKUP_FOLDER, Settings
from models.store import Store, backups
from tests.plans import fixture_path, fixture_plan, small_plan
from tests.ui.program import Program, contents, is_sentence, plans_in, write

PASSPHRASE = "bảy con ngựa gỗ 2022"


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "mật khẩu.txt"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


def edit(folder: Path, plan_id: str) -> None:
    with Store(folder) as store, store.open_plan(plan_id).edit("Sửa") as plan:
        plan.subject = "Khác"


def subject(folder: Path, plan_id: str) -> str:
    with Store(folder) as store:
        return store.read(plan_id).subject


# ---- made and listed


def test_made_and_listed(here: Program, folder: Path) -> None:
    assert here("backups").lines == ["Chưa có bản sao lưu nào."]
    here("import", fixture_path(0))
    made = here("backup")
    (path,) = map(Path, made.lines)
    assert (made.code, made.err, path.parent) == (0, "", folder / "sao-luu")
    done = subprocess.run(["sqlite3", path, "PRAGMA integrity_check"], capture_output=True, text=True, timeout=60)
    assert done.stdout == "ok\n"
    (line,) = here("backups").lines
    assert str(path) in line and "theo yêu cầu" in line and "1 kế hoạch" in line
    (told,) = here("backups", "--json").json
    assert (told["file"], told["reason"], told["locked"], told["plans"]) == (str(path), "asked", False, 1)
    assert told["size"] == path.stat().st_size and told["fault"] == ""


def test_into_a_folder_locked(here: Program, tmp_path: Path, secret_file: Path) -> None:
    here("import", fixture_path(0))
    target = tmp_path / "usb" / "mới"
    found = here("backup", "--to", target, "--passphrase-file", secret_file, "--json").json
    (made,) = found["backups"]
    assert found["problems"] == [] and made["locked"]
    assert [str(path) for path in target.iterdir()] == [made["file"]]
    assert here("backups").lines == ["Chưa có bản sao lưu nào."]
    (line,) = here("backups", target).lines
    assert "có mật khẩu" in line
    refused = here("backup", "--passphrase-file", secret_file)
    assert refused.code == 2 and is_sentence(refused.err)


def test_the_second_folder_is_used_and_missed(here: Program, folder: Path, tmp_path: Path) -> None:
    here("import", fixture_path(0))
    usb = tmp_path / "usb"
    Settings(folder).set(BACKUP_FOLDER, str(usb))
    away = here("backup")
    assert away.code == 0 and len(away.lines) == 1
    assert is_sentence(away.err) and str(usb) in away.err
    usb.mkdir()
    backups.set_passphrase(folder, PASSPHRASE)
    there = here("backup")
    assert there.err == "" and [Path(line).parent for line in there.lines] == [folder / "sao-luu", usb]
    assert there.lines[1].endswith(".db.zip")
    assert len(here("backups").lines) == 3


def test_without_a_store_nothing_is_made(here: Program, folder: Path, tmp_path: Path) -> None:
    for arguments in ((), ("--to", tmp_path / "đích")):
        refused = here("backup", *arguments)
        assert refused.code == 2 and is_sentence(refused.err) and refused.out == ""
    assert not folder.exists()


def test_what_is_damaged_is_listed_as_such(here: Program, folder: Path) -> None:
    here("import", fixture_path(0))
    (path,) = map(Path, here("backup").lines)
    path.write_bytes(path.read_bytes()[:-10])
    line, fault = here("backups").lines
    assert str(path) in line and "bị hỏng" in fault
    before = contents(folder)
    refused = here("restore", path.name)
    assert refused.code == 2 and is_sentence(refused.err) and "bị hỏng" in refused.err
    assert contents(folder) == before


# ---- taken back


def test_taken_back_and_undone(program: Program, folder: Path) -> None:
    (plan_id,) = program("import", fixture_path(0)).lines
    (path,) = map(Path, program("backup").lines)
    edit(folder, plan_id)
    done = program("restore", path.name)
    told, *restored = done.lines
    assert (done.code, done.err, restored) == (0, "", [plan_id])
    (before,) = [backup for backup in backups.listed(path.parent) if backup.reason == "restore"]
    assert str(before.path) in told
    assert subject(folder, plan_id) == fixture_plan(0).subject
    with Store(folder) as store:
        opened = store.open_plan(plan_id)
        opened.undo()
        assert opened.plan.subject == "Khác"
    # And by the backup that was made before.
    program("restore", path)
    assert program("restore", before.path, plan_id, "--json").json["restored"] == [plan_id]
    assert subject(folder, plan_id) == "Khác"


def test_some_of_its_plans(here: Program, folder: Path, clean_file: Path) -> None:
    here("import", fixture_path(0), clean_file)
    (path,) = map(Path, here("backup").lines)
    for plan_id in (fixture_plan(0).id, small_plan().id):
        edit(folder, plan_id)
    assert here("restore", path.name, small_plan().id).lines[1:] == [small_plan().id]
    assert subject(folder, fixture_plan(0).id) == "Khác" != subject(folder, small_plan().id)


def test_into_another_store(here: Program, tmp_path: Path) -> None:
    here("import", fixture_path(0), fixture_path(4))
    (path,) = here("backup").lines
    done = here("--data", tmp_path / "máy mới", "restore", path, "--json").json
    assert set(done["restored"]) == {fixture_plan(0).id, fixture_plan(4).id}
    # There was nothing to be kept.
    assert done["backup"] is None and done["set_aside"] is None
    assert {plan.id for plan in plans_in(tmp_path / "máy mới")} == set(done["restored"])


def test_a_damaged_store_is_set_aside(here: Program, folder: Path) -> None:
    here("import", fixture_path(0))
    (path,) = here("backup").lines
    rubbish = b"\xff" * 30_000
    for name in ("kehoachso.db-wal", "kehoachso.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "kehoachso.db").write_bytes(rubbish)
    done = here("restore", path, "--json").json
    assert Path(done["set_aside"]).read_bytes() == rubbish
    assert [plan.id for plan in plans_in(folder)] == [fixture_plan(0).id]


@pytest.mark.parametrize("name", ["không-có.db", "./không-có.db", "plan.json"])
def test_what_is_no_backup(here: Program, folder: Path, tmp_path: Path, name: str) -> None:
    here("import", fixture_path(0))
    write(tmp_path / "plan.json", document.dump(small_plan()))
    before = contents(folder)
    refused = here("restore", tmp_path / name if name == "plan.json" else name)
    assert refused.code == 2 and is_sentence(refused.err)
    assert contents(folder) == before


def test_a_plan_that_is_not_in_it(here: Program, folder: Path) -> None:
    here("import", fixture_path(0))
    (path,) = here("backup").lines
    before = contents(folder)
    refused = here("restore", path, "lạ")
    assert refused.code == 2 and is_sentence(refused.err) and "lạ" in refused.err
    assert contents(folder) == before


# ---- passphrases


def test_a_locked_one(
    here: Program, folder: Path, tmp_path: Path, secret_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plan_id,) = here("import", fixture_path(0)).lines
    (path,) = here("backup", "--to", tmp_path / "usb", "--passphrase-file", secret_file).lines
    edit(folder, plan_id)
    refused = here("restore", path)
    assert refused.code == 2 and is_sentence(refused.err) and "--passphrase-file" in refused.err
    wrong = tmp_path / "sai.txt"
    wrong.write_text("bảy con ngựa sắt\n", encoding="utf-8")
    refused = here("restore", path, "--passphrase-file", wrong)
    assert refused.code == 2 and is_sentence(refused.err)
    assert subject(folder, plan_id) == "Khác"
    assert here("restore", path, "--passphrase-file", secret_file).code == 0
    # The one that is kept for the second folder needs no file.
    edit(folder, plan_id)
    backups.set_passphrase(folder, PASSPHRASE)
    assert here("restore", path).code == 0
    backups.set_passphrase(folder, "một mật khẩu cũ")
    # Else it is asked for.
    given = iter(["sai hẳn rồi", PASSPHRASE])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream=None: next(given))
    edit(folder, plan_id)
    assert here("restore", path).code == 0
    assert subject(folder, plan_id) == fixture_plan(0).subject


# ---- before an import that replaces


def test_an_import_that_replaces_makes_one_first(here: Program, folder: Path) -> None:
    here("import", fixture_path(0))
    here("import", fixture_path(4))
    assert backups.listed(folder / "sao-luu") == []
    edit(folder, fixture_plan(0).id)
    here("import", fixture_path(0))
    (backup,) = backups.listed(folder / "sao-luu")
    assert backup.reason == "import"
    with backups.opened(backup) as held:
        assert held.read(fixture_plan(0).id).subject == "Khác"
    # Where it cannot be made, nothing is replaced.
    edit(folder, fixture_plan(0).id)
    backup.path.unlink()
    (folder / "sao-luu").rmdir()
    (folder / "sao-luu").write_text("ở chỗ của thư mục")
    refused = here("import", fixture_path(0))
    assert refused.code == 2 and is_sentence(refused.err)
    assert subject(folder, fixture_plan(0).id) == "Khác"
