"""What changed between two states of a plan, as a workbook: a summary, one sheet a changed table, and the texts.

Equal comparisons give equal bytes: nothing in it comes from the clock. Always in Vietnamese, as all documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models import change_texts as say
from models.comparison import Comparison, TableChange
from models.exports import phrases
from models.exports import sheet_style as look
from models.exports.comparison_cells import (
    Job,
    amount_of,
    set_widths,
    write_amounts,
    write_heads,
)
from models.exports.comparison_table import write_table
from models.exports.comparison_texts import TEXTS, write_texts
from models.exports.sheet_style import GrowingSheet, Styles
from models.template import Template

SUMMARY = "Tóm tắt"
_TITLE = "SO SÁNH KẾ HOẠCH"
#: Widths of columns, in millimetres.
_WIDTHS = (60, 58, 16, 16, 20, 16, 32, 32, 32)
_HEADS = ("Bảng", "Trang tính", "Thêm", "Bỏ", "Chuyển chỗ", "Sửa", "Tổng trước", "Tổng sau", "Chênh lệch")
_AMOUNTS = 6


def render(comparison: Comparison, template: Template, before: str, after: str) -> bytes:
    """The comparison as a workbook; ``before`` and ``after`` are what its two states are called.

    ``ExportError`` where a text is longer than Excel takes.
    """
    stream = BytesIO()
    book = Workbook(
        stream, {"in_memory": True, "default_format_properties": {"font_name": look.FONT, "font_size": look.SIZE}}
    )
    properties = {"title": f"So sánh: {look.clean(comparison.subject)}"[:255], "created": datetime(2000, 1, 1)}
    if author := look.clean(comparison.unit_name)[:255]:
        properties |= {"author": author, "company": author}
    book.set_properties(properties)
    book.set_size(1366 * 15, 728 * 15)
    job = Job(book, Styles(book), template, (before, after), {SUMMARY.lower(), TEXTS.lower()})
    summary = book.add_worksheet(SUMMARY)
    names = {id(table): look.sheet_name(table.title, job.taken) for table in comparison.tables}
    for table in comparison.tables:
        out = book.add_worksheet(names[id(table)], GrowingSheet)
        assert isinstance(out, GrowingSheet)
        write_table(job, out, table)
    if comparison.particulars or comparison.indicators or comparison.bases or comparison.sections:
        texts = book.add_worksheet(TEXTS, GrowingSheet)
        assert isinstance(texts, GrowingSheet)
        write_texts(job, texts, comparison)
    _write_summary(job, summary, comparison, names)
    summary.activate()
    book.close()
    return stream.getvalue()


# ---- the summary


def _write_summary(job: Job, out: Worksheet, comparison: Comparison, names: dict[int, str]) -> None:
    get, last = job.styles.get, len(_WIDTHS) - 1
    width = sum(set_widths(out, _WIDTHS))
    at = 0
    lines: list[tuple[str, int, dict[str, Any]]] = [
        (comparison.unit_name, 12, {"align": "left", "bold": True}),
        (_TITLE, 14, {"align": "center", "bold": True}),
        (comparison.subject, 14, {"align": "center", "bold": True}),
        (f"Trước: {job.names[0]}. Sau: {job.names[1]}.", 12, {"align": "center", "italic": True}),
    ]
    for text, size, properties in lines:
        if text:
            look.merge(out, at, last, text, get(font_size=size, text_wrap=True, **properties), SUMMARY)
            out.set_row(at, look.height_for(look.lines_needed(text, width, size, "bold" in properties), size))
            at += 1
    at += 1
    counted = [
        ("Thông tin chung", len(comparison.particulars)),
        ("Căn cứ pháp lý", len(comparison.bases)),
        ("Nội dung các mục", len(comparison.sections)),
        ("Số liệu", len(comparison.indicators)),
    ]
    if comparison.is_empty:
        look.merge(out, at, last, "Hai bản không khác nhau về nội dung.", get(align="left"), SUMMARY)
        at += 1
    else:
        at = write_heads(job, out, at, ("Phần", "Số thay đổi"))
        for name, count in counted:
            out.write_string(at, 0, name, get(border=1, align="left"))
            out.write_number(at, 1, count, get(border=1, align="center"))
            at += 1
    if comparison.tables:
        at = _write_tables(job, out, comparison.tables, at + 1, names)
    look.page_setup(out, landscape=True, draft=False, code=None, heads=None)
    out.print_area(0, 0, at - 1, last)
    out.hide_gridlines(2)


def _write_tables(job: Job, out: Worksheet, tables: Sequence[TableChange], at: int, names: dict[int, str]) -> int:
    """A line a table, under those with money the sums that differ; the next row."""
    get = job.styles.get
    at = write_heads(job, out, at, _HEADS)
    link = get(border=1, text_wrap=True, align="left", font_color="#0B6E99", underline=1)
    text_style = get(border=1, text_wrap=True, align="left")
    centred, plain = get(border=1, align="center"), get(border=1, align="left", text_wrap=True, indent=1)
    for table in tables:
        title = f"{table.title} ({phrases.UNITS[table.unit]})" if not table.is_register else table.title
        title = look.clean(f"{say.kind_text(table)}: {title}" if table.kind != "changed" else title)
        name = names[id(table)]
        look.write_text(out, at, 0, title, text_style, table.title)
        out.write_url(at, 1, f"internal:{look.quoted(name)}!A1", link, name)
        for column, count in enumerate(
            (table.count("added"), table.count("removed"), table.count("moved"), table.count("changed")), 2
        ):
            out.write_number(at, column, count, centred)
        if table.is_register:
            for column in range(_AMOUNTS, _AMOUNTS + 3):
                out.write_blank(at, column, None, plain)
        else:
            write_amounts(job, out, at, _AMOUNTS, table.total_before, table.total_after, table.unit, {"bold": True})
        out.set_row(at, look.height_for(look.lines_needed(title, look.pixels(_WIDTHS[0]))))
        at += 1
        for change in table.sums:
            if change.field == "total":
                continue
            out.merge_range(at, 0, at, _AMOUNTS - 1, "", plain)
            look.write_text(out, at, 0, say.sum_name(change.field, job.template), plain, table.title)
            write_amounts(job, out, at, _AMOUNTS, amount_of(change.before), amount_of(change.after), table.unit, {})
            at += 1
    return at
