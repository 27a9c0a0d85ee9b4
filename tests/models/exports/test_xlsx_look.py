"""How a workbook is printed and opened."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from models import document, template
from models.exports import xlsx
from models.exports.sheet_style import GrowingSheet
from models.plan import Plan, Table
from models.template import Column
from tests.models.exports.plans import fixture, make_template, plan, table, task
from tests.models.exports.sheets import (
    MILLION,
    formulas,
    row_of,
    visible,
)


def test_page_and_heads() -> None:
    made, template = fixture(4)
    book = formulas(xlsx.render(made, template, code="7K3F-9QXM"))
    for sheet in visible(book):
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 by default
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "7K3F-9QXM" in sheet.oddFooter.left.text
        assert sheet.print_area
    sheet = book["Phụ lục IV"]
    assert sheet.page_setup.orientation == "landscape"
    assert book["Kế hoạch"].page_setup.orientation == "portrait"
    heads = row_of(sheet, "Tên dự án, nhiệm vụ")
    assert sheet.print_title_rows == f"${heads}:${heads + 1}"
    assert sheet.freeze_panes == f"C{heads + 2}"
    assert sheet["A1"].font.name == sheet.cell(heads + 4, 2).font.name == "Times New Roman"
    assert sheet.cell(heads + 4, 2).alignment.wrap_text


def test_wide_amounts_have_wide_columns() -> None:
    columns = (Column(field="task", label="Tên", width=30), Column(field="total", label="Tổng", width=8))
    made = plan(table(task("a", total=987_654_321_000_000), unit="dong"))
    sheet = formulas(xlsx.render(made, make_template(*columns)))["Phụ lục"]
    assert sheet.column_dimensions["C"].width > len("987.654.321.000.000")


def test_rows_have_room_for_their_text_and_still_grow() -> None:
    made = plan(table(task("ngắn"), task("chữ " * 200)))
    data = xlsx.render(made, make_template())
    sheet = formulas(data)["Phụ lục"]
    first = row_of(sheet, "ngắn")
    assert sheet.row_dimensions[first].height < 25
    assert sheet.row_dimensions[first + 1].height > 200
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        text = zipped.read("xl/worksheets/sheet2.xml").decode()
    rows = re.findall(rf'<row r="(?:{first}|{first + 1})"[^>]*>', text)
    assert len(rows) == 2 and not any("customHeight" in row for row in rows)


def test_a_draft_says_so() -> None:
    made, template = fixture(0)
    final, draft = (formulas(xlsx.render(made, template, draft=flag)) for flag in (False, True))
    assert draft["Kế hoạch"]["A1"].value == "DỰ THẢO"
    assert all("DỰ THẢO" in sheet.oddHeader.center.text for sheet in visible(draft))
    assert all(not sheet.oddHeader.center.text for sheet in visible(final))
    assert "DỰ THẢO" not in {cell.value for row in final["Kế hoạch"].iter_rows() for cell in row}


def test_a_plan_without_tables_and_particulars() -> None:
    empty = Plan(id="x", template="thu")
    assert formulas(xlsx.render(empty, make_template())).sheetnames == ["Kế hoạch", "_khs"]


def test_a_required_table_without_rows_has_its_sheet() -> None:
    made, template = fixture(3)
    sheet = formulas(xlsx.render(made, template))["Phụ lục II"]
    at = row_of(sheet, "TỔNG CỘNG")
    assert sheet.cell(at, 6).value == 0
    assert sheet.cell(at, 6).number_format.endswith(";")


def test_a_long_source_on_the_cover_has_room() -> None:
    """No program makes a row higher for merged cells."""
    plan = document.read(Path("resources/samples/ke-hoach-mau.json"))
    sheet = formulas(xlsx.render(plan, template.get(plan.template)))["Kế hoạch"]
    at = next(row[1].row for row in sheet.iter_rows() if str(row[1].value).endswith("(chi thường xuyên)"))
    assert (sheet.row_dimensions[at].height or 0) > 1.5 * (sheet.row_dimensions[at - 1].height or 99)


def test_charts_begin_at_zero() -> None:
    """Bars of 1.250 and 1.281 that begin at 1.230 would look like one and three."""
    plan = document.read(Path("resources/samples/ke-hoach-mau.json"))
    with zipfile.ZipFile(io.BytesIO(xlsx.render(plan, template.get(plan.template)))) as zipped:
        charts = [zipped.read(name).decode() for name in zipped.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert all('<c:min val="0"/>' in chart for chart in charts)


def test_blank_bases_are_equally_high() -> None:
    made, used = fixture(2)
    sheet = formulas(xlsx.render(made, used, fill_in=True))["Căn cứ"]
    heights = {sheet.row_dimensions[row].height for row in range(sheet.max_row - 14, sheet.max_row + 1)}
    assert len(heights) == 1


@pytest.mark.parametrize("number", [2, 4])
def test_cells_are_written_as_the_writer_itself_writes_them(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made, used = fixture(number)
    ours = [xlsx.render(made, used, fill_in=fill_in) for fill_in in (False, True)]
    for name in ("_write_cell", "_prepare_formula"):
        monkeypatch.delattr(GrowingSheet, name)
    assert ours == [xlsx.render(made, used, fill_in=fill_in) for fill_in in (False, True)]


def test_equal_plans_give_equal_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    made, template = fixture(4)
    first = xlsx.render(made, template, code="A")
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    assert xlsx.render(document.copy(made), template, code="A") == first
    with zipfile.ZipFile(io.BytesIO(first)) as zipped:
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "2020-10-01T00:00:00Z" in zipped.read("docProps/core.xml").decode()


def test_the_plan_is_only_read() -> None:
    made, template = fixture(4)
    before = document.to_bytes(made)
    xlsx.render(made, template)
    assert document.to_bytes(made) == before


def test_a_table_that_the_template_does_not_know() -> None:
    made = plan(Table(key="khac", title="Bảng khác", rows=[task("a", total=MILLION, lead="Phòng B")]))
    sheet = formulas(xlsx.render(made, make_template()))["Phụ lục"]
    assert "Phòng B" in {cell.value for row in sheet.iter_rows() for cell in row}
