"""The figures of several tables side by side, as a list that is as high as what it holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem

from models.exports.figures import Figures
from models.i18n import _
from ui.widgets.grouped_list import GroupedList

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FiguresList(GroupedList):
    """Arrows go from line to line; Ctrl+C copies all of them, parted by tabs."""

    def __init__(self) -> None:
        super().__init__(_("Số liệu các bảng"), [""], 0)
        self._figures: Figures | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionsClickable(False)
        self.header().setHighlightSections(False)

    def show_figures(self, figures: Figures) -> None:
        """Show these; the cursor stays on its line."""
        if figures == self._figures:
            return
        row = self._row()
        self._figures = figures
        self.clear()
        heads = [f"{head}\n{unit}" for head, unit in zip(figures.heads, figures.units, strict=True)]
        self.setHeaderLabels([_("Số liệu tổng hợp"), *heads])
        head = self.headerItem()
        for column, title in enumerate(figures.titles, 1):
            head.setTextAlignment(column, _RIGHT)
            head.setToolTip(column, title)
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        above: QTreeWidgetItem | None = None
        for line in figures.lines:
            if not line.texts:
                above = self.add_group(line.label)
                continue
            item = QTreeWidgetItem([line.label, *line.texts])
            if above is None:
                self.addTopLevelItem(item)
            else:
                above.addChild(item)
            for column in range(1, len(figures.titles) + 1):
                item.setTextAlignment(column, _RIGHT)
                item.setToolTip(column, line.texts[column - 1])
            item.setToolTip(0, line.whole or line.label)
        self.expandAll()
        items = self._items()
        if items:
            self.setCurrentItem(items[min(max(row, 0), len(items) - 1)])
        self.updateGeometry()

    def copy(self) -> None:
        """Put all figures on the clipboard."""
        if self._figures is not None:
            QGuiApplication.clipboard().setText(self._figures.as_text())

    def needed_width(self) -> int:
        """The width (pixels) in which no text is cut."""
        self.ensurePolished()
        columns = range(1, self.columnCount())
        wide = max((self._width(item) for item in self._items()), default=0)
        return wide + sum(max(self.sizeHintForColumn(at), self.header().sectionSizeHint(at)) for at in columns) + 4

    def _width(self, item: QTreeWidgetItem) -> int:
        inside = self.indentation() if item.parent() is not None else 0
        return inside + self.fontMetrics().horizontalAdvance(item.text(0)) + 16

    def _items(self) -> list[QTreeWidgetItem]:
        """The lines from top to bottom."""
        found: list[QTreeWidgetItem] = []
        for number in range(self.topLevelItemCount()):
            top = self.topLevelItem(number)
            if top is not None:
                below = (top.child(at) for at in range(top.childCount()))
                found += [top, *(item for item in below if item is not None)]
        return found

    def _row(self) -> int:
        current = self.currentItem()
        return next((number for number, item in enumerate(self._items()) if item is current), 0)

    # ---- size

    def sizeHint(self) -> QSize:
        return QSize(self.needed_width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(16 * self.fontMetrics().height(), self._height())

    def _height(self) -> int:
        rows = sum(self.rowHeight(self.indexFromItem(item)) for item in self._items())
        return self.header().sizeHint().height() + rows + 2 * self.frameWidth() + 4

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # All lines are seen, whatever was scrolled to before there was room for them.
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
