"""Money in tables: stated against computed, signs, scale, missing amounts, the security share."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec
import pytest

from models.checks import check
from models.checks.amounts import suspicious_from
from models.money import LIMIT
from models.plan import Row
from models.template import Limits, get
from tests.models.checks.found import findings, places, pointers
from tests.plans import MILLION, group, register, small_plan, task, tasks

ROW = "/tables/0/rows/0"
#: Others of the table, so that no amount is odd among them and the security share is right.
SAFE = Row(task="An toàn", lead="x", time="2022", total=100 * MILLION, security=True)


def plan_of(*rows: Row, **fields: Any) -> Any:
    return small_plan(tasks(*rows, SAFE, **fields))


# ---- total.stated


def test_a_stated_total_of_a_table_that_differs() -> None:
    plan = plan_of(task(total=5 * MILLION), stated_total=104 * MILLION)
    [found] = findings(plan)
    assert places(plan) == [("total.stated", "/tables/0/stated_total")]
    assert (found.expected, found.actual) == (105 * MILLION, 104 * MILLION)
    assert found.message == "Tổng đã nêu 104 khác tổng tính được 105 (lệch 1 triệu đồng)."
    assert places(plan_of(task(total=5 * MILLION), stated_total=105 * MILLION)) == []


def test_a_stated_total_of_a_group_that_differs() -> None:
    def plan(stated: int) -> Any:
        inner = group("trong", task(total=5 * MILLION), stated_total=stated)
        return plan_of(group("ngoài", inner, stated_total=5 * MILLION))

    assert places(plan(6 * MILLION)) == [("total.stated", f"{ROW}/rows/0/stated_total")]
    assert places(plan(5 * MILLION)) == []


def test_a_stated_total_of_what_is_not_costed() -> None:
    assert pointers(plan_of(group("rỗng", stated_total=1)), "total.stated") == [f"{ROW}/stated_total"]
    assert pointers(plan_of(group("rỗng", stated_total=0)), "total.stated") == []
    assert pointers(small_plan(tasks(task(), stated_total=5)), "total.stated") == ["/tables/0/stated_total"]


def test_a_register_has_no_total_to_state() -> None:
    assert places(small_plan(tasks(SAFE), register(["a"], stated_total=5))) == []


def test_a_sum_beyond_the_limit_is_told_but_not_offered() -> None:
    plan = small_plan(tasks(*(task(str(n), LIMIT, security=True) for n in range(3)), stated_total=5))
    [found] = findings(plan, "total.stated")
    assert found.expected == 3 * LIMIT
    assert found.fix is None


# ---- total.funding, total.years, total.parts


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"total": 5 * MILLION, "funding": {"oda": 2 * MILLION, "other": 2 * MILLION}}, [("total.funding", f"{ROW}/funding")]),
        ({"total": 5 * MILLION, "funding": {"oda": 2 * MILLION, "other": 3 * MILLION}}, []),
        ({"total": 5 * MILLION, "funding": {"oda": 2 * MILLION, "other": None}}, []),
        ({"total": 5 * MILLION, "funding": {"oda": 6 * MILLION, "other": None}}, [("total.funding", f"{ROW}/funding")]),
        ({"total": 5 * MILLION, "funding": {"oda": None}}, []),
        ({"funding": {"oda": 2 * MILLION}}, []),
        ({"total": 5 * MILLION, "years": {"2022": 4 * MILLION}}, [("total.years", f"{ROW}/years")]),
        ({"total": 5 * MILLION, "years": {"2022": 5 * MILLION}}, []),
        ({"total": 5 * MILLION, "years": {"2022": 4 * MILLION, "2023": None}}, []),
        ({"funding": {"oda": 2 * MILLION}, "years": {"2022": 3 * MILLION}}, [("total.years", f"{ROW}/years")]),
        ({"total": 5 * MILLION, "rows": [task("a", 2 * MILLION), task("b", 2 * MILLION)]}, [("total.parts", f"{ROW}/total")]),
        ({"total": 5 * MILLION, "rows": [task("a", 2 * MILLION), task("b", 3 * MILLION)]}, []),
        ({"total": 5 * MILLION, "rows": [task("a"), task("b")]}, []),
        ({"total": 5 * MILLION, "rows": [task("a", 2 * MILLION), task("b")]}, []),
        ({"total": 5 * MILLION, "rows": [task("a", 6 * MILLION), task("b")]}, [("total.parts", f"{ROW}/total")]),
        ({"rows": [task("a", 2 * MILLION), task("b", 2 * MILLION)]}, []),
        ({"funding": {"oda": 4 * MILLION}, "rows": [task("a", 2 * MILLION)]}, [("total.parts", f"{ROW}/total")]),
    ],
)  # fmt: skip
def test_sums_of_a_task(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    found = places(plan_of(task(**fields)), "total.funding", "total.years", "total.parts", "total.stated")
    assert found == expected


def test_sums_of_a_part_are_checked_too() -> None:
    part = task("phần", 5 * MILLION, funding={"oda": 4 * MILLION})
    assert places(plan_of(task(rows=[part]))) == [("total.funding", f"{ROW}/rows/0/funding")]


def test_expected_is_the_total_and_actual_the_sum() -> None:
    [found] = findings(plan_of(task(total=5 * MILLION, years={"2022": 4 * MILLION})))
    assert (found.expected, found.actual) == (5 * MILLION, 4 * MILLION)
    assert found.message == "Kinh phí các năm cộng lại là 4, khác tổng kinh phí 5 triệu đồng."


# ---- amount.negative


def test_amounts_below_zero() -> None:
    row = task(total=-5 * MILLION, funding={"a/b~": -5 * MILLION}, years={"2022": -5 * MILLION})
    assert places(plan_of(row), "amount.negative") == [
        ("amount.negative", f"{ROW}/{field}") for field in ("total", "funding/a~1b~0", "years/2022")
    ]
    assert pointers(plan_of(group("g", task(total=-MILLION), stated_total=-MILLION)), "amount.negative") == [
        f"{ROW}/stated_total",
        f"{ROW}/rows/0/total",
    ]
    assert pointers(plan_of(task(total=-101 * MILLION), stated_total=-MILLION), "amount.negative") == [
        "/tables/0/stated_total",
        f"{ROW}/total",
    ]
    assert places(plan_of(task(total=0, funding={"oda": 0}, years={"2022": 0}))) == []


# ---- amount.scale


@pytest.mark.parametrize(
    ("amount", "odd"),
    [(0, False), (1, True), (9_999, True), (10_000, False), (10**12 - 1, False), (10**12, True), (LIMIT, True)],
)
def test_amounts_that_look_typed_in_another_unit(amount: int, odd: bool) -> None:
    # A lone pair has no usual size: only what no task can cost is odd.
    found = pointers(plan_of(task(total=amount, funding={"oda": amount}, years={"2022": amount})), "amount.scale")
    assert found == ([f"{ROW}/total", f"{ROW}/funding/oda", f"{ROW}/years/2022"] if odd else [])


def test_an_amount_far_above_the_others_of_its_table() -> None:
    others = [task(str(n), 50 * MILLION) for n in range(4)]
    assert pointers(plan_of(task("x", 100_000 * MILLION), *others), "amount.scale") == [f"{ROW}/total"]
    assert pointers(plan_of(task("x", 49_000 * MILLION), *others), "amount.scale") == []
    large = [task(str(n), 500_000 * MILLION) for n in range(4)]
    assert pointers(plan_of(task("x", 900_000 * MILLION), *large), "amount.scale") == []


def test_stated_totals_of_groups_may_be_large_but_not_tiny() -> None:
    rows = [task(str(n), 400_000 * MILLION) for n in range(3)]
    assert pointers(plan_of(group("g", *rows, stated_total=1_200_000 * MILLION)), "amount.scale") == []
    assert pointers(plan_of(group("g", task(total=0), stated_total=500)), "amount.scale") == [f"{ROW}/stated_total"]


def test_the_sentence_names_the_unit_of_the_column() -> None:
    [found] = findings(plan_of(task(total=250), unit="million"), "amount.scale")
    assert found.message == "Số tiền 0,00025 triệu đồng quá nhỏ; có thể đã gõ nhầm đơn vị tính (cột này là triệu đồng)."


def test_suspicious_from() -> None:
    assert suspicious_from([]) == suspicious_from([1, 1, 1]) == 10**12
    assert suspicious_from([MILLION] * 4) == 10**11
    assert suspicious_from([500 * MILLION] * 4) == 5 * 10**11
    assert suspicious_from([10**12] * 4) == 10**12


# ---- amount.missing


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, True),
        ({"total": 0}, False),
        ({"funding": {"oda": None}}, True),
        ({"years": {"2022": MILLION}}, False),
        ({"note": "Không cần kinh phí"}, False),
        ({"note": "không sử dụng ngân sách"}, False),
        ({"result": "Lồng ghép với nhiệm vụ khác"}, False),
        ({"note": "Ngân sách tỉnh"}, True),
        ({"objective": "không cần kinh phí"}, True),
    ],
)
def test_a_task_without_an_amount(fields: dict[str, Any], missing: bool) -> None:
    assert places(plan_of(task(**fields))) == ([("amount.missing", f"{ROW}/total")] if missing else [])


def test_parts_need_amounts_only_where_their_task_has_none() -> None:
    def parts() -> list[Row]:
        return [task("a", MILLION), task("b"), task("c", rows=[task("d")])]

    missing = [f"{ROW}/rows/1/total", f"{ROW}/rows/2/rows/0/total"]
    assert pointers(plan_of(task(rows=parts())), "amount.missing") == missing
    assert pointers(plan_of(task(total=5 * MILLION, rows=parts())), "amount.missing") == []
    assert pointers(plan_of(task(years={"2022": 5 * MILLION}, rows=parts())), "amount.missing") == []
    assert pointers(plan_of(task(note="không cần kinh phí", rows=[task("a")])), "amount.missing") == []


def test_no_amount_is_missing_where_the_table_has_no_place_for_it() -> None:
    def plan(**fields: Any) -> Any:
        return small_plan(tasks(task(), **fields))

    assert pointers(plan(layout="no-amounts"), "amount.missing") == []
    assert pointers(plan(), "amount.missing") == [f"{ROW}/total"]


# ---- share.security


def test_a_security_share_below_the_limit() -> None:
    plan = small_plan(tasks(task("a", 901 * MILLION), task("b", 99 * MILLION, security=True)))
    assert places(plan) == [("share.security", "/tables/0")]
    [found] = findings(plan)
    assert (found.expected, found.actual) == (Fraction(1, 10), Fraction(99, 1000))
    assert found.message == "Kinh phí bảo đảm an toàn thông tin 9,9%, dưới mức 10% của mẫu."
    assert places(small_plan(tasks(task("a", 900 * MILLION), task("b", 100 * MILLION, security=True)))) == []


def test_no_share_is_asked_of_what_is_not_costed_nor_of_other_tables() -> None:
    assert pointers(small_plan(tasks(task(), layout="no-amounts")), "share.security") == []
    assert pointers(small_plan(tasks(task(total=0))), "share.security") == []
    spending = tasks(task(total=5 * MILLION), key="spending", unit="dong")
    assert pointers(small_plan(spending, tasks(SAFE)), "share.security") == []


def test_a_template_without_a_limit_asks_for_none() -> None:
    plan = small_plan(tasks(task(total=5 * MILLION)))
    template = get(plan.template)
    unlimited = msgspec.structs.replace(template, limits=Limits())
    assert [finding.rule for finding in check(plan, template)] == ["share.security"]
    assert check(plan, unlimited) == []
