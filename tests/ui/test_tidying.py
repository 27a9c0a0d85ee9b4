"""The undo log is compacted in pauses of the window, and after a plan is left; never while somebody types."""

from __future__ import annotations

from unittest import mock

import pytest

from models.store import compaction
from tests.plans import fixture_plan
from tests.ui.main_window import workspace_of
from tests.ui.waiting import wait_for
from ui import tidying
from ui.main_window import MainWindow

_BOUNDS = {"STEPS": 5, "STEPS_TODAY": 5, "LEAST": 2, "WORTH_A_LOOK": 10}


def steps(window: MainWindow) -> int:
    query = "SELECT count(*) FROM edit WHERE undone < 2 AND EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id)"
    return int(window.store.connection.execute(query).fetchone()[0])


def write(window: MainWindow, count: int) -> None:
    document = workspace_of(window).document
    for number in range(count):
        document.set(document.plan, "unit_name", f"Sở {number}", "Sửa tên đơn vị")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, window: MainWindow) -> None:
    """Small bounds, and a pause that is not waited for long."""
    for name, value in _BOUNDS.items():
        monkeypatch.setattr(compaction, name, value)
    window.tidying._pause.setInterval(200)


@pytest.mark.usefixtures("quick")
def test_a_pause_is_used_and_the_plan_stays(window: MainWindow) -> None:
    document = workspace_of(window).document
    write(window, 30)
    assert steps(window) == 30
    assert wait_for(lambda: steps(window) == 5)
    assert document.plan.unit_name == "Sở 29"
    for back in range(1, 6):
        document.undo()
        assert document.plan.unit_name == f"Sở {29 - back}"
    assert document.undo_label() is None
    assert window.store.read(document.plan.id).unit_name == "Sở 24"


@pytest.mark.usefixtures("quick")
def test_few_edits_are_left_alone(window: MainWindow) -> None:
    write(window, 9)
    with mock.patch.object(compaction, "compact") as compact:
        assert wait_for(lambda: not window.tidying._pause.isActive())
        assert not compact.called


@pytest.mark.usefixtures("quick")
def test_a_plan_that_is_left_is_seen_to_while_the_next_is_open(window: MainWindow) -> None:
    window.store.add(fixture_plan(1))
    write(window, 30)
    assert window.open_plan(fixture_plan(1).id)
    assert wait_for(lambda: steps(window) == 5)


@pytest.mark.usefixtures("quick")
def test_an_edit_interrupts_it_and_it_goes_on_in_the_next_pause(window: MainWindow) -> None:
    write(window, 120)
    assert wait_for(lambda: steps(window) < 120)
    write(window, 1)
    assert not window.tidying._work.isActive()
    # The new one is beyond what was looked at, and too little for a look of its own.
    assert wait_for(lambda: steps(window) <= 6)


def test_whoever_types_is_not_disturbed() -> None:
    assert tidying._PAUSE_MS >= 1000
