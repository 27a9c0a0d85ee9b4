"""The workbook to be filled in goes out by the menu, and comes back by opening it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from tests.ui.main_window import workspace_of
from tests.ui.waiting import wait_for
from ui import fill_in, opening
from ui.main_window import MainWindow


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What is chosen in the dialog: a name without its ending."""
    path = tmp_path / "Biểu của Sở"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))
    return path


def told(window: MainWindow, words: str) -> bool:
    return wait_for(lambda: words in window.messages.text())


def test_out_by_the_menu_and_back(window: MainWindow, choose: Path) -> None:
    written = choose.with_name("Biểu của Sở.xlsx")
    task = workspace_of(window).document.plan.tables[0].rows[0].task
    window.actions_by_name["fill_in"].trigger()
    assert told(window, f"Đã ghi biểu để điền vào “{written}”")

    book = openpyxl.load_workbook(written)
    next(cell for row in book["Phụ lục"].iter_rows() for cell in row if cell.value == task).value = "Việc đã sửa"
    book.save(written)
    opening.take_in(window, [written])
    assert told(window, "Đã nhập 1 kế hoạch")
    document = workspace_of(window).document
    assert document.plan.tables[0].rows[0].task == "Việc đã sửa"
    document.undo()
    assert document.plan.tables[0].rows[0].task == task


def test_a_name_without_ending_replaces_nothing(window: MainWindow, choose: Path) -> None:
    path = choose.with_name("Biểu của Sở.xlsx")
    path.write_bytes(b"x")
    fill_in.export(window)
    assert told(window, "Đã có tệp") and path.read_bytes() == b"x"


def test_a_place_that_cannot_be_written(window: MainWindow, choose: Path) -> None:
    fill_in.write(window, choose / "không có" / "biểu.xlsx")
    assert told(window, "Không ghi được vào thư mục")
    assert not list(choose.parent.glob("*.xlsx"))


def test_only_of_an_open_plan(window: MainWindow) -> None:
    assert window.actions_by_name["fill_in"].isEnabled()
    window.show_list()
    assert not window.actions_by_name["fill_in"].isEnabled()
