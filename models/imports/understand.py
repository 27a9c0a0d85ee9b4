"""Understanding a table of an office: what its columns, rows, amounts and sums are, and what is unsure of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from models.i18n import N_
from models.imports import register_rows, stated_sums
from models.imports.column_heads import Heads, unit_of
from models.imports.grid import Grid
from models.imports.picture import Picture, number_of, style
from models.imports.row_cells import RowCells
from models.imports.source_names import plain
from models.imports.table_columns import is_amount, upper_years
from models.imports.table_keys import table_key
from models.imports.table_layout import body_of, column_unit, end_of, file_unit, layout, lines_above, top_of
from models.imports.task_rows import TaskRows
from models.imports.understood import CELLS, FIELDS, Doubt, Mapping, Understood
from models.plan import walk_rows
from models.template import Template
from models.times import parse_period

__all__ = ["CELLS", "FIELDS", "Doubt", "Mapping", "Understood", "guess", "joined", "shape", "understand"]

_NOT_A_TABLE = N_(
    "Bảng này không giống bảng nhiệm vụ hay danh mục nên không được nhập; nếu cần, hãy cho biết các cột của nó."
)
_NO_UNIT = N_("Bảng không ghi đơn vị tính nên số tiền chưa được nhập; hãy chọn đồng, nghìn đồng hay triệu đồng.")
_GUESSED_UNIT = N_("Bảng không ghi đơn vị tính; các số lớn nên được hiểu là đồng.")
_BILLION = N_("Bảng tính bằng tỷ đồng; các số tiền được đổi sang triệu đồng.")
_ENGLISH = N_("Số tiền trong bảng được hiểu là dùng dấu phẩy chia hàng nghìn, dấu chấm trước phần thập phân.")
_UNCLEAR_COLUMN = N_(
    "Cột “{head}” chưa rõ là nguồn vốn nào trong mẫu nên số tiền được ghi vào ghi chú; hãy chọn nguồn cho cột này."
)
_AS_NOTE = N_("Cột “{head}” không có cột tương ứng nên được ghi vào ghi chú của từng nhiệm vụ.")
_LEFT_OUT = N_("Cột “{head}” ({count} ô) không được nhập.")
_BELOW = N_("Dòng ở dưới bảng không được nhập: {text}")
_OTHER_HIDDEN = N_("Bảng nằm ở trang đang bị ẩn của tệp.")
_HIDDEN = N_("Cột “{head}” đang bị ẩn trong tệp nhưng vẫn được nhập; hãy xem có đúng ý không.")
_SCALED = N_("Cột “{head}” hiện số đã rút gọn (bớt ba số không trở lên); các số được hiểu như đang hiện trong tệp.")
_NO_NAME = N_("Chưa biết cột nào là tên nhiệm vụ, dự án.")


def guess(grid: Grid, template: Template) -> Mapping:
    """What the columns of ``grid`` most likely are; a kind of ``other`` where it is no table of a plan."""
    return layout(grid, template).mapping


def understand(grid: Grid, template: Template, mapping: Mapping | None = None) -> Understood:
    """The rows that ``grid`` holds, read as ``mapping`` says, or as it is guessed.

    Nothing is dropped unsaid: every cell that is not empty arrives in a row, in a stated total, or in a doubt; a doubt
    of row -1 is about the table as a whole. Amounts are in đồng; a table in tỷ đồng has the unit ``million``.
    """
    heads = Heads(template)
    guessed = layout(grid, template, heads)
    mapping = guessed.mapping if mapping is None else _fitted(mapping, grid)
    picture = Picture(grid)
    found = Understood(grid, mapping, role=["after"] * len(grid.rows), template=template)
    if grid.hidden:
        found.doubts.append(Doubt(-1, -1, _OTHER_HIDDEN, {}, "info"))
    start = _tops(picture, found, heads)
    if mapping.kind == "other":
        found.doubts.append(Doubt(-1, -1, _NOT_A_TABLE))
        for row in range(start, len(grid.rows)):
            found.role[row] = "left out" if picture.filled(row) else "empty"
        return found
    texts = picture.head_texts(mapping.head)
    if mapping.kind == "register":
        register_rows.read(picture, found, start)
        found.register_columns = [
            texts[at][-1] if texts[at] else "" for at, field in enumerate(mapping.columns) if field == CELLS
        ]
    else:
        _tasks(picture, found, heads, texts, start, guessed.mapping)
    _left_out(picture, found, texts, start)
    _below(picture, found)
    found.table_key = table_key(found, template)
    found.doubts.sort(key=lambda doubt: (doubt.row, doubt.column))
    return found


def _fitted(mapping: Mapping, grid: Grid) -> Mapping:
    """A mapping whose columns and rows are those of the grid, whatever it was made for."""
    columns = (mapping.columns + [""] * grid.width)[: grid.width]
    height = len(grid.rows)
    first, last = mapping.head
    if not 0 <= first <= last < height:
        first = last = -1
    end = max(min(mapping.end or height, height), last + 1, 0)
    return replace(mapping, columns=columns, head=(first, last), end=end)


def _tops(picture: Picture, found: Understood, heads: Heads) -> int:
    """Say what the rows down to the first one of the table are; gives that row."""
    first, last = found.mapping.head
    for row in range(top_of(picture, (first, last))):
        cells = picture.filled(row)
        is_unit = any(unit_of(cell.text) for _at, cell in cells)
        found.role[row] = ("unit" if is_unit else "title") if cells else "empty"
    for row in range(max(first, 0), last + 1):
        found.role[row] = "head"
    start = body_of(picture, (first, last))
    for row in range(max(last + 1, top_of(picture, (first, last))), start):
        found.role[row] = "numbers"
    return min(start, found.mapping.end) if found.mapping.end > last else start


def _tasks(
    picture: Picture, found: Understood, heads: Heads, texts: Sequence[tuple[str, ...]], start: int, guessed: Mapping
) -> None:
    mapping, grid = found.mapping, found.grid
    template = found.template
    assert template is not None
    lines = [*grid.before, *lines_above(picture, mapping.head)]
    unit = _unit(found, lines, texts, guessed)
    units = [
        (column_unit(texts[at], unit) if mapping.unit == guessed.unit else unit) if is_amount(field) else ""
        for at, field in enumerate(mapping.columns)
    ]
    cells = RowCells(picture, mapping, heads.sources, texts, units, _period(lines, template))
    reader = TaskRows(picture, mapping, heads, cells)
    if reader.name < 0:
        found.doubts.append(Doubt(-1, -1, _NO_NAME))
    if mapping.notation == "english" and guessed.notation == "english":
        found.doubts.append(Doubt(-1, -1, _ENGLISH, {}, "info"))
    for row in range(start, mapping.end):
        found.role[row] = reader.read(row)
    _childless(reader, found)
    found.rows = reader.rows
    stated_sums.settle(reader, cells, found)
    cells.finish()
    found.doubts += reader.doubts + cells.doubts


def _unit(found: Understood, lines: Sequence[str], texts: Sequence[tuple[str, ...]], guessed: Mapping) -> str:
    """The unit that amounts are read in: the mapping's, ``billion`` where the file counts in tỷ đồng."""
    mapping = found.mapping
    if not any(map(is_amount, mapping.columns)):
        return mapping.unit
    said = file_unit(lines, texts, mapping.columns, None)
    if said == "billion" and mapping.unit == "million":
        found.doubts.append(Doubt(-1, -1, _BILLION, {}, "info"))
        return "billion"
    if not mapping.unit:
        found.doubts.append(Doubt(-1, -1, _NO_UNIT))
    elif not said and mapping.unit == guessed.unit == "dong":
        found.doubts.append(Doubt(-1, -1, _GUESSED_UNIT))
    return mapping.unit


def _period(lines: Sequence[str], template: Template) -> tuple[int, int] | None:
    """The years that the tasks of a table are for, where its title or the template tells."""
    for line in lines:
        years = parse_period(line)
        if years and years[0] < years[1] < years[0] + 20:
            return years
    if template.years > 1:
        return template.default_from, template.default_from + template.years - 1
    return None


def _childless(reader: TaskRows, found: Understood) -> None:
    """A row that looks like a group, has an amount and nothing under it, is a task."""
    for row in walk_rows(reader.rows):
        if row.group is not None and not row.rows and row.stated_total is not None:
            row.task, row.group = row.group, None
            row.total, row.stated_total = row.stated_total, None
            found.role[reader.places[id(row)]] = "task"


def _left_out(picture: Picture, found: Understood, texts: Sequence[tuple[str, ...]], start: int) -> None:
    """Say which columns are left out, or go where nobody would look for them."""
    mapping, grid = found.mapping, found.grid
    heads = Heads(found.template) if found.template else None
    for at, field in enumerate(mapping.columns):
        head = " – ".join(texts[at])
        if at in grid.scaled and is_amount(field):
            found.doubts.append(Doubt(max(mapping.head[0], 0), at, _SCALED, {"head": head or str(at + 1)}))
        if field and at in grid.hidden_columns and any(row[at].text for row in grid.rows[start : mapping.end]):
            found.doubts.append(Doubt(max(mapping.head[0], 0), at, _HIDDEN, {"head": head or str(at + 1)}))
        if field == "":
            count = sum(bool(picture.own(row, at).text) for row in range(start, mapping.end))
            if count:
                values = {"head": head or str(at + 1), "count": count}
                found.doubts.append(Doubt(max(mapping.head[0], 0), at, _LEFT_OUT, values, "info"))
        elif field == "note" and heads is not None and texts[at]:
            meant = heads.field(texts[at], len(upper_years(texts)) > 1)
            if meant == "source":
                found.doubts.append(Doubt(mapping.head[0], at, _UNCLEAR_COLUMN, {"head": head}))
            elif meant not in ("note", "funding"):
                found.doubts.append(Doubt(mapping.head[0], at, _AS_NOTE, {"head": head}, "info"))


def _below(picture: Picture, found: Understood) -> None:
    for row in range(found.mapping.end, len(found.grid.rows)):
        cells = picture.filled(row)
        found.role[row] = "after" if cells else "empty"
        if cells:
            text = " | ".join(" ".join(cell.text.split()) for _at, cell in cells)
            found.doubts.append(Doubt(row, -1, _BELOW, {"text": text[:400]}, "info"))


# ---- files of the same kind, tables of several pages


def shape(grid: Grid, mapping: Mapping) -> str:
    """What files of the same kind have in common, a short key: their heads, without diacritics, and the columns."""
    texts = Picture(grid).head_texts(mapping.head)
    names = ["/".join(plain(text) for text in head) for head in texts]
    while names and not names[-1]:
        names.pop()
    line = "|".join(names) if any(names) else f"#{grid.width}"
    return hashlib.sha256(line.encode()).hexdigest()[:32]


def going_on(before: Understood, grid: Grid, guessed: Mapping) -> Mapping | None:
    """The mapping of a grid without heads that goes on with the numbers of the table before; ``None``: it does not."""
    mapping = before.mapping
    if mapping.kind != "tasks" or guessed.head[0] >= 0 or "number" not in mapping.columns:
        return None
    at = mapping.columns.index("number")
    first = next((row for row in grid.rows if any(cell.text for cell in row)), [])
    further = replace(mapping, head=(-1, -1), columns=list(mapping.columns), title=guessed.title, end=len(grid.rows))
    if not first or not _continues(before, Understood(grid, further, template=before.template)):
        return None
    if not style(number_of(first[at])):
        return None
    return replace(further, end=end_of(Picture(grid), body_of(Picture(grid), (-1, -1)), further.columns))


def joined(found: Sequence[Understood]) -> list[Understood]:
    """``found`` with the tables that go on over several sheets or pages made one each.

    A table goes on where the next one has the same heads (or none, and as many columns), the first states no total
    yet, and the next has no title of its own; its mapping is that of the first.
    """
    made: list[Understood] = []
    for one in found:
        if made and _continues(made[-1], one):
            made[-1] = _join(made[-1], one)
        else:
            made.append(one)
    return made


def _continues(one: Understood, other: Understood) -> bool:
    first, second = one.mapping, other.mapping
    if first.kind == "other" or one.grid.width != other.grid.width or one.grid.hidden != other.grid.hidden:
        return False
    if one.stated_total is not None or "total" in one.role or one.template is not other.template:
        return False
    has_head = second.head[0] >= 0
    if has_head and shape(one.grid, first) != shape(other.grid, second):
        return False
    if not has_head and any(other.grid.before):
        return False
    title = plain(second.title)
    is_same = not title or title == plain(first.title) or "tiep theo" in title
    return is_same and (has_head or bool(one.rows))


def _join(one: Understood, other: Understood) -> Understood:
    grid, more = one.grid, other.grid
    mapping = one.mapping
    end = max(mapping.end, mapping.head[1] + 1)
    below = other.mapping.head[0] if other.mapping.head[0] >= 0 else 0
    shift = end - below
    merges = [area for area in grid.merges if area[2] < end]
    merges += [(top + shift, left, bottom + shift, right) for top, left, bottom, right in more.merges if top >= below]
    hidden = {row for row in grid.hidden_rows if row < end}
    hidden |= {row + shift for row in more.hidden_rows if row >= below}
    whole = replace(
        grid,
        rows=grid.rows[:end] + more.rows[below:],
        merges=merges,
        hidden_rows=frozenset(hidden),
        hidden_columns=grid.hidden_columns | more.hidden_columns,
        scaled=grid.scaled | more.scaled,
    )
    assert one.template is not None
    joint = replace(mapping, columns=list(mapping.columns), end=end + max(other.mapping.end - below, 0))
    return understand(whole, one.template, joint)
