"""What makes a sheet fit to be filled in: lists to choose from, limits, hints, and which cells are open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models.columns import years_of
from models.exports import sheet_kept as kept
from models.exports import sheet_style as look
from models.exports.phrases import UNITS, YES
from models.money import LIMIT
from models.money import UNITS as FACTORS
from models.plan import Plan, walk_rows
from models.template import Template

#: Empty rows at the end of every group and table that is to be filled in.
BLANK_ROWS = 15
#: The hidden identity of a row is this times the number of its table, and its own number there in printed order.
TABLE_STEP = 10_000_000

#: Column of the hidden sheet that holds the choices of a field.
_LISTS = ("lead", "time", "funding")
_ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True,
    "sort": True, "autofilter": True,
}  # fmt: skip
_TITLES = {"number": "Số thứ tự", "lead": "Đơn vị chủ trì", "time": "Thời gian", "funding": "Nguồn vốn"}
_HINTS = {
    "number": "Để trống: một nhiệm vụ của nhóm ngay trên. Gõ số kiểu {styles} để chọn cấp; chương trình đánh số lại.",
    "lead": "Chọn đơn vị đã dùng trong kế hoạch hoặc gõ tên khác.",
    "time": "Chọn năm hoặc gõ thời gian, ví dụ 2022, 2021-2025, Quý 4/2022.",
    "funding": "Ghi tên nguồn, hoặc nguồn và số tiền, ví dụ “NSĐP: 4.000; Khác: 11.000”.",
}


def protect(out: Worksheet, rows: bool = False) -> None:
    """Close the locked cells, without a password; ``rows``: rows may come and go."""
    allowed = _ALLOWED if rows else {name: name.startswith("format") for name in _ALLOWED}
    out.protect("", dict(allowed))


class Lists:
    """The choices of the drop-down lists, which stand in the hidden sheet."""

    def __init__(self, plan: Plan, template: Template) -> None:
        leads = dict.fromkeys(
            look.clean(row.lead)
            for table in plan.tables
            if not table.is_register
            for row in walk_rows(table.rows)
            if row.lead
        )
        years = years_of(plan)
        period = [f"{years[0]}-{years[-1]}"] if len(years) > 1 else []
        sources = [source.short for source in template.sources]
        # XlsxWriter would take "<r>" for ready-made XML.
        self._values: dict[str, list[str]] = {
            "lead": [lead for lead in leads if len(lead) <= 250 and not lead.startswith("<r>")],
            "time": [*years, *period],
            "funding": sources,
        }

    def source(self, field: str) -> str:
        """The cells that hold the choices, as a formula; empty where there are none."""
        count = len(self._values.get(field, ()))
        if not count:
            return ""
        column = _LISTS.index(field) + 1
        first, last = (xl_rowcol_to_cell(row, column, True, True) for row in (0, count - 1))
        return f"='{kept.SHEET}'!{first}:{last}"

    def columns(self) -> Iterator[tuple[int, list[str]]]:
        """Column number and texts, for the hidden sheet."""
        for column, field in enumerate(_LISTS, 1):
            yield column, self._values[field]


def write_kept(book: Workbook, found: kept.Kept, lists: Lists) -> None:
    """The hidden sheet: plan, map and choices."""
    out = book.add_worksheet(kept.SHEET)
    for row, text in enumerate(kept.written(found)):
        out.write_string(row, 0, text)
    for column, texts in lists.columns():
        for row, text in enumerate(texts):
            out.write_string(row, column, text)
    out.very_hidden()


def guide_entries(
    out: Worksheet, lists: Lists, fields: Sequence[str], unit: str, rows: tuple[int, int], styles: Sequence[str] | None
) -> None:
    """Lists, limits and hints for the cells of ``fields`` (by column) from the first to the last of ``rows``.

    The hints pop up at every cell, so only a workbook to be filled in has all of them: there ``styles`` are those of
    the rows' numbers, elsewhere ``None``.
    """
    first, last = rows
    for column, field in enumerate(fields):
        rule = _rule(lists, field, unit, styles)
        if rule and last >= first:
            out.data_validation(first, column, last, column, rule)


def _rule(lists: Lists, field: str, unit: str, styles: Sequence[str] | None) -> dict[str, Any] | None:
    if field == "total" or field.startswith(("funding.", "years.")):
        return amount_rule(unit)
    if field in ("security", "carried_over"):
        return {
            "validate": "list",
            "source": [YES],
            "error_title": "Chưa nhận được",
            "error_message": f"Ô này chỉ nhận dấu {YES}, hoặc để trống.",
        }
    rule: dict[str, Any] = {}
    if source := lists.source(field):
        # Another text is as good: the list only helps.
        rule = {"validate": "list", "source": source, "show_error": False}
    if styles is not None and field in _HINTS:
        rule.setdefault("validate", "any")
        rule |= {"input_title": _TITLES[field], "input_message": _HINTS[field].format(styles=", ".join(styles))}
    return rule or None


def amount_rule(unit: str) -> dict[str, Any]:
    """An amount typed in ``unit``: not below zero, not beyond what the program takes, of whole đồng."""
    most = LIMIT // FACTORS[unit]
    whole = unit == "dong"
    kind = "số nguyên đồng" if whole else f"số theo {UNITS[unit]}"
    shown = f"{most:,}".replace(",", ".")
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": most,
        "error_title": "Số tiền chưa đúng",
        "error_message": f"Ô này nhận {kind}, từ 0 đến {shown}, không kèm chữ; chưa biết số tiền thì để trống.",
    }
