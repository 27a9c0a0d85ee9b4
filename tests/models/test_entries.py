"""What a text put into a cell must be."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.entries import (
    LONGEST,
    EntryError,
    check_amount,
    check_length,
    check_time,
    in_notation,
    read_mark,
    readings,
)
from models.errors import AmountError
from models.money import format_amount, parse_amount


@given(st.integers(1, 40), st.integers(0, 14), st.integers(1900, 2100), st.sampled_from("/.-"))
def test_only_days_that_a_calendar_has(day: int, month: int, year: int, mark: str) -> None:
    is_day = 1 <= month <= 12 and day <= calendar.monthrange(year, month)[1]
    text = f"Trước {day:02}{mark}{month:02}{mark}{year}"
    if is_day:
        check_time(text)
    else:
        with pytest.raises(EntryError, match="Không có ngày"):
            check_time(text)


@pytest.mark.parametrize(
    "text",
    ["2022", "2021-2025", "Quý 4/2021", "31/12", "Số 45/31/2022/NQ", "1/2/3/2022", "02 năm/lần", "2022-2031-2040"],
)
def test_other_times_are_let_by(text: str) -> None:
    check_time(text)


def test_each_end_of_a_period_is_looked_at() -> None:
    for text in ("31/02/2022-15/03/2022", "15/01/2022-31/02/2022", "đến 31.11.2022."):
        with pytest.raises(EntryError):
            check_time(text)


def test_marks() -> None:
    assert all(map(read_mark, ["x", " X ", "✓", "Có", "1"]))
    assert not any(map(read_mark, ["", " ", "không", "Không", "0", "-"]))
    with pytest.raises(EntryError, match="“có lẽ”"):
        read_mark("có lẽ")


def test_long_texts_and_formulas() -> None:
    check_length("x" * LONGEST)
    with pytest.raises(EntryError, match=r"20\.001"):
        check_length("x" * (LONGEST + 1))
    with pytest.raises(EntryError, match="công thức"):
        check_amount(" =SUM(A1:A3)", "million")
    with pytest.raises(AmountError):
        check_amount("chữ " * 1000, "million")
    check_amount("4.009,772", "million")


@given(st.integers(0, 10**12))
def test_amounts_of_an_english_spreadsheet(amount: int) -> None:
    shown = format_amount(amount, "million")
    english = shown.translate(str.maketrans(".,", ",."))
    assert parse_amount(in_notation(english, "english"), "million") == amount
    for notation, reading in readings(english, "million").items():
        assert parse_amount(in_notation(english, notation), "million") == reading


def test_what_an_unclear_amount_may_mean() -> None:
    assert readings("4009.772", "million") == {"english": 4_009_772_000, "vietnamese": 4_009_772_000_000}
    assert readings("4,009.772", "million") == {"english": 4_009_772_000}
    assert readings("4.009,772", "million") == readings("chữ", "million") == readings("", "million") == {}
