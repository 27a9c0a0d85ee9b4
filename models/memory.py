"""What was typed before is offered again: found without diacritics, the likeliest first.

The memory is the plans themselves: those of the store as they were read, the open one as it stands now. So a value
that was corrected or taken back is forgotten with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from typing import Any

from models.folding import fold, lower
from models.plan import LegalBasis, Part, Plan, Row, walk_rows

#: A value, how often it was used, and a number that grows with the time of its last use.
Use = tuple[Any, int, int]

PLAN_KINDS = (
    "unit_parent", "unit_name", "unit_code", "place", "addressee", "symbol", "capacity", "signer_position",
    "signer_name", "recipients",
)  # fmt: skip
ROW_KINDS = ("task", "objective", "scope", "lead", "time", "result", "note")

#: Offers at a time; values of a kind that are looked through; letters of the longest value that is remembered.
OFFERED = 8
_MOST, _LONGEST = 2000, 300
#: The open plan is the latest.
_NOW = 1 << 62
#: More parts than these in one change were pasted or put back, not typed.
_TYPED_AT_ONCE = 200

#: The texts a legal basis is made of, as the store gives them.
BASIS_FIELDS = ("kind", "number", "date", "issuer", "subject", "text")

#: Words of the longest name that is found by their first letters.
_NAME = 12

_WORD = re.compile(r"\w+")


class Memory:
    """The values of the plans, by kind: a field of a plan or of a task, ``issuer``, and ``basis``."""

    def __init__(self, plan: Plan | None) -> None:
        self._plan = plan
        self._others: dict[str, list[Use]] = {}
        #: Both together, until either is another.
        self._all: dict[str, list[Use]] = {}
        #: When a value was typed in this session, by kind.
        self._typed: dict[str, dict[Any, int]] = {}
        self._clock = 0

    def learn(self, kind: str, uses: Iterable[Use]) -> None:
        """Keep what the other plans hold of a kind."""
        self._others[kind] = list(uses)
        self._all.pop(kind, None)

    def change(self, parts: Iterable[Part]) -> None:
        """The open plan is another one now; these parts of it were changed."""
        self._all.clear()
        changed = list(parts)
        if len(changed) > _TYPED_AT_ONCE:
            return
        self._clock += 1
        for part in changed:
            kinds = PLAN_KINDS if isinstance(part, Plan) else ROW_KINDS if isinstance(part, Row) else ()
            for kind in kinds:
                for value in _values(part, kind):
                    self._typed.setdefault(kind, {})[value] = self._clock

    def offers(self, kind: str, typed: str, usual: Iterable[str] = (), but_not: Container[str] = ()) -> list[str]:
        """The values of a kind, and ``usual`` ones besides, that ``typed`` asks for; see ``rank``."""
        if kind == "issuer":
            return rank(typed, ((basis.issuer, count, last) for basis, count, last in self._bases()), {})
        uses = [*self._uses(kind), *((value, 0, 0) for value in usual)]
        return rank(typed, (use for use in uses if use[0] not in but_not), self._typed.get(kind, {}))

    def bases(self) -> list[LegalBasis]:
        """The legal bases of all plans, each once (by number and date, or by its words), the most used first."""
        return [basis for basis, _count, _last in self._bases()]

    # ---- what there is

    def _uses(self, kind: str) -> list[Use]:
        if kind not in self._all:
            own = _count(_values_of_plan(self._plan, kind)) if self._plan is not None else []
            found = {value: (value, count, last) for value, count, last in self._others.get(kind, ())}
            for value, count, last in own:
                found[value] = (value, count + found[value][1] if value in found else count, last)
            self._all[kind] = list(found.values())
        return self._all[kind]

    def _bases(self) -> list[Use]:
        """Of the ways in which one document was written, the fullest counts, then the latest."""
        found: dict[tuple[str, ...], tuple[tuple[int, int], LegalBasis, int, int]] = {}
        for fields, count, last in self._uses("basis"):
            basis = LegalBasis(**dict(zip(BASIS_FIELDS, fields, strict=True)))
            key = basis_key(basis)
            if not any(key):
                continue
            fullness = (sum(bool(value) for value in fields), last)
            if key in found:
                best, chosen, counted, latest = found[key]
                better = fullness > best
                found[key] = (
                    max(best, fullness), basis if better else chosen, counted + count, max(latest, last),
                )  # fmt: skip
            else:
                found[key] = (fullness, basis, count, last)
        uses = [(basis, count, last) for _fullness, basis, count, last in found.values()]
        return sorted(uses, key=lambda use: (-use[1], -use[2]))


def _values_of_plan(plan: Plan, kind: str) -> Iterator[Any]:
    if kind == "basis":
        for basis in plan.legal_bases:
            yield tuple(getattr(basis, name) for name in BASIS_FIELDS)
    elif kind in PLAN_KINDS:
        yield from _values(plan, kind)
    elif kind != "task":
        # A task of the same name again would be one too many.
        for table in plan.tables:
            for row in walk_rows(table.rows):
                yield from _values(row, kind)


def _values(part: Part, kind: str) -> Iterable[str]:
    value = getattr(part, kind)
    values = value if isinstance(value, list) else [value] if value else []
    return [value for value in values if 0 < len(value) <= _LONGEST]


def _count(values: Iterator[Any]) -> list[Use]:
    """Each value with how often it is there and where it is last, later than any that was read; the most used."""
    counts: Counter[Any] = Counter()
    last: dict[Any, int] = {}
    for place, value in enumerate(values, _NOW):
        counts[value] += 1
        last[value] = place
    uses = [(value, count, last[value]) for value, count in counts.items()]
    return sorted(uses, key=lambda use: (-use[1], -use[2]))[:_MOST]


# ---- finding


def rank(typed: str, uses: Iterable[Use], recent: dict[Any, int]) -> list[str]:
    """At most ``OFFERED`` of the texts used in which every word of ``typed`` is found, and which are not ``typed``.

    First those that begin with it, then those with words that begin so, then the others; among equals those with the
    same diacritics, then the lately typed (``recent``: when, in this session), those of the open plan, the most used,
    the latest.
    """
    ask = _asked(typed)
    best: dict[str, tuple[Any, ...]] = {}
    for value, count, last in uses:
        place = _place(ask, *_searched(value))
        if place is not None and ask.text != " ".join(value.split()):
            order = (*place, -recent.get(value, 0), last < _NOW, -count, -last)
            if value not in best or order < best[value]:
                best[value] = order
    return sorted(best, key=best.__getitem__)[:OFFERED]


def warm(uses: Iterable[Use]) -> None:
    """Fold texts ahead of their first search: thousands of them take longer than a key should."""
    for value, _count, _last in uses:
        if isinstance(value, str):
            _searched(value)


def find_bases(
    typed: str, bases: Iterable[LegalBasis], most: int = OFFERED, by_number: bool = False
) -> list[LegalBasis]:
    """The bases (likeliest first, as they come) in which every word of ``typed`` is found; or in their number alone.

    First those whose number begins with it, then those with it in the number, then by the beginnings of words.
    """
    ask = _asked(typed)
    found = []
    for order, basis in enumerate(bases):
        number = _place(ask, *_searched(basis.number)) if basis.number else None
        place = number
        if number is None and not by_number:
            place = _place(ask, *_searched(" ".join((basis.number, written_date(basis.date), *_named(basis)))))
        if place is not None:
            found.append(((number is None, place, order), basis))
    return [basis for _order, basis in sorted(found, key=lambda one: one[0])[:most]]


def basis_key(basis: LegalBasis) -> tuple[str, ...]:
    """What tells one document from another: its number and date, or where it has no number, all its words."""
    number = _squeezed(basis.number)
    return (number, basis.date) if number else (_squeezed(" ".join((basis.date, *_named(basis)))), "")


def written_date(iso: str) -> str:
    """``2020-06-03`` in the ways in which it is typed: ``03/06/2020 3/6/2020``."""
    if not iso:
        return ""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year} {int(day)}/{int(month)}/{year}"


def _named(basis: LegalBasis) -> tuple[str, ...]:
    return basis.kind, basis.subject, basis.issuer, basis.text


def _squeezed(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


class _Asked:
    """What is typed: the text, and its words without and with diacritics."""

    __slots__ = ("line", "lowered", "text", "words")

    def __init__(self, typed: str) -> None:
        self.text = " ".join(unicodedata.normalize("NFC", typed)[: 2 * _LONGEST].split())
        self.lowered = _WORD.findall(lower(self.text))
        self.words = [fold(word) for word in self.lowered]
        self.line = " " + " ".join(self.words)


_asked: Callable[[str], _Asked] = lru_cache(maxsize=4)(_Asked)


@lru_cache(maxsize=40_000)
def _searched(value: str) -> tuple[str, str]:
    """A text as it is searched: a blank before each word, and behind them a word of the first letters of all.

    Without diacritics, and with them.
    """
    words = _WORD.findall(lower(value))
    if 1 < len(words) <= _NAME:
        # "ubnd" is Ủy ban nhân dân.
        words.append("".join(word[0] for word in words))
    line = " " + " ".join(words)
    return fold(line), line


def _place(ask: _Asked, folded: str, lowered: str) -> tuple[int, bool] | None:
    """How well a text answers, the least first; ``None`` where a word is not in it."""
    for word in ask.words:
        if word not in folded:
            return None
    if folded.startswith(ask.line):
        kind = 0
    else:
        kind = 1 if all(f" {word}" in folded for word in ask.words) else 2
    return kind, not all(word in lowered for word in ask.lowered)
