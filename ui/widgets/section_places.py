"""Places in the text of a section: what stands at the cursor, and where something is that is told by its words."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from models.text import PLACEHOLDER, expand
from ui.widgets.section_text import OBJECT, Values, blocks, name_of, pieces, text_of


def placeholder_at(cursor: QTextCursor) -> str:
    """The name of the placeholder that the cursor is at or in; empty where there is none."""
    block, place = cursor.block(), cursor.positionInBlock()
    text = text_of(block)
    for at in (place - 1, place):
        if 0 <= at < len(text) and text[at] == OBJECT and (name := name_of(format_at(block, at))):
            return name
    start = text.rfind("{", 0, place)
    match = PLACEHOLDER.match(text, start) if start >= 0 else None
    return match.group(1) if match and place <= match.end() else ""


def format_at(block: QTextBlock, place: int) -> QTextCharFormat:
    """The format of the character behind that place of a block."""
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + place)
    cursor.setPosition(block.position() + place + 1, QTextCursor.MoveMode.KeepAnchor)
    return cursor.charFormat()


def find(document: QTextDocument, wanted: str, values: Values, nth: int = 0) -> QTextCursor | None:
    """Where words stand as they are printed, placeholders with their value or by their name.

    ``nth`` (from 0) tells which such place is meant; where there are fewer, it is the last one.
    """
    found = None
    for block in blocks(document):
        text = text_of(block)
        if OBJECT not in text:
            spans = [(at, at + len(wanted)) for at in _all(text, wanted)]
        else:
            spans = _find_printed(block, wanted, values) or _find_printed(block, wanted, lambda name: None)
        if spans:
            start, end = spans[min(nth, len(spans) - 1)]
            found = selecting(document, block.position() + start, block.position() + end)
            nth -= len(spans)
            if nth < 0:
                break
    return found


def _all(text: str, wanted: str) -> list[int]:
    """Where ``wanted`` begins in ``text``, one after another."""
    found = []
    at = text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + len(wanted))
    return found


def _find_printed(block: QTextBlock, wanted: str, values: Values) -> list[tuple[int, int]]:
    printed: list[str] = []
    places: list[int] = []
    at = 0
    for text, form in pieces(block):
        name = name_of(form)
        for letter in text:
            shown = expand("{" + name + "}", values) if name else letter
            printed.append(shown)
            places.extend([at] * len(shown))
            at += 1
    return [(places[at], places[at + len(wanted) - 1] + 1) for at in _all("".join(printed), wanted)]


def stored_span(document: QTextDocument, stored: str, start: int, length: int) -> QTextCursor:
    """Select what ``stored[start:start + length]`` is in the document that shows ``stored``."""
    # Blanks and marks differ between the two, all other characters come one after another.
    first, last = _count(stored[:start]), _count(stored[: start + length])
    begin = end = -1
    seen = 0
    for block in blocks(document):
        seen += bool(block.blockFormat().indent() and block.text().strip())
        at = block.position()
        for text, form in pieces(block):
            name = name_of(form)
            for letter in text:
                seen += _count("{" + name + "}") if name else _count(letter)
                at += 1
                if begin < 0 and seen > first:
                    begin = at - 1
                if end < 0 and seen >= max(last, first + 1):
                    end = at
                    return selecting(document, begin, end)
    return selecting(document, *[document.characterCount() - 1] * 2)


def _count(text: str) -> int:
    # Of a character in two halves, the first one counts.
    return sum(not (letter.isspace() or letter == "*" or "\udc00" <= letter <= "\udfff") for letter in text)


def selecting(document: QTextDocument, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor
