"""Plan → document: fields in the order of the format, unknown ones after them."""

from __future__ import annotations

import json
from typing import Any

from models.document.fields import BASIS, GROUP, HEAD, OBJECTS, PLAN, SECTION, TABLE, TASK, Field, Wrong
from models.document.loading import MISSING, VERSION, load_plan
from models.document.parsing import FORMAT, Document
from models.plan import Plan, Row, Section, Table


def dump(plan: Plan) -> Document:
    """The plan document: fields in the order of the format, unknown ones after them."""
    extra = dict(plan.extra)
    head = {field.name: field for field in HEAD}
    document: Document = {"format": FORMAT, "version": VERSION, "id": plan.id}
    document |= _write(plan, (head["revision"],), _take(extra, "revision"))
    document["template"] = plan.template
    for name, fields in OBJECTS:
        given = extra.pop(name, MISSING)
        part = _write(plan, fields, given if isinstance(given, dict) else {})
        if part or given == {}:
            document[name] = part
        elif given is None:
            document[name] = None
        if name == "organisation":
            document |= _write(plan, (head["addressee"],), _take(extra, "addressee"))
    lists: Document = {
        "recipients": None,
        "legal_bases": [_write(basis, BASIS, basis.extra) for basis in plan.legal_bases],
        "indicators": None,
        "outline": None,
        "print": None,
        "sections": [_dump_section(section) for section in plan.sections],
        "tables": [_dump_table(table) for table in plan.tables],
    }
    fields_by_name = {field.name: field for field in PLAN}
    for name, items in lists.items():
        if name in fields_by_name:
            document |= _write(plan, (fields_by_name[name],), _take(extra, name))
        else:
            _put_list(document, name, items, extra)
    return document | _sorted(extra)


def to_bytes(plan: Plan) -> bytes:
    """``plan.json`` as it lies in a package: equal plans give equal bytes."""
    return (json.dumps(dump(plan), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def copy(plan: Plan) -> Plan:
    """A plan of the same content that belongs to no session."""
    return load_plan(dump(plan))


def _write(source: Any, fields: tuple[Field, ...], extra: Document) -> Document:
    rest = dict(extra)
    written: Document = {}
    for field in fields:
        value = getattr(source, field.attribute)
        given = rest.pop(field.name, MISSING)
        if given is not MISSING and _same(field, given, value):
            written[field.name] = _ordered(given)
        elif value != field.default:
            written[field.name] = _ordered(value)
    return written | _sorted(rest)


def _same(field: Field, given: Any, value: Any) -> bool:
    """Whether the value still is what the document gave in another form (``null`` for an empty text, say)."""
    try:
        return bool(field.read(given, "") == value)
    except Wrong:
        return False


def _dump_section(section: Section) -> Document:
    extra = dict(section.extra)
    below = [_dump_section(child) for child in section.sections]
    given = _take(extra, "sections")
    written = _write(section, SECTION, extra)
    _put_list(written, "sections", below, given)
    return written


def _dump_table(table: Table) -> Document:
    extra = dict(table.extra)
    given = _take(extra, "rows")
    written = _write(table, TABLE, extra)
    if table.is_register:
        rows: list[Any] = [list(row.cells or []) for row in table.rows]
    else:
        rows = [_dump_row(row) for row in table.rows]
    _put_list(written, "rows", rows, given)
    return written


def _dump_row(row: Row) -> Document:
    extra = dict(row.extra)
    given = _take(extra, "rows")
    written = _write(row, GROUP if row.is_group else TASK, extra)
    _put_list(written, "rows", [_dump_row(child) for child in row.rows], given)
    return written


def _put_list(document: Document, name: str, items: list[Any], extra: Document) -> None:
    given = extra.pop(name, MISSING)
    if items:
        document[name] = items
    elif given is not MISSING:
        document[name] = given


def _take(extra: Document, name: str) -> Document:
    """The part of ``extra`` under ``name``, taken out of it."""
    return {name: extra.pop(name)} if name in extra else {}


def _sorted(extra: Document) -> Document:
    return {key: _ordered(extra[key]) for key in sorted(extra)}


def _ordered(value: Any) -> Any:
    """``value`` with the keys of its objects in one order, whichever they came in: equal plans give equal bytes."""
    if type(value) is dict:
        return _sorted(value)
    return [_ordered(item) for item in value] if type(value) is list else value
