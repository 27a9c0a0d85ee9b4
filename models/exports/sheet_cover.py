"""The cover of the workbook: what plan it is, its tables with their totals, and by source and by year."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from models import totals as sums
from models.exports import phrases
from models.exports import sheet_style as look
from models.exports.sheet_entry import protect
from models.exports.sheet_frame import Job, Sheet
from models.plan import Table
from models.text import security_table

COVER = "Kế hoạch"
#: Widths of the cover's columns, in millimetres: number, table, sheet, unit, total, security, its share.
_WIDTHS = (10, 58, 31, 21, 28, 22, 15)
_HEADS = ("TT", "Bảng", "Trang tính", "Đơn vị tính", "Tổng kinh phí", "Trong đó ATTT", "Tỷ lệ ATTT")
_LABEL_COLUMNS = 2
#: A cover of that many rows is still legible on one page.
_ONE_PAGE = 60
_GUIDE = (
    "Chỉ điền vào các ô trắng; tiêu đề, các dòng cộng và số thứ tự do chương trình tự lập.",
    "Mỗi bảng có sẵn các dòng trống dưới từng nhóm. Cần thêm thì chèn dòng vào giữa bảng, trên dòng TỔNG CỘNG.",
    "Cột số thứ tự: để trống là một nhiệm vụ của nhóm ngay trên; gõ số theo kiểu đánh số của bảng (như I, 1, a) nếu là"
    " nhóm mới hoặc phần việc.",
    "Số tiền ghi theo đơn vị tính của bảng. Ô tổng để nguyên công thức thì chương trình tự cộng; gõ số đè lên là số đã"
    " nêu.",
    "Trong lời văn: “- ” mở đầu một gạch đầu dòng, “+ ” là gạch dòng con, **chữ đậm**, *chữ nghiêng*; giữ nguyên các"
    " trường trong ngoặc nhọn như {total:tasks}.",
    "Điền xong, lưu lại thành tệp .xlsx rồi mở bằng Kế Hoạch Số (Ctrl+O).",
)


def write_cover(job: Job, out: Worksheet, sheets: list[Sheet]) -> None:
    plan, get = job.plan, job.styles.get
    widths = [look.pixels(width) for width in _WIDTHS]
    last = len(_WIDTHS) - 1
    for column, width in enumerate(widths):
        out.set_column_pixels(column, column, width)
    at = 0
    lines: list[tuple[str, int, dict[str, Any]]] = [
        (look.DRAFT if job.draft else "", 16, {"bold": True, "align": "center", "font_color": "#C00000"}),
        (plan.unit_parent, 12, {"align": "left"}),
        (plan.unit_name, 12, {"align": "left", "bold": True}),
        (job.template.kind, 14, {"align": "center", "bold": True}),
        (plan.subject, 14, {"align": "center", "bold": True}),
    ]
    for text, size, properties in lines:
        if text:
            look.merge(out, at, last, text, get(font_size=size, text_wrap=True, **properties), COVER)
            lines_of_text = look.lines_needed(text, sum(widths), size, "bold" in properties)
            out.set_row(at, look.height_for(lines_of_text, size))
            at += 1
    at += 1
    label, value = get(border=1, bg_color=look.GROUP_COLOURS[1]), get(border=1, text_wrap=True, align="left")
    for name, text in _particulars(job):
        out.merge_range(at, 0, at, _LABEL_COLUMNS - 1, name, label)
        out.merge_range(at, _LABEL_COLUMNS, at, last, "", value)
        look.write_text(out, at, _LABEL_COLUMNS, text, value, name)
        out.set_row(at, look.height_for(look.lines_needed(text, sum(widths[_LABEL_COLUMNS:]))))
        at += 1
    at += 1
    if sheets:
        at = _write_tables(job, out, sheets, at, widths)
        at = _write_shares(job, out, sheets, at, widths)
    if job.fill_in:
        at = _write_guide(job, out, at + 1, widths)
    look.page_setup(out, landscape=False, draft=job.draft, code=job.code, heads=None, pages=int(at <= _ONE_PAGE))
    out.print_area(0, 0, at - 1, last)
    everywhere = f"A1:{xl_rowcol_to_cell(at, last)}"
    out.ignore_errors({"number_stored_as_text": everywhere})
    out.hide_gridlines(2)
    protect(out)


def _write_tables(job: Job, out: Worksheet, sheets: list[Sheet], at: int, widths: list[int]) -> int:
    """The list of sheets with the total of each: a formula into the sheet."""
    get = job.styles.get
    head = get(border=1, bold=True, text_wrap=True, align="center", bg_color=look.HEAD_COLOUR)
    for column, text in enumerate(_HEADS):
        out.write_string(at, column, text, head)
    out.set_row(at, look.height_for(2))
    checked = security_table(job.plan, job.template)
    text_style, centred = get(border=1, text_wrap=True, align="left"), get(border=1, align="center", text_wrap=True)
    link = get(border=1, text_wrap=True, align="left", font_color="#0B6E99", underline=1)
    for index, sheet in enumerate(sheets, 1):
        at += 1
        out.write_string(at, 0, str(index), centred)
        look.write_text(out, at, 1, sheet.title, text_style, sheet.title)
        out.write_url(at, 2, f"internal:{look.quoted(sheet.name)}!A1", link, sheet.name)
        blanks = range(3, len(_HEADS))
        if not sheet.table.is_register:
            found = job.totals.of(sheet.table)
            out.write_string(at, 3, phrases.UNITS[sheet.table.unit], centred)
            _write_amount(job, out, (at, 4), sheet.table, found.total, _total_formula(sheet, found), found.costed > 0)
            blanks = range(5, len(_HEADS))
            if sheet.table is checked or found.security:
                _write_amount(job, out, (at, 5), sheet.table, found.security, "", found.costed > 0)
                share = get(border=1, align="right", indent=1, num_format="0.00%")
                total, part = xl_rowcol_to_cell(at, 4), xl_rowcol_to_cell(at, 5)
                value: float | str = "" if found.security_share is None else float(found.security_share)
                out.write_formula(at, 6, f'=IF({total}=0,"",{part}/{total})', share, value)
                blanks = range(0)
        for column in blanks:
            out.write_blank(at, column, None, text_style)
        lines = max(look.lines_needed(sheet.title, widths[1]), look.lines_needed(sheet.name, widths[2]))
        out.set_row(at, look.height_for(lines))
    return at + 1


def _write_shares(job: Job, out: Worksheet, sheets: list[Sheet], at: int, widths: list[int]) -> int:
    """By source and by year, for the tables that are broken down so."""
    get = job.styles.get
    head = get(border=1, bold=True, align="left", bg_color=look.HEAD_COLOUR)
    text_style, centred = get(border=1, text_wrap=True, align="left"), get(border=1, align="center")
    for sheet in sheets:
        if sheet.table.is_register:
            continue
        found = job.totals.of(sheet.table)
        known = [source.key for source in job.template.sources]
        sources = [key for key in known if key in found.by_source] + [
            key for key in found.by_source if key not in known
        ]
        lines = [("Theo nguồn vốn", f"funding.{k}", job.template.source(k).label, found.by_source[k]) for k in sources]
        lines += [("Theo năm", f"years.{year}", f"Năm {year}", found.by_year[year]) for year in sorted(found.by_year)]
        said = ""
        for heading, name, text, amount in lines:
            if heading != said:
                at, said = at + 1, heading
                out.merge_range(at, 0, at, 4, "", head)
                look.write_text(out, at, 0, f"{heading}: {sheet.name}", head, sheet.title)
                at += 1
            out.write_blank(at, 0, None, text_style)
            out.merge_range(at, 1, at, 2, "", text_style)
            look.write_text(out, at, 1, text, text_style, sheet.title)
            # No program makes a row higher for what stands in merged cells.
            out.set_row(at, look.height_for(look.lines_needed(text, sum(widths[1:3]))))
            out.write_string(at, 3, phrases.UNITS[sheet.table.unit], centred)
            cell = sheet.cells.get(name)
            formula = f"={look.quoted(sheet.name)}!{cell}" if cell else ""
            _write_amount(job, out, (at, 4), sheet.table, amount, formula, True)
            at += 1
    return at


def _write_amount(
    job: Job, out: Worksheet, at: tuple[int, int], table: Table, amount: int, formula: str, known: bool
) -> None:
    shown = look.number_format(amount, table.unit) if known else look.ZERO_UNSEEN
    style = job.styles.get(border=1, align="right", indent=1, num_format=shown)
    if formula:
        out.write_formula(*at, formula, style, look.number(amount, table.unit))
    else:
        out.write_number(*at, look.number(amount, table.unit), style)


def _total_formula(sheet: Sheet, found: sums.TableTotals) -> str:
    """The table's total out of its sheet; empty where its columns do not add up to it."""
    name = look.quoted(sheet.name)
    if "total" in sheet.cells:
        return f"={name}!{sheet.cells['total']}"
    for kind, amounts in (("funding", found.by_source), ("years", found.by_year)):
        cells = [sheet.cells.get(f"{kind}.{key}") for key in amounts]
        if cells and all(cells) and sums.add(amounts.values()) == found.total:
            return f"=SUM({','.join(f'{name}!{cell}' for cell in cells)})"
    return ""


def _write_guide(job: Job, out: Worksheet, at: int, widths: list[int]) -> int:
    """How the workbook is filled in, for somebody without the program."""
    get, last = job.styles.get, len(widths) - 1
    head = get(border=1, bold=True, align="left", bg_color=look.HEAD_COLOUR)
    style = get(border=1, text_wrap=True, align="left")
    look.merge(out, at, last, "Cách điền", head, COVER)
    for number, text in enumerate(_GUIDE, 1):
        out.write_string(at + number, 0, str(number), get(border=1, align="center"))
        out.merge_range(at + number, 1, at + number, last, text, style)
        out.set_row(at + number, look.height_for(look.lines_needed(text, sum(widths[1:]))))
    return at + len(_GUIDE) + 1


# ---- particulars


def _particulars(job: Job) -> list[tuple[str, str]]:
    """What the cover says about the plan, without the fields that are empty."""
    plan = job.plan
    years = [year for year in (plan.period_from, plan.period_to) if year is not None]
    signer = [text for text in (plan.capacity, plan.signer_position, plan.signer_name) if text]
    found = [
        ("Cơ quan chủ quản", plan.unit_parent),
        ("Đơn vị lập kế hoạch", plan.unit_name),
        ("Mã đơn vị", plan.unit_code),
        ("Số, ký hiệu", searchable(phrases.number_line(plan)).removeprefix("Số:").strip(" ")),
        ("Địa danh, ngày tháng", searchable(phrases.place_line(plan))),
        ("Thời kỳ kế hoạch", "Năm " + " - ".join(str(year) for year in dict.fromkeys(years)) if years else ""),
        ("Nơi nhận báo cáo", plan.addressee),
        ("Người ký", " - ".join(signer)),
        ("Mẫu kế hoạch", job.template.name),
        ("Lần kết xuất", "Dự thảo" if job.draft else str(plan.revision)),
        ("Mã kế hoạch", plan.id),
        ("Mã đối chiếu", job.code or ""),
    ]
    return [(name, look.clean(text)) for name, text in found if text]


def searchable(text: str) -> str:
    """``text`` with spaces that a search finds; the blanks for number and day keep their length."""
    return re.sub("(?<!\u00a0)\u00a0(?!\u00a0)", " ", text)
