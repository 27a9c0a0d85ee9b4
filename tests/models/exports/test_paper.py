"""Which PDF goes to the printer, and its pages in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document, template
from models.exports import package
from models.exports.kept import pdf_of
from models.exports.paper import page_order
from tests.plans import small_plan


def test_the_pdf_of_a_package_is_given_while_the_plan_is_the_same() -> None:
    plan = small_plan()
    built = package.build(plan, template.get(plan.template))
    assert pdf_of(built.package.data, document.to_bytes(plan)) == built.files["pdf"].data
    plan.place = "Huế"
    assert pdf_of(built.package.data, document.to_bytes(plan)) is None


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"not a package at all"])
def test_what_is_no_package_gives_no_pdf(data: bytes) -> None:
    assert pdf_of(data, b"{}") is None


def test_the_order_of_pages() -> None:
    assert page_order(3) == [0, 1, 2]
    assert page_order(9, [(2, 3), (7, 99)]) == [1, 2, 6, 7, 8]
    assert page_order(9, [(3, 4), (4, 5)]) == [2, 3, 4]
    assert page_order(3, backwards=True) == [2, 1, 0]
    assert page_order(2, copies=2) == [0, 1, 0, 1]
    assert page_order(2, copies=2, collated=False) == [0, 0, 1, 1]
    assert page_order(2, [(5, 9)]) == []


def test_on_both_sides_a_copy_begins_on_a_sheet_of_its_own() -> None:
    assert page_order(3, copies=2, both_sides=True) == [0, 1, 2, None, 0, 1, 2]
    assert page_order(2, copies=2, both_sides=True) == [0, 1, 0, 1]
    assert page_order(2, copies=2, collated=False, both_sides=True) == [0, None, 0, None, 1, None, 1]


@given(
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), max_size=4),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_every_page_chosen_is_printed_as_often_as_copies_are_made(
    count: int, ranges: list[tuple[int, int]], copies: int, collated: bool, backwards: bool, both_sides: bool
) -> None:
    order = page_order(
        count, ranges, copies=copies, collated=collated, backwards=backwards, both_sides=both_sides
    )  # fmt: skip
    wanted = {page for first, last in (ranges or [(1, count)]) for page in range(first - 1, min(last, count))}
    pages = [page for page in order if page is not None]
    assert set(pages) == wanted
    assert all(pages.count(page) == copies for page in wanted)
    assert both_sides or len(pages) == len(order)
    if both_sides and copies > 1 and collated and wanted:
        # The first page of each copy lies on the front of a sheet.
        assert [place % 2 for place, page in enumerate(order) if page == pages[0]] == [0] * copies
