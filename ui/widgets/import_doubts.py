"""What was not understood for sure in a file: a list of which each line leads to its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel as ListModel
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from models.i18n import _
from models.plan import Part
from ui import icons, theme

Index = QModelIndex | QPersistentModelIndex
_SHOWN_LINES = 4
#: A line: its sentence, and its severity.
Line = tuple[str, str]


class _Lines(ListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        text, severity = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_('Cảnh báo') if severity == 'warning' else _('Lưu ý')}: {text}"
        if role == Qt.ItemDataRole.DecorationRole:
            c = theme.colours()
            return icons.icon(icons.STATES[severity], c.warning if severity == "warning" else c.muted)
        return None


class DoubtList(QListView):
    """The lines; Enter or a double click on one asks for its place, Ctrl+C copies all of them as text."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Những điều chưa chắc"))
        self._lines = _Lines()
        self.setModel(self._lines)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.asked.emit(index.row()))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the lines; the cursor stays where it is as far as that goes."""
        if lines == self._lines.lines:
            return
        side = round(self.fontMetrics().height() * 0.9)
        self.setIconSize(QSize(side, side))
        at = self.currentIndex().row()
        self._lines.show_lines(lines)
        if lines:
            self.setCurrentIndex(self._lines.index(min(max(at, 0), len(lines) - 1)))

    @property
    def lines(self) -> list[Line]:
        return self._lines.lines

    def text(self) -> str:
        """All lines as text."""
        return "\n".join(text for text, _severity in self.lines)

    def copy(self) -> None:
        QApplication.clipboard().setText(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


class DoubtsPanel(QFrame):
    """Under the open plan, after an import: what was unsure of it, each line leading to its row.

    ``left`` says that the cursor goes back to the plan.
    """

    asked = Signal(object, str)
    closed = Signal()

    def __init__(self, places: Sequence[tuple[Line, Part | None, str]]) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._places = list(places)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 8)
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        title = QLabel(_("Điều chưa chắc khi nhập: {count}").format(count=len(self._places)))
        title.setObjectName("heading")
        row.addWidget(title)
        how = QLabel(_("Enter: tới dòng đó trong bảng"))
        how.setObjectName("muted")
        row.addWidget(how, 1)
        self.list = DoubtList()
        copies = QPushButton(_("Chép tất cả"))
        copies.setObjectName("quiet")
        copies.clicked.connect(self.list.copy)
        row.addWidget(copies)
        close = QToolButton()
        close.setText("✕")
        close.setAccessibleName(_("Đóng danh sách này"))
        close.setToolTip(_("Đóng danh sách này"))
        close.clicked.connect(self.closed)
        row.addWidget(close)
        layout.addLayout(row)
        layout.addWidget(self.list)
        self.list.show_lines([line for line, _part, _field in self._places])
        self.list.asked.connect(self._on_asked)
        # The table above keeps its room.
        lines = min(_SHOWN_LINES, max(1, len(self._places)))
        self.list.setFixedHeight(lines * max(self.list.sizeHintForRow(0), self.fontMetrics().lineSpacing()) + 4)

    def _on_asked(self, at: int) -> None:
        _line, part, field = self._places[at]
        self.asked.emit(part, field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
