"""A scripted officer in the real window (offscreen), who types, undoes, exports and backs up until killed.

After each change that the window says is saved, the state is told through a pipe: that much must never be lost.
"""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import document as plan_document
from models.plan import Plan

if TYPE_CHECKING:
    from ui.main_window import MainWindow

DATA, OUT = "Dữ liệu", "Kết xuất"
_WORDS = ("nâng cấp", "phần mềm", "một cửa", "đường truyền", "an toàn", "chữ ký số", "máy trạm", "tập huấn")


def state(plan: Plan) -> str:
    """The content of a plan in short, but for its revision, which grows with exports and not with edits."""
    found: dict[str, Any] = plan_document.dump(plan)
    return hashlib.sha256(json.dumps(found | {"revision": 0}, sort_keys=True).encode()).hexdigest()


def work(folder: str, plan_id: str, seed: int, said: Connection) -> None:
    """Open the window on the store in ``folder`` and work for ever."""
    from PySide6.QtWidgets import QApplication

    from models.settings import EXPORT_FOLDER, Settings
    from models.store import Store
    from tests.ui.showing import activate
    from ui.main_window import MainWindow

    app = QApplication([])
    data, out = Path(folder) / DATA, Path(folder) / OUT
    out.mkdir(exist_ok=True)
    store = Store(data)
    settings = Settings(data)
    settings.set(EXPORT_FOLDER, str(out))
    window = MainWindow(store, settings)
    assert window.open_plan(plan_id)
    activate(window)
    assert window.workspace is not None
    document = window.workspace.document

    def tell() -> None:
        said.send((state(document.plan), document.plan.revision))

    # Connected after the window's own label: what it says is what counts.
    document.saved.connect(lambda _when: tell())
    tell()
    threading.Thread(target=_back_up, args=(store.path, data), daemon=True).start()
    _Hand(window, random.Random(seed), app).work()


def _back_up(store: Path, data: Path) -> None:
    from models.store import backups

    chance = random.Random()
    while True:
        backups.make(store, backups.folder_of(data), "asked")
        time.sleep(chance.uniform(0.0, 0.4))


class _Hand:
    """Presses keys in the table of tasks, and clicks what exports."""

    def __init__(self, window: MainWindow, chance: random.Random, app: Any) -> None:
        self._window, self._chance, self._app = window, chance, app

    def work(self) -> None:
        ways = (self._type, self._row, self._undo, self._redo, self._export)
        while True:
            self._chance.choices(ways, (10, 3, 3, 2, 2))[0]()
            self._app.processEvents()

    def _table(self) -> Any:
        from PySide6.QtWidgets import QApplication

        workspace = self._window.workspace
        assert workspace is not None
        table = next(table for table in workspace.document.plan.tables if not table.is_register)
        if workspace.place is not table:
            workspace.show_place(table)
        page: Any = workspace.page
        rows = page.model.rowCount()
        # The last column of text: typing in it leaves no errors, so that final exports go on.
        columns = [number for number, column in enumerate(page.model.columns) if column.field in ("task", "note")]
        page.view.setFocus()
        page.view.setCurrentIndex(page.model.index(self._chance.randrange(max(1, rows)), self._chance.choice(columns)))
        while QApplication.focusWidget() is None:
            self._app.processEvents()
        return page

    def _type(self) -> None:
        from PySide6.QtCore import Qt

        from tests.keyboard import key, keys

        self._table()
        keys(" ".join(self._chance.choices(_WORDS, k=self._chance.randint(1, 4))))
        key(Qt.Key.Key_Return)

    def _row(self) -> None:
        from PySide6.QtCore import Qt

        from tests.keyboard import CTRL, key

        page = self._table()
        many = page.model.rowCount() > 12
        key(Qt.Key.Key_Delete if many or self._chance.random() < 0.4 else Qt.Key.Key_Return, CTRL)
        if not many:
            self._type()

    def _undo(self) -> None:
        for _n in range(self._chance.randint(1, 3)):
            self._window.undo()

    def _redo(self) -> None:
        for _n in range(self._chance.randint(1, 3)):
            self._window.redo()

    def _export(self) -> None:
        """The real page; the work goes on in its thread while typing goes on."""
        workspace = self._window.workspace
        assert workspace is not None
        workspace.show_place("export")
        page: Any = workspace.page
        page.start(draft=self._chance.random() < 0.5)
