"""Which rows of a table are shown, and in which order: a way of looking, of which the plan itself knows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.alphabet import order
from models.folding import fold
from models.i18n import N_
from models.plan import Row
from models.totals import Totals
from ui.tables.columns import ScreenColumn

#: What can be chosen besides a text: names and what they are called.
CHOICES = (
    ("all", N_("Tất cả dòng")),
    ("findings", N_("Có lỗi, cảnh báo")),
    ("no_amount", N_("Chưa có kinh phí")),
    ("security", N_("An toàn thông tin")),
)

#: The fields of a task that are texts.
TEXTS = ("task", "objective", "scope", "lead", "time", "result", "note")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Only rows with ``text`` that fit ``choice`` are shown; sorted by the column of ``field``, if it is given."""

    text: str = ""
    choice: str = "all"
    field: str = ""
    descending: bool = False

    @property
    def filters(self) -> bool:
        return bool(self.text) or self.choice != "all"

    @property
    def sorts(self) -> bool:
        return bool(self.field)


# ---- what the cells of a row hold


def amount_of(row: Row, field: str, totals: Totals) -> int | None:
    """The amount (đồng) that a cell shows, typed or computed; ``None`` where it shows none."""
    kind, _dot, key = field.partition(".")
    if kind == "total":
        return row.total if row.group is None and row.total is not None else totals.row(row)
    if row.group is None and key and kind in ("funding", "years"):
        amount: int | None = getattr(row, kind).get(key)
        return amount
    return None


def texts_of(columns: Sequence[ScreenColumn]) -> Callable[[Row], str]:
    """A function that gives the texts that a row shows in ``columns``, but for its amounts; one a line."""
    names = [column.field for column in columns if column.field in TEXTS]
    places = [int(column.field.removeprefix("cells.")) for column in columns if column.field.startswith("cells.")]

    def texts(row: Row) -> str:
        if row.cells is not None:
            return "\n".join(row.cells[place] for place in places if place < len(row.cells))
        if row.group is not None:
            return row.group
        return "\n".join([value for name in names if (value := getattr(row, name))])

    return texts


def sort_key(row: Row, field: str, totals: Totals) -> Any:
    """By what a row is sorted in a column; ``None`` where its cell is empty."""
    kind, _dot, key = field.partition(".")
    if kind == "cells":
        cells, place = row.cells or [], int(key)
        text = cells[place] if place < len(cells) else ""
        return _text_key(text) if text else None
    if kind in ("total", "funding", "years"):
        return amount_of(row, field, totals)
    if field in ("security", "carried_over"):
        return 0 if getattr(row, field) else None
    if field == "time" and row.time_from is not None:
        return (str(row.time_from), str(row.time_to or row.time_from), row.time)
    text = str(getattr(row, field, "") or "")
    if not text:
        return None
    return _text_key(text)


def _text_key(text: str) -> tuple[str, str, str]:
    # Behind so many letters the plain order of signs tells long texts apart, which is quicker.
    return (*order(text[:60]), text)


# ---- choosing and ordering


def left_out(rows: Sequence[Row], has_text: Callable[[Row], object], fits: Callable[[Row], bool]) -> dict[int, Row]:
    """The rows that are not shown, by ``id()``: those that have not the text looked for, or do not fit.

    What is under a row with the text is shown with it; what is above a shown row is shown too. ``rows`` are in
    printed order, each before its own.
    """
    found: set[int] = set()
    hidden: dict[int, Row] = {}
    for row in rows:
        if id(row.parent) in found or has_text(row):
            found.add(id(row))
            if fits(row):
                continue
        hidden[id(row)] = row
    return without_holes(rows, hidden)


def without_holes(rows: Sequence[Row], hidden: dict[int, Row]) -> dict[int, Row]:
    """``hidden`` without the rows above those that are shown."""
    for row in rows:
        if id(row) not in hidden:
            above = row.parent
            while isinstance(above, Row) and hidden.pop(id(above), None) is not None:
                above = above.parent
    return hidden


def ranks(rows: Sequence[Row], field: str, totals: Totals, descending: bool) -> dict[int, int]:
    """The place of each task among all, by ``id()``; empty cells last either way, equal ones as in the plan."""
    keyed = [(sort_key(row, field, totals), row) for row in rows if row.group is None]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    ordered = [row for _key, row in known] + [row for key, row in keyed if key is None]
    return {id(row): place for place, row in enumerate(ordered)}


def walk_ranked(rows: Sequence[Row], ranked: Mapping[int, int]) -> Iterator[Row]:
    """All rows below ``rows``, tasks ordered within what they hang on; groups stay where they are in the plan."""
    for row in _siblings(rows, ranked):
        yield row
        if row.rows:
            yield from walk_ranked(row.rows, ranked)


def _siblings(rows: Sequence[Row], ranked: Mapping[int, int]) -> list[Row]:
    known = iter(sorted((row for row in rows if id(row) in ranked), key=lambda row: ranked[id(row)]))
    return [next(known) if id(row) in ranked else row for row in rows]


def finder(text: str) -> Callable[[str], object]:
    """A function that tells whether ``text`` is in another one, whatever diacritics and capitals either has.

    Folding thousands of long texts takes longer than looking for every letter that folds to the one wanted.
    """
    folded = fold(" ".join(text.split()))
    letters = _letters()
    return re.compile("".join(f"[{re.escape(letters.get(letter, letter))}]" for letter in folded)).search


@cache
def _letters() -> dict[str, str]:
    """For each folded letter, all that fold to it."""
    found: dict[str, str] = {}
    for code in (*range(0x41, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        folded = fold(chr(code))
        found[folded] = found.get(folded, "") + chr(code)
    return found
