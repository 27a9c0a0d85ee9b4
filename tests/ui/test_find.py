"""Finding and replacing in the window, with real key events."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from models import document as documents
from models.plan import Row, Section, Table, find_section, find_table, remove
from models.search import Hit
from models.settings import Settings
from models.store import Store
from tests.plans import fixture_plan
from tests.ui.waiting import wait_for
from ui.document import Document
from ui.main_window import MainWindow
from ui.pages.table import TablePage
from ui.tables.view import SheetView
from ui.widgets.find_bar import FindBar
from ui.widgets.matching import select_match
from ui.widgets.section_edit import SectionEdit
from ui.workspace import Workspace

Key = Qt.Key
Modifier = Qt.KeyboardModifier
PLAIN, CTRL, SHIFT, ALT = Modifier.NoModifier, Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    """The window with plan 000 open."""
    store.add(fixture_plan(0))
    made = MainWindow(store, Settings(folder))
    made.open_plan(fixture_plan(0).id)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    workspace_of(made).document.check_again()
    yield made
    made.close()
    made.deleteLater()
    app.processEvents()


def workspace_of(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    return workspace_of(window)


@pytest.fixture
def document(workspace: Workspace) -> Document:
    return workspace.document


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Key, modifiers: Modifier = PLAIN) -> None:
    QTest.keyClick(focused(), key, modifiers)


def keys(text: str) -> None:
    """Type a text: a key event for each letter, Vietnamese ones too, which ``QTest.keyClicks`` cannot."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            code = ord(letter.upper()) if letter.isascii() else int(Key.Key_unknown)
            QApplication.sendEvent(focused(), QKeyEvent(kind, code, PLAIN, letter))


def bar_of(workspace: Workspace) -> FindBar:
    found = workspace.findChild(FindBar)
    assert found is not None
    return found


def find(workspace: Workspace, text: str, key: Key = Key.Key_F) -> FindBar:
    """Ctrl+F (or Ctrl+H), and the text typed; looked for when typing has stopped."""
    press(key, CTRL)
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


# ---- finding


def test_without_diacritics_all_places_are_found_and_stepped_through(workspace: Workspace):
    bar = find(workspace, "nang cap")
    assert [hit.found for hit in bar.finder.hits] == ["Nâng cấp"] * 4
    assert bar.count.text() == "1/4"
    press(Key.Key_Return)
    section = find_section(workspace.document.plan, "plan.tasks.apps.internal") or bar.finder.hits[0].part
    assert workspace.place is section
    assert selected() == "Nâng cấp"
    press(Key.Key_F3)
    table = tasks_of(workspace)
    assert workspace.place is table
    assert isinstance(focused(), SheetView)
    rows = [hit.part for hit in bar.finder.hits[1:]]
    for number, row in enumerate(rows):
        assert workspace.page.here() == (row, "task")
        assert bar.count.text() == f"{number + 2}/4"
        press(Key.Key_F3)
    # After the last one comes the first again.
    assert workspace.place is section
    press(Key.Key_F3, SHIFT)
    assert workspace.page.here() == (rows[-1], "task")


def test_the_list_has_the_places_by_page_and_the_arrows_choose_in_it(workspace: Workspace):
    bar = find(workspace, "nang cap")
    lines = [line for line in bar.results.found.lines if isinstance(line, str)]
    assert len(lines) == 2 and lines[0].endswith("(1)") and lines[1].endswith("(3)")
    assert "NHIỆM VỤ, DỰ ÁN" in lines[1]
    press(Key.Key_Down)
    press(Key.Key_Down)
    assert bar.count.text() == "3/4"
    assert bar.results.currentIndex().row() == 4
    assert focused() is bar.text
    press(Key.Key_PageUp)
    assert bar.count.text() == "1/4"
    press(Key.Key_PageDown)
    press(Key.Key_Return)
    assert workspace.page.here() == (bar.finder.hits[3].part, "task")
    assert bar.results.found.data(bar.results.currentIndex()).startswith("Tên nhiệm vụ: Nâng cấp")


def test_a_click_goes_to_a_place(workspace: Workspace):
    bar = find(workspace, "nang cap")
    view = bar.results
    for line in (0, 3):
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, PLAIN, view.visualRect(view.model().index(line, 0)).center()
        )
    assert workspace.page.here() == (bar.finder.hits[1].part, "task")


def test_it_begins_where_the_cursor_is(workspace: Workspace):
    view = go_to_task(workspace, 1)
    bar = find(workspace, "nang cap")
    number = bar.finder.index
    row = bar.finder.hits[number].part
    assert isinstance(row, Row) and tasks_of(workspace).rows.index(row) >= 1
    press(Key.Key_Return)
    assert view.hasFocus()
    workspace.show_place("general")
    workspace.page.enter()
    press(Key.Key_F3)
    assert bar.finder.index == 0


def test_what_is_selected_is_looked_for(workspace: Workspace):
    workspace.show_place("general")
    workspace.page.go_to(workspace.document.plan, "unit_name")
    editor = focused()
    assert isinstance(editor, QLineEdit)
    editor.setSelection(3, 3)
    press(Key.Key_F, CTRL)
    bar = bar_of(workspace)
    assert (bar.text.text(), bar.text.selectedText()) == ("NỘI", "NỘI")
    assert len(bar.finder.hits) > 1


def test_escape_closes_and_the_focus_is_where_it_was(workspace: Workspace):
    view = go_to_task(workspace, 2, "lead")
    index = view.currentIndex()
    bar = find(workspace, "nang cap")
    press(Key.Key_Escape)
    assert not bar.isVisible()
    assert view.hasFocus() and view.currentIndex() == index
    workspace.show_place("general")
    workspace.page.go_to(workspace.document.plan, "place")
    editor = focused()
    find(workspace, "ha tinh")
    press(Key.Key_Escape)
    assert focused() is editor
    # From a cell that was being typed in, what is typed is written first.
    view = go_to_task(workspace, 0, "note")
    keys("mới")
    find(workspace, "moi")
    assert tasks_of(workspace).rows[0].note == "mới"
    press(Key.Key_Escape)
    assert view.hasFocus()


def test_f3_steps_on_while_the_bar_is_closed(window: MainWindow, workspace: Workspace):
    bar = find(workspace, "nang cap")
    press(Key.Key_Escape)
    press(Key.Key_F3)
    assert not bar.isVisible()
    assert selected() == "Nâng cấp"
    assert window.messages.text() == "“nang cap”: 1/4"
    press(Key.Key_F3)
    assert window.messages.text() == "“nang cap”: 2/4"


def test_f3_with_nothing_looked_for_opens_the_bar(workspace: Workspace):
    press(Key.Key_F3)
    assert focused() is bar_of(workspace).text


def test_nothing_found_is_said(window: MainWindow, workspace: Workspace):
    bar = find(workspace, "không có đâu")
    assert bar.count.text() == "Không thấy"
    press(Key.Key_Return)
    assert focused() is bar.text
    press(Key.Key_F3)
    assert window.messages.text() == "Không tìm thấy “không có đâu”."
    bar.text.clear()
    wait(bar)
    assert bar.count.text() == ""


def test_options_by_their_keys(workspace: Workspace):
    bar = find(workspace, "NANG CAP")
    assert len(bar.finder.hits) == 4
    press(Key.Key_A, ALT)
    assert bar.case.isChecked() and bar.finder.hits == []
    press(Key.Key_A, ALT)
    press(Key.Key_D, ALT)
    assert not bar.fold.isChecked() and bar.finder.hits == []
    press(Key.Key_D, ALT)
    bar.text.selectAll()
    keys("an")
    wait(bar)
    every = len(bar.finder.hits)
    press(Key.Key_W, ALT)
    assert 0 < len(bar.finder.hits) < every
    assert {hit.found.lower() for hit in bar.finder.hits} <= {"an", "án", "ăn", "ấn", "ân", "ẩn", "ản"}


def test_only_this_page_follows_the_page(workspace: Workspace):
    table = tasks_of(workspace)
    go_to_task(workspace, 0)
    bar = find(workspace, "nang cap")
    press(Key.Key_O, ALT)
    assert [hit.place for hit in bar.finder.hits] == [table] * 3
    workspace.show_place("general")
    assert bar.finder.hits == []
    workspace.show_place("findings")
    assert not bar.page_only.isEnabled()
    assert len(bar.finder.hits) == 4


def test_only_this_page_is_the_one_that_is_there_now(workspace: Workspace, document: Document):
    table = tasks_of(workspace)
    go_to_task(workspace, 0)
    bar = find(workspace, "nang cap")
    press(Key.Key_O, ALT)
    press(Key.Key_Escape)
    with document.edit("Xóa bảng"):
        remove(table)
    document.undo()
    assert tasks_of(workspace) is not table
    workspace.show_place(tasks_of(workspace))
    press(Key.Key_F3)
    assert bar.finder.hits and all(hit.place is tasks_of(workspace) for hit in bar.finder.hits)


def test_amounts_are_found_and_the_cell_is_gone_to(workspace: Workspace):
    bar = find(workspace, "4009,772")
    (hit,) = bar.finder.hits
    press(Key.Key_Return)
    assert workspace.page.here() == (hit.part, "total")


def test_every_kind_of_place_is_gone_to(workspace: Workspace):
    document = workspace.document
    with document.edit("Sửa") as plan:
        plan.capacity = "KT. THỬMỘT"
        plan.signer_name = "Thửmột"
        plan.recipients = ["Lưu: VT", "Phòng Thửmột"]
        plan.legal_bases[0].subject = "về thửmột"
        plan.sections[0].heading = "ĐÁNH GIÁ THỬMỘT"
        plan.tables[0].title = "Bảng thửmột"
    bar = find(workspace, "thumot")
    assert len(bar.finder.hits) == 6
    for hit in bar.finder.hits:
        press(Key.Key_F3)
        assert (bar.finder.current, workspace.place) == (hit, hit.place)
        assert selected().lower() == "thửmột"


def test_a_half_typed_word_is_not_looked_for(workspace: Workspace):
    bar = find(workspace, "cap")
    before = bar.finder.query
    bar.text.setCursorPosition(0)
    QApplication.sendEvent(bar.text, QInputMethodEvent("nan", []))
    QTest.qWait(250)
    assert bar.finder.query == before
    # None of these is the bar's while the word stands.
    for key, modifiers in ((Key.Key_Escape, PLAIN), (Key.Key_Return, PLAIN), (Key.Key_D, ALT), (Key.Key_F3, PLAIN)):
        press(key, modifiers)
    assert bar.isVisible() and focused() is bar.text and bar.fold.isChecked()
    done = QInputMethodEvent("", [])
    done.setCommitString("nâng ")
    QApplication.sendEvent(bar.text, done)
    wait(bar)
    assert bar.finder.query.text == "nâng cap"
    assert len(bar.finder.hits) == 4


# ---- following the plan


def test_the_places_follow_edits(workspace: Workspace, document: Document):
    bar = find(workspace, "nang cap")
    row = bar.finder.hits[1].part
    document.set(row, "task", "Việc khác", "Sửa")
    wait(bar)
    assert bar.count.text() == "1/3"
    document.undo()
    wait(bar)
    assert bar.count.text() == "1/4"
    document.set(row, "note", "Cần nâng cấp", "Sửa")
    press(Key.Key_Down)
    assert bar.count.text() == "2/5"


def test_no_place_is_of_a_part_that_is_gone(workspace: Workspace, document: Document):
    bar = find(workspace, "nang cap")
    press(Key.Key_Down)
    row = bar.finder.hits[1].part
    with document.edit("Xóa dòng"):
        remove(row)
    # At once, before it is looked for again of itself.
    press(Key.Key_Return)
    assert all(hit.part is not row for hit in bar.finder.hits)
    assert bar.count.text() == "2/3"
    press(Key.Key_F, CTRL)
    press(Key.Key_Escape)
    document.undo()
    assert bar.finder.hits == []
    assert bar.results.found.lines == []


def test_a_closed_plan_is_let_go(window: MainWindow, workspace: Workspace):
    find(workspace, "nang cap")
    gone = weakref.ref(workspace.document.plan)
    window.show_list()
    del workspace
    QTest.qWait(50)
    gc.collect()
    assert gone() is None or window.workspace is None


# ---- replacing


def test_one_after_the_other(window: MainWindow, workspace: Workspace, document: Document):
    bar = find(workspace, "Nâng cấp", Key.Key_H)
    assert not bar.fold.isChecked()
    assert bar.count.text() == "1/4"
    press(Key.Key_Tab)
    assert focused() is bar.new
    keys("Cải tạo nâng cấp")
    first, second = bar.finder.hits[0].part, bar.finder.hits[1].part
    press(Key.Key_Return)
    assert isinstance(first, Section) and "Cải tạo nâng cấp phần mềm" in first.text
    # What was put in is not itself the next place, though it has the words in it.
    assert bar.finder.current is not None and bar.finder.current.part is second
    assert bar.count.text() == "2/4"
    assert focused() is bar.new
    press(Key.Key_R, ALT)
    assert isinstance(second, Row) and (second.task or "").startswith("Cải tạo nâng cấp")
    assert bar.count.text() == "3/4"
    document.undo()
    document.undo()
    assert documents.to_bytes(document.plan) == documents.to_bytes(fixture_plan(0))


def test_from_the_page_too(workspace: Workspace):
    bar = find(workspace, "Nâng cấp", Key.Key_H)
    bar.new.setText("Đổi mới")
    press(Key.Key_F3)
    assert selected() == "Nâng cấp"
    press(Key.Key_R, ALT)
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
    press(Key.Key_Return, CTRL)
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
    press(Key.Key_Z, CTRL)
    assert (bar.text.text(), bar.new.text()) == ("2022", "2023")
    assert documents.to_bytes(document.plan) == before
    assert documents.to_bytes(document.store.read(plan.id)) == before


def test_a_number_is_passed_over(window: MainWindow, workspace: Workspace, document: Document):
    before = documents.to_bytes(document.plan)
    bar = find(workspace, "4.009,772", Key.Key_H)
    bar.new.setText("1")
    bar.new.setFocus()
    press(Key.Key_Return)
    press(Key.Key_Return, CTRL)
    assert documents.to_bytes(document.plan) == before
    assert window.messages.text().startswith("Đã thay 0 chỗ.")
    assert document.undo_label() is None


def test_replacing_and_finding_keep_how_diacritics_count(workspace: Workspace):
    bar = find(workspace, "nang cap")
    assert bar.fold.isChecked() and not bar.new.isVisible()
    press(Key.Key_H, CTRL)
    assert focused() is bar.new
    assert not bar.fold.isChecked() and bar.finder.hits == []
    press(Key.Key_D, ALT)
    assert len(bar.finder.hits) == 4
    press(Key.Key_Escape)
    press(Key.Key_F, CTRL)
    assert bar.fold.isChecked() and not bar.new.isVisible()
    press(Key.Key_H, CTRL)
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
    press(Key.Key_Return, CTRL)
    assert documents.to_bytes(document.plan) == before
    assert window.messages.text().startswith("Đã thay 0 chỗ.")
    assert len(bar.finder.hits) == 4


# ---- selecting what was found


@pytest.mark.parametrize(
    ("text", "query", "selections"),
    [
        ("một hai một", "mot", ["một", "một"]),
        ("Mở đầu\n\n- một\n+ hai một", "mot", ["một", "một"]),
        ("**một** *hai* m**ộ**t", "mot", ["một", "một"]),
        ("😀 một", "mot", ["một"]),
        ("Năm {year} và {previous_year}", "2021", ["\ufffc"]),
        ("Năm {year}", "year", ["\ufffc"]),
    ],
)
def test_the_match_is_selected_in_the_text_of_a_section(
    workspace: Workspace, document: Document, text: str, query: str, selections: list[str]
):
    section = find_section(document.plan, "plan.solutions")
    assert section is not None
    document.set(section, "text", text, "Sửa")
    workspace.show_place(section)
    workspace.page.enter()
    bar = find(workspace, query)
    press(Key.Key_O, ALT)
    assert len(bar.finder.hits) == len(selections)
    starts = set()
    for words in selections:
        press(Key.Key_F3)
        editor = focused()
        assert isinstance(editor, SectionEdit)
        assert selected() == words
        starts.add(editor.textCursor().selectionStart())
    assert len(starts) == len(selections)


def test_the_match_is_selected_behind_letters_of_two_halves(app: QApplication):
    section = Section(heading="😀 một, một")
    hit = Hit(section, section, "heading", 7, 3, section.heading)
    for editor in (QPlainTextEdit(section.heading), QLineEdit(section.heading)):
        select_match(editor, hit)
        start = editor.selectionStart() if isinstance(editor, QLineEdit) else editor.textCursor().selectionStart()
        assert start == 8
        editor.deleteLater()


def test_the_list_leaves_the_page_its_room(workspace: Workspace):
    bar = find(workspace, "nang cap")
    assert bar.results.isVisible()
    press(Key.Key_Return)
    assert bar.isVisible() and not bar.results.isVisible()
    press(Key.Key_F, CTRL)
    assert bar.results.isVisible()
    view = bar.results
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, PLAIN, view.visualRect(view.model().index(3, 0)).center()
    )
    # Who clicks goes on clicking.
    assert not bar.isAncestorOf(focused()) and view.isVisible()
