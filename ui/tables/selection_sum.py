"""What is said of the selected cells: how many they are, and the sum of their amounts."""

from __future__ import annotations

from models.i18n import _
from models.money import format_amount, unit_name
from models.plan import Row
from models.totals import add
from ui.tables.arranging import amount_of
from ui.tables.task_model import TaskModel
from ui.tables.view import SheetView

#: Amounts of more cells than these are not added up: nobody waits for that.
_MOST = 100_000


def told(view: SheetView) -> str:
    """A sentence on the selection; empty where less than two cells are selected.

    An amount that is part of another selected one in its column, as a task's is of its group's, is not added again.
    """
    model, shown = view.model(), set(view.shown_columns())
    rows = model.rows  # type: ignore[attr-defined]
    places: dict[int, list[range]] = {}
    for part in view.selectionModel().selection().toList():
        for column in range(part.left(), part.right() + 1):
            if column in shown and part.top() < len(rows):
                places.setdefault(column, []).append(range(part.top(), min(part.bottom() + 1, len(rows))))
    count = sum(len(part) for parts in places.values() for part in parts)
    if count < 2:
        return ""
    sentence = _("Đang chọn {count} ô").format(count=f"{count:,}".replace(",", "."))
    if not isinstance(model, TaskModel):
        return sentence
    amounts: list[int | None] = []
    for column, parts in places.items():
        if model.columns[column].is_amount and count <= _MOST:
            chosen = [rows[place] for part in parts for place in part]
            amounts += _amounts(chosen, model.columns[column].field, model)
    total = add(amounts)
    if total is None:
        return sentence
    unit = model.table.unit
    return _("{sentence} · Tổng: {total} {unit}").format(
        sentence=sentence, total=format_amount(total, unit), unit=unit_name(unit)
    )


def _amounts(rows: list[Row], field: str, model: TaskModel) -> list[int]:
    totals = model.document.totals
    known = {id(row): amount for row in rows if (amount := amount_of(row, field, totals)) is not None}
    return [known[id(row)] for row in rows if id(row) in known and not _is_within(row, known)]


def _is_within(row: Row, known: dict[int, int]) -> bool:
    above = row.parent
    while isinstance(above, Row):
        if id(above) in known:
            return True
        above = above.parent
    return False
