"""Where files shall go: a folder typed or chosen, or a USB stick with one click."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from models.i18n import _
from ui import worker
from ui.widgets.drives import Drive, removable, size_text

_MOST_DRIVES = 4


class FolderCard(QFrame):
    """``changed`` comes with every letter typed; ``look_for_drives`` offers the USB sticks plugged in now."""

    changed = Signal()

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        label = QLabel(_("Thư mục nhận tệp"))
        label.setObjectName("heading")
        layout.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.field = QLineEdit(folder or _documents())
        self.field.setAccessibleName(_("Thư mục nhận tệp"))
        self.field.textChanged.connect(self.changed)
        label.setBuddy(self.field)
        row.addWidget(self.field, 1)
        choose = QPushButton(_("Chọn thư mục…"))
        choose.setAccessibleName(_("Chọn thư mục nhận tệp"))
        choose.clicked.connect(self._choose)
        row.addWidget(choose)
        layout.addLayout(row)
        self._drives = QWidget()
        self._drive_row = QHBoxLayout(self._drives)
        self._drive_row.setContentsMargins(0, 0, 0, 0)
        self._drive_row.setSpacing(8)
        self._drives.hide()
        layout.addWidget(self._drives)

    def text(self) -> str:
        return self.field.text().strip()

    def path(self) -> Path:
        return Path(self.text()).expanduser()

    def look_for_drives(self) -> None:
        # In a thread: a network drive that does not answer holds the system up for seconds.
        worker.run(self, lambda _progress: removable(), self._show_drives, lambda _sentence: None)

    def _show_drives(self, drives: list[Drive]) -> None:
        while (item := self._drive_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for drive in drives[:_MOST_DRIVES]:
            button = QPushButton(_("{name} · trống {free}").format(name=drive.name, free=size_text(drive.free)))
            button.setObjectName("quiet")
            button.setAccessibleName(_("Chọn ổ đĩa {name}").format(name=drive.name))
            button.clicked.connect(lambda _checked=False, path=drive.path: self.field.setText(str(path)))
            self._drive_row.addWidget(button)
        self._drive_row.addStretch(1)
        self._drives.setVisible(bool(drives))

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Thư mục nhận tệp"), self.text() or _documents())
        if found:
            self.field.setText(str(Path(found)))


def _documents() -> str:
    return str(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)))
