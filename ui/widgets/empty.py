"""What a page says while it holds nothing: what to do first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme


class EmptyState(QWidget):
    """A glyph, a heading, a sentence, and the button for the first step."""

    def __init__(self, glyph: str, heading: str, sentence: str, action: str, work: Callable[[], object]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        picture = QLabel()
        picture.setPixmap(icons.icon(glyph, theme.colours().muted).pixmap(48, 48))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(picture)
        title = QLabel(heading)
        title.setObjectName("heading")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(title)
        text = QLabel(sentence)
        text.setObjectName("muted")
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setFixedWidth(text.fontMetrics().averageCharWidth() * 62)
        text.setMinimumHeight(text.heightForWidth(text.width()))
        layout.addWidget(text, 0, Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(action)
        self.button.setObjectName("main")
        self.button.clicked.connect(lambda: work())
        layout.addSpacing(8)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
