"""The cells of a printed table; in columns for which the template says so, tasks of equal text share one.

The text of a shared cell stands once in the middle of the rows that share it, and once more on each page they go on
to. Rows are placed one by one, so what a page will hold of a cell is not known before: either each of its rows is as
high as the text, or the first and the last rows that together are stay on one page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.exports.cells import PrintedTable
from models.exports.fonts import REGULAR
from models.exports.pdf_page import Page

if TYPE_CHECKING:
    from models.exports.pdf_grid import Grid, RowBox

#: Rows lower than the text they share are tied together where they, with what is tied to the first of them, take at
#: most this share of the room on a page: a total may still be tied to the last one.
_TIED_SHARE = 0.75


class Cell:
    """Lines of text in a rectangle of the grid; ``dot`` is where the commas of amounts stand, else 0."""

    __slots__ = ("align", "dot", "face", "left", "lines", "right")

    def __init__(self, left: float, right: float, lines: list[str], face: int, align: str, dot: float = 0.0) -> None:
        self.left = left
        self.right = right
        self.lines = lines
        self.face = face
        self.align = align
        self.dot = dot


class Shared(Cell):
    """One cell of column ``at`` over the rows ``first`` to ``last`` of a table."""

    __slots__ = ("at", "first", "grid", "last")

    def __init__(self, grid: Grid, at: int, first: int, last: int, lines: list[str], align: str) -> None:
        super().__init__(grid.edges[at], grid.edges[at + 1], lines, REGULAR, align)
        self.grid = grid
        self.at = at
        self.first = first
        self.last = last

    def draw(self, page: Page, top: float, bottom: float) -> None:
        self.grid.draw_cells(page, (self,), top, top - bottom)


def runs(table: PrintedTable, at: int) -> list[tuple[int, int]]:
    """The first and the last row of each run of two or more tasks with one text in column ``at``."""
    found: list[tuple[int, int]] = []
    first, text = 0, ""
    for index, row in enumerate(table.rows):
        own = row.cells[at] if row.kind == "task" and row.span == 1 else ""
        if own and own == text:
            if found and found[-1][0] == first:
                found[-1] = (first, index)
            else:
                found.append((first, index))
        else:
            first, text = index, own
    return found


def shared_cells(grid: Grid, aligns: Sequence[str]) -> dict[int, list[Shared]]:
    """The shared cells of each row, from the left, by its index."""
    found: dict[int, list[Shared]] = {}
    for at, column in enumerate(grid.table.columns):
        if not column.merged:
            continue
        for first, last in runs(grid.table, at):
            lines = grid.measure.wrap(grid.table.rows[first].cells[at], REGULAR, grid.limits[at])
            cell = Shared(grid, at, first, last, lines, aligns[at])
            for index in range(first, last + 1):
                found.setdefault(index, []).append(cell)
    return found


def tighten(boxes: Sequence[RowBox], room: float, before: float) -> None:
    """Make rows that share one cell as low as their own texts, where the cell's text keeps its room on every page.

    ``room`` is that on a page below the head of the table, ``before`` the height of what is tied to the first row.
    """
    (cell,) = boxes[0].shared
    need = boxes[0].grid.row_height(len(cell.lines))
    own = [box.grid.row_height(box.own_lines) for box in boxes]
    own[-1] += max(0.0, need - sum(own))
    first, last = _count(own, need), _count(own[::-1], need)
    if before + sum(own[:first]) + sum(own[-last:]) > room * _TIED_SHARE:
        return
    for index, box in enumerate(boxes):
        box.height = own[index]
        box.keep |= index < first - 1 or len(boxes) - last <= index < len(boxes) - 1


def _count(heights: Sequence[float], need: float) -> int:
    """How many of the first ``heights`` together are ``need`` at least."""
    together = 0.0
    for count, height in enumerate(heights, 1):
        together += height
        if together > need - 0.01:
            return count
    return len(heights)
