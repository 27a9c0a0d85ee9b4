"""Going through what came from last year's plan and has not been read yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import unread
from models.i18n import _

if TYPE_CHECKING:
    from ui.workspace import Workspace


def go_on(workspace: Workspace) -> None:
    """Go to the next place that has not been read, in the order of the outline, from the one that is shown."""
    workspace.page.save()
    left = {id(part) for part in unread.unread(workspace.document.plan)}
    places = workspace.outline.places()
    here = next((at for at, place in enumerate(places) if place is workspace.place), 0)
    following = [*places[here + 1 :], *places[: here + 1]]
    found = next((place for place in following if id(place) in left), None)
    if found is None:
        workspace.notice.emit(_("Không còn mục nào chưa đọc lại."), "info")
        return
    workspace.enter_place(found)
    workspace.notice.emit(_("Còn {count} mục chưa đọc lại.").format(count=len(left)), "info")


def mark_here(workspace: Workspace) -> None:
    """Mark the place that is shown as read."""
    workspace.page.save()
    if not workspace.unread_banner.isVisible():
        workspace.notice.emit(_("Mục này không có gì cần đọc lại."), "info")
        return
    workspace.unread_banner.mark_read()
    count = len(unread.unread(workspace.document.plan))
    said = _("Đã đọc. Còn {count} mục chưa đọc lại.").format(count=count) if count else _("Đã đọc hết.")
    workspace.notice.emit(said, "info")
