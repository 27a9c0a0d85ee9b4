"""A damaged store: noticed, what is left of its plans taken out of it, set aside, and a new store put in its place.

The damaged file is only read, and then renamed; nothing of it is ever deleted. The new store stands in its place at
once and whole: it is made beside it, checked and flushed before the old one is moved away.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from models import drives
from models.errors import StoreError, UserError
from models.store import access, backups
from models.store.backup_names import origin
from models.store.damage import READY_NAME, damaged, examine, found_damaged, quick_look
from models.store.files import FILE_NAME, explain
from models.store.rebuilding import BESIDE, look_through, rebuild
from models.store.salvage import salvage
from models.store.salvaged_plan import SalvagedPlan, Status

__all__ = [
    "SalvagedPlan", "Status", "damaged", "examine", "finish", "found_damaged", "look_through", "newest_backup",
    "put_in_place", "quick_look", "rebuild", "salvage", "set_aside",
]  # fmt: skip

ASIDE = "kehoachso-hong-"
_TIME = "%Y%m%d-%H%M%S"
#: A backup that is from so much later than now was made when the clock was wrong, or it is wrong now.
_AHEAD = timedelta(days=1)


def set_aside(folder: Path) -> Path:
    """Rename the store and what belongs to it, together, to a dated name; gives that of the store.

    ``StoreError`` where it cannot be renamed; then all is as it was.
    """
    why, release = access.ask(folder, lambda: True)
    if why is not None:
        raise StoreError(why())
    try:
        return _set_aside(folder)
    finally:
        release()


def _set_aside(folder: Path) -> Path:
    path = folder / FILE_NAME
    last = max(folder.glob(f"{ASIDE}*.db"), default=None)
    aside = _free_name(folder)
    if last is not None and not path.exists() and _is_rest_of(last, path):
        # The power failed half-way: the rest joins what was moved then.
        aside = last
    moved: list[tuple[Path, Path]] = []
    try:
        # The log goes last: a log alone is seen at the next start, a store without its log would only be an older one.
        for ending in ("", *BESIDE):
            old, new = _beside(path, ending), _beside(aside, ending)
            if old.exists():
                os.rename(old, new)
                moved.append((old, new))
    except OSError as error:
        for old, new in reversed(moved):
            with contextlib.suppress(OSError):
                os.rename(new, old)
        raise explain(error, path) from None
    drives.sync_folder(folder)
    found_damaged.discard(path)
    return aside


def _is_rest_of(aside: Path, path: Path) -> bool:
    """Whether what lies beside the store at ``path`` is from before ``aside`` was moved, and has room beside it.

    The log of another store must never join it: SQLite would work it in.
    """
    rest = [ending for ending in BESIDE if _beside(path, ending).exists()]
    written = max((_beside(path, ending).stat().st_mtime for ending in rest), default=0.0)
    is_older = f"{ASIDE}{datetime.fromtimestamp(written):{_TIME}}.db" <= aside.name
    return is_older and not any(_beside(aside, ending).exists() for ending in rest)


def _free_name(folder: Path) -> Path:
    stem, number = f"{ASIDE}{datetime.now():{_TIME}}", 1
    aside = folder / f"{stem}.db"
    while any(_beside(aside, ending).exists() for ending in ("", *BESIDE)):
        number += 1
        aside = folder / f"{stem}_{number}.db"
    return aside


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


@contextlib.contextmanager
def newest_backup(folder: Path) -> Iterator[backups.Contents | None]:
    """The newest backup of this machine that is good and can be opened without asking; ``None`` where there is none.

    Those from the future come last: they may be years older than they say.
    """
    second = backups.second_folder(folder)
    found = backups.listed(backups.folder_of(folder), *([second] if second is not None else []))
    until = datetime.now() + _AHEAD
    found.sort(key=lambda backup: backup.moment > until)
    with contextlib.ExitStack() as stack:
        for backup in found:
            # A drive may be shared; what lies beside the store is its own, on whatever machine it was made.
            if backup.fault or (backup.path.parent == second and backup.origin != origin()):
                continue
            with contextlib.suppress(UserError):
                word = backups.passphrase(folder) if backup.is_locked else ""
                yield stack.enter_context(backups.opened(backup, word))
                return
        yield None


def put_in_place(folder: Path) -> Path | None:
    """Set the damaged store aside and put the new one in its place; gives where the damaged one is now.

    ``None`` where there was none any more. ``StoreError`` where that cannot be done: then all is as it was.
    """
    path, ready = folder / FILE_NAME, folder / READY_NAME
    try:
        is_there = any(_beside(path, ending).exists() for ending in ("", *BESIDE))
        aside = set_aside(folder) if is_there else None
        os.rename(ready, path)
    except StoreError:
        ready.unlink(missing_ok=True)
        raise
    except OSError as error:
        raise explain(error, path) from None
    drives.sync_folder(folder)
    found_damaged.discard(path)
    return aside


def finish(folder: Path) -> Path | None:
    """End what a power cut broke off after the damaged store was moved away; gives what was set aside.

    ``None`` where nothing was broken off.
    """
    if (folder / FILE_NAME).exists() or not (folder / READY_NAME).exists():
        return None
    return put_in_place(folder) or max(folder.glob(f"{ASIDE}*.db"), default=None)
