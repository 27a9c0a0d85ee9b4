"""Where the data lies, and the few things that are remembered between starts."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

APP = "KeHoachSo"
#: The setting that names the folder where files of a plan went the last time.
EXPORT_FOLDER = "export_folder"
_FILE = "settings.json"


def default_folder() -> Path:
    """The folder of the store: beside a built program on a USB stick, else the user's own data folder."""
    if getattr(sys, "frozen", False):
        program = Path(sys.executable).resolve().parent
        if _is_removable(program):
            return program / f"{APP}-data"
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def _is_removable(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive_removable = 2
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == drive_removable)
    return path.parts[1:2] in (("media",), ("Volumes",)) or path.parts[1:3] == ("run", "media")


class Settings:
    """The settings in one folder, read once; a file that cannot be read is set aside, never overwritten."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._values: dict[str, Any] = {}
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            self._values = found if isinstance(found, dict) else {}
        except FileNotFoundError:
            pass
        except (OSError, ValueError):
            self._set_aside()

    def _set_aside(self) -> None:
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_suffix(".hong.json"))

    def get(self, name: str, default: Any = None) -> Any:
        return self._values.get(name, default)

    def text(self, name: str) -> str:
        """A remembered text; empty where there is none, or something else."""
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: float) -> float:
        """A remembered number; ``default`` where there is none, or something else."""
        value = self._values.get(name)
        return float(value) if isinstance(value, int | float) and value == value else default

    def set(self, name: str, value: Any) -> None:
        """Remember a value; a disk that cannot be written only means that it is forgotten at the end."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        temporary = self._path.with_suffix(".tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(temporary, self._path)
        except OSError:
            temporary.unlink(missing_ok=True)
