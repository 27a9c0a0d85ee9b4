"""The list of plans: what it shows, its keys, the bin, and a plan that this program cannot read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from models.settings import Settings
from models.store import Store
from tests.plans import fixture_plan
from ui.pages.plans import PlansPage
from ui.widgets.plans_model import CHECKS, TOTAL, YEARS, human_time


@pytest.fixture
def page(app: QApplication, store: Store, tmp_path: Path) -> Iterator[PlansPage]:
    made = PlansPage(store, Settings(tmp_path))
    made.resize(1366, 640)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.deleteLater()
    app.processEvents()


def fill(page: PlansPage, *numbers: int) -> None:
    for number in numbers:
        page.store.add(fixture_plan(number))
    page.reload()
    page.focus()


def ids(page: PlansPage) -> list[str]:
    return [line.plan.id for line in page.list.plans.lines]


def test_an_empty_store_offers_the_first_steps(page: PlansPage) -> None:
    asked: list[str] = []
    page.new_requested.connect(lambda: asked.append("new"))
    page.import_requested.connect(lambda: asked.append("open"))
    page.file_import_requested.connect(lambda: asked.append("file"))
    buttons = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) == 3
    for button in buttons:
        button.click()
    assert asked == ["new", "open", "file"]


def test_a_line_says_what_matters(page: PlansPage) -> None:
    fill(page, 4)
    model = page.list.plans
    assert model.index(0, YEARS).data() == "2021–2025"
    assert model.index(0, TOTAL).data() == "279.985,5"
    assert "lỗi" in model.index(0, CHECKS).data()


def test_enter_opens_the_chosen_plan(page: PlansPage) -> None:
    fill(page, 0, 1)
    opened: list[str] = []
    page.open_requested.connect(opened.append)
    page.list.selectRow(0)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    chosen = page.list.current_id()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert opened == [chosen]


def test_delete_is_taken_back_without_a_question(page: PlansPage) -> None:
    fill(page, 0, 1)
    chosen = page.list.current_id()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert chosen not in ids(page)
    undo = next(button for button in page.findChildren(QPushButton) if button.text() == "&Hoàn tác")
    assert undo.isVisible()
    undo.click()
    assert set(ids(page)) == {fixture_plan(0).id, fixture_plan(1).id}
    assert not undo.isVisible()
    assert page.list.hasFocus()


def test_the_bin_gives_a_plan_back_later(page: PlansPage) -> None:
    fill(page, 0)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    page.reload()
    thrown = next(button for button in page.findChildren(QPushButton) if "Thùng rác" in button.text())
    thrown.click()
    assert ids(page) == [fixture_plan(0).id]
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert ids(page) == [fixture_plan(0).id]
    assert not thrown.isVisible()
    assert not page.store.is_deleted(fixture_plan(0).id)


def test_an_unknown_template_is_a_note_until_it_is_there(page: PlansPage) -> None:
    strange = fixture_plan(2)
    strange.template = "mau-2030"
    page.store.add(strange)
    fill(page, 0)
    notes = {line.plan.id: line.note for line in page.list.plans.lines}
    assert "mau-2030" in notes[strange.id]
    assert notes[fixture_plan(0).id] == ""
    page.store.connection.execute("UPDATE plan SET template = ? WHERE id = ?", (fixture_plan(2).template, strange.id))
    page.reload()
    line = next(line for line in page.list.plans.lines if line.plan.id == strange.id)
    assert (line.note, line.plan.total) == ("", 405_000_000)


def test_sorting_by_total_and_back(page: PlansPage) -> None:
    fill(page, 0, 2, 4)
    page.list.sort_by(TOTAL)
    shown = [page.list.model().index(row, TOTAL).data() for row in range(3)]
    assert shown == ["405", "5.039,772", "279.985,5"]
    page.list.sort_by(TOTAL)
    assert page.list.model().index(0, TOTAL).data() == "279.985,5"


def test_a_store_that_fails_leaves_the_list_and_says_why(page: PlansPage) -> None:
    fill(page, 0)
    said: list[tuple[str, str]] = []
    page.notice.connect(lambda text, kind: said.append((text, kind)))
    page.store.connection.close()
    with pytest.raises(sqlite3.ProgrammingError):
        page.store.connection.execute("SELECT 1")
    page.reload()
    assert [kind for _text, kind in said] == ["error"]
    assert ids(page) == [fixture_plan(0).id]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-21T14:32:05", "14:32 hôm nay"),
        ("2026-11-20T09:05:00", "09:05 hôm qua"),
        ("2026-01-02T09:05:00", "02/01/2026"),
        ("hỏng", "hỏng"),
    ],
)
def test_human_time(moment: str, said: str) -> None:
    assert human_time(moment, datetime(2026, 11, 21, 15)) == said
