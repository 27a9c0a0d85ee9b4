"""Draws what is no text in the text of a section: the marks of bullets, and selected placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlock

from ui import theme
from ui.widgets.chips import Chips
from ui.widgets.section_text import OBJECT

if TYPE_CHECKING:
    from ui.widgets.section_edit import SectionEdit


def paint(edit: SectionEdit, chips: Chips, rect: QRect) -> None:
    """Draw over what Qt has drawn in ``rect`` of the viewport."""
    document, cursor, scrolled = edit.document(), edit.textCursor(), edit.verticalScrollBar().value()
    painter = QPainter(edit.viewport())
    painter.translate(QPointF(-edit.horizontalScrollBar().value(), -scrolled))
    painter.setPen(QColor(theme.colours().accent))
    font = document.defaultFont()
    font.setBold(True)
    painter.setFont(font)
    block = _block_at(edit, scrolled + rect.top())
    while block.isValid() and block.layout().position().y() <= scrolled + rect.bottom():
        indent = block.blockFormat().indent()
        if indent and block.layout().lineCount():
            line = block.layout().lineAt(0)
            before = QPointF(line.x() - document.indentWidth(), line.y() + line.ascent())
            painter.drawText(block.layout().position() + before, "-" if indent == 1 else "+")
        if cursor.hasSelection() and OBJECT in block.text():
            first, last = (place - block.position() for place in (cursor.selectionStart(), cursor.selectionEnd()))
            chips.paint_selected(painter, block, first, last)
        block = block.next()
    painter.end()


def _block_at(edit: SectionEdit, y: int) -> QTextBlock:
    """A block that begins at ``y`` in the document, or not far above."""
    document = edit.document()
    # Qt counts half-typed letters here, so it may tell a place behind.
    place = document.documentLayout().hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(min(max(place, 0), document.characterCount() - 1))
    while block.previous().isValid() and block.layout().position().y() > y:
        block = block.previous()
    return block
