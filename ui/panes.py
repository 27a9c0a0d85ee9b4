"""From pane to pane of the window by one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.pages.page import Page, focus_first


def enter_pane(panes: Sequence[QWidget], by: int, pages: QWidget, page: Page) -> None:
    """Put the cursor into the pane after (+1) or before (-1) the one that it is in, past those that take none.

    In the pane ``pages`` it goes to where it was on ``page``.
    """
    focus = QApplication.focusWidget()
    here = next((pane for pane in panes if focus is not None and (pane is focus or pane.isAncestorOf(focus))), pages)
    at = panes.index(here)
    for step in range(1, len(panes)):
        pane = panes[(at + by * step) % len(panes)]
        if pane is pages:
            last = page.focusWidget()
            if last is not None and last is not page and last.isVisibleTo(page):
                last.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                page.enter()
            return
        if focus_first(pane):
            return
