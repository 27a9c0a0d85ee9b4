"""What an edit of the past did, read out of the undo log and named as the plan is named now."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import past_changes, template
from models.comparison import Comparison
from models.past_changes import compared, parts_of, unnamed
from models.past_search import found_edits, holds
from models.plan import LegalBasis, Plan, Row, Section, insert, move, remove, walk, walk_rows
from models.store import OpenPlan, Store
from tests.plans import fixture_plan, plans, register, small_plan, some, task, tasks


@pytest.fixture
def opened(store: Store) -> OpenPlan:
    store.add(small_plan(tasks(task("Mua máy", 100), task("Diệt vi-rút", 20)), register(["Một cửa", "2020"])))
    return store.open_plan("ke-hoach-1")


def told(opened: OpenPlan, edit_id: int | None = None) -> Comparison:
    """What an edit did, the last one by default."""
    plan, store = opened.plan, opened.store
    edit_id = store.history(plan.id)[0].id if edit_id is None else edit_id
    found, _count = store.edit_changes(edit_id, 1000)
    parts = parts_of(plan)
    lost: dict[past_changes.Key, past_changes.Values] = {}
    while more := store.lost_parts(plan.id, unnamed(found, parts, lost)):
        lost |= more
    return compared(found, lost, parts, plan, template.get(plan.template))


def changes(fields: Any) -> list[tuple[str, Any, Any]]:
    return [(one.field, one.before, one.after) for one in fields]


def test_fields_of_every_kind_of_part(opened: OpenPlan) -> None:
    with opened.edit("Sửa") as plan:
        plan.unit_name = "SỞ C"
        plan.recipients = ["Như trên", "Lưu: VT"]
        plan.legal_bases[0].issuer = "Thủ tướng Chính phủ"
        plan.sections[0].sections[1].text = "Có máy chủ."
        plan.tables[0].rows[0].funding = {"local_recurrent": 60, "oda": 40}
        plan.tables[0].rows[1].security = True
        plan.tables[1].rows[0].cells = ["Một cửa", "2021"]
        plan.tables[1].title = "Phần mềm"
    found = told(opened)
    assert changes(found.particulars) == [
        ("unit_name", "SỞ B", "SỞ C"), ("recipients", "Lưu: VT", "Như trên\nLưu: VT"),
    ]  # fmt: skip
    assert [(item.number, changes(item.fields)) for item in found.bases] == [
        ("1.", [("issuer", None, "Thủ tướng Chính phủ")])
    ]
    assert [(item.name, changes(item.fields)) for item in found.sections] == [
        ("review.infrastructure", [("text", "Có.", "Có máy chủ.")])
    ]
    money, software = found.tables
    assert [(item.number, item.name, changes(item.fields)) for item in money.rows] == [
        ("Dòng 1:", "Mua máy", [("funding.local_recurrent", None, 60), ("funding.oda", None, 40)]),
        ("Dòng 2:", "Diệt vi-rút", [("security", None, 1)]),
    ]
    assert changes(software.fields) == [("title", None, "Phần mềm")]
    assert [changes(item.fields) for item in software.rows] == [[("cells.1", "2020", "2021")]]


def test_a_part_changed_twice_in_an_edit_is_told_once(opened: OpenPlan) -> None:
    with opened.edit("Sửa") as plan:
        row = Row(task="Thuê đường truyền")
        insert(plan.tables[0], row)
        row.total = 30
        plan.unit_name = "một"
        plan.unit_name = "hai"
    found = told(opened)
    assert changes(found.particulars) == [("unit_name", "SỞ B", "hai")]
    (item,) = found.tables[0].rows
    assert (item.kind, item.name) == ("added", "Thuê đường truyền") and ("total", None, 30) in changes(item.fields)


def test_what_is_gone_is_named_as_it_was(opened: OpenPlan) -> None:
    with opened.edit("Thêm") as plan:
        insert(plan.tables[0], Row(group="Hạ tầng", rows=[Row(task="Mua máy chủ")]))
    inner = opened.plan.tables[0].rows[2].rows[0]
    with opened.edit("Sửa"):
        inner.total = 5
    changed = opened.store.history("ke-hoach-1")[0].id
    with opened.edit("Xóa") as plan:
        remove(plan.tables[0].rows[2])
    gone = told(opened)
    (table,) = gone.tables
    assert [(item.kind, item.name) for item in table.rows] == [("removed", "Hạ tầng"), ("removed", "Mua máy chủ")]
    (table,) = told(opened, changed).tables
    assert table.title == "Nhiệm vụ" and [(item.name, changes(item.fields)) for item in table.rows] == [
        ("Mua máy chủ", [("total", None, 5)])
    ]


EDITS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=12)


@settings(some(0.2))
@given(plans(), EDITS)
def test_every_edit_of_any_plan_can_be_told(plan: Plan, edits: list[tuple[int, int, int]]) -> None:
    """Whatever was done, undone and done again: each line of the history says what it changed."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        store.add(plan)
        opened = store.open_plan(plan.id)
        for kind, one, other in edits:
            _do(opened, kind, one, other)
        spec = template.get(opened.plan.template)
        for past in store.history(plan.id):
            found = told(opened, past.id)
            if past.steps is not None and store.edit_changes(past.id, 1)[1]:
                assert not found.is_empty or _is_only_order(store, past.id)
        names = {key: past_changes.name(part) for key, part in parts_of(opened.plan).items()}
        log = list(store.log(plan.id)(lambda: True))
        everything = {edit for edit, _change in log}
        assert found_edits(log, "", {}, names, spec) == everything
        assert found_edits(log, "không đâu có 8172", {}, names, spec) == set()


def _do(opened: OpenPlan, kind: int, one: int, other: int) -> None:
    plan = opened.plan
    parts = [part for part in walk(plan) if part is not plan]
    part = parts[one % len(parts)] if parts else None
    rows = [row for table in plan.tables for row in walk_rows(table.rows)]
    row = rows[one % len(rows)] if rows else None
    if kind == 0 and part is not None:
        with opened.edit("Xóa"):
            remove(part)
    elif kind == 1 and row is not None:
        with opened.edit("Sửa"):
            row.note, row.total = f"Ghi chú {other}", other
    elif kind == 2 and plan.tables:
        table = plan.tables[one % len(plan.tables)]
        with opened.edit("Thêm"):
            insert(table, Row(cells=["a", "b"]) if table.is_register else Row(task=f"Việc {other}"))
    elif kind == 3 and row is not None and row.parent is not None:
        with opened.edit("Chuyển"):
            move(row, row.parent, other % len(row.parent.rows))  # type: ignore[attr-defined]
    elif kind == 4:
        with opened.edit("Sửa"):
            plan.subject, plan.indicators = f"Kế hoạch {other}", {"computers": other}
            insert(plan, LegalBasis(text=f"Luật {other}"))
            insert(plan, Section(heading="Mục", text="Có."))
    elif kind == 5:
        opened.undo()
    elif kind == 6:
        opened.redo()
    elif kind == 7 and isinstance(part, Section | LegalBasis):
        with opened.edit("Sửa"):
            part.text = f"Nội dung {other}"


def _is_only_order(store: Store, edit_id: int) -> bool:
    """Whether an edit changed nothing that is shown: an empty part that came or went, a value that reads as none."""
    changes, _count = store.edit_changes(edit_id, 1000)
    return all(one.before is None or one.after is None or not past_changes.texts_of(one, _ANY) for one in changes)


_ANY = template.get("chinh-quyen-so-2022")


def test_words_are_found_without_marks_and_capitals() -> None:
    assert holds("Sửa kinh phí an 21/11/2026", "KINH sua")
    assert not holds("Sửa kinh phí", "kinh te")
    assert fixture_plan(0).tables
