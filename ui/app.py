"""Starts the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from models import kept_reports, resources, template
from models.errors import StoreDamaged, UserError
from models.i18n import _
from models.settings import Settings
from models.store import Store
from models.store.files import FILE_NAME
from models.template_folder import FOLDER_NAME
from ui import backing_up, crash, last_end, qt_texts, theme
from ui.instance import Instance
from ui.main_window import MainWindow


def run(folder: Path, plan_id: str | None = None, first: Instance | None = None) -> int:
    """Open the window on the store in ``folder``; gives the exit code.

    Where it cannot be opened, a small window says why, and so does the ``UserError`` that is raised then.
    """
    told = ""
    try:
        store, told = _open_store(folder)
    except _Declined:
        raise
    except Exception as error:
        raise _told(folder, error) from None
    resources.use_data(folder)
    template.use_folder(folder)
    app = _application()
    settings = Settings(folder, reading=store.is_reading)
    try:
        theme.apply(app, *_look(settings))
        crash.hear_qt()
        sudden = None if store.is_reading else last_end.begin(folder, settings)
        holder = _Holder(store, settings)
        holder.open(plan_id or settings.text("last_plan"), asked=bool(plan_id))
        if sudden is not None and holder.window is not None:
            last_end.tell(holder.window, sudden)
        if told and holder.window is not None:
            holder.window.tell(told)
    except Exception as error:
        # What brought the window down once is not opened by itself again.
        settings.set("last_plan", "")
        crash.uninstall()
        crash.unhear_qt()
        last_end.end(folder)
        store.close()
        raise _told(folder, error) from None
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: holder.dress())
    QTimer.singleShot(200, prepare)
    if (folder / FOLDER_NAME).is_dir():
        QTimer.singleShot(600, lambda: _tell_broken(holder))
    if first is not None:
        QTimer.singleShot(200, lambda: first.serve(lambda: holder.window))
    try:
        return app.exec()
    finally:
        holder.close()
        crash.unhear_qt()
        last_end.end(folder)
        holder.store.close()


class _Declined(StoreDamaged):
    """The user saw why the store cannot be opened, and closed the program."""


def _open_store(folder: Path) -> tuple[Store, str]:
    """The store, and what the window says of it; a damaged one is recovered first, if the user will."""
    is_gone = not (folder / FILE_NAME).exists()
    try:
        store = Store(folder)
        return store, _of_backups(folder) if is_gone else ""
    except StoreDamaged as error:
        from ui.dialogs import damaged

        theme.apply(_application(), *_look(Settings(folder, reading=True)))
        told = damaged.recover(folder, error.why)
        if told is None:
            raise _Declined(str(error), error.why) from None
        return Store(folder), told


def _of_backups(folder: Path) -> str:
    """What is said of a new store that stands where there was one already; empty where there was none."""
    from models.store import backups

    if not backups.listed(backups.folder_of(folder)):
        return ""
    return _(
        "Không còn thấy tệp kho dữ liệu trong “{folder}” nên đã lập kho mới; "
        "hãy mở Sao lưu và khôi phục để lấy lại các kế hoạch từ bản sao lưu."
    ).format(folder=folder)


def _tell_broken(holder: _Holder) -> None:
    from ui import taking_templates

    if holder.window is not None:
        taking_templates.tell_broken(holder.window)


def _look(settings: Settings) -> tuple[str, float]:
    return settings.get("theme", "system"), settings.number("scale", 1.0)


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Kế Hoạch Số")
    qt_texts.install(app)
    return app


def _told(folder: Path, error: Exception) -> UserError:
    """Say in a small window why the program cannot go on; gives what the command line says."""
    if not isinstance(error, UserError):
        error = UserError(kept_reports.told(folder, error, error.__traceback__))
    tell_alone(str(error))
    return error


def tell_alone(sentence: str) -> None:
    """Say why there is no main window: who starts the program by a click sees no standard error."""
    from ui.dialogs.failure import FailureDialog

    theme.apply(_application())
    FailureDialog(sentence).exec()


class _Holder:
    """Keeps the window, and makes it anew in another language."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self._settings = store, settings
        self.window: MainWindow | None = None

    def open(self, plan_id: str, asked: bool = False) -> None:
        """Show the plan of that id, else the list; one that was ``asked`` for by name and is not there is told."""
        old = self.window
        window = MainWindow(self.store, self._settings)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        window.rebuild_requested.connect(self._rebuild)
        window.recover_requested.connect(self._recover)
        self.window = window
        crash.install(window)
        last_end.follow(window)
        backing_up.follow(window)
        known = bool(plan_id) and (asked or self.store.has(plan_id))
        if not known or not window.open_plan(plan_id):
            window.show_list()
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        elif self._asks_unit() and not plan_id:
            self._settings.set("asked_unit", True)
            QTimer.singleShot(0, window.ask_particulars)

    def _asks_unit(self) -> bool:
        """Whether the unit is asked for, which is done once."""
        asked = self._settings.get("unit") or self._settings.get("asked_unit")
        return not asked and not self.store.is_reading

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

    def _recover(self, why: str) -> None:
        """Leave the damaged store, have it recovered, and go on with the new one in the same plan."""
        window = self.window
        assert window is not None
        plan_id = window.workspace.document.plan.id if window.workspace is not None else ""

        def again() -> None:
            from ui import recovering

            store, told = recovering.in_place(window, why)
            if store is None:
                tell_alone(told)
                QApplication.exit(2)
                return
            self.store = store
            self.open(plan_id)
            if self.window is not None:
                if told:
                    self.window.tell(told)
                else:
                    self.window.tell_damage(why)

        QTimer.singleShot(0, again)

    def dress(self) -> None:
        if self.window is not None:
            self.window.dress()

    def close(self) -> None:
        crash.uninstall()
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
