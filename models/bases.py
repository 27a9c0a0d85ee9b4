"""A legal basis as it is cited in a sentence (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6.b)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from models import citations
from models.plan import LegalBasis

#: Cited by name and date: "Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006".
_BY_NAME = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")


def basis_text(basis: LegalBasis) -> str:
    """The citation without a mark at its end: "Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của …"."""
    if basis.text.strip():
        return _bare(basis.text)
    kind, subject = basis.kind.strip(), _bare(basis.subject)
    words = [kind]
    by_name = kind.casefold() in _BY_NAME
    if by_name:
        if subject.casefold().startswith(kind.casefold() + " "):
            words.clear()
        words.append(subject)
    if basis.number.strip():
        words.append(f"số {basis.number.strip()}")
    if basis.date:
        words.append(spelled_date(basis.date))
    if basis.issuer.strip():
        words.append(f"của {basis.issuer.strip()}")
    if not by_name:
        words.append(subject)
    return " ".join(word for word in words if word)


def spelled_date(iso: str) -> str:
    """``2020-06-03`` as it is cited: ``ngày 03 tháng 6 năm 2020``."""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"ngày {day:02d} tháng {two_digits(month, 2)} năm {year}"


def two_digits(number: int, up_to: int) -> str:
    """``number`` with a leading zero up to ``up_to``: days below 10, of the months January and February."""
    return f"{number:02d}" if number <= up_to else str(number)


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(" .;,")


# ---- a sentence in its parts

#: Kinds of documents as a citation begins with them, longer names before shorter ones.
_KINDS = (
    "Thông tư liên tịch", "Nghị quyết liên tịch", "Bộ luật", "Chương trình", "Hiến pháp", "Pháp lệnh", "Nghị quyết",
    "Nghị định", "Quyết định", "Thông báo", "Hướng dẫn", "Quy định", "Quy chế", "Thông tư", "Chỉ thị", "Kế hoạch",
    "Công văn", "Kết luận", "Tờ trình", "Báo cáo", "Văn bản", "Công điện", "Đề án", "Luật", "Lệnh",
)  # fmt: skip
#: The abbreviations of kinds in the symbols of documents (Nghị định 30/2020/NĐ-CP, Phụ lục III).
_SYMBOLS = {
    "NQ": "Nghị quyết", "NĐ": "Nghị định", "QĐ": "Quyết định", "CT": "Chỉ thị", "TT": "Thông tư", "KH": "Kế hoạch",
    "TB": "Thông báo", "HD": "Hướng dẫn", "KL": "Kết luận", "TTr": "Tờ trình", "BC": "Báo cáo", "CĐ": "Công điện",
}  # fmt: skip
_NUMBER = re.compile(r"(?:số:?\s*)?(\d{1,8}[A-Za-zĐđ]?(?:/(?:19|20)\d\d)?[/-][^\s,;]{1,60})", re.IGNORECASE)
#: Words with which what a document is about begins, behind the name of who issued it.
_ABOUT = re.compile(
    r"(?:về|Về|v/v|V/v|phê duyệt|ban hành|quy định|hướng dẫn|thông qua|sửa đổi|bổ sung|công bố|thực hiện|triển khai"
    r"|tăng cường|đẩy mạnh|thành lập|kiện toàn|bãi bỏ|điều chỉnh|giao|phân công|quy hoạch)\b"
)
#: An issuer's name is not longer.
_LONGEST_ISSUER = 80


def parse_basis(text: str, issuers: Iterable[str] = ()) -> LegalBasis:
    """The document that a sentence cites, in its parts: the reverse of ``basis_text``; no word is lost.

    ``issuers`` are names known, to tell an issuer from what follows it. A sentence that does not begin with a kind
    of document is kept whole as what the document is about; so is a bare number as its number.
    """
    bare = _bare(text)
    rest = re.sub(r"^căn cứ\s+", "", bare, flags=re.IGNORECASE)
    alone = _NUMBER.fullmatch(rest)
    if alone is not None:
        return LegalBasis(kind=_kind_of(alone[1]), number=alone[1])
    kind = next((name for name in _KINDS if rest.casefold().startswith(f"{name.casefold()} ")), "")
    if not kind:
        return LegalBasis(subject=rest)
    behind = rest[len(kind) :].strip()
    basis = LegalBasis(kind=kind)
    if kind.casefold() in _BY_NAME:
        return _by_name(basis, behind)
    cited = citations.find(behind)
    number = _NUMBER.match(behind)
    if cited and _is_day(cited[0].date) and _at_once(behind, cited[0]):
        basis.number, basis.date, behind = cited[0].number, cited[0].date, behind[cited[0].end :]
    elif number is not None:
        basis.number, behind = number[1], behind[number.end() :]
    elif not rest.startswith(kind):
        # "hướng dẫn của Sở …" speaks of no document of that kind.
        return LegalBasis(subject=rest)
    basis.issuer, basis.subject = _issuer_and_subject(behind.lstrip(" ,"), issuers)
    return basis


def _at_once(behind: str, citation: citations.Citation) -> bool:
    """Whether a citation begins with its number, and the day follows at once: no issuer stands between."""
    start = behind.find(citation.number)
    return start <= len("số: ") and not behind[start + len(citation.number) : citation.day_start].strip(" ,")


def _by_name(basis: LegalBasis, behind: str) -> LegalBasis:
    """The name of a law first, then number, date and issuer, if any."""
    match = re.fullmatch(
        r"(?P<name>.*?)(?:,?\s*số:?\s*(?P<number>\d\S*?))?(?:,?\s*ngày\s+(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})"
        r"(?:/|\s+năm\s+)(?P<year>(?:19|20)\d\d))?(?:\s+của\s+(?P<issuer>.{1,80}))?",
        behind,
    )
    basis.subject = behind
    if match is not None and (match["number"] or match["year"]):
        date = f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}" if match["year"] else ""
        if not date or _is_day(date):
            basis.subject, basis.number, basis.date = match["name"], match["number"] or "", date
            basis.issuer = match["issuer"] or ""
    return basis


def _issuer_and_subject(text: str, issuers: Iterable[str]) -> tuple[str, str]:
    """What stands behind number and date: ``của`` and the issuer, then what it is about."""
    if not text.casefold().startswith("của "):
        return "", text
    text = text[len("của ") :].strip()
    lowered = text.casefold()
    known = sorted((name for name in issuers if name and lowered.startswith(name.casefold())), key=len, reverse=True)
    for name in known:
        behind = text[len(name) :]
        if not behind or (behind[0] in " ," and _ABOUT.match(behind.lstrip(" ,"))):
            return text[: len(name)], behind.lstrip(" ,")
    about = re.search(rf"[ ,]+(?={_ABOUT.pattern})", text)
    if about is not None:
        return text[: about.start()], text[about.end() :]
    for name in known:
        if text[len(name) :].startswith(" "):
            return text[: len(name)], text[len(name) :].strip()
    return (text, "") if len(text) <= _LONGEST_ISSUER else ("", f"của {text}")


def _kind_of(number: str) -> str:
    """The kind that a number's symbol speaks of: ``Quyết định`` of ``749/QĐ-TTg``; empty where it is not known."""
    return next((_SYMBOLS[part] for part in re.split(r"[/-]", number) if part in _SYMBOLS), "")


def _is_day(iso: str) -> bool:
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return False
    return day.year >= 1900
