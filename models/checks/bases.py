"""Checks of legal bases and of what is cited anywhere: dates and periods that cannot be, documents cited twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models import citations
from models.bases import parse_basis, spelled_date
from models.catalogue import Entry, as_basis, cited_by_name, is_local, number_key, says_same
from models.checks.context import Context, TableContext
from models.checks.finding import Finding, Fix, Severity, finding
from models.citations import Citation
from models.i18n import N_
from models.memory import BASIS_FIELDS
from models.plan import LegalBasis, walk_sections
from models.text import BASES_SECTION

_YEAR_TEXT = N_("Văn bản {number} mang năm {year} trong số hiệu nhưng ghi ngày {date}.")
_DATE_TEXT = N_("Văn bản {number} ghi ngày {date}, nhưng theo danh mục căn cứ thì ban hành ngày {right}.")
_FUTURE_TEXT = N_("Văn bản {number} ghi ngày {date}, sau ngày của kế hoạch.")

_TWICE_TEXT = N_("Văn bản {number} được viện dẫn hai lần.")
_ENDED_TEXT = N_("{number} hết hiệu lực từ ngày {date}.")
_ENDED_BY_TEXT = N_("{number} hết hiệu lực từ ngày {date}; văn bản thay thế: {by}.")
_REPLACED_TEXT = N_("{number} đã có văn bản thay thế từ ngày {date}: {by}.")
_IN_PARTS_TEXT = N_("{number} đã được thay thế từng phần: {by}; hãy xem phần nào còn hiệu lực.")

TAKE_DATE = N_("Lấy ngày đúng")
DROP = N_("Bỏ căn cứ này")
REPLACE = N_("Thay bằng văn bản mới")
REPLACE_BY_ALL = N_("Thay bằng các văn bản mới")
#: Letters behind a citation in which it is looked for what the document is about.
_FOLLOWING = 400


def check_bases(at: Context) -> Sequence[Finding]:
    """All rules ``basis.…`` in the list of bases; ``basis.expired`` in the section of bases too."""
    found: list[Finding] = []
    named = [_named(basis) for basis in at.plan.legal_bases]
    meant = [
        at.catalogue.meant(one.kind, one.number, one.date, one.about) if one is not None else None for one in named
    ]
    cited = {entry.key for entry in meant if entry is not None}
    seen: set[tuple[str, str]] = set()
    for basis, one, known in zip(at.plan.legal_bases, named, meant, strict=True):
        if one is not None:
            if one.field != "text" and one.date:
                right = known.date if known is not None and known.date != one.date else ""
                fix = Fix(TAKE_DATE, "date", right) if right else None
                found.extend(_of_dates(at, basis, "date", one.title, one.date, right, fix, {}))
            key = _identity(one, known)
            if key in seen:
                fix = Fix(DROP, one.field, None, removes=True)
                values = {"number": one.title}
                found.append(finding("basis.duplicate", basis, one.field, _TWICE_TEXT, values, fix=fix))
            if key is not None:
                seen.add(key)
            if known is not None:
                found.extend(_expired(at, basis, one.field, known, cited))
    for section in walk_sections(at.plan.sections):
        if section.key == BASES_SECTION:
            for citation in citations.find(section.text):
                about = section.text[citation.end : citation.end + _FOLLOWING]
                if (known := at.catalogue.meant("", citation.number, citation.date, about)) is not None:
                    quote = section.text[citation.start : citation.end]
                    nth = section.text.count(quote, 0, citation.start)
                    found.extend(_expired(at, section, "text", known, cited, quote, nth))
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """The document that a basis is, and the field of the basis in which it is named."""

    field: str
    kind: str
    number: str
    date: str
    about: str

    @property
    def title(self) -> str:
        return self.number or f"{self.kind} {self.about}"


def _named(basis: LegalBasis) -> _Named | None:
    """In free text it is the first document cited there."""
    field = "number" if basis.number.strip() else "subject"
    if basis.text.strip():
        field = "text"
        if found := citations.find(basis.text):
            return _Named(field, "", found[0].number, found[0].date, basis.text[found[0].end :])
        basis = parse_basis(basis.text)
    if not basis.number.strip() and not (cited_by_name(basis.kind) and basis.subject.strip()):
        return None
    return _Named(field, basis.kind, basis.number.strip(), basis.date, basis.subject)


def _identity(one: _Named, known: Entry | None) -> tuple[str, str] | None:
    """What two citations of one document share, however they are spelled; ``None`` where that cannot be said."""
    if known is not None and (one.date or one.number) and not _has_other_year(one, known):
        return known.key
    number = number_key(one.number)
    if not number[:1].isdigit():
        return None
    return number, "" if citations.year_of(one.number) and not is_local(one.number) else one.date


def _has_other_year(one: _Named, known: Entry) -> bool:
    """Whether nothing but its day tells that a basis of another year is that document: first it has to be put right."""
    other = bool(one.date) and one.date[:4] != known.date[:4] and citations.year_of(one.number) is None
    return other and not says_same(known.subject, one.about)


def _expired(
    at: Context, part: object, field: str, known: Entry, cited: Collection[tuple[str, str]], quote: str = "",
    nth: int = 0,
) -> Iterator[Finding]:  # fmt: skip
    """``basis.expired`` of a document; ``cited`` are those that the plan's bases cite."""
    on, catalogue = at.latest_date, at.catalogue
    if not on or catalogue.in_force(known, on):
        return
    values = {"number": _title(known), "date": citations.printed_date(catalogue.ended(known))}
    by = catalogue.replacement(known, on)
    several = len(known.replaced_by) > 1
    text, instead = _ENDED_TEXT, [by] if by is not None and by.date <= on else []
    if several:
        text, instead = _IN_PARTS_TEXT, catalogue.successors(known)
        values["by"] = "; ".join(f"{_title(one)} ({citations.printed_date(one.start)})" for one in instead)
    elif known.replaced_by:
        text = _ENDED_BY_TEXT if known.expired_on else _REPLACED_TEXT
        values["by"] = _title(by) if by is not None else known.replaced_by[0]
    if several and not instead:
        text, values["by"] = _ENDED_BY_TEXT, "; ".join(known.replaced_by)
    yield finding(
        "basis.expired", part, field, text, values,
        expected=by.number if by is not None else "; ".join(known.replaced_by) or None, actual=known.number,
        fix=_instead(part, field, instead, cited), quote=quote, nth=nth,
    )  # fmt: skip


def _instead(part: object, field: str, entries: list[Entry], cited: Collection[tuple[str, str]]) -> Fix | None:
    """Cite the documents that came instead; where the plan cites them all, one basis less."""
    if not isinstance(part, LegalBasis) or not entries or len(citations.find(part.text)) > 1:
        return None
    missing = [entry for entry in entries if entry.key not in cited]
    if not missing:
        return Fix(DROP, field, None, removes=True)
    first, *others = [{name: getattr(as_basis(entry), name) for name in BASIS_FIELDS} for entry in missing]
    value = first.pop(field)
    return Fix(REPLACE if not others else REPLACE_BY_ALL, field, value, more=first, adds=tuple(others))


def _title(entry: Entry) -> str:
    """What a document is called: a law by its name and number."""
    name = f"{entry.subject} ({entry.number})" if cited_by_name(entry.kind) else entry.number
    return f"{entry.kind} {name}"


def dates(
    at: Context | TableContext,
    part: object,
    field: str,
    citation: Citation,
    quote: str = "",
    nth: int = 0,
    *,
    text: str = "",
) -> Iterator[Finding]:
    """``basis.year``, ``basis.date`` and ``basis.future`` of a document cited by number and date.

    ``text``, if given, is what the field holds, and ``citation`` a place in it: then what follows tells which document
    is meant, and the finding has a fix.
    """
    number, date = citation.title, citation.date
    said = {"quote": quote, "nth": nth}
    about = citation.name or text[citation.end : citation.end + _FOLLOWING]
    known = at.catalogue.meant(citation.kind, citation.number, date, about)
    right = known.date if known is not None and known.date != date else ""
    fix = _dated(part, field, citation, text, right) if right and text else None
    yield from _of_dates(at, part, field, number, date, right, fix, said)


def _of_dates(
    at: Context | TableContext, part: object, field: str, number: str, date: str, right: str, fix: Fix | None,
    said: dict[str, Any],
) -> Iterator[Finding]:  # fmt: skip
    """``right`` is the day that the catalogue has; empty where it has no other one."""
    year = citations.year_of(number)
    values = {"number": number, "date": citations.printed_date(date)}
    if year is not None and year != int(date[:4]):
        # The date is what is wrong, which the catalogue would only say again.
        fix = fix if right[:4] == str(year) else None
        named = values | {"year": str(year)}
        yield finding(
            "basis.year", part, field, _YEAR_TEXT, named, expected=year, actual=int(date[:4]), fix=fix, **said
        )
    elif right:
        named = values | {"right": citations.printed_date(right)}
        # Where the year alone is another, it might be another year's document after all.
        severity: Severity | None = "warning" if right[5:] == date[5:] else None
        yield finding(
            "basis.date",
            part,
            field,
            _DATE_TEXT,
            named,
            expected=right,
            actual=date,
            severity=severity,
            fix=fix,
            **said,
        )
        if right <= at.latest_date:
            # With the right day it is not after the plan.
            return
    if at.latest_date and date > at.latest_date:
        yield finding("basis.future", part, field, _FUTURE_TEXT, values, expected=at.latest_date, actual=date, **said)


def _dated(part: object, field: str, citation: Citation, text: str, date: str) -> Fix | None:
    """The text with the right day in the citation, written as it was: with slashes or in words."""
    first, last = citation.day_start, citation.day_end
    if first >= last:
        return None
    day = spelled_date(date) if "tháng" in text[first:last] else f"ngày {citations.printed_date(date)}"
    return text_fix(TAKE_DATE, part, field, text[:first] + day + text[last:])


def text_fix(label: str, part: object, field: str, text: str) -> Fix:
    """A fix that puts ``text`` into a field of words, a cell of a register (``cells/3``) too."""
    name, _slash, place = field.partition("/")
    if not place:
        return Fix(label, name, text)
    cells = list(getattr(part, name))
    cells[int(place)] = text
    return Fix(label, name, cells)
