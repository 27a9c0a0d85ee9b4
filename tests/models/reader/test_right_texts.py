"""Precision comes before reach: nothing is marked in what only looks wrong."""

from __future__ import annotations

import pytest

from models.plan import Section
from tests.models.reader.right import RIGHT
from tests.models.reader.seeds import findings
from tests.plans import MILLION, small_plan, task, tasks


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_marked_in_a_section(text: str) -> None:
    plan = small_plan()
    plan.sections.append(Section(key="own", heading="Khác", text=text))
    assert [(found.rule, found.quote or found.message) for found in findings(plan)] == []


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_marked_in_a_row(text: str) -> None:
    row = task("Mua máy", 100 * MILLION, objective=text)
    plan = small_plan(tasks(row, task("Diệt vi-rút", 20 * MILLION, security=True)))
    assert [(found.rule, found.quote or found.message) for found in findings(plan)] == []


def test_all_of_them_together() -> None:
    """One section of all these texts: what is told in one is not held against the next."""
    plan = small_plan()
    plan.sections.append(Section(key="own", heading="Khác", text="\n\n".join(RIGHT)))
    assert [(found.rule, found.quote or found.message) for found in findings(plan)] == []
