"""Replacing in the window, with real key events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from models import document as documents
from models.plan import Row, Section
from tests.keyboard import ALT, CTRL, focused, key, keys
from tests.plans import fixture_plan
from tests.ui.find_bar import find, selected, tasks_of
from ui.document import Document
from ui.main_window import MainWindow
from ui.tables.view import SheetView
from ui.workspace import Workspace

Key = Qt.Key


@pytest.fixture
def document(workspace: Workspace) -> Document:
    return workspace.document


def test_one_after_the_other(window: MainWindow, workspace: Workspace, document: Document):
    bar = find(workspace, "Nâng cấp", Key.Key_H)
    assert not bar.fold.isChecked()
    assert bar.count.text() == "1/4"
    key(Key.Key_Tab)
    assert focused() is bar.new
    keys("Cải tạo nâng cấp")
    first, second = bar.finder.hits[0].part, bar.finder.hits[1].part
    key(Key.Key_Return)
    assert isinstance(first, Section) and "Cải tạo nâng cấp phần mềm" in first.text
    # What was put in is not itself the next place, though it has the words in it.
    assert bar.finder.current is not None and bar.finder.current.part is second
    assert bar.count.text() == "2/4"
    assert focused() is bar.new
    key(Key.Key_R, ALT)
    assert isinstance(second, Row) and (second.task or "").startswith("Cải tạo nâng cấp")
    assert bar.count.text() == "3/4"
    document.undo()
    document.undo()
    assert documents.to_bytes(document.plan) == documents.to_bytes(fixture_plan(0))


def test_from_the_page_too(workspace: Workspace):
    bar = find(workspace, "Nâng cấp", Key.Key_H)
    bar.new.setText("Đổi mới")
    key(Key.Key_F3)
    assert selected() == "Nâng cấp"
    key(Key.Key_R, ALT)
    assert isinstance(focused(), SheetView)
    assert workspace.page.here() == (bar.finder.hits[0].part, "task")
    assert bar.count.text() == "1/3"


def test_all_at_once_and_one_undo_takes_all_back(window: MainWindow, workspace: Workspace, document: Document):
    before = documents.to_bytes(document.plan)
    bar = find(workspace, "2022", Key.Key_H)
    can = sum(hit.replaceable for hit in bar.finder.hits)
    left = len(bar.finder.hits) - can
    assert can and left
    bar.new.setText("2023")
    key(Key.Key_Return, CTRL)
    sentence = window.messages.text()
    assert sentence.startswith(f"Đã thay {can} chỗ. {left} chỗ là số liệu hoặc trường tự điền nên giữ nguyên.")
    plan = document.plan
    assert (plan.period_from, plan.period_to) == (2022, 2022)
    row = next(row for row in tasks_of(workspace).rows if row.time == "Năm 2023")
    assert (row.time_from, row.time_to) == (2023, 2023)
    assert [row.total for row in tasks_of(workspace).rows] == [row.total for row in fixture_plan(0).tables[0].rows]
    assert not any(hit.replaceable for hit in bar.finder.hits)
    assert document.undo_label() == "Thay thế"
    # With the cursor in the bar too: what was typed there is taken back no more.
    key(Key.Key_Z, CTRL)
    assert (bar.text.text(), bar.new.text()) == ("2022", "2023")
    assert documents.to_bytes(document.plan) == before
    assert documents.to_bytes(document.store.read(plan.id)) == before


def test_a_number_is_passed_over(window: MainWindow, workspace: Workspace, document: Document):
    before = documents.to_bytes(document.plan)
    bar = find(workspace, "4.009,772", Key.Key_H)
    bar.new.setText("1")
    bar.new.setFocus()
    key(Key.Key_Return)
    key(Key.Key_Return, CTRL)
    assert documents.to_bytes(document.plan) == before
    assert window.messages.text().startswith("Đã thay 0 chỗ.")
    assert document.undo_label() is None


def test_replacing_and_finding_keep_how_diacritics_count(workspace: Workspace):
    bar = find(workspace, "nang cap")
    assert bar.fold.isChecked() and not bar.new.isVisible()
    key(Key.Key_H, CTRL)
    assert focused() is bar.new
    assert not bar.fold.isChecked() and bar.finder.hits == []
    key(Key.Key_D, ALT)
    assert len(bar.finder.hits) == 4
    key(Key.Key_Escape)
    key(Key.Key_F, CTRL)
    assert bar.fold.isChecked() and not bar.new.isVisible()
    key(Key.Key_H, CTRL)
    assert bar.fold.isChecked()


def test_a_store_that_cannot_write_changes_nothing(
    window: MainWindow, workspace: Workspace, document: Document, monkeypatch
):
    from models.errors import StoreError

    class Broken:
        def write(self, *_arguments: object) -> None:
            raise StoreError("Ổ đĩa đầy.")

    bar = find(workspace, "Nâng cấp", Key.Key_H)
    bar.new.setText("X")
    monkeypatch.setattr(document.store, "writer", lambda: Broken())
    before = documents.to_bytes(document.plan)
    key(Key.Key_Return, CTRL)
    assert documents.to_bytes(document.plan) == before
    assert window.messages.text().startswith("Đã thay 0 chỗ.")
    assert len(bar.finder.hits) == 4
