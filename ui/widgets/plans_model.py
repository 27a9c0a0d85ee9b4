"""The plans of the store as the list shows them, one a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.i18n import N_, _
from models.money import format_amount
from models.store import Summary

Index = QModelIndex | QPersistentModelIndex

YEARS, UNIT, SUBJECT, TOTAL, CHECKS, CHANGED = range(6)
HEADS = (
    N_("Năm"),
    N_("Đơn vị"),
    N_("Trích yếu"),
    N_("Tổng (triệu đồng)"),
    N_("Kiểm tra"),
    N_("Sửa lần cuối"),
)
SORT = Qt.ItemDataRole.UserRole
LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One plan of the list; ``note`` says why it has no sums, and is empty otherwise."""

    plan: Summary
    note: str = ""


def human_time(text: str, now: datetime | None = None) -> str:
    """A moment (ISO 8601) as people say it: "14:32 hôm nay", "09:05 hôm qua", "20/11/2026"."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    today = (now or datetime.now()).date()
    clock = moment.strftime("%H:%M")
    if moment.date() == today:
        return _("{time} hôm nay").format(time=clock)
    if moment.date() == today - timedelta(days=1):
        return _("{time} hôm qua").format(time=clock)
    return human_date(moment.date())


def widest_times() -> list[str]:
    midnight = datetime.combine(date.today(), datetime.min.time())
    return [human_time((midnight - timedelta(days=days)).isoformat()) for days in range(2)]


def human_date(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def years_text(plan: Summary) -> str:
    """The years a plan is for: "2027", "2021–2025"; empty where unknown."""
    if plan.period_from is None:
        return ""
    last = plan.period_to
    return str(plan.period_from) if last in (None, plan.period_from) else f"{plan.period_from}–{last}"


class PlansModel(QAbstractTableModel):
    """The plans of the store, one a line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == TOTAL else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == LINE:
            return line
        if role == SORT:
            return self._key(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(HEADS[column])}: {self._tip(line, column) or self._text(line, column) or '–'}"
        return None

    def _text(self, line: Line, column: int) -> str:
        plan = line.plan
        if column == YEARS:
            return years_text(plan)
        if column == UNIT:
            return plan.unit_name
        if column == SUBJECT:
            return plan.subject or _("(chưa có trích yếu)")
        if column == TOTAL:
            return "–" if line.note or plan.total is None else format_amount(plan.total, "million")
        if column == CHECKS:
            return _counts(line)
        return human_time(plan.changed)

    def _tip(self, line: Line, column: int) -> str:
        if column == SUBJECT:
            return f"{line.plan.subject}\n{line.note}".strip()
        if column == UNIT:
            return line.plan.unit_name
        return _counts(line) if column == CHECKS else ""

    def _key(self, line: Line, column: int) -> Any:
        plan = line.plan
        keys: dict[int, Any] = {
            YEARS: (plan.period_from or 0) * 10000 + (plan.period_to or 0),
            UNIT: plan.unit_name,
            SUBJECT: plan.subject,
            # As text of one length: an int beyond 32 bits is compared wrongly on its way through Qt.
            TOTAL: "" if line.note or plan.total is None else f"{plan.total + 10**18:020}",
            CHECKS: -1 if line.note else plan.errors * 100_000 + min(plan.warnings, 99_999),
            CHANGED: plan.changed,
        }
        return keys[column]


def _counts(line: Line) -> str:
    if line.note:
        return _("chưa kiểm tra được")
    plan = line.plan
    if not plan.errors and not plan.warnings:
        return _("không có lỗi")
    return _("{errors} lỗi, {warnings} cảnh báo").format(errors=plan.errors, warnings=plan.warnings)
