"""The line in which legal bases used before are searched by any part of number or subject, and added."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from models.bases import parse_basis
from models.i18n import _
from models.memory import basis_key, find_bases
from models.plan import LegalBasis
from models.text import clean
from ui import icons, theme
from ui.document import Document
from ui.widgets.basis_list import two_lines
from ui.widgets.completion import Completion
from ui.widgets.editing import Editing
from ui.widgets.offers import Offer

#: Two lines each, with one more for what is typed: they fit into a low window.
_OFFERED = 6


class BasisSearch(QLineEdit):
    """``picked`` gives a basis to be added (a copy, in no plan), ``known`` one of the plan that was found instead.

    ``new`` gives one made of what was typed, where nothing that is known was meant. ``bases`` is what is searched.
    """

    picked = Signal(object)
    known = Signal(object)
    new = Signal(object)

    def __init__(self, document: Document, bases: Callable[[], list[LegalBasis]]) -> None:
        super().__init__()
        self.document, self._bases = document, bases
        self.setPlaceholderText(_("Tìm văn bản đã dùng: số hoặc trích yếu…"))
        self.setMaxLength(1000)
        self._glass = QAction(_("Tìm"), self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.dress()
        editing = Editing(self, lambda: bool(self.text()), takes_enter=False)
        editing.escaped.connect(self.clear)
        self.completion = Completion(
            self, self._offers, self._take, is_eager=True, prepare=lambda: document.memory.prepare("basis")
        )
        document.memory.learned.connect(self.completion.refresh)

    def dress(self) -> None:
        """Take the colours of the theme."""
        self._glass.setIcon(icons.icon("magnifying-glass", theme.colours().muted))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self.dress()

    def _offers(self, typed: str) -> list[Offer]:
        own = {basis_key(basis) for basis in self.document.plan.legal_bases}
        # Among equals those come first that can be added.
        bases = sorted(((basis_key(basis) in own, basis) for basis in self._bases()), key=lambda one: one[0])
        offers = []
        for basis in find_bases(typed, [basis for _is_there, basis in bases], _OFFERED):
            first, second = two_lines(basis)
            is_there = basis_key(basis) in own
            detail = _("Đã có trong kế hoạch · {subject}").format(subject=second) if is_there else second
            offers.append(Offer(first, detail, "check" if is_there else "book-open", (basis, is_there)))
        if typed.strip():
            offers.append(Offer(_("Thêm văn bản mới: {text}").format(text=typed.strip()), "", "plus"))
        return offers

    def _take(self, offer: Offer) -> None:
        typed = clean(self.text())
        self.clear()
        if offer.value is None:
            self.new.emit(parse_basis(typed, {basis.issuer for basis in self._bases()}))
            return
        basis, is_there = offer.value
        if is_there:
            key = basis_key(basis)
            self.known.emit(next(one for one in self.document.plan.legal_bases if basis_key(one) == key))
        else:
            self.picked.emit(basis)
