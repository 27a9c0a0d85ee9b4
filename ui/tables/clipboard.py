"""The clipboard: a block of cells as text and as an HTML table, and back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from models.blocks import Found, read_text, write_html, write_text
from models.html_tables import has_table, read_html


def put(rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> None:
    """Put a block on the clipboard; ``numbers`` are its columns of amounts."""
    data = QMimeData()
    data.setText(write_text(rows))
    data.setHtml(write_html(rows, numbers))
    QGuiApplication.clipboard().setMimeData(data)


def take() -> Found | None:
    """The block on the clipboard, ``None`` where there is no text on it; ``BlockError`` where it is too large.

    A table tells better than text where its cells begin and end; without one, text of several lines is a column.
    """
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return None
    if data.hasHtml():
        html = data.html()
        if has_table(html) and (found := read_html(html)) is not None:
            return found
    rows = read_text(data.text()) if data.hasText() else []
    return Found(rows) if rows else None
