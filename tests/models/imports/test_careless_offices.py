"""Tables as hurried offices type them: what Excel shows is what counts, and nothing is read wrongly without a word."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from models import template
from models.errors import DocumentError
from models.imports import choices, office, package, sheets, taking, whole
from models.imports.understand import Understood, understand
from models.plan import walk_rows
from models.totals import compute_table
from tests.models.imports.test_understand import Values, messages, understood
from tests.models.imports.words import level, listed, make, numbering, p, tbl, tc
from tests.offices.nothing_lost import lost

YEARLY = template.get("chinh-quyen-so-2022")
HEAD = ["STT", "Tên nhiệm vụ", "Đơn vị chủ trì", "Kinh phí", "Ghi chú"]


def read(folder: Path, work: Callable[[Any], object]) -> list[Understood]:
    book = Workbook()
    work(book.active)
    book.save(folder / "b.xlsx")
    return [understand(grid, YEARLY) for grid in sheets.read(folder / "b.xlsx")]


@pytest.mark.parametrize(
    ("shown", "unit", "amount"),
    [
        ("#,##0.000,,", "triệu đồng", 250_123_400),
        ("#,##0,", "nghìn đồng", 250_123_400),
        ('_-* #,##0, "k"_-;-* #,##0,_-', "nghìn đồng", 250_123_400),
        ("#,##0.0", "đồng", 250_123_400),
        ('#,##0" , "', "đồng", 250_123_400),
    ],
)
def test_numbers_are_what_excel_shows(shown: str, unit: str, amount: int, tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append([f"Đơn vị tính: {unit}"])
        page.append(HEAD)
        page.append([1, "Mua máy trạm", "Sở Nội vụ", 250_123_400, ""])
        page["D3"].number_format = shown

    (found,) = read(tmp_path, fill)
    assert [row.total for row in found.rows] == [amount]
    assert ("rút gọn" in messages(found)) == (unit != "đồng")
    assert lost(found) == []


def test_a_share_is_shown_in_percent_and_is_no_amount(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append([*HEAD[:3], "Kinh phí (triệu đồng)", "Tỷ lệ hoàn thành"])
        page.append([1, "Mua máy trạm", "Sở Nội vụ", 0.25, 0.574])
        page["D2"].number_format, page["E2"].number_format = "0%", "0.00%"

    (found,) = read(tmp_path, fill)
    assert found.rows[0].total is None
    assert "57,4%" in found.rows[0].note and "25%" in found.rows[0].note


def test_hidden_columns_are_told_by_their_place_in_the_file(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page["C2"], page["D2"], page["E2"], page["F2"] = "STT", "Tên nhiệm vụ", "Kinh phí (triệu đồng)", "Ghi chú"
        page["C3"], page["D3"], page["E3"], page["F3"] = 1, "Mua máy trạm", 250, "Mật"
        page.column_dimensions["F"].hidden = True

    (found,) = read(tmp_path, fill)
    (said,) = [note.message for note in taking.notes_of(found, 0) if "ẩn" in note.message]
    assert "cột F" in said and "Ghi chú" in said


def test_tables_side_by_side(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page["A1"] = "Nhiệm vụ hai phòng"
        page.merge_cells("A1:K1")
        page.append([*HEAD[:3], "Kinh phí (triệu đồng)", None, None, *HEAD[:3], "Kinh phí (triệu đồng)"])
        page.append([1, "Việc trái 1", "Văn phòng", 100, None, None, 1, "Việc phải 1", "Phòng CNTT", 500])
        page.append([2, "Việc trái 2", "Văn phòng", 101, None, None, 2, "Việc phải 2", "Phòng CNTT", 501])

    left, right = read(tmp_path, fill)
    assert [(row.task, row.total) for row in left.rows] == [("Việc trái 1", 100 * 10**6), ("Việc trái 2", 101 * 10**6)]
    assert [(row.task, row.total) for row in right.rows] == [("Việc phải 1", 500 * 10**6), ("Việc phải 2", 501 * 10**6)]
    assert right.grid.first_column == 7 and lost(left) == lost(right) == []


def test_two_lines_of_amounts_are_not_one_amount(tmp_path: Path) -> None:
    values: Values = [
        ["Đơn vị tính: triệu đồng"],
        HEAD,
        [1, "Mua máy", "Sở", "250\n150", ""],
        [2, "Thuê", "Sở", "250\n(x)", ""],
    ]
    found = understood(values, tmp_path)
    assert [row.total for row in found.rows] == [None, 250 * 10**6]
    assert "250\n150" in found.rows[0].note and "250 150" in messages(found)


def test_a_unit_alone_over_the_last_column(tmp_path: Path) -> None:
    values: Values = [["Danh mục nhiệm vụ"], ["", "", "", "", "Triệu đồng"], HEAD, [1, "Mua máy", "Sở", 250, ""]]
    found = understood(values, tmp_path)
    assert found.rows[0].total == 250 * 10**6 and found.mapping.title == "Danh mục nhiệm vụ"


def test_sums_of_pages_are_no_tasks_and_no_totals(tmp_path: Path) -> None:
    values: Values = [
        ["Đơn vị tính: triệu đồng"],
        HEAD,
        [1, "Mua máy", "Sở", 100, ""],
        [2, "Thuê", "Sở", 50, ""],
        ["", "Cộng trang 1", "", 150, ""],
        HEAD,
        ["", "Mang sang", "", 150, ""],
        [3, "Trang thiết bị", "Sở", 25, ""],
        ["", "Tổng cộng", "", 175, ""],
    ]
    found = understood(values, tmp_path)
    assert [row.task for row in found.rows] == ["Mua máy", "Thuê", "Trang thiết bị"]
    assert found.stated_total == 175 * 10**6 and "lệch" not in messages(found)
    assert messages(found).count("Dòng cộng của một trang") == 2


def test_the_total_below_all_is_that_of_the_table_where_a_group_is_numbered_wrongly(tmp_path: Path) -> None:
    values: Values = [
        ["Đơn vị tính: triệu đồng"],
        HEAD,
        ["I", "Dự án", "", "", ""],
        [1, "Mua máy", "Sở", 100, ""],
        ["II", "Nhiệm vụ", "", "", ""],
        ["I", "Nhiệm vụ chuyển tiếp", "", "", ""],
        [1, "Thuê", "Sở", 50, ""],
        ["Tổng cộng (I + II):", "", "", 160, ""],
    ]
    found = understood(values, tmp_path)
    assert found.stated_total == 160 * 10**6 and "lệch 10.000.000" in messages(found)


# ---- Word


def saved(folder: Path, body: str, lists: str = "") -> Path:
    path = folder / "a.docx"
    path.write_bytes(make(body, lists=lists))
    return path


def test_a_table_split_in_two_goes_on_without_heads(tmp_path: Path) -> None:
    body = p("Danh mục nhiệm vụ") + p("Đơn vị tính: nghìn đồng")
    body += tbl(HEAD, ["1", "Phần mềm A", "Sở A", "250.000", ""], ["2", "Phần mềm B", "Sở B", "100.000", ""])
    body += p("")
    body += tbl(
        ["3", "Phần mềm C", "Sở C", "50.000", ""], ["4", "D", "Sở C", "1.000", ""], ["", "Cộng", "", "401.000", ""]
    )
    path = saved(tmp_path, body)
    made = whole.plan_of(office.read(path), YEARLY, None, (), "", {})
    (table,) = [table for table in made.plan.tables if table.rows]
    assert [row.task for row in table.rows] == ["Phần mềm A", "Phần mềm B", "Phần mềm C", "D"]
    assert table.stated_total == compute_table(table, {}).total == 401_000_000
    parts = choices.of_grids(office.read(path).grids, YEARLY)
    choices.settle(parts)
    assert [part.is_continued for part in parts] == [False, True] and not any(map(choices.problem, parts))


def test_another_table_of_that_width_does_not_go_on(tmp_path: Path) -> None:
    body = p("Đơn vị tính: nghìn đồng") + tbl(HEAD, ["1", "Phần mềm A", "Sở A", "250.000", ""])
    for row in (["Người lập", "", "", "", "Giám đốc"], ["Ghi chú", "Phần mềm C", "Sở C", "50.000", ""]):
        path = saved(tmp_path, body + p("") + tbl(row))
        assert [part.is_taken for part in choices.of_grids(office.read(path).grids, YEARLY)][1:] in ([], [False])


def test_a_table_in_a_frame_is_a_table(tmp_path: Path) -> None:
    inner = tbl(["STT", "Tên nhiệm vụ", "Kinh phí (triệu đồng)"], ["1", "Phần mềm A", "250"])
    path = saved(tmp_path, tbl([tc(inside=p("Danh mục") + inner + p())]))
    (grid,) = office.read(path).grids
    found = understand(grid, YEARLY)
    assert [(row.task, row.total) for row in walk_rows(found.rows)] == [("Phần mềm A", 250 * 10**6)]
    assert grid.before == ["Danh mục"]


def test_numbers_that_word_makes_in_empty_cells(tmp_path: Path) -> None:
    number = tc(inside=p(properties=listed(1)))
    rows = [[number, "Mua máy", "Sở", "250", ""], [number, "Thuê", "Sở", "100", ""]]
    path = saved(tmp_path, p("ĐVT: triệu đồng") + tbl(HEAD, *rows), numbering(level(0, "decimal", "%1.")))
    (grid,) = office.read(path).grids
    assert [row[0].text for row in grid.rows[1:]] == ["1.", "2."]
    assert "số thứ tự" not in messages(understand(grid, YEARLY))


# ---- files in other forms


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", b"{\\rtf1 a}", "RTF; hãy mở bằng Word, lưu thành tệp .docx"),
        ("a.xls", b"<html><table></table></html>", "HTML; hãy mở bằng Excel, lưu thành tệp .xlsx"),
        ("a.csv", b"STT,Ten", "CSV; hãy mở bằng Excel"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 300, "bị cắt cụt nên không đọc được; hãy mở bằng Word"),
    ],
)
def test_files_in_another_form_are_told(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        package.open_any(tmp_path / name)
    assert said in str(caught.value)


def test_an_open_document_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        zipped.writestr("content.xml", "<a/>")
    with pytest.raises(DocumentError, match="OpenDocument; hãy mở bằng Excel"):
        package.open_any(path)


def test_a_table_that_is_hidden_is_not_taken_and_that_is_said(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([*HEAD[:3], "Kinh phí (triệu đồng)"])
    page.append([1, "Mua máy", "Sở", 250])
    page.sheet_state = "hidden"
    book.create_sheet("Trống")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DocumentError, match="ở trang đang bị ẩn"):
        whole.plan_of(office.read(tmp_path / "a.xlsx"), YEARLY, None, (), "", {})
