"""A store may come from somebody else, on a stick or as a backup: only its rows are believed, never its schema.

Triggers, views and defaults of an SQLite file are code that runs when it is read and written
(https://www.sqlite.org/security.html). So a schema that is not the very one of its version is refused.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from models import limits
from models.errors import StoreError
from models.i18n import _
from models.store import migrations

#: SHA-256 of the schema by version, as ``fingerprint`` makes it: quicker at every start than making the schema anew.
FINGERPRINTS = {
    1: "3339b17f03e272ca94b39683a313eabd1d5e9b97fe30a08923e50078fba4e9dd",
    2: "05bd25e9774263f6d317232b09addd1ab4e6fa12efcb5948de7270db6c9a6610",
}

#: Python from 3.12 on: the database may not change its own inner tables.
_DEFENSIVE = 1010


def harden(connection: sqlite3.Connection) -> None:
    """Until ``believe``, what could do harm is not for triggers and views; no value is larger than any that is kept."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.STORE_VALUE)
    if hasattr(connection, "setconfig"):
        connection.setconfig(_DEFENSIVE, True)


def believe(connection: sqlite3.Connection) -> None:
    """The schema is known to be our own: its triggers, which write the undo log, may do what they do."""
    connection.execute("PRAGMA trusted_schema=ON")


def check_schema(connection: sqlite3.Connection, version: int, path: Path) -> None:
    """Believe the schema that is the one of ``version``, which the file claims (0: an empty file); else ``StoreError``.

    Nothing of it has run then.
    """
    if fingerprint(connection) != _wanted(version):
        raise StoreError(
            _(
                "Tệp “{file}” có cấu trúc lạ, không phải kho dữ liệu do Kế Hoạch Số tạo ra nên không được mở; "
                "hãy chuyển tệp đi nơi khác rồi mở lại."
            ).format(file=path)
        )
    believe(connection)


def _wanted(version: int) -> str:
    """The fingerprint of a version of our own; of one that is not in the table, by making it."""
    if version in FINGERPRINTS:
        return FINGERPRINTS[version]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for migration in migrations.MIGRATIONS[:version]:
            migration(made)
        return fingerprint(made)


def fingerprint(connection: sqlite3.Connection) -> str:
    """The SHA-256 of all that the schema says; empty where it says nothing. SQLite's own tables are left out."""
    query = """
        SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name"""
    parts = connection.execute(query).fetchall()
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest() if parts else ""
