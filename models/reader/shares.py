"""Percentages beside the counts that they are of: "31 TTHC (57,40%)" of 54, "31/54 TTHC, đạt 57,4%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.i18n import N_
from models.reader.counts import NUMBER, Count, counts, printed, same_things, similar
from models.reader.remark import Remark

_PERCENT = r"(?P<share>\d{1,3}(?:[,.]\d{1,4})?)\s?%"
_LEAD = r"(?:chiếm |đạt |tỷ lệ |tỉ lệ |bằng |chiếm tỷ lệ |đạt tỷ lệ |chiếm tỉ lệ |đạt tỉ lệ )?"
#: Behind a percentage only this leaves it clear that it is of the whole: the end, or that it says so.
_OF_WHOLE = r"(?=\s{0,2}(?:[);.,]|$|\n|so với tổng|trên tổng|trong tổng|tổng số))"
#: A count with its share in brackets.
_COUNTED = re.compile(
    rf"(?P<count>{NUMBER})\s{{1,3}}"
    rf"(?P<noun>[^\W\d][^\d\n(),;:.%]{{0,60}}?(?:\bđộ \d)?)\s*\({_LEAD}{_PERCENT}{_OF_WHOLE}\)?"
)
_NOT_BEFORE = (
    r"(?<!ngày )(?<!tháng )(?<!quý )(?<!Quý )(?<!độ )(?<!số )(?<!lần )(?<!khoản )(?<!điều )(?<!Điều )(?<![\d/.,–-])"
)
#: A part of a whole with its share behind it, and the share first.
_FRACTION = re.compile(
    rf"{_NOT_BEFORE}(?P<part>\d{{1,7}}|\d{{1,3}}(?:\.\d{{3}}){{1,3}})\s?/\s?"
    r"(?P<whole>\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})(?![\d/%]|[.,]\d)"
    rf"(?P<noun>(?:\s[^\W\d_]{{1,20}}){{0,8}}?),?\s{{0,2}}"
    rf"(?P<how>\((?:{_LEAD})|(?:chiếm|đạt|bằng|tương đương)\s(?:tỷ lệ\s|tỉ lệ\s)?|(?:tỷ lệ|tỉ lệ)\s(?:đạt\s|là\s)?)"
    rf"{_PERCENT}{_OF_WHOLE}"
)
_SHARE_FIRST = re.compile(
    rf"{_PERCENT}\s{{0,2}}\(\s?(?P<part>\d{{1,7}}|\d{{1,3}}(?:\.\d{{3}}){{1,3}})\s?/\s?"
    r"(?P<whole>\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})"
    r"(?:\s[^\W\d_]{1,20}){0,5}\s?\)"
)
#: A part of what a sentence begins with: "Trong tổng số 709 văn bản đi, có 577 văn bản được ký số, đạt 81,38%".
_OUT_OF = re.compile(
    rf"\b[Tt]rong (?:tổng số |tổng |số )(?P<whole>{NUMBER})(?P<of>\s[^\d.;:%()\n]{{1,100}}?)(?:có|đã|thì)\s{{1,2}}"
    rf"(?P<part>{NUMBER})(?P<noun>\s[^\d.;:%()\n]{{1,100}}?),?\s(?:đạt|chiếm|bằng|tương đương)\s"
    rf"(?:tỷ lệ\s|tỉ lệ\s)?{_PERCENT}{_OF_WHOLE}"
)
#: The share of what was counted last: "54 nhiệm vụ trễ hạn, tỷ lệ trễ hạn chiếm 4,7%".
_RATE = re.compile(
    rf"(?P<part>{NUMBER})(?P<noun>\s[^\d.;:%()\n]{{1,80}}?)(?P<what>\b\w{{1,12}} \w{{1,12}}),\s"
    rf"(?:tỷ lệ|tỉ lệ)\s(?P=what)\s(?:là |chiếm |đạt |bằng )?{_PERCENT}{_OF_WHOLE}"
)
#: How far before a share its whole is looked for, in letters and lines.
_FAR, _LINES = 800, 6
#: Shares with so much between them are not of one list.
_APART = 250

DIFFERS = N_("“{label}” đã nêu {actual}%, tính được {expected}%.")
_MISCOUNTED = N_("“{label}”: các phần cộng lại là {expected}, khác {actual} đã nêu.")
_TOO_MANY = N_("“{words}”: phần {part} lớn hơn tổng số.")
TAKE = N_("Lấy số tính được")


@dataclass(frozen=True, slots=True)
class Share:
    """A count of things with its percentage: ``31 TTHC (57,40%)`` from ``start`` to ``end``, the figures within."""

    count: int
    noun: str
    stated: float
    decimals: int
    start: int
    end: int
    #: Where the percentage is, without its sign.
    figures: tuple[int, int]
    count_end: int

    def is_of(self, whole: int) -> bool:
        """Whether it is the share of ``whole``, as far as it was rounded."""
        return whole > 0 and agrees(self.count, whole, self.stated, self.decimals)


def agrees(part: int, whole: float, stated: float, decimals: int) -> bool:
    """Whether ``stated`` percent is what ``part`` of ``whole`` makes, rounded to ``decimals``."""
    return abs(100 * part / whole - stated) <= float(f"0.5e-{decimals}") + 1e-9


def percent(part: int, whole: float, decimals: int) -> str:
    """The right percentage, written with as many decimals: ``57,41``."""
    return f"{100 * part / whole:.{decimals}f}".replace(".", ",")


def find(text: str) -> list[Share]:
    """The counts in the text that have a percentage in brackets."""
    found = []
    for match in _COUNTED.finditer(text):
        count, share = int(match["count"].replace(".", "")), match["share"].replace(".", ",")
        found.append(
            Share(
                count, match["noun"].strip(), float(share.replace(",", ".")), len(share.partition(",")[2]),
                match.start(), match.end(), match.span("share"), match.end("count"),
            )
        )  # fmt: skip
    return found


def judge(text: str, shares: list[Share]) -> Iterator[Remark]:
    """``indicator.share`` and ``indicator.parts`` of percentages whose whole the text itself tells."""
    yield from _fractions(text)
    yield from _rates(text)
    for group in _groups(text, shares):
        yield from _group(text, group)


def differs(label: str, share: Share, whole: float) -> Remark:
    """That the share is not that of ``whole``."""
    right = percent(share.count, whole, share.decimals)
    return _remark(label, share.start, share.end, share.figures, share.stated, share.decimals, right)


# ---- a part of a whole: "31/54"


def _fractions(text: str) -> Iterator[Remark]:
    for pattern in (_FRACTION, _SHARE_FIRST, _OUT_OF) if "/" in text else (_OUT_OF,):
        for match in pattern.finditer(text):
            part, whole = (int(match[name].replace(".", "")) for name in ("part", "whole"))
            share = match["share"].replace(".", ",")
            stated, decimals = float(share.replace(",", ".")), len(share.partition(",")[2])
            if whole < 2 or agrees(part, whole, stated, decimals):
                continue
            if pattern is _OUT_OF:
                things = tuple(match["of"].split())
                if not same_things(things, tuple(match["noun"].split())):
                    continue
                if part > whole:
                    yield _too_many(match, things, part, whole)
                    continue
            elif part > whole or 1900 <= whole <= 2100:
                continue
            how = match.groupdict().get("how") or "("
            clear = how.startswith("(") or "lệ" in how or "chiếm" in how
            # "15/20 xã đạt 90%" may say how far those 15 are.
            if not clear and abs(100 * part / whole - stated) > 1:
                continue
            noun = match.groupdict().get("noun") or ""
            label = f"{match['part']}/{match['whole']}" + " ".join(noun.split(" ")[:4])
            right = percent(part, whole, decimals)
            yield _remark(label, match.start(), match.end(), match.span("share"), stated, decimals, right)


def _too_many(match: re.Match[str], things: tuple[str, ...], part: int, whole: int) -> Remark:
    values = {"words": " ".join((match["whole"], *things[:2])), "part": match["part"]}
    return Remark("indicator.parts", *match.span(), _TOO_MANY, values, expected=None, actual=part)


def _rates(text: str) -> Iterator[Remark]:
    """Shares of what a sentence counted last, of the number that it begins with."""
    if "lệ" not in text:
        return
    for match in _RATE.finditer(text):
        start = max(text.rfind("\n", 0, match.start()), text.rfind(". ", 0, match.start())) + 1
        before = counts(text, start, match.start())
        part, share = int(match["part"].replace(".", "")), match["share"].replace(".", ",")
        stated, decimals = float(share.replace(",", ".")), len(share.partition(",")[2])
        if not before or any(count.value and agrees(part, count.value, stated, decimals) for count in before):
            continue
        whole = before[0]
        # The other part, told as well, leaves no doubt what the whole is.
        if whole.loose or not any(count.value + part == whole.value for count in before[1:]):
            continue
        label = match["part"] + " " + " ".join((match["noun"] + match["what"]).split()[:4])
        right = percent(part, whole.value, decimals)
        yield _remark(label, match.start(), match.end(), match.span("share"), stated, decimals, right)


# ---- counts of one list, and the whole told before


def _groups(text: str, shares: list[Share]) -> Iterator[list[Share]]:
    """Shares of the same things that stand near one another."""
    group: list[Share] = []
    for share in shares:
        if group:
            last = group[-1]
            near = share.start - last.end < _APART and text.count("\n", last.end, share.start) <= 2
            whole_between = any(same_things(count.noun, _noun(share)) for count in counts(text, last.end, share.start))
            if not near or whole_between or not same_things(_noun(last), _noun(share)):
                yield group
                group = []
        group.append(share)
    if group:
        yield group


def _noun(share: Share) -> tuple[str, ...]:
    return tuple(share.noun.split())


def _group(text: str, group: list[Share]) -> Iterator[Remark]:
    line = text.rfind("\n", 0, group[0].start) + 1
    begin = _beginning(text, group[0].start)
    near = counts(text, begin, group[0].start)
    within = [count for one in group for count in counts(text, one.start, one.count_end)]
    known = {count.value for count in (*near, *within)} | {sum(share.count for share in group)}
    wrong = [share for share in group if not any(share.is_of(whole) for whole in known if whole >= share.count)]
    if not wrong:
        yield from _other_whole(group, near, text)
        return
    wholes = [count for count in near if not count.loose and same_things(count.noun, _noun(group[0]))]
    whole = _whole(text, group, wholes, line)
    if whole is None:
        return
    others = [share for share in group if share not in wrong]
    rest = whole - sum(share.count for share in others)
    if len(wrong) == 1 and others and agrees(max(rest, 0), whole, wrong[0].stated, wrong[0].decimals):
        # All percentages are right; it is the count that is not.
        [share] = wrong
        if similar(rest, share.count):
            yield _miscounted(share.noun, share.start, share.count_end, rest, share.count)
            return
    for share in wrong:
        if share.count <= whole:
            yield differs(f"{printed(share.count)} {share.noun}", share, whole)


def _beginning(text: str, at: int) -> int:
    """From where on the whole of a share at ``at`` is looked for."""
    begin = at
    for _line in range(_LINES):
        if begin <= 0 or at - begin > _FAR:
            break
        begin = text.rfind("\n", 0, begin)
    return max(begin, at - _FAR, 0)


def _whole(text: str, group: list[Share], wholes: list[Count], line: int) -> int | None:
    """The whole that the shares of a group are of; ``None`` where that is not clear."""
    added = sum(share.count for share in group)
    values = dict.fromkeys(count.value for count in wholes)
    if len(group) > 1 and added in values:
        return added
    agreeing = {whole: sum(share.is_of(whole) for share in group) for whole in values}
    best = max(agreeing.values(), default=0)
    if best:
        clear = [whole for whole, number in agreeing.items() if number == best]
        # One that agrees by chance is no witness against another one.
        return clear[0] if len(clear) == 1 and 2 * best >= len(group) else None
    same_line = [count for count in wholes if count.start >= line]
    if not same_line or len(values) != 1:
        return None
    between = text[same_line[-1].end : group[0].start]
    [whole] = values
    told = re.search(r"trong đó|gồm|trong số|cụ thể|:", between) is not None
    return whole if told or abs(100 * group[0].count / whole - group[0].stated) <= 1 else None


def _other_whole(group: list[Share], near: list[Count], text: str) -> Iterator[Remark]:
    """That all shares of a list agree with their own sum, and the whole told before it is another number by a slip."""
    added = sum(share.count for share in group)
    if len(group) < 2 or not all(share.is_of(added) for share in group):
        return
    if abs(sum(share.stated for share in group) - 100) > 0.5 * len(group):
        return
    wholes = [count for count in near if same_things(count.noun, _noun(group[0]))]
    if not wholes or any(count.value == added for count in near):
        return
    last = wholes[-1]
    if similar(last.value, added):
        noun = " ".join(last.noun)
        yield _miscounted(noun, last.start, last.end, added, last.value)


def _miscounted(noun: str, start: int, end: int, right: int, said: int) -> Remark:
    values = {"label": f"{printed(said)} {noun}".strip(), "expected": printed(right), "actual": printed(said)}
    return Remark("indicator.parts", start, end, _MISCOUNTED, values, expected=right, actual=said)


def _remark(
    label: str, start: int, end: int, figures: tuple[int, int], stated: float, decimals: int, right: str
) -> Remark:
    written = f"{stated:.{decimals}f}".replace(".", ",")
    values = {"label": label, "actual": written, "expected": right}
    expected = round(float(right.replace(",", ".")), decimals)
    return Remark(
        "indicator.share", start, end, DIFFERS, values, expected=expected, actual=stated,
        edit=(*figures, right), label=TAKE,
    )  # fmt: skip
