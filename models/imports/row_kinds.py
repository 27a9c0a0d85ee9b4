"""What a row of a table of tasks shows of itself: its number, its name, whether it is the name of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.imports.grid import Cell
from models.imports.picture import Picture, number_of, style
from models.imports.table_columns import is_amount
from models.imports.understood import Mapping
from models.row_levels import label

#: A number typed in front of a name, where there is no column of numbers.
_NUMBERED = re.compile(
    r"(?P<number>(?:[IVXLC]{1,5}|[A-HĐ]|\d{1,3}(?:\.\d{1,3})*)\s*[.)/]|\d{1,3}(?:\.\d{1,3})+(?=\s)|[a-hđiklmnopq]\s*[.)])"
    r"\s*(?P<name>\D.*)",
    re.DOTALL,
)
_ROMAN_NAME = re.compile(r"(?P<number>[IVXLC]{1,5}|[A-HĐ])[.):]?\s+(?P<name>\S.*)", re.DOTALL)
#: How a line begins that goes on with the one above it.
STARTS_LATER = re.compile(r"[a-zà-ỹđ(+–;,…-]")


@dataclass(frozen=True, slots=True)
class Above:
    """The rows that are open above one: their numbers and styles, and whether the last one is a task."""

    labels: list[str]
    styles: list[str]
    has_task: bool


class RowKinds:
    """Looks at the rows of one table; ``number`` and ``name`` are the columns of these, -1 where there are none."""

    def __init__(self, picture: Picture, mapping: Mapping) -> None:
        self.picture, self.mapping = picture, mapping
        columns = mapping.columns
        self.number = columns.index("number") if "number" in columns else -1
        self.name = columns.index("task") if "task" in columns else -1

    def named(self, row: int, labels: Sequence[str]) -> tuple[str, str, str]:
        """The number (empty: none) and the name of a row, and what stands in the place of its number and is none."""
        name = self._name_text(row)
        if self.number < 0:
            match = _NUMBERED.fullmatch(name)
            return (label(match["number"]), match["name"], "") if match else ("", name, "")
        cell = self.picture.own(row, self.number)
        area = self.picture.area(row, self.number)
        is_wide = area[0] == row and area[1] <= self.name <= area[3]
        if is_wide:
            cell, name = self.picture.rows[row][self.number], ""
        text = number_of(cell)
        if text and (style(text, labels) or not text.strip("*. ")):
            return ("" if not text.strip("*. ") else text), (text if is_wide else name), ""
        if text:
            text = cell.text
            if name and not is_wide:
                return "", name, text
            match = _NUMBERED.fullmatch(text) or _ROMAN_NAME.fullmatch(text)
            return (label(match["number"]), match["name"], "") if match else ("", text, "")
        match = _NUMBERED.fullmatch(name)
        if match and style(match["number"], labels) in ("I", "A", "1", "1.1", "a"):
            return label(match["number"]), match["name"], ""
        return "", name, ""

    def _name_text(self, row: int) -> str:
        """The name in a row, also where its cell begins further left."""
        if self.name < 0 or self.picture.is_inherited(row, self.name):
            return ""
        return self.picture.rows[row][self.name].text

    def is_detail(self, at: int) -> bool:
        """Whether a column says something that a group has no place for."""
        field_ = self.mapping.columns[at]
        return field_ not in ("", "number", "task") and not is_amount(field_)

    def is_group(
        self,
        row: int,
        above: Above,
        own: str,
        number: str,
        name: str,
        details: Sequence[tuple[int, Cell]],
        is_wide: bool,
        costs: Sequence[int],
    ) -> bool:
        """Whether a row is the name of a group; ``details`` and ``costs``: what it says of a task, and its amounts."""
        if not name.strip():
            return False
        only_notes = all(self.mapping.columns[at] in ("note", "funding") for at, _cell in details)
        if details and not (only_notes and own in ("I", "A")):
            return False
        if own in ("I", "A") or is_wide:
            return True
        bold = self.picture.rows[row][self.name if self.name >= 0 else 0].bold
        below, below_number, is_bold_below, next_row = self._next(row, above.labels)
        if own in ("1", "1.1"):
            if below == "1.1" and below_number.startswith(label(number) + "."):
                return True
            if own == below and not costs and self._heads_others(next_row, below_number, above.labels):
                return True  # an empty one beside another group
            return (
                bold and below in ("1", "a", "-") and not is_bold_below and (below != "1" or label(below_number) == "1")
            )
        if own == "a":
            return bold and below in ("1", "-") and not is_bold_below
        if own or not below:
            return False
        is_upper = name.isupper() and len(name) > 3
        if self.number < 0:
            return (bold or is_upper) and not is_bold_below
        if bold or is_upper:
            return True
        # A plain line between the tasks: a group where they count anew below it, or where nothing is above it.
        starts = label(below_number) in ("1", "a") and not STARTS_LATER.match(name) and below in ("1", "a")
        return not costs and starts and (not above.has_task or below in above.styles)

    def _heads_others(self, row: int, number: str, labels: Sequence[str]) -> bool:
        """Whether the row of that number has nothing of a task, and the next one is numbered below it."""
        if any(self.is_detail(at) for at, _cell in self.picture.filled(row)):
            return False
        below, below_number, _bold, _row = self._next(row, labels)
        return below == "1.1" and below_number.startswith(label(number) + ".")

    def _next(self, row: int, labels: Sequence[str]) -> tuple[str, str, bool, int]:
        """Style and number of the next row that has any, whether its name is bold, and which it is."""
        for below in range(row + 1, min(row + 8, self.mapping.end)):
            if not self.picture.filled(below):
                continue
            cell = self.picture.own(below, self.number) if self.number >= 0 else self.picture.own(below, self.name)
            text = number_of(cell)
            if self.number < 0:
                match = _NUMBERED.fullmatch(text)
                text = match["number"] if match else ""
                if not text and cell.text:
                    return "?", "", cell.bold, below
            if text and (found := style(text, labels)):
                return found, text, self.picture.rows[below][max(self.name, 0)].bold, below
        return "", "", False, row
