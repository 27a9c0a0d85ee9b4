"""Two states of a plan side by side: final exports as they were given out, and the plan as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models import document as plan_document
from models import template
from models.compare import compare
from models.comparison import Comparison
from models.exports import files, kept
from models.i18n import N_, Say, _
from models.plan import Plan
from models.template import Template
from models.text import security_table
from ui.widgets.change_lines import Line, lines, summary


@dataclass(frozen=True, slots=True)
class State:
    """A final export by its revision and when (ISO 8601) it was made; revision 0: the plan as it stands."""

    revision: int = 0
    created: str = ""
    code: str = ""

    def name(self, say: Say = _) -> str:
        """As the window says it; ``say=str`` for documents, which are always Vietnamese."""
        if not self.revision:
            return say(N_("Kế hoạch hiện nay"))
        return say(N_("Lần kết xuất {number} ({when})")).format(number=self.revision, when=moment(self.created))


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of two states, the older first, and all that is shown of it; ``stem`` names a file of it."""

    states: tuple[State, State]
    found: Comparison
    template: Template
    lines: list[Line]
    summary: str
    stem: str


def compare_states(states: tuple[State, State], sources: Sequence[bytes | plan_document.Document]) -> Compared:
    """Compare two states, each given as its package or its document. For a thread.

    ``UserError`` where a package is damaged, or its template is not known any more.
    """
    before, after = map(_read, sources)
    spec = template.of(after)
    found = compare(before, after, spec)
    table = security_table(after, spec)
    said = summary(found, table.unit if table is not None else "dong")
    newer = str(after.revision) if states[1].revision else "hien-nay"
    return Compared(states, found, spec, lines(found, spec), said, f"{files.file_stem(before)}-{newer}_so-sanh")


def _read(source: bytes | plan_document.Document) -> Plan:
    return kept.plan_of(source) if isinstance(source, bytes) else plan_document.load(source)


def moment(created: str) -> str:
    """A time (ISO 8601) as people write it."""
    return datetime.fromisoformat(created).strftime("%d/%m/%Y %H:%M")
