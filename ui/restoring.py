"""Backups looked into, compared with the store, and taken back: what the threads of the window do with plain data."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models import template
from models.compare import compare
from models.errors import UserError
from models.evaluate import evaluate
from models.i18n import _
from models.money import format_amount, unit_name
from models.plan import Plan
from models.store import Store, backups
from models.store.backups import Backup
from models.template import Template
from models.text import security_table
from ui.widgets.backup_lists import HeldLine, relation
from ui.widgets.change_lines import Line, lines, summary


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a plan back would change in the store, and the sums that it would have then."""

    plan_id: str
    name: str
    lines: list[Line]
    template: Template
    summary: str
    sums: str


@dataclass(frozen=True, slots=True)
class Restored:
    """The plans taken back, by id; those of them that the store had; and the backup made before."""

    plan_ids: list[str]
    replaced: list[str]
    before: Backup | None


def look(folder: Path, backup: Backup, word: str) -> list[HeldLine]:
    """The plans in a backup, each beside that of the store. ``UserError`` where it cannot be opened."""
    with backups.opened(backup, word) as contents, closing(Store(folder, reading=True)) as store:
        # Sums are not asked for: those kept may be old, which is no matter here.
        shown, thrown = (
            {plan.id: plan.changed for plan in store.summaries(lambda _plan: (None, 0, 0), deleted)}
            for deleted in (False, True)
        )
        return [HeldLine(held, relation(held, shown, thrown)) for held in contents.plans]


def preview(folder: Path, backup: Backup, word: str, plan_id: str) -> Preview:
    """What would change in a plan. ``UserError`` where backup, store or template cannot be read."""
    with backups.opened(backup, word) as contents, closing(Store(folder, reading=True)) as store:
        after = contents.read(plan_id)
        before = store.read(plan_id) if store.has(plan_id) else Plan(id=plan_id, template=after.template)
    spec = template.of(after)
    found = compare(before, after, spec)
    table = security_table(after, spec)
    unit = table.unit if table is not None else "dong"
    said = summary(found, unit) if not found.is_empty else _("Nội dung giống hệt kế hoạch trong kho dữ liệu.")
    return Preview(plan_id, after.subject or plan_id, lines(found, spec), spec, said, _sums(after, unit))


def _sums(after: Plan, unit: str) -> str:
    found = evaluate(after)
    total = "–" if found.total is None else f"{format_amount(found.total, unit)} {unit_name(unit)}"
    return _("Sau khi khôi phục: tổng {total}; {errors} lỗi, {warnings} cảnh báo.").format(
        total=total, errors=found.count("error"), warnings=found.count("warning")
    )


def restore(folder: Path, backup: Backup, word: str, plan_ids: Sequence[str]) -> Restored:
    """Back the store up, and take plans back: all of them or none. ``UserError`` where that cannot be done."""
    with backups.opened(backup, word) as contents, closing(Store(folder)) as store:
        if store.is_reading:
            raise UserError(store.why_reading)
        before = backups.before_restore(store.path)
        replaced = [plan_id for plan_id in plan_ids if store.has(plan_id)]
        backups.restore(store, contents, plan_ids)
    return Restored(list(plan_ids), replaced, before)


def age(newest: Backup | None, now: datetime | None = None) -> str:
    """How old the newest backup is, in a sentence."""
    if newest is None:
        return _("Chưa có bản sao lưu nào.")
    days = ((now or datetime.now()).date() - datetime.fromisoformat(newest.created).date()).days
    if days <= 0:
        return _("Bản sao lưu mới nhất là của hôm nay.")
    if days == 1:
        return _("Bản sao lưu mới nhất là của hôm qua.")
    return _("Bản sao lưu mới nhất đã {days} ngày.").format(days=days)
