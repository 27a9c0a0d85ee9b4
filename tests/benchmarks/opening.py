"""Opening a plan of 10,000 tasks, against a bare Qt table view over the same rows.

Both read the rows from the same file and end when the view is painted; the bare one is a ``QTableView`` over a
``QStandardItemModel``, with no plan, sums or numbers.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator

from tests.benchmarks.figure import Figure

_RUNS = 7


def measure() -> Iterator[Figure]:
    from tests.benchmarks.window import elsewhere

    ours, bare = elsewhere("tests.benchmarks.opening")
    yield Figure("opening a plan of 10,000 tasks / a bare table view over its rows", ours, bare, 3.0)


def time_both() -> tuple[float, float]:
    """Seconds to open the plan in the window, and to show its rows in a bare view: medians of runs by turns."""
    import gc

    from tests.benchmarks.window import shown

    with shown(10_000) as on_screen:
        plan_id, columns = on_screen.page.document.plan.id, on_screen.page.model.columnCount()
        times: list[tuple[float, float]] = []
        for _run in range(_RUNS):
            on_screen.window.show_list()
            on_screen.app.processEvents()
            gc.collect()
            start = time.perf_counter()
            on_screen.window.open_plan(plan_id)
            on_screen.app.processEvents()
            assert on_screen.window.workspace is not None
            on_screen.window.workspace.page.repaint()
            ours = time.perf_counter() - start
            gc.collect()
            times.append((ours, _show_bare(on_screen, columns)))
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def _show_bare(on_screen, columns: int) -> float:
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QTableView

    start = time.perf_counter()
    rows = on_screen.store.connection.execute("SELECT * FROM row").fetchall()
    model = QStandardItemModel()
    # As many columns as the program shows; the first ones of the table are keys.
    for row in rows:
        model.appendRow([QStandardItem("" if value is None else str(value)) for value in row[4 : 4 + columns]])
    view = QTableView()
    view.setModel(model)
    view.resize(on_screen.page.view.size())
    view.show()
    on_screen.app.processEvents()
    view.repaint()
    seconds = time.perf_counter() - start
    view.close()
    view.deleteLater()
    return seconds


if __name__ == "__main__":
    print(json.dumps(time_both()))
