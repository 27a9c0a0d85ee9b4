"""Taking plans back: as an edit that can be undone, or with all their past; all of them or none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given

from models import document
from models.errors import BackupError, StoreError
from models.plan import LegalBasis, Plan, insert, move, remove, walk
from models.store import OpenPlan, Store, backups, migrations
from models.store.columns import TABLE_NAMES
from tests.models.store.test_undo import assert_whole, state
from tests.plans import fixture_plan, group, plans, small_plan, some, task

OLD_FILES = Path(__file__).parents[2] / "old_files"


def made(store: Store) -> backups.Backup:
    return backups.make(store.path, backups.folder_of(store.folder), "asked")


def restore(store: Store, backup: backups.Backup, *plan_ids: str) -> None:
    with backups.opened(backup) as held:
        backups.restore(store, held, plan_ids)


def edit(store: Store, plan_id: str) -> None:
    """Edits of all kinds, one of them undone."""
    opened = store.open_plan(plan_id)
    with opened.edit("Sửa") as plan:
        plan.subject += " (sửa)"
        plan.tables[0].rows[0].total = 5_000_000
    with opened.edit("Thêm nhóm") as plan:
        insert(plan.tables[0], group("Nhóm", task("Một"), task("Hai")), 0)
    with opened.edit("Chuyển dòng") as plan:
        # What hangs on a part that came later, and is before it by its key.
        move(plan.tables[0].rows[-1], plan.tables[0].rows[0], 0)
    with opened.edit("Bỏ mục") as plan:
        remove(plan.sections[0])
    with opened.edit("Thêm căn cứ") as plan:
        insert(plan, LegalBasis(text="Căn cứ mới"), 0)
    opened.undo()


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the store but of what is only worked out."""
    names = (*TABLE_NAMES.values(), "edit", "change", "exported")
    return {name: store.connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}


def is_as_stored(opened: OpenPlan) -> bool:
    """Whether a plan, of several, is in memory what it is on disk."""
    return state(opened.plan) == state(opened.store.read(opened.plan.id))


def sound(store: Store) -> bool:
    connection = store.connection
    is_ok = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return is_ok and not connection.execute("PRAGMA foreign_key_check").fetchall()


# ---- into a plan that is there


def test_a_plan_takes_the_content_of_the_backup_and_undo_gives_it_back(store: Store) -> None:
    store.add(fixture_plan(0))
    plan_id = fixture_plan(0).id
    backup = made(store)
    edit(store, plan_id)
    before = document.to_bytes(store.read(plan_id))
    restore(store, backup, plan_id)
    assert document.to_bytes(store.read(plan_id)) == document.to_bytes(fixture_plan(0))
    opened = store.open_plan(plan_id)
    assert opened.undo_label() == "Khôi phục từ bản sao lưu"
    opened.undo()
    assert document.to_bytes(opened.plan) == document.to_bytes(store.read(plan_id)) == before
    opened.redo()
    assert document.to_bytes(opened.plan) == document.to_bytes(fixture_plan(0))
    assert_whole(opened)
    while opened.undo():
        pass
    assert document.to_bytes(opened.plan) == document.to_bytes(fixture_plan(0))


@some(0.1)
@given(plans(), plans())
def test_any_plan_becomes_any_other_and_back(
    tmp_path_factory: pytest.TempPathFactory, first: Plan, other: Plan
) -> None:
    other.__dict__["id"] = first.id
    revision = other.revision = first.revision
    folder = tmp_path_factory.mktemp("kho")
    with Store(folder) as store:
        store.add(document.copy(other))
        backup = made(store)
        store.put(document.copy(first), "Sửa")
        restore(store, backup, first.id)
        opened = store.open_plan(first.id)
        assert document.to_bytes(opened.plan) == document.to_bytes(other)
        if document.to_bytes(first) != document.to_bytes(other):
            opened.undo()
            assert document.to_bytes(opened.plan) == document.to_bytes(first)
        assert opened.plan.revision == revision
    shutil.rmtree(folder)


def test_one_that_is_the_same_is_left_alone(store: Store) -> None:
    store.add(fixture_plan(3))
    backup = made(store)
    before = tables(store)
    restore(store, backup, fixture_plan(3).id)
    assert tables(store) == before


def test_a_second_time_changes_nothing_more(store: Store) -> None:
    store.add(fixture_plan(3))
    backup = made(store)
    with store.open_plan(fixture_plan(3).id).edit("Sửa") as plan:
        plan.subject = "Khác"
    restore(store, backup, fixture_plan(3).id)
    before = tables(store)
    restore(store, backup, fixture_plan(3).id)
    assert tables(store) == before


def test_one_in_the_bin_comes_out_of_it(store: Store) -> None:
    store.add(small_plan())
    backup = made(store)
    store.delete("ke-hoach-1")
    restore(store, backup, "ke-hoach-1")
    assert not store.is_deleted("ke-hoach-1")


def test_revisions_and_exports_are_kept(store: Store) -> None:
    """A revision that was given out is never given out again, whatever is taken back."""
    store.add(small_plan())
    store.keep_export("ke-hoach-1", 2, "Kết xuất", "AAAA-AAAA", b"hai")
    backup = made(store)
    store.keep_export("ke-hoach-1", 3, "Kết xuất", "BBBB-BBBB", b"ba")
    with store.open_plan("ke-hoach-1").edit("Sửa") as plan:
        plan.subject = "Khác"
    restore(store, backup, "ke-hoach-1")
    assert store.read("ke-hoach-1").revision == 3
    assert [(kept.revision, kept.code) for kept in store.exports("ke-hoach-1")] == [(3, "BBBB-BBBB"), (2, "AAAA-AAAA")]
    assert store.exported_package("ke-hoach-1", 2) == b"hai"


def test_the_revision_comes_along_where_only_it_is_another(store: Store, tmp_path: Path) -> None:
    """From another machine, on which it was given out: its number is not given out again here."""
    store.add(small_plan())
    with Store(tmp_path / "máy khác") as other:
        other.add(small_plan())
        other.keep_export("ke-hoach-1", 5, "Kết xuất", "AAAA-AAAA", b"nam")
        backup = made(other)
    restore(store, backup, "ke-hoach-1")
    assert store.read("ke-hoach-1").revision == 5
    assert store.exported_package("ke-hoach-1", 5) == b"nam"


# ---- one that is not there


def test_a_plan_that_is_gone_comes_back_with_all_its_past(store: Store, tmp_path: Path) -> None:
    """Beside others, whose parts have the same keys there as its own in the backup."""
    for number in range(3):
        store.add(fixture_plan(number))
    plan_id = fixture_plan(1).id
    edit(store, plan_id)
    store.keep_export(plan_id, 2, "Kết xuất", "AAAA-BBBB", b"zip")
    store.keep_signed(plan_id, 2, b"pdf")
    backup = made(store)
    with Store(tmp_path / "mới") as other:
        other.add(fixture_plan(4))
        edit(other, fixture_plan(4).id)
        own = document.to_bytes(other.read(fixture_plan(4).id))
        restore(other, backup, plan_id)
        assert sound(other)
        assert document.to_bytes(other.read(plan_id)) == document.to_bytes(store.read(plan_id))
        lines = [(past.at, past.who, past.label, past.undone) for past in store.history(plan_id)]
        came = [(past.at, past.who, past.label, past.undone) for past in other.history(plan_id)]
        assert came[1:] == lines and came[0][2] == "Khôi phục từ bản sao lưu"
        assert [(kept.revision, kept.is_signed) for kept in other.exports(plan_id)] == [(2, True)]
        assert other.exported_package(plan_id, 2) == b"zip" and other.signed_pdf(plan_id, 2) == b"pdf"
        # Undo and redo go on as they did where it comes from, step by step.
        here, there = other.open_plan(plan_id), store.open_plan(plan_id)
        for back in (False, True, True, True, True, True, False, False):
            changes = (here.undo(), there.undo()) if back else (here.redo(), there.redo())
            assert (changes[0] is None) == (changes[1] is None)
            assert document.to_bytes(here.plan) == document.to_bytes(there.plan)
            assert is_as_stored(here)
        # What is added then takes no key of a part that undo may bring back.
        with here.edit("Thêm") as plan:
            insert(plan.tables[0], task("Mới"))
        while here.undo():
            pass
        assert is_as_stored(here)
        expected = fixture_plan(1)
        expected.revision = 2
        assert document.to_bytes(here.plan) == document.to_bytes(expected)
        assert document.to_bytes(other.read(fixture_plan(4).id)) == own


def test_into_an_empty_store(store: Store, tmp_path: Path) -> None:
    store.add(fixture_plan(2))
    edit(store, fixture_plan(2).id)
    store.add(small_plan())
    store.delete("ke-hoach-1")
    backup = made(store)
    with Store(tmp_path / "mới") as other:
        restore(other, backup, fixture_plan(2).id, "ke-hoach-1", "ke-hoach-1")
        assert sound(other)
        # What was asked for is not in the bin.
        assert not other.is_deleted("ke-hoach-1")
        summaries = other.summaries(lambda plan: (None, 0, 0))
        assert {summary.id for summary in summaries} == {fixture_plan(2).id, "ke-hoach-1"}
        opened = other.open_plan(fixture_plan(2).id)
        opened.redo()
        with opened.edit("Thêm") as plan:
            insert(plan.tables[0], task("Mới"))
        assert is_as_stored(opened) and sound(other)


def test_the_keys_of_parts_that_only_undo_knows_are_not_taken(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    opened = store.open_plan("ke-hoach-1")
    with opened.edit("Bỏ hết") as plan:
        for part in (*plan.tables, *plan.sections, *plan.legal_bases):
            remove(part)
    backup = made(store)
    with Store(tmp_path / "mới") as other:
        restore(other, backup, "ke-hoach-1")
        again = other.open_plan("ke-hoach-1")
        with again.edit("Thêm") as plan:
            insert(plan, LegalBasis(text="Mới"))
        keys = {part.row_id for part in walk(again.plan) if isinstance(part, LegalBasis)}
        again.undo()
        again.undo()
        assert document.to_bytes(again.plan) == document.to_bytes(small_plan())
        assert not keys & {part.row_id for part in walk(again.plan) if isinstance(part, LegalBasis)}
        assert_whole(again)


# ---- all or none


def test_one_plan_that_is_not_in_it_stops_all(store: Store) -> None:
    store.add(small_plan())
    backup = made(store)
    with store.open_plan("ke-hoach-1").edit("Sửa") as plan:
        plan.subject = "Khác"
    before = tables(store)
    with pytest.raises(BackupError, match="không có kế hoạch “lạ”"):
        restore(store, backup, "ke-hoach-1", "lạ")
    assert tables(store) == before


def test_a_store_that_cannot_be_written_stays_as_it_was(store: Store, tmp_path: Path) -> None:
    store.add(small_plan())
    store.add(fixture_plan(0))
    backup = made(store)
    with Store(tmp_path / "mới") as other:
        other.add(small_plan(subject="Khác"))
        before = tables(other)
        pages = other.connection.execute("PRAGMA page_count").fetchone()[0]
        other.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="đầy"):
            restore(other, backup, "ke-hoach-1", fixture_plan(0).id)
        assert tables(other) == before and sound(other)
        other.connection.execute("PRAGMA max_page_count = 100000")
        restore(other, backup, "ke-hoach-1", fixture_plan(0).id)
        assert sound(other)


# ---- older and newer programs


@pytest.mark.parametrize("number", range(1, migrations.SCHEMA + 1))
def test_a_backup_of_each_version_is_taken_back(store: Store, tmp_path: Path, number: int) -> None:
    backup = backups.make(OLD_FILES / f"v{number}.db", tmp_path / "sao-luu", "migration")
    before = backup.path.read_bytes()
    with backups.opened(backup) as held:
        found = [(plan.id, plan.is_deleted, plan.revision) for plan in held.plans]
        assert found == [(fixture_plan(0).id, False, 2), ("ke-hoach-1", True, 1)]
    store.add(fixture_plan(0))
    restore(store, backup, fixture_plan(0).id, "ke-hoach-1")
    assert backup.path.read_bytes() == before
    opened = store.open_plan(fixture_plan(0).id)
    assert (opened.plan.subject, opened.plan.tables) == ("Đã sửa", [])
    opened.undo()
    assert len(opened.plan.tables) == len(fixture_plan(0).tables)
    assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small_plan())
    with Store(tmp_path / "mới") as other:
        restore(other, backup, fixture_plan(0).id)
        again = other.open_plan(fixture_plan(0).id)
        again.redo()
        assert again.plan.legal_bases[0].text == "Căn cứ mới"
        while again.undo():
            pass
        expected = fixture_plan(0)
        expected.revision = 2
        assert document.to_bytes(again.plan) == document.to_bytes(expected)
        assert sound(other)
