"""One line of what changes when a plan is moved to another template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.i18n import N_

Area = Literal["general", "limits", "sections", "tables", "sources", "indicators"]
#: In the order they are told.
AREAS: tuple[Area, ...] = ("general", "limits", "sections", "tables", "sources", "indicators")
AREA_NAMES: dict[Area, str] = {
    "general": N_("Thông tin chung"), "limits": N_("Giới hạn"), "sections": N_("Đề cương"), "tables": N_("Bảng"),
    "sources": N_("Nguồn vốn"), "indicators": N_("Số liệu"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence in the language set; ``is_kept``: it tells of what stays as the unit's own."""

    area: Area
    text: str
    is_kept: bool = False
