"""What ``models.compare`` found, in words; in documents always Vietnamese, in the window in its language."""

from __future__ import annotations

from models.comparison import Change, Item, TableChange, Value
from models.field_names import field_name
from models.i18n import N_, Say
from models.money import UNIT_NAMES, format_amount
from models.template import Template
from models.text import format_number

_MARKS = ("security", "carried_over", "continuous")
#: Choices of print; those without a translation are words that are printed.
_CHOICES = {
    "paragraphs": N_("Đoạn văn in nghiêng"), "bullets": N_("Gạch đầu dòng"), "kem-theo": "Kèm theo",
    "ban-hanh-kem-theo": "Ban hành kèm theo",
}  # fmt: skip


def is_amount(field: str) -> bool:
    """Whether the values of a changed field are đồng."""
    return field in ("total", "stated_total") or field.startswith(("funding.", "years."))


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
        return say(UNIT_NAMES[str(value)])
    if field == "date":
        return "/".join(reversed(str(value).split("-")))
    if isinstance(value, str):
        return value
    return format_number(value) if field.startswith("indicators.") else str(value)


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
