"""What is shown instead of the main window where that one cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from models.i18n import _
from ui import icons, theme

_ICON = 32
_WIDTH = 480


class FailureDialog(QDialog):
    """One sentence, which can be selected and copied, and a button that closes."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setWindowTitle(_("Kế Hoạch Số"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(24)
        row = QHBoxLayout()
        row.setSpacing(16)
        mark = QLabel()
        mark.setPixmap(icons.icon(icons.STATES["error"], theme.colours().error).pixmap(_ICON, _ICON))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        heading = QLabel(_("Không mở được chương trình"))
        heading.setObjectName("heading")
        texts.addWidget(heading)
        self.sentence = QLabel(sentence)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sentence.setAccessibleName(sentence)
        texts.addWidget(self.sentence)
        row.addLayout(texts, 1)
        layout.addLayout(row)
        layout.addStretch(1)
        self.close_button = QPushButton(_("Đóng"))
        self.close_button.setObjectName("main")
        self.close_button.setAccessibleName(_("Đóng"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.close_button.setFocus()
        width = max(_WIDTH, 60 * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))
