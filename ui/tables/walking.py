"""Where a key leads in a table typed into like a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt

if TYPE_CHECKING:
    from ui.tables.view import SheetView

#: The column where a run of Tabs began, and the row and column that it led to.
Run = tuple[int, int, int]

MOVES: dict[int, str] = {
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Home: "home",
    Qt.Key.Key_End: "end",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_PageUp: "page_up",
}


def target(view: SheetView, way: str, is_far: bool) -> QModelIndex:
    """The cell that a way leads to from the current one; ``is_far``: to the edge of what is filled in, as in Excel."""
    index, columns, last = view.currentIndex(), view.shown_columns(), view.model().rowCount() - 1
    if not columns:
        return index
    row = index.row()
    at = columns.index(index.column()) if index.column() in columns else 0
    if way in ("page_down", "page_up"):
        row = view.heights.reach(row, 1 if way == "page_down" else -1)
    elif way in ("down", "up"):
        ahead = range(row + 1, last + 1) if way == "down" else range(row - 1, -1, -1)
        row = _edge(view, [(one, columns[at]) for one in ahead], (row, columns[at]), is_far)[0]
    elif way in ("left", "right"):
        ahead = range(at + 1, len(columns)) if way == "right" else range(at - 1, -1, -1)
        at = columns.index(_edge(view, [(row, columns[one]) for one in ahead], (row, columns[at]), is_far)[1])
    elif way == "home":
        row, at = (0 if is_far else row), 0
    elif way == "end":
        row, at = (last if is_far else row), len(columns) - 1
    return view.model().index(row, columns[at])


def _edge(view: SheetView, ahead: list[tuple[int, int]], here: tuple[int, int], is_far: bool) -> tuple[int, int]:
    """The last filled cell before an empty one, or behind empty ones the first filled one; else the edge."""
    if not ahead or not is_far:
        return ahead[0] if ahead else here

    def is_filled(cell: tuple[int, int]) -> bool:
        return bool(view.model().index(*cell).data(Qt.ItemDataRole.EditRole))

    if not (is_filled(here) and is_filled(ahead[0])):
        return next((cell for cell in ahead if is_filled(cell)), ahead[-1])
    before = ahead[0]
    for cell in ahead:
        if not is_filled(cell):
            return before
        before = cell
    return before


def stops(view: SheetView, row: int) -> list[int]:
    """The columns of a row that Tab stops at, from left to right: cells that are typed into, and marks."""
    model = view.model()
    found = []
    for column in view.shown_columns():
        index = model.index(row, column)
        part = model.row_at(index)  # type: ignore[attr-defined]
        is_mark = model.columns[column].is_mark  # type: ignore[attr-defined]
        if model.flags(index) & Qt.ItemFlag.ItemIsEditable or (is_mark and part is not None and part.group is None):
            found.append(column)
    return found


def across(view: SheetView, run: Run | None, by: int) -> Run | None:
    """Go to the next (+1) or previous (-1) cell that is typed into, over the edge into the row below or above.

    Gives the run of Tabs that this makes longer, or begins.
    """
    index = view.currentIndex()
    row, order = index.row(), view.shown_columns()
    begun = run[0] if run is not None and run[1:] == (row, index.column()) else index.column()
    at = order.index(index.column()) if index.column() in order else -1
    ahead = [column for column in stops(view, row) if (order.index(column) - at) * by > 0]
    while not ahead:
        row += by
        if not 0 <= row < view.model().rowCount():
            return run
        ahead = stops(view, row)
        begun = ahead[0] if ahead else begun
    column = ahead[0 if by > 0 else -1]
    view.select_cell(view.model().index(row, column))
    return begun, row, column


def down(view: SheetView, run: Run | None) -> None:
    """Go to the row below, after a run of Tabs to the column where it began; in the empty row to its first cell."""
    index = view.currentIndex()
    row, column, last = index.row() + 1, index.column(), view.model().rowCount() - 1
    if row > last:
        return
    if run is not None and run[1:] == (index.row(), index.column()):
        column = run[0]
    if row == last and (first := stops(view, row)):
        column = first[0]
    view.select_cell(view.model().index(row, column))
