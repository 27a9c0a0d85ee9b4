"""The documents of the catalogue as a list: two lines each, at the right whether they are in force."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.catalogue import Catalogue, Entry, as_basis
from models.i18n import _
from models.memory import basis_key
from ui import icons, theme
from ui.widgets.basis_list import two_lines
from ui.widgets.entry_words import validity

Index = QModelIndex | QPersistentModelIndex
_LINES = Qt.ItemDataRole.UserRole + 1
_STATE = Qt.ItemDataRole.UserRole + 2
_PAD = 7


class CatalogueModel(QAbstractListModel):
    """The entries shown. A list of thousands is laid out at once, because all rows are of one height."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._known = Catalogue(())
        self._on = ""
        #: Keys of the bases that the open plan has.
        self._cited: set[tuple[str, ...]] = set()

    def load(self, known: Catalogue, entries: list[Entry], on: str, cited: set[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.entries, self._known, self._on, self._cited = entries, known, on, cited
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def state_of(self, entry: Entry) -> tuple[str, str]:
        """What is said at its right, and the kind of it: ``warning``, ``done`` or ``muted``."""
        if state := validity(self._known, entry, self._on):
            return state, "warning"
        if basis_key(as_basis(entry)) in self._cited:
            return _("Đã có trong kế hoạch"), "done"
        return (_("Của đơn vị"), "muted") if entry.own else ("", "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (*two_lines(as_basis(entry)), self.state_of(entry)[0])))
        if role == _LINES:
            return two_lines(as_basis(entry))
        return self.state_of(entry) if role == _STATE else None


class CatalogueList(QListView):
    """Several can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Danh mục căn cứ"))
        self.model_ = CatalogueModel()
        self.setModel(self.model_)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)

    def current(self) -> Entry | None:
        row = self.currentIndex().row()
        return self.model_.entries[row] if 0 <= row < len(self.model_.entries) else None

    def chosen(self) -> list[Entry]:
        """The entries selected, in the order in which they stand."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.model_.entries[row] for row in rows]

    def select(self, entry: Entry | None) -> None:
        """Make ``entry`` the current one, where it is shown; else the first."""
        keys = [one.key for one in self.model_.entries]
        row = keys.index(entry.key) if entry is not None and entry.key in keys else 0
        self.setCurrentIndex(self.model_.index(row, 0))


class _Delegate(QStyledItemDelegate):
    """Paints a document: what it is and its state, below what it is about."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, option.fontMetrics.height() * 2 + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.selection if chosen else c.raised))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(c.accent))
            painter.drawRoundedRect(box.adjusted(0, 1, -1, -2), 6, 6)
        metrics, line = option.fontMetrics, option.fontMetrics.height()
        left, right, top = box.left() + 10, box.right() - 10, box.top() + _PAD - 1
        first, second = index.data(_LINES)
        state, kind = index.data(_STATE)
        painter.setFont(option.font)
        width = right - left
        if state:
            colour = {"warning": c.warning, "done": c.done}.get(kind, c.muted)
            # The name has two thirds of the line at least.
            state = metrics.elidedText(state, Qt.TextElideMode.ElideRight, width // 2)
            wide = metrics.horizontalAdvance(state)
            painter.setPen(QColor(colour))
            painter.drawText(right - wide, top, wide, line, Qt.AlignmentFlag.AlignLeft, state)
            width -= wide + 16
            if kind in icons.STATES:
                width -= line
                mark = QRect(right - wide - line - 4, top, line, line)
                icons.icon(icons.STATES[kind], colour).paint(painter, mark)
        for text, colour, place, room in (
            (first, c.text, top, width), (second, c.muted, top + line + 2, right - left),
        ):  # fmt: skip
            painter.setPen(QColor(colour))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, place, room, line, Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
