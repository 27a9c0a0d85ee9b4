"""Words that an input method composes in a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.keyboard import ALT, CTRL, NONE, SHIFT, compose, focused, key, keys
from tests.plans import fixture_plan
from tests.ui.sheet import OpenTable, at, editor_text, go, steps
from ui.pages.table import TablePage

K = Qt.Key


@pytest.fixture
def page(open_table: OpenTable) -> TablePage:
    """Plan 000's table: eight tasks."""
    return open_table(fixture_plan(0))


@pytest.mark.parametrize("field", ["task", "total", "lead", "time", "note"])
def test_a_word_composed_over_a_cell_replaces_what_it_holds(page: TablePage, field: str) -> None:
    word = "125" if field == "total" else "Việt"
    go(page, 0, field)
    compose([word[:1], word[:2], word[:3]], word)
    assert editor_text() == word
    if field != "total":
        compose(["N", "Na"], "Nam")
        keys(" ")
        compose([], "ạ")
        word = "ViệtNam ạ"
    key(K.Key_Return)
    value = getattr(page.table.rows[0], field)
    assert value == (125_000_000 if field == "total" else word)
    assert at(page) == (1, field)
    assert steps(page) == 1


def test_a_word_that_comes_at_once_is_not_lost(page: TablePage) -> None:
    go(page, 0, "note")
    compose([], "đề án")
    assert editor_text() == "đề án"
    key(K.Key_Return)
    assert page.table.rows[0].note == "đề án"


def test_a_word_composed_in_the_open_editor(page: TablePage) -> None:
    go(page, 0, "note")
    key(K.Key_F2)
    keys(", ")
    compose(["h", "hu", "huy", "huyệ"], "huyện")
    key(K.Key_Return)
    assert page.table.rows[0].note == "Ngân sách tỉnh, huyện"


def test_keys_belong_to_the_word_while_it_is_composed(page: TablePage) -> None:
    go(page, 1, "note")
    compose(["ngâ"])
    for pressed, modifiers in (
        (K.Key_Return, SHIFT), (K.Key_Return, ALT), (K.Key_Return, CTRL), (K.Key_Tab, CTRL), (K.Key_Down, ALT),
        (K.Key_D, CTRL), (K.Key_G, CTRL), (K.Key_Return, NONE),
        (K.Key_Tab, NONE), (K.Key_Down, NONE),
        (K.Key_Delete, CTRL), (K.Key_F2, NONE),
    ):  # fmt: skip
        key(pressed, modifiers)
    assert at(page) == (1, "note")
    assert steps(page) == 0
    compose([], "ngân")
    key(K.Key_Return)
    assert page.table.rows[1].note == "ngân"
    assert steps(page) == 1


def test_keys_belong_to_the_word_in_the_open_editor(page: TablePage) -> None:
    go(page, 1, "note")
    keys("x ")
    compose(["ngâ"])
    for pressed in (K.Key_Return, K.Key_Tab, K.Key_Down, K.Key_Escape):
        key(pressed)
        assert at(page) == (1, "note") and page.view.editor() is focused()
    key(K.Key_Return, CTRL)
    key(K.Key_G, CTRL)
    assert steps(page) == 0
    compose([], "ngân")
    key(K.Key_Return)
    assert page.table.rows[1].note == "x ngân"


def test_a_composition_given_up_leaves_the_cell_as_it_was(page: TablePage) -> None:
    go(page, 1, "note")
    compose(["ngâ", ""])
    key(K.Key_Escape)
    assert page.table.rows[1].note == "Ngân sách tỉnh"
    assert steps(page) == 0


def test_a_half_typed_word_is_not_lost_when_the_table_is_left(page: TablePage) -> None:
    go(page, 1, "note")
    keys("x ")
    editor = focused()
    compose(["ngâ"], to=editor)
    page.head.go_to("title")
    compose([], "ngân", to=editor)
    QTest.qWait(20)
    assert page.table.rows[1].note == "x ngân"
    assert page.view.editor() is None
    assert steps(page) == 1


def test_nor_the_first_word_over_a_cell(page: TablePage) -> None:
    go(page, 1, "note")
    compose(["ngâ"], to=page.view)
    page.head.go_to("title")
    compose([], "ngân", to=page.view)
    QTest.qWait(20)
    assert page.table.rows[1].note == "ngân"
    assert page.view.editor() is None and page.head.field_of(focused()) == "title"
    assert steps(page) == 1
