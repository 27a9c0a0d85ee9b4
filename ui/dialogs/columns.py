"""Which columns of a table are shown, how wide and in which order: each change is seen in the table at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.i18n import _
from ui.tables.sheet_columns import STEP, SheetColumns

_FIELD = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """A list of the columns: Space shows and hides one, Alt with the arrow keys moves and widens it."""

    def __init__(self, parent: QWidget, columns: SheetColumns, field: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Cột của bảng"))
        self._columns = columns
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        title = QLabel(_("Cột của bảng"))
        title.setObjectName("title")
        layout.addWidget(title)
        how = QLabel(
            _("Phím cách: hiện, ẩn cột; Alt+↑, Alt+↓: chuyển chỗ; Alt+←, Alt+→: hẹp lại, rộng ra. Bảng đổi theo ngay.")
        )
        how.setObjectName("muted")
        how.setWordWrap(True)
        layout.addWidget(how)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        self.list = QListWidget()
        self.list.setObjectName("card")
        self.list.setAccessibleName(_("Cột của bảng"))
        self.list.setAccessibleDescription(how.text())
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._toggled)
        self.list.installEventFilter(self)
        middle.addWidget(self.list, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for text, work in (
            (_("Chuyển &lên"), lambda: self._move(-1)),
            (_("Chuyển &xuống"), lambda: self._move(1)),
            (_("&Hẹp lại"), lambda: self._widen(-STEP)),
            (_("&Rộng ra"), lambda: self._widen(STEP)),
            (_("Về &mặc định"), self._reset),
        ):
            buttons.addWidget(self._button(text, work))
        buttons.addStretch(1)
        middle.addLayout(buttons)
        layout.addLayout(middle, 1)
        close = self._button(_("Đóng"), self.accept)
        close.setObjectName("main")
        close.setDefault(True)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        width = self.fontMetrics().averageCharWidth()
        self.resize(64 * width, min(620, 24 * self.fontMetrics().lineSpacing()))
        self._load(field)
        self.list.setFocus()

    def _button(self, text: str, work: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: work())
        return button

    def _load(self, field: str) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for column in self._columns.in_order():
                item = QListWidgetItem(column.label)
                item.setData(_FIELD, column.field)
                flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
                if self._columns.can_hide(column.field):
                    flags |= Qt.ItemFlag.ItemIsUserCheckable
                item.setFlags(flags)
                hidden = self._columns.is_hidden(column.field)
                item.setCheckState(Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
                self.list.addItem(item)
                if column.field == field or self.list.currentItem() is None:
                    self.list.setCurrentItem(item)

    def _field(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_FIELD)) if item is not None else ""

    def _toggled(self, item: QListWidgetItem) -> None:
        self._columns.set_hidden(str(item.data(_FIELD)), item.checkState() == Qt.CheckState.Unchecked)

    def _move(self, by: int) -> None:
        if field := self._field():
            self._columns.move(field, by)
            self._load(field)

    def _widen(self, by: int) -> None:
        if field := self._field():
            self._columns.widen(field, by)

    def _reset(self) -> None:
        self._columns.reset()
        self._load(self._field())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.list:
            works: dict[int, Callable[[], None]] = {
                Qt.Key.Key_Up: lambda: self._move(-1),
                Qt.Key.Key_Down: lambda: self._move(1),
                Qt.Key.Key_Left: lambda: self._widen(-STEP),
                Qt.Key.Key_Right: lambda: self._widen(STEP),
            }
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in works:
                works[event.key()]()
                return True
        return False
