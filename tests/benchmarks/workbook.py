"""The workbook of a plan, against the same cells written bare through the same writer, and how it grows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from xlsxwriter.workbook import Workbook

from models import document, template
from models.exports import xlsx
from models.plan import Plan
from tests.benchmarks import plans
from tests.benchmarks.figure import Figure, compare

#: A sheet: its name, and row, column, kind (f, n, s, b), value, formula, number of the format.
Sheet = tuple[str, list[tuple[int, int, str, Any, str, int]]]


def _plan(tasks: int) -> Plan:
    return document.load(plans.document(tasks))


def _cells(data: bytes) -> tuple[list[Sheet], list[dict[str, Any]]]:
    """Every cell of a workbook, the hidden ones too, and the formats that they have."""
    book, shown = (openpyxl.load_workbook(io.BytesIO(data), data_only=results) for results in (False, True))
    formats: dict[str, int] = {}
    made: list[dict[str, Any]] = []
    sheets: list[Sheet] = []
    for sheet in book.worksheets:
        cells: list[tuple[int, int, str, Any, str, int]] = []
        rows: Any = sheet.iter_rows()
        for row in rows:
            for cell in row:
                if cell.value is None and not cell.has_style:
                    continue
                number = formats.setdefault(repr(cell._style), len(formats))
                if number == len(made):
                    made.append(_format(cell))
                kind = "b" if cell.value is None else cell.data_type
                formula = str(cell.value) if kind == "f" else ""
                value = shown[sheet.title][cell.coordinate].value if formula else cell.value
                cells.append((cell.row - 1, cell.column - 1, kind, value, formula, number))
        sheets.append((sheet.title, cells))
    return sheets, made


def _format(cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"font_name": cell.font.name, "font_size": cell.font.sz, "num_format": cell.number_format}
    found |= {"bold": bool(cell.font.b), "italic": bool(cell.font.i), "text_wrap": bool(cell.alignment.wrap_text)}
    found |= {"locked": bool(cell.protection.locked), "border": int(bool(cell.border.left.style))}
    found |= {"align": cell.alignment.horizontal or "left", "valign": "vcenter"}
    if cell.fill.fgColor.rgb not in (None, "00000000"):
        found["bg_color"] = "#" + str(cell.fill.fgColor.rgb)[2:]
    return found


def _bare(sheets: list[Sheet], formats: list[dict[str, Any]]) -> bytes:
    """The same cells and formats, and nothing else."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    made = [book.add_format(found) for found in formats]
    for name, cells in sheets:
        out = book.add_worksheet(name)
        for row, column, kind, value, formula, number in cells:
            if kind == "f":
                out.write_formula(row, column, formula, made[number], value)
            elif kind == "n":
                out.write_number(row, column, value, made[number])
            elif kind == "b":
                out.write_blank(row, column, None, made[number])
            else:
                out.write_string(row, column, value, made[number])
    book.close()
    return stream.getvalue()


def _render(plan: Plan) -> Callable[[], bytes]:
    used = template.get(plan.template)
    return lambda: xlsx.render(plan, used, code="7K3F-9QXM")


def measure() -> Iterator[Figure]:
    small = _plan(200)
    sheets, formats = _cells(_render(small)())
    yield compare(
        "workbook of 200 tasks / the same cells bare", _render(small), lambda: _bare(sheets, formats), 1.6, 15
    )
    large = _render(_plan(5000))
    again = [_render(small)] * 25
    yield compare("workbook of 5,000 tasks / 25 of 200 tasks", large, lambda: [one() for one in again], 1.0, 3)
