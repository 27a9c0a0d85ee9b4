"""Where backups go besides this machine: a second folder or drive, and the passphrase of the copies there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.errors import UserError
from models.i18n import _
from models.settings import BACKUP_FOLDER, Settings
from models.store import backups
from ui.widgets.folder_card import FolderCard
from ui.widgets.passphrase_field import PassphraseField


class BackupPlace(QWidget):
    """``left`` comes with a sentence once it is kept, with none where nothing shall change."""

    left = Signal(str)

    def __init__(self, data_folder: Path, settings: Settings) -> None:
        super().__init__()
        self._data_folder, self._settings = data_folder, settings
        self._had_word = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.is_wanted = QCheckBox(_("Sao lưu thêm sang thư mục hoặc ổ đĩa thứ hai"))
        self.is_wanted.toggled.connect(self._offer)
        layout.addWidget(self.is_wanted)
        self.card = FolderCard(settings.text(BACKUP_FOLDER), _("Nơi sao lưu thứ hai"))
        layout.addWidget(self.card)
        layout.addWidget(self._build_lock())
        self.problem = QLabel()
        self.problem.setObjectName("error")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addLayout(self._build_foot())

    def _build_lock(self) -> QFrame:
        self.lock_card = QFrame()
        self.lock_card.setObjectName("card")
        inside = QVBoxLayout(self.lock_card)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(8)
        self.is_locked = QCheckBox(_("Khóa các bản sao lưu ở đó bằng mật khẩu"))
        self.is_locked.toggled.connect(self._offer)
        inside.addWidget(self.is_locked)
        self.note = QLabel()
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        inside.addWidget(self.note)
        self.word = PassphraseField(known=[self._settings.text("unit")])
        inside.addWidget(self.word)
        return self.lock_card

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.cancel = QPushButton(_("Không đổi"))
        self.cancel.clicked.connect(lambda: self.left.emit(""))
        self.keep = QPushButton(_("Lưu"))
        self.keep.setObjectName("main")
        self.keep.clicked.connect(self.save)
        for button in (self.cancel, self.keep):
            row.addWidget(button)
        return row

    def load(self) -> None:
        """Show what is set."""
        folder = self._settings.text(BACKUP_FOLDER)
        problem = ""
        try:
            self._had_word = bool(backups.passphrase(self._data_folder))
        except UserError as error:
            self._had_word, problem = False, str(error)
        self.card.field.setText(folder)
        self.is_wanted.setChecked(bool(folder))
        self.is_locked.setChecked(self._had_word)
        self.word.clear()
        self._say(problem)
        self._offer()
        self.is_wanted.setFocus()

    def _offer(self) -> None:
        is_wanted = self.is_wanted.isChecked()
        self.card.setVisible(is_wanted)
        self.lock_card.setVisible(is_wanted)
        self.word.setVisible(self.is_locked.isChecked())
        if self._had_word:
            note = _("Đang có mật khẩu; để trống là giữ nguyên, gõ mật khẩu mới để đổi cho các bản sau này.")
        else:
            note = _("Người nhặt được ổ đĩa không đọc được kế hoạch. Quên mật khẩu thì không mở lại được bản sao lưu.")
        self.note.setText(note)
        self.note.setVisible(self.is_locked.isChecked())

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def save(self) -> None:
        """Keep it, if it can be used; else the line says why not."""
        folder = self.card.text() if self.is_wanted.isChecked() else ""
        if problem := self._problem_with(folder):
            self._say(problem)
            self.card.field.setFocus()
            return
        word = self.word.text() if self.is_locked.isChecked() else ""
        keeps_word = self.is_locked.isChecked() and self._had_word and not word
        if folder and self.is_locked.isChecked() and not keeps_word and not self.word.is_good():
            self._say("")
            self.word.say(self.word.problem())
            self.word.setFocus()
            return
        try:
            if not keeps_word:
                backups.set_passphrase(self._data_folder, word)
        except UserError as error:
            self._say(str(error))
            return
        self._settings.set(BACKUP_FOLDER, str(Path(folder).expanduser()) if folder else "")
        if folder:
            self.left.emit(_("Từ nay mỗi lần sao lưu đều chép thêm sang “{folder}”.").format(folder=folder))
        else:
            self.left.emit(_("Từ nay chỉ sao lưu trên máy này."))

    def _problem_with(self, folder: str) -> str:
        if not self.is_wanted.isChecked():
            return ""
        if not folder:
            return _("Hãy chọn thư mục hoặc ổ đĩa nhận bản sao lưu.")
        path = Path(folder).expanduser()
        if not path.is_absolute():
            return _("Hãy ghi đủ đường dẫn của thư mục, hoặc bấm Chọn thư mục.")
        own = backups.folder_of(self._data_folder)
        if path in (own, self._data_folder) or own in path.parents:
            return _("Đó là nơi sao lưu trên máy này; hãy chọn một thư mục khác, tốt nhất trên ổ đĩa khác.")
        return ""
