"""A text as it is printed, and its places in the text as it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reader.printed import printed
from models.text import expand, paragraphs

VALUES = {"total:tasks": "120.000.000 đồng", "year": "2022"}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a **b** c", "a b c"),
        ("a *b* **c**", "a b c"),
        ("a * b", "a * b"),
        ("a *b\n\nc* d", "a *b\n\nc* d"),
        ("a *b\n- c* d", "a *b\n- c* d"),
        ("{total:tasks} năm {year}", "120.000.000 đồng năm 2022"),
        ("**{total:tasks}** {lạ}", "120.000.000 đồng {lạ}"),
        ("", ""),
    ],
)
def test_printed(typed: str, text: str) -> None:
    assert printed(typed, VALUES.get).text == text


@pytest.mark.parametrize(
    ("typed", "words", "right"),
    [
        ("a b c", "b", "a X c"),
        ("a **b** c", "b", "a **X** c"),
        ("a **b** c", "c", "a **b** X"),
        ("năm {year} b", "b", "năm {year} X"),
        ("a **b** c", "b c", None),
        ("năm {year} b", "2022", None),
        ("năm {year} b", "2022 b", None),
        ("*a*\n\n- **b c** d", "c", "*a*\n\n- **b X** d"),
    ],
)
def test_replaced_in_the_typed_text(typed: str, words: str, right: str | None) -> None:
    said = printed(typed, VALUES.get)
    start = said.text.index(words)
    assert said.typed_with(start, start + len(words), "X") == right


@given(st.text("ab *\n-+{}year", max_size=40))
def test_it_is_what_the_page_shows(typed: str) -> None:
    """But for the blanks at the ends of lines and the signs of bullets."""
    shown = "".join(one.plain for one in paragraphs(expand(typed, VALUES.get)))
    said = printed(typed, VALUES.get).text
    assert [letter for letter in said if letter not in " \n-+"] == [letter for letter in shown if letter not in " \n-+"]
