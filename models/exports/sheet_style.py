"""How the workbook looks, and what keeps Excel from refusing it: formats, sheet names, text cells, page set-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from inspect import unwrap
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple, Worksheet

from models.errors import ExportError
from models.i18n import _
from models.money import UNITS, format_amount

FONT = "Times New Roman"
SIZE = 11
#: Excel's limits.
MAX_TEXT = 32_767
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_SHEET_NAME = 31
MAX_HEIGHT = 409
#: Older Excel shows a text of more letters as ### in a cell that is formatted as text.
LONG = 255
#: A text of so many letters fits into a cell, whatever they are.
SURE = MAX_TEXT // 2
#: Printed lengths as in Nghị định 30/2020/NĐ-CP, Phụ lục I, where a sheet has room for them: A4, in millimetres.
MARGINS = {"left": 20, "right": 15, "top": 20, "bottom": 20}
PORTRAIT_WIDTH = 210 - MARGINS["left"] - MARGINS["right"]

GROUP_COLOURS = ("#DCE9EF", "#EEF4F7")
HEAD_COLOUR = "#D9E2E7"
DRAFT = "DỰ THẢO"
#: Number format of a sum of which nothing is known.
ZERO_UNSEEN = "#,##0;-#,##0;"

_LINE_HEIGHT = 14.25
_AIR = 5.5
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\s]+")


#: The rest of a cell's tag by its kind, as XlsxWriter writes it.
_FREQUENT: dict[type, str] = {
    CellStringTuple: ' t="s"><v>{}</v></c>',
    CellNumberTuple: "><v>{:.16G}</v></c>",
    CellBlankTuple: "/>",
}


class GrowingSheet(Worksheet):
    """A sheet with rows that have a height and still grow in Excel when more is typed into them.

    Left without a height, such rows are too low for their text everywhere but in Excel itself; with one,
    XlsxWriter marks them as fixed by hand.
    """

    # As XlsxWriter has them, without looking at every call whether the cell is given by its name ("A1").
    put_string = unwrap(Worksheet.write_string)
    put_number = unwrap(Worksheet.write_number)
    put_blank = unwrap(Worksheet.write_blank)

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # XlsxWriter looks through each for a hundred functions that came after Excel 2007; none is used.
        return formula.removeprefix("=")

    def set_growing_row(self, row: int, height: float, level: int = 0) -> None:
        """``height`` in points; ``level`` is the depth in the outline."""
        self.growing.add(row + 1)
        self.set_row(row, height, None, {"level": min(level, 7)})

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        # Most cells hold a text, a number or nothing: no letter of these has to be escaped, as XlsxWriter tries to.
        kind = _FREQUENT.get(type(cell))
        if kind is None or cell.format is None:
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        out: Any = self.fh
        out.write(start + kind.format(cell[0]))

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        if tag == "row" and dict(attributes)["r"] in self.growing:
            attributes = [item for item in attributes if item[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """A format of Times New Roman 11, centred vertically, and ``properties`` (XlsxWriter's names)."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"}
            self._made[key] = self._book.add_format(base | properties)
        return self._made[key]

    def conditional(self, number_format: str) -> Format:
        """A format for a condition: it changes nothing but how the number is shown."""
        key = (("conditional", number_format),)
        if key not in self._made:
            self._made[key] = self._book.add_format({"num_format": number_format})
        return self._made[key]


def number(amount: int, unit: str) -> int | float:
    """``amount`` (đồng) as the number in a cell of ``unit``: the nearest to the exact one that a cell can hold."""
    factor = UNITS[unit]
    return amount / factor if amount % factor else amount // factor


def number_format(amount: int | None, unit: str) -> str:
    """The number format that shows ``amount`` to the last đồng: "#,##0.###" would leave a comma behind 250."""
    count = decimals(amount or 0, unit)
    return f"#,##0.{'0' * count}" if count else "#,##0"


def decimals(amount: int, unit: str) -> int:
    """How many digits ``amount`` (đồng) has behind the comma in ``unit``."""
    if not amount % UNITS[unit]:
        return 0
    return len(format_amount(amount, unit).partition(",")[2])


def clean(text: str) -> str:
    """``text`` without what no XML file may hold."""
    if text.isprintable():
        return text
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\t", " "))


def write_text(
    sheet: Worksheet, row: int, column: int, text: str, style: Format, table: str, line: str = "", head: str = ""
) -> None:
    """Write ``text`` as text, whatever it begins with; ``table``, ``line`` and ``head`` name the place in an error."""
    text = clean(text)
    if not text:
        sheet.write_blank(row, column, None, style)
    elif len(text) > MAX_TEXT // 2 and utf16_length(text) > MAX_TEXT:
        place = _("Ô “{head}” ở dòng {line} của “{table}”") if head and line else _("Một ô của “{table}”")
        raise ExportError(
            _("{place} dài hơn {limit} ký tự nên bảng tính Excel không nhận; hãy rút gọn rồi kết xuất lại.").format(
                place=place.format(head=head, line=line, table=table), limit=format_amount(MAX_TEXT)
            )
        )
    elif text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take this for ready-made XML.
        sheet.write_rich_string(row, column, text[:1], style, text[1:], style)
    else:
        sheet.write_string(row, column, text, style)


def utf16_length(text: str) -> int:
    """Length as Excel counts it."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A sheet name near ``wanted`` that Excel takes, unlike those in ``taken`` (in lower case), and added to them."""
    name = " ".join(_NOT_IN_SHEET_NAME.sub(" ", clean(wanted)).split()).strip("' ") or "Bảng"
    if name.lower() == "history":  # reserved by Excel
        name = f"Bảng {name}"
    for count in range(1, len(taken) + 2):
        mark = f" ({count})" if count > 1 else ""
        found = _cut(name, MAX_SHEET_NAME - len(mark)) + mark
        if found.lower() not in taken:
            break
    taken.add(found.lower())
    return found


def _cut(text: str, length: int) -> str:
    """``text`` cut to ``length`` as Excel counts, between words where there is one."""
    if utf16_length(text) <= length:
        return text
    while utf16_length(text) > length - 1:
        text = text[:-1]
    head, space, _tail = text.rpartition(" ")
    return (head if space and len(head) > length // 2 else text).strip("' ") + "…"


def quoted(name: str) -> str:
    """A sheet name as it stands in a formula."""
    return "'" + name.replace("'", "''") + "'"


# ---- lengths


def pixels(millimetres: float) -> int:
    return round(millimetres * 96 / 25.4)


def text_pixels(text: str, size: float = SIZE, bold: bool = False) -> float:
    """About how wide ``text`` is on one line, a little too wide rather than too narrow."""
    ems = sum(0.72 if c.isupper() else 0.27 if c in " .,;:'|!()-ijlt" else 0.5 for c in text)
    return ems * size * 96 / 72 * (1.06 if bold else 1.0)


def lines_needed(text: str, width: float, size: float = SIZE, bold: bool = False) -> int:
    """About how many lines ``text`` takes in a cell ``width`` pixels wide.

    Fitted to Times New Roman and the texts of five real plans: one line too few in 7 of 100 cells, which the
    air in ``height_for`` makes up for. Measuring every word would take longer than the rest of the workbook.
    """
    room = max(width - 18, (width - 6) * 0.75)
    letter = size * 96 / 72 * (1.06 if bold else 1.0)
    if letter * 0.60 * len(text) + 14 <= room and "\n" not in text:
        return 1
    count = 0
    for line in text.split("\n"):
        length = len(line)
        if length > 1:
            count += ceil((letter * (0.60 if line.isupper() else 0.425) * length + 14) / room)
        else:
            count += 1
    return count


def height_for(lines: int, size: float = SIZE) -> float:
    """Row height in points for that many lines."""
    return min(max(lines, 1) * _LINE_HEIGHT * size / SIZE + _AIR, MAX_HEIGHT)


def merge(sheet: Worksheet, row: int, last: int, text: str, style: Format, where: str) -> None:
    """``text`` over the columns 0 to ``last`` of a row."""
    if last > 0:
        sheet.merge_range(row, 0, row, last, "", style)
    write_text(sheet, row, 0, text, style, where)


def page_setup(
    sheet: Worksheet, *, landscape: bool, draft: bool, code: str | None, heads: tuple[int, int] | None, pages: int = 0
) -> None:
    """A4, one page wide and ``pages`` high (0: as many as it takes), page numbers and the plan's code below.

    A draft says so above; ``heads`` are the first and last row repeated on every page.
    """
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(**{side: length / 25.4 for side, length in MARGINS.items()})
    sheet.fit_to_pages(1, pages)
    sheet.center_horizontally()
    if heads is not None:
        sheet.repeat_rows(*heads)
    if draft:
        sheet.set_header(f'&C&"{FONT},Bold"&16{DRAFT}')
    left = f'&L&"{FONT},Regular"&9Mã: {_in_header(code)}' if code else ""
    sheet.set_footer(f'{left}&C&"{FONT},Regular"&11&P/&N')


def _in_header(text: str) -> str:
    return clean(text).replace("&", "&&").replace("\n", " ")[:60]


def widest(texts: Iterable[str], bold: bool = False) -> float:
    """Pixels that the widest of ``texts`` needs in a cell."""
    return max((text_pixels(text, SIZE, bold) for text in texts), default=0.0) + 12
