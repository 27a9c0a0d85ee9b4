"""What is asked for of each part of a template, as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from models.i18n import N_, _
from models.template_parts import TASK_FIELDS, SectionSpec, Template
from models.template_places import FIELD_NAMES
from ui.template_editor.editing import Editing
from ui.template_editor.fields import Check, Choice, Choices, Field, Line, Number, Several, Text

#: Outlines and numberings that real plans have.
_OUTLINES = (
    ("Phần I", "I", "1", "a"), ("Phần I", "I", "1", "1.1", "a"), ("I", "1", "a"), ("I", "1", "1.1", "a"),
    ("1", "1.1", "a"),
)  # fmt: skip
_NUMBERINGS = (("1",), ("1", "a"), ("I", "1"), ("I", "1", "a"), ("I", "1", "1.1"), ("I", "1", "1.1", "a"), ("a",))
_COLUMN_NAMES = {
    "task": N_("Tên nhiệm vụ"), "objective": N_("Mục tiêu"), "scope": N_("Quy mô, nội dung"),
    "objective+scope": N_("Mục tiêu và quy mô"), "lead": N_("Đơn vị chủ trì"), "time": N_("Thời gian"),
    "total": N_("Tổng kinh phí"), "funding": N_("Các nguồn vốn trong một ô"), "security": N_("An toàn thông tin"),
    "carried_over": N_("Chuyển tiếp"), "result": N_("Kết quả"), "note": N_("Ghi chú"),
}  # fmt: skip


# ---- what may be chosen


def sections_of(template: Template, none: str) -> Choices:
    found: list[tuple[str, Any]] = [(none, "")]

    def add(specs: Sequence[SectionSpec], depth: int) -> None:
        for spec in specs:
            found.append(("    " * depth + (spec.heading or spec.key), spec.key))
            add(spec.sections, depth + 1)

    add(template.sections, 0)
    return found


def _tables(template: Template) -> Choices:
    return [(table.label or table.title or table.key, table.key) for table in template.tables if table.layouts]


def columns_of(template: Template) -> Choices:
    found = [(_(_COLUMN_NAMES[field]), field) for field in TASK_FIELDS]
    for source in template.sources:
        found.append((_("Nguồn vốn: {name}").format(name=source.short), f"funding.{source.key}"))
    years = range(template.default_from, template.default_from + template.years)
    found += [(_("Mỗi nguồn vốn một cột"), "funding.*"), (_("Mỗi năm một cột"), "years.*")]
    return [*found, *((_("Năm {year}").format(year=year), f"years.{year}") for year in years)]


def _styles(found: Sequence[tuple[str, ...]]) -> Choices:
    return [(" – ".join(styles), styles) for styles in found]


_UNITS = (("đồng", "dong"), ("nghìn đồng", "thousand"), ("triệu đồng", "million"))
_SPANS = ((N_("các năm của kế hoạch"), "plan"), (N_("các năm trước"), "previous"), (N_("năm nào cũng được"), "any"))
_KINDS = ((N_("Danh mục nhiệm vụ, có số tiền"), False), (N_("Bảng kê, chỉ có chữ"), True))

# ---- forms

Make = Callable[[Editing], Field]


def label_of(name: str) -> str:
    return _(FIELD_NAMES[name])


def _line(name: str) -> tuple[str, Make]:
    return name, lambda _editing: Line(label_of(name))


def _text(name: str, lines: int, many: bool = False) -> tuple[str, Make]:
    return name, lambda _editing: Text(label_of(name), lines, many)


def _check(name: str) -> tuple[str, Make]:
    return name, lambda _editing: Check(label_of(name))


def _number(name: str, least: int, most: int) -> tuple[str, Make]:
    return name, lambda _editing: Number(label_of(name), least, most)


def _choice(name: str, choices: Callable[[Template], Choices]) -> tuple[str, Make]:
    return name, lambda editing: Choice(label_of(name), lambda: choices(editing.template))


GENERAL: tuple[tuple[str, tuple[tuple[str, Make], ...]], ...] = (
    (N_("Mẫu"), (
        _line("name"), _line("id"), _number("version", 1, 1_000_000), _text("summary", 2), _line("law"),
        _number("years", 1, 20), _number("default_from", 2000, 2100),
    )),
    (N_("Kế hoạch lập theo mẫu"), (
        _line("kind"), _line("symbol"), _text("subject", 2), _line("addressee"), _text("recipients", 4, many=True),
        _text("closing", 3), _choice("outline", lambda _template: _styles(_OUTLINES)),
    )),
    (N_("Giới hạn"), (_line("limits.security_share"), _text("limits.security_source", 2))),
)  # fmt: skip
SECTION = (
    _text("heading", 2), _line("key"), _check("required"), _text("hint", 4), _text("text", 4),
    ("totals", lambda editing: Several(label_of("totals"), lambda: _tables(editing.template))),
)  # fmt: skip
TABLE = (
    _text("title", 2), _line("label"), _line("key"),
    ("is_register", lambda _editing: Choice(_("Loại bảng"), lambda: [(_(text), value) for text, value in _KINDS])),
    _choice("section", lambda template: sections_of(template, _("phụ lục"))), _check("required"), _text("hint", 3),
    _choice("span", lambda _template: [(_(text), value) for text, value in _SPANS]),
)  # fmt: skip
OF_TASKS = (
    _choice("unit", lambda _template: _UNITS), _choice("numbering", lambda _template: _styles(_NUMBERINGS)),
    _check("continuous"), _check("words"),
)  # fmt: skip
OF_REGISTER = (_text("columns", 5, many=True),)
LAYOUT = (_line("label"), _line("key"), _line("number_label"), _check("numbered"))

#: What is said under a field.
HINTS = {
    "subject": N_("Năm viết bằng {year}, {previous_year}, {from}, {to}, {period}: kế hoạch mới tự điền."),
    "heading": N_("Viết không có số thứ tự; năm viết bằng {year}, {previous_year}, {period}…"),
    "recipients": N_("Mỗi dòng một nơi nhận."),
    "columns": N_("Mỗi dòng tên một cột."),
    "id": N_("Chữ thường không dấu, chữ số, gạch nối; giữ nguyên khi ra phiên bản mới."),
    "text": N_("Chép sẵn vào kế hoạch mới; có thể dùng {total:tasks}, {words:tasks}, {appendix:tasks}."),
    "limits.security_share": N_("Ví dụ 10%; để trống nếu không có mức tối thiểu."),
}  # fmt: skip
