"""Setting a finding aside with a reason, and what the text shows of findings: underlines, and what they are about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication

from models.plan import Plan, find_section
from tests.keyboard import CTRL, SHIFT, focused, key, keys
from tests.plans import fixture_plan, small_plan
from tests.ui.findings import said, selected, the_list
from ui import finding_work
from ui.main_window import MainWindow
from ui.pages.section import SectionPage
from ui.widgets.section_edit import SectionEdit
from ui.workspace import Workspace

Opened = Callable[[Plan], Workspace]
TWICE = "Chi 3.000.000 đồng (Bằng chữ: Bốn triệu đồng).\nChi 5.000.000 đồng (Bằng chữ: Sáu triệu đồng)."


def text_page(workspace: Workspace, text: str = TWICE) -> SectionPage:
    section = find_section(workspace.document.plan, "plan.targets")
    assert section is not None
    workspace.document.set(section, "text", text, "Sửa")
    workspace.document.check_again()
    workspace.go_to(section, section, "text")
    assert isinstance(workspace.page, SectionPage)
    return workspace.page


def underlined(edit: SectionEdit) -> list[str]:
    return [mark.cursor.selectedText() for mark in edit.extraSelections()]


def point_at(edit: SectionEdit, at: QPoint) -> None:
    none, no = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(edit.viewport().mapToGlobal(at))
    QApplication.sendEvent(
        edit.viewport(), QMouseEvent(QEvent.Type.MouseMove, QPointF(at), place, none, none, no)
    )  # fmt: skip


# ---- setting aside


def test_a_warning_is_set_aside_by_the_keyboard_and_ctrl_z_brings_it_back(window: MainWindow, workspace: Workspace):
    page = the_list(workspace)
    for row in range(len(page.model.rows)):
        page.list.setCurrentIndex(page.model.index(row, 0))
        if getattr(page.selected(), "rule", "") == "share.security":
            break
    key(Qt.Key.Key_Period, CTRL | SHIFT)
    assert focused() is page.details.reason.field
    keys("Đã giao Sở Thông tin và Truyền thông")
    key(Qt.Key.Key_Return)
    assert workspace.document.count("warning") == 0 and page.list.hasFocus()
    finding = next(one for one in workspace.document.findings if one.rule == "share.security")
    assert (finding.severity, finding.reason) == ("info", "Đã giao Sở Thông tin và Truyền thông")
    window.undo()
    assert workspace.document.count("warning") == 1


def test_the_reason_stays_and_it_can_be_taken_up_again(opened: Opened):
    workspace = opened(fixture_plan(0))
    finding = next(one for one in workspace.document.findings if one.rule == "share.security")
    workspace.document.set_aside(finding, "Lý do")
    page = the_list(workspace)
    page.ask_reason(next(one for one in workspace.document.findings if one.reason))
    assert not page.details.reason.isVisible(), "it is set aside already"
    assert "Đã bỏ qua: Lý do" in page.details.figures.text()
    page.details.aside_button.setFocus()
    key(Qt.Key.Key_Space)
    assert workspace.document.count("warning") == 1
    assert workspace.document.undo_label() == "Xét lại phát hiện"


@pytest.mark.usefixtures("window")
def test_the_key_of_the_button_takes_it_up_again(workspace: Workspace):
    finding = next(one for one in workspace.document.findings if one.rule == "share.security")
    workspace.document.set_aside(finding, "Lý do")
    page = the_list(workspace)
    page.ask_reason(next(one for one in workspace.document.findings if one.reason))
    assert "bỏ qua" not in page.details.place.text(), "that is no place"
    page.list.setFocus()
    key(Qt.Key.Key_Period, CTRL | SHIFT)
    assert workspace.document.count("warning") == 1
    assert workspace.document.undo_label() == "Xét lại phát hiện"


def test_esc_calls_it_off_and_no_reason_is_no_setting_aside(opened: Opened):
    workspace = opened(fixture_plan(0))
    page = the_list(workspace)
    page.ask_reason(next(one for one in workspace.document.findings if one.rule == "share.security"))
    keys("   ")
    key(Qt.Key.Key_Return)
    assert page.details.reason.isVisible() and not page.details.reason.take.isEnabled()
    key(Qt.Key.Key_Escape)
    assert not page.details.reason.isVisible() and focused() is page.details.aside_button
    assert workspace.document.count("warning") == 1 and workspace.document.undo_label() is None


def test_a_wrong_sum_must_be_put_right(opened: Opened):
    workspace = opened(fixture_plan(0))
    page, lines = the_list(workspace), said(workspace)
    for row in range(len(page.model.rows)):
        page.list.setCurrentIndex(page.model.index(row, 0))
        if getattr(page.selected(), "rule", "") == "total.stated":
            break
    assert selected(page).rule == "total.stated" and not page.details.aside_button.isVisible()
    finding_work.set_aside_here(workspace)
    assert lines and lines[-1].startswith("Lỗi này phải sửa") and not page.details.reason.isVisible()


# ---- in the text


def test_each_wrong_place_of_a_text_is_underlined_by_itself(opened: Opened):
    page = text_page(opened(small_plan()))
    first, second = underlined(page.text.editor)
    assert "Bốn triệu" in first and "Sáu triệu" in second
    styles = {mark.format.underlineStyle() for mark in page.text.editor.extraSelections()}
    assert styles == {QTextCharFormat.UnderlineStyle.WaveUnderline}


def test_the_same_words_twice_are_underlined_where_they_stand(opened: Opened):
    line = "Chi 3.000.000 đồng (Bằng chữ: Bốn triệu đồng)."
    page = text_page(opened(small_plan()), f"{line}\n\nKhông liên quan.\n- {line}")
    blocks = [mark.cursor.blockNumber() for mark in page.text.editor.extraSelections()]
    assert blocks == [0, 2]


def test_going_to_a_finding_selects_its_very_words(opened: Opened):
    workspace = opened(small_plan())
    page = text_page(workspace)
    for finding in [one for one in workspace.document.findings if one.rule == "words.text"]:
        workspace.enter_place("findings")
        workspace.go_to_finding(finding)
        assert page.text.editor.textCursor().selectedText() == finding.quote
        assert page.text.editor.hasFocus()


def test_what_is_at_the_cursor_is_what_is_put_right(opened: Opened):
    workspace = opened(small_plan())
    page = text_page(workspace)
    cursor = page.text.editor.textCursor()
    cursor.setPosition(page.text.editor.toPlainText().index("Sáu triệu") + 2)
    page.text.editor.setTextCursor(cursor)
    finding_work.fix_here(workspace)
    page.save()
    assert "Bốn triệu" in page.section.text and "Năm triệu đồng" in page.section.text


def test_what_is_set_aside_is_underlined_no_more(opened: Opened):
    workspace = opened(small_plan())
    page = text_page(workspace)
    finding_work.set_aside_here(workspace)
    keys("Theo bản gốc")
    key(Qt.Key.Key_Return)
    workspace.go_to(page.section, page.section, "text")
    page.on_evaluated()
    (left,) = underlined(page.text.editor)
    assert "Sáu triệu" in left


def test_pointing_at_underlined_words_says_what_is_wrong(opened: Opened, monkeypatch: pytest.MonkeyPatch):
    page = text_page(opened(small_plan()))
    edit = page.text.editor
    marks = edit.extraSelections()
    place = QTextCursor(marks[0].cursor)
    place.setPosition(place.selectionStart() + 3)
    at = edit.cursorRect(place).center()
    tips: list[str] = []
    monkeypatch.setattr("ui.widgets.section_edit.QToolTip.showText", lambda _at, tip, _widget: tips.append(tip))
    point_at(edit, at)
    assert tips and "3.000.000" in tips[0].replace("\n", " ")
    point_at(edit, edit.viewport().rect().bottomRight())
    assert tips[-1] == ""
