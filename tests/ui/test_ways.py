"""Finding one's way: the outline, keys to places, back and forward, and coming back to the last place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import document as documents
from models.plan import (
    LegalBasis,
    Part,
    Plan,
    Row,
    Section,
    Table,
    find_section,
    find_table,
    insert,
    remove,
    walk,
    walk_rows,
)
from models.store import Store
from tests.keyboard import ALT, CTRL, SHIFT, focused, key
from tests.plans import fixture_plan
from tests.ui.main_window import window_of, workspace_of
from ui import theme
from ui.document import Document
from ui.main_window import MainWindow
from ui.navigation import Spot, Trail, from_settings, to_settings
from ui.outline import Outline
from ui.workspace import Workspace


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    with window_of(store, folder, fixture_plan(4)) as window:
        yield window


@pytest.fixture
def tasks(workspace: Workspace) -> Table:
    found = find_table(workspace.document.plan, "tasks")
    assert found is not None
    return found


@pytest.fixture
def budget(workspace: Workspace) -> Section:
    found = find_section(workspace.document.plan, "plan.budget")
    assert found is not None
    return found


def task(table: Table, number: int = 0) -> Row:
    return [row for row in walk_rows(table.rows) if row.task][number]


# ---- keys to places


def test_the_first_nine_places_have_a_key(window: MainWindow, workspace: Workspace) -> None:
    places = workspace.outline.top_places()
    assert len(places) > 9
    for number, (place, name) in enumerate(places[:9]):
        key(Qt.Key(Qt.Key.Key_1 + number), CTRL)
        assert workspace.place is place or workspace.place == place
        assert workspace.page.isAncestorOf(focused())
        action = window.actions_by_name[f"place{number + 1}"]
        assert action.text()[:40] == name.replace("&", "&&")[:40] and action.isVisible()


def test_the_names_follow_the_plan(window: MainWindow, workspace: Workspace) -> None:
    section = workspace.document.plan.sections[0]
    workspace.document.set(section, "heading", "Một & hai", "Sửa tiêu đề mục")
    assert window.actions_by_name["place3"].text() == "Phần I. Một && hai"
    window.show_list()
    assert not any(window.actions_by_name[f"place{number}"].isVisible() for number in range(1, 10))


def test_pages_follow_each_other(workspace: Workspace) -> None:
    key(Qt.Key.Key_PageUp, CTRL)
    assert workspace.place == "export"
    key(Qt.Key.Key_PageDown, CTRL)
    assert workspace.place == "general"
    key(Qt.Key.Key_PageDown, CTRL)
    assert workspace.place == "bases"


# ---- the outline


def item(outline: Outline, place: Any) -> Any:
    return outline._items[place if isinstance(place, str) else id(place)]


def count(outline: Outline, place: Any) -> str:
    return str(item(outline, place).data(Qt.ItemDataRole.UserRole + 2) or "")


def test_findings_are_counted_at_their_places(workspace: Workspace, tasks: Table) -> None:
    outline, document = workspace.outline, workspace.document
    before = len([one for one in document.findings_at(tasks) if one.severity != "info"])
    assert count(outline, tasks) == (str(before) if before else "")
    document.set(task(tasks), "total", -5, "Sửa kinh phí")
    now = document.count("error", tasks) + document.count("warning", tasks)
    assert now > before and count(outline, tasks) == str(now)
    assert count(outline, "findings") == str(document.count("error") + document.count("warning"))
    said = f"{document.count('error', tasks)} lỗi, {document.count('warning', tasks)} cảnh báo"
    assert item(outline, tasks).accessibleDescription() == said
    assert said in item(outline, tasks).toolTip()
    document.undo()
    assert count(outline, tasks) == (str(before) if before else "")


def test_what_is_folded_counts_what_is_below(workspace: Workspace) -> None:
    outline, document = workspace.outline, workspace.document
    part = document.plan.sections[0]
    below = next(section for section in part.sections if section.text)
    document.set(below, "text", "Chi {khong:co} đồng.", "Sửa nội dung mục")
    assert count(outline, below) == "1" and count(outline, part) == ""
    assert item(outline, part).accessibleDescription() == "1 lỗi, 0 cảnh báo"
    outline.collapse(item(outline, part).index())
    assert count(outline, part) == "1"
    # It stays folded when the outline is built anew.
    document.set(part, "heading", "KHÁC", "Sửa tiêu đề mục")
    assert not outline.isExpanded(item(outline, part).index()) and count(outline, part) == "1"
    outline.expand(item(outline, part).index())
    assert count(outline, part) == ""


def test_the_outline_dresses_only_what_is_another(workspace: Workspace, tasks: Table) -> None:
    outline = workspace.outline
    changed: list[str] = []
    outline.model().dataChanged.connect(lambda index, *_rest: changed.append(index.data()))
    workspace.document.set(task(tasks), "note", "Khác", "Sửa ghi chú")
    assert changed == []
    theme.apply(QApplication.instance(), "dark")  # type: ignore[arg-type]
    outline.refresh()
    theme.apply(QApplication.instance(), "light")  # type: ignore[arg-type]
    assert len(set(changed)) > 10


def test_enter_and_right_lead_from_the_outline_into_the_page(workspace: Workspace) -> None:
    outline = workspace.outline
    for code in (Qt.Key.Key_Return, Qt.Key.Key_Right):
        outline.setFocus()
        workspace.show_place("bases")
        key(code)
        assert workspace.page.isAncestorOf(focused())
    # A part that is folded is opened first.
    part = workspace.document.plan.sections[0]
    outline.setFocus()
    workspace.show_place(part)
    outline.collapse(outline.currentIndex())
    key(Qt.Key.Key_Right)
    assert outline.hasFocus() and outline.isExpanded(outline.currentIndex())


def test_f6_goes_from_pane_to_pane(workspace: Workspace, tasks: Table) -> None:
    workspace.document.set(task(tasks), "total", -5, "Sửa kinh phí")
    workspace.go_to(tasks, task(tasks), "total")
    in_page = focused()
    key(Qt.Key.Key_F6)
    assert workspace.card.isAncestorOf(focused())
    key(Qt.Key.Key_F6)
    assert workspace.outline.hasFocus()
    key(Qt.Key.Key_F6)
    assert focused() is in_page
    workspace.find(False)
    in_bar = focused()
    key(Qt.Key.Key_F6)
    assert focused() is in_page
    key(Qt.Key.Key_F6, SHIFT)
    assert focused().parentWidget() is in_bar.parentWidget()
    key(Qt.Key.Key_F6, SHIFT)
    assert workspace.outline.hasFocus()


# ---- back and forward


def test_back_and_forward_with_the_cursor(
    window: MainWindow, workspace: Workspace, tasks: Table, budget: Section
) -> None:
    plan = workspace.document.plan
    assert not window.actions_by_name["back"].isEnabled()
    workspace.go_to("general", plan, "signer_name")
    workspace.go_to(tasks, task(tasks, 2), "lead")
    workspace.go_to(budget, budget, "text")
    assert window.actions_by_name["back"].isEnabled() and not window.actions_by_name["forward"].isEnabled()
    key(Qt.Key.Key_BracketLeft, CTRL)
    assert workspace.here() == Spot(tasks, task(tasks, 2), "lead")
    # In a table, where Alt+Left takes a row out of the one above it.
    key(Qt.Key.Key_BracketLeft, CTRL)
    assert workspace.here() == Spot("general", plan, "signer_name")
    key(Qt.Key.Key_Right, ALT)
    assert workspace.here() == Spot(tasks, task(tasks, 2), "lead")
    key(Qt.Key.Key_BracketRight, CTRL)
    assert workspace.here() == Spot(budget, budget, "text")
    assert not window.actions_by_name["forward"].isEnabled()
    key(Qt.Key.Key_Left, ALT)
    assert workspace.place is tasks


def test_the_cursor_is_where_it_was_left(workspace: Workspace, tasks: Table) -> None:
    workspace.go_to(tasks, task(tasks), "task")
    key(Qt.Key.Key_Down)
    left = workspace.here()
    assert left.part is not task(tasks)
    workspace.enter_place("bases")
    key(Qt.Key.Key_BracketLeft, CTRL)
    assert workspace.here() == left


def test_what_is_gone_is_passed_over_and_what_came_back_is_not(workspace: Workspace, tasks: Table) -> None:
    document = workspace.document
    plan = document.plan
    with document.edit("Thêm căn cứ"):
        insert(plan, LegalBasis(text="Căn cứ mới"))
    basis = plan.legal_bases[-1]
    workspace.go_to("general", plan, "place")
    workspace.go_to("bases", basis, "text")
    workspace.enter_place("export")
    with document.edit("Xóa căn cứ"):
        remove(basis)
    workspace.go_back(-1)
    assert workspace.here() == Spot("general", plan, "place")
    workspace.go_back(1)
    assert workspace.place == "export"
    document.undo()
    workspace.go_back(-1)
    assert workspace.here() == Spot("bases", plan.legal_bases[-1], "text")


def test_the_buttons_of_a_mouse(window: MainWindow, workspace: Workspace, tasks: Table) -> None:
    workspace.go_to(tasks, task(tasks), "task")
    handle = window.windowHandle()
    assert handle is not None
    over_table = workspace.page.mapTo(window, QPoint(200, 200))
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, Qt.KeyboardModifier.NoModifier, over_table)
    assert workspace.place == "general"
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, Qt.KeyboardModifier.NoModifier, over_table)
    assert workspace.here() == Spot(tasks, task(tasks), "task")


def test_a_walk_through_findings_is_one_step_back(workspace: Workspace, tasks: Table) -> None:
    document = workspace.document
    for number in range(4):
        document.set(task(tasks, number), "total", -5, "Sửa kinh phí")
    workspace.go_to(tasks, task(tasks, 6), "note")
    workspace.enter_place("bases")
    workspace.go_back(-1)
    key(Qt.Key.Key_Down)
    left = workspace.here()
    for _step in range(3):
        workspace.go_to_finding(document.findings_at(tasks)[_step])
    assert workspace.here() != left
    workspace.go_back(-1)
    assert workspace.here() == left


def test_the_preview_is_left_to_the_place_before(window: MainWindow, workspace: Workspace, budget: Section) -> None:
    workspace.go_to(budget, budget, "heading")
    window.show_preview()
    assert workspace.place == "preview" and workspace.outline.current_place() is None
    # The place that was current can be gone to again.
    workspace.show_place(budget)
    assert workspace.here().place is budget
    window.show_preview()
    workspace.go_back(-1)
    assert workspace.here() == Spot(budget, budget, "heading")
    workspace.go_back(1)
    assert workspace.place == "preview"


def test_a_section_made_anew_by_undo_is_shown_again(workspace: Workspace, store: Store, folder: Path) -> None:
    document = workspace.document
    section = document.plan.sections[-1].sections[0]
    workspace.go_to(section, section, "text")
    with document.edit("Xóa mục"):
        remove(section)
    assert workspace.place == "general"
    document.undo()
    again = document.plan.sections[-1].sections[0]
    assert again is not section and again.key == section.key
    workspace.go_back(-1)
    assert workspace.here().place is again


PLAN = fixture_plan(0)


@given(st.lists(st.tuples(st.sampled_from(["go", "back", "forward", "leave"]), st.integers(0, 4)), max_size=40))
def test_the_trail_is_that_of_a_browser(steps: list[tuple[str, int]]) -> None:
    trail = Trail()
    visited: list[Spot] = []
    at = -1
    for what, number in steps:
        spot = Spot("general", None, str(number))
        if what == "go":
            if at >= 0 and visited[at] == spot:
                continue
            trail.arrive(spot)
            visited, at = [*visited[: at + 1], spot], at + 1
        elif what == "leave" and at >= 0:
            trail.leave(spot)
            visited[at] = spot
        elif what in ("back", "forward"):
            by = -1 if what == "back" else 1
            assert trail.can_step(by) == (0 <= at + by < len(visited))
            goal = at + by
            while 0 <= goal < len(visited) and visited[goal] == visited[at]:
                goal += by
            found = trail.step(by, PLAN)
            if 0 <= goal < len(visited):
                assert found == visited[goal]
                at = goal
            else:
                assert found is None


# ---- the last place


def reopened(store: Store, folder: Path, plan: Plan) -> Spot:
    with window_of(store, folder, plan) as window:
        return workspace_of(window).here()


def test_the_last_place_is_come_back_to(app: QApplication, store: Store, folder: Path) -> None:
    plan = fixture_plan(4)
    for go in (
        lambda open: (find_table(open, "tasks"), task(find_table(open, "tasks"), 3), "lead"),  # type: ignore[arg-type]
        lambda open: ("bases", open.legal_bases[2], "subject"),
        lambda open: ("general", open, "signer_name"),
        lambda open: (find_section(open, "plan.budget"), find_section(open, "plan.budget"), "heading"),
    ):
        with window_of(store, folder, plan) as window:
            place, part, field = go(workspace_of(window).document.plan)
            workspace_of(window).go_to(place, part, field)  # type: ignore[arg-type]
            name = to_settings(workspace_of(window).here())
        assert to_settings(reopened(store, folder, plan)) == name
        assert name["field"] == field


def test_the_preview_is_no_place_to_begin_at(app: QApplication, store: Store, folder: Path) -> None:
    plan = fixture_plan(0)
    with window_of(store, folder, plan) as window:
        workspace_of(window).go_to("general", workspace_of(window).document.plan, "subject")
        window.show_preview()
    assert reopened(store, folder, plan).field == "subject"


KEPT: list[Any] = [
    None, 3, "", "table:tasks", "table:none", "nowhere", [], {}, {"place": 5}, {"place": "table:tasks", "path": "x"},
    {"place": "table:tasks", "path": [999], "field": "task"}, {"place": "table:tasks", "path": [-1], "field": "task"},
    {"place": "table:tasks", "path": [True], "field": "task"}, {"place": "table:tasks", "path": [0], "field": "none"},
    {"place": "bases", "path": [0, 0], "field": "subject"}, {"place": "general", "path": [1], "field": 7},
    {"place": "section:plan.budget", "path": [0], "field": "text"}, {"place": "general", "field": "no such field"},
]  # fmt: skip


@pytest.mark.parametrize("kept", KEPT, ids=str)
def test_whatever_the_settings_hold_the_plan_opens(app: QApplication, store: Store, folder: Path, kept: Any) -> None:
    plan = fixture_plan(0)
    with window_of(store, folder, plan) as window:
        window.settings.set("places", {plan.id: kept})
        window.open_plan(plan.id)
        window.settings.set("places", {plan.id: kept})
        workspace = Workspace(workspace_of(window).document, window.settings)
        workspace.show()
        assert workspace.place is not None and workspace.page is not None
        workspace.hide()
        workspace.deleteLater()
    with window_of(store, folder, plan) as window:
        window.settings.set("places", kept)
        window.leave_plan()
        assert window.open_plan(plan.id)


def parts_of(plan: Plan) -> list[tuple[Any, Part]]:
    """Every part with the place that it is edited at."""
    found: list[tuple[Any, Part]] = [("general", plan)]
    for part in walk(plan):
        top: Part | None = part
        while isinstance(top, Row):
            top = top.parent
        if isinstance(part, Section | Table | Row):
            found.append((top, part))
        elif isinstance(part, LegalBasis):
            found.append(("bases", part))
    return found


@pytest.mark.parametrize("number", [0, 4])
def test_every_part_is_found_again(number: int) -> None:
    plan = fixture_plan(number)
    again = documents.from_bytes(documents.to_bytes(plan))
    for (place, part), (other_place, other) in zip(parts_of(plan), parts_of(again), strict=True):
        kept = to_settings(Spot(place, part, "x"))
        assert from_settings(plan, kept) == Spot(place, part, "x")
        assert from_settings(again, kept) == Spot(other_place, other, "x")


# ---- undo and redo say what they do


def test_undo_and_redo_say_what_they_do(window: MainWindow, document: Document) -> None:
    open_document = workspace_of(window).document
    open_document.set(open_document.plan, "subject", "Khác", "Sửa trích yếu")
    undo, redo = window.actions_by_name["undo"], window.actions_by_name["redo"]
    assert undo.text() == "Hoàn tác: Sửa trích yếu" and undo.toolTip() == "Hoàn tác: Sửa trích yếu (Ctrl+Z)"
    assert not redo.isEnabled() and redo.toolTip() == "Làm lại (Ctrl+Y)"
    open_document.undo()
    assert redo.text() == "Làm lại: Sửa trích yếu" and redo.toolTip() == "Làm lại: Sửa trích yếu (Ctrl+Y)"
