"""Checks of legal bases and of what is cited anywhere: dates and periods that cannot be, documents cited twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models import citations
from models.checks.context import Context, TableContext
from models.checks.finding import Finding, finding
from models.i18n import N_
from models.plan import LegalBasis, Row, walk_sections
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
        if cited := _cited(basis):
            field, number, date = cited
            if (key := (_folded(number), date)) in seen:
                text = N_("Văn bản {number} được viện dẫn hai lần.")
                found.append(finding("basis.duplicate", basis, field, text, {"number": number}))
            seen.add(key)
        if basis.text:
            found.extend(_citations(at, basis, "text", basis.text))
        for field in ("subject", "text"):
            for first, last in backward_periods(getattr(basis, field)):
                found.append(_backward(basis, field, first, last))
    return found


def check_cited(at: Context) -> Sequence[Finding]:
    """``basis.year`` and ``basis.future`` of documents cited in the text, and ``period.order`` there."""
    found: list[Finding] = []
    for section in walk_sections(at.plan.sections):
        found.extend(_citations(at, section, "text", section.text))
        for field in ("heading", "text"):
            for first, last in backward_periods(getattr(section, field)):
                found.append(_backward(section, field, first, last))
    for table in at.plan.tables:
        for first, last in backward_periods(table.title):
            found.append(_backward(table, "title", first, last))
        for row in table.rows if table.is_register else ():
            for index, cell in enumerate(row.cells or ()):
                found.extend(_citations(at, row, f"cells/{index}", cell))
                for first, last in backward_periods(cell):
                    found.append(_backward(row, f"cells/{index}", first, last))
    return found


def check_row_texts(row: Row, at: TableContext) -> Sequence[Finding]:
    """The same in the words of a row; its own time is told by ``check_times``."""
    found: list[Finding] = []
    for field in ("group",) if row.group is not None else ("task", "objective", "scope", "result", "note"):
        value = getattr(row, field)
        # Looked at first, because this runs over every text of every row.
        if value and ("-" in value or "–" in value or "—" in value):
            for first, last in backward_periods(value):
                found.append(_backward(row, field, first, last))
        if value and "ngày" in value:
            found.extend(_citations(at, row, field, value))
    return found


def _cited(basis: LegalBasis) -> tuple[str, str, str] | None:
    """The document that a basis is: the field it stands in, its number and date; in free text the first one named."""
    if basis.number:
        return "number", basis.number, basis.date
    if basis.text and (found := citations.find(basis.text)):
        return "text", found[0].number, found[0].date
    return None


def _citations(at: Context | TableContext, part: object, field: str, text: str) -> Iterator[Finding]:
    for citation in citations.find(text):
        yield from _dates(at, part, field, citation.number, citation.date)


def _dates(at: Context | TableContext, part: object, field: str, number: str, date: str) -> Iterator[Finding]:
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
