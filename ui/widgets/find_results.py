"""The places that were found, as a list: the name of each page, below it its places with the match made bold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from models.field_names import field_name, particular_name
from models.i18n import _
from models.plan import LegalBasis, Plan, Row, Table
from models.search import Hit
from models.text import expand, placeholders
from ui import theme
from ui.document import Document, Place
from ui.outline import page_key

Index = QModelIndex | QPersistentModelIndex

#: Pixels above and below the text of a line together; lines that are shown in the lowest window.
_AROUND = 10
_LEAST = 3


def field_label(document: Document, hit: Hit) -> str:
    """What the field of a place is called, short."""
    kind, _slash, key = hit.field.partition("/")
    if kind == "cells" and isinstance(hit.place, Table):
        columns = hit.place.columns or []
        return columns[int(key)] if int(key) < len(columns) else ""
    if isinstance(hit.part, Plan):
        return particular_name(hit.field.replace("/", "."), document.template, _)
    if isinstance(hit.part, LegalBasis) and hit.field == "text":
        return _("Nội dung căn cứ")
    if not hit.field:
        return _("Tổng cộng")
    return field_name(hit.field.replace("/", "."), document.template, None, _)


def row_name(hit: Hit) -> str:
    """The name of the task, group or row that a place is in; empty where the place is that name, or in no row."""
    row = hit.part
    if not isinstance(row, Row) or hit.field in ("task", "group", "cells/0"):
        return ""
    name = row.group or row.task or next((cell for cell in row.cells or () if cell.strip()), "")
    return " ".join(name.split())


class ResultsModel(QAbstractListModel):
    """Names of pages and hits, one under the other."""

    def __init__(self, document: Document, name_of: Callable[[Place], str]) -> None:
        super().__init__()
        self.document, self._name_of = document, name_of
        self.lines: list[Hit | str] = []
        self._line_of: list[int] = []

    def show_hits(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.lines, self._line_of = [], []
        for _page, group in groupby(hits, key=lambda hit: page_key(hit.place)):
            here = list(group)
            self.lines.append(f"{self._name_of(here[0].place)} ({len(here)})")
            self._line_of.extend(range(len(self.lines), len(self.lines) + len(here)))
            self.lines.extend(here)
        self.endResetModel()

    def shown(self, hit: Hit) -> tuple[str, str, str]:
        """What is before a match, the match, and what is behind it, with placeholders as they print."""
        values = placeholders(self.document.plan, self.document.template, self.document.totals)
        return expand(hit.before, values), hit.found, expand(hit.after, values)

    def index_of(self, number: int) -> QModelIndex:
        """The line of the hit of that number."""
        return self.index(self._line_of[number]) if 0 <= number < len(self._line_of) else QModelIndex()

    def number_of(self, index: Index) -> int:
        """Which hit stands in a line; -1 for the name of a page."""
        line = self.lines[index.row()] if index.isValid() else ""
        if isinstance(line, str):
            return -1
        return bisect_left(self._line_of, index.row())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(line, str):
            return line
        said = f"{field_label(self.document, line)}: {''.join(self.shown(line))}"
        return ", ".join(filter(None, (said, row_name(line))))


class _Delegate(QStyledItemDelegate):
    """Paints what field it is, the match in the midst of its text, and at the right the row it is in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, option.fontMetrics.height() + _AROUND)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ResultsModel)
        line, c = model.lines[index.row()], theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect).adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and not isinstance(line, str)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.selection if chosen else c.raised))
            painter.drawRoundedRect(box, 6, 6)
        if chosen:
            # The line that Enter goes to, also while the cursor is in the field above.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(c.accent))
            painter.drawRoundedRect(box, 6, 6)
        inside = box.adjusted(9, 0, -9, 0)
        bold = QFont(option.font)
        bold.setBold(True)
        if isinstance(line, str):
            _draw(painter, inside, line, bold, c.text)
        else:
            self._paint_hit(painter, inside, line, option.font, bold, model)
        painter.restore()

    def _paint_hit(
        self, painter: QPainter, inside: QRect, hit: Hit, font: QFont, bold: QFont, model: ResultsModel
    ) -> None:
        c, metrics = theme.colours(), QFontMetrics(font)
        label = inside.adjusted(12, 0, 0, 0)
        label.setWidth(min(metrics.averageCharWidth() * 20, inside.width() // 3))
        _draw(painter, label, field_label(model.document, hit), font, c.muted)
        inside.setLeft(label.right() + 12)
        before, found, after = model.shown(hit)
        if name := row_name(hit):
            text = metrics.horizontalAdvance(before + found + after) + 24
            room = max(inside.width() - text, inside.width() // 3)
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            _draw(painter, inside, name, font, c.muted, Qt.AlignmentFlag.AlignRight)
            inside.setRight(inside.right() - metrics.horizontalAdvance(name) - 16)
        # The match is always seen: what is before it gives way at its left, at most to a third of the line.
        before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, inside.width() // 3)
        if len(hit.before) >= 60 and not before.startswith("…"):
            before = "…" + before
        for part, letters, colour in ((before, font, c.text), (found, bold, c.accent), (after, font, c.text)):
            inside.setLeft(inside.left() + _draw(painter, inside, part, letters, colour))


def _draw(
    painter: QPainter, room: QRect, text: str, font: QFont, colour: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:  # fmt: skip
    """Draw a text on one line, cut at its right where it is too long; its width."""
    if room.width() <= 0:
        return 0
    metrics = QFontMetrics(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text)
    return metrics.horizontalAdvance(text)


class ResultsView(QListView):
    """The list; ``went`` asks to go to the hit of that number, ``chose`` tells that it is the current one."""

    went = Signal(int)
    chose = Signal(int)

    def __init__(self, document: Document, name_of: Callable[[Place], str]) -> None:
        super().__init__()
        self.found = ResultsModel(document, name_of)
        self.setModel(self.found)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("Các chỗ tìm thấy"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.went.emit(self.found.number_of(index)))
        self.selectionModel().currentChanged.connect(self._choose)

    def show_hits(self, hits: list[Hit], number: int) -> None:
        self.found.show_hits(hits)
        self.show_current(number)

    def show_current(self, number: int) -> None:
        """Make a hit the current line."""
        index = self.found.index_of(number)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        """Scroll to the current line, and to the name of its page if it is the first one there."""
        index = self.currentIndex()
        if index.isValid() and isinstance(self.found.lines[index.row() - 1], str):
            self.scrollTo(index.siblingAtRow(index.row() - 1))
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bring_into_view()

    def show_lines(self, most: int, share: float) -> None:
        """Be as high as the lines there are, but no more than ``most`` and than this share of the window."""
        height = self.fontMetrics().height() + _AROUND
        lines = min(self.found.rowCount(), most, max(_LEAST, int(self.window().height() * share) // height))
        self.setVisible(lines > 0)
        self.setFixedHeight(lines * height + 2)

    def _choose(self, index: QModelIndex) -> None:
        if (number := self.found.number_of(index)) >= 0:
            self.chose.emit(number)
