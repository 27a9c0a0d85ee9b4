"""The end of a Word plan, and what stands behind it: appendices, each a table under its title, or a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from models.folding import fold
from models.i18n import N_
from models.imports.grid import Grid
from models.imports.word import is_frame
from models.imports.word_body import Block, Body, Placed
from models.imports.word_head import begins_end, is_nation, is_rule, sides_of
from models.imports.word_text import Paragraph

_APPENDIX = re.compile(r"phu luc(?:\s+(?:so\s*)?[ivxl\d]{1,6}|\s+[a-h])?(?![\w])[.: -]*")
_ATTACHED = re.compile(r"\W*(?:ban hanh )?kem theo\b")
_UNIT = re.compile(r"\W*(?:don vi(?: tinh)?|dvt)\s*[:.].{0,60}")
#: Tells a doubt: its text, and the values in it.
Tell = Callable[..., None]


def find_end(blocks: Sequence[Block], start: int) -> tuple[int, int]:
    """The places where the recipients and the signature begin, and what is behind them."""
    for at in range(start, len(blocks)):
        block = blocks[at]
        if isinstance(block, Grid):
            left, right = sides_of(block)
            if is_frame(block) and any(begins_end(line) for line in (*left, *right)):
                behind = at + 1
                while behind < len(blocks) and _is_recipient(blocks[behind]):
                    behind += 1
                return at, behind
        elif begins_end(block.plain):
            behind = at + 1
            while behind < len(blocks) and _is_of_end(blocks[behind], behind - at):
                behind += 1
            return at, behind
        elif begins(block):
            return at, at
    return len(blocks), len(blocks)


def _is_recipient(block: Block) -> bool:
    """Whether a line goes on with a list of recipients that was too long for its table."""
    return isinstance(block, Paragraph) and block.plain.strip()[:2] in ("- ", "– ") and len(block.plain) < 200


def _is_of_end(block: Block, distance: int) -> bool:
    if isinstance(block, Grid):
        has_nation = any(is_nation(line) for side in sides_of(block) for line in side)
        return is_frame(block) and distance <= 12 and not has_nation
    return distance <= 40 and len(block.plain) < 200 and not begins(block)


def begins(block: Block) -> bool:
    """Whether a block is the title of an appendix."""
    if isinstance(block, Grid):
        return False
    text = " ".join(block.plain.split("\n")[0].split())
    match = _APPENDIX.match(fold(text))
    if match is None or len(text) > 250:
        return False
    is_alone = match.end() == len(text)
    return is_alone or block.alignment == "center" or block.bold or text.isupper() or block.outline >= 0


def take(body: Body, blocks: Sequence[Block], tell: Tell) -> None:
    """Put the tables behind the signature into ``body``, each with the lines above it; other lines are kept as text."""
    above: list[Paragraph] = []
    last: Placed | None = None
    follows = False
    for block in blocks:
        if isinstance(block, Grid):
            if is_frame(block):
                lines = dict.fromkeys(cell.text for row in block.rows for cell in row if not cell.is_empty)
                above += [Paragraph(text, text) for text in lines]
                continue
            title, other = _above(above)
            last = Placed(block, None, title, follows and not above, list(other), True)
            body.tables.append(last)
            above, follows = [], True
        elif begins(block):
            _text_only(body, above, last, tell)
            above, follows, last = [block], False, None
        elif last is not None and not above and not _is_title_of_next(block):
            last.below.append(block)
            follows = False
        else:
            above.append(block)
    _text_only(body, above, last, tell)


def _is_title_of_next(block: Paragraph) -> bool:
    is_title = block.alignment == "center" and (block.bold or block.caps)
    return is_title or bool(_UNIT.match(fold(block.plain)))


def _above(lines: Sequence[Paragraph]) -> tuple[str, list[Paragraph]]:
    """The title that the lines above a table give it, and those that are no title."""
    title: list[str] = []
    other: list[Paragraph] = []
    is_attached = False
    for paragraph in lines:
        for line in paragraph.plain.split("\n"):
            text = " ".join(line.split())
            folded = fold(text)
            # "(Kèm theo Kế hoạch số … ngày …)", on as many lines as it takes; printed anew.
            if is_attached or _ATTACHED.match(folded):
                is_attached = (is_attached or folded.startswith("(")) and ")" not in folded
                continue
            rest = text
            if match := _APPENDIX.match(folded):
                rest = text[match.end() :].strip(" .:-–")
            if not rest or is_rule(rest) or _UNIT.fullmatch(folded):
                continue
            if paragraph.alignment == "center" or paragraph.bold or rest.isupper() or rest is not text:
                title.append(rest)
            else:
                other.append(Paragraph(rest, rest))
    return " ".join(title), other


def _text_only(body: Body, lines: Sequence[Paragraph], last: Placed | None, tell: Tell) -> None:
    """Lines that stand over no table: a section of their own, or below the last table."""
    if last is not None and lines:
        last.below += lines
        return
    title, other = _above(lines)
    if other:
        heading = title or "PHỤ LỤC"
        body.add_section(heading, other)
        tell(N_("Phụ lục “{heading}” chỉ có lời văn; được đặt thành mục cuối cùng."), heading=heading)
    elif title:
        body.append([Paragraph(title, title)])
        tell(N_("Phụ lục “{heading}” không có nội dung; tên được giữ ở mục cuối."), heading=title)
