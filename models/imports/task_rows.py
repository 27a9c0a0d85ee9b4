"""The rows of a table of tasks: groups, tasks and their parts by their numbers, what each cell gives, stated sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.folding import fold
from models.i18n import N_
from models.imports.column_heads import Heads
from models.imports.grid import Cell
from models.imports.picture import Picture, Sum, style, sum_of
from models.imports.row_cells import RowCells
from models.imports.row_kinds import STARTS_LATER, Above, RowKinds
from models.imports.understood import Doubt, Mapping, Role
from models.plan import MAX_ROW_LEVELS, Row
from models.row_levels import label

_TRANSFERRED = re.compile(r"^(?:cac |danh muc )?(?:du an|nhiem vu)?(?:, (?:du an|nhiem vu))? ?chuyen tiep\b")

_IN_WRONG_PLACE = N_("“{text}” ở cột số thứ tự không phải là số thứ tự nên không được nhập.")
_AGAIN = N_("“{text}” không được nhập vì đã có cột khác cùng loại.")
_GOES_ON = N_("Dòng không có số thứ tự; được hiểu là phần tiếp của “{name}”.")
_NO_NUMBER = N_("Dòng không có số thứ tự; được hiểu là một nhiệm vụ.")
_GROUP = N_("Dòng chỉ có tên; được hiểu là tên nhóm.")
_GROUP_TEXT = N_("Dòng nhóm “{group}” có thêm “{text}”, không có chỗ trong bảng nên không được nhập.")
_TOO_DEEP = N_("Dòng nằm sâu quá {levels} cấp nên được đưa lên cấp {levels}.")
_CARRIED = N_("Các nhiệm vụ trong nhóm “{group}” được đánh dấu là chuyển tiếp.")
_SHARED = N_("Ô số tiền gộp {count} dòng; số tiền được ghi cho dòng đầu.")
_PAGE_SUM = N_("Dòng cộng của một trang giấy không được nhập: {text}")
_HIDDEN = N_("Dòng đang bị ẩn trong tệp nhưng vẫn được nhập; hãy xem có đúng ý không.")


@dataclass(slots=True)
class StatedSum:
    """A row that states a sum: where, what it says, the groups that are open there, how many rows come before it."""

    row: int
    name: Sum
    open: list[Row]
    before: int
    labelled: dict[str, Row] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """A row that others may go under."""

    style: str
    label: str
    row: Row


class TaskRows:
    """Reads the rows of one table; what comes of it is in ``rows``, ``roles``, ``sums`` and ``doubts``."""

    def __init__(self, picture: Picture, mapping: Mapping, heads: Heads, cells: RowCells) -> None:
        self.picture, self.mapping, self.cells = picture, mapping, cells
        self.heads = heads
        columns = mapping.columns
        self._kinds = RowKinds(picture, mapping)
        self.number, self.name = self._kinds.number, self._kinds.name
        self.amounts = cells.amounts
        #: Columns that say again what another one is: nothing of a row goes there.
        self._again = [
            at
            for at, name in enumerate(columns)
            if name in ("number", "task", "cells") and at not in (self.number, self.name)
        ]
        self.rows: list[Row] = []
        self.doubts: list[Doubt] = []
        self.sums: list[StatedSum] = []
        #: The grid's row of each row that came of it, by ``id``.
        self.places: dict[int, int] = {}
        self._open: list[_Open] = []
        self._last: Row | None = None
        self.labelled: dict[str, Row] = {}
        self._head_until = 0
        self._head = self._shown(mapping.head[0]) if mapping.head[0] >= 0 else ()

    # ---- one row

    def read(self, row: int) -> Role:
        """Take in a row below the heads."""
        cells = self.picture.filled(row)
        if not cells:
            return "empty"
        if row < self._head_until:
            return "head"
        if self._is_head(row, cells):
            # A head that goes on over two lines is repeated with both.
            self._head_until = row + self.mapping.head[1] - self.mapping.head[0] + 1
            return "head"
        if self.picture.counts_columns(row):
            return "numbers"
        for at, cell in cells:
            if cell.fault:
                self._doubt(row, at, "{fault}", fault=cell.fault)
            elif at in self._again:
                self._doubt(row, at, _AGAIN, text=cell.text[:60])
        if row in self.picture.grid.hidden_rows:
            self._doubt(row, -1, _HIDDEN)
        if (stated := self._sum(row, cells)) is not None:
            if stated.is_page:
                self._doubt(row, -1, _PAGE_SUM, "info", text=self._said(row))
                return "left out"
            before = len(self.places)
            self.sums.append(
                StatedSum(row, stated, [one.row for one in self._open if one.row.is_group], before, dict(self.labelled))
            )
            return "total"
        number, name, wrong = self._kinds.named(row, [one.label for one in self._open])
        if wrong:
            self._doubt(row, self.number, _IN_WRONG_PLACE, text=wrong[:60])
        return self._take(row, cells, number, name)

    def _is_head(self, row: int, cells: Sequence[tuple[int, Cell]]) -> bool:
        """Whether a row repeats the first line of the heads."""
        head = self._head
        if len(cells) != len(head) or not head or fold(" ".join(cells[0][1].text.split())) != head[0]:
            return False
        return self._shown(row) == head

    def _shown(self, row: int) -> tuple[str, ...]:
        return tuple(fold(" ".join(cell.text.split())) for _at, cell in self.picture.filled(row))

    def _doubt(self, row: int, column: int, sentence: str, severity: str = "warning", /, **values: object) -> None:
        self.doubts.append(Doubt(row, column, sentence, dict(values), "info" if severity == "info" else "warning"))

    def _sum(self, row: int, cells: Sequence[tuple[int, Cell]]) -> Sum | None:
        """What a row of a sum says: its name, amounts, and nothing else of a task."""
        names = [(at, cell) for at, cell in cells if at not in self.amounts and cell.text.strip(" *")]
        if not names or any(at != names[0][0] and at not in (self.name, self.number) for at, _cell in names):
            notes = [cell for at, cell in names[1:] if self.mapping.columns[at] in ("note", "funding")]
            if len(notes) != len(names) - 1 or not names:
                return None
        is_named = any(at == self.name for at, _cell in names)
        for at, cell in names:
            if at not in (self.name, self.number) and (is_named or at != names[0][0]):
                continue
            found = sum_of(cell.text)
            if found is not None:
                for other, text in names:
                    if other != at and text.text.strip(" *.-"):
                        self._doubt(row, other, _GROUP_TEXT, "info", group=cell.text[:60], text=text.text[:200])
                return found
        return None

    # ---- what it is

    def _take(self, row: int, cells: Sequence[tuple[int, Cell]], number: str, name: str) -> Role:
        above = Above([one.label for one in self._open], [one.style for one in self._open], self._last is not None)
        own = style(number, above.labels) if number else ""
        at = self.name if self.name >= 0 else self.number
        wide = self.picture.area(row, at) if at >= 0 else (row, 0, row, -1)
        is_wide = wide[3] - wide[1] >= 2 or (self.number >= 0 and wide[1] <= self.number < self.name <= wide[3])
        others = [(at, cell) for at, cell in cells if not wide[1] <= at <= wide[3]]
        details = [(at, cell) for at, cell in others if self._kinds.is_detail(at)]
        costs = [at for at, _cell in others if at in self.amounts]
        if self._kinds.is_group(row, above, own, number, name, details, is_wide, costs):
            is_plain = not own and not is_wide and not self.picture.rows[row][max(self.name, 0)].bold
            if is_plain and self.number >= 0 and not name.isupper():
                self._doubt(row, self.name, _GROUP, "info")
            return self._group(row, own, number, name, details)
        if own or (self.number < 0 and name and not self._goes_on(row, name, details, costs)):
            return self._task(row, own, number, name)
        return self._unnumbered(row, name, details, costs)

    # ---- putting it in

    def _group(self, row: int, own: str, number: str, name: str, details: Sequence[tuple[int, Cell]]) -> Role:
        group = Row(group=" ".join(name.split()))
        self._put(row, group, own or "G", number)
        for at, cell in details:
            self._doubt(row, at, _GROUP_TEXT, group=str(group.group)[:60], text=cell.text[:200])
        if _TRANSFERRED.match(fold(str(group.group))):
            self._doubt(row, -1, _CARRIED, "info", group=str(group.group)[:60])
        if number:
            self.labelled[label(number).upper()] = group
        self.cells.take_group(row, group)
        self._last = None
        return "group"

    def _task(self, row: int, own: str, number: str, name: str) -> Role:
        task = Row(task=" ".join(name.split()))
        above = self._put(row, task, own or "T", number)
        self.cells.take(row, task)
        if any(one.row.is_group and _TRANSFERRED.match(fold(str(one.row.group))) for one in self._open):
            task.carried_over = True
        for at in self.amounts:
            area = self.picture.area(row, at)
            if area[2] > area[0] == row and not self._is_one_task(area[0], area[2]):
                self._doubt(row, at, _SHARED, count=area[2] - area[0] + 1)
        self._last = task
        return "part" if above is not None and not above.is_group else "task"

    def _is_one_task(self, first: int, last: int) -> bool:
        """Whether the name of a task spans all those rows."""
        return self.name >= 0 and self.picture.area(first, self.name)[2] >= last

    def _put(self, row: int, new: Row, own: str, number: str) -> Row | None:
        """Put a row where its number says, below those that are open; gives the row that it hangs on."""
        text = label(number).upper() if own in ("I", "A") else label(number)
        stack = self._open
        styles = [one.style if one.style != "1.1" else f"1.1/{one.label.count('.')}" for one in stack]
        key = own if own != "1.1" else f"1.1/{text.count('.')}"
        prefix = text.rpartition(".")[0]
        above = next((at for at, one in enumerate(stack) if prefix and own == "1.1" and one.label == prefix), None)
        if above is not None:
            del stack[above + 1 :]
        elif key in styles:
            del stack[styles.index(key) :]
        elif new.is_group or own not in ("a", "-", "1.1"):
            while stack and not stack[-1].row.is_group:
                stack.pop()
        if new.is_group:
            while stack and not stack[-1].row.is_group:
                stack.pop()
        if len(stack) >= MAX_ROW_LEVELS:
            self._doubt(row, -1, _TOO_DEEP, levels=MAX_ROW_LEVELS)
            del stack[MAX_ROW_LEVELS - 1 :]
        parent = stack[-1].row if stack else None
        (parent.rows if parent is not None else self.rows).append(new)
        stack.append(_Open(own, text, new))
        self.places[id(new)] = row
        return parent

    # ---- rows without a number

    def _goes_on(self, row: int, name: str, details: Sequence[tuple[int, Cell]], costs: Sequence[int]) -> bool:
        """Whether a row of a table without numbers goes on with the name above it."""
        return self._last is not None and not costs and bool(STARTS_LATER.match(name)) and len(details) <= 1

    def _unnumbered(self, row: int, name: str, details: Sequence[tuple[int, Cell]], costs: Sequence[int]) -> Role:
        last = self._last
        is_new = bool(name.strip()) and not STARTS_LATER.match(name) and (bool(costs) or len(details) >= 2)
        if last is None or is_new:
            if not name.strip() and last is None:
                self._doubt(row, -1, N_("Dòng không có tên nhiệm vụ nên không được nhập: {text}"), text=self._said(row))
                return "left out"
            if self.number >= 0:
                self._doubt(row, -1, _NO_NUMBER)
            return self._task(row, "", "", name)
        if name.strip() and not STARTS_LATER.match(name):
            self._doubt(row, -1, _GOES_ON, name=" ".join((last.task or "").split())[:60])
        if name.strip():
            # Items of a list stay on lines of their own.
            sep = "\n" if name.lstrip().startswith(("-", "+")) else " "
            last.task = f"{last.task}{sep}{' '.join(name.split())}" if last.task else " ".join(name.split())
        self.cells.go_on(row, last)
        return "continued"

    def _said(self, row: int) -> str:
        return " | ".join(cell.text for _at, cell in self.picture.filled(row))[:300]
