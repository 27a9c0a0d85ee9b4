"""Underlines placeholders that the plan does not know."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from models.text import PLACEHOLDER
from ui import theme
from ui.widgets.section_text import Values


class Highlighter(QSyntaxHighlighter):
    """``values`` gives ``None`` for an unknown placeholder; known ones are no text any more."""

    def __init__(self, document: QTextDocument, values: Values) -> None:
        super().__init__(document)
        self._values = values

    def highlightBlock(self, text: str) -> None:
        if "{" not in text:
            return
        for match in PLACEHOLDER.finditer(text):
            if self._values(match.group(1)) is None:
                style = QTextCharFormat()
                style.setForeground(QColor(theme.colours().error))
                style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                style.setUnderlineColor(QColor(theme.colours().error))
                self.setFormat(match.start(), match.end() - match.start(), style)
