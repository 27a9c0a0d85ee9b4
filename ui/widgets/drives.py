"""USB sticks and other drives that can be taken out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be written to; ``free`` is bytes."""

    path: Path
    name: str
    free: int


def removable() -> list[Drive]:
    """The drives that can be taken out and written to. Slow where a network drive does not answer."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        path = Path(volume.rootPath())
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _can_be_taken_out(path):
            name = volume.name() or path.name or str(path)
            found.append(Drive(path, f"{name} ({path.drive})" if path.drive else name, volume.bytesAvailable()))
    return found


def _can_be_taken_out(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive_removable = 2
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == drive_removable)
    return path.parts[1:2] in (("media",), ("Volumes",)) or path.parts[1:3] == ("run", "media")


def size_text(size: int) -> str:
    """A number of bytes as people say it: "412 kB", "1,4 MB", "12 GB"."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    text = f"{value:.1f}" if unit in ("MB", "GB") and value < 10 else f"{value:.0f}"
    return text.replace(".", ",") + f" {unit}"
