"""Files on disk: their names, and writing them so that a failure leaves what was there before.

Each file goes to a temporary one beside its target, is flushed and forced to the disk, then replaces it
(novelWriter, ``core/document.py``).
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.errors import ExportError, reason
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


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all the files, or none: ``ExportError`` names folder and reason, and every earlier file is as it was."""
    waiting: dict[Path, Path] = {}
    kept: dict[Path, Path] = {}
    replaced: list[Path] = []
    at = next(iter(files), Path())
    try:
        for at, data in files.items():
            waiting[at] = _beside(at, data)
        for at in files:
            if at.is_file():
                kept[at] = _beside(at, at.read_bytes())
        for at in files:
            os.replace(waiting[at], at)
            replaced.append(at)
    except BaseException as error:
        for done in reversed(replaced):
            with contextlib.suppress(OSError):
                if done in kept:
                    os.replace(kept[done], done)
                else:
                    done.unlink()
        if isinstance(error, OSError):
            raise _cannot_write(at, error, replacing=len(waiting) == len(files) and at.exists()) from None
        raise
    finally:
        for leftover in (*waiting.values(), *kept.values()):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
    for folder in {target.parent for target in files}:
        _sync_folder(folder)


def _beside(target: Path, data: bytes) -> Path:
    """A new file in the folder of ``target`` that holds ``data``, on the disk for certain."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sync_folder(folder: Path) -> None:
    """Make the new names last through a power cut; not every system can, and the files themselves are safe."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_FULL: Sequence[int] = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Sequence[int] = (errno.EACCES, errno.EPERM)


def _cannot_write(target: Path, error: OSError, replacing: bool) -> ExportError:
    folder = target.parent
    if not folder.exists():
        cause = _("thư mục không tồn tại; hãy chọn thư mục khác hoặc cắm lại ổ đĩa")
    elif not folder.is_dir():
        cause = _("đó là một tệp, không phải thư mục; hãy chọn một thư mục")
    elif error.errno in _FULL:
        cause = _("ổ đĩa đã đầy; hãy giải phóng dung lượng hoặc chọn ổ đĩa khác")
    elif target.is_dir():
        cause = _("“{file}” đang là tên của một thư mục; hãy đổi tên thư mục đó").format(file=target.name)
    elif error.errno == errno.EROFS:
        cause = _("ổ đĩa chỉ cho phép đọc; hãy bỏ khóa ghi hoặc chọn ổ đĩa khác")
    elif error.errno in _FORBIDDEN and replacing:
        cause = _("tệp “{file}” đang mở trong chương trình khác hoặc không được phép ghi; hãy đóng tệp rồi thử lại")
        cause = cause.format(file=target.name)
    elif error.errno in _FORBIDDEN:
        cause = _("không có quyền ghi vào thư mục này; hãy chọn thư mục khác")
    else:
        cause = _("hệ thống báo “{message}”; hãy thử lại hoặc chọn thư mục khác").format(message=reason(error))
    return ExportError(_("Không ghi được vào thư mục “{folder}”: {reason}.").format(folder=folder, reason=cause))
