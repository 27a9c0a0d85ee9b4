"""The reports of errors that are kept, to be read and sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from models import kept_reports
from models.i18n import _
from ui.widgets.report_view import ReportView

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def show(window: MainWindow, path: Path | None = None) -> None:
    """Show the kept reports, at first the one at ``path`` or the newest; where there are none, one line says so."""
    found = kept_reports.listed(window.store.folder)
    if found:
        ReportsDialog(window, found, path).open()
    else:
        window.tell(_("Chương trình chưa gặp lỗi nào cần báo cáo."), "info")


class ReportsDialog(QDialog):
    """Which report, what is in it, and saving it to be sent."""

    def __init__(self, window: MainWindow, found: list[kept_reports.Kept], path: Path | None) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found = found
        self.setWindowTitle(_("Báo cáo lỗi"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Báo cáo lỗi"))
        title.setObjectName("title")
        layout.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(_("Lúc:"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("Chọn báo cáo"))
        self.which.addItems([kept.when.strftime("%d/%m/%Y %H:%M:%S") for kept in found])
        label.setBuddy(self.which)
        row.addWidget(label)
        row.addWidget(self.which)
        row.addStretch(1)
        layout.addLayout(row)
        self.view = ReportView(window.settings)
        layout.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        self.send = QPushButton(_("Lưu báo cáo để gửi…"))
        self.send.setAccessibleName(self.send.text().rstrip("…"))
        self.send.clicked.connect(self.view.save_to_send)
        close = QPushButton(_("Đóng"))
        close.setObjectName("main")
        close.setDefault(True)
        close.setAccessibleName(_("Đóng"))
        close.clicked.connect(self.close)
        foot.addWidget(self.send)
        foot.addWidget(close)
        layout.addLayout(foot)
        self.which.currentIndexChanged.connect(self._load)
        self.which.setCurrentIndex(next((at for at, kept in enumerate(found) if kept.path == path), 0))
        self._load()
        self.resize(
            min(1000, 100 * self.fontMetrics().averageCharWidth()), min(640, 34 * self.fontMetrics().lineSpacing())
        )
        self.which.setFocus()

    def _load(self) -> None:
        kept = self._found[max(0, self.which.currentIndex())]
        self.view.show_report(kept.text, kept.when)
