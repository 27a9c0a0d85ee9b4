"""Drives: folders and names that outlast a power cut, and what a drive says of itself."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from models import drives
from models.settings import Settings
from tests.models.exports.drives import failing


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the folders that are flushed."""
    found: list[str] = []
    monkeypatch.setattr(drives, "sync_folder", lambda folder: found.append(folder.name))
    return found


def test_each_folder_made_lasts(tmp_path: Path, flushed: list[str]) -> None:
    drives.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert sorted(flushed) == sorted(["a", tmp_path.name])
    drives.make_folder(tmp_path / "a" / "b")
    assert len(flushed) == 2


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot flush a folder")
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_a_drive_that_fails_to_flush_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    monkeypatch.setattr(os, "fsync", failing(error))
    with pytest.raises(OSError):
        drives.sync_folder(tmp_path)


@pytest.mark.parametrize("error", [errno.EINVAL, errno.EACCES, errno.EPERM])
def test_a_drive_that_cannot_flush_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    monkeypatch.setattr(os, "fsync", failing(error))
    drives.sync_folder(tmp_path)


def test_a_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "old").write_bytes(b"old")
    real, left = os.replace, [PermissionError(errno.EACCES, "held"), PermissionError(errno.EACCES, "held")]

    def replace(source: Path, target: Path) -> None:
        if left:
            raise left.pop()
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(drives, "_PATIENCE", 0.0)
    with pytest.raises(PermissionError):
        drives.replace(tmp_path / "new", tmp_path / "old")
    monkeypatch.setattr(drives, "_PATIENCE", 5.0)
    drives.replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"new"


def test_settings_that_cannot_be_written_are_told_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path)
    told: list[str] = []
    settings.on_failure = told.append
    settings.set("theme", "dark")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.ENOSPC))
        settings.set("theme", "light")
    assert "ổ đĩa đã đầy" in told[0] and len(told) == 1
    assert settings.get("theme") == "light"
    assert Settings(tmp_path).get("theme") == "dark"
    # With the next one both are written.
    settings.set("scale", 1.1)
    assert Settings(tmp_path).get("theme") == "light"
    assert list(tmp_path.glob("*.tmp")) == []
