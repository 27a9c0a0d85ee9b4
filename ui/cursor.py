"""Where the cursor is in the plan, and what is being typed there that the plan does not have yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models import document as plan_document
from models.errors import UserError
from models.plan import LegalBasis, Part, Row, Section, Table, table_of, walk
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.document import Place
    from ui.pages.table import TablePage
    from ui.workspace import Workspace

#: The field of the general page in which each part of the document's head and foot is written.
_GENERAL = {
    "/organisation": "unit_name",
    "/document": "subject",
    "/signature": "signer_name",
    "/recipients": "recipients",
}


def part_at(place: Place, page: Page) -> tuple[Part, str] | None:
    """The part of the plan that is worked on, and its field; where the cursor is in none, what the page is about."""
    here = page.here()
    if isinstance(place, Table):
        if here is None or here == (place, ""):
            last = _row_above(page)  # type: ignore[arg-type]
            return (last, "") if last is not None else (place, "")
        return here
    if here is None and isinstance(place, Section):
        return place, ""
    if here is None and place == "bases":
        basis = page.list.current()  # type: ignore[attr-defined]
        return None if basis is None else (basis, "")
    return here


def _row_above(page: TablePage) -> Row | None:
    """The last row, where the cursor is in the empty one below it."""
    index, rows = page.view.currentIndex(), page.model.rows
    return rows[-1] if rows and index.isValid() and index.row() >= len(rows) else None


def moves_on(page: Page) -> Any:
    """The signal of a page that its cursor is in another part, with no widget losing the focus; ``None``: none."""
    from ui.pages.bases import BasesPage
    from ui.pages.table import TablePage

    if isinstance(page, TablePage):
        return page.view.selection_changed
    return page.list.selected if isinstance(page, BasesPage) else None


def typed_by(focus: QWidget | None) -> Any:
    """The signal that tells of typing into a widget with the focus; ``None`` where it is none of the plan."""
    from ui.widgets.field import Field

    if focus is not None and focus.objectName() == "cell":
        return focus.textChanged  # type: ignore[attr-defined]
    while focus is not None and not isinstance(focus, Field):
        focus = focus.parentWidget()
    return None if focus is None else focus.typed


def go_to_pointer(workspace: Workspace, pointer: str) -> None:
    """Put the cursor into the part of the plan that a JSON Pointer tells of, if it is one that can be gone to."""
    plan = workspace.document.plan
    if pointer in _GENERAL:
        workspace.go_to("general", plan, _GENERAL[pointer])
        return
    pointers = plan_document.pointers(plan)
    part = next((part for part in walk(plan) if pointers[id(part)] == pointer), None)
    if isinstance(part, Row):
        workspace.go_to(table_of(part), part, "")
    elif isinstance(part, LegalBasis):
        workspace.go_to("bases", part, "")
    elif isinstance(part, Section):
        workspace.go_to(part, part, "text")
    elif isinstance(part, Table):
        workspace.go_to(part, part, "")


def being_typed(page: Page) -> tuple[Part, dict[str, Any]] | None:
    """The part that is typed into and the fields that its text will set; ``None`` where all is written.

    A row that is only being begun, and text that is no value, are not told of.
    """
    from ui.pages.table import TablePage
    from ui.widgets.field import Field

    if isinstance(page, TablePage) and (editor := page.view.editor()) is not None:
        return _typed_cell(page, editor)
    focus: QWidget | None = page.focusWidget()
    while focus is not None and not isinstance(focus, Field):
        focus = focus.parentWidget()
    if focus is None or focus.part is None or not focus.is_dirty() or not hasattr(focus.part, focus.name):
        return None
    return focus.part, {focus.name: focus.current_value()}


def _typed_cell(page: TablePage, editor: QWidget) -> tuple[Part, dict[str, Any]] | None:
    from ui.tables.columns import values_of
    from ui.tables.delegate import text_of

    index = page.view.currentIndex()
    row = page.model.row_at(index)
    text = text_of(editor)
    if row is None or not index.isValid() or text == editor.property("before"):
        return None
    field = page.model.columns[index.column()].field
    kind, _dot, cell = field.partition(".")
    if kind == "cells":
        cells = list(row.cells or [])
        cells += [""] * (int(cell) + 1 - len(cells))
        cells[int(cell)] = text.strip()
        return row, {"cells": cells}
    try:
        return row, values_of(row, field, text, page.table.unit)
    except UserError:
        return None
