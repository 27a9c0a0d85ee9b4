"""Amounts of money and their words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.money import format_amount
from models.words import amount_in_words
from tests.models.reader.read import only, righted, said

FIVE = "Năm tỷ không trăm ba mươi chín triệu bảy trăm hai mươi hai nghìn đồng"


@pytest.mark.parametrize(
    "text",
    [
        f"5.039.722.000 đồng ({FIVE})",
        f"5.039.722.000 đ (Bằng chữ: {FIVE.replace('nghìn', 'ngàn')}).",
        f"5.039.722.000 đồng; viết bằng chữ: {FIVE}",
        "2.215.000.000 đ. (Bằng chữ: Hai tỉ hai trăm mười lăm triệu đồng chẵn./.)",
        "405.000.000 đồng (bằng chữ là bốn trăm linh năm triệu đồng)",
        "Tổng: 405\n(Bằng chữ: Bốn trăm lẻ năm triệu đồng)",
        "Tổng cộng: 405.000.000\n(Bằng chữ: Bốn trăm lẻ năm triệu đồng)",
        "24 triệu đồng (bằng chữ: hai mươi bốn triệu)",
        "21.000.000 đồng (hai mươi mốt triệu đồng)",
        "25.000.000 đồng (hai lăm triệu đồng)",
        "25.000.000 đồng (hai mười lăm triệu đồng)",
        "1.500.000 đồng (một triệu năm đồng)",
        "5.000.000 đồng (bằng chữ: theo phụ lục)",
        "5.000.000 đồng (năm 2021)",
        "5.000.000 đồng (Năm đồng chí)",
        "Năm tỷ đồng (5.000.000.000 đồng)",
        "5.000.000 đồng. Sáu triệu đồng là của huyện",
        "1.000 đồng (bằng chữ: một nghìn không trăm đồng)",
        "ba trăm triệu đồng (300 triệu đồng)",
        "0 đồng (bằng chữ: không đồng)",
        "5,000,000 đồng (bằng chữ: sáu triệu đồng)",
    ],
)
def test_its_own_words(text: str) -> None:
    assert said(text, "words.text") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("5.000.000 đồng (Sáu triệu đồng)", "5.000.000 đồng (Năm triệu đồng)"),
        ("5.000.000 đ (Bằng chữ: sáu triệu đồng)", "5.000.000 đ (Bằng chữ: năm triệu đồng)"),
        ("5 triệu đồng; bằng chữ là: Năm tỷ đồng", "5 triệu đồng; bằng chữ là: Năm triệu đồng"),
        ("5 triệu đồng, bằng chữ năm tỷ đồng từ ngân sách", "5 triệu đồng, bằng chữ năm triệu đồng từ ngân sách"),
        ("580 triệu đồng (bằng chữ: Năm trăm lẻ tám triệu đồng)", "580 triệu đồng (bằng chữ: Năm trăm tám mươi triệu đồng)"),
        ("Sáu triệu đồng (5.000.000 đồng)", "Năm triệu đồng (5.000.000 đồng)"),
        ("5.000.000 đồng (bằng chữ: năm triệu triệu đồng)", "5.000.000 đồng (bằng chữ: năm triệu đồng)"),
        ("51.000.000 đồng (năm mươi mốt tỷ đồng)", "51.000.000 đồng (năm mươi mốt triệu đồng)"),
    ],
)  # fmt: skip
def test_other_words(text: str, right: str) -> None:
    assert [rule for rule, _words in said(text)] == ["words.text"]
    assert righted(text) == right


def test_without_a_unit_nothing_is_put_right() -> None:
    remark = only("Cộng: 405.000.000 (bằng chữ: Bốn trăm lẻ sáu triệu đồng)")
    assert (remark.rule, remark.edit) == ("words.text", None)


AMOUNTS = st.integers(1, 10**14)


@given(
    AMOUNTS, st.sampled_from(["{a} đồng (Bằng chữ: {w})", "{a} đ. bằng chữ {w}", "{a} đồng ({w})", "{w} ({a} đồng)"])
)
def test_the_words_of_any_amount_are_its_own(amount: int, form: str) -> None:
    text = form.format(a=format_amount(amount), w=amount_in_words(amount))
    assert said(text) == []


@given(AMOUNTS, st.data())
def test_any_changed_digit_is_found(amount: int, data: st.DataObject) -> None:
    digits = list(str(amount))
    place = data.draw(st.integers(0, len(digits) - 1))
    digits[place] = data.draw(st.sampled_from("123456789"))
    other = int("".join(digits))
    assume(other != amount)
    text = f"{format_amount(other)} đồng (Bằng chữ: {amount_in_words(amount)})"
    assert [rule for rule, _words in said(text)] == ["words.text"]
    assert amount_in_words(other) in righted(text)
