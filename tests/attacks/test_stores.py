"""A store made by somebody else: given as a backup, or put into the data folder."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import StoreError, UserError
from models.settings import Settings
from models.store import Store, migrations, trust
from models.store.files import FILE_NAME
from tests.attacks.defence import bounded, is_sentence
from tests.plans import small_plan
from tests.ui.program import Program

CODE = (
    "CREATE TRIGGER evil AFTER INSERT ON edit BEGIN DELETE FROM plan; END",
    "CREATE TRIGGER evil AFTER UPDATE ON plan BEGIN UPDATE plan SET subject = 'x'; END",
    "CREATE VIEW evil AS SELECT * FROM plan",
    "CREATE TABLE evil (x TEXT DEFAULT (hex(randomblob(100))))",
    "CREATE INDEX evil ON plan(lower(subject))",
    "DROP TRIGGER record_plan_update",
    "ALTER TABLE plan RENAME COLUMN subject TO topic",
    "CREATE VIRTUAL TABLE evil USING fts5(x)",
)


def spoil(folder: Path, *statements: str) -> Path:
    with Store(folder) as store:
        store.add(small_plan())
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.mark.parametrize("statement", CODE, ids=lambda text: " ".join(text.split()[:3]))
def test_a_schema_of_somebody_else_is_refused_untouched(folder: Path, statement: str) -> None:
    path = spoil(folder, statement)
    before = path.read_bytes()
    for reading in (False, True):
        with bounded(), pytest.raises(StoreError, match="cấu trúc lạ") as raised:
            Store(folder, reading=reading)
        assert is_sentence(str(raised.value))
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_not_made_ours(folder: Path) -> None:
    folder.mkdir()
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="cấu trúc lạ"):
        Store(folder)
    assert path.read_bytes() == before


def test_the_table_of_fingerprints_is_right() -> None:
    """A new version of the schema needs its line there; until then it is made anew at every start."""
    assert set(trust.FINGERPRINTS) == set(range(1, migrations.SCHEMA + 1))
    for version, wanted in trust.FINGERPRINTS.items():
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
            for migration in migrations.MIGRATIONS[:version]:
                migration(made)
            assert trust.fingerprint(made) == wanted


@pytest.mark.parametrize(
    "value",
    ["[" * 100_000, "{" * 10, "1e999", '"x"', b"\xff\xfe", None, "[1, 2]", "9" * 5000, 5],
    ids=lambda value: repr(value)[:12],
)
@pytest.mark.parametrize("column", ["extra", "recipients", "indicators", "print_options"])
def test_a_value_that_no_program_wrote(folder: Path, value: object, column: str) -> None:
    """One sentence, or the plan; never anything else."""
    path = spoil(folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        try:
            connection.execute(f"UPDATE plan SET {column} = ?", (value,))
        except sqlite3.IntegrityError:
            return
    with bounded(), Store(folder) as store:
        try:
            store.read("ke-hoach-1")
        except UserError as error:
            assert is_sentence(str(error))


def test_the_command_line_says_so(here: Program, folder: Path) -> None:
    spoil(folder, CODE[0])
    found = here("list")
    assert found.code == 2 and found.out == "" and "cấu trúc lạ" in found.err


# ---- settings


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 100_000, " " * (2 << 20), "\xff", '{"scale": 1e999}', '{"scale": ' + "9" * 4000 + "}", "[]",
     '{"scale": NaN}', '{"scale": "x"}', '"\\ud800"', "\0"],
    ids=lambda text: text[:14],
)  # fmt: skip
def test_settings(tmp_path: Path, text: str) -> None:
    """What cannot be read is set aside; a number is one that can be worked with."""
    path = tmp_path / "settings.json"
    path.write_bytes(text.encode("latin-1"))
    with bounded():
        settings = Settings(tmp_path)
    assert settings.number("scale", 1.0) == 1.0 and settings.text("last_plan") == ""
    settings.set("x", "y")
    assert json.loads(path.read_text(encoding="utf-8"))["x"] == "y"
