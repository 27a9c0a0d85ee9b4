"""The page of one table: tasks with money, or a register."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.errors import AmountError
from models.i18n import N_, _
from models.money import UNITS, format_amount, parse_amount, unit_name
from models.plan import Part, Row, Table
from models.store import Change
from models.text import appendix_names, clean
from ui.document import Document
from ui.pages.page import Page, card
from ui.tables import row_actions
from ui.tables.columns import ScreenColumn
from ui.tables.register_model import RegisterModel
from ui.tables.task_model import TaskModel
from ui.tables.totals_model import TotalsModel
from ui.tables.view import SheetView, TotalsView

#: Height of a line (pixels) at the text size that the columns' first widths are made for.
_DESIGN_LINE = 19


class TablePage(Page):
    """A table with its title, unit, columns and rows; ``row_actions`` lists what its menu offers."""

    def __init__(self, document: Document, table: Table) -> None:
        super().__init__(document)
        self.table = table
        self.model: TaskModel | RegisterModel
        self.model = RegisterModel(document, table) if table.is_register else TaskModel(document, table)
        self.model.refused.connect(lambda sentence: self.notice.emit(sentence, "error"))
        self.actions_of_rows: list[QAction | None] = []
        self._widths_later = QTimer(self)
        self._widths_later.setSingleShot(True)
        self._widths_later.setInterval(60)
        self._widths_later.timeout.connect(self._set_widths)
        self._build()
        self.load()

    # ---- build

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._name = QLabel()
        self._name.setObjectName("title")
        self._title = QLineEdit()
        self._title.setAccessibleName(_("Tên bảng"))
        self._title.setPlaceholderText(_("Tên bảng"))
        self._title.editingFinished.connect(
            lambda: self.document.set(self.table, "title", clean(self._title.text()).strip(), N_("Sửa tên bảng"))
        )
        head.addWidget(self._name)
        head.addWidget(self._title, 1)
        layout.addLayout(head)
        if not self.table.is_register:
            layout.addLayout(self._build_options())
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self.view = SheetView()
        self.view.setAccessibleName(_("Bảng"))
        self.view.setModel(self.model)
        self.view.clear_requested.connect(self._clear)
        self.view.mark_toggled.connect(self._toggle)
        inside.addWidget(self.view, 1)
        self._totals: TotalsModel | None = None
        if isinstance(self.model, TaskModel):
            self._totals = TotalsModel(self.model)
            self._pinned = TotalsView(self.view)
            self._pinned.setModel(self._totals)
            self._pinned.setAccessibleName(_("Tổng cộng"))
            inside.addWidget(self._pinned)
        self.model.columns_changed.connect(self._set_widths)
        layout.addWidget(frame, 1)
        self._build_actions()

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
        self._stated.setMaximumWidth(160)
        self._stated.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._stated.setPlaceholderText(_("không nêu"))
        self._stated.editingFinished.connect(self._save_stated)
        for text, widget in (
            (_("Đơn &vị tính"), self._unit),
            (_("Kiểu &cột"), self._layout),
            (_("Tổng đã &nêu"), self._stated),
        ):
            label = QLabel(text)
            label.setObjectName("muted")
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            options.addWidget(label)
            options.addWidget(widget)
            options.addSpacing(16)
        options.addStretch(1)
        return options

    def _build_actions(self) -> None:
        def add(text: str, keys: str, work: Callable[[], None]) -> None:
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False: work())
            self.addAction(action)
            self.actions_of_rows.append(action)

        add(_("Thêm dòng bên dưới"), "Ctrl+Return", self._add_row)
        if not self.table.is_register:
            add(_("Thêm phần việc"), "Ctrl+Shift+Return", self._add_part)
            add(_("Tạo nhóm"), "Ctrl+G", self._add_group)
        add(_("Xóa dòng"), "Ctrl+Delete", self._delete_rows)
        self.actions_of_rows.append(None)
        add(_("Chuyển lên"), "Alt+Up", lambda: self._shift(-1))
        add(_("Chuyển xuống"), "Alt+Down", lambda: self._shift(1))
        if not self.table.is_register:
            add(_("Đưa vào dòng trên"), "Alt+Right", lambda: self._nest(row_actions.nest))
            add(_("Đưa ra ngoài"), "Alt+Left", lambda: self._nest(row_actions.unnest))

    # ---- load

    def load(self) -> None:
        self.model.catch_up()
        self._load_head()
        self.on_evaluated()

    def _load_head(self) -> None:
        names = appendix_names(self.document.plan, self.document.template)
        self._name.setText(names.get(id(self.table), _("Bảng")) + ".")
        if not self._title.hasFocus():
            self._title.setText(self.table.title)
            self._title.setCursorPosition(0)
        if self.table.is_register:
            return
        with QSignalBlocker(self._unit), QSignalBlocker(self._layout):
            self._unit.setCurrentIndex(self._unit.findData(self.table.unit))
            self._layout.setCurrentIndex(max(0, self._layout.findData(self.table.layout)))
        if not self._stated.hasFocus():
            stated = self.table.stated_total
            self._stated.setText("" if stated is None else format_amount(stated, self.table.unit))

    def on_change(self, change: Change) -> None:
        self.model.on_change(change)
        self._load_head()

    def on_evaluated(self) -> None:
        if self._totals is not None:
            self._totals.reload()
            self._pinned.follow()
        self.view.viewport().update()
        wrong = "error" if not self.table.is_register and self._stated_is_wrong() else ""
        if not self.table.is_register and self._stated.property("state") != wrong:
            self._stated.setProperty("state", wrong)
            self._stated.style().unpolish(self._stated)
            self._stated.style().polish(self._stated)

    def _stated_is_wrong(self) -> bool:
        return bool(self.document.findings_of(self.table, "stated_total"))

    def _set_widths(self) -> None:
        """First widths: those of paper, long texts widened to fill the window."""
        if not self.isVisible():
            return
        room = self.view.width() - self.view.verticalScrollBar().sizeHint().width() - 4
        scale = self.fontMetrics().height() / _DESIGN_LINE
        if isinstance(self.model, TaskModel):
            widths = [max(round(column.width * scale), self._least_width(column)) for column in self.model.columns]
            growing = [
                index for index, column in enumerate(self.model.columns) if column.is_long or column.field == "lead"
            ]
        else:
            widths = [round(52 * scale)] + [round(140 * scale)] * (self.model.columnCount() - 1)
            growing = list(range(1, len(widths)))
        spare = room - sum(widths)
        if spare > 0 and growing:
            base = sum(widths[index] for index in growing)
            for index in growing:
                widths[index] += spare * widths[index] // base
        with QSignalBlocker(self.view.horizontalHeader()):
            for index, width in enumerate(widths):
                self.view.setColumnWidth(index, width)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.fit_rows()
        if self._totals is not None:
            self._pinned.follow()

    def _least_width(self, column: ScreenColumn) -> int:
        """The width (pixels) in which the column's total and the longest word of its head are whole."""
        font = QFont(self.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        words = [*column.label.split(), "2021-2025" if column.field == "time" else ""]
        if column.is_amount and self._totals is not None:
            index = [shown.field for shown in self._totals.columns].index(column.field)
            words += [str(self._totals.index(row, index).data() or "") for row in range(self._totals.rowCount())]
        return max(metrics.horizontalAdvance(word) for word in words) + 20

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._widths_later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_widths()

    def enter(self) -> None:
        self.go_to(self.table, "")

    # ---- save

    def _save_stated(self) -> None:
        text = self._stated.text().strip()
        try:
            amount = parse_amount(text, self.table.unit) if text else None
        except AmountError as error:
            self.notice.emit(str(error), "error")
            return
        self.document.set(self.table, "stated_total", amount, N_("Sửa tổng đã nêu"))

    def save(self) -> None:
        focus = self.focusWidget()
        if isinstance(focus, QWidget) and self.view.isAncestorOf(focus) and focus is not self.view:
            self.view.setFocus()

    # ---- rows

    def _current(self) -> Row | None:
        return self.model.row_at(self.view.currentIndex())

    def _selected(self) -> list[Row]:
        places = sorted({index.row() for index in self.view.selectedIndexes()})
        rows = [self.model.row_at(self.model.index(place, 0)) for place in places]
        return [row for row in rows if row is not None]

    def _add_row(self) -> None:
        if isinstance(self.model, TaskModel):
            self._edit(row_actions.add_row(self.document, self.table, self._current()))
        else:
            self.view.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 1))

    def _add_part(self) -> None:
        row = self._current()
        if row is None:
            return
        new = row_actions.add_part(self.document, row)
        if new is None:
            self.notice.emit(_("Không thể chia nhỏ thêm: bảng chỉ có bốn cấp dòng."), "warning")
        else:
            self._edit(new)

    def _add_group(self) -> None:
        rows = self._selected()
        new = row_actions.add_group(self.document, self.table, rows if len(rows) > 1 else [])
        if new is not None:
            self._edit(new)

    def _delete_rows(self) -> None:
        place = self.view.currentIndex()
        row_actions.delete_rows(self.document, self._selected())
        last = max(0, min(place.row(), self.model.rowCount() - 1))
        self.view.setCurrentIndex(self.model.index(last, max(place.column(), 1)))

    def _shift(self, step: int) -> None:
        row, column = self._current(), self.view.currentIndex().column()
        if row is not None:
            row_actions.shift(self.document, row, step)
            self._select(row, column)

    def _nest(self, work: Callable[[Document, Row], bool]) -> None:
        row, column = self._current(), self.view.currentIndex().column()
        if row is not None:
            work(self.document, row)
            self._select(row, column)

    def _select(self, row: Row, column: int) -> None:
        index = self.model.index_of(row)
        if index.isValid():
            self.view.setCurrentIndex(self.model.index(index.row(), column))

    def _edit(self, row: Row) -> None:
        index = self.model.index_of(row)
        if index.isValid():
            self.view.setFocus()
            self.view.setCurrentIndex(index)
            self.view.edit(index)

    def _clear(self) -> None:
        """Empty the selected cells, in one edit."""
        indexes = [index for index in self.view.selectedIndexes() if index.flags() & Qt.ItemFlag.ItemIsEditable]
        rows = [index for index in indexes if self.model.row_at(index) is not None and index.column() > 0]
        if len(rows) == 1:
            self.model.setData(rows[0], "", Qt.ItemDataRole.EditRole)
        elif rows and isinstance(self.model, TaskModel):
            self.model.clear(rows)

    def _toggle(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None and row.group is None and isinstance(self.model, TaskModel):
            field = self.model.columns[index.column()].field
            self.model.set_values(row, {field: not getattr(row, field)}, field)

    # ---- places

    def go_to(self, part: Part, field: str) -> None:
        if isinstance(part, Row):
            index = self.model.index_of(part, field or "task")
            if index.isValid():
                self.view.setFocus()
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
        elif field == "stated_total":
            self._stated.setFocus()
            self._stated.selectAll()
        else:
            self.view.setFocus()
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0, 1))
