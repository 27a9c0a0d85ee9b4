"""Amounts said by the year: "500/năm", "3.000 (600/năm)"."""

from __future__ import annotations

import re
from typing import Any

from models.errors import AmountError
from models.i18n import _
from models.money import LIMIT, format_amount, parse_amount, unit_name
from models.plan import Plan, Row, Table

_YEARLY = re.compile(
    r"(?:(?P<total>[^()]*?[^()\s])\s*\()?\s*(?P<each>[^()/]*?[^()/\s])\s*(?:/\s*|\b(?:mỗi|một|hằng|hàng)\s+)năm\s*\)?",
    re.IGNORECASE,
)


def spread(row: Row, text: str, unit: str, period: tuple[int, int] | None = None) -> dict[str, Any] | None:
    """The fields that an amount by the year sets: ``years`` for each year of the task, and its ``total``.

    ``None`` where ``text`` is no such amount. The years are the task's own, else ``period``; ``AmountError`` where
    neither is known, or the amount is none.
    """
    match = _YEARLY.fullmatch(text.strip())
    if match is None:
        return None
    each = parse_amount(match["each"], unit)
    years = _years(row, period)
    if years is None:
        message = _("Chưa biết “{text}” là cho những năm nào; hãy ghi thời gian thực hiện trước, ví dụ 2021-2025.")
        raise AmountError(message.format(text=" ".join(text.split())[:40]))
    first, last = years
    total = each * (last - first + 1)
    if match["total"]:
        total = parse_amount(match["total"], unit)
    if abs(total) > LIMIT:
        message = _("Cộng các năm được {total} {unit}, lớn hơn mức nhận được; hãy xem lại con số và đơn vị tính.")
        raise AmountError(message.format(total=format_amount(total, unit), unit=unit_name(unit)))
    return {"total": total, "years": {str(year): each for year in range(first, last + 1)}}


def _years(row: Row, period: tuple[int, int] | None) -> tuple[int, int] | None:
    first, last = row.time_from, row.time_to
    if first is None and last is None:
        return period
    first, last = (last if first is None else first), (first if last is None else last)
    assert first is not None and last is not None
    # A period written backwards, or of a century, is a slip to be mended first.
    return (first, last) if first <= last < first + 20 else None


def period_of(row: Row) -> tuple[int, int] | None:
    """First and last year of the plan that a row is in; ``None`` where it is in none, or that has no period."""
    part: Any = row
    while isinstance(part, Row | Table):
        part = part.parent
    if not isinstance(part, Plan) or part.period_from is None:
        return None
    last = part.period_to if part.period_to is not None else part.period_from
    return (part.period_from, last) if part.period_from <= last < part.period_from + 20 else None
