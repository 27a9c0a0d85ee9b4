"""Next year's plan in the window: the dialog by keys, what is marked until it is read, and undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from models import document as plan_document
from models import template, unread
from models.next_year import next_plan
from models.next_year_offers import offered_first, offered_template
from models.plan import Plan, Section, Table, find_section, find_table, walk_rows
from models.store import Store
from tests.keyboard import CTRL, NONE, SHIFT, focused, key, keys
from tests.plans import fixture_plan, small_plan, task, tasks
from tests.ui.main_window import dialog_of, window_of, workspace_of
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui import theme
from ui.dialogs.new_plan import load_templates
from ui.dialogs.next_year import NextYearDialog
from ui.main_window import MainWindow
from ui.pages.export import ExportPage
from ui.pages.plans import PlansPage
from ui.pages.section import SectionPage
from ui.widgets.next_tasks import AMOUNT, CARRY, LEFT, STATE, TaskChoices, TaskView
from ui.workspace import Workspace

Key = Qt.Key


@pytest.fixture
def following(app: QApplication, store: Store, folder: Path) -> Iterator[Workspace]:
    """A plan that was made from plan 000 for the year after it, open in the main window."""
    made = next_plan(fixture_plan(0), template.get("chinh-quyen-so-2022"), 2023)
    with window_of(store, folder, made.plan) as window:
        yield workspace_of(window)


def ready(dialog: NextYearDialog) -> bool:
    """Wait until it is worked out what can be offered."""
    return wait_for(dialog._yes.isEnabled)


def test_the_next_plan_is_made_by_keys(window: MainWindow, store: Store) -> None:
    before = plan_document.to_bytes(store.read(workspace_of(window).document.plan.id))
    old = workspace_of(window).document.plan.id
    key(Key.Key_N, CTRL | SHIFT)
    dialog = dialog_of(window)
    assert isinstance(dialog, NextYearDialog) and ready(dialog)
    assert dialog.year.value() == 2023 and isinstance(focused(), TaskView)
    # The first task is done, the second one goes on.
    key(Key.Key_1)
    key(Key.Key_Down)
    key(Key.Key_3)
    key(Key.Key_Down)
    key(Key.Key_Space)
    assert "4/8" in dialog.said.text()
    key(Key.Key_Return)
    assert wait_for(lambda: workspace_of(window).document.plan.id != old)
    plan = workspace_of(window).document.plan
    review, goal = find_table(plan, "spending"), find_table(plan, "tasks")
    assert review is not None and goal is not None
    results = [row.result for row in walk_rows(review.rows)][:3]
    assert results == ["Đã hoàn thành", "Chuyển sang năm 2023", ""]
    names = [row.task for row in goal.rows]
    assert len(names) == 4 and names[0] == review.rows[1].task and review.rows[2].task not in names
    assert plan_document.to_bytes(store.read(old)) == before
    assert "Ctrl+F8" in window.messages.text()


def test_the_list_makes_the_plan_after_the_chosen_one(app: QApplication, store: Store, folder: Path) -> None:
    store.add(fixture_plan(1))
    store.add(fixture_plan(4))
    with window_of(store, folder) as window:
        page = window._stack.currentWidget()
        assert isinstance(page, PlansPage)
        page.list.selectRow(1)
        chosen = page.list.current_id()
        QTest.mouseClick(page._next, Qt.MouseButton.LeftButton)
        dialog = dialog_of(window)
        assert isinstance(dialog, NextYearDialog) and ready(dialog)
        assert dialog.previous is not None and dialog.previous.id == chosen
        key(Key.Key_Escape)
        activate(window)
        page.focus()
        key(Key.Key_N, CTRL | SHIFT)
        dialog = dialog_of(window)
        assert isinstance(dialog, NextYearDialog) and ready(dialog)
        assert dialog.previous is not None and dialog.previous.id == chosen
        key(Key.Key_Escape)
        assert window.workspace is None and len(store.summaries(lambda _plan: (None, 0, 0))) == 2


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_heads_of_the_tasks_are_whole(app: QApplication, scale: float) -> None:
    theme.apply(app, "light", scale)
    try:
        view = TaskView(TaskChoices())
        activate(view)
        head = view.horizontalHeader()
        for column in (CARRY, AMOUNT, LEFT, STATE):
            assert view.columnWidth(column) >= head.sectionSizeFromContents(column).width()
        view.close()
    finally:
        theme.apply(app, "light", 1.0)


def test_another_template_and_the_bases_and_notes(app: QApplication, store: Store) -> None:
    store.add(fixture_plan(2))
    plans = store.summaries(lambda _plan: (None, 0, 0))
    dialog = NextYearDialog(None, plans, load_templates()[0], store.read)
    dialog.show()
    assert ready(dialog)
    names = [one.id for one in dialog._templates]
    dialog.template_choice.setCurrentIndex(names.index("chuyen-doi-so-2027"))
    dialog.year.setValue(2027)
    assert ready(dialog)
    assert len(dialog.bases.checked()) == 3
    first = dialog.bases.item(0)
    dialog.bases.setFocus()
    dialog.bases.setCurrentRow(0)
    QTest.keyClick(dialog.bases, Key.Key_Space)
    assert first.checkState() == Qt.CheckState.Unchecked and len(dialog.bases.checked()) == 2
    dialog.tabs.setCurrentIndex(2)
    assert wait_for(lambda: dialog.notes.count() > 3)
    told = " ".join(dialog.notes.item(row).text() for row in range(dialog.notes.count()))
    assert "47 hồ sơ" in told and "Sở TT&TT" in told
    dialog.accept()
    assert wait_for(lambda: dialog.made is not None)
    assert dialog.made is not None
    numbers = {basis.number for basis in dialog.made.plan.legal_bases}
    assert "116/2025/QH15" in numbers or "148/2025/QH15" in numbers
    dialog.deleteLater()
    app.processEvents()


def test_a_state_is_chosen_by_the_mouse_too(app: QApplication, store: Store) -> None:
    store.add(small_plan(tasks(task("Việc", 5, time="2022"))))
    dialog = NextYearDialog(None, store.summaries(lambda _plan: (None, 0, 0)), load_templates()[0], store.read)
    dialog.show()
    assert ready(dialog)
    view = dialog.tasks
    where = view.visualRect(dialog.choices.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, where)
    assert dialog.choices.carry == {0}
    where = view.visualRect(dialog.choices.index(0, STATE)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, where)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.actions()[1].trigger()
    menu.close()
    assert dialog.choices.states == {0: "done"} and dialog.choices.carry == set()
    dialog.reject()
    dialog.deleteLater()
    app.processEvents()


# ---- what has not been read


def test_unread_text_is_told_gone_through_and_cleared(following: Workspace) -> None:
    plan = following.document.plan
    count = len(unread.unread(plan))
    key(Key.Key_F8, CTRL)
    first = following.place
    assert isinstance(first, Section) and first.key == "review.legal"
    assert following.unread_banner.isVisible()
    assert "kế hoạch năm 2022" in following.unread_banner.sentence.text()
    key(Key.Key_R, CTRL | SHIFT)
    assert not following.unread_banner.isVisible() and not unread.is_unread(first)
    assert len(unread.unread(plan)) == count - 1
    following.document.undo()
    assert unread.is_unread(first) and following.unread_banner.isVisible()
    key(Key.Key_F8, CTRL)
    assert isinstance(following.place, Section) and following.place.key == "review.infrastructure"


def test_the_years_that_were_moved_are_told(following: Workspace) -> None:
    section = find_section(following.document.plan, "review.budget")
    assert section is not None
    following.enter_place(section)
    assert "2021 → 2022 (1 chỗ)" in following.unread_banner.sentence.text()


def test_the_text_can_be_taken_away_in_one_step(following: Workspace) -> None:
    section = find_section(following.document.plan, "review.security")
    assert section is not None
    following.enter_place(section)
    text = section.text
    QTest.mouseClick(following.unread_banner.clear, Qt.MouseButton.LeftButton)
    assert section.text == "" and not following.unread_banner.isVisible()
    following.document.undo()
    assert section.text == text and following.unread_banner.isVisible()


def test_a_text_of_which_no_line_is_left_has_been_read(following: Workspace) -> None:
    section = find_section(following.document.plan, "review.budget")
    assert section is not None
    following.enter_place(section)
    page = following.page
    assert isinstance(page, SectionPage)
    editor = page.text.editor
    # A word at the end of the line: it no longer stands as it came.
    key(Key.Key_End, CTRL)
    keys(" Đã chi hết.")
    page.save()
    assert "Đã chi hết." in section.text
    assert not unread.is_unread(section) and not following.unread_banner.isVisible()
    following.document.undo()
    assert unread.is_unread(section) and following.unread_banner.isVisible()
    assert editor.lines().startswith("Năm 2022")


def test_the_outline_marks_what_is_unread(following: Workspace) -> None:
    plan = following.document.plan
    section = find_section(plan, "review.legal")
    assert section is not None
    item = following.outline._items[id(section)]
    assert item.accessibleDescription().endswith("chưa đọc lại")
    top = following.outline._items[id(plan.sections[0])]
    assert "chưa đọc lại" not in top.accessibleDescription()
    following.outline.collapse(top.index())
    assert "chưa đọc lại" in top.accessibleDescription()
    following.outline.expand(top.index())
    with following.document.edit("Đọc"):
        unread.clear(section)
    item = following.outline._items[id(section)]
    assert "chưa đọc lại" not in item.accessibleDescription()


def test_the_page_of_export_counts_what_is_unread(following: Workspace) -> None:
    following.show_place("export")
    page = following.page
    assert isinstance(page, ExportPage)
    count = len(unread.unread(following.document.plan))
    labels = [label.text() for label in page.state.findChildren(QLabel) if label.isVisible()]
    assert any(f"Còn {count} mục" in text for text in labels)
    QTest.mouseClick(page.state.unread_button, Qt.MouseButton.LeftButton)
    assert isinstance(following.place, Section) and unread.is_unread(following.place)


def test_a_table_from_last_year_is_told_too(app: QApplication, store: Store, folder: Path) -> None:
    made = next_plan(fixture_plan(1), template.get("chinh-quyen-so-2022"), 2023)
    with window_of(store, folder, made.plan) as window:
        workspace = workspace_of(window)
        table = find_table(workspace.document.plan, "software")
        assert isinstance(table, Table)
        workspace.enter_place(table)
        assert "Bảng từ kế hoạch năm 2022" in workspace.unread_banner.sentence.text()
        assert not workspace.unread_banner.clear.isVisible()
        QTest.mouseClick(workspace.unread_banner.read, Qt.MouseButton.LeftButton)
        assert not unread.is_unread(table) and not workspace.unread_banner.isVisible()


# ---- what is offered


def years_of(first: int, last: int) -> Plan:
    return small_plan(period_from=first, period_to=last)


def test_the_template_and_the_year_that_are_offered() -> None:
    templates, _faults = load_templates()
    by_id = {one.id: one for one in templates}
    today = date(2026, 11, 1)
    assert offered_template(years_of(2022, 2022), templates, today) is by_id["chinh-quyen-so-2022"]
    assert offered_template(years_of(2026, 2026), templates, today) is by_id["chuyen-doi-so-2027"]
    assert offered_template(years_of(2021, 2025), templates, today) is by_id["chinh-quyen-so-2021-2025"]
    assert offered_first(years_of(2022, 2022), by_id["chinh-quyen-so-2022"], today) == 2023
    assert offered_first(years_of(2021, 2025), by_id["chinh-quyen-so-2021-2025"], today) == 2026
    assert offered_first(years_of(2026, 2030), by_id["chuyen-doi-so-2027"], today) == 2027
