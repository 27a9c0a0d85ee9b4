"""Who may write a store: one program at a time, on a drive of this machine.

The lock (``models.locks``) is on a file beside the store. Several stores of one process share it and are counted.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from models.errors import reason
from models.i18n import _
from models.locks import Held, Holder, lock, this_process

LOCK_NAME = "kehoachso.lock"

#: How long (seconds) a program that ends just now is waited for; and one that is making the store.
PATIENCE, PATIENCE_NEW = 2.0, 10.0
_STEP = 0.05

#: File systems of other machines, and of the host of a virtual one: locks and shared memory cannot be relied on there
#: (https://www.sqlite.org/wal.html: all processes that use a store must be on one machine).
_SHARED = frozenset((
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncp", "ncpfs", "afs", "afpfs", "coda", "ceph", "lustre",
    "gfs", "gfs2", "ocfs2", "glusterfs", "beegfs", "davfs", "9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs",
    "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.kio-fuse", "fuse.smbnetfs", "fuse.nfs", "fuse.davfs",
    "fuse.davfs2", "fuse.curlftpfs", "fuse.ceph", "fuse.glusterfs", "fuse.s3fs", "fuse.onedriver",
    "fuse.google-drive-ocamlfuse", "fuse.vmhgfs-fuse",
))  # fmt: skip
_DRIVE_REMOTE = 4

#: The sentence why a store can only be read, in the language set when it is asked for.
Why = Callable[[], str]


# ---- network and shared folders


def shared_as(folder: Path, mounts: str | None = None) -> str:
    """The kind of network or shared folder that ``folder`` is in; empty where it is on a drive of this machine.

    ``mounts`` is what Linux tells in ``/proc/self/mountinfo``; by default it is asked.
    """
    path = os.path.realpath(folder)
    if sys.platform == "win32":
        return "remote" if is_remote(path, _drive_type) else ""
    if mounts is None:
        try:
            with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as stream:
                mounts = stream.read()
        except OSError:
            return ""
    kind = file_system(path, mounts)
    return kind if kind in _SHARED else ""


def file_system(path: str, mounts: str) -> str:
    """The type of the file system that an absolute path lies on, by the lines of ``mountinfo`` (man proc, 5)."""
    best, found = -1, ""
    for line in mounts.splitlines():
        before, _dash, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5:
            continue
        point = _unescaped(fields[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        # Of two at one place the later one covers the other.
        if inside and len(point) >= best:
            best, found = len(point), kinds[0]
    return found


def _unescaped(text: str) -> str:
    """A mount point as it is: blanks, tabs, line breaks and backslashes are told as octal numbers."""
    for code in ("\\040", "\\011", "\\012", "\\134"):
        text = text.replace(code, chr(int(code[1:], 8)))
    return text


def is_remote(path: str, drive_type: Callable[[str], int]) -> bool:
    """Whether a resolved path of Windows leads to another machine; ``drive_type`` is ``GetDriveTypeW``."""
    import ntpath

    drive = ntpath.splitdrive(path.replace("/", "\\"))[0]
    plain = drive.removeprefix("\\\\?\\").removeprefix("\\\\.\\")
    if plain.upper().startswith("UNC\\") or plain.startswith("\\\\"):
        return True
    return drive_type(plain + "\\") == _DRIVE_REMOTE


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


# ---- may this program write?


def ask(folder: Path, is_there: Callable[[], bool], waits: bool = True) -> tuple[Why | None, Callable[[], None]]:
    """Ask for the store in ``folder`` to be written by this process alone.

    Gives ``None`` and what lets the store go again; or why it can only be read, and nothing to let go. Another program
    that holds it is waited for a moment, longer where the store is not there yet (``is_there``); if ``waits``.
    """
    if shared_as(folder):
        return partial(_on_the_network, folder), nothing
    begin = time.monotonic()
    while True:
        try:
            return None, lock(folder / LOCK_NAME)
        except Held as held:
            if not waits or time.monotonic() - begin > (PATIENCE if is_there() else PATIENCE_NEW):
                return partial(_held_by, held.holder, folder), nothing
            time.sleep(_STEP)
        except OSError as error:
            return partial(unwritable, folder, error), nothing


def nothing() -> None:
    """There is nothing to let go of."""


def unwritable(place: Path, error: BaseException) -> str:
    """Why a store can only be read where the system lets nothing be written."""
    why = reason(error) if isinstance(error, OSError) else ""
    said = f" ({why})" if why else ""
    return _(
        "Không ghi được vào “{place}”{reason} nên kho dữ liệu chỉ mở để đọc; "
        "hãy kiểm tra quyền ghi hoặc khóa chống ghi của ổ đĩa rồi thử lại."
    ).format(place=place, reason=said)


def _on_the_network(folder: Path) -> str:
    return _(
        "Thư mục “{folder}” nằm trên mạng hoặc là thư mục dùng chung nên kho dữ liệu chỉ mở để đọc; "
        "muốn sửa, hãy chép cả thư mục về ổ đĩa của máy này rồi mở ở đó."
    ).format(folder=folder)


def _held_by(holder: Holder, folder: Path) -> str:
    since = _shown_time(holder.since)
    if holder.machine and holder.machine != this_process().machine:
        return _(
            "Kho dữ liệu “{folder}” đang mở trên máy {machine} (người dùng {user}, từ {since}) nên ở đây chỉ đọc được; "
            "hãy đóng chương trình ở máy đó rồi thử lại."
        ).format(folder=folder, machine=holder.machine, user=holder.user or "–", since=since or "–")
    if holder.user and since:
        return _(
            "Kho dữ liệu “{folder}” đang mở trong một chương trình khác (người dùng {user}, từ {since}) "
            "nên ở đây chỉ đọc được; hãy đóng chương trình đó rồi thử lại."
        ).format(folder=folder, user=holder.user, since=since)
    return _(
        "Kho dữ liệu “{folder}” đang mở trong một chương trình khác nên ở đây chỉ đọc được; "
        "hãy đóng chương trình đó rồi thử lại."
    ).format(folder=folder)


def _shown_time(since: str) -> str:
    try:
        return f"{datetime.fromisoformat(since):%H:%M %d/%m/%Y}"
    except ValueError:
        return ""
