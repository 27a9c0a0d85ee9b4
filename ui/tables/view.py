"""A table typed into like a spreadsheet: where keys and clicks lead, and how cells are opened."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QWidget

from models.i18n import _
from ui import theme
from ui.tables import walking
from ui.tables.block_view import BlockView
from ui.tables.delegate import PADDING_X, CellDelegate, CellEditor, plain_modifiers, way_out
from ui.tables.head import SheetHead
from ui.tables.row_heights import RowHeights

Index = QModelIndex | QPersistentModelIndex
_Trigger = QAbstractItemView.EditTrigger
_Hint = QAbstractItemView.ScrollHint
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class SheetView(BlockView):
    """A table view with the keys of a spreadsheet, for a model with ``columns`` whose first one are numbers.

    Enter goes down, after a run of Tabs to the column where it began; Tab across; F2 or typing edits; Space sets a
    mark; Shift extends a selection; Ctrl+Tab leaves the table. Rows are as high as their texts.
    """

    #: A mark (``security``) was asked to change, by a click or Space.
    mark_toggled = Signal(QModelIndex)
    #: The menu of the rows was asked for, at a place of the screen.
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_composing = False
        #: The column where a run of Tabs began, and the cell that it led to.
        self._run: tuple[int, int, int] | None = None
        delegate = CellDelegate(self)
        delegate.left.connect(self.step)
        self.setItemDelegate(delegate)
        self.head = SheetHead(self)
        self.setHorizontalHeader(self.head)
        self.heights = RowHeights(self)
        # All of it is painted here, so that scrolling moves what is painted already.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(_Trigger.AnyKeyPressed | _Trigger.DoubleClicked | _Trigger.EditKeyPressed)
        self.setAccessibleDescription(
            _("Enter: xuống dòng dưới; Tab: sang ô bên; F2: sửa ô; Ctrl+Tab: rời bảng; Shift+F10: các việc với dòng.")
        )

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            self.heights.follow(model)
            # An editor whose row is gone goes with it, before a key is typed into it.
            model.layoutChanged.connect(lambda *_what: self.updateEditorGeometries())

    # ---- what is in sight

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        box = self.visualRect(index)
        if box.top() < 0 or box.bottom() >= self.viewport().height():
            self.heights.fit_around(index.row())
        super().scrollTo(index, hint)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dy:
            self.heights.fit_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.heights.fit_seen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "heights"):
            self.heights.take_font()

    def sizeHintForColumn(self, column: int) -> int:
        """The width (pixels) for the texts of a column that are in sight, so far as one line of them is readable."""
        metrics, model = self.fontMetrics(), self.model()
        first, last = self.rowAt(0), self.rowAt(self.viewport().height())
        seen = range(max(0, first), (last if last >= 0 else model.rowCount() - 1) + 1)
        texts = [str(model.index(row, column).data() or "") for row in seen]
        widest = max((metrics.horizontalAdvance(line) for text in texts for line in text.split("\n")), default=0)
        return min(widest + 2 * PADDING_X + 4, 60 * metrics.averageCharWidth())

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), QColor(theme.colours().surface))
        ground.end()
        super().paintEvent(event)
        box = self.visualRect(self.currentIndex())
        if self.hasFocus() and box.isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(theme.colours().accent), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt paints the whole table anew with every editor that opens or closes; only the frame of the cell changes.
        index = self.currentIndex()
        takes_text = index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, takes_text)
        self.viewport().update(self.visualRect(index))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._is_composing:
            # What becomes of the half-typed word the input method says only now.
            QGuiApplication.inputMethod().commit()
            QTimer.singleShot(0, self, self.commit_editor)
        self.viewport().update(self.visualRect(self.currentIndex()))

    # ---- keys

    def step(self, way: str) -> None:
        """Go from the current cell: ``down``, ``up``, ``left``, ``right``, ``next``, ``previous``, ``out`` …"""
        index = self.currentIndex()
        if way in ("out", "out_back"):
            QWidget.focusNextPrevChild(self, way == "out")
        elif way in ("next", "previous"):
            self._run = walking.across(self, self._run, 1 if way == "next" else -1)
        elif way == "down":
            walking.down(self, self._run)
        elif index.isValid():
            target = walking.target(self, way, is_far=False)
            if target.isValid() and target != index:
                self.select_cell(target)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_composing:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, modifiers = self.currentIndex(), event.modifiers()
        if self._is_composing:
            event.accept()
            return
        if not index.isValid():
            super().keyPressEvent(event)
            return
        if way := way_out(event):
            self.step(way)
        elif event.key() in walking.MOVES and not modifiers & Qt.KeyboardModifier.AltModifier:
            is_far = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            target = walking.target(self, walking.MOVES[event.key()], is_far)
            if target.isValid():
                if modifiers & _SHIFT:
                    self.extend_to(target)
                else:
                    self.select_cell(target)
        elif event.key() == Qt.Key.Key_Space and plain_modifiers(event) == _NONE and self._is_mark(index):
            self.mark_toggled.emit(index)
        elif event.key() == Qt.Key.Key_F10 and plain_modifiers(event) == _SHIFT:
            # Not every desktop asks for the menu by itself.
            self._ask_menu()
        elif event.key() == Qt.Key.Key_Space and plain_modifiers(event) == _SHIFT:
            places = self.selected_places()
            self.select_rows(places[0], places[-1]) if places else None
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Typing into a cell that takes no text leads nowhere."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first word that an input method makes over a selected cell opens its editor, and is typed into it."""
        if self.editor() is None and not event.preeditString() and event.commitString():
            # A word that comes at once, without having been composed in sight.
            self._is_composing = False
            if self.edit(self.currentIndex(), _Trigger.AnyKeyPressed, event) and (editor := self.editor()) is not None:
                QCoreApplication.sendEvent(editor, event)
            return
        was, self._is_composing = self._is_composing, bool(event.preeditString())
        if was and not self.hasFocus() and (editor := self.editor()) is not None:
            # The word was ended by going elsewhere: there the keyboard stays.
            QCoreApplication.sendEvent(editor, event)
        else:
            super().inputMethodEvent(event)

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        was_current = index == self.currentIndex()
        super().mousePressEvent(event)
        is_click = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == _NONE
        if is_click and was_current and self._is_mark(index):
            self.mark_toggled.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self._ask_menu()
            return
        index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.select_cell(index if index.column() else self.model().index(index.row(), self.shown_columns()[0]))
        self.menu_requested.emit(event.globalPos())

    def _ask_menu(self) -> None:
        """Ask for the menu below the current cell."""
        box = self.visualRect(self.currentIndex()).intersected(self.viewport().rect())
        self.menu_requested.emit(self.viewport().mapToGlobal(box.bottomLeft() + QPoint(PADDING_X, 0)))

    def _is_mark(self, index: Index) -> bool:
        model = self.model()
        return index.isValid() and bool(model.columns[index.column()].is_mark)  # type: ignore[attr-defined]

    # ---- editors

    def editor(self) -> QWidget | None:
        """The open editor; ``None`` where none is."""
        return self.indexWidget(self.currentIndex())

    def edit(  # type: ignore[override]
        self, index: Index, trigger: _Trigger = _Trigger.AllEditTriggers, event: QEvent | None = None
    ) -> bool:
        opened = super().edit(index, trigger, event)  # type: ignore[arg-type]
        editor = self.indexWidget(index) if opened else None
        delegate = self.itemDelegate()
        if editor is not None and isinstance(delegate, CellDelegate):
            delegate.begin(editor, trigger in (_Trigger.AnyKeyPressed, _Trigger.AllEditTriggers))
            if isinstance(editor, CellEditor):
                kept = QPersistentModelIndex(index)
                editor.grown.connect(lambda height: self._grow(kept, height))
        return bool(opened)

    def edit_current(self) -> None:
        """Open the current cell at the end of its text; in an open one, leave the arrow keys to the text."""
        editor = self.editor()
        if editor is not None:
            editor.setProperty("typing", not editor.property("typing"))
        elif self.currentIndex().isValid():
            self.edit(self.currentIndex(), _Trigger.EditKeyPressed)

    def commit_editor(self) -> None:
        """Write what stands in the open editor, and close it."""
        editor = self.editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        row = self.rowAt(editor.y() + 1)
        self._is_composing = False
        super().closeEditor(editor, hint)
        self.heights.close(row)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # An editor whose cell is gone (with its row, or its column) hands the keyboard on when it is hidden.
        focus = QApplication.focusWidget()
        if focus is not None and self.viewport().isAncestorOf(focus):
            self._is_composing = False
            self.setState(QAbstractItemView.State.NoState)
            self.setFocus()
            return True
        return super().focusNextPrevChild(forward)

    def _grow(self, index: Index, height: int) -> None:
        before = self.rowHeight(index.row())
        self.heights.open(index.row(), height)
        if self.rowHeight(index.row()) != before:
            self.updateGeometries()
            if self.visualRect(index).bottom() > self.viewport().height():
                self.scrollTo(index)
