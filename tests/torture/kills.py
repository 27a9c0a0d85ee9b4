"""SIGKILL at random moments of the typist's work: what the window said is saved must be there at the next start."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from models.exports.verification import verify
from models.signing import Roots
from models.store import Store, backups
from models.store.files import FILE_NAME
from tests.plans import small_plan
from tests.torture import typist
from tests.torture.figure import Figure

KILLS, _AT_ONCE = 1000, 2
#: So many kills one store lives through; then a new one is begun, which keeps the checks quick.
_LIVES = 40
#: The typist is killed at most one of these seconds after it began to work; some are killed while they still start.
_LONGEST = (0.6, 1.5, 4.0)
_PRELOAD = ["tests.torture.typist", "ui.main_window", "ui.pages.table", "ui.pages.export", "ui.exporting",
            "models.store.writer", "models.exports.package", "tests.ui.showing"]  # fmt: skip


@dataclass
class Found:
    """What became of some kills, in numbers; ``wrong`` says of each failure what was seen."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    half: int = 0
    exports: int = 0
    backups: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def torture(folder: Path) -> Iterator[Figure]:
    found = kill(folder, KILLS)
    yield Figure(f"acknowledged edits lost in {found.kills} kills", found.lost, 0)
    yield Figure("stores damaged by kills", found.damaged, 0)
    yield Figure("half-written exports or backups after kills", found.half, 0)
    yield Figure("edits acknowledged before the kills", found.acknowledged)
    yield Figure("exports whole after the kills", found.exports)
    yield Figure("backups whole after the kills", found.backups)
    for sentence in found.wrong[:20]:
        print(f"     {sentence}", flush=True)


def kill(folder: Path, kills: int, at_once: int = _AT_ONCE) -> Found:
    """Kill the typist so often, each time on what the kill before left; look at everything after each."""
    context = multiprocessing.get_context("forkserver")
    # Loaded once: the typist then works at once, and more of the kills hit work than start.
    context.set_forkserver_preload(_PRELOAD)
    share = -(-kills // at_once)

    def life(number: int) -> Found:
        found, chance = Found(), random.Random(number)
        for at in range(share):
            place = folder / f"{number}-{at // _LIVES}"
            if at % _LIVES == 0:
                place.mkdir(parents=True)
                with Store(place / typist.DATA) as store:
                    store.add(small_plan())
            found.add(_kill_once(context, place, chance))
            if at % _LIVES == _LIVES - 1:
                shutil.rmtree(place)
        return found

    total = Found()
    with ThreadPoolExecutor(at_once) as pool:
        for found in pool.map(life, range(at_once)):
            total.add(found)
    return total


def _kill_once(context: multiprocessing.context.ForkServerContext, place: Path, chance: random.Random) -> Found:
    hear, say = context.Pipe(duplex=False)
    process = context.Process(
        target=typist.work, args=(str(place), small_plan().id, chance.getrandbits(32), say), daemon=True
    )
    process.start()
    say.close()
    heard: list[tuple[str, int]] = []
    if chance.random() < 0.9:
        # Most are killed at work, the others while they start.
        heard += _hear(hear, 30.0, most=1)
        if not heard:
            raise RuntimeError(f"the typist does not begin to work in {place}")
    until = time.monotonic() + chance.uniform(0.0, chance.choice(_LONGEST))
    while (left := until - time.monotonic()) > 0:
        heard += _hear(hear, left, most=1)
    process.kill()
    process.join()
    heard += _hear(hear, 0.0)
    hear.close()
    return _look(place, heard)


def _hear(connection: Connection, seconds: float, most: int | None = None) -> list[tuple[str, int]]:
    """What the typist says within so many seconds; a last word cut short by the kill counts for nothing."""
    found: list[tuple[str, int]] = []
    with contextlib.suppress(EOFError, OSError):
        while (most is None or len(found) < most) and connection.poll(seconds):
            found.append(connection.recv())
    return found


def _look(place: Path, heard: list[tuple[str, int]]) -> Found:
    found = Found(kills=1, acknowledged=max(0, len(heard) - 1))
    path = place / typist.DATA / FILE_NAME
    # sqlite3 as its own judge, on a copy: it would otherwise clear up what the program is to find.
    try:
        with Store(path.parent) as store:
            ((answer,),) = store.connection.execute("PRAGMA integrity_check").fetchall()
            if answer != "ok":
                found.damaged += 1
                found.wrong.append(f"{place}: {answer}")
            if heard:
                _compare(store, heard[-1], found, place)
    except Exception as error:
        found.damaged += 1
        found.wrong.append(f"{place}: {error!r}")
    _look_at_files(place, found)
    return found


def _compare(store: Store, said: tuple[str, int], found: Found, place: Path) -> None:
    """The state that was told must be the stored one, or the one a single step away: a step may have been under way."""
    plan_id = small_plan().id
    told, revision = said
    states = [typist.state(store.read(plan_id))]
    for step in ("undo", "redo"):
        held = store.open_plan(plan_id)
        if getattr(held, step)() is not None:
            states.append(typist.state(held.plan))
            (held.redo if step == "undo" else held.undo)()
    stored = store.read(plan_id).revision
    kept = [export.revision for export in store.exports(plan_id)]
    if told not in states or stored not in (revision, revision + 1):
        found.lost += 1
        found.wrong.append(f"{place}: not the state told, or revision {stored} instead of {revision}")
    if stored != 1 and sorted(kept) != list(range(2, stored + 1)):
        found.lost += 1
        found.wrong.append(f"{place}: revision {stored}, exports kept {kept}")


def _look_at_files(place: Path, found: Found) -> None:
    out = place / typist.OUT
    for path in sorted(out.iterdir()) if out.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.suffix == ".zip":
            is_whole = verify(path, Roots()).ok
        elif path.suffix == ".pdf":
            is_whole = subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0
        else:
            is_whole = subprocess.run(["7zz", "t", path], capture_output=True).returncode == 0
        found.exports += is_whole
        if not is_whole:
            found.half += 1
            found.wrong.append(f"{path}: half-written")
        path.unlink()
    for backup in backups.listed(backups.folder_of(place / typist.DATA)):
        try:
            with contextlib.closing(sqlite3.connect(f"{backup.path.as_uri()}?mode=ro", uri=True)) as connection:
                is_whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                is_whole &= connection.execute("SELECT count(*) FROM plan").fetchone() == (1,)
        except sqlite3.Error:
            is_whole = False
        found.backups += is_whole
        if not is_whole:
            found.half += 1
            found.wrong.append(f"{backup.path}: half-written")
        backup.path.unlink()
