"""An officer at the real window (offscreen): starting and ending it, what it says of failures, and what lies on the disk."""

from __future__ import annotations

import json
import shutil
import sqlite3
import traceback
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from models.errors import UserError
from models.exports.verification import verify
from models.plan import Plan
from models.settings import EXPORT_FOLDER, Settings
from models.signing import Roots
from models.store import Store, backups
from models.store.files import FILE_NAME
from models.store.reader import read_plan
from tests.plans import small_plan
from tests.torture.power_session import content
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui import backing_up, crash, last_end, worker
from ui.document import Document
from ui.main_window import MainWindow

DATA, OUT, IN = "Dữ liệu", "Kết xuất", "Đến"
PLAN = "ke-hoach-1"


@dataclass(slots=True)
class Failure:
    """One failure: the step, the first call that failed, what the window said, and what was wrong after that."""

    step: str
    number: int
    call: str
    is_lasting: bool
    told: str = ""
    is_done: bool = False
    #: Something acknowledged is gone, or a file half there; no going on; an unexpected error.
    lost: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)


class Officer:
    """The window on the store in ``folder``, in which the plan ``PLAN`` is open."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.out, self.into = folder, folder / DATA, folder / OUT, folder / IN
        for place in (self.out, self.into):
            place.mkdir(exist_ok=True)
        self.crashes: list[str] = []
        #: What the small window said that stands alone where there is no other.
        self.told_alone = ""
        #: The content of the plan when the window said last that it was saved.
        self.acknowledged = ""
        self._followed: Document | None = None
        self.window: MainWindow | None = None
        self.begin()

    # ---- starting and ending

    def begin(self) -> None:
        """Start as ``ui.app`` does."""
        self.told_alone = ""
        try:
            self.store = Store(self.data)
        except UserError as error:
            self.told_alone = str(error)
            return
        if not self.store.is_reading and not self.store.has(PLAN):
            self.store.add(small_plan())
        settings = Settings(self.data, reading=self.store.is_reading)
        settings.set(EXPORT_FOLDER, str(self.out))
        last_end.begin(self.data, settings)
        self.window = window = MainWindow(self.store, settings)
        watch = crash.install(window)
        watch.take = self._crashed  # type: ignore[method-assign]
        last_end.follow(window)
        self.open()
        activate(window)

    def _crashed(self, error: BaseException, trace: TracebackType | None) -> None:
        self.crashes.append("".join(traceback.format_exception(error)))

    def end(self) -> None:
        """End as ``ui.app`` does."""
        if self.window is None:
            return
        self.window.close()
        self.settle()
        crash.uninstall()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.window = None
        last_end.end(self.data)
        self.store.close()

    def begin_anew(self) -> None:
        """Start with an empty data folder, and nothing exported."""
        self.end()
        for place in (self.data, self.out):
            shutil.rmtree(place)
        self.out.mkdir()
        self.begin()

    def settle(self) -> None:
        """Let all work in threads end, and what was asked for meanwhile be done."""
        assert wait_for(lambda: not worker._running, 60)
        for _time in range(3):
            QApplication.processEvents()
        if worker._running:
            self.settle()
        self._follow()

    def open(self) -> None:
        """Open the plan, where it is not open."""
        assert self.window is not None
        if self.window.workspace is None or self.plan.id != PLAN:
            self.window.open_plan(PLAN)
        self._follow()

    def _follow(self) -> None:
        """Hear what the window says is saved of the plan that is open now."""
        document = self.workspace.document if self.window is not None and self.window.workspace is not None else None
        if document is not None and document is not self._followed:
            document.saved.connect(lambda _when: self._saved(document.plan))
            self._saved(document.plan)
        self._followed = document

    def _saved(self, plan: Plan) -> None:
        if plan.id == PLAN:
            self.acknowledged = content(plan)

    @property
    def workspace(self) -> Any:
        assert self.window is not None and self.window.workspace is not None
        return self.window.workspace

    @property
    def plan(self) -> Any:
        return self.workspace.document.plan

    # ---- what the window says

    def hush(self) -> None:
        """Close what was said before."""
        self.told_alone = ""
        backing_up._told.clear()
        if self.window is not None:
            self.window.messages.hide()
            for label in self.window.findChildren(QLabel, "error"):
                label.clear()

    def told(self) -> str:
        """What the window says of a failure now."""
        if self.window is None:
            return self.told_alone
        if self.store.is_reading:
            return self.store.why_reading
        said = [self.window.messages.text()] if self.window.messages.property("kind") in ("error", "warning") else []
        for kind in ("error", "warning"):
            said += [label.text() for label in self.window.findChildren(QLabel, kind) if label.isVisible()]
        return " | ".join(filter(None, (*said, self.told_alone)))

    # ---- what lies on the disk

    def stored(self) -> dict[str, str]:
        """The plans as another connection reads them."""
        path = self.data / FILE_NAME
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
            ids = [plan_id for (plan_id,) in connection.execute("SELECT id FROM plan").fetchall()]
            plans = [read_plan(connection, plan_id) for plan_id in ids]
            return {plan.id: content(plan) for plan in plans if plan is not None}

    def given_out(self) -> dict[str, bytes]:
        """The exports under their final names."""
        return {path.name: path.read_bytes() for path in self.out.iterdir() if not path.name.startswith(".")}

    def faults(self, before: dict[str, str], files: dict[str, bytes], failure: Failure) -> list[str]:
        """What is lost, half-written or said and not so; ``before`` are the plans, ``files`` the exports before it."""
        found = []
        stored = self.stored()
        if self.window is not None and self.window.workspace is not None and content(self.plan) != stored[self.plan.id]:
            found.append("the plan in memory is not the one in the store")
        # What was told to have failed may have been written all the same.
        if stored[PLAN] != self.acknowledged and not (failure.told and stored[PLAN] != before[PLAN]):
            found.append("the store does not hold what was acknowledged")
        found += [f"plan {one} is another" for one in before if one != PLAN and stored.get(one) != before[one]]
        return found + self._half_files(files, failure)

    def _half_files(self, files: dict[str, bytes], failure: Failure) -> list[str]:
        found = []
        now = self.given_out()
        other = [name for name in now.keys() | files.keys() if now.get(name) != files.get(name)]
        # What cannot be taken back is named, to be taken away by hand.
        if not failure.is_done and (unnamed := [name for name in other if f"“{name}”" not in failure.told]):
            found.append(f"exports changed: {unnamed}")
        found += [name for name in other if name.endswith(".zip") and not verify(self.out / name, Roots()).ok]
        folder = backups.folder_of(self.data)
        found += [path.name for path in folder.glob("*.db") if not _is_sound(path)]
        try:
            json.loads((self.data / "settings.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            found.append(f"settings cannot be read: {error}")
        # What could not be taken away stays behind.
        if not failure.is_lasting and not failure.call.startswith("unlink"):
            found += [f"left behind: {path.name}" for path in self.folder.rglob("*.tmp")]
        return found


def _is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
