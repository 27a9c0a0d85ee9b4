"""What the template advises to write in a section."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ui import icons, theme

_STYLE = "QFrame#hint { background: palette(alternate-base); border: 1px solid palette(mid); border-radius: 8px; }"


class HintCard(QFrame):
    """A text behind a bulb."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setObjectName("hint")
        self.setStyleSheet(_STYLE)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self._bulb = QLabel()
        row.addWidget(self._bulb, 0, Qt.AlignmentFlag.AlignTop)
        text = QLabel(hint)
        text.setObjectName("muted")
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(text, 1, Qt.AlignmentFlag.AlignTop)

    def dress(self) -> None:
        """Paint the bulb in the colours in use."""
        size = self.fontMetrics().height()
        self._bulb.setPixmap(icons.icon("lightbulb", theme.colours().accent).pixmap(size, size))
