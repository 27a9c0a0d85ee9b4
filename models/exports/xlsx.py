"""The workbook (XlsxWriter, since a formula and the value it holds must both be written): a cover, one sheet a table.

It can be filled in without the program and taken back in by ``models.imports.workbook``. Equal plans give equal bytes:
nothing in it comes from the clock.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook

from models import document
from models import totals as sums
from models.exports import phrases, sheet_kept
from models.exports import sheet_style as look
from models.exports.sheet_cover import COVER, searchable, write_cover
from models.exports.sheet_entry import Lists, write_kept
from models.exports.sheet_forms import FORMS, write_form
from models.exports.sheet_frame import Job, Sheet, title_of
from models.exports.sheet_register import write_register
from models.exports.sheet_style import GrowingSheet, Styles
from models.exports.sheet_summary import SUMMARY, crossings, write_summary
from models.exports.sheet_table import write_tasks
from models.plan import Plan
from models.template import Template
from models.text import appendix_names


def render(
    plan: Plan, template: Template, *, draft: bool = False, code: str | None = None, fill_in: bool = False
) -> bytes:
    """The plan as a workbook; ``code`` (of ``plan.json``) is printed at the foot of every page.

    ``fill_in``: the edition in which a whole plan can be filled in, with all fields, empty rows, and sheets for what
    the other has only on its cover or not at all. ``ExportError`` where a text or a table is larger than Excel takes.
    """
    stream = BytesIO()
    book = Workbook(
        stream, {"in_memory": True, "default_format_properties": {"font_name": look.FONT, "font_size": look.SIZE}}
    )
    _set_properties(book, plan, draft)
    totals = sums.compute(plan)
    job = Job(plan, template, totals, Styles(book), draft, code, Lists(plan, template), fill_in)
    cover = book.add_worksheet(COVER, GrowingSheet)
    taken = {COVER.lower(), SUMMARY.lower(), sheet_kept.SHEET, *(form.name.lower() for form in FORMS)}
    sheets = _sheets(plan, template, taken, fill_in)
    job.crossings = crossings(job, sheets)
    summary = book.add_worksheet(SUMMARY, GrowingSheet) if job.crossings else None
    if fill_in:
        for form in FORMS[:-1]:
            write_form(job, book, form)
    attached = searchable(phrases.attached_line(plan, template.kind))
    for sheet in sheets:
        out = book.add_worksheet(sheet.name, GrowingSheet)
        assert isinstance(out, GrowingSheet)
        write = write_register if sheet.table.is_register else write_tasks
        write(job, out, sheet, attached)
    if fill_in:
        write_form(job, book, FORMS[-1])
    if summary is not None:
        write_summary(job, book, summary, sheets)
    write_cover(job, cover, sheets)
    write_kept(book, sheet_kept.Kept(document.dump(plan), job.kept, fill_in), job.lists)
    cover.activate()
    book.close()
    return stream.getvalue()


def _set_properties(book: Workbook, plan: Plan, draft: bool) -> None:
    properties: dict[str, Any] = {
        "title": look.clean(plan.subject)[:255],
        "author": look.clean(plan.unit_name)[:255],
        "company": look.clean(plan.unit_name)[:255],
        "comments": look.DRAFT if draft else "",
        # The clock would make two exports of the same plan differ.
        "created": datetime(plan.year or 2000, plan.month or 1, 1),
    }
    book.set_properties({key: value for key, value in properties.items() if value})
    book.set_size(1366 * 15, 728 * 15)


def _sheets(plan: Plan, template: Template, taken: set[str], fill_in: bool) -> list[Sheet]:
    """The tables that get a sheet, those without rows only where the template requires them, or to be filled in."""
    captions = appendix_names(plan, template)
    found = []
    for number, table in enumerate(plan.tables):
        spec = template.table(table.key)
        if table.rows or fill_in or (spec and spec.required):
            caption = captions.get(id(table), "")
            title = title_of(table, template)
            found.append(Sheet(table, look.sheet_name(caption or title, taken), caption, title, number))
    return found
