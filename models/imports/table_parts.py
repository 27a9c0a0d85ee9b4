"""Several tables on one sheet, told apart by their heads."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from models.folding import fold
from models.imports.column_heads import Heads, meaning
from models.imports.grid import Grid
from models.imports.picture import Picture, sum_of
from models.row_levels import style_of
from models.template import Template

#: A template of nothing: heads are told by their words alone.
_PLAIN = Template(
    id="", version=1, name="", summary="", years=1, default_from=2000, addressee="", subject="", outline=("I",),
    sources=(), sections=(), tables=(),
)  # fmt: skip


def split(grid: Grid) -> list[Grid]:
    """The tables of a grid one by one, each with the lines above it; a head that is only repeated begins none."""
    heads = Heads(_PLAIN)
    beside = _beside(grid, heads)
    return [part for one in beside for part in _below(one, heads)]


def _beside(grid: Grid, heads: Heads) -> list[Grid]:
    """The tables that stand side by side: each heads its numbers in the same row, with an empty column between."""
    picture = Picture(grid)
    head = next((row for row in range(len(grid.rows)) if picture.is_head(row, heads)), -1)
    numbered = [at for at, cell in picture.filled(head) if meaning(cell.text) == "number"] if head >= 0 else []
    cuts = [at for at in numbered[1:] if all(row[at - 1].is_empty for row in grid.rows[head:])]
    if not cuts:
        return [grid]
    return [_side(grid, number, *pair) for number, pair in enumerate(pairwise([0, *cuts, grid.width]), 1)]


def _side(grid: Grid, number: int, left: int, end: int) -> Grid:
    def inside(columns: frozenset[int]) -> frozenset[int]:
        return frozenset(at - left for at in columns if left <= at < end)

    return replace(
        grid,
        name=f"{grid.name} ({number})",
        rows=[row[left:end] for row in grid.rows],
        merges=[
            (top, max(west, left) - left, bottom, min(east, end - 1) - left)
            for top, west, bottom, east in grid.merges
            if west < end and east >= left
        ],
        first_column=grid.first_column + left,
        hidden_columns=inside(grid.hidden_columns),
        scaled=inside(grid.scaled),
    )


def _below(grid: Grid, heads: Heads) -> list[Grid]:
    """The tables of a grid that stand one below the other."""
    picture = Picture(grid)
    starts: list[int] = []
    current: tuple[str, ...] = ()
    row = last = 0
    while row < len(grid.rows):
        if not picture.is_head(row, heads) or (current and not _is_sure(picture, row, heads)):
            row += 1
            continue
        texts = tuple(fold(" ".join(cell.text.split())) for _at, cell in picture.filled(row))
        if current and (texts != current or _is_new(picture, last, row)):
            starts.append(_begin(picture, last, row))
        current = texts
        last = picture.head_end(row, heads) + 1
        row = last
    bounds = [0, *starts, len(grid.rows)]
    if len(bounds) == 2:
        return [grid]
    return [_part(grid, number, *pair) for number, pair in enumerate(pairwise(bounds), 1)]


def _is_sure(picture: Picture, row: int, heads: Heads) -> bool:
    """Whether a row below a table is surely a head: it heads numbers, or has three heads and nothing else."""
    cells = [cell for _at, cell in picture.filled(row)]
    found = [cell for cell in cells if heads.is_head(cell.text)]
    return heads.field((cells[0].text,)) == "number" or (len(found) >= 3 and len(found) == len(cells))


def _is_new(picture: Picture, start: int, head: int) -> bool:
    """Whether the same heads begin another table: there is a sum above, or a title."""
    for row in range(head - 1, start - 1, -1):
        cells = picture.filled(row)
        if not cells:
            continue
        if len(cells) == 1 and not style_of(cells[0][1].text) and row > start and not _is_body(picture, row, start):
            return True
        return any((found := sum_of(cell.text)) and not found.is_page for _at, cell in cells[:2])
    return False


def _is_body(picture: Picture, row: int, start: int) -> bool:
    """Whether a line of one text goes on from the table above it: no gap between."""
    while row > start:
        row -= 1
        cells = picture.filled(row)
        if not cells:
            return False
        if len(cells) > 1:
            return True
    return True


def _begin(picture: Picture, start: int, head: int) -> int:
    """The first line above a head that belongs to its table: after the last gap but titles, or after the last row."""
    first = head
    while first > start:
        cells = picture.filled(first - 1)
        if len(cells) > 1 or (cells and (style_of(cells[0][1].text) or sum_of(cells[0][1].text))):
            break
        first -= 1
    gap = next((row for row in range(first, head) if not picture.filled(row)), first)
    return gap if gap > start else first


def _part(grid: Grid, number: int, first: int, end: int) -> Grid:
    merges = [
        (max(top, first) - first, left, min(bottom, end - 1) - first, right)
        for top, left, bottom, right in grid.merges
        if top < end and bottom >= first
    ]
    return Grid(
        f"{grid.name} ({number})",
        grid.rows[first:end],
        merges,
        list(grid.before) if not first else [],
        grid.hidden,
        grid.first_row + first,
        frozenset(row - first for row in grid.hidden_rows if first <= row < end),
        grid.first_column,
        grid.hidden_columns,
        grid.scaled,
    )
