"""The store: plans come back as they were put in; what goes wrong with the file is one sentence."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from models import document
from models.errors import StoreError
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, insert, move, remove, walk
from models.store import OpenPlan, Store
from models.store import files as store_files
from models.store.files import FILE_NAME, explain
from tests.plans import NUMBERS, fixture_plan, group, plans, register, small_plan, some, task, tasks

ROOT = Path(__file__).parents[3]


def small() -> Plan:
    """A plan with a part of every kind."""
    plan = small_plan(tasks(group("Nhóm", task("Việc", 5, rows=[task("Phần", 5)]))), register(["a", "b"]))
    plan.extra = {"mới": [1]}
    return plan


def opened(store: Store, plan: Plan | None = None) -> OpenPlan:
    plan = plan or small()
    store.add(plan)
    return store.open_plan(plan.id)


# ---- as it was put in


@pytest.mark.parametrize("number", NUMBERS)
def test_a_real_plan_comes_back(store: Store, folder: Path, number: int) -> None:
    plan = fixture_plan(number)
    store.add(plan)
    assert document.to_bytes(store.read(plan.id)) == document.to_bytes(fixture_plan(number))
    with Store(folder) as again:
        assert document.to_bytes(again.read(plan.id)) == document.to_bytes(fixture_plan(number))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with Store(tmp_path_factory.mktemp("kho")) as store:
        yield store


@some(0.6)
@given(plans(), plans())
def test_any_plan_comes_back_and_any_takes_its_place(shared: Store, first: Plan, second: Plan) -> None:
    first.id = second.id = f"{len(shared.summaries(nothing))}"
    before = document.to_bytes(first)
    shared.add(first)
    assert document.to_bytes(shared.read(first.id)) == before
    second.revision = max(first.revision, second.revision)
    after = document.to_bytes(second)
    shared.put(second, "Nhập")
    assert document.to_bytes(shared.read(first.id)) == after


def test_a_plan_read_has_keys_places_and_owners(store: Store) -> None:
    store.add(small())
    plan = store.read("ke-hoach-1")
    for part in walk(plan):
        if part is not plan:
            assert part.row_id > 0
            assert part.parent is not None
    assert plan.tables[1].is_register
    assert plan.tables[0].rows[0].rows[0].rows[0].task == "Phần"


def test_a_plan_of_one_store_is_taken_by_another(store: Store, tmp_path: Path) -> None:
    first = small()
    first.id = "another"
    store.add(first)
    store.add(small())
    with Store(tmp_path / "kho 2") as other:
        other.add(store.read("ke-hoach-1"))
        assert document.to_bytes(other.read("ke-hoach-1")) == document.to_bytes(small())
        opened = other.open_plan("ke-hoach-1")
        with opened.edit("x") as plan:
            insert(plan, Table(key="t"))
        assert document.to_bytes(other.read("ke-hoach-1")) == document.to_bytes(opened.plan)


def test_plans_are_told_apart(store: Store) -> None:
    first, second = small(), small()
    second.id = "ke-hoach-2"
    store.add(first)
    store.add(second)
    one, two = store.open_plan("ke-hoach-1"), store.open_plan("ke-hoach-2")
    with one.edit("một") as plan:
        plan.subject = "Một"
        remove(plan.tables[0])
    with two.edit("hai") as plan:
        plan.subject = "Hai"
    assert (store.read("ke-hoach-1").subject, store.read("ke-hoach-2").subject) == ("Một", "Hai")
    assert one.undo_label() == "một"
    one.undo()
    assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small())
    assert store.read("ke-hoach-2").subject == "Hai"
    assert len(store.read("ke-hoach-2").tables) == 2


# ---- plans in the store


def test_what_is_there_and_what_is_not(store: Store) -> None:
    assert not store.has("ke-hoach-1")
    store.add(small())
    assert store.has("ke-hoach-1")
    with pytest.raises(StoreError, match="đã có kế hoạch “ke-hoach-1”"):
        store.add(small())
    for ask in (store.read, store.open_plan):
        with pytest.raises(StoreError, match="không có kế hoạch “lạ”"):
            ask("lạ")


def test_the_bin(store: Store) -> None:
    store.add(small())
    store.delete("ke-hoach-1")
    assert store.is_deleted("ke-hoach-1")
    assert store.has("ke-hoach-1")
    assert store.summaries(nothing) == []
    assert [summary.id for summary in store.summaries(nothing, deleted=True)] == ["ke-hoach-1"]
    store.restore("ke-hoach-1")
    assert not store.is_deleted("ke-hoach-1")
    assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small())
    assert store.next_label("ke-hoach-1", back=True) is None


def nothing(plan: Plan) -> tuple[int | None, int, int]:
    return (None, 0, 0)


def test_summaries_are_worked_out_anew_only_after_a_change(store: Store, folder: Path) -> None:
    asked: list[str] = []

    def evaluate(plan: Plan) -> tuple[int | None, int, int]:
        asked.append(plan.subject)
        return (len(plan.subject), 1, 2)

    plan = opened(store)
    [first] = store.summaries(evaluate)
    assert (first.id, first.template, first.unit_name) == ("ke-hoach-1", "chinh-quyen-so-2022", "SỞ B")
    assert (first.period_from, first.period_to, first.revision) == (2022, 2022, 1)
    assert (first.total, first.errors, first.warnings) == (len(plan.plan.subject), 1, 2)
    store.summaries(evaluate)
    with Store(folder) as again:
        again.summaries(evaluate)
    assert len(asked) == 1
    with plan.edit("x") as inside:
        inside.subject = "Khác"
    assert store.summaries(evaluate)[0].total == 4
    plan.undo()
    assert store.summaries(evaluate)[0].total == first.total
    plan.redo()
    assert store.summaries(evaluate)[0].total == 4


def test_summaries_begin_with_the_last_changed(store: Store) -> None:
    for name in ("a", "b", "c"):
        plan = small()
        plan.id = name
        store.add(plan)
    with store.open_plan("a").edit("x") as inside:
        inside.subject = "Mới"
    assert [summary.id for summary in store.summaries(nothing)] == ["a", "c", "b"]


def test_history(store: Store) -> None:
    plan = opened(store)
    for label in ("một", "hai"):
        with plan.edit(label) as inside:
            inside.subject = label
    plan.undo()
    past = store.history("ke-hoach-1")
    assert [(line.label, line.undone) for line in past] == [("hai", True), ("một", False), ("Tạo kế hoạch", False)]
    assert all(line.at[:2] == "20" for line in past)


# ---- taking in a plan that is there already


def test_putting_a_new_plan_adds_it(store: Store) -> None:
    store.put(small(), "Nhập")
    assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small())
    assert store.next_label("ke-hoach-1", back=True) is None


def test_putting_a_plan_again_is_one_step_that_can_be_undone(store: Store) -> None:
    store.add(small())
    other = fixture_plan(4)
    other.id = "ke-hoach-1"
    expected = document.to_bytes(other)
    store.put(other, "Nhập lại")
    assert document.to_bytes(store.read("ke-hoach-1")) == expected
    assert store.next_label("ke-hoach-1", back=True) == "Nhập lại"
    plan = store.open_plan("ke-hoach-1")
    plan.undo()
    assert document.to_bytes(plan.plan) == document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small())
    assert plan.undo() is None
    plan.redo()
    assert document.to_bytes(store.read("ke-hoach-1")) == expected


def test_putting_a_plan_takes_it_out_of_the_bin(store: Store) -> None:
    store.add(small())
    store.delete("ke-hoach-1")
    store.put(small(), "Nhập lại")
    assert not store.is_deleted("ke-hoach-1")


def test_of_several_plans_all_are_taken_in_or_none(store: Store) -> None:
    held, new, other = small(), fixture_plan(2), small()
    store.add(held)
    other.subject = "Khác"
    broken = fixture_plan(3)
    broken.unit_name = None  # type: ignore[assignment]
    with pytest.raises(StoreError):
        store.put_all([new, other, broken], "Nhập")
    assert not store.has(new.id)
    assert not store.has(broken.id)
    assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small())
    assert len(store.history("ke-hoach-1")) == 1
    # The store is none the worse for it.
    again = small()
    again.subject = "Khác"
    store.put_all([fixture_plan(2), again], "Nhập")
    assert document.to_bytes(store.read(new.id)) == document.to_bytes(fixture_plan(2))
    assert store.read("ke-hoach-1").subject == "Khác"
    store.open_plan("ke-hoach-1").undo()
    assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small())


@pytest.mark.parametrize(("held", "given", "kept"), [(1, 3, 3), (3, 1, 3), (2, 2, 2)])
def test_a_revision_only_grows(store: Store, held: int, given: int, kept: int) -> None:
    first, second = small(), small()
    first.revision, second.revision = held, given
    second.subject = "Khác"
    store.add(first)
    store.put(second, "Nhập lại")
    assert store.read("ke-hoach-1").revision == kept
    store.open_plan("ke-hoach-1").undo()
    assert store.read("ke-hoach-1").subject != "Khác"
    assert store.read("ke-hoach-1").revision == kept


def test_the_revision_of_an_export_is_not_undone(store: Store) -> None:
    plan = opened(store)
    with plan.edit("sửa") as inside:
        inside.subject = "Khác"
    store.set_revision("ke-hoach-1", 2, "Kết xuất")
    assert plan.undo_label() == "sửa"
    plan.undo()
    assert store.read("ke-hoach-1").revision == 2
    assert store.read("ke-hoach-1").subject == small().subject
    plan.redo()
    assert (store.read("ke-hoach-1").revision, store.read("ke-hoach-1").subject) == (2, "Khác")
    assert store.history("ke-hoach-1")[0].label == "Kết xuất"


# ---- nothing changes outside an edit

CHANGES: list[tuple[str, Callable[[Plan], Any]]] = [
    ("plan", lambda plan: setattr(plan, "subject", "x")),
    ("basis", lambda plan: setattr(plan.legal_bases[0], "number", "x")),
    ("section", lambda plan: setattr(plan.sections[0].sections[0], "text", "x")),
    ("table", lambda plan: setattr(plan.tables[0], "unit", "dong")),
    ("group", lambda plan: setattr(plan.tables[0].rows[0], "stated_total", 1)),
    ("task", lambda plan: setattr(plan.tables[0].rows[0].rows[0], "total", 1)),
    ("part", lambda plan: setattr(plan.tables[0].rows[0].rows[0].rows[0], "funding", {"oda": 1})),
    ("cells", lambda plan: setattr(plan.tables[1].rows[0], "cells", ["x"])),
    ("insert basis", lambda plan: insert(plan, LegalBasis())),
    ("insert section", lambda plan: insert(plan.sections[0], Section())),
    ("insert table", lambda plan: insert(plan, Table())),
    ("insert row", lambda plan: insert(plan.tables[0], Row(task="x"))),
    ("insert part", lambda plan: insert(plan.tables[0].rows[0], Row(task="x"))),
    ("remove", lambda plan: remove(plan.tables[0].rows[0])),
    ("remove table", lambda plan: remove(plan.tables[0])),
    ("move", lambda plan: move(plan.sections[1], plan, 0)),
    ("move row", lambda plan: move(plan.tables[0].rows[0].rows[0], plan.tables[0], 0)),
]


@pytest.mark.parametrize("change", [change for _name, change in CHANGES], ids=[name for name, _change in CHANGES])
def test_every_change_outside_an_edit_raises(store: Store, change: Callable[[Plan], Any]) -> None:
    plan = opened(store)
    with pytest.raises(RuntimeError, match="only inside edit"):
        change(plan.plan)
    assert document.to_bytes(plan.plan) == document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small())
    # And inside it does not, and after it raises again.
    with plan.edit("x") as inside:
        change(inside)
    assert document.to_bytes(plan.plan) == document.to_bytes(store.read("ke-hoach-1")) != document.to_bytes(small())
    with pytest.raises(RuntimeError, match="only inside edit"):
        plan.plan.place = "x"


def test_what_came_in_an_edit_or_an_undo_is_guarded_too(store: Store) -> None:
    plan = opened(store)
    with plan.edit("x") as inside:
        insert(inside.tables[0], group("mới", task("việc mới")))
        remove(inside.sections[1])
    with pytest.raises(RuntimeError):
        plan.plan.tables[0].rows[1].rows[0].task = "x"
    plan.undo()
    with pytest.raises(RuntimeError):
        plan.plan.sections[1].sections[0].text = "x"
    plan.redo()
    with pytest.raises(RuntimeError):
        plan.plan.tables[0].rows[1].rows[0].task = "x"


def test_what_was_taken_out_is_free_and_a_plan_only_read_is_too(store: Store) -> None:
    plan = opened(store)
    gone = plan.plan.tables[0].rows[0]
    with plan.edit("x"):
        remove(gone)
    gone.rows[0].task = "khác"
    read = store.read("ke-hoach-1")
    read.subject = "khác"
    assert store.read("ke-hoach-1").subject == small().subject


def test_an_edit_within_an_edit_is_refused(store: Store) -> None:
    plan = opened(store)
    with pytest.raises(RuntimeError, match="open already"), plan.edit("một") as inside, plan.edit("hai"):
        inside.subject = "x"
    with plan.edit("ba") as inside:
        inside.subject = "y"
    assert store.read("ke-hoach-1").subject == "y"


# ---- the tree holds


@pytest.mark.parametrize("free", [True, False])
def test_nothing_is_moved_below_itself_or_put_in_twice(store: Store, free: bool) -> None:
    plan = opened(store)
    target = document.copy(plan.plan) if free else plan.plan
    outer = target.tables[0].rows[0]

    def refused(change: Callable[[], Any], kept: Part) -> None:
        with pytest.raises(ValueError), plan.edit("x"):
            change()
        assert document.to_bytes(target) == document.to_bytes(small())
        assert kept.parent is target.tables[0]

    refused(lambda: move(outer, outer, 0), outer)
    refused(lambda: move(outer, outer.rows[0].rows[0], 0), outer)
    if not free:
        refused(lambda: insert(target.tables[1], outer), outer)
        refused(lambda: move(outer, small().tables[0], 0), outer)


# ---- the file


def test_the_file_is_for_its_owner_and_safe_from_a_power_cut(store: Store, folder: Path) -> None:
    path = folder / FILE_NAME
    assert path.exists()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    extra, in_memory = 3, 2
    wanted = {
        "journal_mode": "wal", "synchronous": extra, "fullfsync": 1, "temp_store": in_memory, "mmap_size": 0,
        "cell_size_check": 1, "foreign_keys": 1,
    }  # fmt: skip
    assert {name: store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_folder_with_anything_in_its_name(tmp_path: Path) -> None:
    for name in ("Kế hoạch & dữ liệu", "a%20b?mode=ro#c", 'it\'s "đây"', "file:x"):
        with Store(tmp_path / name / "sâu hơn") as store:
            store.add(small())
        with Store(tmp_path / name / "sâu hơn") as store:
            assert store.has("ke-hoach-1")
        assert (tmp_path / name / "sâu hơn" / FILE_NAME).is_file()


def sentence(action: Callable[[], Any]) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tệp").write_text("x")
    for folder in (tmp_path / "tệp", tmp_path / "tệp" / "trong"):
        assert "Không tạo được thư mục dữ liệu" in sentence(partial(Store, folder))
    assert (tmp_path / "tệp").read_text() == "x"

    def denied(*_args: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", denied)
    assert "không có quyền truy cập" in sentence(lambda: Store(tmp_path / "khác"))


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert "bị hỏng (ở chỗ của tệp có một thư mục cùng tên)" in sentence(lambda: Store(tmp_path))


@pytest.mark.parametrize("content", [b"xin ch\xc3\xa0o", b"PK\x03\x04" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert "bị hỏng" in sentence(lambda: Store(tmp_path))
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_damaged_store_is_told(folder: Path) -> None:
    with Store(folder) as store:
        store.add(fixture_plan(4))
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    data[4096 * 3 : -4096] = b"\xaa" * (len(data) - 4096 * 4)
    path.write_bytes(data)

    def read_all() -> None:
        with Store(folder) as store:
            store.read(fixture_plan(4).id)

    assert "bị hỏng" in sentence(read_all)


def test_a_store_that_may_only_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(folder) as store:
        store.add(small())
    real = sqlite3.connect

    def read_only(address: str, **named: Any) -> sqlite3.Connection:
        return real(address if "mode=ro" in address else f"{address}&mode=ro", **named)

    monkeypatch.setattr(sqlite3, "connect", read_only)

    def change() -> None:
        with Store(folder) as store, store.open_plan("ke-hoach-1").edit("x") as inside:
            inside.subject = "x"

    assert "kho dữ liệu chỉ mở để đọc" in sentence(change)


def assert_edit_fails(plan: OpenPlan, said: str) -> None:
    """An edit of much fails with that sentence, and the plan is as it was."""
    before = document.to_bytes(plan.plan)

    def change() -> None:
        with plan.edit("x") as inside:
            inside.subject = "Khác"
            remove(inside.sections[1])
            move(inside.tables[0].rows[0].rows[0], inside.tables[0], 0)
            for n in range(500):
                insert(inside.tables[0], task(f"Việc {n}", objective="dài " * 50))

    assert said in sentence(change)
    assert document.to_bytes(plan.plan) == before
    assert document.to_bytes(plan.store.read(plan.plan.id)) == before
    with pytest.raises(RuntimeError):
        plan.plan.subject = "x"


def test_a_full_disk(store: Store) -> None:
    plan = opened(store)
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    assert_edit_fails(plan, "đã đầy")
    store.connection.execute("PRAGMA max_page_count = 1000000")
    with plan.edit("x") as inside:
        inside.subject = "Khác"
    assert store.read("ke-hoach-1").subject == "Khác"


def test_another_program_that_writes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_files, "_BUSY_TIMEOUT", 50)
    with Store(folder) as store, Store(folder) as other:
        plan = opened(store)
        other.connection.execute("BEGIN IMMEDIATE")
        assert_edit_fails(plan, "đang được một chương trình khác ghi")
        assert "đang được một chương trình khác ghi" in sentence(plan.undo)
        # Reading goes on meanwhile, and so does writing afterwards.
        assert other.has("ke-hoach-1")
        other.connection.execute("ROLLBACK")
        with plan.edit("x") as inside:
            inside.subject = "Khác"
        assert other.read("ke-hoach-1").subject == "Khác"


def test_another_process_that_writes_is_waited_for(folder: Path) -> None:
    with Store(folder) as store:
        plan = opened(store)
        code = (
            "import sqlite3, sys, time; other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "other.execute('BEGIN IMMEDIATE'); print('khóa', flush=True)\n"
            "time.sleep(0.3); other.execute('COMMIT'); other.close()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code, str(store.path)], stdout=subprocess.PIPE, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            with plan.edit("x") as inside:
                inside.subject = "Sau"
            assert process.wait(10) == 0
        assert store.read("ke-hoach-1").subject == "Sau"


def test_a_new_store_opened_by_several_programs_at_once(folder: Path) -> None:
    code = "import sys; from pathlib import Path; from models.store import Store; Store(Path(sys.argv[1])).close()"
    processes = [subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=ROOT) for _n in range(4)]
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    with Store(folder) as store:
        store.add(small())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "đã đầy"),
        (OSError(13, "Permission denied"), "Không ghi được"),
        (OSError(30, "Read-only file system"), "Không ghi được"),
        (OSError(5, "Input/output error"), "Ổ đĩa báo lỗi"),
        (sqlite3.DatabaseError("file is not a database"), "bị hỏng"),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), "chưa lưu được"),
    ],
)
def test_sentences_of_failures(error: Exception, said: str) -> None:
    found = str(explain(error, Path("kho.db")))
    assert said in found
    assert "kho.db" in found


# ---- what is loaded


def test_reading_loads_no_sqlalchemy(folder: Path) -> None:
    """Loading it takes longer than the whole rest of a start."""
    with Store(folder) as store:
        store.add(small())
        store.summaries(nothing)
    code = """
import sys
from pathlib import Path
from models import document
from models.store import Store
with Store(Path(sys.argv[1])) as store:
    plan = store.open_plan("ke-hoach-1")
    assert len(document.to_bytes(plan.plan)) > 100
    assert plan.undo_label() is None and store.history("ke-hoach-1")
    assert store.summaries(lambda plan: (None, 0, 0))
    heavy = {"sqlalchemy", "xlsxwriter", "reportlab", "openpyxl", "PySide6"} & sys.modules.keys()
    assert not heavy, heavy
    with plan.edit("x") as inside:
        inside.subject = "Khác"
    assert "sqlalchemy" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, cwd=ROOT)
