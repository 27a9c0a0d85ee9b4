"""Danh mục căn cứ: searched, put into the plan, extended by the unit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models import catalogue, catalogue_layers
from models.catalogue import Entry
from models.citations import printed_date
from models.errors import UserError
from models.i18n import _
from models.memory import basis_key
from ui.catalogue import add_to_plan
from ui.dialogs.catalogue_entry import EntryDialog
from ui.dialogs.catalogue_updates import Updates, write_out
from ui.document import Document
from ui.widgets import entry_words
from ui.widgets.catalogue_details import CatalogueDetails
from ui.widgets.catalogue_list import CatalogueList
from ui.widgets.clearable import make_clearable

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CatalogueDialog(QDialog):
    """The cursor is in the field in which one searches; the arrow keys go through the list meanwhile."""

    def __init__(self, parent: QWidget | None, folder: Path, document: Document | None, is_reading: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.folder, self.document, self.is_reading = folder, document, is_reading
        self._on = entry_words.day_of(document.plan if document is not None else None)
        #: What the button in the line of results does.
        self._then: Callable[[], object] = lambda: None
        self.setWindowTitle(_("Danh mục căn cứ"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        title = QLabel(_("Danh mục căn cứ"))
        title.setObjectName("title")
        self.intro = QLabel()
        self.intro.setObjectName("muted")
        self.intro.setWordWrap(True)
        texts.addWidget(title)
        texts.addWidget(self.intro)
        layout.addLayout(texts)
        layout.addLayout(self._build_search())
        self.list = CatalogueList()
        self.list.installEventFilter(self)
        self.list.doubleClicked.connect(lambda _index: self.add())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        layout.addWidget(self.list, 1)
        self.details = CatalogueDetails()
        layout.addWidget(self.details)
        layout.addLayout(self._build_own())
        layout.addWidget(self._build_updates())
        layout.addLayout(self._build_foot())
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1200, 128 * width), min(690, 40 * self.fontMetrics().lineSpacing()))
        self.load()
        if faults := catalogue_layers.faults(folder):
            self._tell(faults[0], "error")
        self.search.setFocus()

    # ---- build

    def _build_search(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Tìm trong danh mục"))
        self.search.setPlaceholderText(_("Tìm số, ký hiệu, trích yếu, cơ quan ban hành; không cần gõ dấu"))
        self.search.setMaxLength(200)
        make_clearable(self.search)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.installEventFilter(self)
        self.in_force = QCheckBox(_("Chỉ văn bản còn hiệu lực"))
        self.in_force.toggled.connect(lambda _on: self._filter())
        row.addWidget(self.search, 1)
        row.addWidget(self.in_force)
        return row

    def _build_own(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.new = self._button(_("Thêm văn bản…"), lambda: self.edit(None), _("Thêm văn bản của đơn vị (Insert)"))
        self.change = self._button(_("Sửa…"), lambda: self.edit(self.list.current()), _("Sửa văn bản đang chọn (F2)"))
        self.remove = self._button(_("Xóa"), self.drop, _("Xóa văn bản của đơn vị khỏi danh mục (Delete)"))
        self.update_ = self._button(_("Cập nhật"), None, _("Nhận danh mục mới từ tệp, gỡ bản đã nhận"))
        self.export = self._button(_("Xuất ra tệp"), None, _("Xuất danh mục ra tệp CSV"))
        updates, self._exports = QMenu(self), QMenu(self)
        self.update_.setMenu(updates)
        self.export.setMenu(self._exports)
        updates.aboutToShow.connect(lambda: self.updates.fill(updates))
        self._exports.addAction(_("Văn bản của đơn vị…")).triggered.connect(lambda: self.write_out(own=True))
        self._exports.addAction(_("Toàn bộ danh mục…")).triggered.connect(lambda: self.write_out(own=False))
        for button in (self.new, self.change, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.update_)
        row.addWidget(self.export)
        return row

    def _build_updates(self) -> Updates:
        self.updates = Updates(self.folder)
        self.updates.told.connect(self._tell)
        self.updates.changed.connect(self._on_update)
        self.updates.reading_changed.connect(self._show)
        self.updates.offered.connect(self._on_offered)
        return self.updates

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName(_("Kết quả"))
        self.then = self._button("", lambda: self._then(), "")
        self.then.hide()
        self.add_button = self._button(_("Thêm vào kế hoạch"), self.add, _("Thêm các văn bản đang chọn (Enter)"))
        self.add_button.setObjectName("main")
        self.add_button.setVisible(self.document is not None)
        close = self._button(_("Đóng"), self.close, _("Đóng (Esc)"))
        row.addWidget(self.said, 1)
        for button in (self.then, self.add_button, close):
            row.addWidget(button)
        return row

    def _button(self, text: str, work: Callable[[], object] | None, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        if work is not None:
            button.clicked.connect(lambda _checked=False: work())
        return button

    # ---- load

    def load(self, prefer: Entry | None = None) -> None:
        """Show the catalogue as it is now."""
        known = catalogue.current()
        updates = catalogue_layers.updates(self.folder)
        day = max([catalogue.SHIPPED, *(update.day for update in updates)])
        own = sum(entry.own for entry in known.entries)
        self.intro.setText(
            (
                _("Bản ngày {day} · {count} văn bản, trong đó {own} của đơn vị · Hiệu lực xét đến ngày {on}")
                if own
                else _("Bản ngày {day} · {count} văn bản · Hiệu lực xét đến ngày {on}")
            ).format(day=printed_date(day), count=len(known.entries), own=own, on=printed_date(self._on))
        )
        self._exports.actions()[0].setEnabled(own > 0)
        self._filter(prefer or self.list.current())

    def _filter(self, prefer: Entry | None = None) -> None:
        known, typed = catalogue.current(), self.search.text()
        entries = known.search(typed, len(known.entries), self._on) if typed.strip() else list(known.entries)
        if self.in_force.isChecked():
            entries = [entry for entry in entries if known.in_force(entry, self._on)]
        bases = self.document.plan.legal_bases if self.document is not None else []
        self.list.model_.load(known, entries, self._on, {basis_key(basis) for basis in bases})
        self.list.select(prefer)
        self._show()

    def _show(self) -> None:
        """Tell of the current document, and offer what can be done with those that are selected."""
        entry, chosen = self.list.current(), self.list.chosen()
        self.details.show_entry(entry, self._on)
        can_change = not self.is_reading
        self.new.setEnabled(can_change)
        self.update_.setEnabled(can_change and not self.updates.is_reading)
        self.change.setEnabled(can_change and entry is not None)
        self.remove.setEnabled(can_change and bool(chosen) and all(one.own for one in chosen))
        self.add_button.setEnabled(can_change and bool(chosen) and self.document is not None)

    def _tell(
        self, sentence: str, kind: str = "muted", then: str = "", work: Callable[[], object] | None = None
    ) -> None:
        """Say what was done, with a button that goes on from there or takes it back."""
        self.said.setObjectName(kind)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(sentence)
        self.then.setText(then)
        self.then.setVisible(bool(then))
        self._then = work or (lambda: None)

    def _changed(self, prefer: Entry | None = None) -> None:
        """The catalogue is another one now: the plan is checked against it anew."""
        self.load(prefer)
        if self.document is not None:
            self.document.check_again()

    # ---- into the plan

    def add(self) -> None:
        """Cite the selected documents in the plan."""
        if self.document is None or not self.add_button.isEnabled():
            return
        chosen = self.list.chosen()
        added, there = add_to_plan(self.document, chosen)
        if added:
            sentence = _("Đã thêm {count} căn cứ vào kế hoạch.").format(count=added)
            if there:
                sentence += " " + _("{count} văn bản đã có sẵn.").format(count=there)
            self._tell(sentence, "done")
        elif there:
            self._tell(_("Kế hoạch đã có sẵn các văn bản này."))
        self._filter(chosen[0])

    # ---- own entries

    def edit(self, entry: Entry | None) -> None:
        """Ask for a document of the unit's own, or for what it has otherwise than the catalogue."""
        if self.is_reading:
            return
        dialog = EntryDialog(self, self.folder, entry)
        dialog.kept.connect(self._on_kept)
        dialog.open()

    def _on_kept(self, entry: Entry) -> None:
        self.search.clear()
        self._changed(entry)
        self._tell(_("Đã lưu {document}.").format(document=entry.number), "done")

    def drop(self) -> None:
        """Take the selected entries of the unit out of the catalogue."""
        gone = [entry for entry in self.list.chosen() if entry.own]
        if not gone or not self.remove.isEnabled():
            return
        keys = {entry.key for entry in gone}

        def put_back() -> None:
            if self._change_own(lambda own: [*own, *gone]):
                self._changed(gone[0])
                self._tell("")
                self.list.setFocus()

        if self._change_own(lambda own: [one for one in own if one.key not in keys]):
            self._changed()
            self._tell(_("Đã xóa {count} văn bản của đơn vị.").format(count=len(gone)), "done", _("Lấy lại"), put_back)

    def _change_own(self, change: Callable[[list[Entry]], list[Entry]]) -> bool:
        try:
            catalogue_layers.keep_own(self.folder, change(catalogue_layers.own(self.folder)))
        except UserError as error:
            self._tell(str(error), "error")
            return False
        return True

    # ---- lists in files

    def _on_offered(self, is_there: bool) -> None:
        """What a list would change stands in place of the details: a low window has no room for both."""
        self.details.setVisible(not is_there)
        if not is_there:
            self.search.setFocus()

    def _on_update(self, entry: Entry | None) -> None:
        if entry is not None:
            self.search.clear()
        self._changed(entry)

    def write_out(self, own: bool) -> None:
        """Write the unit's own entries, or all, to a file for colleagues."""
        try:
            if said := write_out(self, own):
                self._tell(said, "done")
        except UserError as error:
            self._tell(str(error), "error")

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.search and key in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.add()
                return True
            works = {Qt.Key.Key_F2: self.change, Qt.Key.Key_Insert: self.new}
            if watched is self.list:
                works[Qt.Key.Key_Delete] = self.remove
            if (button := works.get(Qt.Key(key))) is not None:
                button.click()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.updates.isVisible():
            self.updates.call_off()
        else:
            super().keyPressEvent(event)
