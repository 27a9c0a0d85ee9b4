"""What a workbook keeps for being taken back in: a hidden sheet with the plan it was made from and a map of its sheets.

The sheet ``_khs`` has in column A, from the first row: the name of the format, the map, then the plan, both as JSON of
plain letters that no program changes, cut into cells that Excel takes, and the sum of the map. In the sheets themselves
the column behind the last one is hidden: beside the heads it says ``khs:N:C`` (the N-th sheet of the map, of the plan
with the code C), beside each row which row of the plan that is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from models.document import Document, parse

SHEET = "_khs"
FORMAT = "ke-hoach-so/workbook"
VERSION = 1
#: Beside the heads of a sheet, followed by its number in the map and the code of its plan.
MARK = "khs:"
#: Beside the row of the total, and beside what else stands below the table.
TOTAL_ROW, OTHER_ROW = -1, -2

Kind = Literal["tasks", "register", "particulars", "bases", "indicators", "sections"]

#: Letters of a piece, below the 32,767 that a cell takes.
_PIECE = 32_000
#: Around each piece: what it begins and ends with is of no matter to any program then.
_EDGE = "|"


class Unreadable(Exception):
    """The hidden sheet is not whole."""


class Newer(Unreadable):
    """A newer program has written it."""


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A sheet of the map: ``fields`` and ``heads`` are by column; ``table`` is the number of its table (-1: none)."""

    kind: Kind
    name: str
    fields: list[str]
    heads: list[str]
    table: int = -1


@dataclass(frozen=True, slots=True)
class Kept:
    """The plan document of the export, the map, and whether it is the edition to be filled in."""

    plan: Document
    sheets: list[KeptSheet]
    fill_in: bool


def mark(number: int, plan_id: str) -> str:
    """What stands beside the heads of the sheet with that number in the map."""
    return f"{MARK}{number}:{short_code(plan_id)}"


def read_mark(text: str) -> tuple[int, str]:
    """The number (-1: none) and the code of the plan (empty: none) in what stands beside the heads."""
    number, _colon, code = text.removeprefix(MARK).partition(":")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else -1, code


def short_code(plan_id: str) -> str:
    """Tells sheets of different plans apart."""
    return _sum(plan_id)[:8]


def written(kept: Kept) -> Iterator[str]:
    """The texts of column A, from the first row."""
    plan = _text(kept.plan)
    known = {
        "version": VERSION,
        "fill_in": kept.fill_in,
        "plan": _sum(plan),
        "sheets": [asdict(sheet) for sheet in kept.sheets],
    }
    sheets = _text(known)
    yield FORMAT
    for text in (sheets, plan):
        pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
        yield str(len(pieces))
        yield from (f"{_EDGE}{piece}{_EDGE}" for piece in pieces)
    yield _sum(sheets)


def read(texts: Sequence[str]) -> Kept:
    """What ``written`` gave; ``Unreadable`` where anything of it is missing or changed, ``Newer`` where it is newer.

    ``DocumentError`` where the plan in it is none.
    """
    try:
        if texts[0] != FORMAT:
            raise Unreadable
        map_text, after = _joined(texts, 1)
        known = json.loads(map_text)
        if known["version"] > VERSION:
            raise Newer
        plan_text, end = _joined(texts, after)
        if texts[end] != _sum(map_text) or known["plan"] != _sum(plan_text):
            raise Unreadable
        sheets = [_sheet(**sheet) for sheet in known["sheets"]]
        return Kept(parse(plan_text.encode("utf-8")), sheets, bool(known["fill_in"]))
    except (IndexError, KeyError, TypeError, ValueError, RecursionError):
        raise Unreadable from None


def _sheet(kind: Any, name: Any, fields: Any, heads: Any, table: Any = -1) -> KeptSheet:
    """A sheet of the map; ``Unreadable`` where it is none."""
    proper = kind in get_args(Kind) and type(name) is str and type(table) is int and len(fields) == len(heads)
    if not proper or not all(type(text) is str for text in (*fields, *heads)):
        raise Unreadable
    return KeptSheet(kind, name, list(fields), list(heads), table)


def _text(data: object) -> str:
    """``data`` as JSON in plain letters; ``_x0041_`` would be another letter to some programs."""
    return json.dumps(data, separators=(",", ":")).replace("_", "\\u005f")


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _joined(texts: Sequence[str], at: int) -> tuple[str, int]:
    """The text whose number of cells stands in row ``at``, and the row behind them."""
    end = at + 1 + int(texts[at])
    pieces = texts[at + 1 : end]
    if not at < end <= len(texts) or any(piece[0] != _EDGE or piece[-1] != _EDGE for piece in pieces):
        raise Unreadable
    return "".join(piece[1:-1] for piece in pieces), end
