"""Makes the PDF that the preview shows, in the background, anew when the plan is another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models import document as plan_document
from models.evaluate import evaluate
from models.plan import walk
from ui import worker
from ui.document import Document

#: Milliseconds without an edit after which the PDF is made, and of making after which it is said that it takes a while.
WAIT, SLOW = 250, 700

#: What is typed and not yet written: fields of parts, the part by its JSON Pointer.
Pending = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF, where the parts of the plan stand in it (page from 0, points from its top), and whether it is a draft."""

    data: bytes
    places: dict[str, tuple[int, float]]
    draft: bool
    #: The plan document that was printed, as it stands in ``plan.json``.
    plan_json: bytes


def render(
    data: plan_document.Document, pending: Pending, progress: worker.Progress, before: Made | None = None
) -> Made | None:
    """The PDF of a plan document with what is being typed, a draft while it has errors. For a thread.

    ``None`` where it is that which was made ``before``.
    """
    from models.exports import pdf

    plan = plan_document.load(data)
    if pending:
        pointers = plan_document.pointers(plan)
        parts = {pointers[id(part)]: part for part in walk(plan)}
        for pointer, values in pending:
            for name, value in values.items():
                setattr(parts[pointer], name, value)
    plan_json = plan_document.to_bytes(plan)
    if before is not None and before.plan_json == plan_json:
        return None
    found = evaluate(plan)
    draft = found.count("error") > 0
    printed = pdf.render_placed(found.plan, found.template, draft=draft, progress=progress)
    return Made(printed.data, printed.places, draft, plan_json)


class Making(QObject):
    """Makes the PDF of a plan some moments after it was asked for; a newer wish puts an end to the older work.

    ``made`` brings what is to be shown, ``failed`` a sentence; ``slow`` tells that it takes a while (true) or that
    that is over, and ``advanced`` how far it is, from 0 to 1.
    """

    made = Signal(object)
    failed = Signal(str)
    slow = Signal(bool)
    advanced = Signal(float)

    def __init__(self, parent: QObject, document: Document, pending: Callable[[], Pending]) -> None:
        super().__init__(parent)
        self._document, self._pending = document, pending
        self._job: worker.Job[Made | None] | None = None
        self._last: Made | None = None
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._make)
        self._is_long = QTimer(self, singleShot=True, interval=SLOW)
        self._is_long.timeout.connect(lambda: self.slow.emit(True))

    @property
    def is_working(self) -> bool:
        """Whether a newer PDF is on its way."""
        return self._later.isActive() or self._job is not None

    @property
    def last(self) -> Made | None:
        """What was made last."""
        return self._last

    def ask(self, wait: int = WAIT) -> None:
        """Make it ``wait`` milliseconds from now, if nothing else is asked for until then."""
        self._drop()
        self._later.start(wait)

    def stop(self) -> bool:
        """Make nothing; tells whether something was to be made."""
        was_working = self.is_working
        self._later.stop()
        self._drop()
        return was_working

    def _drop(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._end()

    def _make(self) -> None:
        self._drop()
        data, pending, before = plan_document.dump(self._document.plan), self._pending(), self._last
        self._job = worker.run(
            self,
            lambda progress: render(data, pending, progress, before),
            self._take,
            self._fail,
            self.advanced.emit,
        )
        # A function that holds the job would keep it, and what it made, for good.
        self._job.ended.connect(self._on_ended)
        self._is_long.start()

    def _on_ended(self) -> None:
        """One is over; an older one, put an end to, is none of ours."""
        if self._job is not None and not self._job.thread_.is_alive():
            self._end()

    def _end(self) -> None:
        self._job = None
        self._is_long.stop()
        self.slow.emit(False)

    def _take(self, made: Made | None) -> None:
        # Over before it is shown: who listens finds nothing on its way any more.
        self._end()
        if made is not None:
            self._last = made
            self.made.emit(made)

    def _fail(self, sentence: str) -> None:
        self._last = None
        self.failed.emit(sentence)
