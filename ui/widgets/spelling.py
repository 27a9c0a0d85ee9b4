"""F7: the amount at the cursor gets its dots, and its words in brackets behind it."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from models.errors import UserError
from models.i18n import _
from ui.widgets.section_edit import SectionEdit
from ui.widgets.section_places import format_at
from ui.widgets.section_text import OBJECT, insert_words, is_bold, name_of, style, text_of


def spell(edit: SectionEdit) -> tuple[str, str]:
    """Change the text; gives what there is to tell, as a sentence and ``warning`` or ``info``."""
    from models import spelling

    cursor = edit.textCursor()
    block, at = cursor.block(), cursor.positionInBlock()
    if (place := _sum_at(edit, block, at)) is not None:
        name = name_of(format_at(block, place)).partition(":")[2]
        if not spelling.words_follow(text_of(block), place + 1):
            _put(edit, block.position() + place + 1, "{words:" + name + "}")
        return "", ""
    try:
        changes = spelling.spelled(text_of(block), at)
    except UserError as error:
        return str(error), "warning"
    if changes is None:
        return _("Hãy đặt con trỏ vào một số tiền, ví dụ 250.000.000 đồng, rồi bấm F7."), "info"
    start = block.position()
    cursor.beginEditBlock()
    for change in reversed(changes):
        if change.words:
            _put(edit, start + change.start, change.text)
            continue
        work = QTextCursor(edit.document())
        work.setPosition(start + change.start)
        form = format_at(block, min(change.start, max(len(text_of(block)) - 1, 0)))
        work.setPosition(start + change.end, QTextCursor.MoveMode.KeepAnchor)
        work.insertText(change.text, style(is_bold(form), form.fontItalic()))
    cursor.endEditBlock()
    return "", ""


def _sum_at(edit: SectionEdit, block: QTextBlock, at: int) -> int | None:
    """The place of a sum that fills itself in, which the cursor is before or behind and which has words."""
    text = text_of(block)
    for place in (at - 1, at):
        if 0 <= place < len(text) and text[place] == OBJECT:
            kind, _colon, key = name_of(format_at(block, place)).partition(":")
            if kind in ("total", "total_million") and edit.values(f"words:{key}") is not None:
                return place
    return None


def _put(edit: SectionEdit, position: int, words: str) -> None:
    """Words behind an amount, as plans set them: "(*Bằng chữ: …*)"."""
    cursor = QTextCursor(edit.document())
    cursor.setPosition(position)
    cursor.beginEditBlock()
    insert_words(cursor, f" (*Bằng chữ: {words}*)", edit.values)
    cursor.endEditBlock()
    edit.setTextCursor(cursor)
