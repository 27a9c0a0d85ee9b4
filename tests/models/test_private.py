"""The data folder is its owner's alone, and no folder of anybody else's is touched."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import private
from models.settings import Settings
from models.store import Store
from tests.plans import small_plan

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are others on Windows")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """The loosest umask there is."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> set[int]:
    return {mode(path) for path in folder.rglob("*") if path.is_file()}


def test_what_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    with Store(folder) as store:
        store.add(small_plan())
        Settings(folder).set("theme", "dark")
        assert mode(folder) == 0o700 and modes(folder) == {0o600}
        assert {path.name for path in folder.iterdir()} >= {"kehoachso.db", "kehoachso.db-wal", "settings.json"}


def test_a_folder_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    with Store(tmp_path / "kho") as store:
        store.add(small_plan())
    Settings(tmp_path / "kho").set("theme", "dark")
    for name in ("sao-luu", "bao-cao-loi"):
        (tmp_path / "kho" / name).mkdir(mode=0o777)
        (tmp_path / "kho" / name / "tệp").write_bytes(b"x")
    (tmp_path / "kho").chmod(0o777)
    for path in (tmp_path / "kho").rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    with Store(tmp_path / "kho"):
        assert mode(tmp_path / "kho") == 0o700 and modes(tmp_path / "kho") == {0o600}
        assert mode(tmp_path / "kho" / "sao-luu") == mode(tmp_path / "kho" / "bao-cao-loi") == 0o700


def test_a_folder_with_other_things_in_it_stays_as_it_is(tmp_path: Path) -> None:
    """A USB drive, or a folder of the user's: only the program's own files in it are closed."""
    (tmp_path / "Ảnh cưới.jpg").write_bytes(b"x")
    (tmp_path / "Ảnh cưới.jpg").chmod(0o644)
    tmp_path.chmod(0o755)
    with Store(tmp_path):
        assert mode(tmp_path) == 0o755 and mode(tmp_path / "Ảnh cưới.jpg") == 0o644
        assert mode(tmp_path / "kehoachso.db") == 0o600


def test_a_home_folder_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    private.tighten(tmp_path)
    assert mode(tmp_path) == 0o755


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "ngoài"
    outside.mkdir()
    (outside / "thư").write_bytes(b"x")
    (outside / "thư").chmod(0o644)
    outside.chmod(0o755)
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "sao-luu").symlink_to(outside)
    (folder / "kehoachso.lock").symlink_to(outside / "thư")
    private.tighten(folder)
    assert mode(outside) == 0o755 and mode(outside / "thư") == 0o644


def test_it_never_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private.tighten(tmp_path / "không có")
    (tmp_path / "settings.json").write_bytes(b"{}")

    def refuse(*_details: object, **_more: object) -> None:
        raise PermissionError(1, "x")

    monkeypatch.setattr(Path, "chmod", refuse)
    private.tighten(tmp_path)


def test_a_small_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dang-chay.json"
    private.write(path, b"1")

    def refuse(*_details: object) -> None:
        raise OSError(28, "x")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError):
        private.write(path, b"2")
    assert path.read_bytes() == b"1" and [one.name for one in tmp_path.iterdir()] == [path.name]
