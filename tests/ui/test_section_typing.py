"""Typing in the text of a section: what is shown is what is stored, whatever is typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QFont, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication

from models.plan import find_section, walk_sections
from models.text import marked, runs
from tests.keyboard import ALT, CTRL, SHIFT, compose, key, keys
from tests.plans import NUMBERS, fixture_plan, some, texts
from tests.ui.section import stored, text_of
from tests.ui.showing import Show, show_page
from ui.document import Document
from ui.pages.section import SectionPage
from ui.widgets.editor_lines import from_editor, to_editor
from ui.widgets.section_edit import SectionEdit
from ui.widgets.section_text import Values

Key = Qt.Key


@pytest.fixture
def page(document: Document, shown: Show) -> SectionPage:
    return text_of(document, shown)


def values(name: str) -> str | None:
    return {"year": "2022", "total:tasks": "5 đồng", "a*b": "x"}.get(name)


def again(text: str, values: Values = values) -> str:
    """What is stored of a text that an editor shows."""
    edit = SectionEdit()
    edit.values = values
    edit.set_lines(to_editor(text))
    found = from_editor(edit.lines())
    # Qt deletes it whole, as in the program; Python's collector would take its parts one by one, and crash at the end.
    edit.deleteLater()
    QApplication.sendPostedEvents(edit, QEvent.Type.DeferredDelete.value)
    return found


# ---- stored, shown and stored again


@pytest.mark.parametrize("number", NUMBERS)
def test_real_texts_come_back_as_they_are(app: QApplication, number: int) -> None:
    for section in walk_sections(fixture_plan(number).sections):
        assert again(section.text) == section.text


_pieces = st.sampled_from([
    "a", "b c", "ệ", "😀", "{year}", "{total:tasks}", "{lạ}", "**d**", "*e*", "***f***", " ", "\n", "\n\n", "\n- ", "\n+ ",
    "*", "**", "- ", "+ ", "{", "}", "{a*b}", "\u00a0", "\ufffc", "\ufdd0",
])  # fmt: skip


@given(st.lists(_pieces, max_size=14).map("".join) | texts)
def test_any_text_is_shown_and_stored_in_one_way(app: QApplication, text: str) -> None:
    """Reading out is canonical: what is stored is shown the same, and stored the same again."""
    once = again(text)
    assert again(once) == once
    if "\ufdd0" not in text and "\ufffc" not in text:
        assert once.replace("*", "").split() == from_editor(to_editor(text)).replace("*", "").split() or "•" in once


@given(st.lists(st.sampled_from(["mot", "**hai**", "*ba*", "{year}", "***bon***", "{lạ}"]), min_size=1).map(" ".join))
def test_canonical_texts_come_back_as_they_are(app: QApplication, text: str) -> None:
    canonical = marked(runs(text))
    assert again(f"- {canonical}\n\n{canonical}") == f"- {canonical}\n\n{canonical}"


# ---- bold and italic


def test_marks_are_never_seen(page: SectionPage, edit: SectionEdit, document: Document) -> None:
    document.set(page.section, "text", "một **hai** *ba*", "Sửa")
    page.load()
    assert edit.document().firstBlock().text() == "một hai ba"
    weights = [form.format.fontWeight() for form in edit.document().firstBlock().textFormats()]
    assert QFont.Weight.Bold in weights
    assert not page.text.is_dirty()


def test_bold_is_typed_between_two_keys(page: SectionPage, edit: SectionEdit) -> None:
    keys("a ")
    key(Key.Key_B, CTRL)
    assert page.text._tools[0][0].isChecked()
    keys("b")
    compose(["đ", "đậ"], "đậm")
    key(Key.Key_B, CTRL)
    keys(" c")
    assert stored(page) == "a **bđậm** c"
    assert not page.text._tools[0][0].isChecked()


def test_bold_waits_for_a_composed_word(page: SectionPage, edit: SectionEdit) -> None:
    keys("a ")
    key(Key.Key_B, CTRL)
    compose(["đ", "đậ", "đậm"], "đậm")
    key(Key.Key_I, CTRL)
    compose(["n"], "n")
    assert stored(page) == "a **đậm*n***"


def test_typed_marks_become_what_they_mean(page: SectionPage, edit: SectionEdit) -> None:
    keys("a **b c** d *e*, ***f*** 2*3*4 g")
    assert edit.document().firstBlock().text() == "a b c d e, f 2*3*4 g"
    assert stored(page) == "a **b c** d *e*, ***f*** 2•3•4 g"
    key(Key.Key_Return)
    assert edit.document().firstBlock().text() == "a b c d e, f 2•3•4 g"


def test_a_single_asterisk_stays(page: SectionPage, edit: SectionEdit) -> None:
    keys("* chú thích (*)")
    assert stored(page) == "• chú thích (•)"
    edit.selectAll()
    keys("5 * 2")
    assert stored(page) == "5 * 2"


def test_bold_goes_over_lines_and_bullets(page: SectionPage, edit: SectionEdit) -> None:
    keys("- một")
    key(Key.Key_Return)
    keys("hai")
    edit.selectAll()
    key(Key.Key_B, CTRL)
    assert stored(page) == "- **một**\n- **hai**"
    key(Key.Key_B, CTRL)
    assert stored(page) == "- một\n- hai"


# ---- bullets


def test_a_bullet_is_made_by_typing_its_mark(page: SectionPage, edit: SectionEdit) -> None:
    keys("- một")
    assert edit.document().firstBlock().text() == "một"
    assert edit.document().firstBlock().blockFormat().indent() == 1
    key(Key.Key_Home)
    key(Key.Key_Backspace)
    assert stored(page) == "một"
    keys("+ ")
    assert stored(page) == "+ một"
    key(Key.Key_Tab, SHIFT)
    assert stored(page) == "- một"


def test_a_composed_word_begins_a_bullet(page: SectionPage, edit: SectionEdit) -> None:
    keys("-")
    compose([" "], " ")
    compose(["đ"], "đà")
    compose([], "- ")
    assert stored(page) == "- đà-"


def test_a_mark_is_undone_with_the_typing(page: SectionPage, edit: SectionEdit) -> None:
    keys("- một")
    key(Key.Key_Z, CTRL)
    assert edit.lines() in ("- ", "")
    key(Key.Key_Y, CTRL)
    assert edit.lines() in ("- một", "")
    if not edit.lines():
        # Nothing is typed any more: the keys are the window's.
        edit.redo()
    assert stored(page) == "- một"


def test_a_line_break_inside_of_a_paragraph(page: SectionPage, edit: SectionEdit) -> None:
    keys("một")
    key(Key.Key_Return, SHIFT)
    keys("hai")
    assert edit.document().blockCount() == 1
    key(Key.Key_Return, SHIFT)
    keys("- ba")
    assert edit.document().blockCount() == 2
    assert stored(page) == "một\nhai\n- ba"


def test_wrapped_bullets_hang(page: SectionPage, edit: SectionEdit) -> None:
    keys("- " + "một hai ba " * 60)
    QApplication.processEvents()
    layout = edit.document().firstBlock().layout()
    assert layout.lineCount() > 1
    assert layout.lineAt(0).x() == layout.lineAt(1).x() == edit.document().indentWidth()


def test_a_paragraph_joins_the_line_above(page: SectionPage, edit: SectionEdit) -> None:
    keys("- một")
    key(Key.Key_Return)
    key(Key.Key_Return)
    keys("hai")
    key(Key.Key_Home)
    key(Key.Key_Backspace)
    assert stored(page) == "- mộthai"
    assert edit.textCursor().position() == 3


# ---- any keys at all

_KEYS = (
    Key.Key_Return, Key.Key_Backspace, Key.Key_Delete, Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down,
    Key.Key_Home, Key.Key_End, Key.Key_Tab, Key.Key_F7, Key.Key_Escape,
)  # fmt: skip
_HELD = (
    (Key.Key_B, CTRL), (Key.Key_I, CTRL), (Key.Key_Z, CTRL), (Key.Key_Y, CTRL), (Key.Key_A, CTRL), (Key.Key_C, CTRL),
    (Key.Key_X, CTRL), (Key.Key_V, CTRL), (Key.Key_V, CTRL | SHIFT), (Key.Key_Tab, SHIFT), (Key.Key_Return, SHIFT),
    (Key.Key_Left, SHIFT), (Key.Key_Left, CTRL | SHIFT), (Key.Key_Up, SHIFT), (Key.Key_Backspace, CTRL),
    (Key.Key_Down, ALT),
)  # fmt: skip
_steps = st.one_of(
    st.sampled_from(["a", "ệ", " ", "- ", "+ ", "*b*", "**c**", "*", "{", "{year}", "}", "5000 đồng", "😀"]),
    st.sampled_from(_KEYS).map(lambda code: (code, Qt.KeyboardModifier.NoModifier)),
    st.sampled_from(_HELD),
    st.sampled_from([("compose", "đậm"), ("compose", "{"), ("compose", "- "), ("html", "<b>x</b><ul><li>y</ul>")]),
)


def do(step: object) -> None:
    if isinstance(step, str):
        keys(step)
        return
    assert isinstance(step, tuple)
    first, second = step
    if first == "compose":
        compose([second[:1]], second)
    elif first == "html":
        data = QMimeData()
        data.setHtml(second)
        QGuiApplication.clipboard().setMimeData(data)
        key(Key.Key_V, CTRL)
    else:
        key(first, second)


@some(0.6)
@given(steps=st.lists(_steps, max_size=25))
def test_any_keys_leave_what_is_stored_as_it_is_shown(app: QApplication, steps: list[object]) -> None:
    import tempfile
    from pathlib import Path

    from models.store import Store

    QGuiApplication.clipboard().clear()
    plan = fixture_plan(0)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        store.add(plan)
        document = Document(store, plan.id)
        document.check_again()
        section = find_section(document.plan, "plan.solutions")
        assert section is not None
        page = SectionPage(document, section)
        show_page(page)
        page.go_to(section, "text")
        for step in steps:
            if not page.text.editor.hasFocus():
                page.text.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            do(step)
        edit = page.text.editor
        page.save()
        assert section.text == from_editor(edit.lines())
        assert store.read(plan.id).sections and find_section(store.read(plan.id), section.key).text == section.text  # type: ignore[union-attr]
        assert again(section.text, edit.values) == section.text
        # All of it can be undone.
        while document.undo_label():
            document.undo()
        assert section.text == ""
        document.disconnect(page)
        page.close()
        page.deleteLater()
        document.deleteLater()


# ---- speed


def test_a_text_of_100_000_characters_is_typed_into_smoothly(
    page: SectionPage, edit: SectionEdit, document: Document
) -> None:
    text = "\n\n".join(
        "Nhiệm vụ **triển khai** ứng dụng công nghệ thông tin, *chuyển đổi số* năm {year} của đơn vị"
        for _ in range(1100)
    )
    assert len(text) > 100_000
    began = time.monotonic()
    document.set(page.section, "text", text, "Sửa")
    page.load()
    QApplication.processEvents()
    assert time.monotonic() - began < 4
    times = []
    for place in (QTextCursor.MoveOperation.End, QTextCursor.MoveOperation.Start):
        edit.moveCursor(place)
        for letter in "an toan {year} ** ":
            began = time.monotonic()
            keys(letter)
            QApplication.processEvents()
            times.append(time.monotonic() - began)
    assert sorted(times)[len(times) * 9 // 10] < 0.05
    assert "an toan {year}" in stored(page)
