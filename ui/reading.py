"""The window on a store that can only be read: what it says, and how it comes to write in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from models.errors import UserError
from models.i18n import _
from ui.reading_only import ReadingOnly
from ui.widgets.reading_banner import ReadingBanner

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def begin(window: MainWindow) -> ReadingBanner:
    """Hold back what changes plans, for as long as the window is there; gives what stands over its page."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    # It goes with the window.
    app.installEventFilter(ReadingOnly(window, lambda: window.store.is_reading))
    for action in window.menuBar().actions():
        if (menu := action.menu()) is not None:
            menu.setToolTipsVisible(True)  # type: ignore[attr-defined]
    banner = ReadingBanner()
    banner.again.connect(lambda: try_writing(window))
    banner.show_why(window.store.why_reading)
    return banner


def try_writing(window: MainWindow) -> None:
    """Open the store for writing, if that can be now: in a new window at the same place. Else read it anew."""
    workspace = window.workspace
    if workspace is not None:
        workspace.save()
    try:
        is_writing = window.store.try_writing()
    except UserError as error:
        window.tell(str(error), "error")
        return
    if is_writing:
        window.settings.begin_keeping()
        window.rebuild_requested.emit()
        return
    if window.banner is not None:
        window.banner.show_why(window.store.why_reading)
    if workspace is None or not window.open_plan(workspace.document.plan.id):
        window.show_list()
    window.tell(_("Vẫn chưa mở để sửa được; nội dung đã được đọc lại."), "warning")
