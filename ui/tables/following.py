"""Rows of a table that follow the plan, so that the cursor stays where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Signal

from models.money import format_amount
from models.plan import Row, Table
from ui.document import Document
from ui.tables import arranging
from ui.tables.arranging import Arrangement
from ui.tables.columns import ScreenColumn

Index = QModelIndex | QPersistentModelIndex


class FollowingModel(QAbstractTableModel):
    """Rows of one table, and after them one empty row that makes a new one when something is typed into it.

    Which rows are shown, and in which order, is chosen by ``arrange``. A row that was shown stays, and where it is,
    whatever is typed into it, until the rows are arranged anew; rows that come are shown.
    """

    #: A typed text was refused: the sentence; the cell keeps what it had.
    refused = Signal(str)
    #: Other columns than before.
    columns_changed = Signal()
    #: Other rows are shown than before, or in another order.
    arranged = Signal()

    def __init__(self, document: Document, table: Table) -> None:
        super().__init__()
        self.document = document
        self.table = table
        self.columns: list[ScreenColumn] = []
        #: The rows that are shown, and all of the table as it is printed.
        self.rows: list[Row] = []
        self.all_rows: list[Row] = []
        self.arrangement = Arrangement()
        #: The fields of columns that are not shown: no filter looks at them.
        self.hidden_fields: frozenset[str] = frozenset()
        self._left_out: dict[int, Row] = {}
        self._ranks: dict[int, int] = {}
        self._ranked: list[Row] = []
        self._place_by_row: tuple[list[Row], dict[int, int]] = ([], {})
        #: Why a text put into a cell was not taken, by ``id()`` of the row and the column's field: the cell keeps
        #: what it had, is marked, and says so.
        self.refusals: dict[tuple[int, str], str] = {}

    def unmark(self, row: Row, field: str) -> None:
        """A text was taken by this cell: what was refused there before is settled."""
        if self.refusals.pop((id(row), field), None) is not None:
            place = self.index(self.place_of(row), 0)
            self.dataChanged.emit(place, place.siblingAtColumn(self.columnCount() - 1))

    def read_rows(self) -> list[Row]:
        """All rows of the table, one under the other, each before those under it."""
        raise NotImplementedError

    def gather(self) -> None:
        """Take over the rows, and what is worked out for all of them."""
        self.all_rows = self.read_rows()
        self.rows = self._arranged(self.all_rows)
        if self.refusals:
            there = {id(row) for row in self.all_rows}
            self.refusals = {place: why for place, why in self.refusals.items() if place[0] in there}

    def load(self) -> None:
        self.beginResetModel()
        self.gather()
        self.endResetModel()
        self.columns_changed.emit()
        self.arranged.emit()

    def follow(self) -> None:
        """Insert or remove the one run of rows that came or went; anything else is a new layout of all."""
        old, new = self.rows, self._arranged(self.read_rows())
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
        self.arranged.emit()

    def _lay_out_again(self) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self.row_at(index)) for index in self.persistentIndexList()]
        self.gather()
        places = {id(row): place for place, row in enumerate(self.rows)}
        for index, row in kept:
            place = len(self.rows) if row is None else places.get(id(row))
            self.changePersistentIndex(index, QModelIndex() if place is None else self.index(place, index.column()))
        self.layoutChanged.emit()

    # ---- which rows are shown, and in which order

    def arrange(self, arrangement: Arrangement) -> None:
        """Choose and order the rows by what they hold now."""
        self.arrangement = arrangement
        self._left_out, self._ranked, self._ranks = {}, [], {}
        if arrangement.filters:
            self._left_out = arranging.left_out(self.all_rows, self._has_text(), self._fits)
        if arrangement.sorts:
            # The rows are held, so that no new one is taken for one that is gone.
            self._ranked = [row for row in self.all_rows if id(row) not in self._left_out]
            self._ranks = arranging.ranks(self._ranked, arrangement.field, self.document.totals, arrangement.descending)
        if self._arranged(self.all_rows) != self.rows:
            self._lay_out_again()
        self.arranged.emit()

    def _arranged(self, rows: list[Row]) -> list[Row]:
        if self._ranks:
            rows = list(arranging.walk_ranked(self.table.rows, self._ranks))
        if self._left_out:
            hidden = arranging.without_holes(rows, self._left_out)
            rows = [row for row in rows if id(row) not in hidden]
        return rows

    def _fits(self, row: Row) -> bool:
        choice = self.arrangement.choice
        if choice == "findings":
            return bool(self.document.findings_of(row))
        if choice == "no_amount":
            return row.group is None and row.cells is None and self.document.totals.row(row) is None
        return row.security if choice == "security" else True

    def _has_text(self) -> Callable[[Row], object]:
        """A function that tells whether a row shows the text that is looked for."""
        text = self.arrangement.text
        if not text:
            return lambda row: True
        columns = [column for column in self.columns if column.field not in self.hidden_fields]
        texts, find = arranging.texts_of(columns), arranging.finder(text)
        # Amounts are put into words for each row anew, which is needed only where a figure is looked for.
        figures = any(map(str.isdigit, text))
        amounts = [column.field for column in columns if column.is_amount] if figures else []
        unit, totals = self.table.unit, self.document.totals

        def has_text(row: Row) -> object:
            if find(texts(row)):
                return True
            shown = (arranging.amount_of(row, field, totals) for field in amounts)
            return any(find(format_amount(amount, unit)) for amount in shown if amount is not None)

        return has_text

    # ---- places

    def refresh(self) -> None:
        """All cells may show something else now: sums, numbers, findings."""
        if self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def row_at(self, index: Index) -> Row | None:
        """The row of an index; ``None`` for the empty one at the end."""
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def place_of(self, row: Row) -> int:
        """The place of a row from the top; -1 where it is not shown."""
        rows, places = self._place_by_row
        if rows is not self.rows:
            places = {id(shown): place for place, shown in enumerate(self.rows)}
            self._place_by_row = self.rows, places
        return places.get(id(row), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows) + 1
