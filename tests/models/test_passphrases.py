"""Passphrases: one form for all input methods, what is refused, what is weak, and those that are made."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import passphrases
from models.errors import SecretError


@given(st.text())
def test_composed_and_decomposed_are_one(text: str) -> None:
    forms = {passphrases.normal(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {passphrases.normal(text)}


@given(st.text())
def test_any_text_is_judged_and_none_fails(text: str) -> None:
    said = passphrases.weakness(text, (text, "Sở Nội vụ"))
    try:
        passphrases.check(text)
    except SecretError as error:
        assert said == str(error)
    assert "\n" not in said


@pytest.mark.parametrize("text", ["", " ", " " * 20, "1234567", "a" * 100, "ế" * 50])
def test_what_is_refused(text: str) -> None:
    with pytest.raises(SecretError):
        passphrases.check(text)


def test_what_is_counted_are_letters_as_one_sees_them() -> None:
    passphrases.check(unicodedata.normalize("NFD", "ếếếếếếếế"))
    with pytest.raises(SecretError):
        passphrases.check(unicodedata.normalize("NFD", "ếếếếế"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12345678", "dễ đoán"),
        ("matkhau2022", "dễ đoán"),
        ("aaaaaaaaaaaaaaa", "dễ đoán"),
        ("hgfedcba", "dễ đoán"),
        ("SoNoiVu2022", "giống tên đơn vị"),
        ("sở nội vụ 2022", "giống tên đơn vị"),
        ("83472910", "còn yếu"),
        ("8347291056120", "còn yếu"),
        ("chim-cau8", "còn yếu"),
        (" bon-chim-cau-8347", "dấu cách"),
        ("bốn chim câu 8347", "có dấu"),
        ("bon chim cau 8347", ""),
        ("Xe dap cu cua ong Ba", ""),
    ],
)
def test_what_is_weak_is_told_and_not_refused(text: str, why: str) -> None:
    passphrases.check(text)
    said = passphrases.weakness(text, ("SỞ NỘI VỤ", "SNV", ""))
    assert why in said and bool(why) == bool(said)


def test_a_made_one_is_good_and_never_the_same() -> None:
    made = {passphrases.generate() for _time in range(200)}
    assert len(made) == 200
    for one in made:
        assert passphrases.weakness(one) == ""
        assert re.fullmatch("([a-z]{2,6}-){6}[0-9]{3}", one)
    assert passphrases.generate(3).count("-") == 3


def _heard(word: str) -> str:
    """A word as it may be heard on the telephone, north or south."""
    for written, said in (("^gh", "g"), ("^ngh", "ng"), ("^tr", "ch"), ("^(gi|r|v)(?=[aeiouy])", "d"), ("^s", "x")):
        word = re.sub(written, said, word)
    word = re.sub("^n(?![gh])", "l", word)
    word = re.sub("(nh|ng|n)$", "n", word)
    return re.sub("y$", "i", re.sub("(ch|c|t)$", "t", word))


def test_the_words_are_told_apart_by_ear() -> None:
    words = passphrases._WORDS
    assert len(words) == 256 and all(word.isascii() and word.islower() for word in words)
    assert len({_heard(word) for word in words}) == 256
