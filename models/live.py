"""An evaluation that follows its plan from edit to edit: sums and findings, worked out anew only where it matters.

At any time its totals are those of ``totals.compute``, and its findings those of ``checks.check``, in their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from models import totals
from models.checks import CHECKS, OF_SUMS, SEVERITY_ORDER, prose
from models.checks.context import Context, Known, plan_context
from models.checks.finding import Finding, Severity
from models.checks.tasks import check_duplicates
from models.live_table import LiveTable
from models.plan import Part, Plan, Row, Table, table_of
from models.reader import read_once
from models.template import Template
from models.totals import Totals

#: Letters that are read at a time where the window must stay awake.
_LETTERS = 10_000
#: Texts that are remembered although no part holds them any more, at most.
_FORGOTTEN = 5_000

#: All but duplicates, which are followed table by table.
_PLAN_CHECKS = tuple(check for check in CHECKS if check is not check_duplicates)


class LiveEvaluation:
    """Sums and findings of one plan; ``in_steps`` has to be gone through before anything is asked or followed."""

    def __init__(self, plan: Plan, template: Template) -> None:
        self.plan, self.template = plan, template
        self.totals = Totals()
        self.tables: dict[int, LiveTable] = {}
        self._of_plan: list[Finding] = []
        self._by_check: dict[Callable[[Context], Sequence[Finding]], Sequence[Finding]] = {}
        self._by_part: dict[int, list[Finding]] = {}
        self._all: list[Finding] | None = []
        #: What each text says: it is read when it is written, not when something else changes. The tables know it too.
        self._known = Known()
        self._read = 0

    def check(self) -> None:
        """Work everything out anew, with sentences in the language set now."""
        for _step in self.in_steps():
            pass

    def in_steps(self) -> Iterator[None]:
        """The same a few milliseconds at a time, for a plan that does not change meanwhile."""
        self.totals = totals.compute(self.plan)
        yield from self._read_in_steps()
        at = self._context()
        self.tables = {}
        for table in self.plan.tables:
            if not table.is_register:
                yield
                live = self.tables[id(table)] = LiveTable(table, at)
                yield from live.in_steps(at)
        yield
        self._check_plan(at)

    def _read_in_steps(self) -> Iterator[None]:
        """Read what was not read yet, and forget what is written nowhere any more."""
        scans = self._known.scans
        held: set[str] = set()
        letters = 0
        for _part, _field, text in prose.texts(self.plan):
            held.add(text)
            if text not in scans:
                read_once(text, scans)
                letters += len(text)
            # Texts known are gone through too, only faster.
            letters += 50
            if letters >= _LETTERS:
                yield
                letters = 0
        for text in scans.keys() - held:
            del scans[text]
        self._known.forget()
        self._read = len(scans)

    def follow(self, parts: Iterable[Part], owners: Iterable[Part]) -> set[Row] | None:
        """Take in an edit: the parts that changed, came or went, and those whose lists did (``models.store.Change``).

        Gives the rows that may look different now, where nothing but tasks changed; ``None``: anything may.
        """
        parts, owners = list(parts), list(owners)
        if self.plan in owners or any(isinstance(part, Table) for part in parts):
            self.check()
            return None
        at = self._context()
        touched = self._follow_rows(at, parts, owners)
        if self.plan in parts:
            for table in self.tables.values():
                if table.look_again(at):
                    touched = None
        only_rows = not owners and all(isinstance(part, Row) and part.cells is None for part in parts)
        self._check_plan(at, only_sums=only_rows)
        return touched if only_rows else None

    def _follow_rows(self, at: Context, parts: list[Part], owners: list[Part]) -> set[Row] | None:
        changed: dict[int, dict[int, Row]] = {}
        for part in (*parts, *owners):
            place: Table | None = None
            if isinstance(part, Table):
                place = part
                changed.setdefault(id(part), {})
            elif isinstance(part, Row) and part.guard is not None:
                place = table_of(part)
                changed.setdefault(id(place), {})[id(part)] = part
            if isinstance(part, Row):
                for table in self.tables.values():
                    if table.table is not place and table.let_go(part):
                        changed.setdefault(id(table.table), {})
        touched: set[Row] | None = set()
        for key, rows in changed.items():
            if (found := self.tables.get(key)) is not None:
                reached = found.follow(at, rows.values())
                touched = None if reached is None or touched is None else touched | reached
        return touched

    def _context(self) -> Context:
        if len(self._known.scans) > self._read + _FORGOTTEN:
            for _step in self._read_in_steps():
                pass
        return plan_context(self.plan, self.template, self.totals, self._known)

    def _check_plan(self, at: Context, only_sums: bool = False) -> None:
        for check in _PLAN_CHECKS:
            if not only_sums or check in OF_SUMS:
                self._by_check[check] = check(at)
        self._of_plan = [finding for check in _PLAN_CHECKS for finding in self._by_check[check]]
        self._by_part = {}
        for finding in self._of_plan:
            self._by_part.setdefault(id(finding.part), []).append(finding)
        self._all = None

    # ---- findings

    @property
    def findings(self) -> list[Finding]:
        """All findings, errors first; gathered when they are asked for."""
        if self._all is None:
            tables = [table for part in self.plan.tables if (table := self.tables.get(id(part)))]
            found = list(self._of_plan)
            for table in tables:
                found.extend(table.duplicates_in_order())
            for table in tables:
                found.extend(table.findings_in_order())
            found.sort(key=_severity)
            self._all = found
        return self._all

    @property
    def of_plan(self) -> list[Finding]:
        """The findings that are not of a task: of the plan as a whole, its bases, sections, tables, registers."""
        return self._of_plan

    def of_part(self, part: Part) -> list[Finding]:
        """The findings of one part, errors first."""
        found = self._by_part.get(id(part), [])
        if isinstance(part, Row):
            for table in self.tables.values():
                if id(part) in table.rows:
                    twice = table.duplicates.get(id(part))
                    found = [*found, *([twice] if twice else ()), *table.findings.get(id(part), ())]
                    break
        return sorted(found, key=_severity) if len(found) > 1 else found

    def of_rows(self, table: Table) -> list[Finding]:
        """The findings of the tasks of one table, errors first."""
        live = self.tables.get(id(table))
        return [] if live is None else sorted([*live.duplicates_in_order(), *live.findings_in_order()], key=_severity)

    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        found = Counter(finding.severity for finding in self._of_plan)
        for table in self.tables.values():
            found.update(table.counts)
        return found


def _severity(finding: Finding) -> int:
    return SEVERITY_ORDER[finding.severity]
