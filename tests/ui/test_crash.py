"""Errors nobody expects, thrown everywhere in the real window: it tells of them in plain words, and work goes on."""

from __future__ import annotations

import gc
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from models import i18n, kept_reports
from models.errors import StoreError
from models.store import Store
from tests.keyboard import focused, key, keys
from tests.plans import fixture_plan
from tests.ui import faults
from tests.ui.main_window import window_of, workspace_of
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui import crash, theme, worker
from ui.dialogs.crash import CrashDialog
from ui.dialogs.reports import ReportsDialog
from ui.main_window import MainWindow

SECRET = "Trang bị máy tính cho Phòng Nội vụ"


@pytest.fixture
def watch(app: QApplication, store: Store, folder: Path) -> Iterator[crash.Watch]:
    with window_of(store, folder, fixture_plan(0)) as window:
        crash._actions.clear()
        made = crash.install(window)
        yield made
        if made.dialog is not None and dialogs():
            made.dialog.close()
        crash.uninstall()


@pytest.fixture
def window(watch: crash.Watch) -> MainWindow:
    return watch._window


def dialogs() -> list[CrashDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]


def only_dialog() -> CrashDialog:
    assert wait_for(lambda: bool(dialogs()))
    [found] = dialogs()
    return found


def fail(*_details: Any) -> Any:
    raise KeyError(SECRET)


def throw(watch: crash.Watch, error: BaseException | None = None) -> None:
    """As Qt gives Python an error out of a slot."""
    try:
        raise error or KeyError(SECRET)
    except BaseException as caught:
        watch.on_error(type(caught), caught, caught.__traceback__)


def read(folder: Path) -> str:
    [report] = kept_reports.listed(folder)
    assert SECRET not in report.text and str(folder) not in report.text
    return report.text


# ---- wherever it is thrown


class _Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(10, 10, SECRET)
        fail()


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return bool(fail()) if event.type() == QEvent.Type.User else False


def _in_a_slot(window: MainWindow) -> None:
    button = QPushButton(window)
    button.clicked.connect(fail)
    button.click()
    button.deleteLater()


def _in_a_timer(window: MainWindow) -> None:
    timer = QTimer(window)
    timer.setSingleShot(True)
    timer.timeout.connect(fail)
    timer.start(0)


def _in_a_thread(_window: MainWindow) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def _in_work(window: MainWindow) -> None:
    worker.run(window, fail, lambda _result: None, lambda _sentence: None)


def _in_a_destructor(_window: MainWindow) -> None:
    class Gone:
        def __del__(self) -> None:
            fail()

    Gone()
    gc.collect()


@pytest.mark.parametrize("way", [_in_a_slot, _in_a_timer, _in_a_thread, _in_work, _in_a_destructor])
def test_an_error_is_told_and_reported_and_work_goes_on(
    watch: crash.Watch, window: MainWindow, folder: Path, way: Callable[[MainWindow], None]
) -> None:
    way(window)
    dialog = only_dialog()
    assert re.fullmatch(r"Kế hoạch không mất gì: mọi nội dung đến \d\d:\d\d:\d\d đã được lưu\.", dialog.sentence.text())
    assert not dialog.isModal() and SECRET not in " ".join(label.text() for label in dialog.findChildren(QLabel))
    report = read(folder)
    assert "Lỗi: KeyError" in report and "tests/ui/test_crash.py" in report and " fail\n" in report
    assert dialog.view.text.toPlainText() == report
    dialog.go_on.click()
    # The window is used as before.
    activate(window)
    plan = workspace_of(window).document.plan
    workspace_of(window).go_to("general", plan, "place")
    field = focused()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    keys("Vinh")
    workspace_of(window).save()
    assert plan.place == "Vinh"


def test_an_error_in_a_paint_event_and_a_filter(window: MainWindow, folder: Path) -> None:
    """Qt calls these from within; under a test, which calls Qt, PySide hands such errors on to the test."""
    painted = _Painted()
    painted.resize(50, 50)
    painted.show()
    until = time.monotonic() + 10
    while not dialogs() and time.monotonic() < until:
        try:
            QApplication.processEvents()
        except KeyError as error:
            sys.excepthook(KeyError, error, error.__traceback__)
    assert len(dialogs()) == 1
    assert "_Painted.paintEvent" in read(folder)
    painted.hide()
    filter_ = _Filter()
    painted.installEventFilter(filter_)
    try:
        QApplication.sendEvent(painted, QEvent(QEvent.Type.User))
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    painted.deleteLater()
    assert len(dialogs()) == 1


def test_expected_failures_are_one_line(watch: crash.Watch, window: MainWindow, folder: Path) -> None:
    throw(watch, StoreError("Ổ đĩa đã đầy."))
    assert wait_for(lambda: window.messages.text() == "Ổ đĩa đã đầy.")
    assert dialogs() == [] and kept_reports.listed(folder) == []


def test_what_is_typed_is_written_at_once(watch: crash.Watch, window: MainWindow) -> None:
    workspace = workspace_of(window)
    workspace.go_to("general", workspace.document.plan, "place")
    field = focused()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    keys("Ha")
    assert workspace.document.plan.place != "Ha"
    throw(watch)
    only_dialog()
    assert window.store.read(workspace.document.plan.id).place == "Ha"


def test_what_cannot_be_written_is_told(
    watch: crash.Watch, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = workspace_of(window)
    workspace.go_to("general", workspace.document.plan, "place")
    keys("Ha")

    def full(*_details: object) -> None:
        raise StoreError("Ổ đĩa đã đầy.")

    monkeypatch.setattr(type(window.store.writer()), "write", full)
    throw(watch)
    sentence = only_dialog().sentence.text()
    assert sentence.startswith("Chữ đang gõ ở ô hiện tại chưa lưu được, hãy chép ra nơi khác; mọi nội dung đến ")
    monkeypatch.undo()


def test_without_a_plan(watch: crash.Watch, window: MainWindow, folder: Path) -> None:
    window.show_list()
    throw(watch)
    assert only_dialog().sentence.text() == "Các kế hoạch đã lưu vẫn còn nguyên."
    assert "Trang đang mở: list" in read(folder)


def test_the_report_names_page_counts_and_actions(watch: crash.Watch, window: MainWindow, folder: Path) -> None:
    workspace = workspace_of(window)
    workspace.show_place(workspace.document.plan.tables[0])
    window.actions_by_name["larger"].trigger()
    window.actions_by_name["smaller"].trigger()
    throw(watch)
    only_dialog()
    report = read(folder)
    plan = workspace.document.plan
    assert f"Trang đang mở: table:{plan.tables[0].key}" in report
    assert f"can-cu {len(plan.legal_bases)}, " in report and f"bang {len(plan.tables)}" in report
    assert "Việc vừa làm: larger, smaller" in report and "Qt 6." in report


def test_a_key_that_no_template_has_is_not_told(watch: crash.Watch, window: MainWindow, folder: Path) -> None:
    workspace = workspace_of(window)
    workspace.show_place(workspace.document.plan.tables[0])
    workspace.document.plan.tables[0].__dict__["key"] = "bi-mat"
    throw(watch)
    only_dialog()
    report = read(folder)
    assert "Trang đang mở: table\n" in report and "bi-mat" not in report


# ---- again and again


def test_the_same_error_at_once_is_one(watch: crash.Watch, folder: Path) -> None:
    """As a cell of a table fails, once for each cell painted."""
    for _n in range(500):
        throw(watch)
    assert only_dialog().counted.isHidden()
    assert len(kept_reports.listed(folder)) == 1 and not watch.is_hopeless


def test_an_error_that_comes_again_is_counted_until_only_the_restart_is_left(
    watch: crash.Watch, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    for count in range(1, crash.ENOUGH + 3):
        throw(watch)
        now += 1
        for _n in range(3):
            QApplication.processEvents()
        [dialog] = dialogs()
        assert dialog.is_last is (count >= crash.ENOUGH)
        assert dialog.go_on.isHidden() is (count >= crash.ENOUGH)
    assert dialog.again.isVisible() and dialog.counted.text() == f"Đã gặp lỗi {crash.ENOUGH} lần."
    # Esc does not make it go on.
    key(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    # One report, with how often.
    assert f"Lỗi: KeyError, {crash.ENOUGH + 2} lần" in read(folder)


def test_after_going_on_the_same_error_is_one_line_with_a_restart(
    watch: crash.Watch, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    throw(watch)
    QApplication.processEvents()
    dialogs()[0].go_on.click()
    QApplication.processEvents()
    now += 2
    throw(watch)
    QApplication.processEvents()
    assert dialogs() == [] and window.messages.text().startswith("Lỗi vừa rồi lại xảy ra. Kế hoạch không mất gì")
    assert window.messages._action.text() == "Khởi động lại"
    # After a while it is an error as any other.
    now += 60
    throw(watch)
    QApplication.processEvents()
    assert len(dialogs()) == 1


@pytest.mark.parametrize("broken", ["ui.dialogs.crash.CrashDialog.__init__", "ui.crash_facts.keep_work"])
def test_an_error_in_telling_of_an_error_ends_there(
    watch: crash.Watch, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(broken, fail)
    throw(watch)
    assert wait_for(lambda: bool(window.messages.text()))
    assert window.messages.text() == "Có lỗi ngoài dự kiến; hãy khởi động lại chương trình."
    assert len(kept_reports.listed(folder)) == 1


@pytest.mark.parametrize(
    "broken", ["models.reports.render", "models.kept_reports.keep", "models.reports.faults", "models.reports.signature"]
)
def test_an_error_in_the_report_never_comes_back(
    watch: crash.Watch, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        throw(watch)
        QTest.qWait(50)
    # And the next one is told again.
    time.sleep(0.6)
    throw(watch, ZeroDivisionError())
    only_dialog()


def test_a_data_folder_that_cannot_be_written(
    watch: crash.Watch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_details: object, **_options: object) -> None:
        raise PermissionError(13, "x")

    with monkeypatch.context() as patch:
        patch.setattr("models.private.write", refuse)
        throw(watch)
        dialog = only_dialog()
    assert "Lỗi: KeyError" in dialog.view.text.toPlainText()


# ---- the dialog


def test_what_is_typed_as_it_opens_chooses_nothing(watch: crash.Watch) -> None:
    asked: list[bool] = []
    throw(watch)
    dialog = only_dialog()
    dialog.restart_asked.connect(lambda: asked.append(True))
    assert wait_for(lambda: dialog.isAncestorOf(focused()))
    keys(" abc ")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Space)
    assert dialog.isVisible() and asked == []
    # Nor what follows a Tab.
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Return)
    assert dialog.view.isVisible() and asked == []
    key(Qt.Key.Key_Escape)
    assert not dialogs() and asked == []


def test_over_a_dialog_that_waits_it_can_be_used(watch: crash.Watch, window: MainWindow) -> None:
    waiting = QDialog(window)
    waiting.setWindowModality(Qt.WindowModality.ApplicationModal)
    waiting.show()
    throw(watch)
    assert only_dialog().parent() is waiting
    waiting.close()
    waiting.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    # Gone with it; the next error opens its own.
    throw(watch, ZeroDivisionError())
    assert only_dialog().parent() is window


@pytest.mark.parametrize("ending", [".eml", ".txt"])
def test_the_report_is_saved_to_be_sent(
    watch: crash.Watch, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    kinds = {".eml": "Thư soạn sẵn (*.eml)", ".txt": "Tệp văn bản (*.txt)"}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "bao cao"), kinds[ending]))
    throw(watch)
    dialog = only_dialog()
    dialog.send.click()
    target = tmp_path / f"bao cao{ending}"
    assert dialog.view.said.text() == f"Đã ghi “{target}”, chưa gửi đi." and dialog.view.isVisible()
    data = target.read_bytes()
    if ending == ".eml":
        mail = message_from_bytes(data, policy=policy.default)
        assert mail["X-Unsent"] == "1" and mail["To"] is None and mail["From"] is None
        assert mail["Subject"].startswith("Báo cáo lỗi Kế Hoạch Số ")
        [attached] = mail.iter_attachments()
        data = attached.get_content().encode()
        body = mail.get_body()
        assert body is not None and SECRET not in str(body.get_content())
    # What is shown is what is sent.
    assert data.decode("utf-8-sig").replace("\r\n", "\n") == dialog.view.text.toPlainText() == read(folder)


def test_the_menu_leads_to_the_reports(watch: crash.Watch, window: MainWindow) -> None:
    window.actions_by_name["reports"].trigger()
    assert window.messages.text() == "Chương trình chưa gặp lỗi nào cần báo cáo."
    throw(watch)
    only_dialog().close()
    time.sleep(0.6)
    throw(watch, ZeroDivisionError())
    only_dialog().close()
    window.actions_by_name["reports"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReportsDialog) and dialog.which.count() == 2
    assert "ZeroDivisionError" in dialog.view.text.toPlainText()
    dialog.which.setCurrentIndex(1)
    assert "KeyError" in dialog.view.text.toPlainText()
    dialog.close()


@pytest.mark.parametrize(
    ("language", "scale", "tone"), [("vi", 1.0, "light"), ("en", 1.5, "dark"), ("vi", 1.5, "dark")]
)
def test_the_dialogs_can_be_read_and_used(
    watch: crash.Watch, window: MainWindow, app: QApplication, language: str, scale: float, tone: str
) -> None:
    i18n.set_language(language)
    theme.apply(app, tone, scale)
    try:
        throw(watch)
        dialog = only_dialog()
        dialog.show_report.setChecked(True)
        QTest.qWait(20)
        assert _faults_of(dialog) == []
        assert dialog.width() <= 1366 and dialog.height() <= 768
        dialog.close()
        window.actions_by_name["reports"].trigger()
        reports = QApplication.activeModalWidget()
        assert isinstance(reports, ReportsDialog)
        QTest.qWait(20)
        assert _faults_of(reports) == []
        reports.close()
    finally:
        theme.apply(app, "light")


def test_what_grows_stays_on_the_screen(watch: crash.Watch) -> None:
    throw(watch)
    dialog = only_dialog()
    free = dialog.screen().availableGeometry()
    dialog.move(0, free.bottom() - dialog.height())
    dialog.show_report.setChecked(True)
    QTest.qWait(20)
    assert free.top() <= dialog.y() and dialog.frameGeometry().bottom() <= free.bottom()


def _faults_of(dialog: QWidget) -> list[str]:
    checks = (faults.without_name, faults.tab_faults, faults.unmarked_focus, faults.clipped)
    return [fault for check in checks for fault in check(dialog)]


# ---- the command line


def test_starting_again_only_where_it_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not crash.start_again()
