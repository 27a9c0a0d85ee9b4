"""Where the program's own files lie, beside the code or inside the built program, and where the data folder is."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def path(*parts: str) -> Path:
    return _ROOT.joinpath(*parts)


_data: Path | None = None


def use_data(folder: Path | None) -> None:
    """Name the data folder, in which lies what was taken in besides: said once at the start, nothing is read yet."""
    global _data
    _data = folder


def data() -> Path | None:
    """The data folder; ``None`` where none was named."""
    return _data
