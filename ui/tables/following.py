"""Rows of a table that follow the plan, so that the cursor stays where it is."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Signal

from models.plan import Row, Table
from ui.document import Document

Index = QModelIndex | QPersistentModelIndex


class FollowingModel(QAbstractTableModel):
    """Rows of one table, and after them one empty row that makes a new one when something is typed into it."""

    #: A typed text was refused: the sentence; the cell keeps what it had.
    refused = Signal(str)
    #: Other columns than before.
    columns_changed = Signal()

    def __init__(self, document: Document, table: Table) -> None:
        super().__init__()
        self.document = document
        self.table = table
        self.rows: list[Row] = []
        #: Why a text put into a cell was not taken, by ``id()`` of the row and the column's field: the cell keeps
        #: what it had, is marked, and says so.
        self.refusals: dict[tuple[int, str], str] = {}

    def read_rows(self) -> list[Row]:
        """The rows of the table as they are shown, one under the other."""
        raise NotImplementedError

    def gather(self) -> None:
        """Take over the rows, and what is worked out for all of them."""
        self.rows = self.read_rows()

    def load(self) -> None:
        self.beginResetModel()
        self.gather()
        self.endResetModel()
        self.columns_changed.emit()

    def follow(self) -> None:
        """Insert or remove the one run of rows that came or went; anything else is a new layout of all."""
        old, new = self.rows, self.read_rows()
        if len(old) == len(new) and all(mine is theirs for mine, theirs in zip(old, new, strict=True)):
            self.gather()
            self.refresh()
            return
        same = 0
        while same < min(len(old), len(new)) and old[same] is new[same]:
            same += 1
        tail = 0
        while tail < min(len(old), len(new)) - same and old[-1 - tail] is new[-1 - tail]:
            tail += 1
        gone, come = len(old) - same - tail, len(new) - same - tail
        if gone and come:
            self._lay_out_again()
        elif gone:
            self.beginRemoveRows(QModelIndex(), same, same + gone - 1)
            self.gather()
            self.endRemoveRows()
        else:
            # What is typed into the empty row at the end becomes a row there, and a new empty one comes below it:
            # so the cursor stays in the row.
            first = same + 1 if same == len(old) else same
            self.beginInsertRows(QModelIndex(), first, first + come - 1)
            self.gather()
            self.endInsertRows()
        self.refresh()

    def _lay_out_again(self) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self.row_at(index)) for index in self.persistentIndexList()]
        self.gather()
        places = {id(row): place for place, row in enumerate(self.rows)}
        for index, row in kept:
            place = len(self.rows) if row is None else places.get(id(row))
            self.changePersistentIndex(index, QModelIndex() if place is None else self.index(place, index.column()))
        self.layoutChanged.emit()

    def refresh(self) -> None:
        """All cells may show something else now: sums, numbers, findings."""
        if self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def row_at(self, index: Index) -> Row | None:
        """The row of an index; ``None`` for the empty one at the end."""
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def place_of(self, row: Row) -> int:
        """The place of a row from the top; -1 where it is not shown."""
        return next((place for place, shown in enumerate(self.rows) if shown is row), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows) + 1
