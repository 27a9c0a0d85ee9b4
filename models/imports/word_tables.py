"""The tables of a Word plan: each understood, under its title and key, in the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models import totals
from models.exports import phrases
from models.folding import fold
from models.i18n import N_
from models.imports import taking
from models.imports.grid import Grid
from models.imports.understand import joined, understand
from models.imports.understood import Doubt, Understood
from models.imports.word_body import Placed
from models.imports.word_text import Paragraph
from models.plan import Row, Table, adopt, place
from models.template import Template
from models.words import amount_in_words

_NUMBER_HEADS = ("tt", "stt", "so tt", "so thu tu")
_WORDS = re.compile(r"\W*(?:bang chu|viet bang chu)\s*:?\s*", re.IGNORECASE)


@dataclass(slots=True)
class Made:
    """The tables of a plan, in order; ``keys``: for each picture of a table in the file that of its table."""

    tables: list[Table] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    #: The widths of those that were taken as they stand.
    as_they_stand: dict[int, int] = field(default_factory=dict)
    #: Lines below tables that are no more than their total in words.
    consumed: set[int] = field(default_factory=set)


def make(placed: Sequence[Placed], template: Template, first: int, last: int) -> Made:
    """The tables that ``placed`` hold: tasks and registers as they are understood, others as registers of their cells.

    A table that goes on behind another one, its head repeated, is one with it.
    """
    made = Made()
    for several in _runs(placed):
        found = [understand(one.grid, template) for one in several]
        whole = joined(found) if len(found) > 1 else found
        if len(whole) == len(found):
            for one, its in zip(several, found, strict=True):
                _add(made, [one], its, template, first, last)
        else:
            by_grid = {id(one.grid): at for at, one in enumerate(several)}
            starts = [by_grid.get(id(its.grid), 0 if at == 0 else -1) for at, its in enumerate(whole)]
            if -1 in starts or starts != sorted(starts):
                starts = [round(at * len(several) / len(whole)) for at in range(len(whole))]
            for at, its in enumerate(whole):
                end = starts[at + 1] if at + 1 < len(starts) else len(several)
                _add(made, several[starts[at] : end], its, template, first, last)
    return made


def _runs(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The tables with those that follow right behind them."""
    runs: list[list[Placed]] = []
    for one in placed:
        if one.follows and runs and runs[-1][-1].section is one.section:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _add(made: Made, placed: Sequence[Placed], found: Understood, template: Template, first: int, last: int) -> None:
    where = placed[0]
    title = next((one.title for one in placed if one.title), "") or found.mapping.title
    taken = {table.key for table in made.tables}
    if found.mapping.kind == "other" or not found.rows:
        if where.follows and not title and made.tables and _goes_on(made, where.grid):
            return
        table = _as_it_stands(where.grid)
        made.as_they_stand[id(table)] = where.grid.width
        _tell(made, where.grid, N_("không phải bảng nhiệm vụ; được giữ nguyên thành danh mục."), "info")
    else:
        key = found.table_key or _usual_key(found, title, template, first)
        table = taking.table_of(found, template, key, first, last)
        made.doubts += [
            Doubt(-1, -1, "{said}", {"said": taking.told(found.grid, doubt)}, doubt.severity) for doubt in found.doubts
        ]
    # What this program prints in a table without rows.
    table.rows = [row for row in table.rows if (row.task or row.group or "".join(row.cells or ())) != phrases.NOTHING]
    table.title = title or table.title or where.grid.name
    table.section = where.section.key if where.section is not None and not where.is_appendix else ""
    table.key = _free(table.key, taken)
    for one in placed:
        made.keys[id(one.grid)] = table.key
        for line in one.below:
            _take_words(made, table, line)
    made.tables.append(table)


def _usual_key(found: Understood, title: str, template: Template, first: int) -> str:
    """The key for a table that looks like none in particular: by the years it speaks of."""
    if found.mapping.kind == "register":
        return "register"
    said = fold(f"{title} {' '.join(found.grid.before)}")
    is_past = str(first - 1) in said and str(first) not in said
    spans = ("previous",) if is_past or "da thuc hien" in said else ("plan",)
    fitting = [spec.key for spec in template.tables if not spec.columns and spec.span in spans]
    return fitting[0] if fitting else "tasks"


def _free(key: str, taken: set[str]) -> str:
    key = key or "register"
    free, number = key, 2
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free


def _as_it_stands(grid: Grid) -> Table:
    """A register of the cells as they are; the first row heads them, numbers of rows are made anew."""
    rows = [[cell.text for cell in row] for row in grid.rows]
    head, rest = (rows[0], rows[1:]) if len(rows) > 1 else ([""] * grid.width, rows)
    # A cell over several columns says its text once.
    shown = [
        [cell.text if not at or row[at - 1] is not cell else "" for at, cell in enumerate(row)] for row in grid.rows
    ][len(rows) - len(rest) :]
    numbers = fold(head[0]).strip(" .") in _NUMBER_HEADS and all(
        re.fullmatch(r"(?:\d+|[IVXL]+|[a-zđ])?[.)]?", row[0].strip()) for row in shown
    )
    start = int(numbers and len(head) > 1)
    table = Table(key="register", columns=head[start:], rows=[Row(cells=row[start:]) for row in shown])
    place(table.rows)
    adopt(table)
    return table


def _goes_on(made: Made, grid: Grid) -> bool:
    """Put the rows of a table that goes on behind the last one, both as they stand, with that; whether it does."""
    table = made.tables[-1]
    if made.as_they_stand.get(id(table)) != grid.width or not table.columns:
        return False
    rows = [[cell.text for cell in row] for row in grid.rows]
    start = grid.width - len(table.columns)
    if rows[0][start:] == table.columns:
        rows = rows[1:]
    elif not re.fullmatch(r"\d+\.?|", rows[0][0].strip()):
        return False
    table.rows += [Row(cells=row[start:]) for row in rows]
    place(table.rows)
    adopt(table)
    made.keys[id(grid)] = table.key
    return True


def _take_words(made: Made, table: Table, line: Paragraph) -> None:
    """A line below a table that says its total in words: printed anew, and told where it says something else."""
    match = _WORDS.match(fold(line.plain))
    if match is None or table.is_register:
        return
    said = line.plain[match.end() :].strip(" .;)*")
    total = totals.compute_table(table, {}).total
    made.consumed.add(id(line))
    if _plain(said) != _plain(amount_in_words(total)):
        sentence = N_("dòng bằng chữ “{words}” khác tổng tính được ({computed}).")
        _tell(made, None, sentence, "warning", title=table.title, words=said, computed=amount_in_words(total))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]+", "", fold(text)).removesuffix("chan")


def _tell(made: Made, grid: Grid | None, text: str, severity: str, title: str = "", **values: str) -> None:
    doubt = Doubt(-1, -1, text, dict(values), "info" if severity == "info" else "warning")
    said = f"{title or (grid.name if grid else '')}: {doubt.message}"
    made.doubts.append(Doubt(-1, -1, "{said}", {"said": said}, doubt.severity))
