"""Tasks: what is missing, what stands twice, when they are done."""

from __future__ import annotations

from typing import Any

import pytest

from models.plan import Row
from tests.models.checks.found import findings, places, pointers
from tests.plans import MILLION, group, register, small_plan, task, tasks

ROW = "/tables/0/rows/0"


def plan_of(*rows: Row, **fields: Any) -> Any:
    """The rows in a table whose security share is right."""
    return small_plan(tasks(*rows, task("An toàn", 100 * MILLION, security=True), **fields))


# ---- task.incomplete


@pytest.mark.parametrize(
    ("fields", "place", "severity"),
    [
        ({"task": ""}, f"{ROW}/task", "error"),
        ({"task": " \n"}, f"{ROW}/task", "error"),
        ({"lead": ""}, f"{ROW}/lead", "warning"),
        ({"time": ""}, f"{ROW}/time", "warning"),
    ],
)
def test_an_incomplete_task(fields: dict[str, Any], place: str, severity: str) -> None:
    plan = plan_of(task(total=MILLION, **fields))
    assert places(plan) == [("task.incomplete", place)]
    assert findings(plan)[0].severity == severity


def test_a_year_will_do_for_a_time() -> None:
    assert places(plan_of(task(total=MILLION, time="", time_from=2022))) == []
    assert places(plan_of(task(total=MILLION, time="", time_to=2022))) == []


def test_a_group_needs_a_name() -> None:
    plan = plan_of(group(" ", task(total=MILLION)))
    assert places(plan) == [("task.incomplete", f"{ROW}/group")]
    assert findings(plan)[0].severity == "error"
    assert places(plan_of(group("Dự án"))) == []


def test_parts_share_what_their_task_says() -> None:
    parts = [task("a", MILLION, lead="", time=""), task("b", MILLION, lead="", time="")]
    assert places(plan_of(task(rows=parts))) == []


def test_a_task_shares_what_its_parts_say_and_the_part_that_lacks_it_is_named() -> None:
    def plan(second: Row) -> Any:
        return plan_of(task(lead="", time="", rows=[task("a", MILLION), second]))

    assert places(plan(task("b", MILLION))) == []
    assert places(plan(task("b", MILLION, lead=""))) == [("task.incomplete", f"{ROW}/rows/1/lead")]


def test_where_task_and_parts_lack_it_it_is_told_once() -> None:
    parts = [task("a", MILLION, lead=""), task("b", MILLION, lead="")]
    assert places(plan_of(task(lead="", rows=parts))) == [("task.incomplete", f"{ROW}/lead")]


def test_nothing_is_missing_where_the_table_has_no_place_for_it() -> None:
    spending = tasks(task(total=MILLION, lead=""), key="spending", unit="dong")
    assert pointers(small_plan(tasks(task("x", MILLION, security=True)), spending), "task.incomplete") == []


# ---- task.duplicate


def test_two_tasks_of_the_same_name_unit_and_time() -> None:
    plan = plan_of(task("Mua máy", MILLION), group("g", task("  mua  MÁY.", MILLION, lead="văn phòng ")))
    assert places(plan) == [("task.duplicate", "/tables/0/rows/1/rows/0/task")]


@pytest.mark.parametrize(
    "other", [{"name": "Mua máy in"}, {"lead": "Phòng khác"}, {"time": "2022 (đợt 2)"}, {"time_from": 2022}]
)
def test_tasks_that_differ_in_one_of_them(other: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"name": "Mua máy", "total": MILLION} | other
    assert places(plan_of(task("Mua máy", MILLION), task(**fields))) == []


def test_the_same_task_in_two_tables_is_no_duplicate() -> None:
    spending = tasks(task("An toàn", MILLION), key="spending", unit="dong")
    assert pointers(small_plan(tasks(task("An toàn", MILLION, security=True)), spending), "task.duplicate") == []


def test_parts_of_different_tasks_may_be_called_the_same() -> None:
    def parts() -> list[Row]:
        return [task("Mua sắm thiết bị", MILLION), task("Đào tạo", MILLION)]

    one, other = task("Một cửa", rows=parts()), task("Cổng thông tin", rows=parts())
    assert pointers(plan_of(one, other), "task.duplicate") == []
    twice = task("Một cửa", rows=[*parts(), task("Đào tạo", MILLION)])
    assert pointers(plan_of(twice), "task.duplicate") == ["/tables/0/rows/0/rows/2/task"]


def test_tasks_without_a_name_are_not_duplicates() -> None:
    assert pointers(plan_of(task("", MILLION), task(" ", MILLION)), "task.duplicate") == []


# ---- period.order


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"time": "2023-2022"}, f"{ROW}/time"),
        ({"time": "2023-2022", "time_from": 2023, "time_to": 2022}, f"{ROW}/time"),
        ({"time": "", "time_from": 2023, "time_to": 2022}, f"{ROW}/from"),
        ({"objective": "Theo Kế hoạch giai đoạn 2025-2021"}, f"{ROW}/objective"),
        ({"note": "giai đoạn 2025 – 2021"}, f"{ROW}/note"),
        ({"result": "2025-2021"}, f"{ROW}/result"),
        ({"scope": "2025-2021"}, f"{ROW}/scope"),
        ({"name": "Số hóa 2025-2021"}, f"{ROW}/task"),
    ],
)
def test_an_end_before_its_beginning(fields: dict[str, Any], place: str) -> None:
    assert places(plan_of(task(total=MILLION, **fields))) == [("period.order", place)]


def test_a_backward_period_in_the_name_of_a_group_a_title_or_a_cell() -> None:
    assert places(plan_of(group("Chuyển tiếp 2020-2016"))) == [("period.order", f"{ROW}/group")]
    assert places(plan_of(task(total=MILLION), title="GIAI ĐOẠN 2025-2021")) == [("period.order", "/tables/0/title")]
    plan = small_plan(tasks(task(total=MILLION, security=True)), register(["a", "Từ 2020-2016"]))
    assert places(plan) == [("period.order", "/tables/1/rows/0/1")]


def test_a_period_the_right_way_round() -> None:
    row = task(
        total=MILLION, time="2022", time_from=2022, time_to=2022, objective="giai đoạn 2021-2025", note="2021-2021"
    )
    assert places(plan_of(row)) == []


# ---- period.outside


@pytest.mark.parametrize(
    ("fields", "outside"),
    [
        ({"time": "2022"}, False),
        ({"time": "Quý 4/2021"}, True),
        ({"time": "2023"}, True),
        ({"time": "2022-2024"}, True),
        ({"time": "2021-2023"}, True),
        ({"time": "2021-2023", "carried_over": True}, False),
        ({"time": "2021", "carried_over": True}, True),
        ({"time": "Hàng năm"}, False),
        ({"time": "2022 (đến năm 2025)"}, False),
        ({"time": "Hàng năm", "time_from": 2021}, True),
    ],
)
def test_a_time_outside_the_plans_period(fields: dict[str, Any], outside: bool) -> None:
    assert places(plan_of(task(total=MILLION, **fields))) == ([("period.outside", f"{ROW}/time")] if outside else [])


def test_only_years_outside_point_to_the_first_year() -> None:
    row = task(total=MILLION, time="", time_from=2023)
    assert places(plan_of(row)) == [("period.outside", f"{ROW}/from")]


def test_a_table_of_last_years_spending_is_not_held_to_the_plans_period() -> None:
    spending = tasks(task(total=MILLION, time="2021"), key="spending", unit="dong")
    assert pointers(small_plan(tasks(task("x", MILLION, security=True)), spending), "period.outside") == []


def test_a_plan_of_several_years() -> None:
    def plan(time: str) -> Any:
        return small_plan(
            tasks(task(total=MILLION, time=time, security=True)),
            template="chinh-quyen-so-2021-2025",
            period_from=2021,
            period_to=2025,
        )

    for inside in ("2021-2025", "2022-2023", "2025"):
        assert pointers(plan(inside), "period.outside") == []
    for outside in ("2019-2020", "2026", "2020-2022", "2024-2026"):
        assert pointers(plan(outside), "period.outside") == [f"{ROW}/time"]
    assert pointers(small_plan(tasks(task(time="1999")), period_from=None, period_to=None), "period.outside") == []
