"""One window for one user and one store: a second start brings the first window to the front, and ends.

Who is first is told by a lock (``models.locks``), which no kill leaves behind. The second one speaks to the first
through a socket in a folder of this user alone, on Windows a named pipe: never through the network. It does so before
Qt is loaded, which keeps it quick. What the first one does then is ``ui.front``.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import UserError
from models.i18n import _
from models.locks import Held, lock

if TYPE_CHECKING:
    from ui.front import Front
    from ui.main_window import MainWindow

#: How long (seconds) a first program has to answer, and to come so far that it can: on a slow disk it starts long.
ANSWER, START = 2.0, 30.0
_STEP = 0.05
#: The first program's answer: its window is in front now.
DONE = b"xong"
#: Hands the right to come to the front from one program to another, on Wayland.
TOKEN = "XDG_ACTIVATION_TOKEN"


class Instance:
    """This process as the first one for its user and store."""

    def __init__(self, address: str, release: Callable[[], None]) -> None:
        self.address = address
        self._release = release
        self._front: Front | None = None

    def serve(self, window: Callable[[], MainWindow | None]) -> None:
        """From now on, bring the window that ``window`` gives to the front when another start asks for it."""
        from ui.front import Front

        if self.address:
            self._front = Front(self.address, window)

    def close(self) -> None:
        """Be no longer the first: the next start opens a window of its own."""
        if self._front is not None:
            self._front.close()
            self._front = None
        self._release()


def take(folder: Path, plan_id: str | None = None) -> Instance | None:
    """Be the only window of this user on the store in ``folder``.

    ``None`` where there is one already: it was brought to the front, and opens the plan ``plan_id`` if one is given.
    ``UserError`` where that one does not answer.
    """
    room = _room()
    if room is None:
        return Instance("", lambda: None)
    name = _name(folder)
    begin = time.monotonic()
    while True:
        try:
            release = lock(room / f"{name}.lock", shared=False)
        except Held:
            # Perhaps it ends just now, or has not come so far yet.
            if _ask(_address(room, name), plan_id):
                return None
            if time.monotonic() - begin > START:
                raise _silent() from None
            time.sleep(_STEP)
            continue
        except OSError:
            return Instance("", lambda: None)
        address = _address(room, name)
        if sys.platform != "win32":
            # A killed program leaves its socket behind.
            with contextlib.suppress(OSError):
                os.unlink(address)
        return Instance(address, release)


def _room() -> Path | None:
    """A folder of this user alone for locks and sockets; ``None`` where there is none to be trusted."""
    if sys.platform == "win32":
        room = Path(os.environ.get("LOCALAPPDATA") or os.environ.get("TEMP") or ".") / "KeHoachSo" / "dang-mo"
        try:
            room.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return room
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    room = Path(runtime) / "kehoachso" if runtime else Path("/tmp") / f"kehoachso-{os.getuid()}"
    try:
        with contextlib.suppress(FileExistsError):
            room.mkdir(mode=0o700)
        found = room.lstat()
    except OSError:
        return None
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077
    return room if is_own else None


def _name(folder: Path) -> str:
    """A short name of the store's folder, however it is written."""
    from hashlib import blake2b

    user = os.environ.get("USERNAME", "") if sys.platform == "win32" else ""
    place = os.path.normcase(os.path.realpath(folder))
    return blake2b(f"{user}\0{place}".encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


def _address(room: Path, name: str) -> str:
    return rf"\\.\pipe\kehoachso-{name}" if sys.platform == "win32" else str(room / f"{name}.sock")


def _ask(address: str, plan_id: str | None) -> bool:
    """Ask the first program to come to the front; false where it listens no more, or not yet."""
    import json
    from multiprocessing.connection import Client

    asked = {"open": plan_id or "", "token": os.environ.get(TOKEN, "")}
    try:
        with Client(address) as other:
            _let_come_to_front()
            other.send_bytes(json.dumps(asked).encode("ascii"))
            if not other.poll(ANSWER):
                raise _silent()
            return other.recv_bytes(len(DONE)) == DONE
    except (OSError, EOFError):
        return False


def _let_come_to_front() -> None:
    """Windows lets a program take the front only if the one that the user just started allows it."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


def _silent() -> UserError:
    return UserError(
        _(
            "Kế Hoạch Số đang mở sẵn nhưng không trả lời; "
            "hãy chờ cửa sổ đó xong việc, hoặc kết thúc nó (Ctrl+Shift+Esc trên Windows) rồi mở lại."
        )
    )
