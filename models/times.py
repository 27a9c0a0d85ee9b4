"""Years and periods as people write them: "2022", "2021-2025", "Quý 4/2021", "Hàng năm"."""

from __future__ import annotations

import re

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_RANGE = re.compile(r"(?<![\d/])((?:19|20)\d\d)\s*(?:[-–—]|đến(?: năm)?|tới)\s*((?:19|20)\d\d)(?![\d/])")
_PARENTHESIS = re.compile(r"\([^()]*\)")


def parse_period(text: str) -> tuple[int, int] | None:
    """The first and last year that a task's time names; ``None`` where it names none ("Hàng năm").

    A period written backwards ("2021-2015") comes back as it is written. What stands in parentheses is a
    remark, not a time.
    """
    outside = _PARENTHESIS.sub(" ", text)
    if match := _RANGE.search(outside):
        return int(match.group(1)), int(match.group(2))
    years = [int(year) for year in _YEARS.findall(outside)]
    return (min(years), max(years)) if years else None
