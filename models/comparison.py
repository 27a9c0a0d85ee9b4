"""What changed between two states of a plan, as data: made by ``models.compare``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: ``sum``: nothing in it changed but what is added up from the rows under it.
Kind = Literal["added", "removed", "changed", "sum"]
#: A text, an amount in đồng, a number, a mark; ``None``: not there.
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field: ``lead``, ``total``, ``funding.KEY``, ``years.2022``, ``cells.3``, ``place`` (where it stands) …"""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Item:
    """A legal basis, a section or a row that changed: its number and name now, or of a removed one before.

    ``fields`` of an added or removed one are all that it held. Amounts (đồng) are those of rows of tasks, groups too:
    the computed total before and after, ``None`` where there is none; ``counted`` is what the row alone gives to the
    difference of its table. ``depth`` is how many rows it stands under.
    """

    kind: Kind
    number: str
    name: str
    fields: tuple[Change, ...] = ()
    is_group: bool = False
    depth: int = 0
    amount_before: int | None = None
    amount_after: int | None = None
    counted: int = 0

    @property
    def is_moved(self) -> bool:
        return self.kind == "changed" and any(change.field == "place" for change in self.fields)

    @property
    def difference(self) -> int:
        """Of its own amounts, in đồng."""
        return (self.amount_after or 0) - (self.amount_before or 0)


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table: ``sums`` are those that differ (``total``, ``funding.KEY``, ``years.YEAR``, ``security``), in đồng."""

    kind: Literal["added", "removed", "changed"]
    title: str
    unit: str
    columns: tuple[str, ...] | None
    fields: tuple[Change, ...]
    rows: tuple[Item, ...]
    sums: tuple[Change, ...]
    total_before: int | None
    total_after: int | None

    @property
    def is_register(self) -> bool:
        return self.columns is not None

    @property
    def difference(self) -> int:
        return (self.total_after or 0) - (self.total_before or 0)

    def count(self, kind: Literal["added", "removed", "changed", "moved"]) -> int:
        """How many rows, but groups: one that was moved and changed is counted as both."""
        rows = [row for row in self.rows if not row.is_group]
        if kind == "moved":
            return sum(row.is_moved for row in rows)
        if kind == "changed":
            return sum(row.kind == kind and any(change.field != "place" for change in row.fields) for row in rows)
        return sum(row.kind == kind for row in rows)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed; the totals (đồng) are those of the plan's own list of tasks, ``None`` where it has none."""

    subject: str
    unit_name: str
    particulars: tuple[Change, ...]
    indicators: tuple[Change, ...]
    bases: tuple[Item, ...]
    sections: tuple[Item, ...]
    tables: tuple[TableChange, ...]
    total_before: int | None
    total_after: int | None

    @property
    def is_empty(self) -> bool:
        return not (self.particulars or self.indicators or self.bases or self.sections or self.tables)

    @property
    def difference(self) -> int:
        return (self.total_after or 0) - (self.total_before or 0)

    def count(self, kind: Literal["added", "removed", "changed", "moved"]) -> int:
        """How many tasks of all tables of tasks."""
        return sum(table.count(kind) for table in self.tables if not table.is_register)
