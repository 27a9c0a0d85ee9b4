"""Unexpected errors while the window stands: a report is kept, the window tells of it, and work goes on.

Whatever fails in here is let go of without a word: an error about errors would never end.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from shiboken6 import isValid

from models import kept_reports
from models.errors import UserError
from models.i18n import _

if TYPE_CHECKING:
    from models.reports import Facts, Fault
    from ui.dialogs.crash import CrashDialog
    from ui.main_window import MainWindow

#: An error of a table's cell comes once for each cell painted: within so many seconds it is one occasion.
_BURST = 0.5
#: An error that comes again within so many seconds is counted and opens no dialog anew.
_SAME = 10.0
#: After so many occasions within so many seconds there is no going on.
ENOUGH, _WITHIN = 5, 60.0


@dataclass(slots=True)
class Trouble:
    """An unexpected error, each time it comes; ``path`` is its report (``None``: could not be kept)."""

    found: list[Fault]
    facts: Facts
    when: datetime
    path: Path | None = None
    text: str = ""
    count: int = 1
    #: When it came last (seconds of ``time.monotonic``).
    last: float = field(default=0.0)


#: The names of the actions done last, of all that the program can do: ``ui.menus`` and ``ui.tables.sheet_actions``.
_actions: deque[str] = deque(maxlen=30)
_warnings: Counter[str] = Counter()
_before: Callable[..., Any] | None = None


def did(action: str) -> None:
    """Remember the name of an action for reports."""
    _actions.append(action)


class Watch(QObject):
    """Hears of every error that nobody else takes, in any thread, for one window."""

    _came = Signal(object, bool)
    _expected = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._folder = window, window.store.folder
        self._lock = threading.Lock()
        self._inside = threading.local()
        self._known: dict[str, Trouble] = {}
        self._times: deque[float] = deque(maxlen=ENOUGH)
        self.dialog: CrashDialog | None = None
        # Told from the event loop: by then what was going on has ended, and the plan can be written.
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._expected.connect(self._tell_expected, Qt.ConnectionType.QueuedConnection)

    # ---- hooks

    def on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """``sys.excepthook``: Qt sends there what is raised in slots and in what Qt calls."""
        if isinstance(error, UserError):
            self._expected.emit(str(error))
        elif issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
        else:
            self.take(error, trace)
            # They hold on to everything that stood in the functions that failed, a painter at work among it.
            sys.last_type = sys.last_value = sys.last_traceback = None
            traceback.clear_frames(trace)

    def on_thread_error(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            if isinstance(told.exc_value, UserError):
                self._expected.emit(str(told.exc_value))
            else:
                self.take(told.exc_value, told.exc_traceback)

    def on_unraisable(self, told: sys.UnraisableHookArgs) -> None:
        if told.exc_value is not None:
            self.take(told.exc_value, told.exc_traceback)

    # ---- taking it in, in whatever thread

    def take(self, error: BaseException, trace: TracebackType | None) -> None:
        """Keep a report of an error, and have the window tell of it; never raises."""
        if getattr(self._inside, "busy", False):
            return
        self._inside.busy = True
        try:
            with self._lock:
                self._take(error, trace)
        except BaseException:
            pass
        finally:
            self._inside.busy = False

    def _take(self, error: BaseException, trace: TracebackType | None) -> None:
        from models import reports

        now = time.monotonic()
        key = reports.signature(error, trace)
        known = self._known.get(key)
        if known is not None and now - known.last < _BURST:
            return
        self._times.append(now)
        is_again = known is not None and now - known.last < _SAME
        if known is not None and is_again:
            known.count += 1
        else:
            known = Trouble(reports.faults(error, trace), self._facts(), datetime.now())
            self._known[key] = known
        known.last = now
        if not is_again or self.is_hopeless:
            # That there can be no report is no reason to say nothing.
            with contextlib.suppress(Exception):
                self._write(known)
        self._came.emit(known, is_again)

    def _write(self, trouble: Trouble) -> None:
        from models import reports

        trouble.text = reports.render(trouble.found, trouble.facts, trouble.when, self._folder, trouble.count)
        if trouble.path is None:
            trouble.path = kept_reports.keep(self._folder, trouble.text, trouble.when)
        else:
            kept_reports.rewrite(trouble.path, trouble.text)

    @property
    def is_hopeless(self) -> bool:
        """Whether errors come so often that only starting again helps."""
        return len(self._times) == ENOUGH and self._times[-1] - self._times[0] < _WITHIN

    def _facts(self) -> Facts:
        from models.reports import Facts

        facts = Facts(actions=tuple(_actions), warnings=dict(_warnings), qt=_qt_version())
        if threading.current_thread() is threading.main_thread():
            with contextlib.suppress(Exception):
                from ui.crash_facts import page_of, parts_of

                return Facts(page_of(self._window), parts_of(self._window), facts.actions, facts.warnings, facts.qt)
        return facts

    def save(self) -> None:
        """Write what is typed."""
        if self._window.workspace is not None:
            self._window.workspace.save()

    # ---- telling of it, in the window

    def _tell_expected(self, sentence: str) -> None:
        with contextlib.suppress(Exception):
            self._window.tell(sentence, "error")

    def _tell(self, trouble: Trouble, is_again: bool) -> None:
        # Whatever fails in here comes from what fails already.
        self._inside.busy = True
        try:
            self._show(trouble, is_again)
        except Exception:
            with contextlib.suppress(Exception):
                self._window.tell(_("Có lỗi ngoài dự kiến; hãy khởi động lại chương trình."), "error")
        finally:
            self._inside.busy = False

    def _show(self, trouble: Trouble, is_again: bool) -> None:
        from ui.crash_facts import keep_work
        from ui.dialogs.crash import CrashDialog

        open_one = self.dialog if self.dialog is not None and isValid(self.dialog) else None
        if open_one is not None and open_one.isVisible():
            if not open_one.is_last:
                open_one.show_more(trouble, self.is_hopeless)
            return
        work = keep_work(self._window)
        if is_again and not self.is_hopeless:
            sentence = _("Lỗi vừa rồi lại xảy ra. {work}").format(work=work)
            self._window.messages.tell(sentence, "error", _("Khởi động lại"), lambda: restart(self._window))
            return
        self.dialog = CrashDialog(self._window, trouble, work, self.is_hopeless)
        self.dialog.restart_asked.connect(lambda: restart(self._window))
        self.dialog.show()


# ---- putting the hooks in

_watch: Watch | None = None
#: What was there before: ``sys.excepthook``, ``threading.excepthook``, ``sys.unraisablehook``.
_former: tuple[Any, Any, Any] = (sys.__excepthook__, threading.__excepthook__, sys.__unraisablehook__)


def install(window: MainWindow) -> Watch:
    """Tell of errors in ``window`` from now on; expected failures are one line in it."""
    global _watch, _former
    if _watch is None:
        _former = sys.excepthook, threading.excepthook, sys.unraisablehook
    _watch = watch = Watch(window)
    sys.excepthook = watch.on_error
    threading.excepthook = watch.on_thread_error
    sys.unraisablehook = watch.on_unraisable
    return watch


def uninstall() -> None:
    """Let others hear of errors again, before the window goes."""
    global _watch
    if _watch is not None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = _former
        _watch = None


def hear_qt() -> None:
    """Count what Qt warns of, for reports, and pass it on."""
    global _before
    _before = qInstallMessageHandler(_on_qt)


def unhear_qt() -> None:
    """Listen no more: Python may be gone before Qt is."""
    qInstallMessageHandler(_before)


def _on_qt(kind: QtMsgType, where: QMessageLogContext, text: str) -> None:
    with contextlib.suppress(Exception):
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            _warnings[where.category or "default"] += 1
        if _before is not None:
            _before(kind, where, text)
        elif sys.stderr is not None:
            print(text, file=sys.stderr)
        is_last = kind == QtMsgType.QtFatalMsg and threading.current_thread() is threading.main_thread()
        if is_last and _watch is not None:
            # Qt ends the process when this returns; what is typed is written if it still can be.
            _watch.save()


def _qt_version() -> str:
    import PySide6
    from PySide6.QtCore import qVersion

    return f"Qt {qVersion()}, PySide6 {PySide6.__version__}"


# ---- starting again

_again: list[str] | None = None


def restart(window: MainWindow) -> None:
    """End the program as a closed window does, and start it again on the same plan at the same place."""
    global _again
    from models import i18n

    arguments = ["--data", str(window.store.folder.absolute()), "--lang", i18n.language()]
    with contextlib.suppress(Exception):
        if window.workspace is not None:
            arguments += ["--open", window.workspace.document.plan.id]
    _again = arguments
    with contextlib.suppress(Exception):
        window.close()
    # Also where the window would not close, and out of any dialog that waits for an answer.
    QCoreApplication.exit(0)


def start_again() -> bool:
    """Start the program that ``restart`` asked for, once store and lock are let go of; false where none was."""
    global _again
    if _again is None:
        return False
    arguments, _again = _again, None
    from PySide6.QtCore import QProcess, QProcessEnvironment

    process = QProcess()
    process.setProgram(sys.executable)
    environment = QProcessEnvironment.systemEnvironment()
    if getattr(sys, "frozen", False):
        # Else the built program takes the new one for a part of itself (PyInstaller, "Common issues and pitfalls").
        environment.insert("PYINSTALLER_RESET_ENVIRONMENT", "1")
        process.setArguments(arguments)
    else:
        process.setArguments([str(Path(__file__).resolve().parent.parent / "main.py"), *arguments])
    process.setProcessEnvironment(environment)
    found = process.startDetached()
    return bool(found[0] if isinstance(found, tuple) else found)
