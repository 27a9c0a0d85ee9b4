"""Workbooks as somebody with a spreadsheet program changes them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from models import document, template
from models.exports import xlsx
from models.imports import workbook
from models.plan import Plan
from models.template import Template

Change = Callable[[Any], object]


def saved(data: bytes, change: Change = lambda book: None) -> bytes:
    """The workbook opened, changed and saved by openpyxl, which keeps no results of formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(folder: Path, data: bytes, name: str = "biểu.xlsx") -> Plan:
    path = folder / name
    path.write_bytes(data)
    return workbook.read(path)


def changed(folder: Path, plan: Plan, change: Change, *, fill_in: bool = False, used: Template | None = None) -> Plan:
    """The plan as it comes back from a workbook that was changed."""
    data = xlsx.render(plan, used or template.get(plan.template), fill_in=fill_in)
    return read(folder, saved(data, change))


def same(one: Plan, other: Plan) -> bool:
    return document.to_bytes(one) == document.to_bytes(other)


def column_of(sheet: Any, head: str) -> int:
    """The number of the column with that head."""
    return next(int(cell.column) for row in sheet.iter_rows(max_row=14) for cell in row if cell.value == head)


def row_of(sheet: Any, text: str) -> int:
    return next(int(cell.row) for row in sheet.iter_rows() for cell in row if cell.value == text)


def cell_of(sheet: Any, text: str, head: str) -> Any:
    """The cell in the row that says ``text``, under ``head``."""
    return sheet.cell(row_of(sheet, text), column_of(sheet, head))


def first_blank(sheet: Any, after: str, down: int = 1) -> int:
    """The first empty row below the one that says ``after``."""
    row = row_of(sheet, after) + down
    name = next(cell.column for cell in sheet[row_of(sheet, after)] if cell.value == after)
    while sheet.cell(row, name).value not in (None, ""):
        row += 1
    return row
