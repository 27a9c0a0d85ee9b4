"""Last year's legal bases in the new plan: which are no longer in force on its date, and what stands in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import catalogue, citations
from models.bases import basis_text
from models.next_year_tasks import OF_ITS_OWN
from models.next_year_text import Moves, moved
from models.plan import LegalBasis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.catalogue import Entry


@dataclass(frozen=True, slots=True)
class BasisOffer:
    """One basis of the old plan; ``number`` is its place in the list.

    ``ended``: the day (ISO 8601) from which it is no longer in force, empty where it is; ``replacement``: what may be
    cited in its place. ``is_of_year``: its words are about the old plan's year, as of a letter that asks for the plan.
    """

    number: int
    basis: LegalBasis
    ended: str = ""
    replacement: Entry | None = None
    is_of_year: bool = False
    #: Whether the catalogue has it.
    is_known: bool = False

    @property
    def text(self) -> str:
        return basis_text(self.basis)


def basis_offers(bases: Sequence[LegalBasis], on: str, by: Moves) -> list[BasisOffer]:
    """What is to be said of every basis on the new plan's date (ISO 8601)."""
    known = catalogue.current()
    found = []
    for number, basis in enumerate(bases):
        entry = _entry(basis, known)
        ended, instead = "", None
        if entry is not None and on and not known.in_force(entry, on):
            ended, instead = known.ended(entry), known.replacement(entry, on)
        said = f"{basis.subject}\n{basis.text}"
        is_of_year = any(f"năm {year}" in said for year in by.years) and moved(_after_number(said), by)[1].total() > 0
        found.append(BasisOffer(number, basis, ended, instead, is_of_year, entry is not None))
    return found


def _after_number(text: str) -> str:
    """The words of a subject without the number before them, which would make all of it a title."""
    found = citations.find(text)
    return text[found[-1].end :] if found else text


def _entry(basis: LegalBasis, known: catalogue.Catalogue) -> Entry | None:
    """The document of the catalogue that a basis certainly cites."""
    if basis.text.strip():
        cited = citations.find(basis.text)
        if len(cited) != 1:
            return None
        return known.meant("", cited[0].number, cited[0].date, basis.text[cited[0].end :])
    return known.meant(basis.kind, basis.number, basis.date, basis.subject)


def taken_over(offer: BasisOffer, replace: bool) -> LegalBasis:
    """The basis of the new plan: as it was, or what replaced it."""
    if replace and offer.replacement is not None:
        return catalogue.as_basis(offer.replacement)
    basis = offer.basis
    return LegalBasis(
        kind=basis.kind, number=basis.number, date=basis.date, issuer=basis.issuer, subject=basis.subject,
        text=basis.text, extra={name: value for name, value in basis.extra.items() if name not in OF_ITS_OWN},
    )  # fmt: skip
