"""Injected failures: a full disk, a broken one and a refusal at each write, flush, rename … of a scripted session in turn.

The session (``failing_session.py``) is the real window; each failure comes once, and once so that everything fails from
then on until its cause goes away. What happened then is judged here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.torture import shim
from tests.torture.figure import Figure

_ROOT = Path(__file__).parents[2]
ERRORS = ("ENOSPC", "EIO", "EACCES")
_TEMPORARY = r"/\.[^/]+\.tmp(-journal|-wal|-shm)?"
#: What may fail without a word where the step is done all the same: the call, and why nobody has to be told.
HARMLESS: tuple[tuple[str, str], ...] = (
    (r"(write|sync|truncate|open) .*/kehoachso\.db", "a checkpoint: the log still holds all of it, and it is made again"),
    (r"(write|sync|truncate|open|unlink) .*/kehoachso\.db-(wal|shm)", "the log of SQLite, opened, cut or put away anew"),
    (r"\w+ .*/kehoachso\.lock", "who holds the store is only not said in the file of the lock"),
    (r"\w+ .*/dang-chay\.json(\.tmp)?", "the mark of a running window: at the next start a sudden end is not known, or supposed"),
    (r"\w+ .*/bao-cao-loi(/dang-chay\.log)?", "where Qt would write of its own end"),
    (r"unlink .*" + _TEMPORARY, "a file without a final name stays behind"),
    (r"\w+ .*" + _TEMPORARY + r"-(journal|wal|shm)", "of a copy that is read back as a whole afterwards"),
    (r"sync .*/(Kết xuất|sao-luu)", "that an earlier file is gone from a folder may come undone"),
    (r"sync .*/Dữ liệu", "the name of a new log: SQLite goes on, and on most drives flushing the log keeps its name too"),
    (r"rename .*/sao-luu/kehoachso-[^/]*\.db", "a backup gets its name when it is tried again"),
    (r"unlink .*/sao-luu/kehoachso-[^/]*\.db", "an old backup that is thinned out at the next time"),
    (r"\w+ .*/settings\.json(\.tmp)?", "told already by another sentence, or by none as the window is gone"),
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """What the failures did; each fault is a sentence."""

    failures: int = 0
    told: int = 0
    harmless: Counter[str] = field(default_factory=Counter)
    untold: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.failures += other.failures
        self.told += other.told
        self.harmless += other.harmless
        for name in ("untold", "lost", "stuck", "crashes"):
            getattr(self, name).extend(getattr(other, name))


def torture(folder: Path) -> Iterator[Figure]:
    """Each call of each step fails with each error alone; each third so that all that follows fails too."""
    if shim.MISSING:
        raise RuntimeError(shim.MISSING)
    shim.compiled(folder)
    ways = [(error, how, every) for how, every in (("once", 1), ("lasting", 3)) for error in ERRORS]
    found = Found()
    with ThreadPoolExecutor(2) as pool:
        for one in pool.map(lambda way: fail(folder / f"{way[0]}-{way[1]}", *way), ways):
            found.add(one)
    yield Figure("failures injected: ENOSPC, EIO, EACCES, each once and lasting", found.failures)
    yield Figure("of them told in the window", found.told)
    yield Figure("of them harmless: what was asked for was done all the same", found.harmless.total())
    yield Figure("failures not told", len(found.untold), 0)
    yield Figure("failures after which something acknowledged was lost, or a file half-written", len(found.lost), 0)
    yield Figure("failures after which work did not go on when the cause was gone", len(found.stuck), 0)
    yield Figure("failures that ended in an unexpected error", len(found.crashes), 0)
    for why, count in found.harmless.most_common():
        print(f"     {count} harmless: {why}", flush=True)
    for sentence in (*found.untold, *found.lost, *found.stuck, *found.crashes):
        print(f"     {sentence}", flush=True)


def fail(folder: Path, error: str, how: str, every: int = 1, steps: Sequence[str] = ()) -> Found:
    """Have every ``every``-th call of the steps (all of them by default) fail."""
    root = folder / "root"
    root.mkdir(parents=True)
    environment = shim.environment(shim.compiled(folder.parent), root)
    command: list[str | Path] = [
        sys.executable,
        *("-X", "faulthandler"),
        "-m",
        "tests.torture.failing_session",
        root,
        error,
        how,
        str(every),
        *steps,
    ]
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=3600)
    found = Found()
    if done.returncode:
        # Qt's offscreen screen says over and over what it cannot do.
        said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
        found.crashes.append(f"the session ended with {done.returncode}: {' | '.join(said)[-4000:]}")
    for line in done.stdout.splitlines():
        _judge(json.loads(line), f"{error} {how}", found)
    return found


def _judge(failure: dict[str, Any], way: str, found: Found) -> None:
    found.failures += 1
    name = f"{way}, {failure['step']} {failure['number']}, {failure['call']}"
    if failure["told"]:
        found.told += 1
    elif failure["is_done"] and (why := harmless(failure["call"])):
        found.harmless[why] += 1
    else:
        found.untold.append(f"{name}: {'done' if failure['is_done'] else 'not done'}, and nothing was said")
    for kind in ("lost", "stuck", "crashes"):
        getattr(found, kind).extend(f"{name}: {sentence}" for sentence in failure[kind])


def harmless(call: str) -> str:
    """Why a call may fail without a word; empty where it may not."""
    return next((why for pattern, why in HARMLESS if re.fullmatch(pattern, call)), "")
