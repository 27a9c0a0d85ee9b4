"""The page of legal bases: add, write, move, remove, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from models.plan import LegalBasis, remove
from ui.document import Document
from ui.pages.bases import BasesPage
from ui.pages.page import Page

Show = Callable[[Page], None]


@pytest.fixture
def page(document: Document, shown: Show) -> BasesPage:
    made = BasesPage(document)
    shown(made)
    made.list.setFocus()
    return made


def fill(page: BasesPage, name: str, text: str) -> None:
    field = page.form.fields[name]
    field.go()
    QTest.keyClicks(field.editor, text)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)


def printed(page: BasesPage) -> str:
    return page.form.printed.text()


def numbers(document: Document) -> list[str]:
    return [basis.number for basis in document.plan.legal_bases]


def test_a_citation_is_added_below_and_typed(page: BasesPage, document: Document) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    basis = document.plan.legal_bases[1]
    assert page.form.fields["kind"].editor.hasFocus()
    fill(page, "kind", "Nghi dinh")
    fill(page, "number", "47/2020/ND-CP")
    fill(page, "date", "9/4/2020")
    fill(page, "issuer", "Chinh phu")
    fill(page, "subject", "ve chia se du lieu")
    assert (basis.kind, basis.number, basis.date) == ("Nghi dinh", "47/2020/ND-CP", "2020-04-09")
    assert page.form.fields["date"].text() == "09/04/2020"
    assert printed(page) == (
        "Căn cứ Nghi dinh số 47/2020/ND-CP ngày 09 tháng 4 năm 2020 của Chinh phu ve chia se du lieu;"
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2021", "Không có ngày 31/02/2021; tháng 02 năm 2021 có 28 ngày."),
        ("12/13/2020", "Không có tháng 13; tháng phải từ 1 đến 12."),
        ("1/1/20", "Năm 20 không đúng; hãy gõ đủ bốn chữ số của năm, ví dụ 2020."),
        ("hom qua", "“hom qua” không phải là ngày; hãy gõ ngày/tháng/năm, ví dụ 03/6/2020."),
    ],
)
def test_a_wrong_date_is_told_and_the_old_one_kept(
    page: BasesPage, document: Document, typed: str, sentence: str
) -> None:
    fill(page, "date", typed)
    field = page.form.fields["date"]
    assert document.plan.legal_bases[0].date == "2020-06-03"
    assert sentence in [label.text() for label in field.lines.findChildren(QLabel)]
    assert field.text() == typed
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.text() == "03/06/2020"


def test_move_remove_and_undo_by_keys(page: BasesPage, document: Document) -> None:
    before = numbers(document)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert numbers(document)[:2] == [before[1], before[0]]
    assert page.list.currentRow() == 0
    document.undo()
    assert numbers(document) == before
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert len(document.plan.legal_bases) == len(before) - 1
    document.undo()
    assert numbers(document) == before


def test_what_is_typed_belongs_to_the_basis_it_was_typed_for(page: BasesPage, document: Document) -> None:
    first, second = document.plan.legal_bases[:2]
    field = page.form.fields["number"]
    field.go()
    QTest.keyClicks(field.editor, "1/QD")
    page.list.select(second)
    assert (first.number, second.number) == ("1/QD", "942/QĐ-TTg")
    assert field.text() == "942/QĐ-TTg"


def test_free_words(page: BasesPage, document: Document) -> None:
    page.add_basis(free=True)
    assert page.form.fields["text"].editor.hasFocus()
    QTest.keyClicks(page.form.fields["text"].editor, "Theo de nghi cua Van phong")
    page.save()
    assert document.plan.legal_bases[1].text == "Theo de nghi cua Van phong"
    assert printed(page) == "Theo de nghi cua Van phong;"
    page.form.fields["text"].editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClick(page.form.fields["text"].editor, Qt.Key.Key_Delete)
    page.save()
    assert page.form.fields["text"].isVisible()


def test_without_bases_the_page_says_what_to_do(page: BasesPage, document: Document) -> None:
    with document.edit("Xóa") as plan:
        for basis in list(plan.legal_bases):
            remove(basis)
    assert page.empty.isVisible()
    assert not page.list.isVisible()
    page.empty.button.click()
    assert [type(basis) for basis in document.plan.legal_bases] == [LegalBasis]
    assert page.form.fields["kind"].editor.hasFocus()


def test_a_finding_leads_to_its_field(page: BasesPage, document: Document) -> None:
    basis = document.plan.legal_bases[5]
    document.set(basis, "number", "45/2018/QĐ-UBND", "Sửa")
    found = document.findings_of(basis)[0]
    page.go_to(found.part, found.field)
    assert page.list.current() is basis
    assert page.form.fields["date"].editor.hasFocus()
    assert page.form.fields["date"].editor.property("state") == "error"


def test_the_page_hands_its_focus_on_and_shift_tab_leads_out(page: BasesPage) -> None:
    page.setFocus()
    assert page.list.hasFocus()
    for _time in range(2):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("Thêm văn bản")
