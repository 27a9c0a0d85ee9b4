"""What can be done with rows of a task table: add, remove, move, nest, group. Each is one edit."""

from __future__ import annotations

from models.i18n import N_
from models.plan import MAX_ROW_LEVELS, Row, Table, index_of, insert, move, remove
from ui.document import Document


def level(row: Row) -> int:
    """How many rows a row hangs under; 0 at the top of its table."""
    depth, owner = 0, row.parent
    while isinstance(owner, Row):
        depth, owner = depth + 1, owner.parent
    return depth


def _height(row: Row) -> int:
    return 1 + max((_height(child) for child in row.rows), default=0)


def add_row(document: Document, table: Table, after: Row | None) -> Row:
    """A new task below ``after``: in the same list, or as the first one of a group."""
    new = Row(task="")
    with document.edit(N_("Thêm nhiệm vụ")):
        if after is None:
            insert(table, new)
        elif after.group is not None:
            insert(after, new, 0)
        else:
            assert after.parent is not None
            insert(after.parent, new, index_of(after) + 1)
    return new


def add_part(document: Document, task: Row) -> Row | None:
    """A new part at the end of a task (or a task at the end of a group); ``None`` where it is too deep."""
    if level(task) + 1 >= MAX_ROW_LEVELS:
        return None
    new = Row(task="")
    with document.edit(N_("Thêm phần việc")):
        insert(task, new)
    return new


def add_group(document: Document, table: Table, rows: list[Row]) -> Row | None:
    """A group of neighbouring rows, or without any a new one at the end of the table."""
    new = Row(group="")
    with document.edit(N_("Tạo nhóm")):
        if not rows:
            insert(table, new)
            return new
        owner = rows[0].parent
        assert isinstance(owner, Table | Row)
        together = [row for row in rows if row.parent is owner]
        if isinstance(owner, Row) and owner.group is None:
            return None
        if level(rows[0]) + max(_height(row) for row in together) >= MAX_ROW_LEVELS:
            return None
        insert(owner, new, index_of(together[0]))
        for row in together:
            move(row, new, len(new.rows))
    return new


def delete_rows(document: Document, rows: list[Row]) -> None:
    """Take out rows with all that is under them."""
    chosen = {id(row) for row in rows}
    tops = [row for row in rows if not _is_below(row, chosen)]
    if tops:
        with document.edit(N_("Xóa dòng")):
            for row in tops:
                remove(row)


def _is_below(row: Row, chosen: set[int]) -> bool:
    owner = row.parent
    while isinstance(owner, Row):
        if id(owner) in chosen:
            return True
        owner = owner.parent
    return False


def shift(document: Document, row: Row, step: int) -> None:
    """Move a row one place up (-1) or down (+1); at the edge of a group into the next group."""
    owner = row.parent
    assert isinstance(owner, Table | Row)
    place = index_of(row) + step
    with document.edit(N_("Chuyển dòng")):
        if 0 <= place < len(owner.rows):
            move(row, owner, place)
            return
        if not isinstance(owner, Row) or not isinstance(owner.parent, Table | Row):
            return
        neighbours = owner.parent.rows
        beside = index_of(owner) + step
        if owner.group is not None and 0 <= beside < len(neighbours) and neighbours[beside].group is not None:
            target = neighbours[beside]
            move(row, target, len(target.rows) if step < 0 else 0)


def nest(document: Document, row: Row) -> bool:
    """Put a row under the one before it; false where that cannot be."""
    owner, place = row.parent, index_of(row)
    if not isinstance(owner, Table | Row) or place == 0:
        return False
    above = owner.rows[place - 1]
    if row.group is not None and above.group is None:
        return False
    if level(above) + 1 + _height(row) > MAX_ROW_LEVELS:
        return False
    with document.edit(N_("Đưa vào dòng trên")):
        move(row, above, len(above.rows))
    return True


def unnest(document: Document, row: Row) -> bool:
    """Put a row behind the one it is under; false where it is under none."""
    owner = row.parent
    if not isinstance(owner, Row) or not isinstance(owner.parent, Table | Row):
        return False
    with document.edit(N_("Đưa ra ngoài")):
        move(row, owner.parent, index_of(owner) + 1)
    return True
