"""Long work in a thread: progress, cancelling, and results back on the main thread.

The work gets plain data of its own, never an open plan or a widget.
"""

from __future__ import annotations

import functools
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from models.errors import Cancelled, UserError

T = TypeVar("T")
#: Called by the work with the fraction done; ``False`` asks it to stop.
Progress = Callable[[float], bool]

#: Seconds between two reports of progress, at least.
_REPORT_EVERY = 0.05
# The window and the work share one interpreter lock. With Python's usual 5 ms before it changes hands, painting
# a table (hundreds of calls from Qt into Python) would wait seconds for a busy thread.
_SWITCH_INTERVAL = 0.0002

_running: set[Job] = set()
_usual_interval = sys.getswitchinterval()


class Job(QObject, Generic[T]):
    """One piece of work; ``ended`` comes last, whatever became of it."""

    ended = Signal()
    _reported = Signal(float)
    _returned = Signal()

    def __init__(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
        progress: Callable[[float], None] | None,
    ) -> None:
        super().__init__()
        self._work, self._done, self._failed = work, done, failed
        self._stop = threading.Event()
        self._is_wanted = True
        self._result: T | None = None
        self._error: BaseException | None = None
        self._last_report = 0.0
        self._returned.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._progress = progress
        self._reported.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self.thread_ = threading.Thread(target=self._run, name="work", daemon=True)

    def cancel(self) -> None:
        """Ask the work to stop. One that is done all the same still hands over its result."""
        self._stop.set()

    def drop(self) -> None:
        """Ask the work to stop, and want nothing of it any more; nobody is called but those of ``ended``."""
        self._is_wanted = False
        self.cancel()

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    # ---- in the thread

    def _run(self) -> None:
        try:
            self._result = self._work(self._report)
        except BaseException as error:
            self._error = error
        self._returned.emit()

    def _report(self, fraction: float) -> bool:
        now = time.monotonic()
        if now - self._last_report >= _REPORT_EVERY or fraction >= 1:
            self._last_report = now
            self._reported.emit(fraction)
        return not self._stop.is_set()

    # ---- on the main thread

    @Slot(float)
    def _show_progress(self, fraction: float) -> None:
        if self._is_wanted and not self.is_cancelled and self in _running and self._progress is not None:
            self._progress(min(1.0, max(0.0, fraction)))

    @Slot()
    def _finish(self) -> None:
        if self not in _running:
            return
        # All but over: it is the end of the thread that told us. So the thread is not the last to hold this object.
        self.thread_.join()
        _leave(self)
        error, self._error = self._error, None
        try:
            if error is None:
                if self._is_wanted:
                    self._done(self._result)  # type: ignore[arg-type]
            elif isinstance(error, UserError):
                if self._is_wanted:
                    self._failed(str(error))
            elif not isinstance(error, Cancelled):
                sys.excepthook(type(error), error, error.__traceback__)
        finally:
            self.ended.emit()


def run(
    parent: QObject,
    work: Callable[[Progress], T],
    done: Callable[[T], None],
    failed: Callable[[str], None],
    progress: Callable[[float], None] | None = None,
) -> Job[T]:
    """Do ``work`` in a thread; ``done``, ``failed`` (with a sentence) and ``progress`` run on the main thread.

    Where the user cancelled, neither is called. Anything that is no ``UserError`` goes to ``sys.excepthook``.
    When ``parent`` is destroyed, the work is dropped.
    """
    job = Job(work, done, failed, progress)
    parent.destroyed.connect(job.drop)
    _stop_at_the_end()
    _running.add(job)
    sys.setswitchinterval(_SWITCH_INTERVAL)
    job.thread_.start()
    return job


@functools.cache
def _stop_at_the_end() -> None:
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(lambda: stop_all())


def stop_all(seconds: float = 5.0) -> None:
    """Cancel all work and wait for it, so that nothing is left half-written; what is done is handed over."""
    until = time.monotonic() + seconds
    for job in list(_running):
        job.cancel()
    for job in list(_running):
        job.thread_.join(max(0.0, until - time.monotonic()))
        if not job.thread_.is_alive():
            job._finish()


def _leave(job: Job[Any]) -> None:
    _running.discard(job)
    if not _running:
        sys.setswitchinterval(_usual_interval)
