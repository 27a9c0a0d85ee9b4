"""How wide the columns of a printed table are, and how large its letters.

Every amount and every word has room; beyond that the layout's widths are drawn towards what the columns hold,
so that a table of long texts takes fewer pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.exports import nd30
from models.exports.cells import PrintedColumn, PrintedTable
from models.exports.fonts import BOLD, REGULAR
from models.exports.pdf_text import Measure

#: A word of a text column takes at most this share of the table before it is cut.
_WORD_SHARE = 0.25
#: How far what a column holds may change the width its layout gives it.
_SHRINK, _GROW = 0.8, 2.2
#: Texts no longer than this (thousandths of the size) are kept on one line where that costs little, twice as long
#: ones on two.
_SHORT = 6500.0
#: What it may cost the other columns, as a share of the table.
_WISHED = 0.1
#: A column of a register gets at least this share of what each would have if all were equal.
_REGISTER_LEAST = 0.6
#: A letter's usual width, in thousandths of the size.
_LETTER = 450
# A column's height goes with the longest of its texts more than with the sum of them.
_POWER = 3
# Document numbers are cut after a slash before anything else: 20/2014/ QĐ-UBND.
_CHUNKS = re.compile(r"(?<=/)")


@dataclass(frozen=True, slots=True)
class Widths:
    """In points; ``commas`` is the room right of the comma in a column of amounts."""

    size: float
    columns: list[float]
    commas: list[float]


@dataclass(slots=True)
class _Needs:
    """Thousandths of the size: the least a column can do with, what it would like, its room after the comma."""

    least: float
    wish: float
    comma: float = 0.0


def fit(measure: Measure, table: PrintedTable, width: float) -> Widths:
    """Widths of the columns that add up to ``width`` points, in the largest size they allow."""
    columns = table.columns
    needs = [_needs(measure, table, at) for at in range(len(columns))]
    largest = next(size for most, size in nd30.TABLE_LARGEST if len(columns) <= most)
    size, least = largest, [0.0] * len(columns)
    for size in nd30.TABLE_SIZES:
        if size <= largest:
            least = _points([need.least for need in needs], columns, size, width)
            if sum(least) <= width:
                break
    commas = [need.comma * size / 1000 for need in needs]
    if sum(least) > width:
        # Nothing is lost: what has no room is cut into lines.
        return Widths(size, [one * width / sum(least) for one in least], commas)
    widths = _spread(_wanted(table), least, width)
    wishes = _points([need.wish for need in needs], columns, size, width)
    return Widths(size, _grant(widths, least, wishes, width), commas)


def lies(table: PrintedTable) -> bool:
    """Whether a table is too wide for an upright page."""
    upright = nd30.A4[0] - nd30.MARGINS.left - nd30.MARGINS.right
    nominal = sum(column.width for column in table.columns) * nd30.MM
    if nominal:
        return nominal > upright * nd30.LANDSCAPE_FROM
    return len(table.columns) > nd30.UPRIGHT_COLUMNS


def _needs(measure: Measure, table: PrintedTable, at: int) -> _Needs:
    column = table.columns[at]
    label = measure.widest_word(column.label, BOLD)
    if column.kind in ("amount", "number"):
        whole = comma = 0.0
        for row in table.rows:
            text = row.cells[at]
            if text and not (row.span > 1 and row.at <= at < row.at + row.span):
                face = REGULAR if row.kind == "task" else BOLD
                before, mark, after = text.partition(",") if column.kind == "amount" else (text, "", "")
                whole = max(whole, measure.word(before, face))
                if mark:
                    comma = max(comma, measure.word(mark + after, face))
        return _Needs(max(label, whole + comma), max(label, whole + comma), comma)
    texts = {row.cells[at] for row in table.rows if row.span == 1}
    words = {word for text in texts for line in text.split("\n") for word in line.split(" ") if len(word) > 3}
    chunks = [measure.word(chunk, REGULAR) for word in words for chunk in _CHUNKS.split(word)]
    chunks += [measure.word(chunk, BOLD) for word in column.label.split() for chunk in _CHUNKS.split(word)]
    least = max(chunks, default=0.0)
    wish = max([least, *(measure.word(word, REGULAR) for word in words)])
    if max([len(text) for text in texts], default=0) * 300 < 2 * _SHORT:
        widest = max([measure.word(text, REGULAR) for text in texts], default=0.0)
        if widest <= _SHORT:
            wish = max(wish, widest)
        elif widest <= 2 * _SHORT:
            wish = max(wish, widest * 0.55)
    return _Needs(least, wish)


def _points(needs: list[float], columns: Sequence[PrintedColumn], size: float, width: float) -> list[float]:
    found = []
    for column, need in zip(columns, needs, strict=True):
        whole = need * size / 1000
        if column.kind in ("text", "centre"):
            whole = min(whole, width * _WORD_SHARE / max(1.0, len(columns) / 6))
        found.append(whole + 2 * nd30.TABLE_PADDING * size + 0.1)
    return found


def _wanted(table: PrintedTable) -> list[float]:
    """The proportions of the columns: half-way (the geometric mean) between layout and content.

    The content's share makes the sum of the powers of a table's cell heights least.
    """
    rows = [row for row in table.rows if row.span == 1]
    texts = [at for at, column in enumerate(table.columns) if column.kind in ("text", "centre")]
    by_content = {
        at: (sum([(len(row.cells[at]) * _LETTER) ** _POWER for row in rows]) + 1.0) ** (1 / (_POWER + 1))
        for at in texts
    }
    nominal = [column.width for column in table.columns]
    total = sum([nominal[at] for at in texts])
    if not total:
        least = sum(by_content.values()) / max(len(texts), 1) * _REGISTER_LEAST
        return [max(by_content[at], least) if at in by_content else 0.0 for at in range(len(nominal))]
    scale = total / sum(by_content.values())
    for at in texts:
        between = (nominal[at] * by_content[at] * scale) ** 0.5
        nominal[at] = min(max(between, nominal[at] * _SHRINK), nominal[at] * _GROW)
    return nominal


def _spread(wanted: list[float], least: list[float], width: float) -> list[float]:
    """``width`` in the proportions of ``wanted``, but to each column its least."""
    widths = least.copy()
    free = set(range(len(least)))
    while free:
        room = width - sum(least[at] for at in range(len(least)) if at not in free)
        total = sum(wanted[at] for at in free)
        if total <= 0:
            break
        short = {at for at in free if wanted[at] * room / total < least[at]}
        if not short:
            for at in free:
                widths[at] = wanted[at] * room / total
            break
        free -= short
    return [one * width / sum(widths) for one in widths]


def _grant(widths: list[float], least: list[float], wishes: list[float], width: float) -> list[float]:
    """Widths in which the smallest wishes are granted, at the cost of the columns that have more than theirs."""
    lacking = sorted((wish - one, at) for at, (one, wish) in enumerate(zip(widths, wishes, strict=True)) if wish > one)
    granted: dict[int, float] = {}
    cost = 0.0
    for gap, at in lacking:
        if cost + gap <= width * _WISHED:
            cost += gap
            granted[at] = wishes[at]
    spare = {
        at: one - max(least[at], wishes[at])
        for at, one in enumerate(widths)
        if at not in granted and one > max(least[at], wishes[at])
    }
    if not granted or sum(spare.values()) < cost:
        return widths
    share = cost / sum(spare.values())
    return [granted.get(at, one - spare.get(at, 0.0) * share) for at, one in enumerate(widths)]
