"""The page of a section: its text in the conventions of the plan document, and its numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from models.plan import walk_sections
from models.text import paragraphs
from tests.keyboard import compose, key
from tests.plans import NUMBERS, fixture_plan
from tests.ui.section import page_of
from tests.ui.showing import Show, activate
from ui.document import Document
from ui.pages.section import SectionPage
from ui.widgets.editor_lines import from_editor, to_editor
from ui.widgets.growing_edit import GrowingEdit
from ui.widgets.section_edit import SectionEdit

Make = Callable[[str], SectionPage]


@pytest.fixture
def make(document: Document, shown: Show) -> Make:
    return lambda key: page_of(document, shown, key)


@pytest.fixture
def page(make: Make) -> SectionPage:
    """A section without text."""
    return make("plan.solutions")


def write(page: SectionPage, *keys: str | Qt.Key) -> SectionEdit:
    """Type into the text: characters, or single keys."""
    page.go_to(page.section, "text")
    for typed in keys:
        if isinstance(typed, str):
            QTest.keyClicks(page.text.editor, typed)
        else:
            QTest.keyClick(page.text.editor, typed)
    return page.text.editor


def test_a_heading_that_just_fits_has_no_scroll_bar(app: QApplication) -> None:
    field = GrowingEdit(least=1, most=3)
    field.resize(400, 40)
    for lines, policy in ((3, Qt.ScrollBarPolicy.ScrollBarAlwaysOff), (4, Qt.ScrollBarPolicy.ScrollBarAsNeeded)):
        field.setPlainText("\n".join(["ĐÁNH GIÁ"] * lines))
        activate(field)
        assert field.verticalScrollBarPolicy() == policy
    field.close()


# ---- the text as the editor shows it


@pytest.mark.parametrize("number", NUMBERS)
def test_the_texts_of_real_plans_come_back_as_they_are(number: int) -> None:
    for section in walk_sections(fixture_plan(number).sections):
        assert from_editor(to_editor(section.text)) == section.text


@given(st.lists(st.sampled_from(["", "a", "b c", "- x", "- y", "+ z", "**d** *e*", "{year}"])).map("\n".join))
def test_every_text_keeps_its_paragraphs(text: str) -> None:
    again = from_editor(to_editor(text))
    assert again == text.strip("\n")
    assert paragraphs(again) == paragraphs(text)


def test_lines_are_paragraphs() -> None:
    assert to_editor("A\n\nB\nC\n- d\n+ e\n\nF") == "A\nB\u2028C\n- d\n    + e\nF"
    assert from_editor("A\nB\n-\n- c\n+ \nD\x07\t\n\n") == "A\n\nB\n- c\n\nD"


def test_loading_is_no_edit(document: Document, shown: Show) -> None:
    before = document.undo_label()
    for section in walk_sections(document.plan.sections):
        page = SectionPage(document, section)
        page.load()
        page.save()
        page.deleteLater()
    assert document.undo_label() == before


# ---- typing


def test_bullets_by_keys(page: SectionPage) -> None:
    key = Qt.Key
    write(page, "Mo dau:", key.Key_Return, "- mot", key.Key_Return, key.Key_Tab, "hai", key.Key_Return, "ba")
    write(page, key.Key_Return, key.Key_Backtab, "bon", key.Key_Return, key.Key_Return, "Ket")
    page.save()
    assert page.section.text == "Mo dau:\n- mot\n+ hai\n+ ba\n- bon\n\nKet"


def test_a_long_text_is_written_when_typing_stops(page: SectionPage, document: Document) -> None:
    editor = write(page, "Xin chao ")
    assert page.section.text == ""
    QTest.qWait(1200)
    assert page.section.text == "Xin chao"
    assert (editor.toPlainText(), editor.textCursor().position()) == ("Xin chao ", 9)
    QTest.keyClicks(editor, "ban")
    page.save()
    assert page.section.text == "Xin chao ban"
    document.undo()
    assert (page.section.text, editor.toPlainText()) == ("Xin chao", "Xin chao")
    document.undo()
    assert (page.section.text, editor.toPlainText()) == ("", "")


def test_nothing_is_written_while_composing(page: SectionPage) -> None:
    editor = write(page, "Da ")
    compose(["nang"], to=editor)
    QTest.qWait(1200)
    assert page.section.text == ""
    compose([], "Nẵng", to=editor)
    QTest.qWait(1200)
    assert page.section.text == "Da Nẵng"


def test_bold_and_italic_wrap_and_unwrap(page: SectionPage) -> None:
    editor = write(page, "- mot hai ba")
    control = Qt.KeyboardModifier.ControlModifier
    editor.moveCursor(QTextCursor.MoveOperation.PreviousWord)
    QTest.keyClick(editor, Qt.Key.Key_B, control)
    assert editor.toPlainText() == "- mot hai **ba**"
    QTest.keyClick(editor, Qt.Key.Key_I, control)
    assert editor.toPlainText() == "- mot hai ***ba***"
    QTest.keyClick(editor, Qt.Key.Key_B, control)
    assert editor.toPlainText() == "- mot hai *ba*"
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_B, control)
    assert editor.toPlainText() == "- **mot hai *ba***"


def test_pasted_text_is_made_plain(page: SectionPage) -> None:
    data = QMimeData()
    data.setText("Mo\tdau\r\n\r\n•\tmot\x07\r\n   o  hai\r\n– Tie\u0302\u0301ng")
    editor = write(page)
    editor.insertFromMimeData(data)
    page.save()
    assert page.section.text == "Mo dau\n- mot\n+ hai\n- Tiếng"
    assert "\t" not in editor.toPlainText()


def test_tab_passes_through_but_changes_levels_once_typing(page: SectionPage) -> None:
    page.heading.go()
    QTest.keyClick(page.heading.editor, Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)
    assert page.text.editor.hasFocus()
    QTest.keyClick(page.text.editor, Qt.Key.Key_Tab)
    assert not page.text.editor.hasFocus()
    page.save()
    assert page.section.text == ""


# ---- placeholders


def test_placeholders_are_offered_with_their_value_and_unknown_ones_told(page: SectionPage, document: Document) -> None:
    editor = write(page, "Tong ")
    page.text.insert_placeholder("total:tasks")
    assert "5.039.772.000 đồng" in page.text.help.text()
    QTest.keyClicks(editor, ", {total:x}")
    page.save()
    assert page.section.text == "Tong {total:tasks}, {total:x}"
    assert editor.property("state") == "error"
    waves = [
        span.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
        for span in editor.document().firstBlock().layout().formats()
    ]
    assert waves.count(True) == 1
    finding = document.findings_of(page.section, "text")[0]
    page.go_to(finding.part, finding.field)
    assert editor.textCursor().selectedText() == "{total:x}"


def test_a_fix_is_offered_under_the_text(make: Make, document: Document) -> None:
    page = make("plan.budget")
    finding = document.findings_of(page.section, "text")[0]
    assert finding.rule == "total.text"
    document.apply_fix(finding)
    assert "5.039.772.000" in page.text.editor.toPlainText()
    assert page.text.editor.property("state") == ""


# ---- heading and numbers


def test_heading_and_number(make: Make, document: Document) -> None:
    page = make("plan.budget")
    page.go_to(page.section, "heading")
    page.heading.editor.selectAll()
    QTest.keyClicks(page.heading.editor, "KINH PHI")
    QTest.keyClick(page.heading.editor, Qt.Key.Key_Return)
    assert page.section.heading == "KINH PHI"
    assert document.undo_label() == "Sửa tiêu đề mục"
    numbers = [label.text() for label in page.findChildren(QLabel) if label.objectName() == "title"]
    assert numbers == ["V."]


def test_numbers_of_the_unit_are_typed_and_worked_out(make: Make, document: Document) -> None:
    page = make("review.apps")
    form = page.indicators
    for name, text in (("procedures_total", "1.054"), ("procedures_level2", "31"), ("procedures_level3", "500")):
        page.go_to(document.plan, f"indicators/{name}")
        QTest.keyClicks(form.fields[name].editor, text)
    assert form.computed("procedures_total") == "Tổng các phần: 531"
    assert form.computed("procedures_level2") == "2,94% của tổng"
    page.save()
    assert document.plan.indicators == {
        "staff": 72, "procedures_total": 1054, "procedures_level2": 31, "procedures_level3": 500,
    }  # fmt: skip
    page.go_to(document.plan, "indicators/procedures_level2")
    QTest.keyClicks(form.fields["procedures_level2"].editor, "ba")
    page.save()
    assert document.plan.indicators["procedures_level2"] == 31
    page.go_to(document.plan, "indicators/procedures_level2")
    QTest.keyClick(form.fields["procedures_level2"].editor, Qt.Key.Key_Delete)
    page.save()
    assert "procedures_level2" not in document.plan.indicators


def test_findings_of_numbers_stand_at_their_field(make: Make, document: Document) -> None:
    page = make("review.apps")
    document.set(document.plan, "indicators", {"files_total": 10, "files_level2": 8, "files_level3": 7}, "Sửa")
    field = page.indicators.fields["files_total"]
    assert field.editor.property("state") == "error"
    assert "khác tổng các phần 15" in field.editor.accessibleDescription()


def test_the_hint_stands_beside_the_text_where_there_is_room(make: Make) -> None:
    page = make("plan.goal")
    page.resize(1080, 620)
    assert page.hint.geometry().bottom() < page.text.mapTo(page, page.text.rect().topLeft()).y()
    page.resize(1400, 700)
    QApplication.processEvents()
    assert page.hint.geometry().left() > page.text.mapTo(page, page.text.rect().topRight()).x()
