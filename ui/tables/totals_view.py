"""The rows of totals pinned under a table: its widths, order and hidden columns are those of the table above."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.tables.delegate import PADDING_Y


class TotalsView(QTableView):
    """A few rows pinned under a table, with the same columns."""

    def __init__(self, above: QTableView) -> None:
        super().__init__()
        self.setObjectName("totals")
        self._above = above
        self._beside = 0
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        above.horizontalHeader().sectionResized.connect(self._take_width)
        above.viewport().installEventFilter(self)

    def _take_width(self, column: int, _before: int, width: int) -> None:
        if self.model() is not None and column < self.model().columnCount() and width:
            self.setColumnWidth(column, width)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._take_room()
        return False

    def _take_room(self) -> None:
        # Beside the table stands its scroll bar: what scrolls above scrolls as far here.
        beside = max(0, self._above.width() - self._above.viewport().width())
        if self._beside != beside:
            self._beside = beside
            self.setContentsMargins(0, 0, beside, 0)

    def follow(self) -> None:
        """Take over the columns above, and be just as high as the rows are."""
        if self.model() is None:
            return
        head, above = self.horizontalHeader(), self._above.horizontalHeader()
        count = min(head.count(), above.count())
        for place in range(count):
            column = above.logicalIndex(place)
            head.moveSection(head.visualIndex(column), place)
            if head.isSectionHidden(column) != above.isSectionHidden(column):
                head.setSectionHidden(column, above.isSectionHidden(column))
            if not above.isSectionHidden(column) and head.sectionSize(column) != above.sectionSize(column):
                head.resizeSection(column, above.sectionSize(column))
        self._take_room()
        height = self.fontMetrics().lineSpacing() + 2 * PADDING_Y + 2
        rows = self.model().rowCount()
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setDefaultSectionSize(height)
        if self.height() != rows * height + 1 or self.maximumHeight() != rows * height + 1:
            self.setFixedHeight(rows * height + 1)
        self.horizontalScrollBar().setValue(self._above.horizontalScrollBar().value())
