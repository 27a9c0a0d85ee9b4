"""Blocks of cells of a table's page: copy, cut, paste, fill down, clear. Each that changes anything is one edit.

What the user sees counts: the order of columns and rows on the screen, and hidden ones are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTableView

from models.blocks import Block, BlockError
from models.i18n import N_, _
from models.plan import Row
from ui.dialogs.notation import ask_notation
from ui.tables import clipboard
from ui.tables.columns import edit_text, value_text
from ui.tables.filling import Filling
from ui.tables.following import FollowingModel
from ui.tables.pasting import Paste, begin, list_at_end
from ui.tables.selection import select_cells, selected, shown_columns, waiting_columns

if TYPE_CHECKING:
    from ui.pages.table import TablePage

_PART = N_("Chỉ dán bảng lớn nhất trong nội dung đã chép.")


def copy(view: QTableView) -> bool:
    """Put the selected cells on the clipboard, blanks for those in between; false where none are selected."""
    model = view.model()
    assert isinstance(model, FollowingModel)
    cells = selected(view)
    rows = [place for place in cells if place < len(model.rows)]
    shown = shown_columns(view)
    places = [place for place, column in enumerate(shown) if any(column in cells[row] for row in rows)]
    if not places:
        return False
    columns = shown[places[0] : places[-1] + 1]
    block = []
    for row in range(rows[0], rows[-1] + 1):
        chosen = cells.get(row, frozenset())
        block.append([_text(model, row, column) if column in chosen else "" for column in columns])
    clipboard.put(block, {place for place, column in enumerate(columns) if model.columns[column].is_amount})
    return True


def cut(page: TablePage) -> None:
    """Copy the selected cells, and empty them."""
    if copy(page.view):
        _empty(page, N_("Cắt"))


def clear(page: TablePage) -> None:
    """Empty the selected cells."""
    _empty(page, N_("Xóa nội dung"))


def paste(page: TablePage) -> None:
    """Put the block on the clipboard into the table, from the top left of the selection on.

    One text fills the selection. Rows beyond the last one are added; the numbers of the block (TT) say what
    they are. What cannot stand in its cell is marked and told, and all else goes in.
    """
    try:
        found = clipboard.take()
    except BlockError as error:
        page.notice.emit(str(error), "error")
        return
    if found is None:
        page.notice.emit(_("Chưa có nội dung để dán; hãy chép các ô, bảng hoặc văn bản trước."), "info")
        return
    view, model = page.view, page.model
    cells = selected(view)
    if len(found.rows) == len(found.rows[0]) == 1 and sum(map(len, cells.values())) > 1:
        text = found.rows[0][0]
        _fill(page, N_("Dán"), [(row, column, text) for row, column in _chosen(page, cells)], found.is_part)
        return
    work = _started(page, found.rows, cells)
    filling = work.work_out(model)
    if filling.unclear and (notation := ask_notation(page, filling.unclear, page.table.unit)):
        filling = work.work_out(model, notation)
    filling.write(N_("Dán"))
    # What was pasted is selected; where something was refused, the cursor goes there and the marks can be seen.
    marked = next(((one.row, one.field) for one in filling.refused if one.row is not None and one.is_marked), None)
    if marked is None:
        select_cells(view, work.targets, work.fields)
    else:
        select_cells(view, [marked[0]], [marked[1]])
    _tell(page, filling, [*work.remarks, *([_(_PART)] if found.is_part else [])])


def fill_down(page: TablePage) -> None:
    """Fill the selected rows with what stands in the first of them; one row alone with what stands above it.

    Groups are filled from groups, tasks from tasks; in the empty row at the end it makes a new task.
    """
    model = page.model
    cells = selected(page.view)
    wanted: list[tuple[Row | None, int, str]] = []
    for column in shown_columns(page.view):
        if not model.columns[column].is_editable:
            continue
        places = [place for place in cells if column in cells[place]]
        sources: dict[bool, int] = {}
        if len(places) == 1:
            start = range(min(places[0], len(model.rows)) - 1, -1, -1)
            is_group = places[0] < len(model.rows) and model.rows[places[0]].is_group
            above = next((place for place in start if model.rows[place].is_group == is_group), None)
            if above is None:
                continue
            sources[is_group] = above
        for place in places:
            row = model.rows[place] if place < len(model.rows) else None
            if row is None and len(places) > 1:
                continue
            source = sources.setdefault(row is not None and row.is_group, place)
            if source != place:
                wanted.append((row, column, _typed(model, source, column)))
    _fill(page, N_("Chép từ ô trên xuống"), wanted)


def _fill(page: TablePage, label: str, wanted: Sequence[tuple[Row | None, int, str]], is_part: bool = False) -> None:
    """Put texts into cells given by row (``None``: a new one) and column."""
    model = page.model

    def work_out(notation: str = "") -> Filling:
        filling = Filling(model, notation)
        new = (
            filling.new_row(list_at_end(model.rows, page.table))
            if any(row is None for row, _column, _text in wanted)
            else None
        )
        for row, column, text in wanted:
            known = row or new
            assert known is not None
            filling.put(known, model.columns[column], text)
        if new is not None and not filling.has_taken(new):
            filling.drop(new)
        return filling

    filling = work_out()
    if filling.unclear and (notation := ask_notation(page, filling.unclear, page.table.unit)):
        filling = work_out(notation)
    filling.write(label)
    _tell(page, filling, [_(_PART)] if is_part else [])


def _empty(page: TablePage, label: str) -> None:
    cells = _chosen(page, selected(page.view))
    _fill(page, label, [(row, column, "") for row, column in cells])


def _started(page: TablePage, block: Block, cells: dict[int, frozenset[int]]) -> Paste:
    """A paste that begins at the top left of the selection; without any in the empty row at the end."""
    shown = shown_columns(page.view)
    chosen = frozenset[int]().union(*cells.values())
    start = next((place for place, column in enumerate(shown) if column in chosen), min(1, len(shown) - 1))
    columns = page.model.columns
    return begin(
        page.model,
        block,
        min(cells, default=len(page.model.rows)),
        [columns[column] for column in shown],
        start,
        [columns[column] for column in waiting_columns(page.view)],
    )


def _chosen(page: TablePage, cells: dict[int, frozenset[int]]) -> list[tuple[Row, int]]:
    """The selected cells of rows that are there, but for those that hold no text of their own."""
    model = page.model
    return [
        (model.rows[row], column)
        for row, columns in cells.items()
        if row < len(model.rows)
        for column in columns
        if model.columns[column].is_editable
    ]


def _text(model: FollowingModel, place: int, column: int) -> str:
    """What a cell shows: the typed text, else what is computed."""
    row, shown = model.rows[place], model.columns[column]
    if shown.is_mark and row.group is None:
        return "✓" if getattr(row, shown.field) else ""
    if shown.field == "number" or not shown.is_editable:
        return str(model.index(place, column).data() or "").strip()
    text = _typed(model, place, column)
    if not text and shown.field == "total":
        document = model.document
        return value_text(row, shown.field, model.table.unit, document.totals, document.template)[0]
    return text


def _typed(model: FollowingModel, place: int, column: int) -> str:
    """The text typed into a cell; "x" for a mark."""
    row, shown = model.rows[place], model.columns[column]
    if row.cells is not None:
        number = int(shown.field.removeprefix("cells."))
        return row.cells[number] if number < len(row.cells) else ""
    if shown.is_mark:
        return "x" if row.group is None and getattr(row, shown.field) else ""
    return edit_text(row, shown.field, model.table.unit)


def _tell(page: TablePage, filling: Filling, remarks: Sequence[str]) -> None:
    """One line: how many cells were not taken and why the first was not, and what else there is to say."""
    parts = list(remarks)
    if filling.refused:
        first = filling.refused[0]
        place = page.model.place_of(first.row) + 1 if first.row is not None else 0
        message = _("Có {count} ô không nhận nội dung mới, giữ nguyên như cũ. {where}: {reason}")
        parts.insert(
            0, message.format(count=len(filling.refused), where=_where(place, first.head), reason=first.sentence)
        )
    if parts:
        page.notice.emit(" ".join(parts), "warning" if filling.refused else "info")


def _where(place: int, head: str) -> str:
    if place and head:
        return _("Dòng {row}, cột “{column}”").format(row=place, column=head)
    return _("Dòng {row}").format(row=place) if place else _("Cột “{column}”").format(column=head)
