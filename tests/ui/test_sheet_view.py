"""What a table shows: widths and order of its columns, sums of the selection, menus, places, hints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu

from models import template
from models.create import new_plan
from models.plan import Row, Table, walk_rows
from models.settings import Settings
from models.store import Store
from tests.keyboard import ALT, CTRL, SHIFT, focused, key, keys
from tests.plans import MILLION, small_plan
from tests.ui.sheet import (
    OpenTable,
    action,
    at,
    cell,
    column,
    filter_by,
    go,
    grouped_plan,
    page_of,
    short_task,
    show,
    sign,
)
from tests.ui.waiting import wait_for
from ui.dialogs.columns import ColumnsDialog
from ui.pages.table import TablePage
from ui.tables.sheet_columns import in_order
from ui.tables.totals_view import TotalsView

K = Qt.Key


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def page(open_table: OpenTable, settings: Settings) -> TablePage:
    return open_table(grouped_plan(), settings=settings)


# ---- the selection


def test_the_sum_of_the_selected_amounts_is_told(page: TablePage) -> None:
    told: list[str] = []
    page.selection_told.connect(told.append)
    go(page, 6, "total")
    QTest.qWait(120)
    assert told == []
    key(K.Key_Down, SHIFT)
    key(K.Key_Down, SHIFT)
    QTest.qWait(120)
    assert told == ["Đang chọn 3 ô · Tổng: 45 triệu đồng"]
    key(K.Key_Left, SHIFT)
    QTest.qWait(120)
    assert told[-1] == "Đang chọn 6 ô · Tổng: 45 triệu đồng"
    page.document.set(page.table.rows[1].rows[0], "total", 6_500_000, "Thử")
    QTest.qWait(120)
    assert told[-1] == "Đang chọn 6 ô · Tổng: 46,5 triệu đồng"
    key(K.Key_Down)
    QTest.qWait(120)
    assert told[-1] == ""


def test_what_is_part_of_a_selected_amount_is_not_added_again(page: TablePage) -> None:
    told: list[str] = []
    page.selection_told.connect(told.append)
    go(page, 0, "total")
    for _row in range(8):
        key(K.Key_Down, SHIFT)
    QTest.qWait(120)
    assert told[-1] == "Đang chọn 9 ô · Tổng: 95 triệu đồng"
    page.hide()
    assert told[-1] == ""


# ---- the columns


def test_columns_are_remembered(app: QApplication, store: Store, settings: Settings, tmp_path: Path) -> None:
    page = page_of(store, grouped_plan(), settings=settings)
    page.columns.set_hidden("lead", True)
    page.columns.move("note", -1)
    page.columns.widen("task", 48)
    width = page.view.columnWidth(column(page, "task"))
    order = [page.model.columns[place].field for place in page.view.shown_columns()]
    page.save()
    page.close()
    again = show(TablePage(page.document, page.table, Settings(tmp_path)))
    assert [again.model.columns[place].field for place in again.view.shown_columns()] == order
    assert "lead" not in order
    assert again.view.columnWidth(column(again, "task")) == width
    again.columns.reset()
    assert "lead" in [again.model.columns[place].field for place in again.view.shown_columns()]
    again.save()
    assert not Settings(tmp_path).get("columns")
    again.close()


def test_settings_that_make_no_sense_do_no_harm(open_table: OpenTable, settings: Settings) -> None:
    plan = grouped_plan()
    name = f"{plan.template}/tasks/"
    own = {"widths": {"task": "breit", "lead": 10**9}, "order": [3, "lead", "gone"], "hidden": ["task", "number", 7]}
    settings.set("columns", {name: own})
    page = open_table(plan, settings=settings)
    fields = [page.model.columns[place].field for place in page.view.shown_columns()]
    assert fields[0] == "task" and "lead" in fields
    assert page.view.columnWidth(column(page, "lead")) < 2000


def test_a_drag_of_the_head_is_remembered(page: TablePage) -> None:
    head, place = page.view.head, column(page, "lead")
    edge = QPoint(head.sectionViewportPosition(place) + head.sectionSize(place) - 1, head.height() // 2)
    before = head.sectionSize(place)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(head.viewport(), edge + QPoint(30, 0))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(30, 0))
    assert head.sectionSize(place) == before + 30
    page.resize(page.width() + 40, page.height())
    QTest.qWait(120)
    assert abs(head.sectionSize(place) - before - 30) <= 1


def test_totals_stand_under_their_columns(page: TablePage) -> None:
    page.columns.set_hidden("lead", True)
    page.columns.move("total", -1)
    page.columns.widen("objective", 400)
    page.view.horizontalScrollBar().setValue(page.view.horizontalScrollBar().maximum())
    QTest.qWait(30)
    pinned = page.findChild(TotalsView)
    assert isinstance(pinned, TotalsView)
    for place in page.view.shown_columns():
        assert pinned.columnViewportPosition(place) == page.view.columnViewportPosition(place)
        assert pinned.columnWidth(place) == page.view.columnWidth(place)
    assert pinned.isColumnHidden(column(page, "lead"))


def test_columns_that_came_since_stand_behind_the_one_before_them() -> None:
    assert in_order(["number", "a", "b", "c"], ["c", "a"]) == ["number", "c", "a", "b"]
    assert in_order(["number", "a", "new", "b"], ["b", "a"]) == ["number", "b", "a", "new"]
    assert in_order(["number", "a"], []) == ["number", "a"]


def test_columns_are_chosen_with_the_keyboard(page: TablePage) -> None:
    go(page, 0, "lead")
    key(K.Key_C, CTRL | SHIFT)
    dialog = page.findChild(ColumnsDialog)
    assert isinstance(dialog, ColumnsDialog)
    listed = dialog.findChild(QListWidget)
    assert isinstance(listed, QListWidget) and wait_for(listed.hasFocus)
    assert listed.currentItem().text() == page.model.columns[column(page, "lead")].label
    place = page.view.shown_columns().index(column(page, "lead"))
    width = page.view.columnWidth(column(page, "lead"))
    key(K.Key_Up, ALT)
    assert page.view.shown_columns().index(column(page, "lead")) == place - 1
    key(K.Key_Right, ALT)
    assert page.view.columnWidth(column(page, "lead")) > width
    key(K.Key_Space)
    assert column(page, "lead") not in page.view.shown_columns()
    key(K.Key_Return)
    assert not dialog.isVisible()


# ---- menus


def popup(app: QApplication) -> QMenu:
    menu = app.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_menu_of_the_rows(app: QApplication, page: TablePage) -> None:
    go(page, 1, "task")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), page.view.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(page.view.viewport(), event)
    menu = popup(app)
    assert action(page, "copy") in menu.actions() and action(page, "delete_rows") in menu.actions()
    box = page.view.visualRect(page.view.currentIndex())
    assert abs(page.view.viewport().mapFromGlobal(menu.pos()).y() - box.bottom()) < 12
    menu.close()


def test_shift_f10_asks_for_the_menu_too(app: QApplication, page: TablePage) -> None:
    go(page, 1, "task")
    key(K.Key_F10, SHIFT)
    popup(app).close()


def test_a_right_click_goes_to_its_cell_unless_it_is_selected(app: QApplication, page: TablePage) -> None:
    def click(row: int, field: str) -> None:
        where = page.view.visualRect(cell(page, row, field)).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, page.view.viewport().mapToGlobal(where))
        QApplication.sendEvent(page.view.viewport(), event)
        popup(app).close()

    go(page, 1, "task")
    key(K.Key_Down, SHIFT)
    click(1, "task")
    assert len(page.selected_rows()) == 2
    click(3, "lead")
    assert at(page) == (3, "lead") and len(page.selected_rows()) == 1


def test_the_menu_of_a_column(app: QApplication, page: TablePage) -> None:
    head = page.view.head
    where = QPoint(head.sectionViewportPosition(column(page, "lead")) + 5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, head.mapToGlobal(where))
    QApplication.sendEvent(head.viewport(), event)
    menu = popup(app)
    next(one for one in menu.actions() if one.text() == "Ẩn cột này").trigger()
    assert page.view.isColumnHidden(column(page, "lead"))
    menu.close()


def test_actions_of_rows_have_names_keys_and_no_key_twice(page: TablePage) -> None:
    seen: set[str] = set()
    for one in page.actions_of_rows:
        if one is not None:
            assert one.text() and one.objectName()
            for sequence in one.shortcuts():
                assert sequence.toString() and sequence.toString() not in seen
                seen.add(sequence.toString())


# ---- places


def test_here_is_where_go_to_leads(page: TablePage) -> None:
    part = page.table.rows[0].rows[1].rows[0]
    for row, field in (
        (part, "total"),
        (page.table.rows[0], "group"),
        (page.table.rows[0], "stated_total"),
        (part, "note"),
    ):
        page.go_to(row, field)
        assert page.here() == (row, field)
    page.go_to(page.table, "title")
    assert page.here() == (page.table, "title")
    go(page, 9, "task")
    assert page.here() == (page.table, "")


def test_go_to_shows_a_row_that_is_filtered_out_and_a_hidden_column(page: TablePage) -> None:
    filter_by(page, "an toan")
    page.columns.set_hidden("note", True)
    row = page.table.rows[0].rows[1].rows[1]
    page.go_to(row, "note")
    assert page.here() == (row, "note")
    assert page.model.place_of(row) == page.view.currentIndex().row()
    assert not page.view.isColumnHidden(column(page, "note"))
    assert not page.filter_line.isVisible() or sign(page) == ""


def test_other_columns_leave_the_cursor_where_it_was(page: TablePage) -> None:
    row = page.table.rows[1].rows[0]
    page.go_to(row, "total")
    page.document.set(row, "funding", {"other": 5 * MILLION}, "Thử")
    assert page.here() == (row, "total")


def test_an_amount_that_brings_other_columns_is_confirmed_like_any_other(open_table: OpenTable) -> None:
    plan = small_plan(
        Table(key="tasks", title="Nhiệm vụ", rows=[short_task("Một", 1), short_task("Hai", 2)]),
        period_from=2021,
        period_to=2025,
    )
    page = open_table(plan)
    page.document.set(page.table.rows[0], "time_from", 2021, "Thử")
    page.document.set(page.table.rows[0], "time_to", 2025, "Thử")
    before = page.view.shown_columns()
    page.go_to(page.table.rows[0], "total")
    keys("500/năm")
    key(K.Key_Return)
    assert page.table.rows[0].years == {str(year): 500 * MILLION for year in range(2021, 2026)}
    assert page.view.shown_columns() != before
    assert page.here() == (page.table.rows[1], "total")
    assert page.view.editor() is None and focused() is page.view
    keys("7")
    key(K.Key_Return)
    assert page.table.rows[1].total == 7 * MILLION


# ---- hints and heights


def test_an_empty_table_says_what_to_do_first(open_table: OpenTable) -> None:
    page = open_table(new_plan(template.get("chinh-quyen-so-2022"), 2022))
    assert page._hint.isVisible()
    keys("Việc đầu")
    key(K.Key_Return)
    assert not page._hint.isVisible()
    filter_by(page, "zzz")
    assert page._hint.isVisible() and page.model.rowCount() == 1


@pytest.fixture
def long_page(open_table: OpenTable) -> TablePage:
    text = "Xây dựng, nâng cấp và kết nối các hệ thống thông tin dùng chung của tỉnh " * 4
    rows = [
        Row(group=f"Nhóm {group}", rows=[short_task(f"{text} {group}.{n}", 1) for n in range(50)])
        for group in range(40)
    ]
    return open_table(small_plan(Table(key="tasks", title="Nhiệm vụ", rows=rows)))


def asked_rows(page: TablePage, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Of how many rows something is asked meanwhile."""
    asked: set[int] = set()
    kind = type(page.model)
    plain = kind.data

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        asked.add(index.row())
        return plain(self, index, role)

    monkeypatch.setattr(kind, "data", data)
    work()
    QTest.qWait(150)
    monkeypatch.setattr(kind, "data", plain)
    return asked


def test_only_rows_in_sight_are_measured(long_page: TablePage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = long_page
    assert page.model.rowCount() == 2041

    def look() -> None:
        page.view.heights.forget()
        key(K.Key_End, CTRL)
        key(K.Key_PageUp)

    assert len(asked_rows(page, look, monkeypatch)) < 120


def test_a_row_that_is_gone_to_is_seen_whole_at_its_height(long_page: TablePage) -> None:
    page = long_page
    rows = list(walk_rows(page.table.rows))
    for place in (1500, 1499, 3, 700, 1999, 2040):
        if place < len(rows):
            page.go_to(rows[place], "task")
        else:
            key(K.Key_End, CTRL)
        app_box = page.view.visualRect(page.view.currentIndex())
        assert app_box.top() >= 0 and app_box.bottom() <= page.view.viewport().height()
        if place < len(rows) and rows[place].group is None:
            assert app_box.height() > 4 * page.fontMetrics().lineSpacing()


def test_walking_up_shows_row_after_row(long_page: TablePage) -> None:
    page = long_page
    page.go_to(page.model.rows[300], "task")
    for place in range(299, 280, -1):
        key(K.Key_Up)
        box = page.view.visualRect(page.view.currentIndex())
        assert page.view.currentIndex().row() == place
        assert box.top() >= 0


def test_another_text_size_makes_rows_higher(page: TablePage) -> None:
    before = page.view.rowHeight(1)
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    page.view.setFont(font)
    QApplication.sendEvent(page.view, QEvent(QEvent.Type.FontChange))
    QTest.qWait(50)
    assert page.view.rowHeight(1) > before * 1.2
