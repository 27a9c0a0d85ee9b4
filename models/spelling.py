"""Amounts in a line of text are spelled by the program: dots into the number, words in brackets behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.money import format_amount, parse_amount
from models.reader.amounts import AMOUNT, WITH_WORDS
from models.words import amount_in_words, parse_words

#: How far from the cursor an amount and its words are looked for: lines may be of any length.
_NEAR = 600

_AMOUNT = re.compile(rf"(?<![\d.,]){AMOUNT}", re.IGNORECASE)
_WORDS_BEHIND = re.compile(r"[\s.,;:(]*bằng chữ\b", re.IGNORECASE)
_BARE = re.compile(r"(\d{4,})(,\d+)?")


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` takes the place of ``line[start:end]``; ``words``: they are the words, to be set as such."""

    start: int
    end: int
    text: str
    words: bool = False


def spelled(line: str, at: int) -> list[Change] | None:
    """What spells the amount that the cursor ``at`` is in or right behind; ``None`` where it is at none.

    The changes are in order and do not overlap; there are none where all is right already. Raises ``AmountError``
    where it is unclear what the number means.
    """
    first = max(0, at - _NEAR)
    near = line[first : at + _NEAR]
    for match in _AMOUNT.finditer(near):
        with_words = WITH_WORDS.match(near, match.start())
        end = with_words.end() if with_words else match.end()
        if match.start() <= at - first <= end + 1 and not near[end : at - first].strip(" )"):
            return [
                Change(first + change.start, first + change.end, change.text, change.words)
                for change in _changes(near, match, with_words)
            ]
    return None


def words_follow(line: str, at: int) -> bool:
    """Whether the words of the amount that ends at ``at`` stand there already."""
    return _WORDS_BEHIND.match(line, at) is not None


def _changes(line: str, match: re.Match[str], with_words: re.Match[str] | None) -> list[Change]:
    unit = match["unit"]
    amount = parse_amount(f"{match['amount']} {'đồng' if unit.lower() == 'đ' else unit}", "dong")
    changes = []
    if bare := _BARE.fullmatch(match["amount"]):
        dotted = format_amount(int(bare[1])) + (bare[2] or "")
        changes.append(Change(*match.span("amount"), dotted))
    right = amount_in_words(amount)
    if with_words is None:
        changes.append(Change(match.end(), match.end(), right, words=True))
        return changes
    start, end = _written_words(with_words, line)
    if parse_words(line[start:end]) != amount:
        # Words that were forgotten stand apart from what follows.
        changes.append(Change(start, end, right if end > start or line[end : end + 1] in ("", ")") else right + " "))
    return changes


def _written_words(match: re.Match[str], line: str) -> tuple[int, int]:
    """Where the words of an amount begin and end: in brackets up to their end, else as far as they are a number."""
    start, end = match.span("words")
    words = list(re.finditer(r"\S+", line[start:end]))
    if not words:
        return end, end
    if line[end : end + 1] == ")":
        return start, start + words[-1].end()
    for last in reversed(words):
        if parse_words(line[start : start + last.end()]) is not None:
            return start, start + last.end()
    # No number at all: nothing of the sentence is taken away.
    return start, start
