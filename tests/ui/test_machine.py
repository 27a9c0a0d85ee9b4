"""Random work in the real window, through its own actions: plan, store and screen agree after each step."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from models import document, template, totals
from models.checks import check
from models.columns import numbering_of
from models.money import format_amount
from models.numbering import row_numbers
from models.plan import walk_rows
from models.settings import Settings
from models.store import Store
from tests.keyboard import ALT, CTRL, SHIFT, compose, focused, key, keys
from tests.models.store.test_undo import PHASES
from tests.plans import group, small_plan, some, task, tasks
from ui.dialogs.notation import NotationDialog
from ui.main_window import MainWindow
from ui.pages.table import TablePage
from ui.tables.columns import value_text
from ui.tables.task_model import TaskModel

MILLION = 10**6

typed = st.sampled_from(
    ["250", "4.009,772", "-", "1.5", "abc", "2021-2025", "Năm 2022", "500/năm", "Đường truyền", "=A1", ""]
)
cells = st.sampled_from(
    ["Mua máy", "Phòng CNTT", "2022", "120", "1,5", "x", "", "4,009.772", "31/02/2022", "I", "1", "a"]
)
blocks = st.lists(st.lists(cells, min_size=1, max_size=9), min_size=1, max_size=6)


class Work(RuleBasedStateMachine):
    """An officer at the list of tasks, quick and careless."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.folder)
        self.window: MainWindow | None = None

    @initialize()
    def open(self) -> None:
        plan = small_plan(
            tasks(
                group("Chuyển tiếp", task("Mua máy", 120 * MILLION, rows=[task("Máy trạm"), task("Máy in")])),
                group("Mới", task("Đường truyền", 30 * MILLION), task("Diệt vi-rút", 20 * MILLION, security=True)),
                task("Tập huấn"),
            ),
            period_from=2021, period_to=2025,
        )  # fmt: skip
        self.store.add(plan)
        self.window = MainWindow(self.store, Settings(self.folder))
        self.window.open_plan(plan.id)
        self.window.show()
        self.window.activateWindow()
        assert self.window.workspace is not None
        self.workspace = self.window.workspace
        self.document = self.workspace.document
        self.document.check_again()
        self.table = self.document.plan.tables[0]
        self.workspace.show_place(self.table)
        page = self.workspace.page
        assert isinstance(page, TablePage) and isinstance(page.model, TaskModel)
        self.page, self.model = page, page.model
        self.page.enter()
        self.before = document.to_bytes(self.document.plan)
        QApplication.processEvents()

    def teardown(self) -> None:
        if self.window is not None:
            self.window.activateWindow()
            while self.document.undo_label():
                self.document.undo()
            assert document.to_bytes(self.document.plan) == self.before
            while self.document.redo_label():
                self.document.redo()
            self.agree()
            self.window.close()
            self.window.deleteLater()
            QApplication.processEvents()
        self.store.close()
        shutil.rmtree(self.folder)

    # ---- where the cursor is

    @rule(data=st.data())
    def go(self, data: st.DataObject) -> None:
        self.page.view.setFocus()
        columns = [n for n in range(self.model.columnCount()) if n and not self.page.view.isColumnHidden(n)]
        place = self.model.index(
            data.draw(st.integers(0, self.model.rowCount() - 1)), data.draw(st.sampled_from(columns))
        )
        self.page.view.setCurrentIndex(place)

    @rule(down=st.integers(0, 3), right=st.integers(0, 3))
    def select(self, down: int, right: int) -> None:
        self.page.view.setFocus()
        for _n in range(down):
            key(Qt.Key.Key_Down, SHIFT)
        for _n in range(right):
            key(Qt.Key.Key_Right, SHIFT)

    # ---- typing

    @rule(text=typed, end=st.sampled_from([Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape]))
    def type(self, text: str, end: Qt.Key) -> None:
        self.page.view.setFocus()
        keys(text)
        key(end)
        if focused() is not self.page.view and self.page.view.isAncestorOf(focused()):
            key(Qt.Key.Key_Escape)

    @rule(word=st.sampled_from(["Đề án", "250"]))
    def compose(self, word: str) -> None:
        self.page.view.setFocus()
        compose([word[:1], word], word)
        key(Qt.Key.Key_Return)
        if focused() is not self.page.view and self.page.view.isAncestorOf(focused()):
            key(Qt.Key.Key_Escape)

    @rule()
    def clear(self) -> None:
        self.press(Qt.Key.Key_Delete)

    @rule()
    def mark(self) -> None:
        self.press(Qt.Key.Key_Space)
        if focused() is not self.page.view and self.page.view.isAncestorOf(focused()):
            key(Qt.Key.Key_Escape)

    def press(self, code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.page.view.setFocus()
        key(code, modifiers)

    # ---- blocks

    @rule(
        rows=blocks, wanted=st.sampled_from(["text/plain", "text/html"]), answer=st.sampled_from(["", "first", "last"])
    )
    def paste(self, rows: list[list[str]], wanted: str, answer: str) -> None:
        data = QMimeData()
        if wanted == "text/html":
            lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
            data.setHtml(f"<table>{lines}</table>")
        else:
            data.setText("\n".join("\t".join(row) for row in rows))
        QApplication.clipboard().setMimeData(data)

        def ask(page: TablePage, texts: Sequence[str], unit: str) -> str:
            """What the officer chooses of the ways to read an amount; none: to leave these cells."""
            choices = list(NotationDialog(page, texts, unit).choices)
            return "" if not answer else choices[0] if answer == "first" else choices[-1]

        with patch("ui.tables.blocks.ask_notation", ask):
            self.press(Qt.Key.Key_V, CTRL)

    @rule(first=st.sampled_from([Qt.Key.Key_C, Qt.Key.Key_X]))
    def copy(self, first: Qt.Key) -> None:
        self.press(first, CTRL)

    @rule()
    def fill_down(self) -> None:
        self.press(Qt.Key.Key_D, CTRL)

    # ---- rows

    @rule(how=st.sampled_from([(Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Return, CTRL | SHIFT), (Qt.Key.Key_G, CTRL)]),
          name=st.sampled_from(["Dòng mới", ""]))  # fmt: skip
    def add(self, how: tuple[Qt.Key, Qt.KeyboardModifier], name: str) -> None:
        self.press(*how)
        if self.page.view.isAncestorOf(focused()) and focused() is not self.page.view:
            keys(name)
            key(Qt.Key.Key_Return)

    @rule()
    def delete(self) -> None:
        self.press(Qt.Key.Key_Delete, CTRL)

    @rule(turn=st.sampled_from([Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right]))
    def move(self, turn: Qt.Key) -> None:
        self.press(turn, ALT)

    # ---- back and forth

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _n in range(times):
            self.press(Qt.Key.Key_Z, CTRL)

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _n in range(times):
            self.press(Qt.Key.Key_Y, CTRL)

    # ---- always

    @precondition(lambda self: self.window is not None)
    @invariant()
    def agree(self) -> None:
        QApplication.processEvents()
        plan, plan_template = self.document.plan, template.get(self.document.plan.template)
        assert document.to_bytes(self.store.read(plan.id)) == document.to_bytes(plan)
        sums = totals.compute(plan)
        assert {key: self.document.totals.rows[key] for key in sums.rows} == sums.rows
        assert self.document.totals.of(self.table) == sums.of(self.table)
        assert self.document.findings == check(plan, plan_template, sums)
        # The screen shows these rows, each with its number, its values and its sums.
        assert self.model.rows == list(walk_rows(self.table.rows))
        numbers = row_numbers(self.table, numbering_of(self.table, plan_template))
        for place, row in enumerate(self.model.rows):
            assert self.model.index(place, 0).data() == numbers[id(row)]
            for n, column in enumerate(self.model.columns[1:], 1):
                shown = str(self.model.index(place, n).data() or "").strip()
                assert shown == value_text(row, column.field, self.table.unit, sums, plan_template)[0].strip()
        fields = [column.field for column in self.model.columns]
        assert self.page._pinned is not None
        pinned = self.page._pinned.model().index(0, fields.index("total")).data()
        assert pinned == format_amount(sums.of(self.table).total, self.table.unit)
        current = self.page.view.currentIndex()
        assert not current.isValid() or current.row() < self.model.rowCount()


TestWork = Work.TestCase
TestWork.settings = settings(some(0.25), stateful_step_count=30, phases=PHASES)
