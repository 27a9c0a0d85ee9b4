"""A choice over every column of a table from outside: what the column is taken for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableView, QWidget

from models.i18n import _
from ui import theme
from ui.widgets.tab_order import chain

_FIELD = Qt.ItemDataRole.UserRole


class ColumnChoices(QHeaderView):
    """The head of the picture: the letter of each column, and under it what the column is.

    Tab, and Alt with the arrow keys, go from choice to choice; ``left`` says that the arrow down goes to the cells.
    """

    chosen = Signal(int, str)
    left = Signal(int)

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.boxes: list[QComboBox] = []
        self._offered: list[tuple[str, str]] = []
        self._fields = QStandardItemModel(self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.sectionResized.connect(lambda *_sizes: self._later.start())
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self._place())

    # ---- load

    def show_columns(self, columns: list[str], offered: list[tuple[str, str]], heads: list[str]) -> None:
        """Show what each column is taken for, of what is ``offered``; ``heads`` are those of the file."""
        for box in self.boxes:
            # An emptied and refilled list chooses for itself.
            box.blockSignals(True)
        if offered != self._offered:
            self._offered = list(offered)
            self._fields.clear()
            for field, label in offered:
                item = QStandardItem(label)
                item.setData(field, _FIELD)
                self._fields.appendRow(item)
        while len(self.boxes) < len(columns):
            self._add()
        for box in self.boxes[len(columns) :]:
            box.hide()
            box.deleteLater()
        del self.boxes[len(columns) :]
        fields = [field for field, _label in self._offered]
        for at, (box, field) in enumerate(zip(self.boxes, columns, strict=True)):
            box.blockSignals(True)
            box.setCurrentIndex(fields.index(field) if field in fields else -1)
            box.blockSignals(False)
            name = _("Cột {column} là").format(column=self._letter(at))
            box.setAccessibleName(f"{name}: {heads[at]}" if heads[at] else name)
            box.setToolTip(heads[at] or name)
        self.updateGeometry()
        self._later.start()

    def _add(self) -> None:
        box = QComboBox(self.viewport())
        box.setModel(self._fields)
        box.setObjectName("column")
        box.setMinimumContentsLength(4)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.view().setMinimumWidth(28 * self.fontMetrics().averageCharWidth())
        box.setMaxVisibleItems(24)
        box.installEventFilter(self)
        box.currentIndexChanged.connect(lambda _at, box=box: self._on_chosen(box))
        box.show()
        if self.boxes:
            QWidget.setTabOrder(self.boxes[-1], box)
        self.boxes.append(box)

    def _on_chosen(self, box: QComboBox) -> None:
        field = box.currentData(_FIELD)
        if isinstance(field, str) and box in self.boxes:
            self.chosen.emit(self.boxes.index(box), field)

    def tab_chain(self) -> list[QWidget]:
        """The choices, in the order of Tab."""
        chain(self.boxes)
        return list(self.boxes)

    # ---- place

    def least_width(self, name: str) -> int:
        """A column is at least so wide that the name of its field can be read, be it not too long."""
        letter = self.fontMetrics().averageCharWidth()
        return max(9 * letter + 32, min(self.fontMetrics().horizontalAdvance(name), 20 * letter) + 52)

    def sizeHint(self) -> QSize:
        height = self.boxes[0].sizeHint().height() if self.boxes else 0
        return QSize(super().sizeHint().width(), self._letter_height() + height + 6)

    def _letter_height(self) -> int:
        return self.fontMetrics().lineSpacing() + 4

    def _place(self) -> None:
        top = self._letter_height()
        for at, box in enumerate(self.boxes):
            if at >= self.count():
                break
            left, width = self.sectionViewportPosition(at), self.sectionSize(at)
            box.setGeometry(left + 2, top, width - 4, box.sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        c = theme.colours()
        painter.save()
        painter.fillRect(rect, c.raised)
        painter.setPen(c.border)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(c.muted)
        where = QRect(rect.left(), rect.top(), rect.width(), self._letter_height())
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self._letter(logical))
        painter.restore()

    def _letter(self, column: int) -> str:
        """What spreadsheets call the column, in the file."""
        return str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")

    # ---- keys

    def enter(self, column: int) -> None:
        """Put the cursor into the choice of a column."""
        if 0 <= column < len(self.boxes):
            self.boxes[column].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QComboBox) or watched not in self.boxes:
            return super().eventFilter(watched, event)
        at = self.boxes.index(watched)
        if event.type() == QEvent.Type.Wheel:
            # It scrolls the table; a choice is never changed by passing over it.
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusIn:
            self._bring(at)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if is_alt and step:
                self.enter(at + step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape) and not is_alt:
                if event.key() == Qt.Key.Key_Escape:
                    return False
                self.left.emit(at)
                return True
        return super().eventFilter(watched, event)

    def _bring(self, column: int) -> None:
        """Scroll so that the whole choice is seen."""
        bar, left = self._view.horizontalScrollBar(), self.sectionViewportPosition(column)
        right = left + self.sectionSize(column)
        if left < 0:
            bar.setValue(bar.value() + left)
        elif right > self.viewport().width():
            bar.setValue(bar.value() + min(left, right - self.viewport().width()))
