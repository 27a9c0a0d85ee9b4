"""Amounts as text: the Vietnamese notation, exactly, and nothing guessed."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import AmountError, UserError
from models.money import (
    LIMIT,
    UNITS,
    AmbiguousAmount,
    format_amount,
    format_percent,
    parse_amount,
    unit_name,
)

amounts = (
    st.integers(-LIMIT, LIMIT) | st.integers(-(10**7), 10**7) | st.integers(-(10**9), 10**9).map(lambda n: n * 10**6)
)
units = st.sampled_from(sorted(UNITS))


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("4.009,772", "million", 4_009_772_000),
        ("4009,772", "million", 4_009_772_000),
        ("4 009,772", "million", 4_009_772_000),
        ("5.039,722", "million", 5_039_722_000),
        ("250", "million", 250_000_000),
        ("250,000", "million", 250_000_000),
        ("0,000001", "million", 1),
        ("0,0000010", "million", 1),
        ("0,001", "thousand", 1),
        ("1.234,5", "thousand", 1_234_500),
        ("5000000", "dong", 5_000_000),
        ("5.000.000", "dong", 5_000_000),
        ("5 000 000", "dong", 5_000_000),
        ("5\u00a0000\u202f000", "dong", 5_000_000),
        ("5\u2009000\u2007000", "dong", 5_000_000),
        ("5.000.000,00", "dong", 5_000_000),
        ("162.570.000", "dong", 162_570_000),
        (" \u00a0250\n", "dong", 250),
        ("007", "dong", 7),
        ("0", "million", 0),
        ("-5", "dong", -5),
        ("−5", "dong", -5),
        ("-0,5", "million", -500_000),
        ("-0", "dong", 0),
        ("-", "million", 0),
        ("–", "million", 0),
        (" — ", "million", 0),
        ("1.000.000.000.000.000", "dong", LIMIT),
        ("-1.000.000.000", "million", -LIMIT),
        ("1.000.000 tỷ", "dong", LIMIT),
        ("0" * 5000 + "7," + "0" * 5000, "dong", 7),
    ],
)
def test_reads_the_vietnamese_notation(text: str, unit: str, amount: int) -> None:
    assert parse_amount(text, unit) == amount


@pytest.mark.parametrize(
    ("suffix", "factor"),
    [
        *((s, 1) for s in ("đ", "đồng", "Đồng", "ĐỒNG", "dong", "VNĐ", "vnđ", "VND", "d", "₫")),
        *((s, 1000) for s in ("nghìn", "ngàn", "nghin", "ngan", "nghìn đồng", "NGÀN ĐỒNG", "nghìn đ")),
        *((s, 10**6) for s in ("triệu", "tr", "Tr", "trieu", "triệu đồng", "trđ", "tr.đ", "trieu dong", "triệu VNĐ")),
        *((s, 10**9) for s in ("tỷ", "tỉ", "ty", "ti", "TỶ", "tỷ đồng", "tỉ đồng", "ty dong", "tỷ  đồng")),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("space", ["", " ", "\u00a0"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_suffix_replaces_the_unit(suffix: str, factor: int, unit: str, space: str, form: str) -> None:
    text = f"1.250{space}{suffix}"
    # NFC and NFD: a Mac and some web pages give letters in pieces.
    assert parse_amount(unicodedata.normalize("NFC" if form == "NFC" else "NFD", text), unit) == 1250 * factor


def test_suffix_with_decimals() -> None:
    assert parse_amount("1,5 tỷ") == 1_500_000_000
    assert parse_amount("-0,25tr", "dong") == -250_000
    assert parse_amount("0,000000001 tỷ", "million") == 1


@pytest.mark.parametrize(
    ("text", "unit", "readings"),
    [
        ("4009.772", "million", (4_009_772_000, 4_009_772_000_000)),
        ("4009.772", "dong", (4_009_772,)),
        ("4,009.772", "million", (4_009_772_000,)),
        ("4,009,772", "dong", (4_009_772,)),
        ("1.5", "million", (1_500_000,)),
        ("-1.5", "million", (-1_500_000,)),
        ("250.5", "million", (250_500_000,)),
        ("250.5 tỷ", "dong", (250_500_000_000,)),
        ("0.250", "million", (250_000,)),
        ("1.5", "dong", ()),
        ("10.00", "dong", (10,)),
        ("1.234.56", "million", ()),
        ("1.234.5678", "million", ()),
        ("12345.678.901", "dong", (12_345_678_901,)),
        ("5,000", "dong", (5000, 5)),
        ("5,772", "dong", (5772,)),
        ("1,2,3", "million", ()),
        ("5 00", "million", ()),
        ("4.009 772", "million", ()),
        ("0 500", "million", ()),
    ],
)
def test_other_notations_are_not_guessed(text: str, unit: str, readings: tuple[int, ...]) -> None:
    with pytest.raises(AmbiguousAmount) as caught:
        parse_amount(text, unit)
    assert caught.value.readings == readings
    assert text in str(caught.value)
    assert "dấu chấm" in str(caught.value) and "dấu phẩy" in str(caught.value)


def test_ambiguous_amount_names_what_can_be_typed() -> None:
    with pytest.raises(AmbiguousAmount) as caught:
        parse_amount("4009.772", "million")
    assert "4.009,772 triệu đồng hoặc 4.009.772 triệu đồng" in str(caught.value)
    with pytest.raises(AmbiguousAmount) as caught:
        parse_amount("1.5 tỷ", "million")
    assert "1,5 tỷ đồng" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "  ",
            "\u00a0",
            "abc",
            "tỷ",
            "đ",
            "5 quả",
            "5 triệu 200",
            "1 tỷ 200 triệu",
            "2021-2015",
            "1/2",
            "--5",
            "5-",
        ),
        *("+5", "- 5", "(5)", "1e5", "0x10", "nan", "inf", "5%", "5_000", ",5", ".5", "5,", "5.", "5 đồng tỷ", "5 tí"),
        *("5 đống", "٥", "５", "5٥", "²", "5²", "Ⅴ", "五", "1\u200b5", "5\x00", "500\n000"),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
def test_refuses_what_is_no_amount(text: str, unit: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text, unit)
    assert not isinstance(caught.value, AmbiguousAmount)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0,0000001", "million"),
        ("1,5", "dong"),
        ("0,0005", "thousand"),
        ("0,5 đ", "million"),
        ("1," + "1" * 9999, "million"),
        ("0," + "0" * 9999 + "1", "million"),
    ],
)
def test_refuses_a_part_below_one_dong(text: str, unit: str) -> None:
    with pytest.raises(AmountError, match="nhỏ hơn một đồng"):
        parse_amount(text, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *[("1.000.000.000.000.001", "dong"), ("-1000000000000001", "dong"), ("1.000.000.000,000001", "million")],
        *[("1.000.001 tỷ", "dong"), ("9" * 9999, "dong"), ("9" * 9999 + "," + "9" * 9999, "million")],
    ],
)
def test_refuses_what_is_beyond_the_limit(text: str, unit: str) -> None:
    with pytest.raises(AmountError, match=r"1\.000\.000\.000\.000\.000 đồng"):
        parse_amount(text, unit)


def test_a_long_text_is_refused_at_once() -> None:
    for text in ("5" + " " * 100_000 + "x", "5 " * 100_000, "1.234" * 50_000, "-" * 100_000):
        with pytest.raises(AmountError) as caught:
            parse_amount(text)
        assert len(str(caught.value)) < 250


@given(st.text() | st.text("0123456789.,- −đtr", max_size=12) | st.text("1a.\n", min_size=1000, max_size=1100), units)
def test_any_text_is_an_amount_or_one_short_sentence(text: str, unit: str) -> None:
    try:
        amount = parse_amount(text, unit)
    except UserError as error:
        assert len(str(error)) < 250
        assert str(error).isprintable()
        assert str(error).endswith(".")
    else:
        assert abs(amount) <= LIMIT
        assert isinstance(amount, int)


@given(amounts, units)
def test_what_is_shown_reads_back(amount: int, unit: str) -> None:
    assert parse_amount(format_amount(amount, unit), unit) == amount
    assert parse_amount(f"{format_amount(amount, unit)} {unit_name(unit)}", "dong") == amount
    assert format_amount(amount, unit) == format_amount(parse_amount(format_amount(amount, unit), unit), unit)


@st.composite
def canonical(draw: st.DrawFn) -> tuple[str, str]:
    """A number in canonical notation put together from its groups, never through ``format_amount``."""
    unit = draw(units)
    places = {"dong": 0, "thousand": 3, "million": 6}[unit]
    groups = draw(st.lists(st.integers(0, 999).map("{:03}".format), max_size=(15 - places) // 3 - 1))
    first = draw(st.integers(1 if groups else 0, 999))
    part = draw(st.text("0123456789", max_size=places)).rstrip("0")
    text = ".".join([str(first), *groups]) + ("," + part if part else "")
    return (draw(st.sampled_from(["", "-"])) if text != "0" else "") + text, unit


@given(canonical())
def test_what_is_read_shows_the_same(case: tuple[str, str]) -> None:
    text, unit = case
    amount = parse_amount(text, unit)
    assert format_amount(amount, unit) == text
    # Another way to the same value: the decimal module on the plain digits.
    assert Decimal(text.replace(".", "").replace(",", ".")) * UNITS[unit] == amount


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        (4_009_772_000, "million", "4.009,772"),
        (250_000_000, "million", "250"),
        (-500_000, "million", "-0,5"),
        (1, "million", "0,000001"),
        (0, "million", "0"),
        (-1000, "dong", "-1.000"),
        (5_039_722_001, "thousand", "5.039.722,001"),
        (10**20, "dong", "100.000.000.000.000.000.000"),
    ],
)
def test_shows_amounts(amount: int, unit: str, text: str) -> None:
    assert format_amount(amount, unit) == text


def test_unit_names() -> None:
    assert [unit_name(unit) for unit in UNITS] == ["đồng", "nghìn đồng", "triệu đồng"]


@pytest.mark.parametrize(
    ("part", "whole", "digits", "text"),
    [
        (310_000_000, 5_039_772_000, 2, "6,15%"),
        (310_000_000, 5_039_772_000, 1, "6,2%"),
        (310_000_000, 5_039_772_000, 0, "6%"),
        (1, 1, 2, "100%"),
        (1, 10, 2, "10%"),
        (1, 20, 2, "5%"),
        (1, 3, 2, "33,33%"),
        (2, 3, 2, "66,67%"),
        (1, 8, 2, "12,5%"),
        (10_005, 10**7, 2, "0,1%"),
        (105, 10**4, 1, "1,1%"),
        (115, 10**4, 1, "1,2%"),
        (1, 10**5, 2, "0%"),
        (-1, 10**5, 2, "0%"),
        (-1, 8, 0, "-13%"),
        (1, -8, 0, "-13%"),
        (25, 2, 2, "1.250%"),
        (0, 5, 2, "0%"),
        (5, 0, 2, "–"),
        (0, 0, 2, "–"),
    ],
)
def test_shows_percentages(part: int, whole: int, digits: int, text: str) -> None:
    assert format_percent(part, whole, digits) == text


@given(amounts, amounts.filter(bool), st.integers(0, 4))
def test_percentage_is_within_half_a_unit(part: int, whole: int, digits: int) -> None:
    shown = format_percent(part, whole, digits).removesuffix("%").replace(".", "").replace(",", ".")
    assert abs(Fraction(shown) - Fraction(part * 100, whole)) <= Fraction(1, 2 * 10**digits)
