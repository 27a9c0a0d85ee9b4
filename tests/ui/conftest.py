"""What the tests of the window share: the program's application offscreen, an open plan, and no Qt warning let by."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from models import document as plan_document
from models.plan import Plan
from models.settings import Settings
from models.store import Store
from tests.plans import fixture_plan, small_plan
from tests.ui.main_window import window_of, workspace_of
from tests.ui.program import Program, run, run_here, write
from tests.ui.sheet import OpenTable, page_of
from tests.ui.showing import Show, activate, show_page
from ui import theme
from ui.document import Document
from ui.main_window import MainWindow
from ui.pages.findings import FindingsPage
from ui.pages.page import Page
from ui.pages.section import SectionPage
from ui.pages.table import TablePage
from ui.widgets.finding_details import FindingDetails
from ui.widgets.section_edit import SectionEdit
from ui.workspace import Workspace

#: What Qt says offscreen, and is no fault of a page.
_HARMLESS = ("This plugin does not support", "propagateSizeHints", "QFontDatabase: Cannot find font directory")


@pytest.fixture(scope="session")
def app() -> Iterator[QApplication]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    yield application
    # What Python put there must not be left to Qt: the process would crash as it ends.
    application.clipboard().clear()


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
def clean(app: QApplication, store: Store) -> Iterator[Document]:
    """A plan without errors, open for editing."""
    plan = small_plan()
    store.add(plan)
    found = Document(store, plan.id)
    found.check_again()
    assert found.count("error") == 0
    yield found
    found.deleteLater()


@pytest.fixture
def shown(app: QApplication) -> Iterator[Show]:
    """Shows a page in a window of its own, told of changes as in the main window."""
    pages: list[Page] = []

    def show(page: Page) -> None:
        show_page(page)
        pages.append(page)

    yield show
    for page in pages:
        page.document.disconnect(page)
        page.close()
        page.deleteLater()
    app.processEvents()


@pytest.fixture
def open_table(app: QApplication, store: Store) -> Iterator[OpenTable]:
    """``page_of`` the table of a plan; what it opens is closed after the test."""
    pages: list[TablePage] = []

    def open_it(plan: Plan, *where: Any, **kept: Any) -> TablePage:
        pages.append(page_of(store, plan, *where, **kept))
        return pages[-1]

    yield open_it
    for page in pages:
        page.close()


@pytest.fixture
def edit(page: SectionPage) -> SectionEdit:
    """The text on the ``page`` of a section, which the test file opens."""
    return page.text.editor


@pytest.fixture
def opened(
    app: QApplication, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Plan], Workspace]]:
    """Opens a plan as the main window does; what the findings keep while the program runs starts anew."""
    monkeypatch.setattr(FindingsPage, "hidden", set())
    monkeypatch.setattr(FindingDetails, "explained", False)
    made: list[Workspace] = []

    def open_it(plan: Plan) -> Workspace:
        store.add(plan)
        document = Document(store, plan.id)
        document.check_again()
        workspace = Workspace(document, Settings(folder))
        workspace.resize(1366, 700)
        activate(workspace)
        made.append(workspace)
        return workspace

    yield open_it
    for workspace in made:
        workspace.close()
        workspace.deleteLater()
        workspace.document.deleteLater()
    app.processEvents()


# ---- the main window


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    """The main window with plan 000 open."""
    with window_of(store, folder, fixture_plan(0)) as made:
        yield made


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    return workspace_of(window)


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
