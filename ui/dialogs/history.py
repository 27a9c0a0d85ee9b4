"""The history of the open plan: what was done, when and by whom, and the way back to any of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.errors import UserError
from models.i18n import _
from ui import icons, theme
from ui.document import Document
from ui.widgets.grouped_list import GroupedList, foot

if TYPE_CHECKING:
    from models.store import Past

_PAST = Qt.ItemDataRole.UserRole + 1
#: How long (seconds) the window may stand still for the steps of a long way back.
_WHILE = 0.04
_WHEN, _WHAT, _WHO, _STATE = range(4)


class HistoryDialog(QDialog):
    """Enter on a line brings the plan to how it stood right after it; in the same way it comes back again."""

    def __init__(self, parent: QWidget | None, document: Document) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.document = document
        self._goal: Past | None = None
        self._failed = ""
        self.setWindowTitle(_("Lịch sử"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Lịch sử"))
        title.setObjectName("title")
        layout.addWidget(title)
        intro = QLabel(
            _("Chọn một dòng rồi nhấn Enter: kế hoạch trở lại như ngay sau việc đó. Chọn dòng khác để đổi ý.")
        )
        intro.setObjectName("muted")
        intro.setWordWrap(True)
        layout.addWidget(intro)
        layout.addWidget(self._build_list(), 1)
        layout.addLayout(self._build_foot())
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1200, 110 * width), min(640, 28 * self.fontMetrics().lineSpacing()))
        document.changed.connect(self._on_change)
        document.failed.connect(self._on_failed)
        self.load()
        self.list.setFocus()

    # ---- build

    def _build_list(self) -> GroupedList:
        self.list = GroupedList(_("Lịch sử"), [_("Lúc"), _("Việc"), _("Người làm"), _("Trạng thái")], _WHAT)
        self.list.setIconSize(QSize(16, 16))
        self.list.currentItemChanged.connect(lambda *_items: self._offer())
        self.list.itemDoubleClicked.connect(lambda *_item: self.go())
        return self.list

    def _build_foot(self) -> QHBoxLayout:
        self.said = QLabel()
        self.said.setAccessibleName(_("Việc sẽ làm"))
        row, self.button = foot(self, self.said, _("Quay về đây"), self.go)
        return row

    # ---- load

    def load(self) -> None:
        """Show the history as it is now; the line chosen stays, at first the present one."""
        chosen = self._chosen()
        try:
            history = self.document.history()
        except UserError as error:
            self.said.setText(str(error))
            return
        self.list.clear()
        days: dict[date, QTreeWidgetItem] = {}
        current = None
        for past in history:
            when = datetime.fromisoformat(past.at)
            if when.date() not in days:
                days[when.date()] = self.list.add_group(_day_name(when.date(), date.today()))
            item = self._line(past, when)
            days[when.date()].addChild(item)
            if past.id == chosen.id if chosen else past.steps == 0 and current is None:
                current = item
        self.list.expandAll()
        if current is not None:
            self.list.setCurrentItem(current)
            self.list.scrollToItem(current, QTreeWidget.ScrollHint.PositionAtCenter)
        self._offer()

    def _line(self, past: Past, when: datetime) -> QTreeWidgetItem:
        c = theme.colours()
        item = QTreeWidgetItem([when.strftime("%H:%M:%S"), _(past.label), past.who, ""])
        item.setData(0, _PAST, past)
        if past.steps == 0:
            item.setText(_STATE, _("hiện tại"))
            item.setIcon(_STATE, icons.icon("check-circle-fill", c.done))
            font = QFont()
            font.setBold(True)
            for column in range(self.list.columnCount()):
                item.setFont(column, font)
        elif past.undone:
            item.setText(_STATE, _("đã hoàn tác"))
            item.setIcon(_STATE, icons.icon("arrow-u-up-left", c.muted))
        elif past.steps is None:
            item.setText(_STATE, _("không hoàn tác được"))
            item.setIcon(_STATE, icons.icon("lock", c.muted))
        if past.undone or past.steps is None:
            for column in range(self.list.columnCount()):
                item.setForeground(column, QBrush(QColor(c.muted)))
        item.setToolTip(_WHAT, item.text(_WHAT))
        return item

    # ---- going back

    def _chosen(self) -> Past | None:
        item = self.list.currentItem()
        return item.data(0, _PAST) if item is not None else None

    def _offer(self) -> None:
        """Say what going to the chosen line would do."""
        past = self._chosen()
        steps = past.steps if past else None
        if past is None:
            text = ""
        elif steps is None:
            text = _("Không quay về được việc này: nó không đổi nội dung kế hoạch.")
        elif steps == 0:
            text = _("Kế hoạch đang ở đây.")
        elif steps < 0:
            text = _("Sẽ hoàn tác {count} việc.").format(count=-steps)
        else:
            text = _("Sẽ làm lại {count} việc.").format(count=steps)
        self.said.setText(text)
        self.button.setEnabled(bool(steps))

    def go(self) -> None:
        """Bring the plan to how it stood right after the chosen line."""
        past = self._chosen()
        if past is not None and past.steps and self._goal is None:
            self._goal, self._failed = past, ""
            self.button.setEnabled(False)
            self._go_on()

    def _go_on(self) -> None:
        """A part of the way; the rest when the window has answered to what came meanwhile."""
        if self._goal is None:
            return
        left = self.document.go_back_to(self._goal.id, _WHILE)
        if left:
            self.said.setText(_("Còn {count} việc… (Esc: dừng ở đây)").format(count=abs(left)))
            QTimer.singleShot(0, self, self._go_on)
        else:
            self._goal = None
            self.load()
            if self._failed:
                self.said.setText(self._failed)

    def _on_change(self, _change: object) -> None:
        if self._goal is None:
            self.load()

    def _on_failed(self, sentence: str) -> None:
        self._failed = sentence

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._goal is not None:
            self._goal = None
            self.load()
        else:
            super().keyPressEvent(event)


def _day_name(day: date, today: date) -> str:
    """A day as the list names it."""
    text = day.strftime("%d/%m/%Y")
    if day == today:
        return _("Hôm nay, {date}").format(date=text)
    if day == today - timedelta(days=1):
        return _("Hôm qua, {date}").format(date=text)
    return text
