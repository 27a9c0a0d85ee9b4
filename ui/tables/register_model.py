"""The rows of a register for Qt: plain cells of text, and one empty row at the end."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from models.entries import check_length
from models.errors import UserError
from models.i18n import N_, _
from models.plan import Row, Table, insert
from models.store import Change
from ui import theme
from ui.document import Document
from ui.tables.columns import ScreenColumn
from ui.tables.following import FollowingModel

Index = QModelIndex | QPersistentModelIndex
#: First widths (pixels) of the numbers and of a column.
_NUMBER_WIDTH, _WIDTH = 52, 140


class RegisterModel(FollowingModel):
    """Rows of a register; its first column is the made number, the field of the others ``cells.0``, ``cells.1`` …"""

    def __init__(self, document: Document, table: Table) -> None:
        super().__init__(document, table)
        self._heads: list[str] | None = None
        self._numbers: tuple[list[Row], dict[int, int]] = ([], {})
        self.load()

    def read_rows(self) -> list[Row]:
        return list(self.table.rows)

    def gather(self) -> None:
        super().gather()
        if self._heads != self.table.columns or not self.columns:
            self._heads = self.table.columns
            heads = enumerate(self._heads or [])
            self.columns = [
                ScreenColumn("number", _("TT"), _NUMBER_WIDTH),
                *(ScreenColumn(f"cells.{place}", head, _WIDTH) for place, head in heads),
            ]

    def on_change(self, change: Change) -> None:
        if self.table in change.owners or self.table in change.parts:
            self.catch_up()
            return
        for part in change.parts:
            if isinstance(part, Row) and (place := self.place_of(part)) >= 0:
                self.dataChanged.emit(self.index(place, 0), self.index(place, self.columnCount() - 1))

    def catch_up(self) -> None:
        """Show the table as it is now."""
        if self._heads != self.table.columns:
            self.load()
        else:
            self.follow()

    def index_of(self, row: Row, field: str = "") -> QModelIndex:
        """The cell of a field (``cells/0`` …), or the first one of the row."""
        place = self.place_of(row)
        _kind, _slash, cell = field.partition("/")
        column = 1 + int(cell) if cell.isdigit() and int(cell) < len(self.columns) - 1 else 1
        return self.index(place, column) if place >= 0 else QModelIndex()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if index.column() == 0 or self.document.is_reading else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.row_at(index), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignHCenter if column == 0 else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and (row is None or column == 0):
            return QBrush(QColor(theme.colours().muted))
        refusal = self.refusals.get((id(row), self.columns[column].field)) if self.refusals else None
        if role == Qt.ItemDataRole.BackgroundRole and refusal:
            return QBrush(QColor(theme.colours().error_ground))
        if role == Qt.ItemDataRole.ToolTipRole:
            return refusal
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        if row is None:
            return _("+  Dòng mới") if column == 1 and role == Qt.ItemDataRole.DisplayRole else ""
        if column == 0:
            return str(self._number(row))
        cells = row.cells or []
        return cells[column - 1] if column - 1 < len(cells) else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column, text = self.row_at(index), index.column() - 1, str(value).strip()
        if row is None and not text:
            return False
        try:
            check_length(text)
        except UserError as error:
            self.refused.emit(str(error))
            return False
        if row is not None:
            self.unmark(row, self.columns[index.column()].field)
        cells = list(row.cells or []) if row is not None else []
        cells += [""] * (max(len(self.table.columns or []), column + 1) - len(cells))
        cells[column] = text
        if row is None:
            with self.document.edit(N_("Thêm dòng")):
                insert(self.table, Row(cells=cells))
        else:
            self.document.set(row, "cells", cells, N_("Sửa bảng"))
        return True

    def _number(self, row: Row) -> int:
        """The place of a row in the plan, from 1, whatever order the rows are shown in."""
        rows, numbers = self._numbers
        if rows is not self.all_rows:
            numbers = {id(one): number for number, one in enumerate(self.all_rows, 1)}
            self._numbers = self.all_rows, numbers
        return numbers[id(row)]
