"""What backups are called, and what can be told of one without opening it.

``kehoachso-20261121-174605-hangngay-12-PHONG-CNTT-lan.db``: when (local time), why, how many plans are in it, and on
which machine for whom it was made; ASCII that every file system takes, and that sorts by time. With ``.zip`` behind,
it is locked with a passphrase.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models import secret
from models.i18n import _
from models.locks import is_running
from models.store.files import who
from models.store.migrations import SCHEMA

#: How each reason is written in a name.
REASONS = {"day": "hangngay", "migration": "nangcap", "import": "nhap", "restore": "khoiphuc", "asked": "yeucau"}

_TIME = "%Y%m%d-%H%M%S"
_NAME = re.compile(
    r"kehoachso-(?P<at>[0-9]{8}-[0-9]{6})-(?P<reason>[a-z]{1,12})-(?P<plans>[0-9]{1,6})"
    r"-(?P<origin>[A-Za-z0-9-]{1,40})(?:_(?P<number>[0-9]{1,3}))?\.db(?P<zip>\.zip)?"
)
_LEFTOVER = re.compile(
    r"\.kehoachso-[0-9-]+(?:\.(?P<origin>[A-Za-z0-9-]{1,40})\.(?P<pid>[0-9]{1,10}))?\.[0-9a-f]+"
    r"\.tmp(?:-journal|-wal|-shm)?"
)
#: Seconds after which what another machine has not finished is nobody's any more.
_LEFT = 3600.0

# The head of an SQLite file (https://www.sqlite.org/fileformat.html, "The Database Header").
_HEAD_SIZE = 100
_MAGIC = b"SQLite format 3\0"
#: The record at the end of a zip file in which nothing is said.
_ZIP_END, _ZIP_END_SIZE = b"PK\x05\x06", 22


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as its name and its head tell of it.

    ``created`` is local time (ISO 8601), ``reason`` a key of ``REASONS`` ("" where unknown), ``size`` bytes, ``plans``
    how many were not in the bin (``None`` where unknown), ``origin`` machine and user. ``fault`` says in a sentence why
    it cannot be used; one that looks whole may still turn out damaged when it is opened.
    """

    path: Path
    created: str
    reason: str
    size: int
    is_locked: bool
    plans: int | None
    fault: str = ""
    origin: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.created)


def reason_text(reason: str) -> str:
    """Why a backup was made, for a list; "khác" where that is unknown."""
    texts = {
        "day": _("hằng ngày"),
        "migration": _("trước khi nâng cấp"),
        "import": _("trước khi nhập"),
        "restore": _("trước khi khôi phục"),
        "asked": _("theo yêu cầu"),
    }
    return texts.get(reason, _("khác"))


def free_path(folder: Path, now: datetime, reason: str, plans: int, is_locked: bool) -> Path:
    """Where a new backup goes: under a name that nothing in the folder has."""
    stem = f"kehoachso-{now.strftime(_TIME)}-{REASONS[reason]}-{min(plans, 999_999)}-{origin()}"
    ending = ".db.zip" if is_locked else ".db"
    path, number = folder / f"{stem}{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}_{number}{ending}"
    return path


def origin() -> str:
    """The machine and the user, of letters that every file system takes."""
    import platform

    machine, user = (_ascii(text)[:15].strip("-") for text in (platform.node(), who()))
    return f"{machine or 'may'}-{user or 'nguoidung'}"


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^A-Za-z0-9-]", "", folded)


def listed(*folders: Path) -> list[Backup]:
    """The backups in the folders, the newest first; folders and files that cannot be read are left out."""
    found: dict[Path, tuple[str, int, Backup]] = {}
    for path in (path for folder in folders for path in _files(folder)):
        # The same folder may be given twice.
        if (match := _NAME.fullmatch(path.name)) and path not in found:
            with contextlib.suppress(OSError, ValueError):
                backup = _described(path, match)
                # Within one second the drive knows which came first.
                found[path] = (backup.created, path.lstat().st_mtime_ns, backup)
    return [backup for *_age, backup in sorted(found.values(), key=lambda aged: aged[:2], reverse=True)]


def backup_at(path: Path) -> Backup:
    """Any file as a backup, whatever it is called; ``fault`` tells where it is none."""
    if match := _NAME.fullmatch(path.name):
        with contextlib.suppress(OSError, ValueError):
            return _described(path, match)
    is_locked = path.suffix.lower() == ".zip"
    created = datetime.min.isoformat()
    try:
        found = path.stat()
        with contextlib.suppress(OverflowError, OSError, ValueError):
            created = datetime.fromtimestamp(found.st_mtime).isoformat(timespec="seconds")
    except (OSError, ValueError):
        return Backup(path, created, "", 0, is_locked, None, _missing(path))
    fault = _fault(path, is_locked, found.st_size) if stat.S_ISREG(found.st_mode) else foreign(path)
    return Backup(path, created, "", found.st_size, is_locked, None, fault)


def temporary_path(folder: Path, now: datetime) -> Path:
    """Where a backup is made before it gets its name; it says by whom."""
    return folder / f".kehoachso-{now.strftime(_TIME)}.{origin()}.{os.getpid()}.{secrets.token_hex(4)}.tmp"


def leftovers(folder: Path) -> list[Path]:
    """What backups that were killed left behind, and nothing of those that are being made."""
    return [path for path in _files(folder) if (name := _LEFTOVER.fullmatch(path.name)) and _is_left(path, name)]


def _is_left(path: Path, name: re.Match[str]) -> bool:
    if name["pid"] and name["origin"] == origin() and not is_running(int(name["pid"])):
        return True
    try:
        return abs(time.time() - path.lstat().st_mtime) > _LEFT
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from folder.iterdir()


def _described(path: Path, name: re.Match[str]) -> Backup:
    """``ValueError`` where the name is not one of ours, ``OSError`` where the file is gone."""
    reasons = {text: reason for reason, text in REASONS.items()}
    created = datetime.strptime(name["at"], _TIME).isoformat(timespec="seconds")
    found = path.lstat()
    if name["reason"] not in reasons or not stat.S_ISREG(found.st_mode):
        raise ValueError(path.name)
    size, is_locked = found.st_size, name["zip"] is not None
    fault = _fault(path, is_locked, size)
    return Backup(path, created, reasons[name["reason"]], size, is_locked, int(name["plans"]), fault, name["origin"])


def _fault(path: Path, is_locked: bool, size: int) -> str:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_SIZE)
            stream.seek(max(0, size - _ZIP_END_SIZE))
            end = stream.read(_ZIP_END_SIZE)
    except (OSError, ValueError):
        return unreadable(path)
    is_named = _NAME.fullmatch(path.name) is not None
    if is_locked:
        is_whole = secret.is_locked(path) and end.startswith(_ZIP_END)
        return "" if is_whole else damaged(path) if is_named else foreign(path)
    if len(head) < _HEAD_SIZE or not head.startswith(_MAGIC):
        return damaged(path) if is_named else foreign(path)
    page = int.from_bytes(head[16:18], "big")
    pages, version = int.from_bytes(head[28:32], "big"), int.from_bytes(head[60:64], "big")
    # A store that was not closed has the rest in the log beside it.
    is_closed = not path.with_name(f"{path.name}-wal").exists()
    if is_closed and (65536 if page == 1 else page) * pages != size:
        return damaged(path)
    return newer(path) if version > SCHEMA else ""


def damaged(path: Path) -> str:
    return _("Bản sao lưu “{file}” bị hỏng hoặc bị cắt cụt nên không dùng được; hãy chọn bản khác.").format(file=path)


def newer(path: Path) -> str:
    return _(
        "Bản sao lưu “{file}” do phiên bản Kế Hoạch Số mới hơn tạo ra nên chưa mở được; hãy cập nhật chương trình."
    ).format(file=path)


def foreign(path: Path) -> str:
    return _("Tệp “{file}” không phải bản sao lưu của Kế Hoạch Số; hãy chọn tệp khác.").format(file=path)


def unreadable(path: Path) -> str:
    return _("Không đọc được bản sao lưu “{file}”; hãy kiểm tra quyền truy cập hoặc ổ đĩa.").format(file=path)


def _missing(path: Path) -> str:
    return _("Không tìm thấy bản sao lưu “{file}”; hãy cắm lại ổ đĩa hoặc chọn bản khác.").format(file=path)
