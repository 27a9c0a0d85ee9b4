"""What is said of one table of a file beside its columns: where it goes, title, unit, notation, first and last row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from models.i18n import N_, _
from models.imports import asking, taking
from models.imports.choices import Choice
from models.imports.understood import CELLS
from models.money import UNITS, unit_name
from models.template import Template, fill_years

_NOTATIONS = (
    ("", N_("Tự nhận ra")), ("vietnamese", N_("1.234,5 (chấm chia nghìn)")),
    ("english", N_("1,234.5 (phẩy chia nghìn)")),
)  # fmt: skip


class TableForm(QWidget):
    """``changed`` carries the fields of the mapping that are put right, ``moved`` the key of the table of the plan."""

    changed = Signal(dict)
    moved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choice: Choice | None = None
        self._build()

    # ---- build

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.target = self._box(_("Lấy vào bảng"))
        self.title = QLineEdit()
        self.title.setAccessibleName(_("Tiêu đề bảng"))
        self.title.setMaxLength(2000)
        self.title.setMinimumWidth(12 * self.title.fontMetrics().averageCharWidth())
        self.title.editingFinished.connect(self._on_title)
        self.unit = self._box(_("Đơn vị tính"))
        self.notation = self._box(_("Cách viết số"))
        self.head_first = self._number(_("Dòng đầu của đầu bảng"))
        self.head_last = self._number(_("Dòng cuối của đầu bảng"))
        self.end = self._number(_("Dòng cuối của bảng"))
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, text, widget, stretch in (
            (first, _("&Lấy vào"), self.target, 2), (first, _("&Tiêu đề"), self.title, 3),
            (first, _("Đơn &vị tính"), self.unit, 1), (second, _("&Cách viết số"), self.notation, 1),
            (second, _("Đầ&u bảng từ dòng"), self.head_first, 0), (second, _("đến"), self.head_last, 0),
            (second, _("hết ở dòng"), self.end, 0),
        ):  # fmt: skip
            label = QLabel(text)
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(widget, stretch)
        second.addStretch(1)
        for row in (first, second):
            row.setSpacing(8)
            layout.addLayout(row)
        self.target.currentIndexChanged.connect(lambda _at: self._on_target())
        self.unit.currentIndexChanged.connect(lambda _at: self._set(unit=str(self.unit.currentData())))
        self.notation.currentIndexChanged.connect(lambda _at: self._set(notation=str(self.notation.currentData())))
        self.head_first.valueChanged.connect(lambda _value: self._on_head())
        self.head_last.valueChanged.connect(lambda _value: self._on_head())
        self.end.valueChanged.connect(lambda _value: self._on_head())

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _number(self, name: str) -> QSpinBox:
        box = QSpinBox()
        box.setAccessibleName(name)
        box.setKeyboardTracking(False)
        box.lineEdit().setTextMargins(6, 0, 0, 0)
        box.setMinimumWidth(6 * box.fontMetrics().averageCharWidth() + 40)
        return box

    def tab_chain(self) -> list[QWidget]:
        """The fields in the order of Tab."""
        return [self.target, self.title, self.unit, self.notation, self.head_first, self.head_last, self.end]

    # ---- load

    def load(self, choice: Choice | None, template: Template, first: int, last: int) -> None:
        """Show what is said of a table; ``first`` and ``last`` are the years of the plan."""
        self._choice = choice
        self.setEnabled(choice is not None)
        if choice is None:
            return
        for widget in self.tab_chain():
            widget.blockSignals(True)
        try:
            self._load(choice, template, first, last)
        finally:
            for widget in self.tab_chain():
                widget.blockSignals(False)

    def _load(self, choice: Choice, template: Template, first: int, last: int) -> None:
        mapping, grid = choice.mapping, choice.grid
        self.target.clear()
        self.target.addItem(_("(chưa chọn)"), ("other", ""))
        for is_register, kind in ((False, "tasks"), (True, "register")):
            for key, title in taking.targets(template, is_register):
                self.target.addItem(fill_years(title, first, last), (kind, key))
        self.target.addItem(_("Danh mục mới của đơn vị"), ("register", ""))
        wanted = (mapping.kind, choice.table if mapping.kind != "other" else "")
        if mapping.kind == "register" and template.table(choice.table) is None:
            wanted = ("register", "")
        held = [self.target.itemData(at) for at in range(self.target.count())]
        self.target.setCurrentIndex(held.index(wanted) if wanted in held else 0)
        self.target.setToolTip(self.target.currentText())
        if not self.title.hasFocus() or not self.title.isModified():
            self.title.setText(mapping.title)
            self.title.setCursorPosition(0)
        self.unit.clear()
        if not mapping.unit:
            self.unit.addItem(_("(chưa rõ)"), "")
        for unit in UNITS:
            self.unit.addItem(unit_name(unit), unit)
        self.unit.setCurrentIndex(max(0, self.unit.findData(mapping.unit)))
        self.unit.setEnabled(mapping.kind == "tasks")
        _mark(self.unit, asking.needs_unit(choice.found))
        self.notation.clear()
        for notation, name in _NOTATIONS:
            self.notation.addItem(_(name), notation)
        self.notation.setCurrentIndex(max(0, self.notation.findData(mapping.notation)))
        self.notation.setEnabled(mapping.kind == "tasks")
        _mark(self.notation, bool(choice.unclear))
        lowest, highest = grid.first_row - 1, grid.first_row + len(grid.rows) - 1
        for box in (self.head_first, self.head_last, self.end):
            box.setRange(lowest, highest)
            box.setSpecialValueText(_("không") if box is not self.end else "")
        self.head_first.setValue(grid.first_row + mapping.head[0])
        self.head_last.setValue(grid.first_row + mapping.head[1])
        self.end.setValue(grid.first_row + mapping.end - 1)

    # ---- what is put right

    def _set(self, **values: object) -> None:
        if self._choice is not None:
            self.changed.emit(values)

    def _on_title(self) -> None:
        text = self.title.text().strip()
        self.title.setModified(False)
        if self._choice is not None and text != self._choice.mapping.title:
            self._set(title=text)

    def _on_head(self) -> None:
        if self._choice is None:
            return
        first, last = self.head_first.value(), self.head_last.value()
        base = self._choice.grid.first_row
        # Whichever was moved past the other takes it along.
        if self.head_first.value() < base or self.head_last.value() < base:
            head = (-1, -1)
        elif first - base != self._choice.mapping.head[0]:
            head = (first - base, max(first, last) - base)
        else:
            head = (min(first, last) - base, last - base)
        end = max(self.end.value() - base + 1, head[1] + 1)
        if (head, end) != (self._choice.mapping.head, self._choice.mapping.end):
            self._set(head=head, end=end)

    def _on_target(self) -> None:
        if self._choice is None:
            return
        kind, key = self.target.currentData()
        mapping = self._choice.mapping
        if kind != mapping.kind:
            self.changed.emit(_of_kind(self._choice, kind))
        self.moved.emit(key)


def _of_kind(choice: Choice, kind: str) -> dict[str, Any]:
    """What makes a table one of another kind: its columns as they were guessed for that, else none."""
    mapping, guessed = choice.mapping, choice.guessed
    if kind == guessed.kind:
        columns = list(guessed.columns)
    else:
        other = CELLS if kind == "register" else ""
        columns = ["number" if field == "number" else other for field in mapping.columns]
    return {"kind": kind, "columns": columns}


def _mark(widget: QWidget, is_asked: bool) -> None:
    """Show that a field waits for an answer."""
    widget.setProperty("state", "warning" if is_asked else "")
    widget.style().unpolish(widget)
    widget.style().polish(widget)
