"""What changed between two states of a plan, as the lines of a list; and all that changed in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from models import change_texts as say
from models.comparison import Change, Comparison, Item, TableChange
from models.field_names import field_name, particular_name
from models.i18n import _
from models.money import unit_name
from models.template import Template
from models.word_changes import word_changes
from ui import theme

#: What a line looks like: ``heading`` has those of a table or of a kind of part under it.
Look = Literal["heading", "added", "removed", "moved", "changed", "sum"]

#: Of a text that stayed the same, so many letters are shown at either side of what changed.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line; ``table`` is the one that ``item`` is a row of, a ``change`` that of a field of the plan itself."""

    look: Look
    number: str = ""
    name: str = ""
    what: str = ""
    before: str = ""
    after: str = ""
    difference: str = ""
    depth: int = 0
    item: Item | None = None
    table: TableChange | None = None
    change: Change | None = None


def lines(found: Comparison, template: Template) -> list[Line]:
    """The list, in the order of the newer plan: what is said first, then the tables."""
    made: list[Line] = []
    for title, changes in ((_("Thông tin chung"), found.particulars), (_("Số liệu"), found.indicators)):
        if changes:
            made.append(Line("heading", name=title))
            made.extend(_particular(change, template) for change in changes)
    for title, items in ((_("Căn cứ pháp lý"), found.bases), (_("Nội dung các mục"), found.sections)):
        if items:
            made.append(Line("heading", name=title))
            made.extend(_item(item, template, None) for item in items)
    for table in found.tables:
        made.extend(_table(table, template))
    return made


def _particular(change: Change, template: Template) -> Line:
    before, after = (_one_line(say.value_text(change.field, value, say=_)) for value in (change.before, change.after))
    name = particular_name(change.field, template, _)
    return Line("changed", name=name, what=_("Sửa"), before=before, after=after, change=change)


def _table(table: TableChange, template: Template) -> Iterator[Line]:
    what = "" if table.kind == "changed" else say.kind_text(table, _)
    if table.is_register:
        yield Line("heading", name=_one_line(table.title), what=what, table=table)
    else:
        before, after = (say.value_text("total", one, table.unit) for one in (table.total_before, table.total_after))
        unit = unit_name(table.unit)
        yield Line(
            "heading", "", _one_line(table.title), f"{what} · {unit}" if what else unit, before, after,
            say.signed(table.difference, table.unit), table=table,
        )  # fmt: skip
    for change in table.fields:
        old, new = (say.value_text(change.field, value, table.unit, _) for value in (change.before, change.after))
        name, what = field_name(change.field, template, None, _), _("Sửa bảng")
        yield Line("changed", "", name, what, _one_line(old), _one_line(new), table=table, change=change)
    for item in table.rows:
        yield _item(item, template, table)


def _item(item: Item, template: Template, table: TableChange | None) -> Line:
    unit, columns = (table.unit, table.columns) if table else ("dong", None)
    look: Look = item.kind
    what = say.kind_text(item, _)
    before, after, difference = "", "", ""
    if item.kind == "changed":
        look = "moved" if item.is_moved and len(item.fields) == 1 else "changed"
        fields = [change for change in item.fields if change.field != "place"]
        if fields:
            what += ": " + ", ".join(field_name(change.field, template, columns, _).lower() for change in fields)
        shown = fields[0] if fields else item.fields[0]
        before, after = (say.value_text(shown.field, value, unit, _) for value in (shown.before, shown.after))
    if item.amount_before != item.amount_after:
        before, after = (say.value_text("total", one, unit) for one in (item.amount_before, item.amount_after))
        difference = say.signed(item.difference, unit)
    return Line(
        look, item.number, _one_line(item.name), what, _one_line(before), _one_line(after), difference, item.depth,
        item, table,
    )  # fmt: skip


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "  " in text else text


def _total(before: int | None, after: int | None, unit: str) -> str:
    """``5.039,772 → 5.139,772 triệu đồng (+100)``; without the arrow where it is the same."""
    old, new = (say.value_text("total", amount or 0, unit) for amount in (before, after))
    name = unit_name(unit)
    if before == after:
        return f"{new} {name}"
    return f"{old} → {new} {name} ({say.signed((after or 0) - (before or 0), unit)})"


def summary(found: Comparison, unit: str) -> str:
    """How many tasks, and the total of the plan's own list of tasks in ``unit``, in one line."""
    if found.is_empty:
        return _("Hai bản không khác nhau về nội dung.")
    counted = [
        (_("thêm {count}"), found.count("added")),
        (_("bỏ {count}"), found.count("removed")),
        (_("chuyển chỗ {count}"), found.count("moved")),
        (_("sửa {count}"), found.count("changed")),
    ]
    counts = ", ".join(text.format(count=count) for text, count in counted if count)
    said = [_("Nhiệm vụ: {counts}.").format(counts=counts) if counts else _("Các nhiệm vụ không đổi.")]
    if found.total_before is not None or found.total_after is not None:
        said.append(_("Tổng: {total}.").format(total=_total(found.total_before, found.total_after, unit)))
    others = len(found.particulars) + len(found.indicators) + len(found.bases) + len(found.sections)
    others += sum(len(table.rows) for table in found.tables if table.is_register)
    if others:
        said.append(_("Ngoài ra có {count} thay đổi về thông tin, căn cứ, nội dung, số liệu.").format(count=others))
    return " ".join(said)


# ---- one line in full


def details(line: Line, template: Template) -> str:
    """All that changed in the part of a line, as HTML: what is gone struck through, what is new underlined."""
    unit, columns = (line.table.unit, line.table.columns) if line.table else ("dong", None)
    shown = [f"<b>{escape(_full_name(line))}</b>"]
    if line.change is not None:
        shown.append(_change(line.name, line.change, unit))
    if line.item is not None:
        item = line.item
        for change in item.fields:
            shown.append(_change(field_name(change.field, template, columns, _), change, unit))
        if item.amount_before != item.amount_after and all(change.field != "total" for change in item.fields):
            total = Change("total", item.amount_before, item.amount_after)
            shown.append(_change(_("Tổng cộng"), total, unit))
    return "<br>".join(shown)


def _full_name(line: Line) -> str:
    name = line.item.name if line.item else line.name
    what = line.what.partition(":")[0]
    return f"{line.number} {name}".strip() + (f" · {what}" if what else "")


def _change(name: str, change: Change, unit: str) -> str:
    values = [say.value_text(change.field, value, unit, _) for value in (change.before, change.after)]
    if say.is_amount(change.field):
        shown = [escape(value) or "–" for value in values]
        changed = say.signed(say.difference(change), unit)
        return f"{escape(name)}: {shown[0]} → {shown[1]} ({changed})"
    return f"{escape(name)}: {_marked(*values)}"


def _marked(before: str, after: str) -> str:
    c = theme.colours()
    gone, new = f"color:{c.error};text-decoration:line-through", f"color:{c.done};text-decoration:underline"
    pieces = word_changes(before, after)
    if before and after and not any(kind == "same" and text.strip() for kind, text in pieces):
        return f"{_span(before, gone)} → {_span(after, new)}"
    shown = []
    for at, (kind, text) in enumerate(pieces):
        if kind == "same":
            shown.append(_html(_around(text, at > 0, at < len(pieces) - 1)))
        else:
            shown.append(_span(text, gone if kind == "removed" else new))
    return "".join(shown)


def _around(text: str, has_left: bool, has_right: bool) -> str:
    """Of a text that is the same only what stands beside the changes."""
    if len(text) <= 3 * _AROUND:
        return text
    left, right = text[:_AROUND] if has_left else "", text[-_AROUND:] if has_right else ""
    return f"{left} … {right}"


def _span(text: str, style: str) -> str:
    return f'<span style="{style}">{_html(text)}</span>'


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
