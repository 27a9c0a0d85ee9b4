"""The window on a store that can only be read: nothing changes whatever is typed and pressed, and it says why."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from models import document as plan_document
from models.plan import find_table, walk_sections
from models.settings import Settings
from models.store import Store, access
from tests.keyboard import ALT, CTRL, SHIFT, compose, focused, key, keys
from tests.plans import fixture_plan, small_plan
from tests.ui import faults
from tests.ui.main_window import dialog_of, window_of, workspace_of
from tests.ui.program import MAIN, Program, environment
from tests.ui.waiting import wait_for
from ui.app import _Holder
from ui.dialogs.history import HistoryDialog
from ui.main_window import MainWindow
from ui.pages.bases import BasesPage
from ui.pages.export import ExportPage
from ui.pages.general import GeneralPage
from ui.pages.table import TablePage

_HOLDER = """
import sys, time
from pathlib import Path
from models.store import Store
store = Store(Path(sys.argv[1])); print(store.is_reading, flush=True); time.sleep(600)
"""


@pytest.fixture
def other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """Another program that writes the store of plan 000."""
    monkeypatch.setattr(access, "PATIENCE", 0.1)
    with Store(folder) as store:
        store.add(fixture_plan(0))
        store.add(fixture_plan(1))
    Settings(folder).set("asked_unit", True)
    arguments = [sys.executable, "-c", _HOLDER, str(folder)]
    with subprocess.Popen(
        arguments, cwd=MAIN.parent, stdout=subprocess.PIPE, env={**environment(), "LOGNAME": "huong"}
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"False\n"
        yield process
        process.kill()


@pytest.fixture
def window(app: QApplication, other: object, folder: Path) -> Iterator[MainWindow]:
    with Store(folder) as store:
        assert store.is_reading
        with window_of(store, folder, fixture_plan(0)) as made:
            yield made


@pytest.fixture
def unchanged(window: MainWindow) -> Iterator[None]:
    """Neither the plan on the screen nor that in the store is another one after the test; nothing was logged."""
    plan = workspace_of(window).document.plan
    before = plan_document.to_bytes(plan)
    history = window.store.history(plan.id)
    yield
    if window.workspace is not None:
        window.workspace.save()
    assert plan_document.to_bytes(plan) == before
    assert plan_document.to_bytes(window.store.read(plan.id)) == before
    assert window.store.history(plan.id) == history


def show(window: MainWindow, place: object) -> QWidget:
    workspace = workspace_of(window)
    workspace.enter_place(place)  # type: ignore[arg-type]
    QApplication.processEvents()
    return workspace.page


def held(page: QWidget, kind: type[QWidget] = QPushButton) -> dict[str, bool]:
    """Whether the buttons of a page can be pressed, by what stands on them."""
    return {
        (one.text() or one.accessibleName()).strip(): one.isEnabled()  # type: ignore[attr-defined]
        for one in page.findChildren(kind)
        if one.isVisible()
    }


def press_everything() -> None:
    """Keys that write, delete, paste, take back and choose, wherever the focus is."""
    QApplication.clipboard().setText("dán vào")
    for step in (
        lambda: keys("chữ Việt"), lambda: key(Qt.Key.Key_Return), lambda: key(Qt.Key.Key_Backspace),
        lambda: key(Qt.Key.Key_Delete), lambda: key(Qt.Key.Key_V, CTRL), lambda: key(Qt.Key.Key_X, CTRL),
        lambda: key(Qt.Key.Key_Z, CTRL), lambda: key(Qt.Key.Key_Y, CTRL), lambda: key(Qt.Key.Key_B, CTRL),
        lambda: key(Qt.Key.Key_F7), lambda: key(Qt.Key.Key_Space, CTRL), lambda: key(Qt.Key.Key_Down, ALT),
        lambda: key(Qt.Key.Key_Escape), lambda: key(Qt.Key.Key_F2), lambda: key(Qt.Key.Key_Space),
        lambda: key(Qt.Key.Key_D, CTRL), lambda: key(Qt.Key.Key_Return, CTRL), lambda: key(Qt.Key.Key_Delete, CTRL),
        lambda: key(Qt.Key.Key_Up, ALT), lambda: key(Qt.Key.Key_Right, ALT), lambda: key(Qt.Key.Key_V, CTRL | SHIFT),
        lambda: key(Qt.Key.Key_Period, CTRL), lambda: compose(["v", "vi"], "việt"),
    ):  # fmt: skip
        step()
        QApplication.processEvents()


# ---- what is said


def test_a_steady_banner_says_why_and_what_to_do(window: MainWindow):
    banner = window.banner
    assert banner is not None and banner.isVisible()
    assert "huong" in banner.sentence.text()
    assert banner.sentence.text() == window.store.why_reading
    assert banner.geometry().top() == 0 and banner.width() == banner.parentWidget().width()  # type: ignore[union-attr]
    assert window.windowTitle().endswith("(chỉ đọc)")
    window.show_list()
    assert banner.isVisible()
    assert window.windowTitle() == "Kế Hoạch Số (chỉ đọc)"
    assert faults.without_name(banner) == faults.clipped(banner) == []


def test_the_banner_is_reached_by_keys(window: MainWindow):
    assert window.banner is not None
    show(window, "general")
    for _pane in range(8):
        key(Qt.Key.Key_F6)
        if focused() is window.banner.button:
            break
    else:
        raise AssertionError("F6 does not lead there")
    assert faults.unmarked_focus(window.banner) == []


def test_a_window_that_writes_has_none(app: QApplication, folder: Path):
    with Store(folder) as store, window_of(store, folder, fixture_plan(0)) as window:
        assert window.banner is None
        assert "chỉ đọc" not in window.windowTitle()


# ---- nothing changes


def test_the_general_page(window: MainWindow, unchanged: None):
    page = show(window, "general")
    assert isinstance(page, GeneralPage)
    seen = 0
    for field in page.fields.values():
        editor = field.editor
        before = field.text()
        field.go()
        press_everything()
        assert field.text() == before
        assert editor.isEnabled()
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        if isinstance(line, QLineEdit):
            assert line.isReadOnly()
            line.selectAll()
            line.copy()
            assert not before or QApplication.clipboard().text() == before
            seen += bool(before)
    assert seen > 5
    for combo in page.print_card.editors:
        combo.setFocus()
        press_everything()
        key(Qt.Key.Key_Down)
        keys("b")
        QTest.mouseClick(combo, Qt.MouseButton.LeftButton)
        assert QApplication.activePopupWidget() is None
    QTest.mouseClick(page.print_card.charts, Qt.MouseButton.LeftButton)


def test_a_section(window: MainWindow, unchanged: None):
    plan = workspace_of(window).document.plan
    section = next(one for one in walk_sections(plan.sections) if len(one.text) > 300)
    page = show(window, section)
    edit = page.findChild(QTextEdit)
    assert edit is not None
    text = edit.toPlainText()
    edit.setFocus()
    press_everything()
    assert edit.toPlainText() == text
    # It can be read, selected and copied.
    key(Qt.Key.Key_A, CTRL)
    key(Qt.Key.Key_C, CTRL)
    assert text.splitlines()[0][:20] in QApplication.clipboard().text()
    assert edit.isEnabled() and edit.verticalScrollBar().isEnabled()
    title = next(one for one in page.findChildren(QPlainTextEdit) if one.isVisible())
    title.setFocus()
    press_everything()
    assert title.toPlainText() == section.heading


def test_a_table(window: MainWindow, unchanged: None):
    document = workspace_of(window).document
    table = find_table(document.plan, "tasks")
    page = show(window, table)
    assert isinstance(page, TablePage)
    fields = [column.field for column in page.model.columns]
    for row, field in ((0, "task"), (1, "total"), (0, "security"), (page.model.rowCount() - 1, "task")):
        page.view.setFocus()
        page.view.select_cell(page.model.index(row, fields.index(field)))
        press_everything()
        assert page.view.editor() is None
        QTest.mouseDClick(
            page.view.viewport(), Qt.MouseButton.LeftButton, pos=page.view.visualRect(page.view.currentIndex()).center()
        )
        assert page.view.editor() is None
    page.view.select_cell(page.model.index(0, fields.index("task")))
    page.view.setFocus()
    key(Qt.Key.Key_C, CTRL)
    assert (page.model.rows[0].task or "?") in QApplication.clipboard().text()
    for name in ("_title", "_stated"):
        getattr(page.head, name).setFocus()
        press_everything()
    for name in ("_unit", "_layout"):
        getattr(page.head, name).setFocus()
        press_everything()
    offered = {action.objectName(): action.isEnabled() for action in page.actions_of_rows if action is not None}
    assert {name for name, is_offered in offered.items() if is_offered} == {
        "copy", "select_all", "filter", "sort_up", "sort_down", "plan_order", "show_all", "columns"
    }  # fmt: skip
    # Sorting and filtering are no changes.
    page.view.setFocus()
    key(Qt.Key.Key_Up, ALT | SHIFT)
    assert page.model.arrangement.sorts


def test_a_register(window: MainWindow, unchanged: None):
    assert window.open_plan(fixture_plan(1).id)
    register = next(one for one in workspace_of(window).document.plan.tables if one.is_register)
    page = show(window, register)
    assert isinstance(page, TablePage)
    page.view.setFocus()
    page.view.select_cell(page.model.index(0, 1))
    press_everything()
    assert page.view.editor() is None


def test_the_legal_bases(window: MainWindow, unchanged: None):
    page = show(window, "bases")
    assert isinstance(page, BasesPage)
    for widget in (page.list, page.search, *(field.editor for field in page.form.fields.values())):
        if widget.isVisible():
            widget.setFocus()
            press_everything()
            key(Qt.Key.Key_Down, ALT)
    assert not any(held(page).values())


def test_what_changes_is_greyed_and_says_why(window: MainWindow, unchanged: None):
    actions = window.actions_by_name
    for name in ("new", "import", "undo", "redo", "replace", "fix", "signed", "particulars"):
        assert not actions[name].isEnabled()
        assert "chỉ để đọc" in actions[name].toolTip()
    for name in ("list", "preview", "print", "export", "revisions", "find", "history", "verify", "larger", "quit"):
        assert actions[name].isEnabled()
    page = show(window, "export")
    assert isinstance(page, ExportPage)
    assert not page.final.isEnabled() and page.draft.isEnabled()
    assert any("chỉ kết xuất được bản dự thảo" in label.text() for label in page.findChildren(QLabel))
    # Whatever is told to a button later.
    page = show(window, "findings")
    assert wait_for(lambda: bool(held(page)))
    fix = page.details.fix_button  # type: ignore[attr-defined]
    fix.setEnabled(True)
    assert not fix.isEnabled() or not fix.isVisible()
    window.show_list()
    shown = held(window)
    assert shown["Kế hoạch mới"] is False and shown["Mở tệp…"] is False and shown["Thử lại"] is True


def test_a_plan_is_not_thrown_away(window: MainWindow, unchanged: None):
    window.show_list()
    page = window.centralWidget()
    key(Qt.Key.Key_Delete)
    assert page is not None
    assert window.messages.text() == window.store.why_reading
    assert not window.store.is_deleted(fixture_plan(0).id)


def test_history_leads_nowhere(window: MainWindow, unchanged: None):
    window.show_history()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert held(dialog)["Quay về đây"] is False
    dialog.close()


def test_history_says_why_it_leads_nowhere(app: QApplication, folder: Path):
    with Store(folder) as store:
        store.add(small_plan())
        with store.open_plan(small_plan().id).edit("Sửa") as plan:
            plan.subject = "Sửa"
    with Store(folder, reading=True) as store, window_of(store, folder, small_plan()) as window:
        window.show_history()
        dialog = dialog_of(window)
        assert isinstance(dialog, HistoryDialog)
        dialog.list.setFocus()
        key(Qt.Key.Key_Down)
        assert dialog.said.text() == "Kho dữ liệu đang mở chỉ để đọc nên chưa làm được việc này."
        dialog.close()


def test_finding_works(window: MainWindow, unchanged: None):
    show(window, "general")
    window.actions_by_name["find"].trigger()
    keys("phần mềm")
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: not isinstance(workspace_of(window).place, str) or workspace_of(window).place == "general")
    assert not any("Thay" in name for name, is_on in held(workspace_of(window)).items() if is_on)


def test_settings_are_not_written(window: MainWindow, folder: Path):
    before = (folder / "settings.json").read_bytes()
    window.scale(0.1)
    window.scale(-0.1)
    window.show_list()
    window.close()
    assert (folder / "settings.json").read_bytes() == before
    assert window.settings.get("last_plan") == ""


# ---- writing in the end


def test_trying_again_opens_it_for_writing_at_the_same_place(
    app: QApplication, other: subprocess.Popen[bytes], folder: Path
):
    store = Store(folder)
    settings = Settings(folder, reading=True)
    holder = _Holder(store, settings)
    try:
        holder.open(fixture_plan(0).id, asked=True)
        window = holder.window
        assert window is not None and window.banner is not None
        table = find_table(workspace_of(window).document.plan, "tasks")
        show(window, table)
        QTest.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
        assert "Vẫn chưa" in window.messages.text()
        assert holder.window is window and store.is_reading
        assert workspace_of(window).page.isVisible() and isinstance(workspace_of(window).page, TablePage)
        other.kill()
        other.wait()
        QTest.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
        assert wait_for(lambda: holder.window is not window)
        again = holder.window
        assert again is not None and again.banner is None and not store.is_reading
        assert "chỉ đọc" not in again.windowTitle()
        page = workspace_of(again).page
        assert isinstance(page, TablePage)
        assert wait_for(again.isActiveWindow)
        page.view.setFocus()
        fields = [column.field for column in page.model.columns]
        page.view.select_cell(page.model.index(0, fields.index("total")))
        keys("321")
        key(Qt.Key.Key_Return)
        assert page.model.rows[0].total == 321_000_000
        assert again.actions_by_name["undo"].isEnabled() and again.actions_by_name["new"].isEnabled()
        page = show(again, "general")
        assert isinstance(page, GeneralPage)
        editor = page.fields["unit_name"].editor
        assert isinstance(editor, QLineEdit) and not editor.isReadOnly()
        again.settings.set("thử", 1)
        assert Settings(folder).get("thử") == 1
    finally:
        holder.close()
        store.close()
        app.processEvents()


# ---- commands beside the window


def test_commands_that_read_work_and_those_that_write_are_refused(
    store: Store, program: Program, clean_file: Path, tmp_path: Path
):
    store.add(fixture_plan(0))
    name = fixture_plan(0).id
    store.add(small_plan())
    out = tmp_path / "ra"
    assert [plan["id"] for plan in program("list", "--json").json] == [small_plan().id, name]
    assert program("check", name).code == 1
    assert program("export", name, "--to", out, "--draft").code == 0
    assert program("compare", name, name).code == 0
    assert program("verify", "--code", "0000-0000-0000").code in (0, 1, 2)
    for arguments in (("import", clean_file), ("export", small_plan().id, "--to", tmp_path / "chính thức")):
        found = program(*arguments)
        assert found.code == 2 and found.out == ""
        assert "đang mở trong một chương trình khác" in found.err and "hãy đóng" in found.err
    assert store.read(small_plan().id).revision == small_plan().revision
    assert not list((tmp_path / "chính thức").glob("*"))
