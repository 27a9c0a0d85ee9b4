"""What is typed becomes what it means: ``- `` a bullet, ``**words**`` bold, ``{year}`` the placeholder.

It is done once the cursor is no longer inside of it, and undone together with the typing before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from models.text import PLACEHOLDER
from ui.widgets.editor_lines import SOFT_BREAK
from ui.widgets.section_places import format_at, selecting
from ui.widgets.section_text import (
    OBJECT,
    Values,
    blocks,
    bullet_format,
    is_bold,
    placeholder_style,
    set_indent,
    split_mark,
    style,
    text_of,
    words_of,
)

if TYPE_CHECKING:
    from ui.widgets.section_edit import SectionEdit

#: Words in marks, as they are typed: right at the words, and none inside of a word.
_MARKED = re.compile(r"(?<![*\w])(\*{1,3})(?=[^\s*)])([^*]+)(?<=[^\s*(])\1(?![*\w])")
#: A line inside of a paragraph that begins like a bullet.
_SOFT_BULLET = re.compile(rf"{SOFT_BREAK}[^\S{SOFT_BREAK}]*(?=[-+] )")


class Settling(QObject):
    """Watches an editor: what was changed, and where the cursor has left, is settled."""

    def __init__(self, edit: SectionEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._touched: tuple[int, int] | None = None
        self._block = 0
        self._paused = False
        edit.document().contentsChange.connect(self._on_contents_change)
        edit.textChanged.connect(self.settle_touched)
        edit.cursorPositionChanged.connect(self._on_moved)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What is put in here stands as it is."""
        self._paused = True
        try:
            yield
        finally:
            self._paused, self._touched = False, None

    def settle_all(self) -> None:
        self._touched = 0, self._edit.document().characterCount()
        self.settle_touched()

    def settle_touched(self) -> None:
        """Settle what was changed, unless a word is half typed."""
        if self._paused or self._touched is None or is_composing(self._edit):
            return
        (first, last), document = self._touched, self._edit.document()
        self._touched = None
        self._settle(list(blocks(document, first, min(last, document.characterCount() - 1))))

    def _on_contents_change(self, position: int, _removed: int, added: int) -> None:
        first, last = self._touched or (position, position)
        self._touched = min(first, position), max(last, position + added)

    def _on_moved(self) -> None:
        before, self._block = self._block, self._edit.textCursor().blockNumber()
        # In the middle of a change there is nothing to leave yet.
        if self._paused or self._touched is not None or self._edit.isReadOnly() or is_composing(self._edit):
            return
        found = [self._edit.document().findBlockByNumber(number) for number in {before, self._block}]
        self._settle([block for block in found if block.isValid() and ("{" in block.text() or "*" in block.text())])

    def _settle(self, found: list[QTextBlock]) -> None:
        self._paused = True
        try:
            ended = [settle(block, self._edit.textCursor(), self._edit.values) for block in found]
        finally:
            self._paused, self._touched = False, None
        if any(ended):
            self._edit.setCurrentCharFormat(style())


def is_composing(edit: SectionEdit) -> bool:
    """Whether a word at the cursor is half typed with an input method."""
    layout = edit.textCursor().block().layout()
    return layout is not None and bool(layout.preeditAreaText())


def settle(block: QTextBlock, cursor: QTextCursor, values: Values) -> bool:
    """Make of one block what is typed in it; ``cursor`` is the editor's. Tells whether marks ended at the cursor."""
    text = text_of(block)
    if not any(sign in text for sign in "{*-+"):
        return False
    work = QTextCursor(block)
    steps = (_bullet, _soft_bullets, _placeholders)
    for step in steps:
        step(work, block, cursor, values)
    ended = _marks(work, block, cursor)
    if cursor.block() != block and "*" in text_of(block):
        _asterisks(work, block)
    return ended


def _replace(work: QTextCursor, start: int, end: int, text: str, form: QTextCharFormat | None = None) -> None:
    """One more change of the last undo step."""
    work.joinPreviousEditBlock()
    work.setPosition(start)
    work.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    if form is None:
        work.insertText(text)
    else:
        work.insertText(text, form)
    work.endEditBlock()


def _bullet(work: QTextCursor, block: QTextBlock, _cursor: QTextCursor, _values: Values) -> None:
    indent, rest = split_mark(text_of(block))
    if indent and not block.blockFormat().indent():
        length = len(text_of(block)) - len(rest)
        _replace(work, block.position(), block.position() + length, "")
        work.joinPreviousEditBlock()
        set_indent(block, indent)
        work.endEditBlock()


def _soft_bullets(work: QTextCursor, block: QTextBlock, _cursor: QTextCursor, _values: Values) -> None:
    for match in reversed(list(_SOFT_BULLET.finditer(text_of(block)))):
        indent, rest = split_mark(text_of(block)[match.end() :])
        work.joinPreviousEditBlock()
        start = block.position() + match.start()
        work.setPosition(start)
        work.setPosition(start + len(text_of(block)) - match.start() - len(rest), QTextCursor.MoveMode.KeepAnchor)
        work.removeSelectedText()
        work.insertBlock(bullet_format(indent))
        work.endEditBlock()


def _placeholders(work: QTextCursor, block: QTextBlock, cursor: QTextCursor, values: Values) -> None:
    if "{" not in text_of(block):
        return
    for match in reversed(list(PLACEHOLDER.finditer(text_of(block)))):
        start, end = block.position() + match.start(), block.position() + match.end()
        if start < cursor.position() < end or values(match.group(1)) is None:
            continue
        form = format_at(block, match.start())
        _replace(work, start, end, OBJECT, placeholder_style(match.group(1), is_bold(form), form.fontItalic()))


def _marks(work: QTextCursor, block: QTextBlock, cursor: QTextCursor) -> bool:
    ended = False
    at = 0
    while match := _MARKED.search(text_of(block), at):
        start, end = block.position() + match.start(), block.position() + match.end()
        at = match.end()
        if start < cursor.position() < end:
            continue
        ended |= cursor.position() == end
        size = len(match.group(1))
        _replace(work, end - size, end, "")
        _replace(work, start, start + size, "")
        work.joinPreviousEditBlock()
        words = selecting(block.document(), start, end - 2 * size)
        form = style(bold=size > 1, italic=size != 2)
        if size == 1:
            form.clearProperty(form.Property.FontWeight)
        elif size == 2:
            form.clearProperty(form.Property.FontItalic)
        words.mergeCharFormat(form)
        work.endEditBlock()
        at -= 2 * size
    return ended


def _asterisks(work: QTextCursor, block: QTextBlock) -> None:
    """Asterisks that would be marks where they are stored are shown as what is stored."""
    text = text_of(block)
    if words_of(block).count("•") == text.count("•"):
        return
    for place in [place for place, letter in enumerate(text) if letter == "*"]:
        _replace(work, block.position() + place, block.position() + place + 1, "•")
