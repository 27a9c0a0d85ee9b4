"""The Vietnamese order of texts."""

from __future__ import annotations

import pytest

from models.alphabet import order


@pytest.mark.parametrize(
    "sorted_texts",
    [
        ["An", "ăn", "ân", "Ba"],
        ["da", "Dũng", "đa", "Đề án", "em"],
        ["ma", "mà", "mạ", "mang"],
        ["1. Số hóa", "An toàn"],
        ["hoa", "hòa bình", "hoan"],
        ["", "a"],
    ],
)
def test_texts_stand_as_in_a_dictionary(sorted_texts: list[str]) -> None:
    backwards = sorted_texts[::-1]
    assert sorted(backwards, key=order) == sorted_texts


def test_equal_but_for_capitals() -> None:
    assert order("SỞ Y TẾ") == order("sở y tế")
