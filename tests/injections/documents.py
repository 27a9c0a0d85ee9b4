"""Mistakes in cited documents: only what the catalogue or the number itself belies."""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta
from random import Random

from models import catalogue, citations
from tests.injections import places
from tests.injections.bases import Base, plan_date
from tests.injections.mistakes import Mistake, in_text

_DATE = re.compile(r"(\d{1,2})(\s*/\s*|\s+tháng\s+)(\d{1,2})(\s*/\s*|\s+năm\s+)(\d{4})$")


def _known(number: str, day: str) -> bool:
    """Whether the catalogue has that document, and no other of that number."""
    return [entry.date for entry in catalogue.current().entries if entry.number == number] == [day]


def _moved(day: str, random: Random) -> str:
    """Another day: the day, the month or the year mistyped."""
    was = date.fromisoformat(day)
    while True:
        how = random.choice(("day", "month", "year"))
        if how == "day":
            now = was + timedelta(days=random.choice((-9, -3, -2, -1, 1, 2, 3, 9)))
        elif how == "month":
            now = was.replace(day=min(was.day, 28), month=random.randint(1, 12))
        else:
            now = was.replace(day=min(was.day, 28), year=was.year + random.choice((-2, -1, 1, 2)))
        if now != was:
            return now.isoformat()


def date_in_basis(base: Base, random: Random) -> Mistake | None:
    data = copy.deepcopy(base.document)
    found = [
        (at, basis)
        for at, basis in enumerate(data["legal_bases"])
        if basis.get("date") and basis.get("number") and _known(basis["number"], basis["date"])
    ]
    if not found:
        return None
    at, basis = random.choice(found)
    was = basis["date"]
    basis["date"] = _moved(was, random)
    said = f"{basis['number']}: {was} → {basis['date']}"
    return Mistake(data, _OF_DATE, (f"/legal_bases/{at}",), said)


_OF_DATE = frozenset(("basis.date", "basis.year", "basis.future"))


def date_in_text(base: Base, random: Random) -> Mistake | None:
    """Of a document cited in prose, a row or a cell."""
    data = copy.deepcopy(base.document)
    found = [
        (text, cited)
        for text in places.texts(data)
        for cited in citations.find(text.value)
        if cited.date and _known(cited.number, cited.date)
    ]
    if not found:
        return None
    text, cited = random.choice(found)
    match = _DATE.search(text.value[: cited.end])
    if match is None:
        return None
    year, month, day = _moved(cited.date, random).split("-")
    if len(match[3]) == 1 or int(month) > 2:
        month = str(int(month))
    now = f"{day}{match[2]}{month}{match[4]}{year}"
    return in_text(data, text, match.start(), match.end(), now, _OF_DATE)


def year_in_number(base: Base, random: Random) -> Mistake | None:
    data = copy.deepcopy(base.document)
    if random.random() < 0.5:
        bases = [
            (at, basis)
            for at, basis in enumerate(data["legal_bases"])
            if basis.get("date") and citations.year_of(basis.get("number") or "")
        ]
        if bases:
            at, basis = random.choice(bases)
            was = basis["number"]
            basis["number"] = _other_year(was, random)
            rules = frozenset(("basis.year",))
            return Mistake(data, rules, (f"/legal_bases/{at}",), f"{was} → {basis['number']}")
    found = [
        (text, cited)
        for text in places.texts(data)
        for cited in citations.find(text.value)
        if cited.date and citations.year_of(cited.number)
    ]
    if not found:
        return None
    text, cited = random.choice(found)
    start = text.value.index(cited.number, cited.start)
    now = _other_year(cited.number, random)
    return in_text(data, text, start, start + len(cited.number), now, ("basis.year",))


def _other_year(number: str, random: Random) -> str:
    year = citations.year_of(number)
    assert year is not None
    return number.replace(f"/{year}/", f"/{year + random.choice((-2, -1, 1, 2, 10))}/")


def basis_doubled(base: Base, random: Random) -> Mistake | None:
    """A basis a second time, as it stands or as free text."""
    data = copy.deepcopy(base.document)
    found = [basis for basis in data["legal_bases"] if basis.get("number") and basis.get("date")]
    if not found:
        return None
    basis = random.choice(found)
    if random.random() < 0.5:
        again = dict(basis)
    else:
        year, month, day = basis["date"].split("-")
        again = {"text": f"Căn cứ {basis['kind']} số {basis['number']} ngày {day}/{month}/{year} {basis['subject']}"}
    data["legal_bases"].insert(random.randint(0, len(data["legal_bases"])), again)
    return Mistake(data, frozenset(("basis.duplicate",)), ("/legal_bases",), basis["number"])


def basis_expired(base: Base, random: Random) -> Mistake | None:
    """A document of the catalogue that was no longer in force when the plan was issued."""
    data = copy.deepcopy(base.document)
    day, held = plan_date(data), {basis.get("number") for basis in data["legal_bases"]}
    found = [
        entry
        for entry in catalogue.current().entries
        if entry.expired_on and entry.expired_on <= day and entry.number not in held
    ]
    if not found:
        return None
    entry = random.choice(found)
    data["legal_bases"].append(
        {
            "kind": entry.kind,
            "number": entry.number,
            "date": entry.date,
            "issuer": entry.issuer,
            "subject": entry.subject,
        }
    )
    place = f"/legal_bases/{len(data['legal_bases']) - 1}"
    return Mistake(data, frozenset(("basis.expired",)), (place,), f"{entry.number} (expired {entry.expired_on})")
