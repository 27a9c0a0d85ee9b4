"""The page from which the plan leaves the program: what goes along, where to, and what has come of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from models import document as plan_document
from models import unread
from models.errors import ExportError, UserError
from models.exports import files
from models.i18n import N_, _
from models.settings import EXPORT_FOLDER, Settings
from ui import exporting, worker
from ui.document import Document
from ui.exporting import WRITING, Extras, Result
from ui.pages.page import Page, bring_into_view, titled
from ui.widgets.export_lock import LockCard
from ui.widgets.export_options import OptionsCard
from ui.widgets.export_progress import ExportProgress
from ui.widgets.export_result import ResultCard
from ui.widgets.export_state import StateCard
from ui.widgets.folder_card import FolderCard

_WIDTH = 1080
#: Lines of text in the width from which on the two cards stand side by side.
_WIDE = 48


class ExportPage(Page):
    """Says whether the plan is ready, and exports it in the background; ``is_running`` while it does.

    The other signals ask the window for the guide to signing, and for the exports made so far.
    """

    findings_requested = Signal()
    unread_requested = Signal()
    signing_requested = Signal()
    revisions_requested = Signal()

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__(document)
        self.settings = settings
        self._job: worker.Job[Result] | None = None
        #: Whether the plan was changed since the export that runs, or ran last, began.
        self._is_old = False
        self._build()
        self.load()

    # ---- build

    def _build(self) -> None:
        outer, _title = titled(self, _("Kết xuất gói nộp"), self._build_ways())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        sides = QHBoxLayout(inside)
        sides.setContentsMargins(0, 0, 0, 0)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        sides.addWidget(column, 1)
        sides.addStretch(0)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 8, 8)
        layout.setSpacing(16)
        self.state = StateCard()
        self.state.findings_requested.connect(self.findings_requested)
        self.state.unread_requested.connect(self.unread_requested)
        self.findings_button = self.state.findings_button
        self.folder = FolderCard(self.settings.text(EXPORT_FOLDER))
        self.folder.changed.connect(self._refresh)
        self.options = OptionsCard(self.settings)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(16)
        self._pair.addWidget(self.folder, 3)
        self._pair.addWidget(self.options, 2)
        self.lock = LockCard()
        self.lock.box.toggled.connect(self.options.set_locked)
        self.lock.box.toggled.connect(lambda on: self._bring_into_view(self.lock if on else self.lock.box))
        self.result = ResultCard()
        layout.addWidget(self.state)
        layout.addLayout(self._pair)
        layout.addWidget(self.lock)
        layout.addWidget(self._build_start())
        layout.addWidget(self.result)
        layout.addStretch(1)
        self._area.setWidget(inside)
        outer.addWidget(self._area, 1)

    def _build_ways(self) -> QWidget:
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for text, signal in (
            (_("Các lần kết xuất…"), self.revisions_requested),
            (_("Hướng dẫn ký…"), self.signing_requested),
        ):
            button = QPushButton(text)
            button.setAccessibleName(text.rstrip("…"))
            button.clicked.connect(signal)
            row.addWidget(button)
        return ways

    def _build_start(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.final = QPushButton(_("Kết xuất bản chính thức"))
        self.final.setObjectName("main")
        self.draft = QPushButton(_("Kết xuất bản dự thảo"))
        for button, draft in ((self.final, False), (self.draft, True)):
            button.setAccessibleName(button.text())
            button.clicked.connect(lambda _checked=False, draft=draft: self.start(draft))
            row.addWidget(button)
        self._reason = _muted()
        row.addWidget(self._reason, 1)
        layout.addLayout(row)
        self.running = ExportProgress()
        self.stop_button = self.running.stop_button
        self.stop_button.clicked.connect(self.cancel)
        layout.addWidget(self.running)
        self.failure = QLabel()
        self.failure.setObjectName("error")
        self.failure.setTextFormat(Qt.TextFormat.PlainText)
        self.failure.setWordWrap(True)
        self.failure.hide()
        layout.addWidget(self.failure)
        return part

    # ---- load

    def load(self) -> None:
        self._refresh()

    def on_change(self, change: object) -> None:
        """The counts follow ``on_evaluated``; what was exported before is no longer the plan as it is."""
        self._is_old = True
        self.result.set_old()

    def on_evaluated(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        plan, errors = self.document.plan, self.document.count("error")
        self.lock.set_known((plan.unit_name, plan.unit_code, plan.subject))
        self.state.show_counts(errors, self.document.count("warning"), len(unread.unread(plan)))
        has_folder = bool(self.folder.text())
        self.final.setEnabled(not self.is_running and has_folder and not self._refused())
        self.draft.setEnabled(not self.is_running and has_folder)
        if not has_folder:
            reason = _("Hãy chọn thư mục nhận tệp.")
        elif self.document.is_reading:
            reason = _("Kho dữ liệu đang mở chỉ để đọc nên chỉ kết xuất được bản dự thảo.")
        elif errors:
            reason = _("Bản chính thức phải hết lỗi. Bản dự thảo được phép còn lỗi, in chữ DỰ THẢO trên mỗi trang.")
        else:
            reason = _("Bản chính thức này sẽ là lần kết xuất thứ {number}.").format(number=plan.revision + 1)
        self._reason.setText(reason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "result"):
            self._refresh()
            self._arrange()
            self.result.dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Another page or dialog may have exported, or taken back a signed one.
        self._refresh()

    def _arrange(self) -> None:
        """The two cards side by side, or with large letters one under the other."""
        is_wide = self.width() >= _WIDE * self.fontMetrics().height()
        self._pair.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    # ---- the work

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def start(self, draft: bool) -> None:
        """Export the plan as it is now; nothing where that cannot be, or is being done."""
        folder, path = self.folder.text(), self.folder.path()
        if self.is_running or not folder or (not draft and self._refused()) or not self.options.check():
            return
        if not self.lock.check():
            return
        self.settings.set(EXPORT_FOLDER, folder)
        data = plan_document.dump(self.document.plan)
        word, letter = self.options.word.isChecked(), self.options.letter()
        extras = Extras(word, letter, self.folder.drive(), self.lock.passphrase())
        self._is_old = False
        self.failure.hide()
        self.result.clear()
        self.running.begin(_("Đang kết xuất bản dự thảo…") if draft else _("Đang kết xuất bản chính thức…"))
        app = QCoreApplication.instance()
        assert app is not None
        # Not dropped with the page: where the files are written by then, their revision must be kept.
        job = self._job = worker.run(
            app,
            lambda progress: exporting.export(data, path, draft, progress, extras),
            self._on_done,
            self._on_failed,
            self._on_progress,
        )
        self.destroyed.connect(job.cancel)
        job.ended.connect(self._on_ended)
        self._refresh()
        self.stop_button.setFocus()
        self._bring_into_view(self.running)

    def _refused(self) -> bool:
        """Whether no final export can be made of the plan as it is, in a store as it is."""
        return bool(self.document.count("error")) or self.document.is_reading

    def cancel(self) -> None:
        """Stop an export that is running; nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()
            self.running.say(_("Đang dừng…"))

    def _on_progress(self, fraction: float) -> None:
        if isValid(self) and self._job is not None:
            self.running.show_part(fraction)
            if fraction >= WRITING and not self._job.is_cancelled:
                self.running.say(_("Đang ghi và kiểm tra lại…"))

    def _on_done(self, result: Result) -> None:
        if not result.draft and not self._keep(result):
            return
        if isValid(self):
            self.result.show_result(result)
            if self._is_old:
                self.result.set_old()
            self._bring_into_view(self.result)

    def _keep(self, result: Result) -> bool:
        """Keep the revision of files that are written; where that fails, they are taken back, and it is said why."""
        try:
            self._keep_revision(result)
        except BaseException as error:
            left = result.placed.take_back() if result.placed is not None else []
            if not isinstance(error, UserError):
                raise
            self._on_failed(files.told_with(str(error), left))
            return False
        if result.placed is not None:
            result.placed.settle()
        return True

    def _keep_revision(self, result: Result) -> None:
        store, plan_id = self.document.store, self.document.plan.id
        if any(kept.revision >= result.revision for kept in store.exports(plan_id)):
            raise ExportError(
                _("Lần kết xuất thứ {number} vừa được lưu ở nơi khác; hãy mở lại kế hoạch rồi kết xuất lại.").format(
                    number=result.revision
                )
            )
        label = N_("Kết xuất bản chính thức")
        if isValid(self.document):
            self.document.keep_export(result.revision, label, result.code, result.package)
        else:
            store.keep_export(plan_id, result.revision, label, result.code, result.package)

    def _on_failed(self, sentence: str) -> None:
        if isValid(self):
            self.failure.setText(sentence)
            self.failure.show()
            self._bring_into_view(self.failure)

    def _on_ended(self) -> None:
        self._job = None
        if not isValid(self):
            return
        had_focus = self.stop_button.hasFocus()
        self._refresh()
        if had_focus:
            self.enter()
        self.running.hide()

    def _bring_into_view(self, part: QWidget) -> None:
        # Once it has its place.
        QTimer.singleShot(0, self._area, lambda: self._area.ensureWidgetVisible(part, 0, 0))

    def enter(self) -> None:
        """Put the cursor where one goes on."""
        buttons = (self.result.open_folder, self.final, self.draft)
        ready = (button for button in buttons if button.isVisible() and button.isEnabled())
        first = next(ready, self.folder.field)
        first.setFocus()
        bring_into_view(first)


def _muted() -> QLabel:
    label = QLabel()
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label
