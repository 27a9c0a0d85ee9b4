"""Folding keeps every letter in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.folding import fold, lower


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đề án ĐÔ THỊ", "de an do thi"), ("ưỡn ẹo", "uon eo"), ("749/QĐ-TTg", "749/qd-ttg"), ("", "")],
)
def test_diacritics_and_capitals_go(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_every_letter_keeps_its_place(text: str) -> None:
    assert len(fold(text)) == len(text) == len(lower(text))


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
