"""The page of legal bases: add, write, move, remove, all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from models.plan import LegalBasis, remove
from models.store import Store
from tests.keyboard import ALT, CTRL, SHIFT, compose
from tests.plans import fixture_plan
from tests.ui.showing import Show
from tests.ui.waiting import wait_for
from ui.document import Document
from ui.pages.bases import BasesPage


@pytest.fixture
def page(document: Document, shown: Show) -> BasesPage:
    made = BasesPage(document)
    shown(made)
    made.list.setFocus()
    return made


@pytest.fixture
def remembering(store: Store, document: Document, request: pytest.FixtureRequest) -> BasesPage:
    """The page with plan 004 in the store, its bases read."""
    store.add(fixture_plan(4))
    learned: list[str] = []
    document.memory.learned.connect(learned.append)
    document.memory.prepare("basis")
    assert wait_for(lambda: bool(learned))
    page: BasesPage = request.getfixturevalue("page")
    QTest.keyClick(page.list, Qt.Key.Key_B, CTRL | SHIFT)
    assert page.search.hasFocus()
    return page


def typed(page: BasesPage, text: str) -> list[str]:
    """Type into the search; what is offered then."""
    QTest.keyClicks(page.search, text)
    assert wait_for(lambda: page.search.completion.list is not None)
    found = page.search.completion.list
    assert found is not None
    return [found.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(found.count())]


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
    QTest.keyClick(page.list, Qt.Key.Key_Return, CTRL)
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
    QTest.keyClick(page.list, Qt.Key.Key_Up, ALT)
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
        QTest.keyClick(focus, Qt.Key.Key_Backtab, SHIFT)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("Thêm văn bản")


# ---- documents used before


def test_a_document_used_before_is_added_whole_with_one_key(remembering: BasesPage, document: Document) -> None:
    page, before = remembering, numbers(document)
    page.list.setCurrentRow(2)
    assert typed(page, "nghi dinh ung dung cntt")[0].startswith("Nghị định số 64/2007/NĐ-CP ngày 10/4/2007, Chính phủ")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    added = document.plan.legal_bases[3]
    assert (added.kind, added.number, added.date, added.issuer) == (
        "Nghị định", "64/2007/NĐ-CP", "2007-04-10", "Chính phủ",
    )  # fmt: skip
    assert added.subject == "về ứng dụng CNTT trong hoạt động của cơ quan nhà nước"
    assert (page.list.current(), page.search.hasFocus(), page.search.text()) == (added, True, "")
    document.undo()
    assert numbers(document) == before


def test_several_are_added_one_below_the_other_without_waiting(remembering: BasesPage, document: Document) -> None:
    page = remembering
    page.list.setCurrentRow(0)
    for text in ("64/2007", "1222"):
        QTest.keyClicks(page.search, text)
        QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert numbers(document)[:3] == ["749/QĐ-TTg", "64/2007/NĐ-CP", "1222/QĐ-UBND"]


def test_one_that_is_there_is_marked_and_not_added_twice(remembering: BasesPage, document: Document) -> None:
    page, before = remembering, numbers(document)
    told: list[str] = []
    page.notice.connect(lambda sentence, _kind: told.append(sentence))
    page.list.setCurrentRow(4)
    assert "Đã có trong kế hoạch" in typed(page, "749/qd")[0]
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert numbers(document) == before
    assert page.list.currentRow() == 0
    assert told == ["Quyết định số 749/QĐ-TTg ngày 03/6/2020 đã có trong kế hoạch."]


def test_one_that_is_not_known_is_begun_with_what_was_typed(remembering: BasesPage, document: Document) -> None:
    page = remembering
    page.list.setCurrentRow(0)
    assert typed(page, "851/QD-ABC") == ["Thêm văn bản mới: 851/QD-ABC"]
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert document.plan.legal_bases[1].number == "851/QD-ABC"
    assert page.form.fields["kind"].editor.hasFocus()


def test_a_whole_citation_that_is_pasted_is_taken_apart(remembering: BasesPage, document: Document) -> None:
    page = remembering
    page.search.setText("Quyết định số 1/QĐ-TTg ngày 03 tháng 01 năm 2020 của Thủ tướng Chính phủ về việc thử")
    page.search.completion.open()
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    added = document.plan.legal_bases[1]
    assert (added.number, added.date, added.issuer, added.subject) == (
        "1/QĐ-TTg", "2020-01-03", "Thủ tướng Chính phủ", "về việc thử",
    )  # fmt: skip


def test_escape_closes_the_list_and_then_empties_the_search(remembering: BasesPage) -> None:
    page = remembering
    typed(page, "749")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert (page.search.completion.list, page.search.text()) == (None, "749")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""


def test_composing_in_the_search_adds_nothing(remembering: BasesPage, document: Document) -> None:
    page, before = remembering, numbers(document)
    compose(["c", "cn", "cntt"], to=page.search)
    assert wait_for(lambda: page.search.completion.list is not None)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert numbers(document) == before
    compose([], "cntt", to=page.search)
    assert page.search.text() == "cntt"
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert len(numbers(document)) == len(before) + 1


def test_the_number_of_a_known_document_fills_all_its_parts_at_once(remembering: BasesPage, document: Document) -> None:
    page = remembering
    page.add_basis(free=False)
    basis = document.plan.legal_bases[1]
    field = page.form.fields["number"]
    field.go()
    QTest.keyClicks(field.editor, "64/2007")
    QTest.keyClick(field.editor, Qt.Key.Key_Down)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert (basis.kind, basis.number, basis.date, basis.issuer) == (
        "Nghị định", "64/2007/NĐ-CP", "2007-04-10", "Chính phủ",
    )  # fmt: skip
    # As the catalogue has it, not as it was shortened in the plan before.
    subject = "về ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước"
    assert page.form.fields["subject"].text() == subject
    assert document.undo_label() == "Lấy văn bản từ danh mục"
    document.undo()
    assert (basis.kind, basis.number, basis.date) == ("Quyết định", "", "")


def test_a_number_that_the_plan_has_is_not_offered_for_another_basis(remembering: BasesPage) -> None:
    page = remembering
    page.add_basis(free=False)
    field = page.form.fields["number"]
    field.go()
    QTest.keyClicks(field.editor, "942/q")
    page.form.lookup.open()
    assert page.form.lookup.list is None


# ---- from a citation to own words and back


def test_a_citation_becomes_own_words_and_again_a_citation(page: BasesPage, document: Document) -> None:
    basis = document.plan.legal_bases[0]
    before = (basis.kind, basis.number, basis.date, basis.issuer, basis.subject)
    sentence = printed(page)
    page.form.convert.setFocus()
    QTest.keyClick(page.form.convert, Qt.Key.Key_Space)
    assert basis.text == sentence.removesuffix(";")
    assert (basis.kind, basis.number, basis.date) == ("", "", "")
    assert page.form.fields["text"].editor.hasFocus()
    assert printed(page) == sentence
    QTest.keyClick(page.form.convert, Qt.Key.Key_Space)
    assert (basis.kind, basis.number, basis.date, basis.issuer, basis.subject, basis.text) == (*before, "")
    assert printed(page) == sentence
    for _time in range(2):
        document.undo()
    assert (basis.kind, basis.number, basis.date, basis.issuer, basis.subject, basis.text) == (*before, "")
    assert not page.form.is_free


def test_words_that_cite_nothing_keep_all_their_words(page: BasesPage, document: Document) -> None:
    basis = document.plan.legal_bases[7]
    page.list.select(basis)
    sentence = printed(page)
    page.form.convert.click()
    assert (basis.text, basis.subject) == ("", "kết quả thực tiễn ứng dụng CNTT năm 2021 tại Sở Nội vụ")
    assert (page.form.is_free, printed(page)) == (False, sentence)


def test_an_empty_basis_changes_its_form_without_an_edit(page: BasesPage, document: Document) -> None:
    page.add_basis(free=True)
    label = document.undo_label()
    page.form.convert.click()
    assert (page.form.is_free, document.undo_label()) == (False, label)
    page.form.convert.click()
    assert (page.form.is_free, document.undo_label()) == (True, label)


def test_what_could_not_be_read_is_not_lost_in_a_conversion(page: BasesPage, document: Document) -> None:
    field = page.form.fields["date"]
    field.go()
    QTest.keyClicks(field.editor, "31/02/2021")
    page.form.convert.click()
    assert (page.form.is_free, field.text(), field.editor.hasFocus()) == (False, "31/02/2021", True)
