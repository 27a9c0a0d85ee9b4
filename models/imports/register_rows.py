"""The rows of a register of an office: text cells, a row that goes on over two lines made one."""

from __future__ import annotations

from models.entries import LONGEST
from models.folding import fold
from models.i18n import N_
from models.imports.picture import Picture, number_of, style
from models.imports.understood import CELLS, Role, Understood
from models.imports.understood import Doubt as _Doubt
from models.plan import Row

_GOES_ON = N_("Dòng không có số thứ tự; được hiểu là phần tiếp của dòng trên.")
_WRONG = N_("“{text}” ở cột số thứ tự không phải là số thứ tự nên không được nhập.")
_AGAIN = N_("“{text}” không được nhập vì đã có cột khác cùng loại.")
_LINE = N_("Dòng không giống các dòng khác của danh mục; được nhập thành một dòng.")
_TOO_LONG = N_("Nội dung dài {length} ký tự, quá mức nhận được nên không được nhập; hãy tách ra hoặc viết gọn lại.")


def read(picture: Picture, found: Understood, start: int) -> None:
    """Take the rows from ``start`` to the end of the table into ``found``."""
    mapping = found.mapping
    places = [at for at, field in enumerate(mapping.columns) if field == CELLS]
    numbers = mapping.columns.index("number") if "number" in mapping.columns else -1
    head = _shown(picture, mapping.head[0]) if mapping.head[0] >= 0 else ()
    height = mapping.head[1] - mapping.head[0] + 1
    until = 0
    for row in range(start, mapping.end):
        if head and row >= until and _shown(picture, row) == head:
            until = row + height
        if row < until:
            found.role[row] = "head"
            continue
        found.role[row] = _take(picture, found, row, places, numbers)


def _shown(picture: Picture, row: int) -> tuple[str, ...]:
    return tuple(fold(" ".join(cell.text.split())) for _at, cell in picture.filled(row))


def _take(picture: Picture, found: Understood, row: int, places: list[int], numbers: int) -> Role:
    filled = picture.filled(row)
    if not filled:
        return "empty"
    if picture.counts_columns(row):
        return "numbers"
    for at, cell in filled:
        if cell.fault:
            found.doubts.append(_Doubt(row, at, "{fault}", {"fault": cell.fault}))
    for at, cell in filled:
        if at != numbers and at not in places and found.mapping.columns[at]:
            found.doubts.append(_Doubt(row, at, _AGAIN, {"text": cell.text[:60]}))
    number = picture.own(row, numbers) if numbers >= 0 else None
    text = number_of(number) if number is not None else ""
    is_wide = numbers >= 0 and picture.area(row, numbers)[3] > numbers
    if text and not style(text) and not is_wide:
        found.doubts.append(_Doubt(row, numbers, _WRONG, {"text": text[:60]}))
    cells = [_cell(picture, found, row, at) for at in places]
    if is_wide and text and not any(cells):
        cells = [text, *[""] * (len(places) - 1)]
    has_rows = bool(found.rows)
    if numbers >= 0 and not text and has_rows and _goes_on(picture, row, places, cells):
        old = found.rows[-1].cells or []
        found.rows[-1].cells = [f"{one} {more}".strip() if more else one for one, more in zip(old, cells, strict=True)]
        if not all(cell[:1].islower() or not cell for cell in cells):
            found.doubts.append(_Doubt(row, -1, _GOES_ON, {}))
        return "continued"
    if numbers >= 0 and (not text or is_wide):
        found.doubts.append(_Doubt(row, -1, _LINE, {}, "info"))
    found.rows.append(Row(cells=cells))
    return "task"


def _goes_on(picture: Picture, row: int, places: list[int], cells: list[str]) -> bool:
    """Whether a row without a number goes on with the one above it: the first cell is empty, or begins small."""
    new = [cell for at, cell in zip(places, cells, strict=True) if cell and not picture.is_inherited(row, at)]
    first = cells[0] if cells and not picture.is_inherited(row, places[0]) else ""
    return bool(new) and (not first or first[:1].islower())


def _cell(picture: Picture, found: Understood, row: int, at: int) -> str:
    cell = picture.rows[row][at]
    if picture.area(row, at)[1] != at:
        return ""
    if len(cell.text) > LONGEST:
        found.doubts.append(_Doubt(row, at, _TOO_LONG, {"length": len(cell.text)}))
        return ""
    return cell.text
