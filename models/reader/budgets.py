"""Amounts of money that add up, told beside one another: a total, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.i18n import N_
from models.money import format_amount
from models.reader.amounts import AMOUNT, amount_of, unit_of
from models.reader.counts import similar
from models.reader.remark import Remark
from models.reader.shares import DIFFERS, TAKE, agrees, percent

_AMOUNT = re.compile(rf"(?<![\d.,/]){AMOUNT}(?!\s?/)", re.IGNORECASE)
#: One of these stands in every text with amounts.
_SAID = ("đồng", "triệu", "tỷ", "nghìn", "ngàn", " đ", "0đ", "VN")
#: What money comes from, or goes to by law: the parts that a total is made of.
_SOURCE = re.compile(
    r"vốn|ngân sách|\bNS|nguồn|sự nghiệp|đầu tư|chi thường xuyên|trung ương|địa phương|xã hội hóa|\bODA\b|\bkhác\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:bao gồm|gồm(?: có)?)\s*:?\s*$", re.IGNORECASE)
_JOINT = re.compile(r"[^\d.]{0,60}?(?:trong đó(?: có)?|bao gồm|gồm(?: có)?)\s*:?", re.IGNORECASE)
_OPEN = re.compile(r"\.\.\.|…|\bv\.v|\bcòn lại\b|\bchủ yếu\b", re.IGNORECASE)
_TOTAL = re.compile(r"^\W*(?:(?:\d{1,2}|[a-zđ])[).]\s*)?(?:\*\s*)?(?:tổng|cộng)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"\.(?=\s|$)|!|\?")
_BULLET = re.compile(r"^\s*[-+•]\s")
_BRACKETS = re.compile(r"\([^()\n]{0,400}\)")
_SHARE = re.compile(
    rf"(?<![\d.,/]){AMOUNT},?\s{{1,2}}(?:bằng|chiếm|đạt|tương đương)\s(?:tỷ lệ\s|tỉ lệ\s)?"
    r"(?P<share>\d{1,3}(?:[,.]\d{1,4})?)\s?%(?!\s(?:kế hoạch|chỉ tiêu|dự toán))",
    re.IGNORECASE,
)

_DIFFERS = N_("Các khoản nêu trong câu cộng lại là {expected} {unit}, khác {actual} {unit} đã nêu.")


@dataclass(frozen=True, slots=True)
class Item:
    """One amount (đồng) with what stands before it; ``unit`` as it is written."""

    label: str
    amount: int
    unit: str
    start: int
    end: int


def find(text: str) -> Iterator[Remark]:
    """``indicator.parts``: each total whose parts, told beside it, surely add up to another amount."""
    if not any(unit in text for unit in _SAID) or len(_AMOUNT.findall(text)) < 2:
        return
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        yield from _in_brackets(line, at)
        yield from _in_sentence(line, at)
        if line.strip():
            lines.append((at, line))
        at += len(line) + 1
    yield from _in_lines(lines)
    if "%" in text:
        yield from _shares(text)


# ---- "180.354,5 triệu đồng (vốn đầu tư: 107.124 triệu đồng, vốn sự nghiệp: 73.230,5 triệu đồng)"


def _in_brackets(line: str, offset: int) -> Iterator[Remark]:
    for bracket in _BRACKETS.finditer(line):
        before = list(_AMOUNT.finditer(line, 0, bracket.start()))
        if not before:
            continue
        between = _BRACKETS.sub("", line[before[-1].end() : bracket.start()])
        sure = not between.strip() or "toàn bộ" in between
        whole = _item(before[-1], "")
        parts = _items(line, bracket.start() + 1, bracket.end() - 1)
        if whole is None or len(between) > 120 or _SENTENCE.search(between) or not _from_sources(parts):
            continue
        if sure or _slip(whole.amount, [part.amount for part in parts]):
            yield from _judge(whole, parts, offset, sure)


# ---- "120 triệu đồng, trong đó ngân sách tỉnh 100 triệu đồng, nguồn khác 20 triệu đồng"


def _in_sentence(line: str, offset: int) -> Iterator[Remark]:
    bare = _BRACKETS.sub(lambda match: " " * len(match.group()), line)
    found = list(_AMOUNT.finditer(bare))
    for index, match in enumerate(found[:-2]):
        joint = _JOINT.match(bare, match.end())
        whole = _item(match, "")
        if joint is None or whole is None or found[index + 1].start() < joint.end():
            continue
        parts = _items(bare, joint.end(), _end(bare, joint.end()))
        if _from_sources(parts):
            yield from _judge(whole, parts, offset, sure=_ALL.search(joint.group()) is not None)


def _from_sources(parts: list[Item]) -> bool:
    return bool(parts) and all(_SOURCE.search(part.label) for part in parts)


def _end(line: str, at: int) -> int:
    match = _SENTENCE.search(line, at)
    return match.start() if match else len(line)


# ---- a line with the total, and a line for each part before it or behind it


def _in_lines(lines: list[tuple[int, str]]) -> Iterator[Remark]:
    items = [_of_line(offset, line) for offset, line in lines]
    listed = [
        item is not None and _BULLET.match(line) is not None for item, (_at, line) in zip(items, lines, strict=True)
    ]
    for index, (_offset, line) in enumerate(lines):
        whole = items[index]
        if whole is None or whole.amount == 0 or listed[index] or not _TOTAL.match(line):
            continue
        behind = _run(items, listed, lines, index + 1, 1)
        before = _run(items, listed, lines, index - 1, -1)
        if _from_sources(behind):
            yield from _judge(whole, behind, 0, sure=True)
        elif before and not behind:
            yield from _judge(whole, before, 0, sure=True)


def _run(
    items: list[Item | None], listed: list[bool], lines: list[tuple[int, str]], index: int, step: int
) -> list[Item]:
    """The bullets that stand one after another from ``index`` on; none where one of them has no amount."""
    found: list[Item] = []
    while 0 <= index < len(items) and _BULLET.match(lines[index][1]):
        item = items[index]
        if item is None or not listed[index]:
            return []
        found.append(item)
        index += step
    # Bullets below the total of a list before are that one's.
    if step < 0 and index >= 0 and items[index] is not None:
        return []
    return found if len(found) > 1 else []


def _of_line(offset: int, line: str) -> Item | None:
    """The one amount of a line outside of brackets."""
    bare = _BRACKETS.sub(lambda match: " " * len(match.group()), line)
    found = list(_AMOUNT.finditer(bare))
    if len(found) == 1:
        rest = bare[found[0].end() :].strip(" .;,")
        item = _item(found[0], bare[: found[0].start()])
        behind = bare[found[0].end() :].lstrip()[:1]
        if item is None or (_BULLET.match(line) and behind.isalnum() and not rest.lower().startswith(("cho ", "để "))):
            return None
        return Item(item.label, item.amount, item.unit, offset + item.start, offset + item.end)
    if not found and re.search(r":\s*(?:không(?: có)?|0|-)[\s.;,]*$", bare, re.IGNORECASE):
        return Item(bare, 0, "", offset, offset)
    return None


# ---- "chi 87.751 triệu đồng, đạt 46,4% tổng kinh phí"


def _shares(text: str) -> Iterator[Remark]:
    """``indicator.share`` of an amount with the percentage that it is of the one total told in the text."""
    found = [(match, amount) for match in _AMOUNT.finditer(text) if (amount := amount_of(match))]
    for match in _SHARE.finditer(text):
        amount = amount_of(match)
        share = match["share"].replace(".", ",")
        stated, decimals = float(share.replace(",", ".")), len(share.partition(",")[2])
        if not amount or any(agrees(amount, other, stated, decimals) for _match, other in found):
            continue
        wholes = {
            other: told
            for told, other in found
            if other > amount and _TOTAL.match(text[text.rfind("\n", 0, told.start()) + 1 : told.start()])
        }
        if len(wholes) != 1:
            continue
        [whole] = wholes
        right = percent(amount, whole, decimals)
        # Only where it is so near that nothing else can be meant.
        if similar(int(right.replace(",", "")), int(share.replace(",", ""))):
            values = {"label": match.group("amount") + " " + match.group("unit"), "actual": share, "expected": right}
            yield Remark(
                "indicator.share", match.start(), match.end(), DIFFERS, values,
                expected=round(float(right.replace(",", ".")), decimals), actual=stated,
                edit=(*match.span("share"), right), label=TAKE,
            )  # fmt: skip


# ---- both


def _items(line: str, start: int, end: int) -> list[Item]:
    """The parts of a list "what: how much; what: how much"; empty where it is no clear list of two or more."""
    if _OPEN.search(line, start, end):
        return []
    found: list[Item] = []
    for at, said in _pieces(line, start, end):
        match = _AMOUNT.search(said)
        if match is None:
            nothing = re.search(r":\s*(?:không(?: có)?|0|-)\s*$", said, re.IGNORECASE)
            if nothing is None:
                return []
            found.append(Item(said[: nothing.start()], 0, "", at, at))
            continue
        item = _item(match, said[: match.start()])
        if item is None or said[match.end() :].strip(" .") or not item.label.strip(" :"):
            return []
        found.append(Item(item.label, item.amount, item.unit, at + item.start, at + item.end))
    return found if len(found) > 1 else []


def _pieces(line: str, start: int, end: int) -> list[tuple[int, str]]:
    found, at = [], start
    for match in re.compile(r";|,(?=\s)|\bvà\b(?=[^\d;,]{1,80}\d)").finditer(line, start, end):
        found.append((at, line[at : match.start()]))
        at = match.end()
    found.append((at, line[at:end]))
    return [(at, said) for at, said in found if said.strip()]


def _item(match: re.Match[str], label: str) -> Item | None:
    amount = amount_of(match)
    return None if amount is None else Item(label, amount, unit_of(match), match.start(), match.end())


def _judge(whole: Item, parts: list[Item], offset: int, sure: bool) -> Iterator[Remark]:
    amounts = [part.amount for part in parts]
    added = sum(amounts)
    if added == whole.amount or not added:
        return
    if not sure and added < whole.amount and not _slip(whole.amount, amounts):
        return
    values = {
        "expected": format_amount(added, whole.unit),
        "actual": format_amount(whole.amount, whole.unit),
        "unit": UNIT_NAMES[whole.unit],
    }
    yield Remark(
        "indicator.parts", offset + whole.start, offset + whole.end, _DIFFERS, values, expected=added,
        actual=whole.amount,
    )  # fmt: skip


def _slip(whole: int, parts: list[int]) -> bool:
    """Whether one wrong digit, or one wrong unit, explains that the parts do not add up."""
    added = sum(parts)
    if similar(whole, added):
        return True
    return any(
        similar(part, right) or right in (part * 1000, part * 10**6) or right * 1000 == part
        for part in parts
        if part and (right := part + whole - added) > 0
    )


UNIT_NAMES = {"dong": "đồng", "thousand": "nghìn đồng", "million": "triệu đồng", "billion": "tỷ đồng"}
