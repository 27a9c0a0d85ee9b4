"""The checker of every import: what stood in the table is in a row, in a stated total, in heads and title, or in a doubt."""

from __future__ import annotations

import re
from decimal import Decimal

from models.imports.cell_amounts import FACTORS
from models.imports.grid import Cell
from models.imports.picture import Picture, sum_of
from models.imports.understood import Understood
from models.plan import Row, walk_rows

_LABEL = re.compile(r"^\s*(?:[IVXLCA-HĐ]{1,5}|\d{1,3}(?:\.\d{1,3})*|[a-zđ])(?:\s*[.):/]\s*|\s+)")


def plain(text: str) -> str:
    return " ".join(text.split())


def lost(found: Understood) -> list[tuple[int, int, str]]:
    """The cells that are nowhere: row, column, text."""
    picture = Picture(found.grid)
    if any(doubt.row == -1 and found.mapping.kind == "other" for doubt in found.doubts):
        return []
    said = {(doubt.row, doubt.column) for doubt in found.doubts}
    said_columns = {
        doubt.column for doubt in found.doubts if found.mapping.columns[doubt.column : doubt.column + 1] == [""]
    }
    has_no_unit = found.mapping.kind == "tasks" and not found.mapping.unit
    rows = _rows(found)
    missing = []
    for row, role in enumerate(found.role):
        for at, cell in picture.filled(row):
            if (
                (row, at) in said
                or (row, -1) in said
                or at in said_columns
                or role in ("title", "unit", "head", "numbers")
            ):
                continue
            if role == "empty" or not _arrives(found, rows.get(row), row, at, cell, role, has_no_unit):
                missing.append((row, at, cell.text))
    return missing


def _rows(found: Understood) -> dict[int, Row]:
    """The row that each row of the grid went into; those that go on go into the one above."""
    made = list(walk_rows(found.rows))
    places = [row for row, role in enumerate(found.role) if role in ("group", "task", "part")]
    assert len(made) == len(places), "each of these rows of the grid makes one row of the plan"
    by_place = dict(zip(places, made, strict=True))
    last: Row | None = None
    for row, role in enumerate(found.role):
        if role in ("group", "task", "part"):
            last = by_place[row]
        elif role == "continued" and last is not None:
            by_place[row] = last
    return by_place


def _arrives(found: Understood, made: Row | None, row: int, at: int, cell: Cell, role: str, has_no_unit: bool) -> bool:
    field = found.mapping.columns[at]
    if field == "number" and re.fullmatch(r"[\w.()*,-]{0,9}", cell.text.strip()) and cell.text.strip(" *"):
        return True
    if not cell.text.strip(" *") or (field == "number" and not cell.text.strip("-.) \n")):
        return True
    texts = _texts(made) if made is not None else []
    amounts = _amounts(made) if made is not None else set()
    picture = Picture(found.grid)
    is_amount = field == "total" or field.startswith(("funding.", "years."))
    if role == "total":
        if is_amount or not cell.text.strip("-– "):
            # Stated for the table or a group, and held against the sum: where it differs a doubt says so.
            return True
        return True if sum_of(cell.text) or at in _name_columns(found) else plain(cell.text) in " ".join(texts)
    if is_amount and has_no_unit:
        return True  # a doubt says that no amount was taken
    if is_amount:
        if any(cells and picture.own(below, at).text for below, cells in _below(found, row)):
            return bool(amounts)  # another line adds to it, and a doubt says so
        if cell.value is not None:
            units = FACTORS.values()
            exact = {Decimal(str(cell.value)) * factor for factor in units}
            return any(abs(amount - one) < 1 for amount in amounts for one in exact)
        digits = re.findall(r"\d[\d.,]*", cell.text)
        if not digits:
            return cell.text.strip() in ("-", "–", "—", "−") or plain(cell.text) in " ".join(texts)
        return bool(amounts) or plain(cell.text) in " ".join(texts)
    hay = " ".join(texts)
    text = plain(cell.text)
    if field in ("security", "carried_over"):
        return True if made is not None and not made.is_group else text in hay
    return text in hay or plain(_LABEL.sub("", cell.text, count=1)) in hay or (field == "number" and text in hay)


def _below(found: Understood, row: int) -> list[tuple[int, bool]]:
    """The further lines of the task in a row."""
    lines = []
    while row + 1 < len(found.role) and found.role[row + 1] in ("continued", "empty"):
        row += 1
        lines.append((row, True))
    return lines


def _name_columns(found: Understood) -> list[int]:
    return [at for at, field in enumerate(found.mapping.columns) if field in ("task", "number", "cells")] + [0]


def _texts(row: Row) -> list[str]:
    own = [row.group or "", row.task or "", row.objective, row.scope, row.lead, row.time, row.result, row.note]
    return [plain(" ".join(text.split())) for text in [*own, *(row.cells or [])]]


def _amounts(row: Row) -> set[int]:
    amounts = {row.total, row.stated_total, *row.funding.values(), *row.years.values()}
    return {amount for amount in amounts if amount is not None}
