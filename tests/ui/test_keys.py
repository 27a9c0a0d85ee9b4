"""Every key is in the list of keys, none means two things at once, and the list does what it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from models import i18n, template
from models.create import new_plan
from models.plan import find_section, find_table, walk_rows
from models.store import Store
from tests.keyboard import focused, key, keys
from tests.plans import fixture_plan
from tests.ui.main_window import dialog_of, window_of, workspace_of
from tests.ui.waiting import wait_for
from ui import keys as all_keys
from ui import menus, qt_texts
from ui.dialogs.keys import KeysDialog
from ui.document import Place
from ui.main_window import MainWindow

#: Keys that a widget takes before any shortcut can (it accepts the override), on purpose in place of the window's.
TAKEN_FIRST = {"Ctrl+Z"}


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    qt_texts.install(app)
    with window_of(store, folder, fixture_plan(4)) as window:
        yield window


def places(window: MainWindow) -> list[Place]:
    """One place of each kind of page, and one of each kind of table."""
    plan = workspace_of(window).document.plan
    section, tables = find_section(plan, "plan.budget"), [find_table(plan, key) for key in ("tasks", "documents")]
    assert section is not None
    return [
        "general",
        "bases",
        section,
        *[table for table in tables if table],
        "summary",
        "findings",
        "export",
        "preview",
    ]


def show(window: MainWindow, place: Place) -> None:
    if place == "preview":
        window.show_preview()
    else:
        workspace_of(window).enter_place(place)


def all_of_menu(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from all_of_menu(below)
        elif not action.isSeparator():
            yield action


def lines(window: MainWindow) -> set[tuple[str, str]]:
    """What the list shows: text and keys."""
    return {(line.text.rpartition("› ")[2], line.keys) for line in all_keys.lines(window)}


def holders(window: MainWindow) -> list[tuple[QWidget, Qt.ShortcutContext, str, str]]:
    """Everything in the window that has a key: where it counts, its key, its name."""
    found = []
    for action in window.findChildren(QAction):
        for owner in action.associatedObjects():
            if isinstance(owner, QWidget) and not isinstance(owner, QMenu) and action.isEnabled():
                found += [
                    (owner, action.shortcutContext(), one.toString(), action.text()) for one in action.shortcuts()
                ]
        in_menus = any(isinstance(owner, QMenu) for owner in action.associatedObjects())
        if in_menus and action.parent() is window and action.isEnabled():
            found += [(window, action.shortcutContext(), one.toString(), action.text()) for one in action.shortcuts()]
    for shortcut in window.findChildren(QShortcut):
        parent = shortcut.parent()
        assert isinstance(parent, QWidget)
        found.append((parent, shortcut.context(), shortcut.key().toString(), "QShortcut"))
    for button in window.findChildren(QAbstractButton):
        keys = button.shortcut().toString()
        if keys == mnemonic(button.text()):
            continue
        found.append((button, Qt.ShortcutContext.WindowShortcut, keys, button.text() or button.accessibleName()))
    return [one for one in found if one[2] and (one[0] is window or one[0].isVisible())]


def overlap(one: QWidget, context: Qt.ShortcutContext, other: QWidget, other_context: Qt.ShortcutContext) -> bool:
    """Whether there is a widget with the focus for which both count."""
    whole = Qt.ShortcutContext.WindowShortcut
    if whole in (context, other_context) or one is other:
        return True
    wide = Qt.ShortcutContext.WidgetWithChildrenShortcut
    return (context == wide and one.isAncestorOf(other)) or (other_context == wide and other.isAncestorOf(one))


# ---- the list is whole


def test_every_action_of_a_menu_is_listed(window: MainWindow) -> None:
    for place in places(window):
        show(window, place)
        listed = {line.does for line in all_keys.lines(window)}
        for top in window.menuBar().actions():
            menu = top.menu()
            assert isinstance(menu, QMenu)
            for action in all_of_menu(menu):
                assert action in listed or not action.isVisible(), action.text()


def test_every_key_of_a_page_is_listed(window: MainWindow) -> None:
    workspace = workspace_of(window)
    for place in places(window):
        show(window, place)
        workspace.find(True)
        shown = {part for _text, keys in lines(window) for part in keys.split(", ")}
        for _owner, _context, sequence, name in holders(window):
            assert menus.shown_key(sequence) in shown, f"{name}: {sequence} is in no line of ui/keys.py"


def test_every_action_is_in_a_menu() -> None:
    in_menus = {name for _title, names in menus.MENUS for name in names if name}
    assert in_menus - {">"} == {name for name, _text, _keys, _glyph in menus.ACTIONS}


def test_each_line_has_words_and_those_of_widgets_keys(window: MainWindow) -> None:
    for line in all_keys.lines(window):
        assert line.where and line.text and "&" not in line.text and "\t" not in line.text
        assert line.keys or line.does is not None


# ---- no key means two things


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    workspace = workspace_of(window)
    for place in places(window):
        show(window, place)
        workspace.find(True)
        found = holders(window)
        for number, (owner, context, sequence, name) in enumerate(found):
            for other, other_context, other_sequence, other_name in found[number + 1 :]:
                if sequence == other_sequence and name != other_name:
                    where = f"{name} and {other_name}: {sequence} on {place if isinstance(place, str) else place.key}"
                    assert not overlap(owner, context, other, other_context), where


def test_the_window_takes_no_key_of_a_widget(window: MainWindow) -> None:
    for place in places(window):
        show(window, place)
        taken = {
            sequence
            for owner, context, sequence, _name in holders(window)
            if owner is window and context == Qt.ShortcutContext.WindowShortcut
        }
        here = all_keys.kind_of(place)
        for where, kind, known in all_keys.KEYS:
            if kind not in (here, ""):
                continue
            for key_names, text in known:
                if key_names.startswith("("):
                    continue
                names = {QKeySequence.fromString(name).toString() for name in key_names.split("|")}
                assert not names & (taken - TAKEN_FIRST), f"{where}: {text}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_letters_that_are_underlined_lead_to_one_place(
    app: QApplication, store: Store, folder: Path, language: str
) -> None:
    i18n.set_language(language)
    with window_of(store, folder, fixture_plan(4)) as window:
        menu_letters = [mnemonic(action.text()) for action in window.menuBar().actions()]
        assert all(menu_letters) and len(set(menu_letters)) == len(menu_letters), menu_letters
        for place in places(window):
            show(window, place)
            page = workspace_of(window).page
            labels = [label for label in page.findChildren(QLabel) if label.buddy()]
            marked: list[QLabel | QAbstractButton] = [*labels, *page.findChildren(QAbstractButton)]
            letters = [mnemonic(one.text()) for one in marked if one.isVisible() and mnemonic(one.text())]
            assert len(letters) == len(set(letters)), letters
            assert not set(letters) & set(menu_letters), letters
            workspace_of(window).find(True)
            assert not {*letters, *menu_letters} & {sequence for _owner, _context, sequence, _name in holders(window)}


def mnemonic(text: str) -> str:
    return QKeySequence.mnemonic(text).toString()


def test_a_page_keeps_its_own_keys_and_gives_them_back(window: MainWindow) -> None:
    back = window.actions_by_name["back"]
    show(window, "general")
    assert [one.toString() for one in back.shortcuts()] == ["Ctrl+[", "Alt+Left"]
    table = find_table(workspace_of(window).document.plan, "tasks")
    assert table is not None
    show(window, table)
    assert [one.toString() for one in back.shortcuts()] == ["Ctrl+["]
    show(window, "bases")
    assert [one.toString() for one in back.shortcuts()] == ["Ctrl+[", "Alt+Left"]


# ---- the dialog


def opened(window: MainWindow) -> KeysDialog:
    key(Qt.Key.Key_F1)
    dialog = dialog_of(window)
    assert isinstance(dialog, KeysDialog)
    return dialog


def shown_texts(dialog: KeysDialog) -> list[str]:
    tree = dialog.list
    tops = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    items = [top.child(row) for top in tops if top for row in range(top.childCount())]
    return [item.text(0) for item in items if item]


def test_it_is_searched_without_diacritics_and_enter_does_it(window: MainWindow) -> None:
    document = workspace_of(window).document
    document.set(document.plan, "subject", "Khác", "Sửa trích yếu")
    dialog = opened(window)
    keys("hoan tac sua")
    assert shown_texts(dialog) == ["Hoàn tác: Sửa trích yếu"]
    assert dialog.said.text() == "Enter: làm ngay"
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: document.plan.subject == fixture_plan(4).subject)
    assert QApplication.activeModalWidget() is None


def test_a_key_is_found_by_itself(window: MainWindow) -> None:
    dialog = opened(window)
    keys("shift+f8")
    assert shown_texts(dialog) == ["Lỗi trước đó"]
    dialog.close()


def test_the_arrows_go_through_the_list_while_one_searches(window: MainWindow) -> None:
    dialog = opened(window)
    keys("trang")
    first = dialog.current()
    key(Qt.Key.Key_Down)
    assert dialog.current() != first and dialog.search.hasFocus()
    key(Qt.Key.Key_Up)
    assert dialog.current() == first
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: QApplication.activeModalWidget() is None)


def test_what_cannot_be_done_here_says_where(window: MainWindow) -> None:
    show(window, "general")
    dialog = opened(window)
    keys("chu dam")
    assert shown_texts(dialog) == ["Chữ đậm"]
    assert dialog.said.text() == "Dùng phím này ở: Lời văn của mục" and not dialog.button.isEnabled()
    key(Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is dialog
    keys(" xyz")
    assert shown_texts(dialog) == [] and dialog.said.text() == "Không có việc hay phím nào như vậy."
    dialog.close()


def test_keys_of_the_page_come_first_and_run(window: MainWindow) -> None:
    workspace = workspace_of(window)
    table = find_table(workspace.document.plan, "tasks")
    assert table is not None
    workspace.go_to(table, table.rows[0].rows[0], "task")
    before = workspace.document.undo_label()
    dialog = opened(window)
    assert shown_texts(dialog)[0] == "Sửa ô"
    keys("chuyen xuong")
    assert shown_texts(dialog)[0] == "Chuyển xuống"
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: workspace.document.undo_label() != before)
    assert workspace.document.undo_label() == "Chuyển dòng"


def test_shortcuts_of_a_page_run_as_well(window: MainWindow) -> None:
    workspace = workspace_of(window)
    bases = workspace.document.plan.legal_bases
    workspace.go_to("bases", bases[0], "subject")
    dialog = opened(window)
    keys("chuyen xuong")
    assert dialog.current() is not None
    second = bases[1]
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: bases[0] is second)


def test_the_list_of_plans_has_it_too(app: QApplication, store: Store, folder: Path) -> None:
    store.add(new_plan(template.get("chinh-quyen-so-2022"), 2022))
    with window_of(store, folder) as window:
        dialog = opened(window)
        assert shown_texts(dialog)[:2] == ["Mở kế hoạch", "Chuyển vào thùng rác"]
        keys("tim")
        assert not dialog.button.isEnabled()
        dialog.close()


# ---- cut, copy, paste by the menu


def trigger(window: MainWindow, name: str) -> None:
    menus.offer_on_focus(window)
    window.actions_by_name[name].trigger()


def test_the_menu_acts_on_the_field_that_has_the_focus(window: MainWindow) -> None:
    workspace = workspace_of(window)
    plan = workspace.document.plan
    workspace.go_to("general", plan, "unit_name")
    trigger(window, "selectAll")
    trigger(window, "cut")
    assert QApplication.clipboard().text() == plan.unit_name
    workspace.go_to("general", plan, "unit_code")
    trigger(window, "selectAll")
    trigger(window, "paste")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert plan.unit_code == QApplication.clipboard().text()


def test_the_menu_acts_on_the_cells_of_a_table(window: MainWindow) -> None:
    workspace = workspace_of(window)
    table = find_table(workspace.document.plan, "tasks")
    assert table is not None
    row = next(row for row in walk_rows(table.rows) if row.task)
    workspace.go_to(table, row, "task")
    trigger(window, "copy")
    assert row.task and row.task in QApplication.clipboard().text()


def test_what_has_no_text_offers_nothing(window: MainWindow) -> None:
    workspace_of(window).outline.setFocus()
    menus.offer_on_focus(window)
    assert not window.actions_by_name["copy"].isEnabled() and not window.actions_by_name["paste"].isEnabled()
