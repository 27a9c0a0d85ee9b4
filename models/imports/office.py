"""Files as offices have them: which of them a plan can begin from, the tables in them, and what they speak of."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zipfile import BadZipFile

from models.errors import TemplateError
from models.exports import archive
from models.exports.sheet_kept import SHEET
from models.imports.grid import Grid
from models.template import Template

if TYPE_CHECKING:
    from models.imports.word import WordFile

#: ``workbook`` and ``word``: an office's own file; empty: a plan in one of this program's files, or none at all.
Kind = Literal["workbook", "word", ""]

ENDINGS = (".xlsx", ".xlsm", ".docx")

#: So many lines at the top of a document tell of its year: subject, title, introduction.
_FIRST_LINES = 60
#: Titles stand in the first rows of a sheet, alone in theirs or beside one other text.
_TITLE_ROWS, _TITLE_CELLS = 10, 2
_BOOK, _TEXT = "xl/workbook.xml", "word/document.xml"
#: The list of sheets of a workbook is short.
_MOST = 1 << 20
_PERIOD = re.compile(r"(?:giai\s+đoạn|kỳ)\s+(?:từ\s+)?(?:năm\s+)?(2\d{3})\s*(?:[-–—]|đến(?:\s+năm)?)\s*(2\d{3})", re.I)
_YEAR = re.compile(r"((?:tháng\s+[\d.…]*|đến|hướng)\s+)?năm\s+(2\d{3})(?!\d)", re.I)


def kind(path: Path) -> Kind:
    """Whether ``path`` is an office's workbook or Word file, told by what is in it; never raises.

    A workbook of this program is none: it holds a plan.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return ""
            with archive.open_zip(stream) as zipped:
                names = set(zipped.namelist())
                if _BOOK in names:
                    with zipped.open(_BOOK) as entry:
                        return "" if f'"{SHEET}"'.encode() in entry.read(_MOST) else "workbook"
                return "word" if _TEXT in names else ""
    except (archive.Damaged, BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError, zlib.error):
        return ""


@dataclass(frozen=True, slots=True)
class Content:
    """What was read from a file: its tables, hidden ones too, and the whole of a Word file."""

    path: Path
    grids: list[Grid]
    word: WordFile | None = None

    @property
    def years(self) -> tuple[int, int] | None:
        """The years that the file is of: in a document as its title says, in a workbook as its tables do."""
        if self.word is None:
            return years_of(lines_of(self.grids))
        texts = [block.plain for block in self.word.blocks if not isinstance(block, Grid)]
        found = (years_of([text]) for text in texts[:_FIRST_LINES])
        return next(filter(None, found), None) or years_of(lines_of(self.grids))


def read(path: Path) -> Content:
    """What is in a workbook or Word file; ``DocumentError`` says what is wrong with it."""
    found_kind = kind(path)
    if found_kind != "word" and (found_kind or path.suffix.lower() not in (".docx", ".docm", ".doc")):
        from models.imports import sheets

        return Content(path, sheets.read(path))
    from models.imports import word

    found = word.read(path)
    grids = [block for block in found.blocks if isinstance(block, Grid) and not word.is_frame(block)]
    return Content(path, grids, found)


def lines_of(grids: Iterable[Grid]) -> list[str]:
    """What stands above and at the top of tables: there it says which year they are of."""
    lines: list[str] = []
    for grid in grids:
        if not grid.hidden:
            lines += grid.before
            for row in grid.rows[:_TITLE_ROWS]:
                texts = list(dict.fromkeys(cell.text for cell in row if cell.text))
                # A row of more is one of the table itself.
                lines += texts if len(texts) <= _TITLE_CELLS else []
    return lines


def years_of(lines: Iterable[str]) -> tuple[int, int] | None:
    """The years that a file speaks of: the latest period, else the year it names most; ``None``: it names none.

    The year of a date, and one that is only a horizon ("đến năm 2030"), tell nothing.
    """
    periods: list[tuple[int, int]] = []
    found: Counter[int] = Counter()
    for line in lines:
        for match in _PERIOD.finditer(line):
            first, last = int(match[1]), int(match[2])
            if first < last < first + 20:
                periods.append((first, last))
        found.update(int(match[2]) for match in _YEAR.finditer(_PERIOD.sub("", line)) if not match[1])
    if periods:
        return max(periods)
    year = max(found, key=lambda year: (found[year], year), default=None)
    return None if year is None else (year, year)


def likely(years: tuple[int, int] | None, templates: Sequence[Template]) -> tuple[Template, int] | None:
    """The template and first year of a plan for those years; ``None`` where nothing tells.

    ``TemplateError`` where there is no template at all.
    """
    if not templates:
        raise TemplateError()
    if years is None:
        return None
    first, last = years
    length = last - first + 1
    fitting = [one for one in templates if one.years == length] or list(templates)
    return min(fitting, key=lambda one: (abs(one.default_from - first), -one.version)), first
