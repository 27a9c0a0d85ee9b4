"""Reading an office's workbook: cells as they are shown, merged areas, and every file that cannot be read."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from models import template
from models.errors import DocumentError
from models.imports import sheets
from models.imports.understand import understand
from tests.offices.nothing_lost import lost


def made(folder: Path, work: Callable[[Any], object], name: str = "bảng.xlsx") -> Path:
    book = Workbook()
    work(book.active)
    path = folder / name
    book.save(path)
    return path


def refused(path: Path, *words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        sheets.read(path)
    sentence = str(caught.value)
    assert path.name in sentence and sentence.endswith(".")
    assert all(word in sentence for word in words), sentence


# ---- what is in the cells


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append(["a\nb", 4009.772, 12, True, datetime.date(2022, 3, 1), "  x ", "e\u0301", 0.45, "1_x000D_2"])
        page["B1"].font = Font(bold=True)
        page["H1"].number_format = "0%"

    (grid,) = sheets.read(made(tmp_path, fill))
    cells = grid.rows[0]
    assert [cell.text for cell in cells] == ["a\nb", "4009,772", "12", "x", "01/03/2022", "x", "é", "45%", "1\n2"]
    assert (cells[1].value, cells[2].value, cells[3].value) == (4009.772, 12, None)
    assert [cell.bold for cell in cells[:3]] == [False, True, False]


def test_a_merged_area_has_its_text_in_every_cell(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page["C3"], page["C6"] = "gộp", "dưới"
        page.merge_cells("C3:D4")
        page.merge_cells("C6:Z2000")

    (grid,) = sheets.read(made(tmp_path, fill))
    assert (grid.first_row, len(grid.rows), grid.width) == (3, 4, 1)
    assert [row[0].text for row in grid.rows] == ["gộp", "gộp", "", "dưới"]
    assert grid.merges[0] == (0, 0, 1, 0)


def test_hidden_sheets_and_rows_are_told(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        for row in (["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)"], [1, "A", 5], [2, "B", 6]):
            page.append(row)
        page.row_dimensions[2].hidden = True
        other = page.parent.create_sheet("Ẩn")
        other.append(["x"])
        other.sheet_state = "veryHidden"

    grids = sheets.read(made(tmp_path, fill))
    assert [grid.hidden for grid in grids] == [False, True]
    assert grids[0].hidden_rows == {1}
    found = understand(grids[0], template.get("chinh-quyen-so-2022"))
    assert any("bị ẩn" in doubt.message and doubt.row == 1 for doubt in found.doubts)


def test_formulas_without_results_and_errors_are_found_and_said(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append(["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)"])
        page.append([1, "A", 5])
        page.append([2, "B", "=C2*2"])
        page.append([3, "C", "#REF!"])
        page.append([None, "Tổng cộng", "=SUM(C2:C4)"])

    (grid,) = sheets.read(made(tmp_path, fill))
    assert "=C2*2" in grid.rows[2][2].fault and "#REF!" in grid.rows[3][2].fault
    found = understand(grid, template.get("chinh-quyen-so-2022"))
    assert [row.total for row in found.rows] == [5_000_000, None, None]
    assert {
        doubt.row for doubt in found.doubts if "công thức" in doubt.message.lower() or "báo lỗi" in doubt.message
    } == {2, 3, 4}
    assert lost(found) == []


def test_the_results_of_formulas_are_read(tmp_path: Path) -> None:
    from xlsxwriter import Workbook as Writer

    path = tmp_path / "b.xlsx"
    book = Writer(str(path))
    page = book.add_worksheet()
    for row, values in enumerate([["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)"], [1, "A", 5], [2, "B", 7]]):
        page.write_row(row, 0, values)
    page.write(3, 1, "Cộng")
    page.write_formula(3, 2, "=SUM(C2:C3)", None, 12)
    book.close()
    (grid,) = sheets.read(path)
    found = understand(grid, template.get("chinh-quyen-so-2022"))
    assert (found.stated_total, len(found.rows)) == (12_000_000, 2)


# ---- files that cannot be read


def test_a_password_and_the_old_form(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    locked = tmp_path / "khóa.xlsx"
    locked.write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    refused(locked, "mật khẩu", "bỏ mật khẩu")
    old = tmp_path / "cũ.xls"
    old.write_bytes(ole + "Workbook".encode("utf-16-le") + bytes(600))
    refused(old, ".xls", ".xlsx")


def test_empty_truncated_and_other_files(tmp_path: Path) -> None:
    empty = tmp_path / "rỗng.xlsx"
    empty.write_bytes(b"")
    refused(empty, "trống")
    refused(made(tmp_path, lambda page: None, "trắng.xlsx"), "không có ô nào")
    whole = made(tmp_path, lambda page: page.append(["x"] * 50), "đủ.xlsx").read_bytes()
    cut = tmp_path / "cụt.xlsx"
    for part in (10, len(whole) // 2, len(whole) - 20):
        cut.write_bytes(whole[:part])
        refused(cut, "hỏng hoặc bị cắt cụt")
    text = tmp_path / "chữ.xlsx"
    text.write_text("TT,Tên\n1,A\n")
    refused(text, "hỏng")


def _sheet(folder: Path, rows: str, name: str = "b.xlsx") -> Path:
    """A workbook whose sheet has those rows as they are."""
    made(folder, lambda page: page.append(["x"]), "nguồn.xlsx")
    path = folder / name
    with zipfile.ZipFile(folder / "nguồn.xlsx") as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                start, end = data.index(b"<sheetData>") + 11, data.index(b"</sheetData>")
                data = data[:start] + rows.encode() + data[end:]
            target.writestr(info.filename, data)
    return path


def test_a_million_rows_are_said_plainly(tmp_path: Path) -> None:
    cell = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    refused(_sheet(tmp_path, cell.format(1) + cell.format(1_000_000)), "200.000 dòng")
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(1, 1_000_002))
    refused(_sheet(tmp_path, rows), "ô hoặc dòng", "xóa các dòng")
    # A frame drawn down to the last row is no content.
    framed = cell.format(1) + "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 5000))
    (grid,) = sheets.read(_sheet(tmp_path, framed + '<row r="1048576"><c r="A1048576" s="0"/></row>'))
    assert len(grid.rows) == 1


def test_cells_far_apart_are_refused(tmp_path: Path) -> None:
    cell = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
    refused(_sheet(tmp_path, cell.format(1, "A") + cell.format(150_000, "NZ")), "dòng")


def test_merged_cells_everywhere_are_read(tmp_path: Path) -> None:
    def fill(page: Any) -> None:
        page.append(["TT", "Nhiệm vụ", "Đơn vị", "Kinh phí (triệu đồng)"])
        for number in range(1, 300):
            page.append([number, f"Việc {number}", "Sở A", number])
        page.merge_cells("C2:C300")
        for row in range(2, 300, 2):
            page.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)

    (grid,) = sheets.read(made(tmp_path, fill))
    found = understand(grid, template.get("chinh-quyen-so-2022"))
    assert lost(found) == []
    assert all(row.lead == "Sở A" for row in found.rows)
    assert sum(row.total or 0 for row in found.rows) == sum(range(1, 300)) * 1_000_000


def test_a_bomb_of_merges_is_bounded(tmp_path: Path) -> None:
    path = made(tmp_path, lambda page: [page.append(["x"] * 200) for _row in range(300)], "nguồn.xlsx")
    merges = "".join(f'<mergeCell ref="A{row}:GR300"/>' for row in range(1, 300))
    target = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made_:
        for info in source.infolist():
            data = source.read(info)
            data = data.replace(b"</sheetData>", f'</sheetData><mergeCells count="299">{merges}</mergeCells>'.encode())
            made_.writestr(info.filename, data)
    (grid,) = sheets.read(target)
    assert grid.width == 200


def test_nothing_is_written_and_the_file_stays(tmp_path: Path) -> None:
    path = made(tmp_path, lambda page: page.append(["x"]))
    before = path.read_bytes()
    sheets.read(path)
    assert path.read_bytes() == before and [one.name for one in tmp_path.iterdir()] == [path.name]


def test_the_parser_is_that_of_the_locked_openpyxl() -> None:
    """``sheets`` asks openpyxl's reader of a sheet for merged areas and formulas in one pass: a new one is looked at."""
    assert openpyxl.__version__.startswith("3.1.")
