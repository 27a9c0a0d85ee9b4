"""The tables in a workbook of an office, read by openpyxl in one pass: cells, merged areas, bold, formulas."""

from __future__ import annotations

import datetime
import re
import warnings
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from models import document, limits, old_fonts
from models.blocks import cleaned
from models.errors import DocumentError
from models.i18n import _
from models.imports.grid import EMPTY, Area, Cell, Grid
from models.imports.table_parts import split
from models.imports.workbook_cells import ERRORS, unescaped
from models.imports.workbook_parts import MAX_ROWS, check_zip, damaged, empty, old_form, too_long

_MAX_COLUMNS = limits.SHEET_COLUMNS
#: Numbers whose digits are an identity and not a quantity have at most so many.
_WHOLE = 10**15
#: Blanks as wide as a letter, and letters that fill a cell.
_SPACES = re.compile(r"[_*].")
#: Commas behind the last digit of a whole number or of all of it each take off three digits.
_SCALING = re.compile(r"(?<=[0#?])(,+)(?![0#?,])")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read(path: Path) -> list[Grid]:
    """The tables on the sheets of a workbook, those on hidden sheets too (``hidden``); sheets without text have none.

    Several tables on a sheet come one by one (``table_parts.split``). ``DocumentError`` says what is wrong with a file
    that cannot be read, or holds nothing, and what to do.
    """
    found = [part for grid in pictures(path) for part in split(grid)]
    if not found:
        sentence = _("Tệp “{file}” không có ô nào có nội dung; hãy kiểm tra lại tệp.")
        raise DocumentError(sentence.format(file=path.name))
    return found


def pictures(path: Path) -> list[Grid]:
    """The sheets of a workbook that hold anything, each as it stands; ``DocumentError`` as ``read``."""
    data = document.read_bytes(path, limits.WORKBOOK_BYTES)
    if not data:
        raise empty(path.name)
    if (old := old_form(data, path.name)) is not None:
        raise old
    check_zip(data, path.name)
    try:
        with warnings.catch_warnings():
            # What openpyxl does not know of (other programs' extensions) is of no matter here.
            warnings.simplefilter("ignore")
            return _sheets(data, path.name)
    except DocumentError:
        raise
    except Exception:
        # openpyxl raises whatever a faulty part leads to.
        raise damaged(path.name) from None


def _sheets(data: bytes, name: str) -> list[Grid]:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        found = []
        area = 0
        for title in book.sheetnames:
            sheet: Any = book[title]
            if not hasattr(sheet, "iter_rows"):
                continue  # a sheet that is only a chart
            grid = _grid(book, sheet, name)
            if grid is not None:
                area += len(grid.rows) * grid.width
                if area > limits.SHEET_AREA:
                    raise too_long(title, name)
                found.append(grid)
        return found
    finally:
        book.close()


def _grid(book: Any, sheet: Any, name: str) -> Grid | None:
    """A sheet as a rectangle around all that is in it; ``None`` where nothing is."""
    with sheet._get_source() as source:
        parser = _parser(book, sheet, source)
        reader = _Reader(book)
        rows: dict[int, list[tuple[int, Cell]]] = {}
        first = last = area = width = 0
        for number, found in parser.parse():
            cells = reader.cells(found)
            if not cells:
                continue
            if number > MAX_ROWS:
                raise too_long(sheet.title, name)
            rows.setdefault(number, []).extend(cells)
            width = max(width, cells[-1][0])
            first, last = min(first or number, number), max(last, number)
            area = (last - first + 1) * width
            if area > limits.SHEET_AREA:
                raise too_long(sheet.title, name)
    if not rows:
        return None
    left = min(column for cells in rows.values() for column, _cell in cells)
    blank = [EMPTY] * (width - left + 1)
    picture = []
    for number in range(first, last + 1):
        line = blank
        if number in rows:
            line = list(blank)
            for column, cell in rows[number]:
                line[column - left] = cell
        picture.append(line)
    columns = parser.column_dimensions.values()
    spans = [(int(about["min"]), int(about["max"])) for about in columns if about.get("hidden") in ("1", "true")]
    ranges = parser.merged_cells.mergeCell if parser.merged_cells is not None else ()
    bounds = [(one.min_row, one.min_col, one.max_row, one.max_col) for one in ranges]
    merges = _merge(picture, [(top - first, west - left, end - first, east - left) for top, west, end, east in bounds])
    hidden = [int(number) for number, about in parser.row_dimensions.items() if about.get("hidden") in ("1", "true")]
    return Grid(
        cleaned(str(sheet.title)),
        picture,
        merges,
        hidden=sheet.sheet_state != "visible",
        first_row=first,
        hidden_rows=frozenset(number - first for number in hidden if number in rows),
        first_column=left,
        hidden_columns=frozenset(at - left for one, end in spans for at in range(max(one, left), min(end, width) + 1)),
        scaled=frozenset(at - left for at in reader.scaled if at >= left),
    )


def _merge(rows: list[list[Cell]], bounds: list[Area]) -> list[Area]:
    """Put the text of each merged area into every cell of it; the areas, within the rectangle."""
    found: list[Area] = []
    height, width = len(rows), len(rows[0])
    budget = limits.WORKBOOK_CELLS
    for top, left, bottom, right in bounds:
        area = (max(top, 0), max(left, 0), min(bottom, height - 1), min(right, width - 1))
        if not (area[0] <= area[2] and area[1] <= area[3]) or area[0] != top or area[1] != left:
            continue
        cell = rows[top][left]
        size = (area[2] - top + 1) * (area[3] - left + 1)
        budget -= size
        if size == 1 or cell.is_empty or budget < 0:
            continue
        for number in range(top, area[2] + 1):
            line = list(rows[number])  # a blank line is shared
            line[left : area[3] + 1] = [
                cell if old.is_empty or at == 0 == number - top else old
                for at, old in enumerate(line[left : area[3] + 1])
            ]
            rows[number] = line
        found.append(area)
    return found


def _parser(book: Any, sheet: Any, source: Any) -> Any:
    """openpyxl's reader of one sheet, which gives the result of a formula and remembers that it is one."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        def parse_cell(self, element: Any) -> dict[str, Any]:
            found: dict[str, Any] = super().parse_cell(element)
            if found["value"] is None and (formula := element.find(FORMULA_TAG)) is not None:
                found["formula"] = formula.text or ""
            return found

    return Parser(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


class _Reader:
    """What the cells of a workbook say; texts and styles that many cells share are looked at once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._texts: dict[tuple[str, str], str] = {}
        #: By style whether it is bold, the name of a font of before Unicode, and how its numbers are shown.
        self._looks: dict[int, tuple[bool, str, int, bool]] = {}
        #: The columns, from 1, with numbers that are shown smaller than they are.
        self.scaled: set[int] = set()

    def cells(self, found: list[dict[str, Any]]) -> list[tuple[int, Cell]]:
        """The cells of a row that hold something, each with its column from 1."""
        cells = []
        for one in found:
            column, value = one["column"], one["value"]
            if column > _MAX_COLUMNS:
                continue
            if value is None:
                if "formula" in one:
                    cells.append((column, Cell(fault=_no_result(one["formula"]))))
                continue
            style = one["style_id"]
            look = self._looks.get(style)
            if look is None:
                font = self._book._fonts[self._book._cell_styles[style].fontId]
                name = font.name or ""
                numbers = _numbers_shown(_number_format(self._book, self._book._cell_styles[style]))
                look = self._looks[style] = (bool(font.b), name if old_fonts.encoding_of(name) else "", *numbers)
            bold, old, scale, is_percent = look
            if isinstance(value, str):
                text = self._texts.get((value, old))
                if text is None:
                    text = cleaned(old_fonts.to_unicode(unescaped(value), old)).strip()
                    self._texts[value, old] = text
                if one["data_type"] == "e" or value in ERRORS:
                    sentence = _("Ô báo lỗi {error}; hãy sửa trong Excel rồi nhập lại.").format(error=text)
                    cells.append((column, Cell(text, bold=bold, fault=sentence)))
                elif text:
                    cells.append((column, Cell(text, None, bold)))
                continue
            number: int | float | Decimal | None = None
            if isinstance(value, int | float) and not isinstance(value, bool):
                number = value
            if number is not None and (scale or is_percent):
                value = Decimal(repr(number)).scaleb(2 if is_percent else -3 * scale)
                number = None if is_percent else value
                if number:
                    self.scaled.add(column)
            text = _text(value, self._book, style) + ("%" if is_percent and isinstance(value, Decimal) else "")
            if text:
                cells.append((column, Cell(text, number, bold)))
        return cells


def _no_result(formula: str) -> str:
    sentence = _("Công thức “{formula}” không có kết quả; hãy mở tệp bằng Excel, lưu lại rồi nhập lại.")
    return sentence.format(formula=cleaned(f"={formula[:40]}"))


def _text(value: Any, book: Any, style: int) -> str:
    """What a cell that holds no text says, as an office in Vietnam writes it: days first, a comma before decimals."""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int):
        return str(value) if abs(value) < _WHOLE else repr(value)
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _WHOLE:
            return str(int(value))
        return repr(value).replace(".", ",")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if isinstance(value, datetime.datetime | datetime.date):
        return _day(value, _number_format(book, book._cell_styles[style]))
    return cleaned(str(value))


def _numbers_shown(shown: str) -> tuple[int, bool]:
    """By how many thousands a number is shown smaller than it is ("#,##0,"), and whether it is shown in percent."""
    if "," not in shown and "%" not in shown:
        return 0, False
    positive = _SPACES.sub("", _LITERAL.sub("", shown)).split(";")[0]
    return sum(len(found) for found in _SCALING.findall(positive)), "%" in positive


def _day(value: datetime.date, shown: str) -> str:
    """A day as far as its cell shows it: ``31/12/2022``, ``12/2022``, ``2022``."""
    letters = _LITERAL.sub("", shown).lower()
    if "y" in letters and "d" not in letters:
        return value.strftime("%m/%Y" if "m" in letters else "%Y")
    return value.strftime("%d/%m/%Y")


def _number_format(book: Any, style: Any) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    number = style.numFmtId
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, ""))
    return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
