"""Last year's text of a section beside this year's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.plan import find_section
from models.store import Store
from tests.keyboard import ALT, CTRL, SHIFT, key, keys
from tests.plans import fixture_plan
from tests.ui.section import page_of
from tests.ui.showing import Show
from ui.document import Document
from ui.pages.section import SectionPage

Key = Qt.Key
TEXT = "Năm **{year}**:\n- một {total:tasks}\n+ hai\n\nHết"
PRINTED = "Năm **2021**:\n- một 5.039.772.000 đồng\n+ hai\n\nHết"


@pytest.fixture
def last_year(store: Store) -> str:
    """The id of a plan of the same unit, a year before."""
    plan = fixture_plan(0)
    plan.id, plan.period_from, plan.period_to = "năm-trước", 2021, 2021
    section = find_section(plan, "plan.solutions")
    assert section is not None
    section.text = TEXT
    store.add(plan)
    return plan.id


@pytest.fixture
def make(document: Document, shown: Show, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], SectionPage]:
    monkeypatch.setattr(SectionPage, "previous_shown", False)

    def page(key: str) -> SectionPage:
        made = page_of(document, shown, key)
        QTest.qWait(1)
        made.go_to(made.section, "text")
        return made

    return page


def toggle() -> None:
    """By its key; a button shows for a moment that it is pressed."""
    key(Key.Key_N, ALT)
    QTest.qWait(150)


def test_without_one_there_is_no_button(make: Callable[[str], SectionPage]) -> None:
    assert not make("plan.solutions")._previous_button.isVisible()


def test_a_section_that_said_nothing_has_no_button(last_year: str, make: Callable[[str], SectionPage]) -> None:
    page = make("plan")
    assert not page._previous_button.isVisible()


def test_it_is_shown_by_a_key_as_it_was_printed(last_year: str, make: Callable[[str], SectionPage]) -> None:
    page = make("plan.solutions")
    assert page._previous_button.isVisible() and page.previous is None
    toggle()
    assert page.previous is not None and page.previous.isVisible()
    assert "2021" in page.previous.title.text()
    view = page.previous.view
    assert view.isReadOnly() and view.document().firstBlock().text() == "Năm 2021:"
    page.resize(1400, 700)
    QApplication.processEvents()
    assert view.mapTo(page, view.rect().topLeft()).x() > page.text.mapTo(page, page.text.rect().topRight()).x()
    page.resize(700, 700)
    QApplication.processEvents()
    assert view.mapTo(page, view.rect().topLeft()).y() > page.text.mapTo(page, page.text.rect().bottomLeft()).y()
    toggle()
    assert not page.previous.isVisible()


def test_all_of_it_is_taken_over_in_one_step(
    last_year: str, make: Callable[[str], SectionPage], document: Document
) -> None:
    page = make("plan.solutions")
    keys("Mở đầu")
    toggle()
    assert page.previous is not None
    page.previous.take.setFocus()
    key(Key.Key_Space)
    assert page.section.text == f"Mở đầu\n\n{PRINTED}"
    assert document.undo_label() == "Chép nội dung năm trước"
    assert page.text.editor.hasFocus()
    document.undo()
    assert page.section.text == "Mở đầu"
    assert page.text.editor.lines() == "Mở đầu"


def test_what_is_selected_is_taken_over_at_the_cursor(last_year: str, make: Callable[[str], SectionPage]) -> None:
    page = make("plan.solutions")
    keys("ab")
    key(Key.Key_Left)
    toggle()
    assert page.previous is not None
    view = page.previous.view
    view.setFocus()
    key(Key.Key_Right, CTRL | SHIFT)
    assert view.textCursor().selectedText() == "Năm "
    page.previous.take.click()
    assert page.section.text == "aNăm b"
    view.selectAll()
    page.text.editor.moveCursor(QTextCursor.MoveOperation.End)
    page.previous.take.click()
    assert page.section.text == f"aNăm b\n\n{PRINTED}"


def test_keys_leave_it_as_it_is(last_year: str, make: Callable[[str], SectionPage]) -> None:
    page = make("plan.solutions")
    toggle()
    assert page.previous is not None
    view = page.previous.view
    view.setFocus()
    view.selectAll()
    before = view.lines()
    for code in (Key.Key_Return, Key.Key_Backspace, Key.Key_Delete, Key.Key_A, Key.Key_F7):
        key(code)
    assert view.lines() == before
    key(Key.Key_Tab)
    assert not view.hasFocus()


def test_it_is_another_plan_when_the_unit_is(
    last_year: str, make: Callable[[str], SectionPage], document: Document
) -> None:
    page = make("plan.solutions")
    with document.edit("Sửa") as plan:
        plan.unit_name, plan.unit_code = "SỞ KHÁC", "SK"
    assert not page._previous_button.isVisible()
    document.undo()
    assert page._previous_button.isVisible()
    document.store.delete(last_year)
    assert document.previous_section(page.section) is not None


def test_the_choice_holds_for_the_next_section(last_year: str, make: Callable[[str], SectionPage]) -> None:
    make("plan.solutions")
    toggle()
    other = make("plan.budget")
    assert other.previous is not None and other.previous.isVisible()
