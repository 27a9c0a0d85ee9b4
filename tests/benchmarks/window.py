"""The real window on a large plan, for measuring in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import document
from models.settings import Settings
from models.store import Store
from tests.benchmarks import plans
from tests.screen import Screen
from ui import app as program
from ui import theme
from ui.main_window import MainWindow
from ui.pages.table import TablePage

_ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Shown:
    """What stands on the screen: the window, and in it the page of the table of tasks."""

    app: QApplication
    store: Store
    window: MainWindow
    page: TablePage


def elsewhere(module: str, *arguments: object) -> Any:
    """What ``python -m module`` prints as JSON in its last line, run on a screen of its own."""
    with Screen() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(_ROOT)}
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            env=environment, stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def shown(tasks: int) -> Iterator[Shown]:
    """The window with a plan of so many tasks, as it is when the officer begins to type."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        plan = document.load(plans.document(tasks))
        store.add(plan)
        settings = Settings(Path(folder))
        settings.set("places", {plan.id: "table:tasks"})
        window = MainWindow(store, settings)
        window.open_plan(plan.id)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        program.prepare()
        QTest.qWait(1500)
        assert window.workspace is not None
        page = window.workspace.page
        assert isinstance(page, TablePage)
        yield Shown(app, store, window, page)
        window.close()
