"""A table typed into like a spreadsheet: keys, row heights, and rows of totals pinned under it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.tables.delegate import PADDING_Y, CellDelegate, text_height

#: Rows given their height at once: what fits on a screen; the others follow in idle moments.
_HEIGHTS_AT_ONCE = 24


class SheetView(QTableView):
    """A table view with the keys of a spreadsheet.

    Enter goes down, or from the last column's row to the next; Tab across; F2 or typing edits; Delete clears;
    Space sets a mark. Row heights follow the wrapped texts, the visible part first.
    """

    #: A mark (``security``) was asked to change, by a click or Space.
    mark_toggled = Signal(QModelIndex)
    #: Delete was pressed over the selection.
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pending = 0
        self._heights_later = QTimer(self)
        self._heights_later.setSingleShot(True)
        self._heights_later.setInterval(20)
        self._heights_later.timeout.connect(self.fit_rows)
        self._more_heights = QTimer(self)
        self._more_heights.setInterval(15)
        self._more_heights.timeout.connect(self._fit_more)
        self.setItemDelegate(CellDelegate(self))
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 2 * PADDING_Y + 4)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap))
        header.setHighlightSections(False)
        header.sectionResized.connect(lambda *_args: self._heights_later.start())

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.rowsInserted.connect(lambda _parent, first, last: self._fit(first, last + 1))
            model.layoutChanged.connect(lambda *_args: self._heights_later.start())

    def fit_header(self) -> None:
        """Make the head as high as its longest wrapped label."""
        model, header = self.model(), self.horizontalHeader()
        font = header.font()
        font.setBold(True)
        metrics = QFontMetrics(font)
        height = metrics.lineSpacing() + 14
        for column in range(model.columnCount()):
            text = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            height = max(height, text_height(metrics, text, self.columnWidth(column) + 4) + 8)
        header.setFixedHeight(height)

    # ---- row heights

    def fit_rows(self) -> None:
        """Give every row the height of its wrapped text: what is seen at once, the rest in idle moments."""
        self.fit_header()
        self._pending = 0
        self._heights_later.stop()
        self._fit_more()
        if self._pending < self.model().rowCount():
            self._more_heights.start()

    def _fit_more(self) -> None:
        count = self.model().rowCount() if self.model() else 0
        stop = min(count, self._pending + _HEIGHTS_AT_ONCE)
        self._fit(self._pending, stop)
        self._pending = stop
        if stop >= count:
            self._more_heights.stop()

    def _fit(self, first: int, stop: int) -> None:
        model, header = self.model(), self.verticalHeader()
        columns = getattr(model, "columns", None)
        wide = [
            i for i in range(model.columnCount()) if columns is None or columns[i].is_long or not columns[i].is_amount
        ]
        metrics = self.fontMetrics()
        least = metrics.lineSpacing() + 2 * PADDING_Y + 4
        for row in range(first, stop):
            height = least
            for column in wide:
                text = model.index(row, column).data()
                if text:
                    height = max(height, text_height(metrics, str(text), self.columnWidth(column)) + 4)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)

    def fit_row(self, row: int) -> None:
        """Give one row its height again, after an edit in it."""
        if 0 <= row < self.model().rowCount():
            self._fit(row, row + 1)

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key, index = event.key(), self.currentIndex()
        if plain == Qt.KeyboardModifier.NoModifier and index.isValid():
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step_down()
                return
            if key == Qt.Key.Key_Delete:
                self.clear_requested.emit()
                return
            if key == Qt.Key.Key_Space and self._is_mark(index):
                self.mark_toggled.emit(index)
                return
        super().keyPressEvent(event)

    def mousePressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        index = self.indexAt(event.position().toPoint())
        was_current = index == self.currentIndex()
        super().mousePressEvent(event)
        if was_current and index.isValid() and self._is_mark(index) and event.button() == Qt.MouseButton.LeftButton:
            self.mark_toggled.emit(index)

    def _is_mark(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        columns = getattr(self.model(), "columns", None)
        return bool(columns and columns[index.column()].is_mark)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        went_down = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        row = self.currentIndex().row()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if went_down else hint)
        self.fit_row(row)
        if went_down:
            self.step_down()

    def step_down(self) -> None:
        """The cell below; from the last row nowhere."""
        index = self.currentIndex()
        if index.row() + 1 < self.model().rowCount():
            self.setCurrentIndex(self.model().index(index.row() + 1, index.column()))


class TotalsView(QTableView):
    """A few rows pinned under a table, with the same columns."""

    def __init__(self, above: SheetView) -> None:
        super().__init__()
        self.setObjectName("totals")
        self._above = above
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        above.horizontalHeader().sectionResized.connect(self.follow)

    def follow(self, *_args: int) -> None:
        """Take over the widths of the columns above, and be just as high as the rows are."""
        if self.model() is None:
            return
        for column in range(min(self.model().columnCount(), self._above.model().columnCount())):
            self.setColumnWidth(column, self._above.columnWidth(column))
        height = self.fontMetrics().lineSpacing() + 2 * PADDING_Y + 2
        rows = self.model().rowCount()
        for row in range(rows):
            self.setRowHeight(row, height)
        self.setFixedHeight(rows * height + 1)
