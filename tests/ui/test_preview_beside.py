"""The preview beside the form: opened by a key, at the place of the cursor, with what is being typed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import i18n
from models.plan import Section, find_section, find_table
from models.settings import Settings
from models.store import Store
from tests.keyboard import CTRL, compose, focused, key, keys
from tests.plans import small_plan
from tests.ui import faults
from tests.ui.main_window import workspace_of
from tests.ui.waiting import wait_for
from ui.app import _Holder
from ui.main_window import MainWindow
from ui.outline import page_key
from ui.pages.preview import PreviewPage
from ui.widgets.preview_view import PreviewView
from ui.workspace import Workspace


@pytest.fixture
def preview(window: MainWindow, workspace: Workspace) -> PreviewView:
    """The preview, opened by its key beside the page of the budget, as far as the window is 1366 × 768."""
    window.resize(1366, 768)
    workspace.enter_place(budget_of(workspace))
    key(Qt.Key.Key_F9)
    assert workspace.beside is not None and workspace.beside.is_open
    found = workspace.beside.preview
    ready(found)
    return found


def budget_of(workspace: Workspace) -> Section:
    section = find_section(workspace.document.plan, "plan.budget")
    assert section is not None
    return section


def ready(preview: PreviewView) -> None:
    QTest.qWait(60)
    assert wait_for(lambda: not preview.is_working)


def text_of(preview: PreviewView) -> str:
    pages = range(preview.pdf.pageCount())
    return " ".join(" ".join(preview.pdf.getAllText(page).text().split()) for page in pages)


# ---- open and closed


def test_it_opens_and_closes_by_its_key(window: MainWindow, workspace: Workspace, preview: PreviewView) -> None:
    page = workspace.page
    assert preview.isVisible() and page.isVisible() and page.isAncestorOf(focused())
    assert 0.35 < preview.width() / window.width() < 0.45
    assert page.width() >= 600 and workspace.outline.isVisible()
    key(Qt.Key.Key_F9)
    assert not preview.isVisible() and page.isAncestorOf(focused())
    key(Qt.Key.Key_F9)
    assert preview.isVisible()


def test_closing_gives_the_outline_its_width_back(workspace: Workspace) -> None:
    before = workspace.outline.width()
    workspace.toggle_preview()
    QTest.qWait(20)
    assert workspace.outline.width() < before
    workspace.toggle_preview()
    QTest.qWait(20)
    assert workspace.outline.isVisible() and abs(workspace.outline.width() - before) <= 2


def test_its_width_is_remembered(window: MainWindow, workspace: Workspace, preview: PreviewView, folder: Path) -> None:
    splitter = workspace._splitter
    splitter.moveSplitter(window.width() - 480, 2)
    assert wait_for(lambda: Settings(folder).get("preview_width") is not None)
    width = preview.width()
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    QTest.qWait(20)
    assert abs(preview.width() - width) <= 8


def test_it_is_a_pane_of_the_window(workspace: Workspace, preview: PreviewView) -> None:
    for _pane in range(6):
        key(Qt.Key.Key_F6)
        if preview.isAncestorOf(focused()):
            break
    assert preview.isAncestorOf(focused())
    key(Qt.Key.Key_F9)
    assert workspace.page.isAncestorOf(focused())


def test_the_whole_page_takes_its_place_and_gives_it_back(
    window: MainWindow, workspace: Workspace, preview: PreviewView
) -> None:
    window.actions_by_name["preview"].trigger()
    assert workspace.place == "preview" and not preview.isVisible()
    workspace.go_back(-1)
    assert page_key(workspace.place) == id(budget_of(workspace)) and preview.isVisible()
    key(Qt.Key.Key_F9)
    window.actions_by_name["preview"].trigger()
    assert isinstance(workspace.page, PreviewPage)
    key(Qt.Key.Key_F9)
    assert page_key(workspace.place) == id(budget_of(workspace)) and preview.isVisible()


def test_every_control_has_a_name(workspace: Workspace, preview: PreviewView) -> None:
    assert faults.without_name(preview) == [] and faults.clipped(preview) == []
    assert faults.clipped(workspace.page) == []


# ---- the place of the cursor


def test_it_follows_the_cursor(workspace: Workspace, preview: PreviewView) -> None:
    plan = workspace.document.plan
    table = find_table(plan, "tasks")
    assert table is not None and preview.made is not None
    places = preview.made.places
    workspace.go_to(table, table.rows[2], "task")
    QTest.qWait(80)
    for step in (3, 4):
        key(Qt.Key.Key_Down)
        QTest.qWait(80)
        pointer = f"/tables/{plan.tables.index(table)}/rows/{step}"
        assert preview.view.mark is not None
        assert (preview.view.mark.page, preview.view.mark.top) == places[pointer]
        assert preview.view.viewport().rect().contains(_mark_of(preview))
    workspace.enter_place("general")
    QTest.qWait(80)
    assert preview.view.mark is not None and preview.view.mark.page == 0
    workspace.enter_place("bases")
    QTest.qWait(80)
    assert (preview.view.mark.page, preview.view.mark.top) == places["/legal_bases/0"]
    key(Qt.Key.Key_Down)
    QTest.qWait(80)
    assert (preview.view.mark.page, preview.view.mark.top) == places["/legal_bases/1"]


def _mark_of(preview: PreviewView) -> QPoint:
    assert preview.view.mark is not None
    rect = preview.view._marked(preview.view.mark)
    return rect.topLeft() - preview.view._offset()


def test_scrolling_is_let_be_until_the_cursor_moves_on(workspace: Workspace, preview: PreviewView) -> None:
    bar = preview.view.verticalScrollBar()
    assert bar.value() > 0
    bar.setValue(0)
    workspace.document.set(workspace.document.plan, "place", "Huế", "Sửa địa danh")
    ready(preview)
    assert bar.value() == 0
    workspace.enter_place("bases")
    QTest.qWait(80)
    assert bar.value() > 0


def test_a_double_click_goes_to_the_place_in_the_form(workspace: Workspace, preview: PreviewView) -> None:
    plan = workspace.document.plan
    table = find_table(plan, "tasks")
    assert table is not None
    preview.chosen.emit(f"/tables/{plan.tables.index(table)}/rows/2")
    assert page_key(workspace.place) == id(table) and workspace.page.here() == (table.rows[2], "task")
    preview.chosen.emit("/signature")
    assert page_key(workspace.place) == "general" and workspace.page.here() == (plan, "signer_name")
    preview.chosen.emit("/legal_bases/1")
    assert workspace.page.here() is not None and workspace.page.here()[0] is plan.legal_bases[1]  # type: ignore[index]
    preview.chosen.emit("/sections/1/sections/0")
    assert page_key(workspace.place) == id(plan.sections[1].sections[0])
    preview.chosen.emit("/nowhere")
    assert page_key(workspace.place) == id(plan.sections[1].sections[0])


# ---- what is typed


def test_what_is_typed_is_seen_before_it_is_written(workspace: Workspace, preview: PreviewView) -> None:
    section = budget_of(workspace)
    before = section.text
    key(Qt.Key.Key_End, CTRL)
    keys(" Câu vừa gõ.")
    assert wait_for(lambda: "Câu vừa gõ." in text_of(preview), 10)
    assert section.text == before
    assert preview.view.mark is not None
    assert wait_for(lambda: "Câu vừa gõ." in section.text, 10)


def test_what_an_input_method_commits_is_seen(workspace: Workspace, preview: PreviewView) -> None:
    key(Qt.Key.Key_End, CTRL)
    compose(["d", "dd", "đô"], "đồng thuận")
    assert wait_for(lambda: "đồng thuận" in text_of(preview), 10)


def test_a_cell_is_seen_while_it_is_typed_into(workspace: Workspace, preview: PreviewView) -> None:
    table = find_table(workspace.document.plan, "tasks")
    assert table is not None
    workspace.go_to(table, table.rows[1], "task")
    keys("Tênmớitinh")
    assert wait_for(lambda: "Tênmớitinh" in text_of(preview), 10)
    assert table.rows[1].task != "Tênmớitinh"
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: "Tênmớitinh" not in text_of(preview), 10)
    workspace.go_to(table, table.rows[1], "total")
    keys("xyz")
    ready(preview)
    assert "xyz" not in text_of(preview)


def test_no_key_is_lost_while_it_is_made(workspace: Workspace, preview: PreviewView) -> None:
    """Pauses just long enough for the work to begin, so that it runs under every key."""
    key(Qt.Key.Key_End, CTRL)
    typed = ""
    for number in range(12):
        word = f" từ{number}"
        keys(word)
        typed += word
        QTest.qWait(250 + 5 * number)
    assert wait_for(lambda: typed in budget_of(workspace).text, 5)
    ready(preview)
    assert typed.strip() in text_of(preview)


def _is_other(holder: _Holder, old: MainWindow) -> bool:
    return holder.window is not old


def test_another_language_leaves_it_open(app: QApplication, store: Store, folder: Path) -> None:
    plan = small_plan()
    store.add(plan)
    holder = _Holder(store, Settings(folder))
    try:
        holder.open(plan.id)
        for is_page in (False, True):
            window = holder.window
            assert window is not None
            workspace = workspace_of(window)
            if is_page:
                window.show_preview()
            else:
                workspace.toggle_preview()
            window.set_language("en" if i18n.language() == "vi" else "vi")
            assert wait_for(partial(_is_other, holder, window))
            assert holder.window is not None
            found = workspace_of(holder.window)
            assert found.beside is not None
            assert (found.place == "preview") == is_page and found.beside.is_open != is_page
    finally:
        i18n.set_language("vi")
        holder.close()
        QApplication.processEvents()
