"""A plain text edit as high as its text, between a least and a most number of lines."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from models.text import clean

#: A line edit keeps as much between its frame and its text.
_MARGIN = 2


class GrowingEdit(QPlainTextEdit):
    """Plain text that wraps; Tab goes to the next field. ``one_line``: pasted line breaks become spaces."""

    def __init__(self, least: int = 1, most: int = 6, one_line: bool = True) -> None:
        super().__init__()
        self._least, self._most, self._one_line = least, most, one_line
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.fit())

    def fit(self) -> None:
        """Take the height that the text asks for."""
        text, block = 0.0, self.document().firstBlock()
        # Letters of another font make a line higher than the metrics say.
        line = float(self.fontMetrics().lineSpacing())
        if block.layout().lineCount():
            line = max(line, block.layout().lineAt(0).height())
        while block.isValid() and text <= self._most * line:
            text += self.document().documentLayout().blockBoundingRect(block).height()
            block = block.next()
        margins = self.viewportMargins()
        around = self.frameWidth() * 2 + margins.top() + margins.bottom()
        if self.isVisible():
            around = self.height() - self.viewport().height()
        shown = min(max(text, self._least * line), self._most * line)
        height = math.ceil(shown) + 2 * _MARGIN + around
        policies = Qt.ScrollBarPolicy
        # The last block has the margin under it in its height.
        is_cut = text > self._most * line + _MARGIN + 1
        self.setVerticalScrollBarPolicy(policies.ScrollBarAsNeeded if is_cut else policies.ScrollBarAlwaysOff)
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = clean(source.text())
        if self._one_line:
            text = " ".join(text.split()) if "\n" in text else text
        self.textCursor().insertText(text)
        self.ensureCursorVisible()
