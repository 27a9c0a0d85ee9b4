"""The find bar of the window, as tests of it type into it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from models.plan import Table, find_table
from tests.keyboard import CTRL, focused, key, keys
from tests.ui.waiting import wait_for
from ui.pages.table import TablePage
from ui.tables.view import SheetView
from ui.widgets.find_bar import FindBar
from ui.workspace import Workspace

Key = Qt.Key


def bar_of(workspace: Workspace) -> FindBar:
    found = workspace.findChild(FindBar)
    assert found is not None
    return found


def find(workspace: Workspace, text: str, code: Key = Key.Key_F) -> FindBar:
    """Ctrl+F (or Ctrl+H), and the text typed; looked for when typing has stopped."""
    key(code, CTRL)
    bar = bar_of(workspace)
    assert focused() is bar.text
    bar.text.selectAll()
    keys(text)
    wait(bar)
    return bar


def wait(bar: FindBar) -> None:
    """Until what was typed or edited is looked for."""
    QTest.qWait(20)
    assert wait_for(lambda: not bar._typed.isActive() and not bar.finder._later.isActive(), 5)


def tasks_of(workspace: Workspace) -> Table:
    table = find_table(workspace.document.plan, "tasks")
    assert table is not None
    return table


def go_to_task(workspace: Workspace, number: int, field: str = "task") -> SheetView:
    """The cursor in a cell of the table of tasks."""
    table = tasks_of(workspace)
    workspace.show_place(table)
    workspace.page.go_to(table.rows[number], field)
    assert isinstance(workspace.page, TablePage)
    return workspace.page.view


def selected() -> str:
    widget: QWidget | None = focused()
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit):
        return widget.selectedText()
    assert isinstance(widget, QPlainTextEdit | QTextEdit)
    return widget.textCursor().selectedText()
