"""Checks of the tasks themselves: what is missing, what stands twice, when they are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from models.checks.amounts import short_name
from models.checks.context import Context, TableContext
from models.checks.finding import Finding, finding
from models.i18n import N_
from models.plan import Row, walk_rows
from models.times import parse_period


def check_complete(row: Row, at: TableContext) -> Sequence[Finding]:
    """``task.incomplete``: a name, and where the table has a place for them a lead unit and a time.

    Parts share what their task says, and a task shares what all its parts say.
    """
    if row.group is not None:
        if row.group.strip():
            return ()
        return (finding("task.incomplete", row, "group", N_("Nhóm nhiệm vụ chưa có tên."), severity="error"),)
    found: list[Finding] = []
    if not (row.task or "").strip():
        found.append(finding("task.incomplete", row, "task", N_("Nhiệm vụ chưa có tên."), severity="error"))
    if at.expects_lead and _lacks(row, at, _has_lead):
        text = N_("Nhiệm vụ “{task}” chưa có đơn vị chủ trì.")
        found.append(finding("task.incomplete", row, "lead", text, {"task": short_name(row)}))
    if at.expects_time and _lacks(row, at, _has_time):
        text = N_("Nhiệm vụ “{task}” chưa có thời gian thực hiện.")
        found.append(finding("task.incomplete", row, "time", text, {"task": short_name(row)}))
    return found


def _lacks(row: Row, at: TableContext, has: Callable[[Row], bool]) -> bool:
    """Whether this is the row to tell that something is missing: once, at the task or at the part that lacks it."""
    if has(row):
        return False
    if row.rows and any(has(part) for part in row.rows):
        return False
    parent = at.tasks_above.get(id(row))
    if parent is None:
        return True
    siblings_have = any(has(part) for part in parent.rows)
    while parent is not None:
        if has(parent):
            return False
        parent = at.tasks_above.get(id(parent))
    return siblings_have


def _has_lead(row: Row) -> bool:
    return bool(row.lead.strip())


def _has_time(row: Row) -> bool:
    return bool(row.time.strip()) or row.time_from is not None or row.time_to is not None


#: What makes two tasks the same: their names, lead units and times, and of parts the names of the tasks they are of.
TaskKey = tuple[str, str, int | None, int | None, str, str]


def task_key(row: Row) -> TaskKey | None:
    """What a task shares with its duplicates; ``None`` for a group, and for a task without a name."""
    if row.task is None or not (name := _folded(row.task)):
        return None
    # Parts of different tasks are often called the same: "Mua sắm thiết bị".
    above = row.parent.task if isinstance(row.parent, Row) else ""
    return name, _often(row.lead), row.time_from, row.time_to, _often(row.time), _often(above or "")


def check_duplicates(at: Context) -> Sequence[Finding]:
    """``task.duplicate``: two tasks of one table with the same name, unit and time."""
    found: list[Finding] = []
    for table in at.plan.tables:
        seen: set[TaskKey] = set()
        for row in () if table.is_register else walk_rows(table.rows):
            key = task_key(row)
            if key is not None:
                if key in seen:
                    found.append(duplicate(row))
                seen.add(key)
    return found


def duplicate(row: Row) -> Finding:
    """That a task is there a second time."""
    text = N_("Nhiệm vụ “{task}” có hai lần, cùng đơn vị chủ trì và thời gian.")
    return finding("task.duplicate", row, "task", text, {"task": short_name(row)})


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".;,")


#: The same for what many tasks share.
_often = lru_cache(maxsize=1024)(_folded)


def check_times(row: Row, at: TableContext) -> Sequence[Finding]:
    """``period.order`` and ``period.outside`` of a task."""
    if row.task is None:
        return ()
    first, last, time = row.time_from, row.time_to, row.time
    if first is None and last is None:
        if not time:
            return ()
        years = parse_period(time)
        if years is None:
            return ()
        first, last = years
        field = "time"
    else:
        field = "time_from" if not time else "time"
        first = last if first is None else first
        last = first if last is None else last
    assert first is not None and last is not None
    if last < first:
        text = N_("Thời gian {first}-{last} kết thúc trước khi bắt đầu.")
        return (finding("period.order", row, field, text, {"first": first, "last": last}),)
    if at.period is None:
        return ()
    begin, end = at.period
    outside = last < begin or first > end
    partly = not outside and (first < begin or last > end) and not row.carried_over
    if not outside and not partly:
        return ()
    if outside:
        text = N_("Thời gian của nhiệm vụ “{task}” không có năm nào thuộc kỳ kế hoạch {period}.")
    else:
        text = N_("Thời gian của nhiệm vụ “{task}” chỉ thuộc một phần kỳ kế hoạch {period}.")
    period = str(begin) if begin == end else f"{begin}-{end}"
    return (finding("period.outside", row, field, text, {"task": short_name(row), "period": period}),)
