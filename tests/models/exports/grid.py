"""The cells of a printed table as its rules part them: which text stands in which column and between which rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from tests.models.exports.measured import Piece, Sheet


@dataclass
class Cell:
    """The text between two upright and two lying rules, line by line; ``column`` from 0, edges from below."""

    page: int
    column: int
    top: float
    bottom: float
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def cells(sheets: list[Sheet], size: float) -> list[Cell]:
    """The cells with text of the tables of these pages, from page to page, in the order of columns, from the top.

    Fails where a text stands over a rule, beside its column, or where two of its lines touch. ``size`` is that of the
    letters.
    """
    found: list[Cell] = []
    for page, sheet in enumerate(sheets):
        upright = _apart(rule.x for rule in sheet.rules if not rule.lies)
        if not upright:
            continue
        lying = [rule for rule in sheet.rules if rule.lies]
        highest = max(max(rule.y, rule.to_y) for rule in sheet.rules if not rule.lies)
        lowest = min(min(rule.y, rule.to_y) for rule in sheet.rules if not rule.lies)
        bands: list[list[float]] = []
        for left, right in pairwise(upright):
            middle = (left + right) / 2
            bands.append(_apart(rule.y for rule in lying if rule.x <= middle <= rule.to_x))
        by_place: dict[tuple[int, float], Cell] = {}
        for piece in sheet.body:
            if not lowest < piece.y < highest or piece.size != size:
                continue
            column = bisect_right(upright, piece.x) - 1
            ends = bisect_right(upright, piece.right - 0.01) - 1
            assert 0 <= column < len(upright) - 1, piece
            rules = bands[column]
            at = bisect_right(rules, piece.y)
            bottom, top = rules[at - 1], rules[at]
            if column != ends:
                # Over several columns, where no upright rule parts them: a group, a total.
                assert piece.bold, piece
            assert piece.y - 0.25 * size >= bottom - 0.1, piece
            assert piece.y + 0.72 * size <= top + 0.1, piece
            cell = by_place.setdefault((column, top), Cell(page, column, top, bottom))
            for other in cell.pieces:
                apart = abs(other.y - piece.y) > size * 0.95
                assert apart or piece.x >= other.right - 0.1 or piece.right <= other.x + 0.1, (other, piece)
            cell.pieces.append(piece)
        for cell in by_place.values():
            cell.pieces.sort(key=lambda piece: (-piece.y, piece.x))
        found += sorted(by_place.values(), key=lambda cell: (cell.column, -cell.top))
    return found


def _apart(places: Iterable[float]) -> list[float]:
    """The places in order, those of one rule drawn twice as one."""
    found: list[float] = []
    for one in sorted(places):
        if not found or one - found[-1] > 0.5:
            found.append(one)
    return found
