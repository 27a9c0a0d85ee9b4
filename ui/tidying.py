"""Keeping the store small in the pauses of the one who types."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from ui.document import Document

#: How long (ms) nothing was changed: who stops for this long has stopped to think.
_PAUSE_MS = 3000
#: Between two pieces of work, so that keys are answered first.
_BETWEEN_MS = 20


class Tidying(QObject):
    """Has the undo log of the open plan looked at in pauses, and once more after the plan is left.

    It belongs to the window: the work on a plan goes on while the next one is open.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        #: The one that there is work on.
        self._asked: Document | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._work = QTimer(self, interval=_BETWEEN_MS)
        self._work.timeout.connect(self._do)

    def follow(self, document: Document) -> None:
        """Look after the plan of this document from now on, and at once: it may be one of an older program."""
        self.leave()
        self._document = document
        document.changed.connect(self._wait)
        self._ask(document)

    def leave(self) -> None:
        """The plan is being left."""
        document, self._document = self._document, None
        if document is not None:
            document.changed.disconnect(self._wait)
            if document.store.compaction.is_due(document.plan.id):
                self._ask(document)

    def _wait(self) -> None:
        self._work.stop()
        self._pause.start()

    def _look(self) -> None:
        document = self._document
        if document is not None and document.store.compaction.is_due(document.plan.id):
            self._ask(document)
        # What an edit interrupted, perhaps on the plan before, goes on.
        self._work.start()

    def _ask(self, document: Document) -> None:
        if not document.is_reading:
            self._asked = document
            document.store.compaction.ask(document.plan.id)
            self._work.start()

    def _do(self) -> None:
        if self._asked is None or not self._asked.store.compaction.step():
            self._asked = None
            self._work.stop()
