"""The sheets of a filled-in workbook that hold no tasks: registers, particulars, bases, indicators, section texts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from math import isclose
from typing import Any

from models.document import is_date
from models.entries import check_length
from models.exports import sheet_style as look
from models.exports.sheet_entry import TABLE_STEP
from models.exports.sheet_forms import BASIS_FIELDS, INDICATOR, PARTICULARS, RECIPIENTS, WHOLE, shown_date
from models.i18n import _
from models.imports.workbook_cells import Cell, Found, same
from models.money import LIMIT
from models.plan import LegalBasis, Plan, Row, walk_sections

_NUMBER = re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:[. \u00a0]\d{3})+)(?:,\d+)?")
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")


def _columns(found: Found, cells: list[Cell]) -> dict[str, Cell]:
    return dict(zip(found.kept.fields, cells, strict=True))


def _text(found: Found, cell: Cell, before: str) -> str | None:
    """What a cell says now; ``None`` where it is what it was."""
    text = found.text(cell)
    if same(text, look.clean(before)):
        return None
    found.checked(cell, check_length, text)
    return text


def take_register(found: Found, plan: Plan, number: int) -> None:
    """The rows of a register, in the order of the sheet."""
    table = plan.tables[number]
    places = [at for at, name in enumerate(found.kept.fields) if name != "number"]
    rows: list[Row] = []
    seen: set[int] = set()
    for *line, mark in found.rows:
        cells = [line[at] for at in places]
        key = -1 if mark.identity is None else mark.identity - number * TABLE_STEP
        is_empty = all(cell.is_empty for cell in cells)
        if not 0 <= key < len(table.rows) or key in seen:
            if not is_empty:
                rows.append(Row(cells=[_text(found, cell, "") or "" for cell in cells]))
                _trim(rows[-1], len(table.columns or []))
            continue
        seen.add(key)
        row = table.rows[key]
        old = list(row.cells or [])
        if is_empty and any(text.strip() for text in old):
            continue  # cleared: as good as deleted
        new = old + [""] * (len(cells) - len(old))
        for at, cell in enumerate(cells):
            if (text := _text(found, cell, new[at])) is not None:
                new[at] = text
        if new[: len(old)] != old or any(new[len(old) :]):
            row.cells = new
            _trim(row, max(len(old), len(table.columns or [])))
        rows.append(row)
    table.rows = rows


def _trim(row: Row, least: int) -> None:
    """Drop empty cells at the end, beyond those that a row should have."""
    cells = row.cells or []
    while len(cells) > least and not cells[-1]:
        cells.pop()


def take_particulars(found: Found, plan: Plan) -> None:
    """The fields of the plan, and its recipients."""
    names = [name for name, _label in PARTICULARS]
    recipients: list[str] = []
    for *line, mark in found.rows:
        cell = _columns(found, line)["value"]
        name, _dot, number = str(mark.value or "").partition(".")
        if name in WHOLE:
            value = _whole(found, cell, *WHOLE[name])
            if value != getattr(plan, name):
                setattr(plan, name, value)
        elif name in names:
            if (text := _text(found, cell, getattr(plan, name))) is not None:
                setattr(plan, name, text)
        elif name == RECIPIENTS and 0 <= (at := _place(number)) < len(plan.recipients):
            old = plan.recipients[at]
            text = _text(found, cell, old)
            if text != "":
                recipients.append(old if text is None else text)
        elif not cell.is_empty and (text := _text(found, cell, "")):
            recipients.append(text)
    if recipients != plan.recipients:
        plan.recipients = recipients


def _place(number: str) -> int:
    """Which of the recipients a row is of; -1 where it does not say."""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else -1


def _whole(found: Found, cell: Cell, low: int, high: int) -> int | None:
    text = found.text(cell)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not low <= int(text) <= high:
        sentence = _("“{text}” không phải là số nguyên từ {low} đến {high}; hãy gõ lại hoặc để trống.")
        raise found.refuse(cell, sentence.format(text=text[:40], low=low, high=high))
    return int(text)


def take_bases(found: Found, plan: Plan) -> None:
    """The legal bases, in the order of the sheet."""
    bases: list[LegalBasis] = []
    seen: set[int] = set()
    for *line, mark in found.rows:
        cells = {name: cell for name, cell in _columns(found, line).items() if name in BASIS_FIELDS}
        is_empty = all(cell.is_empty for cell in cells.values())
        key = -1 if mark.identity is None else mark.identity
        is_new = not 0 <= key < len(plan.legal_bases) or key in seen
        basis = LegalBasis() if is_new else plan.legal_bases[key]
        said = [getattr(basis, name).strip() for name in BASIS_FIELDS]
        if is_empty and (is_new or any(said)):
            continue
        seen.add(-1 if is_new else key)
        for name, cell in cells.items():
            before = getattr(basis, name)
            if name == "date":
                if (day := _date(found, cell, before)) != before:
                    basis.date = day
            elif (text := _text(found, cell, before)) is not None:
                setattr(basis, name, text)
        bases.append(basis)
    plan.legal_bases = bases


def _date(found: Found, cell: Cell, before: str) -> str:
    value = found.value(cell)
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    text = found.text(cell)
    if same(text, shown_date(before)):
        return before
    if not text or is_date(text):
        return text
    match = _DAY.fullmatch(text)
    iso = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else ""
    if not iso or not is_date(iso):
        sentence = _("“{text}” không phải là ngày có thật; hãy ghi ngày/tháng/năm, ví dụ 03/06/2020.")
        raise found.refuse(cell, sentence.format(text=text[:40]))
    return iso


def take_indicators(found: Found, plan: Plan) -> None:
    """The numbers of the unit, by the key of the indicator."""
    numbers = dict(plan.indicators)
    for *line, mark in found.rows:
        cell = _columns(found, line)["value"]
        identity = mark.value if isinstance(mark.value, str) else ""
        if not identity.startswith(INDICATOR):
            if not cell.is_empty:
                raise found.refuse(cell, _("Dòng này không phải là một chỉ tiêu của mẫu; hãy xóa đi."))
            continue
        key = _key(identity.removeprefix(INDICATOR), numbers)
        before = numbers.get(key)
        value = None if cell.is_empty else _number(found, cell)
        if value is None:
            numbers.pop(key, None)
        elif before is None or not isclose(value, before, rel_tol=1e-14, abs_tol=0.0):
            numbers[key] = value
    if numbers != plan.indicators:
        plan.indicators = numbers


def _key(key: str, known: dict[str, Any]) -> str:
    """The indicator's key as the plan has it, whatever a program made of its letters."""
    return key if key in known else next((one for one in known if same(look.clean(one), key)), key)


def _number(found: Found, cell: Cell) -> int | float:
    value = found.value(cell)
    if isinstance(value, str):
        text = value.strip().removesuffix("%").strip()
        if not _NUMBER.fullmatch(text):
            sentence = _(
                "“{text}” không phải là số; hãy gõ chữ số, dấu phẩy trước phần thập phân, ví dụ 1.250 hoặc 37,5."
            )
            raise found.refuse(cell, sentence.format(text=text[:40]))
        exact = Decimal(re.sub("[. \u00a0]", "", text).replace(",", "."))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(repr(value)) * (100 if cell.is_percent else 1)
    else:
        raise found.refuse(cell, _("Ô này không phải là số; hãy gõ lại số."))
    if not exact.is_finite() or abs(exact) > LIMIT:
        raise found.refuse(cell, _("Số này quá lớn; hãy xem lại con số."))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def take_sections(found: Found, plan: Plan) -> None:
    """Headings and texts of the sections; sections neither come nor go here."""
    sections = list(walk_sections(plan.sections))
    seen: set[int] = set()
    for *line, mark in found.rows:
        cells = _columns(found, line)
        key = -1 if mark.identity is None else mark.identity
        if not 0 <= key < len(sections) or key in seen:
            filled = next((cells[name] for name in ("heading", "text") if not cells[name].is_empty), None)
            if filled is not None:
                sentence = _("Phần, mục mới không thêm được trong Excel; hãy xóa dòng này.")
                raise found.refuse(filled, sentence)
            continue
        seen.add(key)
        for name in ("heading", "text"):
            text = found.text(cells[name])
            before = getattr(sections[key], name)
            if not same(text, look.clean(before)):
                setattr(sections[key], name, text)
    if missing := [section for number, section in enumerate(sections) if number not in seen]:
        sentence = _("Không xóa được mục “{heading}” trong Excel; hãy lấy lại dòng đó từ biểu đã xuất.")
        raise found.refuse(Cell(1, 0), sentence.format(heading=missing[0].heading[:60]))


TAKERS: dict[str, Callable[[Found, Plan], None]] = {
    "particulars": take_particulars, "bases": take_bases, "indicators": take_indicators, "sections": take_sections,
}  # fmt: skip
