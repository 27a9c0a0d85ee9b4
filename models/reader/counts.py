"""Counts of things in a sentence: "31 TTHC", "3.352 chứng thư số", "04 người"."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A whole number that counts something: no decimals, no part of a date, a number of a document or an amount of money.
NUMBER = r"(?<![\d.,/–-])(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})(?![\d/%]|[.,]\d|\s?%)"
_COUNT = re.compile(
    r"(?P<before>\b(?:mức độ|cấp độ|mức|cấp|loại|hạng|nhóm|năm|tháng|quý|ngày|giai đoạn|khóa|khoá|lần thứ|thứ"
    r"|phiên bản|lớp|tầng|(?<!trong )(?<!tổng )(?<!là )số|điều|khoản|điểm|chương|mục|phần|phụ lục|biểu|bảng|windows"
    r"|office|web|đợt|kỳ|từ|đến|trên|dưới|hơn|gần|khoảng|ít nhất|tối thiểu|tối đa)\s{1,2})?"
    rf"(?P<count>{NUMBER})(?=\s{{1,2}}(?P<noun>[^\W\d_]{{1,20}}(?:\s[^\W\d_]{{1,20}}){{0,3}})|)",
    re.IGNORECASE,
)
#: What follows a number that is an amount, a time or a measure, not a count of things.
_NO_THINGS = frozenset(
    ("đồng", "đ", "triệu", "tỷ", "tỉ", "nghìn", "ngàn", "vnđ", "vnd", "ngày", "tháng", "năm", "giờ", "phút", "quý",
     "tuần", "mbps", "gbps", "gb", "tb", "mb", "inch", "km", "m", "và", "đến", "lần", "lớp", "cấp", "tầng", "h")
)  # fmt: skip
#: Things of one syllable: what follows says which of them.
_SINGLE = frozenset(
    ("máy", "người", "xã", "phường", "huyện", "phòng", "trường", "thôn", "bản", "cuộc", "lượt", "vụ", "điểm", "trạm",
     "ca", "bộ", "chiếc", "cái", "con", "hộ", "đơn")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """``value`` things called ``noun`` (its first words, empty: not named), and where the number stands.

    ``loose``: not an exact number, as in "trên 1.000", "khoảng 50".
    """

    value: int
    noun: tuple[str, ...]
    start: int
    end: int
    loose: bool = False


#: Words before which a number of one digit is a name ("cấp 3"), a greater one a count ("đã cấp 163 tài khoản").
_SMALL = frozenset(
    ("cấp", "lớp", "đợt", "số", "điểm", "mức", "loại", "nhóm", "hạng", "tầng", "kỳ", "phần", "mục", "bảng")
)  # fmt: skip
_LOOSE = frozenset(("từ", "đến", "trên", "dưới", "hơn", "gần", "khoảng", "ít nhất", "tối thiểu", "tối đa"))


def counts(text: str, start: int = 0, end: int | None = None) -> list[Count]:
    """The counts of things in a stretch of text, in order; years and amounts of money are none."""
    found = []
    for match in _COUNT.finditer(text, start, len(text) if end is None else end):
        before = " ".join((match["before"] or "").lower().split())
        noun = tuple((match["noun"] or "").split())
        if before in _SMALL and noun and int(match["count"].replace(".", "")) >= 10:
            before = ""
        if (before and before not in _LOOSE) or (noun and noun[0].lower() in _NO_THINGS):
            continue
        value = int(match["count"].replace(".", ""))
        if not noun and 1900 <= value <= 2100:
            continue
        found.append(Count(value, noun, match.start("count"), match.end("count"), loose=bool(before)))
    return found


def same_things(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two nouns name the same things, one perhaps by its initials: "thủ tục hành chính", "TTHC"."""
    if not one or not other:
        return False
    first, second = [word.lower() for word in one], [word.lower() for word in other]
    if first[0] == second[0]:
        return first[0] in _SINGLE or first[1:2] == second[1:2] or one[0].isupper()
    for short, long in ((one[0], second), (other[0], first)):
        if short.isupper() and len(short) > 2 and "".join(word[0] for word in long).startswith(short.lower()):
            return True
    return False


def similar(one: int, other: int) -> bool:
    """Whether one slip of the keys makes one number of the other: a wrong digit, or two that changed places."""
    a, b = str(one), str(other)
    if len(a) != len(b) or a == b:
        return False
    wrong = [at for at in range(len(a)) if a[at] != b[at]]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]


def one_slip(whole: int, parts: list[int]) -> bool:
    """Whether one slip of the keys, in the whole or in one part, explains that the parts do not add up to it."""
    added = sum(parts)
    return similar(whole, added) or any(similar(part, part + whole - added) for part in parts if part + whole > added)


def printed(value: int) -> str:
    """A count as it is printed: ``1.234``."""
    return f"{value:,}".replace(",", ".")
