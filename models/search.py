"""Finding in all texts of a plan, and replacing: spans are places in the very text that the plan holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from models import folding
from models.plan import Part, Plan, Row, Section
from models.searchable import Kind, Place, shown_texts
from models.template import Template
from models.text import PLACEHOLDER, clean, placeholders
from models.times import parse_period
from models.totals import Totals

#: Letters of the alphabets that are folded: Latin, Greek, Cyrillic, and Latin with the marks of Vietnamese.
_ALPHABETS = (range(0x41, 0x530), range(0x1E00, 0x2000))
#: Bold and italic marks that may stand between two letters.
_MARKS = r"\*{0,3}"
_AMOUNT = re.compile(r"[-−–]?[0-9.,]*[0-9][0-9.,]*")


@dataclass(frozen=True, slots=True)
class Hit:
    """One match: ``text[start:start + length]``, ``text`` being what ``field`` of ``part`` holds or shows.

    ``place`` is the page (``general``, ``bases``, a section or a table), ``field`` as in a finding. ``value`` is what
    a placeholder prints, where the match is in that. Amounts and other numbers are found, but not ``replaceable``.
    """

    place: Place
    part: Part
    field: str
    start: int
    length: int
    text: str
    kind: Kind = "text"
    value: str = ""
    replaceable: bool = True

    @property
    def before(self) -> str:
        """What stands before the match, at most 60 characters, on one line."""
        return self._one_line(self.text[max(0, self.start - 60) : self.start])

    @property
    def found(self) -> str:
        return self._one_line(self.value or self.text[self.start : self.start + self.length])

    @property
    def after(self) -> str:
        """What stands behind the match, at most 160 characters, on one line."""
        end = self.start + self.length
        return self._one_line(self.text[end : end + 160])

    def _one_line(self, text: str) -> str:
        """``text`` with its line breaks as blanks, and in a section without its marks."""
        return re.sub(r"\s", " ", text.replace("*", "") if self.kind == "section" else text)


# ---- finding


def search(
    plan: Plan, template: Template, query: str, *, fold: bool, case: bool = False, words: bool = False,
    within: Place | None = None, totals: Totals | None = None, most: int | None = None,
) -> list[Hit]:  # fmt: skip
    """Where ``query`` stands in the plan, or in the place ``within``, in the order of the outline; ``most`` at most.

    ``fold``: diacritics do not count; ``case``: capitals do; ``words``: only whole words. Amounts are found as they
    are shown in their table's unit, with or without dots ("4009,772"). With ``totals`` also sums and what
    placeholders print.
    """
    query = clean(query).replace("\n", " ")
    return list(islice(_hits(plan, template, query, fold, case, words, within, totals), most)) if query else []


def _hits(
    plan: Plan, template: Template, query: str, fold: bool, case: bool, words: bool, within: Place | None,
    totals: Totals | None,
) -> Iterator[Hit]:  # fmt: skip
    plain = text_pattern(query, fold, case, words)
    marked = text_pattern(query, fold, case, words, _MARKS)
    amount = amount_pattern(query, words)
    digits = None if amount is None else re.sub("[^0-9]", "", query).lstrip("0")
    values = placeholders(plan, template, totals) if totals is not None else lambda name: None
    for place, part, field, text, kind in shown_texts(plan, template, totals, within, digits):
        if kind == "section":
            pattern = marked if "*" in text else plain
            yield from _hits_in_section(place, part, field, text, pattern, [plain, amount], values)
            continue
        for match in (amount if kind == "amount" and amount else plain).finditer(text):
            start, end = match.span()
            yield Hit(place, part, field, start, end - start, text, kind, replaceable=kind == "text")


def _hits_in_section(
    place: Place, part: Part, field: str, text: str, pattern: re.Pattern[str],
    in_values: list[re.Pattern[str] | None], values: Callable[[str], str | None],
) -> Iterator[Hit]:  # fmt: skip
    """The matches in a section's text, and one for each placeholder that prints a match."""
    printed = {
        match.span(): value for match in PLACEHOLDER.finditer(text) if (value := values(match.group(1))) is not None
    }
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        # Half a placeholder replaced would be none any more.
        cut = any(start < close and first < end and not start <= first < close <= end for first, close in printed)
        found.append(Hit(place, part, field, start, end - start, text, "section", replaceable=not cut))
    for (start, end), value in printed.items():
        if any(one is not None and one.search(value) for one in in_values):
            found.append(Hit(place, part, field, start, end - start, text, "section", value, replaceable=False))
    yield from sorted(found, key=lambda hit: hit.start)


def text_pattern(query: str, fold: bool, case: bool, words: bool, between: str = "") -> re.Pattern[str]:
    """A pattern for ``query`` in unfolded text: each letter stands for all that fold to it, a blank for any blank."""
    letters = [_letters(letter, fold, case) for letter in query]
    before = r"(?<!\w)" if words and re.match(r"\w", query) else ""
    after = r"(?!\w)" if words and re.search(r"\w\Z", query) else ""
    return re.compile(before + between.join(letters) + after)


def amount_pattern(query: str, words: bool) -> re.Pattern[str] | None:
    """A pattern for ``query`` in written amounts, its dots left out or not; ``None`` where it is no part of one."""
    bare = "".join(query.split())
    if not _AMOUNT.fullmatch(bare):
        return None
    bare = re.sub("[−–]", "-", bare)
    pattern = r"\.?".join(re.escape(letter) for letter in bare)
    return re.compile(rf"(?<![0-9.,]){pattern}(?![0-9.,])" if words else pattern)


def _letters(letter: str, fold: bool, case: bool) -> str:
    if letter.isspace():
        return r"\s"
    same = _alphabet(fold, case).get(_key(letter, fold, case), "")
    return "[" + "".join(re.escape(one) for one in dict.fromkeys(letter + same)) + "]"


def _key(letter: str, fold: bool, case: bool) -> str:
    """What two letters that count as the same have in common."""
    if not fold:
        return letter if case else folding.lower(letter)
    bare = folding.fold(letter)
    return bare.upper() if case and letter != folding.lower(letter) else bare


@lru_cache(maxsize=4)
def _alphabet(fold: bool, case: bool) -> dict[str, str]:
    """The letters of each key."""
    found: dict[str, str] = {}
    for letter in (chr(code) for codes in _ALPHABETS for code in codes):
        key = _key(letter, fold, case)
        found[key] = found.get(key, "") + letter
    return found


# ---- replacing


def replace(hits: Iterable[Hit], new: str) -> list[tuple[Part, str, Any]]:
    """The attributes that become others, with their values, where ``new`` takes the place of every replaceable hit.

    The hits are of one search, and the plan is as it was then. A task's years are read anew from its time.
    """
    new = clean(new).replace("\n", " ")
    fields: dict[tuple[int, str], list[Hit]] = {}
    for hit in hits:
        if hit.replaceable:
            fields.setdefault((id(hit.part), hit.field), []).append(hit)
    values: dict[tuple[int, str], tuple[Part, str, Any]] = {}
    for found in fields.values():
        part, field, text = found[0].part, found[0].field, found[0].text
        for hit in sorted(found, key=lambda hit: hit.start, reverse=True):
            end = hit.start + hit.length
            before, span, after = text[: hit.start], text[hit.start : end], text[end:]
            text = _joined(before, new, span, after) if hit.kind == "section" else before + new + after
        for name, value in _values(part, field, text, values):
            values[id(part), name] = (part, name, value)
    return [one for one in values.values() if getattr(one[0], one[1]) != one[2]]


def _joined(before: str, new: str, span: str, after: str) -> str:
    """``new`` in place of ``span``; a mark whose partner stands outside of it stays, unless it would mark nothing."""
    marks = re.findall(r"\*\*|\*", span)
    kept = "".join(mark for mark in dict.fromkeys(marks) if marks.count(mark) % 2)
    if kept and after.startswith(kept):
        return before + new + after[len(kept) :]
    if kept and not new and before.endswith(kept):
        return before[: -len(kept)] + after
    return before + new + kept + after


def _values(
    part: Part, field: str, text: str, others: dict[tuple[int, str], tuple[Part, str, Any]]
) -> list[tuple[str, Any]]:
    """The attributes that a new text of a field sets, as typing it does; ``others`` are set already."""
    if isinstance(part, Section) and field == "text":
        return [("text", text)]
    if field == "recipients":
        return [("recipients", [line for line in map(_line, text.split("\n")) if line])]
    if not isinstance(part, Row):
        return [(field, _line(text))]
    kind, _slash, key = field.partition("/")
    if kind == "cells":
        cells = list(others[id(part), "cells"][2] if (id(part), "cells") in others else part.cells or ())
        cells[int(key)] = text.strip()
        return [("cells", cells)]
    if field == "time":
        first, last = parse_period(text) or (None, None)
        return [("time", text.strip()), ("time_from", first), ("time_to", last)]
    return [(field, text.strip())]


def _line(text: str) -> str:
    return " ".join(text.split())
