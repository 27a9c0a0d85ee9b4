"""Compaction at any moment of any work: the plan stays what it is, and undo reaches what it shall, byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.plan import Row, insert, move, remove, walk_rows
from models.store import Store, compaction
from tests.models.store.test_compaction import BOUNDS, PIECES, finish, state, steps_of
from tests.models.store.test_undo import PHASES
from tests.plans import small_plan, some


@settings(some(0.25), stateful_step_count=50, phases=PHASES)
class AnyOrder(RuleBasedStateMachine):
    """Edits, undo, redo, restarts, and a piece of compaction at any moment between them."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.patches = mock.patch.multiple(compaction, OVERDUE=15, **BOUNDS, **PIECES)
        self.patches.start()
        self.store = Store(Path(self.folder.name) / "kho")
        self.store.add(small_plan())
        self.opened = self.store.open_plan("ke-hoach-1")
        #: The plan at the start and after each step, and the place of the one it is at.
        self.states = [state(self.opened.plan)]
        self.at = 0
        #: The last edit that was a step.
        self.newest = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.patches.stop()
            self.folder.cleanup()

    def done(self) -> None:
        """Told after an edit, which may have been none."""
        newest = max(steps_of(self.store), default=0)
        if newest > self.newest:
            self.newest = newest
            del self.states[self.at + 1 :]
            self.states.append(state(self.opened.plan))
            self.at += 1

    @rule(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=300))
    def type_text(self, text: str) -> None:
        with self.opened.edit("Sửa trích yếu") as plan:
            plan.subject = text
        self.done()

    @rule(count=st.integers(1, 12))
    def paste(self, count: int) -> None:
        with self.opened.edit("Dán") as plan:
            for number in range(count):
                insert(plan.tables[0], Row(task=f"Việc {number}", total=number))
        self.done()

    @rule(which=st.integers(0, 50))
    def take_out(self, which: int) -> None:
        rows = list(walk_rows(self.opened.plan.tables[0].rows))
        if rows:
            with self.opened.edit("Xóa dòng"):
                remove(rows[which % len(rows)])
            self.done()

    @rule(which=st.integers(0, 50), to=st.integers(0, 50))
    def move_row(self, which: int, to: int) -> None:
        rows = self.opened.plan.tables[0].rows
        if rows:
            with self.opened.edit("Chuyển dòng") as plan:
                move(rows[which % len(rows)], plan.tables[0], to % len(rows))
            self.done()

    @rule()
    def export(self) -> None:
        self.store.keep_export("ke-hoach-1", self.opened.plan.revision + 1, "Kết xuất", "AAAA-BBBB", b"zip")
        self.opened.plan.__dict__["revision"] += 1

    @rule(count=st.integers(1, 6))
    def undo(self, count: int) -> None:
        for _time in range(count):
            if self.opened.undo() is not None:
                self.at -= 1

    @rule(count=st.integers(1, 6))
    def redo(self, count: int) -> None:
        for _time in range(count):
            if self.opened.redo() is not None:
                self.at += 1

    @rule(pieces=st.integers(1, 20))
    def compact(self, pieces: int) -> None:
        before = len(steps_of(self.store))
        self.store.compaction.ask("ke-hoach-1")
        for _piece in range(pieces):
            self.store.compaction.step()
        assert len(steps_of(self.store)) >= min(before, BOUNDS["LEAST"])

    @rule()
    def compact_all(self) -> None:
        before = len(steps_of(self.store))
        finish(self.store)
        assert min(before, BOUNDS["LEAST"]) <= len(steps_of(self.store)) <= BOUNDS["STEPS"]
        lines = self.store.connection.execute("SELECT count(*) FROM edit WHERE undone = 2").fetchone()[0]
        kinds = 3
        assert lines <= BOUNDS["LINES"] + PIECES["_LINES_AT_ONCE"] + kinds

    @rule()
    def start_again(self) -> None:
        self.store.close()
        self.store = Store(Path(self.folder.name) / "kho")
        self.opened = self.store.open_plan("ke-hoach-1")

    @rule()
    def go_all_the_way(self) -> None:
        """Undo to where it ends and redo to where it ends gives every state in between, byte for byte."""
        reachable = len(steps_of(self.store))
        while self.opened.undo() is not None:
            self.at -= 1
            assert state(self.opened.plan) == self.states[self.at]
        assert self.at == len(self.states) - 1 - reachable
        assert state(self.store.read("ke-hoach-1")) == self.states[self.at]
        while self.opened.redo() is not None:
            self.at += 1
            assert state(self.opened.plan) == self.states[self.at]
        assert self.at == len(self.states) - 1

    @invariant()
    def stands_as_it_was_left(self) -> None:
        if hasattr(self, "store"):
            assert state(self.opened.plan) == self.states[self.at] == state(self.store.read("ke-hoach-1"))
            history = self.store.history("ke-hoach-1")
            known = [past.steps for past in history if past.steps is not None]
            assert known == sorted(known, reverse=True) and 0 in known


TestAnyOrder = AnyOrder.TestCase
