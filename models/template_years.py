"""The placeholders of years in the texts of a template."""

from __future__ import annotations

import re
from typing import Any


def fill_years(text: str, first: int | None, last: int | None) -> str:
    """``text`` of a template with its year placeholders replaced by those of the plan's period.

    ``{year}``, ``{previous_year}``, ``{from}``, ``{to}``, ``{period}`` ("năm 2022", "giai đoạn 2021 - 2025")
    and ``{previous_period}``, the last two also in capitals for headings in capitals (``{PERIOD}``,
    ``{PREVIOUS_PERIOD}``); other braces stay as they are.
    """
    if "{" not in text:
        return text
    values: dict[str, Any] = {}
    if first is not None:
        last = first if last is None else last
        length = last - first + 1
        values = {
            "year": first,
            "previous_year": first - 1,
            "from": first,
            "to": last,
            "period": _period(first, last),
            "previous_period": _period(first - length, first - 1),
        }
        values |= {name.upper(): values[name].upper() for name in ("period", "previous_period")}
    return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match.group(1), match.group(0))), text)


def _period(first: int, last: int) -> str:
    return f"năm {first}" if first == last else f"giai đoạn {first} - {last}"
