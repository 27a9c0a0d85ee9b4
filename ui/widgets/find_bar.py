"""The bar above the page for finding in the whole plan, and for replacing; nothing else waits while it is open."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.i18n import _
from models.plan import Section, Table
from models.search import Hit
from ui.document import Document, Place
from ui.finder import MOST, Finder, Query
from ui.navigation import Spot
from ui.outline import Outline
from ui.widgets.editing import Editing
from ui.widgets.find_form import LINES, FindForm
from ui.widgets.matching import selected_text

#: Milliseconds without typing after which is looked for what was typed.
_TYPED_MS = 150
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: 1 - LINES, Qt.Key.Key_PageDown: LINES - 1}


class FindBar(FindForm):
    """``go`` asks to put the cursor to a hit; ``closed`` to put it into the page again; ``notice`` as of a page.

    ``here`` tells where the cursor is in the page, ``save`` writes what is typed there.
    """

    go = Signal(object)
    closed = Signal()
    notice = Signal(str, str)

    def __init__(
        self, document: Document, outline: Outline, here: Callable[[], Spot], save: Callable[[], None]
    ) -> None:
        super().__init__(document, outline.name_of)
        self._places, self._here, self._save = outline.places, here, save
        #: Where the cursor was before it came here: a widget and what that is in.
        self._back: list[QWidget] = []
        self._clicked = False
        #: Whether diacritics are ignored, by whether it is replaced.
        self._folds = {False: True, True: False}
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._ask)
        self.finder = Finder(document, self)
        self.finder.found.connect(self._show)
        self.text.textChanged.connect(lambda: self._typed.start())
        self._editings = [Editing(field, field.isUndoAvailable) for field in (self.text, self.new)]
        self._editings[0].entered.connect(self.go_to_current)
        self._editings[1].entered.connect(self.replace_one)
        for editing in self._editings:
            editing.escaped.connect(self.close_bar)
        for box in (self.fold, self.case, self.words, self.page_only):
            box.toggled.connect(self._set_option)
        self.results.went.connect(self._go_to)
        self.results.chose.connect(self._choose)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)
        self.hide()
        self._set_replacing(False)

    # ---- opening and closing

    def open_bar(self, replacing: bool) -> None:
        """Show the bar, with what is selected in the page as what is looked for."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        selected = "" if inside else selected_text(focus)
        self._save()
        self._set_replacing(replacing or (self.isVisible() and self.is_replacing))
        self.show()
        self.finder.following = True
        if selected:
            self.text.setText(selected)
        field = self.new if replacing and self.text.text() and (selected or inside) else self.text
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
        self._ask()

    def close_bar(self) -> None:
        """Hide the bar, and put the cursor where it was."""
        self._typed.stop()
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self._set_replacing(False)
        self.finder.forget()
        self._show()
        for widget in self._back if inside else ():
            if shiboken6.isValid(widget) and widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                break
        else:
            if inside:
                self.closed.emit()
        self.hide()

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """Keep in mind what was left for the bar: an editor in a cell is then gone, the table it is in is not.

        While the cursor is in the page, the list leaves it the room; unless it is being clicked through.
        """
        if now is None:
            return
        inside = self.isAncestorOf(now)
        self.unfold(inside or (self.unfolded and self._clicked))
        if old is None or not inside or self.isAncestorOf(old):
            return
        self._back = []
        while old is not None and not old.isWindow():
            self._back.append(old)
            old = old.parentWidget()

    def _set_replacing(self, replacing: bool) -> None:
        self.show_replacing(replacing)
        self.fold.blockSignals(True)
        self.fold.setChecked(self._folds[replacing])
        self.fold.blockSignals(False)

    # ---- finding

    def _ask(self) -> None:
        """Look for what is typed, in the way that is set."""
        self._typed.stop()
        options = self.fold.isChecked(), self.case.isChecked(), self.words.isChecked()
        self.finder.ask(Query(self.text.text(), *options, self._within()), self._here(), self._places())

    def _within(self) -> Place | None:
        """The only page that is searched; ``None`` for all of them."""
        place = self._here().place
        return place if self.page_only.isChecked() and _holds_text(place) else None

    def _set_option(self) -> None:
        self._folds[self.is_replacing] = self.fold.isChecked()
        self._ask()

    def show_place(self, place: Place) -> None:
        """Another page is shown: with “this page only” its places are."""
        self.page_only.setEnabled(_holds_text(place))
        if self.isVisible() and self.finder.query.within is not self._within():
            self._ask()

    def _latest(self) -> None:
        """Look for what was typed or changed in the last moment."""
        self._save()
        if self._typed.isActive() or self.finder.query.within is not self._within():
            self._ask()
        self.finder.refresh()

    def step(self, by: int) -> None:
        """Go to the next (+1) or the previous (-1) place; while the bar is closed, of what was looked for last."""
        if not self.text.text():
            self.open_bar(False)
            return
        self._latest()
        hit = self.finder.step(by, self._here(), self._places())
        if hit is None:
            self.notice.emit(_("Không tìm thấy “{text}”.").format(text=self.text.text()), "info")
            return
        self._visit(hit)
        if self.isHidden():
            self.notice.emit(f"“{self.text.text()}”: {self._counted()}", "info")

    def go_to_current(self) -> None:
        """Put the cursor to the place chosen in the list."""
        self._latest()
        if (hit := self.finder.current) is not None:
            self._visit(hit)

    def _go_to(self, number: int) -> None:
        """A place was clicked."""
        if number >= 0:
            self.finder.choose(number)
            self._clicked = True
            self.go_to_current()
            self._clicked = False

    def _choose(self, number: int) -> None:
        self.finder.choose(number)
        self._show_count()

    def _visit(self, hit: Hit) -> None:
        self.results.show_current(self.finder.index)
        self._show_count()
        self.go.emit(hit)
        self.finder.arrived(self._here())

    # ---- replacing

    def replace_one(self) -> None:
        """Put the new text in the current place, and go on to the next one."""
        self._latest()
        if self.finder.current is None:
            return
        focus = QApplication.focusWidget()
        if not self.finder.replace_current(self.new.text()):
            self.notice.emit(_("Chỗ này là số liệu hoặc trường tự điền nên giữ nguyên."), "info")
        self._forget_typing()
        hit = self.finder.current
        if hit is not None and not (focus is not None and self.isAncestorOf(focus)):
            self._visit(hit)

    def replace_all(self) -> None:
        """Put the new text in every place that can take it, in one edit."""
        self._latest()
        done, left = self.finder.replace_all(self.new.text())
        self._forget_typing()
        sentences = [_("Đã thay {count} chỗ.").format(count=done)]
        if left:
            sentences.append(_("{count} chỗ là số liệu hoặc trường tự điền nên giữ nguyên.").format(count=left))
        if done:
            sentences.append(_("Ctrl+Z để lấy lại."))
        self.notice.emit(" ".join(sentences), "info")

    def _forget_typing(self) -> None:
        """From now on Ctrl+Z is the window's here too, and takes back what was replaced."""
        for field in (self.text, self.new):
            text, place = field.text(), field.cursorPosition()
            field.blockSignals(True)
            # The history goes with a text that is set.
            field.setText(text)
            field.setCursorPosition(place)
            field.blockSignals(False)

    # ---- show

    def _show(self) -> None:
        self.results.show_hits(self.finder.hits, self.finder.index)
        self._show_count()
        self.fit_list()

    def _show_count(self) -> None:
        text = self._counted()
        self.count.setText(text)
        self.text.setAccessibleDescription(text)
        self.one.setEnabled(bool(self.finder.hits))
        self.all.setEnabled(bool(self.finder.hits))

    def _counted(self) -> str:
        """``3/17``; nothing where nothing is looked for."""
        finder = self.finder
        if not finder.query.text:
            return ""
        if not finder.hits:
            return _("Không thấy")
        return f"{finder.index + 1}/{MOST}+" if finder.has_more else f"{finder.index + 1}/{len(finder.hits)}"

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the fields and buttons did not want: Esc closes, the arrows choose in the list, Enter goes there."""
        key = event.key()
        if any(editing.composing for editing in self._editings):
            return
        if key == Qt.Key.Key_Escape:
            self.close_bar()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_to_current()
        elif key in _MOVES:
            self._move(_MOVES[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        self._latest()
        if self.finder.hits:
            self.finder.choose(min(max(self.finder.index + by, 0), len(self.finder.hits) - 1))
            self.results.show_current(self.finder.index)
            self._show_count()


def _holds_text(place: Place) -> bool:
    return isinstance(place, Section | Table) or place in ("general", "bases")
