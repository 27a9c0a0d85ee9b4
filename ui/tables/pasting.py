"""A block put into a table: which of its columns and rows go where, and what the rows that come are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.blocks import Block
from models.columns import numbering_of
from models.entries import EntryError, read_mark
from models.folding import fold
from models.i18n import N_, _
from models.plan import MAX_ROW_LEVELS, Row, Table, path_of
from models.row_levels import depth_of, heads, is_numbered, is_sum, may_be_group, style_of
from ui.tables.columns import ScreenColumn
from ui.tables.filling import Filling
from ui.tables.following import FollowingModel

_HEADS_LEFT_OUT = N_("Không dán dòng tiêu đề của bảng.")
_SUM_STATED = N_("Dòng tổng cộng được ghi vào ô “Tổng đã nêu”.")


def list_at_end(rows: Sequence[Row], table: Table) -> Table | Row:
    """Where a task that comes after ``rows`` goes: into the last group, or the table; into no other task."""
    groups = [row for row in path_of(rows[-1]) if row.is_group] if rows else []
    return groups[-1] if groups else table


@dataclass
class Paste:
    """A block without its heads, the first row of the table it goes to, and the table's column for each of its own.

    ``work_out`` fills ``targets`` and ``remarks``: the rows it went into, and what there is to say besides.
    """

    block: Block
    place: int
    columns: list[ScreenColumn | None]
    is_numbered: bool
    has_heads: bool
    targets: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def fields(self) -> list[str]:
        return [column.field for column in self.columns if column is not None]

    def work_out(self, model: FollowingModel, notation: str = "") -> Filling:
        """Where every text goes; nothing is changed yet."""
        filling = Filling(model, notation)
        rows = _NewRows(self, model, filling)
        self.targets, self.remarks = [], [_(_HEADS_LEFT_OUT)] if self.has_heads else []
        place = self.place
        for number, texts in enumerate(self.block):
            target: Row | None
            if place < len(model.rows):
                target = model.rows[place]
                place += 1
                self._put(filling, target, texts, skip_empty=False)
            else:
                target = rows.come(number, texts)
                if target is not None:
                    self._put(filling, target, texts, skip_empty=True)
                    if not target.is_group and not filling.has_taken(target):
                        filling.drop(target)
                        target = None
            if target is not None:
                self.targets.append(target)
        if rows.has_sum:
            self.remarks.append(_(_SUM_STATED))
        return filling

    def _put(self, filling: Filling, row: Row, texts: Sequence[str], skip_empty: bool) -> None:
        for column, text in zip(self.columns, texts, strict=True):
            if not text and (skip_empty or column is None):
                continue
            if column is not None and column.field == "number" and style_of(text):
                continue
            filling.put(row, column, text)


class _NewRows:
    """Makes the rows below the last one, group, task or part by their numbers in the block."""

    def __init__(self, paste: Paste, model: FollowingModel, filling: Filling) -> None:
        self.has_sum = False
        self._paste, self._filling = paste, filling
        self._table = model.table
        self._styles = numbering_of(model.table, model.document.template)
        self._path = path_of(model.rows[-1]) if model.rows else []
        self._above = min(len(self._path), len(self._styles)) - 1
        self._name = next(
            (place for place, column in enumerate(paste.columns) if column is not None and column.field == "task"), None
        )

    def come(self, number: int, texts: Sequence[str]) -> Row | None:
        """The new row for the block's row of that number; ``None`` where none comes of it."""
        if self._table.is_register:
            texts_but_number = [
                text
                for text, column in zip(texts, self._paste.columns, strict=True)
                if column is None or column.field != "number"
            ]
            return self._filling.new_row(self._table) if any(text.strip() for text in texts_but_number) else None
        if not self._paste.is_numbered:
            return self._filling.new_row(self._list()) if any(text.strip() for text in texts) else None
        if self._is_sum(texts):
            self._take_sum(texts)
            return None
        style = style_of(texts[0])
        if style != "I" and not any(text.strip() for text in texts[1:]):
            return None
        depth = depth_of(texts[0], self._styles, self._above)
        is_group = depth is not None and self._is_group(number, depth)
        groups = [row for row in self._path if row.is_group]
        above = groups if depth is None else self._path[: min(depth, MAX_ROW_LEVELS - 1)]
        if is_group:
            above = [row for row in above if row.is_group]
        row = self._filling.new_row(above[-1] if above else self._table, is_group)
        self._path = [*above, row]
        if (depth is not None and style in self._styles) or style == "1.1":
            self._above = len(above)
        return row

    def _list(self) -> Table | Row:
        return list_at_end(self._path[-1:], self._table)

    def _is_group(self, number: int, depth: int) -> bool:
        """A number that groups have, a name and a sum, and nothing else of a task."""
        if not may_be_group(depth, self._styles):
            return False
        texts = self._paste.block[number]
        has_other_amounts = False
        for text, column in zip(texts, self._paste.columns, strict=True):
            if column is not None and (column.field in ("number", "task", "total") or _is_empty(text, column)):
                continue
            if not text.strip():
                continue
            if column is None or not column.is_amount:
                return False
            has_other_amounts = True
        if not has_other_amounts or style_of(texts[0]) == "I":
            return True
        after = self._paste.block[number + 1] if number + 1 < len(self._paste.block) else None
        below = depth_of(after[0], self._styles, depth) if after else None
        return below is not None and below > depth

    def _is_sum(self, texts: Sequence[str]) -> bool:
        name = texts[self._name] if self._name is not None else ""
        if not is_sum(texts[0]) and (texts[0].strip() or not is_sum(name)):
            return False
        return all(
            column is None or column.field in ("number", "task") or column.is_amount or not text.strip()
            for text, column in zip(texts, self._paste.columns, strict=True)
        )

    def _take_sum(self, texts: Sequence[str]) -> None:
        for text, column in zip(texts, self._paste.columns, strict=True):
            if column is not None and column.field == "total" and text.strip():
                self._filling.put_stated_total(column, text)
                self.has_sum = True


def _is_empty(text: str, column: ScreenColumn) -> bool:
    """Whether a cell holds nothing, or a mark that is not set."""
    if not column.is_mark:
        return not text.strip()
    try:
        return not read_mark(text)
    except EntryError:
        return False


def begin(
    model: FollowingModel,
    block: Block,
    place: int,
    shown: Sequence[ScreenColumn],
    start: int,
    waiting: Sequence[ScreenColumn] = (),
) -> Paste:
    """A paste into row ``place`` from the column ``start`` of those that are ``shown`` on.

    ``waiting`` are all columns in their order but those that the user hid: also those that show only once there is
    something in them. They are meant where the block has just as many columns, or names them in its heads.
    Below the last row a block as wide as the table, with the rows' numbers as its first column, begins at that of
    the numbers; a block without any number beside it.
    """
    width = len(block[0])

    def count_heads(first: int) -> int:
        found = heads(block, [column.label for column in shown[first:]], shown[first].field == "number")
        return found if found < len(block) else 0

    is_at_end = place >= len(model.rows) and (start == 1 or not model.all_rows)
    if start and is_at_end and shown[0].field == "number" and width >= len(shown):
        start = 0 if is_numbered(block[count_heads(0) :]) else start
    if not start and len(shown) > 1 and shown[0].field == "number":
        start = 0 if any(style_of(row[0]) for row in block) else 1
    count = count_heads(start)
    texts = block[count:]
    has_numbers = shown[start].field == "number" and not model.table.is_register and is_numbered(texts)
    columns: list[ScreenColumn | None] | None = None
    if has_numbers and width > len(shown) and width == len(waiting):
        columns = list(waiting)
    elif has_numbers and count:
        columns = _by_heads(block, count, waiting)
    if columns is None:
        columns = list(shown[start : start + width])
        more = {fold(column.label): column for column in waiting if column not in shown}
        for number in range(len(columns), width):
            named = (more.get(fold(" ".join(row[number].split()))) for row in block[:count])
            columns.append(next(filter(None, named), None))
    return Paste(texts, place, columns, has_numbers, count > 0)


def _by_heads(block: Block, count: int, columns: Sequence[ScreenColumn]) -> list[ScreenColumn | None] | None:
    """The column that each head names; ``None`` where one with texts below it names none, or one that is taken."""
    known = {fold(column.label): column for column in columns[1:]}
    found: list[ScreenColumn | None] = [columns[0]]
    for number in range(1, len(block[0])):
        names = [fold(" ".join(row[number].split())) for row in block[:count]]
        column = next((known.pop(name) for name in names if name in known), None)
        if column is None and any(row[number].strip() for row in block[count:]):
            return None
        found.append(column)
    return found
