"""The schema: what its description says, one version after the other, and never that of a newer program."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from models import document
from models.errors import StoreError
from models.plan import LegalBasis, Plan, Row, Section, Table, insert
from models.store import Store, migrations
from models.store.access import LOCK_NAME
from models.store.columns import AS_JSON, PLAIN, TABLE_NAMES, column_names
from models.store.files import FILE_NAME
from models.store.schema import METADATA
from tests.models.store.test_undo import assert_whole
from tests.plans import fixture_plan, small_plan, task

OLD_FILES = Path(__file__).parents[2] / "old_files"


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [record[1] for record in connection.execute(f'PRAGMA table_info("{table}")')]


def schema(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Every table, index and trigger, with its definition."""
    query = "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in connection.execute(query)}


# ---- what is there


def test_a_new_store_has_the_columns_described(store: Store) -> None:
    for cls, name in TABLE_NAMES.items():
        held = columns(store.connection, name)
        # The bin is known to the store alone.
        assert set(held) - set(column_names(cls)) == ({"deleted"} if cls is Plan else set())
        assert set(column_names(cls)) <= set(held)


def test_a_new_store_has_no_other_tables(store: Store) -> None:
    found = {name for kind, name, _sql in schema(store.connection) if kind == "table"}
    assert found == {*TABLE_NAMES.values(), "edit", "change", "recording", "summary", "exported"}


def test_sqlalchemy_knows_the_same_columns(store: Store) -> None:
    for table in METADATA.tables.values():
        held = set(columns(store.connection, table.name)) - {"deleted"}
        assert {column.name for column in table.columns} == held


def test_every_field_of_every_part_has_a_column() -> None:
    """A field forgotten here would be lost in the store."""
    for cls in (Plan, LegalBasis, Section, Table, Row):
        fields = set(cls.__dataclass_fields__) - {"id", "legal_bases", "sections", "tables", "rows"}
        assert {*PLAIN[cls], *AS_JSON[cls]} == fields


def test_every_column_of_a_part_is_recorded_but_the_revision(store: Store) -> None:
    triggers = {name: sql for kind, name, sql in schema(store.connection) if kind == "trigger"}
    assert len(triggers) == 3 * len(TABLE_NAMES)
    for table in TABLE_NAMES.values():
        for name in columns(store.connection, table):
            recorded = f'old."{name}" IS NOT new."{name}"' in triggers[f"record_{table}_update"]
            assert recorded == (name != "revision"), name
            assert f'old."{name}"' in triggers[f"record_{table}_delete"]
            assert f'new."{name}"' in triggers[f"record_{table}_insert"]


def test_a_new_store_is_of_the_newest_version(store: Store) -> None:
    assert migrations.version(store.connection) == migrations.SCHEMA == len(migrations.MIGRATIONS)
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []


# ---- stores of older versions


@pytest.mark.parametrize("number", range(1, migrations.SCHEMA + 1))
def test_a_store_of_each_version_is_kept_and_opens(folder: Path, number: int) -> None:
    """``tests/old_files/make_v1.py`` (and so on) tells what is in it."""
    folder.mkdir()
    shutil.copy(OLD_FILES / f"v{number}.db", folder / FILE_NAME)
    with sqlite3.connect(folder / FILE_NAME) as old:
        assert migrations.version(old) == number
    old.close()
    with Store(folder) as store:
        assert migrations.version(store.connection) == migrations.SCHEMA
        assert [summary.id for summary in store.summaries(lambda plan: (None, 0, 0))] == [fixture_plan(0).id]
        assert [summary.id for summary in store.summaries(lambda plan: (None, 0, 0), deleted=True)] == ["ke-hoach-1"]
        assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small_plan())
        opened = store.open_plan(fixture_plan(0).id)
        assert [(line.label, line.undone) for line in store.history(opened.plan.id)] == [
            ("Kết xuất", False), ("Thêm dòng", True), ("Bỏ bảng", False), ("Sửa", False), ("Tạo kế hoạch", False),
        ]  # fmt: skip
        assert (opened.plan.subject, opened.plan.tables, opened.plan.revision) == ("Đã sửa", [], 2)
        opened.redo()
        assert opened.plan.legal_bases[0].text == "Căn cứ mới"
        while opened.undo():
            pass
        expected = fixture_plan(0)
        expected.revision = 2
        assert document.to_bytes(opened.plan) == document.to_bytes(expected)
        with opened.edit("Sửa tiếp") as plan:
            insert(plan.tables[0], task("Mới"))
        assert document.to_bytes(opened.plan) == document.to_bytes(store.read(opened.plan.id))
        if number >= 2:
            assert store.exported_package(opened.plan.id, 2) == b"zip"
            assert store.signed_pdf(opened.plan.id, 2) == b"pdf"


@pytest.mark.parametrize("number", range(1, migrations.SCHEMA + 1))
def test_an_old_store_has_the_schema_of_a_new_one_in_the_end(store: Store, tmp_path: Path, number: int) -> None:
    (tmp_path / "cũ").mkdir()
    shutil.copy(OLD_FILES / f"v{number}.db", tmp_path / "cũ" / FILE_NAME)
    with Store(tmp_path / "cũ") as old:
        assert schema(old.connection) == schema(store.connection)


# ---- moving on


def added_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE edit ADD COLUMN remark TEXT")


def test_the_next_version_is_made_once_and_keeps_what_is_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(folder) as store:
        store.add(small_plan())
    later = (*migrations.MIGRATIONS, added_column)
    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    monkeypatch.setattr(migrations, "SCHEMA", len(later))
    monkeypatch.setattr("models.store.files.SCHEMA", len(later))
    for _time in range(2):
        with Store(folder) as store:
            assert migrations.version(store.connection) == len(later)
            assert columns(store.connection, "edit")[-1] == "remark"
            assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small_plan())


def test_a_migration_that_fails_leaves_the_store_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(folder) as store:
        store.add(small_plan())
        before = schema(store.connection)
        version = migrations.version(store.connection)

    def failing(connection: sqlite3.Connection) -> None:
        added_column(connection)
        connection.execute("DROP TABLE change")
        connection.execute("SELECT * FROM no_such_table")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, failing))
    monkeypatch.setattr(migrations, "SCHEMA", version + 1)
    monkeypatch.setattr("models.store.files.SCHEMA", version + 1)
    with pytest.raises(StoreError):
        Store(folder)
    monkeypatch.undo()
    with Store(folder) as store:
        assert schema(store.connection) == before
        assert migrations.version(store.connection) == version
        assert_whole(store.open_plan("ke-hoach-1"))


# ---- a newer program's store


def test_a_store_of_a_newer_program_is_refused_and_not_touched(folder: Path) -> None:
    with Store(folder) as store:
        store.add(small_plan())
        store.connection.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    path = folder / FILE_NAME
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"mới hơn.*hãy cập nhật chương trình") as caught:
        Store(folder)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before
    assert sorted(found.name for found in folder.iterdir()) == [FILE_NAME, LOCK_NAME]
