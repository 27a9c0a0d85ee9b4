"""The rows of a task table for Qt: the tree of groups, tasks and parts, one under the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from models import i18n, numbering
from models.columns import numbering_of
from models.entries import check_length, check_time
from models.errors import UserError
from models.i18n import N_, _
from models.plan import Row, Table, insert, path_of, walk_rows
from models.store import Change
from ui import icons, theme
from ui.document import Document
from ui.tables.columns import LABELS, ScreenColumn, edit_text, screen_columns, value_text, values_of
from ui.tables.following import FollowingModel

Index = QModelIndex | QPersistentModelIndex
#: From so many rows on, all that is seen is painted anew.
_MANY = 200
_ALIGN = Qt.AlignmentFlag


class TaskModel(FollowingModel):
    """Groups, tasks and parts of one table."""

    def __init__(self, document: Document, table: Table) -> None:
        super().__init__(document, table)
        self.columns: list[ScreenColumn] = []
        #: What columns were made for, and these; they are made anew for anything else.
        self._made_for: tuple[object, list[ScreenColumn]] = (None, [])
        self._numbers: dict[int, str] | None = None
        self._bold = QFont()
        self._bold.setBold(True)
        self.load()

    # ---- following the plan

    def read_rows(self) -> list[Row]:
        return list(walk_rows(self.table.rows))

    def gather(self) -> None:
        super().gather()
        self._numbers = None
        self.columns = self._wanted()

    def on_change(self, change: Change) -> None:
        """Show what changed: cells, or rows that came, went or moved."""
        document = self.document
        moved = any(isinstance(owner, Row) or owner is self.table for owner in change.owners)
        if moved or self.table in change.parts or document.plan in change.parts or self._has_other_columns():
            self.catch_up()
        elif document.touched is None:
            self.refresh()
        else:
            self._refresh_rows(document.touched)

    def catch_up(self) -> None:
        """Show the table as it is now."""
        if self._has_other_columns():
            self.load()
        else:
            self.follow()

    def _refresh_rows(self, rows: Iterable[Row]) -> None:
        """Only these rows may show something else now."""
        places = sorted(place for row in rows if (place := self.place_of(row)) >= 0)
        if len(places) > _MANY:
            self.refresh()
            return
        last = self.columnCount() - 1
        for place in places:
            self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def _has_other_columns(self) -> bool:
        return self._wanted() != self.columns

    def _wanted(self) -> list[ScreenColumn]:
        """The columns that the table should have now."""
        looked_at = self._looked_at()
        if looked_at != self._made_for[0]:
            document = self.document
            made = screen_columns(document.plan, self.table, document.template, looked_at[0])
            self._made_for = looked_at, made
        return self._made_for[1]

    def _looked_at(self) -> tuple[Any, ...]:
        """All that the columns depend on."""
        document, table = self.document, self.table
        plan, used = document.plan, document.used_fields(table)
        return used, plan.period_from, plan.period_to, table.key, table.layout, i18n.language()

    # ---- places

    def index_of(self, row: Row, field: str = "task") -> QModelIndex:
        """The cell of a field (an attribute of the row, ``funding/KEY`` …), or of the name where it is not shown."""
        place = self.place_of(row)
        if place < 0:
            return QModelIndex()
        wanted = field.replace("/", ".")
        wanted = {"group": "task", "stated_total": "total", "time_from": "time", "time_to": "time"}.get(wanted, wanted)
        fields = [column.field for column in self.columns]
        if wanted not in fields:
            family = [name for name in fields if name.startswith(wanted + ".")]
            wanted = family[0] if family else "task"
        return self.index(place, fields.index(wanted))

    # ---- Qt

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column, row = self.columns[index.column()], self.row_at(index)
        if column.is_mark or not column.is_editable or self.document.is_reading:
            return flags
        if row is None or (row.group is not None and column.field not in ("task", "total")):
            return flags | Qt.ItemFlag.ItemIsEditable if row is None else flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, row = self.columns[index.column()], self.row_at(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if row is None:
            return self._empty_row(column, role)
        if role == Qt.ItemDataRole.DisplayRole:
            if column.field == "number":
                return self._number(row)
            text = value_text(row, column.field, self.table.unit, self.document.totals, self.document.template)[0]
            return "    " * self._indent(row) + text if column.field == "task" else text
        if role == Qt.ItemDataRole.EditRole:
            return edit_text(row, column.field, self.table.unit)
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if row.group is not None else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._foreground(row, column)
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._background(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column.field == "number":
            return self._mark(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            refused = [sentence for (at, field), sentence in self.refusals.items()
                       if at == id(row) and column.field in (field, "number")]  # fmt: skip
            return "\n".join([*refused, *(finding.message for finding in self._findings(row, column))]) or None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column, row, text = self.columns[index.column()], self.row_at(index), str(value)
        try:
            check_length(text)
            if column.field == "time":
                check_time(text)
            if row is None:
                return self._append(column, text)
            values = values_of(row, column.field, text, self.table.unit)
        except UserError as error:
            self.refused.emit(str(error))
            return False
        self.unmark(row, column.field)
        self.set_values(row, values, column.field)
        return True

    # ---- writing

    def set_values(self, row: Row, values: dict[str, Any], field: str) -> None:
        """Set fields of a row in one edit, where they are others than before."""
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed:
            with self.document.edit(LABELS.get(field.partition(".")[0], N_("Sửa nhiệm vụ"))):
                for name, value in changed.items():
                    setattr(row, name, value)

    def _append(self, column: ScreenColumn, text: str) -> bool:
        """Make a task at the end of the table from what was typed into the empty row."""
        if not text.strip():
            return False
        new = Row(task="")
        for name, value in values_of(new, column.field, text, self.table.unit).items():
            setattr(new, name, value)
        owner: Table | Row = self.table
        if self.rows and (last := self.rows[-1]) is not None:
            above = last
            while isinstance(above.parent, Row) and above.parent.group is None:
                above = above.parent
            owner = above if above.group is not None else above.parent if isinstance(above.parent, Row) else self.table
        with self.document.edit(N_("Thêm nhiệm vụ")):
            insert(owner, new)
        return True

    # ---- look

    def _number(self, row: Row) -> str:
        if self._numbers is None:
            self._numbers = numbering.row_numbers(self.table, numbering_of(self.table, self.document.template))
        return self._numbers[id(row)]

    def _indent(self, row: Row) -> int:
        """How far the name of a part is set in: as deep as it stands in the table."""
        if row.group is not None or not isinstance(row.parent, Row) or row.parent.is_group:
            return 0
        return len(path_of(row)) - 1

    def _alignment(self, column: ScreenColumn) -> int:
        if column.is_amount:
            return int(_ALIGN.AlignRight | _ALIGN.AlignVCenter)
        if column.field in ("number", "security", "carried_over", "time"):
            return int(_ALIGN.AlignHCenter | _ALIGN.AlignVCenter)
        return int(_ALIGN.AlignLeft | _ALIGN.AlignVCenter)

    def _empty_row(self, column: ScreenColumn, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and column.field == "task":
            return _("+  Nhiệm vụ mới (Ctrl+Enter)")
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(theme.colours().muted))
        return "" if role == Qt.ItemDataRole.EditRole else None

    def _findings(self, row: Row, column: ScreenColumn) -> list[Any]:
        found = self.document.findings_of(row)
        if not found or column.field == "number":
            return found
        return [finding for finding in found if self._shown_in(finding.field, column.field)]

    def _shown_in(self, field: str, column: str) -> bool:
        field = {"group": "task", "stated_total": "total", "time_from": "time", "time_to": "time"}.get(field, field)
        return field.replace("/", ".") == column or (field in ("funding", "years") and column.startswith(field + "."))

    def _foreground(self, row: Row, column: ScreenColumn) -> Any:
        c = theme.colours()
        if column.is_amount and row.group is None:
            computed = value_text(row, column.field, self.table.unit, self.document.totals, self.document.template)[1]
            return QBrush(QColor(c.muted)) if computed else None
        return QBrush(QColor(c.muted)) if column.field == "number" else None

    def _background(self, row: Row, column: ScreenColumn) -> Any:
        c = theme.colours()
        if (id(row), column.field) in self.refusals:
            return QBrush(QColor(c.error_ground))
        if column.field != "number":
            for finding in self._findings(row, column):
                return QBrush(QColor(c.error_ground if finding.severity == "error" else c.warning_ground))
        return QBrush(QColor(c.raised)) if row.group is not None else None

    def _mark(self, row: Row) -> Any:
        found = self.document.findings_of(row)
        refused = any(at == id(row) for at, _field in self.refusals)
        if not found and not refused:
            return None
        c = theme.colours()
        is_error = refused or any(finding.severity == "error" for finding in found)
        return icons.icon(icons.STATES["error" if is_error else "warning"], c.error if is_error else c.warning)
