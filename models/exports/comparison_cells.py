"""Cells of the workbook that compares two states of a plan: heads, amounts with their difference, marked texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models.exports import sheet_style as look
from models.exports.sheet_style import Styles
from models.template import Template
from models.word_changes import Piece, word_changes

#: Ground of what was added and removed; beside it stands the word.
GROUNDS = {"added": "#E4F3E6", "removed": "#FBE6E4"}
_ADDED = {"bold": True, "font_color": "#1E7B34", "underline": 1}
_REMOVED = {"font_color": "#B3261E", "font_strikeout": True}
#: Pieces of a text that are shown one by one; beyond that the whole text is enough.
_MOST_PIECES = 2_000


@dataclass(frozen=True, slots=True)
class Job:
    book: Workbook
    styles: Styles
    template: Template
    #: What the two states are called: ``Lần kết xuất 1``, ``Hiện nay``.
    names: tuple[str, str]
    #: The sheets by name, in lower case.
    taken: set[str]


def set_widths(out: Worksheet, widths: Sequence[int]) -> list[int]:
    found = [look.pixels(width) for width in widths]
    for column, width in enumerate(found):
        out.set_column_pixels(column, column, width)
    return found


def write_heads(job: Job, out: Worksheet, at: int, labels: Sequence[str]) -> int:
    head = job.styles.get(border=1, bold=True, text_wrap=True, align="center", bg_color=look.HEAD_COLOUR)
    for column, label in enumerate(labels):
        look.write_text(out, at, column, label, head, label)
    out.set_row(at, look.height_for(2 if len(labels) > 2 else 1))
    return at + 1


def amount_of(value: object) -> int | None:
    return value if isinstance(value, int) else None


def write_amounts(
    job: Job,
    out: Worksheet,
    at: int,
    column: int,
    before: int | None,
    after: int | None,
    unit: str,
    properties: dict[str, Any],
) -> None:
    """Two amounts (đồng) in ``unit`` and, as a formula with its value, their difference."""
    base: dict[str, Any] = {"border": 1, "align": "right", "indent": 1, **properties}
    for place, amount in ((column, before), (column + 1, after)):
        if amount is None:
            out.write_blank(at, place, None, job.styles.get(**base))
        else:
            shown = look.number_format(amount, unit)
            out.write_number(at, place, look.number(amount, unit), job.styles.get(**base, num_format=shown))
    cells = [xl_rowcol_to_cell(at, place) for place in (column, column + 1)]
    change = (after or 0) - (before or 0)
    shown = look.number_format(change, unit)
    style = job.styles.get(**base, num_format=f"+{shown};-{shown};0")
    if before is None and after is None:
        out.write_blank(at, column + 2, None, style)
    else:
        out.write_formula(at, column + 2, f"={cells[1]}-{cells[0]}", style, look.number(change, unit))


def keep_quiet(out: Worksheet, rows: int, last: int) -> None:
    """No green corners on numbers that are texts."""
    out.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(rows, last)}"})


def write_both(
    job: Job, out: Worksheet, at: tuple[int, int], values: Sequence[str], properties: dict[str, Any], where: str
) -> None:
    """Two states of a text side by side, what is gone and what is new marked word by word."""
    row, column = at
    style = job.styles.get(border=1, text_wrap=True, align="left", **properties)
    before, after = (look.clean(value) for value in values)
    pieces = word_changes(before, after) if before and after else []
    marked = len(pieces) <= _MOST_PIECES and any(kind == "same" and text.strip() for kind, text in pieces)
    for text, skipped, marks in ((before, "added", _REMOVED), (after, "removed", _ADDED)):
        shown = [piece for piece in pieces if piece[0] != skipped]
        if marked and len(shown) > 1 and look.utf16_length(text) <= look.MAX_TEXT:
            out.write_rich_string(row, column, *_fragments(shown, job.styles.get(), job.styles.get(**marks)), style)
        else:
            look.write_text(out, row, column, text, style, where)
        column += 1


def _fragments(pieces: Iterable[Piece], plain: Format, marked: Format) -> list[Any]:
    found: list[Any] = []
    for kind, text in pieces:
        # With a format of its own: left to the cell's, LibreOffice takes another font.
        found += [plain if kind == "same" else marked, text]
    return found
