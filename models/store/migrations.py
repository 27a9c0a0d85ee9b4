"""The schema of the store, version by version. The number of the version is SQLite's ``user_version``.

Each migration is one small function that runs in a transaction of its own. What a version was never changes:
a new version is a new function at the end of ``MIGRATIONS``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from models.errors import StoreError
from models.i18n import _

_V1 = """
CREATE TABLE plan (
  id TEXT PRIMARY KEY, template TEXT NOT NULL, revision INTEGER NOT NULL, period_from INTEGER, period_to INTEGER,
  unit_parent TEXT NOT NULL, unit_name TEXT NOT NULL, unit_code TEXT NOT NULL, place TEXT NOT NULL,
  addressee TEXT NOT NULL, number TEXT NOT NULL, symbol TEXT NOT NULL, year INTEGER, month INTEGER, day INTEGER,
  subject TEXT NOT NULL, capacity TEXT NOT NULL, signer_position TEXT NOT NULL, signer_name TEXT NOT NULL,
  recipients TEXT NOT NULL, indicators TEXT NOT NULL, outline TEXT, extra TEXT NOT NULL,
  deleted TEXT
);
CREATE TABLE legal_basis (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id TEXT NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, date TEXT NOT NULL, issuer TEXT NOT NULL,
  subject TEXT NOT NULL, text TEXT NOT NULL, extra TEXT NOT NULL
);
CREATE INDEX legal_basis_plan ON legal_basis(plan_id);
CREATE TABLE section (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id TEXT REFERENCES plan(id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES section(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, key TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, extra TEXT NOT NULL
);
CREATE INDEX section_plan ON section(plan_id);
CREATE INDEX section_parent ON section(parent_id);
CREATE TABLE plan_table (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id TEXT NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, section TEXT NOT NULL, unit TEXT NOT NULL,
  continuous INTEGER NOT NULL, stated_total INTEGER, layout TEXT NOT NULL, numbering TEXT, columns TEXT,
  extra TEXT NOT NULL
);
CREATE INDEX plan_table_plan ON plan_table(plan_id);
CREATE TABLE row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  table_id INTEGER REFERENCES plan_table(id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES row(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, "group" TEXT, stated_total INTEGER, task TEXT, objective TEXT NOT NULL,
  scope TEXT NOT NULL, lead TEXT NOT NULL, time_from INTEGER, time_to INTEGER, time TEXT NOT NULL, total INTEGER,
  security INTEGER NOT NULL, carried_over INTEGER NOT NULL, result TEXT NOT NULL, note TEXT NOT NULL,
  funding TEXT NOT NULL, years TEXT NOT NULL, cells TEXT, extra TEXT NOT NULL
);
CREATE INDEX row_table ON row(table_id);
CREATE INDEX row_parent ON row(parent_id);
CREATE TABLE edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id TEXT NOT NULL, label TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX edit_plan ON edit(plan_id, undone);
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  edit_id INTEGER NOT NULL REFERENCES edit(id) ON DELETE CASCADE,
  part TEXT NOT NULL, key, before TEXT, after TEXT
);
CREATE INDEX change_edit ON change(edit_id);
CREATE TABLE recording (edit_id INTEGER NOT NULL);
CREATE TABLE summary (
  plan_id TEXT PRIMARY KEY, edit_id INTEGER NOT NULL, total INTEGER, errors INTEGER NOT NULL, warnings INTEGER NOT NULL
);
"""

#: The tables of version 1 whose changes are recorded for undo; a plan's revision is not: it only ever grows.
_RECORDED_V1 = ("plan", "legal_basis", "section", "plan_table", "row")


def _version_1(connection: sqlite3.Connection) -> None:
    for statement in _V1.split(";"):
        if statement.strip():
            connection.execute(statement)
    for table in _RECORDED_V1:
        record_changes(connection, table, leave_out=("revision",) if table == "plan" else ())


_EXPORTED = """
CREATE TABLE exported (
  plan_id TEXT NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL, created TEXT NOT NULL, who TEXT NOT NULL, code TEXT NOT NULL,
  package BLOB NOT NULL, signed BLOB,
  PRIMARY KEY (plan_id, revision)
)
"""


def _version_2(connection: sqlite3.Connection) -> None:
    """How a plan is printed; and every final export is kept, with what came back signed."""
    connection.execute("ALTER TABLE plan ADD COLUMN print_options TEXT NOT NULL DEFAULT '{}'")
    connection.execute(
        "UPDATE plan SET print_options = json_extract(extra, '$.print'), extra = json_remove(extra, '$.print') "
        "WHERE json_type(extra, '$.print') = 'object'"
    )
    for event in ("insert", "delete", "update"):
        connection.execute(f"DROP TRIGGER record_plan_{event}")
    record_changes(connection, "plan", leave_out=("revision",))
    connection.execute(_EXPORTED)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_version_1, _version_2)

SCHEMA = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """The schema version of the store; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_version(found: int, file: str) -> None:
    """``StoreError`` where that version is newer than this program."""
    if found > SCHEMA:
        raise StoreError(
            _(
                "Kho dữ liệu “{file}” do phiên bản Kế Hoạch Số mới hơn tạo ra nên không được mở; "
                "hãy cập nhật chương trình."
            ).format(file=file)
        )


def migrate(connection: sqlite3.Connection, file: str) -> None:
    """Bring the store to the newest version; ``StoreError`` where it is newer than this program."""
    found = version(connection)
    refuse_version(found, file)
    for number in range(found + 1, SCHEMA + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version(connection) < number:
                MIGRATIONS[number - 1](connection)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            # On a full disk SQLite has taken it back by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def record_changes(connection: sqlite3.Connection, table: str, leave_out: tuple[str, ...] = ()) -> None:
    """Triggers that write every change of a table to ``change`` while an edit is recorded.

    The way of SQLite's "Automatic Undo/Redo Using SQLite", but with what was there before and after as JSON:
    so undo and redo read the same log, and an update holds only the columns that it changed.
    """
    columns = [record[1] for record in connection.execute(f'PRAGMA table_info("{table}")')]

    def whole(which: str) -> str:
        return "json_object(" + ", ".join(f"'{name}', {which}.\"{name}\"" for name in columns) + ")"

    def changed(which: str) -> str:
        parts = " UNION ALL ".join(
            f'SELECT \'{name}\' AS k, {which}."{name}" AS v WHERE old."{name}" IS NOT new."{name}"'
            for name in columns
            if name not in leave_out
        )
        return f"(SELECT json_group_object(k, v) FROM ({parts}))"

    differs = " OR ".join(f'old."{name}" IS NOT new."{name}"' for name in columns if name not in leave_out)
    events = (
        ("insert", "INSERT", "1", "new", "NULL", whole("new")),
        ("delete", "DELETE", "1", "old", whole("old"), "NULL"),
        ("update", "UPDATE", differs, "new", changed("old"), changed("new")),
    )
    for name, event, condition, which, before, after in events:
        connection.execute(
            f'CREATE TRIGGER record_{table}_{name} AFTER {event} ON "{table}" '
            f"WHEN EXISTS (SELECT 1 FROM recording) AND ({condition}) BEGIN "
            f"INSERT INTO change(edit_id, part, key, before, after) "
            f"SELECT edit_id, '{table}', {which}.id, {before}, {after} FROM recording; END"
        )
