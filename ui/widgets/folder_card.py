"""Where files shall go: a folder typed or chosen, or a USB stick with one key."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from models.i18n import _
from ui import worker
from ui.widgets.drives import Drive, drive_of, removable
from ui.widgets.tab_order import chain

_MOST_DRIVES = 4
#: How often (milliseconds) the drives are looked at while the card is shown.
_EVERY = 3000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found when the drives were looked at: the drives, and whether the folder of then was there."""

    folder: str = ""
    is_there: bool = True
    drives: list[Drive] = field(default_factory=list)


class FolderCard(QFrame):
    """``changed`` comes with every letter typed; the drives plugged in are offered and followed while it is shown."""

    changed = Signal()

    def __init__(self, folder: str, name: str = "") -> None:
        """``name`` says what the folder is for; without one it is where files of a plan go."""
        super().__init__()
        self.setObjectName("card")
        self._name = name or _("Thư mục nhận tệp")
        self._seen = Seen()
        self._job: worker.Job[Seen] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look_for_drives)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        label = QLabel(self._name)
        label.setObjectName("heading")
        layout.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.field = QLineEdit(folder or ("" if name else _documents()))
        self.field.setAccessibleName(self._name)
        self.field.textChanged.connect(self._on_text)
        label.setBuddy(self.field)
        row.addWidget(self.field, 1)
        self._browse = QPushButton(_("Chọn thư mục…"))
        self._browse.setAccessibleName(_("Chọn thư mục") + f": {name}" if name else _("Chọn thư mục nhận tệp"))
        self._browse.clicked.connect(self._choose)
        row.addWidget(self._browse)
        layout.addLayout(row)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        layout.addLayout(self._rows)
        #: The drives offered, by the folder that each is at.
        self.buttons: dict[Path, QRadioButton] = {}
        self._none = _line("muted")
        self._none.setText(_("Cắm USB vào là ổ đĩa hiện ở đây."))
        layout.addWidget(self._none)
        self.problem = _line("warning")
        self.problem.hide()
        layout.addWidget(self.problem)
        layout.addStretch(1)

    def text(self) -> str:
        return self.field.text().strip()

    def path(self) -> Path:
        return Path(self.text()).expanduser()

    def drive(self) -> Drive | None:
        """The drive that the folder is on, if it is one that can be taken out."""
        return drive_of(self.path(), self._seen.drives) if self.text() else None

    # ---- drives

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_for_drives()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def look_for_drives(self) -> None:
        """Look at the drives, unless that is being done."""
        if self._job is not None:
            return
        folder, path = self.text(), self.path()
        # In a thread: a network drive that does not answer holds the system up for seconds.
        self._job = worker.run(
            self,
            lambda _progress: Seen(folder, not folder or os.path.isdir(path), removable()),
            self._show,
            lambda _sentence: None,
        )
        self._job.ended.connect(self._on_looked)

    def _on_looked(self) -> None:
        self._job = None

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        shown = {drive.path: drive for drive in seen.drives[:_MOST_DRIVES]}
        # Only what is another one is made anew: a button that has the focus keeps it.
        for path in self.buttons.keys() - shown.keys():
            button = self.buttons.pop(path)
            if button.hasFocus():
                self.field.setFocus()
            button.hide()
            button.deleteLater()
        for at, (path, drive) in enumerate(shown.items()):
            if path not in self.buttons:
                button = self.buttons[path] = QRadioButton()
                # None is chosen while the folder is on none of them.
                button.setAutoExclusive(False)
                button.clicked.connect(lambda _checked=False, path=path: self._take(path))
                self._rows.insertWidget(at, button)
                button.show()
                # What is made later would come last of all.
                chain([self._browse, *(self.buttons[one] for one in shown if one in self.buttons)])
            button = self.buttons[path]
            if button.text() != drive.text():
                button.setText(drive.text())
                button.setAccessibleName(_("Chọn ổ đĩa {name}").format(name=drive.text()))
        self._none.setVisible(not shown)
        self._mark()

    def _take(self, path: Path) -> None:
        self.field.setText(str(path))
        self._mark()

    def _on_text(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """Show which drive is chosen, and what stands against it."""
        chosen = self.drive()
        for path, button in self.buttons.items():
            button.setChecked(chosen is not None and chosen.path == path)
        problem = chosen.problem if chosen is not None else ""
        if self._seen.folder == self.text() and not self._seen.is_there:
            problem = _(
                "Không thấy “{folder}”: ổ đĩa đã rút ra hoặc thư mục không còn; hãy cắm lại hoặc chọn nơi khác."
            ).format(folder=self.text())
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self._name, self.text() or _documents())
        if found:
            self.field.setText(str(Path(found)))


def _line(kind: str) -> QLabel:
    label = QLabel()
    label.setObjectName(kind)
    label.setWordWrap(True)
    return label


def _documents() -> str:
    places = QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation
    folders = [Path(QStandardPaths.writableLocation(place)) for place in places]
    return str(next((folder for folder in folders if folder.is_dir()), folders[-1]))
