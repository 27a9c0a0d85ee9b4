"""A report of an error, word for word as it would be sent, and sending it: nothing is sent by the program itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from models import kept_reports
from models.errors import UserError
from models.i18n import _
from models.settings import EXPORT_FOLDER, Settings


class ReportView(QWidget):
    """What is in a report, and what became of saving it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._text, self._when, self._written = "", datetime.now(), Path()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        said = QLabel(
            _("Báo cáo chỉ có các dòng dưới đây, không có nội dung kế hoạch. Chương trình không tự gửi đi đâu.")
        )
        said.setObjectName("muted")
        said.setWordWrap(True)
        layout.addWidget(said)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(_("Nội dung báo cáo lỗi"))
        self.text.setMinimumHeight(10 * self.fontMetrics().lineSpacing())
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.text.setFont(font)
        layout.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName(_("Kết quả"))
        self.open_button = QPushButton()
        self.open_button.setObjectName("quiet")
        self.open_button.clicked.connect(self._open)
        row.addWidget(self.said, 1)
        row.addWidget(self.open_button)
        layout.addLayout(row)
        self.said.hide()
        self.open_button.hide()

    def show_report(self, text: str, when: datetime) -> None:
        self._text, self._when = text, when
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)

    def save_to_send(self) -> Path | None:
        """Ask where the report goes, as the draft of a mail or as a text, and write it there."""
        kinds = {_("Thư soạn sẵn (*.eml)"): ".eml", _("Tệp văn bản (*.txt)"): ".txt"}
        folder = Path(self._settings.text(EXPORT_FOLDER) or Path.home())
        proposed = folder / kept_reports.file_name(self._when, ".eml")
        name, kind = QFileDialog.getSaveFileName(self, _("Lưu báo cáo để gửi"), str(proposed), ";;".join(kinds))
        if not name:
            return None
        target = Path(name)
        if target.suffix.lower() not in kinds.values():
            target = target.with_name(target.name + kinds.get(kind, ".eml"))
        try:
            kept_reports.send_to(target, self._text, self._when)
        except UserError as error:
            self._tell(str(error), "error")
            return None
        self._written = target
        is_mail = target.suffix.lower() == ".eml"
        self.open_button.setText(_("Mở thư") if is_mail else _("Mở thư mục"))
        self.open_button.setAccessibleName(self.open_button.text())
        self.open_button.show()
        self._tell(_("Đã ghi “{file}”, chưa gửi đi.").format(file=target), "done")
        return target

    def _tell(self, sentence: str, kind: str) -> None:
        self.said.setObjectName(kind)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(sentence)
        self.said.show()

    def _open(self) -> None:
        path = self._written if self._written.suffix.lower() == ".eml" else self._written.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tell(_("Không mở được “{file}”; hãy mở bằng chương trình khác.").format(file=path), "error")
