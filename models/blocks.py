"""Blocks of cells for the clipboard: tab-separated text read and written, and HTML tables written.

A block is a list of rows of equal length; each cell is a text that the plan can hold (``models.text.clean``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from html import escape
from typing import NamedTuple

from models import limits
from models.errors import UserError
from models.i18n import _
from models.letters import too_many_marks
from models.text import clean

Block = list[list[str]]

#: More than this is not taken at once: a plan of 10,000 tasks has as many cells.
MAX_CELLS = limits.PASTED_CELLS
MAX_CHARACTERS = limits.PASTED_LETTERS

_BREAKS = re.compile("\r\n?")
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


class BlockError(UserError):
    """What is on the clipboard is too large, or cannot be read."""


class Found(NamedTuple):
    """A block, and whether anything beside it was left out: another table, text around it."""

    rows: Block
    is_part: bool = False


def too_large() -> BlockError:
    message = _("Nội dung đã chép quá lớn (nhận tối đa {cells} ô, {size} triệu ký tự); hãy chép từng phần rồi dán lại.")
    return BlockError(message.format(cells=f"{MAX_CELLS:,}".replace(",", "."), size=MAX_CHARACTERS // 10**6))


def cleaned(text: str) -> str:
    # What is printable has no letter that is not seen or turns the line around.
    is_clean = text.isprintable() and unicodedata.is_normalized("NFC", text) and not too_many_marks(text)
    return text if is_clean else clean(text)


def _rectangle(rows: Sequence[Sequence[str]]) -> Block:
    width = max(map(len, rows), default=0)
    return [[*map(cleaned, row), *[""] * (width - len(row))] for row in rows]


# ---- tab-separated text


def read_text(text: str) -> Block:
    """The cells of tab-separated text, plain lines as one column; ``BlockError`` where there are too many.

    Not with ``csv``: a line of Word may begin with a quotation mark that no other one closes, or that is one of
    the text. Only what is quoted for a reason (a tab, line break or quotation mark in it) loses its marks.
    """
    if len(text) > MAX_CHARACTERS:
        raise too_large()
    text = _BREAKS.sub("\n", text).removesuffix("\0")
    if not text:
        return []
    if '"' in text:
        return _rectangle(_quoted_rows(text))
    lines = text.removesuffix("\n").split("\n")
    if text.count("\t") + len(lines) > MAX_CELLS:
        raise too_large()
    rows = [line.split("\t") for line in lines]
    if max(map(len, rows)) * len(rows) > MAX_CELLS:
        raise too_large()
    return _rectangle(rows)


def _quoted_rows(text: str) -> Block:
    rows: Block = [[]]
    place, width, length = 0, 1, len(text)
    while True:
        match = _QUOTED.match(text, place) if text.startswith('"', place) else None
        if match is not None:
            inside = match[1].replace('""', '"')
            is_needed = not inside or any(letter in inside for letter in '\t\n"')
            rows[-1].append(inside if is_needed else match[0])
        else:
            match = _PLAIN.match(text, place)
            assert match is not None
            rows[-1].append(match[0])
        place = match.end()
        width = max(width, len(rows[-1]))
        if width * len(rows) > MAX_CELLS:
            raise too_large()
        if place >= length - (text[-1] == "\n"):
            return rows
        if text[place] == "\n":
            rows.append([])
        place += 1


def write_text(rows: Sequence[Sequence[str]]) -> str:
    """``rows`` as tab-separated text, quoted as Excel does; ``read_text`` of it is ``rows`` again."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    if "\t" in cell or "\n" in cell or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


# ---- HTML; reading it is in ``models/html_tables.py``


def write_html(rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> str:
    """``rows`` as one HTML table; in the columns ``numbers`` Excel may take texts for numbers, elsewhere not."""
    lines = "".join(
        "<tr>" + "".join(_cell(cell, column in numbers) for column, cell in enumerate(row)) + "</tr>\n" for row in rows
    )
    head = '<meta http-equiv="content-type" content="text/html; charset=utf-8">'
    return f"<html><head>{head}</head><body><table>\n{lines}</table></body></html>"


def _cell(text: str, is_number: bool) -> str:
    inside = escape(text, quote=False)
    # Spaces that a reader would swallow.
    inside = re.sub(r"^ | $|(?<=\n) | (?=\n)|(?<= ) | (?= )", "\u00a0", inside)
    # Excel would begin a new row at a plain line break, and make a date of "2.1".
    inside = inside.replace("\n", '<br style="mso-data-placement:same-cell">')
    return f"<td>{inside}</td>" if is_number else f"<td style=\"mso-number-format:'\\@'\">{inside}</td>"
