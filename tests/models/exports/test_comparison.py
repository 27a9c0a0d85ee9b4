"""The comparison as a workbook: read back with openpyxl, calculated and shown by LibreOffice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models import document, template
from models.compare import compare
from models.exports import comparison as book
from models.plan import Plan, insert, remove, walk_rows, walk_sections
from tests.models.exports.office import convert, recalculate
from tests.models.exports.pages import text_of
from tests.plans import MILLION, fixture_plan, group, register, small_plan, task, tasks


def made(before: Plan, after: Plan) -> bytes:
    spec = template.get(after.template)
    return book.render(compare(before, after, spec), spec, "Lần kết xuất 1", "Kế hoạch hiện nay")


def sheets(data: bytes, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def lines(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(value for value in row if value is not None) for row in sheet.iter_rows(values_only=True)]


def two() -> tuple[Plan, Plan]:
    before = small_plan(tasks(group("Nhóm", task("A", 100 * MILLION), task("B", 5_500_000)), task("=C", 1)))
    after = document.copy(before)
    rows = list(walk_rows(after.tables[0].rows))
    rows[1].total, rows[1].lead = 130 * MILLION, "Phòng B"
    remove(rows[2])
    insert(after.tables[0], task("+D", 7 * MILLION, note="@ghi chú"))
    next(one for one in walk_sections(after.sections) if one.text).text = "- Có thêm lời."
    after.signer_name = "-Người mới"
    remove(after.legal_bases[0])
    return before, after


def test_what_changed_line_by_line() -> None:
    found = sheets(made(*two()), data_only=True)
    assert found.sheetnames == ["Tóm tắt", "Nhiệm vụ", "Nội dung"]
    rows = lines(found["Nhiệm vụ"])
    assert rows[3] == ("TT", "Nhiệm vụ, dự án", "Thay đổi", "Nội dung thay đổi", "Trước", "Sau", "Chênh lệch")
    assert rows[4:] == [
        ("1", "Nhóm", "Tổng thay đổi", "Tổng cộng", 105.5, 130, 24.5),
        ("a", "A", "Sửa", "Đơn vị chủ trì", "Văn phòng", "Phòng B"),
        ("a", "A", "Sửa", "Kinh phí", 100, 130, 30),
        ("b", "B", "Bỏ", "Kinh phí", 5.5, -5.5),
        ("b", "B", "Bỏ", "Nội dung", "Mục tiêu: Tốt\nĐơn vị chủ trì: Văn phòng\nThời gian: 2022"),
        ("3", "+D", "Thêm", "Kinh phí", 7, 7),
        ("3", "+D", "Thêm", "Nội dung", "Mục tiêu: Tốt\nĐơn vị chủ trì: Văn phòng\nThời gian: 2022\nGhi chú: @ghi chú"),
        ("TỔNG CỘNG", 105.500001, 137.000001, 31.5),
    ]
    summary = lines(found["Tóm tắt"])
    assert ("Nhiệm vụ (triệu đồng)", "Nhiệm vụ", 1, 1, 0, 1, 105.500001, 137.000001, 31.5) in summary
    assert ("Căn cứ pháp lý", 1) in summary and ("Số liệu", 0) in summary
    texts = lines(found["Nội dung"])
    assert ("Họ và tên", "Sửa", "Nguyễn Văn A", "-Người mới") in texts
    assert any(row[1:] == ("Sửa", "Nội dung", "Có.", "- Có thêm lời.") for row in texts if len(row) == 5)
    assert any("749/QĐ-TTg" in str(row[0]) and row[1] == "Bỏ" for row in texts if row)


def test_a_text_stays_a_text() -> None:
    found = sheets(made(*two()))
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                if (
                    isinstance(cell.value, str)
                    and cell.value.startswith(("=", "+", "-", "@"))
                    and cell.data_type != "f"
                ):
                    assert cell.data_type == "s", cell.coordinate
                if cell.data_type == "f":
                    assert cell.column_letter in "GI" and "-" in str(cell.value)


def test_equal_comparisons_give_equal_bytes() -> None:
    assert made(*two()) == made(*two())


def test_what_is_gone_and_what_is_new_is_marked() -> None:
    before, after = two()
    section = next(one for one in walk_sections(before.sections) if one.text)
    section.text = "Kinh phí là 5 tỷ đồng."
    next(one for one in walk_sections(after.sections) if one.key == section.key).text = "Kinh phí là 6 tỷ đồng."
    sheet = sheets(made(before, after), rich_text=True)["Nội dung"]
    row = next(row for row in sheet.iter_rows() if str(row[3].value) == "Kinh phí là 5 tỷ đồng.")
    gone = [piece for piece in row[3].value if piece.font.strike]
    new = [piece for piece in row[4].value if piece.font.b]
    assert [piece.text.strip() for piece in gone] == ["5"] and [piece.text.strip() for piece in new] == ["6"]


def test_a_long_text_is_told_by_its_passages() -> None:
    """Excel shows no more than 409 points of a row."""
    before, after = two()
    parts = [f"Đoạn {number} " + "nói dài " * 30 for number in range(20)]
    section = next(one for one in walk_sections(before.sections) if one.text)
    section.text = "\n\n".join(parts)
    parts[7] = "Đoạn này là đoạn mới."
    next(one for one in walk_sections(after.sections) if one.key == section.key).text = "\n\n".join(parts)
    rows = [row for row in lines(sheets(made(before, after))["Nội dung"]) if row[-1] == "Đoạn này là đoạn mới."]
    assert len(rows) == 1 and rows[0][-2].startswith("Đoạn 7 ")


def test_registers_and_whole_tables() -> None:
    before = small_plan(register(["A", "2020"], ["B", "2021"]))
    after = small_plan(
        register(["A", "2022"], ["B", "2021"]),
        tasks(task("X", 3 * MILLION)),
        tasks(key="spending", title="A/B: [1]?*" * 9),
    )
    found = sheets(made(before, after), data_only=True)
    assert lines(found["software"])[3:] == [("1", "A", "Sửa", "Năm", "2020", "2022")]
    assert ("Thêm: Nhiệm vụ (triệu đồng)", "Nhiệm vụ", 1, 0, 0, 0, 3, 3) in lines(found["Tóm tắt"])
    assert all(len(name) <= 31 for name in found.sheetnames)


def test_no_change_is_said() -> None:
    found = sheets(made(small_plan(), small_plan()))
    assert found.sheetnames == ["Tóm tắt"]
    assert ("Hai bản không khác nhau về nội dung.",) in lines(found["Tóm tắt"])


def test_libreoffice_calculates_the_same_and_shows_every_text(tmp_path: Path) -> None:
    before, after = fixture_plan(4), fixture_plan(4)
    rows = [row for row in walk_rows(after.tables[-1].rows) if row.task]
    rows[0].total = (rows[0].total or 0) + 1_234_567_891
    rows[3].note = "=1+1 <b>&"
    remove(rows[9])
    data = made(before, after)
    [counted] = recalculate(tmp_path, data)
    for own, other in zip(sheets(data, data_only=True), counted, strict=True):
        for row in own.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    assert other[cell.coordinate].value == pytest.approx(cell.value, abs=1e-6), cell.coordinate
    (tmp_path / "so sánh.xlsx").write_bytes(data)
    [pdf] = convert(tmp_path, "pdf", tmp_path / "so sánh.xlsx")
    text = " ".join(text_of(pdf.read_bytes()).split())
    assert "=1+1 <b>&" in text and "SO SÁNH KẾ HOẠCH" in text and "TỔNG CỘNG" in text
