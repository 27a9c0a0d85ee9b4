"""The body of a Word plan taken apart: headings as sections, text with bullets, legal bases, places of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models import pasted_lines
from models.bases import basis_text, parse_basis
from models.exports.phrases import without_ending
from models.folding import fold
from models.i18n import N_
from models.imports.grid import Grid
from models.imports.understood import Doubt
from models.imports.word_head import is_rule
from models.imports.word_headings import Heading, Meanings, Outline, heading_of, own_key
from models.imports.word_text import Paragraph
from models.plan import LegalBasis, Section, walk_sections
from models.text import BASES_SECTION, PLACEHOLDER, Kind

Block = Paragraph | Grid

#: Deeper than this a plan document does not nest sections; what is headed deeper stays as bold text.
_DEEPEST = 5
_BASIS = re.compile(r"(?:can cu|thuc hien|xet|theo|tren co so)\b")
_CITED = re.compile(
    r"(?:[-–+•]\s*)?(?:Căn cứ|Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Công văn|Kế hoạch"
    r"|Văn bản|Kết luận|Thông báo|Công điện|Hướng dẫn)\b"
)
_UNIT_LINE = re.compile(r"\(?\s*(?:don vi(?: tinh)?|dvt)\s*[:.]")
_TABLE_LINE = re.compile(r"(?:bang|bieu|phu luc|danh muc|mau)\b")
_MARKED_SIGN = re.compile(r"(\*{1,3})\s*([-–—+•·●▪■◆➢✓◦○▫])\s+")


@dataclass(slots=True)
class Line:
    """One paragraph of a section's text, and where it comes from."""

    kind: Kind
    text: str
    source: Paragraph


@dataclass(slots=True)
class Placed:
    """A table where it stands: in a section (``None``: before the first, or an appendix), under its title."""

    grid: Grid
    section: Section | None
    title: str = ""
    #: Whether nothing stands between it and the table before.
    follows: bool = False
    #: Lines below it that may be its total in words.
    below: list[Paragraph] = field(default_factory=list)
    is_appendix: bool = False


class Body:
    """Sections, bases and places of tables, as they are found one block after another."""

    def __init__(self, meanings: Meanings) -> None:
        self.sections: list[Section] = []
        self.bases: list[LegalBasis] = []
        self.tables: list[Placed] = []
        self.doubts: list[Doubt] = []
        #: Depth and number style of each heading.
        self.styles: list[tuple[int, str]] = []
        self._meanings = meanings
        self._outline = Outline()
        self._path: list[Section] = []
        self._lines: dict[int, list[Line]] = {}
        self._intro: list[Line] = []
        self._last: Block | None = None
        self._last_heading: Heading | None = None
        self._cites = False

    # ---- block after block

    def take(self, blocks: Sequence[Block]) -> None:
        """Take the blocks between the head and the end of a document."""
        for at, block in enumerate(blocks):
            if isinstance(block, Grid):
                self._take_table(block)
                self._last_heading = None
            elif not is_rule(block.plain) or not block.plain.strip():
                following = blocks[at + 1] if at + 1 < len(blocks) else None
                self._take_paragraph(block, following if isinstance(following, Paragraph) else None)
            self._last = block

    def _take_paragraph(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        last = self._last_heading
        heading = None if self._is_basis(paragraph) else heading_of(paragraph, following)
        if last is not None and last.style in ("part", "title") and _goes_on(paragraph, last, heading):
            section = self._path[-1]
            self._retitle(section, " ".join(f"{last.title} {' '.join(paragraph.plain.split())}".split()))
            last.title = section.heading
            return
        if heading is None:
            self._last_heading = None
            self._take_text(paragraph)
            return
        depth = self._outline.depth(heading)
        if depth >= _DEEPEST:
            self._last_heading = None
            self.add(paragraph)
            return
        self._begin(heading, depth)

    def _begin(self, heading: Heading, depth: int) -> None:
        del self._path[depth:]
        section = Section(heading=heading.title)
        (self._path[-1].sections if self._path else self.sections).append(section)
        self._path.append(section)
        self._lines[id(section)] = []
        self.styles.append((depth, heading.style))
        self._last_heading = heading
        self._cites = False
        self._name(section)
        if self._intro:
            self._lines[id(section)] += self._intro
            self._intro = []
            sentence = N_("Lời mở đầu trước đề mục thứ nhất được đặt vào mục “{heading}”.")
            self.doubts.append(Doubt(-1, -1, sentence, {"heading": section.heading}, "info"))

    def _retitle(self, section: Section, title: str) -> None:
        self._meanings.used.discard(section.key)
        section.heading = title
        section.key = ""
        self._name(section)

    def _name(self, section: Section) -> None:
        """Give a section the key of the one that its heading means, or one of its own."""
        above = next((one.key for one in reversed(self._path[:-1]) if self._is_known(one.key)), "")
        is_part = len(self._path) == 1 and self.styles[-1][1] in ("part", "A")
        key = self._meanings.key(section.heading, above, is_part) if section.heading else ""
        if not key:
            parent = self._path[-2].key if len(self._path) > 1 else ""
            key = own_key(parent, [one.key for one in walk_sections(self.sections)])
        section.key = key

    def _is_known(self, key: str) -> bool:
        return self._meanings.template.section(key) is not None

    # ---- text

    def _take_text(self, paragraph: Paragraph) -> None:
        if self._is_basis(paragraph):
            self._cites = True
            for line in paragraph.plain.split("\n"):
                self._take_basis(line)
        else:
            self.add(paragraph)

    def _is_basis(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph cites what the plan is based on: before the first heading, or in the section of bases."""
        text = re.sub(r"^\s*[-–+•]\s*", "", paragraph.plain).strip()
        if not text or text.endswith(":"):
            return False
        if not self.sections:
            begun = fold(text)
            return begun.startswith("can cu ") or (
                self._cites and bool(_BASIS.match(begun) or _CITED.match(text)) and text.endswith((";", ",", "."))
                and not re.search("nhu sau|ban hanh ke hoach|xay dung ke hoach", begun)
            )  # fmt: skip
        if self._path[-1].key != BASES_SECTION:
            return False
        return bool(_CITED.match(text)) or paragraph.is_sign or paragraph.plain.strip()[:1] in "-–+•"

    def _take_basis(self, line: str) -> None:
        text = without_ending(re.sub(r"^\s*[-–+•]\s*", "", " ".join(line.split())))
        if text:
            self.bases.append(basis_of(text))

    def add(self, paragraph: Paragraph) -> None:
        """Put a paragraph into the text of the section that is open; before the first one, into that."""
        target = self._lines[id(self._path[-1])] if self._path else self._intro
        target.append(line_of(paragraph))

    def _take_table(self, grid: Grid) -> None:
        section = self._path[-1] if self._path else None
        lines = self._lines[id(section)] if section is not None else self._intro
        follows = isinstance(self._last, Grid)
        title: list[str] = []
        while lines and lines[-1].source is self._last and not follows:
            source = lines[-1].source
            plain = " ".join(source.plain.split())
            if not (_UNIT_LINE.match(fold(plain)) or (_is_title(source) and not title)):
                break
            if not _UNIT_LINE.match(fold(plain)):
                title.insert(0, plain)
            lines.pop()
            self._last = lines[-1].source if lines else None
        self.tables.append(Placed(grid, section, " ".join(title), follows))

    # ---- the end

    def finish(self) -> None:
        """Give the sections their texts; what has no heading at all goes under one."""
        if self._intro:
            section = Section(key=own_key("", []), heading="NỘI DUNG")
            self.sections.append(section)
            self._lines[id(section)] = self._intro
            self.doubts.append(Doubt(-1, -1, N_("Không nhận ra đề mục nào; toàn bộ lời văn được đặt vào một mục.")))
        for section in walk_sections(self.sections):
            section.text = self._text(section)
        self._meanings.name_goals(self.sections)
        last = next((one for one in reversed(list(walk_sections(self.sections))) if one.text), None)
        if last is not None and last.text.rstrip(" *").endswith("./."):
            last.text = re.sub(r"\.?/\.([ *]*)\Z", r".\1", last.text)

    def _text(self, section: Section) -> str:
        lines = self._lines.get(id(section), [])
        text = pasted_lines.stored(pasted_lines.Paragraph(line.kind, line.text) for line in lines)
        if PLACEHOLDER.search(text):
            sentence = N_("Mục “{heading}” có dấu ngoặc nhọn, được đổi thành ngoặc đơn: {words}.")
            words = ", ".join(match[0] for match in PLACEHOLDER.finditer(text))
            self.doubts.append(Doubt(-1, -1, sentence, {"heading": section.heading, "words": words}, "info"))
            text = PLACEHOLDER.sub(r"(\1)", text)
        return text

    def append(self, paragraphs: Iterable[Paragraph]) -> str:
        """Put what has no other place at the end of the last section; gives its heading."""
        if not self._path:
            self._intro += [line_of(paragraph) for paragraph in paragraphs]
            return ""
        self._lines[id(self._path[-1])] += [line_of(paragraph) for paragraph in paragraphs]
        return self._path[-1].heading

    def add_section(self, heading: str, paragraphs: Iterable[Paragraph]) -> None:
        """A section of its own behind all others, with a text."""
        section = Section(key=own_key("", [one.key for one in walk_sections(self.sections)]), heading=heading)
        self.sections.append(section)
        self._lines[id(section)] = [line_of(paragraph) for paragraph in paragraphs]


def line_of(paragraph: Paragraph) -> Line:
    """A paragraph as a line of a section's text: bullets by their signs, other numbers as typed text."""
    text = _MARKED_SIGN.sub(r"\2 \1", paragraph.text.strip(), count=1)
    if paragraph.is_sign:
        return Line("subbullet" if paragraph.number == "+" else "bullet", text, paragraph)
    if paragraph.number:
        return Line("text", f"{paragraph.number} {text}", paragraph)
    kind, rest = pasted_lines.kind_of(text)
    return Line(kind, rest, paragraph)


def basis_of(text: str) -> LegalBasis:
    """The document that a line cites; as it stands where its parts do not say all of it again."""
    parsed = parse_basis(text)
    if not parsed.kind or _letters(basis_text(parsed)) != _letters(
        re.sub(r"^căn cứ\s+", "", text, flags=re.IGNORECASE)
    ):
        return LegalBasis(text=text)
    return parsed


def _letters(text: str) -> list[str]:
    """The words of a citation, however its day and its number are written."""
    text = re.sub(r"\b0+(?=\d)|\btháng\b|\bnăm\b|\bsố\b|[,;:/.]", " ", text.casefold())
    return sorted(text.split())


def _goes_on(paragraph: Paragraph, last: Heading, heading: Heading | None) -> bool:
    """Whether a line goes on with the title above it: without a number, in the middle or in capitals."""
    if not paragraph.plain.strip() or paragraph.is_sign or paragraph.number:
        return False
    if heading is not None and heading.style != "title" and not heading.style.startswith("h"):
        return False
    if last.style == "part" and not last.title:
        return paragraph.bold or paragraph.caps or paragraph.alignment == "center"
    return paragraph.caps and (last.style == "part" or (paragraph.bold and paragraph.alignment == "center"))


def _is_title(paragraph: Paragraph) -> bool:
    """Whether a line above a table is its title."""
    text = " ".join(paragraph.plain.split())
    if len(text) > 250 or paragraph.is_sign or not text:
        return False
    is_middle = paragraph.alignment == "center"
    named = bool(_TABLE_LINE.match(fold(text))) and not text.endswith((".", ";", ":"))
    return (is_middle and (paragraph.bold or paragraph.caps or named)) or (
        named and (paragraph.bold or paragraph.italic)
    )
