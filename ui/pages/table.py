"""The page of one table: tasks with money, or a register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from models.i18n import _
from models.plan import Part, Row, Table
from models.settings import Settings
from models.store import Change
from ui.document import Document
from ui.pages.page import Page, card
from ui.tables import sheet_actions, sheet_menus
from ui.tables.arranging import CHOICES, Arrangement
from ui.tables.sheet_columns import SheetColumns
from ui.tables.task_model import TaskModel
from ui.tables.totals_model import TotalsModel
from ui.tables.totals_view import TotalsView
from ui.tables.view import SheetView
from ui.widgets.filter_line import FilterLine
from ui.widgets.table_head import TableHead
from ui.widgets.table_hint import TableHint

if TYPE_CHECKING:
    from ui.tables.register_model import RegisterModel

#: The window's new size, and the last one of several selections, are taken up after so many milliseconds.
_RESIZED_MS, _SELECTED_MS = 60, 50


class TablePage(Page):
    """A table with its head, rows and pinned totals; ``actions_of_rows`` lists what its menu offers."""

    #: What is said of the selected cells; empty where it is nothing.
    selection_told = Signal(str)

    def __init__(self, document: Document, table: Table, settings: Settings | None = None) -> None:
        super().__init__(document)
        self.table = table
        self.model: TaskModel | RegisterModel
        if table.is_register:
            from ui.tables.register_model import RegisterModel

            self.model = RegisterModel(document, table)
        else:
            self.model = TaskModel(document, table)
        self.model.refused.connect(lambda sentence: self.notice.emit(sentence, "error"))
        self.model.arranged.connect(self._say_arranged)
        self._totals = TotalsModel(self.model) if isinstance(self.model, TaskModel) else None
        self._told = ""
        self._widths_later = QTimer(self, singleShot=True, interval=_RESIZED_MS)
        self._selected_later = QTimer(self, singleShot=True, interval=_SELECTED_MS)
        self._selected_later.timeout.connect(self._tell_selection)
        self._build()
        self.columns = SheetColumns(self.view, self.model, self._totals, settings)
        self._kept: tuple[Row | None, int, str] | None = None
        self.model.modelAboutToBeReset.connect(self._keep_place)
        self.model.columns_changed.connect(self._on_columns)
        self._widths_later.timeout.connect(self.columns.fit)
        if self._pinned is not None:
            self.columns.changed.connect(self._pinned.follow)
        self.actions_of_rows: list[QAction | None] = sheet_actions.build(self)
        self.load()

    # ---- build

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        self.head = TableHead(self.document, self.table)
        self.head.refused.connect(lambda sentence: self.notice.emit(sentence, "error"))
        layout.addWidget(self.head)
        self.filter_line = FilterLine([one for one in CHOICES if one[0] == "all" or not self.table.is_register])
        self.filter_line.asked.connect(self._filter)
        self.filter_line.all_wanted.connect(lambda: self.arrange(Arrangement()))
        self.filter_line.left.connect(self._back_to_rows)
        layout.addWidget(self.filter_line)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self.view = SheetView()
        self.view.setAccessibleName(_("Bảng"))
        self.view.setModel(self.model)
        self.view.mark_toggled.connect(lambda index: sheet_actions.toggle_marks(self, index))
        self.view.menu_requested.connect(lambda place: sheet_menus.row_menu(self).popup(place))
        self.view.head.menu_requested.connect(self._show_head_menu)
        self.view.selection_changed.connect(self._selected_later.start)
        self._hint = TableHint(self.view)
        inside.addWidget(self.view, 1)
        self._pinned: TotalsView | None = None
        if self._totals is not None:
            self._pinned = TotalsView(self.view)
            self._pinned.setModel(self._totals)
            self._pinned.setAccessibleName(_("Tổng cộng"))
            inside.addWidget(self._pinned)
        layout.addWidget(frame, 1)

    # ---- load

    def load(self) -> None:
        self.model.catch_up()
        self.head.load()
        self._say_arranged()
        self.on_evaluated()

    def on_change(self, change: Change) -> None:
        self.model.on_change(change)
        self.head.load()
        if self._told:
            self._selected_later.start()

    def on_evaluated(self) -> None:
        if self._totals is not None and self._pinned is not None:
            self._totals.reload()
            self._pinned.follow()
        if self.document.touched is None:
            self.view.viewport().update()
        self.head.on_evaluated()

    def _keep_place(self) -> None:
        """Remember the cell that the cursor is in, by its row and field: other columns are coming."""
        index = self.view.currentIndex()
        column = self.model.columns[index.column()] if index.isValid() else None
        self._kept = (self.model.row_at(index), index.row(), column.field) if column else None

    def _on_columns(self) -> None:
        self.columns.recall()
        if self._kept is None:
            return
        row, place, field = self._kept
        place = place if row is None else self.model.place_of(row)
        fields = [column.field for column in self.model.columns]
        column = fields.index(field) if field in fields else -1
        shown = self.view.shown_columns()
        if shown and 0 <= place < self.model.rowCount():
            self.view.select_cell(self.model.index(place, column if column in shown else shown[0]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._widths_later.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "columns"):
            self._widths_later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.columns.fit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tell("")

    def enter(self) -> None:
        self.go_to(self.table, "")

    def save(self) -> None:
        self.view.commit_editor()
        self.head.save()
        self.columns.store()

    # ---- rows

    def current_row(self) -> Row | None:
        """The row that the cursor is in; ``None`` for the empty one at the end."""
        return self.model.row_at(self.view.currentIndex())

    def selected_rows(self) -> list[Row]:
        """The rows of the selected cells, in printed order."""
        rows = self.model.rows
        chosen = [rows[place] for place in self.view.selected_places() if place < len(rows)]
        if self.model.arrangement.sorts:
            ids = {id(row) for row in chosen}
            chosen = [row for row in self.model.all_rows if id(row) in ids]
        return chosen

    def edit_row(self, row: Row) -> None:
        """Open the name of a row."""
        self.edit_place(self.model.place_of(row))

    def edit_place(self, place: int) -> None:
        """Open the first cell of a row that is typed into."""
        index = self.model.index(place, self.view.shown_columns()[0] if self.table.is_register else self._name_column())
        if index.isValid():
            self.view.setFocus()
            self.view.select_cell(index)
            self.view.edit(index)

    def _name_column(self) -> int:
        return [column.field for column in self.model.columns].index("task")

    # ---- what is shown

    def arrange(self, arrangement: Arrangement) -> None:
        """Choose and order the rows that are shown; the cursor stays in its row."""
        self.view.commit_editor()
        self.model.arrange(arrangement)
        index = self.view.currentIndex()
        if index.isValid():
            self.view.scrollTo(index)
        elif self.view.shown_columns():
            self.view.select_cell(self.model.index(0, self.view.shown_columns()[0]))

    def choose_columns(self) -> None:
        """Show the columns, to be hidden, moved and made wider."""
        from ui.dialogs.columns import ColumnsDialog

        index = self.view.currentIndex()
        ColumnsDialog(self, self.columns, self.model.columns[max(0, index.column())].field).open()

    def _filter(self, text: str, choice: str) -> None:
        before = self.model.arrangement
        text = " ".join(text.split())
        if text or choice != "all" or before.filters:
            self.arrange(Arrangement(text, choice, before.field, before.descending))

    def _say_arranged(self) -> None:
        """Say which rows are shown, as long as they are not all, or not in the plan's order."""
        model, arrangement, parts = self.model, self.model.arrangement, []
        if arrangement.filters:
            shown, count = len(model.rows), len(model.all_rows)
            parts.append(_("Đang lọc: {shown} trên {count} dòng").format(shown=shown, count=count))
        if arrangement.sorts:
            label = next((one.label for one in model.columns if one.field == arrangement.field), arrangement.field)
            sentence = _("Giảm dần theo “{column}”") if arrangement.descending else _("Tăng dần theo “{column}”")
            parts.append(sentence.format(column=label))
        self.filter_line.say(" · ".join(parts))
        if model.all_rows and not model.rows:
            self._hint.say(_("Không có dòng nào như vậy"), _("Hãy gõ chữ khác, hoặc chọn “Hiện tất cả dòng”."))
        elif not model.all_rows and not self.document.is_reading:
            sentence = _("Gõ ngay vào dòng trống ở trên, Tab sang ô bên, Enter xuống dòng; "
                         "hoặc chép các ô từ Excel, Word rồi nhấn Ctrl+V.")  # fmt: skip
            self._hint.say(_("Bảng chưa có dòng nào"), sentence)
        else:
            self._hint.say("", "")

    def _back_to_rows(self) -> None:
        self.go_to(self.table, "")
        self.view.scrollTo(self.view.currentIndex())

    def _show_head_menu(self, column: int, place: QPoint) -> None:
        sheet_menus.head_menu(self, column).popup(place)

    def _tell_selection(self) -> None:
        from ui.tables.selection_sum import told

        if self.isVisible():
            self._tell(told(self.view))

    def _tell(self, sentence: str) -> None:
        if sentence != self._told:
            self._told = sentence
            self.selection_told.emit(sentence)

    # ---- places

    def here(self) -> tuple[Part, str] | None:
        focus = self.focusWidget()
        if field := self.head.field_of(focus):
            return self.table, field
        index = self.view.currentIndex()
        row = self.model.row_at(index) if index.isValid() else None
        if row is None:
            return self.table, ""
        field = self.model.columns[index.column()].field
        if row.group is not None:
            field = {"task": "group", "total": "stated_total"}.get(field, field)
        return row, "" if field == "number" else field.replace(".", "/")

    def go_to(self, part: Part, field: str) -> None:
        if isinstance(part, Row):
            index = self._index_of(part, field)
            if index.isValid():
                self.view.setFocus()
                self.view.select_cell(index)
                self.view.scrollTo(index)
        elif not self.head.go_to(field):
            index, columns = self.view.currentIndex(), self.view.shown_columns()
            if columns and index.column() not in columns:
                self.view.select_cell(self.model.index(max(0, index.row()), columns[0]))
            self.view.setFocus()

    def _index_of(self, row: Row, field: str) -> QModelIndex:
        """The cell of a field, its row and column brought into view where they are not shown."""
        if self.model.place_of(row) < 0 and any(row is one for one in self.model.all_rows):
            self.filter_line.forget()
            self.arrange(Arrangement())
        index = self.model.index_of(row, field or "task")
        if index.isValid() and self.view.isColumnHidden(index.column()):
            self.columns.set_hidden(self.model.columns[index.column()].field, False)
        return index
