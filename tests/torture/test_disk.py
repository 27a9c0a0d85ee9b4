"""The simulated disk: what was flushed is there, of the rest any part may be."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.torture.disk import Disk, Image, lay_out
from tests.torture.shim import Call

SECTOR = 512
A, B = b"a" * 1000, b"b" * 1000


def disk_of(root: Path, *calls: tuple[Any, ...]) -> Disk:
    """A disk on which an empty folder was there, and then these calls were made: kind, inode, at, name, other, data."""
    disk = Disk(root)
    for kind, inode, at, name, other, data in calls:
        disk.follow(Call(kind, inode, at, f"{disk.root}/{name}", f"{disk.root}/{other}", data))
    return disk


def made(name: str, data: bytes, *more: str, inode: int = 7) -> list[tuple[Any, ...]]:
    """A file made and written, and flushed where ``more`` says so."""
    return [
        ("C", inode, 0, name, "", b""),
        ("W", inode, 0, name, "", data),
        *(("S", inode if one == name else 0, 0, one, "", b"") for one in more),
    ]


def images(disk: Disk, *, strict: bool = False, whole: bool = True) -> list[Image]:
    return [disk.image(Random(seed), strict=strict, sector=SECTOR, whole=whole) for seed in range(200)]


def contents(disk: Disk, name: str, **kind: bool) -> set[bytes | None]:
    """All that may be found under a name; ``None``: nothing."""
    return {image.get(f"{disk.root}/{name}") for image in images(disk, **kind)}


def test_what_was_flushed_is_there(tmp_path: Path) -> None:
    assert contents(disk_of(tmp_path, *made("x", A, "x")), "x") == {A}
    assert contents(disk_of(tmp_path, *made("x", A, "x"), ("A", 0, 0, "", "", b"")), "x", strict=True) == {A}


def test_what_was_not_is_lost_torn_or_there(tmp_path: Path) -> None:
    found = contents(disk_of(tmp_path, *made("x", A)), "x")
    assert {None, b"", A, A[:SECTOR]} <= found
    # A later sector without the earlier one, which holds anything.
    assert any(one is not None and one[SECTOR:] == A[SECTOR:] and one[:SECTOR] != A[:SECTOR] for one in found)


def test_a_name_may_be_lost_until_its_folder_is_flushed(tmp_path: Path) -> None:
    assert contents(disk_of(tmp_path, *made("x", A, "x")), "x", strict=True) == {None, A}
    flushed = ("S", 0, 0, "", "", b"")
    disk = Disk(tmp_path)
    for call in made("x", A, "x"):
        disk.follow(Call(call[0], call[1], 0, f"{disk.root}/x", "", call[5]))
    disk.follow(Call(flushed[0], 0, 0, disk.root, "", b""))
    assert contents(disk, "x", strict=True) == {A}


def test_a_renamed_file_has_the_one_or_the_other_content(tmp_path: Path) -> None:
    disk = disk_of(
        tmp_path, *made("x", A, "x"), *made("y", B, "y", inode=8), ("R", 0, 0, "y", "x", b""),
    )  # fmt: skip
    assert contents(disk, "x") == {A, B}
    # Never both: a rename is kept or lost as a whole.
    assert all((image.get(f"{disk.root}/y") is None) == (image[f"{disk.root}/x"] == B) for image in images(disk))


def test_a_file_in_a_folder_that_was_lost_is_lost(tmp_path: Path) -> None:
    disk = disk_of(tmp_path, ("M", 0, 0, "f", "", b""), *made("f/x", A, "f/x", "f"))
    assert contents(disk, "f/x", strict=True) == {None, A}
    assert contents(disk, "f/x") == {A}


@pytest.mark.parametrize("whole", [True, False])
def test_a_drive_that_is_not_whole_spoils_what_lies_beside(tmp_path: Path, whole: bool) -> None:
    disk = disk_of(tmp_path, *made("x", A, "x"), ("W", 7, 100, "x", "", b"b"))
    beside = {one[:100] for one in contents(disk, "x", whole=whole) if one is not None}
    assert (beside == {A[:100]}) is whole


def test_laid_out_in_a_folder(tmp_path: Path) -> None:
    disk = disk_of(tmp_path, ("M", 0, 0, "f", "", b""), *made("f/x", A))
    lay_out(disk.content(), disk.root, tmp_path / "again")
    assert (tmp_path / "again" / "f" / "x").read_bytes() == A
