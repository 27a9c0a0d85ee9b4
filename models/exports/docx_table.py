"""A printed table as a table of Word: the widths of the PDF, repeated heads, rows that stay whole.

A row is text put together from pieces that are made once a column, so that the time grows with the cells alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from models.exports import nd30
from models.exports.cells import PrintedRow, PrintedTable
from models.exports.docx_styles import PADDING, cell_style
from models.exports.docx_xml import Format, clean, escape, letters, twips
from models.exports.fonts import BOLD, REGULAR
from models.exports.pdf_cells import runs
from models.exports.pdf_grid import Grid, HeadBox
from models.exports.pdf_text import Measure

#: A row up to this share of a page, as the PDF counts its lines, is never cut: Word hides what of such a row has no
#: room on a page.
_WHOLE_SHARE = 0.8
#: Rows that share a cell take at most this share of a page.
_SHARED_SHARE = 1 / 3
#: Rows between two reports of progress.
_STEP = 200
#: More than a letter is usually wide, in sizes, and the share of a line that words fill at least.
_LETTER, _FILLED = 0.55, 0.6
_KINDS = {"number": "centre"}


class WordTable:
    """One table, laid out in ``width`` points on pages ``page_height`` high."""

    def __init__(self, measure: Measure, printed: PrintedTable, width: float, page_height: float) -> None:
        self._measure = measure
        self._printed = printed
        self._page_height = page_height
        grid = Grid(measure, printed, 0.0, width, page_height)
        self.size = grid.size
        self._limits, self._dots = grid.limits, grid.dots
        head = next(iter(grid.boxes()))
        #: The heights of the rows of the head; none where it is too high to be repeated and is printed once, as a row.
        self._heights: list[float] = []
        if isinstance(head, HeadBox):
            edges_down = sorted({edge for _cell, upper, lower in head.rectangles for edge in (upper, lower)})
            self._heights = [lower - upper for upper, lower in pairwise(edges_down)]
        edges = [twips(edge) for edge in grid.edges]
        self._widths = [right - left for left, right in pairwise(edges)]
        self._padding = twips(grid.size * nd30.TABLE_PADDING)
        #: How a cell joins others, by row and column, and the rows that stay with the next one for that.
        self._joined: dict[tuple[int, int], str] = {}
        self._tied: set[int] = set()
        self._join()
        self._made: dict[tuple[str, bool, float], str] = {}
        self._kinds = [_KINDS.get(column.kind, column.kind) for column in printed.columns]

    def xml(self, title: str, tell: Callable[[int], object], keep: bool = False) -> Iterator[str]:
        """The pieces of ``w:tbl``; ``title`` is told to who cannot see it, ``tell`` how many rows were written.

        With ``keep`` the last row stays with what follows.
        """
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        margins = "".join(f'<w:{side} w:w="{self._padding}" w:type="dxa"/>' for side in ("left", "right"))
        caption = f'<w:tblCaption w:val="{escape(" ".join(title.split()))}"/>' if title.strip() else ""
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
            f'<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        yield from self._heads() if self._heights else [self._head_as_row()]
        rows = self._printed.rows
        for index, row in enumerate(rows):
            if index % _STEP == _STEP - 1:
                tell(_STEP)
            # Groups stay with what follows, the total with the row before it.
            after = rows[index + 1].kind if index + 1 < len(rows) else "total" if keep else ""
            yield self._row(index, row, keep=row.kind == "group" or after == "total" or index in self._tied)
        yield "</w:tbl>"

    # ---- the head

    def _heads(self) -> Iterator[str]:
        """The rows of the head, as high as what stands over several of them needs: LibreOffice cuts it otherwise."""
        for height, cells in zip(self._heights, self._head_cells(), strict=True):
            properties = f'<w:cantSplit/><w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/><w:tblHeader/>'
            yield f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"

    def _head_cells(self) -> Iterator[list[str]]:
        columns = self._printed.columns
        if not any(column.head for column in columns):
            yield [self._cell(at, at + 1, "head", one.label) for at, one in enumerate(columns)]
        else:
            upper, lower = [], []
            at = 0
            while at < len(columns):
                end = at + 1
                if head := columns[at].head:
                    while end < len(columns) and columns[end].head == head:
                        end += 1
                    upper.append(self._cell(at, end, "head", head))
                    lower += [self._cell(under, under + 1, "head", columns[under].label) for under in range(at, end)]
                else:
                    upper.append(self._cell(at, end, "head", columns[at].label, merge="restart"))
                    lower.append(self._cell(at, end, "head", "", merge="continue"))
                at = end
            yield upper
            yield lower
        if self._printed.numbered:
            yield [self._cell(at, at + 1, "count", str(at + 1)) for at in range(len(columns))]

    def _head_as_row(self) -> str:
        labels = [f"{one.head}: {one.label}" if one.head else one.label for one in self._printed.columns]
        return f"<w:tr>{''.join(self._cell(at, at + 1, 'total', label) for at, label in enumerate(labels))}</w:tr>"

    # ---- rows

    def _row(self, index: int, row: PrintedRow, keep: bool) -> str:
        """A row; one longer than a page may be cut, and its short cells then stand at its top."""
        short = self._is_short(row)
        cells = []
        at = 0
        while at < len(row.cells):
            end = at + row.span if at == row.at else at + 1
            join = self._joined.get((index, at), "")
            cells.append(self._cell(at, end, self._kind(row, at), row.cells[at], keep, join, short))
            at = end
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if short else ""
        return f"<w:tr>{whole}{''.join(cells)}</w:tr>"

    def _kind(self, row: PrintedRow, at: int) -> str:
        if row.kind == "task":
            return self._kinds[at]
        if at == row.at:
            return row.kind
        return "sum" if self._kinds[at] == "amount" else "total"

    def _join(self) -> None:
        """Find the cells that tasks of equal text share, where the template says so.

        Word shows the text of such a cell once, on the page where it begins: so what shares one is short enough to
        stay on one page.
        """
        most = self._page_height * _SHARED_SHARE
        for at, column in enumerate(self._printed.columns):
            for first, last in runs(self._printed, at) if column.merged else ():
                start, height = first, 0.0
                for index in range(first, last + 1):
                    row = self._height(self._printed.rows[index])
                    if index > start and height + row <= most:
                        self._joined[start, at] = "restart"
                        self._joined[index, at] = "continue"
                        self._tied.add(index - 1)
                    elif index > start:
                        start, height = index, 0.0
                    height += row

    def _height(self, row: PrintedRow) -> float:
        wrap = self._measure.wrap
        lines = [len(wrap(clean(text), REGULAR, limit)) for text, limit in zip(row.cells, self._limits, strict=True)]
        return max([1, *lines]) * self.size * nd30.SINGLE + 2 * PADDING

    def _cell(
        self, at: int, end: int, kind: str, text: str, keep: bool = False, merge: str = "", middle: bool = True
    ) -> str:
        span = f'<w:gridSpan w:val="{end - at}"/>' if end - at > 1 else ""
        joined = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        level = '<w:vAlign w:val="center"/>' if middle else ""
        width = sum(self._widths[at:end])
        right = self._comma(at, text) if kind in ("amount", "sum") else 0.0
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{joined}{level}</w:tcPr>'
            f"<w:p>{self._properties(kind, keep, right)}{'' if merge == 'continue' else letters(text)}</w:p></w:tc>"
        )

    def _properties(self, kind: str, keep: bool, right: float) -> str:
        key = (kind, keep, right)
        if key not in self._made:
            self._made[key] = Format(cell_style(self.size, kind), keep=keep, right=right or None).xml()
        return self._made[key]

    def _comma(self, at: int, text: str) -> float:
        """The room (points) right of an amount, so that the commas of a column stand below each other."""
        if not self._dots[at] or not text:
            return 0.0
        _whole, mark, decimals = text.partition(",")
        return max(0.0, self._dots[at] - self._measure.width(mark + decimals, REGULAR, self.size))

    def _is_short(self, row: PrintedRow) -> bool:
        """Whether a row is so much shorter than a page that Word may not cut it."""
        most = self._page_height * _WHOLE_SHARE / (self.size * nd30.SINGLE)
        for at, text in enumerate(row.cells):
            limit = self._limits[at]
            if text.count("\n") + len(text) * _LETTER * 1000 / (limit * _FILLED) < most:
                continue
            if len(self._measure.wrap(clean(text), BOLD, limit)) >= most:
                return False
        return True
