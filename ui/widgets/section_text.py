"""A section's text in a ``QTextDocument``: what is shown is the truth, lines with marks are made on reading out.

A block is a paragraph or a bullet, by its indent (0, 1, 2); bold and italic are character formats. A placeholder that
the plan knows is one object character, which prints its value: it can only be stepped over and deleted as a whole.
The lines are those of ``editor_lines``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from models.text import PLACEHOLDER, Run, expand, marked, runs
from ui.widgets.editor_lines import INDENT, SOFT_BREAK

#: What a placeholder is in the text of a block.
OBJECT = "\ufffc"
OBJECT_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
_NAME = QTextFormat.Property.UserProperty.value + 1

#: What a line of each indent begins with.
MARKS = ("", "- ", INDENT + "+ ")

Values = Callable[[str], str | None]


# ---- formats


def style(bold: bool = False, italic: bool = False) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    found.setFontItalic(italic)
    return found


def placeholder_style(name: str, bold: bool = False, italic: bool = False) -> QTextCharFormat:
    found = style(bold, italic)
    found.setObjectType(OBJECT_TYPE)
    found.setProperty(_NAME, name)
    # The value stands on the line like the words beside it.
    found.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return found


def is_bold(style: QTextCharFormat) -> bool:
    return style.fontWeight() >= QFont.Weight.DemiBold


def name_of(style: QTextCharFormat) -> str:
    """The name of the placeholder that a character of this format is; empty where it is none."""
    return str(style.property(_NAME)) if style.objectType() == OBJECT_TYPE else ""


def bullet_format(indent: int) -> QTextBlockFormat:
    found = QTextBlockFormat()
    found.setIndent(indent)
    return found


def set_indent(block: QTextBlock, indent: int) -> None:
    if block.blockFormat().indent() != indent:
        QTextCursor(block).setBlockFormat(bullet_format(indent))


# ---- lines → document


def load(document: QTextDocument, lines: str, values: Values) -> None:
    """Show other lines, with no history to undo."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(bullet_format(0))
    insert(cursor, lines, values)
    document.setUndoRedoEnabled(True)


def insert(cursor: QTextCursor, lines: str, values: Values, keep_kind: bool = False) -> None:
    """Put lines in place of the selection; with ``keep_kind`` the first one is no bullet, but goes on in its block."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    for number, line in enumerate(lines.split("\n")):
        indent, words = (0, line) if keep_kind and not number else split_mark(line)
        if number:
            cursor.insertBlock(bullet_format(indent), style())
        elif indent:
            set_indent(cursor.block(), indent)
        insert_words(cursor, words, values)
    cursor.endEditBlock()


def insert_words(cursor: QTextCursor, words: str, values: Values) -> None:
    """Put a line without the mark of a bullet at the cursor: its marks become formats, its placeholders objects."""
    names: list[str] = []

    def hide(match: re.Match[str]) -> str:
        names.append(match.group(1) if values(match.group(1)) is not None else "")
        return OBJECT if names[-1] else match.group()

    # As in print, what is in a placeholder's braces holds no marks.
    hidden = PLACEHOLDER.sub(hide, words) if "{" in words else words
    known = iter([name for name in names if name])
    if OBJECT in words:
        # The character itself, from outside: it must not be taken for one of the placeholders.
        hidden, known = words, iter(())
    for run in runs(hidden):
        plain = style(run.bold, run.italic)
        for index, piece in enumerate(run.text.split(OBJECT)):
            if index and (name := next(known, "")):
                cursor.insertText(OBJECT, placeholder_style(name, run.bold, run.italic))
            elif index:
                cursor.insertText(OBJECT, plain)
            if piece:
                cursor.insertText(piece, plain)


def split_mark(line: str) -> tuple[int, str]:
    """The indent that a line's mark gives, and the rest of it."""
    text = line.lstrip()
    if text.startswith(("- ", "+ ")):
        return (1 if text[0] == "-" else 2), text[2:]
    return 0, line


# ---- document → lines


def text_of(block: QTextBlock) -> str:
    """The text of a block, a character for each place of it: those beyond U+FFFF are two halves, as Qt counts."""
    text = block.text()
    if len(text) == block.length() - 1:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(units[at] | units[at + 1] << 8) for at in range(0, len(units), 2))


def whole(text: str) -> str:
    """Text with halves put together."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def blocks(document: QTextDocument, start: int = 0, end: int | None = None) -> Iterator[QTextBlock]:
    """The blocks from the one at position ``start`` to the one at ``end``."""
    block = document.findBlock(start)
    while block.isValid() and (end is None or block.position() <= end):
        yield block
        block = block.next()


def lines_of(document: QTextDocument) -> str:
    """All of the document in lines with marks."""
    return "\n".join(line_of(block) for block in blocks(document))


def line_of(block: QTextBlock) -> str:
    return MARKS[min(block.blockFormat().indent(), 2)] + words_of(block)


@lru_cache(maxsize=4096)
def _marked(found: tuple[Run, ...]) -> str:
    # Of a long text all paragraphs but one are as they were when it was last read out.
    return whole(marked(found))


def words_of(block: QTextBlock, start: int = 0, end: int | None = None, values: Values = lambda name: None) -> str:
    """A part of a block with marks, without its bullet; placeholders as ``values`` gives them, else by their name."""
    names: list[str] = []
    found = []
    for text, form in pieces(block, start, end):
        if name := name_of(form):
            names.extend([name] * text.count(OBJECT))
        elif OBJECT in text:
            names.extend([""] * text.count(OBJECT))
        found.append(Run(text, is_bold(form), form.fontItalic()))
    line = _marked(tuple(found))
    if not names:
        return line
    # Marks put no object in and take none away: the names come in order.
    first, *others = line.split(OBJECT)
    return first + "".join(
        (expand("{" + name + "}", values) if name else OBJECT) + text for name, text in zip(names, others, strict=True)
    )


def pieces(block: QTextBlock, start: int = 0, end: int | None = None) -> Iterator[tuple[str, QTextCharFormat]]:
    """The characters of one format after another in a part of a block."""
    text = text_of(block)
    end = len(text) if end is None else min(end, len(text))
    for part in block.textFormats():
        first, last = max(part.start, start), min(part.start + part.length, end)
        if first < last:
            yield text[first:last], part.format


def selected(cursor: QTextCursor, values: Values = lambda name: None, marks: bool = True) -> str:
    """The selection in lines; a bullet that is selected only from its middle on comes without its mark."""
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    whole = cursor.document().findBlock(first) != cursor.document().findBlock(last)
    found = []
    for block in blocks(cursor.document(), first, last):
        start, end = max(first - block.position(), 0), last - block.position()
        words = words_of(block, start, end, values)
        if not marks:
            words = "".join(run.text for run in runs(words))
        mark = MARKS[min(block.blockFormat().indent(), 2)]
        if start or not (whole or end >= block.length() - 1):
            mark = ""
        found.append(mark + words)
    return "\n".join(found)


def plain_html(lines: str) -> str:
    """Lines for other programs: paragraphs with bold and italic."""
    from html import escape

    def written(run: Run) -> str:
        text = escape(run.text, quote=False).replace(SOFT_BREAK, "<br>")
        text = f"<i>{text}</i>" if run.italic else text
        return f"<b>{text}</b>" if run.bold else text

    return "".join(f"<p>{''.join(map(written, runs(line.strip())))}</p>" for line in lines.split("\n"))
