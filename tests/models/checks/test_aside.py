"""Findings set aside with a reason: where that is kept, what it holds for, and for how long."""

from __future__ import annotations

import pytest

from models import document, template
from models.checks import Finding, aside, check
from models.evaluate import evaluate, report
from models.live import LiveEvaluation
from models.plan import Plan, find_section, find_table
from tests.plans import MILLION, group, small_plan, task, tasks

WRONG = "Kinh phí 3.000.000 đồng (Bằng chữ: Bốn triệu đồng)."


def found(plan: Plan, rule: str) -> list[Finding]:
    return [one for one in check(plan, template.of(plan)) if one.rule == rule]


def one(plan: Plan, rule: str) -> Finding:
    (finding,) = found(plan, rule)
    return finding


def put_aside(finding: Finding, reason: str = "Số liệu theo bản gốc.") -> None:
    finding.part.extra = aside.extra_with(finding, reason)


def plan_with(text: str) -> Plan:
    plan = small_plan()
    section = find_section(plan, "plan.targets")
    assert section is not None
    section.text = text
    return plan


def test_what_is_set_aside_is_a_note_with_its_reason_in_the_plan_document_too() -> None:
    plan = plan_with(WRONG)
    assert one(plan, "words.text").severity == "error"
    put_aside(one(plan, "words.text"))
    again = document.copy(plan)
    for read in (plan, again):
        finding = one(read, "words.text")
        assert (finding.severity, finding.reason) == ("info", "Số liệu theo bản gốc.")
    (told,) = [one for one in report(evaluate(again))["findings"] if one["rule"] == "words.text"]
    assert told["severity"] == "info" and told["set_aside"] == "Số liệu theo bản gốc."


def test_it_is_told_again_once_the_words_are_others() -> None:
    plan = plan_with(WRONG)
    put_aside(one(plan, "words.text"))
    section = one(plan, "words.text").part
    section.text = WRONG.replace("Bốn", "Năm")
    assert one(plan, "words.text").severity == "error"
    # And holds again for the very words for which it was said.
    section.text = "Đoạn mới.\n" + WRONG
    assert one(plan, "words.text").severity == "info"


def test_the_same_words_at_another_place_are_told() -> None:
    plan = plan_with(f"{WRONG}\n\n{WRONG}")
    put_aside(found(plan, "words.text")[1])
    assert [one.severity for one in found(plan, "words.text")] == ["error", "info"]
    put_aside(found(plan, "words.text")[0])
    assert [one.severity for one in found(document.copy(plan), "words.text")] == ["info", "info"]
    put_aside(found(plan, "words.text")[1], "")
    assert [(one.severity, one.nth) for one in found(plan, "words.text")] == [("error", 1), ("info", 0)]


def test_taking_it_back_leaves_nothing_behind() -> None:
    plan = plan_with(WRONG)
    section = one(plan, "words.text").part
    section.extra = {"khac": 1}
    put_aside(one(plan, "words.text"))
    assert section.extra["khac"] == 1 and len(section.extra[aside.KEY]) == 1
    put_aside(one(plan, "words.text"), "Lý do khác.")
    assert [kept["reason"] for kept in section.extra[aside.KEY]] == ["Lý do khác."]
    put_aside(one(plan, "words.text"), "")
    assert section.extra == {"khac": 1} and one(plan, "words.text").severity == "error"


def test_sums_and_what_is_missing_cannot_be_set_aside() -> None:
    plan = small_plan(tasks(task("A", MILLION), stated_total=2 * MILLION), signer_name="")
    for rule in ("total.stated", "header.missing"):
        finding = one(plan, rule)
        assert not aside.may_be(finding)
        put_aside(finding)
        assert one(plan, rule).severity == "error"


def test_warnings_of_a_task_are_set_aside_and_moved_with_it() -> None:
    plan = small_plan(tasks(group("Nhóm", task("A", MILLION, lead="")), task("B", MILLION)))
    finding = next(one for one in found(plan, "task.incomplete"))
    put_aside(finding, "Do Sở giao sau.")
    table = find_table(plan, "tasks")
    assert table is not None
    row = table.rows[0].rows.pop()
    table.rows.append(row)
    row.__dict__["parent"] = table
    assert [one.reason for one in found(plan, "task.incomplete")] == ["Do Sở giao sau."]


@pytest.mark.parametrize(
    "kept", [None, "x", 3, {}, [None], ["x"], [{"rule": "words.text"}], [{"reason": 4}], [{"rule": []}]]
)
def test_what_another_program_left_there_does_no_harm(kept: object) -> None:
    plan = plan_with(WRONG)
    section = one(plan, "words.text").part
    section.extra = {aside.KEY: kept}
    assert one(plan, "words.text").severity == "error"
    put_aside(one(plan, "words.text"))
    assert one(plan, "words.text").severity == "info"


def test_an_evaluation_that_follows_the_plan_knows_it_too() -> None:
    plan = plan_with(WRONG)
    live = LiveEvaluation(plan, template.of(plan))
    live.check()
    finding = next(one for one in live.findings if one.rule == "words.text")
    before = live.counts()["error"]
    put_aside(finding)
    live.follow([finding.part], [])
    assert live.counts()["error"] == before - 1
    assert [one.reason for one in live.findings if one.rule == "words.text"] == ["Số liệu theo bản gốc."]
