"""A field of a form: a label, an editor bound to one field of a part, and what is wrong with it in a line below.

A field is written when it is left, on Enter, and (long texts) a second after typing stops; each writing is one
undo step. ``load`` never takes away what is being typed, and never writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from models.errors import UserError
from models.plan import Part
from ui.document import Document
from ui.reading_only import edits
from ui.widgets import values
from ui.widgets.editing import Editing
from ui.widgets.finding_lines import FindingLines, set_state, worst_state


class Field(QWidget):
    """One field of a part. Subclasses give the editor, its text, and when it is written of itself.

    ``name`` is the attribute of the part, ``label`` the text above, ``edit`` the label of the undo step (``N_``).
    ``parse`` makes a value of the text typed or refuses it with a ``UserError``; ``show_value`` is its reverse.
    """

    #: The text in the editor is another one, by typing or by loading.
    typed = Signal()

    def __init__(
        self,
        document: Document,
        part: Part | None,
        name: str,
        label: str,
        edit: str,
        *,
        parse: Callable[[str], Any] = values.line,
        show_value: Callable[[Any], str] = str,
        hint: str = "",
        width: int = 0,
        takes_enter: bool = True,
    ) -> None:
        super().__init__()
        self.document, self.part, self.name, self._edit = document, part, name, edit
        edits(self)
        self._parse, self._show_value = parse, show_value
        self._value: Any = None
        self._shown = ""
        self._refused = ""
        self.editor = self._make_editor()
        self.editor.setAccessibleName(label)
        if hint and isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.setPlaceholderText(hint)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.label = QLabel(label)
        self.label.setBuddy(self.editor)
        self.label.setWordWrap(True)
        self._column.addWidget(self.label)
        self._column.addWidget(self.editor)
        self.lines = FindingLines(document, self.editor)
        self._column.addWidget(self.lines)
        self._column.addStretch(0)
        # The width is shared out by the form, not by the length of hints.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._width = width
        self._fit_width()
        self._editing = Editing(self.editor, self.is_dirty, takes_enter)
        self._editing.left.connect(self.save)
        self._editing.entered.connect(self.save)
        self._editing.escaped.connect(self.give_back)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._write_idle)
        self.load()

    def _fit_width(self) -> None:
        if self._width:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            self.editor.setFixedWidth(self.editor.fontMetrics().averageCharWidth() * self._width + 28)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_width"):
            self._fit_width()

    # ---- for subclasses

    def _make_editor(self) -> QWidget:
        raise NotImplementedError

    def text(self) -> str:
        raise NotImplementedError

    def _set_text(self, text: str) -> None:
        """Show another text, the cursor where it was as far as there is one, with no history to undo."""
        raise NotImplementedError

    def _read(self) -> Any:
        return getattr(self.part, self.name) if self.part is not None else self._parse("")

    def _write(self, value: Any) -> None:
        if self.part is not None:
            self.document.set(self.part, self.name, value, self._edit)

    def detach_lines(self) -> FindingLines:
        """The lines of findings, to be laid out elsewhere: where the field is narrow."""
        self._column.removeWidget(self.lines)
        return self.lines

    def take_label(self) -> QLabel:
        """The label, to be laid out elsewhere."""
        self._column.removeWidget(self.label)
        return self.label

    def remember(self, kind: str = "") -> None:
        """Offer what was typed before into fields of this kind; by default the field's name."""
        from ui.widgets import completion

        completion.offer(self.editor, kind or self.name, self.document.memory)

    # ---- load

    def bind(self, part: Part | None) -> None:
        """Serve another part from now on; what is typed is written first."""
        if part is not self.part:
            self.save()
            self.part = part
            self.give_back()

    def load(self) -> None:
        """Show the value, unless it is shown already or other text is being typed."""
        value = self._read()
        typing = self.editor.hasFocus() or self._editing.composing
        if self.is_dirty() and (typing or value == self._value):
            self.show_findings()
            return
        if value != self._value or not typing:
            self._show(value)
        self.show_findings()

    def give_back(self) -> None:
        """Show the value as the plan has it, instead of what is typed."""
        self._show(self._read())
        self.show_findings()

    def _show(self, value: Any) -> None:
        text = self._show_value(value)
        self._value, self._shown, self._refused = value, text, ""
        if self.text() != text:
            self._set_text(text)
        # The editor may hold the text in another form, such as without a line break.
        self._shown = self.text()

    def show_findings(self) -> None:
        """Mark the field by its findings, with their sentences in the line below."""
        found = self.document.findings_of(self.part, self.name) if self.part is not None else []
        # What was set aside is told on the page of all findings alone.
        found = [finding for finding in found if not finding.reason]
        self.lines.show_findings(found, self._refused)
        set_state(self.editor, worst_state(found, self._refused))
        self.editor.setAccessibleDescription(" ".join([self._refused, *(f.message for f in found)]).strip())

    # ---- save

    def is_dirty(self) -> bool:
        return self.text() != self._shown

    def current_value(self) -> Any:
        """The value of the text typed, written or not; the one of the plan where the text is none."""
        try:
            return self._parse(self.text()) if self.is_dirty() else self._value
        except UserError:
            return self._value

    def save(self) -> None:
        """Write what is typed; text that is no value stays, with a sentence, and so does the value of the plan."""
        self._idle.stop()
        if self._editing.composing:
            QGuiApplication.inputMethod().commit()
        if self.is_dirty():
            self._save(self.text())
        if not self.editor.hasFocus() and not self.is_dirty():
            self.load()

    def _save(self, text: str) -> None:
        try:
            value = self._parse(text)
        except UserError as error:
            self._refused = str(error)
            self.show_findings()
            return
        before = self._value, self._shown
        self._value, self._shown, self._refused = value, text, ""
        self._write(value)
        if self._read() != value:
            # The store could not take it: what is typed is not lost, and not taken for written.
            self._value, self._shown = before
            return
        self._forget_history()
        self.show_findings()

    def _forget_history(self) -> None:
        """From now on Ctrl+Z is the window's."""

    def _write_idle(self) -> None:
        if self._editing.composing:
            self._idle.start()
        else:
            self.save()

    def _on_typed(self) -> None:
        self.typed.emit()

    # ---- places

    def go(self) -> None:
        """Put the cursor here."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
