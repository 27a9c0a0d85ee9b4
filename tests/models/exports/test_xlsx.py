"""The workbook cell by cell: texts, amounts, totals, registers."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models import totals
from models.exports import xlsx
from models.exports.sheet_style import number_format
from models.money import UNITS
from models.template import Column
from tests.models.exports.plans import fixture, group, make_template, plan, register, table, task
from tests.models.exports.sheets import MILLION, cells, formulas, heads_of, row_of, values


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
