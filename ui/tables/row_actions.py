"""What can be done with rows of a table: add, remove, move, nest, group. Each is one edit.

Rows are given in printed order; what is under a row goes with it, so that rows under others of them are left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.i18n import N_
from models.plan import MAX_ROW_LEVELS, Row, Table, index_of, insert, move, path_of, remove
from ui.document import Document


def level(row: Row) -> int:
    """How many rows a row hangs under; 0 at the top of its table."""
    return len(path_of(row)) - 1


def _height(row: Row) -> int:
    return 1 + max((_height(child) for child in row.rows), default=0)


def tops(rows: Sequence[Row]) -> list[Row]:
    """Those of the rows that are under no other one of them."""
    chosen = {id(row) for row in rows}
    return [row for row in rows if not _is_below(row, chosen)]


def _is_below(row: Row, chosen: set[int]) -> bool:
    owner = row.parent
    while isinstance(owner, Row):
        if id(owner) in chosen:
            return True
        owner = owner.parent
    return False


def _runs(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows, neighbours of one list together."""
    found: list[list[Row]] = []
    for row in tops(rows):
        last = found[-1][-1] if found else None
        if last is not None and last.parent is row.parent and index_of(last) + 1 == index_of(row):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _owner(row: Row) -> Table | Row:
    assert isinstance(row.parent, Table | Row)
    return row.parent


# ---- adding and removing


def add_row(document: Document, table: Table, after: Row | None) -> Row:
    """A new row below ``after``: in the same list, or as the first one of a group; else at the end of the table."""
    if table.columns is not None:
        new, label = Row(cells=[""] * len(table.columns)), N_("Thêm dòng")
    else:
        new, label = Row(task=""), N_("Thêm nhiệm vụ")
    with document.edit(label):
        if after is None:
            insert(table, new)
        elif after.group is not None:
            insert(after, new, 0)
        else:
            insert(_owner(after), new, index_of(after) + 1)
    return new


def add_part(document: Document, task: Row) -> Row | None:
    """A new part at the end of a task (or a task at the end of a group); ``None`` where it is too deep."""
    if level(task) + 1 >= MAX_ROW_LEVELS:
        return None
    new = Row(task="")
    with document.edit(N_("Thêm phần việc")):
        insert(task, new)
    return new


def add_group(document: Document, table: Table, rows: Sequence[Row]) -> Row | None:
    """A group of those rows that are in the list of the first, or without any a new one at the end of the table.

    ``None`` where no group can be: within a task, or where it would be too deep.
    """
    new = Row(group="")
    if not rows:
        with document.edit(N_("Tạo nhóm")):
            insert(table, new)
        return new
    chosen = tops(rows)
    owner = _owner(chosen[0])
    together = [row for row in chosen if row.parent is owner]
    if isinstance(owner, Row) and owner.group is None:
        return None
    if level(together[0]) + max(_height(row) for row in together) >= MAX_ROW_LEVELS:
        return None
    with document.edit(N_("Tạo nhóm")):
        insert(owner, new, index_of(together[0]))
        for row in together:
            move(row, new, len(new.rows))
    return new


def delete_rows(document: Document, rows: Sequence[Row]) -> None:
    """Take out rows with all that is under them."""
    chosen = tops(rows)
    if chosen:
        with document.edit(N_("Xóa dòng")):
            for row in chosen:
                remove(row)


# ---- moving


def shift(document: Document, rows: Sequence[Row], step: int) -> bool:
    """Move rows one place up (-1) or down (+1), at the edge of a group into the next group; false where none can."""
    runs = _runs(rows)
    places = [(run, target) for run in runs if (target := _beside(run, step)) is not None]
    if not places:
        return False
    with document.edit(N_("Chuyển dòng")):
        for run, (owner, place) in places if step < 0 else reversed(places):
            if owner is run[0].parent:
                # The one neighbour goes round the run.
                neighbour = owner.rows[place]
                move(neighbour, owner, index_of(run[0] if step > 0 else run[-1]))
            else:
                for offset, row in enumerate(run):
                    move(row, owner, (len(owner.rows) if step < 0 else offset))
    return True


def _beside(run: Sequence[Row], step: int) -> tuple[Table | Row, int] | None:
    """Where a run of neighbours goes: its list and the place of the neighbour, or a group and its edge."""
    owner = _owner(run[0])
    place = index_of(run[0] if step < 0 else run[-1]) + step
    if 0 <= place < len(owner.rows):
        return owner, place
    if isinstance(owner, Row) and owner.group is not None and isinstance(owner.parent, Table | Row):
        neighbours = owner.parent.rows
        beside = index_of(owner) + step
        if 0 <= beside < len(neighbours) and neighbours[beside].group is not None:
            return neighbours[beside], 0
    return None


def nest(document: Document, rows: Sequence[Row]) -> bool:
    """Put rows under the one before them; false where that cannot be for one of them."""
    runs = _runs(rows)
    if not runs or not all(_can_nest(run) for run in runs):
        return False
    with document.edit(N_("Đưa vào dòng trên")):
        for run in runs:
            above = _owner(run[0]).rows[index_of(run[0]) - 1]
            for row in run:
                move(row, above, len(above.rows))
    return True


def _can_nest(run: Sequence[Row]) -> bool:
    place = index_of(run[0])
    if place == 0:
        return False
    above = _owner(run[0]).rows[place - 1]
    if above.group is None and any(row.group is not None for row in run):
        return False
    return level(above) + 1 + max(_height(row) for row in run) <= MAX_ROW_LEVELS


def unnest(document: Document, rows: Sequence[Row]) -> bool:
    """Put rows behind the one they are under; false where one of them is under none."""
    runs = _runs(rows)
    if not runs or not all(isinstance(run[0].parent, Row) for run in runs):
        return False
    with document.edit(N_("Đưa ra ngoài")):
        for run in reversed(runs):
            owner = run[0].parent
            assert isinstance(owner, Row)
            for row in reversed(run):
                move(row, _owner(owner), index_of(owner) + 1)
    return True


def below(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows and all that is under them."""
    for row in rows:
        yield row
        yield from below(row.rows)
