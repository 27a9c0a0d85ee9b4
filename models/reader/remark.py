"""What the reader has to say of a place in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """A place in a text that is wrong by ``rule``, whatever the rest of the plan says.

    ``start`` and ``end`` are the words meant; ``text`` is a message marked with ``N_``, filled by ``values``;
    ``expected`` and ``actual`` are as in a finding. ``edit`` puts it right where that is certain: the letters from
    the first to the second place give way to the third; ``label`` (``N_``) says what that does.
    """

    rule: str
    start: int
    end: int
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    expected: Any = None
    actual: Any = None
    edit: tuple[int, int, str] | None = None
    label: str = ""
