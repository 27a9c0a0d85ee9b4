"""Every final export of a plan, kept as its package, so that any of them can be given out again byte for byte."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptExport:
    """A final export; ``created`` is local time (ISO 8601), ``code`` what each page bears, ``size`` bytes."""

    revision: int
    created: str
    who: str
    code: str
    size: int
    is_signed: bool


def listed(connection: sqlite3.Connection, plan_id: str) -> list[KeptExport]:
    """The final exports of a plan, the newest first."""
    query = """
        SELECT revision, created, who, code, length(package), signed IS NOT NULL
        FROM exported WHERE plan_id = ? ORDER BY revision DESC"""
    return [
        KeptExport(revision, created, who, code, size, bool(signed))
        for revision, created, who, code, size, signed in connection.execute(query, (plan_id,))
    ]


def package_of(connection: sqlite3.Connection, plan_id: str, revision: int) -> bytes | None:
    """The package as it was exported; ``None`` where that revision was not made in this store."""
    return _blob(connection, "package", plan_id, revision)


def signed_of(connection: sqlite3.Connection, plan_id: str, revision: int) -> bytes | None:
    """The signed PDF of a final export; ``None`` where none came back."""
    return _blob(connection, "signed", plan_id, revision)


def _blob(connection: sqlite3.Connection, column: str, plan_id: str, revision: int) -> bytes | None:
    query = f"SELECT {column} FROM exported WHERE plan_id = ? AND revision = ?"
    found = connection.execute(query, (plan_id, revision)).fetchone()
    return None if found is None or found[0] is None else bytes(found[0])
