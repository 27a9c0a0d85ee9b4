"""From the confirming key in an amount cell to everything on screen and on disk, at 200 and at 10,000 tasks.

In the real window on a screen of its own. The time begins with the key press that ends the editing of the cell and
ends when the edit is in the file, the event queue is empty and all that was to be painted is painted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator

from tests.benchmarks.figure import Figure

_EDITS = 300
#: The promise in seconds, and as a ratio.
_LIMIT, _TIMES = 0.016, 2.0
_MILLION = 1_000_000


def measure() -> Iterator[Figure]:
    from tests.benchmarks.window import elsewhere

    small, large = (_p99(elsewhere("tests.benchmarks.edits", tasks)) for tasks in (200, 10_000))
    yield Figure("confirming key to screen and disk, p99 of 300 edits, 200 tasks / 16 ms", small, _LIMIT, 1.0)
    yield Figure("the same p99 at 10,000 tasks / at 200 tasks", large, small, _TIMES)


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99) - 1]


def type_amounts(tasks: int, edits: int) -> list[float]:
    """Type ``edits`` amounts into the total column, each ended with Enter; the seconds of each."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.window import shown
    from tests.keyboard import focused, keys

    with shown(tasks) as on_screen:
        app, page = on_screen.app, on_screen.page
        column = [column.field for column in page.model.columns].index("total")
        times: list[float] = []
        for row in [row for row in page.model.rows if row.group is None] * 2:
            if len(times) == edits:
                break
            page.view.setFocus()
            page.view.setCurrentIndex(page.model.index(page.model.place_of(row), column))
            # What an officer sees done between two keys is done.
            QTest.qWait(20)
            amount = len(times) + 20
            keys(str(amount))
            QTest.qWait(20)
            assert focused() is not page.view
            press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            start = time.perf_counter()
            QApplication.sendEvent(focused(), press)
            app.processEvents()
            app.sendPostedEvents()
            app.processEvents()
            times.append(time.perf_counter() - start)
            written = on_screen.store.connection.execute("SELECT total FROM row WHERE id = ?", (row.row_id,))
            assert written.fetchone()[0] == row.total == amount * _MILLION
    return times


if __name__ == "__main__":
    print(json.dumps(type_amounts(int(sys.argv[1]), _EDITS)))
