"""Taking plans back from a backup: into those that are there as an edit, or with all their past where they are not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from models.errors import BackupError
from models.i18n import N_
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, child_lists
from models.store.backup_contents import Contents
from models.store.backup_names import damaged
from models.store.columns import AS_JSON, PLAIN, TABLE_NAMES

if TYPE_CHECKING:
    from models.store.store import Store

#: Columns that say nothing of the content: numbers that are given anew when parts are put in.
_APART = ("revision", "ordinal")

LABEL = N_("Khôi phục từ bản sao lưu")

#: The parts of a plan in the order in which they are written, and where each hangs.
_OF_PLAN = "WHERE plan_id = ? ORDER BY id"
_BELOW = """
WHERE id IN (WITH RECURSIVE below(id) AS (
  SELECT id FROM "{table}" WHERE {top}
  UNION SELECT child.id FROM "{table}" child JOIN below ON child.parent_id = below.id
) SELECT id FROM below) ORDER BY id"""
_PARTS = {
    TABLE_NAMES[Plan]: "WHERE id = ?",
    TABLE_NAMES[LegalBasis]: _OF_PLAN,
    TABLE_NAMES[Section]: _BELOW.format(table=TABLE_NAMES[Section], top="plan_id = ?"),
    TABLE_NAMES[Table]: _OF_PLAN,
    TABLE_NAMES[Row]: _BELOW.format(
        table=TABLE_NAMES[Row], top=f'table_id IN (SELECT id FROM "{TABLE_NAMES[Table]}" WHERE plan_id = ?)'
    ),
}
_EDITS = _OF_PLAN
_CHANGES = "WHERE edit_id IN (SELECT id FROM edit WHERE plan_id = ?) ORDER BY id"
_EXPORTS = "WHERE plan_id = ? ORDER BY revision"


def restore(store: Store, contents: Contents, plan_ids: Sequence[str]) -> None:
    """Take plans back from an opened backup, all of them or none.

    A plan that the store has takes the content of the backup in one edit, which can be undone; out of the bin, if it
    was there; one that is the same anyway stays as it is. One that it has not comes back with its history, which can
    be undone as before, and its final exports. What the store has of revisions and exports it keeps in any case. The
    caller has made a backup of the store before.
    ``BackupError`` where the backup lacks a plan or turns out damaged, ``StoreError`` where nothing can be written.
    """
    with store.writer().transaction() as connection:
        for plan_id in dict.fromkeys(plan_ids):
            plan = contents.read(plan_id)
            if store.has(plan_id):
                held = store.read(plan_id)
                if store.is_deleted(plan_id) or _content(held) != _content(plan):
                    store.put(plan, LABEL)
                elif held.revision < plan.revision:
                    # Else the next final export would take the number, and the place, of one that comes along.
                    store.set_revision(plan_id, plan.revision, LABEL)
            else:
                _bring_back(connection, contents, plan_id)
                store.writer().mark(plan_id, LABEL)
            _insert(connection, "exported", contents.rows("exported", _EXPORTS, (plan_id,)))


def _content(part: Part) -> tuple[Any, ...]:
    """All that a part says, and those below it in their order; not the revision, which only ever grows."""
    cls = type(part)
    own = {name: getattr(part, name) for name in (*PLAIN[cls], *AS_JSON[cls]) if name not in _APART}
    return cls, own, [[_content(child) for child in children] for children in child_lists(part)]


def _bring_back(connection: Any, contents: Contents, plan_id: str) -> None:
    keys = _Keys(connection)
    # Parts may come before what they hang on; what counts is how it all stands at the end.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    try:
        for table, where in _PARTS.items():
            found = contents.rows(table, where, (plan_id,))
            _insert(connection, table, [keys.renewed(table, record) for record in found])
        edits = contents.rows("edit", _EDITS, (plan_id,))
        _insert(connection, "edit", [keys.renewed("edit", record) for record in edits])
        changes = contents.rows("change", _CHANGES, (plan_id,))
        _insert(connection, "change", [_change(keys, record) for record in changes])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise BackupError(damaged(contents.backup.path)) from None
    connection.exec_driver_sql("UPDATE plan SET deleted = NULL WHERE id = ?", (plan_id,))
    keys.keep()


def _change(keys: _Keys, record: dict[str, Any]) -> dict[str, Any]:
    """A line of the undo log, its keys renewed, in its texts as well."""
    del record["id"]
    record["edit_id"] = keys.new("edit", record["edit_id"])
    part = record["part"]
    if part == TABLE_NAMES[Plan]:
        return record
    record["key"] = keys.new(part, record["key"])
    for name in ("before", "after"):
        if record[name] is not None:
            values = keys.renewed(part, json.loads(record[name]))
            record[name] = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return record


class _Keys:
    """New keys for what has keys of the backup, such as nothing in the store ever had."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._next = {table: 1 for table in (*TABLE_NAMES.values(), "edit") if table != TABLE_NAMES[Plan]}
        for table, last in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence"):
            if table in self._next:
                self._next[table] = int(last) + 1
        self._new: dict[tuple[str, int], int] = {}

    def new(self, table: str, key: int) -> int:
        if (table, key) not in self._new:
            self._new[table, key] = self._next[table]
            self._next[table] += 1
        return self._new[table, key]

    def renewed(self, table: str, record: dict[str, Any]) -> dict[str, Any]:
        """The columns of a row with new keys; those of a plan are its id, which stays."""
        for name, to in (("id", table), ("parent_id", table), ("table_id", TABLE_NAMES[Table])):
            if table != TABLE_NAMES[Plan] and record.get(name) is not None:
                record[name] = self.new(to, record[name])
        return record

    def keep(self) -> None:
        """Let no part ever take a key that only the undo log has."""
        for table, following in self._next.items():
            values = (following - 1, table)
            done = self._connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", values)
            if not done.rowcount:
                self._connection.exec_driver_sql("INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)", values)


def _insert(connection: Any, table: str, records: Iterable[dict[str, Any]]) -> None:
    """Insert rows, of each the columns that the store has; an export of a revision that is there stays as it is."""
    rows = list(records)
    if not rows:
        return
    held = [found[1] for found in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]
    names = [name for name in held if name in rows[0]]
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    verb = "INSERT OR IGNORE" if table == "exported" else "INSERT"
    values = [tuple(row[name] for name in names) for row in rows]
    connection.exec_driver_sql(f'{verb} INTO "{table}" ({columns}) VALUES ({marks})', values)
