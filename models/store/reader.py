"""Reading plans out of the store, with the driver alone: what the window needs before it can be used.

SQLAlchemy writes (``store.writer``); it is not loaded for reading, because loading it takes longer than the
whole rest of a start.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterable
from typing import Any

from models.plan import LegalBasis, Part, Plan, Row, Section, Table
from models.store.columns import AS_JSON, BOOLEAN, KEYS, PLAIN, TABLE_NAMES, from_column

_BELOW = """
WITH RECURSIVE below(id) AS (
  SELECT id FROM "{table}" WHERE "{top}" IN ({owners})
  UNION ALL SELECT child.id FROM "{table}" child JOIN below ON child.parent_id = below.id
)
SELECT {columns} FROM "{table}" WHERE id IN below ORDER BY ordinal
"""


def read_plan(connection: sqlite3.Connection, plan_id: str) -> Plan | None:
    """The plan of that id with all its parts; ``None`` where the store has none."""
    # Nothing of what is read is garbage, and looking for it takes as long as the reading.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read_plan(connection, plan_id)
    finally:
        if collecting:
            gc.enable()


def _read_plan(connection: sqlite3.Connection, plan_id: str) -> Plan | None:
    found = _select(connection, Plan, "SELECT {columns} FROM plan WHERE id = ?", (plan_id,))
    if not found:
        return None
    plan: Plan = found[0][0]
    plan.__dict__["id"] = plan_id
    own = 'SELECT {{columns}} FROM "{}" WHERE plan_id = ? ORDER BY ordinal'
    plan.__dict__["legal_bases"] = _hang(plan, _select(connection, LegalBasis, own.format("legal_basis"), (plan_id,)))
    plan.__dict__["tables"] = _hang(plan, _select(connection, Table, own.format("plan_table"), (plan_id,)))
    _tree(connection, Section, "plan_id", {plan_id: plan}, "sections")
    tables = {table.row_id: table for table in plan.tables}
    if tables:
        _tree(connection, Row, "table_id", tables, "rows")
    return plan


def _hang(owner: Part, found: Iterable[tuple[Any, tuple[Any, ...]]]) -> list[Any]:
    children = []
    for part, _keys in found:
        part.__dict__["parent"] = owner
        children.append(part)
    return children


def _tree(connection: sqlite3.Connection, cls: type[Part], top: str, owners: dict[Any, Any], below: str) -> None:
    """Read the parts that hang on ``owners``, and those that hang on them, into their lists ``below``."""
    marks = ", ".join("?" * len(owners))
    query = _BELOW.format(table=TABLE_NAMES[cls], top=top, owners=marks, columns="{columns}")
    found = _select(connection, cls, query, tuple(owners))
    by_key = {part.row_id: part for part, _keys in found}
    for part, (owner_key, parent_key) in found:
        owner = by_key[parent_key] if parent_key is not None else owners[owner_key]
        part.__dict__["parent"] = owner
        owner.__dict__[below].append(part)


def _select(
    connection: sqlite3.Connection, cls: type[Part], query: str, values: tuple[Any, ...]
) -> list[tuple[Any, tuple[Any, ...]]]:
    """The parts that a query gives, each with the columns that say where it hangs."""
    keys = [name for name, _to in KEYS[cls]]
    plain, as_json = PLAIN[cls], AS_JSON[cls]
    names = ["id", *keys, *plain, *as_json]
    first, middle = 1 + len(keys), 1 + len(keys) + len(plain)
    booleans = [name for name in plain if name in BOOLEAN]
    blank = _blank(cls)
    found = []
    for record in connection.execute(query.format(columns=", ".join(f'"{name}"' for name in names)), values):
        part = cls.__new__(cls)
        into = part.__dict__
        into.update(zip(plain, record[first:middle], strict=True))
        into["row_id"] = record[0] if cls is not Plan else 0
        for name in booleans:
            into[name] = bool(into[name])
        for name, value in zip(as_json, record[middle:], strict=True):
            into[name] = {} if value == "{}" else from_column(cls, name, value)
        for name in blank:
            into[name] = []
        found.append((part, record[1:first]))
    return found


def _blank(cls: type[Part]) -> tuple[str, ...]:
    return {
        Plan: ("legal_bases", "sections", "tables"),
        Section: ("sections",),
        Table: ("rows",),
        Row: ("rows",),
    }.get(cls, ())


def read_parts(connection: sqlite3.Connection, cls: type[Part], keys: list[Any]) -> list[tuple[Any, tuple[Any, ...]]]:
    """The parts of those keys, alone, each with the columns that say where it hangs."""
    found: list[tuple[Any, tuple[Any, ...]]] = []
    for start in range(0, len(keys), 500):
        chunk = keys[start : start + 500]
        marks = ", ".join("?" * len(chunk))
        query = f'SELECT {{columns}} FROM "{TABLE_NAMES[cls]}" WHERE id IN ({marks})'
        found.extend(_select(connection, cls, query, tuple(chunk)))
    return found
