"""The plain, quick editor of a section's text: what is shown is as it will be printed, no marks are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from ui.widgets import bullets, section_mime, section_paint
from ui.widgets.chips import Chips
from ui.widgets.sealed import nothing
from ui.widgets.section_places import format_at, placeholder_at, stored_span
from ui.widgets.section_text import (
    OBJECT,
    OBJECT_TYPE,
    Values,
    insert,
    lines_of,
    load,
    name_of,
    placeholder_style,
    set_indent,
    split_mark,
    text_of,
)
from ui.widgets.settling import Settling, is_composing
from ui.widgets.wrapping import has, toggle

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier
#: What the editor itself does with keys that the window might want.
_OWN_KEYS = {
    (Qt.Key.Key_B, _CONTROL): "bold",
    (Qt.Key.Key_I, _CONTROL): "italic",
    (Qt.Key.Key_V, _CONTROL | _SHIFT): "paste_plain",
    (Qt.Key.Key_Down, _ALT): "menu",
    (Qt.Key.Key_F7, _NONE): "spell",
}
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class SectionEdit(QTextEdit):
    """``values`` gives what a placeholder prints (``None``: unknown), ``describe`` says it in a sentence.

    ``explain`` gives what there is to say of a place in the text, as a tool tip.

    ``menu_requested`` asks for the list of placeholders, ``brace_typed`` as well; ``spell_requested`` for the words
    of the amount at the cursor; ``told`` carries a sentence for the window and its kind.
    """

    menu_requested = Signal()
    brace_typed = Signal()
    spell_requested = Signal()
    told = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.values: Values = lambda name: None
        self.describe = lambda name: ""
        self.explain: Callable[[int], str] = lambda position: ""
        self.setAcceptRichText(False)
        self.setMouseTracking(True)
        self._passing = False
        self._tip = ""
        self._kept = ""
        self._is_kept = False
        self._chips = Chips(self)
        self.document().documentLayout().registerHandler(OBJECT_TYPE, self._chips)
        self.document().contentsChange.connect(self._forget_lines)
        self._settling = Settling(self)
        self._fit_indent()

    # ---- text

    def lines(self) -> str:
        """The text in the lines of ``editor_lines``, with marks and placeholders' names."""
        if not self._is_kept:
            self._kept, self._is_kept = lines_of(self.document()), True
        return self._kept

    def toPlainText(self) -> str:
        return self.lines()

    def set_lines(self, lines: str) -> None:
        """Show another text, with no history to undo; the cursor and the view stay where they are, if they can."""
        place, scrolled = self.textCursor().position(), self.verticalScrollBar().value()
        with self._settling.paused():
            load(self.document(), lines, self.values)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)

    def insert_lines(self, lines: str, keep_kind: bool = False) -> None:
        """Put lines at the cursor, in place of the selection."""
        cursor = self.textCursor()
        insert(cursor, lines, self.values, keep_kind)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def insert_placeholder(self, name: str) -> None:
        """Put a placeholder at the cursor, in place of the selection."""
        cursor, form = self.textCursor(), self.currentCharFormat()
        cursor.insertText(OBJECT, placeholder_style(name, has(form, "bold"), has(form, "italic")))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def select_stored(self, stored: str, start: int, length: int) -> None:
        """Select what ``stored[start:start + length]`` is here, where the text ``stored`` is shown."""
        self.setTextCursor(stored_span(self.document(), stored, start, length))
        self.ensureCursorVisible()

    def values_changed(self, names: set[str]) -> None:
        """Draw the placeholders of these names anew."""
        block = self.document().firstBlock()
        while block.isValid():
            text = block.text()
            if OBJECT in text and any(name_of(form.format) in names for form in block.textFormats()):
                self.document().markContentsDirty(block.position(), block.length())
            block = block.next()

    def settle_all(self) -> None:
        """Other placeholders are known now."""
        self._settling.settle_all()

    def _forget_lines(self) -> None:
        self._is_kept = False

    # ---- keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> str:
        if self.isReadOnly():
            return ""
        return _OWN_KEYS.get((Qt.Key(event.key()), event.modifiers()), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        key = event.key()
        if key in _TABS:
            forward = key == Qt.Key.Key_Tab and not event.modifiers() & _SHIFT
            if self._passing or not bullets.shift_level(self.textCursor(), 1 if forward else -1):
                self._leave(forward)
            return
        self._passing = False
        plain = event.modifiers() in (_NONE, Qt.KeyboardModifier.KeypadModifier)
        if own := self._own(event):
            self._do(own)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            bullets.enter(self.textCursor())
            self.ensureCursorVisible()
        elif plain and key == Qt.Key.Key_Backspace and bullets.take_mark(self.textCursor()):
            pass
        elif event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            self._go_back(event.matches(QKeySequence.StandardKey.Undo))
        else:
            super().keyPressEvent(event)
            if event.text() == "{":
                self.brace_typed.emit()

    def _do(self, what: str) -> None:
        if what == "bold":
            toggle(self, "bold")
        elif what == "italic":
            toggle(self, "italic")
        elif what == "paste_plain":
            self.paste_plain()
        elif what == "menu":
            self.menu_requested.emit()
        else:
            self.spell_requested.emit()

    def _go_back(self, undo: bool) -> None:
        # What stood there once is put back as it was.
        with self._settling.paused():
            if undo:
                self.undo()
            else:
                self.redo()

    def _leave(self, forward: bool) -> None:
        self.setTabChangesFocus(True)
        self.focusNextPrevChild(forward)
        self.setTabChangesFocus(False)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if self.isReadOnly():
            return
        self._settling.settle_touched()
        if event.commitString().endswith("{"):
            self.brace_typed.emit()

    # ---- clipboard

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return section_mime.can_take(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Bullets, bold and italic stay, of the program's own also placeholders; all else is dropped."""
        self._take(section_mime.lines(source, self._text_before()))

    def paste_plain(self) -> None:
        """Paste without bold and italic."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None:
            self._take(section_mime.plain_lines(data, self._text_before()))

    def _take(self, found: section_mime.Taken) -> None:
        if found.lines:
            # A bullet that is there already stays one, but not the last one of a text that was taken away.
            if self.document().isEmpty():
                set_indent(self.textCursor().block(), 0)
            keep = bool(self._text_before().strip()) or bool(self.textCursor().blockFormat().indent())
            first, line_break, rest = found.lines.partition("\n")
            if keep and not found.inline:
                first = split_mark(first)[1]
            self.insert_lines(first + line_break + rest, keep)
        if found.sentence:
            self.told.emit(found.sentence, "warning")

    def _text_before(self) -> str:
        """What stands in the line before the place where something is put in."""
        start = self.textCursor().selectionStart()
        block = self.document().findBlock(start)
        return text_of(block)[: start - block.position()]

    def createMimeDataFromSelection(self) -> QMimeData:
        return section_mime.make(self.textCursor(), self.values)

    # ---- focus and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Who passes with Tab goes on with Tab; who begins to work here changes levels with it.
        self._passing = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return nothing()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._passing = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        tip = ""
        if not is_composing(self):
            name = self._placeholder_under(event)
            tip = f"{self.describe(name)}\n{{{name}}}" if name else self.explain(self._position_under(event))
        if tip != self._tip:
            self._tip = tip
            QToolTip.showText(event.globalPosition().toPoint(), tip, self)

    def _position_under(self, event: QMouseEvent) -> int:
        """The place in the text that is pointed at; -1 beside it."""
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        return int(layout.hitTest(event.position() + scrolled, Qt.HitTestAccuracy.ExactHit))

    def _placeholder_under(self, event: QMouseEvent) -> str:
        cursor = self.cursorForPosition(event.position().toPoint())
        block, place = cursor.block(), cursor.positionInBlock()
        for at in (place - 1, place):
            if 0 <= at < block.length() - 1 and text_of(block)[at] == OBJECT:
                cursor.setPosition(block.position() + at)
                left = self.cursorRect(cursor)
                cursor.setPosition(block.position() + at + 1)
                right = self.cursorRect(cursor)
                if left.left() <= event.position().x() <= right.left() or left.top() != right.top():
                    return name_of(format_at(block, at))
        return placeholder_at(cursor) if "{" in block.text() else ""

    # ---- look

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_indent()

    def _fit_indent(self) -> None:
        metrics = QFontMetricsF(self.document().defaultFont())
        self.document().setIndentWidth(metrics.horizontalAdvance("+") + metrics.averageCharWidth() * 1.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        section_paint.paint(self, self._chips, event.rect())
