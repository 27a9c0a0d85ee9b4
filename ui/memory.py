"""The memory of what was typed before, as fields ask it: read in the background when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.memory import Memory, Use, warm
from models.plan import LegalBasis, Plan
from ui import worker

#: Reads what the other plans hold of a kind, as long as the answer is wanted.
Read = Callable[[str, Callable[[], bool]], list[Use]]


class Recall(QObject):
    """``offers`` and ``bases`` answer at once with what is known by then; ``learned`` says that more is known."""

    #: The kind that was read.
    learned = Signal(str)

    def __init__(self, parent: QObject, plan: Plan | None, read: Read) -> None:
        super().__init__(parent)
        self._memory = Memory(plan)
        self._read = read
        self._asked: set[str] = set()

    def offers(self, kind: str, typed: str, usual: Iterable[str] = (), but_not: Container[str] = ()) -> list[str]:
        """The values of a kind that answer to ``typed``, the likeliest first; ``usual`` ones are among them."""
        self.prepare(kind)
        return self._memory.offers(kind, typed, usual, but_not)

    def bases(self) -> list[LegalBasis]:
        """The legal bases of all plans, each once; they are read only, and no parts of a plan."""
        self.prepare("basis")
        return self._memory.bases()

    def prepare(self, kind: str) -> None:
        """Read a kind, unless that is done or under way: when the cursor comes, before anything is typed."""
        kind = "basis" if kind == "issuer" else kind
        if kind in self._asked:
            return
        self._asked.add(kind)

        def work(progress: worker.Progress) -> list[Use]:
            uses = self._read(kind, lambda: progress(0.0))
            warm(uses)
            return uses

        # Typing goes on without offers where they cannot be read; writing tells what is wrong with the store.
        worker.run(self, work, lambda uses: self._learn(kind, uses), lambda _sentence: None)

    def _learn(self, kind: str, uses: list[Use]) -> None:
        self._memory.learn(kind, uses)
        self.learned.emit(kind)

    def on_change(self, change: Any) -> None:
        self._memory.change(change.parts)
