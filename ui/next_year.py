"""Making next year's plan from one of the store: asked, stored, opened; the old one stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from models import unread
from models.errors import UserError
from models.evaluate import summed
from models.i18n import _

if TYPE_CHECKING:
    from models.next_year import Made
    from ui.main_window import MainWindow


def ask(window: MainWindow, plan_id: str = "") -> None:
    """Make a plan from the one given, the open one, or the one chosen in the list."""
    from ui.dialogs.new_plan import load_templates
    from ui.dialogs.next_year import NextYearDialog
    from ui.pages.plans import PlansPage

    if window.workspace is not None:
        window.workspace.save()
        plan_id = plan_id or window.workspace.document.plan.id
    elif (page := window.findChild(PlansPage)) is not None:
        plan_id = plan_id or page.list.current_id() or ""
    try:
        plans = window.store.summaries(summed)
    except UserError as error:
        window.tell(str(error), "error")
        return
    templates, _faults = load_templates()
    if not plans or not templates:
        window.tell(_("Chưa có kế hoạch nào để lập tiếp; hãy lập kế hoạch mới hoặc mở tệp kế hoạch cũ."), "info")
        return
    dialog = NextYearDialog(window, plans, templates, window.store.read, plan_id)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: _take(window, dialog.made))
    dialog.open()


def _take(window: MainWindow, made: Made | None) -> None:
    """Store a plan that was made, and open it."""
    if made is None:
        return
    try:
        window.store.add(made.plan)
    except UserError as error:
        window.tell(str(error), "error")
        return
    left = len(unread.unread(made.plan))
    if window.open_plan(made.plan.id):
        text = _("Đã lập kế hoạch mới từ kế hoạch trước; {count} mục cần đọc lại, Ctrl+F8 đến từng mục.")
        window.tell(text.format(count=left), "info")
