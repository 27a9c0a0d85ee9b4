"""A damaged store: noticed, kept byte for byte, and as much as possible taken out of it, never more than is proved."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document
from models.errors import StoreDamaged, StoreError, UserError
from models.store import Store, access, backups, recovery
from models.store.damage import READY_NAME
from models.store.files import FILE_NAME
from models.store.pages import Pages
from tests.models.exports.drives import small_drive
from tests.models.store import damaged as ways
from tests.models.store.damaged import Killed, Original, check, damage, recover
from tests.plans import NUMBERS, fixture_plan, small_plan, some

ENDINGS = ("", "-wal", "-shm", "-journal")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    return ways.make_original(tmp_path_factory.mktemp("gốc"))


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    return ways.make_killed(tmp_path_factory.mktemp("bị giết"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kho hỏng"


def told(folder: Path) -> str:
    with pytest.raises(StoreDamaged) as raised:
        Store(folder)
    assert "restore" in str(raised.value) and str(folder / FILE_NAME) in str(raised.value)
    return raised.value.why


def open_again(folder: Path, plan_id: str) -> dict[str, object]:
    """The plan in the new store, after all its history was walked back and forth."""
    with Store(folder) as store:
        before = document.dump(store.read(plan_id))
        plan, steps = store.open_plan(plan_id), 0
        while plan.undo():
            steps += 1
        for _step in range(steps):
            assert plan.redo()
        assert document.dump(store.read(plan_id)) == before
        assert store.history(plan_id)
    return before


# ---- noticing


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"xin ch\xc3\xa0o", "không phải cơ sở dữ liệu"),
        (b"PK\x03\x04" * 1000, "không phải cơ sở dữ liệu"),
        (b"SQLite format 3\0", "cắt cụt"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "ghi đè"),
    ],
)
def test_what_is_no_store_is_told_and_left_alone(place: Path, data: bytes, why: str) -> None:
    damage(place, data)
    assert why in told(place)
    assert (place / FILE_NAME).read_bytes() == data and list(place.glob("*hong*")) == []


@pytest.mark.parametrize("part", [0.01, 0.3, 0.99])
def test_a_cut_store_is_told(place: Path, original: Original, part: float) -> None:
    damage(place, ways.cut(part)(original.data))
    assert "cắt cụt" in told(place)


def test_a_folder_in_its_place_is_told(place: Path) -> None:
    (place / FILE_NAME).mkdir(parents=True)
    assert "thư mục cùng tên" in told(place)


def test_an_empty_file_is_a_new_store_unless_there_were_plans(place: Path, original: Original) -> None:
    damage(place, b"")
    with Store(place):
        pass
    damage(place, b"")
    backups.folder_of(place).mkdir()
    shutil.copy(original.backup.path, backups.folder_of(place))
    assert "rỗng" in told(place)


def test_a_store_that_lost_all_with_its_log_is_told_where_there_are_backups(
    place: Path, original: Original, killed: Killed
) -> None:
    assert len(killed.data) == ways.PAGE
    damage(place, killed.data)
    assert recovery.quick_look(place / FILE_NAME) is None
    backups.folder_of(place).mkdir()
    shutil.copy(original.backup.path, backups.folder_of(place))
    assert "rỗng" in told(place)


def test_a_log_alone_is_told(place: Path, original: Original) -> None:
    damage(place, original.data, b"x" * 100)
    (place / FILE_NAME).unlink()
    assert "phần đi kèm" in told(place)


def test_a_good_store_is_not_suspected(place: Path, original: Original) -> None:
    path = place / FILE_NAME
    assert recovery.quick_look(path) is None and recovery.examine(path) is None
    damage(place, original.data)
    assert recovery.quick_look(path) is None and recovery.examine(path) is None
    with Store(place) as store:
        store.add(small_plan())
        assert (place / f"{FILE_NAME}-wal").stat().st_size
        assert recovery.quick_look(path) is None and recovery.examine(path) is None and not store.is_damaged


def test_damage_deep_inside_is_found_by_the_whole_check(place: Path, original: Original) -> None:
    damage(place, original.data)
    with closing(Pages(place / FILE_NAME)) as pages:
        schema = {row[1]: row[3] for row in pages.tree(1, True).rows.values()}
        leaf = max(pages.tree(int(str(schema["row"])), True).pages)
    damage(place, ways.zeroed(leaf - 1)(original.data))
    assert recovery.quick_look(place / FILE_NAME) is None
    with Store(place) as store:
        assert not store.is_damaged
        assert recovery.examine(store.path) and store.is_damaged


def test_a_plan_that_cannot_be_read_is_told_as_damage(place: Path, original: Original) -> None:
    with Store(place) as store:
        store.add(small_plan())
        store.connection.execute("UPDATE plan SET recipients = '[broken'")
        with pytest.raises(StoreDamaged):
            store.read("ke-hoach-1")
        assert store.is_damaged


# ---- any damage at all


@some(0.3)
@given(kinds=ways.damages, with_backup=st.booleans())
def test_nothing_is_said_to_be_whole_that_is_not(
    original: Original, tmp_path_factory: pytest.TempPathFactory, kinds: list[ways.Damage], with_backup: bool
) -> None:
    data = original.data
    for kind in kinds:
        data = kind(data)
    folder = tmp_path_factory.mktemp("hỏng", numbered=True) / "kho"
    damage(folder, data)
    recovery.quick_look(folder / FILE_NAME)
    recovery.examine(folder / FILE_NAME)
    found = recover(folder, original.backup if with_backup else None)
    assert found.aside is not None and found.aside.read_bytes() == data
    for plan in found.plans:
        if plan.best().rows and plan.status != "lost":
            assert plan.id in found.kept
        if plan.status == "whole":
            assert open_again(folder, plan.id) == original.documents[plan.id]
        elif plan.id in found.kept:
            with Store(folder) as store:
                check(store.read(plan.id))
        if plan.status == "part":
            assert plan.lost
    if with_backup:
        assert {plan.id for plan in found.plans} >= original.documents.keys() and len(found.kept) >= len(NUMBERS)
    shutil.rmtree(folder)


# ---- how much is recovered


@pytest.mark.parametrize(
    "kind",
    [ways.overwritten(0, b"\xff" * 100), ways.overwritten(0, bytes(100)), ways.zeroed(0), ways.flipped(3), ways.cut(1)],
    ids=["header overwritten", "header zeroed", "first page lost", "one bit", "nothing"],
)
def test_a_lost_header_costs_nothing(place: Path, original: Original, kind: ways.Damage) -> None:
    damage(place, kind(original.data))
    found = recover(place, original.backup)
    assert found.counts() == {"whole": 5}
    for plan_id, before in original.documents.items():
        assert open_again(place, plan_id) == before
    with Store(place) as store:
        assert store.is_deleted(fixture_plan(3).id)


def test_without_a_backup_what_is_all_there_is_complete_and_no_more(place: Path, original: Original) -> None:
    damage(place, ways.zeroed(0)(original.data))
    found = recover(place, None)
    assert found.counts() == {"complete": 5}
    for plan_id, before in original.documents.items():
        assert open_again(place, plan_id) == before


def test_each_page_lost_alone_loses_no_plan_that_is_in_the_backup(place: Path, original: Original) -> None:
    """And what was edited since is brought up by the log."""
    whole = 0
    pages = range(1, len(original.data) // ways.PAGE, 7)
    for page in pages:
        damage(place, ways.zeroed(page)(original.data))
        found = recover(place, original.backup)
        assert len(found.kept) == 5
        whole += found.counts().get("whole", 0)
    assert whole >= 0.95 * 5 * len(pages)


def test_a_changed_text_is_put_right_by_backup_and_log(place: Path, original: Original) -> None:
    text = fixture_plan(2).sections[0].sections[0].text.encode()[:60]
    at = original.data.index(text)
    damage(place, ways.overwritten(at, b"Sai")(original.data))
    found = recover(place, original.backup)
    assert found.plan(fixture_plan(2).id).status == "whole"
    assert open_again(place, fixture_plan(2).id) == original.documents[fixture_plan(2).id]


def test_a_text_that_its_own_history_contradicts_is_not_complete(place: Path, original: Original) -> None:
    name = "Người ký sau khi sao lưu".encode()
    # The first place is that of the row or of the log: they lie on different pages.
    damage(place, ways.overwritten(original.data.index(name), b"x")(original.data))
    plan = recover(place, None).plan(fixture_plan(4).id)
    assert plan.status == "part" and plan.lost == ["nội dung không khớp với lịch sử sửa"]


def test_what_is_missing_is_named(place: Path) -> None:
    with Store(place) as store:
        plan = fixture_plan(0)
        store.add(plan)
    path = place / FILE_NAME
    with closing(Pages(path)) as pages:
        schema = {row[1]: row[3] for row in pages.tree(1, True).rows.values()}
        leaves = sorted(pages.tree(int(str(schema["row"])), True).pages)
    path.write_bytes(ways.zeroed(leaves[-1] - 1)(path.read_bytes()))
    found = recover(place, None).plans[0]
    assert found.status == "part" and len(found.lost) == 1 and found.lost[0].endswith(" dòng")
    with Store(place) as store:
        left = sum(len(table.rows) for table in store.read(plan.id).tables)
        assert 0 < left < sum(len(table.rows) for table in plan.tables)


def test_a_backup_newer_than_the_store_is_taken(place: Path, original: Original, tmp_path: Path) -> None:
    """As where the log beside the file was lost."""
    older = tmp_path / "cũ"
    with Store(older) as store:
        store.add(small_plan())
    data = (older / FILE_NAME).read_bytes()
    with Store(older) as store:
        plan = store.open_plan("ke-hoach-1")
        with plan.edit("Sửa") as changed:
            changed.subject = "Mới hơn"
        backup = backups.make(store.path, backups.folder_of(older), "day")
    damage(place, data)
    found = recover(place, backup)
    assert found.plans[0].is_older_than_backup()
    open_again(place, "ke-hoach-1")
    with Store(place) as store:
        assert store.read("ke-hoach-1").subject == "Mới hơn"


def test_history_and_exports_come_along(place: Path) -> None:
    from models.exports import package
    from models.template import get

    with Store(place) as store:
        plan = small_plan(revision=0)
        store.add(plan)
        ways_plan = store.open_plan(plan.id)
        with ways_plan.edit("Sửa") as changed:
            changed.subject = "Sau"
        exported = package.build(small_plan(), get(plan.template))
        store.keep_export(plan.id, 1, "Kết xuất", "mã", exported.package.data)
        store.keep_export(plan.id, 2, "Kết xuất", "mã", exported.package.data[:-40] + bytes(40))
        labels = [past.label for past in store.history(plan.id)]
    data = (place / FILE_NAME).read_bytes()
    damage(place, ways.zeroed(0)(data))
    recover(place, None)
    with Store(place) as store:
        again = [past.label for past in store.history(plan.id)]
        assert again[1:] == labels and again[0] == "Khôi phục từ kho dữ liệu bị hỏng"
        assert [export.revision for export in store.exports(plan.id)] == [1]
        assert store.exported_package(plan.id, 1) == exported.package.data
        opened = store.open_plan(plan.id)
        assert opened.plan.subject == "Sau" and opened.undo() and opened.plan.subject == plan.subject


def test_plans_of_another_store_get_keys_of_their_own(place: Path, tmp_path: Path) -> None:
    with Store(place) as store:
        store.add(small_plan(id="mot"))
    data = (place / FILE_NAME).read_bytes()
    other = tmp_path / "máy khác"
    with Store(other) as store:
        store.add(small_plan(id="hai", subject="Của máy khác"))
        backup = backups.make(store.path, backups.folder_of(other), "day")
    damage(place, data)
    found = recover(place, backup)
    assert sorted(found.kept) == ["hai", "mot"]
    with Store(place) as store:
        for plan_id in found.kept:
            assert len(list(store.read(plan_id).tables[0].rows)) == 2
            plan = store.open_plan(plan_id)
            with plan.edit("Sửa") as changed:
                changed.tables[0].rows[0].note = "mới"
            assert plan.undo()


# ---- the log beside the file


@some(0.25)
@given(kind=st.one_of(st.floats(0, 1).map(ways.cut), st.integers(0, 1 << 23).map(ways.flipped)))
def test_a_torn_log_leaves_a_state_that_was_once_saved(
    tmp_path_factory: pytest.TempPathFactory, killed: Killed, kind: ways.Damage
) -> None:
    folder = tmp_path_factory.mktemp("nhật ký", numbered=True)
    torn = kind(killed.log)
    damage(folder / "hỏng", killed.data, torn)
    found = recover(folder / "hỏng", None)
    assert found.aside is not None and found.aside.read_bytes() == killed.data
    if torn:
        assert found.aside.with_name(f"{found.aside.name}-wal").read_bytes() == torn
    if found.kept:
        assert open_again(folder / "hỏng", killed.plan_id) in killed.states
    shutil.rmtree(folder)


def test_without_its_log_a_store_is_read_as_it_is(place: Path, killed: Killed) -> None:
    damage(place, killed.data, killed.log)
    assert recover(place, None).plan(killed.plan_id).status == "complete"
    assert open_again(place, killed.plan_id) == killed.states[-1]
    damage(place, killed.data)
    found = recover(place, None)
    assert not found.kept or open_again(place, killed.plan_id) in killed.states


# ---- setting aside


def test_all_that_belongs_to_it_is_set_aside_together(place: Path) -> None:
    damage(place, b"hong", b"nhat ky")
    (place / f"{FILE_NAME}-shm").write_bytes(b"shm")
    aside = recovery.set_aside(place)
    assert aside.name.startswith("kehoachso-hong-") and aside.suffix == ".db"
    assert [aside.with_name(aside.name + ending).exists() for ending in ENDINGS] == [True, True, True, False]
    assert aside.read_bytes() == b"hong" and recovery.quick_look(place / FILE_NAME) is None
    (place / FILE_NAME).write_bytes(b"lai hong")
    second = recovery.set_aside(place)
    assert second != aside and second.read_bytes() == b"lai hong" and aside.read_bytes() == b"hong"


def test_what_cannot_be_moved_stays_as_it_was(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(place, b"hong", b"nhat ky")
    real = os.rename

    def rename(old: Path, new: Path) -> None:
        if str(old).endswith("-wal"):
            raise OSError(errno.EACCES, "denied")
        real(old, new)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(StoreError):
        recovery.set_aside(place)
    assert (place / FILE_NAME).read_bytes() == b"hong" and list(place.glob("*hong*")) == []


def test_a_power_cut_half_way_is_ended_at_the_next_start(place: Path, original: Original) -> None:
    damage(place, ways.cut(0.5)(original.data), b"nhat ky")
    with backups.opened(original.backup) as contents:
        plans = recovery.look_through(place, contents, check)
    recovery.rebuild(place, plans, check)
    # Here the power fails: the store has been moved, its log has not.
    aside = place / "kehoachso-hong-20261121-080000.db"
    os.rename(place / FILE_NAME, aside)
    os.utime(place / f"{FILE_NAME}-wal", (1_700_000_000,) * 2)
    assert told(place)
    assert recovery.finish(place) == aside
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"nhat ky" and not (place / READY_NAME).exists()
    with Store(place) as store:
        assert store.read(fixture_plan(0).id)
    assert recovery.finish(place) is None


@pytest.mark.parametrize("done", [1, 2, 3])
def test_killed_after_any_renaming_all_is_together_in_the_end(
    place: Path, original: Original, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    damage(place, ways.cut(0.5)(original.data), b"nhat ky")
    (place / f"{FILE_NAME}-shm").write_bytes(b"shm")
    with backups.opened(original.backup) as contents:
        plans = recovery.look_through(place, contents, check)
    recovery.rebuild(place, plans, check)
    real, left = os.rename, done

    def rename(old: Path, new: Path) -> None:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        real(old, new)

    with monkeypatch.context() as killing, pytest.raises(KeyboardInterrupt):
        killing.setattr(os, "rename", rename)
        recovery.put_in_place(place)
    [aside] = place.glob("kehoachso-hong-*.db")
    assert told(place) and recovery.finish(place) == aside
    assert [aside.with_name(aside.name + ending).exists() for ending in ENDINGS] == [True, True, True, False]
    with Store(place) as store:
        assert store.has(fixture_plan(0).id)


def test_the_log_of_another_store_does_not_join_what_was_set_aside_long_ago(place: Path) -> None:
    damage(place, b"nhat ky khac")
    os.rename(place / FILE_NAME, place / f"{FILE_NAME}-wal")
    long_ago = place / "kehoachso-hong-20200102-080000.db"
    long_ago.write_bytes(b"hong tu lau")
    aside = recovery.set_aside(place)
    assert aside != long_ago and not long_ago.with_name(f"{long_ago.name}-wal").exists()
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"nhat ky khac"


def test_a_store_that_another_program_has_is_not_touched(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(place, b"hong")
    monkeypatch.setattr(access, "ask", lambda *_arguments: (lambda: "đang mở ở máy khác", access.nothing))
    with pytest.raises(StoreError, match="đang mở ở máy khác"):
        recovery.set_aside(place)
    assert (place / FILE_NAME).read_bytes() == b"hong"


@pytest.mark.parametrize("at", ["os.fsync", "models.drives.sync_folder"])
def test_a_full_disk_leaves_the_damaged_store_where_it_is(
    place: Path, original: Original, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    data = ways.zeroed(20)(original.data)
    damage(place, data)
    plans = recovery.look_through(place, None, check)

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(at, full)
    with pytest.raises(UserError, match="đã đầy"):
        recovery.rebuild(place, plans, check)
    assert (place / FILE_NAME).read_bytes() == data and list(place.glob("*moi*")) == []


@pytest.mark.parametrize("room", [40, 72, 104, 152])
def test_a_drive_that_fills_up_at_any_place_is_told_as_full(tmp_path: Path, original: Original, room: int) -> None:
    with small_drive(tmp_path / "ổ đĩa", "24m") as drive:
        place = drive / "kho"
        damage(place, ways.cut(0.9)(original.data))
        plans = recovery.look_through(place, None, check)
        found = os.statvfs(drive)
        (drive / "khác").write_bytes(bytes(found.f_bavail * found.f_frsize - room * 1024))
        with pytest.raises(UserError, match="đã đầy"):
            recovery.rebuild(place, plans, check)
        assert list(place.glob("*moi*")) == []


# ---- the newest good backup


def test_the_newest_backup_that_opens_is_used(place: Path, original: Original) -> None:
    damage(place, original.data)
    folder = backups.folder_of(place)
    folder.mkdir()
    older = Path(shutil.copy(original.backup.path, folder))
    name = older.name.split("-")
    newer = folder / "-".join([name[0], "20991231", *name[2:]])
    newer.write_bytes(ways.zeroed(25, 26, 27)(older.read_bytes()))
    with recovery.newest_backup(place) as found:
        assert found is not None and found.backup.path == older
    # One of a time when the clock was wrong is not the newest because it says so.
    newer.write_bytes(older.read_bytes())
    with recovery.newest_backup(place) as found:
        assert found is not None and found.backup.path == older
    older.unlink()
    with recovery.newest_backup(place) as found:
        assert found is not None and found.backup.path == newer
    shutil.rmtree(folder)
    with recovery.newest_backup(place) as found:
        assert found is None
