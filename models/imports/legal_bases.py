"""A list of legal bases that comes by mail or on a stick: CSV, or a workbook with the same columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models import document, limits
from models.catalogue import Entry
from models.catalogue_file import COLUMNS, entries_of, read_csv
from models.errors import DocumentError
from models.i18n import _

if TYPE_CHECKING:
    from models.imports.grid import Grid

_WORKBOOKS = (".xlsx", ".xlsm")
_ZIP = b"PK\x03\x04"
#: The head by which the sheet with the list is known.
_HEAD = {"kind", "number", "date"}


def read(path: Path) -> list[Entry]:
    """The entries in the file; ``DocumentError`` says file, line and column of what is wrong."""
    data = document.read_bytes(path, limits.WORKBOOK_BYTES)
    if path.suffix.lower() not in _WORKBOOKS and not data.startswith(_ZIP):
        return read_csv(data, path.name)
    from models.imports import sheets

    found: list[Entry] = []
    grids = sheets.read(path)
    # What was hidden is not meant, unless there is nothing else.
    for grid in [grid for grid in grids if not grid.hidden] or grids:
        found += _entries(grid, path.name)
    if not found:
        sentence = _("Trong tệp “{file}” không có trang nào có dòng tên cột: {columns}.")
        raise DocumentError(sentence.format(file=path.name, columns=", ".join(COLUMNS)))
    seen: set[tuple[str, str]] = set()
    for entry in found:
        if entry.key in seen:
            sentence = _("Tệp danh mục “{file}” có văn bản {number} ở hai trang; chưa có gì được nhận.")
            raise DocumentError(sentence.format(file=path.name, number=entry.number))
        seen.add(entry.key)
    return found


def _entries(grid: Grid, name: str) -> list[Entry]:
    """The entries below the head of a sheet; none where it has no such head."""
    for at, row in enumerate(grid.rows):
        if {cell.text.strip().casefold() for cell in row} >= _HEAD:
            lines = list(enumerate(grid.rows[at:], grid.first_row + at))
            for line, cells in lines:
                if fault := next((cell.fault for cell in cells if cell.fault), ""):
                    sentence = _("Tệp danh mục “{file}”, dòng {line}: {reason}; chưa có gì được nhận.")
                    raise DocumentError(sentence.format(file=name, line=line, reason=fault.rstrip(".")))
            return entries_of([(line, [cell.text for cell in cells]) for line, cells in lines], name)
    return []
