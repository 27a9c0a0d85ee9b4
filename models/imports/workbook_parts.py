"""The parts of a workbook before openpyxl reads them: what is too large, of another form, or would be passed over."""

from __future__ import annotations

import re
from io import BytesIO

from models.errors import DocumentError
from models.exports import archive
from models.i18n import _

#: Rows of one sheet, empty ones too; a plan of 10,000 tasks has a tenth of it.
MAX_ROWS = 200_000
_MAX_ENTRIES = 2000
#: No part of a workbook declares anything; one that does is up to something.
_DECLARATIONS = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))

#: The other form of ``.xlsx``, which openpyxl takes for an empty workbook.
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']""")
_FAR_ROWS = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d{6,})["']""")
_VALUES = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")


def check_zip(data: bytes, name: str) -> None:
    """Refuse what would fill the memory when it is unpacked, and what no spreadsheet program writes."""
    try:
        with archive.open_zip(BytesIO(data)) as zipped:
            infos = zipped.infolist()
            too_large = len(infos) > _MAX_ENTRIES or sum(info.file_size for info in infos) > archive.MAX_TOTAL
            if too_large or any(archive.swells(info) for info in infos):
                raise DocumentError(
                    _("Tệp “{file}” phình ra quá lớn khi giải nén nên không được mở; hãy kiểm tra lại tệp.").format(
                        file=name
                    )
                )
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    part = archive.read(zipped, info)
                    if any(declaration in part for declaration in _DECLARATIONS):
                        raise damaged(name)
                    if info.filename == "xl/workbook.xml" and _STRICT in part:
                        sentence = _(
                            "Tệp “{file}” lưu kiểu “Strict Open XML” nên không đọc được; hãy mở bằng Excel,"
                            " lưu lại kiểu “Excel Workbook (.xlsx)” rồi thử lại."
                        )
                        raise DocumentError(sentence.format(file=name))
    except archive.Damaged:
        raise damaged(name) from None


def check_sheet(data: bytes, name: str, sheet: str, part_name: str, heads: int, width: int) -> None:
    """Look at the part of a sheet whose heads end in row ``heads`` and that is ``width`` columns wide.

    ``DocumentError`` where something would be passed over: cells too far down, cells merged over several rows:
    of these all but the first have lost what they said.
    """
    from openpyxl.utils import range_boundaries

    with archive.open_zip(BytesIO(data)) as zipped:
        part = zipped.read(part_name)
    beyond = next((row.start() for row in _FAR_ROWS.finditer(part) if int(row[1]) > MAX_ROWS), None)
    if beyond is not None and _VALUES.search(part, beyond):
        raise too_long(sheet, name)
    for match in _MERGED.finditer(part, max(part.rfind(b"sheetData>"), 0)):
        area = match[1].decode()
        left, top, _right, bottom = (number or 0 for number in range_boundaries(area))
        if bottom > top > heads and left < width:
            sentence = _(
                "Các ô {cells} ở trang “{sheet}” của tệp “{file}” bị gộp làm một; hãy bỏ gộp,"
                " ghi nội dung vào từng dòng rồi thử lại."
            )
            raise DocumentError(sentence.format(cells=area, sheet=sheet, file=name))


def too_long(sheet: str, name: str) -> DocumentError:
    """The sentence for a sheet of too many rows."""
    sentence = _("Trang “{sheet}” của tệp “{file}” có quá {rows} dòng nên không được nhận; hãy kiểm tra lại tệp.")
    return DocumentError(sentence.format(sheet=sheet, file=name, rows=f"{MAX_ROWS:,}".replace(",", ".")))


def damaged(name: str) -> DocumentError:
    """The sentence for a file that is not whole."""
    return DocumentError(
        _("Tệp “{file}” bị hỏng hoặc bị cắt cụt nên không đọc được; hãy mở bằng Excel, lưu lại rồi thử lại.").format(
            file=name
        )
    )
