"""Workbooks and cells that are not taken: one sentence that says which and what to do, and nothing is taken in."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models import template
from models.errors import DocumentError, UserError
from models.exports import xlsx
from models.imports import package, workbook, workbook_cells, workbook_parts
from tests.models.imports.workbooks import cell_of, read, row_of, saved
from tests.plans import MILLION, group, register, small_plan, task, tasks

TASK = "Tên nhiệm vụ, dự án và nội dung công việc"
TOTAL = "Tổng mức đầu tư"


@pytest.fixture(scope="module")
def data() -> bytes:
    plan = small_plan(
        tasks(group("Hạ tầng", task("Mua máy", 5 * MILLION)), numbering=["I", "1"], layout="sources"),
        register(["Misa", "2010"], title="Phần mềm", section="review.apps"),
    )
    return xlsx.render(plan, template.get(plan.template), fill_in=True)


def refused(folder: Path, data: bytes, *words: str, name: str = "Biểu của Sở B.xlsx") -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(UserError) as raised:
        package.open_any(path)
    text = str(raised.value)
    assert all(word in text for word in (name, *words)), text
    assert text.endswith(".") and "\n" not in text and "{" not in text
    return text


def put(text: str, head: str, value: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell_of(book["Phụ lục"], text, head).value = value

    return change


def under_the_total(book: Any) -> None:
    sheet = book["Phụ lục"]
    sheet.cell(row_of(sheet, "TỔNG CỘNG") + 2, 2).value = "Thêm ở dưới"


def own_total(book: Any) -> None:
    sheet = book["Phụ lục"]
    sheet.cell(row_of(sheet, "Mua máy") + 1, 2).value = "Tổng cộng"


def merge(down: int) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        sheet = book["Phụ lục"]
        at = cell_of(sheet, "Mua máy", "Đơn vị chủ trì")
        sheet.merge_cells(start_row=at.row, end_row=at.row + down, start_column=at.column, end_column=at.column + 1)

    return change


def of_another_plan(book: Any) -> None:
    """As if the sheet came out of the workbook of another plan."""
    mark = next(cell for row in book["Phụ lục"].iter_rows() for cell in row if str(cell.value).startswith("khs:"))
    mark.value = f"{mark.value.rpartition(':')[0]}:0badc0de"


def in_map(old: str, new: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell = book["_khs"].cell(3, 1)
        assert old in cell.value
        cell.value = cell.value.replace(old, new)

    return change


def in_form(sheet: str, label: str, column: int, value: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet].cell(row_of(book[sheet], label), column).value = value

    return change


CELLS: dict[str, tuple[Callable[[Any], Any], tuple[str, ...]]] = {
    "no amount": (put("Mua máy", TOTAL, "nhiều"), ("Ô F9", "trang “Phụ lục”", "“nhiều” không phải là số tiền")),
    "unclear": (put("Mua máy", TOTAL, "4009.772"), ("chưa rõ là bao nhiêu",)),
    "below a đồng": (put("Mua máy", TOTAL, 0.0000015), ("phần lẻ nhỏ hơn một đồng",)),
    "below a đồng, typed": (put("Mua máy", TOTAL, "0,0000015"), ("phần lẻ nhỏ hơn một đồng",)),
    "too large": (put("Mua máy", TOTAL, 1e12), ("lớn hơn mức nhận được",)),
    "a day": (put("Mua máy", TOTAL, datetime.datetime(2022, 1, 1)), ("ngày",)),
    "true": (put("Mua máy", TOTAL, True), ("không phải số tiền",)),
    "an error": (put("Mua máy", TOTAL, "#REF!"), ("#REF!",)),
    "a formula": (put("Mua máy", "Ghi chú", "=A1&B2"), ("=A1&B2", "gõ giá trị")),
    "no day": (put("Mua máy", "Thời gian triển khai", "31/02/2022"), ("31/02/2022",)),
    "no mark": (put("Mua máy", "ATTT (x)", "chắc thế"), ("không phải là dấu",)),
    "no number": (put("Mua máy", "STT", "thứ nhất"), ("không phải là số thứ tự",)),
    "too long": (put("Mua máy", "Ghi chú", "x" * 20_001), ("20.001",)),
    "a group's note": (put("Hạ tầng", "Ghi chú", "ghi"), ("dòng nhóm",)),
    "a group's source": (put("Hạ tầng", "NSNN SN", 3), ("dòng nhóm",)),
    "under the total": (under_the_total, ("dưới dòng tổng cộng",)),
    "a total of its own": (own_total, ("xóa dòng này",)),
    "month": (in_form("Thông tin", "Tháng", 2, 13), ("B", "Thông tin", "“13”")),
    "date": (in_form("Căn cứ", "749/QĐ-TTg", 4, "30/02/2020"), ("D", "Căn cứ", "30/02/2020")),
    "indicator": (lambda book: book["Số liệu"].cell(4, 3, "nhiều"), ("không phải là số",)),
    "a section gone": (lambda book: book["Lời văn"].delete_rows(5), ("không xóa được mục",)),
    "a head": (put("STT", "STT", "Số"), ("STT", "tiêu đề")),
    "a column more": (lambda book: book["Phụ lục"].insert_cols(3), ("đổi cột",)),
    "a column less": (lambda book: book["Phụ lục"].delete_cols(3), ("đổi cột",)),
    "a sheet gone": (lambda book: book.remove(book["Phụ lục"]), ("không còn trang “Phụ lục”",)),
    "a sheet twice": (lambda book: book.copy_worksheet(book["Phụ lục"]), ("của cùng một bảng",)),
    "a sheet of another plan": (of_another_plan, ("Trang “Phụ lục”", "kế hoạch khác", "xóa trang đó")),
    "merged rows": (merge(2), ("trang “Phụ lục”", "gộp", "bỏ gộp")),
    "nothing hidden": (lambda book: book.remove(book["_khs"]), ("không do Kế Hoạch Số xuất ra",)),
    "hidden cells gone": (lambda book: book["_khs"].delete_rows(3), ("dữ liệu ẩn",)),
    "the map changed": (in_map('"tasks"', '"particulars"'), ("dữ liệu ẩn",)),
    "a field of the map changed": (in_map('"task",', '"zork",'), ("dữ liệu ẩn",)),
    "a newer map": (in_map('"version":1', '"version":2'), ("chương trình mới hơn", "cập nhật")),
    "hidden cells changed": (lambda book: book["_khs"].cell(3, 1, "AAAA"), ("dữ liệu ẩn",)),
}


@pytest.mark.parametrize("name", CELLS)
def test_what_does_not_fit_is_named(name: str, data: bytes, tmp_path: Path) -> None:
    change, words = CELLS[name]
    refused(tmp_path, saved(data, change), *words)


def test_a_level_that_the_table_has_not_is_named(tmp_path: Path) -> None:
    """A Roman number where rows are numbered 1, a would be a task by the name of a group."""
    plan = small_plan(tasks(task("Mua máy", 5 * MILLION), numbering=["1", "a"], layout="sources"))

    def change(book: Any) -> None:
        at = row_of(book["Phụ lục"], "Mua máy") + 1
        book["Phụ lục"].cell(at, 1).value, book["Phụ lục"].cell(at, 2).value = "II", "Hạ tầng"

    data = saved(xlsx.render(plan, template.get(plan.template), fill_in=True), change)
    refused(tmp_path, data, "Ô A", "trang “Phụ lục”", "kiểu 1, a", "“II”")


def test_cells_merged_within_a_row_are_no_matter(data: bytes, tmp_path: Path) -> None:
    found = read(tmp_path, saved(data, merge(0)))
    assert [row.task for row in found.tables[0].rows[0].rows] == ["Mua máy"]


def test_sheets_may_have_other_names_and_another_order(data: bytes, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["Phụ lục"].title = "Nhiệm vụ"
        book.move_sheet("Nhiệm vụ", -3)

    (tmp_path / "a.xlsx").write_bytes(saved(data, change))
    assert workbook.read(tmp_path / "a.xlsx").tables[0].rows[0].group == "Hạ tầng"


# ---- files


def foreign() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def parts(data: bytes, **changed: bytes) -> bytes:
    """The workbook with parts replaced, by the last word of their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            stem = info.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(info.filename, changed.get(stem, old.read(info)))
    return stream.getvalue()


def test_a_foreign_workbook(tmp_path: Path) -> None:
    refused(tmp_path, foreign(), "không do Kế Hoạch Số xuất ra", "Xuất biểu Excel để điền")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_workbook(data: bytes, tmp_path: Path, share: float) -> None:
    refused(tmp_path, data[: int(len(data) * share)], "hỏng hoặc bị cắt cụt")


@pytest.mark.parametrize("part", ["workbook", "sheet3", "sharedStrings"])
@pytest.mark.parametrize(
    "content",
    [b"", b"<x", b"<x/>", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'],
    ids=["empty", "broken", "other", "entity"],
)
def test_a_faulty_part(data: bytes, tmp_path: Path, part: str, content: bytes) -> None:
    refused(tmp_path, parts(data, **{part: content}))


@pytest.mark.parametrize("name", ["cũ.xls", "cũ.xlsx"])
def test_an_old_workbook(tmp_path: Path, name: str) -> None:
    refused(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kiểu cũ (.xls)", ".xlsx", name=name)


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    inside = "EncryptedPackage".encode("utf-16-le")
    refused(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inside + bytes(600), "mật khẩu")


def test_a_workbook_that_swells(data: bytes, tmp_path: Path) -> None:
    refused(tmp_path, parts(data, sharedStrings=b" " * (30 * 1024 * 1024)), "phình ra")


def test_a_sheet_that_is_too_long(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (workbook_cells, workbook_parts):
        monkeypatch.setattr(module, "MAX_ROWS", 20)
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(DocumentError, match="quá 20 dòng"):
        workbook.read(tmp_path / "a.xlsx")


def test_a_cell_far_below_is_not_passed_over(data: bytes, tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>Task</t></is></c></row></sheetData>'
    refused(tmp_path, in_part(data, "xl/worksheets/sheet6.xml", b"</sheetData>", far), "200.000 dòng")
    # Programs write empty rows there.
    empty = b'<row r="1048576" ht="15"/></sheetData>'
    assert read(tmp_path, in_part(data, "xl/worksheets/sheet6.xml", b"</sheetData>", empty)).tables


def test_the_strict_form_of_excel(data: bytes, tmp_path: Path) -> None:
    main, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", workbook_parts._STRICT
    refused(tmp_path, in_part(data, "xl/workbook.xml", main, strict), "Strict Open XML", "lưu lại")


def in_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something replaced in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as zipped, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for one in zipped.namelist():
            part = zipped.read(one)
            made.writestr(one, part.replace(old, new) if one == name else part)
    return stream.getvalue()


def test_a_file_that_is_empty(tmp_path: Path) -> None:
    refused(tmp_path, b"", "trống", "chép lại")


def test_a_file_that_is_too_large(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "MAX_BYTES", 1024)
    refused(tmp_path, data, "lớn hơn")
