"""The cells of a row as fields of a task: a cell that says what it said when it was exported changes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import isclose
from typing import Any

from models.entries import EntryError, check_amount, check_length, check_time, read_mark
from models.exports import sheet_style as look
from models.exports.cells import reader
from models.exports.sheet_sums import NOTHING, Amount, is_amount
from models.folding import fold
from models.i18n import _
from models.imports.cell_amounts import whole
from models.imports.workbook_cells import Cell, Found, same
from models.money import LIMIT, UNITS, format_amount, parse_amount, unit_name
from models.plan import Plan, Row, Table
from models.template import Template
from models.times import parse_period
from models.totals import Totals, add
from models.yearly import spread


class Fields:
    """Reads the cells of one sheet."""

    def __init__(self, found: Found, plan: Plan, table: Table, template: Template, totals: Totals) -> None:
        self._found, self._unit, self._template, self._totals = found, table.unit, template, totals
        self._period = (plan.period_from, plan.period_to or plan.period_from)
        names = found.kept.fields
        #: Years before amounts, since these may be given by the year.
        self._order = sorted(range(len(names)), key=lambda at: (names[at] != "time", at))
        texts = [name for name in names if name != "number" and not is_amount(name)]
        self._readers: dict[str, Callable[[Row], str]] = {
            name: reader(name, names[1:], self._unit, template, totals) for name in texts
        }

    def texts(self, row: Row) -> dict[str, str]:
        """What the text cells of a row said when it was exported, by field."""
        if row.is_group:
            return {"task": look.clean(row.group or "")}
        return {name: look.clean(read(row)) for name, read in self._readers.items()}

    def take(self, row: Row, cells: Sequence[Cell], texts: dict[str, str], amounts: dict[str, Amount]) -> None:
        """Put what has changed into the row; ``texts`` and ``amounts`` are what it was exported with."""
        names = self._found.kept.fields
        for at in self._order:
            name, cell = names[at], cells[at]
            if name == "number" or (not texts and not amounts and cell.is_empty):
                continue
            if is_amount(name):
                self._take_amount(row, name, cell, amounts.get(name, NOTHING))
            else:
                self._take_text(row, name, cell, texts.get(name, ""))

    def take_stated(self, table: Table, cells: Sequence[Cell]) -> None:
        """A number typed over the total of the table."""
        for name, cell in zip(self._found.kept.fields, cells, strict=True):
            if name == "total" and not cell.is_empty and not cell.is_sum:
                value = self._found.value(cell)
                known = self._totals.of(table).total
                if not (isinstance(value, int | float) and not table.rows and value == known == 0):
                    table.stated_total = self._amount(cell)

    # ---- texts

    def _take_text(self, row: Row, name: str, cell: Cell, before: str) -> None:
        text = self._found.text(cell)
        if same(text, before):
            return
        if row.is_group and name != "task":
            if text:
                raise self._found.refuse(cell, _("Dòng nhóm chỉ có tên; hãy ghi nội dung này ở dòng nhiệm vụ."))
            return
        self._found.checked(cell, check_length, text)
        if name == "task":
            setattr(row, "group" if row.is_group else "task", text)
        elif name in ("security", "carried_over"):
            setattr(row, name, self._found.checked(cell, read_mark, text))
        elif name == "time":
            self._found.checked(cell, check_time, text)
            row.time = text
            row.time_from, row.time_to = parse_period(text) or (None, None)
        elif name == "funding":
            row.funding = self._found.checked(cell, self._funding, row, text)
        elif "+" in name:
            self._take_parts(row, name.split("+"), text)
        else:
            setattr(row, name, text)

    def _take_parts(self, row: Row, names: Sequence[str], text: str) -> None:
        """A cell with two fields, one under the other: the one that is still there keeps its words."""
        first, second = (look.clean(getattr(row, name)).strip() for name in names)
        if second and text.endswith(f"\n{second}"):
            setattr(row, names[0], text[: -len(second)].strip())
        elif first and text.startswith(f"{first}\n"):
            setattr(row, names[1], text[len(first) :].strip())
        else:
            setattr(row, names[0], text)
            setattr(row, names[1], "")

    def _funding(self, row: Row, text: str) -> dict[str, int | None]:
        """``NSĐP: 4.000; Khác: 11.000``, or the name of one source that pays all."""
        known: dict[str, str] = {}
        for source in self._template.sources:
            known[fold(source.short)] = known[fold(source.label)] = source.key
        for key in row.funding:
            known.setdefault(fold(key), key)
        found: dict[str, int | None] = {}
        pieces = [piece.strip() for piece in text.replace("\n", ";").split(";") if piece.strip()]
        for piece in pieces:
            name, colon, amount = piece.rpartition(":") if ":" in piece else (piece, "", "")
            key = known.get(fold(name.strip()), "")
            if not key:
                names = ", ".join(source.short for source in self._template.sources)
                sentence = _("“{text}” không phải là nguồn vốn của mẫu này; các nguồn là: {names}.")
                raise EntryError(sentence.format(text=name.strip()[:40], names=names))
            if colon:
                found[key] = parse_amount(amount, self._unit)
            else:
                whole = row.total if row.total is not None else add(row.funding.values())
                found[key] = whole if len(pieces) == 1 else None
        return found

    # ---- amounts

    def _take_amount(self, row: Row, name: str, cell: Cell, before: Amount) -> None:
        if cell.is_sum and (name == "total" or before.down or row.is_group):
            if name == "total" and not row.is_group:
                # A sum in the place of a stated amount: it is to be computed.
                row.total = None
            return
        was_sum = bool(before.across or before.down)
        if cell.is_empty:
            if not was_sum and not row.is_group and before.value is not None:
                self._clear(row, name)
            return
        value = self._found.value(cell)
        if not was_sum and before.value is not None and self._is(value, before.value):
            return
        if row.is_group and name != "total":
            sentence = _("Dòng nhóm do chương trình tự cộng; hãy ghi số tiền ở dòng nhiệm vụ.")
            raise self._found.refuse(cell, sentence)
        if isinstance(value, str) and not value.strip():
            return
        kind, _dot, key = name.partition(".")
        if isinstance(value, str) and kind in ("total", "years") and not row.is_group:
            period = self._period if None not in self._period else None
            yearly = self._found.checked(cell, spread, row, value, self._unit, period)
            if yearly is not None:
                row.total, row.years = yearly["total"], yearly["years"]
                return
        amount = self._amount(cell)
        if row.is_group:
            row.stated_total = amount
        elif kind == "total":
            row.total = amount
        else:
            setattr(row, kind, {**getattr(row, kind), key: amount})

    def _clear(self, row: Row, name: str) -> None:
        kind, _dot, key = name.partition(".")
        if kind == "total":
            row.total = None
        else:
            setattr(row, kind, {one: amount for one, amount in getattr(row, kind).items() if one != key})

    def _is(self, value: Any, amount: int) -> bool:
        """Whether a cell still holds ``amount``, as near as the numbers of a spreadsheet come to it."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return isclose(value, look.number(amount, self._unit), rel_tol=1e-14, abs_tol=0.0)

    def _amount(self, cell: Cell) -> int:
        """The amount (đồng) in a cell: a number in the table's unit, or a typed text."""
        value = self._found.value(cell)
        if isinstance(value, str):
            self._found.checked(cell, check_amount, value, self._unit)
            return int(self._found.checked(cell, parse_amount, value, self._unit))
        if isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
            sentence = _("Ô đang là ngày hoặc đúng/sai, không phải số tiền; hãy định dạng lại ô là số rồi gõ lại.")
            raise self._found.refuse(cell, sentence)
        exact = Decimal(repr(value)) * UNITS[self._unit]
        if not exact.is_finite() or abs(exact) > LIMIT:
            sentence = _("Số này lớn hơn mức nhận được ({limit} đồng); hãy xem lại con số và đơn vị tính.")
            raise self._found.refuse(cell, sentence.format(limit=format_amount(LIMIT)))
        amount, is_whole = whole(exact)
        if not is_whole:
            sentence = _("Số này ({unit}) có phần lẻ nhỏ hơn một đồng; hãy làm tròn hoặc xem lại đơn vị tính.")
            raise self._found.refuse(cell, sentence.format(unit=unit_name(self._unit)))
        return amount
