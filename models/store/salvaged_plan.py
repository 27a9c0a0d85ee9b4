"""One plan of a damaged store: how much of it is left, what is missing, and what can be put in its place.

Three things tell whether a plan is all there: the indexes name its parts a second time; the log of edits tells what
was last written into them; and a good backup, brought up by that log, says what it must be now. SQLite has no
checksums of its own, so that only a plan of which the last holds is called whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from models.i18n import N_, _
from models.plan import LegalBasis, Part, Plan, Section, Table
from models.plan import Row as PlanRow
from models.store.columns import AS_JSON, TYPES, fields
from models.store.layout import Row
from models.store.pages import Value
from models.store.replay import NOT_LOGGED, Key, Log, State, are_all_logged, brought_up, reliable, touched

#: ``whole``: proved to be as it was last saved. ``complete``: all parts are there and fit, with nothing to compare
#: them with. ``part``: something is missing or contradicts itself. ``lost``: nothing of it can be used.
Status = Literal["whole", "complete", "part", "lost"]

#: Tables whose rows make a plan, from the top down, each with the columns that say where a row hangs and on what.
PARTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("legal_basis", (("plan_id", "plan"),)),
    ("section", (("plan_id", "plan"), ("parent_id", "section"))),
    ("plan_table", (("plan_id", "plan"),)),
    ("row", (("table_id", "plan_table"), ("parent_id", "row"))),
)
#: What of each table may be missing, and may have been taken from a backup.
_LOST = {
    "plan": (N_("thông tin chung"), N_("thông tin chung lấy từ bản sao lưu")),
    "legal_basis": (N_("{count} căn cứ"), N_("{count} căn cứ lấy từ bản sao lưu")),
    "section": (N_("{count} mục"), N_("{count} mục lấy từ bản sao lưu")),
    "plan_table": (N_("{count} bảng"), N_("{count} bảng lấy từ bản sao lưu")),
    "row": (N_("{count} dòng"), N_("{count} dòng lấy từ bản sao lưu")),
}


@dataclass(slots=True)
class SalvagedPlan:
    """What was found of one plan.

    ``rows`` hold its parts as columns by table and key; ``log`` its edits, ``steps`` those of them that undo can still
    use; ``exports`` its kept final exports. ``lost`` are short texts that name what is missing.
    """

    id: str
    status: Status = "lost"
    rows: State = field(default_factory=dict)
    log: Log = field(default_factory=Log)
    steps: set[int] = field(default_factory=set)
    exports: list[Row] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    #: Parts that an index names and that are not there, with the column and the key that say where they hang.
    missing: dict[Key, tuple[str, Value]] = field(default_factory=dict)
    #: A row may be out of date; rows may be missing that nothing names.
    is_doubtful: bool = False
    is_open_ended: bool = False
    #: The same plan in the backup.
    earlier: SalvagedPlan | None = None

    def text(self, name: str) -> str:
        """A text of the plan itself, such as ``unit_name``; empty where it is not known."""
        return str(self.rows.get(("plan", self.id), {}).get(name) or "")

    @property
    def is_deleted(self) -> bool:
        return self.rows.get(("plan", self.id), {}).get("deleted") is not None

    @property
    def changed(self) -> str:
        """Local time (ISO 8601) of its last edit; empty where that is not known."""
        applied = self.log.applied()
        return str(self.log.edits[max(applied)]["at"]) if applied else ""

    def best(self) -> SalvagedPlan:
        """This one, or the backup's where nothing is left of this one or the backup is newer."""
        return self.earlier if self.earlier and (not self.rows or self.is_older_than_backup()) else self

    def is_older_than_backup(self) -> bool:
        """Whether the backup knows of edits that the log here, which is whole, does not."""
        if self.earlier is None or not self.log.is_complete:
            return False
        return max(self.earlier.log.edits, default=0) > max(self.log.edits, default=0)


def judge(plan: SalvagedPlan, earlier: SalvagedPlan | None, template: str) -> None:
    """Say how much of a plan is left, and fill what is missing as far as anything tells of it."""
    if not any(table != "plan" for table, _key in plan.rows) and plan.missing:
        # Nothing but a name: of no use, and it stays so.
        plan.rows.clear()
        return
    now = None
    if earlier is not None:
        # Of a log with gaps nobody knows which edits it has lost.
        now = brought_up(earlier.rows, earlier.log, plan.log) if plan.log.is_complete else earlier.rows
    if earlier is not None and now is not None:
        all_logged = plan.log.is_complete and are_all_logged(earlier.log, plan.log)
        if _is_proved(plan, now, earlier, all_logged):
            top = ("plan", plan.id)
            mine = {name: plan.rows[top][name] for name in NOT_LOGGED} if top in plan.rows else {}
            plan.rows = now | {top: now[top] | mine}
            plan.status, plan.missing = "whole", {}
            plan.steps = reliable(plan.rows, plan.log)[0]
            return
        if all_logged and not plan.missing and not plan.is_open_ended and not plan.is_doubtful:
            plan.lost.append(_("nội dung không khớp với bản sao lưu và lịch sử sửa"))
    plan.steps, contradicts = reliable(plan.rows, plan.log)
    if contradicts and not plan.missing and not plan.lost:
        plan.lost.append(_("nội dung không khớp với lịch sử sửa"))
    source = now or (earlier.rows if earlier is not None else {})
    _fill(plan, source, template)
    _mend(plan, source)
    if plan.is_open_ended:
        plan.lost.append(_("có thể cả những phần không còn dấu vết"))
    if plan.is_doubtful and not plan.lost:
        plan.lost.append(_("có thể không phải nội dung mới nhất"))
    if ("plan", plan.id) not in plan.rows:
        plan.rows.clear()
    else:
        plan.status = "part" if plan.lost else "complete"


def _is_proved(plan: SalvagedPlan, now: State, earlier: SalvagedPlan, all_logged: bool) -> bool:
    """Whether backup and log together say what the plan is, and nothing that was found of it says otherwise.

    Where every row is there and the same, the two prove each other. What is missing, or is another than in the backup
    though no edit touched it, is proved by a log without a gap.
    """
    differ = {place for place, row in plan.rows.items() if _logged(place, row) != _logged(place, now.get(place))}
    is_same = not differ and not plan.is_doubtful and plan.rows.keys() == now.keys()
    if not is_same and (not all_logged or differ & touched(earlier.log, plan.log)):
        return False
    key = ("plan", plan.id)
    mine = plan.rows.get(key)
    if mine is None:
        return True
    # A final export raises the revision, and the bin takes a plan, without a change in the log.
    revisions = {earlier.rows[key]["revision"], *(row["revision"] for row in plan.exports)}
    return mine["revision"] in revisions and (mine["deleted"] == earlier.rows[key]["deleted"] or not all_logged)


def _mend(plan: SalvagedPlan, source: State) -> None:
    """Lists and numbers that lie in the store as JSON and are damaged: as ``source`` has them, else none."""
    cells = 0
    for (table, key), row in list(plan.rows.items()):
        for name in AS_JSON[TYPES[table]]:
            if not _is_json(row.get(name)):
                cells += 1
                other = source.get((table, key)) or _blank((table, key), "?") or {}
                plan.rows[table, key] = plan.rows[table, key] | {name: other.get(name)}
    if cells:
        plan.lost.append(_("{count} ô").format(count=cells))


def _is_json(value: Value) -> bool:
    if value is None:
        return True
    try:
        json.loads(str(value))
    except (ValueError, RecursionError):
        return False
    return True


def _logged(place: Key, row: Row | None) -> Row | None:
    if row is None or place[0] != "plan":
        return row
    return {name: value for name, value in row.items() if name not in NOT_LOGGED}


def _fill(plan: SalvagedPlan, source: State, template: str) -> None:
    """Put in what is missing: as ``source`` has it, else an empty part where something hangs on it; and name it."""
    lost: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    owners = {row[column] for (table, _key), row in plan.rows.items() for column in _owner_columns(table)}
    for key, (column, owner) in plan.missing.items():
        if key in source and _hangs(source[key], plan, key[0]):
            filled[key[0]] += 1
            plan.rows[key] = source[key]
            continue
        lost[key[0]] += 1
        if key[1] in owners or key[0] == "plan":
            blank = _blank(key, template)
            if blank is not None:
                plan.rows[key] = {"id": key[1], **blank, **({column: owner} if column else {})}
    _drop_loose_ends(plan, lost)
    for which, counts in enumerate((lost, filled)):
        plan.lost += [_(_LOST[table][which]).format(count=count) for table, count in counts.items() if count]


def _owner_columns(table: str) -> tuple[str, ...]:
    return next((tuple(column for column, _owner in columns) for name, columns in PARTS if name == table), ())


def _hangs(row: Row, plan: SalvagedPlan, table: str) -> bool:
    """Whether what a row hangs on is there."""
    for name, columns in PARTS:
        if name == table:
            keys = [(owner, row[column]) for column, owner in columns if row[column] is not None]
            return bool(keys) and all(key in plan.rows for key in keys)
    return True


def _drop_loose_ends(plan: SalvagedPlan, lost: Counter[str]) -> None:
    """Leave out what hangs on nothing, until all that is left hangs on the plan."""
    while ends := [key for key, row in plan.rows.items() if not _hangs(row, plan, key[0])]:
        for key in ends:
            del plan.rows[key]
            lost[key[0]] += 1


def _blank(key: Key, template: str) -> Row | None:
    """An empty part in the place of one that is lost, as its columns; ``None``: it cannot be made up.

    Its text is the plan's own from then on: Vietnamese, whatever the window speaks.
    """
    table = key[0]
    part: Part
    if table == "plan":
        if not template:
            return None
        part = Plan(id=str(key[1]), template=template, subject="(kế hoạch bị mất thông tin chung)")
        return {**fields(part), "deleted": None}
    if table == "section":
        part = Section(heading="(mục bị mất)")
    elif table == "plan_table":
        part = Table(title="(bảng bị mất)")
    elif table == "legal_basis":
        part = LegalBasis()
    else:
        part = PlanRow(group="(dòng bị mất)")
    return fields(part)


_BEST_FIRST: tuple[Status, ...] = ("whole", "complete", "part", "lost")


def share_out(plans: Sequence[SalvagedPlan]) -> None:
    """Give a part that more than one plan claims to the best of them: where it hangs is damaged."""
    taken: set[Key] = set()
    for plan in sorted(plans, key=lambda plan: _BEST_FIRST.index(plan.status)):
        twice = plan.rows.keys() & taken
        if twice:
            lost: Counter[str] = Counter(table for table, _key in twice)
            for key in twice:
                del plan.rows[key]
            _drop_loose_ends(plan, lost)
            plan.status = "part"
            plan.lost += [_(_LOST[table][0]).format(count=count) for table, count in lost.items()]
            plan.steps = reliable(plan.rows, plan.log)[0]
        taken |= plan.rows.keys()
