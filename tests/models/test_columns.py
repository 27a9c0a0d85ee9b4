"""Columns: the template's, and nothing that was entered is left out."""

from __future__ import annotations

import pytest
from hypothesis import given

from models.columns import layout_of, numbering_of, span_of
from models.plan import Plan, Table, walk_rows
from models.template import Layout, get
from tests.plans import fixture_plan, group, plans, register, small_plan, task, tasks

YEARLY = get("chinh-quyen-so-2022")
PERIOD = get("chinh-quyen-so-2021-2025")


def fields(plan: Plan, table: Table) -> list[str]:
    return [column.field for column in layout_of(plan, table, get(plan.template)).columns]


def layout(table: Table, **plan_fields: object) -> Layout:
    plan = small_plan(table, **plan_fields)
    return layout_of(plan, plan.tables[0], get(plan.template))


@pytest.mark.parametrize(
    ("number", "key", "chosen"),
    [
        (0, "tasks", "simple"),
        (1, "tasks", "no-amounts"),
        (2, "tasks", "sources"),
        (3, "spending", "result"),
        (4, "tasks", "period"),
    ],
)
def test_layouts_of_the_real_plans(number: int, key: str, chosen: str) -> None:
    plan = fixture_plan(number)
    table = next(table for table in plan.tables if table.key == key)
    found = layout_of(plan, table, get(plan.template))
    assert found.key == chosen == table.layout


def test_plan_002_has_a_head_of_two_levels() -> None:
    plan = fixture_plan(2)
    columns = layout_of(plan, plan.tables[0], get(plan.template)).columns
    assert [(column.head, column.label) for column in columns if column.head] == [
        ("Nguồn vốn", "NSNN SN"),
        ("Nguồn vốn", "NSNN đầu tư"),
    ]


def test_the_first_layout_that_shows_all_is_chosen() -> None:
    assert layout(tasks(task(total=1))).key == "simple"
    assert layout(tasks(task(total=1, funding={"local_recurrent": 1}))).key == "sources"
    assert layout(tasks()).key == "simple"


def test_a_named_layout_is_kept_and_completed() -> None:
    found = layout(tasks(task(total=1, result="xong"), layout="no-amounts"))
    assert found.key == "no-amounts"
    assert [column.field for column in found.columns] == [
        "task",
        "objective",
        "lead",
        "time",
        "total",
        "result",
        "note",
    ]


def test_what_no_layout_shows_gets_columns_before_the_notes() -> None:
    row = task(total=1, scope="rộng", funding={"oda": 1, "lạ": 2}, years={"2023": 1, "2022": 1})
    found = layout(tasks(row))
    assert [column.field for column in found.columns] == [
        "task", "objective", "scope", "lead", "time", "total", "funding.oda", "funding.lạ", "years.2022", "years.2023", "note",
    ]  # fmt: skip
    labels = {column.field: (column.head, column.label) for column in found.columns}
    assert labels["funding.oda"] == ("Nguồn vốn", YEARLY.source("oda").short)
    assert labels["funding.lạ"] == ("Nguồn vốn", "lạ")
    assert labels["years.2022"] == ("Phân kỳ theo năm", "2022")


def test_empty_amounts_ask_for_no_column() -> None:
    row = task(total=1, funding={"oda": None}, years={"2022": None})
    assert [column.field for column in layout(tasks(row)).columns][-2:] == ["total", "note"]


def test_what_a_part_holds_counts_and_a_groups_does_not() -> None:
    part = task(scope="rộng")
    assert "scope" in [column.field for column in layout(tasks(group("g", task(rows=[part])))).columns]


def test_a_table_of_no_template_has_plain_columns() -> None:
    found = layout(tasks(task(total=1), key="riêng"))
    assert [column.field for column in found.columns] == ["task", "objective", "lead", "time", "total", "note"]


def test_years_are_spread_over_the_plans_period_and_those_of_the_rows() -> None:
    key = next(each.key for each in PERIOD.table("tasks").layouts if any(c.field == "years.*" for c in each.columns))  # type: ignore[union-attr]
    rows = [task(total=1, years={"2027": 1})]
    found = layout(tasks(*rows, layout=key), template=PERIOD.id, period_from=2021, period_to=2025)
    assert [column.field for column in found.columns if column.field.startswith("years.")] == [
        f"years.{year}" for year in (2021, 2022, 2023, 2024, 2025, 2027)
    ]
    endless = layout(tasks(layout=key), template=PERIOD.id, period_from=1000, period_to=2999)
    assert len([column for column in endless.columns if column.field.startswith("years.")]) == 20


def test_numbering_and_span() -> None:
    own, usual, unknown = tasks(numbering=["I", "1"]), tasks(), tasks(key="riêng")
    assert numbering_of(own, YEARLY) == ("I", "1")
    assert numbering_of(usual, YEARLY) == ("1", "a") == numbering_of(unknown, YEARLY)
    assert numbering_of(tasks(numbering=[]), YEARLY) == ()
    assert numbering_of(register(), YEARLY) == ("1", "a")
    spans = [span_of(table, YEARLY) for table in (usual, tasks(key="spending"), register(), unknown)]
    assert spans == ["plan", "previous", "any", "any"]


@given(plans())
def test_nothing_entered_is_left_out_and_nothing_stands_twice(plan: Plan) -> None:
    for table in plan.tables:
        if table.is_register:
            continue
        shown = fields(plan, table)
        # Two texts may share a column; the key of a source may be any text.
        single = [field for each in shown for field in ([each] if "." in each else each.split("+"))]
        assert len(set(single)) == len(single)
        for row in walk_rows(table.rows):
            if row.is_group:
                continue
            held = [name for name in ("objective", "scope", "lead", "time", "result", "note") if getattr(row, name)]
            held += ["total"] if row.total is not None else []
            held += [f"years.{year}" for year, amount in row.years.items() if amount is not None]
            if "funding" not in single:
                held += [f"funding.{key}" for key, amount in row.funding.items() if amount is not None]
            assert set(held) <= set(single)


def test_a_source_may_be_called_as_all_of_them_are() -> None:
    table = tasks(task(total=1, funding={"local_recurrent": 1, "*": 2}), key="riêng")
    shown = [column.field for column in layout(table).columns if column.field.startswith("funding")]
    assert shown == ["funding.local_recurrent", "funding.*"]
