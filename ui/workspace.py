"""The open plan on the screen: outline, the current page, and the findings of that page; and going about in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from models.plan import Part, Section, Table
from models.settings import Settings
from models.store import Change
from ui.document import Document, Place
from ui.finding_walk import Walk
from ui.navigation import Spot, Trail, from_settings, place_name, place_of_name, to_settings
from ui.new_page import new_page
from ui.outline import Outline, page_key
from ui.page_stack import PageStack
from ui.pages.page import Page
from ui.panes import enter_pane
from ui.widgets.findings_card import FindingsCard
from ui.widgets.unread import UnreadBanner

if TYPE_CHECKING:
    from models.checks import Finding
    from models.search import Hit
    from ui.preview_pane import PreviewPane
    from ui.widgets.find_bar import FindBar


class Workspace(QWidget):
    """Leads from place to place; what is shown of each is its page."""

    notice = Signal(str, str)
    place_changed = Signal()
    #: What is said of the cells selected in a table; empty where it is nothing.
    selection_told = Signal(str)
    print_asked = Signal()

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__()
        self.document = document
        self.settings = settings
        self._place: Place = "general"
        self._trail = Trail()
        #: Which finding was gone to last, and where the cursor stood there (``ui.finding_work``).
        self.walk = Walk()
        self._is_back = False
        #: Where the cursor was put last; while it stands there, going on is no new step to go back to.
        self._landed: Spot | None = None
        self._find: FindBar | None = None
        #: What was unsure of the last import into this plan (``ui.importing``).
        self.import_doubts: list[Any] = []
        self.outline = Outline(document)
        #: Over a page that came from last year's plan and has not been read.
        self.unread_banner = UnreadBanner(document)
        self._stack = PageStack(document, lambda place: new_page(place, self))
        self.card = FindingsCard(document)
        self.card.go.connect(self.go_to_finding)
        self.card.all_requested.connect(lambda: self.show_place("findings"))
        right = QWidget()
        self._column = QVBoxLayout(right)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.unread_banner)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self.card)
        #: The preview beside the page; made when it is first asked for.
        self.beside: PreviewPane | None = None
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
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
        self.unread_banner.next_asked.connect(self.next_unread)
        self.outline.chosen.connect(self._show)
        self.outline.entered.connect(lambda: self.page.enter())
        kept = self.settings.get("places", {})
        self._first = from_settings(document.plan, kept.get(document.plan.id) if isinstance(kept, dict) else None)
        self.show_place(self._first.place if self._first else "general")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first, self._first = self._first, None
        if first is not None and first.part is not None and first.place == self._place:
            self.page.go_to(first.part, first.field)
        else:
            self.page.enter()

    # ---- places

    @property
    def place(self) -> Place:
        return self._place

    @property
    def page(self) -> Page:
        return self._stack.page(self._place)

    def show_place(self, place: Place) -> None:
        """Go to a place of the plan."""
        if not self.outline.show_place(place):
            self.outline.show_place("general")

    def enter_place(self, place: Place) -> None:
        """Go to a place of the plan, and put the cursor where work on it begins."""
        self.show_place(place)
        self.page.enter()

    def step(self, by: int) -> None:
        """Go to the next (+1) or the previous (-1) place."""
        places = self.outline.places()
        keys = [page_key(place) for place in places]
        here = keys.index(page_key(self._place)) if page_key(self._place) in keys else 0
        self.enter_place(places[(here + by) % len(places)])

    def here(self) -> Spot:
        """Where one is, with the part and the field of the cursor."""
        return Spot(self._place, *(self.page.here() or (None, "")))

    def go_to(self, place: Place, part: Part, field: str) -> None:
        """Put the cursor into a field of a place; where it was is kept, to go back to."""
        if page_key(place) == page_key(self._place) and (here := self.here()) != self._landed:
            self._trail.leave(here)
            self._trail.arrive(Spot(place, part, field))
        self.show_place(place)
        self.page.go_to(part, field)
        self._landed = self.here()

    def can_go_back(self, by: int) -> bool:
        """Whether there is a place to go back (-1) or forward (+1) to."""
        return self._trail.can_step(by)

    def go_back(self, by: int) -> None:
        """Go back (-1) or forward (+1) over the places visited, the cursor to where it was there."""
        self._trail.leave(self.here())
        spot = self._trail.step(by, self.document.plan)
        if spot is None:
            return
        self._is_back = True
        try:
            if spot.place == "preview":
                self.show_preview()
            else:
                self.show_place(spot.place)
        finally:
            self._is_back = False
        if spot.part is not None:
            self.page.go_to(spot.part, spot.field)
        else:
            self.page.enter()
        self._landed = self.here()
        self.place_changed.emit()

    def next_pane(self, by: int, *others: QWidget) -> None:
        """Put the cursor into the next (+1) or previous (-1) pane: outline, page, what is under it, ``others``."""
        below = (self._column.itemAt(at) for at in range(self._column.count()))
        beside = () if self.beside is None else (self.beside.preview,)
        every = (self.outline, *(item.widget() for item in below if item is not None), *beside, *others)
        enter_pane([pane for pane in every if pane is not None and pane.isVisible()], by, self._stack, self.page)

    def add_below(self, pane: QWidget) -> None:
        """Put a pane under the page and its findings."""
        self._column.addWidget(pane)

    def _show(self, place: Place) -> None:
        is_other = page_key(place) != page_key(self._place)
        old = self._stack.made(self._place)
        if old is not None and is_other:
            if not self._is_back:
                self._trail.leave(self.here())
            if old.isVisible():
                old.save()
        self._place = place
        if not self._is_back and (is_other or old is None):
            self._trail.arrive(Spot(place))
            self._landed = None
        self._stack.show_page(place)
        self.card.show_place(place)
        self.unread_banner.show_place(place)
        self.place_changed.emit()

    def show_preview(self) -> None:
        """The printed pages, in place of the current page; going anywhere in the outline comes back."""
        if self._place != "preview":
            self._remember()
        self.outline.leave()
        self._show("preview")

    def toggle_preview(self) -> None:
        """Show the printed pages beside the form, or close them."""
        if self.beside is None:
            from ui.preview_pane import PreviewPane

            self.beside = PreviewPane(self, self._splitter)
        self.beside.toggle()

    # ---- findings

    def go_to_finding(self, finding: Finding) -> None:
        """Put the cursor into the very field of a finding."""
        self.go_to(self.document.place_of(finding), finding.part, finding.field)
        if show := getattr(self.page, "show_finding", None):
            show(finding)
        self.card.show_first(finding)

    def next_unread(self) -> None:
        """Go to the next place that came from last year's plan and has not been read."""
        from ui import unread

        unread.go_on(self)

    # ---- finding and replacing

    def find(self, replace: bool) -> None:  # type: ignore[override]
        """Open the bar for finding, or for replacing."""
        self._find_bar().open_bar(replace)

    def find_step(self, by: int) -> None:
        """Go to the next (+1) or the previous (-1) place found."""
        self._find_bar().step(by)

    def go_to_hit(self, hit: Hit) -> None:
        """Put the cursor into the field of a hit, with the match selected."""
        from ui.widgets.matching import select_match

        self.go_to(hit.place, hit.part, hit.field)
        select_match(QApplication.focusWidget(), hit)

    def _find_bar(self) -> FindBar:
        """The bar over the page; made when it is first asked for, which keeps the start short."""
        if self._find is None:
            from ui.widgets.find_bar import FindBar

            self._find = bar = FindBar(self.document, self.outline, self.here, lambda: self.page.save())
            bar.go.connect(self.go_to_hit)
            bar.closed.connect(lambda: self.page.enter())
            bar.notice.connect(self.notice)
            self.place_changed.connect(lambda: bar.show_place(self._place))
            self.addAction(bar.replace_actions[0])
            self._column.insertWidget(0, bar)
        return self._find

    # ---- following the plan

    def _on_change(self, change: Change) -> None:
        structure = (
            any(isinstance(part, Section | Table) for part in change.parts) or self.document.plan in change.parts
        )
        if structure or self.document.plan in change.owners:
            self._stack.drop_gone()
            self.outline.load()
            if self._place != "preview" and not self.outline.has(self._place):
                # Undo and redo make sections and tables anew.
                self.show_place(place_of_name(self.document.plan, place_name(self._place)) or "general")
        self._stack.on_change(change, self._place)
        self.unread_banner.show_place(self._place)

    def _on_evaluated(self) -> None:
        self.outline.refresh()
        self.card.show_place(self._place)
        if (page := self._stack.made(self._place)) is not None:
            page.on_evaluated()

    # ---- leaving and coming back

    @property
    def is_exporting(self) -> bool:
        """Whether an export runs, which ends with the plan's leaving the screen."""
        return bool(getattr(self._stack.made("export"), "is_running", False))

    def save(self) -> None:
        """Write what is typed but not yet written, and remember the place."""
        self.page.save()
        if self._place != "preview":
            self._remember()

    def _remember(self) -> None:
        kept = self.settings.get("places", {})
        places = dict(kept) if isinstance(kept, dict) else {}
        places[self.document.plan.id] = to_settings(self.here())
        self.settings.set("places", places)
