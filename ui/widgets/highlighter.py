"""Shows bold and italic as such, marks of bullets and placeholders; what it colours is the text as typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from models.text import PLACEHOLDER
from ui import theme
from ui.widgets.editor_lines import kind_of

_MARKS = re.compile(r"\*\*|\*")


class Highlighter(QSyntaxHighlighter):
    """``known`` tells whether a placeholder of that name is one of the plan."""

    def __init__(self, document: QTextDocument, known: Callable[[str], bool]) -> None:
        super().__init__(document)
        self._known = known

    def highlightBlock(self, text: str) -> None:
        c = theme.colours()
        if not text:
            return
        unknown: list[tuple[int, int]] = []
        names: list[tuple[int, int]] = []
        for match in PLACEHOLDER.finditer(text):
            (names if self._known(match.group(1)) else unknown).append(match.span())
        for start, end, mark, bold, italic in styled(text):
            style = QTextCharFormat()
            if bold:
                style.setFontWeight(QFont.Weight.Bold)
            style.setFontItalic(italic)
            if mark:
                style.setForeground(QColor(c.muted))
            self.setFormat(start, end - start, style)
        for spans, colour in ((names, c.accent), (unknown, c.error)):
            for start, end in spans:
                style = self.format(start)
                style.setForeground(QColor(colour))
                if spans is unknown:
                    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                    style.setUnderlineColor(QColor(c.error))
                self.setFormat(start, end - start, style)
        if kind_of(text) != "text":
            style = QTextCharFormat()
            style.setForeground(QColor(c.accent))
            style.setFontWeight(QFont.Weight.Bold)
            self.setFormat(len(text) - len(text.lstrip()), 1, style)


def styled(text: str) -> Iterator[tuple[int, int, bool, bool, bool]]:
    """What ``models.text.runs`` cuts ``text`` into, and the marks between: start, end, is a mark, bold, italic."""
    bold = italic = False
    at = 0
    matches = list(_MARKS.finditer(text))
    left = Counter(match.group() for match in matches)
    for match in matches:
        token = match.group()
        left[token] -= 1
        if at < match.start():
            yield at, match.start(), False, bold, italic
        opened = bold if token == "**" else italic
        paired = opened or left[token] > 0
        if paired and token == "**":
            bold = not bold
        elif paired:
            italic = not italic
        yield match.start(), match.end(), paired, bold and not paired, italic and not paired
        at = match.end()
    if at < len(text):
        yield at, len(text), False, bold, italic
