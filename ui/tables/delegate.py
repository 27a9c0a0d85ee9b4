"""Cells and their editors: long texts grow in place; Enter, Tab and the arrow keys go on, Esc gives back.

While an input method composes a word in an editor, all keys are its own, and nothing is written.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.text import clean
from ui.tables.cell_painter import CellPainter
from ui.widgets.finding_lines import set_state

Index = QModelIndex | QPersistentModelIndex

#: Room around the text of a cell, in pixels: left and right, above and below.
PADDING_X, PADDING_Y = 9, 6
#: What the frame and the margins of a growing editor take, above and below its text.
_EDITOR_FRAME = 12

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD, _NONE = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.NoModifier
_SHIFT, _CTRL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
#: The ways out of an editor, by key: always, and while a cell is typed into anew.
_WAYS: dict[tuple[int, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Return, _NONE): "down",
    (Qt.Key.Key_Enter, _NONE): "down",
    (Qt.Key.Key_Return, _SHIFT): "up",
    (Qt.Key.Key_Enter, _SHIFT): "up",
    (Qt.Key.Key_Tab, _NONE): "next",
    (Qt.Key.Key_Tab, _SHIFT): "previous",
    (Qt.Key.Key_Backtab, _NONE): "previous",
    (Qt.Key.Key_Backtab, _SHIFT): "previous",
    (Qt.Key.Key_Tab, _CTRL): "out",
    (Qt.Key.Key_Backtab, _CTRL | _SHIFT): "out_back",
    (Qt.Key.Key_Tab, _CTRL | _SHIFT): "out_back",
}
_ARROWS: dict[int, str] = {
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_PageUp: "page_up",
}


def plain_modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers of a key, wherever on the keyboard it lies."""
    return event.modifiers() & ~_KEYPAD


def way_out(event: QKeyEvent) -> str:
    """Where a key leads from a cell: ``down``, ``next``, ``out`` …; empty for a key that leads nowhere."""
    return _WAYS.get((event.key(), plain_modifiers(event)), "")


class CellEditor(QPlainTextEdit):
    """An editor for text that wraps; ``grown`` tells the height (pixels) that its text asks for."""

    grown = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().contentsChanged.connect(self._grow)

    def wanted_height(self, most: int) -> int:
        """The height (pixels) that the text asks for, up to ``most``."""
        height, block = float(_EDITOR_FRAME), self.document().firstBlock()
        while block.isValid() and height < most:
            layout = block.layout()
            height += layout.boundingRect().height() if layout.lineCount() else self.fontMetrics().lineSpacing()
            block = block.next()
        return min(round(height), most)

    def _grow(self) -> None:
        parent = self.parentWidget()
        if parent is not None and self.isVisible():
            self.grown.emit(self.wanted_height(parent.height()))
            self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centre()

    def _centre(self) -> None:
        """Let the text stand where it stands in the cell: half-way down."""
        above = max(0, (self.height() - self.wanted_height(self.height())) // 2)
        if above != self.viewportMargins().top():
            self.setViewportMargins(0, above, 0, 0)


class CellDelegate(QStyledItemDelegate):
    """Makes the editors of a table whose model has ``columns``, and says by ``left`` where a key leads from one."""

    left = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._painter = CellPainter(PADDING_X)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self._painter.paint(painter, option, index)

    # ---- editors

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        # Not before something is typed: the window stands sooner without it.
        from ui.widgets.completion import offer_in_cell

        editor: QPlainTextEdit | QLineEdit
        if index.model().columns[index.column()].is_amount:  # type: ignore[attr-defined]
            editor = QLineEdit(parent)
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        else:
            editor = CellEditor(parent)
        editor.setObjectName("cell")
        editor.textChanged.connect(lambda: set_state(editor, "") if editor.property("state") else None)
        header = index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        editor.setAccessibleName(str(header))
        offer_in_cell(editor, index)
        return editor

    def begin(self, editor: QWidget, is_new_text: bool) -> None:
        """An editor is open: what is typed into it is a new text, or the old one is gone on with at its end."""
        editor.setProperty("typing", is_new_text)
        if not is_new_text:
            if isinstance(editor, QLineEdit):
                editor.end(False)
            elif isinstance(editor, QPlainTextEdit):
                editor.moveCursor(QTextCursor.MoveOperation.End)
        from ui.widgets.completion import Completion

        # Its list of offers is asked about a key first.
        for completion in editor.findChildren(Completion):
            editor.installEventFilter(completion)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QPlainTextEdit | QLineEdit):
            if isinstance(editor, QPlainTextEdit):
                editor.setPlainText(text)
            else:
                editor.setText(text)
            editor.setProperty("before", text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = text_of(editor)
        if text == editor.property("refused"):
            return
        if text != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            text = clean(text)
            if not model.setData(index, text, Qt.ItemDataRole.EditRole) and text.strip():
                editor.setProperty("refused", text_of(editor))
                set_state(editor, "error")

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isinstance(watched, QWidget):
            return False
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            watched.setProperty("composing", bool(event.preeditString()))
            return False
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if watched.property("composing"):
                if kind == QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                # Letters that the input method lets by are text; what it lets by besides leads nowhere meanwhile.
                return not (event.text() and event.text().isprintable())
            if is_history(event) and text_of(watched) == watched.property("before"):
                # Nothing is typed yet: the step back is the plan's.
                event.ignore()
                return True
            if kind == QEvent.Type.KeyPress and self._press(watched, event):
                return True
        if kind == QEvent.Type.FocusOut and watched.property("composing"):
            # What becomes of the half-typed word the input method says only now.
            QGuiApplication.inputMethod().commit()
            QTimer.singleShot(0, watched, lambda: self._leave(watched))
            return False
        return super().eventFilter(watched, event)

    def _press(self, editor: QWidget, event: QKeyEvent) -> bool:
        way = way_out(event)
        if not way and editor.property("typing") and plain_modifiers(event) == _NONE:
            way = _ARROWS.get(event.key(), "")
        if way:
            self._leave(editor, way)
            return True
        if event.key() in ENTER:
            if isinstance(editor, QPlainTextEdit) and plain_modifiers(event) == _ALT:
                editor.insertPlainText("\n")
            return True
        return False

    def _leave(self, editor: QWidget, way: str = "") -> None:
        """Write and close an editor; with a way, a text that is refused stays in it to be put right."""
        self.commitData.emit(editor)
        if not way or text_of(editor) != editor.property("refused"):
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            if way:
                self.left.emit(way)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(64, option.fontMetrics.lineSpacing() + 2 * PADDING_Y)


def text_of(editor: QWidget) -> str:
    """What stands in the editor of a cell."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def is_history(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


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
