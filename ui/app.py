"""Starts the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from models.errors import UserError
from models.settings import Settings
from models.store import Store
from ui import crash, qt_texts, theme
from ui.main_window import MainWindow


def run(folder: Path, plan_id: str | None = None) -> int:
    """Open the window on the store in ``folder``; gives the exit code.

    Where it cannot be opened, a small window says why, and so does the ``UserError`` that is raised then.
    """
    try:
        store = Store(folder)
    except UserError as error:
        _tell_alone(_application(), str(error))
        raise
    app = _application()
    settings = Settings(folder)
    try:
        theme.apply(app, settings.get("theme", "system"), settings.number("scale", 1.0))
        holder = _Holder(store, settings)
        holder.open(plan_id or settings.get("last_plan") or "", asked=bool(plan_id))
    except Exception as error:
        store.close()
        sentence = str(error) if isinstance(error, UserError) else crash.report(folder, error, error.__traceback__)
        _tell_alone(app, sentence)
        raise UserError(sentence) from error
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: holder.dress())
    QTimer.singleShot(200, prepare)
    try:
        return app.exec()
    finally:
        holder.close()
        store.close()


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Kế Hoạch Số")
    qt_texts.install(app)
    return app


def _tell_alone(app: QApplication, sentence: str) -> None:
    """Say why there is no main window: who starts the program by a click sees no standard error."""
    from ui.dialogs.failure import FailureDialog

    theme.apply(app)
    FailureDialog(sentence).exec()


class _Holder:
    """Keeps the window, and makes it anew in another language."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self.window: MainWindow | None = None

    def open(self, plan_id: str, asked: bool = False) -> None:
        """Show the plan of that id, else the list; one that was ``asked`` for by name and is not there is told."""
        old = self.window
        window = MainWindow(self._store, self._settings)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        window.rebuild_requested.connect(self._rebuild)
        self.window = window
        crash.install(self._store.folder, window.tell)
        known = bool(plan_id) and (asked or self._store.has(plan_id))
        if not known or not window.open_plan(plan_id):
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
        plan_id, is_preview, is_beside = "", False, False
        if (workspace := window.workspace) is not None:
            workspace.save()
            plan_id, is_preview = workspace.document.plan.id, workspace.place == "preview"
            is_beside = workspace.beside is not None and workspace.beside.is_wanted

        def again() -> None:
            self.open(plan_id)
            new = self.window.workspace if self.window is not None else None
            if new is not None and is_beside:
                new.toggle_preview()
            if new is not None and is_preview:
                new.show_preview()

        QTimer.singleShot(0, again)

    def dress(self) -> None:
        if self.window is not None:
            self.window.dress()

    def close(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None


def prepare() -> None:
    """Load what the first edit needs, once the window stands: SQLAlchemy takes longer than all of the start."""
    import gc
    import threading

    gc.enable()
    gc.freeze()

    def load() -> None:
        import models.store.writer  # noqa: F401

    threading.Thread(target=load, daemon=True).start()
