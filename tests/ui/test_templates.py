"""Templates in the window: taken in, listed, given out, and a plan moved to a newer one, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from models import template, templates
from models.create import new_plan
from models.plan import find_section
from models.store import Store
from tests.keyboard import ALT, CTRL, key, keys
from tests.ui.main_window import dialog_of, window_of, workspace_of
from tests.ui.program import Program
from tests.ui.showing import activate
from tests.ui.template_files import ID, WHOLE, newer, templates_dialog
from tests.ui.waiting import wait_for
from ui import opening, taking_templates
from ui.dialogs.moving import MovingDialog
from ui.dialogs.take_template import TakeTemplateDialog
from ui.dialogs.templates import TemplatesDialog
from ui.dropping import Dropping
from ui.main_window import MainWindow
from ui.pages.general import GeneralPage


@pytest.fixture
def window(app: QApplication, store: Store, with_templates: Path) -> Iterator[MainWindow]:
    with window_of(store, with_templates, new_plan(template.get(ID), 2022)) as made:
        yield made


def button(dialog: object, text: str) -> QPushButton:
    assert isinstance(dialog, TemplatesDialog | TakeTemplateDialog | MovingDialog)
    return next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == text)


# ---- taking in


def test_a_template_is_taken_in_as_any_file_is_opened(window: MainWindow, tmp_path: Path) -> None:
    path = newer(tmp_path)
    opening.take_in(window, [path])
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), TakeTemplateDialog))
    dialog = dialog_of(window)
    assert isinstance(dialog, TakeTemplateDialog)
    digest = templates.digest_of(path.read_bytes())
    keys(templates.grouped(digest)[:19])
    assert "Trùng khớp" in dialog.said.text()
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: template.newest(ID).version == 2)
    assert "Đã nhận mẫu" in window.messages.text() and "phiên bản 2" in window.messages.text()
    page = workspace_of(window).page
    assert isinstance(page, GeneralPage)
    assert "(phiên bản 1). Đã có phiên bản 2." in page.template_line.text.text()


def test_a_code_that_is_not_the_files_holds_it_back(window: MainWindow, tmp_path: Path) -> None:
    opening.take_in(window, [newer(tmp_path)])
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), TakeTemplateDialog))
    dialog = dialog_of(window)
    assert isinstance(dialog, TakeTemplateDialog)
    keys("ffff 0000")
    assert "Không trùng" in dialog.said.text()
    key(Qt.Key.Key_Return)
    assert dialog.isVisible() and template.newest(ID).version == 1
    key(Qt.Key.Key_Escape)
    assert not (window.store.folder / "mau").exists()


def test_what_is_no_template_is_told_in_the_line(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "hỏng.toml").write_text("id = ", encoding="utf-8")
    opening.take_in(window, [tmp_path / "hỏng.toml"])
    assert wait_for(lambda: "hỏng.toml" in window.messages.text())
    assert QApplication.activeModalWidget() is None


def test_one_that_is_here_already_is_only_told(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(WHOLE, encoding="utf-8")
    opening.take_in(window, [path])
    assert wait_for(lambda: "đã có trên máy này" in window.messages.text())


def test_files_can_be_dropped_on_the_window(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(newer(tmp_path)))])
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    dropping = window.findChild(Dropping)
    assert dropping is not None
    # Offscreen nothing is dragged over the window before.
    assert dropping.eventFilter(window, QDropEvent(QPointF(300, 90), copy, data, left, none))
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), TakeTemplateDialog))
    key(Qt.Key.Key_Escape)


def test_a_broken_file_in_the_folder_is_told_once_and_stops_nothing(window: MainWindow) -> None:
    folder = window.store.folder / "mau"
    folder.mkdir()
    (folder / f"{ID}_2.toml").write_text("id = ", encoding="utf-8")
    taking_templates.tell_broken(window)
    assert f"“{ID}_2.toml” có lỗi" in window.messages.text() and "nhận lại" in window.messages.text()
    assert template.newest(ID).version == 1


# ---- moving a plan


def moving_dialog(window: MainWindow) -> MovingDialog:
    window.actions_by_name["move_template"].trigger()
    dialog = dialog_of(window)
    assert isinstance(dialog, MovingDialog)
    assert wait_for(lambda: button(dialog, "Chuyển sang mẫu này").isEnabled())
    return dialog


def test_a_plan_is_moved_in_one_step_that_can_be_undone(window: MainWindow, tmp_path: Path) -> None:
    templates.take_in(templates.examine(newer(tmp_path)), window.store.folder)
    plan_id = workspace_of(window).document.plan.id
    dialog = moving_dialog(window)
    lines = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert "→ Mục “MÔI TRƯỜNG PHÁP LÝ” đổi tên thành “THỂ CHẾ”." in lines
    assert any("tối thiểu 15%" in line for line in lines)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: workspace_of(window).document.template.version == 2)
    assert wait_for(lambda: "2 thay đổi" in window.messages.text())
    document = workspace_of(window).document
    section = find_section(document.plan, "review.legal")
    assert section is not None and section.heading == "THỂ CHẾ"
    assert document.plan.id == plan_id and document.undo_label() == "Chuyển sang mẫu khác"
    activate(window)
    key(Qt.Key.Key_Z, CTRL)
    assert wait_for(lambda: workspace_of(window).document.template.version == 1)
    assert wait_for(lambda: workspace_of(window).document is not document and QApplication.focusWidget() is not None)
    section = find_section(workspace_of(window).document.plan, "review.legal")
    assert section is not None and section.heading == "MÔI TRƯỜNG PHÁP LÝ"
    key(Qt.Key.Key_Y, CTRL)
    assert wait_for(lambda: workspace_of(window).document.template.version == 2)


def test_the_pages_are_those_of_the_new_template(window: MainWindow) -> None:
    dialog = moving_dialog(window)
    names = [dialog.choice.itemText(at) for at in range(dialog.choice.count())]
    dialog.choice.setCurrentIndex(next(at for at, name in enumerate(names) if "2027" in name))
    assert wait_for(lambda: button(dialog, "Chuyển sang mẫu này").isEnabled())
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: workspace_of(window).document.template.id == "chuyen-doi-so-2027")

    def is_shown() -> bool:
        page = workspace_of(window).page
        return isinstance(page, GeneralPage) and "2027" in page.template_line.text.text()

    assert wait_for(is_shown)


# ---- the list


def test_the_list_shows_versions_and_what_uses_them(window: MainWindow, tmp_path: Path) -> None:
    templates.take_in(templates.examine(newer(tmp_path)), window.store.folder)
    dialog = templates_dialog(window)
    items = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    rows = [[item.text(column) for column in range(4)] for item in items if item is not None]
    name = template.get(ID).name
    assert [name, "2", "Đã nhận", "–"] in rows and [name, "1", "Kèm chương trình", "1"] in rows
    chosen = dialog.list.chosen()
    assert isinstance(chosen, templates.Held) and chosen.key == (ID, 1)
    assert not dialog.remove.isVisible()
    key(Qt.Key.Key_Up)
    assert dialog.remove.isVisible()
    key(Qt.Key.Key_G, ALT)
    assert wait_for(lambda: "Đã gỡ mẫu" in dialog.messages.text())
    assert template.newest(ID).version == 1
    next(one for one in dialog.messages.findChildren(QPushButton) if one.text() == "Lấy lại").click()
    assert template.newest(ID).version == 2
    key(Qt.Key.Key_Escape)


def test_a_template_is_given_out_byte_for_byte(window: MainWindow, tmp_path: Path) -> None:
    dialog = templates_dialog(window)
    held = templates.held(ID, 1)
    assert held is not None
    dialog.give_out(held, tmp_path / "Mẫu gửi các đơn vị")
    assert (tmp_path / "Mẫu gửi các đơn vị.toml").read_bytes() == held.path.read_bytes()
    assert "Đã xuất" in dialog.messages.text()
    dialog.give_out(held, tmp_path / "không có" / "x.toml")
    assert dialog.messages.property("kind") == "error"
    key(Qt.Key.Key_Escape)


# ---- the command line


def test_import_takes_templates_and_the_plans_that_need_them(program: Program, tmp_path: Path, folder: Path) -> None:
    path = newer(tmp_path)
    found = program("--data", folder, "import", path)
    assert (found.code, found.err) == (0, "")
    assert found.lines == [f"{ID} 2 {templates.digest_of(path.read_bytes())}"]
    again = program("--data", folder, "import", path)
    assert (again.code, again.lines) == (0, found.lines)


def test_import_takes_all_or_nothing(program: Program, tmp_path: Path, folder: Path) -> None:
    broken = tmp_path / "hỏng.json"
    broken.write_text("{", encoding="utf-8")
    found = program("--data", folder, "import", newer(tmp_path), broken)
    assert found.code == 2 and found.out == "" and "hỏng.json" in found.err
    assert not list((folder / "mau").glob("*"))
    other = tmp_path / "khác.toml"
    other.write_text(WHOLE.replace('"10%"', '"20%"', 1), encoding="utf-8")
    found = program("--data", folder, "import", newer(tmp_path), other)
    assert found.code == 2 and "nội dung khác" in found.err
    assert not list((folder / "mau").glob("*"))
