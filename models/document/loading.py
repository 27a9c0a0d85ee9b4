"""Document → plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from models.document.fields import BASIS, GROUP, HEAD, OBJECTS, PLAN, SECTION, TABLE, TASK, Field, Wrong, read_texts
from models.document.parsing import Document, shown
from models.errors import DocumentError
from models.i18n import _
from models.plan import LegalBasis, Plan, Row, Section, Table, adopt, place

VERSION = 1

MISSING: Any = object()
_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")


def load(data: Document, name: str = "plan.json") -> Plan:
    """The plan that a parsed document says; ``DocumentError`` names the file, the field and what it must be."""
    try:
        return load_plan(data)
    except Wrong as wrong:
        raise DocumentError(
            _("Tệp “{file}” có trường “{path}” không hợp lệ: {expected}.").format(
                file=name, path=shown(wrong.path), expected=wrong.expected
            )
        ) from None


def load_plan(data: Document) -> Plan:
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise Wrong("/version", _("phải là số hiệu phiên bản, hiện là 1"))
    if version > VERSION:
        raise Wrong("/version", _("do chương trình mới hơn tạo ra; hãy cập nhật Kế Hoạch Số rồi mở lại"))
    plan_id = data.get("id")
    if type(plan_id) is not str or not _ID.fullmatch(plan_id):
        raise Wrong("/id", _("phải là mã của kế hoạch"))
    template = data.get("template")
    if type(template) is not str or not template:
        raise Wrong("/template", _("phải là tên của mẫu kế hoạch"))
    rest = {key: value for key, value in data.items() if key not in ("format", "version", "id", "template")}
    values: dict[str, Any] = {"id": plan_id, "template": template}
    extra: Document = {}
    for name, fields in OBJECTS:
        part = rest.pop(name, MISSING)
        if part is MISSING:
            continue
        if part is None:
            extra[name] = None
            continue
        if type(part) is not dict:
            raise Wrong(f"/{name}", _("phải là một nhóm trường"))
        found, more = _read(part, fields, f"/{name}")
        values |= found
        if more or not part:
            extra[name] = more
    bases = _list(rest, "legal_bases", "", extra)
    sections = _list(rest, "sections", "", extra)
    tables = _list(rest, "tables", "", extra)
    found, more = _read(rest, (*HEAD, *PLAN), "")
    plan = Plan(**values, **found, extra=extra | more)
    plan.legal_bases = _make(bases, "/legal_bases", _load_basis)
    plan.sections = _make(sections, "/sections", _load_section)
    plan.tables = _make(tables, "/tables", _load_table)
    adopt(plan)
    return plan


def _read(data: Document, fields: tuple[Field, ...], path: str) -> tuple[dict[str, Any], Document]:
    """The values of ``fields`` in ``data``, and the rest of it: unknown fields, and known ones given as empty."""
    values: dict[str, Any] = {}
    extra = dict(data)
    for field in fields:
        raw = data.get(field.name, MISSING)
        if raw is MISSING:
            continue
        value = field.read(raw, f"{path}/{field.name}")
        values[field.attribute] = value
        if value != field.default and value == raw:
            del extra[field.name]
    return values, extra


def _list(data: Document, name: str, path: str, extra: Document) -> list[Any]:
    """Take the list ``name`` out of ``data``; an empty or absent one is remembered in ``extra`` as it was given."""
    items = data.pop(name, MISSING)
    if items is MISSING:
        return []
    if not items and (items is None or items == []):
        extra[name] = items
        return []
    if type(items) is not list:
        raise Wrong(f"{path}/{name}", _("phải là một danh sách"))
    return items


def _make(items: list[Any], path: str, load_one: Callable[[Any, str], Any]) -> list[Any]:
    made = [load_one(item, f"{path}/{index}") for index, item in enumerate(items)]
    place(made)
    return made


def _object(value: Any, path: str) -> Document:
    if type(value) is not dict:
        raise Wrong(path, _("phải là một nhóm trường"))
    return value


def _load_basis(data: Any, path: str) -> LegalBasis:
    values, extra = _read(_object(data, path), BASIS, path)
    return LegalBasis(**values, extra=extra)


def _load_section(data: Any, path: str) -> Section:
    rest = dict(_object(data, path))
    extra: Document = {}
    below = _list(rest, "sections", path, extra)
    values, more = _read(rest, SECTION, path)
    section = Section(**values, extra=extra | more)
    section.sections = _make(below, f"{path}/sections", _load_section)
    return section


def _load_table(data: Any, path: str) -> Table:
    rest = dict(_object(data, path))
    extra: Document = {}
    below = _list(rest, "rows", path, extra)
    values, more = _read(rest, TABLE, path)
    table = Table(**values, extra=extra | more)
    load_one = _load_register_row if table.is_register else _load_row
    table.rows = _make(below, f"{path}/rows", load_one)
    return table


def _load_register_row(data: Any, path: str) -> Row:
    if type(data) is not list:
        raise Wrong(path, _("phải là một danh sách ô văn bản"))
    return Row(cells=read_texts(data, path))


def _load_row(data: Any, path: str) -> Row:
    rest = dict(_object(data, path))
    extra: Document = {}
    below = _list(rest, "rows", path, extra)
    if rest.get("group") is not None and rest.get("task") is None:
        fields: tuple[Field, ...] = GROUP
    elif rest.get("task") is not None and rest.get("group") is None:
        fields = TASK
    else:
        raise Wrong(path, _("phải có đúng một trong hai trường group hoặc task"))
    values, more = _read(rest, fields, path)
    row = Row(**values, extra=extra | more)
    if below:
        row.rows = _make(below, f"{path}/rows", _load_row)
    return row
