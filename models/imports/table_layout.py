"""Where the table in a grid is and what its columns are, guessed from heads and contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.folding import fold
from models.imports import cell_amounts
from models.imports.column_heads import (
    Heads,
    meaning,
    money_name,
    unit_of,
)
from models.imports.grid import Grid
from models.imports.picture import Picture, number_of, style, sum_of
from models.imports.table_columns import Sample, columns_of, fields_of, is_amount, kind_of, sample_of
from models.imports.understood import Mapping
from models.template import Template

#: Rows in which the head is looked for.
_TOP = 60
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap|uy ban nhan dan|^ubnd|^so |^phu luc[\s\divx.:]*$"
    r"|^bieu(?: so| mau)?[\s\divx./:a-d-]*$|^\(?kem theo|^\(?ban hanh kem|^don vi|^mau"
    r"|^ngay |, ngay|^so:|^huyen|^phong|^tinh"
)
_BELOW = re.compile(
    r"nguoi lap|thu truong|giam doc|chu tich|ke toan|truong phong|ky, ?(?:ghi|dong)|ngay .{0,12} ?thang|noi nhan"
    r"|bang chu|^\(?ghi chu\b.*:|^\*|^luu y"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A mapping with what else was seen: the heads of the columns, and the file's unit where it is ``billion``."""

    mapping: Mapping
    heads: list[tuple[str, ...]]
    fields: list[str]


def head_of(picture: Picture, heads: Heads) -> tuple[int, int]:
    """First and last row of the heads; (-1, -1) where there are none, as on a further page."""
    for row in range(min(len(picture.rows), _TOP)):
        if picture.is_head(row, heads):
            return row, picture.head_end(row, heads)
        cells = picture.filled(row)
        if len(cells) > 2 and style(number_of(cells[0][1])) in ("1", "1.1") and not picture.counts_columns(row):
            break  # a row of the table itself
    return -1, -1


def top_of(picture: Picture, head: tuple[int, int]) -> int:
    """The row after the lines above the table: that of the heads, else the first of several cells."""
    if head[0] >= 0:
        return head[0]
    row = 0
    while row < len(picture.rows) and len(cells := picture.filled(row)) < 2:
        if cells and style(number_of(cells[0][1])):
            break
        row += 1
    return row if row < len(picture.rows) else 0


def body_of(picture: Picture, head: tuple[int, int]) -> int:
    """The first row below the heads and the numbers of the columns."""
    row = head[1] + 1 if head[0] >= 0 else top_of(picture, head)
    while row < len(picture.rows) and picture.counts_columns(row):
        row += 1
    return row


def layout(grid: Grid, template: Template, heads: Heads | None = None) -> Layout:
    """What the table in ``grid`` most likely is."""
    heads = heads or Heads(template)
    picture = Picture(grid)
    head = head_of(picture, heads)
    texts = picture.head_texts(head)
    start = body_of(picture, head)
    samples = [sample_of(picture, start, at) for at in range(picture.width)]
    fields = fields_of(texts, samples, heads)
    kind = kind_of(texts, fields, samples, template)
    columns = columns_of(kind, fields, texts, samples, picture, start)
    above = [*grid.before, *lines_above(picture, head)]
    mapping = Mapping(kind, head, columns)
    if kind == "tasks":
        mapping.unit = _unit(grid, picture, above, head, texts, columns, samples)
        mapping.notation = cell_amounts.notation_of(
            (text for at, field in enumerate(columns) if is_amount(field) for text in samples[at].texts), mapping.unit
        )
    mapping.title = _title(above)
    mapping.end = end_of(picture, start, columns)
    return Layout(mapping, texts, fields)


# ---- lines above


def lines_above(picture: Picture, head: tuple[int, int]) -> list[str]:
    """The texts of the lines on the sheet above the table."""
    lines = []
    for row in range(top_of(picture, head)):
        lines += [cell.text for _at, cell in picture.filled(row)]
    return lines


def _unit(
    grid: Grid,
    picture: Picture,
    above: Sequence[str],
    head: tuple[int, int],
    texts: Sequence[tuple[str, ...]],
    columns: Sequence[str],
    samples: Sequence[Sample],
) -> str:
    amounts = [at for at, field in enumerate(columns) if is_amount(field)]
    if not amounts:
        return "million"
    found = file_unit(above, texts, columns, samples)
    if found:
        return "million" if found == "billion" else found
    # Figures of millions and no unit: nobody plans in a million of million đồng.
    figures = [samples[at] for at in amounts if samples[at].numbers]
    return "dong" if figures and min(sample.largest for sample in figures) >= 10**7 else ""


def file_unit(
    above: Sequence[str], texts: Sequence[tuple[str, ...]], columns: Sequence[str], samples: Sequence[Sample] | None
) -> str:
    """The unit that a file names: in a head of an amount, a line above the table, or a column of units."""
    amounts = sorted(
        (at for at, field in enumerate(columns) if is_amount(field)), key=lambda at: columns[at] != "total"
    )
    for at in amounts:
        for text in reversed(texts[at]):
            if unit := unit_of(text, is_head=True):
                return unit
    for line in reversed(above):
        for part in line.split("\n"):
            if unit := unit_of(part):
                return unit
    for at, head in enumerate(texts):
        if head and meaning(head[-1]) == "unit" and samples is not None:
            names = Counter(map(money_name, samples[at].texts))
            if len(names) == 1 and (unit := next(iter(names))):
                return unit
    return ""


def column_unit(head: tuple[str, ...], unit: str) -> str:
    """The unit of one column of amounts: its head's own, else that of the table."""
    return next((found for text in reversed(head) if (found := unit_of(text, is_head=True))), unit)


def _title(above: Sequence[str]) -> str:
    """The title among the lines above a table: the last lines in a row that are no letterhead and no unit."""
    lines = [" ".join(part.split()).strip("*_ ") for line in above for part in line.split("\n") if part.strip()]
    found: list[str] = []
    for line in reversed(lines):
        folded = fold(line)
        is_title = (
            not (unit_of(line) and len(line) < 60) and not _LETTERHEAD.search(folded) and not line.startswith("(")
        )
        if is_title and (not found or line.isupper() == found[0].isupper()):
            found.insert(0, line)
        elif found:
            break
    title = " ".join(found)
    return title if len(title) <= 400 else ""


# ---- the end


def end_of(picture: Picture, start: int, columns: Sequence[str]) -> int:
    """The row after the last one of the table: what stands below are signatures and remarks."""
    numbers = columns.index("number") if "number" in columns else -1
    amounts = [at for at, field in enumerate(columns) if is_amount(field)]
    last = start
    has_total = False
    for row in range(start, len(picture.rows)):
        cells = picture.filled(row)
        if not cells:
            if picture.is_empty(row):
                continue
            if row == last:
                last = row + 1  # it goes on from above, all of it
            continue
        is_total = any(sum_of(cell.text) for _at, cell in cells[:2])
        is_number = numbers >= 0 and bool(style(number_of(picture.own(row, numbers))))
        if is_number and not is_total:
            last, has_total = row + 1, False
            continue
        is_costed = any(picture.own(row, at).value is not None for at in amounts)
        below = any(_BELOW.search(fold(cell.text)) for _at, cell in cells)
        if has_total and not is_total and (below or not is_costed):
            continue
        is_row = numbers < 0 and not below and (last == row or len(cells) > 1) and not has_total
        goes_on = last == row and not below and not has_total
        if is_total or is_costed or is_row or goes_on:
            last = row + 1
            has_total = has_total or (is_total and row > start)
    return last
