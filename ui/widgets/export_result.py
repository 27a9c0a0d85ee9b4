"""What an export made, shown on a card: files with their sizes, the code, and the way to the folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from models.i18n import _
from ui import icons, theme
from ui.widgets.drives import size_text


@dataclass(frozen=True, slots=True)
class Result:
    """The files of an export by kind, with name and size in bytes; ``code`` is printed on every page."""

    folder: Path
    files: dict[str, tuple[str, int]]
    code: str
    revision: int
    draft: bool
    package: bytes


class ResultCard(QFrame):
    """Hidden until ``show_result``."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.result: Result | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._mark, self._head = QLabel(), QLabel()
        self._head.setObjectName("heading")
        self._head.setWordWrap(True)
        self.open_folder = QPushButton(_("Mở thư mục"))
        self.open_folder.setAccessibleName(_("Mở thư mục chứa các tệp"))
        self.open_folder.clicked.connect(self._open)
        head.addWidget(self._mark)
        head.addWidget(self._head, 1)
        head.addWidget(self.open_folder)
        layout.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.names: dict[str, QLabel] = {}
        self._sizes: dict[str, QLabel] = {}
        kinds = {"package": _("Gói nộp"), "pdf": _("Bản in PDF"), "xlsx": _("Bảng tính Excel"), "code": _("Mã văn bản")}
        for row, (kind, text) in enumerate(kinds.items()):
            what, size = QLabel(text), QLabel()
            what.setObjectName("muted")
            size.setObjectName("muted")
            size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name = QLabel()
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            name.setAccessibleName(text)
            for column, label in enumerate((what, name, size)):
                grid.addWidget(label, row, column)
            self.names[kind], self._sizes[kind] = name, size
        self._sizes["code"].setText(_("in trên mỗi trang"))
        layout.addLayout(grid)
        self._old = QLabel(_("Kế hoạch đã được sửa sau lần kết xuất này; hãy kết xuất lại nếu cần."))
        self._old.setObjectName("warning")
        self._old.setWordWrap(True)
        layout.addWidget(self._old)
        self.hide()

    def show_result(self, result: Result) -> None:
        self.result = result
        if result.draft:
            self._head.setText(_("Đã kết xuất bản dự thảo."))
        else:
            self._head.setText(_("Đã kết xuất bản chính thức, lần thứ {number}.").format(number=result.revision))
        for kind, (name, size) in result.files.items():
            self.names[kind].setText(name)
            self._sizes[kind].setText(size_text(size))
        self.names["code"].setText(result.code)
        self._old.hide()
        self.dress()
        self.show()

    def clear(self) -> None:
        self.result = None
        self.hide()

    def set_old(self) -> None:
        """The plan was changed since."""
        self._old.setVisible(self.result is not None)

    def dress(self) -> None:
        size = round(self.fontMetrics().ascent() * 2)
        self._mark.setPixmap(icons.icon(icons.STATES["done"], theme.colours().done).pixmap(size, size))

    def _open(self) -> None:
        if self.result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.result.folder)))
