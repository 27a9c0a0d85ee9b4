"""How the fields of each part lie in the store: the one description that reading, writing and undo share.

Texts and numbers lie as they are; lists and dictionaries as JSON; booleans as 0 and 1. Keys to other parts
(``plan_id``, ``parent_id``, ``table_id``) follow from where a part hangs.
"""

from __future__ import annotations

import json
from typing import Any

from models.plan import LegalBasis, Part, Plan, Row, Section, Table

PLAIN: dict[type[Part], tuple[str, ...]] = {
    Plan: (
        "template", "revision", "period_from", "period_to", "unit_parent", "unit_name", "unit_code", "place",
        "addressee", "number", "symbol", "year", "month", "day", "subject", "capacity", "signer_position",
        "signer_name",
    ),
    LegalBasis: ("ordinal", "kind", "number", "date", "issuer", "subject", "text"),
    Section: ("ordinal", "key", "heading", "text"),
    Table: ("ordinal", "key", "title", "section", "unit", "continuous", "stated_total", "layout"),
    Row: (
        "ordinal", "group", "stated_total", "task", "objective", "scope", "lead", "time_from", "time_to", "time",
        "total", "security", "carried_over", "result", "note",
    ),
}  # fmt: skip
AS_JSON: dict[type[Part], tuple[str, ...]] = {
    Plan: ("recipients", "indicators", "outline", "print_options", "extra"),
    LegalBasis: ("extra",),
    Section: ("extra",),
    Table: ("numbering", "columns", "extra"),
    Row: ("funding", "years", "cells", "extra"),
}
BOOLEAN = frozenset(("continuous", "security", "carried_over"))
#: Columns that say where a part hangs, and the type of part each points to.
KEYS: dict[type[Part], tuple[tuple[str, type[Part]], ...]] = {
    Plan: (),
    LegalBasis: (("plan_id", Plan),),
    Section: (("plan_id", Plan), ("parent_id", Section)),
    Table: (("plan_id", Plan),),
    Row: (("table_id", Table), ("parent_id", Row)),
}
TABLE_NAMES: dict[type[Part], str] = {
    Plan: "plan",
    LegalBasis: "legal_basis",
    Section: "section",
    Table: "plan_table",
    Row: "row",
}
TYPES = {name: cls for cls, name in TABLE_NAMES.items()}


def column_names(cls: type[Part]) -> tuple[str, ...]:
    """Every column of a part's table, its key first."""
    return ("id", *(name for name, _to in KEYS[cls]), *PLAIN[cls], *AS_JSON[cls])


def to_column(name: str, value: Any) -> Any:
    """A field's value as it lies in its column."""
    if name in BOOLEAN:
        return int(value)
    if value is not None and isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def from_column(cls: type[Part], name: str, value: Any) -> Any:
    """A column's value as the field it is of."""
    if name in BOOLEAN:
        return bool(value)
    if name in AS_JSON[cls]:
        return None if value is None else json.loads(value)
    return value


def key_of(part: Part) -> Any:
    """The part's key in the store: the id of a plan, the row number of any other part."""
    return part.id if isinstance(part, Plan) else part.row_id


def keys_of(part: Part) -> dict[str, Any]:
    """The values of the columns that say where a part hangs."""
    owner = part.parent
    return {name: key_of(owner) if type(owner) is to and owner is not None else None for name, to in KEYS[type(part)]}


def fields(part: Part) -> dict[str, Any]:
    """All columns of a part but its key."""
    values = keys_of(part)
    for name in (*PLAIN[type(part)], *AS_JSON[type(part)]):
        values[name] = to_column(name, getattr(part, name))
    return values
