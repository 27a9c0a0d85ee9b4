"""Power cuts: sessions whose files are followed, then the disk at a moment of it as a power cut may leave it, opened.

500 cuts, most of them close to a flush. The disk is of any kind in ``disk.py``: names kept in order or not, sectors of
512 or 4096 bytes, powersafe overwrite or not.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from models.settings import Settings
from models.store import Store
from models.store.files import FILE_NAME
from tests.torture import shim
from tests.torture.disk import Disk, lay_out
from tests.torture.figure import Figure
from tests.torture.power_session import DATA, OUT, content, digest, plan_state, state
from tests.torture.shim import Call

_ROOT = Path(__file__).parents[2]
_OLD_FILES = _ROOT / "tests" / "old_files"
#: The sessions: seed, steps, and the file of an older schema that it begins with.
_SESSIONS: tuple[tuple[int, int, str], ...] = (
    (1, 150, ""), (2, 60, ""), (3, 30, "v1.db"), (4, 60, "v2.db"), (5, 300, ""),
)  # fmt: skip
_CUTS = 500


def torture(folder: Path) -> Iterator[Figure]:
    """500 power cuts, shared out among five sessions."""
    if shim.MISSING:
        raise RuntimeError(shim.MISSING)
    found = Found()
    for seed, steps, old in _SESSIONS:
        found.add(cut_session(folder / f"session-{seed}", seed, steps, _CUTS // len(_SESSIONS), old))
    yield Figure("power cuts simulated", found.cuts)
    yield Figure("edits and other steps acknowledged before them, in all", found.acknowledged)
    yield Figure("stores unreadable after a power cut", len(found.unreadable), 0)
    yield Figure("acknowledged edits, exports or backups lost by a power cut", len(found.lost), 0)
    yield Figure("half-written exports, backups or settings after a power cut", len(found.half), 0)
    for sentence in (*found.unreadable, *found.lost, *found.half):
        print(f"     {sentence}", flush=True)


@dataclass(slots=True)
class Found:
    """What the cuts did; each fault is a sentence."""

    cuts: int = 0
    acknowledged: int = 0
    unreadable: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.cuts += other.cuts
        self.acknowledged += other.acknowledged
        self.unreadable += other.unreadable
        self.lost += other.lost
        self.half += other.half


@dataclass(frozen=True, slots=True)
class Mark:
    """A step that was acknowledged at a place of the log: the plans then, and the files given out by then."""

    at: int
    plans: dict[str, list[Any]]
    files: dict[str, str]


def cut_session(folder: Path, seed: int, steps: int, cuts: int, old: str = "", weaker: str = "") -> Found:
    """Record a session, and cut it so often.

    ``old`` is a file of an older schema that it begins with; ``weaker`` a setting of SQLite that is no good.
    """
    before, root = folder / "before", folder / "root"
    (root / DATA if old else root).mkdir(parents=True)
    if old:
        shutil.copy(_OLD_FILES / old, root / DATA / FILE_NAME)
    first = _first_state(before, old)
    disk, to_the_end = Disk(root), Disk(root)
    calls = _record(folder, root, seed, steps, weaker)
    _check_log(to_the_end, calls)
    return _cut(folder, disk, calls, [Mark(0, first, {}), *_marks(calls)], Random(seed), cuts)


def _first_state(folder: Path, old: str) -> dict[str, list[Any]]:
    """The plans that are there from the start, after bringing them to this program's schema."""
    if not old:
        return {}
    folder.mkdir()
    shutil.copy(_OLD_FILES / old, folder / FILE_NAME)
    with Store(folder) as store:
        return state(store)


def _record(folder: Path, root: Path, seed: int, steps: int, weaker: str) -> list[Call]:
    log = folder / "log"
    library = shim.compiled(folder)
    subprocess.run(
        [sys.executable, "-m", "tests.torture.power_session", root, str(seed), str(steps), weaker],
        cwd=_ROOT, env=shim.environment(library, root, log), check=True, timeout=300,
    )  # fmt: skip
    return list(shim.read_log(log))


def _marks(calls: Sequence[Call]) -> list[Mark]:
    files: dict[str, str] = {}
    found = []
    for at, call in enumerate(calls):
        if call.kind == "!":
            said = json.loads(call.data)
            files = files | said["files"]
            found.append(Mark(at, said["plans"], files))
    return found


def _check_log(disk: Disk, calls: Sequence[Call]) -> None:
    """The calls must lead to what lies on the real disk now, or cutting them short would show nothing."""
    for call in calls:
        disk.follow(call)
    for path, data in disk.content().items():
        if not (Path(path).is_dir() if data is None else Path(path).read_bytes() == data):
            raise RuntimeError(f"the log of calls does not lead to {path}")


# ---- cutting


def _cut(folder: Path, disk: Disk, calls: Sequence[Call], marks: Sequence[Mark], random: Random, cuts: int) -> Found:
    found = Found(acknowledged=len(marks))
    whole = {path: {mark.files[path] for mark in marks if path in mark.files} for path in marks[-1].files}
    places = sorted(_places(calls, random, cuts))
    number = 0
    for at in range(len(calls) + 1):
        while places and places[0] == at:
            places.pop(0)
            number = next((i for i in range(number, len(marks) - 1) if marks[i + 1].at >= at), len(marks) - 1)
            kind = {
                "strict": random.random() < 0.4,
                "sector": random.choice((512, 4096)),
                "whole": random.random() < 0.4,
            }
            image = disk.image(random, **kind)  # type: ignore[arg-type]
            name = f"{folder.name}, call {at} of {len(calls)}, {kind}"
            place = folder / f"cut-{at}"
            lay_out(image, disk.root, place)
            _judge(place, name, marks[number : number + 2], whole, found)
            shutil.rmtree(place)
            found.cuts += 1
        if at < len(calls):
            disk.follow(calls[at])
    return found


def _places(calls: Sequence[Call], random: Random, cuts: int) -> Iterator[int]:
    """Where in the log the power goes: most often right before, at or after a flush, a mark or a change of names."""
    edges = [at for at, call in enumerate(calls) if call.kind in "SR!U"]
    for _number in range(cuts):
        if random.random() < 0.75:
            yield min(len(calls), max(0, random.choice(edges) + random.choice((-2, -1, 0, 0, 1, 1, 2))))
        else:
            yield random.randint(0, len(calls))


# ---- judging


def _judge(place: Path, name: str, marks: Sequence[Mark], whole: dict[str, set[str]], found: Found) -> None:
    """Look at what is left after a cut; ``marks`` are the last step acknowledged, and the one that was under way."""
    for path, kept in marks[0].files.items():
        if not (place / path).is_file():
            found.lost.append(f"{name}: {path} is gone")
        elif digest((place / path).read_bytes()) not in whole[path]:
            found.half.append(f"{name}: {path} is not the one acknowledged ({kept})")
    found.half += [f"{name}: {path} was never whole" for path in _half_files(place, whole)]
    settings = place / DATA / "settings.json"
    if settings.exists():
        Settings(settings.parent)
        if not settings.exists():
            found.half.append(f"{name}: settings cannot be read")
    try:
        with Store(place / DATA) as store:
            _judge_store(store, name, marks, found)
    except Exception as error:
        found.unreadable.append(f"{name}: {error!r}")


def _judge_store(store: Store, name: str, marks: Sequence[Mark], found: Found) -> None:
    query = store.connection.execute
    if (answer := query("PRAGMA integrity_check").fetchall()) != [("ok",)]:
        found.unreadable.append(f"{name}: {answer}")
    if broken := query("PRAGMA foreign_key_check").fetchall():
        found.unreadable.append(f"{name}: foreign keys {broken}")
    plans = state(store)
    if plans not in [mark.plans for mark in marks]:
        expected = marks[0].plans
        other = {key: (expected.get(key), plans.get(key)) for key in expected if expected[key] != plans.get(key)}
        found.lost.append(f"{name}: acknowledged and found differ: {other or sorted(plans)}")
    # Undo works, and so does the next edit.
    for plan_id, (before, undo, _redo, _exports, is_deleted) in plans.items():
        if is_deleted:
            continue
        held = store.open_plan(plan_id)
        if undo is not None:
            held.undo()
            held.redo()
            if content(held.plan) != before or plan_state(store, store.read(plan_id))[0] != before:
                found.lost.append(f"{name}: undo and redo do not come back to the same plan")
        with held.edit("Sửa tiếp") as plan:
            plan.subject += " (tiếp)"
        if content(store.read(plan_id)) != content(held.plan):
            found.lost.append(f"{name}: the next edit is not there")


def _half_files(place: Path, whole: dict[str, set[str]]) -> Iterator[str]:
    """Exports and backups under their final names that were never whole.

    Backups that the store made by itself were not acknowledged: they must be sound.
    """
    from models.store import backups

    for folder in (place / OUT, backups.folder_of(place / DATA)):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.startswith(".") or path.suffix not in (".pdf", ".xlsx", ".zip", ".db"):
                continue
            name = str(path.relative_to(place))
            if digest(path.read_bytes()) not in whole.get(name, ()) and not (path.suffix == ".db" and _is_sound(path)):
                yield name


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            plans = connection.execute("SELECT count(*) FROM plan").fetchone()
            return bool(plans) and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.Error:
        return False
