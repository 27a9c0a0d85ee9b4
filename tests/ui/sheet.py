"""The page of a table with its rows, typed into with real key events."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from models import document as documents
from models.plan import Row, Table, find_table, walk_rows
from models.settings import Settings
from models.store import Store
from tests.keyboard import focused
from ui.document import Document
from ui.pages.table import TablePage

Key, Modifier = Qt.Key, Qt.KeyboardModifier
NONE, SHIFT, CTRL, ALT = (
    Modifier.NoModifier,
    Modifier.ShiftModifier,
    Modifier.ControlModifier,
    Modifier.AltModifier,
)


def page_of(store: Store, plan: Any, key: str = "tasks", settings: Settings | None = None) -> TablePage:
    """The page of a table of a plan, put into the store and shown in a window of its own."""
    store.add(plan)
    document = Document(store, plan.id)
    document.check_again()
    table = find_table(document.plan, key)
    assert table is not None
    return show(TablePage(document, table, settings))


def show(page: TablePage) -> TablePage:
    page.document.changed.connect(page.on_change)
    page.document.evaluated.connect(page.on_evaluated)
    page.resize(1080, 620)
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
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
