"""The sums that a table states of itself: of all of it or of a group, held against what its rows add up to."""

from __future__ import annotations

from collections.abc import Sequence

from models import totals
from models.i18n import N_
from models.imports.cell_amounts import FACTORS
from models.imports.row_cells import Place, RowCells
from models.imports.task_rows import StatedSum, TaskRows
from models.imports.understood import Doubt, Understood
from models.money import format_amount, unit_name
from models.plan import Row, Table, walk_rows

_DIFFERS = N_("Tổng ghi trong tệp là {stated}, cộng các dòng được {computed}, lệch {difference} (đồng).")
_TWICE = N_("Bảng ghi hai tổng khác nhau: {first} và {second} (đồng); tổng ghi sau được giữ.")
_NO_GROUP = N_("Dòng cộng không rõ là của nhóm nào; số {stated} đồng không được giữ làm tổng đã nêu.")
_TOO_LARGE = N_("Số {amount} ({unit}) quá lớn; có thể số này ghi bằng đồng.")

Amounts = dict[str, int]


def settle(reader: TaskRows, cells: RowCells, found: Understood) -> None:
    """Put the stated sums where they belong: on ``found`` or on a group; with a doubt for each that does not agree."""
    sums: dict[int, int | None] = {}
    whole = _columns(reader.rows, sums)
    last = max((one.row for one in reader.sums), default=-1)
    for stated in reader.sums:
        amounts = _read(reader, cells, stated)
        owner = _owner(reader, stated, amounts.get("total"), whole, last)
        if owner is False:
            if "total" in amounts:
                found.doubts.append(Doubt(stated.row, -1, _NO_GROUP, {"stated": format_amount(amounts["total"])}))
            continue
        if isinstance(owner, Row):
            _state(found, owner, amounts.get("total"), stated.row)
            _compare(found, cells, stated.row, amounts, _columns(owner.rows, {}))
        else:
            _state(found, None, amounts.get("total"), stated.row)
            _compare(found, cells, stated.row, amounts, whole)
    _groups(cells, found)
    _scales(cells, found)


def _columns(rows: Sequence[Row], sums: dict[int, int | None]) -> Amounts:
    """What rows come to: all, by source, by year."""
    computed = totals.compute_table(Table(rows=list(rows)), sums)
    found = {"total": computed.total}
    found |= {f"funding.{key}": amount for key, amount in computed.by_source.items()}
    return found | {f"years.{year}": amount for year, amount in computed.by_year.items()}


def _read(reader: TaskRows, cells: RowCells, stated: StatedSum) -> Amounts:
    owner = Row(group="")
    before = len(cells.places)
    cells.take_group(stated.row, owner)
    found = {place.field: place.amount for place in cells.places[before:]}
    del cells.places[before:]
    return found


def _owner(reader: TaskRows, stated: StatedSum, amount: int | None, whole: Amounts, last: int) -> Row | bool | None:
    """The group whose sum a row states; ``None``: of the whole table, ``False``: of neither."""
    labels = stated.name.labels
    groups = [row for row in reader.rows if row.is_group]
    if len(labels) == 1:
        return stated.labelled.get(labels[0]) or reader.labelled.get(labels[0]) or (None if len(groups) < 2 else False)
    if labels:
        is_last = stated.name.word == "tong" and stated.before == len(reader.places)
        return None if len(labels) >= len(groups) or is_last or amount == whole["total"] else False
    if not stated.before or not stated.open:
        return None
    if amount is not None and amount != whole["total"]:
        for group in reversed(stated.open):
            if _columns(group.rows, {})["total"] == amount:
                return group
    if stated.row < last:
        return stated.open[-1]
    return stated.open[-1] if stated.name.word == "cong" and len(groups) > 1 and amount != whole["total"] else None


def _state(found: Understood, group: Row | None, amount: int | None, row: int) -> None:
    if amount is None:
        return
    old = found.stated_total if group is None else group.stated_total
    if old is not None and old != amount:
        values = {"first": format_amount(old), "second": format_amount(amount)}
        found.doubts.append(Doubt(row, -1, _TWICE, values))
    if group is None:
        found.stated_total = amount
    else:
        group.stated_total = amount


def _compare(found: Understood, cells: RowCells, row: int, stated: Amounts, computed: Amounts) -> None:
    columns = found.mapping.columns
    for field, amount in stated.items():
        of = computed.get(field, 0)
        if amount != of:
            values = {"stated": format_amount(amount), "computed": format_amount(of)}
            values["difference"] = format_amount(abs(amount - of))
            found.doubts.append(Doubt(row, columns.index(field), _DIFFERS, values))


def _groups(cells: RowCells, found: Understood) -> None:
    """Hold what groups state in their own rows against what is under them."""
    by_row: dict[int, list[Place]] = {}
    for place in cells.places:
        if place.owner.is_group:
            by_row.setdefault(place.row, []).append(place)
    for row, places in by_row.items():
        computed = _columns(places[0].owner.rows, {})
        _compare(found, cells, row, {place.field: place.amount for place in places}, computed)


def _scales(cells: RowCells, found: Understood) -> None:
    """Doubt amounts that look as if they were written in đồng beside others in thousands or millions."""
    from models.checks.amounts import suspicious_from

    tasks = sorted(row.total for row in walk_rows(found.rows) if row.total is not None)
    limit = suspicious_from(tasks)
    for place in cells.places:
        unit = cells.units[place.column]
        if unit in ("", "dong") or place.owner.is_group:
            continue
        is_slip = place.amount >= FACTORS[unit] * 10**6 and place.amount % (FACTORS[unit] * 1000) == 0
        if (unit == "million" and is_slip) or place.amount >= limit:
            shown = format_amount(place.amount // FACTORS[unit])
            values = {"amount": shown, "unit": unit_name(unit)}
            found.doubts.append(Doubt(place.row, place.column, _TOO_LARGE, values))
