"""What the numbers and heads of a block say of its rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.numbering import number, row_numbers
from models.plan import Row, Table, adopt, walk_rows
from models.row_levels import depth_of, heads, is_numbered, is_sum, may_be_group, style_of

STYLES = (
    ("I", "1"),
    ("I", "1", "1.1"),
    ("1", "a"),
    ("1",),
    ("I", "1", "1.1", "a"),
    ("1", "1.1", "1.1"),
    ("I", "1", "a"),
)


@given(st.sampled_from(STYLES), st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_the_depth_of_a_made_number_is_found(styles: tuple[str, ...], path: list[int]) -> None:
    path = path[: len(styles)]
    text = number(styles[len(path) - 1], path, styles)
    assert depth_of(text, styles, -1) == len(path) - 1
    assert is_numbered([[text]])


def test_the_depths_of_a_whole_table() -> None:
    table = Table(rows=[Row(group="", rows=[Row(task="", rows=[Row(task="")]), Row(task="")]), Row(group="")])
    adopt(table)
    numbers = row_numbers(table, ("I", "1"))
    assert [numbers[id(row)] for row in walk_rows(table.rows)] == ["I", "1", "-", "2", "II"]
    assert [depth_of(text, ("I", "1"), 1) for text in ("I", "1", "-", "2", "II")] == [0, 1, 2, 1, 0]


@pytest.mark.parametrize(
    ("text", "style"),
    [("IV.", "I"), ("a)", "a"), ("1.1.", "1.1"), ("12", "1"), ("–", "-"), ("", ""), ("TT", ""), ("2021-2025", ""), ("IIII", ""), ("Việc", "")],
)  # fmt: skip
def test_styles(text: str, style: str) -> None:
    assert style_of(text) == style


def test_which_may_be_groups() -> None:
    assert [may_be_group(depth, ("I", "1", "1.1")) for depth in range(4)] == [True, True, False, False]
    assert [may_be_group(depth, ("1", "a")) for depth in range(2)] == [False, False]
    assert [may_be_group(depth, ("I", "1")) for depth in range(2)] == [True, False]


def test_heads_of_spreadsheets() -> None:
    plain = [["TT", "Tên"], ["1", "Việc"]]
    assert heads(plain, [], True) == 1
    merged = [
        ["STT", "Tên", "Kinh phí", ""],
        ["", "", "2021", "2022"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["I", "Nhóm", "", ""],
    ]
    assert heads(merged, [], True) == 3
    assert heads([["Số TT", "A", "B"], ["1", "2", "3"], ["1", "Việc", "5"]], [], True) == 2
    assert heads([["1", "Việc"]], [], True) == 0
    named = [["Tên nhiệm vụ", "đơn vị chủ trì"], ["a", "b"]]
    assert heads(named, ["Tên  nhiệm vụ", "Đơn vị chủ trì"], False) == 1
    assert heads(named, ["Tên nhiệm vụ", "Mục tiêu"], False) == 0
    assert heads([["Ghi chú", ""], ["a", "b"]], ["Ghi chú", "Khác"], False) == 0
    assert heads([], [], True) == 0


def test_sums() -> None:
    assert all(map(is_sum, ["Tổng cộng", "TỔNG CỘNG:", "Cộng"]))
    assert not any(map(is_sum, ["Tổng hợp số liệu", "", "Cộng đồng"]))
    assert is_numbered([["I", "a"], ["", "b"], ["Tổng cộng", "5"]])
    assert not is_numbered([["", "a"]]) and not is_numbered([["1"], ["Việc"]])
