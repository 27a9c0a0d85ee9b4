"""What ``models.compare`` found, in words; in documents always Vietnamese, in the window in its language."""

from __future__ import annotations

from collections.abc import Callable

from models.comparison import Change, Item, TableChange, Value
from models.i18n import N_
from models.money import format_amount
from models.template import Template
from models.text import format_number

#: ``models.i18n._`` for the window; documents take the words as they are.
Say = Callable[[str], str]

_MARKS = ("security", "carried_over", "continuous")
_UNITS = {"dong": N_("đồng"), "thousand": N_("nghìn đồng"), "million": N_("triệu đồng")}
_LABELS = {
    "template": N_("Mẫu kế hoạch"), "unit_parent": N_("Cơ quan chủ quản"), "unit_name": N_("Tên đơn vị"),
    "unit_code": N_("Mã đơn vị"), "place": N_("Địa danh"), "addressee": N_("Nơi nhận báo cáo"),
    "subject": N_("Trích yếu"), "period_from": N_("Từ năm"), "period_to": N_("Đến năm"), "number": N_("Số"),
    "symbol": N_("Ký hiệu"), "day": N_("Ngày"), "month": N_("Tháng"), "year": N_("Năm"),
    "capacity": N_("Quyền hạn ký"), "signer_position": N_("Chức vụ"), "signer_name": N_("Họ và tên"),
    "recipients": N_("Nơi nhận"), "outline": N_("Kiểu đánh số đề mục"),
}  # fmt: skip
_PRINT = {
    "bases": N_("Cách in căn cứ pháp lý"), "attached": N_("Dòng dưới tên phụ lục"),
    "charts": N_("Trang biểu đồ kinh phí"),
}  # fmt: skip
#: Choices of print; those without a translation are words that are printed.
_CHOICES = {
    "paragraphs": N_("Đoạn văn in nghiêng"), "bullets": N_("Gạch đầu dòng"), "kem-theo": "Kèm theo",
    "ban-hanh-kem-theo": "Ban hành kèm theo",
}  # fmt: skip
_LABELS_OF_ITEMS = {
    "place": N_("Vị trí"), "key": N_("Khóa trong mẫu"), "extra": N_("Trường khác trong tệp"),
    "kind": N_("Loại văn bản"), "number": N_("Số, ký hiệu"), "date": N_("Ngày ban hành"),
    "issuer": N_("Cơ quan ban hành"), "subject": N_("Trích yếu"), "heading": N_("Tiêu đề mục"), "text": N_("Nội dung"),
    "title": N_("Tên bảng"), "section": N_("Nơi in bảng"), "unit": N_("Đơn vị tính"),
    "numbering": N_("Kiểu đánh số"), "continuous": N_("Đánh số liên tục"), "layout": N_("Kiểu cột"),
    "columns": N_("Các cột"), "stated_total": N_("Tổng đã nêu"), "group": N_("Tên nhóm"), "task": N_("Tên nhiệm vụ"),
    "objective": N_("Mục tiêu"), "scope": N_("Quy mô"), "lead": N_("Đơn vị chủ trì"), "time_from": N_("Từ năm"),
    "time_to": N_("Đến năm"), "time": N_("Thời gian"), "total": N_("Kinh phí"),
    "security": N_("An toàn thông tin"), "carried_over": N_("Chuyển tiếp"), "result": N_("Kết quả"),
    "note": N_("Ghi chú"),
}  # fmt: skip


def is_amount(field: str) -> bool:
    """Whether the values of a changed field are đồng."""
    return field in ("total", "stated_total") or field.startswith(("funding.", "years."))


def particular_name(field: str, template: Template, say: Say = str) -> str:
    """What a field of the plan itself is called, an indicator (``indicators.KEY``) or a choice of print."""
    kind, dot, key = field.partition(".")
    if dot and kind == "indicators":
        spec = template.indicator(key)
        return spec.label if spec else key
    if dot and kind == "print":
        return say(_PRINT[key]) if key in _PRINT else key
    return say(_LABELS.get(field) or _LABELS_OF_ITEMS[field])


def field_name(field: str, template: Template, columns: tuple[str, ...] | None = None, say: Say = str) -> str:
    """What a field of a basis, section, table or row is called; ``columns`` are those of a register."""
    kind, dot, key = field.partition(".")
    if not dot:
        return say(_LABELS_OF_ITEMS[field])
    if kind == "funding":
        return template.source(key).short
    if kind == "years":
        return say(N_("Năm {year}")).format(year=key)
    at = int(key)
    named = columns[at] if columns and at < len(columns) else ""
    return named or say(N_("Cột {number}")).format(number=at + 1)


def value_text(field: str, value: Value, unit: str = "dong", say: Say = str) -> str:
    """A value as people read it: amounts in ``unit``, a mark as an x, nothing as nothing."""
    if value is None:
        return ""
    if is_amount(field):
        return format_amount(int(value), unit)
    if field in _MARKS:
        return "x"
    if field.startswith("print."):
        return say(_CHOICES[str(value)]) if value in _CHOICES else "x" if value == 1 else str(value)
    if field == "unit":
        return say(_UNITS[str(value)])
    if field == "date":
        return "/".join(reversed(str(value).split("-")))
    if isinstance(value, str):
        return value
    return format_number(value) if field.startswith("indicators.") else str(value)


def unit_text(unit: str, say: Say = str) -> str:
    return say(_UNITS[unit])


def signed(amount: int, unit: str) -> str:
    """A difference (đồng) with its sign: ``+12,5``, ``-3``, ``0``."""
    return f"+{format_amount(amount, unit)}" if amount > 0 else format_amount(amount, unit)


def kind_text(item: Item | TableChange, say: Say = str) -> str:
    """What became of it, in a word or two."""
    if item.kind == "added":
        return say(N_("Thêm"))
    if item.kind == "removed":
        return say(N_("Bỏ"))
    if item.kind == "sum":
        return say(N_("Tổng thay đổi"))
    if isinstance(item, Item) and item.is_moved:
        return say(N_("Chuyển chỗ")) if len(item.fields) == 1 else say(N_("Sửa, chuyển chỗ"))
    return say(N_("Sửa"))


def sum_name(field: str, template: Template, say: Say = str) -> str:
    """What a sum of a table is called."""
    if field == "total":
        return say(N_("Tổng cộng"))
    if field == "security":
        return say(N_("Trong đó an toàn thông tin"))
    return field_name(field, template, None, say)


def details(item: Item, template: Template, unit: str, columns: tuple[str, ...] | None, say: Say = str) -> list[str]:
    """What an added or removed row held beside its name and amount."""
    shown: list[str] = []
    if item.kind not in ("added", "removed"):
        return shown
    for change in item.fields:
        if change.field in ("task", "group", "total", "heading", "time_from", "time_to", "key"):
            continue
        value = change.after if item.kind == "added" else change.before
        if isinstance(value, str) and columns is not None and value == item.name:
            continue
        name = field_name(change.field, template, columns, say)
        shown.append(f"{name}: {value_text(change.field, value, unit, say)}")
    return shown


def difference(change: Change) -> int:
    """Of two amounts, in đồng; one that is not there counts nothing."""
    before, after = change.before, change.after
    return int(after or 0) - int(before or 0)
