"""Documents cited in a text: "Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020"."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Bounded: no number is longer, and an unbounded search takes seconds over a pasted list of figures.
_WORD = r"[0-9A-ZĐÀ-Ỹa-z&]{1,40}"
_NUMBER = rf"(?P<number>\d{{1,8}}[A-Za-zĐđ]?(?:/(?:19|20)\d\d)?[/-]{_WORD}(?:[-/]{_WORD}){{0,8}})"
_DAY = r"(?P<day>\d{1,2})\s*(?:/|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*(?:/|\s+năm\s+)\s*(?P<year>(?:19|20)\d\d)"
# Compiled when it is first used: that takes longer than loading the rest of this module.
_CITATION = rf"(?:\bsố:?\s*)?\b{_NUMBER},?\s*ngày\s+{_DAY}(?!\d)"
_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d\d)/")


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited by number and date (ISO 8601), and where in the text that stands."""

    number: str
    date: str
    start: int
    end: int


def find(text: str) -> list[Citation]:
    """The documents that ``text`` cites by number and date."""
    if "ngày" not in text:
        return []
    return [
        Citation(
            match["number"],
            f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}",
            match.start(),
            match.end(),
        )
        for match in re.finditer(_CITATION, text)
    ]


def year_of(number: str) -> int | None:
    """The year inside a document's number: 2019 in ``17/2019/TT-BKHCN``; ``None`` where there is none."""
    match = _YEAR_IN_NUMBER.search(number)
    return int(match.group(1)) if match else None


def printed_date(iso: str) -> str:
    """``2020-06-03`` as it is written in a sentence: ``03/6/2020``."""
    year, month, day = iso.split("-")
    return f"{day}/{month if int(month) <= 2 else int(month)}/{year}"
