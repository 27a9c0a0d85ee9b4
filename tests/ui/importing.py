"""The import wizard over the main window, used with keys, and files as offices make them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox

from models.plan import find_table
from tests.keyboard import focused
from tests.offices.guises import GUISES
from tests.offices.workbooks import save
from tests.plans import fixture_plan
from tests.ui.waiting import wait_for
from ui.dialogs.import_file import ImportDialog
from ui.main_window import MainWindow


def workbook_of(path: Path, number: int, key: str, name: str = "", hidden: bool = False) -> Path:
    """A table of a real plan as an office makes it: the first guise there is, or the one of that name."""
    guise = next(one for (n, k, called), one in GUISES.items() if (n, k) == (number, key) and name in (called, ""))
    table = find_table(fixture_plan(number), key)
    assert table is not None
    return save(path, (table, guise), hidden=hidden)


def wizard_of(window: MainWindow) -> ImportDialog:
    """The wizard over the window, once it has understood the file and has the focus."""
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog)), window.messages.text()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    settle(dialog)
    assert wait_for(lambda: dialog.isAncestorOf(focused()))
    return dialog


def settle(dialog: ImportDialog) -> None:
    """Wait until all that was put right is understood."""
    assert wait_for(lambda: not dialog.work.is_busy and bool(dialog.work.choices or dialog.foot.said.text()))


def box_at_focus() -> QComboBox:
    box = focused()
    assert isinstance(box, QComboBox)
    return box
