"""Amounts by the year fill the years of the task."""

from __future__ import annotations

import pytest

from models.errors import AmountError
from models.plan import Row, adopt
from models.yearly import period_of, spread
from tests.plans import small_plan, task, tasks

MILLION = 10**6


@pytest.mark.parametrize(
    ("text", "each", "total"),
    [
        ("500/năm", 500, 2500),
        (" 500 / năm ", 500, 2500),
        ("500 triệu/năm", 500, 2500),
        ("0,5 tỷ mỗi năm", 500, 2500),
        ("3.000 (600/năm)", 600, 3000),
        ("2500(500/năm)", 500, 2500),
    ],
)
def test_the_years_of_the_task_are_filled(text: str, each: int, total: int) -> None:
    row = Row(task="x", time_from=2021, time_to=2025)
    assert spread(row, text, "million") == {
        "total": total * MILLION,
        "years": {str(year): each * MILLION for year in range(2021, 2026)},
    }


@pytest.mark.parametrize("text", ["500", "2021-2025", "500 triệu", "", "Hàng năm", "(500)"])
def test_other_amounts_are_none_of_it(text: str) -> None:
    assert spread(Row(task="x", time_from=2021, time_to=2022), text, "million") is None


def test_a_task_without_a_time_takes_the_years_of_the_plan() -> None:
    row = task("a")
    plan = small_plan(tasks(row), period_from=2021, period_to=2023)
    adopt(plan)
    assert period_of(row) == (2021, 2023)
    found = spread(row, "1/năm", "million", period_of(row))
    assert found is not None
    assert list(found["years"]) == ["2021", "2022", "2023"]


@pytest.mark.parametrize(
    "row", [Row(task="x"), Row(task="x", time_from=2025, time_to=2021), Row(task="x", time_to=9999, time_from=2020)]
)
def test_without_years_it_is_refused(row: Row) -> None:
    with pytest.raises(AmountError, match="thời gian"):
        spread(row, "500/năm", "million")


@pytest.mark.parametrize("text", ["abc/năm", "10.000.000.000.000.000/năm", "900.000.000/năm"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        spread(Row(task="x", time_from=2021, time_to=2025), text, "million")
