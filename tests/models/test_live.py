"""An evaluation that follows edits is at any time the one that is worked out from nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition

from models import reader, template, totals
from models.checks import check
from models.live import LiveEvaluation
from models.plan import Plan, Row, insert, remove, walk_rows, walk_sections
from models.store import Change, OpenPlan, Store
from tests.models.store.test_undo import PHASES, Edits
from tests.plans import fixture_plan, group, register, small_plan, some, task, tasks

MILLION = 10**6


def assert_same(live: LiveEvaluation) -> None:
    """Sums, findings and their counts are those of the plan as it is."""
    plan = live.plan
    fresh = totals.compute(plan)
    rows = {id(row) for table in plan.tables for row in walk_rows(table.rows)}
    assert {key: live.totals.rows[key] for key in fresh.rows} == fresh.rows
    assert live.totals.rows.keys() <= rows
    for table in plan.tables:
        if not table.is_register:
            assert live.totals.of(table) == fresh.of(table)
    found = check(plan, live.template, fresh)
    assert live.findings == found
    assert +live.counts() == +_counts(found)
    for part in {finding.part for finding in found}:
        assert live.of_part(part) == [finding for finding in found if finding.part is part]
    for table in plan.tables:
        of_rows = [one for one in found if isinstance(one.part, Row) and id(one.part) in _tasks(table)]
        assert live.of_rows(table) == of_rows


def _tasks(table) -> set[int]:
    return set() if table.is_register else {id(row) for row in walk_rows(table.rows)}


def _counts(found):
    from collections import Counter

    return Counter(finding.severity for finding in found)


def follow(opened: OpenPlan) -> LiveEvaluation:
    live = LiveEvaluation(opened.plan, template.get(opened.plan.template))
    live.check()

    def take(change: Change) -> None:
        live.follow(change.parts, change.owners)

    opened.listeners.append(take)
    return live


class Followed(Edits):
    """Random edits, undone and made again, with an evaluation that follows them."""

    live: LiveEvaluation | None = None

    @precondition(lambda self: hasattr(self, "opened"))
    @invariant()
    def follows(self) -> None:
        if self.live is None or self.live.plan is not self.opened.plan:
            self.live = follow(self.opened)
        assert_same(self.live)


TestFollowed = Followed.TestCase
TestFollowed.settings = settings(some(0.8), stateful_step_count=25, phases=PHASES)


@pytest.fixture
def opened(store: Store) -> OpenPlan:
    plan = small_plan(
        tasks(
            group("G", task("a", 1), task("b", 2, rows=[task("c", 1), task("d", 1)])),
            task("e", 5 * MILLION),
            task("e", 5 * MILLION),
        )
    )
    store.add(plan)
    return store.open_plan(plan.id)


#: Texts in which something is to be found, and some that are right.
TEXTS = (
    "", "Có.", "phổ biến cho cho công chức", "giai đoạn 2021-2015", "5.000.000 đồng (Sáu triệu đồng)",
    "Quyết định số 45/2018/QĐ-TTg ngày 09/11/2019", "Kế hoạch số 44/KH-STP ngày 25/12/2021", "31 thủ tục (57,40%)",
    "54 thủ tục, gồm 31 thủ tục mức độ 2 và 20 thủ tục mức độ 3", "Tổng kinh phí: {total:tasks}",
    "Tổng kinh phí: 5 đồng", "{lạ}", "Luật Công nghệ thông tin ngày 29/6/2007", "NHIỆM VỤ NĂM 2030",
)  # fmt: skip


def write(plan: Plan, place: int, text: str) -> None:
    """Write a text somewhere: in a section, a heading, a basis, a register, a task, the subject; or move a date."""
    sections = list(walk_sections(plan.sections))
    section, basis = sections[place % len(sections)], plan.legal_bases[place % len(plan.legal_bases)]
    kind = place % 9
    if kind == 0:
        section.heading = text
    elif kind == 1:
        basis.subject = text
    elif kind == 2:
        basis.text = text
    elif kind == 3:
        row = plan.tables[1].rows[place % 2]
        row.cells = [text, *(row.cells or ["", ""])[1:]]
    elif kind == 4:
        next(row for row in walk_rows(plan.tables[0].rows) if row.task == "a" or row.task in TEXTS).objective = text
    elif kind == 5:
        plan.subject = text
    elif kind == 6:
        plan.month = place % 12 + 1
    elif kind == 7:
        plan.indicators = {"procedures_total": 54, "procedures_level2": place % 60}
    else:
        section.text = text


@settings(some(0.3))
@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(TEXTS), st.booleans()), max_size=12))
def test_what_is_written_anywhere_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str, bool]]
) -> None:
    store = Store(tmp_path_factory.mktemp("prose"))
    plan = small_plan(tasks(task("a", 5 * MILLION), task("b", 1)), register(["x", "y"], ["z", "w"]))
    store.add(plan)
    opened = store.open_plan(plan.id)
    live = follow(opened)
    for place, text, undo in edits:
        with opened.edit("x") as now:
            write(now, place, text)
        assert_same(live)
        if undo:
            opened.undo()
            assert_same(live)
    store.close()


def test_only_what_is_written_is_read(opened: OpenPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    live = follow(opened)
    read: list[str] = []

    def scan(text: str) -> reader.Scan:
        read.append(text)
        return reader.NOTHING

    monkeypatch.setattr(reader, "scan", scan)
    section = next(walk_sections(opened.plan.sections))
    with opened.edit("x"):
        section.text = "Đã rà soát lần 2."
    assert read == ["Đã rà soát lần 2."]
    with opened.edit("x") as plan:
        plan.month = 3
        one(plan, "a").total = 7
    assert read == ["Đã rà soát lần 2."]
    live.check()
    assert read == ["Đã rà soát lần 2."]


def one(plan: Plan, name: str) -> Row:
    return next(row for row in walk_rows(plan.tables[0].rows) if (row.task or row.group) == name)


def test_an_amount_reaches_its_task_and_the_groups_above(opened: OpenPlan) -> None:
    live = follow(opened)
    plan = opened.plan
    reached: list[set[str] | None] = []
    opened.listeners.append(
        lambda change: reached.append(
            None
            if (rows := live.follow(change.parts, change.owners)) is None
            else {r.task or r.group or "" for r in rows}
        )
    )
    with opened.edit("x"):
        one(plan, "c").total = 7 * MILLION
    assert reached[-1] == {"b", "c", "d", "G"}
    assert_same(live)
    with opened.edit("x"):
        one(plan, "a").total = None
    assert reached[-1] == {"a", "G"}
    assert_same(live)


def test_a_duplicate_ends_with_the_first_of_the_two(opened: OpenPlan) -> None:
    live = follow(opened)
    first, second = [row for row in opened.plan.tables[0].rows if row.task == "e"]
    assert [found.rule for found in live.of_part(second)] == ["task.duplicate"]
    with opened.edit("x"):
        remove(first)
    assert live.of_part(second) == []
    opened.undo()
    assert_same(live)
    with opened.edit("x"):
        second.lead = "Phòng khác"
    assert_same(live)
    opened.undo()
    with opened.edit("x"):
        second.task = ""
    assert_same(live)


def test_the_scale_of_all_amounts_is_looked_at_again(opened: OpenPlan) -> None:
    """What looks typed in another unit depends on the amounts of all other tasks."""
    live = follow(opened)
    with opened.edit("x") as plan:
        insert(plan.tables[0], task("lớn", 2 * 10**11))
    assert_same(live)
    before = [found.rule for found in live.findings]
    assert "amount.scale" in before
    with opened.edit("x") as plan:
        for n in range(8):
            insert(plan.tables[0], task(f"vừa {n}", 5 * 10**8))
    assert_same(live)
    assert "lớn" not in {found.part.task for found in live.findings if found.rule == "amount.scale"}


@pytest.mark.parametrize("number", range(5))
def test_every_amount_of_a_real_plan(store: Store, number: int) -> None:
    store.add(fixture_plan(number))
    opened = store.open_plan(fixture_plan(number).id)
    live = follow(opened)
    for table in opened.plan.tables:
        for row in list(walk_rows(table.rows))[::7]:
            if row.task is not None:
                with opened.edit("x"):
                    row.total = 12_345_000
        assert_same(live)
    while opened.undo():
        pass
    assert_same(live)
