"""The mark of a running window in the data folder: what is left of it at the next start tells of a sudden end."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models import private

NAME = "dang-chay.json"


@dataclass(frozen=True, slots=True)
class Mark:
    """Which plan is open (empty: none) and where in it the cursor is, as ``ui.navigation`` puts it into settings.

    ``tries`` counts the starts since a window last stood for a while.
    """

    plan_id: str = ""
    spot: dict[str, Any] = field(default_factory=dict)
    tries: int = 0


def left(folder: Path) -> Mark | None:
    """The mark of a window that did not end as it should; ``None`` where the last one did."""
    try:
        data = (folder / NAME).read_bytes()
    except OSError:
        return None
    with contextlib.suppress(ValueError):
        found = json.loads(data)
        if isinstance(found, dict):
            plan_id, spot, tries = found.get("plan"), found.get("spot"), found.get("tries")
            if isinstance(plan_id, str) and isinstance(spot, dict) and type(tries) is int:
                return Mark(plan_id, spot, tries)
    # A power cut may have torn it: that there is one says enough.
    return Mark()


def keep(folder: Path, mark: Mark) -> bool:
    """Write the mark; false where that cannot be."""
    try:
        private.write(
            folder / NAME, json.dumps({"plan": mark.plan_id, "spot": mark.spot, "tries": mark.tries}).encode()
        )
    except OSError:
        return False
    return True


def remove(folder: Path) -> None:
    """The window ends as it should."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
