"""Files on disk: their names, and writing them so that a failure leaves what was there before.

Each file goes to a temporary one beside its target, is flushed, forced to the disk and read back, then replaces it
(novelWriter, ``core/document.py``).
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import Cancelled, ExportError, reason
from models.i18n import _
from models.plan import Plan

DRAFT_MARK = "-duthao"
_NO_CODE = "DV"
_LONGEST_CODE = 24


# ---- names


def file_stem(plan: Plan, *, draft: bool = False) -> str:
    """``KH-<years>_<code>_<revision>`` in ASCII; a draft is marked, so that it never replaces a final file."""
    years = sorted({year for year in (plan.period_from, plan.period_to) if year is not None})
    if not years and plan.year is not None:
        years = [plan.year]
    period = "-".join(str(year) for year in years) or "0000"
    return f"KH-{period}_{unit_code(plan)}_{plan.revision}{DRAFT_MARK if draft else ''}"


def unit_code(plan: Plan) -> str:
    """The unit's code in letters that every file system and mail program takes; else the initials of its name."""
    code = ascii_letters(plan.unit_code)
    if not code:
        code = "".join(letters[0] for word in plan.unit_name.split() if (letters := ascii_letters(word)))
    return code[:_LONGEST_CODE].strip("-") or _NO_CODE


def ascii_letters(text: str) -> str:
    """``text`` without diacritics, of letters, digits and hyphens only: "Sở Nội vụ" is "SoNoivu"."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^A-Za-z0-9-]", "", folded).strip("-")


# ---- writing

#: Told how much is done, from 0 to 1; giving False stops the work.
Progress = Callable[[float], bool]
# A file takes whole clusters of a drive: 32 kB on most, 128 kB on large exFAT ones.
_CLUSTER = 128 * 1024


@dataclass(frozen=True, slots=True)
class Placed:
    """Files that have just taken the place of earlier ones, which wait beside them: ``settle`` or ``take_back``."""

    targets: list[Path]
    kept: dict[Path, Path]

    def settle(self) -> None:
        """Let the earlier files go."""
        for copy in self.kept.values():
            _remove(copy)
        if self.kept:
            _sync_folders(self.targets)

    def take_back(self) -> list[Path]:
        """Put everything back as it was; gives the files with which that could not be done: their copies stay."""
        left = []
        for target in reversed(self.targets):
            try:
                if target in self.kept:
                    os.replace(self.kept[target], target)
                else:
                    target.unlink(missing_ok=True)
            except OSError:
                left.append(target)
        _sync_folders(self.targets)
        return left


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all the files, or none: ``ExportError`` names folder and reason, and every earlier file is as it was."""
    place_all(files).settle()


def place_all(files: Mapping[Path, bytes], *, removable: bool = False, progress: Progress | None = None) -> Placed:
    """Write all the files, or none, and hold on to the earlier ones until it is known that nothing else fails.

    What is written is read back from the drive and compared: before it takes the place of anything, and once more
    under its name. With ``removable`` the whole drive is flushed too, so that it can be pulled out afterwards.
    ``ExportError`` names folder and reason; ``Cancelled``, as long as no earlier file is touched.
    """
    _check_space(files)
    waiting: dict[Path, Path] = {}
    placed = Placed([], {})
    at = next(iter(files), Path())
    is_replacing = False
    try:
        for number, (at, data) in enumerate(files.items()):
            if progress is not None and not progress(number / len(files)):
                raise Cancelled
            waiting[at] = _beside(at, data)
            _compare(waiting[at], at, data)
        is_replacing = True
        for at in files:
            if at.is_file():
                placed.kept[at] = _beside(at, at.read_bytes())
        if progress is not None and not progress(1.0):
            raise Cancelled
        for at in files:
            os.replace(waiting[at], at)
            placed.targets.append(at)
        is_replacing = False
        _sync_folders(placed.targets)
        if removable and hasattr(os, "sync"):
            # Windows lets nobody but an administrator flush a whole volume; there, sticks are written through, and
            # flushing each file is enough.
            os.sync()
        for at, data in files.items():
            _compare(at, at, data)
    except BaseException as error:
        left = placed.take_back()
        for leftover in (*waiting.values(), *(copy for target, copy in placed.kept.items() if target not in left)):
            _remove(leftover)
        if isinstance(error, OSError):
            raise _cannot_write(at, error, is_replacing and os.path.exists(at)) from None
        raise
    return placed


def _check_space(files: Mapping[Path, bytes]) -> None:
    """``ExportError`` where a drive has no room for the files beside those they replace, copies of which are made."""
    for folder in {target.parent for target in files}:
        needed = 0
        for target, data in files.items():
            if target.parent == folder:
                needed += len(data) + _CLUSTER
                with contextlib.suppress(OSError):
                    needed += target.stat().st_size
        try:
            usage = shutil.disk_usage(folder)
        except OSError:
            # Writing itself will tell what is wrong with it.
            continue
        # Some drives of a network say that they have no size at all.
        if usage.total and usage.free < needed:
            raise ExportError(
                _(
                    "Không đủ chỗ trong “{folder}”: cần {needed}, chỉ còn trống {free}; hãy giải phóng dung lượng "
                    "hoặc chọn nơi khác."
                ).format(folder=folder, needed=size_text(needed), free=size_text(usage.free))
            )


def _beside(target: Path, data: bytes) -> Path:
    """A new file in the folder of ``target`` that holds ``data``, on the disk for certain."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _compare(path: Path, target: Path, data: bytes) -> None:
    """``ExportError`` where the drive gives back something else than was written; ``target`` is named in it."""
    if _read_back(path) != data:
        raise ExportError(
            _(
                "Tệp “{file}” đọc lại từ “{folder}” không giống nội dung đã ghi nên đã bị bỏ; ổ đĩa có thể bị hỏng, "
                "hãy dùng ổ đĩa khác."
            ).format(file=target.name, folder=target.parent)
        )


def _read_back(path: Path) -> bytes:
    """What the drive itself holds, where the system lets its own copy in memory be dropped (Linux)."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return stream.read()


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sync_folders(targets: Sequence[Path]) -> None:
    """Make the new names last through a power cut; not every system can, and the files themselves are safe."""
    if os.name != "posix":
        return
    for folder in {target.parent for target in targets}:
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def size_text(size: int) -> str:
    """A number of bytes as people say it: "412 kB", "1,4 MB", "12 GB"."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    text = f"{value:.1f}" if unit in ("MB", "GB") and value < 10 else f"{value:.0f}"
    return text.replace(".", ",") + f" {unit}"


# ---- what went wrong

_FULL: Sequence[int] = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Sequence[int] = (errno.EACCES, errno.EPERM)
# A stick pulled out in the middle leaves a folder behind in which what was just written is not.
_GONE: Sequence[int] = (errno.EIO, errno.ENODEV, errno.ENOENT)


def _cannot_write(target: Path, error: OSError, replacing: bool) -> ExportError:
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
    return ExportError(_("Không ghi được vào thư mục “{folder}”: {reason}.").format(folder=folder, reason=cause))
