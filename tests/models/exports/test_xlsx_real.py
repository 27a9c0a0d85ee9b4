"""The workbooks of the five real plans, as written and as LibreOffice recalculates them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter.workbook import Workbook

from models import totals
from models.exports import xlsx
from models.exports.cells import printed_table
from models.money import UNITS, format_amount
from models.plan import Plan
from models.template import Template
from tests.models.exports import office
from tests.models.exports.plans import fixture
from tests.models.exports.sheets import (
    formulas,
    of_tables,
    row_of,
    same_values,
    values,
)


@pytest.fixture(scope="module")
def books() -> dict[int, tuple[Plan, Template, bytes]]:
    found = {}
    for number in range(5):
        made, template = fixture(number)
        found[number] = (made, template, xlsx.render(made, template, code="7K3F-9QXM"))
    return found


@pytest.fixture(scope="module")
def recalculated(
    books: dict[int, tuple[Plan, Template, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> dict[int, Any]:
    found = office.recalculate(tmp_path_factory.mktemp("office"), *(data for _plan, _template, data in books.values()))
    return dict(enumerate(found))


#: Computed totals in đồng that the issue names, by fixture and sheet.
TOTALS = {
    (0, "Phụ lục"): 5_039_772_000,
    (2, "Phụ lục"): 405_000_000,
    (3, "Phụ lục I"): 162_570_000,
    (4, "Phụ lục II"): 189_270_500_000,
    (4, "Phụ lục III"): 87_751_000_000,
    (4, "Phụ lục IV"): 279_985_500_000,
}


@pytest.mark.parametrize("recalculate", [False, True], ids=["as written", "by LibreOffice"])
@pytest.mark.parametrize(("number", "name"), TOTALS)
def test_totals_of_the_real_plans(
    number: int,
    name: str,
    recalculate: bool,
    books: dict[int, tuple[Plan, Template, bytes]],
    recalculated: dict[int, Any],
) -> None:
    made, _template, data = books[number]
    book = recalculated[number] if recalculate else values(data)
    unit = UNITS["million" if "triệu" in unit_cell(book[name]) else "dong"]
    sheet = book[name]
    at = row_of(sheet, "TỔNG CỘNG")
    numbers = [cell.value for cell in sheet[at] if isinstance(cell.value, int | float)]
    assert round(numbers[0] * unit) == TOTALS[number, name]
    cover = book["Kế hoạch"]
    assert round(cover.cell(row_of(cover, name), 5).value * unit) == TOTALS[number, name]
    assert len(made.tables) == len(of_tables(book))


def unit_cell(sheet: Any) -> str:
    return next(
        str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("Đơn vị tính:")
    )


def test_the_judge_does_not_trust_what_is_written(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "wrong.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_number("A1", 2)
    sheet.write_formula("A2", "=SUM(A1)", None, 99)
    book.close()
    [calculated] = office.recalculate(tmp_path, (tmp_path / "wrong.xlsx").read_bytes())
    assert calculated.worksheets[0]["A2"].value == 2


def test_libreoffice_agrees_with_every_value(
    books: dict[int, tuple[Plan, Template, bytes]], recalculated: dict[int, Any]
) -> None:
    for number, (_plan, _template, data) in books.items():
        same_values(values(data), recalculated[number])


def test_the_sheets_say_what_the_printed_tables_say(books: dict[int, tuple[Plan, Template, bytes]]) -> None:
    """Text by text, and amount by amount as it would be shown."""
    for made, template, data in books.values():
        sums = totals.compute(made)
        for one, sheet in zip(made.tables, of_tables(values(data)), strict=True):
            printed = printed_table(made, one, template, sums)
            first = next(row[0].row for row in sheet.iter_rows() if row[0].value in ("TT", "STT")) + 1
            first += any(column.head for column in printed.columns) + printed.numbered
            for number, row in enumerate(row for row in printed.rows if row.kind in ("group", "task", "total")):
                for column, text in enumerate(row.cells):
                    value = sheet.cell(first + number, column + 1).value
                    shown = (
                        format_amount(round(value * UNITS[one.unit]), one.unit)
                        if isinstance(value, int | float)
                        else value
                    )
                    if row.kind != "total" or printed.columns[column].kind == "amount":
                        assert (shown or "") == text or (shown, text) == ("0", ""), (one.title, row)


def test_group_subtotals_of_a_real_plan(books: dict[int, tuple[Plan, Template, bytes]]) -> None:
    sheet = values(books[4][2])["Phụ lục II"]
    groups = [row for row in sheet.iter_rows() if row[0].value in ("I", "II", "III", "IV")]
    assert [row[6].value for row in groups] == [168_686.5, 10_838, 2_031.1, 7_714.9]


def test_the_cover_names_the_plan_and_leads_to_its_sheets(books: dict[int, tuple[Plan, Template, bytes]]) -> None:
    book = formulas(books[4][2])
    cover = book["Kế hoạch"]
    texts = {cell.value for row in cover.iter_rows() for cell in row}
    assert {
        "Khánh Hòa, ngày 09 tháng 10 năm 2020",
        "Năm 2021 - 2025",
        "7K3F-9QXM",
        "a376e3ef-5636-5664-a6b8-f043e8b9233c",
    } <= texts
    assert any("10693/KH-UBND" in str(text) for text in texts)
    assert [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink] == [
        f"'Phụ lục {n}'!A1" for n in ("I", "II", "III", "IV")
    ]
    at = row_of(cover, "Ngân sách địa phương, vốn đầu tư")
    assert values(books[4][2])["Kế hoạch"].cell(at, 5).value == 94_832
    years = [cover.cell(row_of(cover, f"Năm {year}"), 5).value for year in range(2021, 2026)]
    assert all(re.fullmatch(r"='Phụ lục IV'![H-L]66", formula) for formula in years)


def test_the_security_share_is_on_the_cover(books: dict[int, tuple[Plan, Template, bytes]]) -> None:
    cover = values(books[0][2])["Kế hoạch"]
    at = row_of(cover, "Phụ lục")
    assert [cover.cell(at, column).value for column in (5, 6)] == [5039.772, 310]
    assert cover.cell(at, 7).value == pytest.approx(0.06151, abs=1e-5)
