"""Danh mục căn cứ in the window: opened from the menu and from the page of the legal bases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.catalogue import Entry, as_basis
from models.i18n import N_
from models.memory import basis_key
from models.plan import LegalBasis, index_of, insert
from ui.document import Document

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def show(window: MainWindow) -> None:
    """Open the catalogue, for the open plan if there is one."""
    from ui.dialogs.catalogue import CatalogueDialog

    workspace = window.workspace
    if workspace is not None:
        workspace.page.save()
    document = workspace.document if workspace is not None else None
    CatalogueDialog(window, window.store.folder, document, window.store.is_reading).open()


def add_to_plan(document: Document, entries: Sequence[Entry]) -> tuple[int, int]:
    """Cite documents in the plan, in one edit, below its bases; those it has already are left out.

    Gives how many were added, and how many were there.
    """
    there = {basis_key(basis) for basis in document.plan.legal_bases}
    new = [basis for entry in entries if basis_key(basis := as_basis(entry)) not in there]
    if new:
        with document.edit(N_("Thêm căn cứ từ danh mục")) as plan:
            for basis in new:
                insert(plan, basis, _place(plan.legal_bases))
    # Where the store could not take them, nothing was added.
    added = sum(1 for basis in new if basis.row_id)
    return added, len(entries) - len(new)


def _place(bases: list[LegalBasis]) -> int:
    """Below the last document that is cited: what the unit writes in its own words stays last."""
    cited = [basis for basis in bases if not basis.text.strip()]
    return index_of(cited[-1]) + 1 if cited else len(bases)
