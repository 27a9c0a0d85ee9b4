"""One document of the unit's own in the catalogue: added, or written otherwise than the catalogue has it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from models import catalogue, catalogue_file, catalogue_layers
from models.catalogue import Entry
from models.citations import printed_date
from models.errors import UserError
from models.i18n import N_, _
from ui.dialogs.particulars import buttons
from ui.widgets.basis_form import KINDS

_FIELDS = (
    ("kind", N_("Loại văn bản"), ""),
    ("number", N_("Số, ký hiệu"), N_("ví dụ: 749/QĐ-TTg")),
    ("date", N_("Ngày ban hành"), N_("ngày/tháng/năm")),
    ("issuer", N_("Cơ quan ban hành"), N_("ví dụ: UBND tỉnh Hà Tĩnh")),
    ("subject", N_("Trích yếu"), ""),
    ("in_force_from", N_("Có hiệu lực từ"), N_("ngày/tháng/năm; chưa rõ thì để trống")),
    ("expired_on", N_("Hết hiệu lực từ"), N_("ngày/tháng/năm; còn hiệu lực thì để trống")),
    ("replaced_by", N_("Thay thế bởi"), N_("số, ký hiệu; nhiều văn bản thì ngăn bằng dấu chấm phẩy")),
)
_LONGEST = 1000


class EntryDialog(QDialog):
    """``kept`` gives the entry once it is among the unit's own in ``folder``; until then the dialog stays open."""

    kept = Signal(object)

    def __init__(self, parent: QWidget, folder: Path, entry: Entry | None) -> None:
        super().__init__(parent)
        self._folder, self._before = folder, entry
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Thêm văn bản của đơn vị") if entry is None else _("Sửa văn bản trong danh mục")
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        head = QLabel(title)
        head.setObjectName("title")
        layout.addWidget(head)
        intro = QLabel(_("Ghi thành văn bản của đơn vị, giữ qua mọi bản cập nhật."))
        intro.setObjectName("muted")
        intro.setWordWrap(True)
        layout.addWidget(intro)
        self.fields: dict[str, QLineEdit | QPlainTextEdit | QComboBox] = {}
        self.wrong = QLabel()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for row, (name, text, hint) in enumerate(_FIELDS):
            field = self._field(name, _(hint) if hint else "")
            field.setAccessibleName(_(text))
            label = QLabel(_(text))
            label.setBuddy(field)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop if name == "subject" else Qt.AlignmentFlag(0))
            grid.addWidget(field, row, 1)
            self.fields[name] = field
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        self.wrong.setObjectName("error")
        self.wrong.setWordWrap(True)
        self.wrong.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong.hide()
        layout.addWidget(self.wrong)
        layout.addWidget(buttons(self, _("Lưu"), _("Hủy")))
        if entry is not None:
            self._load(entry)
        self.fields["kind" if entry is None else "number"].setFocus(Qt.FocusReason.TabFocusReason)
        width = max(520, 70 * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))

    def _field(self, name: str, hint: str) -> QLineEdit | QPlainTextEdit | QComboBox:
        if name == "kind":
            kinds = QComboBox()
            kinds.setEditable(True)
            kinds.addItems(KINDS)
            kinds.setCurrentText("Quyết định")
            return kinds
        if name == "subject":
            words = QPlainTextEdit()
            words.setTabChangesFocus(True)
            words.setFixedHeight(4 * words.fontMetrics().lineSpacing())
            return words
        line = QLineEdit()
        line.setMaxLength(_LONGEST)
        line.setPlaceholderText(hint)
        line.setMinimumWidth(line.fontMetrics().averageCharWidth() * 44)
        return line

    def _load(self, entry: Entry) -> None:
        days = ("date", "in_force_from", "expired_on")
        for name, field in self.fields.items():
            value = getattr(entry, name)
            text = "; ".join(value) if isinstance(value, tuple) else value
            text = printed_date(text) if name in days and text else text
            if isinstance(field, QComboBox):
                field.setCurrentText(text)
            elif isinstance(field, QPlainTextEdit):
                field.setPlainText(text)
            else:
                field.setText(text)
                field.setCursorPosition(0)

    def _typed(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field, QComboBox):
            return field.currentText()
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    def accept(self) -> None:
        try:
            entry = catalogue_file.checked({name: self._typed(name) for name in self.fields}, own=True)
        except catalogue_file.Wrong as wrong:
            name = next(_(text) for field, text, _hint in _FIELDS if field == wrong.column)
            self._tell(_("{field}: {reason}.").format(field=name, reason=wrong.reason))
            self.fields[wrong.column].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        before, known = self._before, {one.key for one in catalogue.current().entries}
        if (before is None or before.key != entry.key) and entry.key in known:
            self._tell(_("Danh mục đã có văn bản này; hãy tìm nó rồi sửa."))
            return
        gone = {entry.key} | ({before.key} if before is not None and before.own else set())
        try:
            own = [one for one in catalogue_layers.own(self._folder) if one.key not in gone]
            catalogue_layers.keep_own(self._folder, [*own, entry])
        except UserError as error:
            self._tell(str(error))
            return
        super().accept()
        self.kept.emit(entry)

    def _tell(self, sentence: str) -> None:
        """Say why it cannot be kept."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
