"""Finding in the window, with real key events."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from models.plan import Row, Section, find_section, remove
from models.search import Hit
from tests.keyboard import ALT, CTRL, NONE, SHIFT, compose, focused, key, keys
from tests.ui.find_bar import bar_of, find, go_to_task, selected, tasks_of, wait
from ui.document import Document
from ui.main_window import MainWindow
from ui.tables.view import SheetView
from ui.widgets.matching import select_match
from ui.widgets.section_edit import SectionEdit
from ui.workspace import Workspace

Key = Qt.Key


@pytest.fixture
def document(workspace: Workspace) -> Document:
    return workspace.document


# ---- finding


def test_without_diacritics_all_places_are_found_and_stepped_through(workspace: Workspace):
    bar = find(workspace, "nang cap")
    assert [hit.found for hit in bar.finder.hits] == ["Nâng cấp"] * 4
    assert bar.count.text() == "1/4"
    key(Key.Key_Return)
    section = find_section(workspace.document.plan, "plan.tasks.apps.internal") or bar.finder.hits[0].part
    assert workspace.place is section
    assert selected() == "Nâng cấp"
    key(Key.Key_F3)
    table = tasks_of(workspace)
    assert workspace.place is table
    assert isinstance(focused(), SheetView)
    rows = [hit.part for hit in bar.finder.hits[1:]]
    for number, row in enumerate(rows):
        assert workspace.page.here() == (row, "task")
        assert bar.count.text() == f"{number + 2}/4"
        key(Key.Key_F3)
    # After the last one comes the first again.
    assert workspace.place is section
    key(Key.Key_F3, SHIFT)
    assert workspace.page.here() == (rows[-1], "task")


def test_the_list_has_the_places_by_page_and_the_arrows_choose_in_it(workspace: Workspace):
    bar = find(workspace, "nang cap")
    lines = [line for line in bar.results.found.lines if isinstance(line, str)]
    assert len(lines) == 2 and lines[0].endswith("(1)") and lines[1].endswith("(3)")
    assert "NHIỆM VỤ, DỰ ÁN" in lines[1]
    key(Key.Key_Down)
    key(Key.Key_Down)
    assert bar.count.text() == "3/4"
    assert bar.results.currentIndex().row() == 4
    assert focused() is bar.text
    key(Key.Key_PageUp)
    assert bar.count.text() == "1/4"
    key(Key.Key_PageDown)
    key(Key.Key_Return)
    assert workspace.page.here() == (bar.finder.hits[3].part, "task")
    assert bar.results.found.data(bar.results.currentIndex()).startswith("Tên nhiệm vụ: Nâng cấp")


def test_a_click_goes_to_a_place(workspace: Workspace):
    bar = find(workspace, "nang cap")
    view = bar.results
    for line in (0, 3):
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, NONE, view.visualRect(view.model().index(line, 0)).center()
        )
    assert workspace.page.here() == (bar.finder.hits[1].part, "task")


def test_it_begins_where_the_cursor_is(workspace: Workspace):
    view = go_to_task(workspace, 1)
    bar = find(workspace, "nang cap")
    number = bar.finder.index
    row = bar.finder.hits[number].part
    assert isinstance(row, Row) and tasks_of(workspace).rows.index(row) >= 1
    key(Key.Key_Return)
    assert view.hasFocus()
    workspace.show_place("general")
    workspace.page.enter()
    key(Key.Key_F3)
    assert bar.finder.index == 0


def test_what_is_selected_is_looked_for(workspace: Workspace):
    workspace.show_place("general")
    workspace.page.go_to(workspace.document.plan, "unit_name")
    editor = focused()
    assert isinstance(editor, QLineEdit)
    editor.setSelection(3, 3)
    key(Key.Key_F, CTRL)
    bar = bar_of(workspace)
    assert (bar.text.text(), bar.text.selectedText()) == ("NỘI", "NỘI")
    assert len(bar.finder.hits) > 1


def test_escape_closes_and_the_focus_is_where_it_was(workspace: Workspace):
    view = go_to_task(workspace, 2, "lead")
    index = view.currentIndex()
    bar = find(workspace, "nang cap")
    key(Key.Key_Escape)
    assert not bar.isVisible()
    assert view.hasFocus() and view.currentIndex() == index
    workspace.show_place("general")
    workspace.page.go_to(workspace.document.plan, "place")
    editor = focused()
    find(workspace, "ha tinh")
    key(Key.Key_Escape)
    assert focused() is editor
    # From a cell that was being typed in, what is typed is written first.
    view = go_to_task(workspace, 0, "note")
    keys("mới")
    find(workspace, "moi")
    assert tasks_of(workspace).rows[0].note == "mới"
    key(Key.Key_Escape)
    assert view.hasFocus()


def test_f3_steps_on_while_the_bar_is_closed(window: MainWindow, workspace: Workspace):
    bar = find(workspace, "nang cap")
    key(Key.Key_Escape)
    key(Key.Key_F3)
    assert not bar.isVisible()
    assert selected() == "Nâng cấp"
    assert window.messages.text() == "“nang cap”: 1/4"
    key(Key.Key_F3)
    assert window.messages.text() == "“nang cap”: 2/4"


def test_f3_with_nothing_looked_for_opens_the_bar(workspace: Workspace):
    key(Key.Key_F3)
    assert focused() is bar_of(workspace).text


def test_nothing_found_is_said(window: MainWindow, workspace: Workspace):
    bar = find(workspace, "không có đâu")
    assert bar.count.text() == "Không thấy"
    key(Key.Key_Return)
    assert focused() is bar.text
    key(Key.Key_F3)
    assert window.messages.text() == "Không tìm thấy “không có đâu”."
    bar.text.clear()
    wait(bar)
    assert bar.count.text() == ""


def test_options_by_their_keys(workspace: Workspace):
    bar = find(workspace, "NANG CAP")
    assert len(bar.finder.hits) == 4
    key(Key.Key_A, ALT)
    assert bar.case.isChecked() and bar.finder.hits == []
    key(Key.Key_A, ALT)
    key(Key.Key_D, ALT)
    assert not bar.fold.isChecked() and bar.finder.hits == []
    key(Key.Key_D, ALT)
    bar.text.selectAll()
    keys("an")
    wait(bar)
    every = len(bar.finder.hits)
    key(Key.Key_W, ALT)
    assert 0 < len(bar.finder.hits) < every
    assert {hit.found.lower() for hit in bar.finder.hits} <= {"an", "án", "ăn", "ấn", "ân", "ẩn", "ản"}


def test_only_this_page_follows_the_page(workspace: Workspace):
    table = tasks_of(workspace)
    go_to_task(workspace, 0)
    bar = find(workspace, "nang cap")
    key(Key.Key_O, ALT)
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
    key(Key.Key_O, ALT)
    key(Key.Key_Escape)
    with document.edit("Xóa bảng"):
        remove(table)
    document.undo()
    assert tasks_of(workspace) is not table
    workspace.show_place(tasks_of(workspace))
    key(Key.Key_F3)
    assert bar.finder.hits and all(hit.place is tasks_of(workspace) for hit in bar.finder.hits)


def test_amounts_are_found_and_the_cell_is_gone_to(workspace: Workspace):
    bar = find(workspace, "4009,772")
    (hit,) = bar.finder.hits
    key(Key.Key_Return)
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
        key(Key.Key_F3)
        assert (bar.finder.current, workspace.place) == (hit, hit.place)
        assert selected().lower() == "thửmột"


def test_a_half_typed_word_is_not_looked_for(workspace: Workspace):
    bar = find(workspace, "cap")
    before = bar.finder.query
    bar.text.setCursorPosition(0)
    compose(["nan"])
    QTest.qWait(250)
    assert bar.finder.query == before
    # None of these is the bar's while the word stands.
    for code, modifiers in ((Key.Key_Escape, NONE), (Key.Key_Return, NONE), (Key.Key_D, ALT), (Key.Key_F3, NONE)):
        key(code, modifiers)
    assert bar.isVisible() and focused() is bar.text and bar.fold.isChecked()
    compose([], "nâng ")
    wait(bar)
    assert bar.finder.query.text == "nâng cap"
    assert len(bar.finder.hits) == 4


def test_the_list_leaves_the_page_its_room(workspace: Workspace):
    bar = find(workspace, "nang cap")
    assert bar.results.isVisible()
    key(Key.Key_Return)
    assert bar.isVisible() and not bar.results.isVisible()
    key(Key.Key_F, CTRL)
    assert bar.results.isVisible()
    view = bar.results
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, NONE, view.visualRect(view.model().index(3, 0)).center()
    )
    # Who clicks goes on clicking.
    assert not bar.isAncestorOf(focused()) and view.isVisible()


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
    key(Key.Key_O, ALT)
    assert len(bar.finder.hits) == len(selections)
    starts = set()
    for words in selections:
        key(Key.Key_F3)
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
    key(Key.Key_Down)
    assert bar.count.text() == "2/5"


def test_no_place_is_of_a_part_that_is_gone(workspace: Workspace, document: Document):
    bar = find(workspace, "nang cap")
    key(Key.Key_Down)
    row = bar.finder.hits[1].part
    with document.edit("Xóa dòng"):
        remove(row)
    # At once, before it is looked for again of itself.
    key(Key.Key_Return)
    assert all(hit.part is not row for hit in bar.finder.hits)
    assert bar.count.text() == "2/3"
    key(Key.Key_F, CTRL)
    key(Key.Key_Escape)
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
