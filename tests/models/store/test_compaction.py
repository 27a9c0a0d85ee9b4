"""The undo log within bounds: what a plan is never changes, and undo reaches what it shall."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any
from unittest import mock

import pytest

from models import document
from models.plan import Plan, Row, insert
from models.store import OpenPlan, Store, compaction
from models.store.compaction import reached
from models.store.files import FILE_NAME
from tests.plans import small_plan

TODAY, BEFORE = "2026-11-21", "2026-11-20"


def state(plan: Plan) -> str:
    """A plan but for its revision, which only ever grows."""
    return json.dumps({**document.dump(plan), "revision": 0})


def finish(store: Store, plan_id: str = "ke-hoach-1") -> None:
    store.compaction.ask(plan_id)
    while store.compaction.step():
        pass


def steps_of(store: Store) -> list[int]:
    """The edits that undo and redo reach, the oldest first."""
    query = """
        SELECT id FROM edit WHERE undone < 2 AND EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id) ORDER BY id"""
    return [edit for (edit,) in store.connection.execute(query)]


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_bounds(monkeypatch.setattr)


BOUNDS: dict[str, Any] = {
    "STEPS": 8,
    "STEPS_TODAY": 8,
    "LEAST": 3,
    "LETTERS": 2_000,
    "LETTERS_OF_LEAST": 20_000,
    "LINES": 12,
}
PIECES: dict[str, Any] = {"_MEASURED": 3, "_FORGOTTEN_AT_ONCE": 2, "_CHANGES": 3, "_LINES_AT_ONCE": 4}


def _set_bounds(put: Callable[[object, str, object], None]) -> None:
    for name, value in (BOUNDS | PIECES).items():
        put(compaction, name, value)


@pytest.fixture
def opened(store: Store) -> OpenPlan:
    store.add(small_plan())
    return store.open_plan("ke-hoach-1")


def write(opened: OpenPlan, count: int, letters: int = 10) -> None:
    for number in range(count):
        with opened.edit("Sửa trích yếu") as plan:
            plan.subject = f"{number} " + "x" * letters


# ---- the bound itself


def test_so_many_steps_of_earlier_days() -> None:
    steps = [(number, BEFORE, 500) for number in range(5_000, 0, -1)]
    assert reached(steps, TODAY) == compaction.STEPS


def test_all_of_today_up_to_a_working_day() -> None:
    today = [(number, TODAY, 500) for number in range(20_000, 10_000, -1)]
    assert reached([*today[:3_000], (1, BEFORE, 500)], TODAY) == 3_000
    assert reached(today * 2, TODAY) == compaction.STEPS_TODAY


def test_large_steps_are_fewer_but_so_many_always() -> None:
    steps = [(number, TODAY, 50_000) for number in range(5_000, 0, -1)]
    assert reached(steps, TODAY) == compaction.LETTERS // 50_000
    steps = [(number, TODAY, 200_000) for number in range(5_000, 0, -1)]
    assert reached(steps, TODAY) == compaction.LEAST
    steps = [(number, TODAY, 10_000_000) for number in range(5_000, 0, -1)]
    assert reached(steps, TODAY) == compaction.LETTERS_OF_LEAST // 10_000_000
    assert reached([(1, TODAY, 10**9)], TODAY) == 1
    assert reached([], TODAY) == 0


# ---- in the store


@pytest.mark.usefixtures("small_bounds")
def test_old_steps_are_forgotten_and_undo_ends_where_the_history_says(store: Store, opened: OpenPlan) -> None:
    states = [state(opened.plan)]
    for number in range(20):
        with opened.edit(f"Việc {number}") as plan:
            plan.subject = f"Trích yếu {number}"
        states.append(state(opened.plan))
    finish(store)
    assert state(opened.plan) == state(store.read("ke-hoach-1")) == states[-1]
    history = store.history("ke-hoach-1")
    assert [past.label for past in history] == [*(f"Việc {number}" for number in range(19, -1, -1)), "Tạo kế hoạch"]
    assert [past.steps for past in history] == [0, -1, -2, -3, -4, -5, -6, -7, -8, *[None] * 12]
    assert [past.is_old for past in history] == [*[False] * 9, *[True] * 12]
    assert not any(past.undone for past in history)
    for back in range(1, 9):
        assert opened.undo() is not None and state(opened.plan) == states[-1 - back]
    assert opened.undo() is None and opened.undo_label() is None
    assert store.summaries(lambda _plan: (None, 0, 0))[0].id == "ke-hoach-1"
    finish(store)
    assert [past.steps for past in store.history("ke-hoach-1")] == [8, 7, 6, 5, 4, 3, 2, 1, 0, *[None] * 12]
    for _step in range(8):
        assert opened.redo() is not None
    assert state(opened.plan) == states[-1]


@pytest.mark.usefixtures("small_bounds")
def test_an_export_is_no_step_and_its_line_stays(store: Store, opened: OpenPlan) -> None:
    write(opened, 3)
    store.keep_export("ke-hoach-1", 2, "Kết xuất", "AAAA-BBBB", b"zip")
    write(opened, 40)
    finish(store)
    history = store.history("ke-hoach-1")
    assert [past.label for past in history if past.label != "Sửa trích yếu"] == ["Kết xuất", "Tạo kế hoạch"]
    assert store.exported_package("ke-hoach-1", 2) == b"zip"


@pytest.mark.usefixtures("small_bounds")
def test_lines_beyond_their_bound_are_one_a_day(store: Store, opened: OpenPlan) -> None:
    write(opened, 60)
    store.connection.execute("UPDATE edit SET at = '2026-10-0' || (1 + id % 3) || 'T08:00:00' WHERE id < 40")
    finish(store)
    finish(store)
    lines = [past.at[:10] for past in store.history("ke-hoach-1")]
    forgotten = lines[compaction.STEPS : -1]
    assert len(forgotten) == 12 + 4
    assert sorted(forgotten[13:]) == ["2026-10-01", "2026-10-02", "2026-10-03"]


@pytest.mark.usefixtures("small_bounds")
def test_what_was_left_half_done_is_done_the_next_time(store: Store, opened: OpenPlan) -> None:
    write(opened, 20)
    table = opened.plan.tables[0]
    with opened.edit("Dán") as plan:
        for number in range(30):
            insert(plan.tables[0], Row(task=f"Việc {number}"))
    assert table.rows
    write(opened, 20)
    now = state(opened.plan)
    for pieces in range(1, 40):
        store.compaction = compaction.Compaction(store.connection)
        store.compaction.ask("ke-hoach-1")
        for _piece in range(pieces):
            store.compaction.step()
        assert state(store.read("ke-hoach-1")) == now
    left = "SELECT count(*) FROM change JOIN edit ON edit.id = edit_id WHERE undone = 2"
    finish(store)
    assert store.connection.execute(left).fetchone() == (0,)


def test_the_store_sees_to_it_itself_where_no_pause_comes(store: Store, opened: OpenPlan) -> None:
    with mock.patch.multiple(compaction, OVERDUE=10, **BOUNDS):
        write(opened, 200)
        assert len(steps_of(store)) < 8 + 3 * 10


def test_room_is_given_back_and_files_stay_level(store: Store, opened: OpenPlan) -> None:
    def size() -> int:
        return sum(path.stat().st_size for path in store.folder.iterdir() if path.name.startswith(FILE_NAME))

    with mock.patch.multiple(compaction, SPARE=16, **BOUNDS):
        write(opened, 10, 2_000)
        finish(store)
        before = size()
        for _turn in range(3):
            write(opened, 120, 4_000)
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            assert size() > 1_000_000
            finish(store)
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            assert size() < before + 200_000
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_store_made_before_uses_its_room_again(folder: Path) -> None:
    """One without ``auto_vacuum`` stays as it is."""
    folder.mkdir()
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.execute("PRAGMA auto_vacuum = NONE")
        connection.execute("CREATE TABLE stranger (x)")
        connection.execute("DROP TABLE stranger")
    connection.close()
    with Store(folder) as store, mock.patch.multiple(compaction, **BOUNDS):
        store.add(small_plan())
        opened = store.open_plan("ke-hoach-1")
        sizes = []
        for _turn in range(3):
            write(opened, 60, 2_000)
            finish(store)
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            sizes.append((folder / FILE_NAME).stat().st_size)
        assert store.connection.execute("PRAGMA auto_vacuum").fetchone() == (0,)
        assert sizes[-1] <= sizes[0] * 1.1


def test_a_failure_is_silent_and_tried_again(store: Store, opened: OpenPlan) -> None:
    with mock.patch.multiple(compaction, **BOUNDS):
        write(opened, 30)
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        # The window does it, and never waits for who writes in a thread; an edit does.
        began = monotonic()
        finish(store)
        assert monotonic() - began < 2 and store.connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)
        assert len(steps_of(store)) == 30
        other.execute("ROLLBACK")
        other.close()
        finish(store)
        assert len(steps_of(store)) == 8


def test_a_piece_takes_a_few_milliseconds(store: Store, opened: OpenPlan) -> None:
    """In work, that is, however long the disk takes: on a machine under load the least of several runs."""
    from time import process_time

    longest = []
    for _turn in range(3):
        with opened.edit("Dán") as plan:
            for number in range(2_000):
                insert(plan.tables[0], Row(task=f"Việc {number}", objective="Mục tiêu " * 20))
        write(opened, 60)
        with mock.patch.multiple(compaction, STEPS=20, STEPS_TODAY=20, LEAST=20):
            store.compaction.ask("ke-hoach-1")
            most = 0.0
            while True:
                began = process_time()
                goes_on = store.compaction.step()
                most = max(most, process_time() - began)
                if not goes_on:
                    break
        longest.append(most)
    assert min(longest) < 0.02
