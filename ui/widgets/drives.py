"""USB sticks and other drives that can be taken out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from models.drives import size_text
from models.i18n import _

#: Less room (bytes) than any export takes.
_FULL = 1_000_000
#: As people know them; the names that Linux gives.
_FILE_SYSTEMS = {
    "vfat": "FAT32", "msdos": "FAT", "exfat": "exFAT", "ntfs": "NTFS", "ntfs3": "NTFS", "fuseblk": "NTFS",
}  # fmt: skip
#: Discs that hold what was once burned on them.
_DISCS = ("iso9660", "udf", "cdfs", "squashfs")


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be taken out; ``free`` is bytes, ``file_system`` as people know it or empty."""

    path: Path
    name: str
    free: int
    file_system: str = ""
    is_read_only: bool = False

    @property
    def problem(self) -> str:
        """A sentence on why nothing can be written to it; empty where it can."""
        if self.is_read_only:
            return _("Ổ đĩa {name} chỉ cho phép đọc; hãy bỏ khóa ghi hoặc chọn nơi khác.").format(name=self.name)
        if self.free < _FULL:
            return _("Ổ đĩa {name} đã đầy; hãy giải phóng dung lượng hoặc chọn nơi khác.").format(name=self.name)
        return ""

    def text(self) -> str:
        """In one line: name, room, kind."""
        if self.is_read_only:
            room = _("chỉ đọc")
        elif self.free < _FULL:
            room = _("đã đầy")
        else:
            room = _("trống {size}").format(size=size_text(self.free))
        return " · ".join(filter(None, (self.name, room, self.file_system)))


def removable() -> list[Drive]:
    """The drives that can be taken out, full and locked ones too. Slow where a network drive does not answer."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        path = Path(volume.rootPath())
        kind = bytes(volume.fileSystemType().data()).decode("ascii", "replace")
        if volume.isValid() and volume.isReady() and _can_be_taken_out(path) and kind.lower() not in _DISCS:
            name = volume.name() or path.name or str(path)
            name = f"{name} ({path.drive})" if path.drive else name
            shown = _FILE_SYSTEMS.get(kind.lower(), kind)
            found.append(Drive(path, name, volume.bytesAvailable(), shown, volume.isReadOnly()))
    return sorted(found, key=lambda drive: str(drive.path))


def drive_of(path: Path, drives: list[Drive]) -> Drive | None:
    """The drive that a folder is on."""
    on = (drive for drive in drives if path == drive.path or path.is_relative_to(drive.path))
    return max(on, key=lambda drive: len(drive.path.parts), default=None)


def _can_be_taken_out(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive_removable = 2
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == drive_removable)
    return path.parts[1:2] in (("media",), ("Volumes",)) or path.parts[1:3] == ("run", "media")
