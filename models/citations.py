"""Documents cited in a text: "Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

# Bounded: no number is longer, and an unbounded search takes seconds over a pasted list of figures.
_WORD = r"[0-9A-ZĐÀ-Ỹa-z&]{1,40}"
_NUMBER = rf"(?P<number>\d{{1,8}}[A-Za-zĐđ]?(?:/(?:19|20)\d\d)?[/-]{_WORD}(?:[-/]{_WORD}){{0,8}})"
#: ``03/6/2020``, ``03-6-2020``, ``03.6.2020``, ``03 tháng 6 năm 2020``.
_DAY = (
    r"(?P<day>\d{1,2})\s{0,3}(?:[/.-]|\s{1,3}tháng\s{1,3})\s{0,3}(?P<month>\d{1,2})"
    r"\s{0,3}(?:[/.-]|,?\s{1,3}năm\s{1,3})\s{0,3}(?P<year>(?:19|20)\d\d)(?!\d)"
)
#: Who issues documents; the name goes on with words that say neither when nor what.
_ISSUER = (
    r"(?:Thủ tướng|Chính phủ|Quốc hội|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Chủ tịch|Bộ|Ban|Tỉnh ủy|Thành ủy|Huyện ủy|Sở)"
    r"(?:\s(?!(?:từ|trước|sau|đến|tới|vào|trong|có|hiệu|về|v/v|phê|ban|quy|được|ký|sửa|triển|thực|tại|theo|kể|ngày)\b)"
    r"[^\W\d_]{1,12}){0,10}"
)
#: What may stand between a number and the day.
_BETWEEN = (
    rf"(?:,?\s{{0,3}}\(?\s{{0,3}}|(?:,?\s{{1,3}}của\s{{1,3}}{_ISSUER})?"
    r"\s{1,3}(?:(?:được\s)?(?:ban hành|ký)\s(?:vào\s)?)?)"
)
# Compiled when they are first used: that takes longer than loading the rest of this module.
_CITATION = rf"(?:\bsố:?\s{{0,3}})?\b{_NUMBER}{_BETWEEN}(?P<dated>ngày\s{{1,3}}{_DAY})"
#: The day first, which only the name of a kind of document before it makes clear.
_DAY_FIRST = (
    r"\b(?:[Qq]uyết định|[Nn]ghị định|[Nn]ghị quyết|[Tt]hông tư|[Cc]hỉ thị|[Kk]ế hoạch|[Cc]ông văn|[Vv]ăn bản"
    r"|[Tt]hông báo|[Bb]áo cáo|[Hh]ướng dẫn|[Tt]ờ trình|[Ll]uật)\s"
    rf"(?P<dated>ngày\s{{1,3}}{_DAY}),?\s{{1,3}}số:?\s{{1,3}}{_NUMBER}(?!,?\s{{0,3}}\(?ngày)"
)
#: A law cited by its name and date.
_LAW = (
    r"\b(?P<kind>[Ll]uật|[Bb]ộ luật|[Pp]háp lệnh)\s(?P<name>(?!(?:số|ngày)\b)[^\W\d_]{1,12}"
    r"(?:,?\s(?!(?:từ|trước|sau|đến|tới|vào|có|được|tại|số|ngày)\b)[^\W\d_]{1,12}){0,15}?),?\s{1,3}"
    rf"(?P<dated>ngày\s{{1,3}}{_DAY})"
)
#: How far before a number it is looked for what amends it.
_BEFORE = 400
_AMENDS = r"sửa đổi|quy định chi tiết|thay thế"
#: What amends, right before that it does: a kind of document, perhaps with its number and issuer.
_AMENDING = (
    r"\b(?:[Ll]uật|[Nn]ghị định|[Nn]ghị quyết|[Tt]hông tư|[Qq]uyết định|[Pp]háp lệnh)"
    r"(?:\s(?:số:?\s?)?\d\S{1,60})?(?:\scủa\s[^\W\d][^\d;.]{1,40})?(?:,?\s(?:về|về việc))?,?\s*$"
)
#: What is held on a day, about a document: the day behind that may be the day on which it was.
_EVENT = r"\b(?:hội nghị|hội thảo|họp|tập huấn|tọa đàm|toạ đàm|lễ|cuộc thi|phổ biến|tuyên truyền)\b(?![^.;\n]*\bngày\b)"
_OF_ISSUER = r"\)?,?\s{1,3}của\s"
#: A document of the State's, and behind the day who only carries it out.
_CENTRAL = r"(?:TTg|CP|QH\d{1,2}|TW)$"
_OF_LOCAL = (
    r"\)?,?\s{1,3}của\s{1,3}(?:Chủ tịch )?"
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân|Sở|Tỉnh ủy|Tỉnh uỷ)\b"
)
_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d\d)/")


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited by number and date (ISO 8601, perhaps a day that no calendar has), and where in the text.

    ``start`` and ``end`` take in number and date; ``day_start`` and ``day_end`` are "ngày" and what follows it. A law
    may have a ``kind`` and a ``name`` instead of a number.
    """

    number: str
    date: str
    start: int
    end: int
    day_start: int = 0
    day_end: int = 0
    kind: str = ""
    name: str = ""

    @property
    def title(self) -> str:
        """What the document is called: its number, or the kind and name of a law."""
        return self.number or f"{self.kind} {self.name}"


def find(text: str) -> list[Citation]:
    """The documents that ``text`` cites by number and date, in order."""
    if "ngày" not in text:
        return []
    found = [_citation(match) for match in re.finditer(_CITATION, text) if not _is_others(text, match)]
    if " số" in text:
        taken = [(citation.start, citation.end) for citation in found]
        for match in re.finditer(_DAY_FIRST, text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                found.append(_citation(match))
        found.sort(key=lambda citation: citation.start)
    return found


def _is_others(text: str, match: re.Match[str]) -> bool:
    """Whether the day behind a document may be that of something else that is said of it.

    As in "tập huấn Luật Giao dịch điện tử ngày 05/9/2023 tại …", "Kế hoạch triển khai Nghị quyết số 17/NQ-CP ngày
    05/4/2019 của UBND tỉnh".
    """
    behind = text[match.end() : match.end() + 40]
    number = match.groupdict().get("number") or ""
    if re.search(_CENTRAL, number) and re.match(_OF_LOCAL, behind):
        return True
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if not re.match(_OF_ISSUER, behind) and re.search(_EVENT, re.split(r"[.;\n]", before)[-1], re.IGNORECASE):
        return True
    return _is_amended(text, match.start())


def _is_amended(text: str, at: int) -> bool:
    """Whether the day behind a document may be that of what amends it, or tells how it is done.

    As in "Luật sửa đổi, bổ sung một số điều của Luật … số 77/2015/QH13 ngày 22/11/2019", "Nghị định quy định chi tiết …
    Luật An ninh mạng ngày 15/8/2022": no day stands behind the first.
    """
    before = re.split(r"[.;\n]", text[max(0, at - _BEFORE) : at])[-1]
    amends = list(re.finditer(_AMENDS, before))
    own = before[: amends[-1].start()] if amends else ""
    return bool(amends) and "ngày" not in own and re.search(_AMENDING, own) is not None


def laws(text: str) -> list[Citation]:
    """The laws that ``text`` cites by name and date, without a number."""
    if "ngày" not in text or ("uật" not in text and "háp lệnh" not in text):
        return []
    return [
        replace(_citation(match, number=""), kind=match["kind"].capitalize(), name=match["name"])
        for match in re.finditer(_LAW, text)
        if not _is_others(text, match)
    ]


def _citation(match: re.Match[str], number: str | None = None) -> Citation:
    date = f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"
    number = match["number"] if number is None else number
    return Citation(number, date, match.start(), match.end(), match.start("dated"), match.end("dated"))


def is_day(iso: str) -> bool:
    """Whether the calendar has that day: not so ``2020-02-31``."""
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def year_of(number: str) -> int | None:
    """The year inside a document's number: 2019 in ``17/2019/TT-BKHCN``; ``None`` where there is none."""
    match = _YEAR_IN_NUMBER.search(number)
    return int(match.group(1)) if match else None


def printed_date(iso: str) -> str:
    """``2020-06-03`` as it is written in a sentence: ``03/6/2020``."""
    year, month, day = iso.split("-")
    return f"{day}/{month if int(month) <= 2 else int(month)}/{year}"
