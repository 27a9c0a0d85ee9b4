"""The rows of a register for Qt: plain cells of text, and one empty row at the end."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from models.i18n import N_, _
from models.plan import Row, Table, insert
from models.store import Change
from ui import theme
from ui.document import Document
from ui.tables.following import FollowingModel

Index = QModelIndex | QPersistentModelIndex


class RegisterModel(FollowingModel):
    """Rows of a register; its first column is the made number."""

    def __init__(self, document: Document, table: Table) -> None:
        super().__init__(document, table)
        self._columns: list[str] = []
        self.load()

    def read_rows(self) -> list[Row]:
        return list(self.table.rows)

    def gather(self) -> None:
        super().gather()
        self._columns = list(self.table.columns or [])

    def on_change(self, change: Change) -> None:
        self.catch_up()

    def catch_up(self) -> None:
        """Show the table as it is now."""
        if self._columns != self.table.columns:
            self.load()
        else:
            self.follow()

    def index_of(self, row: Row, field: str = "") -> QModelIndex:
        place = self.place_of(row)
        _kind, _slash, cell = field.partition("/")
        return self.index(place, 1 + int(cell) if cell.isdigit() else 1) if place >= 0 else QModelIndex()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _("TT") if section == 0 else self._columns[section - 1]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if index.column() == 0 else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.row_at(index), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignHCenter if column == 0 else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and (row is None or column == 0):
            return QBrush(QColor(theme.colours().muted))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        if row is None:
            return _("+  Dòng mới") if column == 1 and role == Qt.ItemDataRole.DisplayRole else ""
        if column == 0:
            return str(index.row() + 1)
        cells = row.cells or []
        return cells[column - 1] if column - 1 < len(cells) else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column, text = self.row_at(index), index.column() - 1, str(value).strip()
        if row is None and not text:
            return False
        cells = list(row.cells or []) if row is not None else []
        cells += [""] * (max(len(self.table.columns or []), column + 1) - len(cells))
        cells[column] = text
        if row is None:
            with self.document.edit(N_("Thêm dòng")):
                insert(self.table, Row(cells=cells))
        else:
            self.document.set(row, "cells", cells, N_("Sửa bảng"))
        return True
