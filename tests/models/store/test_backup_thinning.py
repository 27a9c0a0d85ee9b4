"""What stays of the backups: the rules hold for any times, and the newest good one always stays."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.store import Store, backups
from models.store.backup_names import origin
from models.store.backup_thinning import kept
from tests.plans import small_plan, some

NOW = datetime(2026, 11, 21, 8, 0, 0)

#: Minutes before now, some of them in the future; most of them near, where the rules are.
minutes = st.one_of(st.integers(-60, 4 * 1440), st.integers(0, 90 * 1440), st.integers(-2000, 4 * 365 * 1440))
times = st.lists(minutes.map(lambda ago: NOW - timedelta(minutes=ago)), max_size=80)


def month(time: datetime) -> tuple[int, int]:
    return time.year, time.month


def last_of_each(times: Sequence[datetime], span: object) -> set[datetime]:
    assert callable(span)
    return {max(group) for _key, group in itertools.groupby(sorted(times), span)}


@given(times)
def test_the_rules(found: list[datetime]) -> None:
    stay = {found[number] for number in kept(found, NOW)}
    ages = {time: NOW - time for time in found}
    near = {time for time in found if ages[time] <= timedelta(days=2)}
    days = [time for time in found if timedelta(days=2) < ages[time] <= timedelta(days=14)]
    weeks = [time for time in found if timedelta(days=14) < ages[time] <= timedelta(days=62)]
    months = last_of_each([time for time in found if ages[time] > timedelta(days=62)], month)
    expected = near | last_of_each(days, lambda time: time.date()) | set(sorted(months)[-24:])
    expected |= last_of_each(weeks, lambda time: tuple(time.isocalendar())[:2])
    assert stay == expected
    # And so few that they never fill a disk, whatever was made before the last two days.
    assert len(stay - near) <= 13 + 8 + 24
    if found:
        assert max(found) in stay


@given(times)
def test_once_thinned_nothing_more_goes(found: list[datetime]) -> None:
    stay = [found[number] for number in sorted(kept(found, NOW))]
    assert kept(stay, NOW) == set(range(len(stay)))


@some(0.2)
@given(st.lists(st.integers(0, 1439), min_size=1, max_size=4), st.integers(30, 400))
def test_day_after_day_they_reach_back_without_a_gap(hours: list[int], days: int) -> None:
    """Made some times a day and thinned each time: there is one of every day, week, month, as far as the rules say."""
    begin = datetime(2026, 1, 1)
    there: list[datetime] = []
    for day, minute in itertools.product(range(days), sorted(set(hours))):
        now = begin + timedelta(days=day, minutes=minute)
        there.append(now)
        there = [there[number] for number in sorted(kept(there, now))]
    wanted = [now - timedelta(days=back) for back in range(min(days, 14))]
    assert {time.date() for time in there} >= {time.date() for time in wanted}
    months = {month(begin + timedelta(days=day)) for day in range(days)}
    assert {month(time) for time in there} == set(sorted(months)[-26:])
    weeks = {(now - timedelta(days=back)).isocalendar()[:2] for back in range(min(days, 55))}
    assert {time.isocalendar()[:2] for time in there} >= weeks


# ---- in a folder


def make_at(folder: Path, when: datetime, like: Path, of: str = "") -> Path:
    """A copy of a backup that says it was made then."""
    path = folder / f"kehoachso-{when:%Y%m%d-%H%M%S}-hangngay-1-{of or origin()}.db"
    path.write_bytes(like.read_bytes())
    os.utime(path, (when.timestamp(),) * 2)
    return path


def test_files_go_and_others_stay(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    one = backups.make(store.path, tmp_path / "gốc", "day").path
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    ages = (0.1, 1.9, 5, 5.01, 30, 31, 400, 401)
    made = {age: make_at(folder, NOW - timedelta(days=age), one) for age in ages}
    strange = [folder / name for name in ("kehoachso.db", "ghi chú.txt", "kehoachso-20200101-000000-xxx-1-a.db")]
    strange.append(folder / "kehoachso-20209999-000000-hangngay-1-a.db")
    for path in strange:
        path.write_bytes(b"x")
    (folder / "kehoachso-20200102-000000-hangngay-1-may.db").mkdir()
    removed = backups.thin(folder, NOW)
    assert set(removed) == {made[5.01], made[31], made[401]}
    assert not any(path.exists() for path in removed)
    assert all(path.exists() for path in (*strange, *made.values()) if path not in removed)
    assert backups.thin(folder, NOW) == []


def test_the_newest_good_one_stays_and_all_that_are_newer(store: Store, tmp_path: Path) -> None:
    """Damaged ones do not push it out."""
    store.add(small_plan())
    one = backups.make(store.path, tmp_path / "gốc", "day").path
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    day = NOW - timedelta(days=400)
    older, good, cut, spoilt = (make_at(folder, day + timedelta(hours=hour), one) for hour in range(4))
    cut.write_bytes(one.read_bytes()[:-4096])
    data = bytearray(one.read_bytes())
    data[5 * 4096 : 8 * 4096] = os.urandom(3 * 4096)
    spoilt.write_bytes(data)
    assert backups.thin(folder, NOW) == [older]
    assert good.exists() and cut.exists() and spoilt.exists()


def test_a_clock_that_was_wrong_pushes_none_out(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    one = backups.make(store.path, tmp_path / "gốc", "day").path
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    future = make_at(folder, NOW + timedelta(days=4000), one)
    last = make_at(folder, NOW - timedelta(days=70), one)
    assert backups.thin(folder, NOW) == []
    assert future.exists() and last.exists()


def test_machines_that_share_a_drive_keep_their_own(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    one = backups.make(store.path, tmp_path / "gốc", "day").path
    folder = tmp_path / "usb"
    folder.mkdir()
    days = [NOW - timedelta(days=100, hours=hour) for hour in range(3)]
    mine, _older, _oldest = (make_at(folder, day, one, "may-1-lan") for day in days)
    theirs, _older, _oldest = (make_at(folder, day, one, "may-2-hoa") for day in days)
    backups.thin(folder, NOW)
    assert set(folder.iterdir()) == {mine, theirs}
    assert {backup.origin for backup in backups.listed(folder)} == {"may-1-lan", "may-2-hoa"}
