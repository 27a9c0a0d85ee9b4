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
from models.imports import package, workbook, workbook_cells
from tests.models.imports.workbooks import cell_of, row_of, saved
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
    "nothing hidden": (lambda book: book.remove(book["_khs"]), ("không do Kế Hoạch Số xuất ra",)),
    "hidden cells gone": (lambda book: book["_khs"].delete_rows(3), ("dữ liệu ẩn",)),
    "hidden cells changed": (lambda book: book["_khs"].cell(3, 1, "AAAA"), ("dữ liệu ẩn",)),
}


@pytest.mark.parametrize("name", CELLS)
def test_what_does_not_fit_is_named(name: str, data: bytes, tmp_path: Path) -> None:
    change, words = CELLS[name]
    refused(tmp_path, saved(data, change), *words)


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
    monkeypatch.setattr(workbook_cells, "MAX_ROWS", 20)
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(DocumentError, match="quá 20 dòng"):
        workbook.read(tmp_path / "a.xlsx")


def test_a_file_that_is_too_large(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "MAX_BYTES", 1024)
    refused(tmp_path, data, "lớn hơn")
