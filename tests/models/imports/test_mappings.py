"""Mappings that were put right are remembered by the shape of a file, in a file that may hold anything."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import limits
from models.imports import mappings
from models.imports.understood import Mapping

GUESSED = Mapping("tasks", (3, 4), ["number", "task", "lead", ""], "million", "Phụ lục", 20)
PUT_RIGHT = replace(GUESSED, columns=["number", "task", "lead", "note"], unit="dong")


def kept_of(*shapes: str) -> list[mappings.Kept]:
    kept: list[mappings.Kept] = []
    for shape in shapes:
        kept = mappings.remember(kept, shape, GUESSED, PUT_RIGHT, "spending", "tasks")
    return kept


def test_what_was_put_right_comes_again_where_the_next_file_has_its_rows(folder: Path) -> None:
    assert mappings.write(folder, kept_of("a", "b")) == ""
    kept, notice = mappings.read(folder)
    assert notice == "" and [one.shape for one in kept] == ["a", "b"]
    next_file = replace(GUESSED, head=(5, 5), end=90, title="Biểu 2")
    assert mappings.remembered(kept, "a", next_file) == (
        replace(next_file, columns=PUT_RIGHT.columns, unit="dong"), "spending",
    )  # fmt: skip
    assert mappings.remembered(kept, "c", next_file) is None
    assert mappings.remembered(kept, "a", replace(next_file, columns=["task"])) is None


def test_a_unit_that_the_next_file_tells_counts() -> None:
    found = mappings.remembered(kept_of("a"), "a", replace(GUESSED, unit="thousand"))
    assert found is not None and found[0].unit == "thousand"
    silent = mappings.remembered(kept_of("a"), "a", replace(GUESSED, unit=""))
    assert silent is not None and silent[0].unit == "dong"


def test_what_is_understood_rightly_is_forgotten() -> None:
    kept = kept_of("a", "b")
    assert [one.shape for one in mappings.remember(kept, "a", GUESSED, GUESSED, "tasks", "tasks")] == ["b"]
    assert mappings.remember(kept, "", GUESSED, PUT_RIGHT, "tasks", "tasks") == kept


def test_it_is_bounded(folder: Path) -> None:
    kept = kept_of(*(f"s{number}" for number in range(limits.MAPPINGS + 20)))
    assert len(kept) == limits.MAPPINGS and kept[-1].shape == f"s{limits.MAPPINGS + 19}"
    wide = [mappings.Kept(shape=f"w{n}", kind="tasks", columns=["funding." + "x" * 60] * 400) for n in range(200)]
    mappings.write(folder, wide)
    assert (folder / mappings.FILE_NAME).stat().st_size <= limits.MAPPINGS_BYTES
    assert mappings.read(folder)[0][-1].shape == "w199"


def test_it_is_the_owners_alone(folder: Path) -> None:
    mappings.write(folder, kept_of("a"))
    assert (folder / mappings.FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"\xff\xfe", b"[1]", b'[{"shape": 1}]', b"[" * 100_000, b"x" * (limits.MAPPINGS_BYTES + 1),
        json.dumps([{"shape": "a", "kind": "tasks", "columns": ["__class__"]}]).encode(),
        json.dumps([{"shape": "a", "kind": "tasks", "columns": ["task"], "unit": "dollar"}]).encode(),
    ],
)  # fmt: skip
def test_a_broken_file_is_set_aside_and_told(folder: Path, data: bytes) -> None:
    folder.mkdir()
    path = folder / mappings.FILE_NAME
    path.write_bytes(data)
    kept, notice = mappings.read(folder)
    assert kept == [] and "settings-nhap.hong.json" in notice
    assert not path.exists() and path.with_suffix(".hong.json").read_bytes() == data
    assert mappings.read(folder) == ([], "")


@given(st.binary(max_size=300))
def test_nothing_in_the_file_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("m")
    (folder / mappings.FILE_NAME).write_bytes(data)
    mappings.read(folder)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x")
    assert "Không nhớ được" in mappings.write(tmp_path / "tệp", kept_of("a"))
