"""Makes the page of a place; each kind is loaded only when it is needed, which keeps the start short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.plan import Section, Table
from ui.document import Place
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.workspace import Workspace


def new_page(place: Place, workspace: Workspace) -> Page:
    """A new page for a place, that tells ``workspace`` where it wants to go and what is to be said."""
    page = _page(place, workspace)
    page.notice.connect(workspace.notice)
    return page


def _page(place: Place, workspace: Workspace) -> Page:
    document, settings = workspace.document, workspace.settings
    if isinstance(place, Table):
        from ui.pages.table import TablePage

        table = TablePage(document, place, settings)
        table.selection_told.connect(workspace.selection_told)
        return table
    if isinstance(place, Section):
        from ui.pages.section import SectionPage

        return SectionPage(document, place)
    if place == "bases":
        from ui.pages.bases import BasesPage

        bases = BasesPage(document)
        bases.catalogue_requested.connect(lambda: _do(workspace, "catalogue"))
        return bases
    if place == "findings":
        from ui.pages.findings import FindingsPage

        found = FindingsPage(document, workspace.outline)
        found.go.connect(workspace.go_to_finding)
        found.go_place.connect(workspace.enter_place)
        return found
    if place == "summary":
        from ui.pages.summary import SummaryPage

        summary = SummaryPage(document)
        summary.go_place.connect(workspace.enter_place)
        return summary
    if place == "export":
        from ui.pages.export import ExportPage

        export = ExportPage(document, settings)
        export.findings_requested.connect(lambda: workspace.show_place("findings"))
        export.unread_requested.connect(workspace.next_unread)
        export.signing_requested.connect(lambda: _do(workspace, "signing_guide"))
        export.revisions_requested.connect(lambda: _do(workspace, "revisions"))
        return export
    if place == "preview":
        from ui.cursor import go_to_pointer
        from ui.pages.preview import PreviewPage

        seen = PreviewPage(document)
        seen.preview.chosen.connect(lambda pointer: go_to_pointer(workspace, pointer))
        seen.preview.print_asked.connect(workspace.print_asked)
        seen.preview.other_asked.connect(workspace.toggle_preview)
        return seen
    from ui.pages.general import GeneralPage

    return GeneralPage(document)


def _do(workspace: Workspace, name: str) -> None:
    """Do what the window's action of that name does."""
    action = getattr(workspace.window(), "actions_by_name", {}).get(name)
    if action is not None:
        action.trigger()
