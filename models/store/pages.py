"""The pages of a SQLite file read one by one, so that what is left of a damaged one can be taken out of it.

After https://www.sqlite.org/fileformat2.html. Nothing is written, and no page is trusted: what does not fit is left out
and told. The write-ahead log is laid over the file as SQLite does it, as far as its checksums hold.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from models.store.newer import HEAD

Value = int | float | str | bytes | None
Record = tuple[Value, ...]

_WAL_MAGIC = 0x377F0682
_WAL_HEAD, _FRAME_HEAD = 32, 24
_INDEX_INNER, _TABLE_INNER, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_DEEPEST = 20
#: Every store was made with SQLite's usual size.
_USUAL_PAGE = 4096
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Unfit(Exception):
    """What was read is not what a page or a record of SQLite looks like."""


@dataclass(slots=True)
class Tree:
    """What was found of a table (``rows`` by rowid) or of an index (``entries``: its columns, the rowid last).

    ``is_whole`` says that every page and record of it could be read; ``pages`` are those it lies on.
    """

    rows: dict[int, Record] = field(default_factory=dict)
    entries: list[Record] = field(default_factory=list)
    is_whole: bool = True
    pages: set[int] = field(default_factory=set)


class Pages:
    """A SQLite file, and the log beside it (``-wal``) where there is one."""

    def __init__(self, path: Path) -> None:
        self._stream: BinaryIO = path.open("rb")
        try:
            self._open(path)
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path) -> None:
        self._over: dict[int, bytes] = {}
        self.page_size = _USUAL_PAGE
        head = self._read(0, 100)
        size = int.from_bytes(head[16:18], "big") if len(head) == 100 else 0
        if head[:16] == HEAD and (size == 1 or (512 <= size <= 32768 and not size & (size - 1))):
            self.page_size = 65536 if size == 1 else size
        self._stream.seek(0, 2)
        self.count = -(-self._stream.tell() // self.page_size)
        wal = path.with_name(f"{path.name}-wal")
        if wal.is_file():
            self._lay_over(wal.read_bytes())
        head = (self.page(1) or b"")[:100]
        self.has_head = head[:16] == HEAD
        #: The schema version that the header tells; 0 where it tells none.
        self.version = int.from_bytes(head[60:64], "big") if self.has_head else 0

    def close(self) -> None:
        self._stream.close()

    def _read(self, at: int, size: int) -> bytes:
        try:
            self._stream.seek(at)
            return self._stream.read(size)
        except OSError:
            return b""

    def page(self, number: int) -> bytes | None:
        """A page, the first is 1; ``None`` where it is not there, or not whole."""
        if number < 1 or number > self.count:
            return None
        found = self._over.get(number) or self._read((number - 1) * self.page_size, self.page_size)
        return found if len(found) == self.page_size else None

    # ---- the log

    def _lay_over(self, wal: bytes) -> None:
        """Take over what the log holds up to its last whole commit."""
        if len(wal) < _WAL_HEAD:
            return
        magic, _version, size, _number, *salts = struct.unpack(">6I", wal[:24])
        order = ">" if magic & 1 else "<"
        sums = _checksum(order, wal[:24], (0, 0))
        if magic & ~1 != _WAL_MAGIC or sums != struct.unpack(">2I", wal[24:32]):
            return
        if not (512 <= size <= 65536 and not size & (size - 1)):
            return
        self.page_size = size
        waiting: dict[int, bytes] = {}
        for at in range(_WAL_HEAD, len(wal) - size - _FRAME_HEAD + 1, size + _FRAME_HEAD):
            head, body = wal[at : at + _FRAME_HEAD], wal[at + _FRAME_HEAD : at + _FRAME_HEAD + size]
            number, commit, *rest = struct.unpack(">6I", head)
            sums = _checksum(order, head[:8] + body, sums)
            if rest[:2] != salts or tuple(rest[2:]) != sums:
                return
            waiting[number] = body
            if commit:
                self._over |= waiting
                self.count = commit
                waiting = {}

    # ---- trees

    def tree(self, root: int, is_table: bool) -> Tree:
        """All that can be read of a table or an index from its first page on."""
        found = Tree()
        kinds = (_TABLE_INNER, _TABLE_LEAF) if is_table else (_INDEX_INNER, _INDEX_LEAF)
        self._walk(root, kinds, found, 0)
        if is_table and list(found.rows) != sorted(found.rows):
            found.is_whole = False
        return found

    def _walk(self, number: int, kinds: tuple[int, int], found: Tree, depth: int) -> None:
        page = self.page(number)
        start = 100 if number == 1 else 0
        if page is None or number in found.pages or page[start] not in kinds or depth > _DEEPEST:
            found.is_whole = False
            return
        found.pages.add(number)
        is_inner = page[start] == kinds[0]
        for at in self._cells(page, start, found):
            try:
                if is_inner:
                    child = _number(page, at)
                    self._walk(child, kinds, found, depth + 1)
                    at += 4
                    if kinds[0] == _TABLE_INNER:
                        continue
                self._take(page, at, kinds[1], found)
            except Unfit:
                found.is_whole = False
        if is_inner:
            self._walk(_number(page, start + 8), kinds, found, depth + 1)

    def _cells(self, page: bytes, start: int, found: Tree) -> Iterator[int]:
        """Where the cells of a page begin; one that does not fit makes the tree not whole."""
        first = start + (12 if page[start] in (_TABLE_INNER, _INDEX_INNER) else 8)
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        for place in range(first, first + 2 * count, 2):
            at = int.from_bytes(page[place : place + 2], "big")
            if place + 2 > len(page) or at < first + 2 * count or at > len(page) - 4:
                found.is_whole = False
                if place + 2 > len(page):
                    return
                continue
            yield at

    def _take(self, page: bytes, at: int, kind: int, found: Tree) -> None:
        size, at = _varint(page, at)
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
            rowid = rowid - (1 << 64) if rowid >= 1 << 63 else rowid
            record = parse(self._payload(page, at, size, kind, found.pages))
            if rowid in found.rows:
                raise Unfit
            found.rows[rowid] = record
        else:
            found.entries.append(parse(self._payload(page, at, size, kind, found.pages)))

    def _payload(self, page: bytes, at: int, size: int, kind: int, pages: set[int]) -> bytes:
        usable = self.page_size
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if size <= most:
            body = page[at : at + size]
        else:
            if size > self.count * usable:
                raise Unfit
            least = (usable - 12) * 32 // 255 - 23
            local = least + (size - least) % (usable - 4)
            local = local if local <= most else least
            parts = [page[at : at + local]]
            left, following = size - local, _number(page, at + local)
            while left > 0:
                beyond = self.page(following)
                if beyond is None or following in pages:
                    raise Unfit
                pages.add(following)
                parts.append(beyond[4 : 4 + min(left, usable - 4)])
                left -= usable - 4
                following = _number(beyond, 0)
            body = b"".join(parts)
        if len(body) != size:
            raise Unfit
        return body

    def loose_rows(self, known: set[int]) -> Iterator[tuple[int, Record]]:
        """Rowid and record of all that lies on leaves of tables that no tree leads to any more."""
        for number in range(2, self.count + 1):
            page = None if number in known else self.page(number)
            if page is not None and page[0] == _TABLE_LEAF:
                found = Tree()
                for at in self._cells(page, 0, found):
                    try:
                        self._take(page, at, _TABLE_LEAF, found)
                    except Unfit:
                        continue
                yield from found.rows.items()

    def free_pages(self) -> set[int]:
        """The pages that the file keeps for later use, as far as its list of them can be read."""
        found: set[int] = set()
        head = self.page(1)
        trunk = _number(head, 32) if head is not None and self.has_head else 0
        while trunk and trunk not in found and (page := self.page(trunk)) is not None:
            found.add(trunk)
            count = min(_number(page, 4), self.page_size // 4 - 2)
            found.update(struct.unpack_from(f">{count}I", page, 8))
            trunk = _number(page, 0)
        return found


def parse(body: bytes) -> Record:
    """The values of a record; ``Unfit`` where it is none."""
    length, at = _varint(body, 0)
    if not 1 <= length <= len(body):
        raise Unfit
    place = length
    values: list[Value] = []
    while at < length:
        kind, at = _varint(body, at)
        if kind >= 12:
            size = (kind - 12) // 2
            raw = body[place : place + size]
            if len(raw) != size:
                raise Unfit
            values.append(_text(raw) if kind % 2 else raw)
            place += size
        elif kind in _INTEGERS:
            size = _INTEGERS[kind]
            values.append(int.from_bytes(body[place : place + size], "big", signed=True))
            place += size
        elif kind == 7:
            values.append(struct.unpack(">d", body[place : place + 8].ljust(8, b"\0"))[0])
            place += 8
        elif kind in (0, 8, 9):
            values.append(None if kind == 0 else kind - 8)
        else:
            raise Unfit
    if at != length or place != len(body):
        raise Unfit
    return tuple(values)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Unfit from None


def _number(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 4], "big")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where what follows begins."""
    value = 0
    for place in range(at, at + 9):
        if place >= len(data):
            raise Unfit
        byte = data[place]
        if place == at + 8:
            return value << 8 | byte, place + 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    raise Unfit


def _checksum(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    numbers = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for one, two in zip(numbers, numbers, strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second
