"""Pictures of what an office begins with, and of what is read: files taken in, last year, the catalogue, templates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenshots import Sitting

_WRONG = (
    "Kinh phí dự kiến 250.000.000 đồng (Bằng chữ: Hai trăm năm lăm triệu đồng), thực hiện trong giai đoạn 2027-2026.\n"
    "- Đơn vị có 97 tài khoản thư điện tử, 29 tài khoản đã dừng, 66 tài khoản đang sử dụng."
)


def catalogue(sitting: Sitting, _folder: Path) -> None:
    """The catalogue of legal documents, searched without diacritics."""
    from PySide6.QtCore import Qt

    sitting.open("mau", "bases")
    sitting.window.actions_by_name["catalogue"].trigger()
    sitting.type("an toan thong tin")
    sitting.settle(0.5)
    sitting.press(Qt.Key.Key_Down)
    sitting.shoot("hop-thoai-danh-muc")
    _close(sitting)


def next_year(sitting: Sitting, _folder: Path) -> None:
    """Next year's plan from that of a district; then a text of it that has not been read again."""
    from ui.dialogs.next_year import NextYearDialog

    sitting.open("004", "general")
    sitting.window.actions_by_name["next_year"].trigger()
    dialog = sitting.app.activeModalWidget()
    assert isinstance(dialog, NextYearDialog)
    sitting.settle(1.5)
    sitting.shoot("hop-thoai-nam-truoc")
    dialog.accept()
    sitting.wait_for(lambda: sitting.app.activeModalWidget() is None)
    sitting.settle(1)
    workspace = sitting.window.workspace
    assert workspace is not None
    workspace.document.check_again()
    workspace.next_unread()
    sitting.window.messages.hide()
    sitting.shoot("doc-lai")


def import_wizard(sitting: Sitting, folder: Path) -> None:
    """The wizard over a workbook of groups, sources and merged notes."""
    from models.imports import office
    from models.plan import find_table
    from tests.offices import guises, workbooks
    from ui import importing

    table = find_table(sitting.plans["004"], "tasks")
    assert table is not None
    guise = guises.GUISES[4, "tasks", "phân kỳ năm, số"]
    path = workbooks.save(folder / "Biểu nhiệm vụ 2021-2025.xlsx", (table, guise))
    sitting.open("mau", "table:tasks")
    importing.show_all(sitting.window, [office.read(path)])
    sitting.settle(1.5)
    sitting.shoot("hop-thoai-nhap")
    _close(sitting)


def templates(sitting: Sitting, folder: Path) -> None:
    """The templates at hand, and the editor in which a new version is made."""
    from models import template, template_drafts, template_edit
    from ui.template_editor.dialog import TemplateEditor

    sitting.open("mau", "general")
    sitting.window.actions_by_name["templates"].trigger()
    sitting.settle(0.5)
    sitting.shoot("hop-thoai-mau")
    _close(sitting)
    newest = template.newest("chuyen-doi-so-2027")
    made = template_edit.next_version(newest, template.versions(newest.id))
    draft = template_drafts.Draft(made, template_drafts.new_path(folder))
    editor = TemplateEditor(sitting.window, draft, folder, True)
    editor.open()
    sitting.settle(1)
    sitting.shoot("soan-mau")
    editor.close()
    sitting.settle(0.3)
    sitting.window.activateWindow()


def reading(sitting: Sitting, _folder: Path) -> None:
    """What the reader underlines in a text, and a finding that is being set aside."""
    from models.plan import find_section
    from ui import finding_work

    page = sitting.open("mau", "section:plan.targets")
    workspace = sitting.window.workspace
    assert workspace is not None
    section = find_section(workspace.document.plan, "plan.targets")
    assert section is not None
    workspace.document.set(section, "text", _WRONG, "Sửa nội dung mục")
    workspace.document.check_again()
    page.load()
    page.on_evaluated()
    sitting.shoot("loi-trong-loi-van")
    finding_work.set_aside_here(workspace)
    sitting.type("Da doi chieu voi ban goc")
    sitting.shoot("bo-qua")
    workspace.document.undo()


def _close(sitting: Sitting) -> None:
    dialog = sitting.app.activeModalWidget()
    assert dialog is not None
    dialog.close()
    sitting.settle(0.3)
    sitting.window.activateWindow()


#: The pictures by name, each with what takes it.
PICTURES: dict[str, Callable[[Sitting, Path], None]] = {
    "hop-thoai-danh-muc": catalogue,
    "hop-thoai-nam-truoc": next_year,
    "doc-lai": next_year,
    "hop-thoai-nhap": import_wizard,
    "hop-thoai-mau": templates,
    "soan-mau": templates,
    "loi-trong-loi-van": reading,
    "bo-qua": reading,
}
