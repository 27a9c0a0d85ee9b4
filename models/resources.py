"""Where the program's own files lie: beside the code, or inside the built program."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def path(*parts: str) -> Path:
    return _ROOT.joinpath(*parts)
