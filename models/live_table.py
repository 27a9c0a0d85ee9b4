"""What is known of one table of tasks between edits, so that an edit costs as much as its task, not as its table."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from models import totals
from models.checks import ROW_CHECKS
from models.checks.amounts import LARGE, suspicious_from
from models.checks.context import Context, TableContext, plan_period, table_context
from models.checks.finding import Finding, Severity
from models.checks.tasks import TaskKey, duplicate, task_key
from models.columns import fields_of
from models.plan import Row, Table, path_of, walk_rows
from models.totals import TableTotals, Totals

#: From so many amounts on that came or went, putting all in order anew is quicker than each in its place.
_MANY = 200
#: Rows taken in at a time where the window must stay awake.
_STEP = 500


class LiveTable:
    """Fields in use, amounts, duplicates and findings of one table, by ``id()`` of the row."""

    def __init__(self, table: Table, at: Context) -> None:
        self.table = table
        self.rows: dict[int, Row] = {}
        #: How many tasks hold something in each field.
        self.used: Counter[str] = Counter()
        self.counts: Counter[Severity] = Counter()
        self.findings: dict[int, list[Finding]] = {}
        self.duplicates: dict[int, Finding] = {}
        self._fields: dict[int, list[str]] = {}
        self._amounts: list[int] = []
        self._amount_of: dict[int, int] = {}
        self._large: dict[int, Row] = {}
        self._tasks_above: dict[int, Row] = {}
        self._keys: dict[int, TaskKey] = {}
        self._same: dict[TaskKey, dict[int, Row]] = {}
        #: Keys under which duplicates are to be looked for anew.
        self._unsure: set[TaskKey] = set()
        self._totals: Totals = at.totals
        self._context: TableContext
        #: What the context was made for; it is made anew for other columns, or another period.
        self._shown: object = None

    def in_steps(self, at: Context) -> Iterator[None]:
        """Take in the whole table, a few hundred rows at a time."""
        rows = list(walk_rows(self.table.rows))
        for start in range(0, len(rows), _STEP):
            self._enter(rows[start : start + _STEP])
            yield
        self._context = self._new_context(at)
        self._find_duplicates()
        for start in range(0, len(rows), _STEP):
            self._check(rows[start : start + _STEP])
            yield

    @property
    def sums(self) -> TableTotals:
        return self._totals.of(self.table)

    def duplicates_in_order(self) -> list[Finding]:
        """That tasks are there a second time, in printed order."""
        return [self.duplicates[row] for row in self._in_order(self.duplicates)]

    def findings_in_order(self) -> list[Finding]:
        """What was found in each row, in printed order."""
        return [finding for row in self._in_order(self.findings) for finding in self.findings[row]]

    def _in_order(self, rows: Iterable[int]) -> list[int]:
        return sorted(rows, key=lambda key: [row.ordinal for row in path_of(self.rows[key])])

    # ---- following edits

    def let_go(self, top: Row) -> bool:
        """Forget what is known of a row and all below it: no more there, or in another table now.

        False where nothing was known; else ``follow`` comes after it.
        """
        # What stands below may have come from another table in the same edit.
        known = [row for row in walk_rows([top]) if id(row) in self.rows]
        self._leave(known, for_good=True)
        return bool(known)

    def follow(self, at: Context, changed: Iterable[Row]) -> set[Row] | None:
        """Take in an edit: rows that are new, changed, moved, or have other rows below.

        Gives the rows that may look different; ``None``: all of them.
        """
        tasks, groups = self._reach(changed)
        rows = [row for top in tasks for row in walk_rows([top])]
        self._leave(rows)
        above = totals.recount(self.table, self.sums, self._totals.rows, tasks, groups)
        self.rows.update((id(group), group) for group in above)
        self._enter(rows)
        touched = {*rows, *above, *self._find_duplicates()}
        suspicious = self._context.suspicious
        if self.look_again(at):
            return None
        if self._context.suspicious != suspicious:
            touched.update(self._large.values())
        self._check(touched)
        return touched

    def look_again(self, at: Context) -> bool:
        """Check all rows anew if the plan or the table gives other measures for them; true where it does."""
        old, self._context = self._context, self._new_context(at)
        if _measures(old) == _measures(self._context):
            return False
        self._check(self.rows.values())
        return True

    def _reach(self, changed: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        """The whole tasks in which something changed, and the groups whose sums may have."""
        tasks: dict[int, Row] = {}
        groups: dict[int, Row] = {}

        def add_new(group: Row) -> None:
            for row in group.rows:
                if row.group is not None:
                    if id(row) not in self.rows:
                        groups[id(row)] = row
                    add_new(row)
                elif id(row) not in self.rows:
                    tasks[id(row)] = row

        for row in changed:
            line = path_of(row)
            task = next((one for one in line if one.group is None), None)
            if task is not None:
                tasks[id(task)] = task
            else:
                groups.update((id(one), one) for one in line)
                add_new(row)
        return list(tasks.values()), list(groups.values())

    # ---- what is known of each row

    def _enter(self, rows: Collection[Row]) -> None:
        amounts = self._totals.rows
        new: list[int] = []
        for row in rows:
            at = id(row)
            self.rows[at] = row
            if row.group is not None:
                continue
            if fields := fields_of(row):
                self._fields[at] = fields
                self.used.update(fields)
            amount = amounts[at]
            if not row.rows and amount is not None and amount > 0:
                self._amount_of[at] = amount
                new.append(amount)
            if _is_large(row):
                self._large[at] = row
            above = row.parent
            if isinstance(above, Row) and above.task is not None:
                self._tasks_above[at] = above
            if (key := task_key(row)) is not None:
                self._keys[at] = key
                self._same.setdefault(key, {})[at] = row
                self._unsure.add(key)
        if len(new) > _MANY:
            self._amounts = sorted(self._amount_of.values())
        else:
            for amount in new:
                insort(self._amounts, amount)

    def _leave(self, rows: Collection[Row], for_good: bool = False) -> None:
        gone: list[int] = []
        for row in rows:
            at = id(row)
            totals.forget(self.sums, row)
            if fields := self._fields.pop(at, None):
                self.used.subtract(fields)
                for field in fields:
                    if not self.used[field]:
                        del self.used[field]
            if (amount := self._amount_of.pop(at, None)) is not None:
                gone.append(amount)
            self._large.pop(at, None)
            self._tasks_above.pop(at, None)
            if (key := self._keys.pop(at, None)) is not None:
                self._unsure.add(key)
                del self._same[key][at]
                if not self._same[key]:
                    del self._same[key]
            self._set_duplicate(at, None)
            if for_good:
                self.rows.pop(at, None)
                self._totals.rows.pop(at, None)
                self._set(at, [])
        if len(gone) > _MANY:
            self._amounts = sorted(self._amount_of.values())
        else:
            for amount in gone:
                del self._amounts[bisect_left(self._amounts, amount)]

    # ---- findings

    def _new_context(self, at: Context) -> TableContext:
        shown = frozenset(self.used), self.table.key, self.table.layout, plan_period(at.plan)
        if shown == self._shown:
            return replace(self._context, suspicious=suspicious_from(self._amounts), latest_date=at.latest_date)
        self._shown = shown
        return table_context(at, self.table, self.used, self._amounts, self._tasks_above)

    def _check(self, rows: Iterable[Row]) -> None:
        context = self._context
        for row in rows:
            found: list[Finding] = []
            for check_row in ROW_CHECKS:
                if more := check_row(row, context):
                    found.extend(more)
            if found or id(row) in self.findings:
                self._set(id(row), found)

    def _set(self, at: int, found: list[Finding]) -> None:
        self._recount(self.findings.pop(at, ()), found)
        if found:
            self.findings[at] = found

    def _find_duplicates(self) -> list[Row]:
        """Look for duplicates where rows came or went; gives the rows that are one now or were one."""
        touched: list[Row] = []
        for key in self._unsure:
            rows = self._same.get(key, {})
            if len(rows) == 1:
                (at,) = rows
                if at in self.duplicates:
                    self._set_duplicate(at, None)
                    touched.append(rows[at])
            elif rows:
                first, *others = self._in_order(rows)
                self._set_duplicate(first, None)
                for at in others:
                    self._set_duplicate(at, duplicate(rows[at]))
                touched.extend(rows.values())
        self._unsure.clear()
        return touched

    def _set_duplicate(self, at: int, found: Finding | None) -> None:
        old = self.duplicates.pop(at, None)
        self._recount([old] if old else (), [found] if found else ())
        if found:
            self.duplicates[at] = found

    def _recount(self, old: Sequence[Finding], new: Sequence[Finding]) -> None:
        for finding in old:
            self.counts[finding.severity] -= 1
        for finding in new:
            self.counts[finding.severity] += 1


def _measures(context: TableContext) -> tuple[object, ...]:
    """What the check of any row may look at."""
    return (
        context.unit, context.expects_amounts, context.expects_lead, context.expects_time, context.period,
        context.latest_date, context.catalogue,
    )  # fmt: skip


def _is_large(row: Row) -> bool:
    """Whether an amount of the row is held against those of the others."""
    if row.total is not None and row.total >= LARGE:
        return True
    amounts = (*row.funding.values(), *row.years.values())
    return any(amount is not None and amount >= LARGE for amount in amounts)
