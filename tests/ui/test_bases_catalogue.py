"""The catalogue on the page of legal bases: offered as one types, and what is no longer in force put right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from models.checks import Finding, Fix
from models.plan import LegalBasis, insert
from tests.keyboard import key, keys
from tests.ui.catalogue_dialog import numbers
from tests.ui.showing import Show
from tests.ui.waiting import wait_for
from ui.document import Document
from ui.pages.bases import BasesPage


@pytest.fixture
def shown_page(document: Document, shown: Show) -> BasesPage:
    page = BasesPage(document)
    shown(page)
    return page


def test_the_page_of_the_bases_finds_the_catalogue_first_and_fills_all_in_one_step(
    document: Document, shown_page: BasesPage
) -> None:
    page = shown_page
    page.search.setFocus()
    keys("van thu")
    assert wait_for(lambda: page.search.completion.list is not None)
    offers = page.search.completion.list
    assert offers is not None and "30/2020/NĐ-CP" in offers.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    key(Qt.Key.Key_Return)
    added = document.plan.legal_bases[1]
    assert (added.kind, added.number, added.date, added.issuer, added.subject) == (
        "Nghị định", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "về công tác văn thư",
    )  # fmt: skip
    document.undo()
    assert "30/2020/NĐ-CP" not in numbers(document)


def test_one_no_longer_in_force_is_offered_with_what_replaced_it_and_put_right_by_a_key(
    document: Document, shown_page: BasesPage
) -> None:
    page = shown_page
    with document.edit("x") as plan:
        plan.year, plan.month = 2026, 11
    page.search.setFocus()
    keys("64/2007")
    assert wait_for(lambda: page.search.completion.list is not None)
    offers = page.search.completion.list
    assert offers is not None
    assert "Hết hiệu lực từ 01/7/2026, thay bằng 224/2026/NĐ-CP" in offers.item(0).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    key(Qt.Key.Key_Return)
    added = document.plan.legal_bases[1]
    (found,) = document.findings_of(added)
    assert found.rule == "basis.expired"
    document.apply_fix(found)
    assert (added.number, added.date) == ("224/2026/NĐ-CP", "2026-06-24")
    assert document.undo_label() == "Thay bằng văn bản mới"
    document.undo()
    assert added.number == "64/2007/NĐ-CP"


def test_one_replaced_in_parts_gives_way_to_all_of_them_in_one_step(document: Document, shown_page: BasesPage) -> None:
    with document.edit("x") as plan:
        plan.year, plan.month = 2026, 11
        insert(plan, LegalBasis(kind="Nghị định", number="47/2020/NĐ-CP", date="2020-04-09"), 0)
    before = numbers(document)
    (found,) = document.findings_of(document.plan.legal_bases[0])
    shown_page.go_to(found.part, found.field)
    button = next(one for one in shown_page.form.findChildren(QPushButton) if one.text() == "Thay bằng các văn bản mới")
    button.setFocus()
    key(Qt.Key.Key_Space)
    assert numbers(document) == ["194/2025/NĐ-CP", "278/2025/NĐ-CP", *before[1:]]
    assert document.findings_of(document.plan.legal_bases[0]) == []
    document.undo()
    assert numbers(document) == before
    document.redo()
    assert numbers(document)[:2] == ["194/2025/NĐ-CP", "278/2025/NĐ-CP"]


def test_a_fix_that_changes_nothing_is_no_step_of_undo(document: Document) -> None:
    basis = document.plan.legal_bases[0]
    label = document.undo_label()
    document.apply_fix(Finding("basis.date", basis, "date", "", fix=Fix("x", "date", basis.date)))
    assert document.undo_label() == label


def test_a_fix_that_takes_a_basis_away_leaves_the_page_in_order(document: Document, shown_page: BasesPage) -> None:
    with document.edit("x") as plan:
        twice = LegalBasis(kind="Quyết định", number="Quyết định số 749/QĐ-TTg", date="2020-06-03")
        insert(plan, twice)
    shown_page.list.select(twice)
    (found,) = document.findings_of(twice)
    document.apply_fix(found)
    assert twice not in document.plan.legal_bases
    assert shown_page.list.current() is document.plan.legal_bases[-1]
    document.undo()
    assert numbers(document)[-1] == "Quyết định số 749/QĐ-TTg"
