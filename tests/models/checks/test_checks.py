"""The checks as a whole: every rule, the real plans, fixes, and that they only ever read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from models import document, i18n, totals
from models.checks import CHECKS, SEVERITIES, Finding, check, fixes, worst
from models.plan import Plan
from models.template import get
from tests.models.checks.found import Place, findings, places, pointer
from tests.plans import NUMBERS, fixture_plan, plans, small_plan, some, task, tasks

#: The design's table of findings.
DESIGN = {
    "total.stated": "error",
    "total.funding": "error",
    "total.years": "error",
    "total.parts": "error",
    "total.text": "error",
    "words.text": "error",
    "amount.negative": "error",
    "amount.scale": "warning",
    "amount.missing": "warning",
    "share.security": "warning",
    "header.missing": "error",
    "section.missing": "error",
    "table.missing": "error",
    "task.incomplete": "error / warning",
    "task.duplicate": "warning",
    "period.order": "error",
    "period.outside": "warning",
    "basis.year": "error",
    "basis.date": "error",
    "basis.expired": "warning",
    "basis.future": "error",
    "basis.duplicate": "warning",
    "indicator.parts": "error",
    "indicator.share": "warning",
    "text.placeholder": "error",
    "text.repeat": "info",
}
#: Those of its rules that come later.
LATER: set[str] = set()

#: What is wrong in the five real plans (tests/fixtures/README.md), and nothing else.
REAL: dict[int, list[Place]] = {
    0: [
        ("total.text", "/sections/1/sections/4/text"),
        ("total.stated", "/tables/0/stated_total"),
        ("share.security", "/tables/0"),
    ],
    1: [
        ("basis.duplicate", "/legal_bases/7/number"),
        ("basis.duplicate", "/legal_bases/8/number"),
        ("period.outside", "/tables/1/rows/0/rows/0/time"),
        ("period.outside", "/tables/1/rows/1/time"),
        ("text.repeat", "/legal_bases/7/subject"),
    ],
    2: [
        ("period.order", "/legal_bases/17/subject"),
        ("indicator.share", "/sections/0/sections/4/text"),
        ("share.security", "/tables/0"),
    ],
    3: [
        ("basis.date", "/legal_bases/3/date"),
        ("table.missing", "/tables/1/rows"),
        ("basis.future", "/sections/0/sections/0/text"),
        ("text.repeat", "/legal_bases/8/subject"),
    ],
    4: [
        ("basis.date", "/legal_bases/3/date"),
        ("basis.year", "/tables/3/rows/0/rows/1/rows/2/objective"),
        ("text.repeat", "/tables/1/rows/0/rows/39/objective"),
        ("text.repeat", "/tables/1/rows/0/rows/59/task"),
        ("text.repeat", "/tables/3/rows/1/rows/1/rows/24/objective"),
    ],
}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_real_plans(number: int) -> None:
    assert places(fixture_plan(number)) == REAL[number]


def test_figures_of_plan_000() -> None:
    found = {finding.rule: finding for finding in findings(fixture_plan(0))}
    assert (found["total.stated"].actual, found["total.stated"].expected) == (5_039_722_000, 5_039_772_000)
    assert (
        found["total.stated"].message == "Tổng đã nêu 5.039,722 khác tổng tính được 5.039,772 (lệch 0,05 triệu đồng)."
    )
    assert found["share.security"].message == "Kinh phí bảo đảm an toàn thông tin 6,15%, dưới mức 10% của mẫu."


def test_nothing_is_found_in_a_plan_in_order() -> None:
    assert findings(small_plan()) == []


def test_every_rule_of_the_design_is_there_with_its_severity() -> None:
    assert SEVERITIES.keys() == DESIGN.keys() - LATER
    assert all(severity in DESIGN[rule].split(" / ") for rule, severity in SEVERITIES.items())


def test_every_rule_is_tried_in_these_tests() -> None:
    tried = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [rule for rule in SEVERITIES if f'("{rule}", ' not in tried and f'"{rule}")' not in tried] == []


def test_errors_come_first() -> None:
    plan = small_plan(tasks(task("", lead="", total=500), task(total=-5)))
    severities = [finding.severity for finding in findings(plan)]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert {"error", "warning"} == set(severities)
    assert worst(findings(plan)) == "error"
    assert worst([]) is None


@given(plans())
def test_checks_read_any_plan_and_change_none(plan: Plan) -> None:
    before = document.to_bytes(plan)
    template = get(plan.template)
    first = check(plan, template)
    assert document.to_bytes(plan) == before
    for finding in first:
        assert finding.rule in SEVERITIES
        assert finding.severity == SEVERITIES[finding.rule] or finding.rule == "task.incomplete"
        assert finding.message
        pointer(plan, finding)
    again = check(plan, template, totals.compute(plan))
    assert [(f.rule, f.message) for f in again] == [(f.rule, f.message) for f in first]


def counted(plan: Plan) -> Counter[Place]:
    return Counter(places(plan))


def fix(plan: Plan, finding: Finding) -> None:
    assert finding.fix is not None
    fixes.make([finding])


@pytest.mark.parametrize("number", NUMBERS)
def test_fixes_put_the_real_plans_right(number: int) -> None:
    plan = fixture_plan(number)
    while fixable := [finding for finding in findings(plan) if finding.fix]:
        before = counted(plan)
        fix(plan, fixable[0])
        assert counted(plan) < before
    assert not {"total.stated", "total.text"} & {rule for rule, _place in places(plan)}


@some(0.6)
@given(plans())
def test_a_fix_takes_its_finding_away_and_the_plan_stays_one(plan: Plan) -> None:
    data = document.to_bytes(plan)
    for index, finding in enumerate(findings(plan)):
        if finding.fix is None:
            continue
        fixed = document.from_bytes(data)
        found = findings(fixed)[index]
        place = (found.rule, pointer(fixed, found))
        before = counted(fixed)[place]
        fix(fixed, found)
        assert counted(fixed)[place] < before
        assert document.to_bytes(document.from_bytes(document.to_bytes(fixed))) == document.to_bytes(fixed)


def test_sentences_follow_the_language() -> None:
    [finding] = findings(small_plan(place=""))
    i18n.set_language("en")
    english = finding.message
    i18n.set_language("vi")
    assert finding.message == "Chưa có địa danh."
    assert english


def test_checks_are_a_tuple_of_functions() -> None:
    assert isinstance(CHECKS, tuple)
    assert all(callable(each) for each in CHECKS)
