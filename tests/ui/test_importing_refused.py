"""What cannot be read is said plainly in the window and on the command line, and nothing is half taken in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QApplication

from models.store import Store
from tests.ui.main_window import window_of
from tests.ui.program import Program
from tests.ui.test_importing import TWO, simple
from tests.ui.waiting import wait_for
from ui import importing
from ui.dialogs.import_file import ImportDialog
from ui.main_window import MainWindow

TEMPLATE = ("--template", "chinh-quyen-so-2022")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def plans(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    with window_of(store, folder) as window:
        yield window


def bad_file(folder: Path, kind: str) -> Path:
    """A file of that kind."""
    path = folder / f"tệp {kind}"
    if kind == "mật khẩu.xlsx":
        path.write_bytes(_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    elif kind.endswith((".xls", ".doc")):
        stream = "Workbook" if kind.endswith(".xls") else "WordDocument"
        path.write_bytes(_OLE + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600)
    elif kind == "cắt cụt.xlsx":
        whole = simple(folder / "a.xlsx", TWO).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif kind == "cắt cụt.docx":
        docx.Document().save(str(path))
        path.write_bytes(path.read_bytes()[:2000])
    elif kind == "rỗng.xlsx":
        path.write_bytes(b"")
    elif kind == "trắng.xlsx":
        Workbook().save(path)
    elif kind == "trắng.docx":
        docx.Document().save(str(path))
    else:
        raise AssertionError(kind)
    return path


BAD = {
    "mật khẩu.xlsx": "mật khẩu", "cũ.xls": ".xlsx", "cũ.doc": ".docx", "cắt cụt.xlsx": "", "cắt cụt.docx": "",
    "rỗng.xlsx": "trống", "trắng.xlsx": "", "trắng.docx": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_in_the_window_it_is_a_line(plans: MainWindow, tmp_path: Path, store: Store, kind: str) -> None:
    importing.begin(plans, [bad_file(tmp_path, kind)])
    assert wait_for(lambda: plans.messages.property("kind") == "error", 10), plans.messages.text()
    said = plans.messages.text()
    assert kind in said and BAD[kind] in said and said.endswith((".", "!"))
    assert QApplication.activeModalWidget() is None
    assert store.summaries(lambda _plan: (0, 0, 0)) == []


@pytest.mark.parametrize("kind", BAD)
def test_on_the_command_line_it_is_a_sentence(here: Program, tmp_path: Path, kind: str) -> None:
    found = here("import", bad_file(tmp_path, kind), *TEMPLATE)
    assert found.code == 2 and found.out == "" and found.err.count("\n") == 1
    assert kind in found.err and BAD[kind] in found.err
    assert here("list", "--json").json == []


def test_a_table_of_something_else(plans: MainWindow, here: Program, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Họ và tên", "Ngày sinh", "Điện thoại"], ["Nguyễn Văn A", "1/1/1980", "0900"], ["B", "2", "3"]):
        sheet.append(row)
    book.save(tmp_path / "danh bạ.xlsx")
    found = here("import", tmp_path / "danh bạ.xlsx", *TEMPLATE)
    assert found.code == 2 and "không có bảng nhiệm vụ hay danh mục nào" in found.err
    importing.begin(plans, [tmp_path / "danh bạ.xlsx"])
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    assert wait_for(lambda: bool(dialog.work.choices) and not dialog.work.is_busy)
    assert not dialog.foot.button.isEnabled() and "Chưa chọn bảng nào" in dialog.foot.said.text()
    assert "Không phải bảng nhiệm vụ" in dialog.list.item(0).toolTip()
    dialog.reject()


def test_formulas_that_nobody_has_worked_out_are_told(here: Program, tmp_path: Path) -> None:
    found = here("import", simple(tmp_path / "a.xlsx", [*TWO, [3, "Việc", "", "", "=E4+E5", ""]]), *TEMPLATE)
    assert found.code == 0 and "dòng 6" in found.err and "Công thức" in found.err


def test_merged_everywhere_and_hidden_sheets(plans: MainWindow, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(simple(tmp_path / "a.xlsx", [[n, f"Việc {n}", "A", "2022", n, ""] for n in range(1, 60)]))
    sheet = book.worksheets[0]
    for row in range(4, 62, 2):
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=3, end_column=4)
    book.copy_worksheet(sheet).sheet_state = "hidden"
    book.save(tmp_path / "b.xlsx")
    importing.begin(plans, [tmp_path / "b.xlsx"])
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    assert wait_for(lambda: bool(dialog.work.choices) and not dialog.work.is_busy)
    assert [one.is_taken for one in dialog.work.choices] == [True, False]
    assert dialog.picture.rowSpan(3, 2) == 2 and dialog.picture.columnSpan(3, 2) == 2
    dialog.reject()
