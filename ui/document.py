"""The open plan as the window sees it: edits, undo and redo, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from models import columns, template, totals
from models.errors import UserError
from models.i18n import N_
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, table_of, walk_sections
from models.store import Change, OpenPlan, Past, Store
from models.text import security_table
from models.totals import TableTotals, Totals

if TYPE_CHECKING:
    from models.checks import Finding, Severity
    from models.exports.receiving import Kept
    from models.live import LiveEvaluation
    from ui.memory import Recall

#: Where a finding or field is edited: ``general``, ``bases``, ``findings``, or a section or a table itself.
Place = str | Section | Table

#: How long after opening a plan its findings are worked out: the window is painted by then.
_FIRST_CHECK_MS = 150
#: How long (seconds) the window may stand still for a part of it.
_STEP_SECONDS = 0.02
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Document(QObject):
    """One plan of the store, open for editing.

    ``changed`` tells what an edit, undo or redo did, once it is on disk; ``evaluated`` that sums and findings
    are up to date with it; ``failed`` carries the sentence of a failure, with the plan as it was before.
    """

    changed = Signal(object)
    evaluated = Signal()
    saved = Signal(datetime)
    failed = Signal(str)
    #: An edit, undo or redo made it a plan of another template: pages are to be built anew.
    template_changed = Signal()

    def __init__(self, store: Store, plan_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._open: OpenPlan = store.open_plan(plan_id)
        self.template = template.of(self.plan)
        self._made_with = template.stated(self.plan)
        self.totals: Totals = totals.compute(self.plan)
        #: The rows that the last change reached, where it changed nothing but tasks; ``None``: all may look different.
        self.touched: set[Row] | None = None
        self._live: LiveEvaluation | None = None
        self._by_place: dict[str | int, list[Finding]] = {}
        self._counts: Counter[Severity] = Counter()
        self._counts_at: dict[str | int, Counter[Severity]] = {}
        self._gathered: Change | None = None
        #: Fields in use by ``id()`` of the table, before the first check.
        self._used: dict[int, frozenset[str]] = {}
        #: The plan before this one, with the unit and year it was looked for.
        self._previous: tuple[tuple[str, str, int | None], Plan | None] | None = None
        self._open.listeners.append(self._after)
        # The plan can be read and typed into before it is checked; the findings follow in a moment.
        self._steps: Iterator[None] = iter(())
        self._first_check = QTimer(self)
        self._first_check.timeout.connect(self._check_a_while)
        self._first_check.start(_FIRST_CHECK_MS)

    @property
    def plan(self) -> Plan:
        return self._open.plan

    @property
    def is_reading(self) -> bool:
        """Whether the store can only be read: then every edit fails."""
        return self.store.is_reading

    @cached_property
    def memory(self) -> Recall:
        """What was typed before, in this plan and in the others."""
        found = recall(self, self.store, self.plan)
        self.changed.connect(found.on_change)
        return found

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

    def history(self) -> list[Past]:
        """The edits of the plan, the newest first."""
        return self.store.history(self.plan.id)

    def go_back_to(self, edit_id: int, seconds: float = inf) -> int:
        """Undo or redo until the plan stands as it did right after an edit, or the time is up: at least one step.

        All of it is one change to who listens. Gives the steps left, of redo or if negative of undo; 0 where it
        cannot go on.
        """
        try:
            steps = next((past.steps or 0 for past in self.history() if past.id == edit_id), 0)
        except UserError as error:
            self.failed.emit(str(error))
            return 0
        return self.go(steps, seconds)

    def go(self, steps: int, seconds: float = inf) -> int:
        """So many steps of redo, or if negative of undo, as ``go_back_to`` does it."""
        self._gathered = gathered = Change("")
        until, left = monotonic() + seconds, steps
        try:
            while left and (left == steps or monotonic() < until):
                done = self._open.undo() if left < 0 else self._open.redo()
                left = 0 if done is None else left + (1 if left < 0 else -1)
        except UserError as error:
            left = 0
            self.failed.emit(str(error))
        finally:
            self._gathered = None
            if gathered.parts or gathered.owners:
                self._after(gathered)
        return left

    def _step(self, step: Any) -> None:
        try:
            step()
        except UserError as error:
            self.failed.emit(str(error))

    def apply_fix(self, finding: Finding) -> None:
        """Put a finding right, as an ordinary edit."""
        from models.checks import fixes

        if finding.fix is not None:
            with self.edit(finding.fix.label):
                fixes.make([finding])

    def set_aside(self, finding: Finding, reason: str) -> None:
        """Keep with its part why a finding is set aside, as an ordinary edit; an empty reason takes that back."""
        from models.checks import aside

        label = N_("Bỏ qua phát hiện") if reason else N_("Xét lại phát hiện")
        self.set(finding.part, "extra", aside.extra_with(finding, reason), label)

    def keep_export(self, revision: int, label: str, code: str, package: bytes) -> None:
        """Keep a final export: the revision it was given, and its package."""
        self.store.keep_export(self.plan.id, revision, label, code, package)
        self.plan.__dict__["revision"] = revision
        self.saved.emit(datetime.now())

    def kept_exports(self) -> list[Kept]:
        """The final exports of the plan with their packages, the newest first."""
        from models.exports.receiving import Kept

        plan_id, store = self.plan.id, self.store
        found = ((one.revision, store.exported_package(plan_id, one.revision)) for one in store.exports(plan_id))
        return [
            Kept(revision, package, store.signed_pdf(plan_id, revision))
            for revision, package in found
            if package is not None
        ]

    def keep_signed(self, revision: int, signed: bytes) -> None:
        """Keep the signed PDF of a final export."""
        self.store.keep_signed(self.plan.id, revision, signed)
        self.saved.emit(datetime.now())

    def _after(self, change: Change) -> None:
        if self._gathered is not None:
            self._gathered.parts |= change.parts
            self._gathered.owners |= change.owners
            return
        is_other = self.plan in change.parts and self._made_with != template.stated(self.plan)
        if is_other:
            self._made_with, self.template = template.stated(self.plan), template.of(self.plan)
        if is_other or self._live is None or self._first_check.isActive():
            self._check()
        else:
            self.touched = self._live.follow(change.parts, change.owners)
            self._take()
        self.changed.emit(change)
        self.evaluated.emit()
        self.saved.emit(datetime.now())
        if is_other:
            self.template_changed.emit()

    # ---- sums and findings

    def check_again(self) -> None:
        """Work the findings out anew, with their sentences in the language set now."""
        self._check()
        self.evaluated.emit()

    def _check(self) -> None:
        self._begin_check()
        for _step in self._steps:
            pass
        self._end_check()

    def _check_a_while(self) -> None:
        """A part of the first check, so short that the window does not seem to stand still."""
        if self._live is None:
            self._begin_check()
            self._first_check.start(0)
        until = monotonic() + _STEP_SECONDS
        for _step in self._steps:
            if monotonic() > until:
                return
        self._end_check()
        self.evaluated.emit()

    def _begin_check(self) -> None:
        self._used.clear()
        from models.live import LiveEvaluation

        self._live = LiveEvaluation(self.plan, self.template)
        self._steps = self._live.in_steps()

    def _end_check(self) -> None:
        self._first_check.stop()
        self.touched = None
        self._take()

    def _take(self) -> None:
        assert self._live is not None
        self.totals = self._live.totals
        self._by_place = {}
        for finding in self._live.of_plan:
            self._by_place.setdefault(_key(self.place_of(finding)), []).append(finding)
        self._counts = self._live.counts()
        self._counts_at = {key: Counter(one.severity for one in found) for key, found in self._by_place.items()}
        for key, table in self._live.tables.items():
            self._counts_at.setdefault(key, Counter()).update(table.counts)

    @property
    def is_checked(self) -> bool:
        """Whether the findings are known: they are not yet in the first moment after opening."""
        return self._live is not None and not self._first_check.isActive()

    @property
    def findings(self) -> list[Finding]:
        """All findings, errors first; gathering them takes time where there are thousands: ``count`` does not."""
        return self._live.findings if self._live and self.is_checked else []

    def count(self, severity: Severity, place: Place | None = None) -> int:
        """How many findings of a severity there are, in the whole plan or at one place of the window."""
        if self._live is None or not self.is_checked:
            return 0
        if place is None:
            return self._counts[severity]
        found = self._counts_at.get(_key(place))
        return found[severity] if found else 0

    def counts(self) -> dict[str | int, Counter[Severity]]:
        """How many findings of each severity there are at each place."""
        return self._counts_at

    def findings_of(self, part: Part, field: str | None = None) -> list[Finding]:
        """The findings of one part, or of one field of it."""
        found = self._live.of_part(part) if self._live and self.is_checked else []
        return found if field is None else [finding for finding in found if finding.field == field]

    def findings_at(self, place: Place) -> list[Finding]:
        """The findings that are put right at one place of the window."""
        found = self._by_place.get(_key(place), [])
        if self._live is not None and self.is_checked and isinstance(place, Table):
            found = sorted([*found, *self._live.of_rows(place)], key=lambda one: SEVERITIES.index(one.severity))
        return found

    def used_fields(self, table: Table) -> frozenset[str]:
        """The fields in use in a table of tasks (``models.columns``)."""
        live = self._live.tables.get(id(table)) if self._live and self.is_checked else None
        if live is not None:
            return frozenset(live.used)
        if id(table) not in self._used:
            self._used[id(table)] = frozenset(columns.used_fields(table))
        return self._used[id(table)]

    def previous_section(self, section: Section) -> tuple[Plan, str] | None:
        """The plan before this one of the same unit, with what it printed in that section; ``None``: nothing."""
        from models import previous

        plan = self.plan
        asked = (plan.unit_code, plan.unit_name, plan.period_from)
        if self._previous is None or self._previous[0] != asked:
            self._previous = asked, None
            with suppress(UserError):
                others = self.store.earlier(plan.id, plan.period_from) if plan.period_from is not None else []
                found = previous.of_same_unit(plan, others)
                self._previous = asked, self.store.read(found) if found else None
        before = self._previous[1]
        text = previous.printed_text(before, section) if before is not None else ""
        return (before, text) if before is not None and text.strip() else None

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


def recall(parent: QObject, store: Store, plan: Plan | None = None) -> Recall:
    """The memory of the plans in a store; ``plan`` is the open one, remembered as it stands and not as it was read."""
    from models.store.memory import read_uses
    from ui.memory import Recall

    but_not = plan.id if plan is not None else ""
    # Where nothing can be typed, nothing is offered.
    if store.is_reading:
        return Recall(parent, plan, lambda _kind, _is_wanted: [])
    return Recall(parent, plan, lambda kind, is_wanted: read_uses(store.path, kind, but_not, is_wanted))


def _key(place: Place) -> str | int:
    return place if isinstance(place, str) else id(place)
