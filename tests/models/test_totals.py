"""Sums: what counts as a task's total, and nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document, template, totals
from models.checks import check
from models.plan import Plan, Row, Table, find_table
from models.totals import TableTotals, add, by_lead, compute, differs
from tests.plans import MILLION, fixture_document, fixture_plan, group, plans, register, small_plan, task, tasks


def sums(*rows: Row, **fields: Any) -> TableTotals:
    plan = small_plan(tasks(*rows, **fields))
    return compute(plan).of(plan.tables[0])


def table(plan: Plan, key: str) -> Table:
    found = find_table(plan, key)
    assert found is not None
    return found


# ---- the five real plans


@pytest.mark.parametrize(
    ("number", "key", "total"),
    [
        (0, "tasks", 5_039_772_000),
        (1, "tasks", 0),
        (2, "tasks", 405_000_000),
        (3, "spending", 162_570_000),
        (3, "tasks", 0),
        (4, "spending", 189_270_500_000),
        (4, "spending_security", 87_751_000_000),
        (4, "tasks", 279_985_500_000),
    ],
)
def test_totals_of_the_real_plans(number: int, key: str, total: int) -> None:
    plan = fixture_plan(number)
    assert compute(plan).of(table(plan, key)).total == total


def test_plan_000_has_a_security_share_below_the_limit() -> None:
    plan = fixture_plan(0)
    found = compute(plan).of(plan.tables[0])
    assert found.security == 310_000_000
    assert found.security_share == Fraction(310_000_000, 5_039_772_000)
    assert round(float(found.security_share) * 100, 2) == 6.15


def test_plan_001_has_no_amounts() -> None:
    plan = fixture_plan(1)
    found = compute(plan).of(table(plan, "tasks"))
    assert (found.tasks, found.costed, found.security_share) == (12, 0, None)


def test_plan_002_by_source() -> None:
    plan = fixture_plan(2)
    assert compute(plan).of(plan.tables[0]).by_source == {"local_recurrent": 405_000_000}


def test_plan_004_group_by_group() -> None:
    plan = fixture_plan(4)
    found = compute(plan)
    spending, planned = table(plan, "spending"), table(plan, "tasks")
    assert [found.row(row) for row in spending.rows] == [168_686_500_000, 10_838_000_000, 2_031_100_000, 7_714_900_000]
    assert [found.row(row) for row in spending.rows] == [row.stated_total for row in spending.rows]
    assert [found.row(row) for row in planned.rows] == [164_001_000_000, 115_984_500_000]
    assert [[found.row(below) for below in row.rows] for row in planned.rows] == [
        [None, 164_001_000_000],
        [80_596_000_000, 35_388_500_000],
    ]
    assert (found.of(spending).tasks, found.of(planned).tasks) == (77, 53)
    assert found.of(planned).security == 33_033_500_000
    assert found.of(planned).by_source == {"local_investment": 94_832_000_000, "other": 11_000_000_000}
    assert found.of(planned).by_year == {"2021": 8_853_000_000} | dict.fromkeys(
        ("2022", "2023", "2024", "2025"), 10_853_000_000
    )


def test_plan_004_without_the_damaged_amount_is_told_from_its_stated_totals() -> None:
    data = fixture_document(4)
    damaged = data["tables"][3]["rows"][1]["rows"][1]["rows"][20]
    assert damaged["total"] == 1_100 * MILLION
    del damaged["total"]
    plan = document.load(data)
    found = [f for f in check(plan, template.get(plan.template)) if f.rule.startswith("total.")]
    places = document.pointers(plan)
    assert [(f.rule, places[id(f.part)], f.actual, f.expected) for f in found if f.rule == "total.stated"] == [
        ("total.stated", "/tables/3", 279_985_500_000, 278_885_500_000),
        ("total.stated", "/tables/3/rows/1/rows/1", 35_388_500_000, 34_288_500_000),
    ]
    assert [(f.rule, f.actual) for f in found if f.rule != "total.stated"] == [("total.text", 279_985_500_000)]


# ---- what counts as a task's total


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({}, None),
        ({"total": 7}, 7),
        ({"total": 0}, 0),
        ({"total": -7}, -7),
        ({"total": 7, "funding": {"oda": 5}, "years": {"2022": 3}}, 7),
        ({"total": 0, "funding": {"oda": 5}}, 0),
        ({"funding": {"oda": 5, "other": 6}, "years": {"2022": 3}}, 11),
        ({"funding": {"oda": 0}, "years": {"2022": 3}}, 0),
        ({"funding": {"oda": 5, "other": None}}, 5),
        ({"funding": {"oda": None}, "years": {"2022": 3, "2023": 4}}, 7),
        ({"funding": {"oda": None}, "years": {"2022": None}}, None),
        ({"rows": [Row(task="a", total=1), Row(task="b", total=2)]}, 3),
        ({"rows": [Row(task="a", total=1), Row(task="b")]}, 1),
        ({"rows": [Row(task="a"), Row(task="b")]}, None),
        ({"years": {"2022": 3}, "rows": [Row(task="a", total=1)]}, 3),
        ({"total": 9, "rows": [Row(task="a", total=1)]}, 9),
        ({"rows": [Row(task="a", rows=[Row(task="b", funding={"oda": 4}), Row(task="c", years={"2022": 5})])]}, 9),
    ],
)
def test_what_counts_as_a_tasks_total(fields: dict[str, Any], amount: int | None) -> None:
    plan = small_plan(tasks(task(**fields)))
    found = compute(plan)
    assert found.row(plan.tables[0].rows[0]) == amount
    assert found.of(plan.tables[0]).total == (amount or 0)


def test_a_group_is_the_sum_of_what_is_under_it_and_never_what_is_stated() -> None:
    inner = group("trong", task(total=1), task(total=2), stated_total=50)
    outer = group("ngoài", inner, task(total=4), group("rỗng"), stated_total=60)
    plan = small_plan(tasks(outer, stated_total=70))
    found = compute(plan)
    assert (found.row(inner), found.row(outer), found.row(outer.rows[2])) == (3, 7, None)
    assert found.of(plan.tables[0]).total == 7


def test_tasks_with_parts_are_not_counted_as_tasks() -> None:
    found = sums(task(rows=[task(total=1), task()]), group("g", task(total=0)), task())
    assert (found.tasks, found.costed) == (4, 2)


# ---- nothing twice


def test_sources_of_parts_count_only_where_the_task_names_none() -> None:
    parts = [task(funding={"oda": 1}), task(funding={"other": 2})]
    assert sums(task(total=3, rows=parts)).by_source == {"oda": 1, "other": 2}
    assert sums(task(funding={"local": 3}, rows=parts)).by_source == {"local": 3}
    # A source named without an amount says nothing yet.
    assert sums(task(funding={"local": None}, rows=parts)).by_source == {"oda": 1, "other": 2}


def test_years_of_parts_count_only_where_the_task_names_none() -> None:
    parts = [task(years={"2022": 1}), task(years={"2022": 4, "2023": 2})]
    assert sums(task(rows=parts)).by_year == {"2022": 5, "2023": 2}
    assert sums(task(years={"2024": 7}, rows=parts)).by_year == {"2024": 7}
    # Sources and years are two views of one amount: the task may give one, the parts the other.
    both = sums(task(funding={"oda": 7}, rows=parts))
    assert (both.total, both.by_source, both.by_year) == (7, {"oda": 7}, {"2022": 5, "2023": 2})


def test_a_security_task_counts_whole_and_its_parts_not_again() -> None:
    parts = [task(total=10, security=True), task(total=5)]
    assert sums(task(total=15, security=True, rows=parts)).security == 15
    assert sums(task(total=15, rows=parts)).security == 10
    assert sums(group("g", task(rows=parts)), task(total=85)).security_share == Fraction(10, 100)


def test_parts_below_parts() -> None:
    deep = task(rows=[task(security=True, rows=[task(total=1, security=True), task(funding={"oda": 2})])])
    found = sums(deep)
    assert (found.total, found.security, found.by_source, found.tasks) == (3, 3, {"oda": 2}, 2)


def test_registers_have_no_sums() -> None:
    plan = small_plan(register(["a"]), tasks(task(total=1)))
    assert compute(plan).tables.keys() == {id(plan.tables[1])}


def test_two_tables_of_one_key_are_summed_apart() -> None:
    plan = small_plan(tasks(task(total=1)), tasks(task(total=2)))
    assert [compute(plan).of(table).total for table in plan.tables] == [1, 2]


# ---- the same by another way


def naive_amount(row: Row) -> int | None:
    ways: list[Iterable[int | None]]
    if row.group is not None:
        ways = [[naive_amount(below) for below in row.rows]]
    else:
        ways = [[row.total], row.funding.values(), row.years.values(), [naive_amount(below) for below in row.rows]]
    for way in ways:
        known = [amount for amount in way if amount is not None]
        if known:
            return sum(known)
    return None


def naive_by(row: Row, name: str, key: str) -> int:
    """The amount of one source or year: the task's own where it names any, else that of what is below."""
    own = getattr(row, name) if row.group is None else {}
    if any(amount is not None for amount in own.values()):
        return own.get(key) or 0
    return sum(naive_by(below, name, key) for below in row.rows)


def naive_security(row: Row) -> int:
    if row.group is None and row.security:
        return naive_amount(row) or 0
    return sum(naive_security(below) for below in row.rows)


def leaves(row: Row) -> list[Row]:
    return [leaf for below in row.rows for leaf in leaves(below)] if row.rows else [row]


@given(plans())
def test_sums_are_those_of_a_plain_recomputation(plan: Plan) -> None:
    found = compute(plan)
    for each in plan.tables:
        if each.is_register:
            continue
        rows, got = each.rows, found.of(each)
        assert got.total == sum(naive_amount(row) or 0 for row in rows)
        assert got.security == sum(naive_security(row) for row in rows)
        for name, by in (("funding", got.by_source), ("years", got.by_year)):
            keys = {key for row in document_rows(rows) for key in getattr(row, name)}
            assert {key: by.get(key, 0) for key in keys} == {
                key: sum(naive_by(row, name, key) for row in rows) for key in keys
            }
            assert by.keys() <= keys
        last = [leaf for row in rows for leaf in leaves(row) if leaf.group is None]
        assert (got.tasks, got.costed) == (len(last), sum(naive_amount(row) is not None for row in last))
        assert all(found.row(row) == naive_amount(row) for row in document_rows(rows))


def document_rows(rows: list[Row]) -> list[Row]:
    return [each for row in rows for each in [row, *document_rows(row.rows)]]


@given(plans())
def test_adding_changes_nothing(plan: Plan) -> None:
    before = document.to_bytes(plan)
    compute(plan)
    assert document.to_bytes(plan) == before


# ---- helpers


def test_add() -> None:
    assert add([]) is None
    assert add([None, None]) is None
    assert add([None, 0]) == 0
    assert add([1, None, -3]) == -2


@pytest.mark.parametrize(
    ("whole", "parts", "differ"),
    [
        (None, [1, 2], False),
        (3, [], False),
        (3, [None], False),
        (3, [1, 2], False),
        (3, [1, 1], True),
        (3, [1, None], False),
        (3, [3, None], False),
        (3, [4, None], True),
        (0, [0, 0], False),
        (-3, [-1, -2], False),
        (10**15, [10**15 - 1, 1], False),
        (10**15, [10**15, 1], True),
        (0.3, [0.1, 0.2], False),
        (3.3, [1.1, 2.2], False),
        (3.3, [1.1, 2.21], True),
    ],
)
def test_differs(whole: Any, parts: list[Any], differ: bool) -> None:
    assert differs(whole, parts) is differ


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1))
def test_parts_never_differ_from_their_sum(parts: list[int]) -> None:
    assert not differs(sum(parts), parts)
    assert differs(sum(parts) + 1, parts)


def test_totals_of_an_empty_plan() -> None:
    found = totals.compute(Plan(id="a", template="b"))
    assert (found.tables, found.rows) == ({}, {})


# ---- by lead unit


def leads(*rows: Row) -> dict[str, int]:
    plan = small_plan(tasks(*rows))
    return by_lead(plan.tables[0], compute(plan).rows)


@given(plans())
def test_what_the_lead_units_have_adds_up_to_the_total(plan: Plan) -> None:
    found = compute(plan)
    for table in plan.tables:
        if not table.is_register:
            assert sum(by_lead(table, found.rows).values()) == found.of(table).total


def test_parts_are_given_to_their_own_leads_and_the_rest_to_the_task_s() -> None:
    parts = [task("a", 30, lead="Sở A"), task("b", 20, lead=""), task("c", None, lead="Sở C")]
    assert leads(task("Việc", 100, lead="Sở B", rows=parts)) == {"Sở A": 30, "Sở B": 70}
    assert leads(task("Việc", lead="Sở B", rows=parts)) == {"Sở A": 30, "Sở B": 20}


def test_of_parts_that_have_too_much_nothing_is_given() -> None:
    assert leads(task("Việc", 40, lead="Sở B", rows=[task("a", 50, lead="Sở A")])) == {"Sở B": 40}


def test_one_lead_in_other_capitals_and_spaces_is_one() -> None:
    rows = (task("a", 1, lead="UBND Tp Nha Trang"), task("b", 2, lead="UBND  TP Nha Trang "), task("c", 0, lead=""))
    assert leads(group("I", *rows)) == {"UBND Tp Nha Trang": 3, "": 0}


def test_a_lead_without_any_amount_is_left_out() -> None:
    assert leads(task("a", None, lead="Sở A"), task("b", 5, lead="Sở B")) == {"Sở B": 5}
