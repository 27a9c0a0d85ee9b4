"""The page of all findings, grouped by the page on which they are put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from models.checks import Finding, Severity, fixes
from models.i18n import N_, _
from models.plan import Part
from ui import icons
from ui.document import SEVERITIES, Document
from ui.finding_walk import groups, number_of
from ui.pages.page import Page, card, titled
from ui.widgets.card_line import severity_colour
from ui.widgets.clearable import make_clearable
from ui.widgets.editing import Editing
from ui.widgets.empty import EmptyState
from ui.widgets.finding_details import FindingDetails
from ui.widgets.findings_model import FindingsDelegate, FindingsModel, Heading
from ui.widgets.tab_order import chain

if TYPE_CHECKING:
    from ui.outline import Outline

#: How long (ms) after an edit, and after a key in the filter, the list follows: a burst is followed once.
_FOLLOW_MS, _FILTER_MS = 150, 200
#: Letters in the filter, at most.
_LONGEST = 200

_TEXTS: dict[Severity, str] = {
    "error": N_("&Lỗi ({count})"),
    "warning": N_("&Cảnh báo ({count})"),
    "info": N_("Lư&u ý ({count})"),
}


class FindingsPage(Page):
    """Errors and warnings of the whole plan; Enter goes to the very field.

    ``outline`` gives the order and the names of the pages. The list is worked out only while it is seen.
    """

    go = Signal(object)
    go_place = Signal(object)

    #: Severities that are not shown; kept while the program runs.
    hidden: set[str] = set()

    def __init__(self, document: Document, outline: Outline) -> None:
        super().__init__(document)
        self._outline = outline
        self._is_stale = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.load)
        self._build()
        document.evaluated.connect(self._follow)

    # ---- build

    def _build(self) -> None:
        layout, _label = titled(self, _("Kiểm tra"))
        filters = QHBoxLayout()
        filters.setSpacing(24)
        self.boxes: dict[Severity, QCheckBox] = {}
        for severity in SEVERITIES:
            box = QCheckBox()
            box.setChecked(severity not in FindingsPage.hidden)
            box.toggled.connect(self._filter)
            self.boxes[severity] = box
            filters.addWidget(box)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Lọc theo nội dung, gõ có dấu hay không dấu"))
        self.words.setAccessibleName(_("Lọc theo nội dung"))
        make_clearable(self.words)
        self.words.setMaxLength(_LONGEST)
        self.words.installEventFilter(self)
        self._typing = Editing(self.words, lambda: bool(self.words.text()))
        self._typing.entered.connect(self._to_list)
        self._typing.escaped.connect(self.words.clear)
        self.words.textChanged.connect(lambda: self._later.start(_FILTER_MS))
        filters.addWidget(self.words, 1)
        layout.addLayout(filters)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 8, 8, 8)
        self._none = QLabel(_("Không có mục nào qua được bộ lọc."))
        self._none.setObjectName("muted")
        self._none.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self._none)
        self.model = FindingsModel()
        self.list = QListView()
        self.list.setAccessibleName(_("Danh sách lỗi và cảnh báo"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(FindingsDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.installEventFilter(self)
        self.list.doubleClicked.connect(lambda _index: self._enter_row())
        self.list.selectionModel().currentChanged.connect(lambda *_indexes: self._tell())
        inside.addWidget(self.list, 1)
        self.details = FindingDetails(self.document, self._outline.name_of)
        self.details.go.connect(self.go)
        self.details.fix.connect(self._apply)
        self.details.fix_all.connect(self._apply_all)
        self.details.set_aside.connect(self._set_aside)
        self.empty = EmptyState(
            "check-circle", _("Không có lỗi hay cảnh báo nào"), _("Kế hoạch sẵn sàng để kết xuất gói nộp."),
            _("Kết xuất gói nộp"), lambda: self.go_place.emit("export"),
        )  # fmt: skip
        self._frame = frame
        for widget, stretch in ((frame, 1), (self.details, 0), (self.empty, 1)):
            layout.addWidget(widget, stretch)
        chain([*self.boxes.values(), self.words, self.list, self.details.go_button])

    # ---- load

    def load(self) -> None:
        self._later.stop()
        self._is_stale = False
        current, row = self.selected(), self.list.currentIndex().row()
        found = groups(self.document, self._outline.places())
        if self.model.show_groups(found, self._outline.name_of, FindingsPage.hidden, self.words.text()):
            self._select(current, row)
        self._dress()
        count = sum(self.document.count(severity) for severity in SEVERITIES)
        for widget in (self._frame, self.words, *self.boxes.values()):
            widget.setVisible(bool(count))
        self.details.setVisible(bool(self.model.rows))
        self.empty.setVisible(not count and self.document.is_checked)
        self._none.setVisible(not self.model.rows)
        if self.hasFocus():
            # It was entered before there was anything to put the cursor into.
            self._start().setFocus()
        self.list.viewport().update()
        self._tell()

    def on_change(self, change: object) -> None:
        """Findings follow the check, see ``_follow``."""

    def _follow(self) -> None:
        self._is_stale = True
        if self.isVisible() and not self._later.isActive():
            self._later.start(_FOLLOW_MS if self.model.rows else 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.details.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "details"):
            self.details.fit()
            self.list.scheduleDelayedItemsLayout()

    def _dress(self) -> None:
        size = self.fontMetrics().height()
        for severity, box in self.boxes.items():
            box.setText(_(_TEXTS[severity]).format(count=self.document.count(severity)))
            box.setIconSize(QSize(size, size))
            box.setIcon(icons.icon(icons.STATES[severity], severity_colour(severity)))

    # ---- what is selected

    def selected(self) -> Finding | None:
        """The finding that the cursor of the list is on."""
        row = self.model.row_at(self.list.currentIndex())
        return row if isinstance(row, Finding) else None

    def _select(self, finding: Finding | None, row: int) -> None:
        """Select ``finding``; where it is no more, what stands in its place now."""
        rows = self.model.rows
        at = number_of(rows, finding)
        if at is None:
            after = (n for n in range(max(row, 0), len(rows)) if isinstance(rows[n], Finding))
            before = (n for n in range(min(row, len(rows)) - 1, -1, -1) if isinstance(rows[n], Finding))
            at = next(after, next(before, None))
        if at is not None:
            self.list.setCurrentIndex(self.model.index(at, 0))
            if isinstance(rows[at - 1], Heading):
                # The name of the page above its first finding is seen too.
                self.list.scrollTo(self.model.index(at - 1, 0))

    def _tell(self) -> None:
        finding = self.selected()
        self.details.show_finding(finding, self.model.of_rule.get(finding.rule, (0, 0)) if finding else (0, 0))

    def _enter_row(self) -> None:
        row = self.model.row_at(self.list.currentIndex())
        if isinstance(row, Heading):
            self.go_place.emit(row.place)
        elif row is not None:
            self.go.emit(row)

    def toggle_why(self) -> bool:
        """Show or hide the rule behind the selected finding; false where none is selected."""
        if self.selected() is None:
            return False
        self.details.why.toggle()
        return True

    # ---- filter

    def _filter(self) -> None:
        FindingsPage.hidden = {severity for severity, box in self.boxes.items() if not box.isChecked()}
        self.load()

    def _to_list(self) -> None:
        """What the words leave of the list, and the cursor into it."""
        self.load()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.list and enters and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._enter_row()
                return True
            if watched is self.words and event.key() == Qt.Key.Key_Down and not self._typing.composing:
                self._to_list()
                return True
        return super().eventFilter(watched, event)

    # ---- putting right

    def _apply(self, finding: Finding) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.document.apply_fix(finding)

    def _apply_all(self, finding: Finding) -> None:
        """Make every fix of one rule that the list shows, in one edit."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        rows = self.model.rows
        same = [one for one in rows if isinstance(one, Finding) and one.rule == finding.rule]
        with self.document.edit(N_("Sửa mọi lỗi cùng loại")):
            fixes.make(same)

    def _set_aside(self, finding: Finding, reason: str) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.document.set_aside(finding, reason)

    def ask_reason(self, finding: Finding) -> None:
        """Select ``finding``, also where the filter hides it, and ask why it is set aside."""
        if self._is_stale:
            self.load()
        if number_of(self.model.rows, finding) is None:
            self.words.clear()
            for box in self.boxes.values():
                box.setChecked(True)
            self.load()
        self._select(finding, -1)
        if self.selected() is not None:
            self.details.ask_reason()

    # ---- places

    def here(self) -> tuple[Part, str] | None:
        """The place of the finding that is selected."""
        finding = self.selected()
        return (finding.part, finding.field) if finding is not None else None

    def go_to(self, part: Part, field: str) -> None:
        """Select the first finding of a field."""
        wanted = (part, field)
        for row, one in enumerate(self.model.rows):
            if isinstance(one, Finding) and (one.part, one.field) == wanted:
                self.list.setCurrentIndex(self.model.index(row, 0))
                break
        self.enter()

    def enter(self) -> None:
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus given to the page is for the list; a proxy would be a trap for Shift+Tab."""
        if (start := self._start()).isVisible():
            start.setFocus(event.reason())

    def _start(self) -> QWidget:
        return self.empty.button if self._frame.isHidden() else self.list
