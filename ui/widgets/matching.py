"""Taking selected text out of an editor, and selecting in one what was found in the text of the plan."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from models.search import Hit

_LONGEST = 200
#: Line breaks, and what stands for a placeholder.
_NO_LINE = set("\n\u2028\u2029\ufffc")


def selected_text(widget: QWidget | None) -> str:
    """What is selected in an editor, if it is a part of one line; else nothing."""
    text = ""
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit):
        text = widget.selectedText()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        text = widget.textCursor().selectedText()
    return text if len(text) <= _LONGEST and not _NO_LINE & set(text) else ""


def select_match(widget: QWidget | None, hit: Hit) -> None:
    """Select a match in the editor that has the focus; elsewhere (in a table) nothing is done."""
    if isinstance(widget, QTextEdit):
        from ui.widgets.section_edit import SectionEdit

        if isinstance(widget, SectionEdit):
            widget.select_stored(hit.text, hit.start, hit.length)
        return
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit) and (span := _span(widget.text(), hit)) is not None:
        widget.setSelection(span[0], span[1] - span[0])
    elif isinstance(widget, QPlainTextEdit) and (span := _span(widget.toPlainText(), hit)) is not None:
        cursor = widget.textCursor()
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
        widget.ensureCursorVisible()


def _span(shown: str, hit: Hit) -> tuple[int, int] | None:
    """Where a match stands in what an editor shows, in units of UTF-16, as Qt counts."""
    found = hit.text[hit.start : hit.start + hit.length]
    start = hit.start if shown[hit.start : hit.start + hit.length] == found else shown.find(found)
    return None if start < 0 else (_utf16(shown[:start]), _utf16(shown[: start + hit.length]))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
