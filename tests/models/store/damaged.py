"""A store of the five real plans with edits, a backup of it from in between, and ways of damaging its file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from models import document
from models.plan import Plan
from models.store import Store, backups, recovery
from models.store.files import FILE_NAME
from models.store.salvaged_plan import SalvagedPlan
from tests.plans import NUMBERS, fixture_plan, small_plan

PAGE = 4096
#: What becomes of the bytes of a file.
Damage = Callable[[bytes], bytes]


@dataclass(frozen=True, repr=False)
class Original:
    """A good store: its bytes, the documents of its plans by id, and a backup from before its last edits."""

    data: bytes
    documents: dict[str, dict[str, Any]]
    backup: backups.Backup


@dataclass
class Recovered:
    """What became of a damaged store in a folder: its plans, the ids in the new store, and where it was set aside."""

    folder: Path
    plans: list[SalvagedPlan]
    kept: list[str]
    aside: Path | None

    def plan(self, plan_id: str) -> SalvagedPlan:
        return next(plan for plan in self.plans if plan.id == plan_id)

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for plan in self.plans:
            found[plan.status] = found.get(plan.status, 0) + 1
        return found


def make_original(folder: Path) -> Original:
    """Edits before the backup and after it, some of them undone; one plan in the bin, one kept export."""
    with Store(folder) as store:
        for number in NUMBERS:
            store.add(fixture_plan(number))
        edit(store, 0, subject="Sửa trước khi sao lưu")
        backup = backups.make(store.path, backups.folder_of(folder), "day")
        plan = store.open_plan(fixture_plan(1).id)
        for text in ("một", "hai", "ba", "bốn"):
            with plan.edit("Sửa") as changed:
                changed.subject, changed.tables[0].rows[0].note = text, text
        plan.undo()
        edit(store, 4, signer_name="Người ký sau khi sao lưu")
        store.delete(fixture_plan(3).id)
        documents = {fixture_plan(number).id: document.dump(store.read(fixture_plan(number).id)) for number in NUMBERS}
    return Original((folder / FILE_NAME).read_bytes(), documents, backup)


def edit(store: Store, number: int, **values: str) -> None:
    plan = store.open_plan(fixture_plan(number).id)
    with plan.edit("Sửa") as changed:
        for name, value in values.items():
            setattr(changed, name, value)


def check(plan: Plan) -> None:
    document.load(document.dump(plan))


def recover(folder: Path, backup: backups.Backup | None) -> Recovered:
    """Do with the damaged store in ``folder`` what the window does."""
    with ExitStack() as stack:
        contents = stack.enter_context(backups.opened(backup)) if backup is not None else None
        plans = recovery.look_through(folder, contents, check)
    kept = recovery.rebuild(folder, [plan.best() for plan in plans], check)
    return Recovered(folder, plans, kept, recovery.put_in_place(folder))


def damage(folder: Path, data: bytes, wal: bytes | None = None) -> None:
    """Put a damaged store into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(data)
    if wal is not None:
        (folder / f"{FILE_NAME}-wal").write_bytes(wal)


def flipped(*places: int) -> Damage:
    """Single bits turned round, at places counted in bits (beyond the end: from the beginning again)."""

    def work(data: bytes) -> bytes:
        changed = bytearray(data)
        for place in places:
            changed[place // 8 % len(changed)] ^= 1 << place % 8
        return bytes(changed)

    return work


def overwritten(at: int, what: bytes) -> Damage:
    return lambda data: data[:at] + what[: max(0, len(data) - at)] + data[at + len(what) :]


def zeroed(*pages: int) -> Damage:
    """Whole pages of nothing, the first of the file is 0."""

    def work(data: bytes) -> bytes:
        changed = bytearray(data)
        for page in pages:
            at = page % max(1, len(changed) // PAGE) * PAGE
            changed[at : at + PAGE] = bytes(len(changed[at : at + PAGE]))
        return bytes(changed)

    return work


def cut(part: float) -> Damage:
    return lambda data: data[: int(len(data) * part)]


#: Any one of them, or several after each other.
damages = st.lists(
    st.one_of(
        st.lists(st.integers(0, 1 << 23), min_size=1, max_size=20).map(lambda places: flipped(*places)),
        st.lists(st.integers(0, 500), min_size=1, max_size=6).map(lambda pages: zeroed(*pages)),
        st.floats(0, 1).map(cut),
        st.binary(min_size=1, max_size=100).map(lambda what: overwritten(0, what)),
        st.tuples(st.integers(0, 1 << 19), st.binary(min_size=1, max_size=600)).map(lambda one: overwritten(*one)),
    ),
    min_size=1,
    max_size=2,
)


@dataclass(frozen=True, repr=False)
class Killed:
    """File and log of a store as a killed program leaves them, and every state that its plan ever was in."""

    data: bytes
    log: bytes
    states: list[dict[str, Any]]
    plan_id: str


def make_killed(folder: Path) -> Killed:
    with Store(folder) as store:
        plan = small_plan()
        store.add(plan)
        states = [document.dump(store.read(plan.id))]
        held = store.open_plan(plan.id)
        for number in range(30):
            with held.edit("Sửa") as changed:
                changed.subject = f"Lần {number}"
                changed.tables[0].rows[number % 2].note = f"Ghi chú {number}" * 20
            states.append(document.dump(store.read(plan.id)))
        data = (folder / FILE_NAME).read_bytes()
        wal = (folder / f"{FILE_NAME}-wal").read_bytes()
    return Killed(data, wal, states, plan.id)
