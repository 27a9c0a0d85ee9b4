"""What is offered for a legal basis being typed: documents of the catalogue first, then those used before."""

from __future__ import annotations

from collections.abc import Iterable

from models import catalogue
from models.catalogue import Entry, as_basis
from models.memory import basis_key, find_bases
from models.plan import LegalBasis, Plan
from ui.widgets.basis_list import two_lines
from ui.widgets.entry_words import day_of, validity
from ui.widgets.offers import Offer

#: So many of the catalogue are shown at least, where there are as many.
_LEAST = 4


def basis_offers(
    typed: str, used: Iterable[LegalBasis], plan: Plan, most: int, by_number: bool = False
) -> list[tuple[Offer, LegalBasis]]:
    """Offers for ``typed`` with their bases; the value of an offer is its ``Entry``, or the basis used before."""
    known, on = catalogue.current(), day_of(plan)
    entries = known.search(typed, most, on, by_number)
    before = find_bases(typed, used, most + len(entries), by_number)
    keys = {basis_key(as_basis(entry)) for entry in entries}
    others = [basis for basis in before if basis_key(basis) not in keys]
    entries = entries[: max(_LEAST, most - len(others))]
    offers: list[tuple[Offer, LegalBasis]] = []
    for entry in entries:
        first, second = two_lines(basis := as_basis(entry))
        state = validity(known, entry, on)
        detail = " · ".join(filter(None, (state, second)))
        offers.append((Offer(first, detail, "warning" if state else "book-open", entry), basis))
    for basis in others[: most - len(entries)]:
        offers.append((Offer(*two_lines(basis), "clock-counter-clockwise", basis), basis))
    return offers


def basis_of(value: Entry | LegalBasis) -> LegalBasis:
    """The basis that an offer stands for; one of the catalogue is in no plan."""
    return as_basis(value) if isinstance(value, Entry) else value
