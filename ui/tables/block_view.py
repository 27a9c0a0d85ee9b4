"""A table in which blocks of cells and whole rows are selected, hidden columns left out, as in a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class BlockView(QTableView):
    """The first column is the head of the rows: a click there selects the row."""

    #: Other cells are selected, or another one is the current.
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        #: Where the selection was begun, and from which row on rows are being selected with the mouse.
        self._anchor = QPersistentModelIndex()
        self._rows_from = -1

    def shown_columns(self) -> list[int]:
        """The columns that are shown, but for that of the numbers, from left to right."""
        header = self.horizontalHeader()
        places = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in places if column != 0 and not header.isSectionHidden(column)]

    def selected_places(self) -> list[int]:
        """The rows (from the top, the empty one too) in which cells are selected."""
        found: set[int] = set()
        for part in self.selectionModel().selection().toList():
            found.update(range(part.top(), part.bottom() + 1))
        return sorted(found)

    def select_cell(self, index: Index) -> None:
        """Make one cell the current one and the only one selected, whatever keys are held."""
        self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)

    def extend_to(self, index: Index) -> None:
        """Select the block from where the selection was begun to ``index``."""
        anchor = self._anchor if self._anchor.isValid() else QPersistentModelIndex(self.currentIndex())
        columns = self.shown_columns()
        ends = sorted(columns.index(one.column()) if one.column() in columns else 0 for one in (anchor, index))
        rows = sorted((anchor.row(), index.row()))
        self._select_block(rows[0], rows[1], columns[ends[0] : ends[1] + 1], index)

    def select_rows(self, first: int, last: int) -> None:
        """Select whole rows."""
        columns = self.shown_columns()
        column = self.currentIndex().column() if self.currentIndex().column() in columns else columns[0]
        self._select_block(min(first, last), max(first, last), columns, self.model().index(last, column))

    def selectAll(self) -> None:
        count = self.model().rowCount()
        if count > 1 and self.shown_columns():
            index = self.currentIndex() if self.currentIndex().isValid() else self.model().index(0, 1)
            self._select_block(0, count - 2, self.shown_columns(), index)

    def _select_block(self, top: int, bottom: int, columns: list[int], current: Index) -> None:
        model, block = self.model(), QItemSelection()
        for column in columns:
            block.select(model.index(top, column), model.index(bottom, column))
        anchor = self._anchor
        self.selectionModel().select(block, _Flag.ClearAndSelect)
        self.selectionModel().setCurrentIndex(current, _Flag.NoUpdate)
        self._anchor = anchor

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.state() != QAbstractItemView.State.DragSelectingState:
            self._anchor = QPersistentModelIndex(current)
        self.selection_changed.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index.isValid() and index.column() == 0 and self.shown_columns():
            anchor = self._anchor if event.modifiers() & _SHIFT and self._anchor.isValid() else index
            self._rows_from, self._anchor = anchor.row(), QPersistentModelIndex(anchor)
            self.select_rows(anchor.row(), index.row())
        elif is_left and index.isValid() and event.modifiers() == _SHIFT and self._anchor.isValid():
            self.extend_to(index)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._rows_from < 0:
            super().mouseMoveEvent(event)
        elif (row := self.rowAt(event.position().toPoint().y())) >= 0:
            self.select_rows(self._rows_from, row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._rows_from < 0:
            super().mouseReleaseEvent(event)
        self._rows_from = -1
