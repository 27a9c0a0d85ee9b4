"""Recovering a store that is found damaged while the window stands."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from models.errors import UserError
from models.store import Store

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def in_place(window: MainWindow, why: str) -> tuple[Store | None, str]:
    """Hide the window, close its store, have it recovered, and open it anew.

    Gives the store as it is then and what to say of it, nothing where the user would rather recover it later; no store
    where it cannot be opened any more.
    """
    from ui.dialogs import damaged

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    # For a moment there is no window at all.
    app.setQuitOnLastWindowClosed(False)
    try:
        with contextlib.suppress(UserError):
            window.leave_plan()
        window.hide()
        folder = window.store.folder
        window.store.close()
        try:
            told = damaged.recover(folder, why, in_window=True) or ""
        except UserError as error:
            told = str(error)
        try:
            return Store(folder), told
        except UserError as error:
            return None, str(error)
    finally:
        app.setQuitOnLastWindowClosed(True)
