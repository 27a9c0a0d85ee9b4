"""The sheet of the texts in the workbook that compares two states of a plan."""

from __future__ import annotations

from typing import Any

from models import change_texts as say
from models.comparison import Change, Comparison, Item
from models.exports import sheet_style as look
from models.exports.comparison_cells import (
    GROUNDS,
    Job,
    keep_quiet,
    set_widths,
    write_both,
    write_heads,
)
from models.exports.sheet_style import GrowingSheet
from models.field_names import field_name, particular_name
from models.word_changes import changed_passages

TEXTS = "Nội dung"
_WIDTHS = (48, 24, 34, 80, 80)
_HEADS = ("Mục", "Thay đổi", "Nội dung thay đổi", "Trước", "Sau")
#: A passage of more letters does not fit into a row, which Excel allows 409 points.
_LONGEST = 1_000


def write_texts(job: Job, out: GrowingSheet, comparison: Comparison) -> None:
    last = len(_WIDTHS) - 1
    widths = set_widths(out, _WIDTHS)
    at = write_heads(job, out, 0, _HEADS)
    style = job.styles.get(border=1, bold=True, align="left", bg_color=look.HEAD_COLOUR)

    def heading(text: str) -> int:
        look.merge(out, at, last, text, style, TEXTS)
        return at + 1

    for title, changes in (("Thông tin chung", comparison.particulars), ("Số liệu", comparison.indicators)):
        if changes:
            at = heading(title)
            for change in changes:
                name = particular_name(change.field, job.template)
                at = _write_text_change(job, out, at, widths, (name, "Sửa", ""), change, {})
    for title, items in (("Căn cứ pháp lý", comparison.bases), ("Nội dung các mục", comparison.sections)):
        if items:
            at = heading(title)
            for item in items:
                at = _write_text_item(job, out, at, widths, item)
    look.page_setup(out, landscape=True, draft=False, code=None, heads=(0, 0))
    out.print_area(0, 0, at - 1, last)
    out.freeze_panes(1, 1)
    keep_quiet(out, at, last)


def _write_text_item(job: Job, out: GrowingSheet, at: int, widths: list[int], item: Item) -> int:
    name, kind = f"{item.number}. {item.name}" if item.number else item.name, say.kind_text(item)
    properties: dict[str, Any] = {"bg_color": GROUNDS[item.kind]} if item.kind in GROUNDS else {}
    shown = item.fields
    if item.kind in GROUNDS:
        # Its name says what it was; of a section the text besides.
        shown = tuple(
            change
            for change in item.fields
            if change.field == "text" and item.name not in (change.before, change.after)
        )
        shown = shown or (Change("text", None, None),)
    for change in shown:
        label = "" if change.before is None and change.after is None else field_name(change.field, job.template)
        at = _write_text_change(job, out, at, widths, (name, kind, label), change, properties)
    return at


def _write_text_change(
    job: Job,
    out: GrowingSheet,
    at: int,
    widths: list[int],
    texts: tuple[str, str, str],
    change: Change,
    properties: dict[str, Any],
) -> int:
    style = job.styles.get(border=1, text_wrap=True, align="left", **properties)
    before, after = (say.value_text(change.field, value) for value in (change.before, change.after))
    passages = [(before, after)]
    if max(len(before), len(after)) > _LONGEST:
        passages = changed_passages(before, after, _LONGEST) or passages
    for passage in passages:
        lines = 1
        for column, text in enumerate((*texts, *passage)):
            if column < len(texts):
                look.write_text(out, at, column, text, style, TEXTS, texts[0], _HEADS[column])
            lines = max(lines, look.lines_needed(text, widths[column]))
        write_both(job, out, (at, len(texts)), passage, properties, TEXTS)
        out.set_growing_row(at, look.height_for(lines))
        at += 1
    return at
