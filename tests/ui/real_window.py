"""The program in a process of its own, its window offscreen, with something done in it once it stands."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.ui.program import ROOT, environment

_DRIVER = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui import app as program, cli, crash, last_end
from ui.main_window import MainWindow
last_end._LOOK_MS = 50

def tell(**found):
    print(json.dumps(found), flush=True)

def where(window):
    from ui.navigation import to_settings
    return to_settings(window.workspace.here())

class Steps:
    # From the program's own event loop: in one inside another, Qt loses errors.
    def __init__(self):
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        self.steps = do(window)
        self.until = window.isVisible
        self.begin = time.monotonic()
        self.timer = QTimer()
        self.timer.timeout.connect(self.step)
        self.timer.start(20)

    def step(self):
        if time.monotonic() - self.begin > 30:
            print("waited in vain", file=sys.stderr, flush=True)
            self.timer.stop()
            QCoreApplication.exit(9)
        elif self.until():
            self.begin = time.monotonic()
            self.timer.stop()
            self.until = next(self.steps, None)
            if self.until is not None:
                self.timer.start(20)

def work():
    global steps
    steps = Steps()

program.prepare = work
"""


def driven(code: str) -> str:
    """Python that starts the program and runs ``code``, the body of ``do(window)``, once its window stands.

    It waits by ``yield`` of what is to become true.
    """
    body = "\n".join(f"    {line}" for line in code.strip().splitlines())
    return f"{_DRIVER}\ndef do(window):\n    yield window.isVisible\n{body}\n\nsys.exit(cli.main(sys.argv[1:]))\n"


def run(folder: Path, code: str, *arguments: str, first: str = "") -> tuple[int, list[Any], str]:
    """Exit code, what ``code`` told (``tell(name=value)``), and standard error of a window on the store in ``folder``.

    ``first`` is Python that runs before the program is even loaded.
    """
    # Files, not pipes: a window that starts again hands them on, and a pipe would wait for its end as well.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        done = subprocess.run(
            [sys.executable, "-c", first + driven(code), "--data", str(folder), *arguments],
            cwd=ROOT, env=environment(QT_QPA_PLATFORM="offscreen"), stdin=subprocess.DEVNULL,
            stdout=out, stderr=err, timeout=120,
        )  # fmt: skip
        out.seek(0)
        err.seek(0)
        told = [json.loads(line) for line in out.read().decode().splitlines() if line.startswith("{")]
        return done.returncode, told, err.read().decode()
