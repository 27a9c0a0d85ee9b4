"""The tables of the store for SQLAlchemy, made from the same description of the parts that reading uses."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

from models.plan import Part, Plan
from models.store.columns import TABLE_NAMES, column_names

METADATA = MetaData()


def _table(cls: type[Part]) -> Table:
    key_type = Text if cls is Plan else Integer
    columns = [Column(name, key_type if name == "id" else None, primary_key=name == "id") for name in column_names(cls)]
    return Table(TABLE_NAMES[cls], METADATA, *columns)


#: The table of each kind of part.
TABLES: dict[type[Part], Table] = {cls: _table(cls) for cls in TABLE_NAMES}

edit = Table(
    "edit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Text),
    Column("label", Text),
    Column("at", Text),
    Column("who", Text),
    Column("undone", Integer),
)
recording = Table("recording", METADATA, Column("edit_id", Integer))
