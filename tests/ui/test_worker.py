"""Work in a thread: where its results arrive, how it is stopped, and what becomes of its failures."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.errors import Cancelled, ExportError
from tests.ui.waiting import wait_for
from ui import worker


class Heard:
    """What a job told, and in which thread."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[str] = []
        self.progress: list[float] = []
        self.threads: set[threading.Thread] = set()
        self.ended = 0

    def run(self, work: Callable[[worker.Progress], object], parent: QObject | None = None) -> worker.Job[object]:
        def keep(into: list) -> Callable[[object], None]:
            def add(value: object) -> None:
                self.threads.add(threading.current_thread())
                into.append(value)

            return add

        app = QApplication.instance()
        assert app is not None
        job = worker.run(parent or app, work, keep(self.done), keep(self.failed), keep(self.progress))
        job.ended.connect(self._end)
        return job

    def _end(self) -> None:
        self.ended += 1

    def wait(self) -> None:
        assert wait_for(lambda: self.ended > 0, 5)


def until_stopped(progress: worker.Progress) -> str:
    for step in range(1000):
        if not progress(step / 1000):
            raise Cancelled
        time.sleep(0.005)
    return "done"


def test_results_and_progress_arrive_on_the_main_thread(app: QApplication) -> None:
    def work(progress: worker.Progress) -> threading.Thread:
        assert progress(0.5)
        time.sleep(0.08)
        assert progress(1.0)
        return threading.current_thread()

    heard = Heard()
    heard.run(work)
    heard.wait()
    assert heard.done != [threading.main_thread()]
    assert heard.progress[-1] == 1.0
    assert heard.threads == {threading.main_thread()}
    assert heard.ended == 1


def test_a_user_error_is_a_sentence(app: QApplication) -> None:
    def work(_progress: worker.Progress) -> None:
        raise ExportError("Không ghi được.")

    heard = Heard()
    heard.run(work)
    heard.wait()
    assert (heard.done, heard.failed) == ([], ["Không ghi được."])


def test_anything_else_goes_to_the_hook_and_still_ends(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))
    heard = Heard()
    heard.run(lambda _progress: 1 // 0)
    heard.wait()
    assert [type(error) for error in caught] == [ZeroDivisionError]
    assert (heard.done, heard.failed) == ([], [])


def test_cancelled_work_says_nothing(app: QApplication) -> None:
    heard = Heard()
    job = heard.run(until_stopped)
    QTest.qWait(80)
    job.cancel()
    heard.wait()
    assert (heard.done, heard.failed) == ([], [])


def test_work_is_dropped_with_its_parent(app: QApplication) -> None:
    parent = QObject()
    heard = Heard()
    job = heard.run(until_stopped, parent)
    parent.deleteLater()
    heard.wait()
    assert job.is_cancelled
    assert (heard.done, heard.failed) == ([], [])


def test_the_end_of_the_program_waits_and_takes_what_is_done(app: QApplication) -> None:
    heard, other = Heard(), Heard()
    heard.run(until_stopped)
    other.run(lambda _progress: "written")
    worker.stop_all()
    assert (heard.ended, other.ended) == (1, 1)
    assert (heard.done, other.done) == ([], ["written"])
    app.processEvents()
    assert other.ended == 1
