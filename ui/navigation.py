"""Where one has been: places with the part and field of the cursor, to go back to and to begin with the next time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from models.plan import LegalBasis, Part, Plan, Row, Section, Table, find_section, find_table, index_of, walk
from ui.document import Place

#: So many places are kept to go back to.
_MOST = 100

Kept = TypeVar("Kept", bound=Part)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, and the part and field in which the cursor was; no part where it was in none."""

    place: Place
    part: Part | None = None
    field: str = ""


class Trail:
    """The spots visited, in order, and at which of them one is."""

    def __init__(self) -> None:
        self._spots: list[Spot] = []
        self._at = -1

    def leave(self, spot: Spot) -> None:
        """Tell where the cursor stands, before it goes elsewhere."""
        if self._spots:
            self._spots[self._at] = spot

    def arrive(self, spot: Spot) -> None:
        """Tell where one went; what was gone back from is forgotten."""
        del self._spots[self._at + 1 :]
        self._spots.append(spot)
        del self._spots[:-_MOST]
        self._at = len(self._spots) - 1

    def can_step(self, by: int) -> bool:
        return 0 <= self._at + by < len(self._spots)

    def step(self, by: int, plan: Plan) -> Spot | None:
        """The spot before (-1) or after (+1) this one, which is gone to; what the plan has no more is passed over."""
        here = self._spots[self._at] if self._spots else None
        at = self._at + by
        while 0 <= at < len(self._spots):
            spot = _living(plan, self._spots[at])
            if spot is not None and spot != here:
                self._at = at
                return spot
            at += by
        return None


def _living(plan: Plan, spot: Spot) -> Spot | None:
    place = spot.place
    if not isinstance(place, str):
        found = _as_it_is_now(plan, place)
        if found is None:
            return None
        place = found
    part = None if spot.part is None else _as_it_is_now(plan, spot.part)
    if spot.part is not None and part is None:
        return None
    return Spot(place, part, spot.field)


def _as_it_is_now(plan: Plan, part: Kept) -> Kept | None:
    """The part itself, or the one that undo or redo put back in its place; ``None`` where it is gone."""
    if part.guard is not None and part.guard is plan.guard:
        return part
    same = (one for one in walk(plan) if type(one) is type(part) and one.row_id == part.row_id)
    return next(same, None) if part.row_id else None


# ---- as settings


def place_name(place: Place) -> str:
    """A place as the settings name it: ``bases``, ``table:tasks``, ``section:plan.budget``."""
    if isinstance(place, str):
        return place
    return f"{'table' if isinstance(place, Table) else 'section'}:{place.key}"


def place_of_name(plan: Plan, name: str) -> Place | None:
    """The place of that name; ``None`` where the plan has none."""
    kind, _colon, key = name.partition(":")
    if kind == "table":
        return find_table(plan, key)
    if kind == "section":
        return find_section(plan, key)
    return kind or None


def to_settings(spot: Spot) -> dict[str, Any]:
    """A spot as JSON; ``path`` are the places of a row or basis in its lists, ``None`` for a field of the plan."""
    part = spot.part
    path: list[int] = []
    while isinstance(part, Row | LegalBasis) and part.parent is not None:
        path.insert(0, index_of(part))
        part = part.parent
    is_of_plan = isinstance(spot.part, Plan) or spot.part is None
    return {"place": place_name(spot.place), "path": None if is_of_plan else path, "field": spot.field}


def from_settings(plan: Plan, kept: object) -> Spot | None:
    """The spot that ``to_settings`` told of, as far as the plan still has it."""
    if isinstance(kept, str):
        # So it was kept by the first version.
        kept = {"place": kept}
    if not isinstance(kept, dict):
        return None
    place, field = place_of_name(plan, str(kept.get("place", ""))), str(kept.get("field", ""))
    if place is None or not field:
        return None if place is None else Spot(place)
    part: Any = plan
    if isinstance(path := kept.get("path"), list):
        part = place if isinstance(place, Section | Table) else plan
        for index in path:
            below = part.legal_bases if part is plan else part.rows if isinstance(part, Table | Row) else []
            if type(index) is not int or not 0 <= index < len(below):
                return Spot(place)
            part = below[index]
    return Spot(place, part, field)
