"""The rows of a task table's sheet: which row of the plan each is, and where it stands now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.columns import numbering_of
from models.exports.sheet_entry import TABLE_STEP
from models.exports.sheet_kept import OTHER_ROW, TOTAL_ROW
from models.exports.sheet_sums import Amount, Line, amounts_of, is_amount, lines_of
from models.i18n import _
from models.imports.workbook_cells import Cell, Found, same
from models.imports.workbook_fields import Fields
from models.plan import MAX_ROW_LEVELS, Plan, Row, Table
from models.row_levels import depth_of, is_sum, may_be_group, style_of
from models.template import Template
from models.totals import Totals


def take_tasks(found: Found, plan: Plan, number: int, template: Template, totals: Totals, fill_in: bool) -> None:
    """Put what the sheet of a task table says into the table; ``DocumentError`` names the cell that does not fit."""
    table = plan.tables[number]
    lines = lines_of(table, numbering_of(table, template))
    shown = found.kept.fields
    fields = list(dict.fromkeys(name for name in shown if is_amount(name)))
    amounts = amounts_of(lines, fields, totals, fill_in)
    reading = Fields(found, plan, table, template, totals)
    rows, total = _sheet_rows(found, number, len(lines))
    new_rows = _Tree(found, table, numbering_of(table, template), lines, in_place([key for key, _cells in rows]))
    # All is compared with what was exported before anything changes.
    before = [reading.texts(lines[key].row) if key >= 0 else {} for key, _cells in rows]
    kept: list[tuple[int, list[Cell], dict[str, str]]] = []
    for (key, cells), texts in zip(rows, before, strict=True):
        if key < 0 or not _is_cleared(found, cells, texts, amounts[key], lines[key].row):
            kept.append((key, cells, texts))
    for at, (key, cells, texts) in enumerate(kept):
        if key >= 0:
            row = lines[key].row
            new_rows.put(row, key, cells)
            reading.take(row, cells, texts, amounts[key])
            continue
        made = new_rows.make(cells, kept[at + 1][1] if at + 1 < len(kept) else None)
        if made is not None:
            reading.take(made, cells, {}, {})
    new_rows.finish()
    if total is not None:
        reading.take_stated(table, total)


def _sheet_rows(found: Found, number: int, known: int) -> tuple[list[tuple[int, list[Cell]]], list[Cell] | None]:
    """The rows of the table with the key of each (-1: a new one), and the row of its total."""
    rows: list[tuple[int, list[Cell]]] = []
    total: list[Cell] | None = None
    seen: set[int] = set()
    for *cells, mark in found.rows:
        identity = mark.identity
        key = -1 if identity is None else identity - number * TABLE_STEP
        if identity in (TOTAL_ROW, OTHER_ROW):
            total = cells if identity == TOTAL_ROW and total is None else total
            continue
        if not 0 <= key < known or key in seen:
            # A copied row has the identity of the first one.
            key = -1
        filled = next((cell for cell in cells if not cell.is_empty and not cell.is_sum), None)
        if key < 0 and filled is None:
            continue
        if total is not None and filled is not None:
            sentence = _("Dòng này nằm dưới dòng tổng cộng; hãy chuyển lên trên dòng đó, hoặc xóa đi.")
            raise found.refuse(filled, sentence)
        seen.add(key)
        rows.append((key, cells))
    return rows, total


def _is_cleared(
    found: Found, cells: Sequence[Cell], texts: Mapping[str, str], amounts: Mapping[str, Amount], row: Row
) -> bool:
    """Whether everything in a row that said something was cleared: as good as deleted."""
    names = found.kept.fields
    if row.is_group:
        filled = [cell for cell, name in zip(cells, names, strict=True) if name == "task"]
        return bool(filled) and bool((row.group or "").strip()) and all(cell.is_empty for cell in filled)
    said = any(text.strip() for text in texts.values()) or any(amount.value is not None for amount in amounts.values())
    others = [cell for cell, name in zip(cells, names, strict=True) if name != "number" and not cell.is_sum]
    return said and all(cell.is_empty for cell in others)


def in_place(keys: Sequence[int]) -> set[int]:
    """Of rows in a new order the longest run that kept its order; the others were moved. -1 is passed over."""
    tails: list[int] = []
    places: list[int] = []
    before: dict[int, int] = {}
    for key in keys:
        if key < 0:
            continue
        at = bisect_left(tails, key)
        before[key] = places[at - 1] if at else -1
        if at == len(tails):
            tails.append(key)
            places.append(key)
        else:
            tails[at], places[at] = key, key
    found: set[int] = set()
    key = places[-1] if places else -1
    while key >= 0:
        found.add(key)
        key = before[key]
    return found


@dataclass(slots=True)
class _Place:
    """Where the last row stands: the rows from the top down to it, and the depth of the last one with a number."""

    path: list[Row]
    above: int = -1


class _Tree:
    """Builds the tree of a table anew from its rows in the order of the sheet."""

    def __init__(
        self, found: Found, table: Table, styles: Sequence[str], lines: Sequence[Line], unmoved: set[int]
    ) -> None:
        self._found, self._table, self._styles, self._lines, self._unmoved = found, table, styles, lines, unmoved
        self._place = _Place([])
        self._children: dict[int, list[Row]] = {}
        self._rows: list[Row] = []
        self._number = found.kept.fields.index("number")
        self._name = found.kept.fields.index("task") if "task" in found.kept.fields else -1

    def put(self, row: Row, key: int, cells: Sequence[Cell]) -> None:
        """A row of the plan: where it was, unless it was moved or has another number now."""
        line = self._lines[key]
        text = self._found.text(cells[self._number])
        path, depth = self._place.path, line.depth
        renumbered = not same(text, line.number) and bool(text)
        if renumbered:
            level = self._depth(text, cells[self._number])
            # Another number of its own level means nothing: numbers are made.
            renumbered, depth = level != line.depth, level
        parent = self._lines[line.parent].row if line.parent >= 0 else None
        if renumbered:
            above = path[:depth]
            above = [one for one in above if one.is_group] if row.is_group else above
        elif parent is None:
            above = [] if row.is_group or key in self._unmoved else [one for one in path if one.is_group]
        elif any(one is parent for one in path):
            above = path[: next(at for at, one in enumerate(path) if one is parent) + 1]
        else:
            above = path[:depth]
            # A part that was moved is one of the task above; one whose task is gone is a task of the group.
            if parent.is_group or key in self._unmoved:
                above = [one for one in above if one.is_group]
        self._add(row, above)
        self._place.above = min(len(self._place.path), len(self._styles)) - 1

    def make(self, cells: Sequence[Cell], after: Sequence[Cell] | None) -> Row | None:
        """A new row, group or task by its number; ``None`` for one that holds nothing but a number.

        ``after`` are the cells of the next row.
        """
        filled = [
            (name, cell)
            for name, cell in zip(self._found.kept.fields, cells, strict=True)
            if not cell.is_empty and not cell.is_sum and name != "number"
        ]
        if not filled:
            return None
        text = self._found.text(cells[self._number])
        name = self._found.text(cells[self._name]) if self._name >= 0 else ""
        if is_sum(text) or (not text and is_sum(name)):
            raise self._found.refuse(filled[0][1], _("Dòng tổng do chương trình tự cộng; hãy xóa dòng này."))
        depth = self._depth(text, cells[self._number]) if text else None
        is_group = (
            depth is not None
            and may_be_group(depth, self._styles)
            and all(field in ("task", "total") for field, _cell in filled)
            and self._is_above(depth, after, any(field == "total" for field, _cell in filled))
        )
        groups = [row for row in self._place.path if row.is_group]
        above = groups if depth is None else self._place.path[: min(depth, MAX_ROW_LEVELS - 1)]
        if is_group:
            above = [row for row in above if row.is_group]
        row = Row(group="") if is_group else Row(task="")
        self._add(row, above)
        if depth is not None and style_of(text) in (*self._styles, "1.1"):
            self._place.above = len(above)
        return row

    def finish(self) -> None:
        """Give every row, and the table, the rows that are under it now."""
        for row in self._rows:
            row.rows = self._children.get(id(row), [])
        self._table.rows = self._children.get(id(self._table), [])

    def _is_above(self, depth: int, after: Sequence[Cell] | None, has_amount: bool) -> bool:
        """Whether a row of that depth that holds no more than a name, and an amount, is a group: a task may be so too.

        What follows tells: a row under it, or one without a number, which is a task of the group above it.
        """
        is_roman = self._styles[depth] == "I"
        if is_roman and not has_amount:
            return True
        text = "" if after is None else self._found.text(after[self._number])
        if not text:
            return after is not None and (is_roman or not has_amount)
        below = depth_of(text, self._styles, depth)
        return below is not None and below > depth

    def _depth(self, text: str, cell: Cell) -> int:
        if not style_of(text):
            sentence = _("“{text}” không phải là số thứ tự; hãy gõ số như I, 1, a, hoặc để trống.")
            raise self._found.refuse(cell, sentence.format(text=text[:40]))
        found = depth_of(text, self._styles, self._place.above)
        if found is None:
            sentence = _("Bảng này đánh số kiểu {styles}, không có cấp “{text}”; hãy gõ số kiểu đó, hoặc để trống.")
            raise self._found.refuse(cell, sentence.format(text=text[:40], styles=", ".join(self._styles)))
        return found

    def _add(self, row: Row, above: Sequence[Row]) -> None:
        owner = above[-1] if above else self._table
        self._children.setdefault(id(owner), []).append(row)
        row.__dict__["parent"] = owner
        self._rows.append(row)
        self._place.path = [*above, row]
