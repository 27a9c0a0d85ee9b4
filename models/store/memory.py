"""What the plans of the store hold of a kind (units, lead units, recipients …), how often, and how lately."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from models.errors import Cancelled
from models.store.files import explain
from models.store.queries import LAST_EDIT

#: A value (a text; a legal basis as its six fields), how often it is there, and a number that grows with time.
Use = tuple[Any, int, int]

#: Values of a kind that are kept, the most used ones; and letters of the longest one that is.
MOST, LONGEST = 2000, 300

#: Steps of SQLite between two looks at whether the answer is still wanted.
_STEPS = 50_000

_EDITED = LAST_EDIT
_OTHERS = "p.deleted IS NULL AND p.id <> :but_not"
_USED = "length({value}) BETWEEN 1 AND :longest GROUP BY {value} ORDER BY 2 DESC, 3 DESC LIMIT :most"

_OF_PLAN = f"SELECT p.{{kind}}, count(*), max({_EDITED}) FROM plan p WHERE {_OTHERS} AND " + _USED.format(
    value="p.{kind}"
)
_RECIPIENTS = (
    f"SELECT r.value, count(*), max({_EDITED}) FROM plan p, json_each(p.recipients) r WHERE {_OTHERS} AND "
    + _USED.format(value="r.value")
)
# Rows below rows name their row alone: they are reached from the tables down.
_OF_ROW = f"""
WITH RECURSIVE live(id) AS (
  SELECT r.id FROM plan p JOIN plan_table t ON t.plan_id = p.id JOIN row r ON r.table_id = t.id WHERE {_OTHERS}
  UNION ALL SELECT r.id FROM live JOIN row r ON r.parent_id = live.id
)
SELECT row.{{kind}}, count(*), max(row.id) FROM live JOIN row USING (id) WHERE """ + _USED.format(value="row.{kind}")
_BASES = f"""
SELECT b.kind, b.number, b.date, b.issuer, b.subject, b.text, count(*), max(b.id)
FROM plan p JOIN legal_basis b ON b.plan_id = p.id
WHERE {_OTHERS} AND length(b.text) <= 3 * :longest AND length(b.subject) <= 3 * :longest
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 7 DESC, 8 DESC LIMIT :most"""

_PLAN_KINDS = (
    "unit_parent", "unit_name", "unit_code", "place", "addressee", "symbol", "capacity", "signer_position",
    "signer_name",
)  # fmt: skip
_ROW_KINDS = ("task", "objective", "scope", "lead", "time", "result", "note")

_QUERIES = {
    **{kind: _OF_PLAN.replace("{kind}", kind) for kind in _PLAN_KINDS},
    **{kind: _OF_ROW.replace("{kind}", kind) for kind in _ROW_KINDS},
    "recipients": _RECIPIENTS,
    "basis": _BASES,
}


def read_uses(path: Path, kind: str, but_not: str, is_wanted: Callable[[], bool]) -> list[Use]:
    """The values of a kind in all plans of the store at ``path`` but the one of id ``but_not``; the bin's are no plans.

    The most used first, then the latest. ``kind`` is a field of a plan or of a row, or ``basis``: a legal basis as
    ``(kind, number, date, issuer, subject, text)``. Reads with a connection of its own, so that a thread can: large
    stores take seconds. ``Cancelled`` once it is no longer wanted; ``StoreError`` where the store cannot be read.
    """
    values = {"but_not": but_not, "longest": LONGEST, "most": MOST}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.set_progress_handler(lambda: not is_wanted(), _STEPS)
            found = connection.execute(_QUERIES[kind], values).fetchall()
    except sqlite3.Error as error:
        if not is_wanted():
            raise Cancelled from error
        raise explain(error, path) from error
    return [(record[0] if len(record) == 3 else record[:-2], record[-2], record[-1]) for record in found]
