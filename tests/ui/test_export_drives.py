"""Sticks on the page of export: offered as they come and go, chosen by a key, and let go only when all is on them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QStorageInfo, Qt
from PySide6.QtWidgets import QLabel

from models.exports import files
from tests.keyboard import focused, key, keys
from tests.ui import faults
from tests.ui.exporting import export_page, finish
from tests.ui.showing import Show
from tests.ui.waiting import wait_for
from ui.document import Document
from ui.pages.export import ExportPage
from ui.widgets import drives, folder_card
from ui.widgets.drives import Drive

GB = 1_000_000_000


class Plugs:
    """The sticks plugged in, of which the page is told as by the system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drives: list[Drive] = []

    def plug(self, name: str, free: int = 12 * GB, **fields: bool) -> Drive:
        path = self.folder / name
        path.mkdir(exist_ok=True)
        self.drives.append(Drive(path, name, free, "FAT32", **fields))
        return self.drives[-1]

    def pull(self, drive: Drive) -> None:
        drive.path.rmdir()
        self.drives.remove(drive)


@pytest.fixture
def plugs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugs]:
    found = Plugs(tmp_path / "media")
    found.folder.mkdir()
    monkeypatch.setattr(folder_card, "removable", lambda: list(found.drives))
    monkeypatch.setattr(folder_card, "_EVERY", 20)
    yield found


@pytest.fixture
def page(clean: Document, shown: Show, tmp_path: Path, plugs: Plugs) -> ExportPage:
    made = export_page(clean, tmp_path)
    shown(made)
    return made


def offered(page: ExportPage) -> list[str]:
    return [button.text() for button in page.folder.buttons.values()]


def tab_to(text: str) -> None:
    for _step in range(30):
        if text in str(getattr(focused(), "text", str)()):
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {text}")


def test_a_stick_is_offered_as_it_comes_and_gone_as_it_goes(page: ExportPage, plugs: Plugs) -> None:
    hint = next(label for label in page.folder.findChildren(QLabel) if "Cắm USB" in label.text())
    assert hint.isVisible() and offered(page) == []
    stick = plugs.plug("KINGSTON")
    assert wait_for(lambda: offered(page) == ["KINGSTON · trống 12 GB · FAT32"])
    assert not hint.isVisible()
    plugs.pull(stick)
    assert wait_for(lambda: offered(page) == [])
    assert hint.isVisible()


def test_it_is_not_looked_at_drives_while_nobody_sees_them(page: ExportPage, plugs: Plugs) -> None:
    page.hide()
    assert wait_for(lambda: page.folder._job is None)
    assert not page.folder._timer.isActive()
    page.show()
    plugs.plug("KINGSTON")
    assert wait_for(lambda: len(offered(page)) == 1)


def test_choosing_exporting_and_pulling_out_by_keyboard(
    page: ExportPage, plugs: Plugs, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = plugs.plug("USB của Hường")
    plugs.plug("KINGSTON")
    assert wait_for(lambda: len(offered(page)) == 2)
    flushed: list[bool] = []
    monkeypatch.setattr(os, "sync", lambda: flushed.append(True))
    page.folder.field.setFocus()
    tab_to("USB của Hường")
    key(Qt.Key.Key_Space)
    assert page.folder.path() == stick.path
    assert page.folder.buttons[stick.path].isChecked()
    # What is found anew every moment takes neither the choice nor the focus.
    here = focused()
    stick2 = plugs.plug("TRANSCEND")
    assert wait_for(lambda: stick2.path in page.folder.buttons)
    assert focused() is here and page.folder.buttons[stick.path].isChecked()
    tab_to("Kết xuất bản chính thức")
    key(Qt.Key.Key_Space)
    finish(page)
    assert page.result.safe.text() == "Đã ghi và kiểm tra xong: có thể rút USB “USB của Hường”."
    assert flushed and focused() is page.result.open_folder
    assert len(list(stick.path.iterdir())) == 3


def test_of_a_folder_it_is_not_said_that_it_can_be_pulled_out(page: ExportPage) -> None:
    page.draft.click()
    finish(page)
    assert page.result.safe.text() == "Đã ghi và kiểm tra xong."


def test_it_is_never_said_of_files_that_read_back_otherwise(
    page: ExportPage, plugs: Plugs, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = plugs.plug("KINGSTON")
    assert wait_for(lambda: len(offered(page)) == 1)
    page.folder.field.setText(str(stick.path / ""))
    real = files._read_back
    monkeypatch.setattr(files, "_read_back", lambda path: real(path)[:-1])
    page.final.click()
    finish(page)
    assert not page.result.isVisible() and "đọc lại" in page.failure.text()
    assert list(stick.path.iterdir()) == []


@pytest.mark.parametrize(
    ("fields", "told", "sentence"),
    [({"is_read_only": True}, "chỉ đọc", "bỏ khóa ghi"), ({"free": 10_000}, "đã đầy", "giải phóng dung lượng")],
)
def test_a_stick_that_takes_nothing_says_so(
    page: ExportPage, plugs: Plugs, fields: dict[str, Any], told: str, sentence: str
) -> None:
    plugs.plug("KINGSTON", **fields)
    assert wait_for(lambda: offered(page) == [f"KINGSTON · {told} · FAT32"])
    page.folder.buttons[plugs.drives[0].path].click()
    assert page.folder.problem.isVisible() and sentence in page.folder.problem.text()
    page.folder.field.setText(str(plugs.folder))
    assert not page.folder.problem.isVisible()


def test_a_stick_pulled_out_while_it_is_chosen(page: ExportPage, plugs: Plugs) -> None:
    stick = plugs.plug("KINGSTON")
    assert wait_for(lambda: len(offered(page)) == 1)
    button = page.folder.buttons[stick.path]
    button.setFocus()
    key(Qt.Key.Key_Space)
    plugs.pull(stick)
    assert wait_for(page.folder.problem.isVisible)
    assert "cắm lại" in page.folder.problem.text() and str(stick.path) in page.folder.problem.text()
    assert focused() is page.folder.field
    page.final.click()
    finish(page)
    assert "cắm lại ổ đĩa" in page.failure.text()
    # It is the same one that is plugged in again.
    plugs.plug("KINGSTON")
    assert wait_for(lambda: not page.folder.problem.isVisible())
    assert page.folder.buttons[stick.path].isChecked()


def test_typing_a_folder_is_not_held_against_one(page: ExportPage, tmp_path: Path) -> None:
    page.folder.field.setFocus()
    page.folder.field.selectAll()
    keys(str(tmp_path / "Ổ không có"))
    assert wait_for(page.folder.problem.isVisible)
    assert "Ổ không có" in page.folder.problem.text()
    page.folder.field.setText(str(tmp_path))
    assert not page.folder.problem.isVisible()


@pytest.mark.parametrize("width", [1080, 700])
def test_the_page_with_everything_on_it_is_reached_and_not_cut_off(page: ExportPage, plugs: Plugs, width: int) -> None:
    plugs.plug("KINGSTON")
    plugs.plug("TRANSCEND của văn thư", is_read_only=True)
    page.options.mail.setChecked(True)
    page.draft.click()
    finish(page)
    assert wait_for(lambda: len(offered(page)) == 2)
    page.resize(width, 900)
    assert wait_for(lambda: page.width() == width)
    assert faults.without_name(page) == []
    assert faults.tab_faults(page) == []
    assert faults.clipped(page) == []


# ---- what the system tells


class Volume:
    """A volume as Qt tells of it."""

    def __init__(self, root: str, name: str, kind: str, locked: bool = False, ready: bool = True) -> None:
        self.values = {
            "rootPath": root,
            "name": name,
            "fileSystemType": QByteArray(kind.encode()),
            "isReadOnly": locked,
            "isReady": ready,
            "isValid": True,
            "bytesAvailable": 3 * GB,
        }

    def __getattr__(self, name: str) -> object:
        return lambda: self.values[name]


def test_only_what_can_be_taken_out_is_a_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    volumes = [
        Volume("/", "", "ext4"),
        Volume("/media/huong/KINGSTON", "KINGSTON", "vfat"),
        Volume("/run/media/huong/6A2F-1B", "", "exfat", locked=True),
        Volume("/media/cdrom", "Đĩa", "iso9660", locked=True),
        Volume("/media/huong/chưa sẵn sàng", "", "vfat", ready=False),
    ]
    monkeypatch.setattr(QStorageInfo, "mountedVolumes", lambda: volumes)
    stick, card = drives.removable()
    assert stick == Drive(Path("/media/huong/KINGSTON"), "KINGSTON", 3 * GB, "FAT32", False)
    assert card == Drive(Path("/run/media/huong/6A2F-1B"), "6A2F-1B", 3 * GB, "exFAT", True)
    assert drives.drive_of(stick.path / "Gói nộp", [stick, card]) == stick
    assert drives.drive_of(Path("/media/huong/KINGSTON 2"), [stick, card]) is None


def test_the_drives_of_this_machine_can_be_looked_at() -> None:
    assert isinstance(drives.removable(), list)
