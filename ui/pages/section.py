"""The page of one section: its heading, its text, and the numbers that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.i18n import N_, _
from models.numbering import heading, section_numbers
from models.plan import Part, Section
from models.store import Change
from ui import icons, theme
from ui.document import Document
from ui.pages.page import Page, card
from ui.widgets.fields import Field, LongField
from ui.widgets.hint_card import HintCard
from ui.widgets.indicators import IndicatorForm
from ui.widgets.previous_text import PreviousText
from ui.widgets.tab_order import chain
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from models.checks import Finding

#: From this width of the page on, the hint stands beside the text; below, over it.
_WIDE = 1100
_HINT_WIDTH = 264
#: From so many letters of width on, last year's text stands beside this year's; else under it.
_BESIDE = 110

#: The heading looks like the page's title until it is pointed at or typed in.
_TITLE_STYLE = """
QPlainTextEdit#title_edit[state=""] { background: transparent; border: 1px solid transparent; padding: 1px 7px; }
QPlainTextEdit#title_edit[state=""]:hover { border: 1px solid palette(mid); }
QPlainTextEdit#title_edit[state=""]:focus {
  background: palette(base); border: 2px solid palette(link); padding: 0 6px; }
"""


class SectionPage(Page):
    """A section of the plan; its subsections and tables have pages of their own."""

    #: Whether the hint is shown where it takes height from the text, and last year's text; kept for the next section.
    hint_shown = True
    previous_shown = False

    def __init__(self, document: Document, section: Section) -> None:
        super().__init__(document)
        self.section = section
        spec = document.template.section(section.key)
        self._hint_text = spec.hint if spec else ""
        self._asked_previous = False
        self._build()
        self.load()

    # ---- build

    def _build(self) -> None:
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outside.addWidget(self._scroll)
        body = QWidget()
        self._scroll.setWidget(body)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(self._build_head())
        self._below = QLabel()
        self._below.setObjectName("muted")
        self._below.setWordWrap(True)
        self._below.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self._below)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(12)
        layout.addLayout(self._columns, 1)
        self.hint = HintCard(self._hint_text)
        main = QVBoxLayout()
        main.setSpacing(12)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(16, 8, 16, 12)
        self.text = TextEditor(self.document, self.section)
        self.text.editor.told.connect(self.notice)
        inside.addWidget(self.text)
        self._texts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._texts.setSpacing(12)
        self._texts.addWidget(frame, 1)
        #: Made when it is first shown: most plans have no text of last year, and most people ask for it seldom.
        self.previous: PreviousText | None = None
        main.addLayout(self._texts, 1)
        self.indicators = IndicatorForm(
            self.document, [spec for spec in self.document.template.indicators if spec.section == self.section.key]
        )
        numbers = card()
        inside = QVBoxLayout(numbers)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(12)
        title = QLabel(_("Số liệu"))
        title.setObjectName("heading")
        inside.addWidget(title)
        inside.addWidget(self.indicators)
        if not self.indicators.fields:
            # Else it is shown with the page: here it would be a window of its own for a moment.
            numbers.hide()
        main.addWidget(numbers)
        self._columns.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        self._columns.addLayout(main, 1)
        fields = [field.editor for field in self.indicators.fields.values()]
        buttons = [self._previous_button, self._hint_button]
        self._chained = [self.heading.editor, *buttons, *self.text.tab_widgets(), *fields]
        chain(self._chained)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(0)
        self._number = QLabel()
        # Its letters stand level with those in the editor, which has a frame.
        self._number.setContentsMargins(0, 3, 0, 0)
        self._number.setObjectName("title")
        self.heading = LongField(
            self.document,
            self.section,
            "heading",
            _("Tiêu đề mục"),
            N_("Sửa tiêu đề mục"),
            hint=_("Tiêu đề mục"),
            most=3,
        )
        self.heading.label.hide()
        self.heading.editor.setObjectName("title_edit")
        self.heading.editor.setStyleSheet(_TITLE_STYLE)
        self._number.setBuddy(self.heading.editor)
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        self._previous_button = QToolButton()
        self._previous_button.setText(" " + _("Xem năm trước"))
        self._previous_button.setAccessibleName(_("Xem năm trước"))
        self._previous_button.setToolTip(_("Hiện hoặc ẩn nội dung của mục này trong kế hoạch năm trước (Alt+N)"))
        self._previous_button.setShortcut("Alt+N")
        self._previous_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._previous_button.setCheckable(True)
        self._previous_button.setChecked(SectionPage.previous_shown)
        self._previous_button.toggled.connect(self._toggle_previous)
        self._previous_button.hide()
        self._hint_button = QToolButton()
        self._hint_button.setText(" " + _("Gợi ý"))
        self._hint_button.setAccessibleName(_("Gợi ý"))
        self._hint_button.setToolTip(_("Hiện hoặc ẩn gợi ý viết mục này"))
        self._hint_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._hint_button.setCheckable(True)
        self._hint_button.setChecked(SectionPage.hint_shown)
        self._hint_button.toggled.connect(self._toggle_hint)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 0, 0, 0)
        buttons.setSpacing(8)
        for button in (self._previous_button, self._hint_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(buttons)
        return head

    # ---- load

    def load(self) -> None:
        self._show_head()
        self.heading.load()
        self.text.load()
        self.text.refresh()
        self.indicators.load()
        self._dress()
        if self._asked_previous:
            self._show_previous()
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._previous_button.setChecked(SectionPage.previous_shown)
        # Reading another plan takes a moment: not before the page is there.
        QTimer.singleShot(0, self, self._show_previous)

    def _show_previous(self) -> None:
        """Offer what last year's plan says in this section, if it says anything."""
        self._asked_previous = True
        found = self.document.previous_section(self.section)
        self._previous_button.setVisible(found is not None)
        shown = found is not None and self._previous_button.isChecked()
        if shown and found is not None:
            if self.previous is None:
                self._make_previous()
            assert self.previous is not None
            self.previous.show_text(*found)
        if self.previous is not None:
            self.previous.setVisible(shown)

    def _make_previous(self) -> None:
        self.previous = PreviousText(self.text.head_height())
        self.previous.taken.connect(self._take_previous)
        self._texts.addWidget(self.previous, 1)
        at = self._chained.index(self.text.tab_widgets()[-1]) + 1
        chain([*self._chained[:at], self.previous.view, self.previous.take, *self._chained[at:]])

    def _take_previous(self, lines: str) -> None:
        self.text.insert_text(lines, N_("Chép nội dung năm trước"))

    def _toggle_previous(self, shown: bool) -> None:
        SectionPage.previous_shown = shown
        self._show_previous()
        self._lay_out()
        if self.previous is not None and self.previous.isVisible():
            # Under the text it may lie below the edge of the window.
            panel = self.previous
            QTimer.singleShot(0, panel, lambda: self._scroll.ensureWidgetVisible(panel, 0, 16))

    def _show_head(self) -> None:
        plan = self.document.plan
        styles = list(plan.outline or self.document.template.outline)
        numbers = section_numbers(plan.sections, styles)
        depth = _depth(self.section)
        style = styles[depth] if depth < len(styles) else "-"
        number = numbers.get(id(self.section), "")
        self._number.setText(heading(number, style, "").strip() if number not in ("", "-") else "")
        self._number.setVisible(bool(self._number.text()))
        style = styles[depth + 1] if depth + 1 < len(styles) else "-"
        below = [heading(numbers.get(id(child), ""), style, child.heading) for child in self.section.sections]
        self._below.setText(_("Mục con: {sections}").format(sections=" · ".join(below)))
        self._below.setVisible(bool(below))

    def on_change(self, change: Change) -> None:
        plan = self.document.plan
        if plan in change.parts or any(isinstance(part, Section) for part in change.parts | change.owners):
            self.load()

    def on_evaluated(self) -> None:
        self.heading.show_findings()
        self.text.show_findings()
        self.text.refresh()
        self.indicators.show_findings()

    # ---- save

    def save(self) -> None:
        self.heading.save()
        self.text.save()
        self.indicators.save()

    # ---- places

    def enter(self) -> None:
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus given to the page is for what is typed first; a proxy would be a trap for Shift+Tab."""
        self.text.editor.setFocus(event.reason())

    def go_to(self, part: Part, field: str) -> None:
        kind, _slash, key = field.partition("/")
        target: Field = self.heading if field == "heading" else self.text
        if kind == "indicators" and key in self.indicators.fields:
            target = self.indicators.fields[key]
        target.go()
        self._scroll.ensureWidgetVisible(target.editor, 24, 24)

    def show_finding(self, finding: Finding) -> None:
        """Select the words that a finding of the text is about."""
        if finding.part is self.section and finding.field == "text":
            self.text.go_to_words(finding)

    def finding_here(self) -> Finding | None:
        """The finding whose underlined words the cursor is in."""
        return self.text.finding_here() if self.text.editor.hasFocus() else None

    # ---- look

    def _toggle_hint(self, shown: bool) -> None:
        SectionPage.hint_shown = shown
        self._lay_out()

    def _lay_out(self) -> None:
        wide = self.width() >= _WIDE
        direction = QBoxLayout.Direction.RightToLeft if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
        width = self.fontMetrics().averageCharWidth() * 36 if wide else 16777215
        self.hint.setMaximumWidth(max(width, _HINT_WIDTH))
        self.hint.setMinimumWidth(max(width, _HINT_WIDTH) if wide else 0)
        self._columns.setAlignment(self.hint, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))
        beside = self.width() >= self.fontMetrics().averageCharWidth() * _BESIDE
        self._texts.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        has = bool(self._hint_text)
        self._hint_button.setVisible(has)
        self.hint.setVisible(has and self._hint_button.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _dress(self) -> None:
        c = theme.colours()
        size = self.fontMetrics().height()
        self._number.ensurePolished()
        self.heading.editor.setFont(self._number.font())
        self.hint.dress()
        for button, icon in ((self._hint_button, "lightbulb"), (self._previous_button, "clock-counter-clockwise")):
            button.setIcon(icons.icon(icon, c.text))
            button.setIconSize(QSize(size, size))


def _depth(section: Section) -> int:
    depth, part = 0, section.parent
    while isinstance(part, Section):
        depth, part = depth + 1, part.parent
    return depth
