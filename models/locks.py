"""Locks that the system itself lets go of when their process ends, however it ends: nothing is left locked by a kill.

What is written in the file of a lock (machine, user, pid, since) only serves to say who holds it. The file stays.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_LONGEST = 64
#: Windows keeps others from reading what is locked: so a byte far behind what is written there is.
_LOCKED_BYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, as its file says; ``since`` is local time (ISO 8601). Any of it may be empty."""

    machine: str = ""
    user: str = ""
    since: str = ""


class Held(Exception):
    """The lock is held by another process."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder)
        self.holder = holder


@dataclass(slots=True)
class _Mine:
    handle: int
    count: int = 1


_mine: dict[tuple[int, int], _Mine] = {}
_guard = threading.Lock()


def lock(file: Path, shared: bool = True) -> Callable[[], None]:
    """Hold the lock on ``file``, which is made where it is missing; what is given back lets it go.

    ``Held`` where another process has it, or with ``shared`` false this one. ``OSError`` where the file cannot be
    written.
    """
    with _guard:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), 0o600)
        try:
            status = os.fstat(handle)
            key = (status.st_dev, status.st_ino)
            if key in _mine:
                os.close(handle)
                if not shared:
                    raise Held(this_process())
                _mine[key].count += 1
            else:
                _lock(handle)
                _mine[key] = _Mine(handle)
                _write(handle, this_process())
        except OSError as error:
            os.close(handle)
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise Held(_read(file)) from None
            raise

    def release() -> None:
        with _guard:
            mine = _mine.get(key)
            if mine is None:
                return
            mine.count -= 1
            if mine.count == 0:
                del _mine[key]
                _empty(mine.handle)
                os.close(mine.handle)

    return _once(release)


def _once(work: Callable[[], None]) -> Callable[[], None]:
    """``work``, done no more than once."""
    left = [work]
    return lambda: left.pop()() if left else None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        # Of the open file, not of the process: no other closing of the file lets it go.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def this_process() -> Holder:
    """This process, as it holds a lock from now on."""
    import platform

    user = next(filter(None, map(os.environ.get, ("LOGNAME", "USER", "USERNAME"))), "")
    return Holder(platform.node(), user, datetime.now().isoformat(timespec="seconds"))


def is_running(pid: int) -> bool:
    """Whether a process of this machine still runs; true where that cannot be told."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        may_ask, no_such = 0x1000, 87
        handle = kernel.OpenProcess(may_ask, False, pid)
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle) or ctypes.get_last_error() != no_such
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def _write(handle: int, holder: Holder) -> None:
    """Say who holds the lock; a full disk only keeps that from being told."""
    said = {"machine": holder.machine, "user": holder.user, "pid": os.getpid(), "since": holder.since}
    _empty(handle)
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(said).encode("ascii"))
    except OSError:
        _empty(handle)


def _empty(handle: int) -> None:
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)


def _read(file: Path) -> Holder:
    """What the file of a lock says; it may have been written by anybody."""
    try:
        with file.open("rb") as stream:
            found = json.loads(stream.read(4096))
    except (OSError, ValueError, RecursionError):
        return Holder()
    if not isinstance(found, dict):
        return Holder()
    return Holder(*(_clean(found.get(name)) for name in ("machine", "user", "since")))


def _clean(value: object) -> str:
    return "".join(filter(str.isprintable, value))[:_LONGEST] if isinstance(value, str) else ""
