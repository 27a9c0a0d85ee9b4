"""Plans taken out of a damaged store one by one, by its tables and by its indexes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from models.errors import Cancelled
from models.store.backup_contents import Contents
from models.store.layout import Held, Row, read_tables
from models.store.pages import Pages, Value
from models.store.replay import Log
from models.store.salvaged_plan import PARTS, SalvagedPlan, Status, judge, share_out

#: What a plan has besides its parts.
_OWN = (("edit", (("plan_id", "plan"),)), ("change", (("edit_id", "edit"),)), ("exported", (("plan_id", "plan"),)))


__all__ = ["SalvagedPlan", "Source", "Status", "of_backup", "of_file", "salvage"]


class Source:
    """The tables of a store, and the plans in them."""

    def __init__(self, tables: dict[str, Held]) -> None:
        # A store of the first version kept no exports.
        self.tables = {"exported": Held(), **tables}
        self._below: dict[tuple[str, str], dict[Value, set[int]]] = {}
        for table, columns in PARTS:
            for column, _owner in columns:
                self._below[table, column] = _by(self.tables[table].rows, column)
        self._edits = _by(self.tables["edit"].rows, "plan_id")
        self._changes = _by(self.tables["change"].rows, "edit_id")
        self._exports = _by(self.tables["exported"].rows, "plan_id")
        held = self.tables["plan"]
        self._plans = {str(row["id"]): row for row in (*held.loose.values(), *held.rows.values())}
        self._loose = {str(row["id"]) for row in held.loose.values()} - {str(row["id"]) for row in held.rows.values()}
        self.template = Counter(str(row["template"]) for row in self._plans.values()).most_common(1)

    def plan_ids(self) -> list[str]:
        """The id of every plan that anything tells of."""
        named = self.tables["plan"].named["id"][0]
        return sorted({*(key for key in named if isinstance(key, str)), *self._plans})

    def read(self, plan_id: str) -> SalvagedPlan:
        """A plan as it lies here."""
        plan = SalvagedPlan(plan_id, is_doubtful=plan_id in self._loose, log=self._log(plan_id))
        if plan_id in self._plans:
            plan.rows["plan", plan_id] = self._plans[plan_id]
        else:
            plan.missing["plan", plan_id] = ("", None)
        owners: dict[str, set[Value]] = {"plan": {plan_id}}
        for table, columns in PARTS:
            found: set[Value] = set()
            for column, owner in columns:
                waiting = owners[owner] if owner != table else found
                while waiting:
                    waiting = self._read_below(plan, table, column, waiting) - found
                    found = found | waiting
                    if owner != table:
                        break
            owners[table] = found
        plan.is_open_ended = not all(self.tables[table].is_sure() for table, _columns in PARTS)
        kept = self.tables["exported"].rows
        plan.exports = [kept[rowid] for rowid in sorted(self._exports.get(plan_id, ()))]
        return plan

    def _read_below(self, plan: SalvagedPlan, table: str, column: str, owners: Iterable[Value]) -> set[Value]:
        """Take what hangs on ``owners`` into the plan, by the table and by its index; gives the keys."""
        held, below = self.tables[table], self._below[table, column]
        named, is_whole = held.named[column]
        found: set[Value] = set()
        for owner in owners:
            mine, theirs = below.get(owner, set()), named.get(owner, set())
            # The two contradict each other: a row that the index does not name, or one that says it hangs elsewhere.
            plan.is_doubtful |= is_whole and not mine <= theirs
            plan.is_doubtful |= any(rowid in held.rows for rowid in theirs - mine)
            found |= mine
            for rowid in mine:
                plan.rows[table, rowid] = held.rows[rowid]
            for rowid in theirs - mine - held.rows.keys():
                found.add(rowid)
                loose = held.loose.get(rowid)
                if loose is not None and loose[column] == owner:
                    plan.is_doubtful = True
                    plan.rows[table, rowid] = loose
                else:
                    plan.missing[table, rowid] = (column, owner)
            if not is_whole and not held.is_whole:
                # No index tells of them: they say themselves that they hang here.
                for rowid, row in held.loose.items():
                    if row[column] == owner and rowid not in found:
                        plan.is_doubtful = True
                        plan.rows[table, rowid] = row
                        found.add(rowid)
        return found

    def _log(self, plan_id: str) -> Log:
        edits, changes = self.tables["edit"], self.tables["change"]
        mine = self._edits.get(plan_id, set())
        log = Log({rowid: edits.rows[rowid] for rowid in sorted(mine)})
        log.is_complete = edits.is_sure() and edits.named["plan_id"][0].get(plan_id, set()) <= mine
        named, is_whole = changes.named["edit_id"]
        log.is_complete &= changes.is_whole or is_whole
        for number in log.edits:
            found = self._changes.get(number, set())
            log.is_complete &= named.get(number, set()) <= found
            log.changes[number] = [changes.rows[rowid] for rowid in sorted(found)]
        return log


def of_file(path: Path) -> Source:
    """What is left in the file of a damaged store; ``OSError`` where it cannot be opened."""
    with closing(Pages(path)) as pages:
        return Source(read_tables(pages))


def of_backup(contents: Contents) -> Source:
    """What a good backup holds."""
    tables = {}
    for table, columns in (*PARTS, ("plan", (("id", ""),)), *_OWN):
        rows = contents.rows(table, "", ())
        keys = [row["id"] if type(row.get("id")) is int else number for number, row in enumerate(rows, 1)]
        held = tables[table] = Held(dict(zip(keys, rows, strict=True)))
        held.named = {column: ({}, False) for column, _owner in columns}
    return Source(tables)


def _by(rows: dict[int, Row], column: str) -> dict[Value, set[int]]:
    found: dict[Value, set[int]] = defaultdict(set)
    for rowid, row in rows.items():
        found[row[column]].add(rowid)
    return found


def salvage(
    damaged: Path, backup: Contents | None = None, progress: Callable[[float], bool] | None = None
) -> list[SalvagedPlan]:
    """All that is left of the plans of a damaged store, of those in its bin too; of one that is lost just its id.

    ``backup`` is one from before: it proves what is right, and gives what is missing. Nothing is written.
    ``OSError`` where a file cannot be opened at all. ``progress`` is told how much is done; giving false stops the
    work with ``Cancelled``.
    """
    here = of_file(damaged)
    before = of_backup(backup) if backup is not None else None
    there = set(before.plan_ids()) if before is not None else set()
    ids = sorted({*here.plan_ids(), *there})
    plans = []
    for number, plan_id in enumerate(ids):
        if progress is not None and not progress(number / len(ids)):
            raise Cancelled
        plan = here.read(plan_id)
        if before is not None and plan_id in there:
            plan.earlier = before.read(plan_id)
            plan.earlier.status = "whole"
            plan.earlier.steps = set(plan.earlier.log.edits)
        judge(plan, plan.earlier, here.template[0][0] if here.template else "")
        plans.append(plan)
    share_out(plans)
    return plans
