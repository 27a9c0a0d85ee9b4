"""The findings in the order in which they are read: page after page of the outline, from top to bottom of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from models.i18n import _
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, walk_rows
from ui.document import Document, Place

if TYPE_CHECKING:
    from models.checks import Finding

#: Where a place is on its page: the part's place there, the field's, and a key or number within the field.
Position = tuple[int, int, int]

#: The fields of each kind of part from top to bottom, or from left to right.
_FIELDS: dict[type[Any], tuple[str, ...]] = {
    Plan: (
        "unit_parent", "unit_name", "place", "unit_code", "subject", "period_from", "period_to", "addressee", "number",
        "symbol", "day", "month", "year", "capacity", "signer_position", "signer_name", "recipients", "indicators",
        "sections", "tables",
    ),
    LegalBasis: ("kind", "number", "date", "issuer", "subject", "text"),
    Section: ("heading", "text"),
    Table: ("title", "stated_total", "", "rows"),
    Row: (
        "group", "task", "objective", "scope", "lead", "time_from", "time_to", "time", "total", "stated_total",
        "funding", "years", "security", "carried_over", "result", "note", "cells",
    ),
}  # fmt: skip
#: Before all rows, and after the words of a section.
_HEAD, _NUMBERS = -1, 1


def groups(document: Document, places: Sequence[Place]) -> list[tuple[Place, list[Finding]]]:
    """The findings of every place that has some, in reading order; ``places`` are those of the outline."""
    found = []
    for place in places:
        here = document.findings_at(place)
        if here:
            position = positions(document, place)
            # Findings of one field stay in the order in which they were found.
            found.append((place, sorted(here, key=lambda finding: position(finding.part, finding.field))))
    return found


def positions(document: Document, place: Place) -> Callable[[Part, str], Position]:
    """A function that tells where on the page of ``place`` a field of a part is."""
    parts: dict[int, int] = {}
    if isinstance(place, Table):
        parts = {id(row): number for number, row in enumerate(walk_rows(place.rows))}
        parts[id(place)] = _HEAD
    elif isinstance(place, Section):
        parts = {id(place): 0, id(document.plan): _NUMBERS}
    elif place == "bases":
        parts = {id(basis): number for number, basis in enumerate(document.plan.legal_bases)}
    indicators = {spec.key: number for number, spec in enumerate(document.template.indicators)}
    ranks = {kind.__name__: {name: rank for rank, name in enumerate(names)} for kind, names in _FIELDS.items()}

    @cache
    def in_part(kind: str, field: str) -> tuple[int, int]:
        name, _slash, key = field.replace(".", "/").partition("/")
        return ranks[kind].get(name, 0), 0 if not key else int(key) if key.isdecimal() else indicators.get(key, 0)

    return lambda part, field: (parts.get(id(part), 0), *in_part(type(part).__name__, field))


def place_index(places: Sequence[Place], place: Place) -> int:
    """Where a place is in the outline; behind all others where it is not there."""
    return next((number for number, one in enumerate(places) if one is place or one == place), len(places))


class Walk:
    """Steps from finding to finding: from the last one gone to while the cursor is still there, else from the cursor.

    ``here`` is the place shown and, where the cursor is in a field, its part and field.
    """

    def __init__(self) -> None:
        self._last: Finding | None = None
        self._stood: tuple[Place, tuple[Part, str] | None] | None = None

    def step(
        self, document: Document, places: Sequence[Place], place: Place, here: tuple[Part, str] | None, by: int
    ) -> tuple[Finding, int, int] | None:
        """The next (+1) or previous (-1) finding, its number and how many there are; ``None`` where there are none."""
        # What was set aside is not gone to.
        found = [(at, [one for one in all_here if not one.reason]) for at, all_here in groups(document, places)]
        flat = [finding for _place, findings in found for finding in findings]
        if not flat:
            return None
        last = number_of(flat, self._last)
        if place == "findings" and here is not None:
            # The one selected in the list, or the one after it, if that was gone to already.
            number = next((n for n, one in enumerate(flat) if (one.part, one.field) == here), 0)
            number += by if number == last else 0
        elif last is not None and (here is None or (place, here) == self._stood):
            number = last + by
        else:
            number = self._from_cursor(document, places, found, place, here, by)
        number %= len(flat)
        return flat[number], number + 1, len(flat)

    def arrived(self, finding: Finding, place: Place, here: tuple[Part, str] | None) -> None:
        """Keep in mind which finding was gone to, and where the cursor stands now."""
        self._last, self._stood = finding, (place, here)

    def _from_cursor(
        self,
        document: Document,
        places: Sequence[Place],
        found: list[tuple[Place, list[Finding]]],
        place: Place,
        here: tuple[Part, str] | None,
        by: int,
    ) -> int:
        """The number of the first finding after the cursor, or of the last one before it."""
        page, position = place_index(places, place), positions(document, place)
        cursor = position(*here) if here is not None else None
        before = up_to = 0
        for other, findings in found:
            index = place_index(places, other)
            if index < page:
                before += len(findings)
                up_to += len(findings)
            elif index == page and cursor is not None:
                marks = [position(finding.part, finding.field) for finding in findings]
                before += sum(mark < cursor for mark in marks)
                up_to += sum(mark <= cursor for mark in marks)
        return up_to if by > 0 else before - 1


def number_of(findings: Sequence[object], wanted: Finding | None) -> int | None:
    """The place of a finding in a list of some: itself, else one of the same rule in the same field."""
    if wanted is None:
        return None
    key = (wanted.rule, wanted.part, wanted.field)
    again = None
    for number, one in enumerate(findings):
        if one == wanted:
            return number
        if again is None and key == (getattr(one, "rule", ""), getattr(one, "part", None), getattr(one, "field", "")):
            again = number
    return again


def told(finding: Finding, number: int, count: int) -> str:
    """A line that says which finding was gone to."""
    texts = {
        "error": _("Lỗi ({number}/{count}): {sentence}"),
        "warning": _("Cảnh báo ({number}/{count}): {sentence}"),
    }
    text = texts.get(finding.severity, _("Lưu ý ({number}/{count}): {sentence}"))
    return text.format(number=number, count=count, sentence=finding.message)


def at_cursor(document: Document, here: tuple[Part, str] | None, with_fix: bool = False) -> Finding | None:
    """The finding at the cursor: of its field, in a table else of its row; ``with_fix``: one that can be put right."""
    if here is None:
        return None
    part, field = here
    found = [finding for finding in document.findings_of(part) if finding.fix is not None or not with_fix]
    of_row = found[0] if found and isinstance(part, Row) else None
    return next((finding for finding in found if is_at(finding, field)), of_row)


def is_at(finding: Finding, field: str) -> bool:
    """Whether a finding is told at ``field``: one of all sources at each of them, one of a fix where it would be."""
    field = field.replace(".", "/")
    if finding.field == field or (finding.fix is not None and finding.fix.field == field):
        return True
    return finding.field == field.partition("/")[0] and finding.field in ("funding", "years")
