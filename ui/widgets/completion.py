"""Offers while typing: a list under the field that takes no key of a word and writes nothing by itself.

Not ``QCompleter``: its list is a popup that hands keys to the field past the field's event filters (which here say
what Enter, Tab and Esc mean), and that takes Enter for itself whether something is chosen or not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from models.memory import ROW_KINDS

if TYPE_CHECKING:
    from ui.memory import Recall
    from ui.widgets.offers import Offer, OfferList

#: Milliseconds after a key until offers appear; letters from which on they do so of themselves.
_DELAY, _LEAST = 90, 2

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDS = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Completion(QObject):
    """Offers for one editor: a line edit, an editable combo box or a plain text edit.

    ``find`` gives the offers for a text, ``take`` does what is to be done with the chosen one (by default it stands
    in the place of what is typed). They appear after two letters, or at once with Ctrl+Space, and Alt+Down where that
    is free. Down and Up choose, Enter and Tab take the chosen one and then mean what they always mean; with
    ``keeps_enter`` Enter takes only: where it would make a new line or end a dialog. Esc closes, a click takes.
    ``by_line``: each line of a text is completed by itself. ``is_eager``: the first offer is chosen already, for a
    line in which one only searches.
    While an input method composes, the list follows the half-typed word, and no key is taken.
    """

    def __init__(
        self,
        editor: QWidget,
        find: Callable[[str], list[Offer]],
        take: Callable[[Offer], None] | None = None,
        *,
        by_line: bool = False,
        is_eager: bool = False,
        keeps_enter: bool = False,
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(editor)
        self._editor, self._find, self._take = editor, find, take
        self._by_line, self._is_eager, self._prepare = by_line, is_eager, prepare
        self._keeps_enter = keeps_enter or by_line or is_eager
        self._preedit = ""
        #: Something was typed, or offers were asked for, and they were not closed since.
        self._is_wanted = self._is_asked = False
        self._list: OfferList | None = None
        self._around: list[QWidget] = []
        self._later = QTimer(self, singleShot=True, interval=_DELAY)
        self._later.timeout.connect(self.refresh)
        editor.installEventFilter(self)

    @property
    def list(self) -> OfferList | None:
        """The list, while it is shown."""
        return self._list

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif watched is not self._editor:
            return False
        elif isinstance(event, QKeyEvent):
            if kind == QEvent.Type.KeyPress:
                return self._press(event)
            if kind == QEvent.Type.ShortcutOverride and self._is_ours(event):
                event.accept()
                return True
        elif isinstance(event, QInputMethodEvent):
            self._preedit = event.preeditString()
            if self._preedit or event.commitString() or event.replacementLength():
                self._typed()
        elif kind == QEvent.Type.FocusIn:
            self._prepare()
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Whether a key is for the list, before any shortcut of the window."""
        if self._preedit:
            return False
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space and modifiers == Qt.KeyboardModifier.ControlModifier:
            return True
        if self._list is None or modifiers not in _PLAIN:
            return False
        if key in (*_ENTER, Qt.Key.Key_Tab):
            return self._list.chosen() is not None
        return key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape)

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if self._preedit:
            return False
        if self._later.isActive() and key in (Qt.Key.Key_Down, Qt.Key.Key_Up, *(_ENTER if self._is_eager else ())):
            # What a key means does not hang on how quickly it follows the last letter.
            self._later.stop()
            self.refresh()
        if not self._is_ours(event):
            # Where Alt+Down means something else, a shortcut has taken it before.
            is_alt_down = key == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier
            if is_alt_down and not isinstance(self._editor, QComboBox):
                self.open()
                return True
            if key in _ENDS:
                self.close()
            elif (event.text() and event.text().isprintable()) or key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
                self._typed()
            return False
        if key == Qt.Key.Key_Space or self._list is None:
            self.open()
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            offer = self._list.chosen()
            assert offer is not None
            if self._is_eager and key == Qt.Key.Key_Tab:
                self.close()
                return False
            self._taken(offer)
            return self._keeps_enter and key in _ENTER
        return True

    # ---- the list

    def open(self) -> None:
        """Show what is offered, however little is typed."""
        self._is_wanted = self._is_asked = True
        self.refresh()

    def close(self) -> None:
        """Take the list away until something is typed again."""
        self._is_wanted = self._is_asked = False
        self._later.stop()
        self._hide()

    def refresh(self) -> None:
        """Offer what answers to the text as it stands now, where offers are wanted."""
        if not self._is_wanted or not self._editor.hasFocus() or self._is_read_only():
            return
        typed = self._text()
        is_enough = self._is_asked or sum(map(str.isalnum, typed)) >= (1 if self._is_eager else _LEAST)
        offers = self._find(typed) if is_enough else []
        if not offers:
            self._hide()
            return
        if self._list is None:
            self._list = self._make_list()
        self._list.show_offers(offers, self._anchor())

    def _typed(self) -> None:
        self._is_wanted = True
        self._later.start()

    def _make_list(self) -> OfferList:
        from ui.widgets.offers import OfferList

        made = OfferList(self._editor, self._is_eager)
        made.clicked_offer.connect(self._taken)
        self.destroyed.connect(made.deleteLater)
        # Whoever serves the editor has its own filter there; the last one installed is asked first.
        self._editor.installEventFilter(self)
        above = self._editor.parentWidget()
        while above is not None:
            above.installEventFilter(self)
            self._around.append(above)
            above = above.parentWidget() if not above.isWindow() else None
        return made

    def _hide(self) -> None:
        for widget in self._around:
            widget.removeEventFilter(self)
        self._around.clear()
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def _follow(self) -> None:
        """The editor stands elsewhere now, or has another size."""
        if self._list is not None:
            QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if self._list is None:
            return
        if self._editor.visibleRegion().isEmpty():
            self.close()
        else:
            self._list.place(self._anchor())

    def _taken(self, offer: Offer) -> None:
        if self._preedit:
            QGuiApplication.inputMethod().commit()
        self.close()
        if self._take is not None:
            self._take(offer)
        else:
            self._put(offer.text)
        # What the editor told of that is no typing.
        self.close()

    # ---- the editor

    def _line(self) -> QLineEdit | None:
        if isinstance(self._editor, QComboBox):
            return self._editor.lineEdit()
        return self._editor if isinstance(self._editor, QLineEdit) else None

    def _is_read_only(self) -> bool:
        line = self._line()
        return line.isReadOnly() if line is not None else bool(self._editor.property("readOnly"))

    def _text(self) -> str:
        """What is typed, the half-typed word in its place."""
        line = self._line()
        if line is not None:
            text, place = line.text(), line.cursorPosition()
        else:
            assert isinstance(self._editor, QPlainTextEdit)
            cursor = self._editor.textCursor()
            block = cursor.block()
            text = block.text() if self._by_line else self._editor.toPlainText()
            place = cursor.positionInBlock() if self._by_line else cursor.position()
        return f"{text[:place]}{self._preedit}{text[place:]}"

    def _put(self, text: str) -> None:
        """Write an offer in the place of what is typed; the editor's Ctrl+Z takes it back."""
        line = self._line()
        if line is not None:
            line.selectAll()
            line.insert(" ".join(text.split()))
            return
        assert isinstance(self._editor, QPlainTextEdit)
        cursor = self._editor.textCursor()
        if self._by_line:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._editor.setTextCursor(cursor)

    def _anchor(self) -> QRect:
        """Where the list lies: at the whole editor, or at the line of a text with several."""
        if isinstance(self._editor, QPlainTextEdit):
            at = self._editor.cursorRect()
            at.moveTop(self._editor.viewport().y() + at.top())
            at.setLeft(0)
            return at
        return self._editor.rect()


def offer(
    editor: QWidget,
    kind: str,
    memory: Recall,
    *,
    usual: Callable[[], list[str]] = lambda: [],
    by_line: bool = False,
    keeps_enter: bool = False,
) -> Completion:
    """Offer in ``editor`` what was typed before of a kind (``models.memory``), and the ``usual`` values.

    ``by_line``: it holds a list, and what is in it already is not offered for another line.
    """

    def find(typed: str) -> list[Offer]:
        from ui.widgets import values
        from ui.widgets.offers import Offer

        there = values.recipients(editor.toPlainText()) if by_line and isinstance(editor, QPlainTextEdit) else []
        return [Offer(value) for value in memory.offers(kind, typed, usual(), there)]

    completion = Completion(
        editor, find, by_line=by_line, keeps_enter=keeps_enter, prepare=lambda: memory.prepare(kind)
    )
    memory.learned.connect(completion.refresh)
    return completion


def offer_in_cell(editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
    """Offer in the editor of a task's cell what was typed before in cells of its column."""
    model = index.model()
    columns, document = getattr(model, "columns", None), getattr(model, "document", None)
    kind = getattr(columns[index.column()], "field", "") if columns else ""
    if kind in ROW_KINDS and document is not None and isinstance(editor, QLineEdit | QPlainTextEdit):
        row = model.row_at(index)  # type: ignore[attr-defined]
        if row is None or row.group is None:
            offer(editor, kind, document.memory)
