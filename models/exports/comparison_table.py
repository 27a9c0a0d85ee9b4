"""The sheet of a table in the workbook that compares two states of a plan."""

from __future__ import annotations

from typing import Any

from models import change_texts as say
from models.comparison import Change, Item, TableChange
from models.exports import phrases
from models.exports import sheet_style as look
from models.exports.comparison_cells import (
    GROUNDS,
    Job,
    amount_of,
    keep_quiet,
    set_widths,
    write_amounts,
    write_both,
    write_heads,
)
from models.exports.sheet_style import GrowingSheet
from models.field_names import field_name

_WIDTHS = (14, 70, 26, 32, 58, 58, 30)
_HEADS = ("TT", "Nhiệm vụ, dự án", "Thay đổi", "Nội dung thay đổi", "Trước", "Sau", "Chênh lệch")
_ADDED_UP = "Tổng cộng"


def write_table(job: Job, out: GrowingSheet, table: TableChange) -> None:
    get, last = job.styles.get, len(_WIDTHS) - 1
    widths = set_widths(out, _WIDTHS)
    at = 0
    unit = "" if table.is_register else phrases.unit_line(table.unit)
    for text, properties in (
        (table.title, {"bold": True, "align": "center", "font_size": 13}),
        (f"Trước: {job.names[0]}. Sau: {job.names[1]}.", {"italic": True, "align": "center"}),
        (unit, {"italic": True, "align": "right"}),
    ):
        if text:
            look.merge(out, at, last, text, get(text_wrap=True, **properties), table.title)
            out.set_row(at, look.height_for(look.lines_needed(text, sum(widths), 13, bold=True), 13))
            at += 1
    heads = at
    labels = list(_HEADS)
    if table.columns is not None:
        labels[1] = next((label for label in table.columns if label.strip().upper() not in ("TT", "STT")), labels[1])
    at = write_heads(job, out, at, labels)
    for change in table.fields:
        name = field_name(change.field, job.template)
        _write_line(job, out, at, table, ("", "", "Sửa bảng", name), change, {}, 0)
        at += 1
    for item in table.rows:
        at = _write_item(job, out, at, table, item)
    if not table.is_register:
        bold: dict[str, Any] = {"bold": True, "bg_color": look.HEAD_COLOUR}
        style = get(border=1, align="center", **bold)
        for column in range(4):
            look.write_text(out, at, column, phrases.TOTAL if column == 1 else "", style, table.title)
        write_amounts(job, out, at, 4, table.total_before, table.total_after, table.unit, bold)
        out.set_growing_row(at, look.height_for(1))
        at += 1
    look.page_setup(out, landscape=True, draft=False, code=None, heads=(heads, heads))
    out.print_area(0, 0, at - 1, last)
    out.freeze_panes(heads + 1, 2)
    out.autofilter(heads, 0, max(at - 1 - (not table.is_register), heads + 1), last)
    keep_quiet(out, at, last)


def _write_item(job: Job, out: GrowingSheet, at: int, table: TableChange, item: Item) -> int:
    """A row of the table: a line for each field, or for the amount and all else that it held; the next row."""
    properties: dict[str, Any] = {"bold": True, "bg_color": look.GROUP_COLOURS[1]} if item.is_group else {}
    if ground := GROUNDS.get(item.kind):
        properties["bg_color"] = ground
    name, kind = item.name, say.kind_text(item)
    total = Change("total", item.amount_before, item.amount_after)
    shown: list[tuple[str, Change]]
    if item.kind == "changed":
        shown = [(field_name(change.field, job.template, table.columns), change) for change in item.fields]
        if item.amount_before != item.amount_after and all(change.field != "total" for change in item.fields):
            shown.append((_ADDED_UP, total))
    else:
        shown = [(_ADDED_UP if item.kind == "sum" else "Kinh phí", total)]
        if said := "\n".join(say.details(item, job.template, table.unit, table.columns)):
            more = Change("text", None, said) if item.kind == "added" else Change("text", said, None)
            shown = [*(shown if item.difference else []), ("Nội dung", more)]
    for label, change in shown:
        _write_line(job, out, at, table, (item.number, name, kind, label), change, properties, item.depth)
        at += 1
    return at


def _write_line(
    job: Job,
    out: GrowingSheet,
    at: int,
    table: TableChange,
    texts: tuple[str, str, str, str],
    change: Change,
    properties: dict[str, Any],
    depth: int,
) -> None:
    get, widths = job.styles.get, [look.pixels(width) for width in _WIDTHS]
    lines = 1
    for column, text in enumerate(texts):
        align: dict[str, Any] = {"align": "center"} if column == 0 else {"align": "left"}
        if column == 1 and depth:
            align["indent"] = min(depth, 4)
        style = get(border=1, text_wrap=True, **align, **properties)
        look.write_text(out, at, column, text, style, table.title, texts[0], _HEADS[column])
        lines = max(lines, look.lines_needed(text, widths[column], bold=bool(properties.get("bold"))))
    if say.is_amount(change.field):
        before, after = amount_of(change.before), amount_of(change.after)
        write_amounts(job, out, at, 4, before, after, table.unit, properties)
    else:
        values = [say.value_text(change.field, value, table.unit) for value in (change.before, change.after)]
        write_both(job, out, (at, 4), values, properties, table.title)
        out.write_blank(at, 6, None, get(border=1, **properties))
        lines = max(lines, *(look.lines_needed(text, widths[4]) for text in values))
    out.set_growing_row(at, look.height_for(lines))
