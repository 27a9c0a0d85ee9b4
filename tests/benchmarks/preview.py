"""The preview beside the form: from the last key to the new page on the screen, and how the keys fare meanwhile."""

from __future__ import annotations

import itertools
import json
import statistics
import time
from collections.abc import Iterator

from tests.benchmarks.figure import Figure

_TASKS = 200
#: Seconds between keys: about as long as the preview waits, so that it is made under most of them.
_PAUSES = (0.24, 0.27, 0.3, 0.4, 0.5)


def measure() -> Iterator[Figure]:
    from tests.benchmarks.window import elsewhere

    seconds, stall = elsewhere("tests.benchmarks.preview")
    yield Figure(f"preview of {_TASKS} tasks after the last key / 1 s", seconds, 1.0, 1.0)
    yield Figure("longest stall of typing while the preview is made / 100 ms", stall, 0.1, 1.0)


def type_beside() -> tuple[float, float]:
    """The median time (seconds) until what was typed is painted, and the longest that the window stood still."""
    from PySide6.QtCore import Qt

    from tests.benchmarks.window import shown
    from tests.keyboard import key, keys
    from tests.ui.waiting import wait_for

    with shown(_TASKS) as on_screen:
        app, workspace = on_screen.app, on_screen.window.workspace
        assert workspace is not None
        workspace.toggle_preview()
        assert workspace.beside is not None
        preview = workspace.beside.preview
        wait_for(lambda: not preview.is_working)
        stalls: list[float] = []

        def live(seconds: float) -> None:
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                start = time.perf_counter()
                app.processEvents()
                stalls.append(time.perf_counter() - start)
                time.sleep(0.001)

        def typed(text: str, pause: float) -> None:
            for letter in text:
                start = time.perf_counter()
                keys(letter)
                stalls.append(time.perf_counter() - start)
                live(pause)

        waits = []
        for number in range(5):
            key(Qt.Key.Key_Down)
            typed(f"Tên {number}", 0.03)
            before, start = preview.made, time.perf_counter()
            key(Qt.Key.Key_Return)
            while preview.made is before:
                live(0.001)
            preview.view.viewport().repaint()
            waits.append(time.perf_counter() - start)
        for pause in _PAUSES:
            typed("".join(itertools.islice(itertools.cycle("nhiệm vụ "), 8)), pause)
        key(Qt.Key.Key_Escape)
        return statistics.median(waits), max(stalls)


if __name__ == "__main__":
    print(json.dumps(type_beside()))
