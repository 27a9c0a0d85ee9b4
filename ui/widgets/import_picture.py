"""The picture of a table as an office made it: its cells, merged ones as one, and what each row was taken for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from models.i18n import N_, _
from models.imports import taking
from models.imports.understood import Understood
from ui import icons, theme
from ui.widgets.import_columns import ColumnChoices

Index = QModelIndex | QPersistentModelIndex
#: What each row was taken for, said beside its number.
ROLES = {
    "title": N_("Tiêu đề"), "unit": N_("Đơn vị tính"), "head": N_("Đầu bảng"), "numbers": N_("Số cột"),
    "group": N_("Nhóm"), "task": N_("Nhiệm vụ"), "part": N_("Phần việc"), "total": N_("Tổng"),
    "continued": N_("Tiếp dòng trên"), "empty": N_("Trống"), "after": N_("Ngoài bảng"), "left out": N_("Bỏ qua"),
}  # fmt: skip
_ROW = N_("Dòng")
_BOLD = ("head", "group", "total")
_RAISED = ("head", "numbers", "group", "total")
_OUTSIDE = ("title", "unit", "after", "left out", "empty")
#: Rows whose height is made to fit; all further ones have room for two lines.
_FITTED = 1500
_MOST_LINES = 3
#: Merged areas that are shown as one; a table of more is shown with the text in every cell.
_MOST_SPANS = 5000


class PictureModel(QAbstractTableModel):
    """The cells of a grid, with the roles of its rows and marks on what was unsure."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Understood | None = None
        self._doubts: dict[tuple[int, int], str] = {}

    def show_found(self, found: Understood | None) -> None:
        """Show a table as it is understood now."""
        doubts: dict[tuple[int, int], str] = {}
        for doubt in found.doubts if found is not None else ():
            place = doubt.row, doubt.column
            doubts[place] = "\n".join(filter(None, (doubts.get(place, ""), doubt.message)))
        if found is not None and self.found is not None and found.grid is self.found.grid:
            self.found, self._doubts = found, doubts
            if self.rowCount() and self.columnCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
            return
        self.beginResetModel()
        self.found, self._doubts = found, doubts
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.found is None else len(self.found.grid.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.found is None else self.found.grid.width

    def role_of(self, row: int) -> str:
        """What a row was taken for; empty where it is not known."""
        roles = self.found.role if self.found is not None else []
        return roles[row] if 0 <= row < len(roles) else ""

    def field_of(self, column: int) -> str:
        columns = self.found.mapping.columns if self.found is not None else []
        return columns[column] if 0 <= column < len(columns) else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.found is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        cell = self.found.grid.rows[row][column]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        doubt = self._doubts.get((row, column), "")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            said = [doubt or cell.fault]
            if role == Qt.ItemDataRole.ToolTipRole:
                said.insert(0, cell.text[:1000])
            else:
                said.insert(0, self.role_name(row))
            return "\n".join(filter(None, said))
        kind, c = self.role_of(row), theme.colours()
        is_out = kind in _OUTSIDE or (not self.field_of(column) and kind not in ("head", "numbers"))
        if role == Qt.ItemDataRole.BackgroundRole:
            if doubt or cell.fault:
                return QColor(c.warning_ground)
            return QColor(c.raised if kind in _RAISED else c.window if kind in _OUTSIDE else c.surface)
        if role == Qt.ItemDataRole.DecorationRole and (doubt or cell.fault):
            return icons.icon(icons.STATES["warning"], c.warning)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(c.muted if is_out else c.text)
        if role == Qt.ItemDataRole.FontRole and (kind in _BOLD or cell.bold):
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_right = cell.value is not None and kind not in ("head", "numbers")
            across = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            if kind in ("head", "numbers"):
                across = Qt.AlignmentFlag.AlignHCenter
            return across | Qt.AlignmentFlag.AlignVCenter
        return None

    def role_name(self, row: int) -> str:
        """What a row was taken for, in words."""
        kind = self.role_of(row)
        if kind == "task" and self.found is not None and self.found.mapping.kind == "register":
            return _(_ROW)
        return _(ROLES[kind]) if kind in ROLES else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.found is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                doubt = " !" if (section, -1) in self._doubts else ""
                return f"{self.found.grid.first_row + section}  {self.role_name(section)}{doubt}"
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._doubts.get((section, -1), "") or None
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        elif role == Qt.ItemDataRole.DisplayRole:
            return taking.column_name(self.found.grid.first_column - 1 + section)
        return None


class PictureView(QTableView):
    """The picture, with a choice over every column; F2 or Alt+Up goes from a cell to that choice, Esc leaves."""

    column_chosen = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Bảng trong tệp"))
        self.picture = PictureModel()
        self.setModel(self.picture)
        self.choices = ColumnChoices(self)
        self.setHorizontalHeader(self.choices)
        self.choices.chosen.connect(self.column_chosen)
        self.choices.left.connect(self._back_from)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setMinimumSectionSize(8)

    def show_found(self, found: Understood | None, offered: list[tuple[str, str]]) -> None:
        """Show a table; ``offered`` are the fields that a column can be, with their names."""
        is_other = self.picture.found is None or found is None or found.grid is not self.picture.found.grid
        if is_other:
            self.clearSpans()
        self.picture.show_found(found)
        if found is None:
            self.choices.show_columns([], [], [])
            return
        if is_other:
            for top, left, bottom, right in found.grid.merges[:_MOST_SPANS]:
                if bottom > top or right > left:
                    self.setSpan(top, left, bottom - top + 1, right - left + 1)
            self._fit(dict(offered))
            self.setCurrentIndex(self.picture.index(max(found.mapping.head[1] + 1, 0), 0))
            # The heads first: what stands above them says little.
            first = self.picture.index(max(found.mapping.head[0], 0), 0)
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)
        self.choices.show_columns(found.mapping.columns, offered, self._heads(found))
        self.verticalHeader().setFixedWidth(self._side_width())

    def _side_width(self) -> int:
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(_(text)) for text in ROLES.values()), default=0)
        return longest + metrics.horizontalAdvance("00000  !") + 20

    def _heads(self, found: Understood) -> list[str]:
        """What stands over each column in the file, in one line."""
        first, last = found.mapping.head
        rows = found.grid.rows[first : last + 1] if first >= 0 else []
        return [
            " ".join(" / ".join(dict.fromkeys(row[at].text for row in rows if row[at].text)).split())
            for at in range(found.grid.width)
        ]

    def _fit(self, names: dict[str, str]) -> None:
        """Columns as wide as their texts ask for, within limits, and rows as high as their wrapped texts.

        ``names`` are those of the fields that the columns are taken for.
        """
        found = self.picture.found
        if found is None:
            return
        # The letters of the style are measured, also before anything is shown.
        for widget in (self, self.choices, self.verticalHeader()):
            widget.ensurePolished()
        letter = self.fontMetrics().averageCharWidth()
        rows = found.grid.rows[:_FITTED]
        least = [self.choices.least_width(names.get(field, "")) for field in found.mapping.columns]
        most = 36 * letter
        merged = {(top, at) for top, left, _bottom, right in found.grid.merges for at in range(left, right + 1)}
        wanted = []
        for column in range(found.grid.width):
            texts = [row[column].text for at, row in enumerate(rows) if (at, column) not in merged]
            longest = max((max(map(len, text.split("\n"))) for text in texts if text), default=0)
            wanted.append(min(most, max(least[column], longest * letter + 24)))
        room = self.viewport().width() - self._side_width() + self.verticalHeader().width()
        if wanted and sum(wanted) < room:
            wanted[wanted.index(max(wanted))] += min(room - sum(wanted), most)
        elif sum(wanted) > room:
            # The longest texts wrap first, as far as that makes all columns seen.
            spare = [max(0, width - max(one, 16 * letter)) for width, one in zip(wanted, least, strict=True)]
            share = min(1.0, (sum(wanted) - room) / (sum(spare) or 1))
            wanted = [int(width - one * share) for width, one in zip(wanted, spare, strict=True)]
        for column, width in enumerate(wanted):
            self.setColumnWidth(column, int(width))
        line = self.fontMetrics().lineSpacing()
        head = self.verticalHeader()
        head.setDefaultSectionSize(2 * line + 12)
        for at, row in enumerate(rows):
            lines = 1
            for column, cell in enumerate(row):
                if cell.text and (at, column) not in merged:
                    fits = max(1, (int(wanted[column]) - 14) // letter)
                    lines = max(lines, sum(-(-max(1, len(part)) // fits) for part in cell.text.split("\n")))
            head.resizeSection(at, min(lines, _MOST_LINES) * line + 12)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell, or with column -1 into the row."""
        index = self.picture.index(row, max(column, 0))
        if index.isValid():
            self.setFocus()
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _back_from(self, column: int) -> None:
        self.setFocus()
        row = max(self.currentIndex().row(), 0)
        self.setCurrentIndex(self.picture.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_up = event.key() == Qt.Key.Key_Up and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (event.key() == Qt.Key.Key_F2 or is_up) and self.currentIndex().isValid():
            self.choices.enter(self.currentIndex().column())
            return
        super().keyPressEvent(event)
