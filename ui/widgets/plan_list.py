"""The list of plans: its model, how a line is painted, and the view with its keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from models.i18n import N_, _
from models.money import format_amount
from models.store import Summary
from ui import icons, theme

Index = QModelIndex | QPersistentModelIndex

YEARS, UNIT, SUBJECT, TOTAL, CHECKS, CHANGED = range(6)
_HEADS = (
    N_("Năm"),
    N_("Đơn vị"),
    N_("Trích yếu"),
    N_("Tổng (triệu đồng)"),
    N_("Kiểm tra"),
    N_("Sửa lần cuối"),
)
_SORT = Qt.ItemDataRole.UserRole
_LINE = Qt.ItemDataRole.UserRole + 1
_PAD = 12
_HEAD_STYLE = """QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; border-right: none; padding: 6px 12px; }"""


@dataclass(frozen=True, slots=True)
class Line:
    """One plan of the list; ``note`` says why it has no sums, and is empty otherwise."""

    plan: Summary
    note: str = ""


def human_time(text: str, now: datetime | None = None) -> str:
    """A moment (ISO 8601) as people say it: "14:32 hôm nay", "09:05 hôm qua", "20/11/2026"."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    today = (now or datetime.now()).date()
    clock = moment.strftime("%H:%M")
    if moment.date() == today:
        return _("{time} hôm nay").format(time=clock)
    if moment.date() == today - timedelta(days=1):
        return _("{time} hôm qua").format(time=clock)
    return human_date(moment.date())


def _widest_times() -> list[str]:
    midnight = datetime.combine(date.today(), datetime.min.time())
    return [human_time((midnight - timedelta(days=days)).isoformat()) for days in range(2)]


def human_date(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def years_text(plan: Summary) -> str:
    """The years a plan is for: "2027", "2021–2025"; empty where unknown."""
    if plan.period_from is None:
        return ""
    last = plan.period_to
    return str(plan.period_from) if last in (None, plan.period_from) else f"{plan.period_from}–{last}"


class PlansModel(QAbstractTableModel):
    """The plans of the store, one a line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == TOTAL else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == _LINE:
            return line
        if role == _SORT:
            return self._key(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(_HEADS[column])}: {self._tip(line, column) or self._text(line, column) or '–'}"
        return None

    def _text(self, line: Line, column: int) -> str:
        plan = line.plan
        if column == YEARS:
            return years_text(plan)
        if column == UNIT:
            return plan.unit_name
        if column == SUBJECT:
            return plan.subject or _("(chưa có trích yếu)")
        if column == TOTAL:
            return "–" if line.note or plan.total is None else format_amount(plan.total, "million")
        if column == CHECKS:
            return _counts(line)
        return human_time(plan.changed)

    def _tip(self, line: Line, column: int) -> str:
        if column == SUBJECT:
            return f"{line.plan.subject}\n{line.note}".strip()
        if column == UNIT:
            return line.plan.unit_name
        return _counts(line) if column == CHECKS else ""

    def _key(self, line: Line, column: int) -> Any:
        plan = line.plan
        keys: dict[int, Any] = {
            YEARS: (plan.period_from or 0) * 10000 + (plan.period_to or 0),
            UNIT: plan.unit_name,
            SUBJECT: plan.subject,
            # As text of one length: an int beyond 32 bits is compared wrongly on its way through Qt.
            TOTAL: "" if line.note or plan.total is None else f"{plan.total + 10**18:020}",
            CHECKS: -1 if line.note else plan.errors * 100_000 + min(plan.warnings, 99_999),
            CHANGED: plan.changed,
        }
        return keys[column]


def _counts(line: Line) -> str:
    if line.note:
        return _("chưa kiểm tra được")
    plan = line.plan
    if not plan.errors and not plan.warnings:
        return _("không có lỗi")
    return _("{errors} lỗi, {warnings} cảnh báo").format(errors=plan.errors, warnings=plan.warnings)


class _LineDelegate(QStyledItemDelegate):
    """Paints a line with air around it: texts on two lines at most, counts with their icons."""

    def __init__(self, view: PlanList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(48, 2 * option.fontMetrics.lineSpacing() + 20)  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, line, column = theme.colours(), index.data(_LINE), index.column()
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
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
        lines = two_lines(painter, text, rect.width(), 1 if note else 2)
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


def two_lines(painter: QPainter, text: str, width: int, most: int = 2) -> list[str]:
    """``text`` cut into at most ``most`` lines of ``width`` pixels, the last one ending in "…" if need be."""
    text = " ".join(text.split())
    layout = QTextLayout(text, painter.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 8))
        line.setPosition(QPointF(0, 0))
        starts.append(line.textStart())
    layout.endLayout()
    found = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, width) for part in found]


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
        self._order.setSortRole(_SORT)
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
        ids = [self._order.index(place, 0).data(_LINE).plan.id for place in range(len(lines))]
        if ids:
            self.selectRow(ids.index(before) if before in ids else min(max(row, 0), len(ids) - 1))

    def current(self) -> Line | None:
        index = self.currentIndex()
        return index.data(_LINE) if index.isValid() else None

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
            TOTAL: max(head(_(_HEADS[TOTAL])) + 24, width("1.279.985,500")),
            CHECKS: max(head(_(_HEADS[CHECKS])) + 16, 2 * (icon_size(metrics) + 16 + width("00"))),
            CHANGED: max(head(_(_HEADS[CHANGED])) + 24, *(width(text) for text in _widest_times())),
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
