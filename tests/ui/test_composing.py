"""While a word is half typed with an input method, no shortcut fires, whatever it is typed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from models.plan import find_section, find_table
from tests.keyboard import ALT, CTRL, SHIFT, compose, focused, key
from tests.ui.main_window import dialog_of, workspace_of
from ui.composing import Composing
from ui.main_window import MainWindow
from ui.workspace import Workspace

#: Every kind of editor there is, and how one gets there.
EDITORS: dict[str, Callable[[Workspace], None]] = {
    "a line of the general page": lambda plan: at(plan, "general", "unit_name"),
    "a long text of the general page": lambda plan: at(plan, "general", "subject"),
    "the text of a section": lambda plan: at(plan, "section", "text"),
    "the heading of a section": lambda plan: at(plan, "section", "heading"),
    "an indicator": lambda plan: at(plan, "indicators", ""),
    "a kind of document": lambda plan: at(plan, "bases", "kind"),
    "the subject of a basis": lambda plan: at(plan, "bases", "subject"),
    "a long cell": lambda plan: cell(plan, "task"),
    "a short cell": lambda plan: cell(plan, "time"),
    "an amount": lambda plan: cell(plan, "total"),
    "a cell about to be typed into": lambda plan: cell(plan, "note", is_open=False),
    "the stated total": lambda plan: at(plan, "tasks", "stated_total"),
    "what is looked for": lambda plan: plan.find(False),
    "what is put in its place": lambda plan: plan.find(True),
}


def at(workspace: Workspace, page: str, field: str) -> None:
    plan = workspace.document.plan
    if page == "section":
        # In a text with a finding, what it speaks of would be selected, and replaced.
        section = find_section(plan, "plan.goal")
        assert section is not None
        workspace.go_to(section, section, field)
    elif page == "indicators":
        spec = workspace.document.template.indicators[0]
        section = find_section(plan, spec.section)
        assert section is not None
        workspace.go_to(section, plan, f"indicators/{spec.key}")
    elif page == "bases":
        workspace.go_to("bases", plan.legal_bases[0], field)
    elif page == "tasks":
        table = find_table(plan, "tasks")
        assert table is not None
        workspace.go_to(table, table, field)
    else:
        workspace.go_to("general", plan, field)


def cell(workspace: Workspace, field: str, is_open: bool = True) -> None:
    table = find_table(workspace.document.plan, "tasks")
    assert table is not None
    workspace.go_to(table, table.rows[0], field)
    if is_open:
        key(Qt.Key.Key_F2)


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit | QTextEdit) else ""


def fired(window: MainWindow) -> list[str]:
    """The names of the actions that were triggered from now on, instead of being done."""
    names: list[str] = []
    for name, action in window.actions_by_name.items():
        action.triggered.disconnect()
        action.triggered.connect(lambda _on=False, name=name: names.append(name))
    return names


def press_every_shortcut(window: MainWindow) -> None:
    for action in list(window.actions_by_name.values()):
        for shortcut in action.shortcuts():
            combination = shortcut[0]  # type: ignore[index]
            key(combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize("editor", EDITORS)
def test_no_shortcut_fires_while_a_word_is_composed(window: MainWindow, editor: str) -> None:
    workspace = workspace_of(window)
    EDITORS[editor](workspace)
    before = focused()
    start = text_of(before)
    history = [past.id for past in workspace.document.history()]
    names = fired(window)
    window.actions_by_name["undo"].setEnabled(True)
    compose(["tiê"])
    press_every_shortcut(window)
    assert names == []
    assert focused() is before
    assert [past.id for past in workspace.document.history()] == history
    compose([], "tiến")
    after = focused()
    assert "tiến" in text_of(after)
    if after is before:
        assert text_of(after).replace("tiến", "", 1) in (start, "")
    key(Qt.Key.Key_F8)
    assert names == ["next"]


def test_a_page_keeps_its_keys_back_too(window: MainWindow) -> None:
    """Rows do not move, nest or go away while a word is composed in one of their cells."""
    workspace = workspace_of(window)
    cell(workspace, "task")
    table = find_table(workspace.document.plan, "tasks")
    assert table is not None
    rows = list(table.rows)
    compose(["đề"])
    for code, modifiers in (
        (Qt.Key.Key_Down, ALT), (Qt.Key.Key_Right, ALT), (Qt.Key.Key_Delete, CTRL), (Qt.Key.Key_G, CTRL),
        (Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Return, CTRL | SHIFT),
    ):  # fmt: skip
        key(code, modifiers)
    assert table.rows == rows
    compose([], "đề")
    assert "đề" in text_of(focused())


def test_dialogs_are_guarded_as_well(window: MainWindow) -> None:
    window.show_keys()
    dialog = dialog_of(window)
    compose(["tì"])
    key(Qt.Key.Key_F8)
    compose([], "tìm")
    assert text_of(focused()) == "tìm"
    dialog.close()


def test_the_guard_ends_with_the_focus(window: MainWindow) -> None:
    at(workspace_of(window), "general", "unit_name")
    compose(["tiê"])
    at(workspace_of(window), "general", "subject")
    names = fired(window)
    key(Qt.Key.Key_F8)
    assert names == ["next"]


def test_one_guard_serves_every_window(app: QApplication, window: MainWindow, folder: Path) -> None:
    MainWindow(window.store, window.settings).deleteLater()
    assert len(app.findChildren(Composing)) == 1


def test_what_is_no_word_shuts_nothing_out(window: MainWindow) -> None:
    names = fired(window)
    at(workspace_of(window), "general", "subject")
    compose([], "a")
    key(Qt.Key.Key_F8)
    assert names == ["next"]
    assert QKeySequence("F8") in window.actions_by_name["next"].shortcuts()


def test_a_key_of_the_program_is_none_of_the_field_on_x11(window: MainWindow) -> None:
    class Field(QLineEdit):
        """Takes Ctrl+E for itself, as fields on X11 do."""

        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            return super().event(event)

    workspace = workspace_of(window)
    field = Field(workspace.page)
    field.show()
    field.setFocus()
    key(Qt.Key.Key_E, CTRL)
    assert workspace.place == "export"
