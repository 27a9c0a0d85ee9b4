"""A scripted session whose files are followed (``shim.py``): edits of all kinds, exports, backups, settings, checkpoints.

After each step that the program has acknowledged, the whole state is marked in the log: that much must never be lost.
Run as ``python -m tests.torture.power_session FOLDER SEED STEPS [NAME=VALUE]``; the last weakens a setting of SQLite or
of its address, to see that what then gets lost is found.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

from models import document as plan_document
from models.errors import UserError
from models.evaluate import evaluate
from models.plan import LegalBasis, Plan, Row, insert, move, remove, walk_sections
from models.settings import Settings
from models.store import OpenPlan, Store, files
from models.store.files import FILE_NAME
from tests.plans import small_plan, task
from tests.torture import shim
from ui.commands import make_folder

DATA, OUT = "Dữ liệu", "Kết xuất"
#: A plan of the store: its content, what undo and redo would take next, its final exports, whether it is in the bin.
State = dict[str, Any]
_WORDS = ("nâng cấp", "phần mềm", "một cửa", "đường truyền", "an toàn", "chữ ký số", "máy trạm", "tập huấn")


def content(plan: Plan) -> str:
    """What a plan holds, in short."""
    return digest(plan_document.to_bytes(plan))


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def plan_state(store: Store, plan: Plan) -> list[Any]:
    labels = [store.next_label(plan.id, back) for back in (True, False)]
    revisions = [kept.revision for kept in store.exports(plan.id)]
    return [content(plan), *labels, revisions, store.is_deleted(plan.id)]


def state(store: Store) -> dict[str, list[Any]]:
    """All plans of a store, those in the bin too."""
    ids = [plan_id for (plan_id,) in store.connection.execute("SELECT id FROM plan ORDER BY id")]
    return {plan_id: plan_state(store, store.read(plan_id)) for plan_id in ids}


class Session:
    """One session in ``folder``: steps by chance, each marked when it has returned."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._data, self._out = folder / DATA, folder / OUT
        self._chance = Random(seed)
        self._store = Store(self._data)
        self._settings = Settings(self._data)
        self._states = state(self._store)
        self._marked = 0
        self._mark()
        if not self._store.has("ke-hoach-1"):
            self._store.add(small_plan())
        else:
            self._store.restore("ke-hoach-1")
        self._open = self._reopen()
        self._mark(self._open.plan)

    def _mark(self, plan: Plan | None = None, made: Iterable[Path] = ()) -> None:
        """Mark a step of ``plan`` as acknowledged, with the files that it made."""
        if plan is not None:
            self._states[plan.id] = plan_state(self._store, plan)
        names = {str(path.relative_to(self._data.parent)): digest(path.read_bytes()) for path in made}
        shim.mark(json.dumps({"plans": self._states, "files": names}))
        self._marked += 1

    def _reopen(self) -> OpenPlan:
        return self._store.open_plan("ke-hoach-1")

    def run(self, steps: int) -> None:
        ways: list[tuple[Callable[[], None], int]] = [
            (self._edit, 60), (self._undo, 12), (self._redo, 8), (self._set, 6), (self._import, 4), (self._bin, 2),
            (self._checkpoint, 4), (self._close_and_open, 3), (self._export, 3), (self._back_up, 4),
        ]  # fmt: skip
        for way in self._chance.choices([way for way, _often in ways], [often for _way, often in ways], k=steps):
            way()
        # Each at least once, however few the steps.
        for way in (self._export, self._back_up, self._edit, self._checkpoint, self._edit):
            way()
        self._store.close()
        self._mark()

    # ---- the steps

    def _word(self) -> str:
        return " ".join(self._chance.choices(_WORDS, k=self._chance.randint(1, 12)))

    def _edit(self) -> None:
        chance = self._chance
        what = chance.randrange(8)
        with self._open.edit(f"Sửa {self._marked}") as plan:
            rows = plan.tables[0].rows
            if what == 0:
                plan.subject = self._word()
            elif what == 1 or not rows:
                insert(plan.tables[0], task(self._word(), chance.randrange(1000) * 10**6))
            elif what == 2:
                # Pasted: many rows, and one field of all those there.
                for row in rows:
                    row.objective = self._word()
                for _number in range(chance.choice((3, 12))):
                    insert(plan.tables[0], Row(task=self._word(), total=5), chance.randrange(len(rows) + 1))
            elif what == 3:
                for row in chance.sample(rows, len(rows) // 2):
                    remove(row)
            elif what == 4:
                move(chance.choice(rows), plan.tables[0], 0)
            elif what == 5:
                section = chance.choice(list(walk_sections(plan.sections)))
                section.text = "\n".join(self._word() for _line in range(chance.choice((1, 5, 200))))
            elif what == 6:
                number = f"{self._marked}/QĐ-UBND"
                insert(plan, LegalBasis(kind="Quyết định", number=number, date="2020-06-03", subject=self._word()))
            else:
                chance.choice(rows).total = chance.randrange(10**6) * 10**6
        self._mark(self._open.plan)

    def _undo(self) -> None:
        self._open.undo()
        self._mark(self._open.plan)

    def _redo(self) -> None:
        self._open.redo()
        self._mark(self._open.plan)

    def _set(self) -> None:
        self._settings.set("export_folder", self._word())
        self._mark()

    def _import(self) -> None:
        """Two plans in one transaction: one that is new, one that takes another content."""
        new = small_plan(id=f"ke-hoach-{self._marked}", subject=self._word())
        other = self._store.read("ke-hoach-1")
        other.subject = self._word()
        self._store.put_all([new, other], "Nhập từ tệp")
        self._open = self._reopen()
        self._states[new.id] = plan_state(self._store, new)
        self._mark(self._open.plan)

    def _bin(self) -> None:
        """Any other plan, if there is one."""
        others = [plan_id for plan_id, found in self._states.items() if plan_id != "ke-hoach-1" and not found[-1]]
        if others:
            self._store.delete(others[-1])
            self._mark(self._store.read(others[-1]))

    def _checkpoint(self) -> None:
        kind = self._chance.choice(("PASSIVE", "RESTART", "TRUNCATE"))
        self._store.connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchall()
        self._mark()

    def _close_and_open(self) -> None:
        self._store.close()
        self._store = Store(self._data)
        self._open = self._reopen()
        self._mark(self._open.plan)

    def _export(self) -> None:
        """A final export, kept; a draft where the plan has errors."""
        from models.exports import delivery, package

        plan = self._store.read("ke-hoach-1")
        found = evaluate(plan)
        is_draft = bool(found.count("error"))
        plan.revision += 0 if is_draft else 1
        exported = package.build(plan, found.template, draft=is_draft)
        make_folder(self._out)
        with delivery.delivering(exported, self._out) as made:
            if not is_draft:
                data = exported.package.data
                self._store.keep_export(plan.id, plan.revision, "Kết xuất", exported.code, data)
        self._open = self._reopen()
        self._mark(self._open.plan, made.values())

    def _back_up(self) -> None:
        from models.store import backups

        made = backups.make(self._data / FILE_NAME, backups.folder_of(self._data), "asked")
        self._mark(made=[made.path])


def main(folder: str, seed: str, steps: str, weaker: str = "") -> int:
    if weaker.startswith("psow"):
        files._ADDRESS = weaker
    elif weaker:
        files._WRITING += (weaker,)  # type: ignore[assignment]
    try:
        Session(Path(folder), int(seed)).run(int(steps))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
