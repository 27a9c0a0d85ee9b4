"""The workbook: its cells, its sums (read as they are, and recalculated by LibreOffice), and what Excel asks for."""

from __future__ import annotations

import io
import random
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.workbook import Workbook

from models import document, totals
from models.errors import ExportError
from models.exports import xlsx
from models.exports.cells import printed_table
from models.exports.sheet_style import number_format, sheet_name, utf16_length
from models.money import UNITS, format_amount
from models.plan import Plan, Row, Table
from models.template import Column, Template
from tests.models.exports import office
from tests.models.exports.plans import fixture, group, make_template, plan, register, table, task

MILLION = 10**6


def formulas(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def values(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def cells(sheet: Any, first: int = 1) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def row_of(sheet: Any, text: str) -> int:
    """The number of the row in which a cell holds ``text``."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def heads_of(sheet: Any) -> dict[str, int]:
    """Column number by head, the lower one where there are two."""
    found: dict[str, int] = {}
    for row in sheet.iter_rows(max_row=12):
        for cell in row:
            if isinstance(cell.value, str) and cell.font.b and cell.border.left.style:
                found[cell.value] = cell.column
        if row[0].value in ("1", "I") and found:
            break
    return found


# ---- what stands in the cells


def test_a_flat_table_cell_by_cell() -> None:
    made, template = fixture(2)
    sheet = formulas(xlsx.render(made, template))["Phụ lục"]
    assert cells(sheet) == [
        ["Phụ lục", *[None] * 8],
        ["DANH MỤC NHIỆM VỤ, DỰ ÁN CHUYỂN ĐỔI SỐ NĂM 2022", *[None] * 8],
        [sheet["A3"].value, *[None] * 8],
        ["Đơn vị tính: triệu đồng", *[None] * 8],
        ["STT", "Tên nhiệm vụ, dự án và nội dung công việc", "Đơn vị chủ trì", "Mục tiêu", "Thời gian triển khai", "Tổng mức đầu tư", "Nguồn vốn", None, "Ghi chú"],
        [*[None] * 6, "NSNN SN", "NSNN đầu tư", None],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        ["1", "Mua sắm trang thiết bị, hạ tầng mạng nội bộ", "Sở KH&CN", "Hạ tầng CNTT được nâng cao", "2022", 135, 135, None, None],
        ["2", "Tập huấn, bồi dưỡng hàng năm", "Sở KH&CN", "Nâng cao trình độ ứng dụng CNTT cho CBCCVC thuộc Sở", "2022", 20, 20, None, None],
        ["3", "Hoạt động thuê dịch vụ ứng dụng CNTT, duy trì website", "Trung tâm TT-UD KH&CN - Sở KH&CN", "Duy trì hoạt động đường truyền internet, thù lao, nhuận bút của Cổng TTĐT của Sở", "2022", 150, 150, None, None],
        ["4", "Nâng cấp phần mềm đánh giá trình độ công nghệ của doanh nghiệp (theo Thông tư số 17/2019/TT-BKHCN).", "P. Quản lý Công nghệ - Sở KH&CN", "Đánh giá trình độ công nghệ của doanh nghiệp", "2022", 100, 100, None, None],
        [None, "TỔNG CỘNG", None, None, None, "=SUM(F8:F11)", "=SUM(G8:G11)", "=SUM(H8:H11)", None],
        [sheet["A13"].value, *[None] * 8],
    ]  # fmt: skip
    assert re.fullmatch(r"\(Kèm theo Kế hoạch số 172/KH-SKHCN ngày 06 tháng 10 năm 2021 của .*\)", sheet["A3"].value)
    assert sheet["A13"].value.startswith("(Bằng chữ: Bốn trăm lẻ năm triệu đồng)")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"G5:H5", "A5:A6", "F5:F6", "I5:I6"} <= merged
    assert not any(area.min_row > 7 and area.max_row < 13 for area in sheet.merged_cells.ranges)


def test_formulas_hold_their_values() -> None:
    made, template = fixture(2)
    data = xlsx.render(made, template)
    sheet = values(data)["Phụ lục"]
    assert [sheet.cell(12, column).value for column in (6, 7, 8)] == [405, 405, 0]
    cover = formulas(data)["Kế hoạch"]
    at = row_of(cover, "Phụ lục")
    assert cover.cell(at, 5).value == "='Phụ lục'!F12"
    assert values(data)["Kế hoạch"].cell(at, 5).value == 405


def test_each_way_a_task_gets_its_total() -> None:
    made = plan(
        table(
            group(
                "Nhóm",
                task("Đã nêu", total=7 * MILLION, funding={"local": 5 * MILLION}),
                task("Theo nguồn", funding={"local": MILLION, "central": 2 * MILLION}),
                task("Theo năm", years={"2022": 3 * MILLION, "2023": MILLION}),
                task("Theo phần việc", task("Phần a", total=MILLION), task("Phần b", funding={"central": 500_000})),
                task("Chưa có"),
            )
        )
    )
    data = xlsx.render(made, make_template())
    sheet, shown = formulas(data)["Phụ lục"], values(data)["Phụ lục"]
    first = row_of(sheet, "Nhóm")
    column = heads_of(sheet)["Tổng"]
    got = [(sheet.cell(first + n, column).value, shown.cell(first + n, column).value) for n in range(9)]
    r = first
    assert got == [
        (f"=SUM(C{r + 1}:C{r + 4},C{r + 7})", 15.5),
        (7, 7),
        (f"=SUM(D{r + 2}:E{r + 2})", 3),
        (f"=SUM(F{r + 3}:G{r + 3})", 4),
        (f"=SUM(C{r + 5}:C{r + 6})", 1.5),
        (1, 1),
        (f"=SUM(D{r + 6}:E{r + 6})", 0.5),
        (None, None),
        (f"=SUM(C{r})", 15.5),
    ]


def test_nothing_is_counted_twice() -> None:
    """A task with sources of its own does not take those of its parts, and a stated total hides its parts."""
    made = plan(
        table(
            task(
                "Cả hai", task("a", funding={"local": 9 * MILLION}), total=10 * MILLION, funding={"local": 10 * MILLION}
            ),
            task("Phần việc", task("a", funding={"central": 4 * MILLION}), task("b", funding={"local": 3 * MILLION})),
        )
    )
    template = make_template()
    sums = totals.compute(made).of(made.tables[0])
    sheet = values(xlsx.render(made, template))["Phụ lục"]
    at, heads = row_of(sheet, "TỔNG CỘNG"), heads_of(sheet)
    assert sheet.cell(at, heads["Tổng"]).value == sums.total / MILLION == 17
    assert sheet.cell(at, heads["NSĐP"]).value == sums.by_source["local"] / MILLION == 13
    assert sheet.cell(at, heads["NSTW"]).value == sums.by_source["central"] / MILLION == 4


def test_amounts_are_exact_numbers_in_the_unit_and_show_only_the_decimals_they_have() -> None:
    made = plan(
        table(
            task("a", total=4_009_772_000),
            task("b", total=250 * MILLION),
            task("c", total=1),
            task("d", total=0),
            task("e"),
        )
    )
    sheet = formulas(xlsx.render(made, make_template()))["Phụ lục"]
    first = row_of(sheet, "a")
    found = [(sheet.cell(first + n, 3).value, sheet.cell(first + n, 3).number_format) for n in range(4)]
    assert found == [(4009.772, "#,##0.000"), (250, "#,##0"), (0.000001, "#,##0.000000"), (0, "#,##0")]
    assert sheet.cell(first + 4, 3).value is None
    assert sheet.cell(first + 5, 3).number_format == "#,##0.000000"


def test_an_amount_typed_over_another_shows_its_decimals() -> None:
    sheet = formulas(xlsx.render(plan(table(task("a", total=MILLION))), make_template()))["Phụ lục"]
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert {rule.dxf.numFmt.formatCode for rule in rules} == {"#,##0.######", "#,##0"}


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(UNITS)))
def test_number_formats_show_every_dong(amount: int, unit: str) -> None:
    _whole, _dot, decimals = number_format(amount, unit).partition(".")
    shown = round(Decimal(amount) / UNITS[unit], len(decimals))
    assert shown * UNITS[unit] == amount
    assert not decimals or amount % (UNITS[unit] // 10 ** (len(decimals) - 1)) != 0


def test_unknown_sums_are_empty_but_follow_what_is_typed_in() -> None:
    made = plan(table(group("Nhóm", task("a"), task("b")), group("Rỗng")))
    data = xlsx.render(made, make_template())
    sheet, shown = formulas(data)["Phụ lục"], values(data)["Phụ lục"]
    first = row_of(sheet, "Nhóm")
    assert sheet.cell(first, 3).value == f'=IF(COUNT(C{first + 1}:C{first + 2})=0,"",SUM(C{first + 1}:C{first + 2}))'
    assert shown.cell(first, 3).value in (None, "")
    assert sheet.cell(first + 3, 3).value is None
    total = sheet.cell(row_of(sheet, "TỔNG CỘNG"), 3)
    assert total.value == f"=SUM(C{first},C{first + 3})"
    assert total.number_format.endswith(";")  # nothing is shown for nothing known


def test_a_table_without_amount_columns_has_no_total_row() -> None:
    made, template = fixture(1)
    sheet = formulas(xlsx.render(made, template))["Phụ lục"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "TỔNG CỘNG" not in texts
    assert not any(isinstance(text, str) and text.startswith("=") for text in texts)


def test_groups_are_bold_and_outlined() -> None:
    made, template = fixture(4)
    sheet = formulas(xlsx.render(made, template))["Phụ lục IV"]
    first = row_of(sheet, "Dự án CNTT")
    assert [sheet.cell(first + n, 1).value for n in range(4)] == ["I", "1", "2", "2.1"]
    assert [bool(sheet.cell(first + n, 2).font.b) for n in range(4)] == [True, True, True, False]
    assert [sheet.row_dimensions[first + n].outlineLevel for n in range(4)] == [0, 1, 1, 2]
    assert sheet.sheet_properties.outlinePr.summaryBelow is False


def test_parts_are_indented() -> None:
    sheet = formulas(xlsx.render(plan(table(task("Cha", task("Con", total=1)))), make_template()))["Phụ lục"]
    at = row_of(sheet, "Cha")
    assert [sheet.cell(at + n, 2).alignment.indent for n in range(2)] == [0, 1]


def test_a_register_loses_no_cell() -> None:
    made = plan(
        register(
            ["Misa", "Đang dùng"], ["iDesk"], ["Thư", "2011", "thừa"], columns=["Tên", "Hiện trạng"], title="Phần mềm"
        )
    )
    sheet = formulas(xlsx.render(made, make_template()))["Phụ lục"]
    assert cells(sheet, row_of(sheet, "TT")) == [
        ["TT", "Tên", "Hiện trạng", None],
        ["1", "Misa", "Đang dùng", None],
        ["2", "iDesk", None, None],
        ["3", "Thư", "2011", "thừa"],
    ]


def test_a_register_that_numbers_itself_gets_no_second_number() -> None:
    made = plan(register(["1", "Misa"], columns=["STT", "Tên"], title="Phần mềm"))
    sheet = formulas(xlsx.render(made, make_template()))["Phụ lục"]
    assert cells(sheet, row_of(sheet, "STT")) == [["STT", "Tên"], ["1", "Misa"]]


def test_sources_in_one_column_are_named_with_their_amounts_where_one_is_not_the_whole() -> None:
    columns = (
        Column(field="task", label="Tên"),
        Column(field="total", label="Tổng"),
        Column(field="funding", label="Nguồn"),
    )
    made = plan(
        table(
            task("a", funding={"local": 5 * MILLION}),
            task("b", total=9 * MILLION, funding={"local": 5 * MILLION}),
            task("c", funding={"local": 5 * MILLION, "central": 4_500_000}),
        )
    )
    sheet = formulas(xlsx.render(made, make_template(*columns)))["Phụ lục"]
    first = row_of(sheet, "a")
    assert [sheet.cell(first + n, 4).value for n in range(3)] == ["NSĐP", "NSĐP: 5", "NSĐP: 5; NSTW: 4,5"]
    # Sources without columns of their own are not summed: the total is a number.
    assert [sheet.cell(first + n, 3).value for n in range(3)] == [5, 9, 9.5]


# ---- the five real plans


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
    assert len(made.tables) + 1 == len(book.sheetnames)


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


def same_values(written: Any, calculated: Any) -> None:
    assert written.sheetnames == calculated.sheetnames
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                other = calculated[sheet.title][cell.coordinate].value
                if isinstance(cell.value, int | float):
                    assert other == pytest.approx(cell.value, rel=1e-12), (sheet.title, cell.coordinate)
                else:
                    assert (other or None) == (cell.value or None), (sheet.title, cell.coordinate)


def test_the_sheets_say_what_the_printed_tables_say(books: dict[int, tuple[Plan, Template, bytes]]) -> None:
    """Text by text, and amount by amount as it would be shown."""
    for made, template, data in books.values():
        sums = totals.compute(made)
        for one, sheet in zip(made.tables, values(data).worksheets[1:], strict=True):
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


# ---- sums, against LibreOffice, of tables nobody thought of


def random_rows(chance: random.Random, depth: int = 0, groups: bool = True) -> list[Row]:
    rows = []
    for number in range(chance.randint(1, 4)):
        below = random_rows(chance, depth + 1, groups) if depth < 3 and chance.random() < 0.5 else []
        if groups and chance.random() < 0.4:
            rows.append(group(f"nhóm {number}", *below))
            continue
        # Below a task there are only parts.
        if below:
            below = random_rows(chance, depth + 1, groups=False)
        fields: dict[str, object] = {}
        if chance.random() < 0.4:
            fields["total"] = random_amount(chance)
        if chance.random() < 0.4:
            fields["funding"] = {
                key: random_amount(chance) for key in ("local", "central", "oda") if chance.random() < 0.7
            }
        if chance.random() < 0.3:
            fields["years"] = {
                year: random_amount(chance) for year in ("2022", "2023", "2024") if chance.random() < 0.7
            }
        rows.append(task(f"việc {number}", *below, **fields))
    return rows


def random_amount(chance: random.Random) -> int | None:
    return chance.choice(
        [None, 0, 1, 250 * MILLION, 4_009_772_000, chance.randint(0, 10**12), chance.randint(0, 10**7)]
    )


def test_sums_of_random_tables_are_those_of_the_program(tmp_path: Path) -> None:
    chance = random.Random(20221)
    units = ("million", "thousand", "dong")
    tables = [
        table(*random_rows(chance), title=f"Bảng {n}", section="x", unit=units[n % 3], layout="thu") for n in range(60)
    ]
    made, template = plan(*tables), make_template()
    data = xlsx.render(made, template)
    [calculated] = office.recalculate(tmp_path, data)
    written = values(data)
    same_values(written, calculated)
    sums = totals.compute(made)
    for one, sheet in zip(tables, calculated.worksheets[1:], strict=True):
        unit, heads, found = UNITS[one.unit], heads_of(sheet), sums.of(one)
        at = row_of(sheet, "TỔNG CỘNG")
        expected = {"Tổng": found.total}
        expected |= {"NSĐP": found.by_source.get("local", 0), "NSTW": found.by_source.get("central", 0)}
        expected |= {year: found.by_year.get(year, 0) for year in ("2022", "2023")}
        for head, amount in expected.items():
            if head in heads:
                assert round((sheet.cell(at, heads[head]).value or 0) * unit) == amount, (one.title, head)
        for number, row in enumerate(walk(one.rows)):
            cell = sheet.cell(row_of(sheet, "TỔNG CỘNG") - len(list(walk(one.rows))) + number, heads["Tổng"]).value
            assert (round(cell * unit) if cell not in (None, "") else None) == sums.row(row)


def walk(rows: list[Row]) -> list[Row]:
    return [found for row in rows for found in (row, *walk(row.rows))]


def test_sums_follow_a_changed_amount(tmp_path: Path) -> None:
    made = plan(
        table(
            group("Nhóm", task("Việc", task("a", funding={"local": MILLION}), task("b", total=2 * MILLION)), task("c"))
        )
    )
    book = formulas(xlsx.render(made, make_template()))
    sheet = book["Phụ lục"]
    sheet.cell(row_of(sheet, "a"), 4).value = 10.25
    sheet.cell(row_of(sheet, "c"), 3).value = 5
    stream = io.BytesIO()
    book.save(stream)
    [calculated] = office.recalculate(tmp_path, stream.getvalue())
    shown = calculated["Phụ lục"]
    assert [shown.cell(row_of(shown, text), 3).value for text in ("Việc", "Nhóm", "TỔNG CỘNG")] == [12.25, 17.25, 17.25]
    assert shown.cell(row_of(shown, "TỔNG CỘNG"), 4).value == 10.25
    cover = calculated["Kế hoạch"]
    assert cover.cell(row_of(cover, "Phụ lục"), 5).value == 17.25


def test_more_rows_to_add_than_a_sum_has_room_for(tmp_path: Path) -> None:
    """Every task has a part, so that the cells to be added are no range."""
    rows = [task(f"Việc {n}", task("phần", funding={"local": n * 1000})) for n in range(1, 601)]
    made = plan(table(group("Nhóm", *rows), task("Riêng", total=MILLION)))
    data = xlsx.render(made, make_template())
    sums = totals.compute(made).of(made.tables[0])
    [calculated] = office.recalculate(tmp_path, data)
    same_values(values(data), calculated)
    sheet = calculated["Phụ lục"]
    at = row_of(sheet, "TỔNG CỘNG")
    assert round(sheet.cell(at, 3).value * MILLION) == sums.total == 600 * 601 * 500 + MILLION
    assert formulas(data)["Phụ lục"].column_dimensions["I"].hidden
    longest = max(len(str(cell.value)) for row in formulas(data)["Phụ lục"].iter_rows() for cell in row)
    assert longest < 8192


def test_a_layout_without_a_total_column_still_has_a_total_on_the_cover() -> None:
    columns = (Column(field="task", label="Tên"), Column(field="funding.local", label="NSĐP"))
    made = plan(table(task("a", funding={"local": 3 * MILLION, "central": 4 * MILLION})))
    data = xlsx.render(made, make_template(*columns))
    cover = formulas(data)["Kế hoạch"]
    at = row_of(cover, "Phụ lục")
    assert cover.cell(at, 5).value == "=SUM('Phụ lục'!C8,'Phụ lục'!D8)"
    assert values(data)["Kế hoạch"].cell(at, 5).value == 7


# ---- texts that Excel would take for something else


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 123", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1", "2021", "http://a.vn", "<r>x</r>", "_x0041_", "{=1}"],
)
def test_a_text_stays_that_text(text: str) -> None:
    made = plan(table(task(text, note=text), title=text), subject=text)
    data = xlsx.render(made, make_template())
    sheet = formulas(data)["Phụ lục"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(found) == 3
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.quotePrefix for cell in found)


def test_no_control_characters_get_into_the_file(tmp_path: Path) -> None:
    made = plan(table(task("a\x00b\x0b\x1f\ud800\uffff\tc\r\nd", total=1)), unit_name="Sở\x08 A")
    data = xlsx.render(made, make_template())
    assert formulas(data)["Phụ lục"].cell(row_of(formulas(data)["Phụ lục"], "TỔNG CỘNG") - 1, 2).value == "ab c\nd"
    office.recalculate(tmp_path, data)


def test_a_text_longer_than_a_cell_takes_is_an_error_with_its_place() -> None:
    made = plan(table(task("Việc", note="ghi " * 8192)))
    with pytest.raises(ExportError, match=r"“Ghi chú” ở dòng I của “NHIỆM VỤ NĂM 2022” dài hơn 32\.767 ký tự"):
        xlsx.render(made, make_template())
    xlsx.render(plan(table(task("Việc", note="x" * 32_767))), make_template())
    with pytest.raises(ExportError):
        xlsx.render(plan(table(task("Việc", note="\U0001f600" * 16_384))), make_template())


@given(
    st.lists(
        st.text(max_size=60) | st.sampled_from(["Phụ lục", "PHỤ LỤC", "'", "History", "x" * 40, "a/b"]), max_size=12
    )
)
def test_sheet_names_are_such_as_excel_takes(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(text, taken) for text in wanted]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < utf16_length(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.lower() != "history"
        assert not name.startswith("'") and not name.endswith("'")


def test_sheets_of_odd_titles(tmp_path: Path) -> None:
    titles = [
        "A/B: [x]*?",
        "'Nháy'",
        "Trùng",
        "TRÙNG",
        "",
        "Một tiêu đề rất dài vượt quá ba mươi mốt ký tự",
        "Kế hoạch",
    ]
    made = plan(*(table(task("a", total=MILLION), title=title, section="x") for title in titles))
    data = xlsx.render(made, make_template(sections=()))
    [calculated] = office.recalculate(tmp_path, data)
    same_values(values(data), calculated)
    cover = calculated["Kế hoạch"]
    assert [cover.cell(row_of(cover, name), 5).value for name in calculated.sheetnames[1:]] == [1] * len(titles)


# ---- how it is printed and opened


def test_page_and_heads(books: dict[int, tuple[Plan, Template, bytes]]) -> None:
    book = formulas(books[4][2])
    for sheet in book:
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
    assert all("DỰ THẢO" in sheet.oddHeader.center.text for sheet in draft)
    assert all(not sheet.oddHeader.center.text for sheet in final)
    assert "DỰ THẢO" not in {cell.value for row in final["Kế hoạch"].iter_rows() for cell in row}


def test_a_plan_without_tables_and_particulars() -> None:
    empty = Plan(id="x", template="thu")
    assert formulas(xlsx.render(empty, make_template())).sheetnames == ["Kế hoạch"]


def test_a_required_table_without_rows_has_its_sheet() -> None:
    made, template = fixture(3)
    sheet = formulas(xlsx.render(made, template))["Phụ lục II"]
    at = row_of(sheet, "TỔNG CỘNG")
    assert sheet.cell(at, 6).value == 0
    assert sheet.cell(at, 6).number_format.endswith(";")


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
