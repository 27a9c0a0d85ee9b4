"""Starts the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from models.settings import Settings
from models.store import Store
from ui import crash, theme
from ui.main_window import MainWindow


def run(folder: Path, plan_id: str | None = None) -> int:
    """Open the window on the store in ``folder``; gives the exit code. ``StoreError`` where it cannot be opened."""
    store = Store(folder)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Kế Hoạch Số")
    settings = Settings(folder)
    theme.apply(app, settings.get("theme", "system"), float(settings.get("scale", 1.0)))
    holder = _Holder(store, settings)
    holder.open(plan_id or settings.get("last_plan") or "")
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: holder.dress())
    QTimer.singleShot(200, _prepare)
    try:
        return app.exec()
    finally:
        holder.close()
        store.close()


class _Holder:
    """Keeps the window, and makes it anew in another language."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self.window: MainWindow | None = None

    def open(self, plan_id: str) -> None:
        old = self.window
        window = MainWindow(self._store, self._settings)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        window.rebuild_requested.connect(self._rebuild)
        self.window = window
        crash.install(self._store.folder, window.tell)
        if not plan_id or not self._store.has(plan_id) or not window.open_plan(plan_id):
            window.show_list()
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        elif not self._settings.get("unit") and not self._settings.get("asked_unit") and not plan_id:
            self._settings.set("asked_unit", True)
            QTimer.singleShot(0, window.ask_particulars)

    def _rebuild(self) -> None:
        window = self.window
        assert window is not None
        plan_id = window.workspace.document.plan.id if window.workspace else ""
        if window.workspace is not None:
            window.workspace.save()
        QTimer.singleShot(0, lambda: self.open(plan_id))

    def dress(self) -> None:
        if self.window is not None:
            self.window.dress()

    def close(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None


def _prepare() -> None:
    """Load what the first edit needs, once the window stands: SQLAlchemy takes longer than all of the start."""
    import gc
    import threading

    gc.enable()
    gc.freeze()

    def load() -> None:
        import models.store.writer  # noqa: F401

    threading.Thread(target=load, daemon=True).start()
