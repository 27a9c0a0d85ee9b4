"""The backups there are, and under them the plans in the chosen one, which is opened in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from models.errors import UserError
from models.i18n import _
from models.store import backups
from models.store.backups import Backup
from ui import restoring, worker
from ui.widgets.backup_lists import BackupList, HeldLine, HeldList
from ui.widgets.passphrase_field import PassphraseField

#: How long (milliseconds) the arrow keys rest on a backup before it is opened.
_REST = 200


class BackupsView(QSplitter):
    """``changed`` comes when another plan is chosen, or none; ``asked`` with Enter or a double click on one."""

    changed = Signal()
    asked = Signal()

    def __init__(self, folder: Path, plan_id: str) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._folder, self._plan_id = folder, plan_id
        self.backup: Backup | None = None
        self._words: dict[Path, str] = {}
        self._opening: worker.Job[Any] | None = None
        self.setObjectName("plain")
        self.setChildrenCollapsible(False)
        self.list, self.held = BackupList(), HeldList()
        self.list.chosen.connect(self._on_chosen)
        self.held.moved.connect(self.changed)
        self.held.itemDoubleClicked.connect(lambda *_item: self.asked.emit())
        self.addWidget(self.list)
        self.addWidget(self._build_below())
        self.setSizes([220, 260])
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.open_backup)

    def _build_below(self) -> QWidget:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        column.addWidget(self.heading)
        self.word = PassphraseField(_("Mật khẩu của bản sao lưu"), confirm=False)
        self.unlock = QPushButton(_("Mở khóa"))
        self.unlock.setAutoDefault(False)
        self.unlock.clicked.connect(self.try_word)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.word, 1)
        row.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.held, 1)
        # Where the list of plans is hidden, what stands over it stays at the top.
        column.addStretch(0)
        return below

    def load(self, found: Sequence[Backup], first: Path | None = None) -> None:
        """Show these backups, the one at ``first`` chosen, where it is one of them."""
        self.list.load(found, backups.folder_of(self._folder))
        if first is not None:
            self.list.choose(first)

    def focus(self) -> None:
        """Put the cursor where one begins."""
        (self.held if self.held.topLevelItemCount() else self.list).setFocus()

    def line(self) -> HeldLine | None:
        """The plan that is chosen."""
        return self.held.current() if self.held.isVisibleTo(self) else None

    # ---- opening a backup

    def _on_chosen(self, backup: Backup | None) -> None:
        self.backup = backup
        self.held.load([])
        self._show_word(False)
        if backup is None:
            self.heading.setText(_("Chưa có bản sao lưu nào; bấm Sao lưu ngay để có bản đầu tiên."))
        elif backup.fault:
            self.heading.setText(backup.fault)
        else:
            self.heading.setText(_("Đang mở bản sao lưu…"))
            self._rest.start()

    def open_backup(self) -> None:
        """Read what the chosen backup holds."""
        backup = self.backup
        if backup is None or backup.fault:
            return
        if self._opening is not None:
            self._opening.drop()
        folder, word = self._folder, self.passphrase()
        if backup.is_locked and not word:
            self._ask_word("")
            return

        def take(lines: list[HeldLine]) -> None:
            if backup == self.backup:
                was_asked = self.word.isVisible()
                self._show_word(False)
                self.heading.setText(_held_text(lines))
                self.held.load(lines, self._plan_id)
                if was_asked:
                    self.held.setFocus()

        def fail(sentence: str) -> None:
            if backup != self.backup:
                return
            if backup.is_locked:
                self._words.pop(backup.path, None)
                self._ask_word(sentence)
            else:
                self.heading.setText(sentence)

        self._opening = worker.run(self, lambda _progress: restoring.look(folder, backup, word), take, fail)

    def passphrase(self) -> str:
        """The passphrase of the chosen backup: the one typed for it, else the one that is kept."""
        backup = self.backup
        if backup is None or not backup.is_locked:
            return ""
        if backup.path in self._words:
            return self._words[backup.path]
        try:
            return backups.passphrase(self._folder)
        except UserError:
            return ""

    def _ask_word(self, sentence: str) -> None:
        self.heading.setText(_("Bản sao lưu này có mật khẩu:"))
        self._show_word(True)
        if sentence:
            self.word.say(sentence)
            self.word.setFocus()

    def _show_word(self, is_wanted: bool) -> None:
        self.word.setVisible(is_wanted)
        self.unlock.setVisible(is_wanted)
        self.held.setVisible(not is_wanted)
        self.changed.emit()

    def try_word(self) -> None:
        """Open the chosen backup with what is typed."""
        if self.backup is not None and self.word.text():
            self._words[self.backup.path] = self.word.text()
            self.word.clear()
            self.open_backup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.held.hasFocus() and self.line() is not None:
                self.asked.emit()
                return
            if self.word.isVisible() and self.word.line.hasFocus():
                self.try_word()
                return
        super().keyPressEvent(event)


def _held_text(lines: Sequence[HeldLine]) -> str:
    count = sum(not line.plan.is_deleted for line in lines)
    if binned := len(lines) - count:
        text = _("Trong bản sao lưu này ({count} kế hoạch, {binned} kế hoạch trong thùng rác):")
        return text.format(count=count, binned=binned)
    return _("Trong bản sao lưu này ({count} kế hoạch):").format(count=count)
