"""The page of a table, typed into with real key events."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models import document as documents
from models import template
from models.create import new_plan
from models.store import Store
from tests.keyboard import key, keys
from tests.plans import fixture_plan
from tests.ui.sheet import agrees, column, go, page_of, store_table
from ui.pages.table import TablePage
from ui.tables import row_actions
from ui.tables.task_model import TaskModel


def test_rows_typed_at_the_end_become_tasks(app: QApplication, store: Store) -> None:
    page = page_of(store, new_plan(template.get("chinh-quyen-so-2022"), 2022))
    for name, lead, time, amount in (
        ("Nâng cấp phần mềm", "Phòng CCHC", "Năm 2022", "250"),
        ("Số hóa tài liệu", "Trung tâm Lưu trữ", "2022", "4.009,772"),
    ):
        go(page, len(page.table.rows), "task")
        keys(name)
        key(Qt.Key.Key_Tab)
        key(Qt.Key.Key_Tab)
        keys(lead)
        key(Qt.Key.Key_Tab)
        keys(time)
        key(Qt.Key.Key_Tab)
        keys(amount)
        key(Qt.Key.Key_Return)
    first, second = page.table.rows
    assert (first.task, first.lead, first.time, first.time_from, first.total) == (
        "Nâng cấp phần mềm", "Phòng CCHC", "Năm 2022", 2022, 250_000_000,
    )  # fmt: skip
    assert second.total == 4_009_772_000
    assert page.document.totals.of(page.table).total == 4_259_772_000
    assert documents.to_bytes(store.read(page.document.plan.id)) == documents.to_bytes(page.document.plan)


def test_a_wrong_amount_is_told_and_the_old_one_stays(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    told: list[str] = []
    page.notice.connect(lambda sentence, kind: told.append(f"{kind}: {sentence}"))
    go(page, 0, "total")
    keys("hai trăm")
    key(Qt.Key.Key_Return)
    assert page.table.rows[0].total == 250_000_000
    assert len(told) == 1 and told[0].startswith("error: “hai trăm”")


def test_escape_gives_back_and_enter_goes_down(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    go(page, 1, "note")
    keys("khác")
    key(Qt.Key.Key_Escape)
    assert page.table.rows[1].note == "Ngân sách tỉnh"
    key(Qt.Key.Key_Return)
    assert page.view.currentIndex().row() == 2


def test_the_stated_total_is_put_right_and_undone(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    document = page.document
    (finding,) = document.findings_of(page.table, "stated_total")
    document.apply_fix(finding)
    assert page.table.stated_total == 5_039_772_000
    assert document.findings_of(page.table, "stated_total") == []
    document.undo()
    assert page.table.stated_total == 5_039_722_000
    assert document.findings_of(page.table, "stated_total")


def test_space_marks_a_task_for_security(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    go(page, 0, "security")
    key(Qt.Key.Key_Space)
    assert page.table.rows[0].security
    assert page.document.totals.of(page.table).security == 560_000_000


def test_delete_clears_cells_in_one_step(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    page.view.setFocus()
    for row in (0, 1):
        index = page.model.index(row, column(page, "note"))
        page.view.selectionModel().select(index, page.view.selectionModel().SelectionFlag.Select)
    page.view.setCurrentIndex(page.model.index(0, column(page, "note")))
    page.view.selectAll()
    key(Qt.Key.Key_Delete)
    assert all(not row.task and not row.note and row.total is None for row in page.table.rows)
    page.document.undo()
    assert page.table.rows[0].note == "Ngân sách tỉnh" and page.table.rows[3].total == 4_009_772_000


def test_every_finding_of_a_row_leads_to_its_cell(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(4))
    row = page.table.rows[0].rows[1].rows[3]
    page.document.set(row, "funding", {"local_investment": 1, "other": 2}, "Thử")
    findings = page.document.findings_of(row)
    assert "total.funding" in [finding.rule for finding in findings]
    assert isinstance(page.model, TaskModel)
    for finding in findings:
        page.go_to(row, finding.field)
        shown = page.model.columns[page.view.currentIndex().column()].field
        assert page.model.row_at(page.view.currentIndex()) is row
        assert shown.partition(".")[0] == finding.field.partition("/")[0]


def test_rows_move_nest_and_group(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    document, table = page.document, page.table
    start = documents.to_bytes(document.plan)
    names = [row.task for row in table.rows]
    row_actions.shift(document, [table.rows[0]], 1)
    assert [row.task for row in table.rows[:2]] == [names[1], names[0]]
    agrees(page)
    assert row_actions.nest(document, [table.rows[2]])
    assert [part.task for part in table.rows[1].rows] == [names[2]]
    agrees(page)
    assert row_actions.unnest(document, [table.rows[1].rows[0]])
    agrees(page)
    group = row_actions.add_group(document, table, table.rows[3:5])
    assert group is not None and [row.task for row in group.rows] == names[3:5]
    agrees(page)
    row_actions.delete_rows(document, [group, *group.rows])
    assert len(table.rows) == 6
    agrees(page)
    steps = 0
    while document.undo_label():
        document.undo()
        agrees(page)
        steps += 1
    assert steps == 5
    assert documents.to_bytes(document.plan) == start


def test_rows_nest_four_deep_and_no_deeper(app: QApplication, store: Store) -> None:
    plan = new_plan(template.get("chinh-quyen-so-2022"), 2022)
    page = page_of(store, plan)
    row = row_actions.add_row(page.document, page.table, None)
    deepest = row
    while (part := row_actions.add_part(page.document, deepest)) is not None:
        deepest = part
    assert row_actions.level(deepest) == 3
    # The document that comes of it is one that the reader takes.
    documents.from_bytes(documents.to_bytes(page.document.plan))


def test_a_register_is_typed_into(app: QApplication, store: Store) -> None:
    page = page_of(store, new_plan(template.get("chinh-quyen-so-2022"), 2022), "software")
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(0, 1))
    keys("Văn phòng điện tử")
    key(Qt.Key.Key_Tab)
    keys("Đang sử dụng")
    key(Qt.Key.Key_Return)
    assert page.table.rows[0].cells is not None
    assert page.table.rows[0].cells[:2] == ["Văn phòng điện tử", "Đang sử dụng"]
    agrees_register(page)


def agrees_register(page: TablePage) -> None:
    assert page.model.rows == page.table.rows
    again = store_table(page)
    assert [row.cells for row in again.rows] == [row.cells for row in page.table.rows]
