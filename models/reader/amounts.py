"""Amounts of money in a text, and the words that are written beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.errors import AmountError
from models.i18n import N_
from models.money import parse_amount
from models.reader.remark import Remark
from models.words import amount_in_words, number_words, parse_words

#: An amount in a sentence, as the groups ``amount`` and ``unit``.
AMOUNT = r"(?P<amount>\d[\d.,]*\d|\d)\s*(?P<unit>(?:nghìn|ngàn|triệu|tỷ|tỉ)(?:\s+đồng)?|đồng|đ\b|VNĐ|VND)"
_BEGIN = r"(?<![\d.,])"
#: An amount with its words (group ``words``) behind it.
WITH_WORDS = re.compile(
    rf"{_BEGIN}{AMOUNT}[\s.,;:(]*(?:\(?(?:số tiền |viết |ghi )?bằng chữ)(?:\s+là)?\s*:?\s*(?P<words>[^).;\n\d]+)",
    re.IGNORECASE,
)
#: The same where no unit is written behind the figures: it may stand at the head of a table.
_BARE_WITH_WORDS = re.compile(
    rf"{_BEGIN}(?P<amount>\d{{1,3}}(?:\.\d{{3}}){{1,5}}|\d{{4,15}})(?P<unit>)[.,;:]?\s{{0,3}}[(\n]\s{{0,3}}"
    r"bằng chữ(?:\s+là)?\s*:?\s*(?P<words>[^).;\n\d]+)",
    re.IGNORECASE,
)
_NUMBER_WORD = (
    r"(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ|lẻ|linh)"
)
_LEADING_WORDS = re.compile(
    rf"{_NUMBER_WORD}(?:,?\s{{1,3}}{_NUMBER_WORD}){{0,40}}(?:\s{{1,3}}(?:đồng|đ)\b(?:\s(?:chẵn|tròn))?)?", re.IGNORECASE
)
_WORDS = rf"(?P<words>{_NUMBER_WORD}(?:,?\s{{1,3}}{_NUMBER_WORD}){{1,40}}\s{{1,3}}đồng(?:\s(?:chẵn|tròn))?)"
#: Words in brackets right behind an amount, and an amount in brackets right behind words.
_IN_BRACKETS = re.compile(rf"{_BEGIN}{AMOUNT}\s{{0,3}}\(\s?{_WORDS}\s?[).]", re.IGNORECASE)
_WORDS_FIRST = re.compile(rf"\b{_WORDS}\s{{0,3}}\(\s?{AMOUNT}\s?\)", re.IGNORECASE)

_UNITS = {"nghìn": "thousand", "ngàn": "thousand", "triệu": "million", "tỷ": "billion", "tỉ": "billion"}
#: What an amount without a unit may be in.
_FACTORS = (1, 1000, 10**6, 10**9)
#: What is left unsaid at the end of an amount in words: "một triệu năm" is one and a half million.
_UNSAID = (" trăm", " trăm nghìn", " trăm triệu", " trăm tỷ")

REWRITE = N_("Viết lại bằng chữ")
_DIFFER = N_("Số tiền {amount} {unit} và phần bằng chữ “{words}” khác nhau.")
_DIFFER_BARE = N_("Số tiền {amount} và phần bằng chữ “{words}” khác nhau.")


def find(text: str) -> Iterator[Remark]:
    """``words.text``: each amount whose words say another one."""
    lowered = text.lower()
    if "bằng chữ" in lowered:
        for match in WITH_WORDS.finditer(text):
            yield from _judge(match)
        for match in _BARE_WITH_WORDS.finditer(text):
            yield from _judge(match)
    if " đồng" in lowered and "(" in text:
        for match in _IN_BRACKETS.finditer(text):
            yield from _judge(match)
        for match in _WORDS_FIRST.finditer(text):
            yield from _judge(match)


def amount_of(match: re.Match[str]) -> int | None:
    """The amount (đồng) that a match of ``AMOUNT`` gives; ``None`` where it is no clear one."""
    unit = match["unit"].lower()
    try:
        return parse_amount(f"{match['amount']} {'đồng' if unit in ('đ', '') else unit}", "dong")
    except AmountError:
        return None


def unit_of(match: re.Match[str]) -> str:
    """The unit (as for ``format_amount``) that an amount in a text is in."""
    said = match["unit"].lower()
    return next((unit for word, unit in _UNITS.items() if word in said), "dong")


def _judge(match: re.Match[str]) -> Iterator[Remark]:
    amount, words = amount_of(match), match["words"].strip()
    if number_words(words) is None and (leading := _LEADING_WORDS.match(words)):
        words = leading.group()
    if amount is None or _says(words, amount):
        return
    if not match["unit"] and any(_says(words, amount * factor) for factor in _FACTORS):
        return
    said = parse_words(words)
    if said is None and not _is_no_number(words):
        return
    start = match.start("words") + len(match["words"]) - len(match["words"].lstrip())
    end = start + len(words)
    right = written = amount_in_words(amount)
    if words[:1].islower():
        written = right[:1].lower() + right[1:]
    certain = bool(match["unit"])
    values = {"amount": match["amount"], "unit": match["unit"], "words": words}
    yield Remark(
        "words.text", start, end, _DIFFER if certain else _DIFFER_BARE, values,
        expected=right if certain else None, actual=words,
        edit=(start, end, written) if certain else None, label=REWRITE,
    )  # fmt: skip


def _says(words: str, amount: int) -> bool:
    """Whether words give an amount, in any way that people say it."""
    if parse_words(words) == amount:
        return True
    said = number_words(words)
    if said is None:
        return False
    written = _written(said)
    return any(parse_words(" ".join(written) + unsaid) == amount for unsaid in ("", *_UNSAID))


def _is_no_number(words: str) -> bool:
    """Whether these are words of a number alone, and yet no number: one was left out, or one is too many."""
    said = number_words(words)
    return said is not None and len(said) > 2


def _written(said: list[str]) -> list[str]:
    """Words of a number as they are written, of what is said: "hai lăm", "hai mười lăm", "một nghìn không trăm"."""
    found: list[str] = []
    for word in said:
        last = found[-1] if found else ""
        if word == "mười" and last in _TENS:
            word = "mươi"
        elif word in ("mốt", "tư", "lăm", "nhăm") and last in _TENS:
            found.append("mươi")
        found.append(word)
    if found[-2:] == ["không", "trăm"]:
        del found[-2:]
    return found


_TENS = frozenset(("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"))
