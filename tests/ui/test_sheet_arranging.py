"""The rows of a table, filtered and sorted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models import template
from models.create import new_plan
from tests.keyboard import ALT, CTRL, SHIFT, focused, key, keys
from tests.ui.sheet import (
    OpenTable,
    agrees,
    at,
    filter_by,
    go,
    grouped_plan,
    names,
    shown,
    sign,
    steps,
)
from ui.pages.table import TablePage
from ui.tables.arranging import Arrangement

K = Qt.Key


@pytest.fixture
def page(open_table: OpenTable) -> TablePage:
    return open_table(grouped_plan())


# ---- the filter


def test_a_filter_shows_rows_with_a_text_and_what_they_are_in(page: TablePage) -> None:
    filter_by(page, "phan cung")
    assert shown(page) == ["Hạ tầng", "Máy trạm", "Phần cứng"]
    assert [page.model.index(row, 0).data() for row in range(3)] == ["I", "2", "a"]
    assert sign(page).startswith("Đang lọc: 3 trên 9 dòng")
    assert focused() is page.view
    filter_by(page, "ĐƯỜNG")
    assert shown(page) == ["Hạ tầng", "Đường truyền"]
    filter_by(page, "ha tang")
    assert shown(page) == ["Hạ tầng", "Đường truyền", "Máy trạm", "Phần cứng", "Ổ đĩa"]
    filter_by(page, "40")
    assert shown(page) == ["Ứng dụng", "An toàn"]
    page.filter_line.text.setFocus()
    key(K.Key_Escape)
    assert len(shown(page)) == 9 and not page.filter_line.isVisible() and focused() is page.view
    assert steps(page) == 0
    agrees(page)


def test_a_filter_is_applied_while_typing(page: TablePage) -> None:
    key(K.Key_L, CTRL | SHIFT)
    assert focused() is page.filter_line.text
    keys("mot cua")
    QTest.qWait(200)
    assert shown(page) == ["Ứng dụng", "Một cửa"]
    assert focused() is page.filter_line.text


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("no_amount", ["Ứng dụng", "Ân cần"]),
        ("security", ["Ứng dụng", "An toàn"]),
        ("findings", ["Ứng dụng", "Ân cần"]),
        ("all", ["Hạ tầng", "Đường truyền", "Máy trạm", "Phần cứng", "Ổ đĩa", "Ứng dụng", "Một cửa", "Ân cần", "An toàn"]),
    ],
)  # fmt: skip
def test_rows_are_chosen_by_what_is_the_matter_with_them(page: TablePage, choice: str, expected: list[str]) -> None:
    page.filter_line.open()
    page.filter_line.choice.setFocus()
    page.filter_line.choice.setCurrentIndex(page.filter_line.choice.findData(choice))
    page.filter_line.choice.activated.emit(0)
    assert shown(page) == expected


def test_what_is_hidden_is_not_looked_through(page: TablePage) -> None:
    page.columns.set_hidden("lead", True)
    filter_by(page, "so b")
    assert shown(page) == []
    page.columns.set_hidden("lead", False)
    filter_by(page, "so b")
    assert len(shown(page)) == 9


def test_rows_stay_when_they_no_longer_fit_and_new_ones_are_shown(page: TablePage) -> None:
    filter_by(page, "cua")
    go(page, 1, "task")
    keys("Khác")
    key(K.Key_Return)
    assert shown(page) == ["Ứng dụng", "Khác"]
    assert at(page) == (2, "task")
    keys("Mới")
    key(K.Key_Return)
    assert shown(page) == ["Ứng dụng", "Khác", "Mới"]
    assert sign(page).startswith("Đang lọc: 3 trên 10 dòng")
    page.document.undo()
    assert shown(page) == ["Ứng dụng", "Khác"]
    filter_by(page, "cua")
    assert shown(page) == []
    page.filter_line.all.click()
    assert len(shown(page)) == 9


def test_undo_of_a_row_that_is_filtered_out_shows_it(page: TablePage) -> None:
    row = page.table.rows[0].rows[0]
    go(page, page.model.place_of(row), "task")
    key(K.Key_Delete, CTRL)
    filter_by(page, "an toan")
    page.document.undo()
    assert shown(page) == ["Hạ tầng", "Đường truyền", "Ứng dụng", "An toàn"]
    page.document.redo()
    assert shown(page) == ["Hạ tầng", "Ứng dụng", "An toàn"]


def test_rows_deleted_out_of_sight_are_told(page: TablePage) -> None:
    told: list[str] = []
    page.notice.connect(lambda sentence, _kind: told.append(sentence))
    filter_by(page, "an toan")
    go(page, 0, "task")
    key(K.Key_Delete, CTRL)
    assert names(page.table.rows) == ["Hạ tầng"]
    assert len(told) == 1 and "2 dòng" in told[0]


# ---- the order


def test_sorting_orders_tasks_within_what_they_are_in(page: TablePage) -> None:
    go(page, 1, "total")
    key(K.Key_Up, ALT | SHIFT)
    assert shown(page) == [
        "Hạ tầng",
        "Máy trạm",
        "Ổ đĩa",
        "Phần cứng",
        "Đường truyền",
        "Ứng dụng",
        "Một cửa",
        "An toàn",
        "Ân cần",
    ]
    assert "Tăng dần" in sign(page)
    assert at(page) == (4, "total")
    key(K.Key_Down, ALT | SHIFT)
    assert shown(page)[5:] == ["Ứng dụng", "An toàn", "Một cửa", "Ân cần"]
    assert "Giảm dần" in sign(page)
    go(page, 0, "task")
    key(K.Key_Up, ALT | SHIFT)
    assert shown(page)[5:] == ["Ứng dụng", "An toàn", "Ân cần", "Một cửa"]
    key(K.Key_Home, ALT | SHIFT)
    assert sign(page) == "" and steps(page) == 0
    agrees(page)


def test_numbers_stay_those_of_the_plan(page: TablePage) -> None:
    page.arrange(Arrangement(field="total"))
    numbers = {row.task or row.group: page.model.index(place, 0).data() for place, row in enumerate(page.model.rows)}
    assert numbers["Máy trạm"] == "2" and numbers["Đường truyền"] == "1"


def test_sorted_rows_are_edited_where_they_are_and_not_moved(page: TablePage) -> None:
    told: list[str] = []
    page.notice.connect(lambda sentence, _kind: told.append(sentence))
    page.arrange(Arrangement(field="total"))
    before = shown(page)
    go(page, 6, "total")
    keys("900")
    key(K.Key_Return)
    assert shown(page) == before
    key(K.Key_Up, ALT)
    key(K.Key_Right, ALT)
    assert len(told) == 2 and steps(page) == 1
    go(page, 6, "task")
    key(K.Key_Return, CTRL)
    keys("Mới")
    key(K.Key_Return)
    assert "Mới" in shown(page)
    assert names(page.table.rows[1].rows) == ["Một cửa", "Mới", "Ân cần", "An toàn"]


def test_a_register_is_filtered_and_sorted(open_table: OpenTable) -> None:
    page = open_table(new_plan(template.get("chinh-quyen-so-2022"), 2022), "software")
    for name in ("Một cửa", "Đất đai", "An sinh"):
        keys(name)
        key(K.Key_Return)
    go(page, 0, "cells.0")
    key(K.Key_Up, ALT | SHIFT)
    assert [page.model.index(row, 1).data() for row in range(3)] == ["An sinh", "Đất đai", "Một cửa"]
    assert [page.model.index(row, 0).data() for row in range(3)] == ["3", "2", "1"]
    filter_by(page, "dat")
    assert [page.model.index(row, 1).data() for row in range(1)] == ["Đất đai"]
    assert [(row.cells or [""])[0] for row in page.table.rows] == ["Một cửa", "Đất đai", "An sinh"]
