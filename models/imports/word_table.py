"""A table of a Word file as a picture of its cells: those over several columns or rows, tables in cells, numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models import limits
from models.blocks import cleaned
from models.imports.grid import EMPTY, Area, Cell, Grid
from models.imports.word_parts import too_much
from models.imports.word_styles import child, number_of, qn, value
from models.imports.word_text import GONE, Left, Paragraph, inside, words_in

_ROW, _CELL = qn("w:tr"), qn("w:tc")
#: The paragraphs and tables in a cell.
Contents = Callable[[Any], list[Paragraph | Grid]]


@dataclass(slots=True)
class _Placed:
    """A cell in its place; ``goes_on``: it is the lower part of the one above."""

    left: int
    right: int
    cell: Cell
    goes_on: bool


def grid_of(table: Any, name: str, contents: Contents, left: Left, file: str) -> Grid:
    """The picture of a ``w:tbl``, a rectangle; ``DocumentError`` where it has more cells than any plan."""
    rows: list[list[_Placed]] = []
    hidden: list[int] = []
    for row in inside(table):
        if row.tag != _ROW:
            continue
        properties = child(row, "w:trPr")
        if properties is not None and any(one.tag in GONE for one in properties.iterchildren()):
            left.add("deleted", words_in(row))
            continue
        if child(properties, "w:hidden") is not None:
            hidden.append(len(rows))
        rows.append(_placed(row, number_of(value(properties, "w:gridBefore"), 0), contents))
        if len(rows) * max((cells[-1].right + 1 for cells in rows[-1:] if cells), default=1) > limits.WORD_CELLS:
            raise too_much(file)
    width = max((cells[-1].right + 1 for cells in rows if cells), default=0)
    if width * len(rows) > limits.WORD_CELLS:
        raise too_much(file)
    grid = Grid(name, [[EMPTY] * width for _row in rows], hidden_rows=frozenset(hidden))
    grid.merges = _fill(grid, rows)
    if sum(len(cell.text) for row in grid.rows for cell in row) > limits.WORD_CELL_LETTERS:
        raise too_much(file)
    return grid


def _placed(row: Any, before: int, contents: Contents) -> list[_Placed]:
    found: list[_Placed] = []
    at = min(max(before, 0), limits.WORD_COLUMNS - 1)
    for element in inside(row):
        if element.tag != _CELL:
            continue
        span = min(max(number_of(value(element, "w:tcPr", "w:gridSpan"), 1), 1), limits.WORD_COLUMNS)
        joins = child(element, "w:tcPr", "w:vMerge")
        sideways = value(element, "w:tcPr", "w:hMerge")
        cell = _cell(contents(element))
        if sideways == "continue" and found and cell.is_empty:
            found[-1].right += span
        else:
            goes_on = joins is not None and value(element, "w:tcPr", "w:vMerge") in ("", "continue") and cell.is_empty
            found.append(_Placed(at, at + span - 1, cell, goes_on))
        at += span
    return found


def _cell(parts: list[Paragraph | Grid]) -> Cell:
    lines: list[str] = []
    bold: list[bool] = []
    for part in parts:
        if isinstance(part, Grid):
            lines += [" | ".join(_once(row)) for row in part.rows]
            continue
        number = f"{part.number} " if part.number else ""
        text = number + "\n".join(" ".join(line.split()) for line in part.plain.split("\n"))
        if text.strip():
            lines.append(text.rstrip())
            bold.append(part.bold or not part.plain.strip())
    return Cell(cleaned("\n".join(line for line in lines if line.strip())).strip(), bold=bool(bold) and all(bold))


def _once(row: list[Cell]) -> list[str]:
    """The texts of a row, a cell over several columns once."""
    found: list[Cell] = []
    for cell in row:
        if not cell.is_empty and (not found or found[-1] is not cell):
            found.append(cell)
    return [" ".join(cell.text.split()) for cell in found]


def _fill(grid: Grid, rows: list[list[_Placed]]) -> list[Area]:
    """Put the cells into the picture; gives the areas that one cell takes."""
    areas: list[Area] = []
    #: By first and last column the area that may go on in the next row, and its cell.
    above: dict[tuple[int, int], tuple[int, Cell]] = {}
    for at, cells in enumerate(rows):
        here: dict[tuple[int, int], tuple[int, Cell]] = {}
        for placed in cells:
            place = (placed.left, placed.right)
            top, cell = above.get(place, (at, placed.cell)) if placed.goes_on else (at, placed.cell)
            here[place] = (top, cell)
            grid.rows[at][placed.left : placed.right + 1] = [cell] * (placed.right + 1 - placed.left)
        ended = [(place, top) for place, (top, _cell) in above.items() if here.get(place, (at, None))[0] != top]
        areas += [(top, place[0], at - 1, place[1]) for place, top in ended]
        above = here
    areas += [(top, place[0], len(rows) - 1, place[1]) for place, (top, _cell) in above.items()]
    return sorted(area for area in areas if area[:2] != area[2:])
