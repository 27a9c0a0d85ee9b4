"""The keys that add, move, group and delete rows of a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from models import template
from models.create import new_plan
from models.plan import Row
from tests.keyboard import ALT, CTRL, SHIFT, compose, key, keys
from tests.plans import fixture_plan
from tests.ui.sheet import OpenTable, agrees, at, column, go, names, steps
from ui.pages.table import TablePage

K = Qt.Key


@pytest.fixture
def page(open_table: OpenTable) -> TablePage:
    """Plan 000's table: eight tasks."""
    return open_table(fixture_plan(0))


def test_ctrl_enter_adds_a_row_and_opens_it(page: TablePage) -> None:
    go(page, 2, "total")
    keys("5")
    key(K.Key_Return, CTRL)
    assert page.table.rows[2].total == 5_000_000
    keys("Việc mới")
    key(K.Key_Return, CTRL | SHIFT)
    keys("Phần một")
    key(K.Key_Return)
    assert page.table.rows[3].task == "Việc mới"
    assert names(page.table.rows[3].rows) == ["Phần một"]
    agrees(page)


def test_ctrl_enter_in_the_empty_row_types_there(open_table: OpenTable) -> None:
    empty = open_table(new_plan(template.get("chinh-quyen-so-2022"), 2022))
    key(K.Key_Return, CTRL)
    keys("Đầu tiên")
    key(K.Key_Return)
    assert names(empty.table.rows) == ["Đầu tiên"]
    assert steps(empty) == 1


def test_rows_move_together(page: TablePage) -> None:
    before = names(page.table.rows)
    go(page, 2, "task")
    key(K.Key_Down, SHIFT)
    key(K.Key_Up, ALT)
    assert names(page.table.rows) == [before[0], before[2], before[3], before[1], *before[4:]]
    assert names(page.selected_rows()) == before[2:4]
    key(K.Key_Down, ALT)
    key(K.Key_Down, ALT)
    assert names(page.table.rows) == [before[0], before[1], before[4], before[2], before[3], *before[5:]]
    key(K.Key_Right, ALT)
    assert names(page.table.rows[2].rows) == before[2:4]
    key(K.Key_Left, ALT)
    assert names(page.table.rows) == [before[0], before[1], before[4], before[2], before[3], *before[5:]]
    assert names(page.selected_rows()) == before[2:4]
    assert steps(page) == 5
    agrees(page)


def test_ctrl_g_groups_the_selection_and_its_name_is_typed(page: TablePage) -> None:
    before = names(page.table.rows)
    go(page, 1, "lead")
    key(K.Key_Down, SHIFT)
    key(K.Key_G, CTRL)
    keys("Hạ tầng")
    key(K.Key_Return)
    assert names(page.table.rows) == [before[0], "Hạ tầng", *before[3:]]
    assert names(page.table.rows[1].rows) == before[1:3]
    go(page, 4, "task")
    key(K.Key_G, CTRL)
    keys("Một mình")
    key(K.Key_Return)
    assert names(page.table.rows[2].rows) == [before[3]]
    go(page, len(page.model.rows), "task")
    key(K.Key_G, CTRL)
    keys("Cuối bảng")
    key(K.Key_Return)
    assert names(page.table.rows)[-1] == "Cuối bảng"
    agrees(page)


def test_no_group_within_a_task(page: TablePage) -> None:
    told: list[str] = []
    page.notice.connect(lambda sentence, _kind: told.append(sentence))
    go(page, 1, "task")
    key(K.Key_Right, ALT)
    key(K.Key_G, CTRL)
    assert len(told) == 1
    assert steps(page) == 1


def test_ctrl_delete_takes_rows_out(page: TablePage) -> None:
    before = names(page.table.rows)
    go(page, 6, "lead")
    key(K.Key_Down, SHIFT)
    key(K.Key_Delete, CTRL)
    assert names(page.table.rows) == before[:6]
    assert at(page) == (6, "lead")
    page.document.undo()
    assert names(page.table.rows) == before


def test_a_register_has_the_same_keys(open_table: OpenTable) -> None:
    page = open_table(new_plan(template.get("chinh-quyen-so-2022"), 2022), "software")
    for name in ("Văn phòng điện tử", "Một cửa"):
        compose([name[:1]], name)
        key(K.Key_Tab)
        keys("Đang dùng")
        key(K.Key_Return)
    assert at(page) == (2, "cells.0")
    key(K.Key_Up)
    key(K.Key_Up, ALT)
    assert [(row.cells or [])[0] for row in page.table.rows] == ["Một cửa", "Văn phòng điện tử"]
    key(K.Key_Return, CTRL)
    keys("Ở giữa")
    key(K.Key_Down)
    assert [(row.cells or [])[0] for row in page.table.rows] == ["Một cửa", "Ở giữa", "Văn phòng điện tử"]
    assert isinstance(page.current_row(), Row)
    assert column(page, "cells.1") == 2
