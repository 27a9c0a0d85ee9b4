"""The page of the legal bases: their list in printed order, and a form for the one selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from models.bases import basis_text, parse_basis
from models.exports.phrases import basis_sentence
from models.i18n import N_, _
from models.memory import BASIS_FIELDS
from models.plan import LegalBasis, Part, index_of, insert, move, remove
from models.store import Change
from ui import icons, theme
from ui.document import Document
from ui.pages.page import Page, card, titled
from ui.reading_only import edits
from ui.widgets.basis_form import BasisForm
from ui.widgets.basis_list import BasisList, two_lines
from ui.widgets.basis_search import BasisSearch
from ui.widgets.empty import EmptyState
from ui.widgets.fields import Field
from ui.widgets.tab_order import chain


class BasesPage(Page):
    """Legal bases: add, remove, move, and write each as a citation or in free words."""

    #: The catalogue is to be opened.
    catalogue_requested = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        #: Bases made to be written in free words, by their key in the store, while they are still empty.
        self._free: set[int] = set()
        self._build()
        self.load()

    # ---- build

    def _build(self) -> None:
        layout, _title = titled(
            self, _("Căn cứ pháp lý"),
            subtitle=_("In theo đúng thứ tự này ở đầu kế hoạch. Chữ “Căn cứ” và dấu cuối dòng do chương trình thêm."),
        )  # fmt: skip
        adding = QHBoxLayout()
        adding.setSpacing(8)
        self.search = BasisSearch(self.document, self.known_bases)
        edits(self.search)
        self.search.picked.connect(self._add_known)
        self.search.known.connect(self._go_to_known)
        self.search.new.connect(self._add_new)
        self._add_citation = self._button(_("Thêm văn bản"), "plus", lambda: self.add_basis(free=False), "Ctrl+Return")
        self._add_free = self._button(_("Thêm câu tự viết"), "pencil-simple", lambda: self.add_basis(free=True))
        key = QShortcut(
            QKeySequence("Ctrl+Shift+B"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )  # fmt: skip
        key.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        shown = key.key().toString(QKeySequence.SequenceFormat.NativeText)
        name = _("Tìm văn bản trong danh mục và đã dùng ({key})").format(key=shown)
        self.search.setAccessibleName(name)
        self.search.setToolTip(name)
        self._catalogue = self._button(_("Danh mục…"), "books", self.catalogue_requested.emit, "", _("Danh mục căn cứ"))
        adding.addWidget(self.search, 1)
        adding.addWidget(self._catalogue)
        adding.addWidget(self._add_citation)
        adding.addWidget(self._add_free)
        layout.addLayout(adding)
        self._full = QWidget()
        columns = QHBoxLayout(self._full)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        layout.addWidget(self._full, 1)
        frame = card()
        frame.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        left = QVBoxLayout(frame)
        left.setContentsMargins(8, 8, 8, 8)
        left.setSpacing(8)
        columns.addWidget(frame, 5)
        self.list = BasisList(self.document)
        self.list.selected.connect(self._show)
        left.addWidget(self.list, 1)
        moving = QHBoxLayout()
        moving.setSpacing(8)
        self._up = self._button(_("Lên"), "arrow-up", lambda: self.move_basis(-1), "Alt+Up", _("Chuyển lên"))
        self._down = self._button(_("Xuống"), "arrow-down", lambda: self.move_basis(1), "Alt+Down", _("Chuyển xuống"))
        self._remove = self._button(_("Xóa"), "trash", self.remove_basis, "", _("Xóa căn cứ (Delete)"))
        for button in (self._up, self._down):
            moving.addWidget(button)
        moving.addStretch(1)
        moving.addWidget(self._remove)
        left.addLayout(moving)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove.click)

        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        self.form = BasisForm(self.document, self.known_bases)
        self.form.convert_requested.connect(self.convert)
        right.addWidget(self.form)
        right.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._scroll.setWidget(beside)
        columns.addWidget(self._scroll, 6)
        self.empty = EmptyState(
            "book-open", _("Chưa có căn cứ nào"),
            _("Thêm các luật, nghị quyết, quyết định mà kế hoạch dựa vào; mỗi văn bản một dòng, theo thứ bậc từ cao"
              " xuống thấp."),
            _("Thêm văn bản đầu tiên"), lambda: self.add_basis(free=False),
        )  # fmt: skip
        edits(self.empty)
        layout.addWidget(self.empty, 1)
        chain([
            self.search, self._catalogue, self._add_citation, self._add_free, self.list, self._up, self._down,
            self._remove, *[field.editor for field in self.form.fields.values()], self.form.convert,
        ])  # fmt: skip

    def _button(self, text: str, icon: str, work: object, key: str = "", name: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setProperty("glyph", icon)
        name = name or text
        edits(button)
        if key:
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # As the button does, and like it only where that can be done.
            shortcut.activated.connect(button.click)
            name += f" ({shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)})"
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(work)
        return button

    # ---- load

    def load(self) -> None:
        self._dress()
        self.list.load()
        self._show(self.list.current())

    def on_change(self, change: Change) -> None:
        plan = self.document.plan
        touched = [part for part in change.parts if isinstance(part, LegalBasis)]
        if touched or plan in change.owners:
            self.list.load(prefer=next((part for part in touched if part.parent is plan), None))
            self._show(self.list.current())

    def on_evaluated(self) -> None:
        self.list.refresh()
        self.form.show_findings()

    def _show(self, basis: LegalBasis | None) -> None:
        """Show the form of ``basis``, and what can be done with it."""
        bases = self.document.plan.legal_bases
        self._full.setVisible(bool(bases))
        self.empty.setVisible(not bases)
        if basis is not None and basis.text:
            # It stays one in free words while its text is written anew.
            self._free.add(basis.row_id)
        self.form.bind(basis, basis is not None and basis.row_id in self._free)
        self._up.setEnabled(basis is not None and basis is not bases[0])
        self._down.setEnabled(basis is not None and basis is not bases[-1])
        self._remove.setEnabled(basis is not None)

    def _dress(self) -> None:
        size = self.fontMetrics().height()
        for button in self.findChildren(QPushButton):
            if glyph := button.property("glyph"):
                button.setIcon(icons.icon(glyph, theme.colours().text))
                button.setIconSize(QSize(size, size))

    # ---- changing

    def add_basis(self, free: bool) -> None:
        """Put a new basis below the selected one, and the cursor into it."""
        basis = LegalBasis() if free else LegalBasis(kind="Quyết định")
        if self._insert(basis, free):
            self._go_into(self.form.first())

    def _insert(self, basis: LegalBasis, free: bool = False) -> bool:
        """Put a basis below the selected one and select it; false where the store could not take it."""
        self.save()
        current = self.list.current()
        with self.document.edit(N_("Thêm căn cứ")) as plan:
            insert(plan, basis, None if current is None else index_of(current) + 1)
        if basis.parent is None or basis.row_id == 0:
            return False
        if free:
            self._free.add(basis.row_id)
        self.list.select(basis)
        self._show(basis)
        return True

    def known_bases(self) -> list[LegalBasis]:
        """The documents to search and to complete from, the likeliest first."""
        return self.document.memory.bases()

    def _add_known(self, found: LegalBasis) -> None:
        """Add a document used before; the cursor stays in the search, for the next one."""
        basis = LegalBasis(**{name: getattr(found, name) for name in BASIS_FIELDS})
        if self._insert(basis):
            self.notice.emit(
                _("Đã thêm {document}; gõ tiếp để thêm văn bản khác.").format(document=_short(basis)), "info"
            )

    def _go_to_known(self, basis: LegalBasis) -> None:
        self.list.select(basis)
        self.notice.emit(_("{document} đã có trong kế hoạch.").format(document=_short(basis)), "info")

    def _add_new(self, basis: LegalBasis) -> None:
        """Add what was typed into the search, and put the cursor where something is missing."""
        if self._insert(basis):
            self._go_into(self.form.next_empty())

    def convert(self) -> None:
        """Make free words of the selected citation, or a citation of its free words; one edit."""
        self.save()
        basis = self.list.current()
        stuck = next((field for field in self.form.fields.values() if field.is_dirty()), None)
        if basis is None or stuck is not None:
            if stuck is not None:
                self._go_into(stuck)
            return
        if self.form.is_free:
            made = parse_basis(basis.text, {one.issuer for one in self.known_bases()})
            self._free.discard(basis.row_id)
            label = N_("Chuyển căn cứ thành văn bản")
        else:
            # A kind alone is what a new basis begins with.
            is_begun = any((basis.number, basis.date, basis.issuer, basis.subject))
            made = LegalBasis(text=basis_sentence(basis) if is_begun else "")
            self._free.add(basis.row_id)
            label = N_("Chuyển căn cứ thành câu tự viết")
        changed = {name: getattr(made, name) for name in BASIS_FIELDS if getattr(made, name) != getattr(basis, name)}
        if changed:
            with self.document.edit(label):
                for name, value in changed.items():
                    setattr(basis, name, value)
        self._show(basis)
        self._go_into(self.form.first())

    def remove_basis(self) -> None:
        basis = self.list.current()
        if basis is None:
            return
        self.form.give_back()
        bases = self.document.plan.legal_bases
        at = index_of(basis)
        neighbour = bases[at + 1] if at + 1 < len(bases) else bases[at - 1] if at else None
        with self.document.edit(N_("Xóa căn cứ")):
            remove(basis)
        if neighbour is not None:
            self.list.select(neighbour)
            self.list.setFocus()
        else:
            self.empty.button.setFocus()
        self.notice.emit(_("Đã xóa căn cứ; Ctrl+Z để lấy lại."), "info")

    def move_basis(self, step: int) -> None:
        self.save()
        basis = self.list.current()
        if basis is None:
            return
        at = index_of(basis) + step
        if 0 <= at < len(self.document.plan.legal_bases):
            with self.document.edit(N_("Chuyển căn cứ")) as plan:
                move(basis, plan, at)
            self.list.select(basis)

    # ---- save

    def save(self) -> None:
        self.form.save()

    # ---- places

    def enter(self) -> None:
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus given to the page is for what is typed first; a proxy would be a trap for Shift+Tab."""
        (self.list if self.document.plan.legal_bases else self.empty.button).setFocus(event.reason())

    def _go_into(self, field: Field) -> None:
        field.go()
        self._scroll.ensureWidgetVisible(field, 0, 24)

    def go_to(self, part: Part, field: str) -> None:
        if isinstance(part, LegalBasis) and part.parent is self.document.plan:
            self.list.select(part)
            self._show(part)
            self._go_into(self.form.field(field))
        else:
            self.list.setFocus()


def _short(basis: LegalBasis) -> str:
    """What document it is, in a few words."""
    text = two_lines(basis)[0] if basis.number else basis_text(basis)
    return text if len(text) <= 80 else f"{text[:79]}…"
