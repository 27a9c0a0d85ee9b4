"""Pasting 1,000 rows of 8 cells into a table of 200 tasks: to everything on screen and on disk, in at most a second."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from tests.benchmarks.figure import Figure

_ROWS, _CELLS = 1000, 8
_LIMIT = 1.0


def measure() -> Iterator[Figure]:
    from tests.benchmarks.window import elsewhere

    seconds = elsewhere("tests.benchmarks.pasting")
    yield Figure("pasting 1,000 rows of 8 cells / 1 s", seconds, _LIMIT, 1.0)


def paste() -> float:
    """Seconds from Ctrl+V to a painted table."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from models.plan import walk_rows
    from tests.benchmarks.window import shown
    from tests.keyboard import key

    with shown(200) as on_screen:
        app, page = on_screen.app, on_screen.page
        first = [column.field for column in page.model.columns].index("task")
        lines = ["\t".join(_cell(page.model.columns[first + n], row) for n in range(_CELLS)) for row in range(_ROWS)]
        app.clipboard().setText("\n".join(lines))
        page.view.setFocus()
        page.view.setCurrentIndex(page.model.index(page.model.rowCount() - 1, first))
        QTest.qWait(50)
        before = sum(1 for _row in walk_rows(page.table.rows))
        start = time.perf_counter()
        key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        app.processEvents()
        app.sendPostedEvents()
        app.processEvents()
        seconds = time.perf_counter() - start
        assert sum(1 for _row in walk_rows(page.table.rows)) == before + _ROWS
        written = on_screen.store.connection.execute("SELECT count(*) FROM row").fetchone()[0]
        assert written >= before + _ROWS
    return seconds


def _cell(column, row: int) -> str:
    if column.is_amount:
        return f"{row % 900 + 1},5"
    return "2022" if column.field == "time" else "x" if column.is_mark else f"Nội dung {column.field} thứ {row + 1}"


if __name__ == "__main__":
    print(json.dumps(paste()))
