"""The keys of a table, as in Excel: from cell to cell, into a cell and out of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from models import template
from models.create import new_plan
from models.plan import Row, insert, remove
from tests.keyboard import ALT, CTRL, NONE, SHIFT, focused, key, keys
from tests.plans import fixture_plan
from tests.ui.sheet import OpenTable, agrees, at, cell, editor_text, go, names, steps
from ui.pages.table import TablePage

K = Qt.Key


@pytest.fixture
def page(open_table: OpenTable) -> TablePage:
    """Plan 000's table: eight tasks."""
    return open_table(fixture_plan(0))


@pytest.fixture
def empty(open_table: OpenTable) -> TablePage:
    return open_table(new_plan(template.get("chinh-quyen-so-2022"), 2022))


# ---- Enter and Tab


def test_enter_goes_down_and_from_the_last_row_to_the_empty_one(page: TablePage) -> None:
    go(page, 5, "total")
    key(K.Key_Return)
    assert at(page) == (6, "total")
    key(K.Key_Enter)
    assert at(page) == (7, "total")
    key(K.Key_Return)
    assert at(page) == (8, "task")
    key(K.Key_Return)
    assert at(page) == (8, "task")
    key(K.Key_Return, SHIFT)
    assert at(page) == (7, "task")


def test_enter_after_a_run_of_tabs_goes_below_where_it_began(page: TablePage) -> None:
    go(page, 1, "lead")
    key(K.Key_Tab)
    key(K.Key_Tab)
    assert at(page) == (1, "total")
    keys("7")
    key(K.Key_Return)
    assert at(page) == (2, "lead")
    key(K.Key_Tab)
    key(K.Key_Down)
    key(K.Key_Tab)
    key(K.Key_Return)
    assert at(page) == (4, "time")


def test_rows_are_typed_without_looking_up(empty: TablePage) -> None:
    """Name, lead, time, amount; Enter; and the next row, with one confirming key a cell."""
    for name, amount in (("Một", "1"), ("Hai", "2"), ("Ba", "3")):
        keys(name)
        key(K.Key_Tab)
        key(K.Key_Tab)
        keys("Sở A")
        key(K.Key_Tab)
        keys("2022")
        key(K.Key_Tab)
        keys(amount)
        key(K.Key_Return)
    assert [(row.task, row.lead, row.time, row.total) for row in empty.table.rows] == [
        ("Một", "Sở A", "2022", 10**6),
        ("Hai", "Sở A", "2022", 2 * 10**6),
        ("Ba", "Sở A", "2022", 3 * 10**6),
    ]
    assert at(empty) == (3, "task")
    assert steps(empty) == 12
    agrees(empty)


def test_tab_goes_over_the_edge_of_a_row_and_back(page: TablePage) -> None:
    columns = [page.model.columns[place].field for place in page.view.shown_columns()]
    go(page, 0, columns[-1])
    key(K.Key_Tab)
    assert at(page) == (1, columns[0])
    key(K.Key_Backtab, SHIFT)
    assert at(page) == (0, columns[-1])
    seen = [columns[-1]]
    for _column in columns[1:]:
        key(K.Key_Backtab, SHIFT)
        seen.append(at(page)[1])
    assert seen == columns[::-1]
    key(K.Key_Backtab, SHIFT)
    assert at(page) == (0, columns[0])
    go(page, 8, columns[-1])
    key(K.Key_Tab)
    assert at(page) == (8, columns[-1])


def test_tab_skips_hidden_columns_and_cells_of_a_group_that_hold_nothing(open_table: OpenTable) -> None:
    page = open_table(fixture_plan(4))
    assert page.table.rows[0].group is not None
    go(page, 0, "task")
    key(K.Key_Tab)
    assert at(page) == (0, "total")
    key(K.Key_Tab)
    assert at(page)[0] == 1
    page.columns.set_hidden("lead", True)
    row = page.model.place_of(next(row for row in page.model.rows if row.group is None))
    go(page, row, "task")
    for _column in page.view.shown_columns()[1:]:
        key(K.Key_Tab)
        assert at(page)[1] != "lead"
    assert at(page)[0] == row


def test_ctrl_tab_leaves_the_table(page: TablePage) -> None:
    go(page, 2, "note")
    keys("x")
    key(K.Key_Tab, CTRL)
    assert page.table.rows[2].note == "x"
    assert not page.view.isAncestorOf(focused()) and focused() is not page.view


# ---- into and out of a cell


def test_typing_replaces_and_f2_goes_on(page: TablePage) -> None:
    go(page, 0, "note")
    keys("mới")
    key(K.Key_Return)
    assert page.table.rows[0].note == "mới"
    key(K.Key_Up)
    key(K.Key_F2)
    keys(" hơn")
    key(K.Key_Tab)
    assert page.table.rows[0].note == "mới hơn"
    assert steps(page) == 2


def test_enter_on_a_cell_never_makes_an_edit(page: TablePage) -> None:
    go(page, 0, "total")
    key(K.Key_Return)
    key(K.Key_F2)
    key(K.Key_Return)
    keys("250")
    key(K.Key_Return)
    assert page.table.rows[2].total == 250_000_000
    assert steps(page) == 1


@pytest.mark.parametrize(
    ("arrow", "place"),
    [(K.Key_Down, (3, "note")), (K.Key_Up, (1, "note")), (K.Key_Left, (2, "security")), (K.Key_Right, (2, "note"))],
)
def test_an_arrow_confirms_a_cell_that_was_typed_into(page: TablePage, arrow: Qt.Key, place: tuple[int, str]) -> None:
    go(page, 2, "note")
    keys("abc")
    key(arrow)
    assert page.table.rows[2].note == "abc"
    assert at(page) == place
    assert focused() is page.view
    assert steps(page) == 1


def test_an_arrow_moves_in_the_text_after_f2(page: TablePage) -> None:
    go(page, 2, "note")
    key(K.Key_F2)
    key(K.Key_Left)
    keys("X")
    key(K.Key_Return)
    assert page.table.rows[2].note == "Ngân sách tỉnX" + "h"
    key(K.Key_Up)
    keys("ab")
    key(K.Key_F2)
    key(K.Key_Left)
    keys("-")
    key(K.Key_Return)
    assert page.table.rows[2].note == "a-b"


def test_alt_enter_breaks_a_line_and_the_row_grows(page: TablePage) -> None:
    go(page, 2, "note")
    before = page.view.rowHeight(2)
    keys("một")
    for line in range(9):
        key(K.Key_Return, ALT)
        keys(str(line))
    editor = focused()
    assert isinstance(editor, QPlainTextEdit)
    assert page.view.rowHeight(2) > before
    assert editor.geometry().height() >= editor.document().blockCount() * editor.fontMetrics().lineSpacing()
    key(K.Key_Return)
    assert page.table.rows[2].note == "một\n" + "\n".join(map(str, range(9)))
    grown = page.view.rowHeight(2)
    page.document.undo()
    QTest.qWait(20)
    assert page.view.rowHeight(2) == before < grown


def test_escape_gives_back_text_and_height(page: TablePage) -> None:
    go(page, 2, "note")
    before = page.view.rowHeight(2), page.table.rows[2].note
    keys("dài " * 60)
    assert page.view.rowHeight(2) > before[0]
    key(K.Key_Escape)
    assert (page.view.rowHeight(2), page.table.rows[2].note) == before
    assert steps(page) == 0


def test_a_long_text_is_edited_within_the_table(page: TablePage) -> None:
    go(page, 7, "note")
    keys("y")
    editor = focused()
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText("Nội dung rất dài " * 800)
    assert editor.geometry().bottom() <= page.view.viewport().height() + 1
    key(K.Key_Return)
    assert page.table.rows[7].note == ("Nội dung rất dài " * 800).strip()


def test_an_amount_that_is_none_stays_in_its_cell_to_be_put_right(page: TablePage) -> None:
    told: list[str] = []
    page.notice.connect(lambda sentence, _kind: told.append(sentence))
    go(page, 0, "total")
    keys("hai trăm")
    key(K.Key_Return)
    assert (at(page), editor_text()) == ((0, "total"), "hai trăm")
    assert focused().property("state") == "error"
    key(K.Key_A, CTRL)
    keys("300")
    assert not focused().property("state")
    key(K.Key_Return)
    assert page.table.rows[0].total == 300_000_000
    assert at(page) == (1, "total")
    assert len(told) == 1
    assert steps(page) == 1


def test_amounts_are_typed_at_the_right(page: TablePage) -> None:
    go(page, 0, "total")
    keys("1")
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.alignment() & Qt.AlignmentFlag.AlignRight
    key(K.Key_Escape)


def test_a_click_elsewhere_writes_what_is_typed(page: TablePage) -> None:
    go(page, 0, "note")
    keys("gõ dở")
    where = page.view.visualRect(cell(page, 3, "task")).center()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.table.rows[0].note == "gõ dở"
    assert at(page) == (3, "task")
    assert page.view.editor() is None


def test_the_keyboard_comes_back_when_the_cell_of_an_open_editor_goes(page: TablePage) -> None:
    go(page, 8, "task")
    keys("Mới")
    key(K.Key_Return)
    page.document.undo()
    page.document.redo()
    go(page, 8, "note")
    key(K.Key_F2)
    page.document.undo()
    assert focused() is page.view and page.view.editor() is None
    go(page, 0, "task")
    key(K.Key_F2)
    with page.document.edit("Thử"):
        remove(page.table.rows[0])
        insert(page.table, Row(task="Khác"), 3)
    assert focused() is page.view and page.view.editor() is None
    go(page, 0, "note")
    keys("gõ")
    key(K.Key_Return)
    assert page.table.rows[0].note == "gõ"


# ---- moving about


def test_home_and_end_and_the_edges(page: TablePage) -> None:
    columns = [page.model.columns[place].field for place in page.view.shown_columns()]
    go(page, 3, "total")
    key(K.Key_Home)
    assert at(page) == (3, columns[0])
    key(K.Key_Left)
    assert at(page) == (3, columns[0])
    key(K.Key_End)
    assert at(page) == (3, columns[-1])
    key(K.Key_Home, CTRL)
    assert at(page) == (0, columns[0])
    assert [page.model.row_at(index) for index in page.view.selectedIndexes()] == [page.table.rows[0]]
    key(K.Key_End, CTRL)
    assert at(page) == (8, columns[-1])


def test_ctrl_and_an_arrow_go_to_the_edge_of_what_is_filled_in(page: TablePage) -> None:
    page.document.set(page.table.rows[4], "note", "", "Thử")
    go(page, 0, "note")
    key(K.Key_Down, CTRL)
    assert at(page) == (3, "note")
    key(K.Key_Down, CTRL)
    assert at(page) == (5, "note")
    key(K.Key_Down, CTRL)
    assert at(page) == (7, "note")
    key(K.Key_Down, CTRL)
    assert at(page) == (8, "note")
    key(K.Key_Up, CTRL | SHIFT)
    assert at(page) == (7, "note")
    assert len(page.view.selectedIndexes()) == 2


def test_shift_selects_blocks_from_where_the_cursor_was(page: TablePage) -> None:
    go(page, 5, "time")
    key(K.Key_Return)
    key(K.Key_Tab)
    key(K.Key_Up, SHIFT)
    key(K.Key_Up, SHIFT)
    key(K.Key_Left, SHIFT)
    chosen = {(index.row(), page.model.columns[index.column()].field) for index in page.view.selectedIndexes()}
    assert chosen == {(row, field) for row in (4, 5, 6) for field in ("time", "total")}
    key(K.Key_Space, SHIFT)
    assert len(page.view.selectedIndexes()) == 3 * len(page.view.shown_columns())
    assert names(page.selected_rows()) == names(page.table.rows[4:7])
    key(K.Key_Down)
    assert len(page.view.selectedIndexes()) == 1


def test_blocks_leave_hidden_columns_out(page: TablePage) -> None:
    page.columns.set_hidden("lead", True)
    go(page, 0, "task")
    key(K.Key_End, SHIFT)
    fields = {page.model.columns[index.column()].field for index in page.view.selectionModel().selectedIndexes()}
    assert "lead" not in fields and {"task", "note"} <= fields
    key(K.Key_A, CTRL)
    chosen = page.view.selectionModel().selectedIndexes()
    assert {index.row() for index in chosen} == set(range(8))
    assert {index.column() for index in chosen} == set(page.view.shown_columns())


def test_clicks_on_numbers_select_rows(page: TablePage) -> None:
    def click(row: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        where = page.view.visualRect(page.model.index(row, 0)).center()
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, modifiers, where)

    click(2)
    click(4, SHIFT)
    assert names(page.selected_rows()) == names(page.table.rows[2:5])
    assert page.view.currentIndex().column() != 0


def test_space_sets_marks_of_all_selected_cells_in_one_step(page: TablePage) -> None:
    go(page, 0, "security")
    before = [row.security for row in page.table.rows]
    key(K.Key_Down, SHIFT)
    key(K.Key_Down, SHIFT)
    value = not page.table.rows[2].security
    key(K.Key_Space)
    assert [row.security for row in page.table.rows[:3]] == [value] * 3
    assert steps(page) == 1
    page.document.undo()
    assert [row.security for row in page.table.rows] == before
