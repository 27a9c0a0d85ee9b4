"""The kinds of fields: one line, one line with usual values to choose from, a text that wraps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from ui.widgets.field import Field
from ui.widgets.growing_edit import GrowingEdit

__all__ = ["ChoiceField", "Combo", "Field", "LineField", "LongField"]

#: Milliseconds without typing after which a long text is written, and without choosing a choice.
_IDLE = 1000
_CHOSEN = 400


class LineField(Field):
    """One line of text, a number or a date."""

    editor: QLineEdit

    def _make_editor(self) -> QLineEdit:
        editor = QLineEdit()
        editor.textChanged.connect(self._on_typed)
        return editor

    def text(self) -> str:
        return self.editor.text()

    def _set_text(self, text: str) -> None:
        place = self.editor.cursorPosition()
        self.editor.setText(text)
        self.editor.setCursorPosition(min(place, len(text)) if self.editor.hasFocus() else 0)

    def _forget_history(self) -> None:
        _forget(self.editor)

    def go(self) -> None:
        super().go()
        self.editor.selectAll()


class ChoiceField(Field):
    """One line of text with usual values to choose from."""

    editor: QComboBox

    def __init__(self, *args: Any, choices: Sequence[str] = (), **options: Any) -> None:
        self._choices = list(choices)
        self._kind = ""
        super().__init__(*args, **options)

    def _make_editor(self) -> QComboBox:
        editor = Combo()
        editor.opening.connect(self._join_remembered)
        editor.setEditable(True)
        if (line := editor.lineEdit()) is not None:
            # It has the combo box for a proxy; Tab would come back to that through it.
            line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        # After that of the line, which is handed on to its proxy.
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Completion in the line would fight with an input method over the half-typed word.
        editor.setCompleter(None)  # type: ignore[arg-type]
        editor.addItems(self._choices)
        editor.editTextChanged.connect(self._on_typed)
        editor.activated.connect(lambda _index: self._idle.start(_CHOSEN))
        return editor

    def set_choices(self, choices: Sequence[str]) -> None:
        """Offer other values; the text stays."""
        if list(choices) != self._choices:
            self._choices = list(choices)
            self._fill(self._choices)

    def remember(self, kind: str = "") -> None:
        from ui.widgets import completion

        self._kind = kind or self.name
        completion.offer(self.editor, self._kind, self.document.memory, usual=lambda: self._choices)

    def _join_remembered(self) -> None:
        """The list is about to open: below the usual values it shows the ones typed before."""
        if self._kind:
            remembered = self.document.memory.offers(self._kind, "")
            self._fill([*self._choices, *(value for value in remembered if value not in self._choices)])

    def _fill(self, values: Sequence[str]) -> None:
        text, shown = self.text(), [self.editor.itemText(row) for row in range(self.editor.count())]
        if list(values) != shown:
            self.editor.blockSignals(True)
            self.editor.clear()
            self.editor.addItems(values)
            self.editor.setCurrentIndex(self.editor.findText(text))
            self.editor.setEditText(text)
            self.editor.blockSignals(False)

    def set_hint(self, hint: str) -> None:
        line = self.editor.lineEdit()
        if line is not None:
            line.setPlaceholderText(hint)

    def text(self) -> str:
        return self.editor.currentText()

    def _set_text(self, text: str) -> None:
        self.editor.setEditText(text)
        if (line := self.editor.lineEdit()) is not None and not self.editor.hasFocus():
            line.setCursorPosition(0)

    def _forget_history(self) -> None:
        if (line := self.editor.lineEdit()) is not None:
            _forget(line)

    def go(self) -> None:
        super().go()
        if (line := self.editor.lineEdit()) is not None:
            line.selectAll()


class LongField(Field):
    """A text that wraps: one paragraph (Enter writes it), or with ``many`` one entry a line."""

    editor: QPlainTextEdit

    def __init__(self, *args: Any, least: int = 1, most: int = 6, many: bool = False, **options: Any) -> None:
        self._lines_shown, self._many = (least, most), many
        super().__init__(*args, takes_enter=not many, **options)

    def _make_editor(self) -> QPlainTextEdit:
        editor = GrowingEdit(*self._lines_shown, one_line=not self._many)
        editor.textChanged.connect(self._on_typed)
        return editor

    def text(self) -> str:
        return self.editor.toPlainText()

    def _set_text(self, text: str) -> None:
        place = self.editor.textCursor().position()
        self.editor.setPlainText(text)
        cursor = self.editor.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.editor.setTextCursor(cursor)

    def remember(self, kind: str = "") -> None:
        from ui.widgets import completion

        completion.offer(self.editor, kind or self.name, self.document.memory, by_line=self._many)

    def _on_typed(self) -> None:
        super()._on_typed()
        if self.editor.hasFocus():
            self._idle.start(_IDLE)

    def _forget_history(self) -> None:
        self.editor.document().clearUndoRedoStacks()


class Combo(QComboBox):
    """A combo box that a turn of the wheel over it does not change; ``opening``: its list is about to open."""

    opening = Signal()

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _forget(line: QLineEdit) -> None:
    """Empty the history of a line edit, which only setting its text does."""
    place, text = line.cursorPosition(), line.text()
    line.blockSignals(True)
    line.setText(text)
    line.setCursorPosition(place)
    line.blockSignals(False)
