"""The reader: what a text says that cannot be so, found from its own words, with the places.

One file for each thing that is looked for; each gives remarks (``Remark``) and never raises. What a text says depends
on nothing but the text, so it is read once (``scan``); what that means in a plan is for ``models.checks.prose``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models import citations
from models.citations import Citation
from models.reader import amounts, budgets, periods, repeats, shares, sums
from models.reader.remark import Remark
from models.reader.shares import Share

_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in one text: remarks in the order of their places, documents cited, counts with a percentage."""

    remarks: tuple[Remark, ...] = ()
    citations: tuple[Citation, ...] = ()
    shares: tuple[Share, ...] = ()


#: Of a text in which nothing was found.
NOTHING = Scan()


def scan(text: str) -> Scan:
    """Read ``text``, which is as it is printed."""
    remarks = repeats.find(text)
    cited: list[Citation] = []
    counted: list[Share] = []
    figures = len(_FIGURES.findall(text))
    if figures:
        if figures > 1:
            remarks.extend(periods.find(text))
        if "(" in text or "ữ" in text or "Ữ" in text:
            # Words of an amount stand in brackets, or behind "bằng chữ".
            remarks.extend(amounts.find(text))
        if "ngày" in text:
            cited = [*citations.find(text), *citations.laws(text)]
        if "%" in text:
            counted = shares.find(text)
            remarks.extend(shares.judge(text, counted))
        if figures > 2:
            remarks.extend(sums.find(text))
            remarks.extend(budgets.find(text))
    if not (remarks or cited or counted):
        return NOTHING
    remarks.sort(key=lambda remark: (remark.start, remark.end))
    return Scan(tuple(remarks), tuple(cited), tuple(counted))


def read_once(text: str, known: dict[str, Scan]) -> Scan:
    """What ``text`` says, read only where it is not in ``known``, which remembers it."""
    found = known.get(text)
    if found is None:
        found = known[text] = scan(text)
    return found
