"""The lines of a plan's history under their days, made as they are looked at: there may be tens of thousands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QShowEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTreeView

from models.i18n import _
from ui import icons, theme

if TYPE_CHECKING:
    from models.store import Past

WHEN, WHAT, WHO, STATE = range(4)
#: Widths in letters; what was done takes the rest.
_LETTERS = {WHEN: 11, WHO: 16, STATE: 22}

#: The arrow keys go past the heading of a day.
_OF_DAY = Qt.ItemFlag.ItemNeverHasChildren
_OF_EDIT = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """A row is an edit, or the heading of a day, which cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Past | str] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show_history(self, history: Sequence[Past]) -> None:
        """Show these, the newest first."""
        self.beginResetModel()
        self.rows = []
        day = ""
        for past in history:
            if past.at[:10] != day:
                day = past.at[:10]
                self.rows.append(_day_name(date.fromisoformat(day), date.today()))
            self.rows.append(past)
        self.endResetModel()

    def past_at(self, row: int) -> Past | None:
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return None if isinstance(found, str) else found

    def row_of(self, edit_id: int) -> int | None:
        return next((at for at, one in enumerate(self.rows) if not isinstance(one, str) and one.id == edit_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else STATE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Lúc"), _("Việc"), _("Người làm"), _("Trạng thái"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _OF_DAY if isinstance(self.rows[index.row()], str) else _OF_EDIT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole and column == 0 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.at[11:19], _(row.label), row.who, _state(row))[column]
        if role == Qt.ItemDataRole.ToolTipRole and column in (WHAT, WHO):
            return (_(row.label), row.who)[column - WHAT]
        if role == Qt.ItemDataRole.FontRole and row.steps == 0:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and (row.undone or row.steps is None):
            return QBrush(QColor(theme.colours().muted))
        if role == Qt.ItemDataRole.DecorationRole and column == STATE:
            return _icon(row)
        return None


def _state(past: Past) -> str:
    if past.steps == 0:
        return _("hiện tại")
    if past.undone:
        return _("đã hoàn tác")
    if past.is_old:
        return _("đã cũ")
    return _("không hoàn tác được") if past.steps is None else ""


def _icon(past: Past) -> Any:
    c = theme.colours()
    if past.steps == 0:
        return icons.icon("check-circle-fill", c.done)
    if past.undone:
        return icons.icon("arrow-u-up-left", c.muted)
    return icons.icon("lock", c.muted) if past.steps is None and not past.is_old else None


def _day_name(day: date, today: date) -> str:
    """A day as the list names it."""
    text = day.strftime("%d/%m/%Y")
    if day == today:
        return _("Hôm nay, {date}").format(date=text)
    if day == today - timedelta(days=1):
        return _("Hôm qua, {date}").format(date=text)
    return text


class HistoryList(QTreeView):
    """The arrow keys go from edit to edit."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Lịch sử"))
        self.lines = HistoryModel()
        self.setModel(self.lines)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIconSize(QSize(16, 16))
        head = self.header()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(False)
        letter = QFontMetrics(self.font()).averageCharWidth()
        for column in range(self.lines.columnCount()):
            if column in _LETTERS:
                head.resizeSection(column, _LETTERS[column] * letter + 32)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_history(self, history: Sequence[Past], chosen: int | None) -> None:
        """Show these, with the edit of that id chosen, else the newest."""
        self.lines.show_history(history)
        row_of_chosen = self.lines.row_of(chosen) if chosen is not None else None
        if self.lines.rows:
            index = self.lines.index(1 if row_of_chosen is None else row_of_chosen, WHEN)
            self.setCurrentIndex(index)
            self.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)

    def showEvent(self, event: QShowEvent) -> None:
        # Only now it is known how high a line of this look is.
        self.doItemsLayout()
        self.scrollTo(self.currentIndex(), QTreeView.ScrollHint.PositionAtCenter)
        super().showEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self.lines.rows[index.row()]
        if not isinstance(line, str):
            super().drawRow(painter, option, index)
            return
        # The name of a day goes over all columns. Told to the view it would be looked for with every row.
        painter.save()
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().text))
        painter.drawText(option.rect.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, line)
        painter.restore()

    def chosen(self) -> Past | None:
        """The edit that the keyboard is at."""
        return self.lines.past_at(self.currentIndex().row())
