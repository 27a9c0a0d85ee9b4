"""The first window of a user on a store: it listens for later starts, and comes to the front when one asks."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from models.i18n import _
from ui.instance import ANSWER, DONE, TOKEN

if TYPE_CHECKING:
    from ui.main_window import MainWindow

#: What a start asks for is short; more letters than this are no such thing.
_MOST = 4096
_WAITING = 16


class Front(QObject):
    """Listens at ``address`` in a thread; ``window`` gives the window to show, or ``None`` where there is none now."""

    _asked = Signal(object)

    def __init__(self, address: str, window: Callable[[], MainWindow | None]) -> None:
        super().__init__()
        self._address, self._window = address, window
        self._is_closed = False
        self._asked.connect(self._come, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._listen, name="front", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        from multiprocessing.connection import Client

        self._is_closed = True
        # The thread waits for somebody to come.
        with contextlib.suppress(OSError, EOFError):
            Client(self._address).close()
        self._thread.join(ANSWER)

    # ---- in the thread

    def _listen(self) -> None:
        from multiprocessing.connection import Listener

        try:
            listener = Listener(self._address, backlog=_WAITING)
        except OSError:
            # Then a second start waits, and says that no window answers.
            return
        with listener:
            while not self._is_closed:
                with contextlib.suppress(OSError, EOFError, ValueError), listener.accept() as other:
                    self._answer(other)

    def _answer(self, other: Any) -> None:
        import json

        if self._is_closed or not other.poll(ANSWER):
            return
        asked = json.loads(other.recv_bytes(_MOST))
        if not isinstance(asked, dict):
            return
        request = _Request(str(asked.get("open") or ""), str(asked.get("token") or ""))
        self._asked.emit(request)
        if request.is_done.wait(ANSWER):
            other.send_bytes(DONE)

    # ---- on the main thread

    @Slot(object)
    def _come(self, request: _Request) -> None:
        window = self._window()
        if window is None or self._is_closed:
            return
        if request.token:
            os.environ[TOKEN] = request.token
        request.is_done.set()
        bring_to_front(window)
        if request.plan_id:
            _open(window, request.plan_id)


class _Request:
    def __init__(self, plan_id: str, token: str) -> None:
        self.plan_id, self.token = plan_id, token
        self.is_done = threading.Event()


def bring_to_front(window: QWidget) -> None:
    """Show a window over all others, and give it the keys; a dialog that it waits for comes with it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    for one in (window, QApplication.activeModalWidget()):
        if one is not None:
            one.raise_()
            one.activateWindow()


def _open(window: MainWindow, plan_id: str) -> None:
    """Open a plan in the window, unless it is open already, or a dialog speaks of the one that is."""
    workspace = window.workspace
    if workspace is not None and workspace.document.plan.id == plan_id:
        return
    if QApplication.activeModalWidget() is not None:
        window.tell(_("Kế hoạch được gọi chưa mở vì còn hộp thoại; hãy đóng hộp thoại rồi mở lại."), "warning")
        return
    window.open_plan(plan_id)
