"""The plain, quick editor of a section's text: bullets go on with Enter, Tab changes their level."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip

from models.text import PLACEHOLDER, clean
from ui.widgets.editor_lines import INDENT, SOFT_BREAK, kind_of
from ui.widgets.wrapping import toggle_mark

#: How Word and web pages write a bullet of the first and of the second level.
_BULLETS = re.compile(r"^\s*(?:[•·●▪■◆➢✓–—\uf0b7\uf0a7]|-)\s+")
_SUBBULLETS = re.compile(r"^\s*(?:[◦○▫\uf06f]|o|\+)\s+")
_MARK = re.compile(r"\s*[-+] ?")


class SectionEdit(QPlainTextEdit):
    """Every line is a paragraph or a bullet; ``menu_requested`` asks for the list of placeholders."""

    menu_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self._passing = False
        self._tip = ""

    def lines(self) -> str:
        """The text with its soft line breaks (U+2028), which ``toPlainText`` loses."""
        block, found = self.document().firstBlock(), []
        while block.isValid():
            found.append(block.text())
            block = block.next()
        return "\n".join(found)

    # ---- keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not self._passing and self._shift_level(key):
            return
        if key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._passing = False
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._leave(key == Qt.Key.Key_Tab)
        elif _own_key(event) and key == Qt.Key.Key_B:
            toggle_mark(self, "**")
        elif _own_key(event) and key == Qt.Key.Key_I:
            toggle_mark(self, "*")
        elif _own_key(event):
            self.menu_requested.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif plain and key == Qt.Key.Key_Backspace and self._take_mark():
            pass
        else:
            super().keyPressEvent(event)

    def _leave(self, forward: bool) -> None:
        self.setTabChangesFocus(True)
        self.focusNextPrevChild(forward)
        self.setTabChangesFocus(False)

    def _shift_level(self, key: int) -> bool:
        """Set the bullets of the selection a level in or out; false where the line has no such level."""
        wanted, mark = ("bullet", INDENT + "+ ") if key == Qt.Key.Key_Tab else ("subbullet", "- ")
        cursor = self.textCursor()
        blocks = _blocks(cursor)
        if not any(kind_of(block.text()) != "text" for block in blocks):
            return False
        found = [block for block in blocks if kind_of(block.text()) == wanted]
        cursor.beginEditBlock()
        for block in found:
            _replace(cursor, block.position(), _mark_length(block.text()), mark)
        cursor.endEditBlock()
        return bool(found) or len(blocks) > 1

    def _enter(self) -> None:
        """A new line, which goes on with the bullet; on a bullet without text, a level out instead."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        line = cursor.block().text()
        kind, length = kind_of(line), _mark_length(line)
        if kind != "text" and not line[length:].strip():
            _replace(cursor, cursor.block().position(), len(line), "- " if kind == "subbullet" else "")
        else:
            inside = cursor.positionInBlock() >= length
            cursor.insertBlock()
            if kind != "text" and inside:
                cursor.insertText(line[:length])
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _take_mark(self) -> bool:
        """Backspace right behind a bullet's mark takes all of it away."""
        cursor = self.textCursor()
        line = cursor.block().text()
        length = _mark_length(line)
        if cursor.hasSelection() or kind_of(line) == "text" or cursor.positionInBlock() != length:
            return False
        _replace(cursor, cursor.block().position(), length, "")
        return True

    def toggle_bullets(self) -> None:
        """Make the lines of the selection bullets, or plain paragraphs if all of them are bullets."""
        cursor = self.textCursor()
        blocks = [block for block in _blocks(cursor) if block.text().strip()] or [cursor.block()]
        are = all(kind_of(block.text()) != "text" for block in blocks)
        cursor.beginEditBlock()
        for block in blocks:
            if are:
                _replace(cursor, block.position(), _mark_length(block.text()), "")
            elif kind_of(block.text()) == "text":
                _replace(cursor, block.position(), 0, "- ")
        cursor.endEditBlock()
        self.setFocus()

    # ---- what comes from outside

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain text only: bullets of other programs become those of the plan, empty lines go."""
        first, *rest = clean(source.text()).strip("\n").split("\n")
        cursor = self.textCursor()
        document = cursor.document()
        start = document.findBlock(cursor.selectionStart())
        before = start.text()[: cursor.selectionStart() - start.position()]
        if not before.strip():
            first = pasted_line(first)
        elif len(before) == _mark_length(before):
            # The bullet is there already.
            first = pasted_line(first)
            first = first[_mark_length(first) :]
        lines = [first, *(pasted_line(line) for line in rest if line.strip())]
        cursor.insertText("\n".join(lines))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n").replace(SOFT_BREAK, "\n"))
        return data

    # ---- focus and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Who passes with Tab goes on with Tab; who begins to work here changes levels with it.
        self._passing = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._passing = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        name = self.placeholder_at(self.cursorForPosition(event.position().toPoint()))
        if name != self._tip:
            self._tip = name
            QToolTip.showText(event.globalPosition().toPoint(), self.value_of(name) if name else "", self)

    @staticmethod
    def placeholder_at(cursor: QTextCursor) -> str:
        """The name of the placeholder that the cursor is in or at; empty where there is none."""
        place = cursor.positionInBlock()
        for match in PLACEHOLDER.finditer(cursor.block().text()):
            if match.start() <= place <= match.end():
                return match.group(1)
        return ""

    def value_of(self, name: str) -> str:
        """What the placeholder of that name will print, as a sentence."""
        return ""


def pasted_line(line: str) -> str:
    """A pasted line with the plan's own mark for a bullet, if it has one."""
    if match := _SUBBULLETS.match(line):
        return f"{INDENT}+ {line[match.end() :]}"
    if match := _BULLETS.match(line):
        return f"- {line[match.end() :]}"
    return line


def _own_key(event: QKeyEvent) -> bool:
    """Ctrl+B, Ctrl+I and Alt+Down: no shortcut of the window takes them from the editor."""
    if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
        return event.key() in (Qt.Key.Key_B, Qt.Key.Key_I)
    return event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down


def _mark_length(line: str) -> int:
    """How many characters a line's bullet mark takes, with the blanks around it; 0 for a paragraph."""
    match = _MARK.match(line)
    return match.end() if match and kind_of(line) != "text" else 0


def _blocks(cursor: QTextCursor) -> list:
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    found = [block]
    while block != last:
        block = block.next()
        found.append(block)
    return found


def _replace(cursor: QTextCursor, start: int, length: int, text: str) -> None:
    """Put ``text`` in place of ``length`` characters; other cursors stay with their characters."""
    own = QTextCursor(cursor.document())
    own.setPosition(start)
    own.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    own.insertText(text)
