"""Opening a workbook that comes from outside, with care, and what its cells hold."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import document, limits
from models.errors import DocumentError, UserError, inside
from models.exports.sheet_kept import FORMAT, MARK, SHEET, Kept, KeptSheet, Newer, Unreadable, read_mark, short_code
from models.exports.sheet_kept import read as read_kept
from models.i18n import _
from models.imports.workbook_parts import MAX_ROWS, check_sheet, check_zip, damaged, too_long
from models.text import clean

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_BYTES = limits.WORKBOOK_BYTES
_MAX_COLUMNS = limits.SHEET_COLUMNS
#: Rows of title and heads that a sheet may have above its table.
_MAX_TOP = 60
_REFERENCE = r"\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
_REFERENCES = rf"{_REFERENCE}(?:,{_REFERENCE})*"
_SUM = rf"(?:SUM\({_REFERENCES}\)|SUMIF\({_REFERENCE},\d+,{_REFERENCE}\))"
_EITHER = rf"IF\(COUNT\({_REFERENCES}\)>0,{_SUM},{_SUM}\)"
#: A sum as the export writes it, wherever Excel has moved it.
_COMPUTED = re.compile(rf'=(?:{_SUM}|{_EITHER}|IF\(COUNT\({_REFERENCES}\)=0,"",(?:{_SUM}|{_EITHER})\))')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


#: No row has that number.
_NO_ROW = -1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what openpyxl gives for it, and its formula (empty: none), whose result ``value`` then is not."""

    row: int
    column: int
    value: Any = None
    formula: str = ""
    #: Whether it shows an error, and not a text that reads like one.
    is_error: bool = False
    #: Whether a number is shown as a percentage, as Excel makes 0.45 of the typed "45%".
    is_percent: bool = False

    @property
    def is_sum(self) -> bool:
        """Whether it holds a sum as the export writes them."""
        return bool(_COMPUTED.fullmatch(re.sub(r"\s", "", self.formula)))

    @property
    def identity(self) -> int | None:
        """The number of the row that the cell says it is of; ``None`` where it holds no number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return None
        return int(self.value) if abs(self.value) < 1e15 else _NO_ROW

    @property
    def is_empty(self) -> bool:
        return not self.formula and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


@dataclass(slots=True)
class Found:
    """A sheet of the map in the workbook: its rows below the heads, cells by column from 0, the identity last."""

    kept: KeptSheet
    name: str
    rows: list[list[Cell]]
    book: Opened

    def refuse(self, cell: Cell, reason: str) -> DocumentError:
        """The sentence that says which cell is not taken, and why."""
        return DocumentError(
            _("Ô {cell} ở trang “{sheet}” của tệp “{file}” chưa nhận được: {reason}").format(
                cell=name_of(cell), sheet=self.name, file=self.book.name, reason=inside(reason)
            )
        )

    def value(self, cell: Cell) -> Any:
        """What the cell holds; of a formula its result, ``DocumentError`` where there is none."""
        if cell.is_error:
            raise self.refuse(cell, _("Ô đang báo lỗi {error}; hãy gõ lại nội dung.").format(error=cell.value))
        if not cell.formula:
            return cell.value
        found = self.book.results(self.name).get((cell.row, cell.column))
        if found is None or (isinstance(found, str) and found in ERRORS):
            sentence = _("Công thức “{formula}” không có kết quả; hãy gõ giá trị thay cho công thức.")
            raise self.refuse(cell, sentence.format(formula=cell.formula[:40]))
        return found

    def text(self, cell: Cell) -> str:
        """What the cell says, as a plan keeps it: no number or day is lost that Excel made of it."""
        value = self.value(cell)
        if value is None:
            return ""
        if isinstance(value, str):
            return clean(unescaped(value)).strip()
        if isinstance(value, bool):
            return "x" if value else ""
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        if isinstance(value, datetime.datetime):
            return value.strftime("%d/%m/%Y")
        if isinstance(value, datetime.date):
            return value.strftime("%d/%m/%Y")
        return str(value).replace(".", ",") if isinstance(value, float) else str(value)

    def checked(self, cell: Cell, read: Any, *more: Any) -> Any:
        """``read(...)`` with the place in the sentence of a refusal."""
        try:
            return read(*more)
        except DocumentError:
            raise
        except UserError as error:
            raise self.refuse(cell, str(error)) from None


#: What a cell shows whose formula fails.
ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


def unescaped(text: str) -> str:
    """``text`` with the letters that Excel writes as numbers (``_x000D_``)."""
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def _letter(match: re.Match[str]) -> str:
    """The letter that Excel writes as a number, but for the half of one, which is none."""
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def name_of(cell: Cell) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(cell.column + 1)}{cell.row}"


def same(one: str, other: str) -> bool:
    """Whether a cell still says what was written into it, after whatever program has saved it."""
    return one == other or _essence(one) == _essence(other)


def _essence(text: str) -> str:
    return clean(unescaped(unescaped(text))).strip()


# ---- the file


@dataclass(slots=True)
class Opened:
    """A workbook of this program."""

    name: str
    data: bytes
    kept: Kept
    _results: dict[str, dict[tuple[int, int], Any]] = field(default_factory=dict)
    _book: Any = None

    def results(self, sheet: str) -> dict[tuple[int, int], Any]:
        """The results of formulas that were stored with a sheet, by row from 1 and column from 0."""
        if sheet not in self._results:
            if self._book is None:
                self._book = _load(self.data, self.name, results=True)
            rows = _rows_of(self._book[sheet], self.name, _MAX_COLUMNS)
            self._results[sheet] = {(cell.row, cell.column): cell.value for row in rows for cell in row}
        return self._results[sheet]


def open_workbook(path: Path) -> tuple[Opened, list[Found]]:
    """The workbook in the file ``path`` and the sheets of its map, in their order; ``DocumentError``."""
    data = document.read_bytes(path, MAX_BYTES)
    check_zip(data, path.name)
    book = _load(data, path.name)
    kept = _kept(book, path.name)
    opened = Opened(path.name, data, kept)
    places = _marked(book, opened)
    found = []
    for number, sheet in enumerate(kept.sheets):
        if number not in places:
            sentence = _(
                "Tệp “{file}” không còn trang “{sheet}”; hãy lấy lại trang đó từ biểu đã xuất, hoặc xuất biểu mới."
            )
            raise DocumentError(sentence.format(file=path.name, sheet=sheet.name))
        name, row = places[number]
        width = len(sheet.fields) + 1
        part: Any = book[name]
        check_sheet(data, path.name, name, part._worksheet_path, row, width)
        rows = [cells for cells in _rows_of(book[name], path.name, width) if cells[0].row > row]
        found.append(Found(sheet, name, rows, opened))
    return opened, found


def _load(data: bytes, name: str, results: bool = False) -> Workbook:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # What openpyxl does not know of (other programs' extensions) is of no matter here.
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(data), read_only=True, data_only=results, keep_links=False)
    except Exception:
        # openpyxl raises whatever a faulty part leads to.
        raise damaged(name) from None


def _rows_of(sheet: Any, name: str, width: int, last: int = MAX_ROWS + 1) -> Iterator[list[Cell]]:
    """The rows with anything in them, ``width`` cells of each; ``DocumentError`` for a sheet that is too long."""
    try:
        sheet.reset_dimensions()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            area = 0
            for number, row in enumerate(sheet.iter_rows(max_col=width, max_row=last), 1):
                # Gaps are filled by openpyxl: a cell far below or to the right costs as much as all before it.
                area += len(row) + 1
                if area > limits.SHEET_AREA:
                    break
                if not any(cell.value is not None for cell in row):
                    continue
                cells = [_cell(number, column, cell) for column, cell in enumerate(row)]
                cells += [Cell(number, column) for column in range(len(cells), width)]
                if any(not cell.is_empty for cell in cells):
                    if number > MAX_ROWS:
                        break
                    yield cells
            else:
                return
    except Exception:
        raise damaged(name) from None
    raise too_long(sheet.title, name)


def _cell(row: int, column: int, cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell(row, column)
    if cell.data_type == "f":
        return Cell(row, column, None, getattr(value, "text", None) or str(value))
    is_percent = isinstance(value, int | float) and "%" in cell.number_format
    return Cell(row, column, value, is_error=cell.data_type == "e", is_percent=is_percent)


def _kept(book: Workbook, name: str) -> Kept:
    """What the hidden sheet keeps; ``DocumentError`` where there is none, or not a whole one."""
    names = sorted(book.sheetnames, key=lambda title: title != SHEET)
    for title in names:
        sheet = book[title]
        if not hasattr(sheet, "iter_rows"):
            continue  # a sheet that is only a chart
        texts = []
        for cells in _rows_of(sheet, name, 1, last=1):
            texts.append(cells[0].value)
        if texts != [FORMAT]:
            continue
        texts = [str(cells[0].value) for cells in _rows_of(sheet, name, 1)]
        try:
            return read_kept(texts)
        except Newer:
            raise DocumentError(
                _("Tệp “{file}” do chương trình mới hơn xuất ra; hãy cập nhật Kế Hoạch Số rồi mở lại.").format(
                    file=name
                )
            ) from None
        except Unreadable:
            raise DocumentError(
                _("Tệp “{file}” bị sai phần dữ liệu ẩn nên không nhận được; hãy xuất biểu mới rồi điền lại.").format(
                    file=name
                )
            ) from None
    raise DocumentError(
        _(
            "“{file}” là bảng tính Excel không do Kế Hoạch Số xuất ra nên chưa nhập được;"
            " hãy dùng lệnh “Xuất biểu Excel để điền…”, hoặc chép các dòng rồi dán vào bảng."
        ).format(file=name)
    )


def _marked(book: Workbook, opened: Opened) -> dict[int, tuple[str, int]]:
    """The sheets of the map, by number: name, and the row (from 1) of the heads; columns are where they were."""
    found: dict[int, tuple[str, int]] = {}
    for title in book.sheetnames:
        if not hasattr(book[title], "iter_rows"):
            continue
        top: list[list[Cell]] = []
        for cells in _rows_of(book[title], opened.name, _MAX_COLUMNS, last=_MAX_TOP):
            top.append(cells)
            mark = next((cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(MARK)), None)
            if mark is None:
                continue
            number, plan = read_mark(mark.value)
            if plan and plan != short_code(str(opened.kept.plan.get("id", ""))):
                sentence = _(
                    "Trang “{sheet}” của tệp “{file}” chép từ biểu của kế hoạch khác;"
                    " hãy xóa trang đó và điền vào trang của biểu này."
                )
                raise DocumentError(sentence.format(sheet=title, file=opened.name))
            if not 0 <= number < len(opened.kept.sheets):
                continue
            if number in found:
                sentence = _("Tệp “{file}” có hai trang “{one}” và “{two}” của cùng một bảng; hãy xóa một trang.")
                raise DocumentError(sentence.format(file=opened.name, one=found[number][0], two=title))
            _check_heads(opened, title, opened.kept.sheets[number], top, mark)
            found[number] = (title, mark.row)
            break
    return found


def _check_heads(opened: Opened, title: str, sheet: KeptSheet, top: Sequence[Sequence[Cell]], mark: Cell) -> None:
    """``DocumentError`` where columns have come, gone or changed places."""
    moved = mark.column != len(sheet.fields)
    for column, head in enumerate(sheet.heads):
        texts = [str(cells[column].value) for cells in top if not cells[column].is_empty]
        if moved or (head.strip() and not any(same(text, head) for text in texts)):
            sentence = _(
                "Trang “{sheet}” của tệp “{file}” đã bị thêm, bớt hoặc đổi cột (cột “{head}”);"
                " hãy để các cột và tiêu đề như biểu đã xuất."
            )
            raise DocumentError(sentence.format(sheet=title, file=opened.name, head=head))
