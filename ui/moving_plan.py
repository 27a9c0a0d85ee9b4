"""Moving the open plan to a newer version of its template, or to another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from models.i18n import _
from models.plan import Plan, Section, Table, find_section, find_table
from ui.document import Place

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def ask(window: MainWindow) -> None:
    """Show what another template would change in the open plan, and move it there if the user will."""
    from ui.dialogs.moving import MovingDialog, targets

    workspace = window.workspace
    if workspace is None:
        return
    workspace.save()
    if not targets(workspace.document):
        window.tell(_("Chưa có mẫu nào khác; hãy nhận tệp mẫu mới bằng “Mở tệp hoặc gói nộp…”."), "info")
        return
    MovingDialog(window, workspace.document).open()


def _same(place: Place, plan: Plan) -> Place:
    """The place in the pages that are built anew; the general page where it is gone."""
    if isinstance(place, Section):
        return find_section(plan, place.key) or "general"
    if isinstance(place, Table):
        return find_table(plan, place.key) or "general"
    return place if place != "preview" else "general"


def open_anew(window: MainWindow) -> None:
    """Build the pages of the open plan anew at the same place, once whatever changed it is done."""
    workspace = window.workspace
    if workspace is None:
        return
    plan_id, place = workspace.document.plan.id, workspace.place

    def again() -> None:
        if not isValid(window) or window.workspace is not workspace or not window.open_plan(plan_id):
            return
        if (new := window.workspace) is not None:
            new.enter_place(_same(place, new.document.plan))

    QTimer.singleShot(0, again)
