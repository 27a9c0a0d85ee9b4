"""The tables that were found in a file: each with what it was taken for, how many tasks and what sum; ticked or not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from models.i18n import _
from models.imports.choices import Choice
from models.money import format_amount, unit_name
from ui import icons, theme

_LINES = Qt.ItemDataRole.UserRole + 1
_PAD = 8
_WRAP = int(Qt.TextFlag.TextWordWrap)


class TableList(QListWidget):
    """``ticked`` carries the number of a table and whether it is taken; ``entered``: Enter was pressed on one."""

    ticked = Signal(int, bool)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Bảng trong tệp"))
        self.setItemDelegate(_Delegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(24 * self.fontMetrics().averageCharWidth())
        self.itemChanged.connect(self._on_changed)

    def show_lines(self, lines: Sequence[tuple[str, list[str], bool]]) -> None:
        """Show a line for each: name, what is said of it, whether it is taken."""
        at = self.currentRow()
        with QSignalBlocker(self):
            while self.count() > len(lines):
                self.takeItem(self.count() - 1)
            while self.count() < len(lines):
                item = QListWidgetItem()
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                self.addItem(item)
            for number, (name, said, is_taken) in enumerate(lines):
                item = self.item(number)
                item.setText(name)
                item.setData(_LINES, said)
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, ". ".join(said))
                item.setToolTip("\n".join([name, *said]))
                item.setCheckState(Qt.CheckState.Checked if is_taken else Qt.CheckState.Unchecked)
            if lines:
                self.setCurrentRow(min(max(at, 0), len(lines) - 1))
        self.doItemsLayout()

    def _on_changed(self, item: QListWidgetItem) -> None:
        self.ticked.emit(self.row(item), item.checkState() == Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def said_of(choice: Choice, target: str) -> list[str]:
    """What the list says of a table; ``target`` is the name of the plan's table it goes into."""
    said = [_("Trang ẩn trong tệp")] if choice.grid.hidden else []
    if choice.is_kept and not choice.is_table:
        return [*said, _("Giữ nguyên như trong văn bản")]
    if not choice.is_table:
        return [*said, _("Không phải bảng nhiệm vụ, danh mục")]
    if choice.is_continued:
        return [*said, _("Tiếp bảng ngay trên")]
    sums, unit = choice.sums, choice.mapping.unit
    said.append("→ " + target)
    if choice.mapping.kind == "register":
        said.append(_("{count} dòng").format(count=sums.tasks))
        return said
    said.append(_("{count} nhiệm vụ").format(count=sums.tasks))
    if unit:
        said[-1] += f" · {format_amount(sums.computed, unit)} {unit_name(unit)}"
    if sums.differs and unit:
        said.append("⚠ " + _("khác tổng ghi trong tệp"))
    if count := len(choice.found.doubts):
        said.append(_("{count} điều chưa chắc").format(count=count))
    return said


class _Delegate(QStyledItemDelegate):
    """Paints the tick, the name in bold, and under it what is said."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def _boxes(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> list[QRect]:
        """The places of the name and of each line, from the top of the item."""
        bold = QFont(option.font)
        bold.setBold(True)
        metrics = QFontMetrics(option.font)
        left = 2 * _PAD + self._tick()
        width = max(80, self._view.viewport().width() - left - _PAD)
        boxes, top = [], _PAD
        for at, text in enumerate([str(index.data() or ""), *(index.data(_LINES) or [])]):
            used = QFontMetrics(bold) if at == 0 else metrics
            height = used.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text).height()
            boxes.append(QRect(left, top, width, height))
            top += height + 2
        return boxes

    def _tick(self) -> int:
        return round(self._view.fontMetrics().ascent() * 1.3)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._view.viewport().width(), self._boxes(option, index)[-1].bottom() + _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, rect = theme.colours(), QRect(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen:
            painter.fillRect(rect, QColor(c.selection))
            mark = c.accent if self._view.hasFocus() else c.border
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), QColor(mark))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(c.border))
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        sign = icons.icon("check-square-fill" if is_on else "square", c.accent if is_on else c.muted)
        sign.paint(painter, self._tick_rect(option))
        bold = QFont(option.font)
        bold.setBold(True)
        for at, (text, box) in enumerate(
            zip([str(index.data() or ""), *(index.data(_LINES) or [])], self._boxes(option, index), strict=True)
        ):
            painter.setFont(option.font if at else bold)
            colour = c.text if not at else c.warning if text.startswith("⚠") else c.muted
            painter.setPen(QColor(colour))
            painter.drawText(box.translated(rect.topLeft()), _WRAP, text)
        painter.restore()

    def _tick_rect(self, option: QStyleOptionViewItem) -> QRect:
        size = self._tick()
        return QRect(option.rect.left() + _PAD, option.rect.top() + _PAD, size, size)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on the tick, or Space, ticks; a click elsewhere only chooses."""
        if isinstance(event, QMouseEvent):
            near = self._tick_rect(option).adjusted(-_PAD, -_PAD, 4, 4)
            asked = event.type() == QEvent.Type.MouseButtonRelease and near.contains(event.position().toPoint())
        else:
            asked = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if not asked:
            return False
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        state = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
        return bool(model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole))
