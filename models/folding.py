"""Texts as they are searched: without diacritics and capitals, each letter in its place."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """``text`` (NFC) without diacritics and capitals: "Đề án" is "de an". As long as ``text``: places stay the same."""
    lowered = text.lower()
    if lowered.isascii() and len(lowered) == len(text):
        return lowered
    return "".join(map(_letter, text))


def lower(text: str) -> str:
    """``text`` without capitals, its diacritics kept; as long as ``text``."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
