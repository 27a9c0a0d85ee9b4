"""The library that stands between a program and its files (``shim.c``): compiling it, its log, its failures.

A process that is to be followed is started with ``environment``; inside of it ``mark``, ``arm`` and ``disarm`` speak to
the library.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_name("shim.c")
_HEAD = struct.Struct("<cqqIIq")

#: The kinds of calls that can be made to fail.
WRITE, SYNC, RENAME, OPEN, UNLINK, TRUNCATE, MKDIR = (1 << bit for bit in range(7))
ALL = (1 << 7) - 1

#: Why there is nothing to be followed here; empty where there is.
MISSING = (
    "" if sys.platform == "linux" and shutil.which("gcc") else "the shim needs Linux and gcc (make test installs gcc)"
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call below the folder that is followed, in the order in which they took effect.

    ``kind``: C a file made (``inode``, ``name``), W written (``inode``, ``at``, ``data``), T cut or grown to ``at``,
    S flushed (a file or a folder), A everything flushed, R renamed and L linked (``name`` to ``other``), U taken away
    (a file or a folder), M a folder made, ! a mark that the program itself put there (``data``).
    """

    kind: str
    inode: int
    at: int
    name: str
    other: str
    data: bytes


def compiled(folder: Path) -> Path:
    """The library, made in ``folder``."""
    library = folder / "shim.so"
    if not library.exists():
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", library, _SOURCE, "-ldl"],
            check=True,
        )
    return library


def environment(library: Path, followed: Path, log: Path | None = None) -> dict[str, str]:
    """What a process is started with, so that its files below ``followed`` are followed."""
    found = {"LD_PRELOAD": str(library), "SHIM_FOLDER": str(followed.resolve()), "QT_QPA_PLATFORM": "offscreen"}
    return {**os.environ, **found, **({"SHIM_LOG": str(log)} if log is not None else {})}


def read_log(path: Path) -> Iterator[Call]:
    """The calls in a log, one after the other."""
    with path.open("rb") as stream:
        while head := stream.read(_HEAD.size):
            kind, inode, at, name, other, size = _HEAD.unpack(head)
            names = stream.read(name).decode(), stream.read(other).decode()
            yield Call(kind.decode(), inode, at, *names, stream.read(size))


# ---- inside a process that is followed


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def mark(text: str) -> None:
    """Put a mark into the log: everything before it has happened."""
    _library().shim_mark(text.encode())


def arm(kinds: int, number: int, error: int, once: bool) -> None:
    """Make the ``number``-th call of these kinds fail with ``error`` (errno); alone, or with all that come after it."""
    _library().shim_arm(kinds, ctypes.c_long(number), error, int(once))


def failed() -> int:
    """How many calls were made to fail since ``arm``."""
    return int(_library().shim_failed())


def disarm() -> str:
    """Let every call through again; gives the first that failed, as ``write /folder/file``, else nothing."""
    library = _library()
    library.shim_disarm()
    library.shim_first.restype = ctypes.c_char_p
    return str(library.shim_first().decode())
