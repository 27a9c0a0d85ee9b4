"""Last year's plan of the same unit."""

from __future__ import annotations

import pytest

from models import previous
from models.plan import Plan, Section
from models.store import Store
from tests.plans import MILLION, small_plan, task, tasks


def section(plan: Plan, key: str) -> Section:
    from models.plan import find_section

    found = find_section(plan, key)
    assert found is not None
    return found


def test_the_newest_earlier_plan_of_the_unit(store: Store) -> None:
    plan = small_plan()
    for year, name, code in ((2019, "SỞ B", "SB"), (2021, "Sở  b", ""), (2020, "SỞ B", "SB"), (2021, "SỞ C", "SC")):
        store.add(small_plan(id=f"{year} {name}", period_from=year, period_to=year, unit_name=name, unit_code=code))
    store.add(small_plan(id="later", period_from=2023, period_to=2023))
    store.add(plan)
    others = store.earlier(plan.id, 2022)
    assert [found for found, _code, _name in others][2:] == ["2020 SỞ B", "2019 SỞ B"]
    assert previous.of_same_unit(plan, others) == "2021 Sở  b"
    store.delete("2021 Sở  b")
    assert previous.of_same_unit(plan, store.earlier(plan.id, 2022)) == "2020 SỞ B"
    assert previous.of_same_unit(small_plan(unit_code="", unit_name=""), others) is None
    assert store.earlier(plan.id, 2019) == []


def test_what_it_printed_in_a_section() -> None:
    before = small_plan(tasks(task(total=100 * MILLION)), period_from=2021, period_to=2021)
    section(before, "plan.budget").text = "Tổng **{total:tasks}** năm {year}, {lạ}"
    assert previous.printed_text(before, Section(key="plan.budget")) == "Tổng **100.000.000 đồng** năm 2021, {lạ}"
    before.template = "mẫu lạ"
    assert previous.printed_text(before, Section(key="plan.budget")) == "Tổng **{total:tasks}** năm {year}, {lạ}"


@pytest.mark.parametrize(("heading", "text"), [("Plan.BUDGET", "Có."), ("", ""), ("khác", "")])
def test_a_section_of_another_key_but_the_same_heading(heading: str, text: str) -> None:
    assert previous.printed_text(small_plan(), Section(key="own", heading=heading)) == text
