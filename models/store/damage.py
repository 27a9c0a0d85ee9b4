"""Whether a store is damaged: a look that costs nothing at every start, and SQLite's own check of all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from models.errors import Cancelled, StoreDamaged
from models.i18n import _
from models.store.newer import HEAD

#: A new store that is ready to take the place of a damaged one.
READY_NAME = "kehoachso-moi.db"
#: Stores that were found damaged since the program started.
found_damaged: set[Path] = set()
#: Where the backups lie, in the folder of the store.
_BACKUPS = "sao-luu"
_HEAD_SIZE = 100


def quick_look(path: Path) -> str | None:
    """Why the store at ``path`` is damaged, as far as its header and its size tell; ``None`` where they tell nothing.

    A part of a sentence. Where a journal or a log is to be worked in first, SQLite itself has to say what the file is.
    """
    try:
        if path.is_dir():
            return _("ở chỗ của tệp có một thư mục cùng tên")
        log, journal = (_size(path.with_name(path.name + ending)) for ending in ("-wal", "-journal"))
        if not path.exists():
            is_left_over = bool(log) or path.with_name(READY_NAME).exists()
            return _("tệp không còn, chỉ còn phần đi kèm") if is_left_over else None
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD_SIZE + 1)
    except OSError:
        # Opening it will tell what is wrong with it.
        return None
    if journal:
        return None
    if not size:
        return _("tệp rỗng") if _had_plans(path) else None
    if log:
        return None
    if head[: len(HEAD)] != HEAD:
        return _("tệp không phải cơ sở dữ liệu")
    if why := _look_at_header(head, size):
        return why
    # Without a version nothing was ever written to it but its first page.
    return _("tệp rỗng") if not any(head[60:64]) and _had_plans(path) else None


def _look_at_header(head: bytes, size: int) -> str | None:
    """https://www.sqlite.org/fileformat2.html#the_database_header."""
    if len(head) <= _HEAD_SIZE:
        return _("tệp bị cắt cụt")
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    is_sane = (
        page >= 512
        and not page & (page - 1)
        and head[18] in (1, 2)
        and head[19] in (1, 2)
        and head[21:24] == b"\x40\x20\x20"
        and int.from_bytes(head[44:48], "big") in range(5)
        and int.from_bytes(head[56:60], "big") in range(4)
        and head[100] in (5, 13)
    )
    if not is_sane:
        return _("phần đầu tệp bị ghi đè")
    pages = int.from_bytes(head[28:32], "big")
    if head[24:28] == head[92:96] and size < pages * page:
        return _("tệp bị cắt cụt")
    return None


def _had_plans(path: Path) -> bool:
    """Whether an empty store is one that lost its plans; else it is a new one that was not written to yet."""
    from models.store.backup_names import listed
    from models.store.salvage import of_file

    if listed(path.parent / _BACKUPS):
        return True
    try:
        return bool(of_file(path).plan_ids())
    except OSError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def examine(path: Path, progress: Callable[[float], bool] | None = None) -> str | None:
    """Whether SQLite finds the store sound: why it is damaged, a part of a sentence, or ``None``. For a thread.

    Reads beside whoever writes. ``Cancelled`` where ``progress`` stops it; what cannot be read now is no damage.
    """
    from models.store.backup_reading import is_sound, reading

    is_wanted = True

    def go_on(part: float) -> bool:
        nonlocal is_wanted
        is_wanted = progress is None or progress(part)
        return is_wanted

    try:
        with closing(reading(path)) as connection:
            sound = is_sound(connection, go_on)
    except sqlite3.Error as error:
        if not is_wanted:
            raise Cancelled from None
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        sound = code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    except OSError:
        return None
    if not sound:
        found_damaged.add(path)
    return None if sound else _("các trang của tệp không khớp nhau")


def damaged(path: Path, why: str = "") -> StoreDamaged:
    """The failure, with its sentence; it is remembered which store it is of."""
    found_damaged.add(path)
    return StoreDamaged(
        _(
            "Kho dữ liệu “{file}” bị hỏng{why}; hãy khôi phục các kế hoạch trong cửa sổ chương trình, "
            "hoặc chạy lệnh restore để lấy lại từ bản sao lưu."
        ).format(file=path, why=f" ({why})" if why else ""),
        why,
    )
