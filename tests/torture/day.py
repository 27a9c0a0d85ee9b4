"""A day and a night of typing, compressed: what is slow, large or wrong after 200,000 edits that was not before.

Edits of every kind through the window's own ``Document`` (live sums and checks too), with undo and redo, plans opened in
turn, drafts and final exports, backups, and the pauses in which the undo log is compacted. Beside each plan a plain
one is kept to which the same is done.
"""

from __future__ import annotations

import os
import random
import threading
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from models import document as plan_document
from models.plan import Plan
from models.store import Store, backups
from models.store.memory import read_uses
from tests.plans import small_plan, task, tasks
from tests.torture.day_work import Work, add_rows, move_row, set_fields, set_of_plan, take_out, write_section
from tests.torture.figure import Figure
from ui.document import Document
from ui.exporting import export

EDITS = 200_000
PLANS, ROWS = 4, 40
#: How often in the day another plan is opened, a draft and a final export are made, a backup; and the fewest edits
#: between two of them, of a shorter day.
_TURNS, _DRAFTS, _FINALS, _BACKUPS, _MEASURES = (100, 100), (40, 250), (12, 400), (24, 200), (100, 20)
#: Edits between two pauses.
_PAUSE = 100
#: States that are kept to be undone to at the end.
_KEPT = 150
_MOST = 1.2
_SAID = (
    "nâng cấp phần mềm một cửa đường truyền an toàn thông tin chữ ký số máy trạm tập huấn cán bộ trung tâm dữ liệu hồ sơ "
    "trực tuyến cổng dịch vụ công xã phường bảo trì thuê hạ tầng"
)
_WORDS = _SAID.split()
_TEXTS = ("task", "objective", "scope", "lead", "result", "note")
_MB = 2**20


def torture(folder: Path, edits: int = EDITS) -> Iterator[Figure]:
    """Work all day in a store in ``folder``."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with Store(folder / "kho") as store:
        day = _Day(app, store, folder, edits)
        day.work()
        yield from day.figures()


@dataclass
class _Twin:
    """A plan kept beside, with what was done to it, so that it can be taken back."""

    plan: Plan
    done: deque[tuple[Work, Work]] = field(default_factory=lambda: deque(maxlen=20))
    undone: list[Work] = field(default_factory=list)

    def do(self, work: Work) -> None:
        self.done.append((work, work(self.plan)))

    def undo(self) -> None:
        work, back = self.done.pop()
        back(self.plan)
        self.undone.append(work)

    def redo(self) -> None:
        self.do(self.undone.pop())


class _Day:
    def __init__(self, app: QApplication, store: Store, folder: Path, edits: int) -> None:
        self.app, self.store, self.folder, self.edits = app, store, folder, edits
        self.chance = random.Random(24)
        self.twins: dict[str, _Twin] = {}
        for number in range(PLANS):
            rows = [task(f"{_text(self.chance)} {at}", (at + 1) * 10**6) for at in range(ROWS)]
            plan = small_plan(tasks(*rows), id=f"ke-hoach-{number}", unit_code=f"SB{number}")
            store.add(plan)
            self.twins[plan.id] = _Twin(plan_document.copy(plan))
        #: Seconds of each edit, until it was on disk and of work alone.
        # There from the start, so that what they take is no growth of the program.
        self.seconds, self.worked = array("d", [1.0]) * edits, array("d", [1.0]) * edits
        self.number = 0
        #: Through the day: bytes of memory and of the store without kept exports; backups by the size of the store.
        self.memory, self.sizes, self.backups = array("d"), array("d"), array("d")
        self.backups_left = 0
        #: Steps of the open documents; states that are not as they should be; sentences of edits that failed.
        self.steps = self.wrong = 0
        self.refused: list[str] = []
        self.states: list[str] = []
        self.document = self.open("ke-hoach-0")

    def open(self, plan_id: str) -> Document:
        document = Document(self.store, plan_id)
        document.changed.connect(self.count)
        document.failed.connect(self.refused.append)
        document.check_again()
        return document

    def count(self) -> None:
        self.steps += 1

    # ---- the day

    def work(self) -> None:
        works: tuple[tuple[tuple[int, int], Callable[[], None]], ...] = (
            (_TURNS, self.turn),
            (_DRAFTS, lambda: self.export(draft=True)),
            (_FINALS, lambda: self.export(draft=False)),
            (_BACKUPS, self.back_up),
            (_MEASURES, self.measure),
        )
        for number in range(1, self.edits + 1):
            self.edit()
            for (times, least), what in works:
                if number % max(least, self.edits // times) == 0 and number < self.edits:
                    what()
            if number % _PAUSE == 0:
                self.pause()
        self.compare()
        self.go_back()

    def edit(self) -> None:
        """One step of one of the kinds, timed, and the same to the twin."""
        twin = self.twins[self.document.plan.id]
        kind = self.chance.random()
        if kind < 0.06 and twin.done:
            self.timed(self.document.undo)
            twin.undo()
        elif kind < 0.12 and twin.undone:
            self.timed(self.document.redo)
            twin.redo()
        else:
            work = self.any_work(kind, len(twin.plan.tables[0].rows))
            steps = self.steps
            self.timed(lambda: self.do(work))
            # What was typed may be what was there already: that is no step.
            if self.steps > steps:
                twin.undone.clear()
                twin.do(work)
        if self.edits - self.number < _KEPT:
            self.states.append(_state(self.document.plan))

    def do(self, work: Work) -> None:
        with self.document.edit("Sửa") as plan:
            work(plan)

    def timed(self, work: Callable[[], object]) -> None:
        began, worked = time.perf_counter(), time.thread_time()
        work()
        self.worked[self.number] = time.thread_time() - worked
        self.seconds[self.number] = time.perf_counter() - began
        self.number += 1

    def any_work(self, kind: float, rows: int) -> Work:
        chance, at = self.chance, self.chance.randrange(rows)
        name = f"{_text(chance)} {chance.randrange(10**6)}"
        if kind < 0.20:
            # As many come as go, whatever the chance: the plans stay as large as they are.
            return add_rows(at, [{"task": name, "total": 10**6}]) if rows <= ROWS else take_out(at)
        if kind < 0.26:
            return move_row(at, chance.randrange(rows))
        if kind < 0.28:
            values = [{"total": chance.randrange(1, 999) * 10**6, "lead": _text(chance)} for _row in range(10)]
            return set_fields(min(at, rows - 10), values)
        if kind < 0.40:
            return write_section(chance.randrange(5), f"{name} {_text(chance)}, {_text(chance)}.")
        if kind < 0.45:
            return set_of_plan(chance.choice(("signer_name", "number", "unit_name")), name)
        if kind < 0.75:
            return set_fields(at, [{"total": chance.randrange(1, 999) * 10**6}])
        return set_fields(at, [{chance.choice(_TEXTS): name}])

    def pause(self) -> None:
        """What the window does while nobody types."""
        compaction = self.store.compaction
        if compaction.is_due(self.document.plan.id):
            compaction.ask(self.document.plan.id)
            while compaction.step():
                pass
        self.app.processEvents()

    def turn(self) -> None:
        """Leave the plan for the next one; what was typed before is read meanwhile, as completion does."""
        self.compare()
        self.states.clear()
        self.pause()
        self.document.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        ids = list(self.twins)
        self.document = self.open(ids[(ids.index(self.document.plan.id) + 1) % len(ids)])
        for twin in self.twins.values():
            twin.done.clear()
            twin.undone.clear()
        threading.Thread(target=read_uses, args=(self.store.path, "lead", "", lambda: True)).start()

    def compare(self) -> None:
        """The plan in memory, in the store, and the one kept beside are one."""
        plan = self.document.plan
        states = {_state(one) for one in (plan, self.store.read(plan.id), self.twins[plan.id].plan)}
        self.wrong += len(states) - 1

    def export(self, draft: bool) -> None:
        plan = self.document.plan
        result = export(plan_document.dump(plan), self.folder, draft, lambda _done: True)
        if not draft:
            self.document.keep_export(result.revision, "Kết xuất", result.code, result.package)
            assert result.placed is not None
            result.placed.settle()

    def back_up(self) -> None:
        folder = backups.folder_of(self.store.folder)
        made = backups.make(self.store.path, folder, "asked")
        # Of each hour of work a day, so that there is something to thin out.
        backups.thin(folder, datetime.now() + timedelta(days=len(self.backups)))
        self.backups_left = len(list(folder.iterdir()))
        self.backups.append(made.size / self.size())

    def measure(self) -> None:
        self.memory.append(_resident())
        kept = sum(one.size for plan_id in self.twins for one in self.store.exports(plan_id))
        self.sizes.append(self.size() - kept)

    def size(self) -> int:
        """Bytes of the store with its write-ahead log."""
        files = (path for path in self.store.folder.iterdir() if path.name.startswith(self.store.path.name))
        return sum(path.stat().st_size for path in files)

    def go_back(self) -> None:
        """Undo from the end, and redo: every state on the way is as it was, byte for byte."""
        self.went_back = 0
        seen = set(self.states)
        while self.went_back < _KEPT // 3 and self.document.undo_label():
            self.document.undo()
            self.went_back += 1
            self.wrong += _state(self.document.plan) not in seen
        for _step in range(self.went_back):
            self.document.redo()
        self.compare()

    # ---- what came of it

    def figures(self) -> Iterator[Figure]:
        tenth = len(self.seconds) // 10
        yield Figure("day: edits, each compared with a plan kept beside", len(self.seconds))
        yield Figure("day: states that were not as they should be", self.wrong, 0)
        yield Figure("day: edits refused", len(self.refused), 0)
        yield Figure("day: steps undone and redone at the end", self.went_back)
        # Judged by the work alone: how long the disk and other programs of the machine take is told, as it was.
        for name, share in (("median", 0.5), ("99th percentile", 0.99)):
            began, ended = (_quiet(part, share) for part in (self.worked[:tenth], self.worked[-tenth:]))
            yield Figure(f"day: work of an edit, {name}, end ÷ start", ended / began, _MOST)
        for name, share in (("median", 0.5), ("99th percentile", 0.99)):
            began, ended = (_quiet(part, share) * 1000 for part in (self.seconds[:tenth], self.seconds[-tenth:]))
            yield Figure(f"day: ms until an edit is on disk, {name}, at the start", began)
            yield Figure(f"day: ms until an edit is on disk, {name}, at the end", ended)
        if self.memory[0]:
            memory = self.memory
            yield Figure("day: MB of memory at the end", memory[-1] / _MB)
            yield Figure("day: memory, end ÷ after the first tenth", memory[-1] / _at(memory, 0.1), _MOST)
            grown = (_at(memory, 0.98) - _at(memory, 0.5)) / (self.edits * 0.48) * 100_000
            yield Figure("day: MB that memory grew by for 100,000 edits, second half", grown / _MB, 10)
        sizes = self.sizes
        yield Figure("day: MB of the store and its log at the end, without kept exports", sizes[-1] / _MB)
        full = max(sizes[int(len(sizes) * 0.6) : int(len(sizes) * 0.7)])
        grown = max(sizes[int(len(sizes) * 0.9) :]) / full
        yield Figure("day: store and its log, last tenth ÷ when the undo log was full", grown, _MOST)
        yield Figure("day: backups that are left after thinning out", self.backups_left, 24)
        yield Figure("day: a backup ÷ store and its log, the largest", max(self.backups), 1.1)


# ---- measuring


def _text(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=6)).capitalize()


def _state(plan: Plan) -> str:
    """All of a plan but its revision, which only ever grows."""
    return str({**plan_document.dump(plan), "revision": 0})


def _quiet(seconds: array[float], share: float) -> float:
    """That share of the edits takes at most so long (seconds), in the quieter half of many stretches of them.

    Other programs of the machine disturb some of the stretches; what grows is in all of them.
    """
    size = max(1, min(500, len(seconds) // 4))
    stretches = (sorted(seconds[start : start + size]) for start in range(0, len(seconds) - size + 1, size))
    found = sorted(stretch[int(len(stretch) * share)] for stretch in stretches)
    return found[len(found) // 4]


def _resident() -> float:
    """Bytes of memory that this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return float(pages * os.sysconf("SC_PAGE_SIZE"))
    except (OSError, ValueError):
        return 0.0


def _at(values: array[float], share: float) -> float:
    return values[int((len(values) - 1) * share)]
