"""Sao lưu và khôi phục: the backups there are, what the chosen one holds, and taking plans back from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
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

from models.i18n import _
from models.settings import Settings
from models.store import Store, backups
from models.store.backups import Backup
from ui import restoring, worker
from ui.restoring import Preview, Restored
from ui.widgets.backup_place import BackupPlace
from ui.widgets.backups_view import BackupsView
from ui.widgets.changes_view import ChangesView
from ui.widgets.part_bar import PartBar

T = TypeVar("T")


class BackupsDialog(QDialog):
    """Enter on a plan shows what taking it back would change; Esc leads from there back to the lists.

    ``restoring`` comes before plans are taken back, while the open plan can still be left; ``restored`` after it.
    """

    restoring = Signal()
    restored = Signal(object)

    def __init__(self, parent: QWidget | None, store: Store, settings: Settings, plan_id: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.store, self.settings = store, settings
        self.folder = store.folder
        self._age = ""
        self._others: list[Backup] = []
        self._job: worker.Job[Any] | None = None
        self._is_restoring = False
        self.setWindowTitle(_("Sao lưu và khôi phục"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(self._build_head())
        self.pages = QStackedWidget()
        self.lists = BackupsView(self.folder, plan_id)
        self.lists.changed.connect(self._offer)
        self.lists.asked.connect(self.look)
        self.changes = ChangesView()
        self.place = BackupPlace(self.folder, settings)
        self.place.left.connect(self._on_place)
        for page in (self.lists, self.changes, self.place):
            self.pages.addWidget(page)
        layout.addWidget(self.pages, 1)
        layout.addLayout(self._build_foot())
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1280, 140 * width), min(680, 38 * self.fontMetrics().lineSpacing()))
        self._first: Path | None = None
        self.show_lists()
        self.load()

    # ---- build

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        self.title, self.intro = QLabel(), QLabel()
        self.title.setObjectName("title")
        self.intro.setObjectName("muted")
        for label in (self.title, self.intro):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        self.now = QPushButton(_("Sao lưu ngay"))
        self.now.clicked.connect(self.back_up)
        self.second = QPushButton(_("Nơi sao lưu thứ hai…"))
        self.second.clicked.connect(self.show_place)
        self.other = QPushButton(_("Mở bản khác…"))
        self.other.setToolTip(_("Mở một bản sao lưu ở thư mục hoặc ổ đĩa khác"))
        self.other.clicked.connect(self.pick)
        for button in (self.now, self.second, self.other):
            button.setAutoDefault(False)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back = QPushButton(_("Về danh sách"))
        self.back.clicked.connect(self.show_lists)
        said = QVBoxLayout()
        said.setSpacing(4)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName(_("Kết quả"))
        self.bar = PartBar(_("Tiến độ"))
        self.bar.hide()
        said.addWidget(self.said)
        said.addWidget(self.bar)
        self.stop = QPushButton(_("Dừng"))
        self.stop.clicked.connect(self._cancel)
        self.all = QPushButton(_("Khôi phục tất cả"))
        self.all.clicked.connect(self.restore_all)
        self.see = QPushButton(_("Xem thay đổi"))
        self.see.clicked.connect(self.look)
        self.one = QPushButton(_("Khôi phục kế hoạch này"))
        self.one.setObjectName("main")
        self.one.clicked.connect(self.restore_one)
        self.leave = QPushButton(_("Đóng"))
        self.leave.clicked.connect(self.close)
        row.addWidget(self.back)
        row.addLayout(said, 1)
        for button in (self.stop, self.all, self.see, self.one, self.leave):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.stop.hide()
        return row

    # ---- load

    def load(self, first: Path | None = None) -> None:
        """Look for the backups anew, and choose the one at ``first``; by default the newest."""
        self._first = first
        own, second = backups.folder_of(self.folder), backups.second_folder(self.folder)
        others = list(self._others)

        def work(_progress: worker.Progress) -> list[Backup]:
            # In a thread: a drive of a network that does not answer holds the system up for seconds.
            found = backups.listed(own, *([second] if second is not None else []))
            return [*others, *(one for one in found if one.path not in {other.path for other in others})]

        worker.run(self, work, self._take_list, lambda _sentence: None)

    def _take_list(self, found: list[Backup]) -> None:
        good = next((backup for backup in found if not backup.fault and backup.reason), None)
        advice = _("Chương trình tự sao lưu mỗi ngày có sửa đổi.")
        self._age = f"{restoring.age(good)} {advice}"
        self.lists.load(found, self._first)
        self.show_lists()
        self.lists.list.setFocus()

    def show_lists(self) -> None:
        """The first page."""
        self.pages.setCurrentWidget(self.lists)
        self.title.setText(_("Sao lưu và khôi phục"))
        self.intro.setText(self._age)
        self._offer()
        self.lists.focus()

    def show_place(self) -> None:
        """The page of the second folder."""
        self.place.load()
        self.pages.setCurrentWidget(self.place)
        self.title.setText(_("Nơi sao lưu thứ hai"))
        self.intro.setText(_("Máy hỏng hoặc mất thì bản sao lưu ở ổ đĩa khác vẫn còn: USB, ổ cứng ngoài."))
        self._tell("")
        self._offer()
        self.place.is_wanted.setFocus()

    def _on_place(self, sentence: str) -> None:
        self.show_lists()
        self._tell(sentence, "done")
        if sentence:
            self.load()

    def _offer(self) -> None:
        """Offer what can be done on this page, with what is chosen."""
        page = self.pages.currentWidget()
        line, is_free = self.lists.line(), self._job is None
        for button in (self.now, self.second, self.other):
            button.setVisible(page is self.lists)
            button.setEnabled(is_free)
        self.now.setEnabled(is_free and not self.store.is_reading)
        self.back.setVisible(page is self.changes)
        self.see.setVisible(page is self.lists)
        self.all.setVisible(page is self.lists)
        for button in (self.one, self.leave):
            button.setVisible(page is not self.place)
        self.leave.setEnabled(not self._is_restoring)
        can_restore = is_free and line is not None and not self.store.is_reading
        self.one.setEnabled(can_restore)
        self.all.setEnabled(can_restore)
        self.see.setEnabled(is_free and line is not None)

    def pick(self) -> None:
        """Open a backup that lies elsewhere."""
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Mở bản sao lưu"), "", _("Bản sao lưu (*.db *.db.zip);;Mọi tệp (*)")
        )
        if name:
            picked = backups.backup_at(Path(name))
            self._others = [picked, *(one for one in self._others if one.path != picked.path)]
            self.load(picked.path)

    # ---- making one

    def back_up(self) -> None:
        """Make a backup now, here and in the second folder."""
        folder, path = self.folder, self.store.path

        def work(progress: worker.Progress) -> backups.Outcome:
            second = backups.second_folder(folder)
            word = backups.passphrase(folder) if second is not None else ""
            return backups.back_up(path, folder, "asked", second, word, progress)

        def done(made: backups.Outcome) -> None:
            if made.problems:
                self._tell(" ".join(made.problems), "error" if not made.made else "warning")
            else:
                self._tell(_("Đã sao lưu và kiểm tra lại: bản sao lưu tốt."), "done")
            self.load(made.made[0].path if made.made else None)

        self._run(_("Đang sao lưu…"), work, done)

    # ---- taking back

    def look(self) -> None:
        """Show what taking the chosen plan back would change."""
        line, backup = self.lists.line(), self.lists.backup
        if line is None or backup is None:
            return
        folder, word, plan_id = self.folder, self.lists.passphrase(), line.plan.id
        self._run(
            _("Đang so sánh…"), lambda _progress: restoring.preview(folder, backup, word, plan_id), self._show_preview
        )

    def _show_preview(self, preview: Preview) -> None:
        self._tell("")
        self.title.setText(_("Khôi phục sẽ đổi: {name}").format(name=preview.name))
        self.intro.setText(f"{preview.summary}\n{preview.sums}")
        self.changes.show_lines(preview.lines, preview.template)
        self.pages.setCurrentWidget(self.changes)
        self._offer()
        (self.changes.list if preview.lines else self.one).setFocus()

    def restore_one(self) -> None:
        """Take the chosen plan back."""
        if (line := self.lists.line()) is not None:
            self._restore([line.plan.id])

    def restore_all(self) -> None:
        """Take back all plans that are not in the bin of the backup."""
        self._restore([line.plan.id for line in self.lists.held.lines() if not line.plan.is_deleted])

    def _restore(self, plan_ids: list[str]) -> None:
        backup = self.lists.backup
        if backup is None or not plan_ids or self._job is not None:
            return
        folder, word = self.folder, self.lists.passphrase()
        self.restoring.emit()
        self._is_restoring = True

        def done(result: Restored) -> None:
            self._is_restoring = False
            # Closed first: what is opened in the window then takes the keyboard.
            self.close()
            self.restored.emit(result)

        self._run(_("Đang khôi phục…"), lambda _progress: restoring.restore(folder, backup, word, plan_ids), done)

    def reject(self) -> None:
        # The window waits with no plan open for what comes of it.
        if not self._is_restoring:
            super().reject()

    # ---- work, and what is said of it

    def _run(self, doing: str, work: Callable[[worker.Progress], T], done: Callable[[T], None]) -> None:
        if self._job is not None:
            return
        self._tell(doing)
        self.bar.show_part(0)
        self.bar.show()
        self._job = worker.run(self, work, done, lambda sentence: self._tell(sentence, "error"), self.bar.show_part)
        self._job.ended.connect(self._on_ended)
        self.stop.setVisible(not self._is_restoring)
        self._offer()

    def _on_ended(self) -> None:
        if self._job is not None and self._job.is_cancelled:
            self._tell(_("Đã dừng."))
        self._job = None
        self.bar.hide()
        self.stop.hide()
        if self._is_restoring:
            # It failed, whatever the reason.
            self._is_restoring = False
            self.restored.emit(None)
        self._offer()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _tell(self, sentence: str, kind: str = "muted") -> None:
        self.said.setObjectName(kind)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.pages.currentWidget()
        if event.key() == Qt.Key.Key_Escape and page is not self.lists:
            self.show_lists()
        else:
            super().keyPressEvent(event)
