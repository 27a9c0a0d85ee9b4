"""The tables that Excel, LibreOffice, Word and browsers put on the clipboard as HTML, read as blocks of cells."""

from __future__ import annotations

import re
from typing import Any

from models import limits
from models.blocks import MAX_CELLS, MAX_CHARACTERS, Block, Found, cleaned, too_large
from models.plan import FORBIDDEN

#: Between two blocks: a new line, however many of them there are. And the line break that was asked for.
_EDGE, _LINE = "\x01", "\x02"
_EDGES = re.compile(" *\x01[ \x01]*")
_BLANKS = re.compile("[ \t\r\n\f]+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_BLOCKS = frozenset(
    [*_HEADINGS, *_TABLE_PARTS, "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "hr", "li"]
).union(["ol", "p", "pre", "section", "ul"])
_DROPPED = frozenset(["noscript", "script", "style", "template", "title", "xml"])
_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
#: A bullet that is a letter of Word's symbol fonts, or another sign for it.
_BULLET = re.compile("[\ue000-\uf8ff•·●▪■◆➢✓–—§Øo]")
#: What browsers take at most, and tables in tables that are looked at.
_MAX_SPAN, _MAX_DEPTH = limits.PASTED_SPAN, limits.PASTED_TABLES


def read_html(html: str) -> Found | None:
    """The table of an HTML page or fragment with the most cells, the first of equals; ``None`` where there is none.

    A merged cell has its text in its first cell, the others are empty. Lines and paragraphs in a cell become
    lines of its text. Nothing is loaded from anywhere. ``BlockError`` where it is too large.
    """
    if not has_table(html):
        return None
    # Counted first, so that a million cells are not read to be refused.
    count = sum(map(html.count, ("<td", "<TD", "<th", "<TH")))
    if len(html) > MAX_CHARACTERS or count > MAX_CELLS + html.count("<thead"):
        raise too_large()
    # Loaded here: it takes its time, and most days bring no table.
    from lxml import etree

    reader = _Reader()
    parser: Any = etree.HTMLParser(
        target=reader, encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    text = FORBIDDEN.sub("", html.replace("\r", " ").replace("\t", " "))
    try:
        for start in range(0, len(text), 1 << 16):
            parser.feed(text[start : start + (1 << 16)].encode("utf-8"))
        parser.close()
    except etree.LxmlError:
        pass
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise too_large()
    return reader.result()


def has_table(html: str) -> bool:
    return re.search(r"<table[\s>]", html, re.IGNORECASE) is not None


class _Table:
    """A table that is being read: of each row its cells by column, each the pieces of its text."""

    def __init__(self) -> None:
        self.rows: list[dict[int, list[str]]] = []
        self.cells = 0
        self.cell: list[str] | None = None
        self._in_row = False
        self._column = 0
        self._width = 0
        #: The last row that a merged cell of this column reaches.
        self._busy: dict[int, int] = {}

    def begin_row(self) -> None:
        self.cell = None
        self._in_row = True
        self._column = 0
        self.rows.append({})

    def end_row(self) -> None:
        self.cell = None
        self._in_row = False

    def begin_cell(self, rowspan: int, colspan: int) -> None:
        if not self._in_row:
            self.begin_row()
        row, column = len(self.rows) - 1, self._column
        while self._busy.get(column, -1) >= row:
            column += 1
        if rowspan != 1:
            until = row + rowspan - 1 if rowspan else MAX_CELLS
            self._busy.update(dict.fromkeys(range(column, column + colspan), until))
        self._column = column + colspan
        self._width = max(self._width, column + 1)
        self.cells += 1
        if self._width * len(self.rows) > MAX_CELLS:
            raise too_large()
        self.cell = self.rows[row][column] = []

    def block(self) -> Block:
        return [[_text(row[column]) if column in row else "" for column in range(self._width)] for row in self.rows]


class _Reader:
    """Takes the events of the parser; no tree is built, so that depth costs nothing."""

    def __init__(self) -> None:
        self._open: list[_Table] = []
        self._tables: list[tuple[_Table, tuple[_Table, ...]]] = []
        self._cells = 0
        self._has_other_text = False
        self._too_deep = 0
        self._dropping = ""
        self._depth = 0
        self._marker: list[str] | None = None

    def result(self) -> Found | None:
        tables = [(table, above) for table, above in self._tables if table.cells]
        if not tables:
            return None
        chosen, above = max(tables, key=lambda pair: pair[0].cells)
        others = [
            table
            for table, around in tables
            if table is not chosen and chosen not in around and (table not in above or table.cells > 1)
        ]
        is_part = self._has_other_text or any(any(map(any, table.block())) for table in others)
        return Found(chosen.block(), is_part)

    # ---- events

    def start(self, tag: Any, attributes: Any) -> None:
        tag = str(tag).lower()
        if self._dropping:
            self._depth += tag == self._dropping
            return
        if tag in _DROPPED:
            self._dropping, self._depth = tag, 1
            return
        if self._marker is not None:
            self._depth += tag == "span"
            return
        if tag == "span" and _MARKER.search(attributes.get("style", "")):
            self._marker, self._depth = [], 1
        elif tag == "br":
            self._add(_LINE)
        elif tag in _BLOCKS:
            self._add(_EDGE)
            self._begin(tag, attributes)

    def end(self, tag: Any) -> None:
        tag = str(tag).lower()
        if self._dropping:
            self._depth -= tag == self._dropping
            self._dropping = self._dropping if self._depth else ""
            return
        if self._marker is not None:
            self._depth -= tag == "span"
            if self._depth and tag not in _BLOCKS:
                return
            marker = " ".join("".join(self._marker).split())
            self._marker = None
            if marker:
                self._add(("-" if _BULLET.fullmatch(marker) else marker) + " ")
        if tag in _BLOCKS:
            self._end(tag)
            self._add(_EDGE)

    def data(self, text: str) -> None:
        if self._dropping:
            return
        if self._marker is not None:
            self._marker.append(text)
        else:
            # Written as a number (&#1;) a control character comes through.
            self._add(text.replace(_EDGE, "").replace(_LINE, ""))

    def close(self) -> None:
        """Called by the parser at the end."""

    # ---- tables

    def _begin(self, tag: str, attributes: Any) -> None:
        if tag == "table":
            if len(self._open) < _MAX_DEPTH:
                self._tables.append((_Table(), tuple(self._open)))
                self._open.append(self._tables[-1][0])
            else:
                self._too_deep += 1
        elif self._open and not self._too_deep:
            if tag == "tr":
                self._open[-1].begin_row()
            elif tag in ("td", "th"):
                self._cells += 1
                if self._cells > MAX_CELLS:
                    raise too_large()
                self._open[-1].begin_cell(_span(attributes, "rowspan"), _span(attributes, "colspan") or 1)

    def _end(self, tag: str) -> None:
        if not self._open:
            return
        if tag == "table":
            if self._too_deep:
                self._too_deep -= 1
            else:
                self._open.pop()
        elif not self._too_deep:
            if tag == "tr":
                self._open[-1].end_row()
            elif tag in ("td", "th"):
                self._open[-1].cell = None

    def _add(self, text: str) -> None:
        """What stands in a table in a table, stands in the cell around it too."""
        is_in_cell = False
        for table in self._open:
            if table.cell is not None:
                table.cell.append(text)
                is_in_cell = True
        if not is_in_cell and not self._has_other_text and text not in (_EDGE, _LINE):
            self._has_other_text = bool(text.strip())


def _span(attributes: Any, name: str) -> int:
    text = attributes.get(name, "1").strip()
    return min(int(text[:9]), _MAX_SPAN) if text.isascii() and text.isdigit() else 1


def _text(pieces: list[str]) -> str:
    """The text of a cell: its blocks and lines one under the other, blanks as a browser shows them."""
    if not pieces:
        return ""
    blocks = _EDGES.split(_BLANKS.sub(" ", "".join(pieces)))
    lines: list[str] = []
    for block in blocks:
        if block.strip(" "):
            own = [line.strip(" ") for line in block.split(_LINE)]
            # The last break before the end of a block makes no line.
            lines.extend(own[:-1] if len(own) > 1 and not own[-1] else own)
    # What stands for a character that no text may hold is left out with it.
    text = "\n".join(lines).replace("\u00a0", " ").replace("\ufffd", "")
    return cleaned(text.strip())
