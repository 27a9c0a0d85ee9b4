"""Bullets while typing: Enter goes on with them, Tab changes their level, Backspace at their start takes them away."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from ui.widgets.section_text import blocks, set_indent


def selected_blocks(cursor: QTextCursor) -> list[QTextBlock]:
    return list(blocks(cursor.document(), cursor.selectionStart(), cursor.selectionEnd()))


def enter(cursor: QTextCursor) -> None:
    """A new line, which goes on with the bullet; on a bullet without text, a level out instead."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    block = cursor.block()
    indent = block.blockFormat().indent()
    if indent and not block.text().strip():
        set_indent(block, indent - 1)
    else:
        cursor.insertBlock()
    cursor.endEditBlock()


def shift_level(cursor: QTextCursor, by: int) -> bool:
    """Set the bullets of the selection a level in (+1) or out (-1); false where the line has no such level."""
    found = selected_blocks(cursor)
    bullets = [block for block in found if block.blockFormat().indent()]
    moved = [block for block in bullets if 1 <= block.blockFormat().indent() + by <= 2]
    _set_indents(cursor, [(block, block.blockFormat().indent() + by) for block in moved])
    return bool(moved) or (bool(bullets) and len(found) > 1)


def take_mark(cursor: QTextCursor) -> bool:
    """Backspace at the start of a bullet makes it a paragraph; false where there is none."""
    if cursor.hasSelection() or not cursor.atBlockStart() or not cursor.blockFormat().indent():
        return False
    set_indent(cursor.block(), 0)
    return True


def toggle_bullets(cursor: QTextCursor) -> None:
    """Make the lines of the selection bullets, or plain paragraphs if all of them are bullets."""
    found = [block for block in selected_blocks(cursor) if block.text().strip()] or [cursor.block()]
    if all(block.blockFormat().indent() for block in found):
        _set_indents(cursor, [(block, 0) for block in found])
    else:
        _set_indents(cursor, [(block, block.blockFormat().indent() or 1) for block in found])


def _set_indents(cursor: QTextCursor, wanted: list[tuple[QTextBlock, int]]) -> None:
    cursor.beginEditBlock()
    for block, indent in wanted:
        set_indent(block, indent)
    cursor.endEditBlock()
