"""A file that is opened and takes the place of a plan: a backup is made before, in the thread that reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from models.store import Store, backups
from tests.plans import fixture_path, fixture_plan
from tests.ui.main_window import window_of
from tests.ui.waiting import wait_for
from ui import opening
from ui.main_window import MainWindow


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    with window_of(store, folder, fixture_plan(2)) as made:
        yield made


def take_in(window: MainWindow, *paths: Path) -> None:
    ended: list[bool] = []
    opening.take_in(window, paths).ended.connect(lambda: ended.append(True))
    assert wait_for(lambda: bool(ended))


def test_a_new_plan_needs_none(window: MainWindow) -> None:
    take_in(window, fixture_path(0))
    assert backups.listed(backups.folder_of(window.store.folder)) == []


def test_one_that_is_replaced_is_kept(window: MainWindow) -> None:
    assert window.workspace is not None
    with window.workspace.document.edit("Sửa") as plan:
        plan.subject = "Khác"
    take_in(window, fixture_path(2))
    assert window.messages.text() == "Đã nhập 1 kế hoạch."
    (backup,) = backups.listed(backups.folder_of(window.store.folder))
    assert backup.reason == "import"
    with backups.opened(backup) as held:
        assert held.read(fixture_plan(2).id).subject == "Khác"


def test_where_it_cannot_be_made_nothing_is_replaced(window: MainWindow) -> None:
    assert window.workspace is not None
    with window.workspace.document.edit("Sửa") as plan:
        plan.subject = "Khác"
    (window.store.folder / "sao-luu").write_text("ở chỗ của thư mục")
    take_in(window, fixture_path(2))
    assert window.messages.property("kind") == "error" and "sao-luu" in window.messages.text()
    assert window.workspace is not None
    assert window.store.read(fixture_plan(2).id).subject == window.workspace.document.plan.subject == "Khác"
