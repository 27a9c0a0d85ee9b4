"""What last year's plan of the same unit said in this section: to be read, and taken over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from models.i18n import _
from models.plan import Plan
from ui.reading_only import edits
from ui.widgets.editor_lines import to_editor
from ui.widgets.section_edit import SectionEdit
from ui.widgets.section_text import lines_of, selected

_LEAST_LINES = 5


class PreviousText(QFrame):
    """``taken`` carries the lines (``editor_lines``) that are to be copied: the selected ones, else all."""

    taken = Signal(str)

    def __init__(self, head_height: int) -> None:
        super().__init__()
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(4)
        head = QHBoxLayout()
        self.title = QLabel()
        self.title.setMinimumHeight(head_height)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.take = QPushButton(_("Chép vào mục"))
        self.take.setObjectName("quiet")
        edits(self.take)
        self.take.setToolTip(_("Chép phần đang chọn, hoặc tất cả, vào nội dung của mục"))
        self.take.clicked.connect(self._take)
        head.addWidget(self.title, 1)
        head.addWidget(self.take)
        column.addLayout(head)
        self.view = SectionEdit()
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.view.setStyleSheet("SectionEdit { background: palette(alternate-base); }")
        self.view.setMinimumHeight(QFontMetrics(self.view.font()).lineSpacing() * _LEAST_LINES + 16)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.title.setBuddy(self.view)
        column.addWidget(self.view, 1)

    def show_text(self, plan: Plan, text: str) -> None:
        """Show what ``plan`` printed, with its marks."""
        years = str(plan.period_from)
        if plan.period_to not in (None, plan.period_from):
            years += f"–{plan.period_to}"
        title = _("Kế hoạch năm {years}").format(years=years)
        self.title.setText(title)
        self.title.setToolTip(plan.subject)
        self.view.setAccessibleName(title)
        lines = to_editor(text)
        if lines != self.view.lines():
            self.view.set_lines(lines)

    def _take(self) -> None:
        cursor = self.view.textCursor()
        self.taken.emit(selected(cursor) if cursor.hasSelection() else lines_of(self.view.document()))
