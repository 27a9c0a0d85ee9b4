"""The sheet of a register: text cells, no money."""

from __future__ import annotations

from collections.abc import Sequence

from models.columns import numbering_of
from models.exports import sheet_style as look
from models.exports.sheet_entry import BLANK_ROWS
from models.exports.sheet_frame import (
    Grid,
    Job,
    Sheet,
    finish,
    guard,
    identity,
    keep,
    number_width,
    word_width,
    write_top,
)
from models.exports.sheet_style import GrowingSheet
from models.exports.sheet_sums import lines_of


def write_register(job: Job, out: GrowingSheet, sheet: Sheet, attached: str) -> None:
    """The sheet of a register: text cells, numbered unless its first column is the number."""
    table = sheet.table
    labels = list(table.columns or [])
    rows = [list(row.cells or []) for row in table.rows]
    labels += [""] * (max((len(cells) for cells in rows), default=0) - len(labels))
    numbered = not labels or labels[0].strip().upper() not in ("TT", "STT", "SỐ TT")
    if numbered:
        lines = lines_of(table, numbering_of(table, job.template))
        rows = [[line.number, *cells] for line, cells in zip(lines, rows, strict=True)]
        labels = ["TT", *labels]
    grid = Grid([("", label) for label in labels], _register_widths(labels, rows))
    known = len(rows)
    rows += [[] for _blank in range(BLANK_ROWS if job.fill_in else 0)]
    guard(sheet, len(rows), grid)
    heads = write_top(job, out, sheet, grid, attached, "", False)
    places = len(labels) - numbered
    keep(job, out, sheet, grid, "register", ["number"] * numbered + [f"cells.{at}" for at in range(places)], heads[1])
    base = {"border": 1, "text_wrap": True, "locked": 0}
    styles = [
        (job.styles.get(**base, align=align, num_format="@"), job.styles.get(**base, align=align))
        for align in ("center", *["left"] * (len(labels) - 1))
    ]
    for index, cells in enumerate(rows):
        cells += [""] * (len(labels) - len(cells))
        at, needed = grid.first + index, 1
        for column, text in enumerate(cells):
            style = styles[column][len(text) > look.LONG]
            look.write_text(out, at, column, text, style, sheet.title, str(index + 1), labels[column])
            if text:
                needed = max(needed, look.lines_needed(text, grid.widths[column]))
        if index < known:
            out.write_number(at, grid.last + 1, identity(sheet, index), job.styles.get(locked=0))
        else:
            out.write_blank(at, grid.last + 1, None, job.styles.get(locked=0))
        out.set_growing_row(at, look.height_for(needed))
    finish(job, out, grid, heads, grid.first + len(rows) - 1)


def _register_widths(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Pixels by column: as wide as the texts ask for on average, between a word and a third of a page."""
    widths = []
    for column, label in enumerate(labels):
        texts = [look.clean(cells[column])[:500] for cells in rows if column < len(cells) and cells[column]]
        if column == 0:
            widths.append(number_width(texts, label) if not texts or len(texts[0]) < 8 else look.pixels(40))
            continue
        longest = max((look.text_pixels(text) for text in texts), default=0.0)
        average = sum(look.text_pixels(text) for text in texts) / len(texts) if texts else 0.0
        asked = max(min(longest, average * 1.2), word_width([label], bold=True), look.pixels(22))
        widths.append(round(min(asked + 14, look.pixels(85))))
    return widths
