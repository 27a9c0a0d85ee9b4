"""The columns of a task table that is to be filled in: all its fields, each with a cell of its own."""

from __future__ import annotations

from models.columns import layout_of, used_fields, years_of
from models.exports.sheet_sums import is_amount
from models.plan import Plan, Table
from models.template import Column, Layout, Template

_TEXTS = ("objective", "lead", "time", "total", "result", "note")
_PARTS = {"objective": "Mục tiêu", "scope": "Quy mô"}
_MARKS = (
    Column(field="security", label="ATTT (x)", width=15),
    Column(field="carried_over", label="Chuyển tiếp (x)", width=18),
)


def columns_of(plan: Plan, table: Table, template: Template, fill_in: bool) -> tuple[list[Column], Layout]:
    """The columns of the table's sheet behind that of the numbers, and the layout they come from."""
    if not fill_in:
        layout = layout_of(plan, table, template)
        return list(layout.columns), layout
    years = years_of(plan)
    wanted = {*_TEXTS, *(f"funding.{source.key}" for source in template.sources)}
    if len(years) > 1:
        wanted.update(f"years.{year}" for year in years)
    layout = layout_of(plan, table, template, for_typing=True, used=wanted | used_fields(table))
    found: list[Column] = []
    for column in layout.columns:
        if "+" in column.field:
            for field, share in zip(column.field.split("+"), (0.8, 0.5), strict=True):
                found.append(Column(field=field, label=_PARTS.get(field, column.label), width=column.width * share))
        else:
            found.append(column)
    there = {column.field for column in found}
    last = max((at for at, column in enumerate(found) if is_amount(column.field)), default=len(found) - 1)
    found[last + 1 : last + 1] = [mark for mark in _MARKS if mark.field not in there]
    return found, layout
