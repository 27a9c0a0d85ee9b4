"""Whether a store is of a newer program, read without SQLite: opening it would change the files beside it.

A store that is closed is left with nothing beside it, and its log is rolled into it, whoever opened it last.
"""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path

from models.store.migrations import SCHEMA, refuse_version

#: How every SQLite file begins.
HEAD = b"SQLite format 3\0"

#: Where the header of the file, its page 1, has the version (https://www.sqlite.org/fileformat2.html).
_VERSION = slice(60, 64)
_LOG_HEAD, _FRAME_HEAD = 32, 24


def refuse_newer(path: Path) -> None:
    """``StoreError`` where the store is newer than this program; it is only read, and nothing is left beside it."""
    try:
        found = _version(path)
    except OSError:
        # Opening it tells what is wrong with it.
        return
    refuse_version(found, str(path))


def _version(path: Path) -> int:
    """The version of the schema; 0 where there is no store."""
    if not path.is_file():
        return 0
    with path.open("rb") as stream:
        head = stream.read(100)
    if len(head) < 100 or not head.startswith(HEAD):
        return 0
    found = int.from_bytes(head[_VERSION], "big")
    log = path.with_name(f"{path.name}-wal")
    if found <= SCHEMA and log.is_file() and _speaks_of_newer(log):
        # Only now, as proving that what stands there was committed takes its time.
        from models.store.pages import Pages

        with closing(Pages(path)) as pages:
            return pages.version
    return found


def _speaks_of_newer(log: Path) -> bool:
    """Whether some frame of the log has a header of the file with a newer version, committed or not."""
    with log.open("rb") as stream:
        head = stream.read(_LOG_HEAD)
        if len(head) < _LOG_HEAD:
            return False
        (size,) = struct.unpack_from(">I", head, 8)
        if not 512 <= size <= 65536:
            return False
        while len(frame := stream.read(_FRAME_HEAD)) == _FRAME_HEAD:
            if frame.startswith(b"\0\0\0\1"):
                page = stream.read(size)
                if int.from_bytes(page[_VERSION], "big") > SCHEMA:
                    return True
            else:
                stream.seek(size, 1)
    return False
