"""Texts put into many cells: worked out before anything changes, then written in one edit.

A cell whose text cannot stand there keeps what it has, and the model's ``refusals`` say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.entries import check_amount, check_length, check_time, in_notation, read_mark, readings
from models.errors import AmountError, UserError
from models.i18n import N_, _
from models.money import format_amount, parse_amount
from models.plan import Row, Table, insert
from models.text import clean
from ui.tables.columns import ScreenColumn, values_of
from ui.tables.following import FollowingModel

_GROUP = N_("Dòng nhóm chỉ có tên và tổng đã nêu; các cột khác chương trình tự cộng hoặc để trống.")
_NUMBER = N_("Số thứ tự do chương trình tự đánh, không ghi vào được.")
_BEYOND = N_("Bảng không có cột này.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that was not taken: its row (``None``: one that did not come to be), the column's field and head, why."""

    row: Row | None
    field: str
    head: str
    sentence: str

    @property
    def is_marked(self) -> bool:
        """Whether there is a cell to be marked."""
        return self.row is not None and self.field not in ("", "number")


class Filling:
    """``put`` texts into cells, then ``write`` them; ``unclear`` are amounts that may mean this or that.

    With a ``notation`` (``models.entries.NOTATIONS``) amounts are read in that one where they can be.
    """

    def __init__(self, model: FollowingModel, notation: str = "") -> None:
        self.model = model
        self.notation = notation
        self.unclear: list[str] = []
        self.refused: list[Refusal] = []
        self.stated_total: int | None = None
        self._table = model.table
        #: By ``id()``: a row, a copy of it that takes the texts, and the names of the fields set there.
        self._drafts: dict[int, tuple[Row, Row, set[str]]] = {}
        self._new: list[tuple[Table | Row, Row]] = []
        self._is_new: set[int] = set()
        self._taken: set[tuple[int, str]] = set()
        self._filled: set[int] = set()

    # ---- rows

    def new_row(self, owner: Table | Row, is_group: bool = False) -> Row:
        """A row at the end of ``owner``, which may itself be one that is to come."""
        row = Row(cells=[]) if self._table.is_register else Row(group="") if is_group else Row(task="")
        row.__dict__["parent"] = owner
        self._is_new.add(id(row))
        self._new.append((owner, row))
        return row

    def has_taken(self, row: Row) -> bool:
        """Whether any text but an empty one was taken into a row."""
        return id(row) in self._filled

    def drop(self, row: Row) -> None:
        """Take back a new row, the last one, into which nothing went."""
        self._new.pop()
        self._is_new.discard(id(row))
        self.refused = [
            Refusal(None, refusal.field, refusal.head, refusal.sentence) if refusal.row is row else refusal
            for refusal in self.refused
        ]

    # ---- texts

    def put(self, row: Row, column: ScreenColumn | None, text: str) -> None:
        """Put a text into a cell, or refuse it; without a column there is none where it should stand."""
        if column is None or column.field == "number":
            if text.strip():
                self._refuse(row, column, _(_NUMBER if column else _BEYOND))
            return
        try:
            check_length(text)
            values = self._values(row, column, clean(text).strip())
        except UserError as error:
            self._refuse(row, column, str(error))
            return
        draft, names = self._draft(row)
        draft.__dict__.update(values)
        names.update(values)
        self._taken.add((id(row), column.field))
        if text.strip():
            self._filled.add(id(row))

    def put_stated_total(self, column: ScreenColumn, text: str) -> None:
        """Put a text into the stated total of the table."""
        try:
            check_amount(text, self._table.unit)
            self.stated_total = parse_amount(self._read(text), self._table.unit)
        except UserError as error:
            self._note_unclear(text)
            self.refused.append(Refusal(None, column.field, column.label, str(error)))

    def _values(self, row: Row, column: ScreenColumn, text: str) -> dict[str, Any]:
        field, unit = column.field, self._table.unit
        draft = self._draft(row)[0]
        if row.cells is not None:
            place = int(field.removeprefix("cells."))
            cells = list(draft.cells or [])
            cells += [""] * (max(len(self._table.columns or []), place + 1) - len(cells))
            cells[place] = text
            return {"cells": cells}
        if row.group is not None and field not in ("task", "total"):
            if text:
                raise UserError(_(_GROUP))
            return {}
        if column.is_mark:
            return {field: read_mark(text)}
        if field == "time":
            check_time(text)
        if not column.is_amount:
            return values_of(draft, field, text, unit)
        check_amount(text, unit)
        try:
            return values_of(draft, field, self._read(text), unit)
        except AmountError:
            self._note_unclear(text)
            raise

    def _read(self, text: str) -> str:
        """An amount as the other readers take it: put from the notation of the block into ours."""
        if not self.notation:
            return text
        unit = self._table.unit
        try:
            amount = parse_amount(in_notation(text, self.notation), unit)
        except AmountError:
            return text
        unclear = readings(text, unit)
        return text if unclear and amount not in unclear.values() else format_amount(amount, unit)

    def _note_unclear(self, text: str) -> None:
        if readings(text, self._table.unit):
            self.unclear.append(text)

    def _refuse(self, row: Row, column: ScreenColumn | None, sentence: str) -> None:
        field, head = (column.field, column.label) if column else ("", "")
        self.refused.append(Refusal(row, field, head, sentence))

    def _draft(self, row: Row) -> tuple[Row, set[str]]:
        if id(row) in self._is_new:
            return row, set()
        if id(row) not in self._drafts:
            copy = Row()
            copy.__dict__.update(row.__dict__, guard=None)
            self._drafts[id(row)] = row, copy, set()
        return self._drafts[id(row)][1:]

    # ---- writing

    def write(self, label: str) -> list[Row]:
        """Write all in one edit called ``label`` (marked with ``N_``), mark what was refused; gives the new rows."""
        changes = [
            (row, name, draft.__dict__[name])
            for row, draft, names in self._drafts.values()
            for name in names
            if row.__dict__[name] != draft.__dict__[name]
        ]
        states = self.stated_total is not None and self.stated_total != self._table.stated_total
        if changes or self._new or states:
            with self.model.document.edit(label):
                for row, name, value in changes:
                    setattr(row, name, value)
                for owner, row in self._new:
                    insert(owner, row)
                if states:
                    self._table.stated_total = self.stated_total
        self._mark()
        return [row for _owner, row in self._new]

    def _mark(self) -> None:
        refusals = self.model.refusals
        before = dict(refusals)
        live = {id(row) for row in self.model.all_rows}
        for place in before:
            if place in self._taken or place[0] not in live:
                del refusals[place]
        for refusal in self.refused:
            if refusal.is_marked:
                refusals[id(refusal.row), refusal.field] = refusal.sentence
        if refusals != before:
            self.model.refresh()
