"""Walking through the findings, and putting right where the cursor is."""

from __future__ import annotations

from models.plan import Row, Table
from tests.keyboard import keys
from tests.plans import MILLION, fixture_plan, small_plan, task, tasks
from tests.ui.findings import no_amounts, said, the_list
from ui import finding_work
from ui.workspace import Workspace

# ---- walking through them


def walk(workspace: Workspace, by: int, times: int) -> list[tuple[str, str]]:
    """The places that so many steps lead to."""
    found = []
    for _step in range(times):
        finding_work.next_finding(workspace, by)
        place = workspace.place
        part, field = workspace.page.here() or (None, "")
        name = part.task if isinstance(part, Row) else place.key if isinstance(place, Table) else ""
        found.append((name or "", field))
    return found


def test_f8_goes_through_all_in_order_and_round(opened):
    workspace = opened(no_amounts(3))
    workspace.enter_place("general")
    names = [name for name, _field in walk(workspace, 1, 4)]
    assert names == ["Việc 0", "Việc 1", "Việc 2", "Việc 0"]
    assert [name for name, _field in walk(workspace, -1, 2)] == ["Việc 2", "Việc 1"]


def test_f8_goes_on_from_the_cursor(opened):
    workspace = opened(no_amounts(6))
    table = workspace.document.plan.tables[0]
    walk(workspace, 1, 1)
    workspace.page.go_to(table.rows[3], "total")
    assert walk(workspace, 1, 1) == [("Việc 4", "total")]
    workspace.page.go_to(table.rows[3], "task")
    assert walk(workspace, 1, 1) == [("Việc 3", "total")]
    workspace.page.go_to(table.rows[3], "task")
    assert walk(workspace, -1, 1) == [("Việc 2", "total")]


def test_f8_stops_at_each_finding_of_one_field(opened):
    text = "Số tiền 5 triệu đồng (bằng chữ: Sáu triệu đồng), thêm 7 triệu đồng (bằng chữ: Tám triệu đồng)."
    plan = small_plan()
    plan.sections[1].sections[2].text = text
    workspace = opened(plan)
    lines = said(workspace)
    for _step in range(3):
        finding_work.next_finding(workspace, 1)
    assert [line.partition(":")[0] for line in lines] == ["Lỗi (1/2)", "Lỗi (2/2)", "Lỗi (1/2)"]
    assert "Sáu triệu" in lines[0] and "Tám triệu" in lines[1]


def test_f8_tells_the_sentence_in_a_line(opened):
    workspace = opened(fixture_plan(0))
    lines = said(workspace)
    finding_work.next_finding(workspace, 1)
    assert lines == [f"Lỗi (1/3): {workspace.document.findings[0].message}"]
    clean = opened(small_plan(id="khac"))
    lines = said(clean)
    finding_work.next_finding(clean, 1)
    assert lines == ["Không có lỗi hay cảnh báo nào."]


def test_f8_in_the_list_goes_to_the_selected_one_and_then_on(opened):
    workspace = opened(no_amounts(4))
    page = the_list(workspace)
    page.go_to(workspace.document.plan.tables[0].rows[2], "total")
    assert [name for name, _field in walk(workspace, 1, 2)] == ["Việc 2", "Việc 3"]


def test_f8_goes_through_what_typing_left(opened):
    """What was put right meanwhile is passed over, and what is typed is written first."""
    workspace = opened(no_amounts(4))
    walk(workspace, 1, 1)
    keys("5")
    assert walk(workspace, 1, 1) == [("Việc 1", "total")]
    assert workspace.document.plan.tables[0].rows[0].total == 5 * MILLION


# ---- putting right where the cursor is


def test_fix_here_puts_the_cell_right(opened):
    row = task("Việc", 10 * MILLION, funding={"other": 4 * MILLION})
    workspace = opened(small_plan(tasks(row)))
    table = workspace.document.plan.tables[0]
    workspace.show_place(table)
    workspace.page.go_to(table.rows[0], "total")
    lines = said(workspace)
    finding_work.fix_here(workspace)
    assert table.rows[0].total == 4 * MILLION and lines[0].startswith("Đã sửa, Ctrl+Z để hoàn tác: Các nguồn vốn")
    workspace.document.undo()
    assert table.rows[0].total == 10 * MILLION


def test_fix_here_says_where_there_is_nothing_to_do(opened):
    workspace = opened(no_amounts(2))
    table = workspace.document.plan.tables[0]
    workspace.show_place(table)
    workspace.page.go_to(table.rows[0], "total")
    lines = said(workspace)
    finding_work.fix_here(workspace)
    assert lines[0].startswith("Chỗ này phải tự sửa: Nhiệm vụ “Việc 0” chưa có kinh phí")
    workspace.enter_place("general")
    finding_work.fix_here(workspace)
    assert lines[1] == "Ở đây không có gì cần sửa."


def test_fix_here_in_the_list_is_about_the_selected_one(opened):
    rows = [task(f"Việc {n}", 10 * MILLION, funding={"other": n * MILLION}) for n in range(1, 4)]
    workspace = opened(small_plan(tasks(*rows)))
    page = the_list(workspace)
    table = workspace.document.plan.tables[0]
    page.go_to(table.rows[1], "funding")
    finding_work.fix_here(workspace)
    assert [row.total for row in table.rows] == [10 * MILLION, 2 * MILLION, 10 * MILLION]
