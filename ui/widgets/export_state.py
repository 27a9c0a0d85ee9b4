"""Whether a plan is ready to be exported: in a sentence, with the way to its findings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from models.i18n import _
from ui import icons, theme


class StateCard(QFrame):
    """``findings_requested`` asks to see the findings; ``show_counts`` says how many there are.

    ``unread_requested`` asks for what came from last year's plan and has not been read.
    """

    findings_requested = Signal()
    unread_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self._mark = QLabel()
        row.addWidget(self._mark)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self._state, self._counts, self._unread = QLabel(), QLabel(), QLabel()
        for label, kind in ((self._state, "heading"), (self._counts, "muted"), (self._unread, "warning")):
            label.setObjectName(kind)
            label.setWordWrap(True)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        self.findings_button = QPushButton(_("Xem lỗi"))
        self.findings_button.setAccessibleName(_("Xem danh sách lỗi và cảnh báo"))
        self.findings_button.clicked.connect(self.findings_requested)
        self.unread_button = QPushButton(_("Đọc lại"))
        self.unread_button.setAccessibleName(_("Đến mục chưa đọc lại"))
        self.unread_button.clicked.connect(self.unread_requested)
        row.addWidget(self.unread_button)
        row.addWidget(self.findings_button)

    def show_counts(self, errors: int, warnings: int, unread: int = 0) -> None:
        c = theme.colours()
        kind, colour = ("error", c.error) if errors else ("warning", c.warning) if warnings else ("done", c.done)
        size = round(self.fontMetrics().ascent() * 2)
        self._mark.setPixmap(icons.icon(icons.STATES[kind], colour).pixmap(size, size))
        if errors:
            self._state.setText(_("Chưa kết xuất được bản chính thức: còn {count} lỗi.").format(count=errors))
        elif warnings:
            self._state.setText(_("Kết xuất được; nên xem lại {count} cảnh báo.").format(count=warnings))
        else:
            self._state.setText(_("Kế hoạch đã sẵn sàng để kết xuất."))
        counts = _("{errors} lỗi, {warnings} cảnh báo").format(errors=errors, warnings=warnings)
        self._counts.setText(counts if errors or warnings else _("Không có lỗi, không có cảnh báo."))
        self._unread.setText(_("Còn {count} mục từ kế hoạch trước chưa đọc lại.").format(count=unread))
        self._unread.setVisible(bool(unread))
        self.unread_button.setVisible(bool(unread))
        self.findings_button.setVisible(bool(errors or warnings))
        self.findings_button.setText(_("Xem lỗi") if errors else _("Xem cảnh báo"))
