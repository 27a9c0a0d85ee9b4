"""Bold and italic: Ctrl+B and Ctrl+I change the selection, the word at the cursor, or what is typed next."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui.widgets.section_text import OBJECT, blocks, is_bold, pieces, text_of

Style = Literal["bold", "italic"]


def toggle(edit: QTextEdit, which: Style) -> None:
    """Give the selected words a style; take it away if all of them have it.

    Without a selection it is the word that the cursor is before or in; behind a word, what will be typed.
    """
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        text, at = text_of(cursor.block()), cursor.positionInBlock()
        if at == len(text) or not (text[at].isalnum() or text[at] == OBJECT):
            edit.mergeCurrentCharFormat(_style(which, not has(edit.currentCharFormat(), which)))
            return
        if text[at] == OBJECT:
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    cursor.mergeCharFormat(_style(which, not _all_have(cursor, which)))
    edit.ensureCursorVisible()


def has(style: QTextCharFormat, which: Style) -> bool:
    return is_bold(style) if which == "bold" else style.fontItalic()


def _style(which: Style, on: bool) -> QTextCharFormat:
    found = QTextCharFormat()
    if which == "bold":
        found.setFontWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
    else:
        found.setFontItalic(on)
    return found


def _all_have(cursor: QTextCursor, which: Style) -> bool:
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    for block in blocks(cursor.document(), first, last):
        at = block.position()
        for text, style in pieces(block, max(first - at, 0), last - at):
            if not text.isspace() and not has(style, which):
                return False
    return True
