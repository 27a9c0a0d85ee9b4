"""What is shown after an unexpected error: what became of the work, what can be done, and the report, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from models.i18n import _
from ui import icons, theme
from ui.widgets.report_view import ReportView

if TYPE_CHECKING:
    from ui.crash import Trouble
    from ui.main_window import MainWindow

_ICON = 32
_HIGHEST = 680


class CrashDialog(QDialog):
    """Stands beside the work and holds nothing up; ``restart_asked`` wants the program to start again.

    The cursor is on the sentence, not on a button: what is being typed as this opens chooses nothing.
    """

    restart_asked = Signal()

    def __init__(self, window: MainWindow, trouble: Trouble, work: str, is_last: bool) -> None:
        # Over a dialog that waits for an answer, it is that one's: else it could not be used.
        super().__init__(QApplication.activeModalWidget() or window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(_("Chương trình vừa gặp lỗi"))
        self.trouble, self.is_last = trouble, False
        self._work, self._others = work, 0
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(self._build_head())
        self.view = ReportView(window.settings)
        self.view.hide()
        layout.addWidget(self.view, 1)
        layout.addLayout(self._build_foot())
        self._width = min(880, max(560, 84 * self.fontMetrics().averageCharWidth()))
        self._load()
        if is_last:
            self._offer_restart_only()
        self._fit()
        self.sentence.setFocus()

    # ---- build

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        mark = QLabel()
        mark.setPixmap(icons.icon(icons.STATES["warning"], theme.colours().warning).pixmap(_ICON, _ICON))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        heading = QLabel(_("Chương trình vừa gặp lỗi"))
        heading.setObjectName("title")
        heading.setWordWrap(True)
        self.sentence, self.advice, self.counted = QLabel(), QLabel(), QLabel()
        self.sentence.setObjectName("rule")
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.counted.setObjectName("muted")
        texts.addWidget(heading)
        for label in (self.sentence, self.advice, self.counted):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            texts.addWidget(label)
        # The fine border around the sentence takes this much on the left.
        self.advice.setContentsMargins(4, 0, 4, 0)
        self.counted.setContentsMargins(4, 0, 4, 0)
        row.addLayout(texts, 1)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.show_report = QPushButton(_("Xem báo cáo"))
        self.show_report.setCheckable(True)
        self.show_report.toggled.connect(self._toggle_report)
        self.send = QPushButton(_("Lưu báo cáo để gửi…"))
        self.send.clicked.connect(self._save_report)
        self.again = QPushButton(_("Khởi động lại"))
        self.again.clicked.connect(self._ask_restart)
        self.go_on = QPushButton(_("Làm tiếp"))
        self.go_on.setObjectName("main")
        self.go_on.clicked.connect(self.close)
        for button in (self.show_report, self.send):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.again, self.go_on):
            row.addWidget(button)
        for button in (self.show_report, self.send, self.again, self.go_on):
            button.setAccessibleName(button.text().rstrip("…"))
        return row

    # ---- load

    def _load(self) -> None:
        self.sentence.setText(self._work)
        self.sentence.setAccessibleName(self._work)
        if self.is_last:
            advice = _(
                "Lỗi lặp lại nhiều lần nên không làm tiếp được. Hãy khởi động lại: chương trình sẽ mở đúng kế hoạch "
                "và chỗ đang làm."
            )
        else:
            advice = _(
                "Việc vừa làm có thể chưa xong. Nếu làm tiếp mà vẫn không đúng, hãy khởi động lại: chương trình sẽ mở "
                "đúng kế hoạch và chỗ đang làm."
            )
        self.advice.setText(advice)
        times = self.trouble.count + self._others
        self.counted.setText(_("Đã gặp lỗi {count} lần.").format(count=times))
        self.counted.setVisible(times > 1)
        self.view.show_report(self.trouble.text, self.trouble.when)

    def show_more(self, trouble: Trouble, is_last: bool) -> None:
        """The same error came again, or another one; after too many of them only starting again is offered."""
        if trouble is not self.trouble:
            self._others += 1
        if is_last:
            self._offer_restart_only()
        self._load()

    def _offer_restart_only(self) -> None:
        self.is_last = True
        self.go_on.hide()
        self.again.setObjectName("main")
        self.again.style().unpolish(self.again)
        self.again.style().polish(self.again)
        self._load()
        self._fit()

    def _fit(self) -> None:
        """As high as what is shown needs."""
        self._layout.activate()
        height = max(self._layout.totalHeightForWidth(self._width), self._layout.totalMinimumSize().height())
        self.resize(self._width, min(_HIGHEST, height))
        if self.isVisible():
            below = self.frameGeometry().bottom() - self.screen().availableGeometry().bottom()
            if below > 0:
                self.move(self.x(), max(self.screen().availableGeometry().top(), self.y() - below))

    # ---- what can be done

    def _toggle_report(self, is_wanted: bool) -> None:
        self.view.setVisible(is_wanted)
        self._fit()

    def _save_report(self) -> None:
        self.show_report.setChecked(True)
        self.view.save_to_send()

    def _ask_restart(self) -> None:
        self.again.setEnabled(False)
        self.restart_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not isinstance(self.focusWidget(), QPushButton):
            return
        if event.key() == Qt.Key.Key_Escape and self.is_last:
            return
        super().keyPressEvent(event)
