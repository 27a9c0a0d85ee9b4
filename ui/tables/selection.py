"""Which cells of a table are selected, as the user sees them: hidden columns left out, moved ones where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from models.plan import Row
from ui.tables.following import FollowingModel

_FLAG = QItemSelectionModel.SelectionFlag


def shown_columns(view: QTableView) -> list[int]:
    """The columns that are shown, by their index in the model, in the order on the screen."""
    header = view.horizontalHeader()
    order = (header.logicalIndex(place) for place in range(header.count()))
    return [column for column in order if not header.isSectionHidden(column)]


def waiting_columns(view: QTableView) -> list[int]:
    """The columns that are shown, or would be if there were something in them, in their order."""
    header, model = view.horizontalHeader(), view.model()
    assert isinstance(model, FollowingModel)
    order = (header.logicalIndex(place) for place in range(header.count()))
    return [column for column in order if model.columns[column].optional or not header.isSectionHidden(column)]


def selected(view: QTableView) -> dict[int, frozenset[int]]:
    """The shown columns that are selected, by row from the top; without a selection the current cell alone."""
    shown = set(shown_columns(view))
    found: dict[int, frozenset[int]] = {}
    for part in view.selectionModel().selection().toList():
        columns = frozenset(range(part.left(), part.right() + 1)) & shown
        for row in range(part.top(), part.bottom() + 1):
            found[row] = found[row] | columns if row in found else columns
    index = view.currentIndex()
    if not found and index.isValid():
        found[index.row()] = frozenset([index.column()]) & shown
    return {row: found[row] for row in sorted(found) if found[row]}


def select_cells(view: QTableView, rows: Sequence[Row], fields: Iterable[str]) -> None:
    """Select the cells of neighbouring rows in the columns of ``fields``, with the cursor in the first of them."""
    model = view.model()
    assert isinstance(model, FollowingModel)
    known = {column.field: place for place, column in enumerate(model.columns)}
    # The cursor is never in the column of numbers.
    columns = [known[field] for field in fields if field in known and field != "number"]
    places = sorted(place for row in rows if (place := model.place_of(row)) >= 0)
    if not places or not columns:
        return
    # Sorted by a column, what was pasted together may stand apart.
    last = next((place for place, after in pairwise(places) if after > place + 1), places[-1])
    chosen = QItemSelection()
    for column in columns:
        chosen.select(model.index(places[0], column), model.index(last, column))
    first = model.index(places[0], columns[0])
    view.selectionModel().setCurrentIndex(first, _FLAG.NoUpdate)
    view.selectionModel().select(chosen, _FLAG.ClearAndSelect)
    view.scrollTo(first)
