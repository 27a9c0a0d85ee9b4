"""Last year's list of tasks in the new plan: those that go on, and all of them in the review."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from models.i18n import N_
from models.money import format_amount
from models.next_year_notes import CHANGED, KEPT, LEFT, Note
from models.next_year_outline import Sources
from models.next_year_tables import dressed, list_of, main_table, texts_of
from models.next_year_tasks import Around, Offer, rows_going_on, rows_looked_back_on
from models.next_year_text import moved
from models.plan import Plan, Row, Table
from models.template import TableSpec

#: The review of the tasks for security, where a template has one of its own.
SECURITY_REVIEW = "spending_security"


def take_tasks(
    plan: Plan, of: Sources, main: Table | None, around: Around, offered: list[Offer], carry: Collection[int] | None,
    states: Mapping[int, str], notes: list[Note],
) -> None:  # fmt: skip
    """Fill the plan's list with the tasks that go on (``carry``), and the review with all of them."""
    if main is None:
        return
    carry = {offer.number for offer in offered if offer.carry} if carry is None else set(carry)
    found = {offer.number: offer.state for offer in offered} | dict(states)
    spec = list_of(of, new=True)
    goal = main_table(plan, spec)
    if goal is None:
        goal = Table(key="tasks", title=moved(main.title, of.by)[0], unit=main.unit)
        plan.tables.append(goal)
        notes.append(
            Note(KEPT, N_("Mẫu mới không có bảng nhiệm vụ; bảng “{title}” được giữ riêng."), {"title": goal.title})
        )
    goal.rows = rows_going_on(main, around, carry)
    old_spec = list_of(of, new=False)
    dressed(goal, main, of, spec, old_spec)
    if goal.title != moved(main.title, of.by)[0] and main.title.strip():
        text = N_("Tên bảng “{title}” theo mẫu mới.")
        notes.append(Note(CHANGED, text, {"title": main.title}, (main.title,)))
    behind = _look_back(plan, of, main, around, found, notes)
    if main.stated_total is not None and behind:
        text = N_("Tổng đã nêu {amount} triệu đồng của bảng “{title}” là của kế hoạch trước nên không chuyển sang.")
        notes.append(Note(LEFT, text, {"amount": format_amount(main.stated_total, "million"), "title": main.title}))


def _look_back(
    plan: Plan, of: Sources, main: Table, around: Around, states: Mapping[int, str], notes: list[Note]
) -> bool:
    """Fill the review; gives whether the old list's stated total has no place there."""
    span = around.span
    if span.is_share and span.old is not None and not span.old[0] < span.new[0] <= span.old[1] + 1:
        if main.rows:
            text = N_("Kế hoạch trước không có năm {year} nên bảng đánh giá để trống.")
            notes.append(Note(LEFT, text, {"year": span.new[0] - 1}, tuple(texts_of(main))))
        return True
    rows, out = rows_looked_back_on(main, around, states)
    if out:
        text = N_("{count} nhiệm vụ không thực hiện trong năm {year} nên không đưa vào đánh giá.")
        texts = tuple(text for row in out for text in texts_of(Table(rows=[row])))
        notes.append(Note(LEFT, text, {"count": len(out), "year": span.new[0] - 1}, texts))
    if not rows:
        return True
    specs = [spec for spec in of.new.tables if spec.span == "previous" and not spec.columns]
    usual = [spec for spec in specs if spec.key != SECURITY_REVIEW]
    apart = next((spec for spec in specs if spec.key == SECURITY_REVIEW), None) if usual else None
    if not specs:
        title = f"KẾT QUẢ THỰC HIỆN NHIỆM VỤ KẾ HOẠCH {span.period}".strip()
        review = Table(key="spending", title=title, unit=main.unit)
        plan.tables.append(review)
        notes.append(Note(KEPT, N_("Mẫu mới không có bảng đánh giá; bảng “{title}” được thêm vào."), {"title": title}))
    else:
        review = _table(plan, (usual or specs)[0])
    security = _of_security(rows) if apart is not None else []
    if apart is not None and security:
        rows = _without_security(rows)
        _table(plan, apart).rows = security
        _table(plan, apart).numbering = None if main.numbering is None else list(main.numbering)
    review.rows = rows
    if any(row.is_group for row in rows) or not specs:
        review.numbering = None if main.numbering is None else list(main.numbering)
        review.continuous = main.continuous
    if span.is_share or security:
        return True
    review.stated_total = main.stated_total
    return False


def _table(plan: Plan, spec: TableSpec) -> Table:
    return next(table for table in plan.tables if table.key == spec.key)


def _of_security(rows: list[Row]) -> list[Row]:
    """The tasks for security, in their groups; groups without any are left out."""
    found = []
    for row in rows:
        if row.group is None:
            found += [row] if row.security else []
        elif below := _of_security(row.rows):
            found.append(Row(group=row.group, rows=below))
    return found


def _without_security(rows: list[Row]) -> list[Row]:
    found = []
    for row in rows:
        if row.group is not None:
            below = _without_security(row.rows)
            total = row.stated_total if not _of_security(row.rows) else None
            found.append(Row(group=row.group, stated_total=total, rows=below))
        elif not row.security:
            found.append(row)
    return found
