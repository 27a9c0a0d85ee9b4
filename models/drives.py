"""Drives and what they say: their room, sizes in words, and why one cannot be written."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Sequence
from pathlib import Path

from models.errors import reason
from models.i18n import _

_FULL: Sequence[int] = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Sequence[int] = (errno.EACCES, errno.EPERM)
# A stick pulled out in the middle leaves a folder behind in which what was just written is not.
_GONE: Sequence[int] = (errno.EIO, errno.ENODEV, errno.ENOENT)


#: Seconds that are waited for a program against viruses; other systems let a file be renamed that is open.
_PATIENCE = 2.0 if os.name == "nt" else 0.0


def size_text(size: int) -> str:
    """A number of bytes as people say it: "412 kB", "1,4 MB", "12 GB"."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    text = f"{value:.1f}" if unit in ("MB", "GB") and value < 10 else f"{value:.0f}"
    return text.replace(".", ",") + f" {unit}"


def no_room(folder: Path, needed: int) -> str:
    """The sentence where the drive of ``folder`` has no room for so many bytes; empty where it has, or does not say."""
    import shutil

    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        # Writing itself will tell what is wrong with it.
        return ""
    # Some drives of a network say that they have no size at all.
    if not usage.total or usage.free >= needed:
        return ""
    return _(
        "Không đủ chỗ trong “{folder}”: cần {needed}, chỉ còn trống {free}; hãy giải phóng dung lượng "
        "hoặc chọn nơi khác."
    ).format(folder=folder, needed=size_text(needed), free=size_text(usage.free))


def not_written(target: Path, error: OSError, replacing: bool) -> str:
    """The sentence for a failure to write ``target``; ``replacing``: it was there, and its turn to be replaced."""
    # By os.path, which does not fail where the drive does.
    folder = target.parent
    if not os.path.exists(folder):
        cause = _("thư mục không tồn tại; hãy chọn thư mục khác hoặc cắm lại ổ đĩa")
    elif not os.path.isdir(folder):
        cause = _("đó là một tệp, không phải thư mục; hãy chọn một thư mục")
    elif error.errno in _FULL:
        cause = _("ổ đĩa đã đầy; hãy giải phóng dung lượng hoặc chọn ổ đĩa khác")
    elif os.path.isdir(target):
        cause = _("“{file}” đang là tên của một thư mục; hãy đổi tên thư mục đó").format(file=target.name)
    elif error.errno == errno.EROFS:
        cause = _("ổ đĩa chỉ cho phép đọc; hãy bỏ khóa ghi hoặc chọn ổ đĩa khác")
    elif error.errno in _FORBIDDEN and replacing:
        cause = _("tệp “{file}” đang mở trong chương trình khác hoặc không được phép ghi; hãy đóng tệp rồi thử lại")
        cause = cause.format(file=target.name)
    elif error.errno in _FORBIDDEN:
        cause = _("không có quyền ghi vào thư mục này; hãy chọn thư mục khác")
    elif error.errno in _GONE:
        cause = _("ổ đĩa báo lỗi hoặc đã bị rút ra; hãy cắm lại rồi thử lại, hoặc chọn ổ đĩa khác")
    else:
        cause = _("hệ thống báo “{message}”; hãy thử lại hoặc chọn thư mục khác").format(message=reason(error))
    return _("Không ghi được vào thư mục “{folder}”: {reason}.").format(folder=folder, reason=cause)


def replace(source: Path, target: Path) -> None:
    """Give a file the name of another one; a program that looks into it just now is waited for a moment (Windows)."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.1)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder with those above it, all of which last through a power cut; ``OSError`` where that cannot be."""
    missing = [above for above in (folder, *folder.parents) if not above.is_dir()]
    if missing:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for above in missing:
        sync_folder(above.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in it last through a power cut; not every system can, and the files themselves are safe.

    ``OSError`` where the drive says that it failed.
    """
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno in (*_FULL, *_GONE):
            raise


def forget(handle: int) -> None:
    """Let the system drop its own copy of an open file, where it can (Linux): what is read then is on the drive."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
