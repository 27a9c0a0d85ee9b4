"""What is looked for in the open plan, where it stands, and which of these places is the current one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.i18n import N_
from models.search import Hit, replace, search
from ui.document import Document, Place
from ui.finding_walk import place_index, positions
from ui.navigation import Spot

#: So many places are shown; to replace all takes every one.
MOST = 5000
#: Milliseconds after an edit in which another one may follow.
_LATER_MS = 150


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for and how; see ``models.search.search``."""

    text: str = ""
    fold: bool = True
    case: bool = False
    words: bool = False
    within: Place | None = None


class Finder(QObject):
    """The places of a query in a plan, brought up to date after every edit while it is ``following``.

    ``found`` tells that the places are others. ``index`` is that of the current one; -1 where there is none.
    """

    found = Signal()

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self.document = document
        self.query = Query()
        self.hits: list[Hit] = []
        self.index = -1
        self.following = False
        #: Whether the current place was gone to already.
        self.visited = False
        self._stale = False
        self._stood: Spot | None = None
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.refresh)
        document.changed.connect(self._on_change)

    @property
    def current(self) -> Hit | None:
        return self.hits[self.index] if 0 <= self.index < len(self.hits) else None

    @property
    def has_more(self) -> bool:
        """Whether there may be more places than these."""
        return len(self.hits) >= MOST

    # ---- finding

    def ask(self, query: Query, here: Spot, places: Sequence[Place]) -> None:
        """Look for something; the first place at the cursor or behind it becomes the current one."""
        self.query, self._stood, self.visited = query, None, False
        self._search()
        self.index = self._from(here, places) if self.hits else -1
        self.found.emit()

    def choose(self, index: int) -> None:
        """Make a place the current one."""
        if index != self.index:
            self.index, self.visited = index, False

    def step(self, by: int, here: Spot, places: Sequence[Place]) -> Hit | None:
        """The next (+1) or previous (-1) place, from the cursor if it was moved; after the last one the first."""
        self.refresh()
        if not self.hits:
            return None
        if self.visited and self._stood is not None and here.part is not None and here != self._stood:
            after = self._from(here, places, behind=True)
            self.index = after if by > 0 else after - 1
        elif self.visited or by < 0:
            self.index += by
        self.index %= len(self.hits)
        return self.current

    def arrived(self, here: Spot) -> None:
        """The current place was gone to; ``here`` is the cursor now."""
        self.visited, self._stood = True, here

    def refresh(self) -> None:
        """Look again, if the plan is another than it was; the current place stays as far as it is there."""
        if not self._stale:
            return
        old, index = self.current, self.index
        self._search()
        self.index = self._again([old] if old else [], index)
        self.found.emit()

    def forget(self) -> None:
        """Hold on to no part of the plan, until it is looked for again."""
        self.following = False
        self._later.stop()
        self.hits, self._stood, self._stale = [], None, True

    def _search(self) -> None:
        self._later.stop()
        self._stale = False
        self.hits = self._all(MOST)

    def _all(self, most: int | None = None) -> list[Hit]:
        query, document = self.query, self.document
        return search(
            document.plan, document.template, query.text, fold=query.fold, case=query.case, words=query.words,
            within=query.within, totals=document.totals, most=most,
        )  # fmt: skip

    def _on_change(self, _change: Any) -> None:
        self._stale = True
        if self.following:
            self._later.start()
        else:
            self.forget()

    def _from(self, here: Spot, places: Sequence[Place], behind: bool = False) -> int:
        """The index of the first place at the cursor (or ``behind`` its field); behind the last one the first."""
        page = place_index(places, here.place)
        if page == len(places):
            return 0
        position = positions(self.document, here.place)
        cursor = position(here.part, here.field) if here.part is not None else None
        for index, hit in enumerate(self.hits):
            other = page if hit.place is here.place else place_index(places, hit.place)
            if other < page:
                continue
            at = position(hit.part, hit.field) if other == page and cursor is not None else None
            if other > page or at is None or cursor is None or at > cursor or (at == cursor and not behind):
                return index
        return 0

    def _again(self, wanted: Iterable[Hit], otherwise: int) -> int:
        """The index of the first of ``wanted`` that is still found, else one near ``otherwise``."""
        indexes = {(id(hit.part), hit.field, hit.start): index for index, hit in enumerate(self.hits)}
        for hit in wanted:
            if (index := indexes.get((id(hit.part), hit.field, hit.start))) is not None:
                return index
        return min(max(otherwise, 0), len(self.hits) - 1)

    # ---- replacing

    def replace_current(self, new: str) -> bool:
        """Put ``new`` in the current place, and make the next one current; false where it cannot be replaced."""
        self.refresh()
        hit, index = self.current, self.index
        if hit is None:
            return False
        behind = self.hits[index + 1 :]
        if self._write([hit], new):
            self._search()
            # What stands behind it in its field has moved; what was put in is not itself the next place.
            shift = next((len(one.text) - len(hit.text) for one in self.hits if _in_one_field(one, hit)), 0)
            moved = (
                dataclasses.replace(one, start=one.start + shift) if _in_one_field(one, hit) else one for one in behind
            )
            self.index = self._again(moved, index if behind else 0)
        else:
            self.index = (index + 1) % len(self.hits)
        self.visited = False
        self.found.emit()
        return hit.replaceable

    def replace_all(self, new: str) -> tuple[int, int]:
        """Put ``new`` in every place, in one edit; how many were replaced, and how many cannot be."""
        self.refresh()
        hits = self._all()
        can = sum(hit.replaceable for hit in hits)
        done = self._write(hits, new)
        self._search()
        self.index, self.visited = self._again([], self.index), False
        self.found.emit()
        return (can if done else 0), len(hits) - can

    def _write(self, hits: list[Hit], new: str) -> bool:
        values = replace(hits, new)
        if values:
            with self.document.edit(N_("Thay thế")):
                for part, name, value in values:
                    setattr(part, name, value)
        return bool(values) and all(getattr(part, name) == value for part, name, value in values)


def _in_one_field(one: Hit, other: Hit) -> bool:
    return one.part is other.part and one.field == other.field
