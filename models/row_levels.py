"""What a block from a spreadsheet says of its rows: heads, groups, tasks and parts by their numbers, the sum."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.folding import fold
from models.numbering import LETTERS

_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_DOTTED = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
_LETTER = re.compile(f"[{LETTERS}]{{1,2}}")
#: A row with no number of its own: what goes into details of the row above.
_DASHES = ("-", "–", "—", "+")
_NUMBER_HEADS = ("tt", "stt", "so tt", "so thu tu", "no", "no.", "#")
_SUMS = ("tong cong", "tong so", "tong", "cong", "tong kinh phi", "tong cong (tu tinh)", "tong cong kinh phi")
#: Rows at the top that may be heads, of several lines and with a row of column numbers.
_MAX_HEADS = 6


def label(text: str) -> str:
    """The number of a row without what is typed around it: ``a)``, ``I.`` and ``1.1.`` as ``a``, ``I``, ``1.1``."""
    return text.strip().rstrip(".)").strip() if text.strip() not in _DASHES else "-"


def style_of(text: str) -> str:
    """The style of a row's number: ``I``, ``1``, ``1.1``, ``a``, or ``-``; empty where it is no number."""
    number = label(text)
    if number == "-":
        return "-"
    if _ROMAN.fullmatch(number):
        return "I"
    if _DOTTED.fullmatch(number):
        return "1.1" if "." in number else "1"
    return "a" if _LETTER.fullmatch(number) else ""


def is_numbered(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column holds the rows' numbers, and nothing else but the name of a sum."""
    first = [row[0] for row in rows if row[0].strip()]
    return any(map(style_of, first)) and all(style_of(text) or is_sum(text) for text in first)


def is_sum(text: str) -> bool:
    """Whether a row of this name holds the total of the table."""
    return fold(" ".join(text.split())).strip(" :.") in _SUMS


def is_number_head(text: str) -> bool:
    """Whether a text heads the column of the rows' numbers: TT, STT."""
    return fold(text.strip()).strip(" .") in _NUMBER_HEADS


def heads(rows: Sequence[Sequence[str]], labels: Sequence[str], begins_with_numbers: bool) -> int:
    """How many rows at the top are heads of columns.

    Where the first column is that of the rows' numbers and its first cell heads them (TT, STT), all up to the first
    number, with a row of column numbers; else one row with the very ``labels`` of its columns, two at least.
    """
    if not rows:
        return 0
    if begins_with_numbers and is_number_head(rows[0][0]):
        for place in range(1, min(len(rows), _MAX_HEADS + 1)):
            if (style_of(rows[place][0]) or is_sum(rows[place][0])) and not _counts_columns(rows[place]):
                return place
        return 1
    pairs = [(text, name) for text, name in zip(rows[0], labels, strict=False) if text.strip()]
    return int(len(pairs) > 1 and all(_same(text, name) for text, name in pairs))


def _same(one: str, other: str) -> bool:
    return fold(" ".join(one.split())) == fold(" ".join(other.split()))


def _counts_columns(row: Sequence[str]) -> bool:
    """Whether this is the row under the heads that numbers the columns: (1) (2) (3)."""
    texts = [text.strip().strip("()") for text in row if text.strip()]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def depth_of(text: str, styles: Sequence[str], above: int) -> int | None:
    """How deep a row of this number stands in a table numbered in ``styles``; ``None`` where they do not tell.

    ``above`` is the depth of the last row that had a number of its own (-1: none yet): letters and dashes that are
    not among the styles stand under it.
    """
    style = style_of(text)
    if style == "1.1":
        components = label(text).count(".") + 1
        if "1.1" in styles:
            first = styles.index("1.1")
            return max(first - 1, 0) + components - 1
        return styles.index("1") + components - 1 if "1" in styles else None
    if style in styles:
        return styles.index(style)
    return above + 1 if style in ("a", "-") and above >= 0 else None


def may_be_group(depth: int, styles: Sequence[str]) -> bool:
    """Whether rows of this depth may be groups: Roman numbers, and any above others but those of parts (a)."""
    if depth >= len(styles):
        return False
    below = styles[depth + 1] if depth + 1 < len(styles) else ""
    return styles[depth] == "I" or below in ("1", "1.1")
