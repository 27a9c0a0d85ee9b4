"""The history of a plan: every edit with its time, and the way back to any of them and forth again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models import document as documents
from models.plan import Row, insert, remove
from models.store import Store
from tests.keyboard import key
from tests.plans import fixture_plan, small_plan
from tests.ui.main_window import dialog_of, workspace_of
from tests.ui.waiting import wait_for
from ui.dialogs.history import HistoryDialog
from ui.document import Document
from ui.main_window import MainWindow
from ui.widgets.history_list import STATE, WHAT, WHEN


def write(document: Document, *names: str) -> None:
    for name in names:
        document.set(document.plan, "unit_name", name, "Sửa tên đơn vị")


def opened(window: MainWindow) -> HistoryDialog:
    key(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = dialog_of(window)
    assert isinstance(dialog, HistoryDialog)
    return dialog


def cells(dialog: HistoryDialog, column: int) -> list[str]:
    """What a column shows of every edit."""
    lines = dialog.list.lines
    return [lines.index(row, column).data() for row in range(lines.rowCount()) if lines.past_at(row)]


def texts(dialog: HistoryDialog) -> list[tuple[str, str]]:
    return list(zip(cells(dialog, WHAT), cells(dialog, STATE), strict=True))


def test_the_newest_is_first_and_tells_what_became_of_it(window: MainWindow) -> None:
    document = workspace_of(window).document
    write(document, "A", "B", "C")
    document.undo()
    document.keep_export(1, "Kết xuất", "AAAA-BBBB", b"zip")
    dialog = opened(window)
    assert texts(dialog) == [
        ("Kết xuất", "không hoàn tác được"),
        ("Sửa tên đơn vị", "đã hoàn tác"),
        ("Sửa tên đơn vị", "hiện tại"),
        ("Sửa tên đơn vị", ""),
        ("Tạo kế hoạch", ""),
    ]
    assert dialog.list.lines.index(0, WHEN).data() == f"Hôm nay, {date.today():%d/%m/%Y}"
    assert all(len(when) == 8 for when in cells(dialog, WHEN))
    dialog.close()


def test_enter_goes_back_and_forth(window: MainWindow) -> None:
    document = workspace_of(window).document
    start = document.plan.unit_name
    write(document, "A", "B", "C")
    dialog = opened(window)
    assert dialog.said.text() == "Kế hoạch đang ở đây." and not dialog.button.isEnabled()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    assert dialog.said.text() == "Sẽ hoàn tác 2 việc."
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: document.plan.unit_name == "A")
    assert [state for _what, state in texts(dialog)] == ["đã hoàn tác", "đã hoàn tác", "hiện tại", ""]
    # The line chosen stays; from there to the very beginning.
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: document.plan.unit_name == start)
    assert texts(dialog)[-1][1] == "hiện tại"
    key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Up)
    assert dialog.said.text() == "Sẽ làm lại 3 việc."
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: document.plan.unit_name == "C")
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: QApplication.activeModalWidget() is None)
    assert documents.to_bytes(document.store.read(document.plan.id)) == documents.to_bytes(document.plan)


def test_what_cannot_be_undone_is_no_goal(window: MainWindow) -> None:
    document = workspace_of(window).document
    write(document, "A")
    document.keep_export(1, "Kết xuất", "AAAA-BBBB", b"zip")
    write(document, "B")
    dialog = opened(window)
    key(Qt.Key.Key_Down)
    assert dialog.said.text().startswith("Không quay về được việc này") and not dialog.button.isEnabled()
    key(Qt.Key.Key_Return)
    assert document.plan.unit_name == "B"
    dialog.close()


def test_a_long_way_is_gone_in_parts_and_can_be_stopped(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.dialogs.history._WHILE", 0)
    document = workspace_of(window).document
    write(document, *[f"Tên {number}" for number in range(20)])
    told: list[int] = []
    document.changed.connect(lambda _change: told.append(1))
    dialog = opened(window)
    key(Qt.Key.Key_End)
    key(Qt.Key.Key_Return)
    assert len(told) == 1 and dialog.said.text() == "Còn 19 việc… (Esc: dừng ở đây)"
    assert wait_for(lambda: len(told) >= 3)
    key(Qt.Key.Key_Escape)
    steps = len(told)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is dialog and len(told) == steps < 20
    assert document.plan.unit_name == f"Tên {19 - steps}"
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: document.plan.unit_name == fixture_plan(0).unit_name)
    dialog.close()


def test_many_steps_are_one_change(document: Document) -> None:
    write(document, *[f"Tên {number}" for number in range(10)])
    told: list[str] = []
    document.changed.connect(lambda _change: told.append("changed"))
    document.evaluated.connect(lambda: told.append("evaluated"))
    first = document.history()[-2]
    assert document.go_back_to(first.id) == 0
    assert told == ["changed", "evaluated"] and document.plan.unit_name == "Tên 0"


def test_nobody_is_told_of_nothing(document: Document) -> None:
    write(document, "A")
    document.changed.connect(lambda _change: pytest.fail("nothing has changed"))
    assert document.go_back_to(document.history()[0].id) == 0
    assert document.go_back_to(12345) == 0


ACTIONS = st.lists(st.tuples(st.sampled_from(["name", "add", "remove", "undo", "redo", "revision"]), st.integers(0, 9)))


@settings(max_examples=30)
@given(ACTIONS, st.integers(0, 30))
def test_every_line_leads_to_the_plan_as_it_stood(
    app: QApplication, tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, int]], goal: int
) -> None:
    """Whatever was done: a line's state is the one right after it, and coming back is the same."""
    with Store(tmp_path_factory.mktemp("store")) as store:
        plan = small_plan()
        store.add(plan)
        document = Document(store, plan.id)
        document.check_again()
        table = document.plan.tables[0]
        stood = {document.history()[0].id: documents.dump(document.plan)}
        for what, number in actions:
            if what == "name":
                document.set(document.plan, "unit_name", f"Tên {number}", "Sửa tên")
            elif what == "add":
                with document.edit("Thêm"):
                    insert(table, Row(task=f"Việc {number}"))
            elif what == "remove" and table.rows:
                with document.edit("Xóa"):
                    remove(table.rows[number % len(table.rows)])
            elif what == "undo":
                document.undo()
            elif what == "redo":
                document.redo()
            elif what == "revision":
                document.keep_export(document.plan.revision + 1, "Kết xuất", "AAAA-BBBB", b"zip")
            newest = document.history()[0]
            if newest.steps == 0:
                stood[newest.id] = documents.dump(document.plan)
        goals = [past for past in document.history() if past.steps is not None and past.id in stood]
        here = next(past for past in document.history() if past.steps == 0)
        now = documents.to_bytes(document.plan)
        past = goals[goal % len(goals)]
        assert document.go_back_to(past.id) == 0
        assert same(documents.dump(document.plan), stood[past.id])
        assert documents.to_bytes(store.read(plan.id)) == documents.to_bytes(document.plan)
        found = document.findings
        document.check_again()
        assert [one.message for one in document.findings] == [one.message for one in found]
        assert document.go_back_to(here.id) == 0
        assert documents.to_bytes(document.plan) == now
        document.deleteLater()


def same(one: dict, other: dict) -> bool:
    """Two documents but for their revision, which only ever grows."""
    return {**one, "revision": 0} == {**other, "revision": 0}
