"""An error at any step of the start: one sentence in a small window and on standard error, a report, exit 2, no loop."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from models import kept_reports, running
from models.settings import Settings
from models.store import Store
from tests.plans import small_plan
from tests.ui.program import Ran, is_sentence, run_here
from ui.dialogs.failure import FailureDialog
from ui.main_window import MainWindow

STEPS = [
    "ui.app.Store",
    "ui.app._look",
    "ui.crash.hear_qt",
    "ui.last_end.begin",
    "ui.app.MainWindow",
    "ui.crash.install",
    "ui.last_end.follow",
    "ui.workspace.Workspace.__init__",
    "ui.document.Document.__init__",
    "ui.main_window.MainWindow.show",
    "ui.last_end.tell",
]


@pytest.fixture
def said(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the small windows say; each is closed at once."""
    found: list[str] = []

    def show(dialog: FailureDialog) -> int:
        found.append(dialog.sentence.text())
        return 1

    monkeypatch.setattr(FailureDialog, "exec", show)
    hook = sys.excepthook
    yield found
    assert sys.excepthook is hook
    gc.enable()
    for widget in app.topLevelWidgets():
        if isinstance(widget, MainWindow):
            widget.deleteLater()


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_at_each_step(
    said: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    plan = small_plan()
    with Store(folder) as store:
        store.add(plan)
    settings = Settings(folder)
    settings.set("last_plan", plan.id)
    settings.set("asked_unit", True)
    # The window before ended suddenly, at that.
    running.keep(folder, running.Mark(plan.id, {}, 0))

    def fail(*_details: object, **_more: object) -> None:
        raise KeyError("Mua máy trạm")

    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        found = run_here(capsys, "--data", folder)
    assert found == Ran(2, "", said[0] + "\n") and is_sentence(found.err) and len(said) == 1
    [report] = kept_reports.listed(folder)
    assert str(report.path) in said[0] and "Mua máy" not in report.text + said[0]
    # The next start is a usual one.
    QTimer.singleShot(300, lambda: QApplication.exit(0))
    assert run_here(capsys, "--data", folder).code == 0
    assert running.left(folder) is None
    with Store(folder) as store:
        assert store.has(plan.id)
