"""The grid of a table: widths and size of letters, its head, its rows as boxes.

Rows are light: plain lines of text in one text object, and the upright rules of a page drawn at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.exports import nd30
from models.exports.cells import PrintedRow, PrintedTable
from models.exports.fonts import BOLD, ITALIC, REGULAR, clean
from models.exports.pdf_cells import Cell, Shared, shared_cells, tighten
from models.exports.pdf_page import Box, Page
from models.exports.pdf_text import Measure, baseline
from models.exports.pdf_widths import fit

_PAD_UP = 2.0
#: A head higher than this share of the page is not repeated.
_HEAD_SHARE = 0.45
_LEADING = 1.17


class RowBox(Box):
    """One row; cut between lines where it is longer than a page. ``shared`` are its cells that other rows share."""

    __slots__ = ("cells", "edges", "grid", "middle", "own_lines", "shared")

    def __init__(
        self,
        grid: Grid,
        cells: list[Cell],
        edges: Sequence[float],
        middle: bool = True,
        shared: Sequence[Shared] = (),
    ) -> None:
        #: How many lines its own cells need.
        self.own_lines = lines = max([len(cell.lines) for cell in cells], default=1)
        if shared:
            lines = max(lines, *[len(cell.lines) for cell in shared])
        super().__init__(grid.row_height(lines))
        self.grid = grid
        self.cells = cells
        self.shared = shared
        self.edges = edges
        #: Short cells stand in the middle of the row; not so in a row that was cut.
        self.middle = middle

    def draw(self, page: Page, top: float) -> None:
        grid = self.grid
        bottom = top - self.height
        page.rule_row(self.edges, top, bottom, self.shared)
        grid.draw_cells(page, self.cells, top, self.height if self.middle else None)

    def split(self, height: float) -> tuple[Box, Box] | None:
        fitting = int((height - 2 * _PAD_UP) / self.grid.leading)
        if fitting < 2:
            return None
        parts: list[RowBox] = []
        for start, end in ((0, fitting), (fitting, None)):
            cells = [
                Cell(cell.left, cell.right, cell.lines[start:end], cell.face, cell.align, cell.dot)
                for cell in (*self.cells, *self.shared)
            ]
            part = RowBox(self.grid, cells, self.edges, middle=False)
            part.head = self.head
            parts.append(part)
        parts[0].places = self.places
        parts[1].keep = self.keep
        return parts[0], parts[1]


class HeadBox(Box):
    """The labels of the columns, in one level or two, and the row of column numbers."""

    __slots__ = ("grid", "rectangles")

    def __init__(self, grid: Grid, rectangles: list[tuple[Cell, float, float]], height: float) -> None:
        super().__init__(height, keep=True)
        self.grid = grid
        #: Each cell with the distance of its upper and lower edge from the top.
        self.rectangles = rectangles

    def draw(self, page: Page, top: float) -> None:
        page.canvas.setLineWidth(nd30.TABLE_RULE)
        for cell, upper, lower in self.rectangles:
            page.canvas.rect(cell.left, top - lower, cell.right - cell.left, lower - upper, stroke=1, fill=0)
        for cell, upper, lower in self.rectangles:
            self.grid.draw_cells(page, [cell], top - upper, lower - upper)


class Grid:
    """The columns of one table, set into a width: positions in points, size of the letters.

    ``places`` gives the JSON Pointer of a row of the plan by its ``id()``.
    """

    def __init__(
        self,
        measure: Measure,
        table: PrintedTable,
        left: float,
        width: float,
        page_height: float,
        places: Mapping[int, str] | None = None,
    ) -> None:
        self.measure = measure
        self.places = places or {}
        self.table = table = _clean(table)
        self.page_height = page_height
        columns = table.columns
        widths = fit(measure, table, width)
        self.size = widths.size
        self.pad = self.size * nd30.TABLE_PADDING
        self.leading = self.size * _LEADING
        self.baseline = baseline(self.size, self.leading)
        self.edges = [left]
        for one in widths.columns:
            self.edges.append(self.edges[-1] + one)
        self.edges[-1] = left + width
        self.limits = [
            (right - before - 2 * self.pad) * 1000 / self.size + 0.01
            for before, right in zip(self.edges, self.edges[1:], strict=False)
        ]
        self.dots = widths.commas
        self._aligns = [{"text": "left", "number": "centre"}.get(column.kind, column.kind) for column in columns]

    def boxes(self, above: float = float("inf")) -> Iterator[Box]:
        """The head and every row; groups are kept with what follows, the total with the row before.

        ``above`` is the height of what is kept with the head, where that is known.
        """
        head = self._head()
        repeated: Box | None = None
        if head.height <= self.page_height * _HEAD_SHARE:
            yield head
            repeated = head
        else:
            labels = [
                f"{column.head}: {column.label}" if column.head else column.label for column in self.table.columns
            ]
            yield self._row(PrintedRow("task", labels), BOLD)
        shared = shared_cells(self, self._aligns)
        room = self.page_height - (repeated.height if repeated else 0.0)
        # Rows are made lower only where one column is merged: then no row has two shared cells.
        alone = sum([column.merged for column in self.table.columns]) == 1
        # The height of what is kept with the next row.
        tied = above + head.height
        rows, index = self.table.rows, 0
        while index < len(rows):
            last = shared[index][0].last if alone and index in shared else index
            boxes = [self._body_row(at, repeated, shared.get(at, ())) for at in range(index, last + 1)]
            if last > index:
                tighten(boxes, room, tied)
            for box in boxes:
                yield box
                tied = tied + box.height if box.keep else 0.0
            index = last + 1

    def _body_row(self, index: int, head: Box | None, shared: Sequence[Shared]) -> RowBox:
        rows = self.table.rows
        row = rows[index]
        face = BOLD if row.kind in ("group", "total") else ITALIC if row.kind == "nothing" else REGULAR
        box = self._row(row, face, shared)
        box.head = head
        before_total = index + 1 < len(rows) and rows[index + 1].kind == "total"
        box.keep = row.kind == "group" or before_total
        if row.row is not None and (place := self.places.get(id(row.row))):
            box.places = (place,)
        return box

    def _row(self, row: PrintedRow, face: int, shared: Sequence[Shared] = ()) -> RowBox:
        wrap, edges, limits, dots, aligns = self.measure.wrap, self.edges, self.limits, self.dots, self._aligns
        cells: list[Cell] = []
        if row.span == 1:
            merged = [cell.at for cell in shared]
            for at, text in enumerate(row.cells):
                if text and at not in merged:
                    lines = wrap(text, face, limits[at])
                    cells.append(Cell(edges[at], edges[at + 1], lines, face, aligns[at], dots[at]))
            return RowBox(self, cells, edges, shared=shared)
        end = row.at + row.span
        for at, text in enumerate(row.cells):
            if not text:
                continue
            if at == row.at:
                align = "left" if row.kind == "group" else "centre"
                limit = (edges[end] - edges[at] - 2 * self.pad) * 1000 / self.size
                cells.append(Cell(edges[at], edges[end], wrap(text, face, limit), face, align))
            elif not row.at < at < end:
                lines = wrap(text, face, limits[at])
                cells.append(Cell(edges[at], edges[at + 1], lines, face, aligns[at], dots[at]))
        return RowBox(self, cells, [*edges[: row.at + 1], *edges[end:]])

    def draw_cells(self, page: Page, cells: Sequence[Cell], top: float, height: float | None) -> None:
        """Draw the text of cells whose upper edge is at ``top``; in the middle of ``height`` where one is given."""
        letters, leading, size = page.letters, self.leading, self.size
        word = page.measure.word
        letters.begin()
        for cell in cells:
            lines, face = cell.lines, cell.face
            if not lines:
                continue
            free = 0.0 if height is None else (height - 2 * _PAD_UP - len(lines) * leading) / 2
            y = top - _PAD_UP - free - self.baseline
            if cell.align == "left":
                letters.lines(lines, face, size, cell.left + self.pad, y, leading)
                continue
            for line in lines:
                if cell.align == "centre":
                    x = (cell.left + cell.right - word(line, face) * size / 1000) / 2
                elif len(lines) == 1:
                    x = cell.right - self.pad - cell.dot - word(line.partition(",")[0], face) * size / 1000
                else:
                    x = cell.right - self.pad - word(line, face) * size / 1000
                letters.move(x, y)
                letters.show(line, face, size)
                y -= leading
        letters.end()

    def row_height(self, lines: int) -> float:
        return max(lines, 1) * self.leading + 2 * _PAD_UP

    def _head(self) -> HeadBox:
        columns, edges = self.table.columns, self.edges
        labels = [self.measure.wrap(column.label, BOLD, self.limits[at]) for at, column in enumerate(columns)]
        over: list[tuple[int, int, list[str]]] = []
        at = 0
        while at < len(columns):
            end = at + 1
            if columns[at].head:
                while end < len(columns) and columns[end].head == columns[at].head:
                    end += 1
                limit = (edges[end] - edges[at] - 2 * self.pad) * 1000 / self.size
                over.append((at, end, self.measure.wrap(columns[at].head, BOLD, limit)))
            at = end
        under = {at for first, end, _lines in over for at in range(first, end)}
        upper = self._height(lines for _first, _end, lines in over) if over else 0.0
        lower = self._height(labels[at] for at in under) if under else 0.0
        height = max(upper + lower, self._height(label for at, label in enumerate(labels) if at not in under))
        rectangles = [(Cell(edges[first], edges[end], lines, BOLD, "centre"), 0.0, upper) for first, end, lines in over]
        for at, label in enumerate(labels):
            cell = Cell(edges[at], edges[at + 1], label, BOLD, "centre")
            rectangles.append((cell, upper if at in under else 0.0, height))
        if self.table.numbered:
            below = height + self._height([[""]])
            for at in range(len(columns)):
                cell = Cell(edges[at], edges[at + 1], [str(at + 1)], ITALIC, "centre")
                rectangles.append((cell, height, below))
            height = below
        return HeadBox(self, rectangles, height)

    def _height(self, cells: Iterator[list[str]] | list[list[str]]) -> float:
        return self.row_height(max([len(lines) for lines in cells], default=1))


def _clean(table: PrintedTable) -> PrintedTable:
    """The table with every text as it is printed."""
    columns = tuple(replace(one, label=clean(one.label), head=clean(one.head)) for one in table.columns)
    rows = [PrintedRow(row.kind, [clean(text) for text in row.cells], row.at, row.span, row.row) for row in table.rows]
    return PrintedTable(columns, rows, table.numbered)
