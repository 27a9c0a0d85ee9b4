"""Counts that add up, told in one sentence: "97 tài khoản, 29 tài khoản đã dừng, 68 tài khoản đang sử dụng"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from itertools import pairwise

from models.i18n import N_
from models.reader.counts import Count, counts, one_slip, printed, same_things
from models.reader.kinds import PEOPLE, kinds_of
from models.reader.remark import Remark

#: What says that the parts which follow are all there are, and what says only that they are among them.
_ALL = re.compile(
    r"\b(?:bao gồm|gồm(?: có)?|chia ra|chia thành|chia làm)\b(?!\s(?:cả|một số|nhiều))\s*:?", re.IGNORECASE
)
_SOME = re.compile(r"\b(?:trong đó(?: có)?|cụ thể(?: là)?|trong số đó(?: có)?|dự kiến|có)\b\s*:?", re.IGNORECASE)
#: What leaves the parts open.
_OPEN = re.compile(
    r"\.\.\.|…|\bv\.v|\b(?:chủ yếu|như|còn lại|khác|ngoài ra|tối thiểu|cả)\b",
    re.IGNORECASE,
)
#: Of what comes in and is worked off, part may have come in before.
_AT_WORK = re.compile(r"tiếp nhận|kỳ trước|chuyển sang|\btồn\b", re.IGNORECASE)
#: The end of a sentence, or of a line.
_END = re.compile(r"[\n\t]|[.!?](?=\s|$)")
_HEAD = re.compile(r"(?:,?\s*(?:trong đó|bao gồm|gồm|chia ra|cụ thể)(?:\scó)?)?\s*:\s*$", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:trong đó|gồm)\b", re.IGNORECASE)
#: Counts with percentages tell more, and are read with them (``shares``).
_WITH_SHARES = re.compile(r"\([^()\n]{0,40}%")
_OUT_OF = re.compile(r"\btrong (?:tổng số |tổng |số )?(?=\d)", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()\n]{0,400}\)")
#: What may stand between two parts, or before the first one.
_BETWEEN = re.compile(r"(?:[,;]|\bvà\b|:|\+|^)\s*(?:và\s)?(?:đã\s|có\s|là\s|thì\s)*$", re.IGNORECASE)
#: From here on figures are held to one another whose words do not tell that they must add up: few are so near by
#: chance.
_LARGE = 1000
#: Parts of one sum, at most.
_MOST = 8

_FIGURES = re.compile(r"\d+")

_DIFFERS = N_("“{words}”: các phần cộng lại là {expected}, khác {actual} đã nêu.")


class Told(Enum):
    """How parts are told: as all there are, as some, or merely beside the whole."""

    PARTS = 1
    SOME = 2
    BESIDE = 3


def find(text: str) -> Iterator[Remark]:
    """``indicator.parts``: each whole whose parts, told beside it, surely add up to another number."""
    start = 0
    for end in (*(match.start() for match in _END.finditer(text)), len(text)):
        if len(_FIGURES.findall(text, start, end)) >= 3:
            sentence = text[start:end]
            if _WITH_SHARES.search(sentence):
                start = end + 1
                continue
            remarks = list(_in_sentence(sentence)) or list(_in_clauses(sentence))
            for remark in (*remarks, *_part_first(sentence)):
                yield replace(remark, start=start + remark.start, end=start + remark.end)
        start = end + 1
    if "\n" in text:
        yield from _in_lines(text)


def _in_clauses(sentence: str) -> Iterator[Remark]:
    """What stands between semicolons, each for itself."""
    at = 0
    clauses = sentence.split(";")
    for clause in clauses if len(clauses) > 1 else ():
        for remark in _in_sentence(clause):
            yield replace(remark, start=at + remark.start, end=at + remark.end)
        at += len(clause) + 1


def _part_first(sentence: str) -> Iterator[Remark]:
    """A part, its whole, and the rest: "68 tài khoản hoạt động trong 97 tài khoản; 29 tài khoản đã thu hồi"."""
    match = _OUT_OF.search(sentence)
    found = counts(sentence) if match is not None else []
    if match is not None and len(found) == 3:
        at = next((index for index, count in enumerate(found) if count.start >= match.end() - 1), 0)
        if at != 1:
            return
        one, whole, other = found
        parts = [one, other]
        words = [sentence[one.end : match.start()], sentence[other.end :]]
        kinds = kinds_of(words)
        values = [one.value, other.value]
        alike = all(same_things(part.noun, whole.noun) for part in parts)
        if kinds is None or not kinds.complete or not alike or sum(values) == whole.value:
            return
        if one_slip(whole.value, values) and not any(part.loose for part in found) and not _OPEN.search(sentence):
            yield _differs(sentence, whole, sum(values))


def _in_lines(text: str) -> Iterator[Remark]:
    """A whole at the end of a line ("54 thủ tục, gồm:"), its parts in the bullets below ("+ Mức độ 2: 31 thủ tục")."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, line))
        at += len(line) + 1
    for index, (offset, line) in enumerate(lines):
        head = _HEAD.search(line)
        if head is None:
            continue
        found = counts(line, 0, head.start())
        if not found or found[-1].loose or not found[-1].noun or head.start() - found[-1].end > 120:
            continue
        sign = lines[index + 1][1].strip()[:2] if index + 1 < len(lines) else ""
        below = []
        for _offset, bullet in lines[index + 1 :]:
            if sign not in ("- ", "+ ") or not bullet.strip().startswith(sign):
                break
            below.append(bullet)
        if any(_WITH_SHARES.search(bullet) for bullet in below):
            continue
        below = [_BRACKETS.sub(" ", bullet) for bullet in below]
        parts = [counts(bullet) for bullet in below]
        whole = found[-1]
        if len(parts) < 2 or any(len(one) != 1 or not same_things(one[0].noun, whole.noun) for one in parts):
            continue
        if any(one[0].loose for one in parts) or any(_OPEN.search(bullet) for bullet in below):
            continue
        values = [one[0].value for one in parts]
        added = sum(values)
        kinds = kinds_of(below)
        complete = _ALL.search(head.group()) is not None
        if added == whole.value or any(count.value == added for count in found):
            continue
        if kinds is None and _some_add_up(values, whole.value):
            continue
        by_kind = kinds is not None and (added > whole.value or (kinds.complete and one_slip(whole.value, values)))
        if complete or by_kind:
            yield replace(
                _differs(line, whole, added), start=offset + whole.start, end=offset + _end_of_noun(line, whole)
            )


def _in_sentence(sentence: str) -> Iterator[Remark]:
    """``sentence`` may be a clause of one; the places are within it."""
    brackets = list(_BRACKETS.finditer(sentence))
    for match in brackets:
        inside = counts(sentence, match.start() + 1, match.end() - 1)
        if len(inside) >= 2:
            yield from _of_brackets(sentence, match, inside)
    # What stands in brackets is a remark; in a sentence's own sum it has no part.
    for match in brackets:
        blank = " " * (match.end() - match.start())
        sentence = sentence[: match.start()] + blank + sentence[match.end() :]
    found = counts(sentence)
    if len(found) >= 3:
        yield from _of_sentence(sentence, found)


def _of_brackets(sentence: str, match: re.Match[str], parts: list[Count]) -> Iterator[Remark]:
    """The parts of a whole that stand in brackets behind it: "04 người (01 thạc sĩ và 03 cử nhân)"."""
    before = counts(sentence, 0, match.start())
    if not before or before[-1].loose or not before[-1].noun or match.start() - before[-1].end > 90:
        return
    lead = sentence[match.start() + 1 : parts[0].start].strip(" :")
    told = Told.PARTS if _ALL.fullmatch(lead) else Told.SOME if _SOME.fullmatch(lead) else None
    if not lead:
        closed = re.search(r"\bvà\s", sentence[parts[-2].end : parts[-1].start]) is not None
        told = Told.PARTS if closed else Told.SOME
    if told is not None and _is_list(sentence, parts, match.end() - 1):
        yield from _judge(sentence, before[-1], parts, match.end() - 1, told, before)


def _of_sentence(sentence: str, found: list[Count]) -> Iterator[Remark]:
    """The parts of a whole in the sentence itself; ``sentence`` is without what stands in brackets."""
    for index in range(max(0, len(found) - 1 - _MOST), len(found) - 2):
        whole, parts = found[index], found[index + 1 :]
        between = sentence[whole.end : parts[0].start]
        if whole.loose or not whole.noun or len(between) > 160:
            continue
        told = _told(between)
        remarks = list(_judge(sentence, whole, parts, len(sentence), told, found[: index + 1]))
        if remarks:
            yield from remarks
            return


def _told(between: str) -> Told:
    """How the words between a whole and the first part join them."""
    for pattern, told in ((_ALL, Told.PARTS), (_SOME, Told.SOME)):
        matches = list(pattern.finditer(between))
        if matches and not between[matches[-1].end() :].strip(" :"):
            return told
    return Told.BESIDE


def _is_list(sentence: str, parts: list[Count], end: int) -> bool:
    """Whether no more than a comma or "và" stands before each of the parts, and nothing leaves them open."""
    if any(part.loose or not part.noun for part in parts) or len(parts) > _MOST:
        return False
    joined = all(_BETWEEN.search(sentence[before.end : part.start]) for before, part in pairwise(parts))
    return joined and _OPEN.search(sentence, parts[0].end, end) is None


def _judge(
    sentence: str, whole: Count, parts: list[Count], end: int, told: Told, before: list[Count]
) -> Iterator[Remark]:
    values = [part.value for part in parts]
    added = sum(values)
    if len(parts) > _MOST or any(part.loose or not part.noun for part in parts):
        return
    if added == whole.value or any(count.value == added for count in before):
        return
    if not _surely(sentence, whole, parts, end, told, values):
        return
    yield _differs(sentence, whole, added)


def _differs(sentence: str, whole: Count, added: int) -> Remark:
    said = " ".join([printed(whole.value), *whole.noun[:2]])
    return Remark(
        "indicator.parts", whole.start, _end_of_noun(sentence, whole), _DIFFERS,
        {"words": said, "expected": printed(added), "actual": printed(whole.value)},
        expected=added, actual=whole.value,
    )  # fmt: skip


def _surely(sentence: str, whole: Count, parts: list[Count], end: int, told: Told, values: list[int]) -> bool:
    """Whether the parts are those of the whole, and all of them, or too many."""
    alike = all(same_things(part.noun, whole.noun) for part in parts)
    large = whole.value >= _LARGE
    slip = one_slip(whole.value, values)
    nested = _some_add_up(values, whole.value)
    if not _is_list(sentence, parts, end):
        # Each with words of its own before it: "tiếp nhận 71.107 hồ sơ, chuyển trả 31.969 hồ sơ".
        joined = _JOINT.search(sentence, whole.end, parts[0].start) is not None
        return not nested and alike and large and slip and joined and _OPEN.search(sentence, whole.end, end) is None
    ends = [*(part.start for part in parts[1:]), end]
    kinds = kinds_of([sentence[part.end : last] for part, last in zip(parts, ends, strict=True)])
    if kinds is None or (kinds.people and PEOPLE.match(sentence, whole.end) is None):
        if nested or not alike:
            return False
        return told is Told.PARTS or (large and slip and told is Told.SOME)
    if nested and told is not Told.PARTS:
        return False
    if not (alike or large or kinds.people):
        return False
    if told is Told.BESIDE:
        return kinds.complete and slip and _AT_WORK.search(sentence) is None
    return told is Told.PARTS or sum(values) > whole.value or (kinds.complete and slip)


def _end_of_noun(text: str, count: Count) -> int:
    """Where the first words of what is counted end."""
    match = re.compile(r"\s{1,2}[^\W\d_]+(?:\s[^\W\d_]+)?").match(text, count.end)
    return match.end() if match else count.end


def _some_add_up(values: list[int], whole: int) -> bool:
    """Whether all of the parts or some of them make the whole: what is told further is then about one of them."""
    sums = {0}
    for value in values:
        sums |= {value + known for known in sums}
    return whole in sums
