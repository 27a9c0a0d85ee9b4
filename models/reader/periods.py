"""Years, months and days from which and up to which something goes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from models.i18n import N_
from models.reader.remark import Remark

_YEAR = r"(?:19|20)\d\d"
_DASHED = re.compile(rf"(?<![\d/.\-–])(?P<first>{_YEAR})\s*[-–—]\s*(?P<last>{_YEAR})(?![\d/\-–]|\.\d)")
_TO = r"\s{1,3}(?:cho\s)?(?:đến|tới)\s{1,3}(?:hết\s)?"
_YEARS = re.compile(
    rf"\b(?:giai đoạn|thời kỳ|nhiệm kỳ|từ\s(?:đầu\s)?năm)\s{{1,3}}(?:từ\s)?(?:năm\s)?(?P<first>{_YEAR})"
    rf"{_TO}(?:năm\s)?(?P<last>{_YEAR})(?![\d/.,]?\d)",
    re.IGNORECASE,
)
_OF_YEAR = r"(?:\s{0,2}/\s{0,2}|\s{1,3}năm\s{1,3})"
_MONTHS = re.compile(
    rf"\btừ\stháng\s{{1,2}}(?P<first>\d{{1,2}})(?:{_OF_YEAR}(?P<first_year>{_YEAR}))?{_TO}tháng\s{{1,2}}"
    rf"(?P<last>\d{{1,2}}){_OF_YEAR}(?P<last_year>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_MONTHS_DASHED = re.compile(
    rf"(?<![\d/.-])(?P<first>\d{{1,2}})/(?P<first_year>{_YEAR})\s{{0,2}}[-–—]\s{{0,2}}"
    rf"(?P<last>\d{{1,2}})/(?P<last_year>{_YEAR})(?![\d/-])"
)
_DATE = (
    r"(?:ngày\s{{1,2}})?(?P<{0}_day>\d{{1,2}})(?:/|\s{{1,2}}tháng\s{{1,2}})(?P<{0}_month>\d{{1,2}})"
    r"(?:/|\s{{1,2}}năm\s{{1,2}})(?P<{0}_year>(?:19|20)\d\d)"
)
_DAYS = re.compile(rf"\btừ\s{_DATE.format('first')}{_TO}{_DATE.format('last')}(?!\d)", re.IGNORECASE)
_QUARTERS = re.compile(
    rf"\bquý\s(?P<first>IV|I{{1,3}}|[1-4]){_OF_YEAR}(?P<first_year>{_YEAR})(?:{_TO}|\s{{0,2}}[-–—]\s{{0,2}})"
    rf"quý\s(?P<last>IV|I{{1,3}}|[1-4]){_OF_YEAR}(?P<last_year>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_QUARTER = {"I": 1, "II": 2, "III": 3, "IV": 4}
#: From this month on a time without its own year may begin in the year before: "từ tháng 12 đến tháng 3 năm 2022".
_LATE = 10

_SAID_YEAR = re.compile(rf"\bnăm\s{{1,2}}(?P<year>{_YEAR})(?!\d)", re.IGNORECASE)
_SAID_PERIOD = re.compile(
    rf"\bgiai đoạn\s{{1,2}}(?P<first>{_YEAR})\s{{0,2}}[-–—]\s{{0,2}}(?P<last>{_YEAR})(?!\d)", re.IGNORECASE
)
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")

_BACKWARD = N_("Giai đoạn {first}-{last} kết thúc trước khi bắt đầu.")
_BACKWARD_TIME = N_("Khoảng thời gian “{words}” kết thúc trước khi bắt đầu.")


def find(text: str) -> Iterator[Remark]:
    """``period.order``: each time in the text that ends before it begins."""
    if "20" not in text and "19" not in text:
        return
    if "-" in text or "–" in text or "—" in text:
        for match in _DASHED.finditer(text):
            yield from _years(match, int(match["first"]), int(match["last"]))
        for match in _MONTHS_DASHED.finditer(text):
            yield from _months(match)
    if "đến" in text or "tới" in text:
        for match in _YEARS.finditer(text):
            yield from _years(match, int(match["first"]), int(match["last"]))
        for match in _MONTHS.finditer(text):
            yield from _months(match)
        for match in _DAYS.finditer(text):
            first, last = _day(match, "first"), _day(match, "last")
            if first and last and last < first:
                yield _backward(match)
    if "uý" in text or "UÝ" in text:
        for match in _QUARTERS.finditer(text):
            if _quarter(match, "last") < _quarter(match, "first"):
                yield _backward(match)


def said(title: str) -> tuple[int, int, int, int] | None:
    """The years that a heading is about, first and last, and where in it they stand.

    ``None`` where it names none, or several things of different years.
    """
    matches = [*_SAID_PERIOD.finditer(title), *_SAID_YEAR.finditer(title)]
    if len(matches) != 1:
        return None
    [match] = matches
    if len(_ANY_YEAR.findall(title)) != len(_ANY_YEAR.findall(match.group())):
        return None
    years = sorted(int(year) for year in match.groupdict().values())
    return years[0], years[-1], match.start(), match.end()


def _years(match: re.Match[str], first: int, last: int) -> Iterator[Remark]:
    if last < first:
        yield Remark("period.order", match.start(), match.end(), _BACKWARD, {"first": first, "last": last})


def _months(match: re.Match[str]) -> Iterator[Remark]:
    first, last = int(match["first"]), int(match["last"])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return
    if match["first_year"] is None and first >= _LATE:
        return
    begin, end = int(match["first_year"] or match["last_year"]), int(match["last_year"])
    if (end, last) < (begin, first):
        yield _backward(match)


def _day(match: re.Match[str], which: str) -> datetime.date | None:
    try:
        return datetime.date(*(int(match[f"{which}_{part}"]) for part in ("year", "month", "day")))
    except ValueError:
        return None


def _quarter(match: re.Match[str], which: str) -> tuple[int, int]:
    said = match[which].upper()
    return int(match[f"{which}_year"]), _QUARTER.get(said) or int(said)


def _backward(match: re.Match[str]) -> Remark:
    words = " ".join(match.group().split())
    return Remark("period.order", match.start(), match.end(), _BACKWARD_TIME, {"words": words})
