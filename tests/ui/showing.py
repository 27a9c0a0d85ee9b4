"""Widgets on the screen, with the focus of the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.pages.page import Page

#: The fixture ``shown``.
Show = Callable[[Page], None]


def activate(window: QWidget) -> None:
    """Show it, and wait until the keyboard is its own."""
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)


def show_page(page: Page) -> None:
    """A page in a window of its own, told of changes as in the main window."""
    page.document.changed.connect(page.on_change)
    page.document.evaluated.connect(page.on_evaluated)
    page.resize(1080, 620)
    activate(page)
