"""Bad input in the window: the same sentence in the line at its foot, nothing stored; and where there is no window."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from models import document
from models.errors import StoreError, UserError
from models.imports import office
from models.imports.package import open_any
from models.store import Store
from models.store.access import LOCK_NAME
from tests.plans import fixture_path, fixture_plan, small_plan
from tests.ui.bad_files import BAD
from tests.ui.main_window import window_of
from tests.ui.program import Ran, contents, is_sentence, plans_in, run_here, write
from tests.ui.waiting import wait_for
from ui import opening
from ui.dialogs.failure import FailureDialog
from ui.main_window import MainWindow

STORE = "kehoachso.db"


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    """The window with plan 002 open."""
    with window_of(store, folder, fixture_plan(2)) as made:
        yield made


def take_in(window: MainWindow, *paths: Path) -> None:
    """Open the files, and wait until it is done or refused."""
    ended: list[bool] = []
    opening.take_in(window, paths).ended.connect(lambda: ended.append(True))
    assert wait_for(lambda: bool(ended))


# An office's own workbook is none of these: it goes to the wizard (tests/ui/test_importing.py).
@pytest.mark.parametrize("name", [name for name in BAD if name != "a workbook"])
def test_a_file_that_is_no_plan(window: MainWindow, clean_file: Path, tmp_path: Path, name: str) -> None:
    bad = BAD[name].make(tmp_path)
    with pytest.raises(UserError) as told:
        (office.read if office.kind(bad) else open_any)(bad)
    before = _stored(window.store)
    opened = window.workspace
    for names in ([bad], [clean_file, bad], [bad, clean_file]):
        window.messages.hide()
        take_in(window, *names)
        assert window.messages.text() == str(told.value)
        assert is_sentence(str(told.value) + "\n")
        assert window.messages.property("kind") == "error"
    assert _stored(window.store) == before
    # Who works on a plan goes on with it.
    assert window.workspace is opened and opened is not None


def _stored(store: Store) -> list[tuple[str, object]]:
    found = store.summaries(lambda plan: (None, 0, 0))
    return [(plan.id, document.dump(store.read(plan.id))) for plan in found]


def test_a_good_file_opens(window: MainWindow, clean_file: Path) -> None:
    take_in(window, clean_file, fixture_path(0))
    assert window.messages.text() == "Đã nhập 2 kế hoạch."
    assert window.workspace is not None and window.workspace.document.plan.id == "ke-hoach-1"
    assert len(_stored(window.store)) == 3


def test_the_open_plan_may_be_the_one_that_comes_in(window: MainWindow, tmp_path: Path) -> None:
    plan = fixture_plan(2)
    plan.subject = "Chủ đề khác"
    take_in(window, write(tmp_path / "a.json", document.dump(plan)))
    assert window.workspace is not None and window.workspace.document.plan.subject == "Chủ đề khác"
    window.undo()
    assert window.workspace.document.plan.subject == fixture_plan(2).subject


@pytest.mark.parametrize("is_open", [True, False])
def test_a_store_that_cannot_take_them(
    window: MainWindow, clean_file: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool
) -> None:
    if not is_open:
        window.show_list()
    before = _stored(window.store)

    def full(_store: Store, _plan: object, _label: str) -> None:
        raise StoreError("Ổ đĩa đã đầy.")

    monkeypatch.setattr(Store, "put", full)
    take_in(window, clean_file)
    assert window.messages.text() == "Ổ đĩa đã đầy."
    assert _stored(window.store) == before
    # The window stays at what it showed.
    assert bool(window.workspace) == is_open
    if window.workspace is not None:
        assert window.workspace.document.plan.id == fixture_plan(2).id


def test_an_unknown_plan(window: MainWindow) -> None:
    assert window.open_plan("ke-hoach-9") is False
    assert "“ke-hoach-9”" in window.messages.text()
    assert window.workspace is not None


# ---- where the window itself cannot be opened


@pytest.fixture
def started(app: QApplication, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., tuple[Ran, str]]]:
    """Start the program without a command; gives what came of it, and what the small window said before it was closed."""
    shown: list[str] = []

    def close() -> None:
        found = [widget for widget in app.topLevelWidgets() if isinstance(widget, FailureDialog) and widget.isVisible()]
        if not found:
            QTimer.singleShot(10, close)
            return
        for dialog in found:
            shown.append(dialog.sentence.text())
            QTest.keyClick(dialog, Qt.Key.Key_Return)

    def start(*arguments: object) -> tuple[Ran, str]:
        QTimer.singleShot(0, close)
        found = run_here(capsys, *arguments)
        [sentence] = shown
        return found, sentence

    yield start
    # The program does without the collector while it starts.
    gc.enable()


def _newer(folder: Path) -> None:
    with Store(folder) as store:
        store.add(small_plan())
    with sqlite3.connect(folder / STORE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def test_a_store_that_cannot_be_opened(started: Callable[..., tuple[Ran, str]], folder: Path) -> None:
    _newer(folder)
    before = contents(folder)
    found, sentence = started("--data", folder)
    assert "mới hơn" in sentence and str(folder / STORE) in sentence
    # On standard error too, for whoever looks there.
    assert found == Ran(2, "", sentence + "\n") and is_sentence(found.err)
    assert contents(folder) == before


def test_a_damaged_store_that_is_left_alone_is_told_once(
    app: QApplication, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its dialog has said all; the program ends when it is closed, and nothing was touched but the lock."""
    folder.mkdir()
    (folder / STORE).write_bytes(b"x" * 2000)
    before = contents(folder)
    shown: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            shown.append(type(dialog).__name__)
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        if not ended:
            QTimer.singleShot(10, close)

    ended: list[bool] = []
    QTimer.singleShot(0, close)
    try:
        found = run_here(capsys, "--data", folder)
    finally:
        ended.append(True)
        gc.enable()
    assert shown == ["DamagedDialog"]
    assert found.code == 2 and found.out == "" and is_sentence(found.err)
    assert "không phải cơ sở dữ liệu" in found.err and str(folder / STORE) in found.err
    assert {name: data for name, data in contents(folder).items() if name != LOCK_NAME} == before


def test_a_data_folder_that_cannot_be_made(started: Callable[..., tuple[Ran, str]], tmp_path: Path) -> None:
    (tmp_path / "tệp").write_bytes(b"x")
    found, sentence = started("--data", tmp_path / "tệp")
    assert found == Ran(2, "", sentence + "\n") and is_sentence(found.err)
    assert str(tmp_path / "tệp") in sentence
    assert (tmp_path / "tệp").read_bytes() == b"x"


def test_a_fault_while_it_starts(
    started: Callable[..., tuple[Ran, str]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_details: object) -> None:
        raise KeyError("Sở Nội vụ")

    monkeypatch.setattr("ui.app.MainWindow", fail)
    found, sentence = started("--data", folder)
    assert found == Ran(2, "", sentence + "\n") and is_sentence(found.err)
    [report] = folder.glob("bao-cao-loi/loi-*.txt")
    assert str(report) in sentence and "Sở Nội vụ" not in report.read_text(encoding="utf-8")
    assert plans_in(folder) == []


def test_a_plan_asked_for_that_is_not_there_is_told_in_the_window(
    app: QApplication, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []

    def look() -> None:
        found = [widget for widget in app.topLevelWidgets() if isinstance(widget, MainWindow) and widget.isVisible()]
        if not found:
            QTimer.singleShot(10, look)
            return
        said.extend(window.messages.text() for window in found)
        app.exit(0)

    QTimer.singleShot(0, look)
    try:
        assert run_here(capsys, "--data", folder, "--open", "ke-hoach-9") == Ran(0, "", "")
    finally:
        gc.enable()
    assert len(said) == 1 and "“ke-hoach-9”" in said[0]


def test_the_platform_is_offscreen() -> None:
    """Else the tests above would need a screen."""
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
