"""Sao lưu và khôi phục, by keys: what is listed, what would change, what comes back, and the way back from that."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from models import document
from models.settings import BACKUP_FOLDER
from models.store import Store, backups
from models.store.backups import Backup
from tests.keyboard import CTRL, focused, key, keys
from tests.models.store.damaged import zeroed
from tests.plans import fixture_plan, small_plan
from tests.ui.main_window import dialog_of, window_of, workspace_of
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui import backing_up, restoring
from ui.dialogs.backups import BackupsDialog
from ui.main_window import MainWindow

PASSPHRASE = "mat khau cua ban sao 2026"


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    """A plan is open that was edited after the backup; another one of it is in the bin by now, a third is gone."""
    for plan in (small_plan(), fixture_plan(4), fixture_plan(0)):
        store.add(plan)
    make(folder)
    with store.open_plan("ke-hoach-1").edit("Sửa") as plan:
        plan.subject, plan.tables[0].rows[0].total = "Sửa sau khi sao lưu", 130_000_000
    store.connection.execute("UPDATE edit SET at = '2099-01-01T08:00:00' WHERE id = (SELECT max(id) FROM edit)")
    store.delete(fixture_plan(4).id)
    with window_of(store, folder, small_plan()) as made:
        yield made


def make(folder: Path) -> Backup:
    return backups.make(folder / "kehoachso.db", backups.folder_of(folder), "day")


def opened(window: MainWindow) -> BackupsDialog:
    window.actions_by_name["backups"].trigger()
    dialog = dialog_of(window)
    assert isinstance(dialog, BackupsDialog) and wait_for(lambda: dialog._age != "")
    return dialog


def filled(dialog: BackupsDialog) -> bool:
    return wait_for(lambda: dialog.lists.held.topLevelItemCount() > 0)


def free(dialog: BackupsDialog) -> bool:
    return wait_for(lambda: dialog._job is None)


def rows(dialog: BackupsDialog) -> list[list[str]]:
    items = [dialog.lists.list.topLevelItem(at) for at in range(dialog.lists.list.topLevelItemCount())]
    return [[item.text(column) for column in range(6)] for item in items if item is not None]


def dumped(store: Store, plan_id: str) -> dict[str, object]:
    return document.dump(store.read(plan_id))


# ---- what is listed


def test_before_the_first_backup_it_says_how_to_make_one(app: QApplication, store: Store, folder: Path) -> None:
    store.add(small_plan())
    with window_of(store, folder, small_plan()) as window:
        dialog = opened(window)
        assert "Chưa có bản sao lưu nào" in dialog.intro.text() and "Sao lưu ngay" in dialog.lists.heading.text()
        assert not dialog.one.isEnabled() and not dialog.see.isEnabled()
        dialog.now.setFocus()
        key(Qt.Key.Key_Space)
        assert free(dialog) and filled(dialog)
        assert "bản sao lưu tốt" in dialog.said.text() and rows(dialog)[0][1] == "theo yêu cầu"
        assert "hôm nay" in dialog.intro.text()
        dialog.close()


def test_the_backups_and_what_the_chosen_one_holds(window: MainWindow, folder: Path) -> None:
    older = backups.listed(backups.folder_of(folder))[0]
    name = older.path.name.split("-")
    for day in ("20200101", "20200102"):
        shutil.copy(older.path, older.path.with_name("-".join([name[0], day, *name[2:]])))
    second = backups.listed(backups.folder_of(folder))[1].path
    second.write_bytes(second.read_bytes()[:5000])
    dialog = opened(window)
    assert [row[5] for row in rows(dialog)] == ["dùng được", "hỏng", "dùng được"]
    assert rows(dialog)[0][1:3] == ["hằng ngày", "3"] and rows(dialog)[0][4] == "máy này"
    assert focused() is dialog.lists.list and filled(dialog)
    held = {line.plan.id: line.relation for line in dialog.lists.held.lines()}
    assert held == {"ke-hoach-1": "store_newer", fixture_plan(4).id: "bin", fixture_plan(0).id: "same"}
    # The open plan is the one that is chosen.
    line = dialog.lists.line()
    assert line is not None and line.plan.id == "ke-hoach-1"
    key(Qt.Key.Key_Down)
    assert "hỏng" in dialog.lists.heading.text() and not dialog.one.isEnabled()
    key(Qt.Key.Key_Down)
    assert filled(dialog) and dialog.one.isEnabled()
    key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_newest_good_one_is_chosen(window: MainWindow, folder: Path) -> None:
    newest = backups.listed(backups.folder_of(folder))[0].path
    name = newest.name.split("-")
    shutil.copy(newest, newest.with_name("-".join([name[0], "20200101", *name[2:]])))
    newest.write_bytes(newest.read_bytes()[:5000])
    dialog = opened(window)
    assert [row[5] for row in rows(dialog)] == ["hỏng", "dùng được"]
    assert filled(dialog) and dialog.one.isEnabled()
    dialog.close()


def test_plans_that_were_in_the_bin_are_marked_and_counted_apart(window: MainWindow, folder: Path) -> None:
    path = backups.listed(backups.folder_of(folder))[0].path
    path.unlink()
    make(folder)
    dialog = opened(window)
    assert filled(dialog)
    assert dialog.lists.heading.text() == "Trong bản sao lưu này (2 kế hoạch, 1 kế hoạch trong thùng rác):"
    items = [dialog.lists.held.topLevelItem(at) for at in range(3)]
    # First, so that it is seen where a long name is cut.
    assert sum(item is not None and item.text(0).startswith("(trong thùng rác) ") for item in items) == 1
    dialog.close()


def test_one_that_turns_out_damaged_is_told(window: MainWindow, folder: Path) -> None:
    path = backups.listed(backups.folder_of(folder))[0].path
    path.write_bytes(zeroed(5, 6, 7, 8, 9, 10, 11, 12)(path.read_bytes()))
    dialog = opened(window)
    assert wait_for(lambda: "hỏng" in dialog.lists.heading.text()) and not dialog.one.isEnabled()
    dialog.close()


# ---- taking back


def test_what_would_change_is_seen_before(window: MainWindow) -> None:
    dialog = opened(window)
    assert filled(dialog)
    key(Qt.Key.Key_Tab)
    while focused() is not dialog.lists.held:
        key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: dialog.pages.currentWidget() is dialog.changes)
    assert "tổng 120 triệu đồng" in dialog.intro.text()
    assert any(line.name == "Trích yếu" and "Sửa sau" in line.before for line in dialog.changes.model.lines)
    key(Qt.Key.Key_Escape)
    assert dialog.pages.currentWidget() is dialog.lists and focused() is dialog.lists.held
    key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_plan_comes_back_and_ctrl_z_takes_that_back(window: MainWindow, store: Store, folder: Path) -> None:
    edited = dumped(store, "ke-hoach-1")
    dialog = opened(window)
    assert filled(dialog)
    dialog.one.setFocus()
    key(Qt.Key.Key_Space)
    assert wait_for(lambda: window.messages.text() != "")
    assert dumped(store, "ke-hoach-1") == document.dump(small_plan())
    assert workspace_of(window).document.plan.subject == small_plan().subject
    made = backups.listed(backups.folder_of(folder))[0]
    assert made.reason == "restore" and made.path.name in window.messages.text() and "Ctrl+Z" in window.messages.text()
    activate(window)
    assert workspace_of(window).page.isAncestorOf(focused())
    key(Qt.Key.Key_Z, CTRL)
    assert dumped(store, "ke-hoach-1") == edited
    assert workspace_of(window).document.plan.subject == "Sửa sau khi sao lưu"


@pytest.mark.parametrize("way", ["edit", "leave"])
def test_undo_is_not_offered_any_more_when_it_would_undo_something_else(window: MainWindow, way: str) -> None:
    dialog = opened(window)
    assert filled(dialog)
    dialog.one.click()
    assert wait_for(lambda: "Ctrl+Z" in window.messages.text())
    opened_again = workspace_of(window).document
    if way == "edit":
        opened_again.set(opened_again.plan, "place", "Huế", "Sửa địa danh")
    else:
        window.open_plan(fixture_plan(0).id)
    assert wait_for(lambda: window.messages.text() == "")


def test_all_come_back_even_out_of_the_bin(window: MainWindow, store: Store) -> None:
    window.show_list()
    dialog = opened(window)
    assert filled(dialog)
    dialog.all.setFocus()
    key(Qt.Key.Key_Space)
    assert wait_for(lambda: window.messages.text() != "")
    assert "3 kế hoạch" in window.messages.text() and window.workspace is None
    for plan in (small_plan(), fixture_plan(4), fixture_plan(0)):
        assert dumped(store, plan.id) == document.dump(plan) and not store.is_deleted(plan.id)


def test_a_failure_leaves_the_plan_open_as_it_was(
    window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = dumped(store, "ke-hoach-1")
    dialog = opened(window)
    assert filled(dialog)

    def fail(*_arguments: object) -> None:
        raise backups_error("Ổ đĩa đã đầy.")

    monkeypatch.setattr(backups, "before_restore", fail)
    dialog.one.click()
    assert free(dialog) and dialog.said.text() == "Ổ đĩa đã đầy." and dialog.isVisible()
    assert workspace_of(window).document.plan.id == "ke-hoach-1" and dumped(store, "ke-hoach-1") == edited
    dialog.close()


def test_it_is_not_left_while_plans_are_taken_back(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(window)
    assert filled(dialog)
    gate = threading.Event()
    real = restoring.restore

    def slow(*arguments: Any) -> restoring.Restored:
        gate.wait(30)
        return real(*arguments)

    monkeypatch.setattr(restoring, "restore", slow)
    dialog.one.setFocus()
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_Escape)
    is_there = dialog.isVisible() and not dialog.leave.isEnabled()
    gate.set()
    assert is_there and wait_for(lambda: window.messages.text() != "")
    assert workspace_of(window).document.plan.subject == small_plan().subject


def test_a_fault_of_the_program_opens_the_plan_again(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("một lỗi")

    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))
    monkeypatch.setattr(restoring, "restore", fail)
    dialog = opened(window)
    assert filled(dialog)
    dialog.one.click()
    assert free(dialog) and len(told) == 1
    assert workspace_of(window).document.plan.id == "ke-hoach-1"
    dialog.close()


def backups_error(sentence: str) -> Exception:
    from models.errors import BackupError

    return BackupError(sentence)


# ---- the second folder, and passphrases


def test_a_second_folder_with_a_passphrase(window: MainWindow, folder: Path, tmp_path: Path) -> None:
    usb = tmp_path / "USB"
    usb.mkdir()
    dialog = opened(window)
    assert filled(dialog)
    dialog.second.setFocus()
    key(Qt.Key.Key_Space)
    place = dialog.place
    assert focused() is place.is_wanted and not place.card.isVisible()
    key(Qt.Key.Key_Space)
    place.save()
    assert "Hãy chọn thư mục" in place.problem.text() and focused() is place.card.field
    keys(str(backups.folder_of(folder)))
    place.save()
    assert "nơi sao lưu trên máy này" in place.problem.text()
    place.card.field.setText(str(usb))
    place.is_locked.setFocus()
    key(Qt.Key.Key_Space)
    place.save()
    # What is wrong with the passphrase stands once, under it.
    assert place.word.said.text() and place.word.said.isVisible() and not place.problem.isVisible()
    assert focused() is place.word.line
    place.word.set_shown(True)
    place.word.setFocus()
    keys(PASSPHRASE)
    place.keep.setFocus()
    key(Qt.Key.Key_Space)
    assert dialog.pages.currentWidget() is dialog.lists and str(usb) in dialog.said.text()
    assert window.settings.text(BACKUP_FOLDER) == str(usb) and backups.passphrase(folder) == PASSPHRASE
    dialog.now.click()
    assert free(dialog) and wait_for(lambda: len(rows(dialog)) == 3)
    assert {(row[4], row[5]) for row in rows(dialog)} == {("máy này", "dùng được"), ("nơi thứ hai", "có mật khẩu")}
    locked = backups.listed(usb)[0]
    dialog.lists.list.choose(locked.path)
    # The one that is kept opens it.
    assert filled(dialog)
    # Left empty, the passphrase stays; and without the folder, only this machine is used.
    dialog.show_place()
    place.save()
    assert backups.passphrase(folder) == PASSPHRASE
    dialog.show_place()
    place.is_wanted.setChecked(False)
    place.save()
    assert window.settings.text(BACKUP_FOLDER) == "" and "chỉ sao lưu trên máy này" in dialog.said.text()
    dialog.close()


def test_a_locked_backup_from_elsewhere_asks_for_its_passphrase(
    window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb = tmp_path / "USB"
    usb.mkdir()
    made = backups.make(store.path, usb, "asked", PASSPHRASE)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(made.path), ""))
    dialog = opened(window)
    assert filled(dialog)
    dialog.other.click()
    assert wait_for(lambda: dialog.lists.word.isVisible()) and not dialog.one.isEnabled()
    dialog.lists.word.setFocus()
    keys("sai roi")
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: "không đúng" in dialog.lists.word.said.text())
    keys(PASSPHRASE)
    key(Qt.Key.Key_Return)
    assert filled(dialog) and dialog.lists.held.isVisible() and focused() is dialog.lists.held
    dialog.close()


def test_a_store_that_is_read_only_can_be_looked_at(app: QApplication, folder: Path) -> None:
    with Store(folder) as store:
        store.add(small_plan())
    make(folder)
    with Store(folder, reading=True) as store, window_of(store, folder) as window:
        dialog = opened(window)
        assert filled(dialog) and dialog.see.isEnabled()
        assert not dialog.one.isEnabled() and not dialog.all.isEnabled() and not dialog.now.isEnabled()
        dialog.close()


# ---- by themselves


def test_a_backup_is_made_by_itself_and_nothing_is_said(window: MainWindow, folder: Path) -> None:
    shutil.rmtree(backups.folder_of(folder))
    job = backing_up.begin(window)
    assert wait_for(lambda: bool(backups.listed(backups.folder_of(folder))))
    assert wait_for(lambda: not job.thread_.is_alive())
    assert window.messages.text() == ""


def test_a_failure_is_told_once(window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing_up, "_told", set())
    outcome = backups.Outcome((), ("Ổ đĩa đã đầy nên chưa sao lưu được.",))
    monkeypatch.setattr(backups, "run_due", lambda *_arguments, **_named: outcome)
    backing_up.begin(window)
    assert wait_for(lambda: "đã đầy" in window.messages.text())
    window.messages.hide()
    ended: list[bool] = []
    backing_up.begin(window).ended.connect(lambda: ended.append(True))
    assert wait_for(lambda: bool(ended)) and window.messages.text() == ""


@pytest.mark.parametrize(("days", "is_told"), [(None, False), (2, False), (7, True)])
def test_a_second_drive_is_asked_for_after_a_week(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int | None, is_told: bool
) -> None:
    monkeypatch.setattr(backing_up, "_told", set())
    window.settings.set(BACKUP_FOLDER, str(tmp_path / "đã rút"))
    if days is not None:
        window.settings.set("backup_missing_since", (date.today() - timedelta(days=days)).isoformat())
    ended: list[bool] = []
    backing_up.begin(window).ended.connect(lambda: ended.append(True))
    assert wait_for(lambda: bool(ended))
    assert ("đã rút" in window.messages.text()) is is_told
    if days is None:
        assert window.settings.text("backup_missing_since") == date.today().isoformat()


def test_a_damaged_store_is_told_and_not_backed_up(window: MainWindow, folder: Path, store: Store) -> None:
    shutil.rmtree(backups.folder_of(folder))
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = store.path.read_bytes()
    with store.path.open("r+b") as stream:
        # The pages of the texts: what the window has open now is in memory.
        stream.seek(len(data) // 2)
        stream.write(bytes(16384))
    backing_up.begin(window)
    assert wait_for(lambda: "bị hỏng" in window.messages.text())
    assert backups.listed(backups.folder_of(folder)) == []
    from models.store import recovery

    recovery.found_damaged.clear()
    window.messages.hide()
