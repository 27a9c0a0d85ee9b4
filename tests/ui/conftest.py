"""What the tests of the window share: the program's application offscreen, an open plan, and no Qt warning let by."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import document as plan_document
from models.store import Store
from tests.plans import fixture_plan, small_plan
from tests.ui.program import Program, run, run_here, write
from ui import theme
from ui.document import Document
from ui.pages.page import Page

#: What Qt says offscreen, and is no fault of a page.
_HARMLESS = ("This plugin does not support", "propagateSizeHints", "QFontDatabase: Cannot find font directory")


@pytest.fixture(scope="session")
def app() -> Iterator[QApplication]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    yield application


@pytest.fixture(autouse=True)
def no_warnings(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Any warning of Qt, and any exception in a slot, fails the test."""
    said: list[str] = []

    def handle(kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(harmless in message for harmless in _HARMLESS):
            said.append(message)

    def raised(kind: type[BaseException], error: BaseException, _trace: Any) -> None:
        said.append(f"{kind.__name__}: {error}")

    monkeypatch.setattr(sys, "excepthook", raised)
    before = qInstallMessageHandler(handle)
    yield
    app.processEvents()
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture
def document(app: QApplication, store: Store) -> Iterator[Document]:
    """Plan 000, open for editing, its findings worked out."""
    plan = fixture_plan(0)
    store.add(plan)
    found = Document(store, plan.id)
    found.check_again()
    yield found
    found.deleteLater()


@pytest.fixture
def shown(app: QApplication) -> Iterator[Callable[[Page], None]]:
    """Shows a page in a window of its own, told of changes as in the main window."""
    pages: list[Page] = []

    def show(page: Page) -> None:
        page.document.changed.connect(page.on_change)
        page.document.evaluated.connect(page.on_evaluated)
        page.resize(1080, 620)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page)
        pages.append(page)

    yield show
    for page in pages:
        page.document.disconnect(page)
        page.close()
        page.deleteLater()
    app.processEvents()


# ---- the command line


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder to start from that is not the program's."""
    found = tmp_path / "Thư mục làm việc"
    found.mkdir()
    return found


@pytest.fixture
def program(folder: Path, elsewhere: Path) -> Program:
    """The real program, started elsewhere, on the store in ``folder``."""
    return lambda *arguments, **options: run("--data", folder, *arguments, cwd=elsewhere, **options)


@pytest.fixture
def here(folder: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program on the store in ``folder``, within this process."""
    return lambda *arguments: run_here(capsys, "--data", folder, *arguments)


@pytest.fixture
def clean_file(tmp_path: Path) -> Path:
    """The document of a plan in which nothing is to be found."""
    return write(tmp_path / "nhận" / "kế hoạch.json", plan_document.dump(small_plan()))
