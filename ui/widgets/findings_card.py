"""The findings of one page, each with what puts it right, and on request the rule behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.i18n import _
from models.plan import Table
from ui import icons, theme
from ui.document import SEVERITIES, Document, Place

if TYPE_CHECKING:
    from models.checks import Finding
    from ui.widgets.rule_text import RuleText

_MOST = 3
#: A finding is shown for so many lines of text that the window is high.
_LINES_EACH = 11
#: With more findings than these on a page, gathering them waits for a pause of so many milliseconds.
_MANY, _PAUSE_MS = 200, 300


def severity_name(severity: str) -> str:
    return {"error": _("Lỗi"), "warning": _("Cảnh báo")}.get(severity, _("Lưu ý"))


def severity_colour(severity: str) -> str:
    c = theme.colours()
    return {"error": c.error, "warning": c.warning}.get(severity, c.muted)


class FindingsCard(QFrame):
    """Up to three findings of the current page, and how many more there are.

    This is looked at after every edit: lines are made once and filled anew only with other findings, and where a
    page has hundreds, those that come after the ones put right are looked for when typing pauses.
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
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 8, 24, 8)
        self._layout.setSpacing(4)
        self._lines: list[_Line] = []
        self._more = QPushButton()
        self._more.setObjectName("quiet")
        self._more.clicked.connect(self.all_requested)
        self._layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

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
        first = self._first
        if first is not None and not (self._counts and self._stands(first)):
            first = None
        most = self._most()
        lines = [first] if first is not None else []
        lines += [one for one in self._found if one != first][: most - len(lines)]
        wanted = lines, self._counts, theme.is_dark()
        if wanted == self._shown:
            return
        self._shown = wanted
        while len(self._lines) < len(lines):
            self._lines.append(self._make_line())
            self._layout.insertWidget(len(self._lines) - 1, self._lines[-1])
        for line, finding in zip(self._lines, lines, strict=False):
            line.fill(finding, self.document)
        for line in self._lines[len(lines) :]:
            line.empty()
        rest = sum(self._counts) - len(lines)
        self._more.setText(_("Còn {count} lỗi, cảnh báo khác ở trang này (F8: tiếp theo)").format(count=rest))
        self._lay_out()
        self.setVisible(bool(lines))

    def _read(self, line: _Line | None) -> None:
        """The rule of ``line`` is read now, and no other one."""
        for other in self._lines:
            if line is not None and other is not line:
                other.why.setChecked(False)
        self._lay_out()

    def _being_read(self) -> _Line | None:
        return next((line for line in self._lines if line.finding is not None and line.why.isChecked()), None)

    def _lay_out(self) -> None:
        """Show the lines; while a rule is read that one alone, to leave the table its height."""
        read = self._being_read()
        filled = [line for line in self._lines if line.finding is not None]
        for line in self._lines:
            line.setVisible(line is read if read is not None else line in filled)
        self._more.setVisible(read is None and sum(self._counts) > len(filled))

    def _most(self) -> int:
        """How many findings leave the table enough height, with letters of this size."""
        return max(1, min(_MOST, self.window().height() // self.fontMetrics().lineSpacing() // _LINES_EACH))

    def _stands(self, finding: Finding) -> bool:
        """Whether a finding is still one, word for word, and of the place shown."""
        return finding in self.document.findings_of(finding.part) and self.document.place_of(finding) is self._place

    def toggle_why(self, finding: Finding | None = None) -> bool:
        """Show or hide the rule behind ``finding``, by default the first one; false where none is shown."""
        if finding is not None:
            self.show_first(finding)
        if self.isHidden():
            return False
        line = (self._being_read() if finding is None else None) or self._lines[0]
        line.why.toggle()
        return True

    def _make_line(self) -> _Line:
        line = _Line()
        line.go.clicked.connect(lambda: self.go.emit(line.finding))
        line.fix.clicked.connect(lambda: self._apply(line))
        line.why.toggled.connect(lambda shown: self._read(line if shown else None))
        return line

    def _apply(self, line: _Line) -> None:
        """Put a finding right, and the cursor to where that was done: its button may be gone now."""
        finding = line.finding
        if finding is not None:
            self.document.apply_fix(finding)
            self.go.emit(finding)


class _Line(QWidget):
    """One finding: its mark, its sentence, and what can be done; below it the rule, while that is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.finding: Finding | None = None
        self._rule: RuleText | None = None
        self._document: Document | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._column.addLayout(row)
        self._mark = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.fix, self.go = QPushButton(), QPushButton(_("Đến ô này"))
        self.why = why_button()
        self.why.toggled.connect(self._show_rule)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        for button in (self.fix, self.go, self.why):
            button.setObjectName("quiet")
            row.addWidget(button)

    def fill(self, finding: Finding, document: Document) -> None:
        """Show ``finding``; the rule of another one is put away."""
        if self.finding is None or finding.rule != self.finding.rule:
            self.why.setChecked(False)
        self.finding, self._document = finding, document
        size = self.fontMetrics().height()
        icon = icons.icon(icons.STATES[finding.severity], severity_colour(finding.severity))
        self._mark.setPixmap(icon.pixmap(size, size))
        self._mark.setAccessibleName(severity_name(finding.severity))
        self._mark.setToolTip(severity_name(finding.severity))
        self._text.setText(finding.message)
        self.fix.setVisible(finding.fix is not None)
        if finding.fix is not None:
            self.fix.setText(_(finding.fix.label))
            self.fix.setToolTip(_("Ctrl+. khi con trỏ ở ô có lỗi"))
        for button in (self.fix, self.go, self.why):
            button.setAccessibleDescription(finding.message)

    def empty(self) -> None:
        self.finding = None
        self.why.setChecked(False)

    def _show_rule(self, shown: bool) -> None:
        from ui.widgets.rule_text import RuleText

        if self._rule is None:
            self._rule = RuleText()
            self._rule.setContentsMargins(self.fontMetrics().height() + 8, 0, 0, 8)
            self._column.addWidget(self._rule)
        if shown and self.finding is not None and self._document is not None:
            self._rule.show_rule(self.finding.rule, self._document.template)
        self._rule.setVisible(shown)


def why_button() -> QPushButton:
    """A button that shows, while it is pressed in, why something is a finding."""
    button = QPushButton(_("Vì sao?"))
    button.setToolTip(_("Quy tắc và căn cứ (Shift+F1)"))
    button.setCheckable(True)
    return button
