"""Where the data lies, and the few things that are remembered between starts."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models import limits, private
from models.errors import reason
from models.i18n import _

APP = "KeHoachSo"
#: The setting that names the folder where files of a plan went the last time.
EXPORT_FOLDER = "export_folder"
#: The setting that names a second folder or drive for backups; empty: none.
BACKUP_FOLDER = "backup_folder"
_FILE = "settings.json"
_LARGE = 1e9


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
    """The settings in one folder, read once; a file that cannot be read is set aside, never overwritten.

    With ``reading`` they are remembered until the end and not written: the folder is another window's, or read-only.
    """

    def __init__(self, folder: Path, reading: bool = False) -> None:
        self._path = folder / _FILE
        self._is_kept = not reading
        #: Told with a sentence where what is set cannot be written.
        self.on_failure: Callable[[str], object] = lambda _sentence: None
        self._values: dict[str, Any] = {}
        self._load()

    def begin_keeping(self) -> None:
        """From now on write what is set, over what the file says now: another window may have written it."""
        self._is_kept = True
        self._load()

    def _load(self) -> None:
        try:
            with self._path.open("rb") as stream:
                data = stream.read(limits.SETTINGS_BYTES + 1)
            if len(data) > limits.SETTINGS_BYTES:
                raise ValueError
            found = json.loads(data.decode("utf-8"))
            self._values = found if isinstance(found, dict) else {}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError):
            self._set_aside()

    def _set_aside(self) -> None:
        if not self._is_kept:
            return
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
        # Not infinity, and no number of a thousand digits.
        return float(value) if isinstance(value, int | float) and abs(value) < _LARGE else default

    def set(self, name: str, value: Any) -> None:
        """Remember a value; a disk that cannot be written only means that it is forgotten at the end, and is told."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        if not self._is_kept:
            return
        try:
            private.make_folder(self._path.parent)
            private.write(self._path, json.dumps(self._values, ensure_ascii=False, indent=1).encode(), flush=True)
        except OSError as error:
            sentence = _("Không ghi được thiết lập vào “{file}” ({reason}); các kế hoạch không bị ảnh hưởng.")
            self.on_failure(sentence.format(file=self._path, reason=reason(error)))
