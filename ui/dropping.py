"""Files dropped on the window are opened, as those chosen with Ctrl+O are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_KINDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Dropping(QObject):
    """Takes files of this computer that are dropped on ``window``, and nothing else."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Entering and moving are kinds of dropping for Qt.
        if event.type() not in _KINDS or not isinstance(event, QDropEvent) or self._window.store.is_reading:
            return False
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if not paths or len(paths) != len(urls):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            from ui import opening

            opening.take_in(self._window, paths)
        return True
