"""A section's text as it is printed, and where each letter of that stands in the text as it is typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from models.text import PLACEHOLDER

_MARK = re.compile(r"\*\*|\*")


@dataclass(frozen=True, slots=True)
class Printed:
    """``text`` without its marks, with its placeholders filled, line by line as it is typed.

    ``pieces`` are where letters of the typed text stand one after another: their places in ``text`` and in the
    typed one, and how many they are; empty where the two are the same.
    """

    typed: str
    text: str
    pieces: tuple[tuple[int, int, int], ...] = ()

    def typed_with(self, start: int, end: int, words: str) -> str | None:
        """The typed text with the printed letters from ``start`` to ``end`` replaced.

        ``None`` where a mark or a placeholder is among them.
        """
        if not self.pieces:
            return self.typed[:start] + words + self.typed[end:]
        index = bisect_right(self.pieces, (start, len(self.typed) + 1, 0)) - 1
        if index < 0:
            return None
        at, origin, length = self.pieces[index]
        if end > at + length:
            return None
        return self.typed[: origin + start - at] + words + self.typed[origin + end - at :]


def printed(typed: str, value: Callable[[str], str | None]) -> Printed:
    """``typed`` as it is printed, with what ``value`` gives for placeholders; unknown ones stay as they are."""
    if "*" not in typed and "{" not in typed:
        return Printed(typed, typed)
    text: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    length = 0

    def put(words: str, origin: int | None) -> None:
        nonlocal length
        if words:
            if origin is not None:
                pieces.append((length, origin, len(words)))
            text.append(words)
            length += len(words)

    for first, last in _paragraphs(typed):
        for begin, end in _between_marks(typed, first, last):
            at = begin
            for match in PLACEHOLDER.finditer(typed, begin, end):
                filled = value(match.group(1))
                if filled is not None:
                    put(typed[at : match.start()], at)
                    put(filled, None)
                    at = match.end()
            put(typed[at:end], at)
    return Printed(typed, "".join(text), tuple(pieces))


def _paragraphs(typed: str) -> list[tuple[int, int]]:
    """Where the paragraphs and bullets of a text are, each with the line breaks behind it: no mark reaches further."""
    starts, at, ended = [0], 0, False
    for line in typed.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and (ended or stripped.startswith(("- ", "+ "))) and at:
            starts.append(at)
        ended = not stripped
        at += len(line)
    return list(zip(starts, [*starts[1:], len(typed)], strict=True))


def _between_marks(typed: str, first: int, last: int) -> list[tuple[int, int]]:
    """What stands between the marks of one paragraph; one without its partner is a plain asterisk (``text.runs``)."""
    marks = list(_MARK.finditer(typed, first, last))
    final = {match.group(): index for index, match in enumerate(marks)}
    open_marks: set[str] = set()
    found: list[tuple[int, int]] = []
    at = first
    for index, match in enumerate(marks):
        mark = match.group()
        if mark in open_marks or index < final[mark]:
            open_marks ^= {mark}
            found.append((at, match.start()))
            at = match.end()
    found.append((at, last))
    return found
