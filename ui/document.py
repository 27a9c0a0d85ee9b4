"""The open plan as the window sees it: edits, undo and redo, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from models import template, totals
from models.errors import UserError
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, table_of, walk_sections
from models.store import Change, OpenPlan, Store
from models.text import security_table
from models.totals import TableTotals, Totals

if TYPE_CHECKING:
    from models.checks import Finding

#: Where a finding or field is edited: ``general``, ``bases``, ``findings``, or a section or a table itself.
Place = str | Section | Table

#: How long after opening a plan its findings are worked out: the window is painted by then.
_FIRST_CHECK_MS = 150


class Document(QObject):
    """One plan of the store, open for editing.

    ``changed`` tells what an edit, undo or redo did, once it is on disk; ``evaluated`` that sums and findings
    are up to date with it; ``failed`` carries the sentence of a failure, with the plan as it was before.
    """

    changed = Signal(object)
    evaluated = Signal()
    saved = Signal(datetime)
    failed = Signal(str)

    def __init__(self, store: Store, plan_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._open: OpenPlan = store.open_plan(plan_id)
        self.template = template.get(self.plan.template)
        self.totals: Totals
        self.findings: list[Finding] = []
        self._by_part: dict[int, list[Finding]] = {}
        self._by_place: dict[str | int, list[Finding]] = {}
        self._open.listeners.append(self._after)
        self.totals = totals.compute(self.plan)
        # The plan can be read and typed into before it is checked; the findings follow in a moment.
        self._first_check = QTimer(self)
        self._first_check.setSingleShot(True)
        self._first_check.timeout.connect(self.check_again)
        self._first_check.start(_FIRST_CHECK_MS)

    @property
    def plan(self) -> Plan:
        return self._open.plan

    # ---- changing

    @contextmanager
    def edit(self, label: str) -> Iterator[Plan]:
        """One edit, one undo step, on disk at its end; a failure of the store is told by ``failed``."""
        try:
            with self._open.edit(label) as plan:
                yield plan
        except UserError as error:
            self.failed.emit(str(error))

    def set(self, part: Part, name: str, value: Any, label: str) -> None:
        """Set one field of a part, if it is another value than before."""
        if getattr(part, name) != value:
            with self.edit(label):
                setattr(part, name, value)

    def undo(self) -> None:
        self._step(self._open.undo)

    def redo(self) -> None:
        self._step(self._open.redo)

    def undo_label(self) -> str | None:
        return self._open.undo_label()

    def redo_label(self) -> str | None:
        return self._open.redo_label()

    def _step(self, step: Any) -> None:
        try:
            step()
        except UserError as error:
            self.failed.emit(str(error))

    def apply_fix(self, finding: Finding) -> None:
        """Put a finding right, as an ordinary edit."""
        if finding.fix is not None:
            self.set(finding.part, finding.fix.field, finding.fix.value, finding.fix.label)

    def set_revision(self, revision: int, label: str) -> None:
        """Keep the revision that a final export was given."""
        self.store.set_revision(self.plan.id, revision, label)
        self.plan.__dict__["revision"] = revision
        self.saved.emit(datetime.now())

    def _after(self, change: Change) -> None:
        self._evaluate()
        self.changed.emit(change)
        self.evaluated.emit()
        self.saved.emit(datetime.now())

    # ---- sums and findings

    def _evaluate(self) -> None:
        from models.checks import check

        self._first_check.stop()
        self.totals = totals.compute(self.plan)
        self.findings = check(self.plan, self.template, self.totals)
        self._by_part, self._by_place = {}, {}
        for finding in self.findings:
            self._by_part.setdefault(id(finding.part), []).append(finding)
            self._by_place.setdefault(_key(self.place_of(finding)), []).append(finding)

    def check_again(self) -> None:
        """Work the findings out anew, with their sentences in the language set now."""
        self._evaluate()
        self.evaluated.emit()

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    def findings_of(self, part: Part, field: str | None = None) -> list[Finding]:
        """The findings of one part, or of one field of it."""
        found = self._by_part.get(id(part), [])
        return found if field is None else [finding for finding in found if finding.field == field]

    def findings_at(self, place: Place) -> list[Finding]:
        """The findings that are put right at one place of the window."""
        return self._by_place.get(_key(place), [])

    def main_table(self) -> tuple[Table, TableTotals] | None:
        """The plan's own list of tasks with its sums; ``None`` where the plan has none."""
        table = security_table(self.plan, self.template)
        return None if table is None else (table, self.totals.of(table))

    # ---- places

    def place_of(self, finding: Finding) -> Place:
        part = finding.part
        if isinstance(part, LegalBasis):
            return "bases"
        if isinstance(part, Section | Table):
            return part
        if isinstance(part, Row):
            return table_of(part)
        kind, _slash, key = finding.field.partition("/")
        if kind == "indicators":
            spec = self.template.indicator(key)
            for section in walk_sections(self.plan.sections):
                if spec is not None and section.key == spec.section:
                    return section
        return "general"


def _key(place: Place) -> str | int:
    return place if isinstance(place, str) else id(place)
