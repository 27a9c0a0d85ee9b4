"""What changed in a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

Piece = tuple[Literal["same", "removed", "added"], str]

_TOKEN = re.compile(r"\n|[^\S\n]+|\S+[^\S\n]*")
#: Words times words that are held side by side; beyond that a passage is one that was replaced as a whole.
_MOST = 400_000


def word_changes(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order: without the added ones they are ``before``, without the removed ``after``.

    First line by line, then within the lines that differ word by word; a blank belongs to the word before it.
    """
    found: list[Piece] = []
    for kind, old, new in _passages(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if kind == "equal":
            _put(found, "same", old)
            continue
        left, right = _TOKEN.findall("".join(old)), _TOKEN.findall("".join(new))
        if len(left) * len(right) > _MOST:
            _put(found, "removed", left)
            _put(found, "added", right)
            continue
        for within, less, more in _passages(left, right):
            if within == "equal":
                _put(found, "same", less)
            else:
                _put(found, "removed", less)
                _put(found, "added", more)
    return found


def _passages(before: list[str], after: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """The runs of two lists that are equal or not; what both begin and end with costs nothing."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    if start:
        yield "equal", before[:start], after[:start]
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    if len(left) * len(right) > _MOST:
        yield "replace", left, right
    elif left or right:
        for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            yield kind, left[a:b], right[c:d]
    if end:
        yield "equal", before[len(before) - end :], after[len(after) - end :]


def _put(found: list[Piece], kind: Literal["same", "removed", "added"], tokens: Sequence[str]) -> None:
    text = "".join(tokens)
    if not text:
        return
    if found and found[-1][0] == kind:
        found[-1] = (kind, found[-1][1] + text)
    else:
        found.append((kind, text))


def changed_passages(before: str, after: str, longest: int) -> list[tuple[str, str]]:
    """What differs, line by line, as pairs of passages; those longer than ``longest`` are cut at their lines."""
    found: list[tuple[str, str]] = []
    for kind, old, new in _passages(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if kind == "equal":
            continue
        pairs = [("".join(old), "".join(new))]
        if max(map(len, pairs[0])) > longest:
            pairs = list(zip_longest(old, new, fillvalue=""))
        found.extend((left.rstrip("\n"), right.rstrip("\n")) for left, right in pairs)
    return [pair for pair in found if pair[0] != pair[1]]
