"""Parts of one kind as rows that are typed into: columns of a layout, sources, indicators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.i18n import _
from models.template_drafts import clean
from ui.template_editor.fields import Choices

_VALUE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Head:
    """A column of the rows: its field, its name, what is in it, and how wide it is (letters; 0: the rest).

    ``keys``: keys with commas between them.
    """

    field: str
    label: str
    kind: Literal["text", "keys", "width", "check", "choice"] = "text"
    letters: int = 16
    choices: Callable[[], Choices] = tuple


class Rows(QWidget):
    """``typed`` brings the values of all rows, each as a dictionary by field."""

    typed = Signal(list)

    def __init__(self, name: str, heads: Sequence[Head], new_row: Callable[[list[dict[str, Any]]], dict[str, Any]]):
        super().__init__()
        self._heads, self._new_row = heads, new_row
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.table = QTableWidget(0, len(heads))
        self.table.setObjectName("card")
        self.table.setAccessibleName(name)
        self.table.setHorizontalHeaderLabels([head.label for head in heads])
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 14)
        self.table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.SelectedClicked
        )
        self.table.setTabKeyNavigation(False)
        self.table.setItemDelegate(_Delegate(self.table, heads))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        width = self.fontMetrics().averageCharWidth()
        for at, head in enumerate(heads):
            if head.letters:
                self.table.setColumnWidth(at, head.letters * width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._on_item)
        self.table.installEventFilter(self)
        layout.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        works: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (_("Thêm dòng"), "Insert", self.add), (_("Bỏ dòng"), "Ctrl+Delete", self.take_out),
            (_("Lên"), "Alt+↑", lambda: self.shift(-1)), (_("Xuống"), "Alt+↓", lambda: self.shift(1)),
        )  # fmt: skip
        for text, key, work in works:
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.setToolTip(f"{text} ({key})")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, work=work: work())
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)

    # ---- values

    def show_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show these; the cursor stays where it is."""
        if list(rows) == self.values() and self.table.rowCount() == len(rows):
            return
        at = self.table.currentRow(), max(0, self.table.currentColumn())
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(rows))
            for number, values in enumerate(rows):
                for column, head in enumerate(self._heads):
                    self.table.setItem(number, column, self._item(head, values[head.field]))
        if rows:
            self.table.setCurrentCell(min(max(0, at[0]), len(rows) - 1), at[1])

    def _item(self, head: Head, value: Any) -> QTableWidgetItem:
        item = QTableWidgetItem()
        item.setData(_VALUE, value)
        if head.kind == "check":
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)
        else:
            item.setText(_shown(head, value))
            item.setToolTip(item.text())
        return item

    def values(self) -> list[dict[str, Any]]:
        found = []
        for row in range(self.table.rowCount()):
            values = {}
            for column, head in enumerate(self._heads):
                item = self.table.item(row, column)
                values[head.field] = item.data(_VALUE) if item is not None else ""
            found.append(values)
        return [{name: tuple(one) if isinstance(one, list) else one for name, one in row.items()} for row in found]

    def _on_item(self, item: QTableWidgetItem) -> None:
        """What was typed into a cell becomes its value."""
        head = self._heads[item.column()]
        with QSignalBlocker(self.table):
            if head.kind == "check":
                item.setData(_VALUE, item.checkState() == Qt.CheckState.Checked)
            elif head.kind != "choice":
                item.setData(_VALUE, _parsed(head, item.text(), item.data(_VALUE)))
                item.setText(_shown(head, item.data(_VALUE)))
        self.typed.emit(self.values())

    # ---- rows

    def _put(self, rows: list[dict[str, Any]], at: int) -> None:
        column = max(0, self.table.currentColumn())
        self.show_rows(rows)
        if rows:
            self.table.setCurrentCell(min(max(0, at), len(rows) - 1), column)
        self.table.setFocus()
        self.typed.emit(self.values())

    def add(self) -> None:
        rows = self.values()
        at = self.table.currentRow() + 1 if rows else 0
        rows.insert(at, self._new_row(rows))
        self._put(rows, at)

    def take_out(self) -> None:
        rows, at = self.values(), self.table.currentRow()
        if 0 <= at < len(rows):
            del rows[at]
            self._put(rows, at)

    def shift(self, by: int) -> None:
        rows, at = self.values(), self.table.currentRow()
        if 0 <= at < len(rows) and 0 <= at + by < len(rows):
            rows.insert(at + by, rows.pop(at))
            self._put(rows, at + by)

    def go(self, row: int, field: str) -> None:
        """Put the cursor into a field of a row."""
        column = next((at for at, head in enumerate(self._heads) if head.field == field), 0)
        self.table.setFocus()
        if 0 <= row < self.table.rowCount():
            self.table.setCurrentCell(row, column)

    def settle(self) -> None:
        """Take over what is being typed into a cell."""
        focus = self.table.focusWidget()
        if focus is not None and focus is not self.table and self.table.isAncestorOf(focus):
            self.table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What a cell that is typed into leaves over is not for the rows.
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self.table.hasFocus():
            return False
        alt, ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
        works: dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_Up, alt): lambda: self.shift(-1),
            (Qt.Key.Key_Down, alt): lambda: self.shift(1),
            (Qt.Key.Key_Delete, ctrl): self.take_out,
            (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): self.add,
        }
        work = works.get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if work is not None:
            work()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (item := self.table.currentItem()) is not None:
            self.table.editItem(item)
            return True
        return False


def _shown(head: Head, value: Any) -> str:
    if head.kind == "keys":
        return ", ".join(value)
    if head.kind == "width":
        return f"{value:g}".replace(".", ",")
    if head.kind == "choice":
        return next((text.strip() for text, one in head.choices() if one == value), str(value))
    return str(value)


def _parsed(head: Head, text: str, before: Any) -> Any:
    """What a cell's text says; what is no width leaves the one before."""
    text = clean(text)
    if head.kind == "keys":
        return tuple(key for one in text.replace(";", ",").split(",") if (key := one.strip()))
    if head.kind == "width":
        try:
            width = float(text.replace(",", "."))
        except ValueError:
            return before
        return width if 0 < width <= 247 else before
    return text


class _Delegate(QStyledItemDelegate):
    """Choices are chosen from a list that opens in the cell."""

    def __init__(self, table: QTableWidget, heads: Sequence[Head]) -> None:
        super().__init__(table)
        self._table, self._heads = table, heads

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        head = self._heads[index.column()]
        if head.kind != "choice":
            editor = super().createEditor(parent, option, index)
            if editor is not None:
                editor.setObjectName("cell")
                editor.setAccessibleName(head.label)
            return editor
        box = QComboBox(parent)
        box.setAccessibleName(head.label)
        for text, value in head.choices():
            box.addItem(text, value)
        box.activated.connect(lambda _at: self._done(box))
        return box

    def _done(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(_VALUE))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QComboBox):
            item = self._table.item(index.row(), index.column())
            if item is not None and editor.currentIndex() >= 0 and item.data(_VALUE) != editor.currentData():
                with QSignalBlocker(self._table):
                    item.setData(_VALUE, editor.currentData())
                item.setText(editor.currentText().strip())
        else:
            super().setModelData(editor, model, index)
