"""Danh mục căn cứ: documents that plans cite, with their dates and validity, and what replaced them.

Three layers, each over the one before: the list shipped with the program, the updates taken in (``models.updates``),
the unit's own entries. Of two that are about one document the newer list counts; what the unit wrote counts most.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from models import citations, resources
from models.folding import fold
from models.memory import OFFERED, find_bases
from models.plan import LegalBasis

#: The day up to which the shipped list was looked through (ISO 8601).
SHIPPED = "2026-11-20"
#: Cited by name and date: "Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006".
_BY_NAME = ("luat", "bo luat", "phap lenh", "hien phap")
#: Ủy ban nhân dân, Hội đồng nhân dân, Party committees and steering committees, in the symbols of their documents.
_LOCAL = frozenset(("ubnd", "hdnd", "tu", "hu", "thu", "du", "bcd"))
_WORD = re.compile(r"[^\W_]+")
#: The parts of a number may be written apart, and with other marks between them: ``52-NQ/TW``, ``52 - NQ/TW``.
_NUMBER = r"\d{1,8}[A-Za-zĐđ]?(?:\s?[/–-]\s?[^\s/–\-,;()“”\"]{1,40}){1,9}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document. Dates are ISO 8601, empty where they are not known; from ``expired_on`` on it is not in force."""

    kind: str
    number: str
    date: str
    issuer: str = ""
    subject: str = ""
    in_force_from: str = ""
    expired_on: str = ""
    #: Numbers of the documents that replaced it, or parts of it.
    replaced_by: tuple[str, ...] = ()
    #: Whether the unit wrote it.
    own: bool = False

    @property
    def start(self) -> str:
        """The day from which it is in force, as far as that is known: else that of its issue."""
        return self.in_force_from or self.date

    @property
    def key(self) -> tuple[str, str]:
        """What tells one document from another."""
        return number_key(self.number) or _squeezed(f"{self.kind} {self.subject}"), self.date


def number_key(number: str) -> str:
    """A document's number in whatever way it is spelled: without marks, diacritics, capitals and leading zeros.

    Words before it (``Nghị định số``) count as little.
    """
    match = re.search(_NUMBER, number)
    words = _squeezed(match[0] if match else number).split()
    if words:
        words[0] = words[0].lstrip("0") or "0"
    return " ".join(words)


def is_local(number: str) -> bool:
    """Whether authorities of many places number their documents so: ``12/2021/NQ-HĐND`` is in every province."""
    return not _LOCAL.isdisjoint(number_key(number).split())


def cited_by_name(kind: str) -> bool:
    """Whether documents of that kind are cited by name and date, often without a number."""
    return _squeezed(kind) in _BY_NAME


class Catalogue:
    """Entries by number, by words, and what became of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._by_number: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_number.setdefault(number_key(entry.number), []).append(entry)

    def named(self, number: str, kind: str = "") -> list[Entry]:
        """The documents of that number, the earliest first: ``14/CT-TTg`` comes back every year."""
        found = self._by_number.get(number_key(number), []) if number.strip() else []
        if kind.strip():
            found = [entry for entry in found if _squeezed(entry.kind) == _squeezed(kind)]
        return sorted(found, key=lambda entry: entry.date)

    def search(self, text: str, limit: int = OFFERED, on: str = "", by_number: bool = False) -> list[Entry]:
        """The entries that answer to ``text``, by number or by words too, with or without diacritics.

        With ``on`` (ISO 8601), those no longer in force that day come last.
        """
        bases = find_bases(text, self._bases, len(self._bases), by_number)
        found = [self._entry_of[id(basis)] for basis in bases]
        if on:
            found.sort(key=lambda entry: not self.in_force(entry, on))
        return found[:limit]

    @cached_property
    def _bases(self) -> list[LegalBasis]:
        return [as_basis(entry) for entry in self.entries]

    @cached_property
    def _entry_of(self) -> dict[int, Entry]:
        return {id(basis): entry for basis, entry in zip(self._bases, self.entries, strict=True)}

    # ---- validity

    def ended(self, entry: Entry) -> str:
        """The day from which ``entry`` is no longer in force; empty where it is, or none is known.

        Where the catalogue names only what replaced it, that is the day on which the last of these came into force.
        """
        if entry.expired_on or not entry.replaced_by:
            return entry.expired_on
        starts = [found[-1].start if (found := self.successors(entry, number)) else "" for number in entry.replaced_by]
        return max(starts) if all(starts) else ""

    def successors(self, entry: Entry, number: str = "") -> list[Entry]:
        """The documents known that replaced ``entry``, or that of these with this number; no earlier than it."""
        numbers = (number,) if number else entry.replaced_by
        found = [
            [one for one in self.named(name) if one.date >= entry.date and one.key != entry.key] for name in numbers
        ]
        return [those[0] for those in found if those]

    def in_force(self, entry: Entry, on: str) -> bool:
        """Whether ``entry`` may still be cited on a day (ISO 8601): it has not ended by then.

        One that is issued and comes into force later counts as in force.
        """
        end = self.ended(entry)
        return not end or on < end

    def replacement(self, entry: Entry, on: str = "") -> Entry | None:
        """The document that replaced ``entry``; with ``on``, what stands in its place on that day.

        ``None`` where none is known, or several replaced parts of it.
        """
        seen = {entry.key}
        while len(entry.replaced_by) == 1 and (found := self.successors(entry)):
            entry = found[0]
            if entry.key in seen:
                return None
            seen.add(entry.key)
            if not on or self.in_force(entry, on):
                return entry
        return None

    # ---- what is meant

    def meant(self, kind: str, number: str, date: str, about: str = "") -> Entry | None:
        """The document that a citation means for certain, whatever day it gives; ``None`` where that is not certain.

        ``about`` are the words of its subject, and may go on with others. A number comes back every year, so it is
        certain only with the year, or the year inside the number, or the same words, or the same day of another year
        where no other words are told; with that of a local authority only with the same words.
        """
        if not number.strip():
            return self._by_name(kind, date, about)
        found = self.named(number)
        exact = [entry for entry in found if entry.date == date]
        if exact:
            return exact[0]
        if not is_local(number):
            if citations.year_of(number) is not None:
                return found[0] if len(found) == 1 else None
            same_year = [entry for entry in found if date and entry.date[:4] == date[:4]]
            if same_year:
                return same_year[0] if len(same_year) == 1 else None
        same = [entry for entry in found if says_same(entry.subject, about)] or [
            entry for entry in found if _is_other_year(entry, kind, date, about)
        ]
        return same[0] if len(same) == 1 else None

    def _by_name(self, kind: str, date: str, about: str) -> Entry | None:
        """A law cited by name: by its full name, or by most of it in the year of its date."""
        if not cited_by_name(kind) or not about.strip():
            return None
        same_kind = [entry for entry in self.entries if _squeezed(entry.kind) == _squeezed(kind)]
        name = _squeezed(about).removeprefix(f"{_squeezed(kind)} ")
        named = [entry for entry in same_kind if _squeezed(entry.subject) == name]
        if not date:
            return named[0] if len(named) == 1 else None
        exact = [entry for entry in same_kind if entry.date == date and _begins(entry.subject, name)]
        if len(exact) == 1:
            return exact[0]
        found = [entry for entry in named if entry.date[:4] == date[:4]]
        if not found:
            found = [entry for entry in same_kind if entry.date[:4] == date[:4] and _begins(entry.subject, name)]
        found = found or [entry for entry in named if entry.date[5:] == date[5:]]
        return found[0] if len(found) == 1 else None


def as_basis(entry: Entry) -> LegalBasis:
    """The basis, in no plan, that cites ``entry``."""
    return LegalBasis(kind=entry.kind, number=entry.number, date=entry.date, issuer=entry.issuer, subject=entry.subject)


def says_same(subject: str, about: str) -> bool:
    """Whether words are clearly about the same: a cited subject may be shortened, or go on with other words."""
    known, said = _squeezed(subject).split(), _squeezed(about).split()
    if len(known) < _LEAST_WORDS or len(said) < _LEAST_WORDS:
        return False
    # Its first words, "phê duyệt Chương trình", are those of many: what follows them tells.
    said = said[: len(known) + _MORE_WORDS]
    common = _in_order(known, said)
    return common >= _ALIKE * min(len(known), len(said)) and common >= _LEAST_WORDS


#: Words that two subjects have at least, how many of the words are the same, words that may stand between.
_LEAST_WORDS, _ALIKE, _MORE_WORDS = 6, 0.8, 6


def _is_other_year(entry: Entry, kind: str, date: str, about: str) -> bool:
    """Whether a citation by the number of ``entry`` gives its day with another year, and no other subject.

    That two years have the same number on the same day is as good as never so: but in January, when numbers begin
    anew (01/NQ-CP is of the first day of each year), on the last day of the year, and with those of whoever numbers
    little.
    """
    if entry.own or date[5:] != entry.date[5:] or date[5:7] == "01" or date[5:] == "12-31":
        return False
    if not _squeezed(entry.issuer).startswith(_CENTRAL) or _squeezed(kind) not in ("", _squeezed(entry.kind)):
        return False
    told = _squeezed(about)
    if kind.strip():
        return _squeezed(entry.subject).startswith(told)
    return _TELLS.match(told) is None


#: Who issues hundreds of documents a year, and words (squeezed) in which a subject follows number, day and issuer.
_CENTRAL = ("thu tuong", "chinh phu", "quoc hoi", "bo ", "ban bi thu", "ban chap hanh trung uong")
_TELLS = re.compile(
    r"(?:cua (?:\w+ ){1,12}?)?(?:ve|v v|phe duyet|ban hanh|quy dinh|huong dan|thong qua|sua doi|bo sung|cong bo"
    r"|tang cuong|day manh|thanh lap|kien toan|bai bo|dieu chinh|giao|phan cong|quy hoach)\b"
)


def _in_order(one: list[str], other: list[str]) -> int:
    """How many words two texts have in common, in the same order."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for place, said in enumerate(other, 1):
            before, row[place] = row[place], before + 1 if word == said else max(row[place], row[place - 1])
    return row[-1]


def _begins(subject: str, name: str) -> bool:
    """Whether ``name`` is a subject, or the most of it from the start: "An toàn thông tin" of "… mạng"."""
    known, said = _squeezed(subject).split(), name.split()
    return said == known or (len(said) >= 3 and len(said) * 4 >= len(known) * 3 and known[: len(said)] == said)


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


# ---- the one in use

#: That of the data folder that it was read for.
_current: tuple[Path | None, Catalogue] | None = None


def use_folder(folder: Path | None) -> None:
    """Look for updates and own entries in this data folder from now on; nothing is read yet."""
    resources.use_data(folder)
    forget()


def current() -> Catalogue:
    """The catalogue in use, with what lies in the data folder (``resources.data``): read when it is first asked for."""
    global _current
    folder = resources.data()
    if _current is None or _current[0] != folder:
        from models import catalogue_layers

        _current = folder, Catalogue(catalogue_layers.merged(folder))
    return _current[1]


def forget() -> None:
    """Read the catalogue anew when it is next asked for: a layer of it was changed."""
    global _current
    _current = None


def shipped_file() -> Path:
    return resources.path("legal_bases.csv")


def is_day(iso: str) -> bool:
    """Whether ``iso`` is a day of the calendar (``2020-06-03``) in the times of such documents."""
    try:
        return len(iso) == 10 and datetime.date.fromisoformat(iso).year >= 1945
    except ValueError:
        return False


def filled(own: Entry, known: Entry) -> Entry:
    """What the unit wrote, and what it left out as the list has it."""
    return replace(
        own, issuer=own.issuer or known.issuer, subject=own.subject or known.subject,
        in_force_from=own.in_force_from or known.in_force_from, expired_on=own.expired_on or known.expired_on,
        replaced_by=own.replaced_by or known.replaced_by,
    )  # fmt: skip
