"""Writing to the store, with SQLAlchemy: edits, undo and redo, each one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, create_engine, delete, event, insert, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from models.plan import Part, Plan, walk
from models.store import schema
from models.store.columns import AS_JSON, PLAIN, TYPES, fields, key_of, keys_of, to_column
from models.store.files import explain, who
from models.store.queries import NEXT_EDIT


class Writer:
    """Writes through the one connection of the store."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._path = path
        self._open: Connection | None = None
        self._engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

        # The driver is in autocommit mode, so every transaction begins here, and takes the write lock at once.
        @event.listens_for(self._engine, "begin")
        def begin(started: Connection) -> None:
            started.exec_driver_sql("BEGIN IMMEDIATE")

    def dispose(self) -> None:
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction; any failure of the store comes out as ``StoreError``, with nothing written.

        Inside of another one it is a part of that.
        """
        if self._open is not None:
            yield self._open
            return
        try:
            with self._engine.begin() as connection:
                self._open = connection
                try:
                    yield connection
                finally:
                    self._open = None
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise explain(getattr(error, "orig", None) or error, self._path) from error

    # ---- edits

    def add(self, plan: Plan, label: str) -> None:
        """Store a new plan; making it is no step that can be undone."""
        with self.transaction() as connection:
            self._new_edit(connection, plan.id, label)
            self._insert(connection, list(walk(plan)))

    def write(
        self, plan_id: str, label: str, new: list[Part], updates: list[tuple[Part, set[str]]], gone: list[Part]
    ) -> None:
        """Write one edit of a plan, recorded for undo; a new part's owner comes before it in ``new``."""
        with self.transaction() as connection:
            connection.execute(delete(schema.edit).where(schema.edit.c.plan_id == plan_id, schema.edit.c.undone == 1))
            with self._recorded(connection, plan_id, label):
                # In this order what moves has somewhere to go, and is away before its old owner is deleted.
                self._insert(connection, new)
                for (cls, _columns), rows in _batches(updates).items():
                    table = schema.TABLES[cls]
                    connection.execute(update(table).where(table.c.id == bindparam("key_of_row")), rows)
                for cls, table in schema.TABLES.items():
                    if keys := [{"key": key_of(part)} for part in gone if type(part) is cls]:
                        connection.execute(delete(table).where(table.c.id == bindparam("key")), keys)

    def mark(self, plan_id: str, label: str) -> None:
        """Put a line into the history that changes nothing and cannot be undone."""
        with self.transaction() as connection:
            self._new_edit(connection, plan_id, label)

    def raise_revision(self, plan_id: str, revision: int, label: str) -> None:
        """Set the plan's revision; not a step that can be undone: a revision only ever grows."""
        table = schema.TABLES[Plan]
        with self.transaction() as connection:
            self._new_edit(connection, plan_id, label)
            connection.execute(update(table).where(table.c.id == plan_id).values(revision=revision))

    def keep_export(self, plan_id: str, revision: int, code: str, package: bytes) -> None:
        """Keep the package of a final export; one of that revision is replaced."""
        now = datetime.now().isoformat(timespec="seconds")
        with self.transaction() as connection:
            connection.execute(
                text(
                    "INSERT OR REPLACE INTO exported (plan_id, revision, created, who, code, package)"
                    " VALUES (:plan, :revision, :now, :who, :code, :package)"
                ),
                {"plan": plan_id, "revision": revision, "now": now, "who": who(), "code": code, "package": package},
            )

    def keep_signed(self, plan_id: str, revision: int, signed: bytes) -> None:
        """Keep the PDF of a final export as it came back signed."""
        with self.transaction() as connection:
            connection.execute(
                text("UPDATE exported SET signed = :signed WHERE plan_id = :plan AND revision = :revision"),
                {"plan": plan_id, "revision": revision, "signed": signed},
            )

    def set_deleted(self, plan_id: str, deleted: bool, label: str) -> None:
        """Put a plan into the bin, or take it out of it."""
        when = datetime.now().isoformat(timespec="seconds") if deleted else None
        with self.transaction() as connection:
            self._new_edit(connection, plan_id, label)
            connection.execute(text("UPDATE plan SET deleted = :when WHERE id = :id"), {"when": when, "id": plan_id})

    def set_summary(self, plan_id: str, edit_id: int, total: int | None, errors: int, warnings: int) -> None:
        """Keep what the list of plans shows, as of one edit."""
        with self.transaction() as connection:
            connection.execute(
                text("INSERT OR REPLACE INTO summary VALUES (:plan, :edit, :total, :errors, :warnings)"),
                {"plan": plan_id, "edit": edit_id, "total": total, "errors": errors, "warnings": warnings},
            )

    def _new_edit(self, connection: Connection, plan_id: str, label: str) -> int:
        now = datetime.now().isoformat(timespec="seconds")
        values = {"plan_id": plan_id, "label": label, "at": now, "who": who(), "undone": 0}
        result = connection.execute(insert(schema.edit).values(values))
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    @contextmanager
    def _recorded(self, connection: Connection, plan_id: str, label: str) -> Iterator[None]:
        """Inside, the triggers write down every change as part of one new edit."""
        edit_id = self._new_edit(connection, plan_id, label)
        connection.execute(insert(schema.recording).values(edit_id=edit_id))
        yield
        connection.execute(delete(schema.recording))

    def _insert(self, connection: Connection, new: list[Part]) -> None:
        """Insert parts, each after its owner: ``new`` is in this order, and so are the kinds in ``TABLES``."""
        for cls, table in schema.TABLES.items():
            if parts := [part for part in new if type(part) is cls]:
                if cls is not Plan:
                    _number(connection, cls, parts)
                connection.execute(insert(table), [{"id": key_of(part), **fields(part)} for part in parts])

    # ---- undo and redo

    def step(self, plan_id: str, back: bool) -> tuple[str, dict[type[Part], set[Any]]] | None:
        """Undo the last edit of a plan, or redo the last one undone.

        Gives the edit's label and the keys of the parts it touched; ``None`` where there is none.
        """
        with self.transaction() as connection:
            found = connection.execute(text(NEXT_EDIT[back]), {"plan": plan_id}).first()
            if found is None:
                return None
            # Parts may come back before what they hang on; what counts is how it all stands at the end.
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            order = "DESC" if back else "ASC"
            changes = connection.execute(
                text(f"SELECT part, key, before, after FROM change WHERE edit_id = :edit ORDER BY id {order}"),
                {"edit": found.id},
            ).all()
            touched: dict[type[Part], set[Any]] = {}
            for part, key, before, after in changes:
                _apply(connection, part, key, *((after, before) if back else (before, after)))
                touched.setdefault(TYPES[part], set()).add(key)
            connection.execute(update(schema.edit).where(schema.edit.c.id == found.id).values(undone=int(back)))
            return str(found.label), touched


def _apply(connection: Connection, part: str, key: Any, old: str | None, new: str | None) -> None:
    """Turn a row from what it was to what it shall be; either is JSON of its columns, or ``None`` for no row."""
    # Thousands of rows may come back at once: SQL as it is takes a quarter of the time of what has to be built first.
    if new is None:
        connection.exec_driver_sql(f'DELETE FROM "{part}" WHERE id = ?', (key,))
        return
    table = schema.TABLES[TYPES[part]]
    values = json.loads(new)
    names = [name for name in values if name == "deleted" or name in table.c]
    found = [values[name] for name in names]
    if old is None:
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f'INSERT INTO "{part}" ({columns}) VALUES ({marks})', tuple(found))
    else:
        assignments = ", ".join(f'"{name}" = ?' for name in names)
        connection.exec_driver_sql(f'UPDATE "{part}" SET {assignments} WHERE id = ?', (*found, key))


def _number(connection: Connection, cls: type[Part], parts: list[Part]) -> None:
    """Give new parts their keys, such as no part ever had."""
    name = schema.TABLES[cls].name
    last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": name}).scalar()
    for number, part in enumerate(parts, int(last or 0) + 1):
        part.__dict__["row_id"] = number


def _batches(updates: list[tuple[Part, set[str]]]) -> dict[tuple[type[Part], tuple[str, ...]], list[dict[str, Any]]]:
    """The new values of parts, those together that one statement can write."""
    found: dict[tuple[type[Part], tuple[str, ...]], list[dict[str, Any]]] = {}
    for part, names in updates:
        if values := _values(part, names):
            columns = tuple(sorted(values))
            found.setdefault((type(part), columns), []).append({"key_of_row": key_of(part), **values})
    return found


def _values(part: Part, names: set[str]) -> dict[str, Any]:
    stored = {*PLAIN[type(part)], *AS_JSON[type(part)]}
    values = {name: to_column(name, getattr(part, name)) for name in names if name in stored}
    if "parent" in names:
        values |= keys_of(part)
    return values
