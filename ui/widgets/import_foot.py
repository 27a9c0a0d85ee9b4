"""The foot of the import wizard: the sum as computed beside the stated one, what will be done, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.i18n import _
from models.imports import taking
from models.imports.choices import Choice
from ui import icons, theme


class ImportFoot(QWidget):
    """``asked``: the button was pressed, or Ctrl+Enter; ``cancelled``: the other one."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        sums = QHBoxLayout()
        sums.setSpacing(6)
        self._icon, self.sums, self.said = QLabel(), QLabel(), QLabel()
        self.sums.setAccessibleName(_("Tổng của bảng"))
        self.sums.setObjectName("heading")
        self.said.setAccessibleName(_("Việc sẽ làm"))
        for label in (self.sums, self.said):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        sums.addWidget(self._icon)
        sums.addWidget(self.sums, 1)
        texts.addLayout(sums)
        texts.addWidget(self.said)
        row.addLayout(texts, 1)
        self.button = QPushButton(_("&Nhập"))
        self.button.setObjectName("main")
        self.button.setToolTip(_("Nhập") + " (Ctrl+Enter)")
        self.button.clicked.connect(self.asked)
        self._close = QPushButton(_("Hủy"))
        self._close.clicked.connect(self.cancelled)
        for button in (self.button, self._close):
            # Enter belongs to the lists and choices above.
            button.setAutoDefault(False)
            row.addWidget(button)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # By number: the names of both keys are one word in Vietnamese, and would be one key.
            keys = QKeySequence(QKeyCombination(Qt.KeyboardModifier.ControlModifier, key))
            QShortcut(keys, self, self.button.click, context=Qt.ShortcutContext.WindowShortcut)

    def tab_chain(self) -> list[QWidget]:
        return [self.button, self._close]

    def show_sums(self, choice: Choice | None) -> None:
        """Show what a table comes to beside what it says itself."""
        is_costed = choice is not None and choice.mapping.kind == "tasks" and bool(choice.mapping.unit)
        is_costed = is_costed and choice is not None and not choice.is_continued
        self.sums.setText(taking.said_of(choice.sums, choice.mapping.unit) if choice is not None and is_costed else "")
        self._icon.setVisible(choice is not None and is_costed and choice.sums.stated is not None)
        c = theme.colours()
        state = "warning" if choice is not None and choice.sums.differs else "done"
        colour = c.warning if state == "warning" else c.done
        self._icon.setPixmap(icons.icon(icons.STATES[state], colour).pixmap(18, 18))

    def tell(self, sentence: str, kind: str) -> None:
        """Say what will be done (``info``), or why it cannot be (``warning``, ``error``)."""
        self.said.setText(sentence)
        self.said.setObjectName({"info": "muted"}.get(kind, kind))
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
