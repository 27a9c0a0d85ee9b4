"""Workbooks and Word files of an office come in through the wizard: by keys, as one step, remembered, told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from models import document as documents
from models import totals
from models.imports import mappings
from models.plan import Table, find_table, remove, walk_rows
from models.store import Store
from tests.keyboard import ALT, CTRL, focused, key, keys
from tests.plans import fixture_plan
from tests.ui.importing import box_at_focus, settle, wizard_of, workbook_of
from tests.ui.main_window import window_of, workspace_of
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui import importing, opening, qt_texts
from ui.dialogs.import_file import ImportDialog
from ui.main_window import MainWindow
from ui.widgets.import_doubts import DoubtsPanel
from ui.widgets.import_foot import ImportFoot


@pytest.fixture
def plans(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    """The main window on the list of plans."""
    with window_of(store, folder) as window:
        yield window


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(path), ""))


def told(window: MainWindow, words: str) -> bool:
    assert wait_for(lambda: words in window.messages.text(), 8), window.messages.text()
    return True


def by_tab(dialog: ImportDialog, name: str) -> None:
    """Go on by Tab until the widget of that name has the focus."""
    for _step in range(60):
        if focused().accessibleName().startswith(name):
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(name)


def names(table: Table) -> list[str | None]:
    return [row.task or row.group for row in walk_rows(table.rows)]


def simple(path: Path, rows: list[list[Any]], unit: str = "Đơn vị tính: triệu đồng") -> Path:
    """A small workbook as somebody types it, with a head, and a line with the unit."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH MỤC NHIỆM VỤ, DỰ ÁN NĂM 2022"])
    sheet.append([unit])
    for row in [["TT", "Tên nhiệm vụ, dự án", "Đơn vị chủ trì", "Thời gian", "Kinh phí", "Ghi chú"], *rows]:
        sheet.append(row)
    book.save(path)
    return path


TWO = [[1, "Mua máy chủ", "Văn phòng", "Năm 2022", 250, ""], [2, "Đào tạo", "Văn phòng", "Quý 2", 100.5, "mới"]]


def test_ctrl_enter_stays_two_keys_where_both_are_called_enter(app: QApplication) -> None:
    qt_texts.install(app)
    foot = ImportFoot()
    assert [one.key().toString() for one in foot.findChildren(QShortcut)] == ["Ctrl+Return", "Ctrl+Enter"]


# ---- a new plan


@pytest.mark.parametrize("number", [0, 4])
def test_a_real_workbook_becomes_a_plan_by_keys(
    plans: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    choose(monkeypatch, workbook_of(tmp_path / "Biểu của phòng.xlsx", number, "tasks", hidden=True))
    key(Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = wizard_of(plans)
    assert dialog.goal.template.id == fixture_plan(number).template
    assert [one.is_taken for one in dialog.work.choices] == [True, False]
    assert "Trang ẩn" in str(dialog.list.item(1).toolTip())
    assert focused() is dialog.list
    choices = dialog.picture.choices
    letter, wide = choices.fontMetrics().averageCharWidth(), choices.fontMetrics().horizontalAdvance
    # The choices are put over their columns in the next moment.
    assert wait_for(
        lambda: all(box.width() >= min(wide(box.currentText()), 20 * letter) + 44 for box in choices.boxes), 4
    ), "the names of the fields can be read"
    assert dialog.foot.button.isEnabled(), dialog.foot.said.text()
    key(Qt.Key.Key_Return, CTRL)
    assert told(plans, "Đã nhập")
    plan = workspace_of(plans).document.plan
    table, wanted = find_table(plan, "tasks"), find_table(fixture_plan(number), "tasks")
    assert table is not None and wanted is not None
    assert names(table) == names(wanted)
    assert totals.compute_table(table, {}).total == totals.compute_table(wanted, {}).total
    assert workspace_of(plans).place is table


def test_a_new_plan_is_stored_whole(plans: MainWindow, tmp_path: Path, store: Store) -> None:
    importing.begin(plans, [simple(tmp_path / "a.xlsx", TWO)])
    dialog = wizard_of(plans)
    dialog.goal.year.setValue(2023)
    dialog.foot.button.click()
    assert told(plans, "Đã nhập 2 nhiệm vụ")
    plan = workspace_of(plans).document.plan
    assert (plan.period_from, plan.template) == (2023, "chinh-quyen-so-2022")
    stored = store.read(plan.id)
    assert documents.to_bytes(stored) == documents.to_bytes(plan)
    table = find_table(stored, "tasks")
    assert table is not None and [row.total for row in table.rows] == [250_000_000, 100_500_000]
    assert store.history(plan.id)[-1].steps in (0, None)


def test_esc_takes_nothing_in(plans: MainWindow, tmp_path: Path, store: Store) -> None:
    importing.begin(plans, [simple(tmp_path / "a.xlsx", TWO)])
    dialog = wizard_of(plans)
    key(Qt.Key.Key_Escape)
    assert not dialog.isVisible() and plans.workspace is None
    assert store.summaries(lambda _plan: (0, 0, 0)) == []
    assert mappings.read(store.path.parent) == ([], "")


def test_reading_can_be_stopped(plans: MainWindow, tmp_path: Path) -> None:
    importing.begin(plans, [simple(tmp_path / "a.xlsx", TWO)])
    plans.messages._action.click()
    assert told(plans, "Đã dừng, chưa nhập gì")
    assert not wait_for(lambda: QApplication.activeModalWidget() is not None, 0.5)


# ---- what is put right


def test_columns_are_put_right_by_keys_and_remembered(plans: MainWindow, tmp_path: Path, store: Store) -> None:
    rows = [[*row[:3], row[5], row[4], row[3]] for row in TWO]
    first = simple(tmp_path / "Phòng A.xlsx", rows)
    importing.begin(plans, [first])
    dialog = wizard_of(plans)
    # The heads are in the wrong places: time and note are exchanged.
    by_tab(dialog, "Cột A")
    for _column in "BCD":
        key(Qt.Key.Key_Right, ALT)
    assert box_at_focus().accessibleName() == "Cột D là: Thời gian"
    keys("Ghi")
    settle(dialog)
    key(Qt.Key.Key_Right, ALT)
    key(Qt.Key.Key_Right, ALT)
    keys("Thời")
    settle(dialog)
    assert dialog.work.choices[0].mapping.columns == ["number", "task", "lead", "note", "total", "time"]
    # From a choice the way leads to its cells.
    key(Qt.Key.Key_Return)
    assert focused() is dialog.picture and dialog.picture.currentIndex().column() == 5
    key(Qt.Key.Key_Return, CTRL)
    assert told(plans, "Đã nhập 2 nhiệm vụ")
    table = find_table(workspace_of(plans).document.plan, "tasks")
    assert table is not None and [row.time for row in table.rows] == ["Năm 2022", "Quý 2"]

    importing.begin(plans, [simple(tmp_path / "Phòng B.xlsx", [*rows, [3, "Khác", "Phòng B", "", 7, "2022"]])])
    again = wizard_of(plans)
    assert again.remembered.isVisible()
    assert again.work.choices[0].mapping.columns == ["number", "task", "lead", "note", "total", "time"]
    assert again.work.choices[0].mapping.end == 6
    again.reject()
    assert oct((store.path.parent / mappings.FILE_NAME).stat().st_mode & 0o777) == "0o600"


def test_a_unit_that_nothing_tells_is_asked_for(plans: MainWindow, tmp_path: Path) -> None:
    importing.begin(plans, [simple(tmp_path / "a.xlsx", TWO, unit="")])
    dialog = wizard_of(plans)
    assert not dialog.foot.button.isEnabled()
    assert "hãy chọn đơn vị tính" in dialog.foot.said.text()
    key(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible() and plans.workspace is None
    by_tab(dialog, "Đơn vị tính")
    keys("triệu")
    settle(dialog)
    assert dialog.foot.button.isEnabled() and "350,5 triệu đồng" in dialog.foot.sums.text()
    dialog.reject()


def test_a_wrong_stated_total_is_shown_beside_the_computed_one(plans: MainWindow, tmp_path: Path) -> None:
    importing.begin(plans, [simple(tmp_path / "a.xlsx", [*TWO, ["", "Tổng cộng", "", "", 351, ""]])])
    dialog = wizard_of(plans)
    assert dialog.foot.sums.text() == "Tổng tính được: 350,5 triệu đồng; tệp ghi 351 triệu đồng, lệch 0,5 triệu đồng."
    # The very cell is one key away.
    by_tab(dialog, "Những điều chưa chắc")
    key(Qt.Key.Key_Return)
    assert focused() is dialog.picture
    assert (dialog.picture.currentIndex().row(), dialog.picture.currentIndex().column()) == (5, 4)
    dialog.reject()


def test_without_a_table_that_is_ticked_nothing_can_be_taken(plans: MainWindow, tmp_path: Path) -> None:
    importing.begin(plans, [simple(tmp_path / "a.xlsx", TWO)])
    dialog = wizard_of(plans)
    key(Qt.Key.Key_Space)
    assert not dialog.foot.button.isEnabled() and "Chưa chọn bảng nào" in dialog.foot.said.text()
    key(Qt.Key.Key_Space)
    assert dialog.foot.button.isEnabled()
    dialog.reject()


def test_another_table_of_the_plan_and_two_columns_of_one_field(plans: MainWindow, tmp_path: Path) -> None:
    importing.begin(plans, [simple(tmp_path / "a.xlsx", TWO)])
    dialog = wizard_of(plans)
    by_tab(dialog, "Lấy vào bảng")
    held = [dialog.form.target.itemData(at) for at in range(dialog.form.target.count())]
    at = held.index(("tasks", "spending"))
    step = at - dialog.form.target.currentIndex()
    for _once in range(abs(step)):
        key(Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
    settle(dialog)
    assert dialog.work.choices[0].table == "spending"
    dialog.picture.choices.enter(5)
    keys("Kinh")
    settle(dialog)
    assert "có hai cột cùng là “Kinh phí”" in dialog.foot.said.text() and not dialog.foot.button.isEnabled()
    # What is typed within a moment is one word.
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    keys("Ghi")
    settle(dialog)
    key(Qt.Key.Key_Return, CTRL)
    assert told(plans, "Đã nhập 2 nhiệm vụ")
    spending = find_table(workspace_of(plans).document.plan, "spending")
    assert spending is not None and [row.task for row in spending.rows] == ["Mua máy chủ", "Đào tạo"]


# ---- into the open plan


def test_into_the_open_table_as_one_step(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = workspace_of(window)
    document, table = workspace.document, workspace.document.plan.tables[0]
    start, steps = documents.to_bytes(document.plan), len(document.history())
    before = len(table.rows)
    workspace.enter_place(table)
    choose(monkeypatch, simple(tmp_path / "a.xlsx", [*TWO, ["", "Tổng cộng", "", "", 999, ""]]))
    next(one for one in window.table_menu.actions() if "vào bảng này" in one.text()).trigger()
    dialog = wizard_of(window)
    assert dialog.goal.how == "append"
    key(Qt.Key.Key_Return, CTRL)
    assert told(window, "Đã nhập 2 nhiệm vụ từ 1 bảng. Ctrl+Z: hoàn tác.")
    assert [row.task for row in table.rows[before:]] == ["Mua máy chủ", "Đào tạo"]
    assert len(document.history()) == steps + 1
    window.undo()
    assert documents.to_bytes(document.plan) == start
    window.redo()
    assert len(document.plan.tables[0].rows) == before + 2


def test_in_place_of_the_rows_of_the_open_plan(window: MainWindow, tmp_path: Path) -> None:
    document = workspace_of(window).document
    start = documents.to_bytes(document.plan)
    importing.begin(window, [simple(tmp_path / "a.xlsx", TWO)], document.plan.tables[0])
    dialog = wizard_of(window)
    by_tab(dialog, "Nhập vào")
    key(Qt.Key.Key_Down)
    settle(dialog)
    assert dialog.goal.how == "replace"
    key(Qt.Key.Key_Return, CTRL)
    assert told(window, "Đã nhập 2 nhiệm vụ")
    assert [row.task for row in document.plan.tables[0].rows] == ["Mua máy chủ", "Đào tạo"]
    assert document.plan.tables[0].stated_total is None
    window.undo()
    assert documents.to_bytes(document.plan) == start


def test_doubts_lead_to_their_rows(plans: MainWindow, tmp_path: Path) -> None:
    rows = [*TWO, [3, "Việc khác", "", "", "chưa rõ", ""]]
    importing.begin(plans, [simple(tmp_path / "a.xlsx", rows)])
    dialog = wizard_of(plans)
    assert dialog.work.choices[0].found.doubts
    key(Qt.Key.Key_Return, CTRL)
    assert told(plans, "1 điều chưa chắc")
    workspace = workspace_of(plans)
    panel = workspace.findChild(DoubtsPanel)
    assert isinstance(panel, DoubtsPanel) and "dòng 6" in panel.list.text()
    activate(plans)
    plans.actions_by_name["import_doubts"].trigger()
    assert focused() is panel.list
    key(Qt.Key.Key_Return)
    table = find_table(workspace.document.plan, "tasks")
    here = workspace.page.here()
    assert table is not None and here is not None and here[0] is table.rows[2]
    plans.actions_by_name["import_doubts"].trigger()
    key(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == panel.list.text()
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: workspace.findChild(DoubtsPanel) is None)
    # The row is taken out: the line says so.
    plans.actions_by_name["import_doubts"].trigger()
    with workspace.document.edit("x"):
        remove(table.rows[2])
    plans.actions_by_name["import_doubts"].trigger()
    key(Qt.Key.Key_Return)
    assert told(plans, "không còn trong kế hoạch")


# ---- where it begins


def test_a_file_of_an_office_that_is_opened_goes_to_the_wizard(plans: MainWindow, tmp_path: Path) -> None:
    opening.take_in(plans, [simple(tmp_path / "a.xlsx", TWO)])
    dialog = wizard_of(plans)
    dialog.reject()


def test_files_that_are_dropped(plans: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(simple(tmp_path / "a.xlsx", TWO)))])
    said = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(100, 100).toPointF(), *said)
    QApplication.sendEvent(plans, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(plans, QDropEvent(QPoint(100, 100).toPointF(), *said))
    wizard_of(plans).reject()


def test_a_plan_among_the_files_is_taken_in_and_the_rest_asked_about(
    plans: MainWindow, tmp_path: Path, clean_file: Path, store: Store
) -> None:
    opening.take_in(plans, [simple(tmp_path / "a.xlsx", TWO), clean_file, simple(tmp_path / "b.xlsx", TWO)])
    first = wizard_of(plans)
    assert len(store.summaries(lambda _plan: (0, 0, 0))) == 1
    assert "a.xlsx" in first.findChildren(type(first.remembered))[0].text()
    first.reject()
    assert wait_for(lambda: QApplication.activeModalWidget() not in (None, first))
    wizard_of(plans).reject()


def test_the_buttons_of_the_list_ask_for_a_file(
    plans: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QPushButton

    choose(monkeypatch, simple(tmp_path / "a.xlsx", TWO))
    button = next(one for one in plans.findChildren(QPushButton) if one.isVisible() and "Excel, Word" in one.text())
    button.click()
    wizard_of(plans).reject()
