"""A workbook that nobody changed comes back as the very plan, whatever program has saved it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from models import document, template
from models.errors import ExportError
from models.exports import xlsx
from models.imports import package
from models.plan import Plan
from tests.models.exports import office
from tests.models.imports.workbooks import read, same, saved
from tests.plans import MILLION, NUMBERS, fixture_plan, plans, register, small_plan, some, task, tasks

EDITIONS = pytest.mark.parametrize("fill_in", [False, True], ids=["as submitted", "to be filled in"])


def rendered(plan: Plan, fill_in: bool) -> bytes:
    return xlsx.render(plan, template.get(plan.template), code="7K3F-9QXM", fill_in=fill_in)


@EDITIONS
@pytest.mark.parametrize("number", NUMBERS)
def test_the_real_plans_come_back_whole(number: int, fill_in: bool, tmp_path: Path) -> None:
    plan = fixture_plan(number)
    data = rendered(plan, fill_in)
    assert same(read(tmp_path, data), plan)
    assert same(read(tmp_path, saved(data)), plan)


def test_libreoffice_loses_nothing(tmp_path: Path) -> None:
    sources = []
    for number in NUMBERS:
        for fill_in in (False, True):
            sources.append(tmp_path / f"{number}-{fill_in}.xlsx")
            sources[-1].write_bytes(rendered(fixture_plan(number), fill_in))
    for source, converted in zip(sources, office.convert(tmp_path, "xlsx", *sources), strict=True):
        plan = fixture_plan(int(source.name[0]))
        assert same(package.open_any(converted), plan), source.name
        assert same(read(tmp_path, saved(converted.read_bytes())), plan), source.name


@some(0.15)
@given(plans())
def test_any_plan_comes_back_whole(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    folder = tmp_path_factory.mktemp("any")
    for fill_in in (False, True):
        try:
            data = rendered(plan, fill_in)
        except ExportError:
            continue
        assert same(read(folder, data), plan), fill_in
        assert same(read(folder, saved(data)), plan), fill_in


def test_a_text_that_reads_like_an_error_is_a_text(tmp_path: Path) -> None:
    plan = small_plan(tasks(task("#REF!", 5 * MILLION, note="#N/A")), register(["#VALUE!", "x"]))
    for fill_in in (False, True):
        assert same(read(tmp_path, rendered(plan, fill_in)), plan)


def test_equal_plans_give_equal_bytes() -> None:
    plan = fixture_plan(4)
    assert rendered(plan, True) == rendered(document.copy(plan), True)


def test_the_id_is_kept_and_the_plan_opens_by_any_way(tmp_path: Path) -> None:
    plan = fixture_plan(2)
    path = tmp_path / "biểu không có đuôi"
    path.write_bytes(rendered(plan, True))
    assert package.open_any(path).id == plan.id
