"""What stands in a Word file, in its order: paragraphs as they are shown, and pictures of its tables.

python-docx reads the file; what it leaves out is looked for here: text boxes, content controls, tracked changes,
automatic numbers, notes. What is left out is told (``WordFile.doubts``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models import limits
from models.errors import DocumentError
from models.folding import fold
from models.i18n import N_, _
from models.imports.grid import Grid
from models.imports.understood import Doubt
from models.imports.word_parts import Parts, damaged, open_word, too_much
from models.imports.word_styles import Numbers, Style, Styles, child, number_of, qn, value
from models.imports.word_table import grid_of
from models.imports.word_text import (
    GONE,
    Left,
    Letters,
    Paragraph,
    Piece,
    all_of,
    inside,
    lines_of,
    marked_of,
    notes_of,
    plain_of,
    runs_of,
    words_in,
)  # fmt: skip

__all__ = ["Block", "Paragraph", "WordFile", "is_frame", "read", "tables"]

Block = Paragraph | Grid
_P, _TBL, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_CONTENTS = re.compile(r"(?:toc|mục lục) ?\d|table of figures")
#: Boxes in boxes, at most.
_MOST_BOXES = 4
_UNIT = re.compile(r"\b(?:don vi tinh|dvt|don vi)\b")
#: Lines above a table that may belong to it.
_LINES_BEFORE = 8


@dataclass(slots=True)
class WordFile:
    """A Word file as it was read; ``doubts`` are about what was left out of it, or taken in another way."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read(path: Path) -> WordFile:
    """What stands in the file; ``DocumentError`` says what is wrong with one that cannot be read, and what to do."""
    parts = open_word(path)
    try:
        reader = _Reader(parts)
        found = reader.blocks(parts.document.element.body)
        found += reader.rest()
    except DocumentError:
        raise
    except Exception:
        # What no office program writes may be of any shape.
        raise damaged(path.name) from None
    if not any(isinstance(block, Grid) or block.plain.strip() for block in found):
        sentence = _("Tệp “{file}” không có chữ nào để nhận; nếu là bản quét (ảnh), hãy xin tệp Word gốc.")
        raise DocumentError(sentence.format(file=path.name))
    _lines_before(found)
    return WordFile(path.name, found, _doubts(reader, parts))


def tables(path: Path) -> list[Grid]:
    """The tables of the file, without those that only hold the head of a letter or its signature.

    ``DocumentError`` as ``read``, and where there is none.
    """
    found = [block for block in read(path).blocks if isinstance(block, Grid) and not is_frame(block)]
    if not found:
        sentence = _("Văn bản “{file}” không có bảng nào; hãy chọn tệp có bảng nhiệm vụ, dự án.")
        raise DocumentError(sentence.format(file=path.name))
    return found


_FRAMES = ("cong hoa xa hoi", "doc lap - tu do", "noi nhan:", "doc lap – tu do")


def is_frame(grid: Grid) -> bool:
    """Whether a table only puts things side by side: the head of a letter, the signature; or is a single cell."""
    texts = {" ".join(cell.text.split()) for row in grid.rows for cell in row if not cell.is_empty}
    if len(texts) < 2 or grid.width < 2:
        return True
    return any(sign in fold(text) for text in texts for sign in _FRAMES) and len(grid.rows) <= 8


def _framed(table: Any) -> list[Any]:
    """The cells of a table that is only a frame around others: one below the other, a table in one of them."""
    cells = [[cell for cell in inside(row) if cell.tag == _CELL] for row in inside(table) if row.tag == _ROW]
    has_table = any(one.tag == _TBL for row in cells for cell in row for one in inside(cell))
    return [row[0] for row in cells] if has_table and all(len(row) == 1 for row in cells) else []


class _Reader:
    """Reads one file, in order: automatic numbers are counted on the way."""

    def __init__(self, parts: Parts) -> None:
        self._file = parts.name
        related = {one.reltype.rpartition("/")[2]: one.target_part for one in parts.document.part.rels.values()}
        roots = {kind: getattr(part, "element", None) for kind, part in related.items()}
        self.left = Left()
        self._styles = Styles(roots.get("styles"))
        self._numbers = Numbers(roots.get("numbering"), self._styles)
        notes = {kind: notes_of(root) for kind, root in parts.notes.items()}
        self._letters = Letters(self._styles, notes, self.left)
        self._paragraphs = self._tables = 0
        #: Letters of a paragraph whose end a tracked change took out: they begin the next one.
        self._open: list[Piece] = []

    def blocks(self, element: Any, boxes: int = 0, deep: int = 0) -> list[Block]:
        """The paragraphs and tables in ``element``; ``boxes`` and ``deep``: in how many boxes and tables it lies."""
        found: list[Block] = []
        for one in inside(element):
            if one.tag == _P:
                found += self._paragraph(one, boxes, deep)
            elif one.tag == _TBL and boxes < _MOST_BOXES and (cells := _framed(one)):
                for cell in cells:
                    found += self.blocks(cell, boxes + 1, deep)
            elif one.tag == _TBL:
                found.append(self._table(one, boxes, deep))
            elif one.tag in GONE:
                self.left.add("deleted", words_in(one))
            elif one.tag in (qn("w:altChunk"), qn("w:subDoc")):
                self.left.add("embedded")
        return found

    def rest(self) -> list[Block]:
        """What is left at the end: letters whose paragraph has no end."""
        runs = runs_of(self._open, self.left)
        self._open = []
        return [Paragraph(marked_of(runs), plain_of(runs))] if runs else []

    def _table(self, element: Any, boxes: int, deep: int) -> Grid:
        if deep >= limits.WORD_TABLES:
            raise too_much(self._file)
        if deep:
            self.left.add("nested")
        else:
            self._tables += 1
        name = _("Bảng {number}").format(number=self._tables)
        return grid_of(element, name, lambda cell: self.blocks(cell, boxes, deep + 1), self.left, self._file)

    def _paragraph(self, element: Any, boxes: int, deep: int) -> list[Block]:
        self._paragraphs += 1
        if self._paragraphs > limits.WORD_PARAGRAPHS:
            raise too_much(self._file)
        properties = child(element, "w:pPr")
        style = self._styles.paragraph(value(properties, "w:pStyle") or None)
        inner: list[Any] = []
        pieces = self._open + list(self._letters.pieces(element, style.look, inner))
        self._open = []
        mark = child(properties, "w:rPr")
        found: list[Block] = []
        if mark is not None and any(one.tag in GONE for one in mark.iterchildren()):
            self._open = pieces
        elif _CONTENTS.fullmatch(style.name.casefold()):
            self.left.add("contents")
        else:
            found += self._made(pieces, properties, style, deep > 0)
        for box in inner:
            if boxes >= _MOST_BOXES:
                raise too_much(self._file)
            more = self.blocks(box, boxes + 1, deep)
            if more:
                self.left.add("boxes")
            found += more
        return found

    def _made(self, pieces: list[Piece], properties: Any, style: Style, in_table: bool) -> list[Block]:
        runs = runs_of(pieces, self.left)
        has_text = any(run.text.strip() for run in runs)
        # A column of numbers is often nothing else than numbered paragraphs.
        number = self._number(properties, style) if has_text or in_table else None
        level = value(properties, "w:outlineLvl")
        outline = number_of(level, -1) if level else style.outline
        found: list[Block] = []
        for line in lines_of(runs) or ([[]] if number and number.text and not number.is_sign else []):
            plain = plain_of(line)
            own = number if not found else None
            found.append(
                Paragraph(
                    marked_of(line),
                    plain,
                    style.name,
                    own.level if own else -1,
                    own.text if own else "",
                    own.is_sign if own else False,
                    outline if 0 <= outline <= 8 else -1,
                    value(properties, "w:jc") or style.alignment,
                    all_of(line, "bold"),
                    all_of(line, "italic"),
                    plain.isupper(),
                )
            )
        return found

    def _number(self, properties: Any, style: Style) -> Any:
        own = child(properties, "w:numPr")
        name = value(own, "w:numId") or style.number
        level = value(own, "w:ilvl")
        # A number in the text of an empty list is none: "0" takes that of the style away.
        return self._numbers.next(name, number_of(level, 0) if level else style.level or 0) if name else None


def _lines_before(blocks: list[Block]) -> None:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            block.before = lines[-_LINES_BEFORE:]
            lines = []
        elif shown := block.shown:
            # A sentence or an item of a list belongs to the text; what stands above it does not to the table.
            is_text = block.is_sign or shown.startswith(("-", "+")) or shown.endswith((".", ";"))
            lines = [] if is_text and not _UNIT.search(fold(shown)) else [*lines, shown]


# ---- what is told

_TOLD = {
    "deleted": N_("Văn bản còn vết sửa (Track Changes): chỗ đã xóa không được nhận, chỗ đã thêm được nhận ({words})."),
    "hidden": N_("Có chữ bị ẩn trong Word, không được nhận: {words}."),
    "contents": N_("Mục lục của văn bản không được nhận."),
    "boxes": N_("Có {count} khung chữ (Text Box); nội dung được đặt sau đoạn mà khung gắn vào, hãy xem lại vị trí."),
    "nested": N_("Có {count} bảng nằm trong ô của bảng khác; nội dung được ghi thành dòng trong ô đó."),
    "notes": N_("Có {count} chú thích cuối trang; nội dung được ghi trong ngoặc ngay tại chỗ."),
    "pictures": N_("Có {count} hình, biểu đồ hoặc đối tượng không được nhận."),
    "embedded": N_("Có {count} phần chèn từ tệp khác không được nhận; hãy mở bằng Word, lưu lại rồi thử lại."),
    "old fonts": N_("Có {count} đoạn gõ bằng phông chữ cũ (.VnTime, VNI-Times) đã được đổi sang Unicode; hãy đọc lại."),
    "comments": N_("Nhận xét (Comments) trong văn bản không được nhận."),
    "around": N_("Đầu trang, chân trang không được nhận: {words}."),
}
#: What this program prints at the foot of a page.
_SHORT_CODE = re.compile(r"(?:DỰ THẢO\s*)*[0-9A-Z]{4}-[0-9A-Z]{4}")
_NOTICES = ("contents", "notes", "old fonts", "boxes", "around")


def _doubts(reader: _Reader, parts: Parts) -> list[Doubt]:
    left = reader.left
    for root in parts.around:
        words = re.sub(r"\b(?:Trang|Page)?\s*\d*(?:\s*/\s*\d+)?\s*\Z", "", words_in(root))
        is_ours = _SHORT_CODE.fullmatch(words.strip())
        if any(map(str.isalpha, words)) and not is_ours and words not in left.words.get("around", ""):
            left.add("around", words)
    if parts.has_comments:
        left.add("comments")
    return [
        Doubt(
            -1,
            -1,
            text,
            {"count": left.counts[what], "words": left.words.get(what, "…")},
            "info" if what in _NOTICES else "warning",
        )
        for what, text in _TOLD.items()
        if left.counts[what]
    ]
