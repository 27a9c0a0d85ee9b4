"""What an export made, on a card: files with their sizes, the code, whether a stick can be pulled out, what next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from models.drives import size_text
from models.i18n import N_, _
from ui import icons, theme
from ui.exporting import Result

_KINDS = {
    "package": N_("Gói nộp"),
    "pdf": N_("Bản in PDF"),
    "xlsx": N_("Bảng tính Excel"),
    "docx": N_("Tệp Word"),
    "mail": N_("Thư soạn sẵn"),
    "code": N_("Mã đối chiếu"),
}


class ResultCard(QFrame):
    """Hidden until ``show_result``."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.result: Result | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(self._build_head())
        layout.addLayout(self._build_files())
        self._next = self._line("muted")
        self._warning = self._line("warning")
        self._old = self._line("warning")
        self._old.setText(_("Kế hoạch đã được sửa sau lần kết xuất này; hãy kết xuất lại nếu cần."))
        for line in (self._next, self._warning, self._old):
            layout.addWidget(line)
        self.hide()

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        self._mark, self._head = QLabel(), self._line("heading")
        #: Whether all was read back from the drive, and the drive can be pulled out.
        self.safe = self._line("done")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._head)
        texts.addWidget(self.safe)
        self.open_mail = QPushButton(_("Mở thư soạn sẵn"))
        self.open_mail.setAccessibleName(_("Mở thư soạn sẵn trong chương trình thư"))
        self.open_mail.clicked.connect(self._open_mail)
        self.open_folder = QPushButton(_("Mở thư mục"))
        self.open_folder.setAccessibleName(_("Mở thư mục chứa các tệp"))
        self.open_folder.clicked.connect(self._open_folder)
        head.addWidget(self._mark)
        head.addLayout(texts, 1)
        for button in (self.open_folder, self.open_mail):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _build_files(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        self.names: dict[str, QLabel] = {}
        self._lines: dict[str, tuple[QLabel, QLabel, QLabel]] = {}
        for row, (kind, text) in enumerate(_KINDS.items()):
            what, name, size = QLabel(_(text)), QLabel(), QLabel()
            what.setObjectName("muted")
            size.setObjectName("muted")
            size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            name.setAccessibleName(_(text))
            for column, label in enumerate((what, name, size)):
                grid.addWidget(label, row, column)
            self.names[kind], self._lines[kind] = name, (what, name, size)
        self._lines["code"][2].setText(_("in trên mỗi trang"))
        return grid

    def _line(self, kind: str) -> QLabel:
        label = QLabel()
        label.setObjectName(kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def show_result(self, result: Result) -> None:
        self.result = result
        if result.draft:
            self._head.setText(_("Đã kết xuất bản dự thảo."))
            self._next.setText(_("Tiếp theo: gửi dự thảo xin ý kiến; bản để ký và nộp là bản chính thức."))
        else:
            self._head.setText(_("Đã kết xuất bản chính thức, lần thứ {number}.").format(number=result.revision))
            self._next.setText(_("Tiếp theo: in bản PDF để ký và đóng dấu, hoặc ký số tệp PDF; rồi gửi gói nộp."))
        if result.locked:
            self._next.setText(
                _("Tiếp theo: gửi gói đã khóa xin ý kiến, báo mật khẩu qua điện thoại.")
                if result.draft
                else _("Tiếp theo: gửi gói đã khóa, báo mật khẩu qua điện thoại; in bản PDF từ “Các lần kết xuất…”.")
            )
        name = N_("Gói đã khóa") if result.locked else _KINDS["package"]
        self._lines["package"][0].setText(_(name))
        if result.drive:
            self.safe.setText(_("Đã ghi và kiểm tra xong: có thể rút USB “{name}”.").format(name=result.drive))
        else:
            self.safe.setText(_("Đã ghi và kiểm tra xong."))
        for kind, labels in self._lines.items():
            found = result.files.get(kind)
            for label in labels:
                label.setVisible(found is not None or kind == "code")
            if found is not None:
                labels[1].setText(found[0])
                labels[2].setText(size_text(found[1]))
        self.names["code"].setText(result.code)
        self.open_mail.setVisible("mail" in result.files)
        self._warning.setText(result.warning)
        self._warning.setVisible(bool(result.warning))
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

    def _open_folder(self) -> None:
        if self.result is not None:
            self._open(self.result.folder)

    def _open_mail(self) -> None:
        if self.result is not None:
            self._open(self.result.folder / self.result.files["mail"][0])

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._warning.setText(_("Máy này không có chương trình để mở “{path}”; hãy tự mở.").format(path=path))
            self._warning.show()
