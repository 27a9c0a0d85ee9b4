"""The page from which the plan leaves the program: PDF, workbook and package, draft or final."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from models import document as plan_document
from models.errors import ExportError, UserError
from models.evaluate import evaluate
from models.i18n import N_, _
from models.settings import Settings
from ui import icons, theme, worker
from ui.document import Document
from ui.pages.page import Page, card, titled
from ui.widgets.export_result import Result, ResultCard
from ui.widgets.folder_card import FolderCard

_SETTING = "export_folder"
_STEPS = 1000
_WIDTH = 920


def export(data: plan_document.Document, folder: Path, draft: bool, progress: worker.Progress) -> Result:
    """Make the files of a plan document and write them; a final export raises the revision in them. For a thread.

    ``ExportError`` where a final one still has errors, whatever the window knew of them.
    """
    from models.exports import package

    found = evaluate(plan_document.load(data))
    plan = found.plan
    if not draft:
        if errors := found.count("error"):
            raise ExportError(_("Chưa kết xuất được bản chính thức: còn {count} lỗi.").format(count=errors))
        plan.revision += 1
    exported = package.build(plan, found.template, draft=draft, progress=progress)
    paths = package.write(exported, folder)
    files = {kind: (paths[kind].name, len(file.data)) for kind, file in exported.files.items()}
    return Result(folder, files, exported.code, plan.revision, draft, exported.package.data)


class ExportPage(Page):
    """Says whether the plan is ready, and exports it in the background; ``is_running`` while it does."""

    findings_requested = Signal()

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__(document)
        self.settings = settings
        self._job: worker.Job[Result] | None = None
        self._build()
        self.load()

    # ---- build

    def _build(self) -> None:
        outer, _title = titled(self, _("Kết xuất gói nộp"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        sides = QHBoxLayout(inside)
        sides.setContentsMargins(0, 0, 0, 0)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        sides.addWidget(column, 1)
        sides.addStretch(0)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self.folder = FolderCard(str(self.settings.get(_SETTING) or ""))
        self.folder.changed.connect(self._refresh)
        self.result = ResultCard()
        for part in (self._build_state(), self.folder, self._build_start(), self.result):
            layout.addWidget(part)
        layout.addStretch(1)
        area.setWidget(inside)
        outer.addWidget(area, 1)

    def _build_state(self) -> QFrame:
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self._mark = QLabel()
        row.addWidget(self._mark)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self._state = QLabel()
        self._state.setObjectName("heading")
        self._state.setWordWrap(True)
        self._counts = _muted()
        texts.addWidget(self._state)
        texts.addWidget(self._counts)
        row.addLayout(texts, 1)
        self.findings_button = QPushButton(_("Xem lỗi"))
        self.findings_button.setAccessibleName(_("Xem danh sách lỗi và cảnh báo"))
        self.findings_button.clicked.connect(self.findings_requested)
        row.addWidget(self.findings_button)
        return frame

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
        self._running = QWidget()
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.setSpacing(12)
        self._doing = QLabel(_("Đang kết xuất…"))
        running.addWidget(self._doing)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(10)
        self._bar.setAccessibleName(_("Tiến độ kết xuất"))
        running.addWidget(self._bar, 1)
        self.stop_button = QPushButton(_("Dừng"))
        self.stop_button.setAccessibleName(_("Dừng kết xuất"))
        self.stop_button.clicked.connect(self.cancel)
        running.addWidget(self.stop_button)
        self._running.hide()
        layout.addWidget(self._running)
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
        self.result.set_old()

    def on_evaluated(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        c = theme.colours()
        errors, warnings = self.document.count("error"), self.document.count("warning")
        kind, colour = ("error", c.error) if errors else ("warning", c.warning) if warnings else ("done", c.done)
        size = round(self.fontMetrics().ascent() * 2)
        self._mark.setPixmap(icons.icon(icons.STATES[kind], colour).pixmap(size, size))
        if errors:
            self._state.setText(_("Chưa kết xuất được bản chính thức: còn {count} lỗi.").format(count=errors))
        elif warnings:
            self._state.setText(_("Kết xuất được; nên xem lại {count} cảnh báo.").format(count=warnings))
        else:
            self._state.setText(_("Kế hoạch đã sẵn sàng để kết xuất."))
        counts = _("{errors} lỗi, {warnings} cảnh báo").format(errors=errors, warnings=warnings)
        self._counts.setText(counts if errors or warnings else _("Không có lỗi, không có cảnh báo."))
        self.findings_button.setVisible(bool(errors or warnings))
        self.findings_button.setText(_("Xem lỗi") if errors else _("Xem cảnh báo"))
        has_folder = bool(self.folder.text())
        self.final.setEnabled(not self.is_running and has_folder and not errors)
        self.draft.setEnabled(not self.is_running and has_folder)
        if not has_folder:
            reason = _("Hãy chọn thư mục nhận tệp.")
        elif errors:
            reason = _("Bản chính thức phải hết lỗi. Bản dự thảo được phép còn lỗi, in chữ DỰ THẢO trên mỗi trang.")
        else:
            reason = _("Bản chính thức này sẽ là lần kết xuất thứ {number}.").format(
                number=self.document.plan.revision + 1
            )
        self._reason.setText(reason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "result"):
            self._refresh()
            self.result.dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.folder.look_for_drives()

    # ---- the work

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def start(self, draft: bool) -> None:
        """Export the plan as it is now; nothing where that cannot be, or is being done."""
        folder, path = self.folder.text(), self.folder.path()
        if self.is_running or not folder or (not draft and self.document.count("error")):
            return
        self.settings.set(_SETTING, folder)
        data = plan_document.dump(self.document.plan)
        self.failure.hide()
        self.result.clear()
        self._bar.setValue(0)
        self._doing.setText(_("Đang kết xuất bản dự thảo…") if draft else _("Đang kết xuất bản chính thức…"))
        self._running.show()
        app = QCoreApplication.instance()
        assert app is not None
        # Not dropped with the page: where the files are written by then, their revision must be kept.
        job = self._job = worker.run(
            app,
            lambda progress: export(data, path, draft, progress),
            self._on_done,
            self._on_failed,
            self._on_progress,
        )
        self.destroyed.connect(job.cancel)
        job.ended.connect(self._on_ended)
        self._refresh()
        self.stop_button.setFocus()

    def cancel(self) -> None:
        """Stop an export that is running; nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()
            self._doing.setText(_("Đang dừng…"))

    def _on_progress(self, fraction: float) -> None:
        if isValid(self):
            self._bar.setValue(round(fraction * _STEPS))

    def _on_done(self, result: Result) -> None:
        if not result.draft:
            try:
                self._keep(result)
            except UserError as error:
                self._on_failed(str(error))
        if isValid(self):
            self.result.show_result(result)

    def _keep(self, result: Result) -> None:
        label = N_("Kết xuất bản chính thức")
        if isValid(self.document):
            self.document.keep_export(result.revision, label, result.code, result.package)
        else:
            plan_id = self.document.plan.id
            self.document.store.keep_export(plan_id, result.revision, label, result.code, result.package)

    def _on_failed(self, sentence: str) -> None:
        if isValid(self):
            self.failure.setText(sentence)
            self.failure.show()

    def _on_ended(self) -> None:
        self._job = None
        if not isValid(self):
            return
        had_focus = self.stop_button.hasFocus()
        self._refresh()
        if had_focus:
            self.enter()
        self._running.hide()

    def enter(self) -> None:
        """Put the cursor where one goes on."""
        buttons = (self.result.open_folder, self.final, self.draft)
        ready = (button for button in buttons if button.isVisible() and button.isEnabled())
        next(ready, self.folder.field).setFocus()


def _muted() -> QLabel:
    label = QLabel()
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label
