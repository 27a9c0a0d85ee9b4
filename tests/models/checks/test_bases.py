"""Legal bases, and documents cited anywhere: years, dates, cited twice."""

from __future__ import annotations

from typing import Any

import pytest

from models.plan import LegalBasis, Plan, find_section
from tests.models.checks.found import findings, places, pointers
from tests.plans import MILLION, register, small_plan, task, tasks


def plan_with(*bases: LegalBasis, **fields: Any) -> Plan:
    return small_plan(legal_bases=list(bases), **fields)


def basis(number: str = "749/QĐ-TTg", date: str = "2020-06-03", **fields: Any) -> LegalBasis:
    return LegalBasis(kind="Quyết định", number=number, date=date, **fields)


def plan_saying(text: str) -> Plan:
    plan = small_plan()
    section = find_section(plan, "review.legal")
    assert section is not None
    section.text = text
    return plan


SAID = "/sections/0/sections/0/text"


# ---- basis.year


def test_the_year_in_the_number_and_the_year_of_the_date() -> None:
    plan = plan_with(basis("45/2018/QĐ-TTg", "2019-11-09"))
    assert places(plan) == [("basis.year", "/legal_bases/0/date")]
    [found] = findings(plan)
    assert (found.expected, found.actual) == (2018, 2019)
    assert found.message == "Văn bản 45/2018/QĐ-TTg mang năm 2018 trong số hiệu nhưng ghi ngày 09/11/2019."
    for right in (basis("45/2018/QĐ-TTg", "2018-11-09"), basis("45/QĐ-TTg", "2019-11-09"), basis("45/2018/QĐ-TTg", "")):
        assert places(plan_with(right)) == []


@pytest.mark.parametrize("field", ["task", "objective", "scope", "result", "note"])
def test_also_in_the_words_of_a_task(field: str) -> None:
    row = task(total=MILLION, security=True)
    setattr(row, field, "Theo Quyết định số 45/2018/QĐ-TTg ngày 09/11/2019")
    assert places(small_plan(tasks(row))) == [("basis.year", f"/tables/0/rows/0/{field}")]


def test_also_in_text_in_free_bases_and_in_registers() -> None:
    wrong = "Quyết định số 45/2018/QĐ-TTg ngày 09/11/2019"
    assert places(plan_saying(wrong)) == [("basis.year", SAID)]
    assert places(plan_with(LegalBasis(text=f"Căn cứ {wrong}"))) == [("basis.year", "/legal_bases/0/text")]
    plan = small_plan(tasks(task(total=MILLION, security=True)), register(["x", wrong]))
    assert places(plan) == [("basis.year", "/tables/1/rows/0/1")]
    assert places(plan_saying("Quyết định số 45/2018/QĐ-TTg ngày 09/11/2018")) == []


# ---- basis.future


@pytest.mark.parametrize(
    ("plan_date", "date", "future"),
    [
        ((2021, 10, 6), "2021-10-06", False),
        ((2021, 10, 6), "2021-10-07", True),
        ((2021, 10, None), "2021-10-31", False),
        ((2021, 10, None), "2021-11-01", True),
        ((2020, 2, None), "2020-02-29", False),
        ((2021, 12, None), "2021-12-31", False),
        ((2021, 12, None), "2022-01-01", True),
        ((2021, None, None), "2021-12-31", False),
        ((2021, None, None), "2022-01-01", True),
        ((2021, None, 6), "2021-12-31", False),
    ],
)
def test_a_basis_dated_after_the_plan(plan_date: tuple[int | None, ...], date: str, future: bool) -> None:
    year, month, day = plan_date
    plan = plan_with(basis("15/QĐ-UBND", date), year=year, month=month, day=day)
    assert places(plan) == ([("basis.future", "/legal_bases/0/date")] if future else [])


def test_a_plan_without_a_year_has_no_later_date() -> None:
    assert pointers(plan_with(basis("15/QĐ-UBND", "2999-01-01"), year=None), "basis.future") == []


def test_a_document_cited_in_the_text_and_dated_after_the_plan() -> None:
    plan = plan_saying("Sở thực hiện Kế hoạch số 44/KH-STP ngày 25/12/2021 về ứng dụng CNTT.")
    assert places(plan) == [("basis.future", SAID)]
    assert findings(plan)[0].message == "Văn bản 44/KH-STP ghi ngày 25/12/2021, sau ngày của kế hoạch."
    assert places(plan_saying("Kế hoạch số 44/KH-STP ngày 25/12/2020; họp ngày 25/12/2021")) == []


# ---- basis.duplicate


def test_a_basis_cited_twice() -> None:
    plan = plan_with(basis(), basis("05-NQ/TU"), basis(" 749/qđ-ttg"))
    assert places(plan) == [("basis.duplicate", "/legal_bases/2/number")]


def test_the_same_number_of_another_day_is_another_document() -> None:
    assert places(plan_with(basis("14/CT-TTg", "2018-05-25"), basis("14/CT-TTg", "2019-06-07"))) == []


def test_bases_without_a_number_are_not_compared() -> None:
    law = {"kind": "Luật", "subject": "Công nghệ thông tin"}
    assert places(plan_with(LegalBasis(**law), LegalBasis(**law))) == []  # type: ignore[arg-type]


def test_a_basis_in_free_words_is_the_first_document_it_names() -> None:
    opening = LegalBasis(
        text="Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 về việc thực hiện Nghị quyết số 50/NQ-CP ngày 17/4/2020"
    )
    assert places(plan_with(opening, basis())) == [("basis.duplicate", "/legal_bases/1/number")]
    assert places(plan_with(basis(), opening)) == [("basis.duplicate", "/legal_bases/1/text")]
    assert places(plan_with(opening, basis("50/NQ-CP", "2020-04-17"))) == []
    assert places(plan_with(LegalBasis(text="Căn cứ tình hình thực tế"), basis())) == []


# ---- period.order


def test_backward_periods_in_bases_headings_and_text() -> None:
    wrong = "giai đoạn 2021-2015"
    assert places(plan_with(basis(subject=wrong))) == [("period.order", "/legal_bases/0/subject")]
    assert places(plan_with(LegalBasis(text=wrong))) == [("period.order", "/legal_bases/0/text")]
    assert places(plan_saying(wrong)) == [("period.order", SAID)]
    plan = small_plan()
    plan.sections[1].heading = "KẾ HOẠCH GIAI ĐOẠN 2025 - 2021"
    assert places(plan) == [("period.order", "/sections/1/heading")]
    assert places(plan_saying("giai đoạn 2016-2020, 2021-2025")) == []
