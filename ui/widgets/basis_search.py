"""The line in which legal bases are searched by any part of number or subject, known ones and used ones, and added."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from models import catalogue
from models.bases import parse_basis
from models.i18n import _
from models.memory import basis_key
from models.plan import LegalBasis
from models.text import clean
from ui import icons, theme
from ui.document import Document
from ui.widgets.basis_offers import basis_offers
from ui.widgets.completion import Completion
from ui.widgets.editing import Editing
from ui.widgets.offers import Offer

#: Two lines each, with one more for what is typed: they fit into a low window.
_OFFERED = 6


class BasisSearch(QLineEdit):
    """``picked`` gives a basis to be added (a copy, in no plan), ``known`` one of the plan that was found instead.

    ``new`` gives one made of what was typed, where nothing that is known was meant. ``bases`` is what is searched
    besides the catalogue.
    """

    picked = Signal(object)
    known = Signal(object)
    new = Signal(object)

    def __init__(self, document: Document, bases: Callable[[], list[LegalBasis]]) -> None:
        super().__init__()
        self.document, self._bases = document, bases
        self.setPlaceholderText(_("Tìm trong danh mục và văn bản đã dùng: số hoặc trích yếu…"))
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
        used = [basis for _is_there, basis in bases]
        for offer, basis in basis_offers(typed, used, self.document.plan, _OFFERED):
            is_there = basis_key(basis) in own
            if is_there:
                detail = _("Đã có trong kế hoạch · {subject}").format(subject=offer.detail).rstrip(" ·")
                offers.append(Offer(offer.text, detail, "check", (basis, True)))
            else:
                offers.append(Offer(offer.text, offer.detail, offer.glyph, (basis, False)))
        if typed.strip():
            offers.append(Offer(_("Thêm văn bản mới: {text}").format(text=typed.strip()), "", "plus"))
        return offers

    def _take(self, offer: Offer) -> None:
        typed = clean(self.text())
        self.clear()
        if offer.value is None:
            issuers = {basis.issuer for basis in self._bases()}
            issuers.update(entry.issuer for entry in catalogue.current().entries)
            self.new.emit(parse_basis(typed, issuers))
            return
        basis, is_there = offer.value
        if is_there:
            key = basis_key(basis)
            self.known.emit(next(one for one in self.document.plan.legal_bases if basis_key(one) == key))
        else:
            self.picked.emit(basis)
