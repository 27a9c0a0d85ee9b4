from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.errors import ExportError
from models.exports import fonts

FACES = ("regular", "bold", "italic", "bolditalic")
WINDOWS = ("times.ttf", "TIMESBD.TTF", "timesi.ttf", "timesbi.ttf")


def found(name: str) -> list[Path]:
    """The files of a free family on this machine, in the order of the faces."""
    files = fonts._files(fonts._folders())
    return [files[f"{name}-{face}.ttf"] for face in FACES]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which alone fonts are looked for."""
    monkeypatch.setenv(fonts.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def test_the_font_of_this_machine_has_every_vietnamese_letter() -> None:
    assert len(set(fonts.VIETNAMESE)) == 134
    assert fonts.missing_characters(fonts.VIETNAMESE) == set()
    assert fonts.family().characters.issuperset(fonts.VIETNAMESE)


def test_without_a_font_it_says_what_to_install(folder: Path) -> None:
    with pytest.raises(ExportError, match=r"Times New Roman.*fonts-croscore"):
        fonts.family()


def test_times_is_taken_before_a_free_font(folder: Path) -> None:
    for path, name in zip(found("tinos"), WINDOWS, strict=True):
        shutil.copy(path, folder / name)
        shutil.copy(path, folder / path.name)
    assert fonts.family().name == "Times New Roman"


def test_a_damaged_font_is_passed_over(folder: Path) -> None:
    for path, name in zip(found("tinos"), WINDOWS, strict=True):
        (folder / name).write_bytes(b"\0\1\0\0" + bytes(40))
        shutil.copy(path, folder / path.name)
    assert fonts.family().name == "Tinos"


def test_a_family_without_all_faces_is_passed_over(folder: Path) -> None:
    shutil.copy(found("tinos")[0], folder / "times.ttf")
    with pytest.raises(ExportError):
        fonts.family()


def test_missing_characters_are_named_and_white_space_is_not() -> None:
    assert fonts.missing_characters("Kế\t\n hoạch\u200b\u202f☃") == {"☃"}
    assert fonts.missing_characters(["a", "漢字"]) == {"漢", "字"}


def test_clean() -> None:
    assert fonts.clean("e\u0302\u0301\tx") == "ế x"
    assert fonts.clean("2021 - 2025") == "2021\u00a0-\u00a02025"
    assert fonts.clean("Lao động – Thương binh") == "Lao động –\u00a0Thương binh"
    assert fonts.clean("a\u2028b\rc") == "a\nbc"
