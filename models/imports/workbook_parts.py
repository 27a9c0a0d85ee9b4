"""The parts of a workbook before openpyxl reads them: what is too large, of another form, or would be passed over."""

from __future__ import annotations

import re
from io import BytesIO

from models import limits
from models.errors import DocumentError
from models.exports import archive
from models.i18n import _

#: Rows of one sheet, empty ones too; a plan of 10,000 tasks has a tenth of it.
MAX_ROWS = limits.SHEET_ROWS
#: No part of a workbook declares anything; one that does is up to something.
_DECLARATIONS = tuple(
    mark.encode(code)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
#: The encodings in which spreadsheet programs write; in others a declaration could hide.
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"'>]{0,60})""")
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"windows-1258")
#: What begins so is XML in letters of another kind (EBCDIC, UTF-32, UTF-7).
_STRANGE_HEADS = (b"\x4c\x6f\xa7\x94", b"\0\0\0<", b"<\0\0\0", b"\0\0\xfe\xff", b"\xff\xfe\0\0", b"+/v", b"+ADw")

#: The other form of ``.xlsx``, which openpyxl takes for an empty workbook.
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?\bref=["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']""")
_FAR_ROWS = re.compile(rb"""<(?:\w+:)?row\s[^<>]*?\br=["']([0-9]{6,12})["']""")
#: What is counted before it is read, and how much of each there may be in all parts.
_COUNTED = (
    (re.compile(rb"<(?:\w+:)?c[\s>/]"), limits.WORKBOOK_CELLS),
    (re.compile(rb"<(?:\w+:)?row[\s>/]"), limits.WORKBOOK_CELLS),
    (re.compile(rb"<(?:\w+:)?si[\s>/]"), limits.SHARED_TEXTS),
    (re.compile(rb"<(?:\w+:)?(?:xf|font|fill|border|dxf|numFmt)[\s>/]"), limits.STYLES),
    (re.compile(rb"<(?:\w+:)?sheet[\s>/]"), limits.SHEETS),
)
_CELLS_AND_ROWS = 2
_VALUES = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")


def check_zip(data: bytes, name: str) -> None:
    """Refuse what would fill the memory when it is unpacked, and what no spreadsheet program writes."""
    try:
        with archive.open_zip(BytesIO(data)) as zipped:
            infos = zipped.infolist()
            names = {info.filename.casefold() for info in infos}
            # Of two parts of one name, programs take now the one and now the other.
            if len(infos) > limits.WORKBOOK_PARTS or len(names) < len(infos):
                raise damaged(name)
            too_large = sum(info.file_size for info in infos) > limits.WORKBOOK_UNPACKED
            if too_large or any(archive.swells(info) or info.file_size > _most(info.filename) for info in infos):
                raise swollen(name)
            counts = [0] * len(_COUNTED)
            for info in infos:
                part = archive.read(zipped, info)
                if part.startswith(_PICTURES):
                    continue
                _check_part(part, info.filename, name)
                for at, (what, most) in enumerate(_COUNTED):
                    counts[at] += sum(1 for _found in what.finditer(part))
                    if counts[at] > most:
                        raise too_many_cells(name) if at < _CELLS_AND_ROWS else swollen(name)
    except archive.Damaged:
        raise damaged(name) from None


#: Pictures that somebody put into a sheet: PNG, JPEG, GIF, TIFF, EMF.
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\x01\0\0\0")


def _most(part: str) -> int:
    """Bytes that a part of that name may have: those of cells and their texts are the large ones."""
    is_large = part.lower().startswith(("xl/worksheets/", "xl/sharedstrings", "xl/media/"))
    return limits.SHEET_BYTES if is_large else limits.PART_BYTES


def is_strange(part: bytes) -> bool:
    """Whether a part of an office file is XML in odd letters, or declares something: no office program does."""
    said = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if part.startswith(_STRANGE_HEADS) or (said is not None and said[1].lower() not in _ENCODINGS):
        return True
    return any(declaration in part for declaration in _DECLARATIONS)


def _check_part(part: bytes, part_name: str, name: str) -> None:
    """``DocumentError`` where a part, whatever it is called, is XML that could do harm, or of another form."""
    if is_strange(part):
        raise damaged(name)
    if part_name == "xl/workbook.xml" and _STRICT in part:
        sentence = _(
            "Tệp “{file}” lưu kiểu “Strict Open XML” nên không đọc được; hãy mở bằng Excel,"
            " lưu lại kiểu “Excel Workbook (.xlsx)” rồi thử lại."
        )
        raise DocumentError(sentence.format(file=name))


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


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def old_form(data: bytes, name: str) -> DocumentError | None:
    """The sentence for a workbook in the old form, which is also that of one with a password; of others nothing."""
    if not data.startswith(OLD_OFFICE):
        return None
    if "EncryptedPackage".encode("utf-16-le") in data:
        sentence = _(
            "“{file}” bị đặt mật khẩu nên không đọc được; hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi thử lại."
        )
    else:
        sentence = _("“{file}” là bảng tính Excel kiểu cũ (.xls); hãy mở bằng Excel, lưu thành tệp .xlsx rồi thử lại.")
    return DocumentError(sentence.format(file=name))


def empty(name: str) -> DocumentError:
    """The sentence for a file in which there is nothing at all."""
    sentence = _("Tệp “{file}” trống, có thể chép chưa xong; hãy chép lại hoặc xin lại tệp gốc.")
    return DocumentError(sentence.format(file=name))


def swollen(name: str) -> DocumentError:
    """The sentence for a file that is too much when it is unpacked."""
    return DocumentError(
        _("Tệp “{file}” phình ra quá lớn khi giải nén nên không được mở; hãy kiểm tra lại tệp.").format(file=name)
    )


def too_many_cells(name: str) -> DocumentError:
    """The sentence for a file with more cells or rows than anybody fills, mostly empty ones that have a frame."""
    sentence = _(
        "Tệp “{file}” có quá {cells} ô hoặc dòng, kể cả ô trống có kẻ khung, nên không được mở;"
        " hãy xóa các dòng, cột thừa quanh bảng rồi lưu lại."
    )
    return DocumentError(sentence.format(file=name, cells=f"{limits.WORKBOOK_CELLS:,}".replace(",", ".")))


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
