"""The head of a table's page: its name and title, unit, kind of columns and stated total."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.errors import AmountError
from models.i18n import N_, _
from models.money import UNITS, format_amount, parse_amount, unit_name
from models.plan import Table
from models.text import appendix_names, clean
from ui.document import Document
from ui.reading_only import edits
from ui.widgets.finding_lines import set_state


class TableHead(QWidget):
    """Fields of one table; a register has its title alone. ``refused`` carries a sentence."""

    refused = Signal(str)

    def __init__(self, document: Document, table: Table) -> None:
        super().__init__()
        self.document, self.table = document, table
        edits(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._name = QLabel()
        self._name.setObjectName("title")
        self._title = QLineEdit()
        self._title.setAccessibleName(_("Tên bảng"))
        self._title.setPlaceholderText(_("Tên bảng"))
        self._title.editingFinished.connect(self._save_title)
        head.addWidget(self._name)
        head.addWidget(self._title, 1)
        layout.addLayout(head)
        self._fields: dict[str, QWidget] = {"title": self._title}
        if not table.is_register:
            layout.addLayout(self._build_options())

    def _build_options(self) -> QHBoxLayout:
        options = QHBoxLayout()
        options.setSpacing(8)
        self._unit = QComboBox()
        for unit in UNITS:
            self._unit.addItem(unit_name(unit), unit)
        self._unit.activated.connect(
            lambda: self.document.set(self.table, "unit", self._unit.currentData(), N_("Đổi đơn vị tính"))
        )
        self._layout = QComboBox()
        self._layout.addItem(_("Tự chọn theo nội dung"), "")
        spec = self.document.template.table(self.table.key)
        for layout in spec.layouts if spec else ():
            self._layout.addItem(layout.label, layout.key)
        self._layout.activated.connect(
            lambda: self.document.set(self.table, "layout", self._layout.currentData(), N_("Đổi kiểu cột"))
        )
        self._stated = QLineEdit()
        letter = self.fontMetrics().averageCharWidth()
        self._stated.setMaximumWidth(max(160, 14 * letter))
        self._stated.setMinimumWidth(11 * letter)
        self._layout.setMinimumWidth(14 * letter)
        self._stated.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._stated.setPlaceholderText(_("không nêu"))
        self._stated.editingFinished.connect(self._save_stated)
        for name, text, widget in (
            ("unit", _("Đơn &vị tính"), self._unit),
            ("layout", _("Kiểu &cột"), self._layout),
            ("stated_total", _("Tổng đã &nêu"), self._stated),
        ):
            self._fields[name] = widget
            label = QLabel(text)
            label.setObjectName("muted")
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            options.addWidget(label)
            options.addWidget(widget)
            options.addSpacing(8)
        options.addStretch(1)
        return options

    # ---- load

    def load(self) -> None:
        """Show the table's fields as they are now, but for one that is being typed into."""
        names = appendix_names(self.document.plan, self.document.template)
        self._name.setText(names.get(id(self.table), _("Bảng")) + ".")
        if not _is_typed_into(self._title) and self._title.text() != self.table.title:
            self._title.setText(self.table.title)
            self._title.setCursorPosition(0)
        if self.table.is_register:
            return
        with QSignalBlocker(self._unit), QSignalBlocker(self._layout):
            self._unit.setCurrentIndex(self._unit.findData(self.table.unit))
            self._layout.setCurrentIndex(max(0, self._layout.findData(self.table.layout)))
        if not _is_typed_into(self._stated):
            stated = self.table.stated_total
            self._stated.setText("" if stated is None else format_amount(stated, self.table.unit))

    def on_evaluated(self) -> None:
        """Mark a stated total that is not the sum."""
        if not self.table.is_register:
            set_state(self._stated, "error" if self.document.findings_of(self.table, "stated_total") else "")

    # ---- save

    def save(self) -> None:
        """Write what is typed but not yet written."""
        self._save_title()
        if not self.table.is_register:
            self._save_stated()

    def _save_title(self) -> None:
        if not self._title.isModified():
            return
        self._title.setModified(False)
        self.document.set(self.table, "title", clean(self._title.text()).strip(), N_("Sửa tên bảng"))

    def _save_stated(self) -> None:
        if not self._stated.isModified():
            return
        text = self._stated.text().strip()
        try:
            amount = parse_amount(text, self.table.unit) if text else None
        except AmountError as error:
            self.refused.emit(str(error))
            return
        self._stated.setModified(False)
        self.document.set(self.table, "stated_total", amount, N_("Sửa tổng đã nêu"))

    # ---- places

    def field_of(self, widget: QWidget | None) -> str:
        """The field that a widget edits; empty for one that is not of the head."""
        return next((name for name, editor in self._fields.items() if editor is widget), "")

    def go_to(self, field: str) -> bool:
        """Put the cursor into a field; false where there is none of that name."""
        editor = self._fields.get(field)
        if editor is None:
            return False
        editor.setFocus()
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        return True


def _is_typed_into(line: QLineEdit) -> bool:
    """Whether a line holds what is not written yet."""
    return line.hasFocus() and line.isModified()
