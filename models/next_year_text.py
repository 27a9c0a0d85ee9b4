"""Moving a text of last year's plan on to the next one: the years that speak of the plan, and no others.

A year is moved only where it certainly is that of the plan or of the year it looks back on. Years inside document
numbers, dates, titles of cited documents and quotations, and goals such as "đến năm 2025, định hướng đến năm 2030"
stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(_YEAR)
#: "năm 2022", "các năm 2021, 2022", "năm 2021 đến năm 2022".
_LIST = re.compile(
    rf"\bnăm\s+(?P<years>{_YEAR}(?:\s*(?:,|và|-|–|—|đến)\s*(?:năm\s+)?{_YEAR})*+)(?![\d/])", re.IGNORECASE
)
#: "Quý 4/2022", "tháng 10/2022".
_PART = re.compile(rf"\b(?:quý|tháng)\s+(?:[IVX]{{1,4}}|\d{{1,2}})\s*/\s*(?P<years>{_YEAR})(?![\d/])", re.IGNORECASE)
#: "giai đoạn 2021 - 2025".
_PERIOD = re.compile(rf"\b(?:giai\s+đoạn|thời\s+kỳ)\s+(?P<years>{_YEAR}\s*[-–—]\s*{_YEAR})(?![\d/])", re.IGNORECASE)
#: What stands before a year that is a goal, a day, or that of something that happened once.
_GOAL = re.compile(
    r"(?:\b(?:đến|tới|hướng|nhìn|trước|sau|từ|thành lập|ban hành)|ngày\s+\d{1,2}\s*(?:tháng|/|-)\s*\d{1,2},?"
    r"|(?<![\d/])\d{1,2}/\d{1,2},?)\s*$",
    re.IGNORECASE,
)
_DAY = re.compile(r"ngày\s+\d{1,2}\s*[-–/]?\s*$|\bđến\s*$", re.IGNORECASE)
#: Words that are another's: quoted, or a placeholder.
_QUOTED = re.compile(r"“[^”\n]{0,600}”|\"[^\"\n]{0,600}\"|\{[^{}\n]*\}")
#: What stands behind a figure that is no year: "năm 2021, 2022 hồ sơ", "năm 2021 - 2022,5".
_COUNTED = re.compile(r"\s*(?:%|(?:triệu|tỷ|tỉ|nghìn|đồng|hồ sơ|lượt|người|máy|văn bản|thủ tục|tài khoản)\b)")
_PART_OF_NUMBER = re.compile(r"[.,]\d")
#: A cited document, and the rest of its sentence, in which its title stands; a programme by its name.
_CITED = re.compile(
    r"\bsố:?\s*\d{1,8}[A-Za-zĐđ]?\s?[/-][^\n;]*?(?=\.\s|\.$|[;\n]|$)"
    r"|\b(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Công văn|Kết luận|Thông báo"
    r"|Chương trình|Đề án|Chiến lược|Quy hoạch|Kế hoạch đầu tư công|Đại hội)\b[^\n;,.]*",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Moves:
    """Which years become which; ``periods`` are first and last year together."""

    years: dict[int, int] = field(default_factory=dict)
    periods: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def moves(old: tuple[int, int] | None, new: tuple[int, int]) -> Moves:
    """The years to be moved from a plan of the years ``old`` to one of ``new``.

    From a year to a year: the plan's own and the one before; from a period to one of the same length: those periods.
    Between a year and a period nothing is moved: whichever is meant stays what it is.
    """
    if old is None or old == new or old[1] - old[0] != new[1] - new[0]:
        return Moves()
    by, length = new[0] - old[0], old[1] - old[0] + 1
    if length == 1:
        return Moves({old[0]: new[0], old[0] - 1: new[0] - 1})
    before = old[0] - length, old[0] - 1
    return Moves(periods={old: new, before: (before[0] + by, before[1] + by)})


def moved(text: str, by: Moves) -> tuple[str, Counter[str]]:
    """``text`` with its years moved, and how often each was: ``{"2022 → 2023": 3}``."""
    counted: Counter[str] = Counter()
    if not (by.years or by.periods) or not _YEARS.search(text):
        return text, counted
    kept = [match.span() for pattern in (_QUOTED, _CITED) for match in pattern.finditer(text)]
    changes: dict[tuple[int, int], str] = {}
    for start, end, said in _found(text, by):
        if not any(first < end and start < last for first, last in kept):
            changes[start, end] = said
            old = " ".join(text[start:end].split())
            counted[f"{old} → {said}"] += 1
    for (start, end), said in sorted(changes.items(), reverse=True):
        text = text[:start] + said + text[end:]
    return text, counted


def _found(text: str, by: Moves) -> Iterator[tuple[int, int, str]]:
    """Where in ``text`` years stand that are to be moved, and what becomes of them."""
    for pattern, before in ((_LIST, _GOAL), (_PART, _DAY)) if by.years else ():
        for match in pattern.finditer(text):
            if before.search(text[max(0, match.start() - 30) : match.start()]):
                continue
            start = match.start("years")
            years = list(_YEARS.finditer(match["years"]))
            if _PART_OF_NUMBER.match(text, match.end()) or (len(years) > 1 and _COUNTED.match(text, match.end())):
                continue
            # Of several, all or none: "2019, 2020, 2021" would no longer be the years in a row.
            if all(int(year[0]) in by.years for year in years):
                for year in years:
                    yield start + year.start(), start + year.end(), str(by.years[int(year[0])])
    for match in _PERIOD.finditer(text) if by.periods else ():
        first, last = (int(year) for year in _YEARS.findall(match["years"]))
        if (first, last) in by.periods:
            new = by.periods[first, last]
            said = match["years"].replace(str(first), "{}", 1).replace(str(last), "{}", 1).format(*new)
            yield match.start("years"), match.end("years"), said
