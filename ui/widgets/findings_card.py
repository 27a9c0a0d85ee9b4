"""The findings of one page, each with what puts it right, and on request the rule behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea

from models.i18n import _
from models.plan import Table
from ui import theme
from ui.document import SEVERITIES, Document, Place
from ui.widgets.card_line import CardLine
from ui.widgets.tab_order import chain

if TYPE_CHECKING:
    from models.checks import Finding
    from ui.widgets.rule_text import RuleText

_MOST = 3
#: Pixels at the sides, above and below, and between the lines.
_SIDE, _AROUND, _GAP = 24, 8, 4
#: Lines of text that a table needs with its head, its sums and five of its rows; the least that is shown of a rule.
_TABLE, _RULE = 17, 2
#: A card with room for fewer letters than these in a line gives each sentence two.
_NARROW = 112
#: With more findings than these on a page, gathering them waits for a pause of so many milliseconds.
_MANY, _PAUSE_MS = 200, 300


class FindingsCard(QFrame):
    """Up to three findings of the current page, and how many more there are.

    This is looked at after every edit: lines are made once and filled anew only with other findings, and where a
    page has hundreds, those that come after the ones put right are looked for when typing pauses. It lays its lines
    out itself: its height hangs on how many these are, on the size of the letters and on the room that the page has,
    so that another sentence, number or button asks nobody else for a new layout.
    """

    go = Signal(object)
    all_requested = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAccessibleName(_("Lỗi và cảnh báo của trang này"))
        self.document = document
        self._place: Place = "general"
        #: The finding that stands first: the one last gone to.
        self._first: Finding | None = None
        self._found: list[Finding] = []
        self._counts: tuple[int, ...] = ()
        self._shown: object = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._gather)
        # Once all that stands on the card has its new letters too.
        self._dressed = QTimer(self, singleShot=True, interval=0)
        self._dressed.timeout.connect(self._on_dressed)
        self._lines: list[CardLine] = []
        #: How many lines there is room for, of which one may be empty until typing pauses; lines of text in each.
        self._rows, self._sentence_lines = 0, 1
        self._more_shown: tuple[str, tuple[bool, int]] = "", (False, 0)
        self._more: QPushButton
        self._rule: RuleText
        self._scroll: QScrollArea
        self.hide()

    def _make(self) -> None:
        """Make all lines, and what stands below them; a page without findings needs none."""
        from ui.widgets.rule_text import RuleText

        self._lines = [self._make_line() for _number in range(_MOST)]
        self._rule = RuleText()
        self._rule.setObjectName("rule")
        self._rule.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._rule)
        self._scroll.hide()
        self._more = QPushButton(self)
        self._more.setObjectName("quiet")
        self._more.clicked.connect(self.all_requested)
        buttons = [button for line in self._lines for button in (line.fix, line.go, line.why)]
        chain([*buttons, self._rule, self._more])

    # ---- what is shown

    def show_place(self, place: Place) -> None:
        """Show the findings of a place; hidden where there are none."""
        same, self._place = place is self._place, place
        # Forms tell their findings at the fields themselves.
        is_table = isinstance(place, Table)
        counts = tuple(self.document.count(kind, place) for kind in SEVERITIES) if is_table else ()
        self._found = [one for one in self._found if self._stands(one)] if same else []
        if counts != self._counts or len(self._found) < min(_MOST, sum(counts)):
            self._counts = counts
            if same and self._found and sum(counts) > _MANY:
                self._later.start(_PAUSE_MS)
            else:
                self._gather()
                return
        self._fill()

    def show_first(self, finding: Finding) -> None:
        """Let ``finding`` stand first on its page from now on."""
        self._first = finding
        self._fill()

    def _gather(self) -> None:
        """Look for the gravest findings of the place."""
        self._later.stop()
        self._found = self.document.findings_at(self._place)[: _MOST + 1] if sum(self._counts) else []
        self._fill()

    def _fill(self) -> None:
        """Put the findings into the lines, if these show others."""
        first, count = self._first, sum(self._counts)
        if first is not None and not (count and self._stands(first)):
            first = None
        if count and not self._lines:
            self._make()
        rows, sentence_lines = self._rows_for(count)
        found = [first] if first is not None else []
        found += [one for one in self._found if one != first][: rows - len(found)]
        look = theme.is_dark(), self.fontMetrics().height()
        wanted = found, count, rows, sentence_lines, look
        if wanted == self._shown:
            return
        self._shown, self._rows, self._sentence_lines = wanted, rows, sentence_lines
        for number, line in enumerate(self._lines):
            finding = found[number] if number < len(found) else None
            if line.shown != (finding, look):
                line.fill(finding, look)
        if count > rows:
            self._say_more(count - rows, look)
        self._lay_out()
        self.setVisible(count > 0)

    def _say_more(self, count: int, look: tuple[bool, int]) -> None:
        """Say how many more there are, on a button that is never narrower than before with such letters."""
        text = _("Còn {count} lỗi, cảnh báo khác ở trang này (F8: tiếp theo)").format(count=count)
        if (text, look) != self._more_shown:
            before, self._more_shown = self._more_shown[1], (text, look)
            self._more.setText(text)
            wanted = self._more.sizeHint()
            self._more.setFixedSize(max(wanted.width(), self._more.width() if look == before else 0), wanted.height())

    def _stands(self, finding: Finding) -> bool:
        """Whether a finding is still one, word for word, and of the place shown."""
        return finding in self.document.findings_of(finding.part) and self.document.place_of(finding) is self._place

    # ---- room

    def _room(self) -> QSize:
        """What the page and the card have together."""
        parent = self.parentWidget()
        return (parent or self.window()).size()

    def _most_height(self) -> int:
        """How high (pixels) the card may be: a fourth of the room, and less where the table needs that."""
        height = self._room().height()
        return min(height // 4, height - _TABLE * self.fontMetrics().lineSpacing())

    def _is_narrow(self) -> bool:
        return self._room().width() < _NARROW * self.fontMetrics().averageCharWidth()

    def _rows_for(self, count: int) -> tuple[int, int]:
        """How many of ``count`` findings are shown, and in how many lines of text each; one at least."""
        if not count:
            return 0, 1
        rest = self._more.sizeHint().height() + _GAP
        room = self._most_height() - 2 * _AROUND + _GAP
        for rows in range(min(count, _MOST), 0, -1):
            for lines in (2, 1) if self._is_narrow() else (1,):
                each = self._lines[0].needed(lines) + _GAP
                if rows * each + (rest if count > rows else 0) <= room:
                    return rows, lines
        return 1, 1

    def _lay_out(self) -> None:
        """Place the lines; while a rule is read that one alone, to leave the table its height."""
        if not self._lines:
            return
        read = self._being_read()
        lines = 2 if read is not None and self._is_narrow() else self._sentence_lines
        height, width = self._lines[0].needed(lines), self.width() - 2 * _SIDE
        y = _AROUND
        for line in self._lines:
            line.text.set_lines(lines)
            seen = line is read if read is not None else line.finding is not None
            line.setVisible(seen)
            if seen:
                line.setGeometry(_SIDE, y, width, height)
                y += height + _GAP
        if read is None:
            y = _AROUND + self._rows * (height + _GAP)
        else:
            indent = self.fontMetrics().height() + _GAP
            least = _RULE * self.fontMetrics().lineSpacing()
            room = max(least, self._most_height() - y - _AROUND)
            self._scroll.setGeometry(
                _SIDE + indent, y, width - indent, min(room, self._rule.heightForWidth(width - indent))
            )
            y += self._scroll.height() + _GAP
        self._scroll.setVisible(read is not None)
        has_more = read is None and sum(self._counts) > self._rows
        self._more.setVisible(has_more)
        if has_more:
            self._more.move(_SIDE, y)
            y += self._more.height() + _GAP
        self.setFixedHeight(y - _GAP + _AROUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        # It stands at the lower end of its room.
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_dressed"):
            self._dressed.start()

    def _on_dressed(self) -> None:
        self._shown, self._more_shown = None, ("", (False, 0))
        self._fit()

    def _fit(self) -> None:
        if not self.isHidden():
            self._fill()
            self._lay_out()

    # ---- the rule behind a finding

    def toggle_why(self, finding: Finding | None = None) -> bool:
        """Show or hide the rule behind ``finding``, by default the first one; false where none is shown."""
        if finding is not None:
            self.show_first(finding)
        if self.isHidden() or self._lines[0].finding is None:
            return False
        line = (self._being_read() if finding is None else None) or self._lines[0]
        line.why.toggle()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts the rule away, wherever the cursor is, unless there it does something else."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            read, focus = self._being_read(), QApplication.focusWidget()
            if read is not None and not event.modifiers():
                if focus is not None and self.isAncestorOf(focus):
                    read.why.setFocus(Qt.FocusReason.OtherFocusReason)
                read.why.setChecked(False)
                return True
        return super().eventFilter(watched, event)

    def _read(self, line: CardLine, shown: bool) -> None:
        """The rule of ``line`` is read now, and no other one; or no longer."""
        if shown and line.finding is not None:
            for other in self._lines:
                if other is not line:
                    other.why.setChecked(False)
            self._rule.show_rule(line.finding.rule, self.document.template)
            self._scroll.verticalScrollBar().setValue(0)
        if (parent := self.parentWidget()) is not None:
            # A key that nobody has a use for goes up from widget to widget, and so comes by there.
            parent.removeEventFilter(self)
            if shown:
                parent.installEventFilter(self)
        self._lay_out()

    def _being_read(self) -> CardLine | None:
        return next((line for line in self._lines if line.finding is not None and line.why.isChecked()), None)

    # ---- lines

    def _make_line(self) -> CardLine:
        line = CardLine(self)
        line.go.clicked.connect(lambda: self.go.emit(line.finding))
        line.fix.clicked.connect(lambda: self._apply(line))
        line.why.toggled.connect(lambda shown: self._read(line, shown))
        return line

    def _apply(self, line: CardLine) -> None:
        """Put a finding right, and the cursor to where that was done: its button may be gone now."""
        finding = line.finding
        if finding is not None:
            self.document.apply_fix(finding)
            self.go.emit(finding)
