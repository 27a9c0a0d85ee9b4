"""Which backups stay when they grow older, so that they reach far back and never fill the disk."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from models.store.backup_names import Backup, listed
from models.store.backup_reading import FAULTS, is_whole

#: All of this time stay; then the last of each day, of each week, and of each month.
ALL, DAILY, WEEKLY = timedelta(days=2), timedelta(days=14), timedelta(days=62)
#: So many months, counted from the newest that is older than the weekly ones.
MONTHS = 24


def thin(folder: Path, now: datetime) -> list[Path]:
    """Remove the backups in ``folder`` that need not stay; gives those removed.

    What each machine and user made is thinned for itself: they may share a drive. Never removed: the newest one that
    is good, any that is newer than that, and what has not the name of a backup.
    """
    removed = []
    by_origin = itertools.groupby(sorted(listed(folder), key=lambda backup: backup.origin), lambda one: one.origin)
    for _origin, group in by_origin:
        backups = list(group)
        wanted = kept([backup.moment for backup in backups], now) | _newest_good(backups, now)
        for number, backup in enumerate(backups):
            if number not in wanted:
                # One that is open elsewhere goes the next time.
                with contextlib.suppress(OSError):
                    backup.path.unlink()
                    removed.append(backup.path)
    return removed


def kept(times: Sequence[datetime], now: datetime) -> set[int]:
    """Which of the times stay, by their places; all in the future do, for the clock may have been wrong."""
    last: dict[tuple[object, ...], int] = {}
    for number in sorted(range(len(times)), key=lambda number: times[number]):
        last[_span(times[number], now, number)] = number
    months = sorted((span for span in last if span[0] == "month"), reverse=True)
    for span in months[MONTHS:]:
        del last[span]
    return set(last.values())


def _span(time: datetime, now: datetime, number: int) -> tuple[object, ...]:
    """What a time is the only one of that stays, if it is the last in it."""
    age = now - time
    if age <= ALL:
        return ("all", number)
    if age <= DAILY:
        return ("day", time.date())
    if age <= WEEKLY:
        return ("week", *time.isocalendar()[:2])
    return ("month", time.year, time.month)


def _newest_good(backups: Sequence[Backup], now: datetime) -> set[int]:
    """The newest good one and all that are newer: counted from the future, and from now."""
    found: set[int] = set()
    for until in (datetime.max, now):
        for number, backup in enumerate(backups):
            if backup.moment <= until:
                found.add(number)
                if not backup.fault and _is_good(backup):
                    break
    return found


def _is_good(backup: Backup) -> bool:
    # What is locked was held against its source when it was made.
    if backup.is_locked:
        return True
    with contextlib.suppress(*FAULTS):
        return is_whole(backup.path)
    return False
