"""The head of a table: its labels wrap, its columns are dragged wider, narrower and elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.tables.delegate import text_height


class SheetHead(QHeaderView):
    """Tells what was done to its columns with the mouse, and where its menu was asked for."""

    #: These columns were made wider or narrower, by place in the model.
    widened = Signal(list)
    moved = Signal()
    #: A column, and a place of the screen.
    menu_requested = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._before: tuple[list[int], list[int]] = ([], [])
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(32)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap))

    def order(self) -> list[int]:
        """The columns from left to right, those that are not shown too."""
        return [self.logicalIndex(place) for place in range(self.count())]

    def fit(self) -> None:
        """Be as high as the longest wrapped label."""
        model = self.model()
        font = QFont(self.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        height = metrics.lineSpacing() + 14
        for column in range(model.columnCount()):
            if not self.isSectionHidden(column):
                text = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
                height = max(height, text_height(metrics, text, self.sectionSize(column) + 4) + 8)
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._before = self._state()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        sizes, order = self._state()
        if order != self._before[1]:
            self.moved.emit()
        # The last one only fills what is left.
        last = next((column for column in reversed(order) if not self.isSectionHidden(column)), -1)
        pairs = zip(sizes, self._before[0], strict=False)
        changed = [column for column, (now, before) in enumerate(pairs) if now != before and column != last]
        if changed:
            self.widened.emit(changed)
        self._before = self._state()

    def _state(self) -> tuple[list[int], list[int]]:
        return [self.sectionSize(column) for column in range(self.count())], self.order()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(self.logicalIndexAt(event.pos()), event.globalPos())
        event.accept()
