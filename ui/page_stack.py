"""The pages of the open plan: made when they are first gone to, brought up to date when they are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from models.plan import walk_sections
from models.store import Change
from ui.document import Document, Place
from ui.outline import page_key
from ui.pages.page import Page


class PageStack(QStackedWidget):
    """One page for each place; each gives way to what stands over and under it, and can be scrolled where it must."""

    def __init__(self, document: Document, make: Callable[[Place], Page]) -> None:
        super().__init__()
        self.document, self._make = document, make
        self._pages: dict[str | int, Page] = {}
        self._stale: set[str | int] = set()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def hasHeightForWidth(self) -> bool:
        return False

    def made(self, place: Place) -> Page | None:
        """The page of a place, if there is one already."""
        return self._pages.get(page_key(place))

    def page(self, place: Place) -> Page:
        """The page of a place."""
        key = page_key(place)
        if key not in self._pages:
            self._pages[key] = self._make(place)
            self.addWidget(self._pages[key])
        return self._pages[key]

    def show_page(self, place: Place) -> None:
        """Show the page of a place, as the plan is now."""
        page = self.page(place)
        if page_key(place) in self._stale:
            self._stale.discard(page_key(place))
            page.load()
        self.setCurrentWidget(page)

    def on_change(self, change: Change, place: Place) -> None:
        """Tell the page of ``place``, which is shown, of an edit; the others see it when they are shown."""
        for key, page in list(self._pages.items()):
            if key == page_key(place):
                page.on_change(change)
            else:
                self._stale.add(key)

    def drop_gone(self) -> None:
        """Let go of the pages of sections and tables that are no more."""
        plan = self.document.plan
        there = {id(table) for table in plan.tables} | {id(section) for section in walk_sections(plan.sections)}
        for key in [key for key in self._pages if isinstance(key, int) and key not in there]:
            page = self._pages.pop(key)
            self._stale.discard(key)
            self.removeWidget(page)
            page.deleteLater()
