"""Undo and redo over everything: random edits, and by hand those that once went wrong."""

from __future__ import annotations

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models import document, totals
from models.errors import StoreError
from models.plan import (
    LegalBasis,
    Part,
    Plan,
    Row,
    Section,
    Table,
    child_lists,
    children_of,
    insert,
    move,
    remove,
    walk,
)
from models.store import Change, OpenPlan, Store
from models.store.columns import AS_JSON, PLAIN, TABLE_NAMES, key_of
from tests.plans import fixture_plan, group, money, plans, register, small_plan, some, task, tasks, texts, years


def state(plan: Plan) -> list[Any]:
    """All of a plan: every part with its key, its place and its fields, in order."""
    return [
        (
            type(part).__name__,
            key_of(part),
            None if part.parent is None else key_of(part.parent),
            {name: getattr(part, name) for name in (*PLAIN[type(part)], *AS_JSON[type(part)])},
        )
        for part in walk(plan)
    ]


def sums(plan: Plan) -> list[totals.TableTotals]:
    found = totals.compute(plan)
    return [found.of(table) for table in plan.tables if not table.is_register]


def assert_whole(opened: OpenPlan) -> None:
    """The plan in memory is the one on disk, and a sound tree of guarded parts."""
    plan = opened.plan
    disk = opened.store.read(plan.id)
    assert document.to_bytes(plan) == document.to_bytes(disk)
    assert state(plan) == state(disk)
    assert sums(plan) == sums(disk)
    seen: set[int] = set()
    for part in walk(plan):
        assert id(part) not in seen
        seen.add(id(part))
        assert part.guard is opened
        assert opened.holds(part)
        for children in child_lists(part):
            assert all(child.parent is part for child in children)
            assert all(left.ordinal < right.ordinal for left, right in pairwise(children))
    parts = [part for part in walk(plan) if part is not plan]
    held = opened.store.connection.execute(
        "SELECT "
        + " + ".join(f'(SELECT count(*) FROM "{name}")' for cls, name in TABLE_NAMES.items() if cls is not Plan)
    ).fetchone()[0]
    assert held == len(parts)


# ---- random edits

#: Fields with what may be put into them, by the kind of part.
FIELDS: dict[type[Part], dict[str, st.SearchStrategy[Any]]] = {
    Plan: {
        "subject": texts,
        "year": st.none() | years,
        "period_from": st.none() | years,
        "recipients": st.lists(texts, max_size=2),
        "indicators": st.dictionaries(texts, st.integers(0, 9), max_size=2),
        "outline": st.none() | st.lists(st.sampled_from(["I", "1"]), max_size=2),
        "extra": st.dictionaries(texts, st.integers(), max_size=1),
    },
    LegalBasis: {"number": texts, "text": texts},
    Section: {"key": texts, "heading": texts, "text": texts},
    Table: {
        "title": texts,
        "continuous": st.booleans(),
        "stated_total": st.none() | money,
        "unit": st.sampled_from(["dong", "million"]),
        "numbering": st.none() | st.just(["1"]),
    },
    Row: {
        "objective": texts,
        "lead": st.sampled_from(["", "Phòng A"]),
        "time_from": st.none() | years,
        "total": st.none() | money,
        "security": st.booleans(),
        "funding": st.dictionaries(st.sampled_from(["oda", "other"]), st.none() | money, max_size=2),
        "years": st.dictionaries(st.sampled_from(["2022", "2023"]), money, max_size=2),
    },
}
names = st.sampled_from("abcdef")
new_rows: st.SearchStrategy[Row] = st.deferred(
    lambda: (
        st.builds(lambda name, total: Row(task=name, total=total), names, st.none() | money)
        | st.builds(lambda name, rows: Row(group=name, rows=rows), names, st.lists(new_rows, max_size=2))
        | st.builds(lambda name, rows: Row(task=name, rows=rows), names, st.lists(new_rows, max_size=2))
    )
)
new_sections = st.builds(
    lambda key, below: Section(key=key, sections=[Section(key=key, text="x") for _n in range(below)]),
    names,
    st.integers(0, 2),
)
new_registers = st.builds(lambda cells: register(*cells), st.lists(st.lists(names, max_size=2), max_size=2))
new_tables = st.builds(lambda rows: tasks(*rows), st.lists(new_rows, max_size=2)) | new_registers


def allowed_owners(plan: Plan, part: Part) -> list[Part]:
    """Where ``part`` may hang, itself and what is below it left out."""
    below = {id(each) for each in walk(part)}
    found: list[Part] = []
    for owner in walk(plan):
        if id(owner) in below:
            continue
        if isinstance(part, Row):
            register_row = part.cells is not None
            fits = isinstance(owner, Table) and owner.is_register == register_row
            fits = fits or (isinstance(owner, Row) and owner.cells is None and not register_row)
        elif isinstance(part, Section):
            fits = isinstance(owner, Plan | Section)
        else:
            fits = isinstance(owner, Plan)
        if fits:
            found.append(owner)
    return found


def grouped_plan() -> Plan:
    return small_plan(
        tasks(
            group("G", task("a", 5), task("b", 6, rows=[task("c", 6)])), group("H", group("I", task("d", 7))), task("e")
        ),
        register(["x", "y"], ["z"]),
        tasks(task("f", 8), key="spending"),
    )


class Stopped(Exception):
    """What a failing edit fails with."""


class Edits(RuleBasedStateMachine):
    """Makes edits, undoes and redoes them, opens the store anew; knows what the plan was after each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp()) / "Kho dữ liệu"
        self.store = Store(self.folder)
        self.opened: OpenPlan
        #: The plan after each step that can be undone, from the start; ``now`` is the one it is at.
        self.states: list[list[Any]] = []
        self.now = 0
        self.labels = 0
        #: Parts once taken out, which may be put in again.
        self.taken: list[Part] = []

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            while self.opened.undo():
                assert_whole(self.opened)
            assert state(self.opened.plan) == self.states[0]
            while self.opened.redo():
                assert_whole(self.opened)
            assert state(self.opened.plan) == self.states[-1]
        self.store.close()
        shutil.rmtree(self.folder.parent)

    @initialize(plan=st.builds(grouped_plan) | st.builds(grouped_plan) | plans())
    def begin(self, plan: Plan) -> None:
        self.store.add(plan)
        self.opened = self.store.open_plan(plan.id)
        self.states = [state(self.opened.plan)]

    # -- edits

    def draw_part(self, data: st.DataObject) -> Part | None:
        """Any part but the plan; rather a row of a task table than another."""
        parts = [part for part in walk(self.opened.plan) if not isinstance(part, Plan)]
        rows: list[Part] = [part for part in parts if isinstance(part, Row) and part.cells is None]
        rather: int = data.draw(st.integers(0, 3))
        if rows and rather:
            parts = rows
        return data.draw(st.sampled_from(parts)) if parts else None

    def change(self, data: st.DataObject) -> None:
        kind = data.draw(
            st.sampled_from(["set", "insert", "remove", "move", "move", "wrap", "dissolve", "out and in", "again"])
        )
        part = self.draw_part(data)
        if kind == "set":
            target = self.opened.plan if part is None or data.draw(st.integers(0, 3)) == 0 else part
            name = data.draw(st.sampled_from(sorted(FIELDS[type(target)])))
            setattr(target, name, data.draw(FIELDS[type(target)][name]))
        elif kind == "insert" or part is None:
            self.put(
                data, data.draw(st.builds(LegalBasis, text=names) | new_sections | new_tables | new_rows | new_rows)
            )
        elif kind == "again":
            if free := [old for old in self.taken if old.guard is None]:
                old = data.draw(st.sampled_from(free))
                if any(below.guard is not None for below in walk(old)):
                    # What was below it has a place in the plan again.
                    for owner in allowed_owners(self.opened.plan, old)[:1]:
                        with pytest.raises(ValueError, match="not put in again"):
                            insert(owner, old)
                else:
                    self.put(data, old)
        elif kind in ("remove", "out and in"):
            remove(part)
            self.taken.append(part)
            if kind == "out and in":
                self.put(data, part)
        elif kind == "move":
            owner = data.draw(st.sampled_from(allowed_owners(self.opened.plan, part)))
            self.move(data, part, owner)
        elif isinstance(part, Row) and part.cells is None and part.parent is not None:
            owner = part.parent
            if kind == "wrap":
                around = Row(group="quanh")
                insert(owner, around, data.draw(st.integers(0, len(children_of(owner, part)))))
                move(part, around, 0)
            else:
                for row in list(part.rows):
                    self.move(data, row, owner)
                remove(part)

    def move(self, data: st.DataObject, part: Part, owner: Part) -> None:
        here = part.parent is owner
        move(part, owner, data.draw(st.integers(0, len(children_of(owner, part)) - here)))

    def put(self, data: st.DataObject, part: Part) -> None:
        owners = allowed_owners(self.opened.plan, part)
        if owners:
            owner = data.draw(st.sampled_from(owners))
            insert(owner, part, data.draw(st.integers(0, len(children_of(owner, part)))))

    @rule(data=st.data(), changes=st.integers(1, 4))
    def edit(self, data: st.DataObject, changes: int) -> None:
        self.labels += 1
        label = f"sửa {self.labels}"
        redo = self.opened.redo_label()
        told: list[Change] = []
        self.opened.listeners.append(told.append)
        with self.opened.edit(label):
            for _n in range(changes):
                self.change(data)
        self.opened.listeners.remove(told.append)
        now = state(self.opened.plan)
        if self.opened.undo_label() == label:
            assert self.opened.redo_label() is None
            assert [change.label for change in told] == [label]
            self.states[self.now + 1 :] = [now]
            self.now += 1
        else:
            # Nothing came of it: nothing to undo, and what could be made again still can.
            assert now == self.states[self.now]
            assert self.opened.redo_label() == redo
            assert not told

    @rule(data=st.data(), changes=st.integers(1, 3))
    def failing_edit(self, data: st.DataObject, changes: int) -> None:
        try:
            with self.opened.edit("hỏng"):
                for _n in range(changes):
                    self.change(data)
                raise Stopped
        except Stopped:
            pass
        assert state(self.opened.plan) == self.states[self.now]

    @rule(data=st.data())
    def unwritten_edit(self, data: st.DataObject) -> None:
        """The disk is full, say, just when the edit is written."""
        writer = self.store.writer()

        def fail(*_args: object) -> None:
            raise StoreError("đầy")

        writer.write = fail  # type: ignore[method-assign,assignment]
        try:
            with self.opened.edit("hỏng"):
                self.change(data)
        except StoreError:
            pass
        finally:
            del writer.write
        assert state(self.opened.plan) == self.states[self.now]

    # -- steps

    @rule()
    def undo(self) -> None:
        change = self.opened.undo()
        assert (change is not None) == (self.now > 0)
        self.now -= change is not None
        assert state(self.opened.plan) == self.states[self.now]

    @rule()
    def redo(self) -> None:
        change = self.opened.redo()
        assert (change is not None) == (self.now < len(self.states) - 1)
        self.now += change is not None
        assert state(self.opened.plan) == self.states[self.now]

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = Store(self.folder)
        self.opened = self.store.open_plan(self.opened.plan.id)
        self.taken.clear()
        assert state(self.opened.plan) == self.states[self.now]

    @rule()
    def export(self) -> None:
        """The revision grows, and stays whatever is undone."""
        plan = self.opened.plan
        revision = plan.revision + 1
        self.store.set_revision(plan.id, revision, "Kết xuất")
        plan.__dict__["revision"] = revision
        for known in self.states:
            known[0][3]["revision"] = revision

    # -- always

    @precondition(lambda self: hasattr(self, "opened"))
    @invariant()
    def whole(self) -> None:
        assert_whole(self.opened)
        assert (self.opened.undo_label() is not None) == (self.now > 0)
        assert (self.opened.redo_label() is not None) == (self.now < len(self.states) - 1)


TestEdits = Edits.TestCase
# To make a failure of many steps small takes minutes: HYPOTHESIS_PROFILE=long does it.
PHASES = [
    phase
    for phase in Phase
    if settings.get_current_profile_name() == "long" or phase not in (Phase.shrink, Phase.explain)
]
TestEdits.settings = settings(some(0.8), stateful_step_count=25, phases=PHASES)


# ---- by hand


@pytest.fixture
def opened(store: Store) -> OpenPlan:
    store.add(small_plan(tasks(group("G", task("a", 1), task("b", 2), group("H", task("c", 3)))), register(["x"])))
    return store.open_plan("ke-hoach-1")


def there_and_back(opened: OpenPlan, before: list[Any]) -> None:
    """The last edit is whole on disk, is taken back and made again."""
    after = state(opened.plan)
    assert_whole(opened)
    assert after != before
    opened.undo()
    assert_whole(opened)
    assert state(opened.plan) == before
    opened.redo()
    assert_whole(opened)
    assert state(opened.plan) == after


def test_a_group_is_dissolved(opened: OpenPlan) -> None:
    before = state(opened.plan)
    with opened.edit("bỏ nhóm") as plan:
        table = plan.tables[0]
        old = table.rows[0]
        for index, row in enumerate(list(old.rows)):
            move(row, table, index)
        remove(old)
    assert [row.task or row.group for row in opened.plan.tables[0].rows] == ["a", "b", "H"]
    there_and_back(opened, before)


def test_tasks_are_gathered_in_a_new_group(opened: OpenPlan) -> None:
    before = state(opened.plan)
    with opened.edit("nhóm lại") as plan:
        new = Row(group="N")
        rows = list(plan.tables[0].rows[0].rows)
        insert(plan.tables[0], new, 0)
        for row in rows:
            move(row, new, 0)
        insert(new, Row(task="d", rows=[Row(task="e")]), 1)
        insert(new.rows[1], Row(task="f"), 0)
    assert [row.task or row.group for row in opened.plan.tables[0].rows[0].rows] == ["H", "d", "b", "a"]
    assert [row.task for row in opened.plan.tables[0].rows[0].rows[1].rows] == ["f", "e"]
    there_and_back(opened, before)


def test_a_new_group_that_took_a_task_is_removed_again_with_it(opened: OpenPlan) -> None:
    before = state(opened.plan)
    with opened.edit("x") as plan:
        new = Row(group="N")
        insert(plan.tables[0], new)
        move(plan.tables[0].rows[0].rows[0], new, 0)
        remove(new)
    assert [row.task for row in opened.plan.tables[0].rows[0].rows] == ["b", None]
    there_and_back(opened, before)


def test_a_row_is_taken_out_and_put_in_elsewhere(opened: OpenPlan) -> None:
    before = state(opened.plan)
    with opened.edit("x") as plan:
        row = plan.tables[0].rows[0].rows[2]
        key = row.row_id
        remove(row)
        row.group = "H đổi tên"
        row.rows[0].task = "c đổi tên"
        insert(plan.tables[0], row, 0)
    assert row.row_id == key
    there_and_back(opened, before)


def test_a_row_taken_out_earlier_comes_in_as_a_new_one(opened: OpenPlan) -> None:
    with opened.edit("bỏ") as plan:
        row = plan.tables[0].rows[0].rows[0]
        remove(row)
    opened.undo()
    before = state(opened.plan)
    with opened.edit("thêm") as plan:
        insert(plan.tables[0], row)
    assert len({part.row_id for part in walk(opened.plan) if isinstance(part, Row)}) == 7
    there_and_back(opened, before)


def test_a_task_moves_to_another_table(opened: OpenPlan) -> None:
    before = state(opened.plan)
    with opened.edit("x") as plan:
        insert(plan, tasks(key="khác"), 0)
        move(plan.tables[1].rows[0], plan.tables[0], 0)
    there_and_back(opened, before)
    assert [row.group for row in opened.plan.tables[0].rows] == ["G"]


def test_a_whole_table_goes_and_comes_back(store: Store) -> None:
    store.add(fixture_plan(4))
    opened = store.open_plan(fixture_plan(4).id)
    before = state(opened.plan)
    with opened.edit("x") as plan:
        remove(plan.tables[3])
        remove(plan.sections[0])
        plan.legal_bases[0].number = "x"
        remove(plan.legal_bases[1])
    there_and_back(opened, before)
    opened.undo()
    assert document.to_bytes(opened.plan) == document.to_bytes(fixture_plan(4))


def test_many_edits_after_a_restart(store: Store, folder: Path, opened: OpenPlan) -> None:
    start = state(opened.plan)
    for n in range(20):
        with opened.edit(f"{n}") as plan:
            plan.tables[0].rows[-1].rows[0].total = n * 1_000_000
            insert(plan.tables[0], task(f"{n}"), 0)
    end = state(opened.plan)
    with Store(folder) as again:
        other = again.open_plan("ke-hoach-1")
        assert [change.label for change in iter(other.undo, None)] == [f"{n}" for n in reversed(range(20))]
        assert state(other.plan) == start
    with Store(folder) as again:
        other = again.open_plan("ke-hoach-1")
        assert [change.label for change in iter(other.redo, None)] == [f"{n}" for n in range(20)]
        assert state(other.plan) == end


def test_a_new_edit_drops_what_was_undone(opened: OpenPlan) -> None:
    for text in ("một", "hai", "ba"):
        with opened.edit(text) as plan:
            plan.subject = text
    opened.undo()
    opened.undo()
    assert (opened.undo_label(), opened.redo_label()) == ("một", "hai")
    with opened.edit("bốn") as plan:
        plan.place = "x"
    assert (opened.undo_label(), opened.redo_label()) == ("bốn", None)
    assert opened.redo() is None
    assert opened.plan.subject == "một"
    assert opened.store.connection.execute(
        "SELECT count(*) FROM change WHERE edit_id NOT IN (SELECT id FROM edit)"
    ).fetchone() == (0,)


def test_an_edit_that_changes_nothing_is_no_step(opened: OpenPlan) -> None:
    told: list[Change] = []
    with opened.edit("một") as plan:
        plan.subject = "khác"
    opened.undo()
    opened.listeners.append(told.append)
    lines = len(opened.store.history("ke-hoach-1"))
    with opened.edit("không") as plan:
        plan.subject = plan.subject
        plan.place = "chỗ khác"
        plan.place = "Tỉnh A"
        row = Row(task="x")
        insert(plan.tables[0], row)
        remove(row)
    with opened.edit("không"):
        pass
    assert opened.redo_label() == "một"
    assert not told
    assert len(opened.store.history("ke-hoach-1")) == lines
    assert_whole(opened)


def test_1_and_true_and_one_point_zero_are_not_the_same(opened: OpenPlan) -> None:
    for number in (1, 1.0, 2.5, 2):
        with opened.edit("x") as plan:
            plan.indicators = {"computers": number}
        assert_whole(opened)


def test_a_change_names_what_changed(opened: OpenPlan) -> None:
    told: list[Change] = []
    opened.listeners.append(told.append)
    table = opened.plan.tables[0]
    outer = table.rows[0]
    first, second = outer.rows[0], outer.rows[1]
    with opened.edit("đặt"):
        first.total = 5
    assert (told[-1].label, told[-1].parts, told[-1].owners) == ("đặt", {first}, set())
    with opened.edit("thêm"):
        new = group("N", task("x"))
        insert(table, new)
    assert (told[-1].parts, told[-1].owners) == ({new}, {table})
    with opened.edit("chuyển"):
        move(second, new, 0)
    assert (told[-1].parts, told[-1].owners) == ({second}, {outer, new})
    with opened.edit("bỏ"):
        remove(new)
    assert (told[-1].parts, told[-1].owners) == ({new}, {table})
    undone = opened.undo()
    assert undone is told[-1]
    assert undone.label == "bỏ"
    assert undone.owners == {table, table.rows[1]}
    assert undone.parts == {table.rows[1], *table.rows[1].rows}
    # Parts that were there all along stay the same objects.
    opened.undo()
    assert opened.plan.tables[0].rows[0] is outer
    assert outer.rows[0] is first
    opened.undo()
    opened.undo()
    assert first.total == 1
    assert told[-1].parts == {first}


def test_a_failed_edit_leaves_every_part_as_it_was(opened: OpenPlan) -> None:
    before, objects = state(opened.plan), [id(part) for part in walk(opened.plan)]
    outer = opened.plan.tables[0].rows[0]
    new = Row(group="N")
    with pytest.raises(ZeroDivisionError), opened.edit("x") as plan:
        insert(plan.tables[0], new)
        move(outer.rows[0], new, 0)
        remove(outer)
        outer.rows[0].task = "khi đã bỏ ra"
        outer.rows.clear()
        insert(new, outer)
        outer.group = "khi đã vào lại"
        plan.subject = "x"
        plan.tables[1].rows[0].cells = ["y"]
        _ = 1 / 0
    assert state(opened.plan) == before
    assert [id(part) for part in walk(opened.plan)] == objects
    assert_whole(opened)
    # What was to come in is free again, and can.
    new.group = "tự do"
    with opened.edit("y") as plan:
        insert(plan.tables[0], new)
    assert_whole(opened)


def test_rows_keep_their_order_when_many_come_between(opened: OpenPlan) -> None:
    """More between two neighbours than there is room for: the list is numbered anew."""
    table = opened.plan.tables[0]
    with opened.edit("x"):
        insert(table, task("cuối"))
        for n in range(30):
            insert(table, task(f"{n}"), 1)
    assert [row.task for row in table.rows[1:-1]] == [f"{n}" for n in reversed(range(30))]
    assert_whole(opened)
    for n in range(30, 40):
        with opened.edit("y"):
            insert(table, task(f"{n}"), 1)
        assert_whole(opened)
