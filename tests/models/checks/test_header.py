"""The head of the document, required sections and tables, indicators."""

from __future__ import annotations

from typing import Any

import pytest

from models.plan import Plan, Section, find_section, insert, remove
from models.template import get, walk
from tests.models.checks.found import findings, places, pointers
from tests.plans import MILLION, register, small_plan, task, tasks

# ---- header.missing


@pytest.mark.parametrize(
    ("field", "empty", "pointer"),
    [
        ("unit_name", "", "/organisation/name"),
        ("place", "", "/organisation/place"),
        ("subject", "", "/document/subject"),
        ("signer_name", "", "/signature/name"),
        ("year", None, "/document/year"),
        ("period_from", None, "/period/from"),
    ],
)
def test_what_is_missing_in_the_head(field: str, empty: Any, pointer: str) -> None:
    plan = small_plan(**{field: empty})
    assert places(plan) == [("header.missing", pointer)]


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("unit_parent", ""), ("unit_code", ""), ("addressee", ""), ("number", ""), ("symbol", ""), ("month", None),
        ("day", None), ("capacity", ""), ("signer_position", ""), ("recipients", []), ("period_to", None), ("legal_bases", []),
    ],
)  # fmt: skip
def test_what_may_be_empty_in_the_head(field: str, empty: Any) -> None:
    assert places(small_plan(**{field: empty})) == []


def test_an_empty_plan_lacks_everything_that_is_required() -> None:
    plan = Plan(id="a", template="chinh-quyen-so-2022")
    found = places(plan)
    assert len([rule for rule, _place in found if rule == "header.missing"]) == 6
    required = [spec for spec in walk(get(plan.template).sections) if spec.required]
    assert [place for rule, place in found if rule == "section.missing"] == ["/sections"] * len(required)
    assert [place for rule, place in found if rule == "table.missing"] == ["/tables"]
    assert len(found) == 6 + 8 + 1


# ---- period.order of the plan's own period


def test_the_plans_own_period_backwards() -> None:
    plan = small_plan(tasks(), template="chinh-quyen-so-2021-2025", period_from=2025, period_to=2021)
    assert pointers(plan, "period.order") == ["/period/to"]
    assert pointers(small_plan(subject="Kế hoạch giai đoạn 2025-2021"), "period.order") == ["/document/subject"]
    assert pointers(small_plan(subject="Kế hoạch giai đoạn 2021-2025"), "period.order") == []


# ---- section.missing


def without_text(plan: Plan, key: str) -> Section:
    section = find_section(plan, key)
    assert section is not None
    section.text = " \n"
    return section


def test_a_required_section_without_text() -> None:
    plan = small_plan()
    section = without_text(plan, "review.legal")
    assert places(plan) == [("section.missing", "/sections/0/sections/0/text")]
    assert findings(plan)[0].message == "Mục “review.legal” chưa có nội dung."
    remove(section)
    assert places(plan) == [("section.missing", "/sections")]
    assert findings(plan)[0].message == "Mục “MÔI TRƯỜNG PHÁP LÝ” chưa có nội dung."


def test_a_section_that_is_not_required_may_be_empty() -> None:
    plan = small_plan()
    without_text(plan, "plan.budget")
    assert places(plan) == []


def test_a_section_is_filled_by_what_is_below_it() -> None:
    plan = small_plan()
    section = without_text(plan, "plan.tasks")
    own = Section(key="own", sections=[Section(key="deeper", text="Có.")])
    insert(section, own)
    assert places(plan) == []
    own.sections[0].text = ""
    assert places(plan) == [("section.missing", "/sections/1/sections/1/text")]


def test_a_section_is_filled_by_a_section_of_its_kind_elsewhere_in_the_outline() -> None:
    plan = small_plan()
    remove(without_text(plan, "plan.tasks"))
    insert(plan, Section(key="plan.tasks", text="Có."))
    assert places(plan) == []


def test_a_section_is_filled_by_a_register_or_an_indicator() -> None:
    plan = small_plan(tasks(task(total=5 * MILLION, security=True)), register(["a"], section="review.apps"))
    without_text(plan, "review.apps")
    assert places(plan) == []
    plan.tables[1].section = "review.legal"
    assert pointers(plan, "section.missing") == ["/sections/0/sections/2/text"]
    plan.indicators = {"procedures_total": 0}
    assert places(plan) == []


# ---- table.missing


def test_a_required_table_without_rows() -> None:
    plan = small_plan(tasks(title="Nhiệm vụ năm 2022"))
    assert places(plan) == [("table.missing", "/tables/0/rows")]
    assert findings(plan)[0].message == "Bảng “Nhiệm vụ năm 2022” chưa có dòng nào."
    assert places(small_plan(tables=[])) == [("table.missing", "/tables")]
    assert places(small_plan(tasks(task(total=0)), tasks(key="spending"), register())) == []


# ---- indicators


@pytest.mark.parametrize(
    ("indicators", "found"),
    [
        ({"procedures_total": 54, "procedures_level2": 31, "procedures_level3": 3, "procedures_level4": 20}, []),
        ({"procedures_total": 55, "procedures_level2": 31, "procedures_level3": 3, "procedures_level4": 20}, ["/indicators/procedures_total"]),
        ({"procedures_total": 54, "procedures_level2": 31}, []),
        ({"procedures_total": 30, "procedures_level2": 31}, ["/indicators/procedures_total"]),
        ({"procedures_total": 54}, []),
        ({"procedures_level2": 31, "procedures_level3": 3}, []),
        ({"procedures_total": 0, "procedures_level2": 0, "procedures_level3": 0, "procedures_level4": 0}, []),
    ],
)  # fmt: skip
def test_parts_of_an_indicator(indicators: dict[str, int], found: list[str]) -> None:
    assert places(small_plan(indicators=indicators)) == [("indicator.parts", place) for place in found]


@pytest.mark.parametrize(
    ("stated", "right"),
    [
        (17.02, True), (17.0, True), (17, True), (17.021, True), (17.03, False), (17.1, False), (16, False), (18, False),
    ],
)  # fmt: skip
def test_a_stated_percentage(stated: float, right: bool) -> None:
    """8 of 47 are 17,0212…%."""
    plan = small_plan(indicators={"files_level4": 8, "files_total": 47, "files_level4_share": stated})
    assert places(plan) == ([] if right else [("indicator.share", "/indicators/files_level4_share")])


def test_a_percentage_of_what_is_not_known_is_not_judged() -> None:
    for indicators in (
        {"files_level4": 8},
        {"files_total": 47},
        {"files_level4": 0, "files_total": 0},
        {"files_total": 0},
    ):
        assert pointers(small_plan(indicators={**indicators, "files_level4_share": 99}), "indicator.share") == []


def test_sentences_of_indicators() -> None:
    plan = small_plan(indicators={"procedures_total": 1000, "procedures_level2": 1200})
    assert (
        findings(plan)[0].message
        == "“Số thủ tục hành chính trên hệ thống một cửa điện tử” là 1.000, khác tổng các phần 1.200."
    )
    plan = small_plan(indicators={"files_level4": 8, "files_total": 47, "files_level4_share": 17.5})
    [found] = findings(plan)
    assert (found.expected, found.actual) == (17.02, 17.5)
    assert "đã nêu 17,5%, tính được 17,02%" in found.message
