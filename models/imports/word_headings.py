"""Headings of a Word plan: which paragraphs are, how deep, and which section of the template each of them means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.folding import fold
from models.imports.word_text import Paragraph
from models.plan import Section, walk_sections
from models.template import SectionSpec, Template, fill_years

_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
#: How numbers are written before headings; the name of each is its style, their order how deep it stands at least.
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(
            rf"(?:PHẦN|Phần|phần)\s+(?:(?:THỨ|thứ|Thứ)\s+\w+|{_ROMAN}|[A-H]|\d{{1,2}})(?![\w])\s*[.:;)–-]*\s*|"
            rf"(?:CHƯƠNG|Chương)\s+(?:{_ROMAN}|\d{{1,2}})(?!\w)\s*[.:;)–-]*\s*"
        ),
    ),
    ("A", re.compile(r"[A-HK](?:[.)/]|\s[-–])\s*(?=\S)")),
    ("I", re.compile(rf"(?:(?:MỤC|Mục)\s+)?{_ROMAN}(?:\s*[.)/:]|\s+[-–])\s*(?=\S)")),
    ("1.1.1.1", re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2}\.?[)/]?\s+(?=\S)")),
    ("1.1.1", re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.?[)/]?\s+|\.)(?=[^\s\d])")),
    ("1.1", re.compile(r"(?:[IVXL]{1,5}|\d{1,2})\.\d{1,2}(?:\.?[)/]?\s+|\.)(?=[^\s\d])")),
    ("1", re.compile(r"(?:(?:MỤC|Mục)\s+)?\d{1,2}(?:\s*[.)/:]\s*|\s+[-–]\s+)(?=[^\s\d])")),
    ("a", re.compile(r"[a-zđ]{1,2}(?:\.?[)/]|\.)\s*(?=\S)")),
)
#: Below a style stand those of higher rank.
_RANKS = {"part": 0, "A": 1, "title": 2, "I": 3, "1": 5, "1.1": 6, "1.1.1": 7, "1.1.1.1": 8, "a": 9, "bold": 10}
#: Longer than this nothing is a heading; a numbered one in letters of the text may have so many.
_LONGEST, _LONGEST_PLAIN = 400, 160
#: At least so alike are a heading and that of the section it means.
_ALIKE = 0.68
_SAID = "ve cac nhung cua va cho trong tai den tu nam giai doan ky theo voi cong tac viec so tinh huyen xa don vi"
_FILLERS = frozenset(_SAID.split())
#: "Mục tiêu" holds the general and the particular ones.
_BOTH, _GOALS, _PLAN = frozenset(("muc", "tieu")), "plan.targets", "plan"
#: Other names that offices give to the sections that shipped templates have, by the last part of their keys.
_MEANINGS = {
    "review": ("danh gia ket qua thuc hien", "ket qua thuc hien", "tinh hinh thuc hien", "thuc trang",
               "danh gia tinh hinh"),
    "plan": ("noi dung ke hoach", "noi dung", "ke hoach", "phuong huong nhiem vu"),
    "legal": ("moi truong phap ly", "hoan thien moi truong chinh sach", "hoan thien the che", "co che chinh sach",
              "hoan thien quy che quy dinh phap ly", "moi truong chinh sach", "the che so",
              "hoan thien moi truong phap ly"),
    "infrastructure": ("ha tang ky thuat", "ha tang so", "phat trien ha tang ky thuat", "ha tang cong nghe thong tin"),
    "platforms": ("he thong nen tang", "nen tang so", "phat trien he thong nen tang"),
    "data": ("phat trien du lieu", "du lieu", "du lieu so", "co so du lieu"),
    "apps": ("ung dung dich vu", "ung dung cntt", "ung dung cong nghe thong tin", "phat trien ung dung dich vu"),
    "people": ("nguon nhan luc", "nhan luc", "phat trien nguon nhan luc", "dao tao boi duong", "nguon nhan luc cntt"),
    "security": ("an toan thong tin", "an toan thong tin mang", "bao dam an toan thong tin",
                 "dam bao an toan thong tin"),
    "budget": ("kinh phi thuc hien", "kinh phi", "nguon kinh phi", "du toan kinh phi", "kinh phi dam bao thuc hien"),
    "assessment": ("danh gia chung", "nhan xet chung", "han che nguyen nhan", "ton tai han che"),
    "bases": ("can cu lap ke hoach", "can cu phap ly", "can cu", "co so phap ly", "can cu xay dung ke hoach"),
    "goal": ("muc tieu tong quat", "muc tieu chung", "muc dich tong quat", "muc dich", "muc dich yeu cau"),
    "targets": ("muc tieu cu the", "chi tieu cu the", "chi tieu"),
    "tasks": ("nhiem vu", "nhiem vu trong tam", "nhiem vu cu the", "nhiem vu chu yeu"),
    "solutions": ("giai phap", "giai phap thuc hien", "cac giai phap chu yeu"),
    "organisation": ("to chuc thuc hien", "phan cong nhiem vu", "trach nhiem thuc hien", "to chuc trien khai"),
    "tasklist": ("danh muc nhiem vu du an", "danh muc nhiem vu", "danh muc du an"),
}  # fmt: skip


@dataclass(slots=True)
class Heading:
    """A heading: the style of its number, ``title`` for an unnumbered one in capitals, ``bold``; its title."""

    style: str
    title: str
    number: str = ""
    bold: bool = False


def number_of(text: str) -> tuple[str, str, str] | None:
    """The number that a line begins with, its style, and what stands behind it; ``None`` without one."""
    for style, pattern in _NUMBERS:
        match = pattern.match(text)
        if match and (style == "part" or text[match.end() :].strip()):
            return match[0].strip(), style, text[match.end() :].strip()
    return None


def heading_of(paragraph: Paragraph, following: Paragraph | None = None) -> Heading | None:
    """The heading that a paragraph is; ``None`` for text. ``following`` is what stands behind it."""
    text = " ".join(f"{'' if paragraph.is_sign else paragraph.number} {paragraph.plain}".split())
    if not text or len(text) > _LONGEST or (paragraph.is_sign and paragraph.outline < 0):
        return None
    found = number_of(text)
    is_styled = 0 <= paragraph.outline <= 5
    title = text if found is None else found[2]
    if found is not None:
        number, style, title = found
        if style == "part" and not title and paragraph.plain.strip():
            return Heading(style, "", number, True)
        if is_styled or _is_set_apart(paragraph, title) or _reads_as_heading(paragraph, style, title, following):
            return Heading(style, _bare(title), number, paragraph.bold)
        return None
    if is_styled:
        return Heading(f"h{paragraph.outline}", _bare(title), "", paragraph.bold)
    letters = [letter for letter in title if letter.isalpha()]
    if paragraph.caps and paragraph.bold and len(letters) > 3 and not title.startswith(("-", "+", "*", "(")):
        return Heading("title", _bare(title), "", True)
    return None


def _is_set_apart(paragraph: Paragraph, title: str) -> bool:
    """Whether a numbered paragraph looks otherwise than text: bold, capitals, italic and short."""
    if title.endswith((";", "./.")) and not paragraph.bold:
        return False
    return paragraph.bold or (paragraph.caps and len(title) > 3) or (paragraph.italic and len(title) <= _LONGEST_PLAIN)


def _reads_as_heading(paragraph: Paragraph, style: str, title: str, following: Paragraph | None) -> bool:
    """Whether a number and a short line in letters of the text head what follows: not one item of many."""
    if len(title) > _LONGEST_PLAIN or title.endswith((";", ",", ".", "…")) or not title[0].isupper() or style == "a":
        return False
    if style in ("part", "A", "I"):
        return True
    if following is None:
        return False
    next_text = " ".join(f"{following.number} {following.plain}".split())
    after = number_of(next_text)
    deeper = after is not None and _RANKS[after[1]] > _RANKS[style]
    return (
        following.is_sign or next_text.startswith(("-", "+", "•")) or deeper or (after is None and len(next_text) > 80)
    )


def _bare(title: str) -> str:
    return re.sub(r"[\s:.;]+\Z", "", title.removesuffix("./.")) or title


# ---- how deep


class Outline:
    """How deep headings stand: each under the last one of a lower rank."""

    def __init__(self) -> None:
        self._open: list[float] = []

    def depth(self, heading: Heading) -> int:
        rank = _rank(heading)
        while self._open and self._open[-1] >= rank:
            self._open.pop()
        self._open.append(rank)
        return len(self._open) - 1


def _rank(heading: Heading) -> float:
    if heading.style.startswith("h"):
        # Unnumbered headings by Word's styles: between the numbered ones of the same depth.
        return (0.5, 3.5, 5.5, 6.5, 7.5, 9.5)[int(heading.style[1:])]
    return _RANKS[heading.style]


def styles_of(depths: Iterable[tuple[int, str]], usual: Sequence[str]) -> list[str]:
    """The number styles of plan.json by depth, as most headings of each depth have them."""
    found: dict[int, Counter[str]] = {}
    for depth, style in depths:
        found.setdefault(depth, Counter())[style] += 1
    made: list[str] = []
    for depth in sorted(found):
        style = found[depth].most_common(1)[0][0]
        own = {"part": "Phần I", "A": "Phần I", "I": "I", "1": "1", "a": "a"}.get(style)
        if own is None and style.startswith("1."):
            own = "1.1"
        if own is None or (own in made and own != "1.1"):
            free = [one for one in (*usual, "1", "1.1", "a") if one not in made]
            own = free[0] if free else "a"
        made.append(own)
    return made


# ---- what they mean


@dataclass(slots=True)
class Meanings:
    """Finds the template's section that a heading means; each section once."""

    template: Template
    first: int
    last: int
    used: set[str] = field(default_factory=set)
    _names: dict[str, list[frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def look(specs: Iterable[SectionSpec]) -> None:
            for spec in specs:
                own = fill_years(spec.heading, self.first, self.last)
                names = [own, *_MEANINGS.get(spec.key.rpartition(".")[2], ())]
                self._names[spec.key] = [words for name in names if (words := _words(name))]
                look(spec.sections)

        look(self.template.sections)

    def key(self, title: str, above: str, is_part: bool = False) -> str:
        """The key of the section that ``title`` means; empty where it means none.

        ``above``: the nearest section that it stands under and that is the template's, empty for none; ``is_part``:
        it is one of the parts that the whole document has.
        """
        words = _words(title)
        if not words or words == _BOTH:
            return ""
        best, found = 0.0, ""
        if not above and fold(title).startswith("ke hoach") and _PLAN in self._names and _PLAN not in self.used:
            best, found = 1.0, _PLAN
        for key, names in self._names.items():
            if key in self.used or (above and not key.startswith(f"{above}.")) or (is_part and "." in key):
                continue
            alike = max((_alike(words, name) for name in names), default=0.0)
            # Right below what it stands under, rather than further down; behind the plan no more of the review.
            alike -= 0.04 * (key.count(".") - (above.count(".") + 1 if above else 0))
            alike -= 0.2 * (not above and _PLAN in self.used and not key.startswith(_PLAN))
            if alike > best:
                best, found = alike, key
        if best < _ALIKE:
            return ""
        self.used.add(found)
        return found

    def name_goals(self, sections: Iterable[Section]) -> None:
        """A section "Mục tiêu" alone, without general and particular ones under it, holds the particular ones."""
        for section in walk_sections(list(sections)):
            if _words(section.heading) == _BOTH and _GOALS not in self.used and self.template.section(_GOALS):
                section.key = _GOALS
                self.used.add(_GOALS)


def _words(text: str) -> frozenset[str]:
    folded = re.sub(r"[^a-z]+", " ", fold(text).replace("cntt", "cong nghe thong tin"))
    words = [word for word in folded.split() if word not in _FILLERS]
    return frozenset(words)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike two headings are, from 0 to 1: the words they share, those of the shorter one counting more."""
    shared = len(one & other)
    if not shared:
        return 0.0
    return 0.45 * shared / len(other) + 0.2 * shared / len(one) + 0.35 * 2 * shared / (len(one) + len(other))


def own_key(above: str, taken: Iterable[str]) -> str:
    """A key for a section of the unit's own under the section of key ``above``."""
    used = set(taken)
    number = 1
    while (key := f"{above}.{number}" if above else f"own.{number}") in used:
        number += 1
    return key


def missing(template: Template, sections: Iterable[Section]) -> list[SectionSpec]:
    """The sections that the template requires and that are not among ``sections`` (all of a plan)."""
    keys = {section.key for section in sections}
    found: list[SectionSpec] = []

    def look(specs: Iterable[SectionSpec]) -> None:
        for spec in specs:
            if spec.required and spec.key not in keys:
                found.append(spec)
            look(spec.sections)

    look(template.sections)
    return found
