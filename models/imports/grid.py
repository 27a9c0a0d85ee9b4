"""The picture of a table as it stands in a file of an office, before anybody has said what its cells mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

#: First row, first column, last row, last column of a merged area, counted from 0, the last ones included.
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text as it is shown (``models.blocks.cleaned``, line breaks kept) and what may be wrong with it.

    ``value`` is the number of a number cell, in whatever unit the table is; ``fault`` a sentence about a cell whose
    content is not to be had: a formula without a result, an error.
    """

    text: str = ""
    value: int | float | Decimal | None = None
    bold: bool = False
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.fault


EMPTY = Cell()


@dataclass(slots=True)
class Grid:
    """A table: a rectangle of cells, in which a merged area has its text in every cell.

    ``name``: that of the sheet, or "Bảng 2" in a document; ``before``: the lines that stand above it in the document;
    ``first_row`` and ``first_column``: the numbers in the file of its first row and column, for sentences;
    ``hidden_rows`` and ``hidden_columns``: those that are not shown, counted from 0; ``scaled``: columns whose numbers
    are shown in thousands or millions of what their cells hold.
    """

    name: str
    rows: list[list[Cell]]
    merges: list[Area] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    hidden: bool = False
    first_row: int = 1
    hidden_rows: frozenset[int] = frozenset()
    first_column: int = 1
    hidden_columns: frozenset[int] = frozenset()
    scaled: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0
