"""Lists of the catalogue in files: one taken in and taken back again, and the catalogue written out to colleagues."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from models import catalogue, catalogue_file, catalogue_layers
from models.catalogue import Entry
from models.catalogue_layers import News, Update
from models.citations import printed_date
from models.errors import UserError
from models.exports.files import write_all
from models.i18n import _
from ui import saving, worker


class Updates(QFrame):
    """The card that tells what a list would change, and asks whether to take it in; hidden until there is one."""

    #: What was done: a sentence, its kind, and a button that goes on from there or takes it back, with its work.
    told = Signal(str, str, str, object)
    #: The catalogue is another one now; with the entry to go to, if there is one.
    changed = Signal(object)
    #: A list begins to be read, or is read.
    reading_changed = Signal()
    #: The card comes (true), before it is there, or has gone.
    offered = Signal(bool)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("card")
        self._folder = folder
        self._job: worker.Job[Any] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self.news = QLabel()
        self.news.setWordWrap(True)
        self.news.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.news, 1)
        self.take, self.leave = QPushButton(_("Nhận")), QPushButton(_("Thôi"))
        self.take.setToolTip(_("Nhận bản cập nhật này"))
        self.leave.setToolTip(_("Không nhận bản cập nhật này (Esc)"))
        self.take.clicked.connect(lambda: self._take())
        self.leave.clicked.connect(lambda: self.call_off())
        for button in (self.take, self.leave):
            button.setAutoDefault(False)
            row.addWidget(button)
        #: The list in the card: its entries, its day, and what it would change.
        self._coming: tuple[list[Entry], str, News] | None = None
        self.hide()

    @property
    def is_reading(self) -> bool:
        """Whether a list is being read."""
        return self._job is not None

    def fill(self, menu: QMenu) -> None:
        """Offer to take in a list, and to take back each that was."""
        menu.clear()
        menu.addAction(_("Nhận từ tệp…")).triggered.connect(self.pick)
        taken = catalogue_layers.updates(self._folder)
        if taken:
            menu.addSeparator()
        for update in reversed(taken):
            text = _("Gỡ bản ngày {day}").format(day=printed_date(update.day))
            text += f" ({update.nth})" if update.nth > 1 else ""
            menu.addAction(text).triggered.connect(lambda _on=False, one=update: self.take_back(one))

    # ---- in

    def pick(self) -> None:
        """Ask for the file of a list."""
        pattern = _("Danh mục căn cứ (*.csv *.xlsx)")
        name, _filter = QFileDialog.getOpenFileName(self.window(), _("Nhận danh mục căn cứ"), "", pattern)
        if name:
            self.look(Path(name))

    def look(self, path: Path) -> None:
        """Read a list, in a thread, and tell what it would change."""
        from models.imports import legal_bases

        folder = self._folder

        def work(_progress: worker.Progress) -> tuple[list[Entry], str, News]:
            entries, day = legal_bases.read(path), catalogue_layers.day_of(path)
            return entries, day, catalogue_layers.news(folder, entries, day)

        def done(found: tuple[list[Entry], str, News]) -> None:
            self._job = None
            self.reading_changed.emit()
            self._offer(path.name, *found)

        def failed(sentence: str) -> None:
            self._job = None
            self._tell(sentence, "error")
            self.reading_changed.emit()

        self._tell(_("Đang đọc “{file}”…").format(file=path.name))
        self._job = worker.run(self, work, done, failed)
        self.reading_changed.emit()

    def _offer(self, name: str, entries: list[Entry], day: str, news: News) -> None:
        if news.is_nothing:
            sentence = _("“{file}” (bản ngày {day}) không có gì mới so với danh mục đang dùng.")
            self._tell(sentence.format(file=name, day=printed_date(day)))
            return
        self._tell("")
        self.news.setText(_told(name, day, news))
        self._coming = entries, day, news
        self.offered.emit(True)
        self.show()
        self.take.setFocus()

    def call_off(self) -> None:
        """Leave the catalogue as it is."""
        self.hide()
        self.offered.emit(False)

    def _take(self) -> None:
        coming, self._coming = self._coming, None
        self.call_off()
        if coming is None:
            return
        entries, day, news = coming
        try:
            update = catalogue_layers.take(self._folder, entries, day)
        except UserError as error:
            self._tell(str(error), "error")
            return
        self.changed.emit(next(iter((*news.new, *news.expired, *news.changed)), None))
        sentence = _("Đã nhận danh mục bản ngày {day}.").format(day=printed_date(day))
        self._tell(sentence, "done", _("Gỡ lại"), lambda: self.take_back(update))

    def take_back(self, update: Update) -> None:
        """Let an update go; it can be had again as long as the dialog says so."""
        try:
            kept = update.path.read_bytes()
            catalogue_layers.take_back(update)
        except (OSError, UserError) as error:
            self._tell(str(error), "error")
            return

        def again() -> None:
            try:
                catalogue_layers.take(self._folder, catalogue_file.read_csv(kept, update.path.name), update.day)
            except UserError as error:
                self._tell(str(error), "error")
                return
            self.changed.emit(None)
            self._tell("")

        self.changed.emit(None)
        sentence = _("Đã gỡ danh mục bản ngày {day}.").format(day=printed_date(update.day))
        self._tell(sentence, "done", _("Lấy lại"), again)

    def _tell(
        self, sentence: str, kind: str = "muted", then: str = "", work: Callable[[], object] | None = None
    ) -> None:
        self.told.emit(sentence, kind, then, work)


def write_out(parent: QWidget, own: bool) -> str:
    """Write the unit's own entries, or all, to a file that is asked for; gives what was done, "" where nothing was."""
    entries = [entry for entry in catalogue.current().entries if entry.own or not own]
    stem = "can-cu-cua-don-vi" if own else "danh-muc-can-cu"
    proposed = Path(f"{stem}-{date.today().isoformat()}.csv")
    path = saving.ask(parent, _("Xuất danh mục căn cứ"), proposed, _("Danh mục căn cứ (*.csv)"))
    if path is None:
        return ""
    write_all({path: catalogue_file.written(entries)})
    return _("Đã xuất {count} văn bản ra “{file}”.").format(count=len(entries), file=path)


def _told(name: str, day: str, news: News) -> str:
    """What a list would change, in a sentence."""
    parts = [
        text.format(count=count)
        for count, text in (
            (len(news.new), _("{count} văn bản mới")),
            (len(news.changed), _("{count} văn bản thay đổi")),
            (len(news.expired), _("{count} văn bản hết hiệu lực hoặc được thay thế")),
        )
        if count
    ]
    told = _("“{file}”, bản ngày {day}: {changes}.").format(file=name, day=printed_date(day), changes=", ".join(parts))
    first = [entry.number for entry in (*news.new, *news.changed, *news.expired)]
    shown = ", ".join(first[:4]) + (", …" if len(first) > 4 else "")
    return f"{told} {shown}"
