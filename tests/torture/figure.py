"""One figure of a torture: how much of something happened, and how much of it may."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` of ``what`` (with its unit in it), of which there may be at most ``limit``; ``None``: told, not judged."""

    what: str
    value: float
    limit: float | None = None

    @property
    def is_good(self) -> bool:
        return self.limit is None or self.value <= self.limit
