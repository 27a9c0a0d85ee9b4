"""The layers of the catalogue in the data folder: updates taken in, each under its day, and the unit's own entries."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models import catalogue, limits, private
from models.catalogue import Entry
from models.catalogue_file import read_csv, written
from models.errors import DocumentError, UserError, reason
from models.i18n import _

#: In the data folder.
FOLDER = "can-cu"
_OWN = "rieng.csv"
_UPDATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d{1,3}))?\.csv")


@dataclass(frozen=True, slots=True)
class Update:
    """A list taken in: the day it is of (ISO 8601), and which one of that day."""

    path: Path
    day: str
    nth: int = 1


@dataclass(slots=True)
class News:
    """What a list would change: entries that are new, that it has otherwise, that end by it, and that it has alike."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    expired: list[Entry] = field(default_factory=list)
    same: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.new or self.changed or self.expired)


# ---- reading


def shipped() -> list[Entry]:
    """The list that comes with the program."""
    path = catalogue.shipped_file()
    return read_csv(path.read_bytes(), path.name)


def merged(folder: Path | None, more: tuple[str, list[Entry]] | None = None) -> list[Entry]:
    """All layers as one list; what is damaged in the data folder is passed over (``faults``).

    ``more``: a list of that day besides, as if it had been taken in.
    """
    lists = [(catalogue.SHIPPED, 0, shipped())]
    if more is not None:
        lists.append((more[0], limits.CATALOGUE_ROWS, more[1]))
    for update in updates(folder):
        with contextlib.suppress(UserError):
            lists.append((update.day, update.nth, _read(update.path)))
    found: dict[tuple[str, str], Entry] = {}
    for _day, _nth, entries in sorted(lists, key=lambda one: one[:2]):
        found.update((entry.key, entry) for entry in entries)
    with contextlib.suppress(UserError):
        for entry in own(folder):
            found[entry.key] = catalogue.filled(entry, found[entry.key]) if entry.key in found else entry
    return list(found.values())


def faults(folder: Path | None) -> list[str]:
    """A sentence for each file of the layers that cannot be read; it stays where it is."""
    found = []
    for path in [*(update.path for update in updates(folder)), *([folder / FOLDER / _OWN] if folder else [])]:
        try:
            if path.exists():
                _read(path)
        except UserError as error:
            found.append(str(error))
    return found


def updates(folder: Path | None) -> list[Update]:
    """The lists taken in, the oldest first."""
    found = []
    with contextlib.suppress(OSError):
        for path in (folder / FOLDER).iterdir() if folder is not None else ():
            if (match := _UPDATE.fullmatch(path.name)) and catalogue.is_day(match[1]):
                found.append(Update(path, match[1], int(match[2] or 1)))
    return sorted(found, key=lambda one: (one.day, one.nth))


def own(folder: Path | None) -> list[Entry]:
    """The entries that the unit wrote itself; ``DocumentError`` where their file cannot be read."""
    if folder is None or not (path := folder / FOLDER / _OWN).exists():
        return []
    return _read(path, own=True)


def _read(path: Path, own: bool = False) -> list[Entry]:
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.CATALOGUE_BYTES + 1)
    except OSError as error:
        raise DocumentError(
            _("Không đọc được tệp “{file}” ({reason}).").format(file=path, reason=reason(error))
        ) from None
    return read_csv(data, path.name, own=own)


# ---- updates


def news(folder: Path | None, entries: list[Entry], day: str) -> News:
    """What a list of that day would change in the catalogue as it is now: an older one changes nothing newer."""
    known = {entry.key: entry for entry in merged(folder)}
    wanted = {entry.key for entry in entries}
    found = News()
    for entry in merged(folder, (day, entries)):
        if entry.key not in wanted:
            continue
        old = known.get(entry.key)
        if old is None:
            found.new.append(entry)
        elif _facts(old) == _facts(entry):
            found.same += 1
        elif (entry.expired_on or entry.replaced_by) and not (old.expired_on or old.replaced_by):
            found.expired.append(entry)
        else:
            found.changed.append(entry)
    return found


def _facts(entry: Entry) -> tuple[object, ...]:
    return (
        entry.kind, entry.number, entry.date, entry.issuer, entry.subject, entry.in_force_from, entry.expired_on,
        entry.replaced_by,
    )  # fmt: skip


def day_of(path: Path, today: date | None = None) -> str:
    """The day (ISO 8601) a list is of, at most today: that in the name of its file, else that of its last change."""
    latest = (today or date.today()).isoformat()
    for match in re.finditer(r"(?<!\d)(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)", path.name):
        if catalogue.is_day(day := "-".join(match.groups())):
            return min(day, latest)
    for match in re.finditer(r"(?<!\d)(\d\d)[-_.](\d\d)[-_.](\d{4})(?!\d)", path.name):
        if catalogue.is_day(day := "-".join(reversed(match.groups()))):
            return min(day, latest)
    with contextlib.suppress(OSError, OverflowError, ValueError):
        return min(date.fromtimestamp(path.stat().st_mtime).isoformat(), latest)
    return latest


def take(folder: Path, entries: list[Entry], day: str) -> Update:
    """Keep a list as an update of that day; ``DocumentError`` where it cannot be written: nothing is changed then."""
    nth = max((update.nth for update in updates(folder) if update.day == day), default=0) + 1
    name = f"{day}.csv" if nth == 1 else f"{day}-{nth}.csv"
    _write(folder, name, written(entries))
    return Update(folder / FOLDER / name, day, nth)


def take_back(update: Update) -> None:
    """Let an update go; ``DocumentError`` where its file cannot be removed."""
    _remove(update.path)


# ---- own entries


def keep_own(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the unit's own entries; ``DocumentError`` where that cannot be, and the earlier ones stay then."""
    listed = list(entries)
    if len(listed) >= limits.CATALOGUE_ROWS:
        raise DocumentError(_("Danh mục riêng đã quá nhiều văn bản."))
    if listed:
        _write(folder, _OWN, written(listed))
        return
    _remove(folder / FOLDER / _OWN)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        sentence = _("Không xóa được tệp “{file}” ({reason}).")
        raise DocumentError(sentence.format(file=path, reason=reason(error))) from None
    catalogue.forget()


def _write(folder: Path, name: str, data: bytes) -> None:
    # What could not be read again would be lost with all that lies beside it.
    read_csv(data, name)
    try:
        private.make_folder(folder)
        private.make_folder(folder / FOLDER)
        private.write(folder / FOLDER / name, data, flush=True)
    except OSError as error:
        sentence = _("Không ghi được danh mục căn cứ vào “{file}” ({reason}); danh mục cũ vẫn còn nguyên.")
        raise DocumentError(sentence.format(file=folder / FOLDER / name, reason=reason(error))) from None
    catalogue.forget()
