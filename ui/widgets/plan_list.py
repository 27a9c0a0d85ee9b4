"""The list of plans: how a line is painted, and the view with its keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from models.i18n import _
from ui import icons, theme
from ui.widgets.plans_model import (
    CHANGED,
    CHECKS,
    HEADS,
    LINE,
    SORT,
    SUBJECT,
    TOTAL,
    UNIT,
    YEARS,
    Index,
    Line,
    PlansModel,
    widest_times,
)
from ui.widgets.steady_label import elided_lines

_PAD = 12
_HEAD_STYLE = """QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; border-right: none; padding: 6px 12px; }"""


class _LineDelegate(QStyledItemDelegate):
    """Paints a line with air around it: texts on two lines at most, counts with their icons."""

    def __init__(self, view: PlanList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(48, 2 * option.fontMetrics.lineSpacing() + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, line, column = theme.colours(), index.data(LINE), index.column()
        rect = QRect(option.rect)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(option.font)
        if selected or self._view.hovered == index.row():
            painter.fillRect(rect, QColor(c.selection if selected else c.raised))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(c.border))
        if selected and column == 0:
            mark = c.accent if self._view.hasFocus() else c.border
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height() - 1), QColor(mark))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if column == CHECKS:
            self._paint_checks(painter, inner, line)
        elif column in (SUBJECT, UNIT):
            self._paint_text(painter, inner, line, column, str(index.data()))
        else:
            is_plain = column in (TOTAL, YEARS)
            painter.setPen(QColor(c.text if is_plain else c.muted))
            side = Qt.AlignmentFlag.AlignRight if column == TOTAL else Qt.AlignmentFlag.AlignLeft
            painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        painter.restore()

    def _paint_checks(self, painter: QPainter, rect: QRect, line: Line) -> None:
        c = theme.colours()
        shown = [(line.plan.errors, "error", c.error), (line.plan.warnings, "warning", c.warning)]
        marks = [(str(count), icons.STATES[name], colour) for count, name, colour in shown if count]
        if line.note:
            marks = [("–", icons.STATES["empty"], c.muted)]
        elif not marks:
            marks = [(_("Đạt"), icons.STATES["done"], c.done)]
        icon = icon_size(painter.fontMetrics())
        x, width = rect.left(), painter.fontMetrics().horizontalAdvance("00")
        for text, name, colour in marks:
            where = QRect(x, rect.center().y() - icon // 2 + 1, icon, icon)
            icons.icon(name, colour).paint(painter, where)
            x += icon + 6
            painter.setPen(QColor(colour))
            room = QRect(x, rect.top(), rect.right() - x, rect.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
            x += max(width, painter.fontMetrics().horizontalAdvance(text)) + 10

    def _paint_text(self, painter: QPainter, rect: QRect, line: Line, column: int, text: str) -> None:
        c = theme.colours()
        note = line.note if column == SUBJECT else ""
        lines = elided_lines(painter, text, rect.width(), 1 if note else 2)
        height = painter.fontMetrics().lineSpacing()
        y = rect.center().y() - height * (len(lines) + bool(note)) // 2
        is_missing = column == SUBJECT and not line.plan.subject
        painter.setPen(QColor(c.muted if is_missing else c.text))
        for part in lines:
            painter.drawText(QRect(rect.left(), y, rect.width(), height), int(Qt.AlignmentFlag.AlignLeft), part)
            y += height
        if note:
            painter.setPen(QColor(c.warning))
            icon = icon_size(painter.fontMetrics())
            icons.icon(icons.STATES["warning"], c.warning).paint(
                painter, QRect(rect.left(), y + (height - icon) // 2, icon, icon)
            )
            room = rect.adjusted(icon + 6, 0, 0, 0)
            note = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), y, room.width(), height), int(Qt.AlignmentFlag.AlignLeft), note)


def icon_size(metrics: QFontMetrics) -> int:
    """How large (pixels) an icon is beside text."""
    return max(14, round(metrics.ascent() * 1.15))


class PlanList(QTableView):
    """The view: Enter or a double click opens a line, Delete takes it away."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.hovered = -1
        self.plans = PlansModel(self)
        self._order = QSortFilterProxyModel(self)
        self._order.setSourceModel(self.plans)
        self._order.setSortRole(SORT)
        self._order.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._order.setSortLocaleAware(True)
        self.setModel(self._order)
        self.setItemDelegate(_LineDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setStyleSheet(_HEAD_STYLE)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SUBJECT, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(CHANGED, Qt.SortOrder.DescendingOrder)
        self.doubleClicked.connect(lambda _index: self.open_current())

    def set_lines(self, lines: list[Line]) -> None:
        """Show these plans; the line that was chosen stays so, else the first is."""
        before, row = self.current_id(), self.currentIndex().row()
        self.plans.set_lines(lines)
        self._fit()
        ids = [self._order.index(place, 0).data(LINE).plan.id for place in range(len(lines))]
        if ids:
            self.selectRow(ids.index(before) if before in ids else min(max(row, 0), len(ids) - 1))

    def current(self) -> Line | None:
        index = self.currentIndex()
        return index.data(LINE) if index.isValid() else None

    def current_id(self) -> str | None:
        line = self.current()
        return line.plan.id if line else None

    def sort_by(self, column: int) -> None:
        """Sort by a column, as a click on its head does: again turns the order round."""
        header = self.horizontalHeader()
        order = Qt.SortOrder.AscendingOrder
        if header.sortIndicatorSection() == column and header.sortIndicatorOrder() == order:
            order = Qt.SortOrder.DescendingOrder
        self.sortByColumn(column, order)

    def open_current(self) -> None:
        if (plan_id := self.current_id()) is not None:
            self.opened.emit(plan_id)

    def remove_current(self) -> None:
        if (plan_id := self.current_id()) is not None:
            self.removed.emit(plan_id)

    # ---- sizes

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(2 * metrics.lineSpacing() + 20)
        width = metrics.horizontalAdvance
        head = self.horizontalHeader().fontMetrics().horizontalAdvance
        fixed = {
            YEARS: width("2021–2025"),
            TOTAL: max(head(_(HEADS[TOTAL])) + 24, width("1.279.985,500")),
            CHECKS: max(head(_(HEADS[CHECKS])) + 16, 2 * (icon_size(metrics) + 16 + width("00"))),
            CHANGED: max(head(_(HEADS[CHANGED])) + 24, *(width(text) for text in widest_times())),
        }
        for column, pixels in fixed.items():
            self.setColumnWidth(column, pixels + 2 * _PAD)
        rest = self.viewport().width() - sum(fixed.values()) - 2 * _PAD * len(fixed)
        self.setColumnWidth(UNIT, max(120, int(rest * 0.36)))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            done = super().event(event)
            self._fit()
            return done
        return super().event(event)

    # ---- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.remove_current()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()
