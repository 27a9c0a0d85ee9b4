"""Amounts in a line get their dots and their words."""

from __future__ import annotations

import pytest

from models.errors import AmountError
from models.spelling import spelled, words_follow


def spell(line: str, at: int | None = None) -> str | None:
    changes = spelled(line, len(line) if at is None else at)
    for change in reversed(changes or ()):
        text = f" ({change.text})" if change.words else change.text
        line = line[: change.start] + text + line[change.end :]
    return None if changes is None else line


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("Tổng: 5039772000 đồng", "Tổng: 5.039.772.000 đồng (Năm tỷ không trăm ba mươi chín triệu bảy trăm bảy mươi hai nghìn đồng)"),
        ("250 triệu đồng ", "250 triệu đồng (Hai trăm năm mươi triệu đồng) "),
        ("là 4009,772 triệu đồng", "là 4.009,772 triệu đồng (Bốn tỷ không trăm lẻ chín triệu bảy trăm bảy mươi hai nghìn đồng)"),
        ("3 tỷ đồng (Bằng chữ: hai tỷ đồng)", "3 tỷ đồng (Bằng chữ: Ba tỷ đồng)"),
        ("3 tỷ đồng (Bằng chữ: ba tỉ đồng chẵn)", "3 tỷ đồng (Bằng chữ: ba tỉ đồng chẵn)"),
        ("5000 đ (bằng chữ: )", "5.000 đ (bằng chữ: Năm nghìn đồng)"),
        ("500 đồng xu", None),
        ("không có số", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_amount_behind_which_the_cursor_is(line: str, right: str | None) -> None:
    assert spell(line) == right


def test_the_amount_at_the_cursor_and_no_other() -> None:
    line = "là 250 triệu đồng, và 3 tỷ đồng"
    assert spell(line, 8) == "là 250 triệu đồng (Hai trăm năm mươi triệu đồng), và 3 tỷ đồng"
    assert spell(line, 0) is None
    assert spell(line, 21) is None


def test_what_follows_the_words_stays() -> None:
    assert spell("3 tỷ, bằng chữ: hai tỷ đồng và các khoản khác", 2) == "3 tỷ, bằng chữ: Ba tỷ đồng và các khoản khác"
    assert spell("3 tỷ, bằng chữ: và các khoản khác", 2) == "3 tỷ, bằng chữ: Ba tỷ đồng và các khoản khác"


def test_an_unclear_number_is_told() -> None:
    with pytest.raises(AmountError, match=r"1\.5 tỷ"):
        spelled("1.5 tỷ đồng", 4)
    with pytest.raises(AmountError):
        spelled("9999999999999999999 đồng", 4)


def test_a_long_line_is_searched_near_the_cursor() -> None:
    assert spell("x " * 50_000 + "1000 đồng") == "x " * 50_000 + "1.000 đồng (Một nghìn đồng)"


def test_words_that_follow() -> None:
    assert words_follow("X (Bằng chữ: Y)", 1)
    assert not words_follow("X và Y", 1)
