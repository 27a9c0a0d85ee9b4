"""The start with a damaged store: what is shown, what the keys do, and what the window says afterwards."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from models import document
from models.errors import UserError
from models.settings import Settings
from models.store import Store, access, backups, recovery
from models.store.files import FILE_NAME
from tests.keyboard import focused, key, keys
from tests.models.store.damaged import cut, damage, overwritten
from tests.plans import fixture_plan, small_plan
from tests.ui.main_window import window_of
from tests.ui.program import Program
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui import app as program_app
from ui import recovering
from ui.dialogs import damaged
from ui.dialogs.damaged import DamagedDialog


@pytest.fixture
def broken(folder: Path) -> Path:
    """A store of two plans, backed up, with a third one made afterwards; the file is cut off then."""
    with Store(folder) as store:
        for number in (0, 4):
            store.add(fixture_plan(number))
        backups.make(store.path, backups.folder_of(folder), "day")
        store.add(small_plan())
    path = folder / FILE_NAME
    path.write_bytes(cut(0.6)(path.read_bytes()))
    return folder


@pytest.fixture
def opened(app: QApplication) -> Iterator[Callable[[Path], DamagedDialog]]:
    made: list[DamagedDialog] = []

    def open_it(folder: Path) -> DamagedDialog:
        dialog = DamagedDialog(folder, "tệp bị cắt cụt")
        made.append(dialog)
        activate(dialog)
        assert ready(dialog)
        return dialog

    yield open_it
    for dialog in made:
        dialog.done(0)
        dialog.deleteLater()
    QApplication.processEvents()


def ready(dialog: DamagedDialog) -> bool:
    return wait_for(lambda: dialog._job is None)


def during(work: Callable[[DamagedDialog], None]) -> None:
    """Do something with the dialog once it is there, and has looked through the file."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, DamagedDialog) and dialog._job is None:
            work(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def test_enter_recovers_all(broken: Path, opened: Callable[[Path], DamagedDialog]) -> None:
    before = (broken / FILE_NAME).read_bytes()
    dialog = opened(broken)
    assert "cắt cụt" in dialog.sentence.text() and str(broken) in dialog.sentence.text()
    assert dialog.sum.text().startswith("Khôi phục được ")
    assert focused() is dialog.list and dialog.detail.text()
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: dialog.result() == QDialog.DialogCode.Accepted)
    aside = next(broken.glob("kehoachso-hong-*.db"))
    assert aside.read_bytes() == before and str(aside) in dialog.told
    with Store(broken) as store:
        for number in (0, 4):
            plan = fixture_plan(number)
            assert document.dump(store.read(plan.id)) == document.dump(plan)


def test_closing_changes_nothing(broken: Path, opened: Callable[[Path], DamagedDialog]) -> None:
    before = {path: path.read_bytes() for path in broken.rglob("*") if path.is_file() and path.suffix != ".lock"}
    dialog = opened(broken)
    key(Qt.Key.Key_Escape)
    assert not dialog.isVisible() and dialog.told == ""
    assert {path: path.read_bytes() for path in before} == before and not list(broken.glob("*hong*"))


def test_space_takes_the_other_source(app: QApplication, folder: Path, opened: Callable[[Path], DamagedDialog]) -> None:
    with Store(folder) as store:
        store.add(small_plan())
        plan = store.open_plan("ke-hoach-1")
        with plan.edit("Sửa") as changed:
            changed.subject = "Trong bản sao lưu"
        backups.make(store.path, backups.folder_of(folder), "day")
        with plan.edit("Sửa") as changed:
            changed.subject = "Sau bản sao lưu"
    data = (folder / FILE_NAME).read_bytes()
    # Either the row or the log of it is another now: nobody knows which of them is right.
    (folder / FILE_NAME).write_bytes(overwritten(data.index("Sau bản".encode()), b"Sai")(data))
    dialog = opened(folder)
    plan_found = dialog.list.current()
    assert plan_found is not None and plan_found.status == "part" and dialog.swap_button.text() == "Lấy từ bản sao lưu"
    assert dialog.swap_button.isEnabled() and "không khớp" in dialog.detail.text()
    key(Qt.Key.Key_Space)
    assert dialog.list.is_from_backup() and dialog.swap_button.text() == "Lấy từ tệp hỏng"
    key(Qt.Key.Key_Space)
    assert not dialog.list.is_from_backup()
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: dialog.result() == QDialog.DialogCode.Accepted)
    with Store(folder) as store:
        assert store.read("ke-hoach-1").subject == "Trong bản sao lưu"


def test_a_backup_from_elsewhere_is_unlocked(
    broken: Path, opened: Callable[[Path], DamagedDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "USB"
    other.mkdir()
    with Store(tmp_path / "khác") as store:
        store.add(small_plan(id="tu-usb"))
        locked = backups.make(store.path, other, "asked", "mat khau dai 2026")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(locked.path), ""))
    dialog = opened(broken)
    dialog.pick.click()
    assert dialog.word.isVisible() and focused() is dialog.word.line
    keys("sai")
    key(Qt.Key.Key_Return)
    assert ready(dialog) and "mật khẩu" in dialog.sum.text().lower() and dialog.word.isVisible()
    dialog.word.clear()
    dialog.word.setFocus()
    keys("mat khau dai 2026")
    key(Qt.Key.Key_Return)
    assert ready(dialog) and dialog.found is not None
    assert "tu-usb" in {plan.id for plan in dialog.found.plans}


def test_with_nothing_left_a_new_store_is_begun(
    app: QApplication, folder: Path, opened: Callable[[Path], DamagedDialog]
) -> None:
    damage(folder, b"xin chao")
    dialog = opened(folder)
    assert "Không tìm thấy kế hoạch nào" in dialog.sum.text() and not dialog.list.isVisible()
    assert focused() is dialog.go
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: dialog.result() == QDialog.DialogCode.Accepted)
    assert next(folder.glob("kehoachso-hong-*.db")).read_bytes() == b"xin chao"
    with Store(folder) as store:
        assert store.summaries(lambda _plan: (None, 0, 0)) == []


def test_a_failure_is_told_and_all_is_as_it_was(
    broken: Path, opened: Callable[[Path], DamagedDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (broken / FILE_NAME).read_bytes()
    dialog = opened(broken)

    def fail(*_arguments: object) -> None:
        raise UserError("Ổ đĩa đã đầy.")

    monkeypatch.setattr(recovery, "rebuild", fail)
    key(Qt.Key.Key_Return)
    assert ready(dialog) and dialog.sum.text() == "Ổ đĩa đã đầy." and dialog.isVisible() and dialog.go.isEnabled()
    assert (broken / FILE_NAME).read_bytes() == before


def test_it_is_not_left_while_the_new_store_is_made(
    broken: Path, opened: Callable[[Path], DamagedDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(broken)
    gate = threading.Event()
    real = recovery.put_in_place

    def slow(folder: Path) -> Path | None:
        gate.wait(30)
        return real(folder)

    monkeypatch.setattr(recovery, "put_in_place", slow)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Escape)
    is_there = dialog.isVisible() and not dialog.leave.isEnabled()
    gate.set()
    assert is_there and wait_for(lambda: dialog.result() == QDialog.DialogCode.Accepted)
    assert str(next(broken.glob("kehoachso-hong-*.db"))) in dialog.told


# ---- the start


def test_the_start_goes_on_with_what_was_recovered(broken: Path, app: QApplication) -> None:
    during(lambda dialog: dialog.restore())
    store, told = program_app._open_store(broken)
    with store:
        assert "Tệp hỏng được giữ nguyên" in told and store.has(fixture_plan(0).id)


def test_a_store_that_is_gone_is_told_where_there_are_backups(broken: Path, app: QApplication) -> None:
    (broken / FILE_NAME).unlink()
    for is_first in (True, False):
        store, told = program_app._open_store(broken)
        with store:
            assert (str(broken) in told and "Sao lưu và khôi phục" in told) == is_first
    shutil.rmtree(backups.folder_of(broken))
    (broken / FILE_NAME).unlink()
    store, told = program_app._open_store(broken)
    with store:
        assert told == ""


def test_a_start_that_is_declined_leaves_the_store(broken: Path, app: QApplication) -> None:
    during(lambda dialog: dialog.reject())
    with pytest.raises(UserError, match="restore"):
        program_app._open_store(broken)
    assert not list(broken.glob("*hong*"))


def test_a_store_held_elsewhere_is_not_recovered(
    broken: Path, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "ask", lambda *_arguments: (lambda: "Đang mở ở máy khác.", access.nothing))
    with pytest.raises(UserError, match="máy khác"):
        damaged.recover(broken, "")


@pytest.mark.parametrize("command", [["list"], ["check", "ke-hoach-1"]])
def test_the_command_line_says_it_in_one_sentence(here: Program, broken: Path, command: list[str]) -> None:
    before = (broken / FILE_NAME).read_bytes()
    done = here(*command)
    assert done.code == 2 and done.out == "" and "Traceback" not in done.err
    assert "bị hỏng (tệp bị cắt cụt)" in done.err and "restore" in done.err and done.err.count("\n") == 1
    assert (broken / FILE_NAME).read_bytes() == before and not list(broken.glob("*hong*"))


# ---- found while the window stands


def test_damage_found_later_is_told_with_the_way_out(app: QApplication, folder: Path) -> None:
    store = Store(folder)
    with window_of(store, folder, small_plan()) as window:
        asked: list[str] = []
        window.recover_requested.connect(asked.append)
        window.tell_damage("các trang của tệp không khớp nhau")
        assert "bị hỏng" in window.messages.text()
        window.messages._action.click()
        assert asked == ["các trang của tệp không khớp nhau"]
        window.tell("Không lưu được.", "error")
        assert not window.messages._action.isVisible()
        recovery.damaged(store.path)
        window.tell("Không lưu được.", "error")
        assert window.messages._action.isVisible()
        window.messages._action.click()
        assert asked[1:] == [""]
        recovery.found_damaged.clear()
    store.close()


def test_it_is_recovered_in_place(app: QApplication, folder: Path) -> None:
    store = Store(folder)
    with window_of(store, folder, small_plan()) as window:
        during(lambda dialog: dialog.restore())
        again, told = recovering.in_place(window, "các trang của tệp không khớp nhau")
        assert again is not None and again.has("ke-hoach-1") and "Đã khôi phục 1 kế hoạch" in told
        assert not window.isVisible() and app.quitOnLastWindowClosed()
        again.close()
        QTest.qWait(20)


def test_what_is_put_off_is_told_again(app: QApplication, folder: Path) -> None:
    settings = Settings(folder)
    settings.set("asked_unit", True)
    store = Store(folder)
    store.add(small_plan())
    holder = program_app._Holder(store, settings)
    holder.open("")
    said: list[str] = []

    def put_off(dialog: DamagedDialog) -> None:
        said.append(dialog.leave.text())
        dialog.reject()

    during(put_off)
    try:
        first = holder.window
        holder._recover("các trang của tệp không khớp nhau")
        assert wait_for(lambda: holder.window is not first)
        assert said == ["Để sau"]
        assert holder.window is not None
        assert holder.window.messages.text().endswith("hãy khôi phục trước khi làm tiếp.")
        assert holder.window.messages._action.isVisible()
    finally:
        holder.close()
        holder.store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the settings of the program lie elsewhere there")
def test_the_look_is_that_of_the_settings(broken: Path, app: QApplication) -> None:
    Settings(broken).set("theme", "dark")
    from ui import theme

    seen: list[bool] = []

    def look(dialog: DamagedDialog) -> None:
        seen.append(theme.is_dark())
        dialog.reject()

    during(look)
    with pytest.raises(UserError):
        program_app._open_store(broken)
    theme.apply(app, "light")
    assert seen == [True]
