"""Bold and italic by their marks: Ctrl+B and Ctrl+I put them round the selection, or take them away."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_MARK = re.compile(r"\s*[-+] ")


def toggle_mark(edit: QPlainTextEdit, mark: str) -> None:
    """Put ``mark`` (``**`` or ``*``) round the selected words, in each line of its own; take it away if it is there.

    Without a selection it is the word at the cursor, and between words a pair of marks to type in.
    """
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        if not cursor.selectedText().strip("* "):
            cursor = edit.textCursor()
            cursor.insertText(mark * 2)
            cursor.setPosition(cursor.position() - len(mark))
            edit.setTextCursor(cursor)
            return
    document = edit.document()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    pieces = []
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        text = block.text()
        first, last = max(start - block.position(), 0), min(end - block.position(), len(text))
        if match := _MARK.match(text):
            first = max(first, match.end())
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            pieces.append((block.position(), text, first, last))
        block = block.next()
    work = QTextCursor(document)
    work.beginEditBlock()
    found: list[tuple[int, int]] = []
    for position, text, first, last in reversed(pieces):
        changed, shift = _toggled(text, first, last, mark)
        work.setPosition(position)
        work.setPosition(position + len(text), QTextCursor.MoveMode.KeepAnchor)
        work.insertText(changed)
        found = [(a + len(changed) - len(text), b + len(changed) - len(text)) for a, b in found]
        found.append((position + shift[0], position + shift[1]))
    work.endEditBlock()
    if found:
        cursor.setPosition(min(a for a, _b in found))
        cursor.setPosition(max(b for _a, b in found), QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)


def _toggled(text: str, first: int, last: int, mark: str) -> tuple[str, tuple[int, int]]:
    """The line with its marks changed, and where the words are in it then."""
    size = len(mark)
    before, words, after = text[:first], text[first:last], text[last:]
    if len(words) > 2 * size and _begins(words, mark) and _begins(words[::-1], mark):
        return before + words[size:-size] + after, (first, last - 2 * size)
    if _begins(before[::-1], mark) and _begins(after, mark):
        return before[:-size] + words + after[size:], (first - size, last - size)
    return before + mark + words + mark + after, (first + size, last + size)


def _begins(text: str, mark: str) -> bool:
    """Whether ``text`` begins with the mark itself: of ``**``, ``*`` is no mark, of ``***`` both are."""
    stars = len(text) - len(text.lstrip("*"))
    return stars in ((1, 3) if mark == "*" else (2, 3))
