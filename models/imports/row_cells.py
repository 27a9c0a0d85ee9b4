"""The cells of one row of a table as the fields of a task: texts, times, amounts, sources, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.entries import LONGEST, EntryError, check_time, read_mark, shown
from models.errors import AmountError
from models.i18n import N_
from models.imports import cell_amounts
from models.imports.column_heads import meaning
from models.imports.grid import Cell
from models.imports.picture import Picture
from models.imports.source_names import Sources
from models.imports.table_columns import is_amount
from models.imports.understood import Doubt, Mapping
from models.plan import Row
from models.times import parse_period
from models.yearly import spread

_TEXTS = ("objective", "scope", "result")
_LINES = ("lead", "time")

_TOO_LONG = N_("Nội dung dài {length} ký tự, quá mức nhận được nên không được nhập; hãy tách ra hoặc viết gọn lại.")
_NO_DAY = N_("“{text}” có ngày không có thật; hãy xem lại.")
_NO_MARK = N_("“{text}” không phải là dấu đánh ô nên được ghi vào ghi chú.")
_UNCLEAR_SOURCE = N_("Chưa rõ “{text}” là nguồn vốn nào trong mẫu nên chỉ được ghi vào ghi chú ({count} dòng).")
_PART_OF_SOURCES = N_("Không hiểu hết các nguồn trong “{text}”; nội dung được giữ ở ghi chú.")
_ADDED = N_("Số tiền ở dòng tiếp theo được cộng vào nhiệm vụ “{name}”.")


@dataclass(frozen=True, slots=True)
class Place:
    """An amount that was read: where it stands, what it is, and the number as it stands there."""

    row: int
    column: int
    field: str
    amount: int
    owner: Row


class RowCells:
    """Reads the cells of rows; ``units``: the unit of each column of amounts, empty where it is not known."""

    def __init__(
        self,
        picture: Picture,
        mapping: Mapping,
        sources: Sources,
        heads: Sequence[tuple[str, ...]],
        units: Sequence[str],
        period: tuple[int, int] | None,
    ) -> None:
        self.picture, self.mapping = picture, mapping
        self.sources, self.units, self.period = sources, units, period
        columns = mapping.columns
        self.amounts = frozenset(at for at, field in enumerate(columns) if is_amount(field))
        self.doubts: list[Doubt] = []
        self.places: list[Place] = []
        self._unclear: dict[str, list[tuple[int, int]]] = {}
        self._texts = [at for at, field in enumerate(columns) if field in _TEXTS + _LINES]
        self._marks = [at for at, field in enumerate(columns) if field in ("security", "carried_over")]
        self._notes = [at for at, field in enumerate(columns) if field == "note"]
        self._funding = [at for at, field in enumerate(columns) if field == "funding"]
        #: What is put before a note whose column is headed otherwise.
        self._prefix = {
            at: f"{heads[at][-1]}: "
            for at in self._notes
            if heads[at] and meaning(heads[at][-1]) not in ("note", "funding")
        }

    def _doubt(self, row: int, column: int, sentence: str, severity: str = "warning", /, **values: object) -> None:
        self.doubts.append(Doubt(row, column, sentence, dict(values), "info" if severity == "info" else "warning"))

    def finish(self) -> None:
        """Say what was said of several rows."""
        for text, places in self._unclear.items():
            self._doubt(*places[0], _UNCLEAR_SOURCE, "info", text=shown(text), count=len(places))

    # ---- a task

    def take(self, row: int, task: Row) -> None:
        """The fields of a task from its row; what a merged cell says counts for every row that it spans."""
        for at in self._texts:
            if text := self._text(row, at):
                self._put_text(row, at, task, text)
        for at in self._marks:
            self._mark(row, at, task)
        rests: list[str] = []
        yearly: dict[int, Cell] = {}
        for at in sorted(self.amounts, key=lambda at: self.mapping.columns[at] != "total"):
            cell = self.picture.own(row, at)
            if cell.text and not self._is_spread(row, at, task, cell):
                yearly[at] = cell
        for at, cell in yearly.items():
            self._amount(row, at, task, cell, rests)
        self._note(row, task, rests)

    def go_on(self, row: int, task: Row) -> None:
        """What a further line of a task adds to it."""
        for at, cell in self.picture.filled(row):
            field = self.mapping.columns[at]
            if at in self.amounts:
                rests: list[str] = []
                before = (task.total, dict(task.funding), dict(task.years))
                self._amount(row, at, task, cell, rests)
                if (task.total, task.funding, task.years) != before:
                    self._doubt(row, at, _ADDED, name=(task.task or "")[:60])
                if rests:
                    self._add_note(task, " ".join(rests))
            elif field in ("note", "funding"):
                text = self._prefix.get(at, "") + cell.text
                if field == "funding":
                    self._sources_of(row, at, task, cell.text)
                self._add_note(task, text, goes_on=_goes_on(task.note, text))
            elif field in _TEXTS + _LINES:
                old = getattr(task, field)
                joint = " " if field in _LINES or _goes_on(old, cell.text) else "\n"
                self._put_text(row, at, task, f"{old}{joint}{cell.text}" if old else cell.text)
            elif at in self._marks:
                self._mark(row, at, task)

    def take_group(self, row: int, group: Row) -> None:
        """The sum that a group states in its own row; sums of sources and years are checked later."""
        for at in sorted(self.amounts):
            cell = self.picture.own(row, at)
            if not cell.text or (name := self.mapping.columns[at]) == "":
                continue
            read = self._read(row, at, cell)
            if read is not None and read.amount is not None:
                self.places.append(Place(row, at, name, read.amount, group))
                if name == "total":
                    group.stated_total = read.amount

    # ---- texts

    def _text(self, row: int, at: int) -> str:
        """What a cell says, also where it goes on from above; once where it goes on from the left."""
        cell = self.picture.rows[row][at]
        if not cell.text or self.picture.area(row, at)[1] != at:
            return ""
        if len(cell.text) > LONGEST:
            self._doubt(row, at, _TOO_LONG, length=len(cell.text))
            return ""
        return cell.text

    def _put_text(self, row: int, at: int, task: Row, text: str) -> None:
        field = self.mapping.columns[at]
        old = getattr(task, field)
        if field in _LINES:
            text = " ".join(text.split())
            text = f"{old}; {text}" if old and not text.startswith(old) else text
        elif old and not text.startswith(old):
            text = f"{old}\n{text}"
        if field == "time":
            try:
                check_time(text)
            except EntryError:
                self._doubt(row, at, _NO_DAY, text=shown(text))
            task.time_from, task.time_to = parse_period(text) or (None, None)
        setattr(task, field, text)

    def _mark(self, row: int, at: int, task: Row) -> None:
        text = self._text(row, at)
        try:
            if read_mark(text):
                setattr(task, self.mapping.columns[at], True)
        except EntryError:
            self._add_note(task, text)
            self._doubt(row, at, _NO_MARK, "info", text=shown(text))

    # ---- amounts

    def _read(self, row: int, at: int, cell: Cell) -> cell_amounts.Read | None:
        """The amount in a cell with its doubt told; ``None`` where nothing tells the unit."""
        if not self.units[at]:
            return None
        read = cell_amounts.read(cell, self.units[at], self.mapping.notation)
        if read.doubt:
            self._doubt(row, at, read.doubt, read.severity, **read.values)
        return read

    def _is_spread(self, row: int, at: int, task: Row, cell: Cell) -> bool:
        """Take an amount by the year ("3.000 (600/năm)") where the years are known and come to the total."""
        unit = self.units[at]
        if cell.value is not None or self.mapping.columns[at] != "total" or unit not in ("dong", "thousand", "million"):
            return False
        try:
            found = spread(task, " ".join(cell.text.split()), unit, self.period)
        except AmountError:
            return False
        if found is None or sum(found["years"].values()) != found["total"]:
            return False
        task.total, task.years = found["total"], found["years"]
        self.places.append(Place(row, at, "total", found["total"], task))
        return True

    def _amount(self, row: int, at: int, task: Row, cell: Cell, rests: list[str]) -> None:
        name = self.mapping.columns[at]
        kind, _dot, key = name.partition(".")
        if name == "total" and cell.value is None and self.units[at]:
            several = cell_amounts.by_sources(cell.text, self.sources, self.units[at], self.mapping.notation)
            if several is not None:
                task.funding = {**task.funding, **several[0]}
                if several[1]:
                    task.total = sum(several[0].values())
                    self.places.append(Place(row, at, name, task.total, task))
                else:
                    self._doubt(row, at, _PART_OF_SOURCES, text=shown(cell.text))
                rests.append(cell.text)
                return
        read = self._read(row, at, cell)
        if read is None:
            return
        if read.rest:
            inside = read.rest.strip("() ")
            several = cell_amounts.by_sources(inside, self.sources, self.units[at], self.mapping.notation)
            if several is not None and several[1] and name == "total" and sum(several[0].values()) == read.amount:
                task.funding = {**task.funding, **several[0]}
            rests.append(read.rest)
        if read.amount is None:
            return
        self.places.append(Place(row, at, name, read.amount, task))
        if kind == "total":
            task.total = read.amount + (task.total or 0)
        else:
            amounts = getattr(task, kind)
            setattr(task, kind, {**amounts, key: read.amount + (amounts.get(key) or 0)})

    # ---- notes and sources

    def _note(self, row: int, task: Row, rests: Sequence[str]) -> None:
        for at in self._funding:
            if text := self._text(row, at):
                self._sources_of(row, at, task, text)
                self._add_note(task, text)
        for at in self._notes:
            if text := self._text(row, at):
                self._add_note(task, self._prefix.get(at, "") + text)
        for rest in rests:
            self._add_note(task, rest, goes_on=rest.startswith("("))

    def _add_note(self, task: Row, text: str, goes_on: bool = False) -> None:
        task.note = f"{task.note}{' ' if goes_on else chr(10)}{text}" if task.note else text

    def _sources_of(self, row: int, at: int, task: Row, text: str) -> None:
        """The sources that a text names: each with its amount, or the one that all of it is from."""
        unit = next((self.units[one] for one in self.amounts if self.mapping.columns[one] == "total"), "")
        several = cell_amounts.by_sources(
            text, self.sources, unit or self.mapping.unit or "million", self.mapping.notation
        )
        if several is not None and (unit or self.mapping.unit):
            task.funding = {**task.funding, **several[0]}
            if not several[1]:
                self._doubt(row, at, _PART_OF_SOURCES, "info", text=shown(text))
            return
        key = self.sources.key(text)
        if key and task.total is not None and not task.funding:
            task.funding = {key: task.total}
        elif not key:
            self._unclear.setdefault(text, []).append((row, at))


def _goes_on(old: str, text: str) -> bool:
    """Whether a line goes on with the sentence above it."""
    return bool(old) and text[:1].islower() and not old.rstrip().endswith((".", ";", ":"))
