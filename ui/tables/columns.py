"""The columns of a task table on the screen: how each is shown, typed and written.

A column is a field of the task, as the template names it: ``task``, ``total``, ``funding.KEY``, ``years.YEAR``,
``objective+scope`` … ``number`` is the made number at the left, ``security`` the mark for information security.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.columns import layout_of, used_fields, years_of
from models.i18n import N_, _
from models.money import format_amount, parse_amount
from models.plan import Plan, Row, Table
from models.template import Template
from models.times import parse_period
from models.totals import Totals
from models.yearly import period_of, spread

#: The screen is wider than paper, and has the column of numbers and marks besides.
_PIXELS_PER_MM = 3.4

LABELS = {
    "task": N_("Sửa tên nhiệm vụ"),
    "objective": N_("Sửa mục tiêu"),
    "scope": N_("Sửa quy mô"),
    "lead": N_("Sửa đơn vị chủ trì"),
    "time": N_("Sửa thời gian"),
    "total": N_("Sửa kinh phí"),
    "funding": N_("Sửa nguồn vốn"),
    "years": N_("Sửa kinh phí theo năm"),
    "security": N_("Đánh dấu an toàn thông tin"),
    "carried_over": N_("Đánh dấu chuyển tiếp"),
    "result": N_("Sửa kết quả"),
    "note": N_("Sửa ghi chú"),
    "group": N_("Sửa tên nhóm"),
    "stated_total": N_("Sửa tổng đã nêu"),
}


@dataclass(frozen=True, slots=True)
class ScreenColumn:
    """One column: its field, head and first width in pixels."""

    field: str
    label: str
    width: int
    #: Shown only when it is asked for: nothing is in it, and the template has no place for it.
    optional: bool = False

    @property
    def is_amount(self) -> bool:
        return self.field == "total" or self.field.startswith(("funding.", "years."))

    @property
    def is_mark(self) -> bool:
        return self.field in ("security", "carried_over")

    @property
    def is_long(self) -> bool:
        return self.field in ("task", "objective", "scope", "objective+scope", "result", "note", "funding")

    @property
    def is_editable(self) -> bool:
        return self.field not in ("number", "funding")


def screen_columns(
    plan: Plan, table: Table, template: Template, used: Iterable[str] | None = None
) -> list[ScreenColumn]:
    """The columns of the table's layout, with the number before and the security mark after the amounts.

    ``used`` are the fields in use (``models.columns.used_fields``) where they are known.
    """
    layout = layout_of(plan, table, template, for_typing=True, used=used)
    found = [ScreenColumn("number", layout.number_label, 64)]
    for column in layout.columns:
        spread = column.field.startswith(("funding.", "years."))
        label = f"{column.head}: {column.label}" if column.head and not spread else column.label
        width = max(64, round(column.width * _PIXELS_PER_MM))
        if "+" in column.field:
            first, second = column.field.split("+", 1)
            # Heads are words of the document, Vietnamese in every language.
            names = {"objective": "Mục tiêu", "scope": "Quy mô"}
            found.append(ScreenColumn(first, names.get(first, label), width * 2 // 3))
            found.append(ScreenColumn(second, names.get(second, label), width // 2))
        else:
            found.append(ScreenColumn(column.field, label, width))
    last = max((i for i, column in enumerate(found) if column.is_amount), default=len(found) - 1)
    there = {column.field for column in found}
    added = [] if "security" in there else [ScreenColumn("security", _("ATTT"), 60)]
    years = years_of(plan)
    if len(years) > 1 and not any(field.startswith("years.") for field in there):
        added = [*(ScreenColumn(f"years.{year}", year, 64, True) for year in years), *added]
    used = used_fields(table) if used is None else used
    if "carried_over" not in there:
        added.append(ScreenColumn("carried_over", _("Chuyển tiếp"), 90, "carried_over" not in used))
    found[last + 1 : last + 1] = added
    if "result" not in there:
        found.append(ScreenColumn("result", _("Kết quả"), 160, True))
    return found


def value_text(row: Row, field: str, unit: str, totals: Totals, template: Template) -> tuple[str, bool]:
    """What a cell shows, and whether that is computed rather than typed."""
    if row.group is not None:
        if field == "task":
            return row.group, False
        if field == "total":
            amount = totals.row(row)
            return ("" if amount is None else format_amount(amount, unit)), True
        return "", False
    kind, _dot, key = field.partition(".")
    if kind == "total":
        typed = row.total is not None
        amount = row.total if typed else totals.row(row)
        return ("" if amount is None else format_amount(amount, unit)), not typed
    if kind == "funding" and not key:
        parts = [
            f"{template.source(source).short}: {format_amount(amount, unit)}"
            for source, amount in row.funding.items()
            if amount is not None
        ]
        return "; ".join(parts), True
    if kind in ("funding", "years"):
        amount = getattr(row, kind).get(key)
        return ("" if amount is None else format_amount(amount, unit)), False
    if field in ("security", "carried_over"):
        return ("✓" if getattr(row, field) else ""), False
    return str(getattr(row, field) or ""), False


def edit_text(row: Row, field: str, unit: str) -> str:
    """What the editor of a cell begins with: the typed value alone."""
    if row.group is not None:
        if field == "total":
            return "" if row.stated_total is None else format_amount(row.stated_total, unit)
        return row.group if field == "task" else ""
    kind, _dot, key = field.partition(".")
    if kind == "total" or key:
        amount = row.total if kind == "total" else getattr(row, kind).get(key)
        return "" if amount is None else format_amount(amount, unit)
    return str(getattr(row, field) or "")


def values_of(row: Row, field: str, text: str, unit: str) -> dict[str, Any]:
    """The fields that a text typed into a cell sets; ``AmountError`` where it is no amount.

    An amount by the year ("500/năm") fills the years of the task.
    """
    text = text.strip()
    if row.group is not None:
        if field == "total":
            return {"stated_total": parse_amount(text, unit) if text else None}
        return {"group": text} if field == "task" else {}
    kind, _dot, key = field.partition(".")
    if kind in ("total", "years") and (yearly := spread(row, text, unit, period_of(row))) is not None:
        return yearly
    if kind == "total":
        return {"total": parse_amount(text, unit) if text else None}
    if key:
        amounts = dict(getattr(row, kind))
        if text:
            amounts[key] = parse_amount(text, unit)
        else:
            amounts.pop(key, None)
        return {kind: amounts}
    if field == "time":
        if text == row.time:
            return {}
        first, last = parse_period(text) or (None, None)
        return {"time": text, "time_from": first, "time_to": last}
    return {field: text}
