"""The history of the open plan: what was done, when and by whom, what it changed, and the way back to any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from models import past_search
from models.errors import UserError
from models.i18n import _
from ui import past as pasts
from ui import reading_only, worker
from ui.document import Document
from ui.widgets.clearable import make_clearable
from ui.widgets.grouped_list import foot
from ui.widgets.history_list import HistoryList

if TYPE_CHECKING:
    from models.store import Past

#: How long (seconds) the window may stand still for the steps of a long way back.
_WHILE = 0.04
#: After the last letter, before it is looked for.
_TYPED_MS = 150
#: Least and most height of the field that shows what an edit changed.
_FULL_LINES = (7, 12)


class HistoryDialog(QDialog):
    """Enter on a line brings the plan to how it stood right after it; in the same way it comes back again."""

    def __init__(self, parent: QWidget | None, document: Document) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.document = document
        self._history: list[Past] = []
        #: The line that is gone to, and the steps that are left on the way.
        self._left = 0
        self._failed = ""
        self._search: worker.Job[set[int]] | None = None
        self.setWindowTitle(_("Lịch sử"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        title = QLabel(_("Lịch sử"))
        title.setObjectName("title")
        layout.addWidget(title)
        intro = QLabel(
            _("Chọn một dòng rồi nhấn Enter: kế hoạch trở lại như ngay sau việc đó. Chọn dòng khác để đổi ý.")
        )
        intro.setObjectName("muted")
        intro.setWordWrap(True)
        layout.addWidget(intro)
        layout.addLayout(self._build_search())
        layout.addWidget(self._build_list(), 3)
        layout.addWidget(self._build_full(), 1)
        layout.addLayout(self._build_foot())
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1200, 120 * width), min(680, 40 * self.fontMetrics().lineSpacing()))
        document.changed.connect(self._on_change)
        document.failed.connect(self._on_failed)
        self.load()
        self.list.setFocus()

    # ---- build

    def _build_search(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Tìm theo việc, nhiệm vụ, nội dung, số tiền, người làm, ngày (Ctrl+F)"))
        self.words.setAccessibleName(_("Tìm trong lịch sử"))
        make_clearable(self.words)
        self.words.installEventFilter(self)
        self._later = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._later.timeout.connect(self.look)
        self.words.textChanged.connect(lambda _text: self._later.start())
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.count.setAccessibleName(_("Số dòng tìm thấy"))
        QShortcut(QKeySequence.StandardKey.Find, self, self._to_search)
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        return row

    def _build_list(self) -> HistoryList:
        self.list = HistoryList()
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._offer())
        self.list.doubleClicked.connect(lambda _index: self.go())
        return self.list

    def _build_full(self) -> QTextEdit:
        self.full = QTextEdit()
        self.full.setReadOnly(True)
        self.full.setTabChangesFocus(True)
        self.full.setAccessibleName(_("Thay đổi của dòng đang chọn"))
        self.full.setMinimumHeight(_FULL_LINES[0] * self.fontMetrics().lineSpacing())
        self.full.setMaximumHeight(_FULL_LINES[1] * self.fontMetrics().lineSpacing())
        return self.full

    def _build_foot(self) -> QHBoxLayout:
        self.said = QLabel()
        self.said.setAccessibleName(_("Việc sẽ làm"))
        row, self.button = foot(self, self.said, _("Quay về đây"), self.go)
        return row

    # ---- load

    def load(self) -> None:
        """Show the history as it is now; the line chosen stays, at first the present one."""
        try:
            self._history = self.document.history()
        except UserError as error:
            self.said.setText(str(error))
            return
        self.look()

    # ---- finding

    def look(self) -> None:
        """Show the lines that hold the words, those that hold them in what they changed as soon as they are found."""
        self._later.stop()
        if self._search is not None:
            self._search.drop()
            self._search = None
        query = self.words.text().strip()
        if not query:
            self._show(self._history, "")
            return
        told = {one.id for one in self._history if past_search.holds(pasts.said_of(one), query)}
        self._show_found(told, _("Đang tìm trong các thay đổi…"))

        def done(found: set[int]) -> None:
            self._search = None
            self._show_found(told | found)

        work = pasts.finder(self.document, self._history, query)
        self._search = worker.run(self, work, done, self.count.setText)

    def _show_found(self, found: set[int], said: str = "") -> None:
        shown = [past for past in self._history if past.id in found]
        self._show(shown, said or _("{count} trong {all} dòng").format(count=len(shown), all=len(self._history)))

    def _show(self, history: list[Past], said: str) -> None:
        chosen = self.list.chosen()
        present = next((past.id for past in history if past.steps == 0), None)
        there = chosen is not None and any(past.id == chosen.id for past in history)
        self.list.show_history(history, chosen.id if chosen is not None and there else present)
        self.count.setText(said)
        self.count.setVisible(bool(said))
        self._offer()

    def _to_search(self) -> None:
        self.words.setFocus()
        self.words.selectAll()

    # ---- going back

    def _offer(self) -> None:
        """Show what the chosen edit changed, and say what going there would do."""
        past = self.list.chosen()
        steps = past.steps if past else None
        if past is None:
            text = _("Không có dòng nào như vậy.") if self.words.text().strip() else ""
        elif past.is_old:
            text = _("Không quay về được việc này: nó cũ hơn những việc còn hoàn tác được.")
        elif steps is None:
            text = _("Không quay về được việc này: nó không đổi nội dung kế hoạch.")
        elif steps == 0:
            text = _("Kế hoạch đang ở đây.")
        elif self.document.is_reading:
            text = _(reading_only.WHY)
        elif steps < 0:
            text = _("Sẽ hoàn tác {count} việc.").format(count=-steps)
        else:
            text = _("Sẽ làm lại {count} việc.").format(count=steps)
        self.said.setText(text)
        self.button.setEnabled(bool(steps) and not self.document.is_reading)
        try:
            self.full.setHtml(pasts.described(self.document, past) if past else "")
        except UserError as error:
            self.full.setPlainText(str(error))

    def go(self) -> None:
        """Bring the plan to how it stood right after the chosen line."""
        past = self.list.chosen()
        if past is not None and past.steps and not self._left and not self.document.is_reading:
            self._left, self._failed = past.steps, ""
            self.button.setEnabled(False)
            self._go_on()

    def _go_on(self) -> None:
        """A part of the way; the rest when the window has answered to what came meanwhile."""
        if not self._left:
            return
        self._left = self.document.go(self._left, _WHILE)
        if self._left:
            self.said.setText(_("Còn {count} việc… (Esc: dừng ở đây)").format(count=abs(self._left)))
            QTimer.singleShot(0, self, self._go_on)
        else:
            self.load()
            if self._failed:
                self.said.setText(self._failed)

    def _on_change(self, _change: object) -> None:
        if not self._left:
            self.load()

    def _on_failed(self, sentence: str) -> None:
        self._failed = sentence

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the words Enter and the arrow down go to the list, Esc empties them first."""
        if watched is self.words and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                if self._later.isActive():
                    self.look()
                self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.words.text():
                self.words.clear()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._left:
            self._left = 0
            self.load()
        else:
            super().keyPressEvent(event)

    def done(self, result: Any) -> None:
        self._later.stop()
        if self._search is not None:
            self._search.drop()
        super().done(result)
