"""However the window before ended, the next one stands at the same place and says what there is of the work."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from models import kept_reports, running
from models.plan import find_table
from models.settings import Settings
from models.store import Store
from tests.plans import fixture_plan
from tests.ui.real_window import run
from ui import last_end

_AT_A_CELL = """
from models.plan import find_table
document = window.workspace.document
table = find_table(document.plan, "tasks")
with document.edit("Sửa kinh phí"):
    table.rows[1].note = "đã sửa"
window.workspace.go_to(table, table.rows[1], "note")
yield lambda: Path(sys.argv[2], "dang-chay.json").read_text().find("table:tasks") > 0
tell(here=where(window))
"""
_LOOK = """
tell(here=where(window), said=window.messages.text(), action=window.messages._action.text())
window.close()
"""
_ENDS = {
    "segfault": ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
    "abort": ("import os; os.abort()", -signal.SIGABRT),
    "qt": ("from PySide6.QtCore import qFatal; qFatal('Phòng Nội vụ')", -signal.SIGABRT),
    "kill": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
}


@pytest.fixture
def stored(folder: Path) -> Path:
    plan = fixture_plan(0)
    with Store(folder) as store:
        store.add(plan)
    settings = Settings(folder)
    settings.set("last_plan", plan.id)
    settings.set("asked_unit", True)
    return folder


@pytest.mark.parametrize("how", _ENDS)
def test_after_a_sudden_end_the_window_stands_where_it_stood(stored: Path, how: str) -> None:
    code, expected = _ENDS[how]
    ended, told, _err = run(stored, _AT_A_CELL + code)
    assert ended == expected
    assert running.left(stored) is not None
    # The settings know nothing of the place: it was never left.
    ended, again, err = run(stored, _LOOK)
    assert ended == 0, err
    assert again[0]["here"] == told[0]["here"] and again[0]["here"]["field"] == "note"
    with Store(stored) as store:
        plan_id = str(Settings(stored).get("last_plan"))
        at = store.history(plan_id)[0].at
        table = find_table(store.read(plan_id), "tasks")
    assert table is not None and table.rows[1].note == "đã sửa"
    assert again[0]["said"] == (f"Lần trước chương trình dừng đột ngột. Mọi nội dung đến {at[11:19]} vẫn còn.")
    # It said so once, and nothing is left of it.
    assert not (stored / running.NAME).exists() and not list(stored.glob("bao-cao-loi/*.log"))
    reports = kept_reports.listed(stored)
    if how != "kill":
        [report] = reports
        assert again[0]["action"] == "Xem báo cáo"
        assert ("Segmentation fault" if how == "segfault" else "Aborted") in report.text
        assert "ui/app.py" in report.text and str(stored.parent) not in report.text and "Nội vụ" not in report.text
        return
    assert reports == [] and again[0]["action"] == ""
    assert run(stored, _LOOK)[1][0]["said"] == ""


def test_what_is_typed_is_written_before_qt_ends_the_process(stored: Path) -> None:
    code = """
window.workspace.show_place("general")
from models.plan import Plan
window.workspace.go_to("general", window.workspace.document.plan, "place")
field = QApplication.focusWidget()
QTest.keyClick(field, "X")
from PySide6.QtCore import qFatal; qFatal("x")
"""
    ended, _told, _err = run(stored, code)
    assert ended == -signal.SIGABRT
    with Store(stored) as store:
        assert "X" in store.read(str(Settings(stored).get("last_plan"))).place.upper()


def test_a_plan_that_brings_the_window_down_is_not_opened_for_ever(stored: Path) -> None:
    """The first two starts try again; the third shows the list."""
    dies = "import os; os._exit(7)"
    code = "from ui import last_end\n"
    for _n in range(3):
        # Before it is looked where the cursor is.
        assert run(stored, f"{code}{dies}")[0] == 7
        kept = running.left(stored)
        assert kept is not None
        running.keep(stored, running.Mark(str(Settings(stored).get("last_plan")), {}, kept.tries or 2))
    ended, told, err = run(stored, "tell(open=window.workspace is not None)\nwindow.close()")
    assert (ended, told[0]) == (0, {"open": False}), err


def test_a_window_that_is_closed_leaves_nothing(stored: Path) -> None:
    ended, told, _err = run(stored, "tell(mark=Path(sys.argv[2], 'dang-chay.json').exists())\nwindow.close()")
    assert (ended, told) == (0, [{"mark": True}])
    assert running.left(stored) is None and last_end.begin(stored, Settings(stored)) is None
    last_end.end(stored)
    assert running.left(stored) is None


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b"\xff\xfe", b'{"plan": 3, "spot": {}, "tries": 0}', b"\0" * 512])
def test_a_torn_mark_is_a_mark(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / running.NAME).write_bytes(torn)
    assert running.left(tmp_path) == running.Mark()


# ---- starting again


def test_restart_comes_back_at_the_same_place(stored: Path) -> None:
    """An error in a slot; the button in the dialog; the new window writes its own mark at the same place."""
    code = (
        _AT_A_CELL
        + """
def boom():
    raise ValueError("Phòng Nội vụ")
QTimer.singleShot(0, boom)
yield lambda: crash._watch.dialog is not None and crash._watch.dialog.isVisible()
dialog = crash._watch.dialog
tell(sentence=dialog.sentence.text())
dialog.again.click()
"""
    )
    ended, told, err = run(stored, code)
    assert ended == 0, (told, err)
    pid = 0
    try:
        for _n in range(300):
            mark = running.left(stored)
            lock = (stored / "kehoachso.lock").read_text()
            pid = json.loads(lock)["pid"] if lock else pid
            if pid and mark is not None and mark.spot == told[0]["here"] and mark.tries == 0:
                break
            time.sleep(0.1)
        else:
            raise AssertionError(f"no new window: {mark}, {lock}")
        assert pid != os.getpid()
    finally:
        if pid:
            os.kill(pid, signal.SIGTERM)
    assert told[1]["sentence"].startswith("Kế hoạch không mất gì: mọi nội dung đến ")
    [report] = kept_reports.listed(stored)
    assert "Lỗi: ValueError" in report.text and "Nội vụ" not in report.text
