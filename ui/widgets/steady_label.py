"""A label for sentences that change with every edit: a new one costs its own painting, and no new layout."""

from __future__ import annotations

import textwrap

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QShowEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui import theme

#: Letters in a line of a tool tip; Qt breaks none but those of rich text.
_TIP = 80


class SteadyLabel(QLabel):
    """Plain text in one line or more, the last one ending in "…" where there is no room; its tool tip then says all.

    ``ground`` is the theme's colour that it stands on, which it paints itself: what is below is not painted again.
    A label that ``grows`` is as wide as the widest text that it ever had; any other one takes the room there is.
    ``padding`` are pixels at its sides, a fourth of them above and below. Screen readers are given the whole text.
    """

    def __init__(self, ground: str, grows: bool = False, padding: int = 0) -> None:
        super().__init__()
        self._ground, self._words, self._colour, self._is_bold = ground, "", "text", False
        self._lines, self._grows, self._padding = 1, grows, padding
        self._widest = 0
        wide = QSizePolicy.Policy.Fixed if grows else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._words

    def say(self, words: str, colour: str = "text", bold: bool = False) -> None:
        """Show a text in a colour of the theme."""
        if (words, colour, bold) == (self._words, self._colour, self._is_bold):
            return
        self._words, self._colour, self._is_bold = words, colour, bold
        self.setAccessibleName(words)
        if self._grows and self._needed() > self._widest:
            self._widest = self._needed()
            self.updateGeometry()
        self.update()

    def set_lines(self, lines: int) -> None:
        """Have room for so many lines of text."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self._widest, self._lines * self.fontMetrics().lineSpacing() + self._padding // 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._cover()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._cover()
        elif event.type() == QEvent.Type.FontChange and hasattr(self, "_widest") and self._grows:
            self._widest = self._needed()

    def _cover(self) -> None:
        """Say that all of it is painted here; a style sheet forgets that."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _needed(self) -> int:
        """The width (pixels) of the whole text in one line."""
        self.ensurePolished()
        # Letters are as wide as parts of a pixel say; what is elided is asked for in whole ones.
        width = self.fontMetrics().horizontalAdvance(self._words) + 2
        return width + 2 * self._padding if self._words else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(getattr(c, self._ground)))
        painter.setPen(QColor(getattr(c, self._colour)))
        if self._is_bold:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
        room, spacing = self.rect().adjusted(self._padding, 0, -self._padding, 0), painter.fontMetrics().lineSpacing()
        shown = elided_lines(painter, self._words, room.width(), self._lines)
        y = room.top() + (room.height() - spacing * len(shown)) // 2
        side = int(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        for line in shown:
            painter.drawText(QRect(room.left(), y, room.width(), spacing), side, line)
            y += spacing
        is_whole = " ".join(shown) == " ".join(self._words.split())
        self.setToolTip("" if is_whole else textwrap.fill(self._words, _TIP))


def elided_lines(painter: QPainter, text: str, width: int, most: int = 2) -> list[str]:
    """``text`` cut into at most ``most`` lines of ``width`` pixels, the last one ending in "…" if need be."""
    text = " ".join(text.split())
    layout = QTextLayout(text, painter.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 8))
        line.setPosition(QPointF(0, 0))
        starts.append(line.textStart())
    layout.endLayout()
    found = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, width) for part in found]
