"""The open plan on the screen: outline, the current page, and the findings of that page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from models.plan import Section, Table, walk_sections
from models.settings import Settings
from models.store import Change
from ui.document import Document, Place
from ui.outline import Outline, page_key
from ui.pages.page import Page
from ui.widgets.findings_card import FindingsCard

if TYPE_CHECKING:
    from models.checks import Finding


class Workspace(QWidget):
    """Pages are made when they are first gone to."""

    notice = Signal(str, str)
    place_changed = Signal()

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__()
        self.document = document
        self._settings = settings
        self._pages: dict[str | int, Page] = {}
        self._place: Place = "general"
        self._stale: set[str | int] = set()
        self.outline = Outline(document)
        self._stack = QStackedWidget()
        self._card = FindingsCard(document)
        self._card.go.connect(self.go_to_finding)
        self._card.all_requested.connect(lambda: self.show_place("findings"))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._card)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.outline)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        width = 13 * self.fontMetrics().height() + 40
        splitter.setSizes([width, 1366 - width])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        document.changed.connect(self._on_change)
        document.evaluated.connect(self._on_evaluated)
        self.outline.chosen.connect(self._show)
        self.show_place(self._remembered() or "general")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page.enter()

    # ---- places

    @property
    def place(self) -> Place:
        return self._place

    @property
    def page(self) -> Page:
        return self._page(self._place)

    def show_place(self, place: Place) -> None:
        """Go to a place of the plan."""
        if not self.outline.show_place(place):
            self.outline.show_place("general")

    def step(self, by: int) -> None:
        """Go to the next (+1) or the previous (-1) place."""
        places = self.outline.places()
        keys = [page_key(place) for place in places]
        here = keys.index(page_key(self._place)) if page_key(self._place) in keys else 0
        self.show_place(places[(here + by) % len(places)])
        self.page.enter()

    def _show(self, place: Place) -> None:
        if page_key(place) in self._pages or page_key(place) != page_key(self._place):
            old = self._pages.get(page_key(self._place))
            if old is not None and old.isVisible():
                old.save()
        self._place = place
        page = self._page(place)
        if page_key(place) in self._stale:
            self._stale.discard(page_key(place))
            page.load()
        self._stack.setCurrentWidget(page)
        self._card.show_place(place)
        self.place_changed.emit()

    def _page(self, place: Place) -> Page:
        key = page_key(place)
        if key not in self._pages:
            page = self._make(place)
            page.notice.connect(self.notice)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def _make(self, place: Place) -> Page:
        """The page of a place; each is loaded only when it is needed, which keeps the start short."""
        if isinstance(place, Table):
            from ui.pages.table import TablePage

            return TablePage(self.document, place)
        if isinstance(place, Section):
            from ui.pages.section import SectionPage

            return SectionPage(self.document, place)
        if place == "bases":
            from ui.pages.bases import BasesPage

            return BasesPage(self.document)
        if place == "findings":
            from ui.pages.findings import FindingsPage

            found = FindingsPage(self.document)
            found.go.connect(self.go_to_finding)
            return found
        if place == "export":
            from ui.pages.export import ExportPage

            export = ExportPage(self.document, self._settings)
            export.findings_requested.connect(lambda: self.show_place("findings"))
            return export
        from ui.pages.general import GeneralPage

        return GeneralPage(self.document)

    def show_preview(self) -> None:
        """The printed pages, in place of the current page; going anywhere in the outline comes back."""
        if "preview" not in self._pages:
            from ui.pages.preview import PreviewPage

            page = PreviewPage(self.document)
            page.notice.connect(self.notice)
            self._pages["preview"] = page
            self._stack.addWidget(page)
        self.outline.clearSelection()
        self._show("preview")

    # ---- findings

    def go_to_finding(self, finding: Finding) -> None:
        """Put the cursor into the very field of a finding."""
        self.show_place(self.document.place_of(finding))
        self.page.go_to(finding.part, finding.field)

    def next_finding(self, step: int) -> None:
        """Walk through the findings, from the page that is shown."""
        found = self.document.findings
        if not found:
            return
        order = {page_key(place): number for number, place in enumerate(self.outline.places())}
        ordered = sorted(found, key=lambda one: order.get(page_key(self.document.place_of(one)), 0))
        last = getattr(self, "_last_finding", None)
        keys = [(one.rule, id(one.part), one.field) for one in ordered]
        if last in keys:
            index = (keys.index(last) + step) % len(ordered)
        else:
            here = order.get(page_key(self._place), 0)
            later = (n for n, one in enumerate(ordered) if order.get(page_key(self.document.place_of(one)), 0) >= here)
            index = next(later, 0)
        self._last_finding = keys[index]
        self.go_to_finding(ordered[index])
        if not isinstance(self._place, Table):
            self.notice.emit(ordered[index].message, ordered[index].severity)

    # ---- following the plan

    def _on_change(self, change: Change) -> None:
        structure = (
            any(isinstance(part, Section | Table) for part in change.parts) or self.document.plan in change.parts
        )
        if structure or self.document.plan in change.owners:
            self._drop_gone()
            self.outline.load()
        current = page_key(self._place)
        for key, page in list(self._pages.items()):
            if key == current:
                page.on_change(change)
            else:
                self._stale.add(key)

    def _drop_gone(self) -> None:
        """Let go of the pages of sections and tables that are no more."""
        plan = self.document.plan
        there = {id(table) for table in plan.tables} | {id(section) for section in walk_sections(plan.sections)}
        for key in [key for key in self._pages if isinstance(key, int) and key not in there]:
            page = self._pages.pop(key)
            self._stack.removeWidget(page)
            page.deleteLater()

    def _on_evaluated(self) -> None:
        self.outline.refresh()
        self._card.show_place(self._place)
        for key, page in self._pages.items():
            if key == page_key(self._place):
                page.on_evaluated()

    # ---- leaving and coming back

    def save(self) -> None:
        """Write what is typed but not yet written, and remember the place."""
        self.page.save()
        place = self._place
        name = place if isinstance(place, str) else f"{'table' if isinstance(place, Table) else 'section'}:{place.key}"
        places = dict(self._settings.get("places", {}))
        places[self.document.plan.id] = name
        self._settings.set("places", places)

    def _remembered(self) -> Place | None:
        name = self._settings.get("places", {}).get(self.document.plan.id, "")
        kind, _colon, key = str(name).partition(":")
        plan = self.document.plan
        if kind == "table":
            return next((table for table in plan.tables if table.key == key), None)
        if kind == "section":
            return next((section for section in walk_sections(plan.sections) if section.key == key), None)
        return kind or None
