"""Checks of legal bases: dates that cannot be, documents cited twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models import citations
from models.checks.context import Context
from models.checks.finding import Finding, finding
from models.i18n import N_
from models.plan import walk_sections
from models.times import backward_periods

_YEAR_TEXT = N_("Văn bản {number} mang năm {year} trong số hiệu nhưng ghi ngày {date}.")
_FUTURE_TEXT = N_("Văn bản {number} ghi ngày {date}, sau ngày của kế hoạch.")


def check_bases(at: Context) -> Sequence[Finding]:
    """``basis.year``, ``basis.future``, ``basis.duplicate`` and the periods in the bases."""
    found: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for basis in at.plan.legal_bases:
        if basis.number and basis.date:
            found.extend(_dates(at, basis, "date", basis.number, basis.date))
        if basis.number:
            key = (_folded(basis.number), basis.date)
            if key in seen:
                text = N_("Văn bản {number} được căn cứ hai lần.")
                found.append(finding("basis.duplicate", basis, "number", text, {"number": basis.number}))
            seen.add(key)
        if basis.text:
            found.extend(_citations(at, basis, basis.text))
        for field in ("subject", "text"):
            for first, last in backward_periods(getattr(basis, field)):
                found.append(_backward(basis, field, first, last))
    return found


def check_cited(at: Context) -> Sequence[Finding]:
    """``basis.year`` and ``basis.future`` of documents cited in the text, and ``period.order`` there."""
    found: list[Finding] = []
    for section in walk_sections(at.plan.sections):
        found.extend(_citations(at, section, section.text))
        for field in ("heading", "text"):
            for first, last in backward_periods(getattr(section, field)):
                found.append(_backward(section, field, first, last))
    return found


def _citations(at: Context, part: object, text: str) -> Iterator[Finding]:
    for citation in citations.find(text):
        yield from _dates(at, part, "text", citation.number, citation.date)


def _dates(at: Context, part: object, field: str, number: str, date: str) -> Iterator[Finding]:
    year = citations.year_of(number)
    values = {"number": number, "date": citations.printed_date(date)}
    if year is not None and year != int(date[:4]):
        named = values | {"year": str(year)}
        yield finding("basis.year", part, field, _YEAR_TEXT, named, expected=year, actual=int(date[:4]))
    if at.latest_date and date > at.latest_date:
        yield finding("basis.future", part, field, _FUTURE_TEXT, values, expected=at.latest_date, actual=date)


def _backward(part: object, field: str, first: int, last: int) -> Finding:
    text = N_("Giai đoạn {first}-{last} kết thúc trước khi bắt đầu.")
    return finding("period.order", part, field, text, {"first": first, "last": last})


def _folded(number: str) -> str:
    return "".join(number.casefold().split())
