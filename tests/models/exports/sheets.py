"""Reading the workbooks of the exports."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from models.plan import Row

MILLION = 10**6


def formulas(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def values(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def cells(sheet: Any, first: int = 1) -> list[list[Any]]:
    """What stands in the rows from ``first`` on, without the hidden columns."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    ends = [row.index(text) for row in cells_of(sheet) for text in row if str(text).startswith("khs:")]
    return [row[: ends[0]] for row in rows] if ends else rows


def cells_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def of_tables(book: Any) -> list[Any]:
    """The sheets that hold the tables of the plan."""
    return [sheet for sheet in visible(book) if sheet.title not in ("Kế hoạch", "Tổng hợp")]


def visible(book: Any) -> list[Any]:
    """The sheets that are seen."""
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def row_of(sheet: Any, text: str) -> int:
    """The number of the row in which a cell holds ``text``."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def heads_of(sheet: Any) -> dict[str, int]:
    """Column number by head, the lower one where there are two."""
    found: dict[str, int] = {}
    for row in sheet.iter_rows(max_row=12):
        for cell in row:
            if isinstance(cell.value, str) and cell.font.b and cell.border.left.style:
                found[cell.value] = cell.column
        if row[0].value in ("1", "I") and found:
            break
    return found


def same_values(written: Any, calculated: Any) -> None:
    assert written.sheetnames == calculated.sheetnames
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                other = calculated[sheet.title][cell.coordinate].value
                if isinstance(cell.value, int | float):
                    assert other == pytest.approx(cell.value, rel=1e-12), (sheet.title, cell.coordinate)
                else:
                    assert (other or None) == (cell.value or None), (sheet.title, cell.coordinate)


def walk(rows: list[Row]) -> list[Row]:
    return [found for row in rows for found in (row, *walk(row.rows))]
