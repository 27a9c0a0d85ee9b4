"""The rows pinned under a task table: the sums of its columns, and the total that was stated."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from models.i18n import _
from models.money import format_amount, format_percent
from ui import theme
from ui.tables.columns import ScreenColumn
from ui.tables.task_model import TaskModel

Index = QModelIndex | QPersistentModelIndex


class TotalsModel(QAbstractTableModel):
    """One row of computed sums; a second one with the stated total where it differs."""

    def __init__(self, tasks: TaskModel) -> None:
        super().__init__()
        self._tasks = tasks
        self._shape = (0, 0)
        #: What each cell showed last, and whether it was marked.
        self._shown: list[list[tuple[str, bool]]] = []

    @property
    def columns(self) -> list[ScreenColumn]:
        return self._tasks.columns

    def reload(self) -> None:
        """Show the sums as they are now."""
        shape = self.rowCount(), self.columnCount()
        shown = [
            [(self._stated(field) if row else self._sum(field), self._below_limit() if field == "security" else False)
             for field in (column.field for column in self.columns)]
            for row in range(shape[0])
        ]  # fmt: skip
        if shape != self._shape:
            self.beginResetModel()
            self._shape, self._shown = shape, shown
            self.endResetModel()
            return
        # Only what is another is painted anew.
        for row, (old, new) in enumerate(zip(self._shown, shown, strict=True)):
            for column in range(shape[1]):
                if old[column] != new[column]:
                    self.dataChanged.emit(self.index(row, column), self.index(row, column))
        self._shown = shown

    @property
    def _differs(self) -> bool:
        table = self._tasks.table
        return table.stated_total is not None and table.stated_total != self._tasks.document.totals.of(table).total

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1 + self._differs

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return self._tasks.columnCount()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        field = self._tasks.columns[index.column()].field
        stated = index.row() == 1
        if role == Qt.ItemDataRole.DisplayRole:
            return self._stated(field) if stated else self._sum(field)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._tasks.data(self._tasks.index(0, index.column()), role)
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        c = theme.colours()
        if role == Qt.ItemDataRole.ForegroundRole:
            if stated:
                return QBrush(QColor(c.error))
            if field == "security" and self._below_limit():
                return QBrush(QColor(c.warning))
        if role == Qt.ItemDataRole.BackgroundRole and stated and field == "total":
            return QBrush(QColor(c.error_ground))
        return None

    def _sum(self, field: str) -> str:
        table = self._tasks.table
        sums = self._tasks.document.totals.of(table)
        kind, _dot, key = field.partition(".")
        if field == "task":
            return _("Tổng cộng (tự tính)")
        if kind == "total":
            return format_amount(sums.total, table.unit)
        if kind == "funding" and key:
            return format_amount(sums.by_source[key], table.unit) if key in sums.by_source else ""
        if kind == "years":
            return format_amount(sums.by_year[key], table.unit) if key in sums.by_year else ""
        if field == "security" and sums.total:
            return format_percent(sums.security, sums.total, 1)
        return ""

    def _stated(self, field: str) -> str:
        table = self._tasks.table
        assert table.stated_total is not None
        if field == "task":
            return _("Tổng đã nêu trong văn bản")
        if field == "total":
            return format_amount(table.stated_total, table.unit)
        if field == "note":
            gap = abs(table.stated_total - self._tasks.document.totals.of(table).total)
            return _("lệch {gap}").format(gap=format_amount(gap, table.unit))
        return ""

    def _below_limit(self) -> bool:
        findings = self._tasks.document.findings_of(self._tasks.table)
        return any(finding.rule == "share.security" for finding in findings)
