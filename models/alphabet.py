"""The Vietnamese order of letters, for lists that are read by people: a ă â b c d đ e ê …, the tones last."""

from __future__ import annotations

import unicodedata
from functools import cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: Letters come behind all signs and digits, which keep the order of their code points.
_FIRST = 0x1000


@cache
def _places() -> dict[int, str]:
    """For each letter by its code point, a sign that stands in the order where the letter without its tone does."""
    found: dict[int, str] = {}
    for code in (*range(0x61, 0x7B), *range(0xE0, 0x250), *range(0x1E00, 0x1F00)):
        marks = unicodedata.normalize("NFD", chr(code))
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        if len(bare) == 1 and bare in _LETTERS:
            found[code] = chr(_FIRST + _LETTERS.index(bare))
    return found


def order(text: str) -> tuple[str, str]:
    """The key by which texts (NFC) are sorted: letters without tones first, "đ" behind "d"; tones decide at last."""
    lowered = text.lower()
    return lowered.translate(_places()), lowered
