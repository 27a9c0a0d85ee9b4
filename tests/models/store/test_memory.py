"""What the plans of the store hold of a kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import document
from models.errors import Cancelled, StoreError
from models.memory import PLAN_KINDS, ROW_KINDS
from models.plan import LegalBasis, Plan, Row, Table, adopt
from models.store import Store
from models.store.memory import LONGEST, MOST, read_uses
from tests.plans import fixture_plan


def read(store: Store, kind: str, but_not: str = "") -> list[tuple[object, int]]:
    """Each value of a kind with how often it is there."""
    return [(value, count) for value, count, _last in read_uses(store.path, kind, but_not, lambda: True)]


def plan(plan_id: str, *leads: str) -> Plan:
    made = Plan(id=plan_id, template="chinh-quyen-so-2022", unit_name=f"Sở {plan_id}", recipients=["Như trên", "VT"])
    below = [Row(task="Phần việc", lead=lead) for lead in leads]
    made.tables = [Table(key="tasks", rows=[Row(group="Nhóm", rows=[Row(task="Việc", rows=below)])])]
    made.legal_bases = [LegalBasis(kind="Quyết định", number=f"{number}/QĐ") for number in range(2)]
    adopt(made)
    return made


def test_values_are_counted_over_all_plans_and_levels(store: Store) -> None:
    store.add(plan("a", "Phòng A", "Phòng B", "Phòng A", ""))
    store.add(plan("b", "Phòng B", "Phòng A"))
    assert read(store, "lead") == [("Phòng A", 3), ("Phòng B", 2)]
    assert read(store, "recipients") == [("VT", 2), ("Như trên", 2)] or read(store, "recipients") == [
        ("Như trên", 2), ("VT", 2),
    ]  # fmt: skip
    assert read(store, "unit_name") == [("Sở b", 1), ("Sở a", 1)]
    assert read(store, "basis")[0] == (("Quyết định", "1/QĐ", "", "", "", ""), 2)


def test_neither_the_bin_nor_the_open_plan_is_read(store: Store) -> None:
    for name in ("a", "b", "c"):
        store.add(plan(name, f"Phòng {name}"))
    store.delete("b")
    assert read(store, "lead", but_not="c") == [("Phòng a", 1)]
    assert read(store, "unit_name", but_not="c") == [("Sở a", 1)]
    assert read(store, "basis", but_not="c")[0][1] == 1
    store.restore("b")
    assert len(read(store, "lead", but_not="c")) == 2


def test_the_latest_comes_first_among_equals(store: Store) -> None:
    store.add(plan("a", "Phòng A", "Phòng B"))
    assert [value for value, _count in read(store, "lead")] == ["Phòng B", "Phòng A"]
    opened = store.open_plan("a")
    store.add(plan("b"))
    assert read(store, "unit_name")[0] == ("Sở b", 1)
    with opened.edit("Sửa") as edited:
        edited.unit_name = "Sở a2"
    assert read(store, "unit_name")[0] == ("Sở a2", 1)


def test_long_texts_are_left_out_and_the_number_is_bounded(store: Store) -> None:
    store.add(plan("a", "x" * LONGEST, "y" * (LONGEST + 1), *(f"Phòng {n}" for n in range(MOST + 50))))
    found = [value for value, _count in read(store, "lead")]
    assert len(found) == MOST
    assert "y" * (LONGEST + 1) not in found


@pytest.mark.parametrize("kind", [*PLAN_KINDS, *ROW_KINDS, "basis"])
def test_every_kind_of_the_memory_can_be_read(store: Store, kind: str) -> None:
    """Also while an edit is open, and of plans as they really are."""
    for number in (0, 4):
        store.add(fixture_plan(number))
    held = store.open_plan(fixture_plan(0).id)
    with held.edit("Sửa") as edited:
        edited.place = "Huế"
        found = read_uses(store.path, kind, "", lambda: True)
    assert all(count > 0 and isinstance(last, int) for _value, count, last in found)
    assert document.dump(store.read(held.plan.id))


def test_reading_stops_when_it_is_not_wanted(store: Store) -> None:
    store.add(plan("a", *(f"Phòng {n}" for n in range(20_000))))
    with pytest.raises(Cancelled):
        read_uses(store.path, "lead", "", lambda: False)


def test_a_store_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(StoreError):
        read_uses(folder / "kehoachso.db", "lead", "", lambda: True)
    assert not folder.exists()
