"""The page of general information: typing it, giving back, what is refused, whose Ctrl+Z it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from tests.keyboard import compose
from tests.ui.showing import Show
from ui.document import Document
from ui.pages.general import GeneralPage


@pytest.fixture
def page(document: Document, shown: Show) -> GeneralPage:
    made = GeneralPage(document)
    shown(made)
    return made


def line(page: GeneralPage, name: str) -> QLineEdit:
    """The line edit of a field, with the focus and its text selected."""
    field = page.fields[name]
    field.go()
    assert isinstance(field.editor, QLineEdit)
    return field.editor


def sentences(page: GeneralPage, name: str) -> list[str]:
    labels: list[QLabel] = page.fields[name].lines.findChildren(QLabel)
    return [label.text() for label in labels if label.text() and label.isVisible()]


def test_a_field_is_written_when_it_is_left(page: GeneralPage, document: Document) -> None:
    QTest.keyClicks(line(page, "unit_name"), "SO NGOAI VU")
    assert document.plan.unit_name == "SỞ NỘI VỤ"
    QTest.keyClick(page.fields["unit_name"].editor, Qt.Key.Key_Tab)
    assert document.plan.unit_name == "SO NGOAI VU"
    assert page.fields["place"].editor.hasFocus()
    assert document.undo_label() == "Sửa tên đơn vị"
    document.undo()
    assert document.plan.unit_name == "SỞ NỘI VỤ"
    assert page.fields["unit_name"].text() == "SỞ NỘI VỤ"


def test_enter_writes_and_escape_gives_back(page: GeneralPage, document: Document) -> None:
    editor = line(page, "signer_name")
    QTest.keyClicks(editor, "  Tran   Thi B ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert document.plan.signer_name == "Tran Thi B"
    assert editor.hasFocus()
    QTest.keyClicks(editor, "xyz")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.text() == "Tran Thi B"
    page.fields["place"].go()
    assert document.plan.signer_name == "Tran Thi B"


def test_loading_writes_nothing_and_takes_nothing_away(page: GeneralPage, document: Document) -> None:
    editor = line(page, "place")
    QTest.keyClicks(editor, "Ha")
    before = document.undo_label()
    document.set(document.plan, "symbol", "KH-XYZ", "Sửa")
    assert editor.text() == "Ha"
    assert page.fields["symbol"].text() == "KH-XYZ"
    assert document.plan.place == "Hà Tĩnh"
    document.undo()
    page.load()
    assert (document.undo_label(), editor.text()) == (before, "Ha")


def test_a_half_typed_word_is_not_written(page: GeneralPage, document: Document, app: QApplication) -> None:
    editor = line(page, "place")
    editor.clear()
    compose(["Hue"], to=editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert document.plan.place == "Hà Tĩnh"
    compose([], "Huế", to=editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert document.plan.place == "Huế"


def test_ctrl_z_is_the_fields_own_only_for_unwritten_text(page: GeneralPage, document: Document) -> None:
    undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), page)
    undo.activated.connect(document.undo)
    editor = line(page, "unit_code")
    QTest.keyClicks(editor, "AB")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "C")
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (editor.text(), document.plan.unit_code) == ("AB", "AB")
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (editor.text(), document.plan.unit_code) == ("SNV", "SNV")


def test_a_day_that_is_none_is_refused_with_a_sentence(page: GeneralPage, document: Document) -> None:
    for name, typed in (("month", "2"), ("day", "31")):
        editor = line(page, name)
        QTest.keyClicks(editor, typed)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert (document.plan.month, document.plan.day) == (2, None)
    assert sentences(page, "day") == ["Tháng 2 chỉ có 28 ngày nên không có ngày 31; hãy sửa ngày hoặc tháng."]
    assert editor.property("state") == "error"
    editor.selectAll()
    QTest.keyClicks(editor, "28")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert document.plan.day == 28
    assert (sentences(page, "day"), editor.property("state")) == ([], "")


def test_letters_are_no_year(page: GeneralPage, document: Document) -> None:
    QTest.keyClicks(line(page, "year"), "hai")
    page.save()
    assert document.plan.year == 2021
    assert "không phải là năm" in sentences(page, "year")[0]


def test_findings_stand_at_their_field_and_can_be_put_right(page: GeneralPage, document: Document) -> None:
    editor = line(page, "place")
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert sentences(page, "place") == ["Chưa có địa danh."]
    assert (editor.property("state"), editor.accessibleDescription()) == ("error", "Chưa có địa danh.")
    QTest.keyClicks(line(page, "period_to"), "2020")
    page.save()
    fix = page.fields["period_to"].lines.findChild(QPushButton)
    assert isinstance(fix, QPushButton)
    fix.click()
    assert document.plan.period_to == 2022
    assert page.fields["period_to"].text() == "2022"


def test_a_plan_of_one_year_stays_one_of_one_year(page: GeneralPage, document: Document) -> None:
    QTest.keyClicks(line(page, "period_from"), "2023")
    page.save()
    assert (document.plan.period_from, document.plan.period_to) == (2023, 2023)
    document.undo()
    assert (document.plan.period_from, document.plan.period_to) == (2022, 2022)


def test_capacity_and_recipients(page: GeneralPage, document: Document) -> None:
    field = page.fields["capacity"]
    field.go()
    QTest.keyClicks(field.editor, "TL. GIAM DOC")
    field = page.fields["recipients"]
    field.go()
    assert document.plan.capacity == "TL. GIAM DOC"
    field.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field.editor, "- So A;")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    QTest.keyClicks(field.editor, "- Luu: VT.")
    page.save()
    assert document.plan.recipients == ["So A", "Luu: VT"]


def test_every_field_is_named_and_tab_follows_the_page(page: GeneralPage) -> None:
    names = list(page.fields)
    assert names[:4] == ["unit_parent", "unit_name", "place", "unit_code"]
    page.go_to(page.document.plan, names[0])
    for name in names[:-1]:
        editor = page.fields[name].editor
        assert editor.accessibleName()
        assert editor.hasFocus(), name
        QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert page.fields[names[-1]].editor.hasFocus()


def test_going_to_the_page_shows_the_field_that_the_cursor_is_put_into(page: GeneralPage) -> None:
    page.resize(900, 400)
    QApplication.processEvents()
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    first = next(iter(page.fields.values())).editor
    assert first.visibleRegion().isEmpty()
    page.enter()
    assert first.hasFocus() and first.visibleRegion().boundingRect() == first.rect()
