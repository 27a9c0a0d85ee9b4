"""A scripted officer in the real window, whose writes, flushes and renames are made to fail one by one.

Each step is done again and again: the first call below the data folder or the folder of exports fails, then the second,
until the step makes no more. After each failure the cause goes away, and the same step must succeed in the same window.
Run under ``shim.environment`` as ``python -m tests.torture.failing_session FOLDER ERRNO once|lasting EVERY [STEP…]``;
prints one line of JSON for each failure.
"""

from __future__ import annotations

import errno
import itertools
import json
import sys
from dataclasses import asdict
from pathlib import Path

from PySide6.QtWidgets import QApplication

from models.errors import UserError
from tests.torture import shim
from tests.torture.failing_steps import Step, Steps
from tests.torture.officer import PLAN, Failure
from tests.torture.power_session import content
from ui import crash

#: After so many failures the session begins anew: backups and exports that pile up would make each slower than the last.
_ANEW = 25


def fail(officer: Steps, name: str, number: int, error: int, once: bool) -> Failure | None:
    """Do a step with its ``number``-th call failing, then without; ``None`` where there were not so many calls."""
    step = officer.steps()[name]
    step.prepare()
    officer.settle()
    before, files = officer.stored(), officer.given_out()
    officer.hush()
    officer.crashes.clear()
    shim.arm(shim.ALL, number, error, once)
    try:
        step.work()
        officer.settle()
    except UserError as told:
        officer.crashes.append(f"{told!r} came out of the step")
    failed = shim.failed()
    call = shim.disarm()
    if not failed:
        return None
    call = call.replace(str(officer.folder), "")
    found = Failure(name, number, call, not once, officer.told(), crashes=list(officer.crashes))
    found.is_done = step.is_done() if officer.window is not None or name == "end" else False
    found.lost = officer.faults(before, files, found)
    for path in officer.folder.rglob("*.tmp"):
        path.unlink()
    _go_on(officer, step, found)
    return found


def _go_on(officer: Steps, step: Step, found: Failure) -> None:
    """The cause is gone: the same step now succeeds, and so does an edit."""
    officer.crashes.clear()
    step.prepare()
    officer.settle()
    officer.hush()
    step.work()
    officer.settle()
    if not (officer.window is None and found.step == "end") and not step.is_done():
        found.stuck.append(f"the next {found.step} is not done: {officer.told()}")
    if said := officer.told():
        found.stuck.append(f"the next {found.step} fails: {said}")
    edit = officer.steps()["amount"]
    edit.prepare()
    edit.work()
    if not edit.is_done() or officer.stored()[PLAN] != content(officer.plan):
        found.stuck.append(f"the next edit is not stored: {officer.told()}")
    found.stuck += officer.crashes
    if found.stuck:
        officer.end()
        officer.begin()


def main(folder: str, error: str, how: str, every: str, *names: str) -> int:
    app = QApplication([])
    officer = Steps(Path(folder))
    try:
        for name in names or officer.steps():
            for at in itertools.count():
                if at % _ANEW == 0:
                    officer.begin_anew()
                found = fail(officer, name, 1 + at * int(every), getattr(errno, error), how == "once")
                if found is None:
                    break
                print(json.dumps(asdict(found)), flush=True)
        officer.end()
    finally:
        # Else the window would be told of what is wrong in here.
        crash.uninstall()
    app.clipboard().clear()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
