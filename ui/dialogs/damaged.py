"""What is shown before the main window where the store is damaged: what is left of its plans, and the way on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from models import document
from models.errors import UserError
from models.i18n import _
from models.plan import Plan
from models.store import access, backups, recovery
from ui import icons, theme, worker
from ui.widgets.part_bar import PartBar
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.salvaged_list import Found, SalvagedList

_ICON = 32


def recover(folder: Path, why: str, in_window: bool = False) -> str | None:
    """Have the user recover the damaged store in ``folder``; ``why`` is a part of a sentence, and may be empty.

    ``in_window``: the window stands, and comes back where nothing is done.

    Gives the sentence that the window says then; ``None`` where the user would rather do nothing: the store is
    untouched. ``UserError`` where nothing can be done now, because another program has the store, say.
    """
    held, release = access.ask(folder, lambda: True)
    if held is not None:
        raise UserError(held())
    try:
        aside = recovery.finish(folder)
        if aside is not None:
            return _kept_at(_("Đã khôi phục kho dữ liệu."), aside)
        dialog = DamagedDialog(folder, why, in_window)
        return dialog.told if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        release()


def _check(plan: Plan) -> None:
    document.load(document.dump(plan))


def _kept_at(sentence: str, aside: Path | None) -> str:
    if aside is None:
        return sentence
    return sentence + " " + _("Tệp hỏng được giữ nguyên ở “{file}”.").format(file=aside)


class DamagedDialog(QDialog):
    """Says what happened, looks through the file in a thread, lists the plans found; ``told`` is said afterwards.

    Space, or a double click, takes a plan from the backup instead of the damaged file, and back.
    """

    def __init__(self, folder: Path, why: str, in_window: bool = False) -> None:
        super().__init__()
        self.folder, self.told = folder, ""
        self.found: Found | None = None
        self._picked: backups.Backup | None = None
        self._job: worker.Job[Any] | None = None
        self._is_restoring = False
        self.setWindowTitle(_("Kế Hoạch Số"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(self._build_head(why))
        self.bar = PartBar(_("Tiến độ"))
        layout.addWidget(self.bar)
        self.list = SalvagedList()
        self.list.currentItemChanged.connect(lambda *_items: self._show())
        self.list.itemDoubleClicked.connect(lambda *_item: self.swap())
        self.list.installEventFilter(self)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._build_detail())
        layout.addLayout(self._build_lock())
        layout.addLayout(self._build_foot(_("Để sau") if in_window else _("Đóng chương trình")))
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1100, 118 * width), min(680, 34 * self.fontMetrics().lineSpacing()))
        self.look()

    # ---- build

    def _build_head(self, why: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        mark = QLabel()
        mark.setPixmap(icons.icon(icons.STATES["warning"], theme.colours().warning).pixmap(_ICON, _ICON))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        heading = QLabel(_("Kho dữ liệu bị hỏng"))
        heading.setObjectName("title")
        self.sentence, self.sum = QLabel(), QLabel()
        path = self.folder / "kehoachso.db"
        self.sentence.setText(
            _(
                "Tệp “{file}” không đọc được bình thường{why}. Chương trình sẽ khôi phục các kế hoạch; tệp hỏng được "
                "giữ nguyên bên cạnh dưới tên khác, không bị xóa."
            ).format(file=path, why=f" ({why})" if why else "")
        )
        self.sum.setObjectName("heading")
        for label in (heading, self.sentence, self.sum):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        return row

    def _build_detail(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setAccessibleName(_("Tình trạng của kế hoạch đang chọn"))
        self.swap_button = QPushButton()
        self.swap_button.setObjectName("quiet")
        self.swap_button.clicked.connect(self.swap)
        row.addWidget(self.detail, 1)
        row.addWidget(self.swap_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _build_lock(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.word = PassphraseField(_("Mật khẩu của bản sao lưu"), confirm=False)
        self.word.line.installEventFilter(self)
        self.unlock = QPushButton(_("Mở khóa"))
        self.unlock.clicked.connect(self.look)
        row.addWidget(self.word, 1)
        row.addWidget(self.unlock)
        for widget in (self.word, self.unlock):
            widget.hide()
        return row

    def _build_foot(self, leave: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.pick = QPushButton(_("Dùng bản sao lưu khác…"))
        self.pick.clicked.connect(self.pick_backup)
        self.leave = QPushButton(leave)
        self.leave.setToolTip(_("Không đổi gì cả; lần mở sau sẽ hỏi lại"))
        self.leave.clicked.connect(self.reject)
        self.go = QPushButton(_("Khôi phục và mở"))
        self.go.setObjectName("main")
        self.go.setDefault(True)
        self.go.clicked.connect(self.restore)
        row.addWidget(self.pick)
        row.addStretch(1)
        for button in (self.leave, self.go):
            row.addWidget(button)
        return row

    # ---- looking through the file

    def look(self) -> None:
        """Find out what is left, with the backup that was picked or the newest good one."""
        if self._job is not None:
            return
        folder, picked, word = self.folder, self._picked, self.word.text()

        def work(progress: worker.Progress) -> Found:
            with backups.opened(picked, word) if picked else recovery.newest_backup(folder) as contents:
                plans = recovery.look_through(folder, contents, _check, progress)
                return Found(plans, contents.backup if contents is not None else None)

        self._show_lock(False)
        self._is_restoring = False
        self._begin(_("Đang xem tệp hỏng còn những gì…"))
        self._job = worker.run(self, work, self._take, self._fail, self.bar.show_part)
        self._job.ended.connect(self._on_ended)

    def _begin(self, doing: str) -> None:
        self.sum.setText(doing)
        self.bar.show_part(0)
        self.bar.show()
        for button in (self.go, self.pick, self.swap_button):
            button.setEnabled(False)
        self.leave.setEnabled(not self._is_restoring)

    def _on_ended(self) -> None:
        self._job = None
        self.bar.hide()
        self.pick.setEnabled(True)
        self.leave.setEnabled(True)
        self.go.setEnabled(self.found is not None)
        self._show()
        if self.found is not None and self.isVisible() and not self.word.isVisible():
            (self.list if self.found.plans else self.go).setFocus()

    def _fail(self, sentence: str) -> None:
        self.sum.setText(sentence)
        if self._picked is not None and self._picked.is_locked and not self._is_restoring:
            self._show_lock(True)
            self.word.say(sentence)

    def _take(self, found: Found) -> None:
        self.found = found
        self.list.load(found)
        self._tell_sum()
        self._show()

    # ---- what is said

    def _tell_sum(self) -> None:
        found, count = self.found, len(self.list.sources())
        assert found is not None
        if not found.plans:
            sentence = _("Không tìm thấy kế hoạch nào trong tệp, và không có bản sao lưu nào mở được.")
        elif found.backup is None:
            sentence = _("Khôi phục được {count} trên {of} kế hoạch. Không có bản sao lưu nào mở được.")
        else:
            sentence = _("Khôi phục được {count} trên {of} kế hoạch, nhờ cả bản sao lưu {when}.")
        self.sum.setText(sentence.format(count=count, of=len(found.plans), when=found.when()))
        self.go.setText(_("Khôi phục và mở") if count else _("Mở với kho dữ liệu mới"))

    def _show(self) -> None:
        """Say of the chosen plan what is left of it, and offer the other source."""
        self.detail.setText(self.list.detail())
        self.detail.setVisible(bool(self.list.detail()))
        self.swap_button.setVisible(self.list.can_swap())
        self.swap_button.setEnabled(self._job is None)
        self.swap_button.setText(_("Lấy từ tệp hỏng") if self.list.is_from_backup() else _("Lấy từ bản sao lưu"))

    def swap(self) -> None:
        """Take the chosen plan from the other source."""
        if self._job is None:
            self.list.swap()
            self._tell_sum()
            self._show()

    # ---- another backup

    def pick_backup(self) -> None:
        """Ask for a backup, on a USB stick perhaps, and look again with it."""
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Chọn bản sao lưu"), "", _("Bản sao lưu (*.db *.db.zip);;Mọi tệp (*)")
        )
        if not name:
            return
        self._picked = backups.backup_at(Path(name))
        self.word.clear()
        if self._picked.is_locked:
            self.sum.setText(_("Bản sao lưu “{file}” có mật khẩu.").format(file=self._picked.path.name))
            self._show_lock(True)
        else:
            self.look()

    def _show_lock(self, is_wanted: bool) -> None:
        self.word.setVisible(is_wanted)
        self.unlock.setVisible(is_wanted)
        if is_wanted:
            self.word.setFocus()

    # ---- making the new store

    def restore(self) -> None:
        """Make a new store of what the list shows, and put it in the place of the damaged one."""
        if self._job is not None or self.found is None:
            return
        folder, plans = self.folder, self.list.sources()

        def work(_progress: worker.Progress) -> tuple[int, Path | None]:
            kept = recovery.rebuild(folder, plans, _check)
            return len(kept), recovery.put_in_place(folder)

        def done(made: tuple[int, Path | None]) -> None:
            count, aside = made
            self.told = _kept_at(_("Đã khôi phục {count} kế hoạch.").format(count=count), aside)
            self.accept()

        self._is_restoring = True
        self._begin(_("Đang lập kho dữ liệu mới…"))
        self._job = worker.run(self, work, done, self._fail)
        self._job.ended.connect(self._on_ended)

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.list and event.key() == Qt.Key.Key_Space:
                self.swap()
                return True
            if watched is self.word.line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.look()
                return True
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        if self._job is not None and result != QDialog.DialogCode.Accepted:
            if self._is_restoring:
                # Whoever goes on would open the damaged store while it is being moved away.
                return
            self._job.drop()
        super().done(result)
