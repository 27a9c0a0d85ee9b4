"""Cells and their editors: long texts grow in place, Enter goes down, Tab across, Esc gives back."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.text import clean

Index = QModelIndex | QPersistentModelIndex

#: Room around the text of a cell, in pixels: left and right, above and below.
PADDING_X, PADDING_Y = 9, 6


class CellEditor(QPlainTextEdit):
    """An editor for long text, as high as its text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setObjectName("cell")
        self.setStyleSheet("QPlainTextEdit { border-radius: 0; padding: 1px 2px; }")
        self.document().contentsChanged.connect(self._grow)

    def _grow(self) -> None:
        lines = sum(
            max(1, block.layout().lineCount())
            for block in (self.document().findBlockByNumber(n) for n in range(self.blockCount()))
        )
        wanted = lines * self.fontMetrics().lineSpacing() + 18
        parent = self.parentWidget()
        room = parent.height() - self.y() if parent else wanted
        if wanted > self.height():
            self.resize(self.width(), min(wanted, max(room, self.height())))


class CellDelegate(QStyledItemDelegate):
    """Edits cells of a view whose model has ``columns`` (long texts) or only short texts."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        columns = getattr(index.model(), "columns", None)
        column = columns[index.column()] if columns else None
        editor: QWidget
        if column is None or column.is_long:
            editor = CellEditor(parent)
        else:
            line = QLineEdit(parent)
            line.setStyleSheet("QLineEdit { border-radius: 0; padding: 1px 4px; }")
            if column.is_amount:
                line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            editor = line
        header = index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        editor.setAccessibleName(str(header))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        if text != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, clean(text), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if is_enter and plain == Qt.KeyboardModifier.NoModifier:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
                return True
            if is_enter and plain in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier):
                if isinstance(editor, QPlainTextEdit):
                    editor.insertPlainText("\n")
                return True
            if is_enter:
                return False
        return super().eventFilter(editor, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(64, option.fontMetrics.lineSpacing() + 2 * PADDING_Y)


def text_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """The height (pixels) of a text wrapped to ``width``, with the room around it."""
    inner = width - 2 * PADDING_X
    line = metrics.lineSpacing()
    if "\n" not in text and len(text) * metrics.averageCharWidth() * 2 < inner:
        return line + 2 * PADDING_Y
    # Qt breaks a word only where it is longer than the line; the measuring has to be told so.
    flags = Qt.TextFlag.TextWordWrap
    if metrics.horizontalAdvance(max(text.split(), key=len, default="")) > inner:
        flags |= Qt.TextFlag.TextWrapAnywhere
    box = metrics.boundingRect(QRect(0, 0, max(inner, 8), 100_000), int(flags), text)
    return box.height() + 2 * PADDING_Y
