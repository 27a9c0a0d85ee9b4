"""The reports of errors kept in the data folder, and how one is sent."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from models import private
from models.errors import ExportError
from models.i18n import _

if TYPE_CHECKING:
    from models.reports import Fault

#: So many are kept; the oldest go.
MOST = 20
_FOLDER = "bao-cao-loi"
_PATTERN = "loi-*.txt"
_STAMP = "loi-%Y%m%d-%H%M%S"
#: Where Python writes as it is ended from outside itself.
_FATAL = "dang-chay.log"


@dataclass(frozen=True, slots=True)
class Kept:
    """One report: its file, when it was made, and all of its text."""

    path: Path
    when: datetime
    text: str


def folder_of(data_folder: Path) -> Path:
    return data_folder / _FOLDER


def keep(data_folder: Path, text: str, when: datetime) -> Path | None:
    """Write a report and let the oldest go; ``None`` where it cannot be written, and no data folder is made for it."""
    if not data_folder.is_dir():
        return None
    folder = folder_of(data_folder)
    try:
        private.make_folder(folder)
        path = _free_name(folder, when)
        private.write(path, text.encode())
    except OSError:
        return None
    for old in sorted(folder.glob(_PATTERN))[:-MOST]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


def _free_name(folder: Path, when: datetime) -> Path:
    """Names sort as the reports came, also those of one second."""
    stem = when.strftime(_STAMP)
    number = 1
    while (path := folder / f"{stem}-{number:02}.txt").exists():
        number += 1
    return path


def rewrite(path: Path, text: str) -> None:
    """The same report with more in it, such as how often the error came; the earlier one stays where that fails."""
    with contextlib.suppress(OSError):
        private.write(path, text.encode())


def listed(data_folder: Path) -> list[Kept]:
    """The reports, the newest first; what is no report of ours is passed over."""
    found = []
    for path in sorted(folder_of(data_folder).glob(_PATTERN), reverse=True):
        with contextlib.suppress(OSError, ValueError):
            when = datetime.strptime(path.stem[: len("loi-20250101-000000")], _STAMP)
            found.append(Kept(path, when, path.read_text(encoding="utf-8")))
    return found


def told(data_folder: Path, error: BaseException, trace: TracebackType | None) -> str:
    """Keep a report of an unexpected error where there is no window; gives the sentence that says so."""
    from models import reports

    now = datetime.now()
    path = None
    with contextlib.suppress(Exception):
        text = reports.render(reports.faults(error, trace), reports.Facts(), now, data_folder)
        path = keep(data_folder, text, now)
    if path is None:
        kind = reports.kind_of(type(error))
        return _("Có lỗi ngoài dự kiến ({kind}); dữ liệu đã lưu vẫn an toàn.").format(kind=kind)
    return _("Có lỗi ngoài dự kiến; dữ liệu đã lưu vẫn an toàn. Báo cáo lỗi ở “{file}”.").format(file=path)


# ---- an end from outside Python


def fatal_file(data_folder: Path) -> Path:
    """Where Python is to write as a fault outside it ends it; its folder is made. ``OSError`` where it cannot be."""
    private.make_folder(folder_of(data_folder))
    return folder_of(data_folder) / _FATAL


def last_fault(data_folder: Path) -> Fault | None:
    """What the window before this one left as it was ended by a fault; ``None`` where it left nothing."""
    from models import reports

    try:
        text = (folder_of(data_folder) / _FATAL).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return reports.native_fault(text)


def forget_fault(data_folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder_of(data_folder) / _FATAL).unlink(missing_ok=True)


# ---- sending

_MAIL = """Kính gửi bộ phận hỗ trợ,

Chương trình Kế Hoạch Số gặp lỗi lúc {when}. Báo cáo lỗi được gửi kèm; báo cáo không có nội dung kế hoạch.

Việc đang làm khi gặp lỗi (nếu nhớ):

Trân trọng.
"""


def to_send(text: str, when: datetime, kind: str) -> bytes:
    """A report as it is sent: ``.eml``, the draft of a mail with the report attached, or ``.txt``, the report alone."""
    if kind != ".eml":
        # The old Notepad knows UTF-8 by its mark, and lines by both letters.
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    from models.exports import mail

    told_at = when.strftime("%H:%M ngày %d/%m/%Y")
    subject = f"Báo cáo lỗi Kế Hoạch Số {told_at}"
    return mail.note(subject, _MAIL.format(when=told_at), file_name(when, ".txt"), to_send(text, when, ".txt"))


def file_name(when: datetime, kind: str) -> str:
    """What a report that is sent is called."""
    return f"bao-cao-loi-{when:%Y%m%d-%H%M%S}{kind}"


def send_to(target: Path, text: str, when: datetime) -> None:
    """Write a report where the user wants it; ``ExportError`` says why that cannot be."""
    from models.exports import files

    if target.suffix.lower() not in (".eml", ".txt"):
        raise ExportError(_("Tên tệp “{file}” phải có đuôi .eml hoặc .txt.").format(file=target.name))
    files.write_all({target: to_send(text, when, target.suffix.lower())})
