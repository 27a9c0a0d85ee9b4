"""Final exports are kept whole, with the plan's revision, and those that came back signed."""

from __future__ import annotations

import pytest

from models.errors import StoreError
from models.store import Store
from tests.plans import small_plan


def test_a_final_export_is_kept_byte_for_byte(store: Store) -> None:
    plan = small_plan()
    store.add(plan)
    packages = {number: bytes(range(256)) * number for number in (1, 2)}
    for number, package in packages.items():
        store.keep_export(plan.id, number, "Kết xuất", f"CODE-000{number}", package)
    assert store.read(plan.id).revision == 2
    assert {number: store.exported_package(plan.id, number) for number in (1, 2)} == packages
    assert [(kept.revision, kept.code, kept.size, kept.is_signed) for kept in store.exports(plan.id)] == [
        (2, "CODE-0002", 512, False),
        (1, "CODE-0001", 256, False),
    ]
    assert store.exported_package(plan.id, 3) is None


def test_what_came_back_signed_is_kept_beside_it(store: Store) -> None:
    plan = small_plan()
    store.add(plan)
    store.keep_export(plan.id, 1, "Kết xuất", "CODE-0001", b"zip")
    assert store.signed_pdf(plan.id, 1) is None
    store.keep_signed(plan.id, 1, b"%PDF-1.7 signed")
    assert store.signed_pdf(plan.id, 1) == b"%PDF-1.7 signed"
    assert store.exports(plan.id)[0].is_signed
    assert store.exported_package(plan.id, 1) == b"zip"


def test_nothing_is_kept_where_the_files_could_not_be_written(store: Store) -> None:
    plan = small_plan(revision=1)
    store.add(plan)

    def write() -> None:
        with store.keeping_export(plan.id, 2, "Kết xuất", "CODE-0002", b"zip"):
            raise OSError

    with pytest.raises(StoreError):
        write()
    assert store.exports(plan.id) == []
    assert store.read(plan.id).revision == 1
