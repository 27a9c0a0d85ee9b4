"""The list of what changed between two states of a plan, and under it the chosen line in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QUrl
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTextEdit, QTreeView, QVBoxLayout, QWidget

from models.i18n import _
from models.template import Template
from ui import icons, theme
from ui.widgets.change_lines import Line, details
from ui.widgets.sealed import nothing

_NUMBER, _NAME, _WHAT, _BEFORE, _AFTER, _DIFFERENCE = range(6)
_GLYPHS = {
    "added": "plus-circle", "removed": "minus-circle", "moved": "arrows-left-right", "changed": "pencil-simple",
    "sum": "equals",
}  # fmt: skip
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
#: Widths in letters: beyond them a column of texts takes nothing from the names.
_LETTERS = {_NUMBER: 5, _WHAT: 19, _BEFORE: 13, _AFTER: 13, _DIFFERENCE: 11}
_INDENT = "   "
#: Least and most height of the field that shows one line in full.
_FULL_LINES = (6, 9)

Index = QModelIndex | QPersistentModelIndex


class ChangesModel(QAbstractTableModel):
    """Lines are shown as they are asked for: there may be thousands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()
        self._bold = QFont()
        self._bold.setBold(True)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _DIFFERENCE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("TT"), _("Mục, nhiệm vụ"), _("Thay đổi"), _("Trước"), _("Sau"), _("Chênh lệch"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == _DIFFERENCE:
            return _RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.lines[index.row()].look == "heading":
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = (line.number, line.name, line.what, line.before, line.after, line.difference)[column]
            indent = _INDENT * line.depth if column == _NAME and role == Qt.ItemDataRole.DisplayRole else ""
            # A long text of a section would take the time to be laid out that nobody needs to see one line of it.
            return indent + text[:200]
        if role == Qt.ItemDataRole.FontRole and (line.look == "heading" or (line.item and line.item.is_group)):
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and column == _WHAT:
            return QBrush(QColor(_tone(line)))
        if role == Qt.ItemDataRole.DecorationRole and column == _WHAT and line.look in _GLYPHS:
            return icons.icon(_GLYPHS[line.look], _tone(line))
        if role == Qt.ItemDataRole.TextAlignmentRole and (
            column == _DIFFERENCE or (column in (_BEFORE, _AFTER) and line.difference)
        ):
            return _RIGHT
        return None


def _tone(line: Line) -> str:
    c = theme.colours()
    return {"added": c.done, "removed": c.error, "sum": c.muted, "heading": c.muted}.get(line.look, c.accent)


class _Details(QTextEdit):
    """What is shown in full; nothing is fetched for it, from nowhere."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return nothing()


class ChangesView(QWidget):
    """A list in which the arrow keys go from change to change; the field under it shows the chosen one in full."""

    def __init__(self) -> None:
        super().__init__()
        self._template: Template | None = None
        self.model = ChangesModel()
        self.list = QTreeView()
        self.list.setObjectName("card")
        self.list.setAccessibleName(_("Các thay đổi"))
        self.list.setModel(self.model)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(0)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setIconSize(QSize(16, 16))
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._show())
        self.full = _Details()
        self.full.setReadOnly(True)
        self.full.setTabChangesFocus(True)
        self.full.setAccessibleName(_("Thay đổi của dòng đang chọn"))
        self.full.setMinimumHeight(_FULL_LINES[0] * self.fontMetrics().lineSpacing())
        self.full.setMaximumHeight(_FULL_LINES[1] * self.fontMetrics().lineSpacing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 3)
        layout.addWidget(self.full, 1)
        self._size_columns()

    def _size_columns(self) -> None:
        head = self.list.header()
        head.setStretchLastSection(False)
        letter = QFontMetrics(self.font()).averageCharWidth()
        for column in range(self.model.columnCount()):
            if column in _LETTERS:
                head.resizeSection(column, _LETTERS[column] * letter + 24)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: Sequence[Line], template: Template) -> None:
        """Show these, the first change chosen."""
        self._template = template
        self.model.show_lines(lines)
        first = next((row for row, line in enumerate(lines) if line.look != "heading"), None)
        self.list.setVisible(first is not None)
        self.full.setVisible(first is not None)
        if first is not None:
            self.list.setCurrentIndex(self.model.index(first, 0))
            self.list.scrollToTop()
        self._show()

    def _show(self) -> None:
        row = self.list.currentIndex().row()
        if self._template is None or not 0 <= row < len(self.model.lines):
            self.full.clear()
        else:
            self.full.setHtml(details(self.model.lines[row], self._template))
