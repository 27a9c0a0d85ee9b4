"""A disk that loses its power: what may lie on it, worked out from the calls that a program made.

What was flushed is there. Of what was not, any part may be there, lost or torn at the borders of sectors. Two kinds:

- ``ordered``, as ext4, NTFS and APFS do it: names (files made, renamed, taken away) are kept in the order in which they
  came, and flushing anything keeps all the names so far;
- ``strict``, as POSIX promises and no more: a name is kept for certain only once its own folder was flushed; of the
  others any may be kept.

Unless a drive is ``whole`` (what SQLite calls powersafe overwrite), a sector that was being written when the power went
may hold anything, also where the write changed only a part of it: flash in a cheap stick is rewritten in blocks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.torture.shim import Call

#: The files below a folder by their paths; ``None`` is a folder.
Image = dict[str, bytes | None]


@dataclass(eq=False, slots=True)
class File:
    """``flushed`` is on the disk for certain, ``now`` what the program sees; ``pending`` is what lies between them."""

    flushed: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    #: Where, and what: ``None`` cuts the file there, or lets it grow.
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, at: int, data: bytes | None) -> None:
        self.pending.append((at, data))
        _apply(self.now, at, data)

    def flush(self) -> None:
        self.flushed = bytes(self.now)
        self.pending.clear()


def _apply(content: bytearray, at: int, data: bytes | None, gap: bytes = b"\0") -> None:
    """Write into a content, or cut it; what lies between its end and a write beyond it is filled with ``gap``."""
    if len(content) < at:
        content.extend((gap * (at - len(content)))[: at - len(content)])
    if data is None:
        del content[at:]
    else:
        content[at : at + len(data)] = data


@dataclass(frozen=True, slots=True)
class _Named:
    """One change of names: ``path`` gets ``file`` (``None``: a folder), or goes; ``old`` goes with it."""

    path: str
    file: File | None = None
    is_gone: bool = False
    old: str = ""

    def apply(self, names: dict[str, File | None]) -> None:
        if self.old:
            names.pop(self.old, None)
        if self.is_gone:
            names.pop(self.path, None)
        else:
            names[self.path] = self.file

    def folders(self) -> set[str]:
        return {os.path.dirname(path) for path in (self.path, self.old) if path}


class Disk:
    """The disk below ``root``, as it stood on the real one when this was made; ``follow`` brings it on."""

    def __init__(self, root: Path) -> None:
        self.root = str(root.resolve())
        self.names: dict[str, File | None] = {self.root: None}
        self._by_inode: dict[int, File] = {}
        for path in sorted(root.resolve().rglob("*")):
            file = None
            if path.is_file():
                file = File(path.read_bytes(), bytearray(path.read_bytes()))
                self._by_inode[path.stat().st_ino] = file
            self.names[str(path)] = file
        #: The names that are on the disk for certain, and those that came since, for either kind of disk.
        self._ordered = dict(self.names)
        self._strict = dict(self.names)
        self._late: list[_Named] = []
        self._late_strict: list[_Named] = []

    # ---- what the program does

    def follow(self, call: Call) -> None:
        """Take in one call."""
        match call.kind:
            case "C":
                self._by_inode[call.inode] = File()
                self._name(_Named(call.name, self._by_inode[call.inode]))
            case "M":
                self._name(_Named(call.name))
            case "W":
                self._by_inode[call.inode].change(call.at, call.data)
            case "T":
                self._by_inode[call.inode].change(call.at, None)
            case "U":
                self._name(_Named(call.name, is_gone=True))
            case "R" | "L":
                old = call.name if call.kind == "R" else ""
                self._name(_Named(call.other, self.names[call.name], old=old))
            case "S":
                self._flush(call)
            case "A":
                for file in self._by_inode.values():
                    file.flush()
                self._keep_names(None)

    def _name(self, change: _Named) -> None:
        change.apply(self.names)
        self._late.append(change)
        self._late_strict.append(change)

    def _flush(self, call: Call) -> None:
        # A folder is never among the files, and a file that has lost its name is not among the names.
        is_folder = call.name in self.names and self.names[call.name] is None
        if not is_folder:
            self._by_inode[call.inode].flush()
        self._keep_names(call.name if is_folder else "")

    def _keep_names(self, folder: str | None) -> None:
        """After a flush of ``folder``, of a file (empty), or of everything (``None``)."""
        for change in self._late:
            change.apply(self._ordered)
        self._late.clear()
        waiting = []
        for change in self._late_strict:
            if folder is None or folder in change.folders():
                change.apply(self._strict)
            else:
                waiting.append(change)
        self._late_strict = waiting

    def content(self) -> Image:
        """What the program sees."""
        return {path: None if file is None else bytes(file.now) for path, file in self.names.items()}

    # ---- the power goes

    def image(self, random: Random, *, strict: bool, sector: int, whole: bool) -> Image:
        """What may lie on the disk if the power goes now."""
        names = dict(self._strict if strict else self._ordered)
        late = self._late_strict if strict else self._late
        share = random.choice((0.0, 0.5, 1.0, 0.9))
        kept = (
            [change for change in late if random.random() < share]
            if strict
            else late[: random.choice((0, len(late), random.randint(0, len(late))))]
        )
        for change in kept:
            change.apply(names)
        found: Image = {}
        for path, file in sorted(names.items()):
            # What lies in a folder whose own name was lost is lost too.
            if path == self.root or found.get(os.path.dirname(path), b"") is None:
                found[path] = None if file is None else _torn(file, random, sector, whole)
        return found


def _torn(file: File, random: Random, sector: int, whole: bool) -> bytes:
    """What may be there of a file: each change kept, lost, or torn at the borders of sectors."""
    content = bytearray(file.flushed)
    share = random.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    is_torn = random.random() < 0.5
    changes = list(file.pending)
    if random.random() < 0.2:
        random.shuffle(changes)
    gap = random.choice((b"\0", b"\xff", random.randbytes(61)))
    for at, data in changes:
        if data is None:
            if random.random() < share:
                _apply(content, at, None, gap)
            continue
        keep = random.random() < share
        for start, piece in _sectors(at, data, sector):
            if (random.random() < 0.5) if is_torn else keep:
                _apply(content, start, piece, gap)
            elif is_torn and random.random() < 0.1:
                _apply(content, start, random.randbytes(len(piece)), gap)
    writes = [(at, data) for at, data in file.pending if data]
    if writes and not whole:
        # The one sector that was being written, with all that it held.
        at, data = random.choice(writes)
        start = random.choice([start for start, _piece in _sectors(at, data, sector)]) // sector * sector
        spoiled = min(sector, len(content) - start)
        if spoiled > 0:
            content[start : start + spoiled] = random.choice((bytes(spoiled), random.randbytes(spoiled)))
    return bytes(content)


def _sectors(at: int, data: bytes, sector: int) -> Iterator[tuple[int, bytes]]:
    """The pieces of a write, each within one sector, with their places in the file."""
    start = 0
    while start < len(data):
        end = min(len(data), ((at + start) // sector + 1) * sector - at)
        yield at + start, data[start:end]
        start = end


def lay_out(image: Image, root: str, folder: Path) -> None:
    """Put what lay below ``root`` into ``folder``."""
    for path, content in sorted(image.items()):
        place = folder / os.path.relpath(path, root)
        if content is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.write_bytes(content)
