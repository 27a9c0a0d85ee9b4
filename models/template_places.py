"""Places in a template as its faults name them (``tables.tasks.layouts.simple``), told in words and found again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from models.i18n import N_, _
from models.template_edit import Path, keys, path_of, section_at
from models.template_parts import Template

NodeKind = Literal["general", "section", "table", "layout", "sources", "indicators"]

_STEP = re.compile(r"(\w+)\[(\d+)\]\.?")

#: What the fields of a template are called.
FIELD_NAMES: dict[str, str] = {
    "id": N_("Mã mẫu"),
    "version": N_("Phiên bản"),
    "name": N_("Tên mẫu"),
    "summary": N_("Dùng khi nào"),
    "law": N_("Văn bản quy định đề cương"),
    "years": N_("Số năm của kế hoạch"),
    "default_from": N_("Năm đầu thường dùng"),
    "addressee": N_("Nơi nhận báo cáo"),
    "kind": N_("Tên loại văn bản"),
    "symbol": N_("Chữ viết tắt trong ký hiệu"),
    "subject": N_("Trích yếu"),
    "recipients": N_("Nơi nhận"),
    "closing": N_("Lời kết"),
    "outline": N_("Đánh số đề mục"),
    "limits.security_share": N_("Kinh phí an toàn thông tin tối thiểu"),
    "limits.security_source": N_("Căn cứ của mức này"),
    "key": N_("Mã"),
    "heading": N_("Tên mục"),
    "required": N_("Bắt buộc"),
    "hint": N_("Hướng dẫn"),
    "text": N_("Lời mở đầu có sẵn"),
    "totals": N_("Bảng có tổng nêu trong mục"),
    "title": N_("Tên bảng khi in"),
    "label": N_("Tên ngắn"),
    "section": N_("In trong mục"),
    "unit": N_("Đơn vị tiền"),
    "numbering": N_("Đánh số dòng"),
    "continuous": N_("Đánh số liên tục qua các nhóm"),
    "span": N_("Bảng nói về"),
    "words": N_("Ghi tổng bằng chữ"),
    "columns": N_("Các cột"),
    "numbered": N_("Có dòng số thứ tự cột"),
    "number_label": N_("Tên cột số thứ tự"),
    "short": N_("Tên ngắn"),
    "parts": N_("Bằng tổng của"),
    "ratio_of": N_("Tỷ lệ so với"),
    "percent_of": N_("Là tỷ lệ của"),
    "field": N_("Nội dung cột"),
    "head": N_("Đầu cột chung"),
    "width": N_("Rộng (mm)"),
    "merged": N_("Gộp ô giống nhau"),
}


#: What the names of columns, sources and indicators are called in the editor.
_LABEL_NAMES = {"layout": N_("Tên cột"), "sources": N_("Tên nguồn vốn"), "indicators": N_("Tên số liệu")}


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a template that is edited at once: ``path`` of a section, the table's place and that of its layout.

    ``row`` is the source, indicator or column meant, -1: none.
    """

    kind: NodeKind
    path: Path = ()
    field: str = ""
    row: int = -1


def node_of(template: Template, place: str) -> Node:
    """The part that a fault's place speaks of; the template as a whole where it names none."""
    if _STEP.match(place):
        return _by_steps(template, place)
    top, _dot, rest = place.partition(".")
    if top == "sections":
        key, field = _split(rest, keys(template, "section"))
        path = path_of(template, key)
        return Node("section", path, field) if path is not None else Node("general")
    if top == "tables":
        at, rest = _found(rest, template.tables)
        if at < 0:
            return Node("general")
        if rest.startswith("layouts."):
            layouts = template.tables[at].layouts
            layout, field = _found(rest.removeprefix("layouts."), layouts)
            if layout >= 0:
                fields = [column.field for column in layouts[layout].columns]
                name, field_of = _split(field, fields)
                row = fields.index(name) if name in fields else -1
                return Node("layout", (at, layout), field_of if row >= 0 else field, row)
        return Node("table", (at,), rest)
    if top in ("sources", "indicators"):
        row, field = _found(rest, template.sources if top == "sources" else template.indicators)
        return Node(top, (), field, row)  # type: ignore[arg-type]
    return Node("general", (), place)


def words(template: Template, place: str) -> str:
    """A place as people say it: ``Mục “HẠ TẦNG KỸ THUẬT”, Hướng dẫn``."""
    node = node_of(template, place)
    field = _(FIELD_NAMES[node.field]) if node.field in FIELD_NAMES else ""
    if node.field == "label" and node.row >= 0:
        field = _(_LABEL_NAMES[node.kind])
    return ", ".join(filter(None, (_name(template, node), field))) or _("Mẫu")


def _name(template: Template, node: Node) -> str:
    if node.kind == "section":
        section = section_at(template, node.path)
        return _("Mục “{name}”").format(name=section.heading.strip() or section.key)
    if node.kind in ("table", "layout"):
        table = template.tables[node.path[0]]
        name = _("Bảng “{name}”").format(name=(table.label or table.title).strip() or table.key)
        if node.kind == "table":
            return name
        layout = table.layouts[node.path[1]]
        column = layout.columns[node.row].label if node.row >= 0 else ""
        return ", ".join(filter(None, (name, _("kiểu cột “{name}”").format(name=layout.label or layout.key), column)))
    if node.kind == "sources":
        name = template.sources[node.row].label if node.row >= 0 else ""
        return _("Nguồn vốn “{name}”").format(name=name) if name else _("Nguồn vốn")
    if node.kind == "indicators":
        name = template.indicators[node.row].label if node.row >= 0 else ""
        return _("Số liệu “{name}”").format(name=name) if name else _("Số liệu")
    return ""


def _split(rest: str, known: Sequence[str]) -> tuple[str, str]:
    """The longest key of ``known`` that ``rest`` begins with, and the field behind it; keys have dots themselves."""
    fitting = [key for key in known if rest == key or rest.startswith(f"{key}.")]
    key = max(fitting, key=len, default="")
    return key, rest[len(key) :].lstrip(".") if fitting else rest


def _found(rest: str, parts: Sequence[Any]) -> tuple[int, str]:
    known = [part.key for part in parts]
    key, field = _split(rest, known)
    return (known.index(key), field) if key in known else (-1, rest)


def _by_steps(template: Template, place: str) -> Node:
    """A place told by numbers: ``sections[0].sections[2].text``."""
    steps = [(name, int(at)) for name, at in _STEP.findall(place)]
    field = place[place.rfind("]") + 1 :].lstrip(".")
    top = steps[0][0]
    if top == "sections":
        return Node("section", tuple(at for _name, at in steps), field)
    if top == "tables":
        places = tuple(at for name, at in steps if name in ("tables", "layouts"))
        row = next((at for name, at in steps if name == "columns"), -1)
        return Node("layout", places, field, row) if len(places) > 1 else Node("table", places, field)
    return Node(top, (), field, steps[0][1]) if top in ("sources", "indicators") else Node("general", (), top)
