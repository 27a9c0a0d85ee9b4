"""A Word plan comes in through the wizard as a whole: sections where they belong, tables as they are put right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models import totals
from models.plan import find_section, find_table, walk_rows
from models.store import Store
from tests.keyboard import CTRL, focused, key
from tests.offices_word.make import OFFICES, make
from tests.plans import fixture_plan
from tests.ui.importing import settle, wizard_of
from tests.ui.main_window import window_of, workspace_of
from tests.ui.test_importing import by_tab, told
from ui import importing
from ui.main_window import MainWindow


@pytest.fixture
def plans(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    with window_of(store, folder) as window:
        yield window


def word_file(path: Path, number: int) -> Path:
    path.write_bytes(make(fixture_plan(number), OFFICES[number % len(OFFICES)]))
    return path


@pytest.mark.parametrize("number", [0, 4])
def test_a_whole_plan_by_keys(plans: MainWindow, tmp_path: Path, number: int) -> None:
    importing.begin(plans, [word_file(tmp_path / "Kế hoạch.docx", number)])
    dialog = wizard_of(plans)
    wanted = fixture_plan(number)
    assert dialog.goal.template.id == wanted.template and dialog.goal.years[0] == wanted.period_from
    assert dialog.work.is_plan_taken and not dialog.goal.goal.isEnabled()
    key(Qt.Key.Key_Return, CTRL)
    assert told(plans, "Đã nhập cả kế hoạch")
    plan = workspace_of(plans).document.plan
    assert (plan.subject, plan.period_from, plan.period_to) == (wanted.subject, wanted.period_from, wanted.period_to)
    assert len(plan.legal_bases) == len(wanted.legal_bases)
    for table in wanted.tables:
        found = find_table(plan, table.key)
        if table.rows and not table.is_register:
            assert found is not None and len(list(walk_rows(found.rows))) == len(list(walk_rows(table.rows)))
            assert totals.compute_table(found, {}).total == totals.compute_table(table, {}).total


def test_a_section_is_put_elsewhere_and_a_table_left_out(plans: MainWindow, tmp_path: Path) -> None:
    importing.begin(plans, [word_file(tmp_path / "Kế hoạch.docx", 0)])
    dialog = wizard_of(plans)
    assert dialog.work.plan is not None
    moved = find_section(dialog.work.plan, "review.people")
    assert moved is not None and moved.text
    key(Qt.Key.Key_Return)
    assert focused() is dialog.sections
    by_tab(dialog, f"Mục “{moved.heading}” đưa vào")
    box = focused()
    at = dialog.sections.boxes.index(box)  # type: ignore[arg-type]
    model = dialog.sections.boxes[at].model()
    keys = [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    step = keys.index("review.security") - dialog.sections.boxes[at].currentIndex()
    for _once in range(abs(step)):
        key(Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
    dialog.list.setFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Space)
    settle(dialog)
    key(Qt.Key.Key_Return, CTRL)
    assert told(plans, "Đã nhập cả kế hoạch")
    plan = workspace_of(plans).document.plan
    old, new = find_section(plan, "review.people"), find_section(plan, "review.security")
    assert old is not None and old.text == ""
    assert new is not None and f"**{moved.heading}**" in new.text and new.text.endswith(moved.text)
    tasks = find_table(plan, "tasks")
    assert tasks is None or tasks.rows == []


def test_only_the_table_of_a_plan_goes_into_the_open_one(window: MainWindow, tmp_path: Path) -> None:
    document = workspace_of(window).document
    before = len(document.plan.tables[0].rows)
    importing.begin(window, [word_file(tmp_path / "Kế hoạch.docx", 0)], document.plan.tables[0])
    dialog = wizard_of(window)
    assert not dialog.work.is_plan_taken and dialog.goal.how == "append"
    key(Qt.Key.Key_Return, CTRL)
    assert told(window, "Đã nhập 8 nhiệm vụ từ 1 bảng")
    assert len(document.plan.tables[0].rows) == before + 8
