"""Which part of a newer state is which of the older one: a document gives its parts no ids.

Everything goes by buckets: no part is held against all others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, TypeVar

from models.folding import fold

T = TypeVar("T")
Key = Callable[[T], Hashable | None]

#: Names that much alike may be one that was changed.
ALIKE = 0.6
#: A word in more rows than these tells nothing; so many of the rarest of a name are looked at, so many rows tried.
COMMON, _RARE_WORDS, _TRIED = 50, 4, 3
#: Two names of fewer words than these, and no more letters of a long text than those, are held side by side.
_FEW_WORDS, _LONGEST = 16, 400
_WORD = re.compile(r"\w+")


class Pairs(Generic[T]):
    """``newer`` and ``older`` by ``id()`` of the one they belong to."""

    def __init__(self) -> None:
        self.newer: dict[int, T] = {}
        self.older: dict[int, T] = {}

    def join(self, old: T, new: T) -> None:
        self.newer[id(old)] = new
        self.older[id(new)] = old

    def left_old(self, parts: Iterable[T]) -> list[T]:
        return [part for part in parts if id(part) not in self.newer]

    def left_new(self, parts: Iterable[T]) -> list[T]:
        return [part for part in parts if id(part) not in self.older]

    def match(self, before: Iterable[T], after: Iterable[T], *keys: Key[T]) -> list[tuple[T, T]]:
        """Join what is left and has the same key, the first to the first; ``None`` is no key. Gives the new pairs."""
        found: list[tuple[T, T]] = []
        old, new = self.left_old(before), self.left_new(after)
        for key in keys:
            if not old or not new:
                break
            waiting: dict[Hashable, deque[T]] = {}
            for part in new:
                if (value := key(part)) is not None:
                    waiting.setdefault(value, deque()).append(part)
            for part in old:
                if same := waiting.get(key(part)):
                    self.join(part, same[0])
                    found.append((part, same.popleft()))
            old, new = self.left_old(old), self.left_new(new)
        return found


def out_of_order(places: Sequence[int]) -> set[int]:
    """The positions in ``places`` to leave out, as few as can be, so that the rest ascends."""
    if all(left < right for left, right in pairwise(places)):
        return set()
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [index]
    kept: set[int] = set()
    index = at[-1]
    while index >= 0:
        kept.add(index)
        index = before[index]
    return set(range(len(places))) - kept


def squeezed(text: str) -> str:
    """``text`` without diacritics, capitals, marks and doubled blanks: how a name is known again."""
    return " ".join(_WORD.findall(fold(text)))


def likeness(one: str, other: str) -> float:
    """How much two squeezed names are alike, from 0 to 1: by words, or by letters where they have few words."""
    if one == other:
        return 1.0
    left, right = one.split(), other.split()
    words = SequenceMatcher(None, left, right, autojunk=False).ratio()
    if words >= ALIKE or len(left) + len(right) > _FEW_WORDS:
        return words
    return max(words, SequenceMatcher(None, one, other, autojunk=False).ratio())


def alike(
    before: Sequence[T], after: Sequence[T], text: Callable[[T], str], is_same: Callable[[T, T, float], bool]
) -> list[tuple[T, T]]:
    """Parts with texts much alike, the most alike first; only those that share a rare word are held side by side."""
    if not before or not after:
        return []
    old_texts, new_texts = ([squeezed(text(row))[:_LONGEST] for row in rows] for rows in (before, after))
    where: dict[str, list[int]] = {}
    for at, said in enumerate(new_texts):
        for word in set(said.split()):
            where.setdefault(word, []).append(at)
    rated: list[tuple[float, int, int]] = []
    for at, row in enumerate(before):
        words = {word for word in old_texts[at].split() if 0 < len(where.get(word, ())) <= COMMON}
        shared: Counter[int] = Counter()
        for word in sorted(words, key=lambda word: (len(where[word]), word))[:_RARE_WORDS]:
            shared.update(where[word])
        for other in sorted(shared, key=lambda other: (-shared[other], abs(other - at), other))[:_TRIED]:
            share = likeness(old_texts[at], new_texts[other])
            if is_same(row, after[other], share):
                rated.append((-share, at, other))
    found: list[tuple[T, T]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _share, at, other in sorted(rated):
        if at not in taken_old and other not in taken_new:
            taken_old.add(at)
            taken_new.add(other)
            found.append((before[at], after[other]))
    return found
