"""The sheets of the edition to be filled in that hold no table: particulars, legal bases, indicators, section texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.workbook import Workbook

from models.exports import sheet_style as look
from models.exports.content import outline_of
from models.exports.sheet_entry import BLANK_ROWS
from models.exports.sheet_frame import Grid, Job, Sheet, finish, keep, write_top
from models.exports.sheet_kept import Kind
from models.exports.sheet_style import GrowingSheet
from models.numbering import section_numbers
from models.plan import Plan, Table, walk_sections
from models.template import Template

#: Fields of the plan in the order they are filled in: attribute and name; those of numbers have limits.
PARTICULARS = (
    ("unit_parent", "Cơ quan chủ quản"), ("unit_name", "Đơn vị lập kế hoạch"), ("unit_code", "Mã đơn vị"),
    ("place", "Địa danh"), ("number", "Số văn bản"), ("symbol", "Ký hiệu"), ("day", "Ngày"), ("month", "Tháng"),
    ("year", "Năm ban hành"), ("subject", "Trích yếu"), ("period_from", "Kế hoạch từ năm"),
    ("period_to", "Kế hoạch đến năm"), ("addressee", "Nơi nhận báo cáo"),
    ("capacity", "Quyền hạn, chức vụ ký"), ("signer_position", "Chức vụ người ký"),
    ("signer_name", "Họ và tên người ký"),
)  # fmt: skip
#: Fields of whole numbers, with the least and the greatest.
WHOLE = {"day": (1, 31), "month": (1, 12), "year": (1000, 2999), "period_from": (1000, 2999), "period_to": (1000, 2999)}
RECIPIENTS = "recipients"
#: Before the key of an indicator in its identity: a key may be anything.
INDICATOR = "key:"
BASIS_FIELDS = ("kind", "number", "date", "issuer", "subject", "text")
_RECIPIENT_BLANKS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a form: its identity (``None``: an empty row), a value by column, and the limits of a whole number."""

    key: str | int | None
    values: list[str | int | float | None]
    limits: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet that is a list of entries: fields, heads and widths (mm) by column; ``open`` are those filled in.

    ``grows``: its rows may come and go.
    """

    kind: Kind
    name: str
    title: str
    fields: tuple[str, ...]
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    open: tuple[str, ...]
    entries: Callable[[Plan, Template], Iterator[Entry]]
    hints: dict[str, str] = field(default_factory=dict)
    grows: bool = False


def _particulars(plan: Plan, _template: Template) -> Iterator[Entry]:
    for name, label in PARTICULARS:
        yield Entry(name, [label, getattr(plan, name)], limits=WHOLE.get(name))
    for number in range(len(plan.recipients) + _RECIPIENT_BLANKS):
        known = number < len(plan.recipients)
        key = f"{RECIPIENTS}.{number}" if known else None
        yield Entry(key, [f"Nơi nhận {number + 1}", plan.recipients[number] if known else ""])


def _bases(plan: Plan, _template: Template) -> Iterator[Entry]:
    for number, basis in enumerate(plan.legal_bases):
        values = [getattr(basis, name) for name in BASIS_FIELDS]
        values[2] = shown_date(basis.date)
        yield Entry(number, [str(number + 1), *values])
    for number in range(len(plan.legal_bases), len(plan.legal_bases) + BLANK_ROWS):
        yield Entry(None, [str(number + 1), *[""] * len(BASIS_FIELDS)])


def _indicators(plan: Plan, template: Template) -> Iterator[Entry]:
    named = {indicator.key: indicator for indicator in template.indicators}
    for key in [*named, *(key for key in plan.indicators if key not in named)]:
        known = named.get(key)
        unit = known.unit if known else ""
        yield Entry(f"{INDICATOR}{key}", [known.label if known else key, unit, plan.indicators.get(key)])


def _sections(plan: Plan, template: Template) -> Iterator[Entry]:
    numbers = section_numbers(plan.sections, outline_of(plan, template))
    for number, section in enumerate(walk_sections(plan.sections)):
        spec = template.section(section.key)
        hint = spec.hint if spec else ""
        yield Entry(number, [numbers[id(section)], section.heading, hint, section.text])


def shown_date(iso: str) -> str:
    """``2020-06-03`` as it is typed: ``03/06/2020``."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


FORMS = (
    Form("particulars", "Thông tin", "THÔNG TIN CHUNG CỦA KẾ HOẠCH", ("label", "value"), ("Thông tin", "Nội dung"),
         (50, 120), ("value",), _particulars, grows=True),
    Form("bases", "Căn cứ", "CĂN CỨ PHÁP LÝ", ("number", *BASIS_FIELDS),
         ("TT", "Loại văn bản", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Căn cứ viết tự do"),
         (14, 25, 30, 25, 40, 70, 56), BASIS_FIELDS, _bases,
         {"date": "Ghi ngày/tháng/năm, ví dụ 03/06/2020.", "text": "Chỉ ghi khi căn cứ không phải là một văn bản."},
         grows=True),
    Form("indicators", "Số liệu", "CHỈ TIÊU, SỐ LIỆU", ("label", "unit", "value"), ("Chỉ tiêu", "Đơn vị", "Số liệu"),
         (110, 25, 35), ("value",), _indicators, {"value": "Ghi một số; chưa có số liệu thì để trống."}),
    Form("sections", "Lời văn", "NỘI DUNG CÁC PHẦN, MỤC", ("number", "heading", "hint", "text"),
         ("TT", "Tiêu đề", "Gợi ý", "Nội dung"), (14, 55, 45, 135), ("heading", "text"), _sections),
)  # fmt: skip


def write_form(job: Job, book: Workbook, form: Form) -> None:
    """The sheet of a form."""
    out = book.add_worksheet(form.name, GrowingSheet)
    assert isinstance(out, GrowingSheet)
    sheet = Sheet(Table(key=form.kind), form.name, "", form.title)
    grid = Grid([("", head) for head in form.heads], [look.pixels(width) for width in form.widths])
    heads = write_top(job, out, sheet, grid, "", "", False)
    keep(job, out, sheet, grid, form.kind, list(form.fields), heads[1])
    entries = list(form.entries(job.plan, job.template))
    for index, entry in enumerate(entries):
        _write_entry(job, out, form, grid, grid.first + index, entry)
    end = grid.first + len(entries) - 1
    for column, name in enumerate(form.fields):
        if (hint := form.hints.get(name)) and entries:
            out.data_validation(grid.first, column, end, column, {"validate": "any", "input_message": hint})
    finish(job, out, grid, heads, end, rows=form.grows)


def _write_entry(job: Job, out: GrowingSheet, form: Form, grid: Grid, at: int, entry: Entry) -> None:
    needed = 1
    for column, (name, value) in enumerate(zip(form.fields, entry.values, strict=True)):
        is_open = name in form.open
        properties: dict[str, Any] = {"border": 1, "text_wrap": True, "align": "left"}
        properties |= {"locked": 0} if is_open else {"bg_color": look.GROUP_COLOURS[1]}
        properties |= {"align": "right", "indent": 1} if form.kind == "indicators" and is_open else {}
        properties |= {"italic": True, "font_size": 10} if name == "hint" else {}
        if entry.limits or (name == "value" and form.kind == "indicators"):
            if value is None or isinstance(value, str):
                look.write_text(out, at, column, value or "", job.styles.get(**properties), form.title)
            else:
                shown = "0" if entry.limits else "#,##0.####" if isinstance(value, float) else "#,##0"
                out.write_number(at, column, value, job.styles.get(**properties, num_format=shown))
            if is_open and entry.limits:
                low, high = entry.limits
                sentence = f"Ô này nhận số nguyên từ {low} đến {high}, hoặc để trống."
                rule = {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high,
                        "error_title": "Số chưa đúng", "error_message": sentence}  # fmt: skip
                out.data_validation(at, column, at, column, rule)
            continue
        text = str(value or "")
        if is_open and len(text) <= look.LONG:
            properties["num_format"] = "@"
        style = job.styles.get(**properties)
        look.write_text(out, at, column, text, style, form.title, str(at + 1), form.heads[column])
        if text:
            needed = max(needed, look.lines_needed(text, grid.widths[column], properties.get("font_size", look.SIZE)))
    out.set_growing_row(at, look.height_for(needed))
    hidden = job.styles.get(locked=0)
    if isinstance(entry.key, int):
        out.write_number(at, grid.last + 1, entry.key, hidden)
    elif entry.key is not None:
        out.write_string(at, grid.last + 1, look.clean(entry.key), hidden)
    else:
        out.write_blank(at, grid.last + 1, None, hidden)
