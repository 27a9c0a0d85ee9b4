"""``import`` and ``check`` of an office's own files: a new plan, doubts on standard error, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.imports import mappings
from tests.offices_word.make import OFFICES, make
from tests.plans import fixture_plan
from tests.ui.importing import workbook_of
from tests.ui.program import Program
from tests.ui.test_importing import TWO, simple

YEARLY = ("--template", "chinh-quyen-so-2022")


@pytest.mark.parametrize(("number", "total"), [(0, 5_039_772_000), (2, 405_000_000), (4, 279_985_500_000)])
def test_a_workbook_becomes_a_plan(here: Program, tmp_path: Path, number: int, total: int) -> None:
    path = workbook_of(tmp_path / "Biểu.xlsx", number, "tasks")
    made = here("import", path, "--template", fixture_plan(number).template)
    assert made.code == 0, made.err
    checked = here("check", made.out.strip(), "--json").json
    assert checked["totals"]["tasks"]["total"] == total
    assert checked["plan"]["template"] == fixture_plan(number).template
    assert (
        here("check", path, "--template", fixture_plan(number).template, "--json").json["totals"] == checked["totals"]
    )


def test_a_word_file_becomes_a_plan(here: Program, tmp_path: Path) -> None:
    path = tmp_path / "Kế hoạch.docx"
    path.write_bytes(make(fixture_plan(0), OFFICES[0]))
    made = here("import", path, *YEARLY)
    assert made.code == 0, made.err
    checked = here("check", made.out.strip(), "--json").json
    assert checked["plan"]["subject"] == fixture_plan(0).subject
    assert checked["totals"]["tasks"]["total"] == 5_039_772_000


def test_the_year_and_what_was_unsure(here: Program, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", [*TWO, ["", "Tổng cộng", "", "", 999, ""]])
    made = here("import", path, *YEARLY, "--year", "2023")
    assert made.code == 0 and len(made.out.split()) == 1
    assert [line.split(":")[0] for line in made.err.splitlines()] == ["a.xlsx"]
    assert "999" in made.err and "dòng 6" in made.err
    [plan] = here("list", "--json").json
    assert plan["period"] == {"from": 2023, "to": 2023} and plan["total"] == 350_500_000


def test_without_a_template_it_says_which_there_are(here: Program, tmp_path: Path) -> None:
    for command in ("import", "check"):
        found = here(command, simple(tmp_path / "a.xlsx", TWO))
        assert found.code == 2 and found.out == ""
        assert "--template" in found.err and "chinh-quyen-so-2022" in found.err
    assert here("import", tmp_path / "a.xlsx", "--template", "khong-co").code == 2


def test_elsewhere_it_has_to_be_imported_first(here: Program, tmp_path: Path) -> None:
    found = here("export", simple(tmp_path / "a.xlsx", TWO), "--to", tmp_path / "ra")
    assert found.code == 2 and "lệnh import" in found.err and not (tmp_path / "ra").exists()


def test_all_or_nothing(here: Program, tmp_path: Path) -> None:
    good, bad = simple(tmp_path / "a.xlsx", TWO), tmp_path / "b.xlsx"
    bad.write_bytes(good.read_bytes()[:3000])
    found = here("import", good, bad, *YEARLY)
    assert found.code == 2 and found.out == ""
    assert here("list", "--json").json == []
    assert len(here("import", good, good, *YEARLY).out.split()) == 2


def test_a_unit_that_nothing_tells_is_asked_for(here: Program, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", TWO, unit="")
    found = here("import", path, *YEARLY)
    assert found.code == 2 and "đơn vị tính" in found.err and "--unit" in found.err
    made = here("import", path, *YEARLY, "--unit", "thousand")
    assert made.code == 0
    assert here("check", made.out.strip(), "--json").json["totals"]["tasks"]["total"] == 350_500


def test_years_that_are_none(here: Program, tmp_path: Path) -> None:
    found = here("import", simple(tmp_path / "a.xlsx", TWO), *YEARLY, "--year", "năm nay")
    assert found.code == 2 and "không phải là năm" in found.err


def test_remembered_mappings_that_are_broken_are_set_aside_and_told(
    here: Program, tmp_path: Path, folder: Path
) -> None:
    folder.mkdir()
    (folder / mappings.FILE_NAME).write_text("{")
    made = here("import", simple(tmp_path / "a.xlsx", TWO), *YEARLY)
    assert made.code == 0 and "hong.json" in made.err
    assert (folder / mappings.FILE_NAME).with_suffix(".hong.json").read_text() == "{"
