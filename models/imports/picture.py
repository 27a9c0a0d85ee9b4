"""Looking at a grid: which cells are one cell, what a row shows, which rows are heads, column numbers or sums."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models.folding import fold
from models.imports.column_heads import Heads, meaning
from models.imports.grid import EMPTY, Area, Cell, Grid
from models.row_levels import label, style_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_CAPITAL = re.compile(r"[A-HĐ]")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[a-h])\)?(?:\s*=.*)?", re.IGNORECASE)
#: Lines of a head, at most.
_HEAD_LINES = 5

_SUM = re.compile(
    r"(?P<name>tong|cong)(?:\s(?:cong|so|kinh phi|nhu cau|von|du toan|toan bo|chung|thuc hien|dau tu|chi phi|gia tri"
    r"|tien|muc dau tu|cac nguon|nam \d{4}|giai doan \d{4} ?- ?\d{4}|\(?tu tinh\)?))*"
    r"\s*(?P<scope>(?:muc|nhom|phan|tieu muc|chuong)?\s*\(?\s*(?:[ivxlc]{1,5}|[a-hđ]|\d{1,2}(?:\.\d{1,2})*)"
    r"(?:\s*[+,&-]\s*(?:[ivxlc]{1,5}|[a-hđ]|\d{1,2}(?:\.\d{1,2})*))*\s*\)?)?"
)
_PAGE = re.compile(
    r"(?:cong |tong )?(?:mang sang|trang(?: nay| truoc| sau| \d+)?|(?:trang truoc )?chuyen sang)"
    r"(?: trang(?: sau| \d+)?)?"
)
_LABELS = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[a-zđ]+", re.IGNORECASE)
_SCOPE_WORDS = ("muc", "nhom", "phan", "tieu", "chuong")


@dataclass(frozen=True, slots=True)
class Sum:
    """What a row that states a sum says of it: its own words, and the numbers of the groups that it adds.

    ``is_page``: it adds a page of paper, or carries the sum of one over.
    """

    word: str
    labels: tuple[str, ...] = ()
    is_page: bool = False


def sum_of(text: str) -> Sum | None:
    """What a name like "Tổng cộng", "Cộng mục II", "Tổng cộng (I + II):" says; ``None`` where it names no sum."""
    line = " ".join(fold(text).split()).strip(" :.*;")
    if _PAGE.fullmatch(line) and not re.fullmatch(r"trang\b.*", line):
        return Sum("cong", is_page=True)
    match = _SUM.fullmatch(line)
    if match is None:
        return None
    labels = [found for found in _LABELS.findall(match["scope"] or "") if found not in _SCOPE_WORDS]
    word = "cong" if line.startswith("cong") else "tong"
    return Sum(word, tuple(found.upper() if not found[0].isdigit() else found for found in labels))


class Picture:
    """A grid with its merged areas looked up by cell."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows = grid.rows
        self.width = grid.width
        self._areas: dict[int, list[Area]] = defaultdict(list)
        for area in grid.merges:
            for row in range(area[0], area[2] + 1):
                self._areas[row].append(area)

    def area(self, row: int, column: int) -> Area:
        """The merged area that a cell is in, else the cell alone."""
        for area in self._areas.get(row, ()):
            if area[1] <= column <= area[3]:
                return area
        return (row, column, row, column)

    def is_inherited(self, row: int, column: int) -> bool:
        """Whether a cell goes on from the row above it."""
        return row in self._areas and self.area(row, column)[0] < row

    def own(self, row: int, column: int) -> Cell:
        """The cell, once for a merged area: empty where it goes on from the left or from above."""
        if row in self._areas and self.area(row, column)[:2] != (row, column):
            return EMPTY
        return self.rows[row][column]

    def filled(self, row: int) -> list[tuple[int, Cell]]:
        """The cells of a row that hold something, a merged area once, and without what goes on from above."""
        if row not in self._areas:
            return [(at, cell) for at, cell in enumerate(self.rows[row]) if cell.text or cell.fault]
        cells = ((at, self.own(row, at)) for at in range(self.width))
        return [(at, cell) for at, cell in cells if cell.text or cell.fault]

    def is_empty(self, row: int) -> bool:
        return not any(cell.text or cell.fault for cell in self.rows[row])

    # ---- heads

    def is_head(self, row: int, heads: Heads) -> bool:
        """Whether a row heads a table."""
        cells = self.filled(row)
        if len(cells) < 2 or style_of(cells[0][1].text):
            return False
        fields = []
        for _at, cell in cells:
            if cell.value is not None and not _YEAR.fullmatch(cell.text):
                return False
            if heads.is_head(cell.text):
                fields.append(meaning(cell.text) or "source")
        if len(fields) * 2 < len(cells):
            return self._is_register_head(row, cells, fields)
        return len(set(fields)) >= (2 if "number" in fields or len(fields) == len(cells) else 3)

    def _is_register_head(self, row: int, cells: Sequence[tuple[int, Cell]], fields: Sequence[str]) -> bool:
        """TT and names of columns that are those of no table of tasks: the next row is number one."""
        if "number" not in fields or fields[0] != "number" or len(cells) < 3:
            return False
        at = cells[0][0]
        below = next((r for r in range(row + 1, min(row + 5, len(self.rows))) if self.own(r, at).text), None)
        return below is not None and bool(style_of(self.rows[below][at].text) or self.counts_columns(below))

    def head_end(self, first: int, heads: Heads) -> int:
        """The last row of a head that begins in row ``first``, without the row of column numbers."""
        last = max(
            (self.area(first, at)[2] for at, _cell in self.filled(first)),
            default=first,
        )
        last = min(last, first + _HEAD_LINES - 1)
        numbers = next((at for at, cell in self.filled(first) if meaning(cell.text) == "number"), None)
        for row in range(first + 1, min(first + _HEAD_LINES, len(self.rows))):
            if row <= last:
                continue
            cells = self.filled(row)
            if not cells or self.counts_columns(row) or not self._is_subhead(row, first, cells, numbers, heads):
                break
            last = row
        return last

    def _is_subhead(
        self, row: int, first: int, cells: Sequence[tuple[int, Cell]], numbers: int | None, heads: Heads
    ) -> bool:
        """Whether a row below a head goes on with it: names of sources, years and the like, no number of its own."""
        if numbers is not None and self.own(row, numbers).text:
            return False
        if any(cell.value is not None and not _YEAR.fullmatch(cell.text) for _at, cell in cells):
            return False
        if not all(heads.is_head(cell.text) and sum_is_head(cell.text) for _at, cell in cells):
            return False
        # Under a head of its own there is no other one, unless that spans several columns.
        upper = [
            at for at, _cell in cells if self.own(first, at).text and self.area(first, at)[1] == self.area(first, at)[3]
        ]
        return all(at + 1 < self.width and not self.own(first, at + 1).text for at in upper)

    def counts_columns(self, row: int) -> bool:
        """Whether a row under the heads numbers the columns: 1, 2, 3; (1), (2), (3); A, B, 1, 2, 3=4+5."""
        texts = [cell.text.strip() for _at, cell in self.filled(row)]
        if len(texts) < 3:
            return False
        matches = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
        if any(match is None for match in matches):
            return False
        numbers = [match[1].lower() for match in matches if match]
        letters = [number for number in numbers if not number.isdigit()]
        digits = [int(number) for number in numbers if number.isdigit()]
        if numbers[: len(letters)] != letters or letters != list("abcdefgh")[: len(letters)]:
            return False
        begin = digits[0] if digits else 0
        return (not digits and len(letters) > 2) or (
            begin in (1, len(letters) + 1) and digits == list(range(begin, begin + len(digits)))
        )

    def head_texts(self, head: tuple[int, int]) -> list[tuple[str, ...]]:
        """The heads of every column, the upper ones first; ones without text of their own have none."""
        first, last = head
        if first < 0:
            return [()] * self.width
        found: list[tuple[str, ...]] = []
        for at in range(self.width):
            texts: list[str] = []
            for row in range(first, last + 1):
                text = " ".join(self.rows[row][at].text.split())
                if not text and at and row < last and self._goes_on(row, at, last):
                    # The upper head stands in the first of its columns alone, and is not merged.
                    text = found[at - 1][0] if found[at - 1] and len(found[at - 1]) > 1 else ""
                if text and (not texts or fold(texts[-1]) != fold(text)):
                    texts.append(text)
            found.append(tuple(texts))
        return found

    def _goes_on(self, row: int, at: int, last: int) -> bool:
        return any(self.own(below, at).text for below in range(row + 1, last + 1))


def sum_is_head(text: str) -> bool:
    """Whether a text may stand in a second line of heads, and is no name of a sum of rows with its groups."""
    found = sum_of(text)
    return found is None or not found.labels


# ---- numbers of rows


def number_of(cell: Cell) -> str:
    """The text of a row's number; Excel makes a number of "1.1"."""
    if isinstance(cell.value, float) and not cell.value.is_integer():
        return repr(cell.value)
    return cell.text.strip()


def style(text: str, above: Sequence[str] = ()) -> str:
    """The style of a row's number as ``row_levels.style_of``, and ``A`` for capital letters.

    ``above``: the numbers of the open groups; C and D are Roman only where A and B do not come before.
    """
    number = label(text)
    if _CAPITAL.fullmatch(number) and (style_of(text) != "I" or any(_CAPITAL.fullmatch(one) for one in above)):
        return "A"
    return style_of(text)
