"""The data folder is for its owner alone, whatever the umask: folders 0700, files 0600.

On Windows these modes mean nothing: there the per-user data folder (``%LOCALAPPDATA%``) passes on a list of rights in
which only the user, the system and administrators stand. FAT and exFAT sticks know no rights at all.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path

from models import drives

FOLDER_MODE, FILE_MODE = 0o700, 0o600

#: What the program itself puts into its data folder.
_OWN = re.compile(
    r"\.?(kehoachso|settings)[-.].*|(sao-luu|bao-cao-loi)([-.].*)?|mau|can-cu|chung-thu-goc|dang-chay\..*|loi-[\d-]+\.txt"
)
#: Folders of the program in it; what lies in them is the program's own.
_FOLDERS = ("sao-luu", "bao-cao-loi", "mau", "can-cu")


def opener(path: str, flags: int) -> int:
    """For ``open``: a new file is its owner's alone from the first moment."""
    return os.open(path, flags, FILE_MODE)


def make_folder(folder: Path) -> None:
    """Make a folder of the program; ``OSError`` where that cannot be."""
    drives.make_folder(folder, FOLDER_MODE)


def write(path: Path, data: bytes, *, flush: bool = False) -> None:
    """Put a small file in its place as a whole; ``OSError`` leaves the one that was there.

    With ``flush`` also a power cut leaves the one or the other; without, it may leave a file with nothing in it.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with open(temporary, "wb", opener=opener) as stream:
            stream.write(data)
            if flush:
                stream.flush()
                os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def tighten(folder: Path) -> None:
    """Take from others what rights they have on the data folder and on the program's files in it; never raises.

    The folder itself is left as it is where it is not the program's alone: a home folder, the root of a drive, or one
    in which anything else lies. Links are never followed.
    """
    if os.name != "posix":
        return
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    own = [entry for entry in entries if _OWN.fullmatch(entry.name)]
    with contextlib.suppress(OSError, RuntimeError):
        shared = folder.resolve() == Path.home().resolve() or os.path.ismount(folder)
        if len(own) == len(entries) and not shared:
            _limit(folder)
    for entry in own:
        _limit(Path(entry.path))
        if entry.name in _FOLDERS and entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(OSError):
                for inside in os.scandir(entry.path):
                    _limit(Path(inside.path))


def _limit(path: Path) -> None:
    """Leave the owner's rights alone on a file or folder."""
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and stat.S_IMODE(mode) & 0o077:
            path.chmod(stat.S_IMODE(mode) & 0o700)
