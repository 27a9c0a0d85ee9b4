"""A template file from outside: what is in it, the code it is told by, and whether it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from models import templates
from models.errors import UserError
from models.i18n import _
from models.templates import Coming, grouped, matches
from ui import icons, taking_templates, theme
from ui.dialogs.particulars import buttons
from ui.reading_only import edits

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class TakeTemplateDialog(QDialog):
    """Shows one file; the code in the department's letter may be typed to be compared."""

    def __init__(self, window: MainWindow, coming: Coming, path: Path) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._coming = window, coming
        self.setWindowTitle(_("Nhận mẫu kế hoạch"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        title = QLabel(_("Nhận mẫu kế hoạch"))
        title.setObjectName("title")
        layout.addWidget(title)
        found = coming.template
        self._line(layout, found.name, "heading")
        about = _("Mã mẫu {id}, phiên bản {version}; tệp “{file}”.")
        self._line(layout, about.format(id=found.id, version=found.version, file=path.name), "muted")
        if found.summary:
            self._line(layout, found.summary)
        self._line(layout, _meaning(coming))
        layout.addSpacing(8)
        layout.addWidget(self._build_code())
        self._buttons = buttons(self, _("Nhận mẫu này"), _("Không nhận"))
        self._yes = next(one for one in self._buttons.buttons() if one.objectName() == "main")
        edits(self._yes)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        width = min(900, 92 * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))
        self.typed.setFocus()

    def _line(self, layout: QVBoxLayout, text: str, name: str = "") -> None:
        label = QLabel(text)
        label.setObjectName(name)
        label.setWordWrap(True)
        layout.addWidget(label)

    def _build_code(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("card")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        self._line(layout, _("Mã kiểm tra của tệp (SHA-256)"), "heading")
        layout.addWidget(code_label(self._coming.digest))
        why = _(
            "Tệp đúng là của nơi ban hành khi mã này trùng với mã ghi trong văn bản gửi kèm. "
            "Có thể so bằng mắt, hoặc gõ, dán mã đó vào ô dưới."
        )
        self._line(layout, why, "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(_("Mã trong &văn bản:"))
        self.typed = QLineEdit()
        self.typed.setAccessibleName(_("Mã trong văn bản"))
        self.typed.setPlaceholderText(_("không bắt buộc"))
        self.typed.setMaxLength(200)
        self.typed.textChanged.connect(self._compare)
        label.setBuddy(self.typed)
        row.addWidget(label)
        row.addWidget(self.typed, 1)
        layout.addLayout(row)
        result = QHBoxLayout()
        result.setSpacing(8)
        self._sign, self.said = QLabel(), QLabel()
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing())
        result.addWidget(self._sign)
        result.addWidget(self.said, 1)
        layout.addLayout(result)
        return frame

    def _compare(self, text: str) -> None:
        c, found = theme.colours(), matches(text, self._coming.digest)
        says, glyph, colour = "", "", c.muted
        if text.strip() and found is None:
            says = _("Gõ tiếp, ít nhất {count} ký tự đầu của mã.").format(count=templates.LEAST_DIGITS)
        elif text.strip() and found:
            says, glyph, colour = _("Trùng khớp: tệp đúng là bản đã ban hành."), "check-circle-fill", c.done
        elif text.strip():
            says = _("Không trùng: tệp có thể đã bị sửa; hãy hỏi lại nơi ban hành trước khi nhận.")
            glyph, colour = "x-circle-fill", c.error
        self.said.setText(says)
        self.said.setStyleSheet(f"color: {colour}")
        size = self.fontMetrics().height()
        self._sign.setPixmap(icons.icon(glyph, colour).pixmap(size, size) if glyph else QPixmap())
        self._yes.setEnabled(not text.strip() or found is not False)

    def accept(self) -> None:
        if not self._yes.isEnabled():
            return
        try:
            templates.take_in(self._coming, self._window.store.folder)
        except UserError as error:
            self.said.setText(str(error))
            self.said.setStyleSheet(f"color: {theme.colours().error}")
            return
        super().accept()
        sentence = _("Đã nhận mẫu “{name}” phiên bản {version}.")
        found = self._coming.template
        taking_templates.changed(self._window)
        self._window.tell(sentence.format(name=found.name, version=found.version), "info")


def code_label(digest: str) -> QLabel:
    """A digest in groups, in two lines, to be read and copied."""
    groups = grouped(digest).split(" ")
    half = len(groups) // 2
    label = QLabel("\n".join((" ".join(groups[:half]), " ".join(groups[half:]))))
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(label.font().pointSizeF())
    label.setFont(font)
    label.setAccessibleName(_("Mã kiểm tra của tệp (SHA-256)"))
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _meaning(coming: Coming) -> str:
    """What taking it in means for the plans here."""
    versions = ", ".join(str(version) for version in coming.versions)
    if coming.kind == "newer":
        return _(
            "Mới hơn phiên bản đang có ({versions}): kế hoạch lập mới sẽ dùng phiên bản này; kế hoạch đã lập vẫn giữ "
            "phiên bản cũ cho đến khi được chuyển."
        ).format(versions=versions)
    if coming.kind == "older":
        return _(
            "Cũ hơn phiên bản đang có ({versions}): chỉ dùng để mở các kế hoạch đã lập theo phiên bản này."
        ).format(versions=versions)
    return _("Mẫu này chưa có trên máy.")
