"""What the reader says of a text, as rules and words."""

from __future__ import annotations

from models.reader import scan
from models.reader.remark import Remark


def said(text: str, *rules: str) -> list[tuple[str, str]]:
    """The rules and the words of what is remarked in ``text``; of ``rules`` only, where some are given."""
    return [(one.rule, text[one.start : one.end]) for one in scan(text).remarks if not rules or one.rule in rules]


def only(text: str) -> Remark:
    [remark] = scan(text).remarks
    return remark


def righted(text: str) -> str:
    """``text`` with the edits of all its remarks."""
    for remark in reversed(scan(text).remarks):
        assert remark.edit is not None
        start, end, words = remark.edit
        text = text[:start] + words + text[end:]
    return text
