"""Where templates lie: those shipped with the program, and those taken in, in ``mau`` of the data folder.

A file is named by the template's id, one that was taken in also by its version: ``chuyen-doi-so-2027_2.toml``. What is
not named so is not looked at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from models import resources

FOLDER_NAME = "mau"

_TAKEN_IN = re.compile(r"([a-z0-9][a-z0-9-]{0,63})_([1-9][0-9]{0,6})\.toml")
_SHIPPED = re.compile(r"([a-z0-9][a-z0-9-]{0,63})(?:_([1-9][0-9]{0,6}))?\.toml")


def shipped() -> dict[str, list[Path]]:
    """The program's own template files by id; a version that was superseded is kept under ``ID_VERSION.toml``."""
    found: dict[str, list[Path]] = {}
    for path in sorted(resources.path("templates").glob("*.toml")):
        if match := _SHIPPED.fullmatch(path.name):
            found.setdefault(match.group(1), []).append(path)
    return found


def taken_in(folder: Path | None) -> dict[tuple[str, int], Path]:
    """The files of the templates taken in, by id and version; none where there is no such folder."""
    if folder is None:
        return {}
    try:
        # Neither a link nor a pipe is one: it could lead anywhere, or hold the program up.
        entries = [entry for entry in os.scandir(folder / FOLDER_NAME) if entry.is_file(follow_symlinks=False)]
    except OSError:
        return {}
    found = {}
    for entry in sorted(entries, key=lambda entry: entry.name):
        if match := _TAKEN_IN.fullmatch(entry.name):
            found[match.group(1), int(match.group(2))] = Path(entry.path)
    return found


def stamp(folder: Path | None) -> int:
    """When a template was last put in or taken out (nanoseconds); 0 where there is none."""
    if folder is None:
        return 0
    try:
        return (folder / FOLDER_NAME).stat().st_mtime_ns
    except OSError:
        return 0


def path_of(folder: Path, template_id: str, version: int) -> Path:
    """Where the data folder keeps that template."""
    return folder / FOLDER_NAME / f"{template_id}_{version}.toml"
