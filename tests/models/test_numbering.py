"""Numbers of headings and rows: made, never typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.columns import numbering_of
from models.numbering import LETTERS, NO_STYLE, heading, letter, number, roman, row_numbers, section_numbers
from models.plan import Plan, Row, Section, Table, walk_rows, walk_sections
from models.template import get
from tests.plans import fixture_plan, group, plans, task, tasks


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "I"),
        (3, "III"),
        (4, "IV"),
        (9, "IX"),
        (14, "XIV"),
        (40, "XL"),
        (49, "XLIX"),
        (90, "XC"),
        (400, "CD"),
        (1999, "MCMXCIX"),
    ],
)
def test_roman(value: int, text: str) -> None:
    assert roman(value) == text


@given(st.integers(1, 3999))
def test_roman_reads_back(value: int) -> None:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [worth[letter] for letter in roman(value)]
    assert sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True)) == value


def test_letters_are_those_of_vietnamese_lists() -> None:
    """Nghị định 30/2020/NĐ-CP numbers points a, b, c, d, đ, e, g …: no f, j, w, z, no letters with marks."""
    assert [letter(n) for n in range(1, 9)] == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert letter(23) == "y"
    assert [letter(n) for n in (24, 25, 46, 47)] == ["aa", "ab", "ay", "ba"]
    assert not set("fjwzăâêôơư") & set(LETTERS)


def test_letters_never_repeat() -> None:
    assert len({letter(n) for n in range(1, 2000)}) == 1999


@pytest.mark.parametrize(
    ("style", "path", "styles", "text"),
    [
        ("Phần I", (2,), ("Phần I",), "Phần II"),
        ("I", (1, 4), ("Phần I", "I"), "IV"),
        ("1", (1, 4, 7), ("Phần I", "I", "1"), "7"),
        ("1.1", (1, 4, 7, 2), ("Phần I", "I", "1", "1.1"), "7.2"),
        ("1.1", (4, 7, 2), ("1", "1.1", "1.1"), "4.7.2"),
        ("1.1", (3,), ("1.1",), "3"),
        ("a", (1, 5), ("1", "a"), "đ"),
    ],
)
def test_numbers_by_style(style: str, path: tuple[int, ...], styles: tuple[str, ...], text: str) -> None:
    assert number(style, path, styles) == text


@pytest.mark.parametrize(
    ("made", "style", "text", "line"),
    [
        ("Phần II", "Phần I", "NỘI DUNG", "Phần II. NỘI DUNG"),
        ("IV", "I", "MỤC TIÊU", "IV. MỤC TIÊU"),
        ("2.1", "1.1", "Hạ tầng", "2.1. Hạ tầng"),
        ("đ", "a", "Nhân lực", "đ) Nhân lực"),
        (NO_STYLE, NO_STYLE, "Nhân lực", "Nhân lực"),
        ("", "I", "Nhân lực", "Nhân lực"),
    ],
)
def test_headings(made: str, style: str, text: str, line: str) -> None:
    assert heading(made, style, text) == line


def test_sections_are_numbered_by_depth() -> None:
    deep = Section(heading="d", sections=[Section(heading="e", sections=[Section(heading="f")])])
    sections = [
        Section(heading="a", sections=[Section(heading="b"), Section(heading="c", sections=[deep])]),
        Section(heading="g"),
    ]
    made = section_numbers(sections, ["Phần I", "I", "1", "a"])
    assert [made[id(section)] for section in walk_sections(sections)] == [
        "Phần I", "I", "II", "1", "a", NO_STYLE, "Phần II",
    ]  # fmt: skip


def numbers(table: Table, *styles: str) -> list[str]:
    made = row_numbers(table, styles)
    return [made[id(row)] for row in walk_rows(table.rows)]


def groups(**fields: bool) -> Table:
    parts = [task("phần"), task("phần")]
    return tasks(group("A", task(), task()), group("B", task(rows=parts), task()), **fields)


def test_rows_begin_anew_in_each_group() -> None:
    assert numbers(groups(), "I", "1", "a") == ["I", "1", "2", "II", "1", "a", "b", "2"]


def test_continuous_rows_count_through_all_groups() -> None:
    assert numbers(groups(continuous=True), "I", "1", "a") == ["I", "1", "2", "II", "3", "a", "b", "4"]


def test_parts_go_on_from_the_number_of_their_task_also_where_it_counts_through() -> None:
    assert numbers(groups(), "I", "1", "1.1") == ["I", "1", "2", "II", "1", "1.1", "1.2", "2"]
    assert numbers(groups(continuous=True), "I", "1", "1.1") == ["I", "1", "2", "II", "3", "3.1", "3.2", "4"]


def test_rows_deeper_than_the_styles_get_a_dash() -> None:
    assert numbers(groups(), "I") == ["I", "-", "-", "II", "-", "-", "-", "-"]
    assert numbers(groups(continuous=True), "I") == ["I", "-", "-", "II", "-", "-", "-", "-"]


def test_numbers_of_the_real_plans() -> None:
    plan = fixture_plan(4)
    spending, planned = plan.tables[1], plan.tables[3]
    made = row_numbers(spending, numbering_of(spending, get(plan.template)))
    assert [made[id(row)] for row in spending.rows] == ["I", "II", "III", "IV"]
    assert [made[id(row)] for row in walk_rows(spending.rows) if not row.is_group] == [str(n) for n in range(1, 78)]
    made = row_numbers(planned, numbering_of(planned, get(plan.template)))
    damaged = planned.rows[1].rows[1].rows[20]
    assert (made[id(planned.rows[1])], made[id(planned.rows[1].rows[1])], made[id(damaged)]) == ("II", "2", "2.21")
    first = fixture_plan(1)
    made = row_numbers(first.tables[1], ("1", "a"))
    assert [made[id(row)] for row in walk_rows(first.tables[1].rows)][:5] == ["1", "a", "b", "c", "2"]


@given(plans(), st.lists(st.sampled_from(["Phần I", "I", "1", "1.1", "a"]), max_size=5))
def test_everything_has_a_number_and_neighbours_differ(plan: Plan, styles: list[str]) -> None:
    made = section_numbers(plan.sections, styles)
    assert made.keys() == {id(section) for section in walk_sections(plan.sections)}
    for table in plan.tables:
        rows = row_numbers(table, styles)
        assert rows.keys() == {id(row) for row in walk_rows(table.rows)}
        assert_apart(table.rows, rows)


def assert_apart(rows: list[Row], made: dict[int, str]) -> None:
    groups = [made[id(row)] for row in rows if row.is_group]
    plain = [made[id(row)] for row in rows if not row.is_group]
    for shown in (groups, plain):
        assert NO_STYLE in shown or len(set(shown)) == len(shown)
    for row in rows:
        assert_apart(row.rows, made)
