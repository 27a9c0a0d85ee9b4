"""From process start to a usable window with a 200-task plan, against an empty PySide6 main window.

Both processes say "ready" when the window is painted and the event loop is idle again, and are timed from
outside, by turns, on a screen of their own (Xvfb).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from models import document, settings
from models.store import Store
from tests.benchmarks import plans
from tests.benchmarks.figure import Figure, compare
from tests.screen import Screen

_ROOT = Path(__file__).resolve().parent.parent.parent
#: Says "ready" once the window is shown by the screen, has painted itself, and the event loop is idle again.
_REPORT = """
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
def report(app):
    def look():
        shown = [window for window in QGuiApplication.topLevelWindows() if window.isExposed()]
        QTimer.singleShot(0, finish if shown else look)
    def finish():
        print("ready", flush=True)
        app.exit(0)
    QTimer.singleShot(0, look)
"""
_EMPTY = (
    """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
"""
    + _REPORT
    + """
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
window.show()
report(app)
app.exec()
"""
)
_PROGRAM = (
    """
import sys
sys.argv = ["main.py", "--data", sys.argv[1]]
from ui import cli
from PySide6.QtWidgets import QApplication
"""
    + _REPORT
    + """
plain = QApplication.exec
def run(*_args):
    report(QApplication.instance())
    return plain()
QApplication.exec = run
sys.exit(cli.main(sys.argv[1:]))
"""
)


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, Screen() as display:
        data = Path(folder)
        plan = document.load(plans.document(200))
        with Store(data) as store:
            store.add(plan)
        remembered = settings.Settings(data)
        remembered.set("last_plan", plan.id)
        remembered.set("places", {plan.id: "table:tasks"})
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(_ROOT)}
        # Both find their code compiled, as on any machine where the program was started before.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def start(code: str, *arguments: str) -> float:
            """Seconds from the start of the process to the word that its window can be used."""
            begin = time.perf_counter()
            with subprocess.Popen(
                [sys.executable, "-c", code, *arguments],
                env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            ) as process:  # fmt: skip
                assert process.stdout is not None and process.stderr is not None
                word = process.stdout.readline()
                seconds = time.perf_counter() - begin
                if word.strip() != "ready":
                    raise SystemExit(f"the window did not come up: {process.stderr.read().strip()[-400:]}")
            return seconds

        yield compare(
            "start to a usable window with 200 tasks / an empty main window",
            lambda: start(_PROGRAM, str(data)),
            lambda: start(_EMPTY),
            limit=2.0,
            runs=15,
        )
