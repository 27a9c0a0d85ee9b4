"""What a table of an office was understood as: which column is what, the rows made of it, and what is unsure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from models.i18n import N_, _
from models.imports.grid import Grid
from models.plan import Row
from models.template import Template

#: What a column may be, and how that is called; besides ``funding.KEY`` and ``years.YEAR``. ``funding``: a cell of
#: text that names sources, perhaps with amounts; the empty one: left out.
FIELDS: dict[str, str] = {
    "number": N_("Số thứ tự"),
    "task": N_("Tên nhiệm vụ, dự án"),
    "objective": N_("Mục tiêu"),
    "scope": N_("Quy mô"),
    "lead": N_("Đơn vị chủ trì"),
    "time": N_("Thời gian thực hiện"),
    "total": N_("Kinh phí"),
    "funding": N_("Nguồn vốn"),
    "security": N_("An toàn thông tin"),
    "carried_over": N_("Chuyển tiếp"),
    "result": N_("Kết quả"),
    "note": N_("Ghi chú"),
    "": N_("(bỏ qua)"),
}
#: What a column of a register is.
CELLS = "cells"

Kind = Literal["tasks", "register", "other"]
Severity = Literal["warning", "info"]
#: What a row of the table is.
Role = Literal[
    "title", "unit", "head", "numbers", "group", "task", "part", "total", "continued", "empty", "after", "left out"
]


@dataclass(slots=True)
class Mapping:
    """Which column is what, as guessed or as somebody put it right.

    ``head``: first and last row of the heads, from 0, (-1, -1) where there are none; ``columns``: a field of
    ``FIELDS`` (or ``funding.KEY``, ``years.YEAR``; ``cells`` in a register) for each column; ``unit``: a key of
    ``money.UNITS``, empty where it is to be asked; ``end``: the row after the last; ``notation``: one of
    ``entries.NOTATIONS`` where the numbers do not tell how they are written.
    """

    kind: Kind
    head: tuple[int, int]
    columns: list[str]
    unit: str = ""
    title: str = ""
    end: int = 0
    notation: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was not understood for sure: in which row and column of the grid (column -1: the whole row)."""

    row: int
    column: int
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    severity: Severity = "warning"

    @property
    def message(self) -> str:
        """The sentence for the user, in the language set now."""
        return _(self.text).format(**self.values)


@dataclass(slots=True)
class Understood:
    """A table understood: the rows that a plan would get (in no plan yet), and what each row of the grid was.

    ``stated_total``: đồng, ``None`` where the table states none; ``register_columns``: the heads of a register;
    ``table_key``: the table of the template that it looks like, empty where it looks like none.
    """

    grid: Grid
    mapping: Mapping
    rows: list[Row] = field(default_factory=list)
    stated_total: int | None = None
    doubts: list[Doubt] = field(default_factory=list)
    role: list[Role] = field(default_factory=list)
    register_columns: list[str] = field(default_factory=list)
    table_key: str = ""
    #: What it was read for; tables that are joined are read again.
    template: Template | None = field(default=None, repr=False)
