"""One finding told in full: where it is, what stands there and what should, what can be done, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from models.checks.aside import may_be
from models.checks.rules import figures
from models.i18n import _
from ui import icons
from ui.document import Document, Place
from ui.reading_only import edits
from ui.widgets.card_line import severity_colour, severity_name, why_button
from ui.widgets.findings_model import part_name
from ui.widgets.reason_line import ReasonLine
from ui.widgets.rule_text import RuleText, rule_words
from ui.widgets.tab_order import chain

if TYPE_CHECKING:
    from models.checks import Finding

#: Lines of text above the buttons, without the rule and with it: always as many, so that the list above stands still.
_LINES, _LINES_WITH_RULE = 5, 11.5
#: Margins and gaps; the gap above the line for a reason.
_AROUND, _GAP = 24, 8
#: Letters of a page's name, at most.
_NAME = 60


class FindingDetails(QFrame):
    """Below the list: the finding selected there."""

    go = Signal(object)
    fix = Signal(object)
    fix_all = Signal(object)
    #: A finding, and why it is set aside; with no reason it is taken up again.
    set_aside = Signal(object, str)

    #: Whether the rule is shown; kept while the program runs.
    explained = False

    def __init__(self, document: Document, name_of: Callable[[Place], str]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.document, self._name_of = document, name_of
        self.finding: Finding | None = None
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        body = QWidget()
        body.setObjectName("plain")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._mark, self.sentence = QLabel(), QLabel()
        self.sentence.setWordWrap(True)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        inside.addLayout(head)
        self.place, self.figures, self.rule = QLabel(), QLabel(), RuleText()
        for label in (self.sentence, self.place, self.figures):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.place, self.figures):
            label.setObjectName("muted")
            label.setWordWrap(True)
            inside.addWidget(label)
        self.rule.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(self.rule)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        column.addWidget(self._scroll, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.go_button = QPushButton(_("Đến ô này"))
        self.go_button.setToolTip(_("Enter trong danh sách"))
        self.fix_button, self.fix_all_button = QPushButton(), QPushButton()
        self.fix_button.setToolTip("Ctrl+.")
        self.why = why_button()
        self.why.setChecked(FindingDetails.explained)
        self.aside_button = QPushButton()
        self.aside_button.setToolTip("Ctrl+Shift+.")
        for button in (self.go_button, self.fix_button, self.fix_all_button, self.why, self.aside_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.reason = ReasonLine()
        column.addWidget(self.reason)
        chain([
            self.go_button, self.fix_button, self.fix_all_button, self.why, self.aside_button, *self.reason.widgets,
        ])  # fmt: skip
        self.aside_button.clicked.connect(self._aside)
        self.reason.given.connect(lambda reason: self.set_aside.emit(self.finding, reason))
        self.reason.called_off.connect(self._close_reason)
        self.go_button.clicked.connect(lambda: self.go.emit(self.finding))
        self.fix_button.clicked.connect(lambda: self.fix.emit(self.finding))
        edits(self.fix_button, self.fix_all_button, self.aside_button, self.reason)
        self.fix_all_button.clicked.connect(lambda: self.fix_all.emit(self.finding))
        self.why.toggled.connect(self._explain)

    def show_finding(self, finding: Finding | None, of_rule: tuple[int, int] = (0, 0)) -> None:
        """Tell ``finding``; ``of_rule`` is how many of its rule the list shows, and how many of these have a fix."""
        if finding is not self.finding:
            self.reason.hide()
        self.finding = finding
        for widget in (self._scroll, self.go_button, self.why):
            widget.setVisible(finding is not None)
        fix = finding.fix if finding is not None else None
        self.fix_button.setVisible(fix is not None)
        self.aside_button.setVisible(finding is not None and (bool(finding.reason) or may_be(finding)))
        self.fix_all_button.setVisible(fix is not None and of_rule[0] == of_rule[1] > 1)
        if finding is None:
            return
        size = self.fontMetrics().height()
        icon = icons.icon(icons.STATES[finding.severity], severity_colour(finding.severity))
        self._mark.setPixmap(icon.pixmap(size, size))
        self._mark.setAccessibleName(severity_name(finding.severity))
        self.sentence.setText(finding.message)
        where = [_short(self._name_of(self.document.place_of(finding))), part_name(finding)]
        self.place.setText(_("Nơi có lỗi: {place}").format(place=" › ".join(filter(None, where))))
        actual, expected = figures(finding)
        texts = []
        if actual:
            texts.append(_("Đang ghi: {value}").format(value=actual))
        if expected:
            texts.append(_("Đối chiếu: {value}").format(value=expected))
        lines = ["     ".join(texts)]
        if finding.reason:
            lines.append(_("Đã bỏ qua: {reason}").format(reason=finding.reason))
        self.figures.setText("\n".join(filter(None, lines)))
        self.figures.setVisible(bool(self.figures.text()))
        self.aside_button.setText(_("Xét lại") if finding.reason else _("Bỏ qua…"))
        if fix is not None:
            self.fix_button.setText(_(fix.label))
            self.fix_all_button.setText(_("Sửa cả {count} chỗ cùng loại").format(count=of_rule[0]))
        for button in (self.go_button, self.fix_button, self.fix_all_button):
            button.setAccessibleDescription(finding.message)
        self._explain(self.why.isChecked())

    def _explain(self, shown: bool) -> None:
        FindingDetails.explained = shown
        template = self.document.template
        if self.finding is not None:
            self.why.setAccessibleDescription(rule_words(self.finding.rule, template))
            if shown:
                self.rule.show_rule(self.finding.rule, template)
        self.rule.setVisible(shown)
        self.fit()
        # Once the letters have their places: with large ones the rule begins below what is seen.
        QTimer.singleShot(0, self, self._show_rule_whole if shown else self._show_top)

    # ---- setting aside

    def ask_reason(self) -> None:
        """Ask why the finding shown is set aside; nothing where it cannot be."""
        if self.finding is not None and not self.finding.reason and may_be(self.finding):
            self.reason.ask()
            self.fit()

    def _aside(self) -> None:
        if self.finding is not None and self.finding.reason:
            self.set_aside.emit(self.finding, "")
        else:
            self.ask_reason()

    def _close_reason(self) -> None:
        self.reason.hide()
        self.fit()
        self.aside_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rule_whole(self) -> None:
        self._scroll.ensureWidgetVisible(self.rule, 0, 0)

    def _show_top(self) -> None:
        self._scroll.ensureVisible(0, 0)

    def fit(self) -> None:
        """Take the height that the text size of now asks for, but not more than half of the page."""
        lines = _LINES_WITH_RULE if self.why.isChecked() else _LINES
        wanted = round(lines * self.fontMetrics().lineSpacing()) + self.why.sizeHint().height() + _AROUND
        if not self.reason.isHidden():
            wanted += self.reason.sizeHint().height() + _GAP
        page = self.parentWidget()
        self.setFixedHeight(wanted if page is None else min(wanted, page.height() // 2))


def _short(name: str) -> str:
    """The name of a page, cut to leave room for that of the row."""
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"
