"""Writing an export as the program does."""

from __future__ import annotations

from pathlib import Path

from models.exports import delivery
from models.exports.package import Exported


def write(exported: Exported, folder: Path) -> dict[str, Path]:
    """Write the files of an export, all or none; gives their paths by kind."""
    with delivery.delivering(exported, folder) as paths:
        return paths
