"""What section texts say: placeholders, totals and words, percentages."""

from __future__ import annotations

import time
from typing import Any

import pytest

from models import document
from models.plan import LegalBasis, Plan, Section, find_section
from tests.models.checks.found import findings, places, pointers
from tests.plans import MILLION, fixture_document, fixture_plan, register, small_plan, task, tasks

BUDGET = "/sections/1/sections/2/text"


def section(plan: Plan, key: str = "plan.budget") -> Section:
    found = find_section(plan, key)
    assert found is not None
    return found


def plan_saying(text: str, key: str = "plan.budget", **fields: Any) -> Plan:
    """The small plan (120 million đồng) with ``text`` in one section."""
    plan = small_plan(**fields)
    section(plan, key).text = text
    return plan


# ---- text.placeholder


def test_an_unknown_placeholder() -> None:
    plan = plan_saying("Tổng: {total:task}, {lạ} và {year}")
    assert places(plan) == [("text.placeholder", BUDGET)] * 2
    assert [found.actual for found in findings(plan)] == ["{total:task}", "{lạ}"]
    assert findings(plan)[0].message == "Không có trường tự điền “{total:task}”; hãy chọn lại trong danh sách."


def test_known_placeholders_and_lone_braces() -> None:
    text = "{total:tasks} {total_million:tasks} {words:tasks} {share:security} {year} {previous_year} {appendix:tasks} {indicator:servers} { } } {"
    assert places(plan_saying(text.replace("{ } ", ""))) == []


def test_what_has_no_such_value_is_unknown() -> None:
    assert pointers(
        plan_saying("{total:software}", tables=[tasks(task(total=MILLION, security=True)), register(["a"])]),
        "text.placeholder",
    ) == [BUDGET]
    assert pointers(plan_saying("{year}", period_from=None), "text.placeholder") == [BUDGET]


# ---- total.text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Tổng kinh phí thực hiện: 119.000.000 đồng.", 119 * MILLION),
        ("Tổng kinh phí dự kiến là 119 triệu đồng", 119 * MILLION),
        ("Tổng kinh phí: **119.000.000 đ** (chi tiết kèm theo)", 119 * MILLION),
        ("tổng số tiền 0,119 tỷ đồng", 119 * MILLION),
        ("Tổng dự toán: 119.000 nghìn đồng", 119 * MILLION),
        ("Tổng kinh phí năm 2022 của các nhiệm vụ tại Phụ lục 1 là: 119.000.000 VNĐ", 119 * MILLION),
        ("Tổng cộng: 119.000.000đ", 119 * MILLION),
    ],
)
def test_a_stated_total_that_differs_from_the_table(text: str, amount: int) -> None:
    plan = plan_saying(text)
    assert places(plan) == [("total.text", BUDGET)]
    [found] = findings(plan)
    assert (found.expected, found.actual) == (120 * MILLION, amount)


@pytest.mark.parametrize(
    "text",
    [
        "Tổng kinh phí: 120.000.000 đồng.",
        "Tổng kinh phí: 120 triệu đồng, trong đó ngân sách tỉnh 100 triệu đồng, nguồn khác 20 triệu đồng.",
        "Tổng kinh phí: 0,12 tỷ đồng",
        "Tổng kinh phí: {total:tasks} ({words:tasks})",
        "Tổng kinh phí: {total_million:tasks}",
        "Năm 2021 đã chi 119.000.000 đồng.",
        "Tổng kinh phí do ngân sách cấp. Mua máy: 119.000.000 đồng.",
        "Tổng kinh phí:\n119.000.000 đồng",
        "Tổng kinh phí của 119 nhiệm vụ",
        "Tổng kinh phí: 119.00.000 đồng",
    ],
)
def test_texts_that_state_no_other_total(text: str) -> None:
    assert places(plan_saying(text)) == []


def test_only_sections_that_state_a_tables_total_are_held_to_it() -> None:
    wrong = "Tổng kinh phí: 119.000.000 đồng"
    assert places(plan_saying(wrong, "plan.targets")) == []
    assert places(plan_saying(wrong, tables=[tasks(task(), task(), layout="no-amounts")])) == [
        ("task.duplicate", "/tables/0/rows/1/task")
    ]
    # A table of that key that is a register has no total.
    assert pointers(plan_saying(wrong, tables=[register(["a"], key="tasks")]), "total.text") == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Tổng kinh phí: 119.000.000 đồng", "Tổng kinh phí: 120.000.000 đồng"),
        ("Tổng kinh phí: **119 triệu đồng**", "Tổng kinh phí: **120 triệu đồng**"),
        ("Tổng kinh phí: 0,119 tỷ đồng", "Tổng kinh phí: 0,12 tỷ đồng"),
        ("Tổng kinh phí: 119.000 nghìn đồng", "Tổng kinh phí: 120.000 nghìn đồng"),
        (
            "Tổng kinh phí: **119.000.000 đ** (*Bằng chữ: Một trăm mười chín triệu đồng*).",
            "Tổng kinh phí: **120.000.000 đ** (*Bằng chữ: Một trăm hai mươi triệu đồng*).",
        ),
        (
            "Tổng kinh phí: 119.000.000 đồng, năm trước cũng 119.000.000 đồng",
            "Tổng kinh phí: 120.000.000 đồng, năm trước cũng 119.000.000 đồng",
        ),
    ],
)
def test_the_fix_keeps_the_unit_and_puts_the_words_right(text: str, fixed: str | None) -> None:
    [found] = findings(plan_saying(text), "total.text")
    assert (found.fix and found.fix.value) == fixed


def test_of_several_tables_the_one_whose_appendix_is_named() -> None:
    data = fixture_document(4)
    review = data["sections"][0]["sections"][7]
    assert review["key"] == "review.budget"
    review["text"] = review["text"].replace("là 189.270,5 triệu", "là 189.270,6 triệu")
    plan = document.load(data)
    [found] = findings(plan, "total.text")
    assert places(plan, "total.text") == [("total.text", "/sections/0/sections/7/text")]
    assert (found.actual, found.expected) == (189_270_600_000, 189_270_500_000)
    review["text"] = review["text"].replace("{appendix:spending}", "phụ lục")
    assert pointers(document.load(data), "total.text") == []


def test_plan_000_states_another_total_and_the_fix_writes_the_words_anew() -> None:
    plan = fixture_plan(0)
    [found] = findings(plan, "total.text")
    assert (found.actual, found.expected) == (5_039_722_000, 5_039_772_000)
    assert found.fix is not None
    assert (
        "**5.039.772.000 đ** (*Bằng chữ: Năm tỷ không trăm ba mươi chín triệu bảy trăm bảy mươi hai nghìn đồng*)"
        in found.fix.value
    )


# ---- words.text


@pytest.mark.parametrize(
    "text",
    [
        "Kinh phí 5.000.000 đồng (Bằng chữ: Sáu triệu đồng)",
        "Kinh phí: **5.000.000 đ** (*bằng chữ: Năm triệu một nghìn đồng*)",
        "5 triệu đồng; bằng chữ năm tỷ đồng",
    ],
)
def test_an_amount_and_other_words(text: str) -> None:
    plan = plan_saying(text, "review.legal")
    assert places(plan) == [("words.text", "/sections/0/sections/0/text")]
    [found] = findings(plan)
    assert found.expected == "Năm triệu đồng"


@pytest.mark.parametrize(
    "text",
    [
        "5.000.000 đồng (Bằng chữ: Năm triệu đồng)",
        "5.000.000 đồng (*Bằng chữ: năm triệu đồng chẵn./.*)",
        "2.215.000.000 đ (Bằng chữ: Hai tỷ hai trăm mười lăm triệu đồng)",
        "105.000.000 đồng (bằng chữ: Một trăm linh năm triệu đồng)",
        "5.000.000 đồng (bằng chữ: theo phụ lục)",
        "5.000.000 đồng. Sáu triệu đồng",
        "{total:tasks} (Bằng chữ: {words:tasks})",
    ],
)
def test_an_amount_and_its_own_words(text: str) -> None:
    assert pointers(plan_saying(text, "review.legal"), "words.text") == []


def test_the_words_are_written_anew() -> None:
    [found] = findings(plan_saying("5.000.000 đồng (*Bằng chữ: Sáu triệu đồng*).", "review.legal"))
    assert found.fix is not None
    assert found.fix.value == "5.000.000 đồng (*Bằng chữ: Năm triệu đồng*)."


# ---- indicator.share in the text

COUNTS = {"procedures_total": 54, "procedures_level2": 31, "procedures_level3": 3, "procedures_level4": 20}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("31 thủ tục (57,41%)", True),
        ("31 thủ tục (57,40%)", False),
        ("31 thủ tục (57,4%)", True),
        ("31 thủ tục (57%)", True),
        ("31 thủ tục (58%)", False),
        ("03 thủ tục (5,56%), 20 thủ tục (chiếm 37,04%)", True),
        ("03 thủ tục hành chính (6,56 %)", False),
        ("31 hồ sơ (99%)", True),
        ("32 thủ tục (99%)", True),
        ("131 thủ tục (99%)", True),
        ("31 thủ tục, đạt 99%", True),
    ],
)
def test_a_percentage_beside_a_count(text: str, right: bool) -> None:
    plan = plan_saying(text, "review.apps", indicators=COUNTS)
    assert places(plan) == ([] if right else [("indicator.share", "/sections/0/sections/2/text")])


def test_a_count_that_could_be_of_two_wholes_is_not_judged() -> None:
    both = COUNTS | {"computers": 40, "computers_online": 31, "computers_antivirus": 31, "documents_signed": 3}
    assert places(plan_saying("31 máy (77,5%)", "review.apps", indicators=both)) == []
    assert len(places(plan_saying("31 máy (76%)", "review.apps", indicators=both))) == 1
    # The whole is not known.
    assert places(plan_saying("03 văn bản (1%)", "review.apps", indicators=both)) == []


def test_the_percentage_is_put_right_in_the_text() -> None:
    [found] = findings(plan_saying("31 thủ tục (57,40%)", "review.apps", indicators=COUNTS))
    assert (found.expected, found.actual) == (57.41, 57.4)
    assert found.fix is not None
    assert found.fix.value == "31 thủ tục (57,41%)"


# ---- where it is, and what puts it right


@pytest.mark.parametrize(
    ("text", "rule", "quote", "nth", "fixed"),
    [
        ("phổ biến cho cho công chức", "text.repeat", "cho cho", 0, "phổ biến cho công chức"),
        ("phổ biến cho **cho công chức**", "text.repeat", "cho cho", 0, None),
        ("**5.000.000 đ** (*Sáu triệu đồng*)", "words.text", "Sáu triệu đồng", 0, "**5.000.000 đ** (*Năm triệu đồng*)"),
        ("**5.000.000 đ (Sáu triệu đồng)**", "words.text", "Sáu triệu đồng", 0, "**5.000.000 đ (Năm triệu đồng)**"),
        ("31/54 TTHC (57,40%), 31/54 TTHC (57,41%)", "indicator.share", "31/54 TTHC (57,40%", 0, "31/54 TTHC (57,41%), 31/54 TTHC (57,41%)"),
        ("2021-2025; 2021-2015", "period.order", "2021-2015", 0, None),
        ("54 TTHC, gồm 31 TTHC mức độ 2 và 20 TTHC mức độ 3", "indicator.parts", "54 TTHC", 0, None),
        ("số 45/2018/QĐ-TTg ngày 09/11/2019 và số 45/2018/QĐ-TTg ngày 09/11/2018", "basis.year", "số 45/2018/QĐ-TTg ngày 09/11/2019", 0, "số 45/2018/QĐ-TTg ngày 09/11/2018 và số 45/2018/QĐ-TTg ngày 09/11/2018"),
        ("số 12/QĐ-UBND ngày 31/02/2020", "basis.date", "số 12/QĐ-UBND ngày 31/02/2020", 0, None),
        ("**Luật An toàn thông tin mạng** ngày 11/9/2015", "basis.date", "Luật An toàn thông tin mạng ngày 11/9/2015", 0, "**Luật An toàn thông tin mạng** ngày 19/11/2015"),
    ],
)  # fmt: skip
def test_the_words_and_the_fix(text: str, rule: str, quote: str, nth: int, fixed: str | None) -> None:
    found = next(one for one in findings(plan_saying(text, "review.legal")) if one.rule == rule)
    assert (found.quote, found.nth) == (quote, nth)
    assert (found.fix and found.fix.value) == fixed


def test_a_cell_of_a_register_is_put_right() -> None:
    plan = small_plan(tasks(task(total=MILLION, security=True)), register(["x", "phần mềm phần mềm A"]))
    [found] = findings(plan)
    assert (found.rule, found.field, found.quote) == ("text.repeat", "cells/1", "phần mềm phần mềm")
    assert found.fix is not None
    assert (found.fix.field, found.fix.value) == ("cells", ["x", "phần mềm A"])


@pytest.mark.parametrize("field", ["task", "objective", "scope", "result", "note"])
def test_the_words_of_a_task_are_read(field: str) -> None:
    row = task("Mua máy", MILLION, security=True)
    setattr(row, field, "phổ biến cho cho công chức")
    assert places(small_plan(tasks(row))) == [("text.repeat", f"/tables/0/rows/0/{field}")]


def test_the_date_and_issuer_that_a_basis_says_twice() -> None:
    subject = "ngày 29/12/2020 của UBND tỉnh về việc phê duyệt Kế hoạch"
    basis = LegalBasis(kind="Quyết định", number="5362/QĐ-UBND", date="2020-12-29", issuer="UBND tỉnh", subject=subject)
    [found] = findings(small_plan(legal_bases=[basis]))
    assert (found.rule, found.quote) == ("text.repeat", "ngày 29/12/2020 của UBND tỉnh")
    assert found.fix is not None
    assert found.fix.value == "về việc phê duyệt Kế hoạch"


@pytest.mark.parametrize(
    ("subject", "fixed"),
    [
        ("Phát triển chính quyền số năm 2022", None),
        ("Phát triển chính quyền số năm 2023", "Phát triển chính quyền số năm 2022"),
        ("Phát triển chính quyền số giai đoạn 2021-2025", None),
        ("Kế hoạch năm 2023 thuộc giai đoạn 2021-2025", None),
        ("Phát triển chính quyền số", None),
    ],
)
def test_the_year_that_the_subject_says(subject: str, fixed: str | None) -> None:
    found = findings(small_plan(subject=subject), "period.outside")
    assert [one.fix.value for one in found if one.fix] == ([fixed] if fixed else [])


def test_the_years_of_headings_and_titles() -> None:
    plan = small_plan()
    plan.sections[0].heading = "ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2021"
    plan.sections[1].heading = "NỘI DUNG KẾ HOẠCH NĂM 2022"
    plan.tables[0].title = "NHIỆM VỤ, DỰ ÁN NĂM 2022"
    assert findings(plan) == []
    plan.sections[0].heading = "ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2022"
    plan.sections[1].heading = "NỘI DUNG KẾ HOẠCH NĂM 2021"
    plan.tables[0].title = "NHIỆM VỤ, DỰ ÁN NĂM 2021"
    assert places(plan) == [
        ("period.outside", "/sections/0/heading"),
        ("period.outside", "/sections/1/heading"),
        ("period.outside", "/tables/0/title"),
    ]


# ---- long texts


@pytest.mark.parametrize(
    "text",
    [
        "tổng kinh phí " * 3_000,
        "tổng kinh phí " + "1" * 5_000,
        "tổng kinh phí " + "1." * 5_000,
        "tổng kinh phí 1 a " * 3_000,
        "1 đồng bằng chữ " * 3_000,
        "1 đồng" + "(" * 30_000,
        "1 thủ tục (" * 5_000,
        "31 " + "a" * 30_000 + " %",
        "*" * 20_000,
        "{" * 30_000,
    ],
)
def test_a_long_text_is_checked_at_once(text: str) -> None:
    plan = plan_saying(text, indicators=COUNTS)
    began = time.perf_counter()
    findings(plan)
    assert time.perf_counter() - began < 2
