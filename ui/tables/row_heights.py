"""The heights of a table's rows: each as high as its wrapped texts, measured when it comes into sight."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.tables.delegate import PADDING_Y, text_height

#: No row is higher than this, in pixels: what is longer is read in its editor.
_MOST = 4000
#: So many texts are not measured twice.
_REMEMBERED = 1000
#: The rows below those in sight are measured so many milliseconds later, before a key leads there.
_AHEAD_MS = 10
#: While a column is dragged, the rows follow after so many milliseconds.
_DRAG_MS = 20


class RowHeights(QObject):
    """Keeps the rows that are seen at their height. Rows that were never seen have that of one line."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._known: set[int] = set()
        #: The heights of texts in a width.
        self._measured: dict[tuple[str, int], int] = {}
        self._is_fitting = False
        #: The row whose editor is open, and the height that it asks for.
        self._open = (-1, 0)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit_seen)
        self._later = QTimer(self, singleShot=True, interval=_DRAG_MS)
        self._later.timeout.connect(self.forget)
        self._ahead = QTimer(self, singleShot=True, interval=_AHEAD_MS)
        self._ahead.timeout.connect(self._fit_ahead)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setMinimumSectionSize(1)
        view.horizontalHeader().sectionResized.connect(lambda *_sizes: self._later.start())
        self.take_font()

    def follow(self, model: QAbstractItemModel) -> None:
        """Measure anew what changes in the model of the view."""
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self.forget)
        model.modelReset.connect(self._reset)
        model.dataChanged.connect(self._on_data)

    def take_font(self) -> None:
        """The text has another size now."""
        self._view.verticalHeader().setDefaultSectionSize(self._least())
        self._known.clear()
        self._measured.clear()
        self._soon.start()

    def forget(self, *_what: object) -> None:
        """Measure all rows anew, those in sight at once."""
        self._known.clear()
        self.fit_seen()

    def _reset(self) -> None:
        self._known.clear()
        self._soon.start()

    def _on_data(self, first: QModelIndex, last: QModelIndex) -> None:
        self._known.difference_update(range(first.row(), last.row() + 1))
        self._soon.start()

    def open(self, row: int, height: int) -> None:
        """The editor in a row asks for a height."""
        self._open = row, height
        self.fit(row)

    def close(self, row: int) -> None:
        """The editor in a row is closed: the row takes the height of its texts again."""
        self._open = -1, 0
        if 0 <= row < self._view.model().rowCount():
            self.fit(row)

    def fit_seen(self) -> None:
        """Measure the rows in sight that are not measured yet; what is seen stays where it is."""
        view, model = self._view, self._view.model()
        if model is None or self._is_fitting or not view.isVisible():
            return
        self._is_fitting = True
        try:
            header, bottom, count = view.verticalHeader(), view.viewport().height(), model.rowCount()
            first = max(0, view.rowAt(0))
            seen = range(first, count)
            anchor = next((row for row in seen[: bottom // max(1, self._least()) + 1] if row in self._known), first)
            before = header.sectionViewportPosition(anchor)
            for row in seen:
                if header.sectionViewportPosition(row) >= bottom:
                    break
                if row not in self._known:
                    self.fit(row)
            self._ahead.start()
            grown = header.sectionViewportPosition(anchor) - before
            if grown and anchor != first:
                view.updateGeometries()
                view.verticalScrollBar().setValue(view.verticalScrollBar().value() + grown)
        finally:
            self._is_fitting = False

    def reach(self, row: int, by: int) -> int:
        """The row one screen below (+1) or above (-1) a row."""
        room, header, last = (
            self._view.viewport().height(),
            self._view.verticalHeader(),
            self._view.model().rowCount() - 1,
        )
        target = row
        while 0 <= target + by <= last and (room > 0 or target == row):
            target += by
            if target not in self._known:
                self.fit(target)
            room -= header.sectionSize(target)
        return target

    def _fit_ahead(self) -> None:
        last = self._view.rowAt(self._view.viewport().height() - 1)
        if last >= 0 and self._view.isVisible():
            self.reach(self.reach(last, 1), 1)

    def fit_around(self, row: int) -> None:
        """Measure a row that will be scrolled to, and a screen of those above and below it."""
        before = self._view.verticalHeader().length()
        if row not in self._known:
            self.fit(row)
        self.reach(row, -1)
        self.reach(row, 1)
        if self._view.verticalHeader().length() != before:
            self._view.updateGeometries()

    def fit(self, row: int) -> None:
        """Give one row the height of its texts, or of its open editor."""
        view, header = self._view, self._view.verticalHeader()
        model = view.model()
        height = self._least()
        for place, column in enumerate(model.columns):  # type: ignore[attr-defined]
            if column.is_amount or column.is_mark or view.isColumnHidden(place):
                continue
            text = model.index(row, place).data()
            if text:
                height = max(height, self._height_of(str(text), view.columnWidth(place)))
        height = min(height, _MOST)
        if row == self._open[0]:
            height = max(height, self._open[1])
        self._known.add(row)
        if header.sectionSize(row) != height:
            header.resizeSection(row, height)

    def _height_of(self, text: str, width: int) -> int:
        found = self._measured.get((text, width))
        if found is None:
            if len(self._measured) >= _REMEMBERED:
                self._measured.clear()
            found = self._measured[text, width] = text_height(self._view.fontMetrics(), text, width) + 4
        return found

    def _least(self) -> int:
        return self._view.fontMetrics().lineSpacing() + 2 * PADDING_Y + 4
