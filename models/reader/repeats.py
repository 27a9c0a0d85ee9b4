"""The same words twice in a row: "cho cho công chức", "phần mềm phần mềm"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import eq

from models.i18n import N_
from models.reader.remark import Remark

#: Words of a phrase, at most.
_LONGEST = 12
#: Syllables that are no word of sense when doubled, and what may follow them so that the second one begins another
#: word: "dành cho cho thuê". Others may be doubled ("luôn luôn", "song song"), or end one word and begin the next
#: ("thông tin tin học", "thiết bị bị hỏng").
_NEVER_DOUBLED: dict[str, tuple[str, ...]] = {
    "các": (),
    "của": ("cải",),
    "và": (),
    "cho": ("thuê", "vay", "phép", "mượn", "biết", "rằng"),
    "trong": ("sạch", "sáng", "suốt", "nước", "trẻo"),
    "được": (),
    "với": (),
    "những": (),
    "tại": ("chỗ", "chức", "sao"),
    "theo": ("dõi", "đuổi", "kịp"),
    "đã": (),
    "sẽ": (),
    "đang": (),
    "do": (),
    "bằng": ("chứng", "cấp", "phẳng", "lòng"),
    "để": ("dành", "lại", "bàn"),
    "về": ("hưu", "đích"),
    "tỉnh": ("ủy", "uỷ", "lỵ", "lộ", "thành", "giấc", "táo"),
    "huyện": ("ủy", "uỷ", "lỵ", "lộ"),
    "nhằm": (),
    "hoặc": (),
    "đến": (),
}
#: What may stand before the first one so that it ends another word: "lý do do thiếu vốn", "cấp tỉnh tỉnh Khánh Hòa".
_ENDS: dict[str, tuple[str, ...]] = {
    "do": ("lý", "tự"),
    "tại": ("hiện", "tồn"),
    "theo": ("kèm", "tiếp", "dựa", "tùy", "tuỳ"),
    "trong": ("bên", "phía"),
    "bằng": ("công", "cân", "văn", "đồng"),
    "về": ("trở",),
    "tỉnh": ("cấp", "toàn", "liên", "ngoài", "nội"),
    "huyện": ("cấp", "toàn", "liên", "ngoài", "nội"),
    "đến": ("đi",),
}
#: Words that may begin a phrase said twice on purpose: "từng bước từng bước".
_ON_PURPOSE = frozenset(("từng", "mỗi", "ngày", "đời", "lần", "một", "hai", "nhiều", "rất", "mãi"))

_WORDS = re.compile(r"\S+")
_PLAIN = re.compile(r"[^\W\d_]+(?:[-/&][^\W\d_]+)*")
#: Words in two lines, or in two cells of a table, are not in a row.
_LINE = re.compile(r"[\n\t]")
_BEHIND = ',.;:!?)…”’"'


def find(text: str) -> list[Remark]:
    """``text.repeat``: each place where words stand twice, with nothing between but blanks."""
    found: list[Remark] = []
    at = 0
    for line in _LINE.split(text) if "\n" in text or "\t" in text else (text,):
        if _may_repeat(line.replace(",", "").replace(".", "").replace(";", "").replace(")", "").split()):
            found.extend(_in_line(line, at))
        at += len(line) + 1
    return found


def _may_repeat(words: list[str]) -> bool:
    """Whether words may stand twice in a row: looked at first, because in most lines none do."""
    if words and words[0] in ("-", "+"):
        del words[0]
    count = len(words)
    again = count - len(set(words))
    if count < 2 or (not again and words[0].lower() not in words[1 : _LONGEST + 1]):
        return False
    first = words[0]
    if first[1:].islower():
        words[0] = first.lower()
    following = words[1:]
    if any(map(eq, words, following)):
        return True
    if again < 2 and words[0] == first:
        # Two words that stand again would be two of them.
        return False
    pairs = list(zip(words, following))  # noqa: B905  # the last one begins no pair
    if len(set(pairs)) == count - 1:
        return False
    last: dict[tuple[str, str], int] = {}
    for index, pair in enumerate(pairs):
        before = last.get(pair, -1)
        if before >= 0 and index - before <= _LONGEST and _run(words, before, index - before):
            return True
        last[pair] = index
    return False


def _run(words: list[str], at: int, apart: int) -> bool:
    """Whether as many words as ``apart`` in a row, that at ``at`` among them, stand again so far behind."""
    first, last = at, at + 1
    while first > 0 and words[first - 1] == words[first - 1 + apart]:
        first -= 1
    while last + apart < len(words) and words[last] == words[last + apart]:
        last += 1
    return last - first >= apart


def _in_line(line: str, offset: int) -> Iterator[Remark]:
    matches = list(_WORDS.finditer(line))
    whole = [match.group() for match in matches]
    ends = [word.rstrip(_BEHIND) for word in whole]
    if whole[:1] in (["-"], ["+"]):
        matches, whole, ends = matches[1:], whole[1:], ends[1:]
    done = 0
    for start, size in _twice(whole, ends):
        if start < done or not _is_slip(whole, ends, start, size):
            continue
        first, last = matches[start].start(), matches[start + 2 * size - 1].start() + len(ends[start + 2 * size - 1])
        words = " ".join(ends[start + size : start + 2 * size])
        yield Remark(
            "text.repeat",
            offset + first,
            offset + last,
            N_("Chữ “{words}” viết hai lần liền nhau."),
            {"words": words},
            edit=(offset + matches[start + size - 1].end(), offset + last, ""),
            label=N_("Bỏ chữ lặp"),
        )
        done = start + 2 * size


def _twice(whole: list[str], ends: list[str]) -> list[tuple[int, int]]:
    """Where words stand again at once: the first of them and how many they are, the longest first at each place."""
    found: dict[int, int] = {}
    # At the beginning of a sentence the first of them has a capital.
    first = whole[0] if whole else ""
    lowered = [first.lower() if first[1:].islower() else first, *whole[1:]]
    for size in range(1, min(_LONGEST, len(whole) // 2) + 1):
        same = bytes(map(eq, lowered, islice(ends, size, None)))
        wanted = b"\x01" * size
        at = same.find(wanted)
        while at >= 0:
            found[at] = size
            at = same.find(wanted, at + 1)
    return sorted(found.items())


def _is_slip(whole: list[str], ends: list[str], start: int, size: int) -> bool:
    words = ends[start + size : start + 2 * size]
    plain = [word for word in words if _PLAIN.fullmatch(word)]
    if not plain:
        return False
    # Three times is no slip: it is meant, or it is a pattern to be filled in.
    if ends[start + 2 * size : start + 3 * size] == words:
        return False
    if size == 1:
        [word] = words
        ended = whole[start + 1] != word
        follows = "" if ended or start + 2 == len(ends) else ends[start + 2].lower()
        before = ends[start - 1].lower() if start else ""
        never = word in _NEVER_DOUBLED and follows not in _NEVER_DOUBLED[word]
        return never and before not in _ENDS.get(word, ())
    if words[0].lower() in _ON_PURPOSE and size < 4:
        return False
    # Names may be doubled, and what is made of figures alone says nothing.
    return any(word.islower() for word in plain) or all(word.isupper() and len(word) > 1 for word in plain)
