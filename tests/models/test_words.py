"""Amounts in words, held against a writer and a reader of the test's own, which work in other ways."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import words as module
from models.errors import AmountError
from models.money import LIMIT
from models.words import amount_in_words, number_in_words, parse_words

OPTIONS: list[dict[str, Any]] = [
    {"odd": odd, "thousand": thousand, "four": four, "even": even, "currency": currency}
    for odd, thousand, four, even, currency in itertools.product(
        ("lẻ", "linh"), ("nghìn", "ngàn"), ("tư", "bốn"), (False, True), ("đồng", "")
    )
]
TABLE = {
    # formatting-nd30.md
    2_215_000_000: "Hai tỷ hai trăm mười lăm triệu đồng",
    5_039_722_000: "Năm tỷ không trăm ba mươi chín triệu bảy trăm hai mươi hai nghìn đồng",
    405_000_000: "Bốn trăm lẻ năm triệu đồng",
    1_000_000_005: "Một tỷ không trăm lẻ năm đồng",
    1_234_567_000_000: "Một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu đồng",
    # the real plans
    5_039_772_000: "Năm tỷ không trăm ba mươi chín triệu bảy trăm bảy mươi hai nghìn đồng",
    162_570_000: "Một trăm sáu mươi hai triệu năm trăm bảy mươi nghìn đồng",
    189_270_500_000: "Một trăm tám mươi chín tỷ hai trăm bảy mươi triệu năm trăm nghìn đồng",
    # zero, the sign, the small numbers
    0: "Không đồng",
    -1: "Âm một đồng",
    -405_000_000: "Âm bốn trăm lẻ năm triệu đồng",
    5: "Năm đồng",
    10: "Mười đồng",
    11: "Mười một đồng",
    14: "Mười bốn đồng",
    15: "Mười lăm đồng",
    20: "Hai mươi đồng",
    21: "Hai mươi mốt đồng",
    24: "Hai mươi tư đồng",
    25: "Hai mươi lăm đồng",
    100: "Một trăm đồng",
    101: "Một trăm lẻ một đồng",
    104: "Một trăm lẻ bốn đồng",
    105: "Một trăm lẻ năm đồng",
    110: "Một trăm mười đồng",
    111: "Một trăm mười một đồng",
    115: "Một trăm mười lăm đồng",
    151: "Một trăm năm mươi mốt đồng",
    555: "Năm trăm năm mươi lăm đồng",
    # the missing hundred, the missing group
    1_000: "Một nghìn đồng",
    1_005: "Một nghìn không trăm lẻ năm đồng",
    1_015: "Một nghìn không trăm mười lăm đồng",
    1_050: "Một nghìn không trăm năm mươi đồng",
    1_000_005: "Một triệu không trăm lẻ năm đồng",
    1_005_000: "Một triệu không trăm lẻ năm nghìn đồng",
    1_001_001_001: "Một tỷ không trăm lẻ một triệu không trăm lẻ một nghìn không trăm lẻ một đồng",
    1_000_200_000: "Một tỷ hai trăm nghìn đồng",
    # from nghìn tỷ on
    10**12: "Một nghìn tỷ đồng",
    1_000_000_000_001: "Một nghìn tỷ không trăm lẻ một đồng",
    1_005_000_000_000: "Một nghìn không trăm lẻ năm tỷ đồng",
    15_000_021_000_000: "Mười lăm nghìn tỷ không trăm hai mươi mốt triệu đồng",
    405_024_000_104_000: "Bốn trăm lẻ năm nghìn không trăm hai mươi tư tỷ một trăm lẻ bốn nghìn đồng",
    10**15: "Một triệu tỷ đồng",
    -(10**15): "Âm một triệu tỷ đồng",
    1_000_005_000_000_000: "Một triệu không trăm lẻ năm tỷ đồng",
    1_200_000_040_000_000: "Một triệu hai trăm nghìn tỷ không trăm bốn mươi triệu đồng",
}

# Amounts of any size, and amounts whose groups are the awkward ones.
groups = st.sampled_from([0, 0, 0, 1, 4, 5, 10, 11, 14, 15, 20, 21, 24, 25, 44, 50, 55, 100, 101, 104, 105, 115, 999])
awkward = st.lists(groups, min_size=1, max_size=5).map(lambda parts: sum(g * 1000**i for i, g in enumerate(parts)))
amounts = st.integers(-LIMIT, LIMIT) | st.integers(-(10**7), 10**7) | awkward | awkward.map(lambda n: -n)
options = st.sampled_from(OPTIONS)


def below_billion(n: int, odd: str, thousand: str, four: str, lead: bool = True) -> str:
    """The words by another way: every digit is spelled with its place, then the text is put right by rules."""
    digits = "không một hai ba bốn năm sáu bảy tám chín"
    names = dict(zip("0123456789", digits.split(), strict=True))
    spelled = [names[d] + " " + p for d, p in zip(f"{n:09}", ("trăm", "mươi", "đơn") * 3, strict=True)]
    parts = [" ".join(spelled[i : i + 3]) + " " + s for i, s in ((0, "triệu"), (3, thousand), (6, "|"))]
    text = " ".join(part for part in parts if not part.startswith("không trăm không mươi không đơn"))
    rules = [(r"^không trăm ", ""), (r"^không mươi ", "")] if lead else []
    rules += [
        (r"không mươi không đơn", ""),
        (r"không mươi", odd),
        (r"\bmột mươi", "mười"),
        (r"(mươi|mười) không đơn", r"\1"),
        (r"(mươi|mười) năm đơn", r"\1 lăm"),
        (r"mươi một đơn", "mươi mốt"),
        (r"mươi bốn đơn", "mươi " + four),
        (r" đơn", ""),
        (r"\|", ""),
        (r" +", " "),
    ]
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return text.strip() or "không"


def expected(amount: int, option: dict[str, Any]) -> str:
    odd, thousand, four = option["odd"], option["thousand"], option["four"]
    size = abs(amount)
    head, tail = divmod(size, 10**9)
    text = below_billion(head, odd, thousand, four) + " tỷ" if head else ""
    if tail or not head:
        text += " " + below_billion(tail, odd, thousand, four, lead=not head)
    text = ("âm " if amount < 0 else "") + text.strip()
    text += f" {option['currency']}" if option["currency"] else ""
    text += " chẵn" if option["even"] and amount else ""
    return text[0].upper() + text[1:]


def reckoned(text: str) -> int:
    """The amount of canonical words by a little calculator: one pass, three registers, no look ahead."""
    plus = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6}
    plus |= {"bảy": 7, "tám": 8, "chín": 9, "mười": 10, "lẻ": 0, "linh": 0, "âm": 0, "đồng": 0, "chẵn": 0}
    times = {"mươi": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}
    above = group = last = 0  # what ended with a scale word, the group so far, the digit not yet placed
    for token in text.lower().split():
        if token in plus:
            group, last = group + last, plus[token]
        elif times[token] < 1000:
            group, last = group + last * times[token], 0
        elif token == "tỷ":
            above, group, last = (above + group + last) * times[token], 0, 0
        else:
            above, group, last = above + (group + last) * times[token], 0, 0
    total = above + group + last
    return -total if text.lower().startswith("âm") else total


@pytest.mark.parametrize(("amount", "text"), TABLE.items())
def test_table(amount: int, text: str) -> None:
    assert amount_in_words(amount) == text
    assert parse_words(text) == amount
    assert reckoned(text) == amount


def test_options() -> None:
    assert amount_in_words(405_000_000, odd="linh") == "Bốn trăm linh năm triệu đồng"
    assert amount_in_words(24_024, thousand="ngàn", four="bốn") == "Hai mươi bốn ngàn không trăm hai mươi bốn đồng"
    assert amount_in_words(14_104, four="tư") == "Mười bốn nghìn một trăm lẻ bốn đồng"
    assert amount_in_words(2_000_000, even=True) == "Hai triệu đồng chẵn"
    assert amount_in_words(0, even=True) == "Không đồng"
    assert amount_in_words(7, currency="") == "Bảy"
    assert amount_in_words(7, currency="đô la") == "Bảy đô la"
    assert number_in_words(-1_024) == "âm một nghìn không trăm hai mươi tư"
    assert number_in_words(0) == "không"


def test_too_large_is_one_sentence() -> None:
    assert amount_in_words(10**18 - 1).startswith("Chín trăm chín mươi chín triệu chín trăm")
    for amount in (10**18, -(10**18), 10**30):
        with pytest.raises(AmountError, match="quá lớn"):
            amount_in_words(amount)


@pytest.mark.parametrize("scale", [1, 10**3, 10**6, 10**9, 10**12])
def test_every_group(scale: int) -> None:
    for n in [*range(1001), 10**15 // scale]:
        for lead in (0, 10**15):
            if not lead or scale < 10**12:
                amount = lead + n * scale
                text = amount_in_words(amount)
                assert text == expected(amount, OPTIONS[0])
                assert parse_words(text) == reckoned(text) == amount


@given(amounts, options)
def test_words_and_number_agree(amount: int, option: dict[str, Any]) -> None:
    text = amount_in_words(amount, **option)
    assert text == expected(amount, option)
    assert reckoned(text) == amount
    assert parse_words(text) == amount
    assert parse_words(unicodedata.normalize("NFD", text.upper()) + "./.") == amount


@given(amounts, options)
def test_grammar(amount: int, option: dict[str, Any]) -> None:
    text = amount_in_words(amount, **option)
    assert text == unicodedata.normalize("NFC", text)
    assert text[0].isupper() and text[1:] == text[1:].lower()
    assert "  " not in text and text == text.strip()
    body = re.sub(r" (đồng|chẵn)", "", text.lower())
    assert not re.search(r"\b(mươi|mười) năm\b", body)
    assert not re.search(r"\bmươi (một|không)\b|\bmười (mốt|tư|không)\b", body)
    assert not re.search(r"\b(lẻ|linh) (tư|mốt|lăm|không|mười|\w+ mươi)\b", body)
    assert not re.search(r"(?<!mươi )\b(mốt|tư)\b", body)
    assert not re.search(r"(?<!mươi )(?<!mười )\blăm\b", body)
    assert not re.search(r"(?<!trăm )\b(lẻ|linh)\b", body)
    assert not re.search(r"\bmột mươi\b|\bkhông mươi\b|không trăm (triệu|nghìn|ngàn|tỷ|$)", body)
    assert not re.match(r"(âm )?không trăm", body)
    assert body.count("tỷ") <= 1
    assert ("lẻ" in body) <= (option["odd"] == "lẻ")
    assert ("ngàn" in body) <= (option["thousand"] == "ngàn")
    assert (" tư" in body) <= (option["four"] == "tư")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("hai mươi bốn", 24),
        ("hai mươi một", 21),
        ("hai mươi năm đồng", 25),
        ("hai mươi nhăm đồng", 25),
        ("mười năm triệu đồng", 15_000_000),
        ("một trăm linh tư", 104),
        ("một triệu lẻ năm", 1_000_005),
        ("một triệu không trăm linh năm", 1_000_005),
        ("một tỉ lẻ năm triệu đồng", 1_005_000_000),
        ("một tỷ năm nghìn đồng", 1_000_005_000),
        ("một tỷ hai mươi lăm triệu đồng", 1_025_000_000),
        ("hai nghìn năm mươi đồng", 2050),
        ("hai nghìn hai mươi tỷ đồng", 2_020_000_000_000),
        ("một tỷ không trăm triệu không trăm nghìn không trăm lẻ năm đồng", 1_000_000_005),
        ("một tỷ không triệu không nghìn đồng", 1_000_000_000),
        ("năm nghìn không trăm ba mươi chín triệu bảy trăm hai mươi hai nghìn đồng", 5_039_722_000),
        ("Bẩy trăm ngàn đồng", 700_000),
        ("Hai tỷ, hai trăm mười lăm triệu đồng chẵn", 2_215_000_000),
        ("(Bằng chữ: Bốn trăm lẻ năm triệu đồng chẵn./.)", 405_000_000),
        ("Số tiền bằng chữ: Bốn trăm lẻ năm triệu đồng.", 405_000_000),
        ("“Bốn trăm lẻ năm  triệu\nđồng Việt Nam”;", 405_000_000),
        ("BỐN TRĂM LẺ NĂM TRIỆU ĐỒNG", 405_000_000),
        ("bốn trăm lẻ năm triệu chẵn", 405_000_000),
        ("bốn trăm lẻ năm triệu đồng tròn", 405_000_000),
        ("âm năm đồng", -5),
        ("Không đồng", 0),
    ],
)
def test_reads_what_people_write(text: str, amount: int) -> None:
    assert parse_words(text) == amount
    assert parse_words(unicodedata.normalize("NFD", text)) == amount


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "đồng",
            "chẵn",
            "đồng chẵn",
            "triệu đồng",
            "âm",
            "âm không",
            "không không",
            "lẻ năm",
            "không trăm lẻ năm",
        ),
        # what could be another amount when spoken: 1,5 triệu, 150, 1.200 tỷ
        *(
            "một triệu năm",
            "một triệu năm đồng",
            "một trăm năm",
            "không trăm năm",
            "một nghìn hai tỷ",
            "một nghìn ba triệu",
        ),
        *("một tỷ hai mươi đồng", "một triệu hai mươi", "một triệu không", "một triệu rưỡi", "một triệu năm tỷ"),
        # out of order, twice, over the next scale
        *("một nghìn một tỷ", "năm triệu năm triệu", "một triệu tỷ tỷ", "một tỷ hai nghìn triệu", "một nghìn nghìn"),
        *("một tỷ một nghìn không trăm lẻ hai triệu", "hai trăm ba trăm", "năm nghìn triệu tỷ", "trăm triệu", "mươi"),
        *("một tỷ không tỷ", "một tỷ không nghìn triệu", "một triệu không trăm triệu"),
        # no such words
        *(
            "lăm trăm",
            "tư trăm",
            "mốt",
            "tư",
            "lăm",
            "lẻ",
            "một mươi",
            "không mươi",
            "mười mười",
            "hai mười",
            "mười lẻ năm",
        ),
        *("hai mươi lẻ năm", "một trăm lẻ không", "hai mươi không", "hai ba", "một trăm hai mươi ba bốn", "lẻ lẻ năm"),
        *(
            "hai trieu",
            "hai muoi",
            "5",
            "5 triệu đồng",
            "hai phẩy năm triệu",
            "hai triệu đô la",
            "năm đồng năm",
            "hello",
        ),
        *("hai mươi - ba", "hai, ba", "khoảng hai triệu đồng", "hai triệu đồng hai"),
    ],
)
def test_never_guesses(text: str) -> None:
    assert parse_words(text) is None


VOCABULARY = "không một mốt hai ba bốn tư năm lăm sáu chín mười mươi trăm nghìn triệu tỷ lẻ âm đồng chẵn"


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """An amount in words with some of them lost, repeated or replaced."""
    tokens = amount_in_words(draw(amounts)).lower().split()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(tokens)))
        tokens[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from(VOCABULARY.split()), max_size=2))
    return " ".join(tokens)


@given(damaged() | st.lists(st.sampled_from(VOCABULARY.split()), max_size=8).map(" ".join))
def test_what_is_accepted_is_what_the_words_say(text: str) -> None:
    value = parse_words(text)
    # "năm nghìn triệu" is read too, but not by the test's calculator.
    if value is not None and not re.search("nghìn.*triệu", text):
        assert reckoned(text) == value


@given(st.text())
def test_any_text_is_an_amount_or_none(text: str) -> None:
    value = parse_words(text)
    assert value is None or parse_words(amount_in_words(value)) == value


def test_a_long_text_is_no_amount() -> None:
    assert parse_words("một tỷ " * 10_000) is None
    assert parse_words("một" + " " * 100_000 + "tỷ") is None


def test_source_is_nfc() -> None:
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert source == unicodedata.normalize("NFC", source)
