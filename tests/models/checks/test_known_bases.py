"""Legal bases held against the catalogue: other dates, no longer in force, one document in several spellings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models import catalogue
from models.catalogue import Catalogue, Entry
from models.checks import Finding, fixes
from models.memory import BASIS_FIELDS
from models.plan import LegalBasis, Plan, Section, find_section
from tests.models.checks.found import findings, places
from tests.plans import register, small_plan


def plan_with(*bases: LegalBasis, **fields: Any) -> Plan:
    return small_plan(legal_bases=list(bases), **fields)


def decision(number: str, date: str, subject: str = "") -> LegalBasis:
    return LegalBasis(kind="Quyết định", number=number, date=date, subject=subject)


def said(basis: LegalBasis) -> tuple[str, ...]:
    return tuple(getattr(basis, name) for name in BASIS_FIELDS)


def fixed(plan: Plan, rule: str) -> Finding:
    """Make the fix of the one finding of a rule."""
    (found,) = findings(plan, rule)
    assert found.fix is not None
    fixes.make([found])
    return found


NATIONAL = "phê duyệt Chương trình chuyển đổi số quốc gia đến năm 2025, định hướng năm 2030"

# ---- basis.date


@pytest.mark.parametrize(
    ("basis", "right"),
    [
        # The same number and year, another day or month.
        (decision("749/QĐ-TTg", "2020-06-13"), "2020-06-03"),
        (decision("749/QĐ-TTg", "2020-03-06"), "2020-06-03"),
        (LegalBasis(kind="Nghị quyết", number="17/NQ-CP", date="2019-03-09"), "2019-03-07"),
        (LegalBasis(kind="Chỉ thị", number="14/CT-TTg", date="2018-05-26"), "2018-05-25"),
        (LegalBasis(kind="Chỉ thị", number="14/CT-TTg", date="2019-07-06"), "2019-06-07"),
        # The year is inside the number.
        (LegalBasis(kind="Thông tư", number="17/2019/TT-BKHCN", date="2019-12-01"), "2019-12-10"),
        (LegalBasis(kind="Luật", number="67/2006/QH11", date="2006-06-26", subject="Công nghệ thông tin"), "2006-06-29"),
        # Other spellings of the number.
        (decision("Quyết định số 749/QĐ-TTG", "2020-06-13"), "2020-06-03"),
        (decision("6/QĐ-TTg", "2022-01-16"), "2022-01-06"),
        (LegalBasis(kind="Nghị quyết", number="52 - NQ/TW", date="2019-09-17"), "2019-09-27"),
        # Another year, but the same words.
        (decision("749/QĐ-TTg", "2021-06-03", NATIONAL), "2020-06-03"),
        (decision("942/QĐ-TTg", "2012-06-15", "phê duyệt chiến lược phát triển chính phủ điện tử hướng tới chính phủ số"
                  " giai đoạn 2021 – 2025, định hướng đến năm 2030"), "2021-06-15"),
        # Another year alone, with the same day.
        (decision("749/QĐ-TTg", "2021-06-03"), "2020-06-03"),
        (LegalBasis(kind="Nghị quyết", number="76/NQ-CP", date="2020-07-15", subject="ban hành"), "2021-07-15"),
        (LegalBasis(kind="Luật", date="2007-06-29", subject="Công nghệ thông tin"), "2006-06-29"),
        # A law by its name alone.
        (LegalBasis(kind="Luật", date="2015-09-11", subject="An toàn thông tin"), "2015-11-19"),
        (LegalBasis(kind="Luật", date="2018-06-21", subject="An ninh mạng"), "2018-06-12"),
        (LegalBasis(kind="Luật", date="2006-06-19", subject="Luật Công nghệ thông tin"), "2006-06-29"),
    ],
)  # fmt: skip
def test_a_known_document_under_another_date(basis: LegalBasis, right: str) -> None:
    plan = plan_with(basis)
    assert ("basis.date", "/legal_bases/0/date") in places(plan)
    found = fixed(plan, "basis.date")
    assert (found.actual, found.expected, basis.date) == (found.actual, right, right)
    assert places(plan, "basis.date", "basis.year") == []


@pytest.mark.parametrize(
    "basis",
    [
        decision("749/QĐ-TTg", "2020-06-03", NATIONAL),
        LegalBasis(kind="Chỉ thị", number="14/CT-TTg", date="2018-05-25"),
        LegalBasis(kind="Chỉ thị", number="14/CT-TTg", date="2019-06-07"),
        # A number comes back every year, and in every term of the Party.
        decision("749/QĐ-TTg", "2019-06-21", "phê duyệt điều chỉnh quy hoạch chung thành phố"),
        decision("749/QĐ-TTg", "2021-06-04"),
        decision("749/QĐ-TTg", "2021-06-03", "phê duyệt kế hoạch sử dụng đất"),
        LegalBasis(kind="Chỉ thị", number="749/QĐ-TTg", date="2021-06-03"),
        LegalBasis(text="Quyết định số 749/QĐ-TTg ngày 03/6/2021 của Thủ tướng Chính phủ về tặng Bằng khen"),
        LegalBasis(kind="Chỉ thị", number="14/CT-TTg", date="2017-04-19"),
        # In January numbers begin anew, on the same days.
        decision("21/QĐ-TTg", "2022-01-06"),
        LegalBasis(kind="Nghị quyết", number="03/NQ-CP", date="2024-01-09"),
        LegalBasis(kind="Luật", date="2019-06-12", subject="An ninh"),
        LegalBasis(
            kind="Nghị quyết", number="36-NQ/TW", date="2018-10-22",
            subject="về Chiến lược phát triển bền vững kinh tế biển Việt Nam đến năm 2030, tầm nhìn đến năm 2045",
        ),
        # Only the first words are the same, which many have.
        decision("749/QĐ-TTg", "2018-06-03", "phê duyệt Chương trình mục tiêu quốc gia xây dựng nông thôn mới"),
        # Of the same number from somebody else.
        decision("749/QĐ-UBND", "2020-06-13"),
        LegalBasis(kind="Kế hoạch", number="749/KH-TTg", date="2020-06-13"),
        decision("1749/QĐ-TTg", "2020-06-13"),
        # The number that the Ministry's own people write; its date is right.
        decision("2323/BTTTT-THH", "2019-12-31", "ban hành Khung Kiến trúc Chính phủ điện tử Việt Nam, phiên bản 2.0"),
        # Laws of names that are like those known, and of other years.
        LegalBasis(kind="Luật", date="2015-06-19", subject="Tổ chức chính quyền địa phương"),
        LegalBasis(kind="Luật", date="2025-06-26", subject="Bảo vệ dữ liệu cá nhân"),
        LegalBasis(kind="Luật", date="2025-06-26", subject="Khoa học"),
        LegalBasis(kind="Luật", date="2006-06-20", subject="sửa đổi, bổ sung một số điều của Luật Công nghệ thông tin"),
        LegalBasis(kind="Luật", subject="Công nghệ thông tin"),
        LegalBasis(kind="Nghị quyết", date="2019-03-09", subject="về Chính phủ điện tử"),
        decision("749/QĐ-TTg", ""),
    ],
)  # fmt: skip
def test_what_is_another_document_or_not_certain(basis: LegalBasis) -> None:
    assert places(plan_with(basis, year=2026), "basis.date", "basis.year") == []


def test_the_sentence_and_what_it_says_of_laws() -> None:
    (found,) = findings(plan_with(LegalBasis(kind="Luật", date="2015-09-11", subject="An toàn thông tin")))
    assert found.message == (
        "Văn bản Luật An toàn thông tin ghi ngày 11/9/2015, nhưng theo danh mục căn cứ thì ban hành ngày 19/11/2015."
    )


def test_another_year_than_in_the_number_is_told_once_and_has_the_known_day_as_its_fix() -> None:
    plan = plan_with(decision("45/2018/QĐ-TTg", "2019-11-09"))
    assert [finding.rule for finding in findings(plan)] == ["basis.year"]
    fixed(plan, "basis.year")
    assert plan.legal_bases[0].date == "2018-11-09"
    assert findings(plan) == []


def test_a_wrong_year_that_puts_it_after_the_plan_is_told_once() -> None:
    plan = plan_with(decision("749/QĐ-TTg", "2025-06-03", NATIONAL), year=2021)
    assert [finding.rule for finding in findings(plan)] == ["basis.date"]


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Quyết định số 749/QĐ-TTg ngày 13/6/2020 của", "Quyết định số 749/QĐ-TTg ngày 03/6/2020 của"),
        ("Quyết định số 749/QĐ-TTg ngày 13 tháng 6 năm 2020 của",
         "Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của"),
        (f"Quyết định số 749/QĐ-TTg ngày 03/6/2021 của Thủ tướng Chính phủ {NATIONAL}.",
         f"Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ {NATIONAL}."),
    ],
)  # fmt: skip
def test_free_words_and_what_a_document_is_about_are_put_right_in_place(said: str, right: str) -> None:
    plan = plan_with(LegalBasis(text=f"Căn cứ {said}"), year=2026)
    fixed(plan, "basis.date")
    assert plan.legal_bases[0].text == f"Căn cứ {right}"
    plan = plan_with(LegalBasis(kind="Kế hoạch", number="1/KH-A", date="2021-01-02", subject=f"thực hiện {said}"))
    fixed(plan, "basis.date")
    assert plan.legal_bases[0].subject == f"thực hiện {right}"


def test_the_cell_of_a_register_is_put_right() -> None:
    from models.checks.bases import dates
    from models.checks.context import plan_context, table_context
    from models.citations import find
    from models.template import get
    from models.totals import compute

    text = "Thông tư số 17/2019/TT-BKHCN ngày 01/12/2019"
    plan = small_plan(register(["x", text]))
    table = plan.tables[-1]
    context = plan_context(plan, get(plan.template), compute(plan))
    for at in (context, table_context(context, table)):
        (found,) = dates(at, table.rows[0], "cells/1", find(text)[0], text=text)
        assert found.fix is not None
        assert (found.fix.field, found.fix.value) == ("cells", ["x", "Thông tư số 17/2019/TT-BKHCN ngày 10/12/2019"])


# ---- basis.expired

LAW_ENDED = (
    "Luật Công nghệ thông tin (67/2006/QH11) hết hiệu lực từ ngày 01/7/2026; "
    "văn bản thay thế: Luật Chuyển đổi số (148/2025/QH15)."
)


def law(number: str = "67/2006/QH11", date: str = "2006-06-29") -> LegalBasis:
    return LegalBasis(kind="Luật", number=number, date=date, issuer="Quốc hội", subject="Công nghệ thông tin")


def decree(number: str, date: str = "", subject: str = "") -> LegalBasis:
    return LegalBasis(kind="Nghị định", number=number, date=date, issuer="Chính phủ", subject=subject)


@pytest.mark.parametrize(
    ("basis", "plan_date", "sentence", "number"),
    [
        (law(), (2026, 11, 20), LAW_ENDED, "148/2025/QH15"),
        (law(), (2026, 7, 1), LAW_ENDED, "148/2025/QH15"),
        # By its name alone.
        (LegalBasis(kind="Luật", subject="Công nghệ thông tin"), (2026, 11, None), None, "148/2025/QH15"),
        # What replaced it was replaced itself.
        (decree("43/2011/NĐ-CP", "2011-06-13"), (2026, 11, None), "Nghị định 43/2011/NĐ-CP hết hiệu lực từ ngày"
         " 15/8/2022; văn bản thay thế: Nghị định 224/2026/NĐ-CP.", "224/2026/NĐ-CP"),
        (decree("43/2011/NĐ-CP"), (2023, 1, None), None, "42/2022/NĐ-CP"),
        # No day of its end is known, but that of its successor.
        (decree("85/2016/NĐ-CP"), (2026, 11, None), "Nghị định 85/2016/NĐ-CP đã có văn bản thay thế từ ngày 19/8/2026:"
         " Nghị định 331/2026/NĐ-CP.", "331/2026/NĐ-CP"),
        (decision("06/QĐ-TTg", "2022-01-06"), (2026, 11, None), None, "826/QĐ-TTg"),
    ],
)  # fmt: skip
def test_no_longer_in_force_and_replaced_whole(
    basis: LegalBasis, plan_date: tuple[int | None, ...], sentence: str | None, number: str
) -> None:
    year, month, day = plan_date
    plan = plan_with(basis, year=year, month=month, day=day)
    found = fixed(plan, "basis.expired")
    assert found.severity == "warning"
    assert sentence is None or found.message == sentence
    (new,) = catalogue.current().named(number)
    assert said(basis) == said(catalogue.as_basis(new))
    assert findings(plan) == []


@pytest.mark.parametrize(
    ("basis", "plan_date"),
    [
        (law(), (2026, 6, 30)),
        (law(), (2026, 6, None)),
        (law(), (2021, None, None)),
        (law(), (None, None, None)),
        (decree("43/2011/NĐ-CP"), (2022, 8, 14)),
        (decree("85/2016/NĐ-CP"), (2026, 8, 18)),
        # One of two that replace it is in force.
        (decree("47/2020/NĐ-CP"), (2025, 9, 30)),
        # Two laws of that name.
        (LegalBasis(kind="Luật", subject="An ninh mạng"), (2026, 11, None)),
        # Another document of that number.
        (decision("06/QĐ-TTg", "2020-01-06"), (2026, 11, None)),
        (decision("06/QĐ-TTg", ""), (2026, 11, None)),
        # Issued, and in force later.
        (LegalBasis(kind="Luật", number="20/2026/QH16", date="2026-08-24"), (2026, 11, None)),
        (LegalBasis(text="Xét Luật Công nghệ thông tin và nhu cầu của đơn vị"), (2026, 11, None)),
    ],
)
def test_in_force_or_not_certain(basis: LegalBasis, plan_date: tuple[int | None, ...]) -> None:
    year, month, day = plan_date
    assert places(plan_with(basis, year=year, month=month, day=day), "basis.expired") == []


def test_replaced_in_parts_is_said_with_care_and_all_of_them_come_instead() -> None:
    plan = plan_with(decision("749/QĐ-TTg", "2020-06-03"), decree("47/2020/NĐ-CP"), year=2026, month=11)
    found = fixed(plan, "basis.expired")
    assert found.message == (
        "Nghị định 47/2020/NĐ-CP đã được thay thế từng phần: Nghị định 194/2025/NĐ-CP (19/8/2025); "
        "Nghị định 278/2025/NĐ-CP (22/10/2025); hãy xem phần nào còn hiệu lực."
    )
    numbers = ["749/QĐ-TTg", "194/2025/NĐ-CP", "278/2025/NĐ-CP"]
    assert [basis.number for basis in plan.legal_bases] == numbers
    assert findings(plan) == []


def test_where_the_new_one_is_cited_already_the_old_one_goes() -> None:
    new = catalogue.as_basis(catalogue.current().named("148/2025/QH15")[0])
    plan = plan_with(law(), new, year=2026, month=11)
    found = fixed(plan, "basis.expired")
    assert found.fix is not None and found.fix.removes
    assert [basis.number for basis in plan.legal_bases] == ["148/2025/QH15"]


def test_several_that_one_document_replaced_become_one() -> None:
    plan = plan_with(decree("64/2007/NĐ-CP"), decree("42/2022/NĐ-CP"), decree("45/2026/NĐ-CP"), year=2026, month=11)
    found = findings(plan, "basis.expired")
    assert len(found) == 3
    fixes.make(found)
    assert [basis.number for basis in plan.legal_bases] == ["224/2026/NĐ-CP"]


def test_a_successor_that_the_catalogue_does_not_have_is_only_named() -> None:
    plan = plan_with(LegalBasis(kind="Thông tư", number="47/2016/TT-BTTTT", date="2016-12-26"), year=2022, month=1)
    (found,) = findings(plan)
    assert (
        found.message
        == "Thông tư 47/2016/TT-BTTTT hết hiệu lực từ ngày 15/02/2021; văn bản thay thế: 40/2020/TT-BTTTT."
    )
    assert found.fix is None


def test_free_words_become_the_new_citation_unless_they_say_more() -> None:
    free = LegalBasis(text="Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ về ứng dụng CNTT")
    plan = plan_with(free, year=2026, month=11)
    fixed(plan, "basis.expired")
    assert (free.number, free.text) == ("224/2026/NĐ-CP", "")
    plan = plan_with(
        LegalBasis(
            text="Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 và Quyết định số 749/QĐ-TTg ngày 03/6/2020"
        ), year=2026, month=11,
    )  # fmt: skip
    (found,) = findings(plan)
    assert (found.rule, found.field, found.fix) == ("basis.expired", "text", None)


def test_the_section_of_bases_too_but_no_review_of_the_past() -> None:
    text = "Thực hiện Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ."
    plan = small_plan(year=2026, month=11)
    plan.sections.append(Section(key="plan.bases", heading="CĂN CỨ"))
    for key in ("review.legal", "plan.bases"):
        section = find_section(plan, key)
        assert section is not None
        section.text = text
    (found,) = findings(plan, "basis.expired")
    assert found.part is find_section(plan, "plan.bases")
    assert (found.quote, found.nth) == ("số 64/2007/NĐ-CP ngày 10/4/2007", 0)


# ---- basis.duplicate


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        (decree("43/2011/NĐ-CP", "2011-06-13"), decree("Nghị định số 43/2011/NĐ-CP", "2011-06-13"), "number"),
        (decree("43/2011/NĐ-CP", "2011-06-13"), decree("43/2011/nđ-cp"), "number"),
        (decree("99/2011/NĐ-CP"), LegalBasis(text="Căn cứ Nghị định số 99/2011/NĐ-CP của Chính phủ về a"), "text"),
        (decision("6/QĐ-A", "2022-01-06"), decision("06/QĐ-A", "2022-01-06"), "number"),
        (LegalBasis(kind="Nghị quyết", number="9-NQ/TU", date="2021-01-06"),
         LegalBasis(kind="Nghị quyết", number="9/NQ-TU", date="2021-01-06"), "number"),
        # One of them with a wrong day.
        (decision("749/QĐ-TTg", "2020-06-03"), decision("749/QĐ-TTg", "2020-06-13"), "number"),
        (law(), LegalBasis(kind="Luật", date="2006-06-29", subject="Công nghệ thông tin"), "subject"),
        (law(), LegalBasis(text="Căn cứ Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006"), "text"),
    ],
)  # fmt: skip
def test_one_document_in_two_spellings(one: LegalBasis, other: LegalBasis, field: str) -> None:
    plan = plan_with(one, decision("1/QĐ-B", "2021-02-03"), other)
    assert places(plan, "basis.duplicate") == [("basis.duplicate", f"/legal_bases/2/{field}")]
    fixed(plan, "basis.duplicate")
    assert len(plan.legal_bases) == 2
    assert plan.legal_bases[0] is one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (decision("749/QĐ-TTg", "2020-06-03"), decision("749/QĐ-TTg", "2019-06-03")),
        (decision("749/QĐ-TTg", "2020-06-03"), decision("749/QĐ-TTg", "")),
        (decision("43/2011/QĐ-A", ""), decree("43/2011/NĐ-CP")),
        (decision("/QĐ-UBND", ""), decision("/QĐ-UBND", "")),
        # Of the province and of the district.
        (decision("12/2021/QĐ-UBND", "2021-03-04"), decision("12/2021/QĐ-UBND", "2021-05-06")),
        (LegalBasis(kind="Luật", subject="An ninh mạng"), LegalBasis(kind="Luật", subject="An ninh mạng")),
        (LegalBasis(text="Căn cứ tình hình thực tế"), LegalBasis(text="Căn cứ tình hình thực tế")),
    ],
)
def test_two_documents_or_none_that_is_known(one: LegalBasis, other: LegalBasis) -> None:
    assert places(plan_with(one, other), "basis.duplicate") == []


# ---- the catalogue decides


def test_what_the_unit_writes_into_the_catalogue_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    about = "ban hành Kế hoạch chuyển đổi số của tỉnh năm 2024"
    own = Entry("Quyết định", "12/QĐ-UBND", "2024-02-01", "UBND tỉnh", about, expired_on="2026-01-01", own=True)
    monkeypatch.setattr(catalogue, "current", lambda: Catalogue([own]))
    wrong = decision("12/QĐ-UBND", "2024-02-11", about)
    assert places(plan_with(wrong, year=2025)) == [("basis.date", "/legal_bases/0/date")]
    # Of the same number from a district, or who knows from where.
    assert places(plan_with(decision("12/QĐ-UBND", "2024-02-11"), year=2025)) == []
    plan = plan_with(decision("12/QĐ-UBND", "2024-02-01"), year=2026, month=2)
    assert findings(plan)[0].message == "Quyết định 12/QĐ-UBND hết hiệu lực từ ngày 01/01/2026."
    monkeypatch.setattr(catalogue, "current", lambda: Catalogue([replace(own, expired_on="")]))
    assert findings(plan) == []
