"""Copy and paste in the text of a section: from other programs, to them, and within the program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication

from tests.keyboard import CTRL, SHIFT, key, keys
from tests.ui.section import stored, text_of
from tests.ui.showing import Show
from ui.document import Document
from ui.pages.section import SectionPage
from ui.widgets.section_edit import SectionEdit
from ui.widgets.section_mime import OWN

Key = Qt.Key
WORD = "<p>Gồm <b>hai</b>:</p><ul><li>một<ul><li><i>con</i></ul><li>hai</ul>"


@pytest.fixture
def page(document: Document, shown: Show) -> SectionPage:
    return text_of(document, shown)


def put(html: str = "", text: str = "", own: str = "") -> None:
    """Put something on the clipboard."""
    data = QMimeData()
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    if own:
        data.setData(OWN, own.encode())
    QGuiApplication.clipboard().setMimeData(data)


def paste() -> None:
    key(Key.Key_V, CTRL)


def told(page: SectionPage) -> list[str]:
    sentences: list[str] = []
    page.notice.connect(lambda sentence, _kind: sentences.append(sentence))
    return sentences


# ---- from other programs


def test_word_keeps_bullets_bold_and_italic(page: SectionPage) -> None:
    put(WORD, "Gồm hai:\n• một")
    paste()
    assert stored(page) == "Gồm **hai**:\n- một\n+ *con*\n- hai"


def test_one_paste_is_one_step(page: SectionPage, edit: SectionEdit) -> None:
    keys("abc ")
    put(WORD)
    paste()
    key(Key.Key_Z, CTRL)
    assert edit.lines() == "abc "
    key(Key.Key_Y, CTRL)
    assert stored(page) == "abc Gồm **hai**:\n- một\n+ *con*\n- hai"


def test_into_the_middle_of_a_line_and_of_a_bullet(page: SectionPage, edit: SectionEdit) -> None:
    keys("- ab")
    key(Key.Key_Left)
    put("<ul><li>một<li>hai</ul>")
    paste()
    assert stored(page) == "- amột\n- haib"
    assert edit.textCursor().positionInBlock() == 3
    edit.selectAll()
    put("<p>- x</p>")
    paste()
    assert stored(page) == "- x"


def test_plain_text_is_pasted_by_its_key(page: SectionPage) -> None:
    put("<p><b>đậm</b></p>", "đậm\n• gạch")
    key(Key.Key_V, CTRL | SHIFT)
    assert stored(page) == "đậm\n- gạch"


def test_a_dash_in_the_middle_of_a_line_is_a_dash(page: SectionPage) -> None:
    keys("từ 2 ")
    put(text="- 5")
    paste()
    assert stored(page) == "từ 2 - 5"


def test_html_without_text_gives_way_to_bare_text(page: SectionPage) -> None:
    put("<img src='x.png'>", "chữ")
    paste()
    assert stored(page) == "chữ"


def test_placeholders_in_text_from_outside_are_placeholders(page: SectionPage, edit: SectionEdit) -> None:
    put(text="năm {year}")
    paste()
    assert edit.document().characterCount() - 1 == len("năm x")
    assert stored(page) == "năm {year}"


def test_what_is_too_long_is_told(page: SectionPage) -> None:
    sentences = told(page)
    put("<p>" + "x" * 1_000_001, "ngắn")
    paste()
    assert stored(page) == "ngắn"
    put(text="y" * 1_000_001)
    paste()
    assert stored(page) == "ngắn"
    assert len(sentences) == 2 and "1.000.001" in sentences[1]


def test_controls_and_forged_own_text(page: SectionPage) -> None:
    put(text="a\x00b\x07c\ufdd0d")
    paste()
    put(own="x\x00\x1b**y\n")
    paste()
    assert "\x00" not in stored(page) and "\x1b" not in page.section.text
    assert page.section.text.startswith("abc")


# ---- within the program


@pytest.mark.parametrize(
    "text",
    [
        "Mở **đầu** {year}:\n- *một* {total:tasks}\n+ hai\nvẫn hai\n- **{words:tasks}**\n\nHết {lạ}",
        "- chỉ một",
        "một\ndòng",
    ],
)
def test_own_copies_are_exact(page: SectionPage, edit: SectionEdit, document: Document, text: str) -> None:
    document.set(page.section, "text", text, "Sửa")
    page.load()
    edit.selectAll()
    key(Key.Key_C, CTRL)
    key(Key.Key_Delete)
    assert stored(page) == "" or text.startswith("- ")
    edit.selectAll()
    paste()
    assert stored(page) == text


def test_a_part_of_a_bullet_is_words_only(page: SectionPage, edit: SectionEdit) -> None:
    keys("- một hai")
    edit.moveCursor(QTextCursor.MoveOperation.PreviousWord, QTextCursor.MoveMode.KeepAnchor)
    key(Key.Key_C, CTRL)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    key(Key.Key_Return)
    key(Key.Key_Return)
    paste()
    assert stored(page) == "- một hai\n\nhai"


def test_others_get_what_is_printed(page: SectionPage, edit: SectionEdit) -> None:
    put("<p>Năm {year}, <b>tổng</b> {total:tasks}</p><ul><li>một</ul>")
    paste()
    edit.selectAll()
    key(Key.Key_X, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    assert data.text() == "Năm 2022, tổng 5.039.772.000 đồng\n- một"
    assert "<b>tổng</b> 5.039.772.000 đồng" in data.html()
    assert stored(page) == ""
    key(Key.Key_V, CTRL | SHIFT)
    assert stored(page) == "Năm 2022, tổng 5.039.772.000 đồng\n- một"


def test_drag_within_the_text_moves_it(page: SectionPage, edit: SectionEdit) -> None:
    keys("a {year} b")
    edit.selectAll()
    data = edit.createMimeDataFromSelection()
    assert edit.canInsertFromMimeData(data)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.insertFromMimeData(data)
    QApplication.processEvents()
    assert stored(page) == "a {year} ba {year} b"
