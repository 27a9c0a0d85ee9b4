"""The page of a table with its rows, typed into with real key events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPlainTextEdit

from models import document as documents
from models.plan import Plan, Row, Table, find_table, walk_rows
from models.settings import Settings
from models.store import Store
from tests.keyboard import CTRL, SHIFT, focused, key, keys
from tests.plans import MILLION, small_plan
from tests.ui.showing import show_page
from ui.document import Document
from ui.pages.table import TablePage

#: The fixture ``open_table``: a plan, and what else ``page_of`` takes.
OpenTable = Callable[..., TablePage]


def page_of(store: Store, plan: Any, key: str = "tasks", settings: Settings | None = None) -> TablePage:
    """The page of a table of a plan, put into the store and shown in a window of its own."""
    store.add(plan)
    document = Document(store, plan.id)
    document.check_again()
    table = find_table(document.plan, key)
    assert table is not None
    return show(TablePage(document, table, settings))


def show(page: TablePage) -> TablePage:
    show_page(page)
    page.enter()
    return page


# ---- places


def column(page: TablePage, field: str) -> int:
    return [shown.field for shown in page.model.columns].index(field)


def go(page: TablePage, row: int, field: str) -> None:
    page.view.setFocus()
    page.view.select_cell(page.model.index(row, column(page, field)))


def at(page: TablePage) -> tuple[int, str]:
    """The row and the field of the current cell."""
    index = page.view.currentIndex()
    return index.row(), page.model.columns[index.column()].field


def cell(page: TablePage, row: int, field: str) -> QModelIndex:
    return page.model.index(row, column(page, field))


def editor_text() -> str:
    editor = focused()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()  # type: ignore[attr-defined]


def action(page: TablePage, name: str) -> QAction:
    return next(one for one in page.actions_of_rows if one is not None and one.objectName() == name)


# ---- what must hold


def agrees(page: TablePage) -> None:
    """Plan, screen and store hold the same rows."""
    assert [id(row) for row in page.model.rows] == [id(row) for row in walk_rows(page.table.rows)]
    assert documents.to_bytes(page.document.store.read(page.document.plan.id)) == documents.to_bytes(page.document.plan)


def steps(page: TablePage) -> int:
    """How many edits can be undone; all are undone and made again."""
    count = 0
    while page.document.undo_label():
        page.document.undo()
        count += 1
    for _step in range(count):
        page.document.redo()
    return count


def names(rows: list[Row]) -> list[str]:
    return [row.group if row.group is not None else row.task or "" for row in rows]


def store_table(page: TablePage) -> Table:
    found = find_table(page.document.store.read(page.document.plan.id), page.table.key)
    assert found is not None
    return found


# ---- a table to filter and to sort


def short_task(name: str, total: int | None = None, **fields: object) -> Row:
    return Row(task=name, total=None if total is None else total * MILLION, lead="Sở B", time="2022",
               time_from=2022, time_to=2022, **fields)  # type: ignore[arg-type]  # fmt: skip


def grouped_plan() -> Plan:
    """Two groups of tasks, one of them with parts: nine rows."""
    groups = [
        Row(group="Hạ tầng", rows=[
            short_task("Đường truyền", 30), short_task("Máy trạm", 20, rows=[short_task("Phần cứng", 15), short_task("Ổ đĩa", 5)]),
        ]),
        Row(group="Ứng dụng", rows=[short_task("Một cửa", 5), short_task("Ân cần"), short_task("An toàn", 40, security=True)]),
    ]  # fmt: skip
    return small_plan(Table(key="tasks", title="Nhiệm vụ", numbering=["I", "1", "a"], rows=groups))


def shown(page: TablePage) -> list[str]:
    """The names of the rows that are in the table, as the filter and the order leave them."""
    return names(page.model.rows)


def sign(page: TablePage) -> str:
    """What the line over the table says of them."""
    return page.filter_line._sign.text() if page.filter_line.isVisible() else ""


def filter_by(page: TablePage, text: str) -> None:
    if not page.filter_line.is_open:
        key(Qt.Key.Key_L, CTRL | SHIFT)
    page.filter_line.text.setFocus()
    page.filter_line.text.selectAll()
    keys(text)
    key(Qt.Key.Key_Return)
