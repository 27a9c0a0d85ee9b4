"""Placeholders in the text of a section: shown as what they print, typed by name, one character to the cursor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.plan import find_section, find_table
from tests.keyboard import ALT, CTRL, compose, key, keys
from tests.ui.section import stored, text_of
from tests.ui.showing import Show
from ui.document import Document
from ui.pages.section import SectionPage
from ui.widgets.section_edit import SectionEdit

Key = Qt.Key


@pytest.fixture
def page(document: Document, shown: Show) -> SectionPage:
    return text_of(document, shown)


def offered(page: SectionPage) -> list[str]:
    found = [page.text.list.topLevelItem(row) for row in range(page.text.list.topLevelItemCount())]
    return [item.text(0) for item in found if item is not None]


# ---- one unit


def test_a_placeholder_typed_by_name_is_one_character(page: SectionPage, edit: SectionEdit) -> None:
    keys("a {year} b")
    assert stored(page) == "a {year} b"
    assert edit.document().characterCount() - 1 == len("a x b")
    for _step in range(2):
        key(Key.Key_Left)
    key(Key.Key_Backspace)
    assert stored(page) == "a  b"
    keys("{năm}")
    assert stored(page) == "a {năm} b"
    assert edit.document().characterCount() - 1 == len("a {năm} b")


def test_backspace_and_delete_take_it_whole(page: SectionPage, edit: SectionEdit) -> None:
    keys("x{year}y")
    key(Key.Key_Left)
    key(Key.Key_Backspace)
    assert edit.lines() == "xy"
    key(Key.Key_Z, CTRL)
    assert edit.lines() == "x{year}y"
    key(Key.Key_Left)
    key(Key.Key_Left)
    key(Key.Key_Right)
    key(Key.Key_Delete)
    assert edit.lines() == "xy"


def test_it_is_none_while_the_cursor_is_inside(page: SectionPage, edit: SectionEdit) -> None:
    keys("{}")
    key(Key.Key_Left)
    keys("year")
    assert edit.document().characterCount() - 1 == 6
    key(Key.Key_Right)
    assert edit.document().characterCount() - 1 == 1
    assert stored(page) == "{year}"


def test_words_typed_beside_it_are_words(page: SectionPage, edit: SectionEdit) -> None:
    page.text.insert_placeholder("year")
    keys("a")
    key(Key.Key_Home)
    keys("b")
    compose(["nẵ"], "nẵng")
    assert stored(page) == "bnẵng{year}a"
    key(Key.Key_Right)
    compose(["đ", "đa"], "đà")
    assert stored(page) == "bnẵng{year}đàa"


def test_bold_holds_for_it(page: SectionPage, edit: SectionEdit) -> None:
    keys("a {year} b")
    edit.selectAll()
    key(Key.Key_B, CTRL)
    assert stored(page) == "**a {year} b**"
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    key(Key.Key_Right)
    key(Key.Key_Right)
    key(Key.Key_I, CTRL)
    assert stored(page) == "**a *{year}* b**"


# ---- its value


def test_its_value_follows_the_sums(page: SectionPage, edit: SectionEdit, document: Document) -> None:
    keys("{total:tasks}")
    page.save()
    table = find_table(document.plan, "tasks")
    assert table is not None
    before = edit.cursorRect().left()
    page.heading.go()
    document.set(table.rows[0], "total", 250_000_000_000_000, "Sửa")
    QApplication.processEvents()
    assert edit.cursorRect().left() > before
    assert "250.004.789.772.000" in page.text.describe("total:tasks")
    assert not page.text.is_dirty()


def test_one_that_is_no_longer_known_is_told_and_one_that_is_known_again_is_shown(
    page: SectionPage, edit: SectionEdit, document: Document
) -> None:
    keys("{total:tasks} {total:x}")
    page.save()
    page.heading.go()
    table = find_table(document.plan, "tasks")
    assert table is not None
    document.set(table, "key", "x", "Sửa")
    assert edit.lines() == "{total:tasks} {total:x}"
    assert edit.values("total:tasks") is None
    assert edit.document().characterCount() - 1 == 3
    assert [finding.actual for finding in document.findings_of(page.section, "text")] == ["{total:tasks}"]
    assert edit.property("state") == "error"
    page.go_to(page.section, "text")
    assert edit.textCursor().selectedText() == "\ufffc"
    assert not page.text.is_dirty() and not edit.document().isUndoAvailable()


def test_a_long_value_has_lines_of_its_own(page: SectionPage, edit: SectionEdit) -> None:
    page.text.insert_placeholder("words:tasks")
    QApplication.processEvents()
    wide = edit.document().size().height()
    page.resize(420, 620)
    QApplication.processEvents()
    assert edit.document().size().height() > wide
    assert edit.document().idealWidth() <= edit.viewport().width()


def hover(edit: SectionEdit, place: QPoint) -> None:
    """The mouse comes to a place of the text."""
    view, none = edit.viewport(), Qt.MouseButton.NoButton
    at, there = QPointF(place), QPointF(view.mapToGlobal(place))
    QApplication.sendEvent(
        view, QMouseEvent(QEvent.Type.MouseMove, at, there, none, none, Qt.KeyboardModifier.NoModifier)
    )


def test_the_tool_tip_tells_what_it_is(page: SectionPage, edit: SectionEdit, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("ui.widgets.section_edit.QToolTip.showText", lambda _at, text, _widget: told.append(text))
    keys("a {total:tasks}")
    end = edit.cursorRect().center()
    hover(edit, end - QPoint(20, 0))
    assert told and "5.039.772.000 đồng" in told[-1] and "{total:tasks}" in told[-1]
    hover(edit, QPoint(6, end.y()))
    assert told[-1] == ""
    QApplication.sendEvent(edit.viewport(), QHelpEvent(QEvent.Type.ToolTip, end, edit.mapToGlobal(end)))


# ---- the list


def test_a_brace_opens_the_list_and_words_narrow_it(page: SectionPage, edit: SectionEdit) -> None:
    keys("Kinh phí ")
    keys("{")
    assert page.text.list.isVisible()
    everything = len(offered(page))
    keys("tong trieu")
    assert 0 < len(offered(page)) < everything
    assert offered(page)[0].endswith("(triệu đồng)")
    assert "5.039,772" in page.text.help.text()
    key(Key.Key_Return)
    assert not page.text.list.isVisible()
    keys(".")
    assert stored(page) == "Kinh phí {total_million:tasks}."


def test_the_list_follows_half_typed_words(page: SectionPage, edit: SectionEdit) -> None:
    keys("{")
    compose(["bằ", "bằng"], "bằng chữ")
    assert offered(page) == ["Tổng của “Nhiệm vụ, dự án” bằng chữ"] or all("bằng chữ" in name for name in offered(page))
    key(Key.Key_Tab)
    assert "{words:" in stored(page)


def test_escape_leaves_what_is_typed(page: SectionPage, edit: SectionEdit) -> None:
    keys("abc {to")
    key(Key.Key_Escape)
    assert not page.text.list.isVisible()
    assert edit.lines() == "abc {to"
    key(Key.Key_Escape)
    assert edit.lines() == ""


def test_a_brace_that_is_only_a_brace(page: SectionPage, edit: SectionEdit) -> None:
    keys("{xyz")
    assert not page.text.list.isVisible()
    key(Key.Key_Return)
    keys("}")
    assert stored(page) == "{xyz\n\n}"


def test_the_key_and_the_button_open_it_and_leave_nothing_behind(page: SectionPage, edit: SectionEdit) -> None:
    keys("ab")
    key(Key.Key_Down, ALT)
    assert page.text.list.isVisible()
    keys("khong co dau")
    QTest.qWait(1200)
    assert page.section.text == ""
    key(Key.Key_Escape)
    assert edit.lines() == "ab"
    page.text._menu_button.setFocus()
    key(Key.Key_Space)
    assert edit.hasFocus() and page.text.list.isVisible()
    key(Key.Key_Down)
    key(Key.Key_Up)
    key(Key.Key_PageDown)
    key(Key.Key_PageUp)
    key(Key.Key_Return)
    assert stored(page) == "ab{total:tasks}"


def test_leaving_takes_the_list_away(page: SectionPage, edit: SectionEdit) -> None:
    keys("a")
    key(Key.Key_Down, ALT)
    page.heading.go()
    assert not page.text.list.isVisible()
    assert stored(page) == "a"


def test_a_click_takes_one(page: SectionPage, edit: SectionEdit) -> None:
    key(Key.Key_Down, ALT)
    view = page.text.list
    item = view.topLevelItem(2)
    assert item is not None
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.visualItemRect(item).center()
    )
    assert stored(page) == "{words:tasks}"


# ---- amounts in words


def test_an_amount_is_spelled_by_a_key(page: SectionPage, edit: SectionEdit, document: Document) -> None:
    keys("Tổng 5000000 đồng")
    key(Key.Key_F7)
    keys(".")
    assert stored(page) == "Tổng 5.000.000 đồng (*Bằng chữ: Năm triệu đồng*)."
    document.undo()
    assert page.section.text in ("Tổng 5000000 đồng", "")


def test_a_sum_is_spelled_by_its_placeholder(page: SectionPage, edit: SectionEdit) -> None:
    keys("**{total:tasks}**")
    key(Key.Key_F7)
    key(Key.Key_F7)
    assert stored(page) == "**{total:tasks}** (*Bằng chữ: {words:tasks}*)"


def test_spelling_is_one_step(page: SectionPage, edit: SectionEdit) -> None:
    keys("5000000 đồng ")
    key(Key.Key_F7)
    key(Key.Key_Z, CTRL)
    assert edit.lines() == "5000000 đồng "


def test_what_cannot_be_spelled_is_told(page: SectionPage, edit: SectionEdit) -> None:
    told: list[tuple[str, str]] = []
    page.notice.connect(lambda sentence, kind: told.append((sentence, kind)))
    keys("không có số")
    key(Key.Key_F7)
    keys(" 1.5 tỷ đồng")
    key(Key.Key_F7)
    assert [kind for _sentence, kind in told] == ["info", "warning"]
    assert "1.5 tỷ" in told[1][0]
    assert stored(page) == "không có số 1.5 tỷ đồng"


# ---- findings


def test_what_a_finding_speaks_of_is_underlined(page: SectionPage, edit: SectionEdit, document: Document) -> None:
    section = find_section(document.plan, "plan.budget")
    assert section is not None
    budget = SectionPage(document, section)
    marks = budget.text.editor.extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["5.039.722.000 đ"]
    assert marks[0].format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    document.apply_fix(document.findings_of(section, "text")[0])
    budget.load()
    budget.on_evaluated()
    assert budget.text.editor.extraSelections() == []
    budget.deleteLater()
