"""Over the page, as long as the store can only be read: why that is, and a button that tries to open it for writing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from models.i18n import _
from ui import icons, theme


class ReadingBanner(QFrame):
    """``again`` asks to try once more; hidden where there is no reason."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setProperty("kind", "warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 16, 8)
        row.setSpacing(12)
        self._mark = QLabel()
        self._mark.setAccessibleName(_("Cảnh báo"))
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(_("Thử lại"))
        self.button.setObjectName("quiet")
        self.button.setToolTip(_("Mở lại kho dữ liệu để sửa được, nếu nguyên nhân không còn"))
        self.button.clicked.connect(lambda: self.again.emit())
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._dress()
        self.hide()

    def show_why(self, sentence: str) -> None:
        """Say why the store is only read; nothing is shown where ``sentence`` is empty."""
        self.sentence.setText(sentence)
        self.button.setAccessibleName(_("Thử lại"))
        self.button.setAccessibleDescription(sentence)
        self.setVisible(bool(sentence))

    def _dress(self) -> None:
        size = max(18, self.fontMetrics().height())
        colour = theme.colours().warning
        self._mark.setPixmap(icons.icon(icons.STATES["warning"], colour).pixmap(size, size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "button"):
            self._dress()
