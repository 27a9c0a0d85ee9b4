"""Draws a placeholder in a text as the value it will print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextDocument,
    QTextFormat,
)

from ui import theme
from ui.widgets.section_text import OBJECT, is_bold, name_of, pieces

if TYPE_CHECKING:
    from ui.widgets.section_edit import SectionEdit

#: Left and right of the value.
_PADDING = 3.0
_WRAP = Qt.TextFlag.TextWordWrap.value


class Chips(QPyTextObject):
    """The handler of the editor's placeholders."""

    def __init__(self, edit: SectionEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def shown(self, name: str) -> str:
        """What stands in the text: the value, or the name where the plan no longer knows it."""
        value = self._edit.values(name)
        return "{" + name + "}" if value is None else value or "–"

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(_font(document, form))
        text = self.shown(name_of(form.toCharFormat()))
        width = metrics.horizontalAdvance(text) + 2 * _PADDING
        indent = document.findBlock(position).blockFormat().indent() * document.indentWidth()
        room = document.textWidth() - 2 * document.documentMargin() - indent
        if width <= room or room < metrics.averageCharWidth() * 8:
            return QSizeF(width, metrics.height())
        # A long one, such as an amount in words, has lines of its own.
        lines = metrics.boundingRect(QRectF(0, 0, room - 2 * _PADDING, 1e6), _WRAP, text)
        return QSizeF(room, lines.height())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        self.paint(painter, QRectF(rect), document, form, selected=False)

    def paint(
        self, painter: QPainter, rect: QRectF, document: QTextDocument, form: QTextFormat, selected: bool
    ) -> None:
        """Draw one placeholder; a selected one over what Qt lays on it."""
        c = theme.colours()
        name = name_of(form.toCharFormat())
        known = self._edit.values(name) is not None
        ground, ink = (c.selection, c.accent) if known else (c.error_ground, c.error)
        if selected:
            ground, ink = c.accent, c.on_accent
        font = _font(document, form)
        font.setUnderline(not known)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(rect.adjusted(0.5, 0, -0.5, 0), 3, 3)
        painter.setPen(QColor(ink))
        painter.setFont(font)
        painter.drawText(
            rect.adjusted(_PADDING, 0, -_PADDING + 1, 0), _WRAP | Qt.AlignmentFlag.AlignLeft.value, self.shown(name)
        )
        painter.restore()

    def paint_selected(self, painter: QPainter, block: QTextBlock, first: int, last: int) -> None:
        """Draw those of a block between two places that are selected."""
        at = 0
        for text, form in pieces(block):
            for place in range(at, at + len(text)) if name_of(form) else ():
                if first <= place < last and text[place - at] == OBJECT:
                    line = block.layout().lineForTextPosition(place)
                    size = self.intrinsicSize(block.document(), block.position() + place, form)
                    # PySide gives the place back beside it.
                    found: Any = line.cursorToX(place)
                    left = float(found[0] if isinstance(found, tuple) else found)
                    descent = QFontMetricsF(_font(block.document(), form)).descent()
                    top = line.y() + line.ascent() + descent - size.height()
                    rect = QRectF(left, top, size.width(), size.height())
                    rect.translate(block.layout().position())
                    self.paint(painter, rect, block.document(), form, selected=True)
            at += len(text)


def _font(document: QTextDocument, form: QTextFormat) -> QFont:
    font = QFont(document.defaultFont())
    characters = form.toCharFormat()
    font.setBold(is_bold(characters))
    font.setItalic(characters.fontItalic())
    return font
