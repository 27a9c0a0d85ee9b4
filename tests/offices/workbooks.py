"""Workbooks with the tables of plans as real offices make them by hand, with openpyxl: one ``Guise`` a way to make one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from models.money import UNITS, format_amount
from models.numbering import row_numbers
from models.plan import Row, Table, walk_rows

#: A column: the field, the head, the head above it (empty: none).
Column = tuple[str, str, str]

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BESIDE_AMOUNT = re.compile(r"(?P<note>.*?)\s?(?P<rest>\((?:[\d.]+/năm.*|năm 2020 giải ngân .*)\))", re.DOTALL)


@dataclass
class Guise:
    """How an office writes a table down."""

    columns: Sequence[Column]
    sheet: str = "Sheet1"
    #: Lines above the table: (text, first column, last column, bold).
    above: Sequence[tuple[str, bool]] = ()
    unit: str = "million"
    #: Where the unit stands: the text of a line of its own; empty: in a head, or nowhere.
    unit_line: str = ""
    #: ``number``: number cells; ``text``: 4.009,772; ``english``: 4,009.772; ``mixed``: by turns numbers and text.
    amounts: str = "number"
    #: The heads are merged over two lines, or the upper one stands alone in its first cell.
    merged_heads: bool = True
    #: ``1``: 1, 2, 3; ``(1)``: in parentheses; ``A``: A, B, 1, 2.
    column_numbers: str = ""
    merge_down: Sequence[str] = ()
    #: ``merged`` over all columns, ``bold``, ``plain``; ``unnumbered`` and merged.
    groups: str = "bold"
    numbers_as: str = "text"
    total: str = "TỔNG CỘNG"
    total_at: str = "end"
    subtotals: str = ""
    blank_rows: bool = False
    #: The head is repeated after so many rows.
    repeat_head: int = 0
    split_names: bool = False
    dashes: bool = False
    below: Sequence[str] = ()
    first_row: int = 1
    first_column: int = 1
    two_sheets: bool = False
    styles: Sequence[str] = ("1", "a")
    more: dict[str, Any] = field(default_factory=dict)


def save(path: Path, *tables: tuple[Table, Guise], hidden: bool = False) -> Path:
    """A workbook with each table on a sheet of its own, or below the one before where the sheet's name is the same."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for table, guise in tables:
        if guise.sheet in book.sheetnames:
            sheet = book[guise.sheet]
            _Sheet(sheet, table, guise, sheet.max_row + 3).write()
        else:
            _Sheet(book.create_sheet(guise.sheet), table, guise, guise.first_row).write()
    if hidden:
        sheet = book.create_sheet("Nháp")
        sheet.append(["Số liệu cũ", 1, 2, 3])
        sheet.sheet_state = "hidden"
    book.save(path)
    return path


class _Sheet:
    def __init__(self, sheet: Any, table: Table, guise: Guise, row: int) -> None:
        self.sheet, self.table, self.guise, self.row = sheet, table, guise, row
        self.left = guise.first_column
        self.fields = [column[0] for column in guise.columns]
        self.numbers = row_numbers(table, guise.styles)
        self._since_head = 0
        self._spans: dict[int, tuple[int, Any]] = {}

    def write(self) -> None:
        guise = self.guise
        for text, bold in guise.above:
            self._line(text, bold)
        if guise.unit_line:
            cell = self.sheet.cell(self.row, self.left + len(self.fields) - 1, guise.unit_line)
            cell.font, cell.alignment = Font(italic=True), Alignment(horizontal="right")
            self.row += 1
        self._heads()
        if guise.total_at == "top":
            self._total(guise.total, self.table.stated_total, self.table.rows)
        self._rows(self.table.rows)
        if guise.total_at == "end" and guise.total:
            self._total(guise.total, self.table.stated_total, self.table.rows)
        self._close_spans()
        for text in guise.below:
            self.row += 1
            self._line(text, False)

    def _line(self, text: str, bold: bool) -> None:
        cell = self.sheet.cell(self.row, self.left, text)
        cell.font, cell.alignment = Font(bold=bold), Alignment(horizontal="center")
        self._merge(self.row, self.left, self.row, self.left + len(self.fields) - 1)
        self.row += 1

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def _put(self, at: int, value: Any, bold: bool = False) -> None:
        if value is None or value == "":
            return
        cell = self.sheet.cell(self.row, self.left + at, value)
        cell.font, cell.border = Font(bold=bold), _BOX
        cell.alignment = Alignment(wrap_text=True, vertical="top")

    def _heads(self) -> None:
        columns = self.guise.columns
        has_upper = any(column[2] for column in columns)
        for at, (_field, head, upper) in enumerate(columns):
            is_first = upper and (not at or columns[at - 1][2] != upper)
            if upper:
                if is_first:
                    self._put(at, upper, True)
                    width = sum(1 for column in columns if column[2] == upper)
                    if self.guise.merged_heads:
                        self._merge(self.row, self.left + at, self.row, self.left + at + width - 1)
                self.row += 1
                self._put(at, head, True)
                self.row -= 1
            else:
                self._put(at, head, True)
                if has_upper and self.guise.merged_heads:
                    self._merge(self.row, self.left + at, self.row + 1, self.left + at)
        self.row += 2 if has_upper else 1
        marks = {"1": "{}", "(1)": "({})", "A": "{}"}.get(self.guise.column_numbers)
        if marks:
            for at in range(len(columns)):
                number: Any = marks.format(at + 1)
                if self.guise.column_numbers == "A":
                    number = "AB"[at] if at < 2 else at - 1
                elif self.guise.column_numbers == "1":
                    number = at + 1
                self._put(at, number)
            self.row += 1
        self._since_head = 0

    # ---- rows

    def _rows(self, rows: Sequence[Row], number: str = "") -> None:
        for row in rows:
            if self.guise.repeat_head and self._since_head >= self.guise.repeat_head:
                self._close_spans()
                self._heads()
            if row.is_group:
                self._close_spans()
                self._group(row)
                self._rows(row.rows)
                if self.guise.subtotals and row.stated_total is not None:
                    self._close_spans()
                    self._total(self.guise.subtotals.format(self.numbers[id(row)]), row.stated_total, row.rows)
                continue
            self._task(row)
            self._rows(row.rows)

    def _group(self, row: Row) -> None:
        guise = self.guise
        name = row.group or ""
        number = self._number(row)
        stated = self._amount(row.stated_total) if row.stated_total is not None and not guise.subtotals else None
        if guise.groups in ("merged", "unnumbered"):
            text = name if guise.groups == "unnumbered" else f"{number}. {name}"
            self._put(0, text, True)
            end = (
                self.fields.index("total") - 1
                if stated is not None and "total" in self.fields
                else len(self.fields) - 1
            )
            self._merge(self.row, self.left, self.row, self.left + end)
        else:
            bold = guise.groups == "bold"
            self._put(0, number, bold)
            self._put(self.fields.index("task"), name.upper() if guise.more.get("upper") else name, bold)
        if stated is not None and "total" in self.fields:
            self._put(self.fields.index("total"), stated, True)
        self.row += 1
        self._since_head += 1

    def _number(self, row: Row) -> Any:
        number = self.numbers[id(row)]
        if self.guise.numbers_as == "number" and re.fullmatch(r"\d+(?:\.\d+)?", number):
            return float(number) if "." in number else int(number)
        return {"dot": f"{number}.", "bracket": f"{number})"}.get(self.guise.numbers_as, number)

    def _task(self, row: Row) -> None:
        guise = self.guise
        values = {name: self._value(row, name) for name in self.fields}
        later: dict[str, str] = {}
        if guise.split_names and not self._since_head % 4:
            name = str(values["task"])
            cut = next((at for at in range(len(name) // 2, len(name)) if name[at] == " " and name[at + 1].islower()), 0)
            if cut:
                values["task"], later["task"] = name[:cut], name[cut + 1 :]
        for at, name in enumerate(self.fields):
            self._span(at, name, values[name])
        self.row += 1
        self._since_head += 1
        if later:
            self._close_spans()
            self._put(self.fields.index("task"), later["task"])
            self.row += 1
        if guise.blank_rows and not self._since_head % 5:
            self._close_spans()
            self.row += 1

    def _span(self, at: int, name: str, value: Any) -> None:
        """Put a value, or let the cell above go on where it says the same."""
        begin = self._spans.get(at)
        if name in self.guise.merge_down and value:
            if begin is not None and begin[1] == value:
                return
            self._close(at)
            self._spans[at] = (self.row, value)
        else:
            self._close(at)
        self._put(at, value)

    def _close(self, at: int) -> None:
        begin = self._spans.pop(at, None)
        if begin is not None:
            self._merge(begin[0], self.left + at, self.row - 1, self.left + at)

    def _close_spans(self) -> None:
        for at in list(self._spans):
            self._close(at)

    def _value(self, row: Row, name: str) -> Any:
        kind, _dot, key = name.partition(".")
        if name == "number":
            return self._number(row)
        if name == "total":
            return self._total_of(row)
        if kind in ("funding", "years") and key:
            amount = getattr(row, kind).get(key)
            return (
                ("-" if self.guise.dashes and row.total is not None else None)
                if amount is None
                else self._amount(amount)
            )
        if name in ("funding", "note"):
            return self._note(row)
        if name == "time" and self.guise.more.get("dates") and re.fullmatch(r"\d{4}", row.time):
            return datetime.datetime(int(row.time), 12, 31)
        if name == "time" and self.guise.more.get("years_as_numbers") and re.fullmatch(r"\d{4}", row.time):
            return int(row.time)
        return getattr(row, name)

    def _note(self, row: Row) -> str:
        match = _BESIDE_AMOUNT.fullmatch(row.note)
        if match and "total" in self.fields:
            return match["note"]
        if len(row.funding) > 1 and self.guise.more.get("lists"):
            return "- " + row.note.replace("; ", ";\n- ")
        return row.note

    def _total_of(self, row: Row) -> Any:
        if row.total is None:
            return None
        if self.guise.more.get("yearly") and row.years and len(set(row.years.values())) == 1:
            each = next(iter(row.years.values()))
            assert each is not None
            return f"{self._text(row.total)} ({self._text(each)}/năm)"
        match = _BESIDE_AMOUNT.fullmatch(row.note)
        if match:
            return f"{self._text(row.total)} {match['rest']}"
        return self._amount(row.total)

    def _text(self, amount: int) -> str:
        text = format_amount(amount, self.guise.unit)
        return text.translate(str.maketrans(".,", ",.")) if self.guise.amounts == "english" else text

    def _amount(self, amount: int) -> Any:
        how = self.guise.amounts
        if how == "number" or (how == "mixed" and self.row % 2):
            whole, rest = divmod(amount, UNITS[self.guise.unit])
            return whole if not rest else amount / UNITS[self.guise.unit]
        return self._text(amount)

    def _total(self, text: str, stated: int | None, rows: Sequence[Row]) -> None:
        if stated is None:
            return
        at = self.fields.index("task")
        if self.guise.more.get("star"):
            self._put(0, "*", True)
        if self.guise.more.get("wide_total"):
            self._put(0, text, True)
            self._merge(self.row, self.left, self.row, self.left + at)
        else:
            self._put(at, text, True)
        for column, name in enumerate(self.fields):
            kind, _dot, key = name.partition(".")
            if name == "total":
                self._put(column, self._amount(stated), True)
            elif kind in ("funding", "years") and key:
                amounts = [getattr(row, kind).get(key) or 0 for row in walk_rows(list(rows)) if not row.is_group]
                if sum(amounts):
                    self._put(column, self._amount(sum(amounts)), True)
        self.row += 1


def register(path: Path, table: Table, *, sheet: str = "PL", split: bool = False, numbers: bool = True) -> Path:
    """A workbook with a register; ``split``: every third row goes on in a second line."""
    book = Workbook()
    page: Any = book.active
    page.title = sheet
    width = len(table.columns or [])
    page.append(["PHỤ LỤC I"])
    page.append([table.title.upper()])
    for row in (1, 2):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width + 1)
    page.append([])
    page.append(["STT", *(table.columns or [])])
    if numbers:
        page.append([f"({at})" for at in range(1, width + 2)])
    for number, one in enumerate(table.rows, 1):
        cells = list(one.cells or [])
        more: list[str] = []
        if split and not number % 3:
            last = next((at for at, text in enumerate(cells) if " đ" in text[8:]), -1)
            if last > 0:
                head, _blank, tail = cells[last].rpartition(" đ")
                more = [""] * (width + 1)
                cells[last], more[last + 1] = head, f"đ{tail}"
        page.append([number, *cells])
        if any(more):
            page.append(more)
    page.column_dimensions[get_column_letter(2)].width = 40
    book.save(path)
    return path


def grids_of(values: Sequence[Sequence[Any]], path: Path) -> Path:
    """A workbook of one sheet with those values."""
    book = Workbook()
    page: Any = book.active
    for row in values:
        page.append(list(row))
    book.save(path)
    return path
