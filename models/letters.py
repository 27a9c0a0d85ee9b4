"""Letters that do harm in any text, whatever it says: what turns a line around or is not seen, and heaps of marks.

Signs that set the direction of writing (Unicode Technical Report 36, 2.5) show "001" where 100 is written; Vietnamese
never needs them, and programs leave them behind when text is copied. They, and the blanks of no width, carry no
content: they go where a text comes in. All else stays.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from models import limits

#: Marks, embeddings, overrides and isolates of direction; blanks without width. The joiners within an emoji stay.
UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

#: After so many marks on one letter a sign is put between them (Unicode Standard Annex 15, 13: 30).
_HEAP = 30
_BETWEEN = "\u034f"
_LAST_MARK = 0x1F000
#: Whatever is neither a letter of Vietnamese and its neighbours nor a usual sign; most texts have none of it.
_ODD = re.compile("[^\x00-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205f\u2070-\u20cf\u2100-\u2bff]")


@functools.cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Runs of marks beyond the limit, and a heap of them."""
    found: list[list[int]] = []
    for code in range(0x300, _LAST_MARK):
        if unicodedata.combining(chr(code)):
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    letters = "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in found) + "]"
    return re.compile(f"{letters}{{{limits.MARKS_ON_A_LETTER + 1},}}"), re.compile(f"{letters}{{{_HEAP}}}")


def too_many_marks(text: str) -> bool:
    """Whether more marks stand on one letter than any writing has; normalising takes the square of their number."""
    is_usual = len(text) <= limits.MARKS_ON_A_LETTER or _ODD.search(text) is None
    return not is_usual and _marks()[0].search(text) is not None


def neutral(text: str) -> str:
    """``text`` in NFC without the letters that turn a line around or are not seen.

    Heaps of marks are parted with the sign that Unicode has for that, so that no mark is lost.
    """
    if _ODD.search(text) is None:
        return unicodedata.normalize("NFC", text)
    text = UNSEEN.sub("", text)
    if too_many_marks(text):
        runs, heap = _marks()
        text = runs.sub(lambda run: heap.sub(lambda some: some[0] + _BETWEEN, run[0]), text)
    return unicodedata.normalize("NFC", text)
