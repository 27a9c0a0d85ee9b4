"""What somebody changes in a workbook arrives in the plan, and nothing else changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import document, totals
from models.plan import Plan, Row, walk_rows
from tests.models.imports.workbooks import cell_of, changed, column_of, first_blank, row_of
from tests.plans import MILLION, fixture_plan, group, register, small_plan, task, tasks

SHEET = "Phụ lục"


def own_tasks() -> Plan:
    """Two groups: one of two tasks, the first with a part; one of a single task."""
    return small_plan(
        tasks(
            group(
                "Hạ tầng", task("Mua máy", None, rows=[task("Phần việc", 5 * MILLION)]), task("Mua mạng", 7 * MILLION)
            ),
            group("Ứng dụng", task("Phần mềm", None, funding={"local_recurrent": 9 * MILLION})),
            numbering=["I", "1", "a"],
            layout="sources",
        )
    )


def edit(folder: Path, change: Callable[[Any], object], plan: Plan | None = None, fill_in: bool = False) -> Plan:
    return changed(folder, plan or own_tasks(), lambda book: change(book[SHEET]), fill_in=fill_in)


def shape(plan: Plan) -> list[tuple[int, str]]:
    """Depth and name of every row."""
    found: list[tuple[int, str]] = []

    def visit(rows: list[Row], depth: int) -> None:
        for row in rows:
            found.append((depth, row.group if row.group is not None else str(row.task)))
            visit(row.rows, depth + 1)

    visit(plan.tables[0].rows, 0)
    return found


def row(plan: Plan, name: str) -> Row:
    return next(row for row in walk_rows(plan.tables[0].rows) if name in (row.task, row.group))


# ---- cells


@pytest.mark.parametrize(
    ("head", "value", "field", "expected"),
    [
        ("Tên nhiệm vụ, dự án và nội dung công việc", "Mua mạng mới", "task", "Mua mạng mới"),
        ("Đơn vị chủ trì", "Phòng CNTT", "lead", "Phòng CNTT"),
        ("Thời gian triển khai", 2023, "time", "2023"),
        ("Thời gian triển khai", "2022-2023", "time_to", 2023),
        ("Thời gian triển khai", datetime.datetime(2022, 12, 5), "time", "05/12/2022"),
        ("Mục tiêu", "- Một\n- Hai", "objective", "- Một\n- Hai"),
        ("Mục tiêu", None, "objective", ""),
        ("Ghi chú", "=1+1 là hai", "note", "=1+1 là hai"),
        ("Ghi chú", 12.5, "note", "12,5"),
        ("Tổng mức đầu tư", 4009.772, "total", 4_009_772_000),
        ("Tổng mức đầu tư", "4.009,772", "total", 4_009_772_000),
        ("Tổng mức đầu tư", "1,5 tỷ", "total", 1_500_000_000),
        ("Tổng mức đầu tư", 0, "total", 0),
        ("Tổng mức đầu tư", 0.1 + 0.2, "total", 300_000),
        ("Tổng mức đầu tư", -5, "total", -5 * MILLION),
        ("Tổng mức đầu tư", None, "total", None),
        ("NSNN SN", 7, "funding", {"local_recurrent": 7 * MILLION}),
    ],
)  # fmt: skip
def test_a_changed_cell(tmp_path: Path, head: str, value: object, field: str, expected: object) -> None:
    def change(sheet: Any) -> None:
        cell = cell_of(sheet, "Mua mạng", head)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    plan = own_tasks()
    got = edit(tmp_path, change)
    name = "Mua mạng mới" if field == "task" else "Mua mạng"
    assert getattr(row(got, name), field) == expected
    # All else is as it was.
    mine, theirs = row(plan, "Mua mạng"), row(got, name)
    for one in ("task", "lead", "objective", "note", "total", "funding", "years", "security"):
        if one != field:
            assert getattr(theirs, one) == getattr(mine, one), one
    assert [found for found in shape(got) if found[1] != name] == [
        found for found in shape(plan) if found[1] != "Mua mạng"
    ]


def test_a_number_over_a_formula_is_a_stated_total(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        for name, value in (("Phần mềm", 9), ("Hạ tầng", 12.5), ("TỔNG CỘNG", 21)):
            cell = cell_of(sheet, name, "Tổng mức đầu tư")
            assert str(cell.value).startswith("=")
            cell.value = value

    got = edit(tmp_path, change)
    assert row(got, "Phần mềm").total == 9 * MILLION
    assert row(got, "Hạ tầng").stated_total == 12_500_000
    assert got.tables[0].stated_total == 21 * MILLION


def test_a_sum_in_the_place_of_a_number_is_computed(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        at = row_of(sheet, "Mua mạng")
        cell_of(sheet, "Mua mạng", "Tổng mức đầu tư").value = f"=SUM(G{at}:H{at})"
        cell_of(sheet, "Mua mạng", "NSNN đầu tư").value = 3

    found = row(edit(tmp_path, change), "Mua mạng")
    assert (found.total, found.funding) == (None, {"local_investment": 3 * MILLION})


def test_an_amount_by_the_year_fills_the_years(tmp_path: Path) -> None:
    plan = own_tasks()
    plan.period_to = 2024

    def change(sheet: Any) -> None:
        cell_of(sheet, "Mua mạng", "Thời gian triển khai").value = "2022-2024"
        cell_of(sheet, "Mua mạng", "Tổng mức đầu tư").value = "500/năm"

    found = row(edit(tmp_path, change, plan), "Mua mạng")
    assert found.total == 1_500 * MILLION
    assert found.years == dict.fromkeys(("2022", "2023", "2024"), 500 * MILLION)


def test_marks(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        cell_of(sheet, "Mua mạng", "ATTT (x)").value = "X"
        cell_of(sheet, "Phần mềm", "Chuyển tiếp (x)").value = True

    got = edit(tmp_path, change, fill_in=True)
    assert (row(got, "Mua mạng").security, row(got, "Phần mềm").carried_over) == (True, True)
    assert not row(got, "Phần mềm").security


# ---- rows


def test_blank_rows_become_tasks_groups_and_parts(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        name, total = column_of(sheet, "Tên nhiệm vụ, dự án và nội dung công việc"), column_of(sheet, "NSNN SN")
        at = first_blank(sheet, "Mua mạng")
        sheet.cell(at, name).value = "Mua tủ"
        sheet.cell(at, total).value = 4
        sheet.cell(at + 2, 1).value, sheet.cell(at + 2, name).value = "a", "Tủ to"
        at = first_blank(sheet, "Phần mềm", 2)
        sheet.cell(at, 1).value, sheet.cell(at, name).value = "III", "Nhân lực"
        sheet.cell(at + 1, name).value = "Tập huấn"

    got = edit(tmp_path, change, fill_in=True)
    assert shape(got) == [
        (0, "Hạ tầng"), (1, "Mua máy"), (2, "Phần việc"), (1, "Mua mạng"), (1, "Mua tủ"), (2, "Tủ to"),
        (0, "Ứng dụng"), (1, "Phần mềm"), (0, "Nhân lực"), (1, "Tập huấn"),
    ]  # fmt: skip
    made = row(got, "Mua tủ")
    assert (made.total, made.funding) == (None, {"local_recurrent": 4 * MILLION})
    assert row(got, "Nhân lực").is_group


def test_a_task_with_a_name_and_an_amount_is_no_group(tmp_path: Path) -> None:
    """Where groups and tasks are both numbered in figures, what follows tells them apart."""
    plan = small_plan(tasks(group("Hạ tầng"), numbering=["I", "1", "1.1"], layout="sources"))

    def change(sheet: Any) -> None:
        at, name = first_blank(sheet, "Hạ tầng"), column_of(sheet, "Tên nhiệm vụ, dự án và nội dung công việc")
        total = column_of(sheet, "Tổng mức đầu tư")
        lines = [
            ("1", "Nhóm", 9),
            ("1.1", "Việc một", 4),
            ("1.2", "Việc hai", 5),
            ("2", "Mua máy", 7),
            ("3", "Khác", None),
        ]
        for number, text, amount in lines:
            sheet.cell(at, 1).value, sheet.cell(at, name).value, sheet.cell(at, total).value = number, text, amount
            at += 1

    got = edit(tmp_path, change, plan, fill_in=True)
    assert shape(got) == [
        (0, "Hạ tầng"), (1, "Nhóm"), (2, "Việc một"), (2, "Việc hai"), (1, "Mua máy"), (1, "Khác"),
    ]  # fmt: skip
    assert [row(got, name).is_group for name in ("Nhóm", "Mua máy", "Khác")] == [True, False, False]
    assert totals.compute(got).of(got.tables[0]).total == 16 * MILLION


def test_rows_put_in_anywhere(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        at = row_of(sheet, "Mua mạng")
        sheet.insert_rows(at)
        sheet.cell(at, 2).value, sheet.cell(at, 6).value = "Chèn giữa", "12,5"

    got = edit(tmp_path, change)
    assert shape(got)[3:5] == [(1, "Chèn giữa"), (1, "Mua mạng")]
    assert row(got, "Chèn giữa").total == 12_500_000


@pytest.mark.parametrize("clear", [False, True], ids=["deleted", "cleared"])
@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Mua mạng", [(0, "Hạ tầng"), (1, "Mua máy"), (2, "Phần việc"), (0, "Ứng dụng"), (1, "Phần mềm")]),
        ("Ứng dụng", [(0, "Hạ tầng"), (1, "Mua máy"), (2, "Phần việc"), (1, "Mua mạng"), (1, "Phần mềm")]),
        ("Mua máy", [(0, "Hạ tầng"), (1, "Phần việc"), (1, "Mua mạng"), (0, "Ứng dụng"), (1, "Phần mềm")]),
    ],
)
def test_rows_taken_out(tmp_path: Path, name: str, left: list[tuple[int, str]], clear: bool) -> None:
    def change(sheet: Any) -> None:
        at = row_of(sheet, name)
        if clear:
            for cell in sheet[at][1:9]:
                cell.value = None
        else:
            sheet.delete_rows(at)

    assert shape(edit(tmp_path, change)) == left


def test_rows_in_another_order(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        one, other = row_of(sheet, "Mua mạng"), row_of(sheet, "Phần mềm")
        for mine, theirs in zip(sheet[one], sheet[other], strict=True):
            mine.value, theirs.value = theirs.value, mine.value

    got = edit(tmp_path, change)
    assert shape(got) == [
        (0, "Hạ tầng"), (1, "Mua máy"), (2, "Phần việc"), (1, "Phần mềm"), (0, "Ứng dụng"), (1, "Mua mạng"),
    ]  # fmt: skip
    assert row(got, "Phần mềm").funding == {"local_recurrent": 9 * MILLION}


def test_a_copied_row_is_a_new_one(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        at = row_of(sheet, "Mua mạng")
        sheet.insert_rows(at + 1)
        for cell in sheet[at]:
            sheet.cell(at + 1, cell.column).value = cell.value

    got = edit(tmp_path, change)
    assert [name for _depth, name in shape(got)].count("Mua mạng") == 2
    assert totals.compute(got).of(got.tables[0]).total == 28 * MILLION


def test_another_number_is_another_level(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, "Phần việc"), 1).value = "2"
        sheet.cell(row_of(sheet, "Mua mạng"), 1).value = "9"  # of its own level: numbers are made

    assert shape(edit(tmp_path, change))[1:4] == [(1, "Mua máy"), (1, "Phần việc"), (1, "Mua mạng")]


# ---- what the sheets do not show stays


def test_unknown_fields_stay_with_their_rows(tmp_path: Path) -> None:
    data = document.dump(own_tasks())
    data["mới"] = {"a": 1}
    data["tables"][0]["rows"][0]["rows"][1]["lạ"] = [1, 2]
    plan = document.load(data)

    def change(sheet: Any) -> None:
        cell_of(sheet, "Mua mạng", "Ghi chú").value = "Mới"
        sheet.delete_rows(row_of(sheet, "Phần mềm"))

    got = document.dump(edit(tmp_path, change, plan))
    assert got["mới"] == {"a": 1}
    assert got["tables"][0]["rows"][0]["rows"][1]["lạ"] == [1, 2]


def test_registers(tmp_path: Path) -> None:
    plan = small_plan(tasks(), register(["Misa", "2010"], ["iDesk", "2011"], ["Thư", "2012"], section="", title="PM"))

    def change(book: Any) -> None:
        sheet = next(sheet for sheet in book if sheet.title == "Phụ lục II")
        sheet.cell(row_of(sheet, "Misa"), 3).value = 2015
        sheet.delete_rows(row_of(sheet, "iDesk"))
        at = first_blank(sheet, "Thư", 3)
        sheet.cell(at, 2).value = "Cổng"

    got = changed(tmp_path, plan, change, fill_in=True)
    assert [row.cells for row in got.tables[1].rows] == [["Misa", "2015"], ["Thư", "2012"], ["Cổng", ""]]


# ---- the other sheets


def test_particulars_bases_indicators_and_texts(tmp_path: Path) -> None:
    plan = fixture_plan(2)

    def change(book: Any) -> None:
        sheet = book["Thông tin"]
        for label, value in (("Đơn vị lập kế hoạch", "SỞ X"), ("Ngày", 7), ("Tháng", "12"), ("Số văn bản", 15)):
            sheet.cell(row_of(sheet, label), 2).value = value
        sheet.cell(row_of(sheet, "Nơi nhận 1"), 2).value = None
        sheet.cell(first_blank(sheet, "Nơi nhận 4", 0), 2).value = "Lưu: VT"
        sheet = book["Căn cứ"]
        sheet.cell(4, 4).value = datetime.datetime(2020, 6, 3)
        sheet.delete_rows(5)
        sheet.cell(sheet.max_row, 2).value = "Quyết định"
        sheet.cell(sheet.max_row, 4).value = "3/6/2021"
        sheet = book["Số liệu"]
        rows = [row for row in sheet.iter_rows(min_row=3) if isinstance(row[3].value, str)]
        rows[0][2].value, rows[1][2].value, rows[2][2].value = "1.250", 37.5, None
        change.keys = [row[3].value.removeprefix("key:") for row in rows[:3]]  # type: ignore[attr-defined]
        sheet = book["Lời văn"]
        sheet.cell(row_of(sheet, "MÔI TRƯỜNG PHÁP LÝ"), 4).value = "- Một\n- Hai {year}"

    got = changed(tmp_path, plan, change, fill_in=True)
    assert (got.unit_name, got.day, got.month, got.number) == ("SỞ X", 7, 12, "15")
    assert got.recipients == [*plan.recipients[1:], "Lưu: VT"]
    assert got.legal_bases[1].date == "2020-06-03"
    assert len(got.legal_bases) == len(plan.legal_bases)
    assert (got.legal_bases[-1].kind, got.legal_bases[-1].date) == ("Quyết định", "2021-06-03")
    one, two, three = change.keys  # type: ignore[attr-defined]
    assert (got.indicators[one], got.indicators[two], three in got.indicators) == (1250, 37.5, False)
    assert next(s for s in got.sections[0].sections if s.key == "review.legal").text == "- Một\n- Hai {year}"


def test_a_percentage_typed_into_a_spreadsheet_is_what_was_typed(tmp_path: Path) -> None:
    keys: list[str] = []

    def change(book: Any) -> None:
        rows = [row for row in book["Số liệu"].iter_rows(min_row=3) if isinstance(row[3].value, str)]
        for row, value in zip(rows, (0.45, 0.375, "12,5%"), strict=False):
            row[2].value = value
            row[2].number_format = "0%"
            keys.append(row[3].value.removeprefix("key:"))

    got = changed(tmp_path, fixture_plan(2), change, fill_in=True)
    assert [got.indicators[key] for key in keys] == [45, 37.5, 12.5]


def test_a_whole_plan_can_be_filled_in(tmp_path: Path) -> None:
    """An empty table and an empty register have rows to begin with."""
    from models import template
    from models.create import new_plan

    plan = new_plan(template.get("chinh-quyen-so-2022"), 2022)

    def change(book: Any) -> None:
        sheet = next(sheet for sheet in book if sheet.title.startswith("Phụ lục"))
        head = next(cell for row in sheet.iter_rows(max_row=12) for cell in row if str(cell.value).startswith("Tên "))
        sheet.cell(head.row + 3, 2).value = "Việc đầu tiên"

    got = changed(tmp_path, plan, change, fill_in=True)
    assert sum(len(table.rows) for table in got.tables) == 1
