"""Tables of real offices understood: the five real plans in many guises, and what is odd about tables one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from models import template
from models.imports import sheets
from models.imports.grid import Cell, Grid
from models.imports.understand import Mapping, Understood, guess, joined, shape, understand
from models.plan import Row, Table, find_table, walk_rows
from models.totals import compute_table
from tests.offices.guises import GUISES
from tests.offices.nothing_lost import lost
from tests.offices.workbooks import grids_of, register, save
from tests.plans import fixture_plan

YEAR, PERIOD = "chinh-quyen-so-2022", "chinh-quyen-so-2021-2025"
MILLION = 10**6

Values = list[list[Any]]


def plain(text: str | None) -> str | None:
    return None if text is None else re.sub(r"(^|[;\n] ?)- ", r"\1", " ".join(text.split()))


def understood(values: Values, folder: Path, used: str = YEAR) -> Understood:
    """The one table of a workbook with those values; nothing of it is lost."""
    (grid,) = sheets.read(grids_of(values, folder / "b.xlsx"))
    found = understand(grid, template.get(used))
    assert lost(found) == []
    return found


def messages(found: Understood) -> str:
    return "\n".join(doubt.message for doubt in found.doubts)


# ---- the five real plans


def test_every_plan_has_several_guises() -> None:
    assert {number for number, _key, _name in GUISES} == set(range(5))
    assert all(sum(one[0] == number for one in GUISES) >= 2 for number in range(5))


@pytest.mark.parametrize("case", GUISES, ids=lambda case: f"{case[0]}-{case[1]}-{case[2]}")
def test_a_real_table_arrives_whole(case: tuple[int, str, str], tmp_path: Path) -> None:
    number, key, _name = case
    plan = fixture_plan(number)
    table = find_table(plan, key)
    assert table is not None
    (grid,) = sheets.read(save(tmp_path / "b.xlsx", (table, GUISES[case])))
    found = understand(grid, template.get(plan.template))
    assert lost(found) == []
    assert found.mapping.kind == "tasks" and found.table_key == key
    made, real = list(walk_rows(found.rows)), list(walk_rows(table.rows))
    assert [(row.is_group, plain(row.group or row.task)) for row in made] == [
        (row.is_group, plain(row.group or row.task)) for row in real
    ]
    gives_years = any(field.startswith("years.") for field in found.mapping.columns) or GUISES[case].more.get("yearly")
    for one, other in zip(made, real, strict=True):
        _same_row(one, other, bool(gives_years))
    assert compute_table(Table(rows=found.rows), {}).total == compute_table(table, {}).total
    if any(column[0] == "total" for column in GUISES[case].columns):
        assert found.stated_total == (table.stated_total if GUISES[case].total else None)


def _same_row(one: Row, other: Row, gives_years: bool) -> None:
    for field in ("objective", "scope", "lead", "time", "result", "note"):
        assert plain(getattr(one, field)) == plain(getattr(other, field)), (field, other.task)
    same = ("time_from", "time_to", "total", "stated_total", "carried_over", *(["years"] if gives_years else []))
    for field in same:
        if field != "carried_over" or one.time or one.lead:
            assert getattr(one, field) == getattr(other, field), (field, other.task)
    given = {key: amount for key, amount in one.funding.items() if amount}
    if other.funding and set(other.funding) != {"central_recurrent"}:
        assert given == other.funding
    else:
        # The plan names a source in words, which the template may know.
        assert not given or given == {next(iter(given)): other.total}


@pytest.mark.parametrize(
    ("number", "key", "split"), [(1, "software", False), (1, "software", True), (4, "documents", False)]
)
def test_a_real_register_arrives_whole(number: int, key: str, split: bool, tmp_path: Path) -> None:
    plan = fixture_plan(number)
    table = find_table(plan, key)
    assert table is not None
    (grid,) = sheets.read(register(tmp_path / "b.xlsx", table, split=split))
    found = understand(grid, template.get(plan.template))
    assert lost(found) == []
    assert (found.mapping.kind, found.table_key) == ("register", key)
    assert found.register_columns == table.columns
    assert [row.cells for row in found.rows] == [row.cells for row in table.rows]


def test_several_tables_on_a_sheet_come_one_by_one(tmp_path: Path) -> None:
    plan = fixture_plan(4)
    tables = [find_table(plan, key) for key in ("spending", "spending_security", "tasks")]
    guises = [GUISES[4, "spending", "nhóm La Mã đậm"], GUISES[4, "spending_security", "không nhóm"],
              GUISES[4, "tasks", "số theo năm trong ngoặc"]]  # fmt: skip
    pairs = [(table, guise) for table, guise in zip(tables, guises, strict=True) if table is not None]
    grids = sheets.read(save(tmp_path / "b.xlsx", *pairs, hidden=True))
    used = template.get(PERIOD)
    found = [understand(grid, used) for grid in grids]
    assert [grid.hidden for grid in grids] == [False, False, False, True]
    assert [one.table_key for one in found[:3]] == ["spending", "spending_security", "tasks"]
    for one, table in zip(found, tables, strict=False):
        assert table is not None and one.stated_total == table.stated_total
        assert lost(one) == []
    assert len(joined(found)) == 4
    assert "ẩn" in messages(found[3])


def test_a_table_over_several_sheets_is_one(tmp_path: Path) -> None:
    plan = fixture_plan(4)
    table = find_table(plan, "spending")
    assert table is not None
    guise = GUISES[4, "spending", "nhóm La Mã đậm"]
    (whole,) = sheets.read(save(tmp_path / "b.xlsx", (table, guise)))
    cut = 40
    head = whole.rows[2:3]
    first = Grid("Trang 1", whole.rows[:cut], [area for area in whole.merges if area[2] < cut])
    second = Grid("Trang 2", head + whole.rows[cut:])
    used = template.get(PERIOD)
    (found,) = joined([understand(first, used), understand(second, used)])
    assert lost(found) == []
    assert [row.task or row.group for row in walk_rows(found.rows)] == [
        row.task or row.group for row in walk_rows(table.rows)
    ]
    assert found.stated_total == table.stated_total
    bare = Grid("Trang 2", whole.rows[cut : cut + 15])
    assert len(joined([understand(first, used), understand(bare, used)])) == 1


# ---- heads


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("Tên dự án/nhiệm vụ", "task"), ("Nội dung công việc", "task"), ("Hạng mục", "task"), ("NHIỆM VỤ", "task"),
        ("Cơ quan chủ trì", "lead"), ("Đơn vị thực hiện", "lead"), ("Đơn vị", "lead"), ("Chủ đầu tư", "lead"),
        ("Thời gian TH", "time"), ("Lộ trình", "time"), ("Tiến độ thực hiện", "time"), ("Thời hạn hoàn thành", "time"),
        ("Kinh phí (trđ)", "total"), ("Tổng mức đầu tư", "total"), ("Dự toán", "total"), ("Số tiền", "total"),
        ("Ghi chú", "note"), ("Mục tiêu", "objective"), ("Quy mô", "scope"), ("Sản phẩm", "result"),
        ("Kết quả đạt được", "result"), ("Nguồn vốn", "funding"), ("Dự án chuyển tiếp", "task"), ("ATTT", "security"),
        ("Thành tiền", "total"), ("Kinh phí thực hiện nhiệm vụ", "total"), ("Mục tiêu nhiệm vụ, dự án", "objective"),
    ],
)  # fmt: skip
def test_heads_are_known_by_their_meaning(head: str, field: str, tmp_path: Path) -> None:
    others = [
        ("task", "Tên nhiệm vụ"),
        ("lead", "Đơn vị chủ trì"),
        ("time", "Thời gian"),
        ("total", "Kinh phí (triệu đồng)"),
    ]
    names = [name for other, name in others if other != field]
    amount: Any = "x" if field == "security" else (50 if field == "total" else "NSĐP đầu tư")
    rows: Values = [["TT", *names, head], [1, *["Việc A", "Sở B", "2022", 100][: len(names)], amount]]
    found = guess(sheets.read(grids_of(rows, tmp_path / "b.xlsx"))[0], template.get(YEAR))
    assert found.columns[-1] == field


def test_sources_and_years_under_merged_heads(tmp_path: Path) -> None:
    rows: Values = [
        ["TT", "Tên dự án", "Tổng số", "Nguồn vốn", None, None, None, "Phân kỳ đầu tư", None],
        [None, None, None, "NSTW ĐTPT", "NSTW SN", "NSĐP", "Khác", "2021", "2022"],
        [1, "Dự án A", 100, 50, 20, 10, 20, 40, 60],
        ["", "Cộng", 100, 50, 20, 10, 20, 40, 60],
    ]
    found = understood([["Đơn vị tính: triệu đồng"], *rows], tmp_path)
    (row,) = found.rows
    assert row.funding == {"central_investment": 50 * MILLION, "central_recurrent": 20 * MILLION, "other": 20 * MILLION}
    assert row.years == {"2021": 40 * MILLION, "2022": 60 * MILLION}
    assert "10" in row.note and "NSĐP" in row.note  # the template has two of them
    assert "chưa rõ là nguồn vốn nào" in messages(found)


def test_sources_under_the_head_of_one_year(tmp_path: Path) -> None:
    head: Values = [
        ["BIỂU TỔNG HỢP NHU CẦU KINH PHÍ"],
        ["STT", "Nội dung", "Đơn vị chủ trì", "Kinh phí năm 2022 (triệu đồng)", None, None],
        [None, None, None, "Tổng số", "NSTW", "NSĐP"],
        ["A", "B", 1, "2=3+4", 3, 4],
        [None, "TỔNG CỘNG", None, 300, 100, 200],
    ]
    found = understood([*head, [1, "Mua máy tính", "VP Sở", 300, 100, 200]], tmp_path, PERIOD)
    assert found.rows[0].funding == {"central": 100 * MILLION, "local": 200 * MILLION}
    assert found.mapping.title == "BIỂU TỔNG HỢP NHU CẦU KINH PHÍ" and not found.doubts


def test_a_column_that_no_field_is_for_goes_into_the_note_with_its_head(tmp_path: Path) -> None:
    rows: Values = [
        ["STT", "Nhiệm vụ", "Đơn vị phối hợp", "Kinh phí (triệu đồng)"],
        [1, "A", "Sở C", 5],
        [2, "B", "Sở D", 6],
    ]
    found = understood(rows, tmp_path)
    assert [row.note for row in found.rows] == ["Đơn vị phối hợp: Sở C", "Đơn vị phối hợp: Sở D"]


def test_the_mapping_of_the_user_wins(tmp_path: Path) -> None:
    rows: Values = [["STT", "Nhiệm vụ", "Diễn giải", "Kinh phí"], [1, "A", "x", 5], [2, "B", "y", 6]]
    (grid,) = sheets.read(grids_of(rows, tmp_path / "b.xlsx"))
    mapping = Mapping("tasks", (0, 0), ["number", "objective", "task", "total"], "thousand", "", 3)
    found = understand(grid, template.get(YEAR), mapping)
    assert [(row.task, row.objective, row.total) for row in found.rows] == [("x", "A", 5000), ("y", "B", 6000)]
    register_ = Mapping("register", (0, 0), ["number", "cells", "cells", ""], "", "", 3)
    found = understand(grid, template.get(YEAR), register_)
    assert [row.cells for row in found.rows] == [["A", "x"], ["B", "y"]]
    assert "không được nhập" in messages(found) and lost(found) == []


def test_files_of_one_kind_have_one_shape(tmp_path: Path) -> None:
    head = ["STT", "Nhiệm vụ", "Kinh phí (triệu đồng)"]
    keys = set()
    for name, rows in (("a", [[1, "A", 5]]), ("b", [[1, "B", 7], [2, "C", 8]])):
        (grid,) = sheets.read(grids_of([["DANH MỤC"], head, *rows], tmp_path / f"{name}.xlsx"))
        keys.add(shape(grid, guess(grid, template.get(YEAR))))
    (grid,) = sheets.read(grids_of([["STT", "Nhiệm vụ", "Đơn vị", "Kinh phí"], [1, "A", "B", 5]], tmp_path / "c.xlsx"))
    assert len(keys) == 1 and shape(grid, guess(grid, template.get(YEAR))) not in keys


# ---- units and amounts


@pytest.mark.parametrize(
    ("line", "head", "unit", "factor"),
    [
        ("Đơn vị tính: triệu đồng", "Kinh phí", "million", MILLION),
        ("ĐVT: 1.000 đồng", "Kinh phí", "thousand", 1000),
        ("(Đơn vị: nghìn đồng)", "Kinh phí", "thousand", 1000),
        ("Đơn vị tính: Đồng", "Kinh phí", "dong", 1),
        ("", "Kinh phí (trđ)", "million", MILLION),
        ("", "Kinh phí (tr.đ)", "million", MILLION),
        ("", "Kinh phí, triệu đồng", "million", MILLION),
        ("", "Kinh phí\n(đồng)", "dong", 1),
        ("ĐVT: tỷ đồng", "Kinh phí", "million", 1000 * MILLION),
    ],
)
def test_units(line: str, head: str, unit: str, factor: int, tmp_path: Path) -> None:
    found = understood([[line or None], ["TT", "Nhiệm vụ", head], [1, "A", 5], [2, "B", 7]], tmp_path)
    assert found.mapping.unit == unit
    assert [row.total for row in found.rows] == [5 * factor, 7 * factor]


def test_a_column_may_tell_the_unit(tmp_path: Path) -> None:
    rows: Values = [["TT", "Nhiệm vụ", "ĐVT", "Kinh phí"], [1, "A", "Triệu đồng", 5], [2, "B", "Triệu đồng", 7]]
    assert [row.total for row in understood(rows, tmp_path).rows] == [5 * MILLION, 7 * MILLION]


def test_a_unit_that_nothing_tells_is_asked(tmp_path: Path) -> None:
    found = understood([["TT", "Nhiệm vụ", "Kinh phí"], [1, "A", 5], [2, "B", 7]], tmp_path)
    assert found.mapping.unit == "" and [row.total for row in found.rows] == [None, None]
    assert "không ghi đơn vị tính" in messages(found)


def test_large_figures_without_a_unit_are_dong(tmp_path: Path) -> None:
    found = understood([["TT", "Nhiệm vụ", "Kinh phí"], [1, "A", 150_000_000], [2, "B", 2_500_000]], tmp_path)
    assert found.mapping.unit == "dong" and found.rows[0].total == 150_000_000
    assert "được hiểu là đồng" in messages(found)


def test_dong_in_a_column_of_millions_is_doubted(tmp_path: Path) -> None:
    found = understood([["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)"], [1, "A", 120], [2, "B", 250_000_000]], tmp_path)
    assert any("quá lớn" in doubt.message and doubt.row == 2 for doubt in found.doubts)


@pytest.mark.parametrize(
    ("texts", "amounts"),
    [
        (["1,250.5", "300", "12,000"], [1250.5, 300, 12000]),
        (["1.250,5", "300", "12.000"], [1250.5, 300, 12000]),
        (["1,500", "12,000", "250"], [1500, 12000, 250]),
        (["250.5", "300", "1,000"], [250.5, 300, 1000]),
        (["4.009,772", "250", "-"], [4009.772, 250, 0]),
    ],
)
def test_the_notation_is_told_by_the_column(texts: list[str], amounts: list[float], tmp_path: Path) -> None:
    rows: Values = [[at, f"Việc {at}", text] for at, text in enumerate(texts, 1)]
    found = understood([["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)"], *rows], tmp_path)
    assert [row.total for row in found.rows] == [round(amount * MILLION) for amount in amounts]


def test_an_amount_that_may_be_read_in_two_ways_is_asked(tmp_path: Path) -> None:
    rows: Values = [["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)"], [1, "A", "250.5"], [2, "B", "1.500"], [3, "C", "2,25"]]
    found = understood(rows, tmp_path)
    assert found.mapping.notation == "" and found.rows[0].total is None
    assert "có thể hiểu hai cách" in messages(found)
    (grid,) = sheets.read(tmp_path / "b.xlsx")
    mapping = guess(grid, template.get(YEAR))
    mapping.notation = "english"
    assert understand(grid, template.get(YEAR), mapping).rows[0].total == 250_500_000


@pytest.mark.parametrize(
    ("text", "total", "funding", "note"),
    [
        ("- NSĐP (Vốn đầu tư): 4.000; - Khác: 11.000", 15_000, {"local_investment": 4000, "other": 11_000}, True),
        ("15.000\n(NSĐP đầu tư: 4.000; Khác: 11.000)", 15_000, {"local_investment": 4000, "other": 11_000}, True),
        ("2.870 (240/năm 2020; 526/năm còn lại)", 2870, {}, True),
        ("12.000 (năm 2020 giải ngân 3.000)", 12_000, {}, True),
        ("Lồng ghép", None, {}, True),
        ("-", 0, {}, False),
        ("250 triệu đồng", 250, {}, False),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell_of_amounts(
    text: str, total: int | None, funding: dict[str, int], note: bool, tmp_path: Path
) -> None:
    rows: Values = [
        ["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)", "Ghi chú"],
        [1, "A", text, None],
        [2, "B", "7.000", "b"],
    ]
    row = understood(rows, tmp_path).rows[0]
    assert row.total == (None if total is None else total * MILLION)
    assert row.funding == {key: amount * MILLION for key, amount in funding.items()}
    assert bool(row.note) == note


def test_amounts_by_the_year(tmp_path: Path) -> None:
    rows: Values = [
        ["TT", "Nhiệm vụ", "Thời gian", "Kinh phí (triệu đồng)"],
        [1, "A", "2021-2025", "3.000 (600/năm)"],
        [2, "B", "Hàng năm", "2.500 (500/năm)"],
        [3, "C", "02 năm/lần", "1.200 (400/năm)"],
        [4, "D", "2022-2023", "300/năm"],
    ]
    first, second, third, fourth = understood(rows, tmp_path, PERIOD).rows
    assert first.years == dict.fromkeys(map(str, range(2021, 2026)), 600 * MILLION)
    assert second.years == dict.fromkeys(map(str, range(2021, 2026)), 500 * MILLION)
    assert (third.total, third.years, third.note) == (1200 * MILLION, {}, "(400/năm)")
    assert (fourth.total, fourth.years) == (600 * MILLION, {"2022": 300 * MILLION, "2023": 300 * MILLION})


# ---- rows


def test_groups_of_all_kinds(tmp_path: Path) -> None:
    rows: Values = [
        ["TT", "Nhiệm vụ", "Đơn vị", "Kinh phí (triệu đồng)"],
        ["A", "LĨNH VỰC MỘT", None, 30],
        ["I", "Nhóm La Mã", None, 30],
        [1, "Việc một", "Sở A", 10],
        ["a", "Phần a", "Sở A", 4],
        ["b", "Phần b", "Sở A", 6],
        [2, "Việc hai", "Sở B", 20],
        ["II", "Nhóm rỗng", None, None],
        ["B", "LĨNH VỰC HAI", None, None],
        [1, "Việc ba", "Sở C", 5],
        [None, "Tổng (A+B)", None, 35],
    ]
    found = understood(rows, tmp_path)
    assert _tree(found.rows) == [
        ["LĨNH VỰC MỘT", ["Nhóm La Mã", ["Việc một", ["Phần a"], ["Phần b"]], ["Việc hai"]], ["Nhóm rỗng"]],
        ["LĨNH VỰC HAI", ["Việc ba"]],
    ]
    assert found.role[1:] == ["group", "group", "task", "part", "part", "task", "group", "group", "task", "total"]
    assert (found.stated_total, found.rows[0].stated_total) == (35 * MILLION, 30 * MILLION)
    assert not [doubt for doubt in found.doubts if doubt.severity == "warning"]


def _tree(rows: Sequence[Row]) -> list[Any]:
    return [[row.group or row.task, *_tree(row.rows)] for row in rows]


def test_subtotals_and_totals_are_no_tasks(tmp_path: Path) -> None:
    rows: Values = [
        ["TT", "Nội dung", "Đơn vị", "Dự toán (triệu đồng)"],
        ["I", "Đầu tư", None, None],
        [1, "A", "Sở A", 10],
        [2, "B", "Sở A", 20],
        [None, "Cộng (I)", None, 30],
        ["II", "Thuê dịch vụ", None, None],
        [1, "C", "Sở B", 5],
        [None, "Cộng", None, 6],
        [None, "Tổng cộng (I+II):", None, 35],
    ]
    found = understood(rows, tmp_path)
    assert [row.stated_total for row in found.rows] == [30 * MILLION, 6 * MILLION]
    assert found.stated_total == 35 * MILLION
    assert "Tổng ghi trong tệp là 6.000.000, cộng các dòng được 5.000.000" in messages(found)


def test_names_that_only_begin_like_a_sum_are_tasks(tmp_path: Path) -> None:
    names = ["Tổng đài 1022", "Cộng đồng số", "Tổng hợp số liệu", "Tổng kết chương trình"]
    rows: Values = [[at, name, "Sở A", 5] for at, name in enumerate(names, 1)]
    found = understood([["TT", "Nhiệm vụ", "Đơn vị", "Kinh phí (triệu đồng)"], *rows], tmp_path)
    assert [row.task for row in found.rows] == names


def test_a_row_that_goes_on_with_the_task_above(tmp_path: Path) -> None:
    rows: Values = [
        ["TT", "Nhiệm vụ", "Mục tiêu", "Đơn vị", "Kinh phí (triệu đồng)"],
        [1, "Nâng cấp hệ thống", "Phục vụ người dân,", "Văn phòng Sở và", 10],
        [None, "một cửa điện tử", "doanh nghiệp", "đơn vị trực thuộc", None],
        [2, "Việc khác", "m", "Sở B", 5],
    ]
    found = understood(rows, tmp_path)
    assert [row.task for row in found.rows] == ["Nâng cấp hệ thống một cửa điện tử", "Việc khác"]
    assert (found.rows[0].objective, found.rows[0].lead) == (
        "Phục vụ người dân, doanh nghiệp", "Văn phòng Sở và đơn vị trực thuộc",
    )  # fmt: skip
    assert found.role[2] == "continued"


def test_dates_of_excel_and_years(tmp_path: Path) -> None:
    import datetime

    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    for line in (["TT", "Nhiệm vụ", "Thời gian", "Kinh phí (triệu đồng)"], [1, "A", datetime.date(2022, 12, 31), 5],
                 [2, "B", datetime.date(2022, 12, 1), 6], [3, "C", 2022, 7], [4, "D", "Quý 4/2021", 8]):  # fmt: skip
        page.append(line)
    page["C3"].number_format = "mm/yyyy"
    book.save(tmp_path / "b.xlsx")
    (grid,) = sheets.read(tmp_path / "b.xlsx")
    rows = understand(grid, template.get(YEAR)).rows
    assert [row.time for row in rows] == ["31/12/2022", "12/2022", "2022", "Quý 4/2021"]
    assert [(row.time_from, row.time_to) for row in rows] == [(2022, 2022)] * 3 + [(2021, 2021)]


def test_an_amount_merged_over_several_tasks_counts_once() -> None:
    cells = [["TT", "Nhiệm vụ", "Kinh phí (triệu đồng)"], ["1", "A", "90"], ["2", "B", "90"], ["3", "C", "90"]]
    grid = Grid("S", [[Cell(text) for text in row] for row in cells], [(1, 2, 3, 2)])
    found = understand(grid, template.get(YEAR))
    assert [row.total for row in found.rows] == [90 * MILLION, None, None]
    assert "gộp 3 dòng" in messages(found) and lost(found) == []


def test_a_task_whose_name_spans_two_rows_of_sources() -> None:
    cells = [
        ["TT", "Nhiệm vụ", "Nguồn vốn", "Kinh phí (triệu đồng)"],
        ["1", "A", "NSTW đầu tư", "60"],
        ["1", "A", "NSĐP đầu tư", "30"],
        ["2", "B", "Khác", "5"],
    ]
    grid = Grid("S", [[Cell(text) for text in row] for row in cells], [(1, 0, 2, 0), (1, 1, 2, 1)])
    found = understand(grid, template.get(YEAR))
    assert [(row.task, row.total) for row in found.rows] == [("A", 90 * MILLION), ("B", 5 * MILLION)]
    assert "được cộng vào nhiệm vụ" in messages(found) and lost(found) == []


# ---- tables of something else


@pytest.mark.parametrize(
    "rows",
    [
        [["Thứ", "Buổi", "Nội dung", "Địa điểm", "Thành phần"], ["Hai", "Sáng", "Họp giao ban", "P.201", "Lãnh đạo"]],
        [["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Điện thoại"], [1, "Nguyễn A", "1/1/1980", "Phó phòng", "0912"]],
        [["a", "b"], ["c", "d"]],
    ],
)
def test_a_table_of_something_else_is_told_as_such(rows: list[list[Any]], tmp_path: Path) -> None:
    found = understood(rows, tmp_path)
    assert (found.mapping.kind, found.rows) == ("other", [])
    assert "không giống bảng nhiệm vụ" in messages(found)
    assert set(found.role) <= {"left out", "title", "head", "empty"}


def test_a_list_without_heads(tmp_path: Path) -> None:
    rows: Values = [
        [1, "Nâng cấp phần mềm một cửa", 250],
        [2, "Mua sắm máy tính trạm", 300],
        [3, "Duy trì mạng nội bộ", 50],
    ]
    found = understood([["Đơn vị tính: triệu đồng"], *rows], tmp_path)
    assert found.mapping.columns == ["number", "task", "total"]
    assert [row.total for row in found.rows] == [250 * MILLION, 300 * MILLION, 50 * MILLION]
