"""The final exports of the open plan: each can be given out again as it was, opened, and compared with another."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models import document as plan_document
from models.errors import UserError
from models.exports import files, kept
from models.i18n import _
from models.settings import EXPORT_FOLDER, Settings
from ui import saving, worker
from ui.comparing import Compared, State, compare_states
from ui.document import Document
from ui.widgets.changes_view import ChangesView
from ui.widgets.empty import EmptyState
from ui.widgets.revision_list import RevisionList

T = TypeVar("T")


class RevisionsDialog(QDialog):
    """A list of final exports; comparing two states leads to a second page, and Esc from there back to the list."""

    #: The user wants to make a final export.
    export_requested = Signal()

    def __init__(self, parent: QWidget | None, document: Document, settings: Settings) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.document, self.settings = document, settings
        self.compared: Compared | None = None
        self._written = Path()
        self._job: worker.Job[Any] | None = None
        self.setWindowTitle(_("Các lần kết xuất"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        self.title, self.intro = QLabel(), QLabel()
        self.title.setObjectName("title")
        self.intro.setObjectName("muted")
        for label in (self.title, self.intro):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self.revisions = RevisionList()
        self.revisions.again_asked.connect(self.export_again)
        self.revisions.pdf_asked.connect(self.show_pdf)
        self.revisions.compare_asked.connect(self.compare)
        self.changes = ChangesView()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.revisions)
        self._pages.addWidget(self.changes)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self._build_foot())
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1280, 140 * width), min(660, 34 * self.fontMetrics().lineSpacing()))
        self.load()

    # ---- build

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back = QPushButton(_("Về danh sách"))
        self.back.clicked.connect(self.show_list)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName(_("Kết quả"))
        self.open_folder = QPushButton(_("Mở thư mục"))
        self.open_folder.setObjectName("quiet")
        self.open_folder.setAccessibleName(_("Mở thư mục chứa các tệp"))
        self.open_folder.clicked.connect(lambda: _open(self._written))
        self.workbook = QPushButton(_("Xuất bảng so sánh…"))
        self.workbook.clicked.connect(self.export_comparison)
        close = QPushButton(_("Đóng"))
        close.clicked.connect(self.close)
        row.addWidget(self.back)
        row.addWidget(self.said, 1)
        for button in (self.open_folder, self.workbook, close):
            row.addWidget(button)
        return row

    def _nothing(self) -> EmptyState:
        """What is said before the first final export."""
        sentence = _(
            "Mỗi lần kết xuất bản chính thức được giữ nguyên ở đây, để xuất lại hoặc so sánh về sau. "
            "Hãy sửa hết lỗi rồi chọn Kết xuất bản chính thức ở trang Kết xuất."
        )
        if self.document.plan.revision:
            sentence += " " + _("Các lần kết xuất ở máy khác hoặc trước đây không có trong kho này.")
        heading = _("Chưa có bản chính thức nào")
        return EmptyState("archive", heading, sentence, _("Đến trang Kết xuất"), self._go_to_export)

    def _go_to_export(self) -> None:
        self.export_requested.emit()
        self.close()

    # ---- load

    def load(self) -> None:
        """Show the final exports that the store keeps, or how to make the first one."""
        failure, has_any = "", False
        try:
            has_any = self.revisions.load(self.document)
        except UserError as error:
            failure = str(error)
        if not has_any:
            self._pages.insertWidget(0, self._nothing())
        self.show_list()
        self._tell(failure, "error")

    def show_list(self) -> None:
        """The first page."""
        self._pages.setCurrentIndex(0)
        self.title.setText(_("Các lần kết xuất"))
        self.intro.setText(
            _("Mỗi bản chính thức được giữ nguyên trong kho: có thể xuất lại đúng từng byte, hoặc so sánh hai bản.")
        )
        page = self._pages.currentWidget()
        self.intro.setVisible(page is self.revisions)
        for button in (self.back, self.workbook, self.open_folder):
            button.hide()
        self._tell("")
        # On the other page it is not seen, and Enter there does nothing.
        self.revisions.compare.setDefault(True)
        (page.button if isinstance(page, EmptyState) else self.revisions.list).setFocus()

    # ---- giving out again

    def export_again(self, chosen: State) -> None:
        """Write the files of an export into a folder that the user chooses."""
        if self._job is not None:
            return
        folder = QFileDialog.getExistingDirectory(self, _("Thư mục nhận tệp"), self.settings.text(EXPORT_FOLDER))
        package = self._package(chosen) if folder else None
        if package is None:
            return
        self.settings.set(EXPORT_FOLDER, folder)
        target = Path(folder)

        def work() -> list[Path]:
            return list(kept.write_kept(kept.unpack_kept(package), target).values())

        def done(paths: list[Path]) -> None:
            names = ", ".join(path.name for path in paths)
            self._told_written(_("Đã ghi vào “{folder}”: {files}.").format(folder=folder, files=names), target)

        self._run(_("Đang ghi…"), work, done)

    def show_pdf(self, chosen: State) -> None:
        """Open a copy of the PDF, the signed one where it came back, in the program that shows PDFs."""
        package = None if self._job is not None else self._package(chosen)
        if package is None:
            return
        try:
            signed = self.document.store.signed_pdf(self.document.plan.id, chosen.revision)
        except UserError as error:
            self._tell(str(error), "error")
            return

        def work() -> Path:
            found = kept.unpack_kept(package)
            name = kept.by_kind(found)["pdf"]
            path = _temporary_folder() / name
            files.write_all({path: signed or found[name]})
            return path

        def done(path: Path) -> None:
            if _open(path):
                sentence = _("Đã mở bản sao tạm của “{file}”; muốn giữ tệp, hãy dùng Xuất lại.")
                self._tell(sentence.format(file=path.name))
            else:
                sentence = _("Máy không có chương trình mở tệp PDF; hãy dùng Xuất lại rồi mở tệp ở máy khác.")
                self._tell(sentence, "error")

        self._run(_("Đang mở…"), work, done)

    def _package(self, chosen: State) -> bytes | None:
        """The package of an export; where it cannot be read, that is told."""
        try:
            return self.document.store.exported_package(self.document.plan.id, chosen.revision)
        except UserError as error:
            self._tell(str(error), "error")
            return None

    # ---- comparing

    def compare(self, older: State, newer: State) -> None:
        """Show what changed from one state to the other."""
        if self._job is not None:
            return
        sources: list[bytes | plan_document.Document] = []
        for state in (older, newer):
            source = self._package(state) if state.revision else plan_document.dump(self.document.plan)
            if source is None:
                return
            sources.append(source)
        self._run(_("Đang so sánh…"), lambda: compare_states((older, newer), sources), self._show_comparison)

    def _show_comparison(self, compared: Compared) -> None:
        self.compared = compared
        older, newer = compared.states
        self.title.setText(_("So sánh: {before} → {after}").format(before=older.name(), after=newer.name()))
        self.intro.setText(compared.summary)
        self.changes.show_lines(compared.lines, compared.template)
        self._pages.setCurrentWidget(self.changes)
        self.back.show()
        self.workbook.setVisible(not compared.found.is_empty)
        self._tell("")
        (self.changes.list if compared.lines else self.back).setFocus()

    def export_comparison(self) -> None:
        """Write what is compared as a workbook, where the user says."""
        compared = self.compared
        if compared is None or self._job is not None:
            return
        first = Path(self.settings.text(EXPORT_FOLDER)) / f"{compared.stem}.xlsx"
        try:
            target = saving.ask(self, _("Xuất bảng so sánh"), first, _("Bảng tính Excel (*.xlsx)"))
        except UserError as error:
            self._tell(str(error), "error")
            return
        if target is None:
            return

        def work() -> None:
            from models.exports import comparison

            before, after = (state.name(str) for state in compared.states)
            files.write_all({target: comparison.render(compared.found, compared.template, before, after)})

        sentence = _("Đã ghi “{file}”.").format(file=target)
        self._run(_("Đang ghi…"), work, lambda _nothing: self._told_written(sentence, target.parent))

    # ---- work, and what is said of it

    def _run(self, doing: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do ``work`` in a thread; until it is done, nothing else is begun."""
        self._tell(doing)
        self.open_folder.hide()
        self._job = worker.run(self, lambda _progress: work(), done, lambda sentence: self._tell(sentence, "error"))
        self._job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._job = None

    def _told_written(self, sentence: str, folder: Path) -> None:
        self._written = folder
        self.open_folder.show()
        self._tell(sentence, "done")

    def _tell(self, sentence: str, kind: str = "muted") -> None:
        self.said.setObjectName(kind)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pages.currentWidget() is self.changes:
            self.show_list()
        else:
            super().keyPressEvent(event)


def _open(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


@functools.cache
def _temporary_folder() -> Path:
    """For copies that are only looked at; they go when the program ends, as far as no viewer holds them."""
    folder = Path(tempfile.mkdtemp(prefix="kehoachso-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
