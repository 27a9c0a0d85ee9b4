"""What was understood of a table goes into a plan: numbers as in the file, sums beside the stated, notes at their rows."""

from __future__ import annotations

import pytest

from models import document, template
from models.create import new_plan
from models.imports import choices as choosing
from models.imports import office, taking
from models.imports.grid import EMPTY, Cell, Grid
from models.imports.understand import understand
from models.plan import Plan, Row, Table, adopt, find_table, walk_rows

YEARLY = template.get("chinh-quyen-so-2022")
HEAD = ["TT", "Tên nhiệm vụ, dự án", "Đơn vị chủ trì", "Thời gian", "Kinh phí (triệu đồng)", "Ghi chú"]


def grid_of(name: str, rows: list[list[str]], **fields: object) -> Grid:
    width = max(map(len, rows))
    cells = [[Cell(text) if text else EMPTY for text in row + [""] * (width - len(row))] for row in rows]
    return Grid(name, cells, **fields)  # type: ignore[arg-type]


def tasks(*numbers: str, total: str = "") -> list[list[str]]:
    rows = [
        [number, f"Nhóm {number}", "", "", "", ""]
        if number in ("I", "II")
        else [number, f"Việc {number}", "Văn phòng", "2022", "10", ""]
        for number in numbers
    ]
    return rows + ([["", "Tổng cộng", "", "", total, ""]] if total else [])


# ---- tables


@pytest.mark.parametrize(
    ("numbers", "styles", "continuous"),
    [
        (["I", "1", "2", "II", "1", "2"], ["I", "1"], False),
        (["I", "1", "2", "II", "3", "4"], ["I", "1"], True),
        (["1", "2", "3"], ["1", "a"], False),
        (["1", "1.1", "1.2", "2", "2.1"], ["1", "1.1"], False),
        (["x", "y?", "z!"], ["1", "a"], False),
    ],
)
def test_rows_are_numbered_as_in_the_file(numbers: list[str], styles: list[str], continuous: bool) -> None:
    found = understand(grid_of("Sheet1", [HEAD, *tasks(*numbers)]), YEARLY)
    table = taking.table_of(found, YEARLY, "tasks", 2022, 2022)
    assert table.numbering is not None and table.numbering[: len(styles)] == styles
    assert table.continuous == continuous
    assert taking.checked([table], YEARLY)[0].numbering == table.numbering


def test_notes_lead_to_their_rows() -> None:
    rows = [HEAD, *tasks("1", "2"), ["3", "Việc 3", "", "", "mấy đồng", ""]]
    found = understand(grid_of("Sheet1", rows, first_row=5), YEARLY)
    places = taking.rows_by_place(found)
    assert [row.task for row in places.values()] == ["Việc 1", "Việc 2", "Việc 3"] and list(places) == [1, 2, 3]
    [note] = [note for note in taking.notes_of(found, 0) if note.row == 2]
    assert note.message.startswith("Sheet1, dòng 8, cột E") and note.field == "total"


def test_columns_have_letters() -> None:
    assert [taking.column_name(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_sums_are_shown_beside_the_stated_one() -> None:
    found = understand(grid_of("S", [HEAD, *tasks("1", "2", total="21")]), YEARLY)
    sums = taking.sums_of(found)
    assert (sums.tasks, sums.computed, sums.stated, sums.differs) == (2, 20_000_000, 21_000_000, True)
    assert "lệch 1 triệu đồng" in taking.said_of(sums, "million")
    right = taking.sums_of(understand(grid_of("S", [HEAD, *tasks("1", "2", total="20")]), YEARLY))
    assert "đúng bằng tổng ghi trong tệp" in taking.said_of(right, "million")


# ---- into a plan


def plan_with(*names: str) -> Plan:
    plan = new_plan(YEARLY, 2022)
    table = find_table(plan, "tasks")
    assert table is not None
    table.rows = [Row(task=name) for name in names]
    table.stated_total = 5
    adopt(plan)
    return plan


def incoming(*names: str, key: str = "tasks", columns: list[str] | None = None) -> Table:
    rows = [Row(cells=[name] * len(columns)) if columns else Row(task=name) for name in names]
    table = Table(key=key, title="MỚI", unit="dong", rows=rows, columns=columns, stated_total=9)
    adopt(table)
    return table


@pytest.mark.parametrize(
    ("how", "there", "wanted", "title"),
    [
        ("append", ["a"], ["a", "b", "c", "d"], False),
        ("replace", ["a"], ["b", "c", "d"], True),
        ("new", [], ["b", "c", "d"], True),
        ("append", [], ["b", "c", "d"], True),
    ],
)
def test_rows_go_behind_or_in_place_of_others(
    how: taking.How, there: list[str], wanted: list[str], title: bool
) -> None:
    plan = plan_with(*there)
    table = find_table(plan, "tasks")
    assert table is not None
    into = taking.put(plan, [incoming("b", "c"), incoming("d")], how)
    assert into == [table, table] and [row.task for row in table.rows] == wanted
    assert (table.title == "MỚI", table.unit == "dong", table.stated_total == 9) == (title,) * 3
    assert document.to_bytes(document.from_bytes(document.to_bytes(plan), "x")) == document.to_bytes(plan)


def test_a_register_of_other_columns_gets_a_table_of_its_own() -> None:
    plan = new_plan(YEARLY, 2022)
    taking.put(plan, [incoming("x", key="software", columns=["Tên", "Năm"])], "new")
    known = find_table(plan, "software")
    assert known is not None and known.columns == ["Tên", "Năm"] and known.section == "review.apps"
    other, same = taking.put(
        plan, [incoming("y", key="software", columns=["Một"]), incoming("z", key="", columns=["A", "B"])], "append"
    )
    assert (other.key, same.key) == ("software-2", "register")
    assert len({table.key for table in plan.tables}) == len(plan.tables)


# ---- a table that goes on


def test_a_table_over_two_sheets_is_one() -> None:
    grids = [grid_of("Trang 1", [HEAD, *tasks("1", "2")]), grid_of("Trang 2", [HEAD, *tasks("3", total="30")])]
    found = choosing.of_grids(grids, YEARLY)
    choosing.settle(found)
    assert [one.is_continued for one in found] == [False, True]
    assert (found[0].sums.tasks, found[0].sums.stated, found[0].sums.differs) == (3, 30_000_000, False)
    tables, _notes = choosing.tables_of(found, YEARLY, 2022, 2022)
    assert [[row.task for row in table.rows] for table in tables] == [["Việc 1", "Việc 2", "Việc 3"]]
    # Left out, or sent elsewhere, the first stands alone again.
    found[1].is_taken = False
    choosing.settle(found)
    assert (found[0].sums.tasks, found[1].is_continued) == (2, False)


def test_doubts_of_the_second_sheet_name_that_sheet() -> None:
    grids = [
        grid_of("Trang 1", [HEAD, *tasks("1", "2")]),
        grid_of("Trang 2", [HEAD, ["3", "Việc 3", "", "", "mấy đồng", ""]], first_row=4),
    ]
    found = choosing.of_grids(grids, YEARLY)
    tables, notes = choosing.tables_of(found, YEARLY, 2022, 2022)
    [note] = [note for note in notes if "mấy đồng" in note.message]
    assert note.message.startswith("Trang 2, dòng 5") and list(walk_rows(tables[0].rows))[note.row].task == "Việc 3"


# ---- what a file speaks of


@pytest.mark.parametrize(
    ("lines", "years"),
    [
        (["KẾ HOẠCH", "Phát triển chính quyền số năm 2022"], (2022, 2022)),
        (["Hà Tĩnh, ngày 05 tháng 10 năm 2021", "NHIỆM VỤ NĂM 2022"], (2022, 2022)),
        (["GIAI ĐOẠN 2016 - 2020", "giai đoạn 2021 đến 2025"], (2021, 2025)),
        (["định hướng đến năm 2030"], None),
        (["Số 2022/QĐ", "giai đoạn 2030 - 2020"], None),
    ],
)
def test_the_years_of_a_file(lines: list[str], years: tuple[int, int] | None) -> None:
    assert office.years_of(lines) == years


def test_the_template_for_years() -> None:
    known = [template.get(one) for one in template.known()]
    for years, wanted in (((2022, 2022), "chinh-quyen-so-2022"), ((2021, 2025), "chinh-quyen-so-2021-2025")):
        found = office.likely(years, known)
        assert found is not None and (found[0].id, found[1]) == (wanted, years[0])
    assert office.likely(None, known) is None
