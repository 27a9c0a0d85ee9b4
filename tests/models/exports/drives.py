"""Drives that fail: small ones in memory where the system lets them be mounted, and calls of ``os`` that break."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def small_drive(at: Path, size: str = "1m") -> Iterator[Path]:
    """A drive of that size mounted at a new folder; the test is skipped where nothing may be mounted."""
    at.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], capture_output=True)


def lock(drive: Path) -> None:
    """As the switch on a stick does."""
    subprocess.run(["mount", "-o", "remount,ro", str(drive)], check=True)


def pull_out(drive: Path) -> None:
    """What was on it is gone; the folder it was at stays behind, empty."""
    subprocess.run(["umount", "-l", str(drive)], check=True)


class At:
    """A function of ``os`` that does something else at one of its calls, and counts them all."""

    def __init__(self, real: Callable[..., Any], at: int, instead: Callable[..., Any]) -> None:
        self.real, self.at, self.instead, self.calls = real, at, instead, 0

    def __call__(self, *args: Any) -> Any:
        self.calls += 1
        return self.instead(*args) if self.calls == self.at else self.real(*args)


def failing(code: int) -> Callable[..., Any]:
    """A call of the system that fails."""

    def fail(*_args: object, **_options: object) -> Any:
        raise OSError(code, os.strerror(code))

    return fail


def bad_memory(real: Callable[[int], None]) -> Callable[[int], None]:
    """``os.fsync`` of a drive that changes a byte of what is written to it."""

    def sync(handle: int) -> None:
        real(handle)
        os.pwrite(handle, b"\xff", 1)

    return sync


#: What a drive says when it breaks, and what the user is told then.
BREAKS = {
    errno.ENOSPC: "đầy",
    errno.EROFS: "chỉ cho phép đọc",
    errno.EIO: "rút ra",
    errno.ENODEV: "rút ra",
    errno.ENOENT: "rút ra",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
