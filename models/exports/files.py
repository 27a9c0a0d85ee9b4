"""Files on disk: their names, and writing them so that a failure leaves what was there before.

Each file goes to a temporary one beside its target, is flushed, forced to the disk and read back, then replaces it
(novelWriter, ``core/document.py``).
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.drives import forget, no_room, not_written, replace, sync_folder
from models.errors import Cancelled, ExportError
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
#: What an export that was killed left behind, and how old (seconds) it is before that is certain. A copy of an earlier
#: file is called otherwise: it may be all that is left of it.
_LEFTOVER = re.compile(r"\.KH-.+\.[0-9a-f]{8}\.tmp")
_LEFT = 86_400.0
_EARLIER = "cu."
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
            with contextlib.suppress(OSError):
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
        with contextlib.suppress(OSError):
            _sync_folders(self.targets)
        return left


def check_targets(targets: Iterable[Path]) -> None:
    """``ExportError`` where something else than a file stands under the name of a target.

    A link could lead anywhere, a pipe would hold the program up: neither is read nor replaced.
    """
    for target in targets:
        try:
            mode = target.lstat().st_mode
        except (OSError, ValueError):
            # Not there, or writing itself will tell what is wrong.
            continue
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise ExportError(
                _(
                    "“{file}” trong thư mục “{folder}” là liên kết hoặc thiết bị, không phải tệp thường, nên không ghi "
                    "đè; hãy xóa nó đi hoặc chọn thư mục khác."
                ).format(file=target.name, folder=target.parent)
            )


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all the files, or none: ``ExportError`` names folder and reason, and every earlier file is as it was."""
    place_all(files).settle()


def place_all(files: Mapping[Path, bytes], *, removable: bool = False, progress: Progress | None = None) -> Placed:
    """Write all the files, or none, and hold on to the earlier ones until it is known that nothing else fails.

    What is written is read back from the drive and compared: before it takes the place of anything, and once more
    under its name. With ``removable`` the whole drive is flushed too, so that it can be pulled out afterwards.
    ``ExportError`` names folder and reason; ``Cancelled``, as long as no earlier file is touched.
    """
    check_targets(files)
    for folder in {target.parent for target in files}:
        _sweep(folder)
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
                placed.kept[at] = _beside(at, at.read_bytes(), _EARLIER)
        if progress is not None and not progress(1.0):
            raise Cancelled
        for at in files:
            replace(waiting[at], at)
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
            raise ExportError(told_with(not_written(at, error, is_replacing and os.path.exists(at)), left)) from None
        raise
    return placed


def told_with(sentence: str, left: list[Path]) -> str:
    """The sentence of a failure, and which files could not be taken back after it."""
    if not left:
        return sentence
    return (
        sentence
        + " "
        + _("Hãy tự xóa {files} trong “{folder}”: lần kết xuất này không được lưu.").format(
            files=", ".join(f"“{path.name}”" for path in left), folder=left[0].parent
        )
    )


def _check_space(files: Mapping[Path, bytes]) -> None:
    """``ExportError`` where a drive has no room for the files beside those they replace, copies of which are made."""
    for folder in {target.parent for target in files}:
        needed = 0
        for target, data in files.items():
            if target.parent == folder:
                needed += len(data) + _CLUSTER
                with contextlib.suppress(OSError):
                    needed += target.stat().st_size
        if sentence := no_room(folder, needed):
            raise ExportError(sentence)


def _sweep(folder: Path) -> None:
    """Remove what exports that were killed left in the folder."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _LEFTOVER.fullmatch(path.name):
                found = path.lstat()
                if stat.S_ISREG(found.st_mode) and abs(time.time() - found.st_mtime) > _LEFT:
                    _remove(path)


def _beside(target: Path, data: bytes, kind: str = "") -> Path:
    """A new file in the folder of ``target`` that holds ``data``, on the disk for certain."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.{kind}tmp")
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
        forget(stream.fileno())
        return stream.read()


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sync_folders(targets: Sequence[Path]) -> None:
    """Make the new names last through a power cut; not every system can, and the files themselves are safe."""
    for folder in {target.parent for target in targets}:
        sync_folder(folder)
