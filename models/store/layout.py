"""How the tables and indexes of a store of some version lie in its file, for reading one that SQLite cannot open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from models.store.migrations import MIGRATIONS, SCHEMA
from models.store.pages import Pages, Record, Tree, Value

Row = dict[str, Value]

_KINDS: dict[str, type] = {"TEXT": str, "INTEGER": int, "BLOB": bytes}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``kind`` is what its values are, ``None`` where they may be anything."""

    name: str
    kind: type | None
    is_needed: bool
    is_rowid: bool
    default: Value


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of the store, and the first page of it and of its indexes in a new store (index, column: page)."""

    name: str
    root: int
    columns: tuple[Column, ...]
    indexes: dict[str, tuple[str, int]]


@dataclass(slots=True)
class Held:
    """What was read of a table.

    ``rows`` are those that lie in its tree; ``loose`` those that only look like them: they may be out of date.
    ``named`` has for every indexed column which rows (rowids) the index tells of which value, and whether the index
    itself is whole.
    """

    rows: dict[int, Row] = field(default_factory=dict)
    loose: dict[int, Row] = field(default_factory=dict)
    is_whole: bool = True
    named: dict[str, tuple[dict[Value, set[int]], bool]] = field(default_factory=dict)

    def is_sure(self) -> bool:
        """Whether no row of the table can be missing without being missed: its tree is whole, or an index is."""
        return self.is_whole or any(whole for _names, whole in self.named.values())


def layouts(version: int, vacuum: int) -> dict[str, Layout]:
    """The tables of a store of that version; ``vacuum`` as in ``PRAGMA auto_vacuum``, which shifts their pages."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA auto_vacuum = {vacuum}")
        for migrate in MIGRATIONS[:version]:
            migrate(connection)
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0"))
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: Layout(name, roots[name], tuple(_columns(connection, name)), _indexes(connection, name, roots))
            for (name,) in tables
            if not name.startswith("sqlite_")
        }


def _columns(connection: sqlite3.Connection, table: str) -> Iterator[Column]:
    for _at, name, kind, needed, default, key in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
        value = connection.execute(f"SELECT {default}").fetchone()[0] if default is not None else None
        is_rowid = bool(key) and kind == "INTEGER" and _has_rowid_key(connection, table)
        yield Column(name, _KINDS.get(kind), bool(needed), is_rowid, value)


def _has_rowid_key(connection: sqlite3.Connection, table: str) -> bool:
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    return sum(bool(key) for *_rest, key in columns) == 1


def _indexes(connection: sqlite3.Connection, table: str, roots: dict[str, int]) -> dict[str, tuple[str, int]]:
    """The first column of each index, and its first page."""
    found = {}
    for _at, index, *_rest in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
        first = connection.execute(f'PRAGMA index_info("{index}")').fetchone()[2]
        found[index] = (str(first), roots[index])
    return found


def read_tables(pages: Pages) -> dict[str, Held]:
    """All tables of a store, as far as they can be read, round what cannot."""
    version = pages.version if 0 < pages.version <= SCHEMA else SCHEMA
    known, roots = layouts(version, 2), _roots(pages)
    if not roots:
        # A store made by an early version has no pages for vacuuming; its tables begin one page earlier.
        known = max((known, layouts(version, 0)), key=lambda made: _fitting(pages, made))
    seen: set[int] = {1, *pages.free_pages()}
    found: dict[str, Held] = {}
    for name, layout in known.items():
        held = found[name] = Held()
        tree = pages.tree(roots.get(name, layout.root), True)
        seen |= tree.pages
        held.is_whole = tree.is_whole
        for rowid, record in tree.rows.items():
            row = as_row(layout, rowid, record)
            if row is None:
                held.is_whole = False
            else:
                held.rows[rowid] = row
        for index, (column, root) in layout.indexes.items():
            tree = pages.tree(roots.get(index, root), False)
            seen |= tree.pages
            held.named[column] = _names(tree)
    if not all(held.is_whole for held in found.values()):
        _gather_loose(pages, seen, [(known[name], held) for name, held in found.items() if not held.is_whole])
    return found


def _roots(pages: Pages) -> dict[str, int]:
    """The first page of each table and index, as the file's own list tells."""
    found: dict[str, int] = {}
    for record in pages.tree(1, True).rows.values():
        if len(record) == 5 and record[0] in ("table", "index") and isinstance(record[3], int):
            found[str(record[1])] = record[3]
    return found


def _fitting(pages: Pages, known: dict[str, Layout]) -> int:
    """How many rows lie where they would if the store had this layout."""
    found = 0
    for layout in known.values():
        rows = pages.tree(layout.root, True).rows
        found += sum(as_row(layout, rowid, record) is not None for rowid, record in rows.items())
    return found


def _names(tree: Tree) -> tuple[dict[Value, set[int]], bool]:
    names: dict[Value, set[int]] = {}
    is_whole = tree.is_whole
    for entry in tree.entries:
        if len(entry) >= 2 and isinstance(entry[-1], int):
            names.setdefault(entry[0], set()).add(entry[-1])
        else:
            is_whole = False
    return names, is_whole


def _gather_loose(pages: Pages, seen: set[int], damaged: Sequence[tuple[Layout, Held]]) -> None:
    """Rows on pages that no tree leads to, each given to the damaged table whose rows look like it."""
    for rowid, record in pages.loose_rows(seen):
        for layout, held in damaged:
            row = as_row(layout, rowid, record)
            if row is not None and rowid not in held.rows:
                held.loose.setdefault(rowid, row)


def as_row(layout: Layout, rowid: int, record: Record) -> Row | None:
    """A record as a row of a table; ``None`` where it cannot be one."""
    if len(record) > len(layout.columns) or not record:
        return None
    row: Row = {}
    for at, column in enumerate(layout.columns):
        value = record[at] if at < len(record) else column.default
        if column.is_rowid:
            if value is not None:
                return None
            value = rowid
        elif value is None:
            if column.is_needed:
                return None
        elif column.kind is not None and type(value) is not column.kind:
            return None
        row[column.name] = value
    return row
