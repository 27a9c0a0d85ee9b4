"""Pictures of what keeps work safe: backups, a damaged store, an error, the history, reading only, a passphrase."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screenshots import Sitting

    from ui.main_window import MainWindow

PASSPHRASE = "bon chim cau 8347"
_HOLDER = """
import sys, time
from pathlib import Path
from models.store import Store
with Store(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def backups_dialog(sitting: Sitting, folder: Path) -> None:
    """Two backups, here and on a second drive, and a plan that was edited since."""
    from models.settings import BACKUP_FOLDER
    from models.store import backups
    from ui.dialogs.backups import BackupsDialog

    second = folder / "USB"
    second.mkdir(exist_ok=True)
    sitting.settings.set(BACKUP_FOLDER, str(second))
    store = sitting.window.store
    backups.back_up(store.path, folder, "asked", second, PASSPHRASE)
    backups.make(store.path, backups.folder_of(folder), "day")
    sitting.open("mau", "table:software")
    workspace = sitting.window.workspace
    assert workspace is not None
    workspace.document.set(workspace.document.plan, "place", "Hà Nội", "Sửa địa danh")
    sitting.window.actions_by_name["backups"].trigger()
    dialog = sitting.app.activeModalWidget()
    assert isinstance(dialog, BackupsDialog)
    sitting.wait_for(lambda: dialog.lists.held.topLevelItemCount() > 0)
    sitting.shoot("hop-thoai-sao-luu")
    dialog.close()


def damaged_dialog(sitting: Sitting, folder: Path) -> None:
    """A store that was cut off, with a backup of most of its plans."""
    from models import document
    from models.i18n import _
    from models.store import Store, backups
    from tests.models.store.damaged import cut
    from ui.dialogs.damaged import DamagedDialog

    with other_store(sitting, folder / "hong") as made, Store(made) as store:
        backups.make(store.path, backups.folder_of(made), "day")
        store.add(document.read(sitting.late))
        path = store.path
    path.write_bytes(cut(0.6)(path.read_bytes()))
    sitting.window.hide()
    dialog = DamagedDialog(made, _("tệp bị cắt cụt"))
    dialog.show()
    dialog.activateWindow()
    sitting.wait_for(lambda: dialog.found is not None and dialog.go.isEnabled())
    sitting.shoot("hop-thoai-kho-hong")
    dialog.reject()
    dialog.deleteLater()
    show(sitting.window)


def crash_dialog(sitting: Sitting, _folder: Path) -> None:
    """An error that nobody expected, told over the plan that is open."""
    from ui import crash

    sitting.open("mau", "table:software")
    watch = crash.install(sitting.window)
    try:
        [][1]
    except IndexError as error:
        watch.on_error(type(error), error, error.__traceback__)
    sitting.wait_for(lambda: watch.dialog is not None and watch.dialog.isVisible())
    sitting.shoot("hop-thoai-loi")
    assert watch.dialog is not None
    watch.dialog.close()
    crash.uninstall()


def reading_window(sitting: Sitting, folder: Path) -> None:
    """The window on a store that another program writes."""
    from models import document
    from models.settings import Settings
    from models.store import Store, access
    from ui.main_window import MainWindow

    access.PATIENCE = 0.1
    with other_store(sitting, folder / "may-khac") as made, held(made), Store(made) as store:
        assert store.is_reading
        own, sitting.window = sitting.window, MainWindow(store, Settings(made, reading=True))
        own.hide()
        show(sitting.window)
        sitting.plans["doc"] = document.read(sitting.samples[0])
        sitting.open("doc", "table:tasks")
        sitting.shoot("chi-doc")
        sitting.window.close()
        sitting.window.deleteLater()
        sitting.window = own
        show(own)


def locked_export(sitting: Sitting, _folder: Path) -> None:
    """The page of the export with the card of the passphrase open."""
    page = sitting.open("mau", "export")
    page.lock.box.setChecked(True)
    sitting.type(PASSPHRASE)
    page.lock.field.set_shown(True)
    sitting.shoot("ket-xuat-mat-khau")
    page.lock.box.setChecked(False)


#: The pictures by name, each with what stands before it is taken and what is put away after.
PICTURES: dict[str, Callable[[Sitting, Path], None]] = {
    "hop-thoai-sao-luu": backups_dialog,
    "hop-thoai-kho-hong": damaged_dialog,
    "hop-thoai-loi": crash_dialog,
    "ket-xuat-mat-khau": locked_export,
    "chi-doc": reading_window,
}


@contextmanager
def other_store(sitting: Sitting, folder: Path) -> Iterator[Path]:
    """A store of its own in ``folder``, with the samples in it."""
    from models import document
    from models.store import Store

    folder.mkdir()
    with Store(folder) as store:
        for path in sitting.samples:
            store.add(document.read(path))
    yield folder


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another program writes the store in ``folder``, as another user."""
    command = [sys.executable, "-c", _HOLDER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "LOGNAME": "huong"}) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            process.kill()


def show(window: MainWindow) -> None:
    window.show()
    window.activateWindow()
