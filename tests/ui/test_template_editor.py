"""The editor of templates: a new version made by keys alone, held back by its faults, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from models import template, templates
from models.create import new_plan
from models.store import Store
from models.template_places import Node
from tests.keyboard import ALT, CTRL, SHIFT, compose, focused, key, keys
from tests.ui.main_window import dialog_of, window_of
from tests.ui.showing import activate
from tests.ui.template_files import ID, templates_dialog
from tests.ui.waiting import wait_for
from ui.dialogs.templates import TemplatesDialog
from ui.main_window import MainWindow
from ui.template_editor.dialog import TemplateEditor
from ui.template_editor.preview import TemplatePreview


@pytest.fixture
def window(app: QApplication, store: Store, with_templates: Path) -> Iterator[MainWindow]:
    with window_of(store, with_templates, new_plan(template.get(ID), 2022)) as made:
        yield made


@pytest.fixture
def editor(window: MainWindow) -> Iterator[TemplateEditor]:
    dialog = templates_dialog(window)
    key(Qt.Key.Key_P, ALT)
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), TemplateEditor))
    made = dialog_of(window)
    assert isinstance(made, TemplateEditor)
    yield made
    if isValid(made) and made.isVisible():
        made.close()
    if isValid(dialog):
        dialog.close()


def test_a_new_version_is_made_by_keys_alone(editor: TemplateEditor, window: MainWindow) -> None:
    assert editor.editing.template.version == 2 and editor.outline.hasFocus()
    # Down to the first section below "review", then a new one behind it, named at once.
    for _step in range(3):
        key(Qt.Key.Key_Down)
    assert editor.outline.node() == Node("section", (0, 0))
    key(Qt.Key.Key_Insert)
    compose(["H", "HA", "HẠ"], "HẠ")
    keys(" TẦNG SỐ")
    section = editor.editing.template.sections[0].sections[1]
    assert (section.heading, section.key) == ("HẠ TẦNG SỐ", "review.ha-tang-so")
    item = editor.outline.currentItem()
    assert item is not None and item.text(0) == "HẠ TẦNG SỐ"
    key(Qt.Key.Key_Z, CTRL)
    assert editor.editing.template.sections[0].sections[1].heading == ""
    key(Qt.Key.Key_Z, CTRL)
    assert editor.editing.template.sections == template.get(ID).sections
    for _step in range(2):
        key(Qt.Key.Key_Y, CTRL)
    assert editor.editing.template.sections[0].sections[1].heading == "HẠ TẦNG SỐ"
    key(Qt.Key.Key_H, ALT)
    assert wait_for(lambda: template.newest(ID).version == 2)
    made = template.newest(ID)
    assert made.sections[0].sections[1].key == "review.ha-tang-so"
    assert not list((window.store.folder / "mau").glob("nhap-*"))


def test_sections_are_moved_and_nested_by_keys(editor: TemplateEditor) -> None:
    editor.outline.go(Node("section", (0, 1)))
    before = editor.editing.template.sections[0].sections
    key(Qt.Key.Key_Up, ALT)
    assert editor.editing.template.sections[0].sections[0] == before[1]
    assert editor.outline.node() == Node("section", (0, 0))
    key(Qt.Key.Key_Down, ALT)
    key(Qt.Key.Key_Right, ALT)
    assert editor.outline.node() == Node("section", (0, 0, 0))
    key(Qt.Key.Key_Left, ALT)
    assert editor.editing.template.sections[0].sections == before
    key(Qt.Key.Key_Delete)
    assert before[1] not in editor.editing.template.sections[0].sections
    key(Qt.Key.Key_Z, CTRL)
    assert editor.editing.template.sections[0].sections == before


def test_a_field_of_one_line_leaves_undo_to_the_template(editor: TemplateEditor) -> None:
    editor.form.go("addressee", -1)
    key(Qt.Key.Key_A, CTRL)
    keys("Sở Khoa học và Công nghệ")
    assert editor.editing.template.addressee == "Sở Khoa học và Công nghệ"
    key(Qt.Key.Key_Z, CTRL)
    assert editor.editing.template.addressee == template.get(ID).addressee
    assert focused().accessibleName() == "Nơi nhận báo cáo"


def test_rows_are_typed_added_and_moved_by_keys(editor: TemplateEditor) -> None:
    editor.outline.go(Node("sources"))
    assert editor.form.rows is not None
    editor.form.go("", 0)
    key(Qt.Key.Key_Insert)
    key(Qt.Key.Key_Return)
    keys("Quỹ đầu tư")
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: editor.editing.template.sources[1].label == "Quỹ đầu tư")
    key(Qt.Key.Key_Up, ALT)
    assert editor.editing.template.sources[0].label == "Quỹ đầu tư"
    editor.editing.check()
    assert [fault.text for fault in editor.editing.faults] == ["Nguồn vốn “Quỹ đầu tư”, Tên ngắn: chưa có tên ngắn."]
    key(Qt.Key.Key_F8)
    assert editor.form.rows.table.currentColumn() == 1
    key(Qt.Key.Key_Delete, CTRL)
    assert editor.editing.template.sources == template.get(ID).sources
    # What is being typed into a cell counts, however the editor is left.
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_A, CTRL)
    keys("Tên khác")
    editor.close()
    assert any(one.short == "Tên khác" for one in editor.draft.template.sources)


def test_faults_are_walked_through_and_hold_it_back(editor: TemplateEditor) -> None:
    editor.outline.go(Node("section", (0, 2)))
    editor.form.go("heading", -1)
    key(Qt.Key.Key_A, CTRL)
    key(Qt.Key.Key_Backspace)
    editor.editing.check()
    editor.outline.go(Node("general"))
    key(Qt.Key.Key_H, ALT)
    assert wait_for(lambda: "còn 1 chỗ phải sửa" in editor.messages.text())
    assert editor.outline.node() == Node("section", (0, 2)) and focused().accessibleName() == "Tên mục"
    keys("DỮ LIỆU")
    editor.editing.check()
    assert editor.faults.list.count() == 0
    key(Qt.Key.Key_F8, SHIFT)


def test_what_was_being_made_survives(editor: TemplateEditor, window: MainWindow, store: Store) -> None:
    """A crash is as a window that is gone: what was typed lies in the data folder."""
    editor.form.go("name", -1)
    key(Qt.Key.Key_End)
    keys(" (sửa đổi)")
    kept = window.store.folder / "mau"
    assert wait_for(lambda: any("(sửa đổi)" in path.read_text(encoding="utf-8") for path in kept.glob("nhap-*")))
    editor.close()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TemplatesDialog)
    first = dialog.list.topLevelItem(0)
    assert first is not None and first.text(0).endswith("(sửa đổi)") and first.text(2) == "Đang soạn"
    activate(dialog)
    key(Qt.Key.Key_Return)
    again = QApplication.activeModalWidget()
    assert isinstance(again, TemplateEditor) and again.editing.template.name.endswith("(sửa đổi)")
    again.close()
    activate(dialog)
    key(Qt.Key.Key_Home)
    key(Qt.Key.Key_B, ALT)
    assert wait_for(lambda: not list(kept.glob("nhap-*")))


def test_looking_changes_nothing_and_leaves_no_draft(editor: TemplateEditor, window: MainWindow) -> None:
    key(Qt.Key.Key_P, CTRL)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, TemplatePreview)
    outline = preview.outline.topLevelItem(0)
    assert outline is not None and outline.text(0).startswith("Phần I. ĐÁNH GIÁ KẾT QUẢ")
    assert wait_for(lambda: preview.view.document.pageCount() > 1, 60)
    key(Qt.Key.Key_Escape)
    editor.close()
    assert not list((window.store.folder / "mau").glob("nhap-*"))


def test_every_form_of_every_template_can_be_shown(editor: TemplateEditor) -> None:
    for held in templates.listed()[0]:
        editor.editing.change("Thử", held.template)
        editor.outline.load(Node("general"))
        for node in reversed(list(editor.outline._items)):
            editor.outline.go(node)
            assert editor.form.node == node
            assert all(field.widget.accessibleName() for field in editor.form.fields.values())
        assert editor.editing.template == held.template
