"""The real main window offscreen, for tests of what is reached from anywhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from models.plan import Plan
from models.settings import Settings
from models.store import Store
from tests.keyboard import focused
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui.main_window import MainWindow
from ui.workspace import Workspace


@contextmanager
def window_of(store: Store, folder: Path, plan: Plan | None = None) -> Iterator[MainWindow]:
    """The main window, active, with ``plan`` open and its findings worked out; else the list of plans."""
    window = MainWindow(store, Settings(folder, reading=store.is_reading))
    if plan is not None:
        if not store.has(plan.id):
            store.add(plan)
        assert window.open_plan(plan.id)
        workspace_of(window).document.check_again()
    else:
        window.show_list()
    activate(window)
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def workspace_of(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def dialog_of(window: MainWindow) -> QWidget:
    """The dialog over the window, once it has the focus."""
    dialog = QApplication.activeModalWidget()
    assert dialog is not None and wait_for(lambda: dialog.isAncestorOf(focused()))
    return dialog
