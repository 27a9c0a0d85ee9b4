"""A whole Word plan as a plan of a template: head, legal bases, sections by what headings mean, tables, signature.

What has no place is kept as text in the nearest section, and told. Nothing is dropped unsaid.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from models import document
from models.folding import fold
from models.i18n import N_
from models.imports import office, word_appendices, word_tables
from models.imports.grid import Grid
from models.imports.understood import Doubt
from models.imports.word import WordFile, is_frame
from models.imports.word_body import Block, Body
from models.imports.word_head import (
    addressee_of,
    begins_end,
    begins_head,
    end_of,
    head_of,
    is_nation,
    is_rule,
    kind_of,
    sides_of,
    sides_of_lines,
    take,
)  # fmt: skip
from models.imports.word_headings import Meanings, heading_of, missing, styles_of
from models.imports.word_text import Paragraph
from models.plan import Plan, Section, adopt, find_section, place, walk_sections
from models.template import VERSION_FIELD, Template, fill_years, walk

#: So far down the head of a document goes at most, and a title.
_HEAD, _TITLE_LINES = 14, 6


@dataclass(slots=True)
class Taken:
    """A plan out of a Word file (in no store), and what was unsure of it.

    ``keys``: for each picture of a table in the file, in order, the key of the table it became; empty: none.
    """

    plan: Plan
    doubts: list[Doubt] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def plan(word: WordFile, template: Template, name: str) -> Taken:
    """The plan that a Word file holds; ``name`` is the file's, for sentences.

    ``DocumentError`` where it holds more than a plan may.
    """
    return _Maker(word, template).made(name)


class _Maker:
    """One plan being made."""

    def __init__(self, word: WordFile, template: Template) -> None:
        self._template = template
        self._grids = [block for block in word.blocks if isinstance(block, Grid)]
        self._blocks: list[Block] = [
            block for block in word.blocks if isinstance(block, Grid) or block.plain.strip() or block.number
        ]
        self._doubts = list(word.doubts)
        self._plan = Plan(id=str(uuid.uuid4()), template=template.id, addressee=template.addressee)

    def made(self, name: str) -> Taken:
        made = self._plan
        start = self._take_head()
        end, behind = word_appendices.find_end(self._blocks, start)
        self._take_years()
        body = Body(Meanings(self._template, made.period_from or 0, made.period_to or 0))
        self._take_body(body, self._blocks[start:end])
        self._take_end(body, self._blocks[end:behind])
        word_appendices.take(body, self._blocks[behind:], self._tell)
        tables = word_tables.make(body.tables, self._template, made.period_from or 0, made.period_to or 0)
        self._keep_below(body, tables.consumed)
        body.finish()
        made.sections, made.legal_bases, made.tables = body.sections, body.bases, tables.tables
        if body.styles and (styles := styles_of(body.styles, self._template.outline)) != list(self._template.outline):
            made.outline = styles
        self._doubts += body.doubts + tables.doubts
        self._add_missing()
        made.extra = {VERSION_FIELD: self._template.version}
        for children in (made.sections, made.legal_bases, made.tables):
            place(children)
        adopt(made)
        # What was read keeps the rules of the document too: size, depth, letters.
        whole = document.from_bytes(document.to_bytes(made), name)
        return Taken(whole, self._doubts, [tables.keys.get(id(grid), "") for grid in self._grids])

    def _tell(self, text: str, severity: str = "warning", **values: object) -> None:
        self._doubts.append(Doubt(-1, -1, text, values, "info" if severity == "info" else "warning"))

    # ---- the head

    def _take_head(self) -> int:
        """Read the head and the title; gives the place where the body begins."""
        blocks, at = self._blocks, 0
        frame = next(
            (
                place
                for place, block in enumerate(blocks[:_HEAD])
                if isinstance(block, Grid) and any(is_nation(line) for side in sides_of(block) for line in side)
            ),
            None,
        )
        before: list[Paragraph] = []
        if frame is not None:
            grid = blocks[frame]
            assert isinstance(grid, Grid)
            before = [block for block in blocks[:frame] if isinstance(block, Paragraph)]
            self._use_head(*sides_of(grid))
            at = frame + 1
            # What stands in lines below the table: number, place and day.
            below = []
            while at < len(blocks) and isinstance(one := blocks[at], Paragraph) and begins_head(one.plain):
                below.append(one)
                at += 1
            if below:
                self._use_head(*sides_of_lines(below))
        else:
            lines: list[Paragraph] = []
            for block in blocks[:_HEAD]:
                if isinstance(block, Grid) or kind_of(block.plain.strip()) is not None:
                    break
                lines.append(block)
            if any(begins_head(line.plain) for line in lines):
                self._use_head(*sides_of_lines(lines))
                at = len(lines)
        for line in before:
            self._tell(N_("Dòng đầu văn bản không rõ là gì nên không được nhận: “{words}”."), words=line.shown)
        return self._take_title(at)

    def _use_head(self, left: Sequence[str], right: Sequence[str]) -> None:
        ends = head_of(left, right)
        take(self._plan, ends)
        symbol = self._plan.symbol
        if "-" in symbol and not self._plan.unit_code:
            self._plan.unit_code = symbol.rpartition("-")[2]
        for line in ends.other:
            self._tell(N_("Dòng ở phần đầu không rõ là gì nên không được nhận: “{words}”."), words=line)

    def _take_title(self, at: int) -> int:
        """The kind of document, its subject, and whom it is for; gives the place where the body begins."""
        blocks = self._blocks
        kind_at = next(
            (
                place
                for place, block in enumerate(blocks[at : at + _TITLE_LINES], at)
                if isinstance(block, Paragraph) and kind_of(block.plain.strip()) is not None
            ),
            None,
        )
        subject: list[str] = []
        if kind_at is not None:
            for block in blocks[at:kind_at]:
                self._not_placed(block)
            block = blocks[kind_at]
            assert isinstance(block, Paragraph)
            found = kind_of(block.plain.strip())
            assert found is not None
            kind, rest = found
            subject += [rest] if rest else []
            if fold(kind) != fold(self._template.kind):
                sentence = N_("Văn bản ghi là “{kind}”, mẫu là “{expected}”; hãy kiểm tra xem đã chọn đúng tệp chưa.")
                self._tell(sentence, kind=kind, expected=self._template.kind)
            at = kind_at + 1
            while at < len(blocks) and isinstance(one := blocks[at], Paragraph):
                text = " ".join(one.plain.split())
                if not is_rule(text):
                    if not self._is_of_title(one, text, bool(subject)):
                        break
                    subject.append(text)
                at += 1
            self._plan.subject = " ".join(" ".join(subject).split())
        return self._take_addressee(at)

    def _is_of_title(self, line: Paragraph, text: str, has_subject: bool) -> bool:
        folded = fold(text)
        if folded.startswith(("can cu ", "kinh gui")) or len(text) > 400 or begins_end(text):
            return False
        is_middle = line.alignment == "center" or line.bold or (has_subject and text[:1].islower())
        # A heading of the body may stand in the middle too.
        heading = heading_of(line)
        if heading is not None and (heading.number or (has_subject and heading.style == "title")):
            return False
        return is_middle if has_subject else is_middle or len(text) < 250

    def _take_addressee(self, at: int) -> int:
        blocks = self._blocks
        first = blocks[at] if at < len(blocks) else None
        if not isinstance(first, Paragraph) or not fold(first.plain.strip()).startswith("kinh gui"):
            return at
        lines = [line for line in first.plain.split("\n") if line.strip()]
        at += 1
        is_open = first.plain.strip().endswith(":")
        while is_open and at < len(blocks) and isinstance(one := blocks[at], Paragraph):
            if not (one.is_sign or one.plain.strip()[:1] in "-–+•"):
                break
            lines.append(one.plain)
            at += 1
        self._plan.addressee = addressee_of(lines) or self._plan.addressee
        return at

    def _not_placed(self, block: Block) -> None:
        if isinstance(block, Grid):
            words = " ".join(dict.fromkeys(cell.text for row in block.rows for cell in row if not cell.is_empty))
        else:
            words = block.shown
        if not is_rule(words):
            self._tell(N_("Dòng trước tên loại văn bản không rõ là gì nên không được nhận: “{words}”."), words=words)

    def _take_years(self) -> None:
        """The years of the plan: as its subject says, else as its headings do, else the template's."""
        made, template = self._plan, self._template
        lines = [block.plain for block in self._blocks if isinstance(block, Paragraph)][:60]
        years = office.years_of([made.subject]) or office.years_of(lines)
        if years is None:
            years = template.default_from, template.default_from + template.years - 1
            self._tell(N_("Văn bản không nói rõ năm kế hoạch; đã lấy {year}, hãy kiểm tra lại."), year=years[0])
        made.period_from, made.period_to = years
        if years[1] - years[0] + 1 != template.years:
            sentence = N_("Văn bản là kế hoạch {first} - {last}, mẫu đã chọn là của {years} năm; hãy kiểm tra lại mẫu.")
            self._tell(sentence, first=years[0], last=years[1], years=template.years)

    # ---- the end

    def _take_end(self, body: Body, blocks: Sequence[Block]) -> None:
        left: list[str] = []
        right: list[str] = []
        for block in blocks:
            halves = sides_of(block) if isinstance(block, Grid) else sides_of_lines([self._with_sign(block)])
            left += halves[0]
            right += halves[1]
        if not blocks:
            self._tell(N_("Không thấy phần “Nơi nhận” và chữ ký; hãy điền ở trang Thông tin."), "info")
            return
        ends = end_of(left, right)
        take(self._plan, ends)
        for line in ends.other:
            self._tell(N_("Dòng ở phần ký không rõ là gì nên không được nhận: “{words}”."), "info", words=line)

    def _with_sign(self, block: Paragraph) -> Paragraph:
        if block.is_sign:
            return Paragraph(block.text, f"- {block.plain}", alignment="left")
        return block

    # ---- the body, and what is around it

    def _take_body(self, body: Body, blocks: Sequence[Block]) -> None:
        kept: list[Block] = []
        for block in blocks:
            if isinstance(block, Grid) and is_frame(block):
                # A box around a text: its lines are text.
                texts = dict.fromkeys(cell.text for row in block.rows for cell in row if not cell.is_empty)
                kept += [Paragraph(line, line) for text in texts for line in text.split("\n") if line.strip()]
            else:
                kept.append(block)
        body.take(kept)

    def _keep_below(self, body: Body, consumed: set[int]) -> None:
        """Keep the lines around appendices that are no part of them."""
        for placed in body.tables:
            kept = [line for line in placed.below if id(line) not in consumed and not is_rule(line.plain)]
            if kept:
                heading = body.append(kept)
                words = " ".join(line.shown for line in kept)
                sentence = N_("Lời văn quanh bảng phụ lục “{title}” được giữ ở cuối mục “{heading}”: {words}")
                self._tell(sentence, title=placed.title or placed.grid.name, heading=heading, words=words[:300])

    def _add_missing(self) -> None:
        """Sections that the template requires and the file does not have: empty ones, in their place."""
        made = self._plan
        order = {spec.key: at for at, spec in enumerate(walk(self._template.sections))}
        names = []
        for spec in missing(self._template, walk_sections(made.sections)):
            above = spec.key.rpartition(".")[0]
            parent = find_section(made, above) if above else None
            heading = fill_years(spec.heading, made.period_from, made.period_to)
            beside = parent.sections if parent is not None else made.sections
            at = next((at for at, one in enumerate(beside) if order.get(one.key, -1) > order[spec.key]), len(beside))
            beside.insert(at, Section(key=spec.key, heading=heading))
            names.append(heading)
        if names:
            sentence = N_("Tệp không có các mục mà mẫu yêu cầu, đã thêm mục trống: {names}.")
            self._tell(sentence, names="; ".join(names))
