"""The list of keys: everything that can be done, found by any part of its name, and done by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTreeWidgetItem,
    QVBoxLayout,
)

from models.folding import fold
from models.i18n import _
from models.text import clean
from ui import keys, menus, theme
from ui.widgets.clearable import make_clearable
from ui.widgets.grouped_list import GroupedList, foot

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_LINE = Qt.ItemDataRole.UserRole + 1
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KeysDialog(QDialog):
    """The cursor is in the field in which one searches; the arrow keys go through the list meanwhile."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # What can be done is asked of the widget that has the focus, while it still has it.
        menus.offer_on_focus(window)
        self._lines = keys.lines(window)
        self.setWindowTitle(_("Phím tắt"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Phím tắt"))
        title.setObjectName("title")
        layout.addWidget(title)
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Tìm việc hoặc phím"))
        self.search.setPlaceholderText(_("Tìm việc hoặc phím; không cần gõ dấu"))
        make_clearable(self.search)
        self.search.setMaxLength(200)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.installEventFilter(self)
        layout.addWidget(self.search)
        layout.addWidget(self._build_list(), 1)
        layout.addLayout(self._build_foot())
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1100, 92 * width), min(680, 32 * self.fontMetrics().lineSpacing()))
        self._filter()
        self.search.setFocus()

    # ---- build

    def _build_list(self) -> GroupedList:
        self.list = GroupedList(_("Phím tắt"), [_("Việc"), _("Phím")], 0)
        self.list.currentItemChanged.connect(lambda *_items: self._tell())
        self.list.itemDoubleClicked.connect(lambda *_item: self.run())
        return self.list

    def _build_foot(self) -> QHBoxLayout:
        self.said = QLabel()
        self.said.setObjectName("muted")
        row, self.button = foot(self, self.said, _("Làm ngay"), self.run)
        return row

    # ---- the list

    def _filter(self) -> None:
        """Show the lines that hold every word searched for, in any order."""
        words = fold(clean(self.search.text())).split()
        self.list.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        first = None
        muted = QBrush(QColor(theme.colours().muted))
        for line in self._lines:
            text = fold(f"{line.where} {line.text} {line.keys}")
            if not all(word in text for word in words):
                continue
            if line.where not in groups:
                groups[line.where] = self.list.add_group(line.where)
            item = QTreeWidgetItem(groups[line.where], [line.text, line.keys])
            item.setData(0, _LINE, line)
            item.setToolTip(0, line.text)
            if line.does is not None and not line.can_be_done:
                item.setForeground(0, muted)
                item.setForeground(1, muted)
            first = first or item
        self.list.expandAll()
        if first is not None:
            self.list.setCurrentItem(first)
        self._tell()

    def current(self) -> keys.Line | None:
        item = self.list.currentItem()
        return item.data(0, _LINE) if item is not None else None

    def _tell(self) -> None:
        """Say what Enter does with the chosen line."""
        line = self.current()
        if line is None:
            text = _("Không có việc hay phím nào như vậy.")
        elif line.can_be_done:
            text = _("Enter: làm ngay")
        elif line.does is not None:
            text = _("Lúc này chưa làm được.")
        else:
            text = _("Dùng phím này ở: {place}").format(place=line.where)
        self.said.setText(text)
        self.button.setEnabled(line is not None and line.can_be_done)

    def run(self) -> None:
        """Do what the chosen line says, once the window has the focus again."""
        line = self.current()
        if line is not None and line.does is not None and line.can_be_done:
            self.close()
            QTimer.singleShot(0, line.does, line.do)

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            QCoreApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)
