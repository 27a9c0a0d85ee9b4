"""An hour of typing, compressed: the longest time that the window stands still, against the 100 ms allowed.

Twelve thousand keys (200 a minute), as fast as the program takes them: tasks and amounts, rows added, moved and
deleted, undo and redo, sections with bullets, findings walked through, pages turned, the whole plan searched.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from tests.benchmarks.figure import Figure

_KEYS, _TASKS = 12_000, 200
_LIMIT = 0.1
_WORDS = [
    "nâng",
    "cấp",
    "hệ",
    "thống",
    "phần",
    "mềm",
    "một",
    "cửa",
    "điện",
    "tử",
    "liên",
    "thông",
    "đường",
    "truyền",
    "máy",
    "trạm",
    "chữ",
    "ký",
    "số",
    "an",
    "toàn",
    "thông",
    "tin",
]


def measure() -> Iterator[Figure]:
    from tests.benchmarks.window import elsewhere

    longest, what = elsewhere("tests.benchmarks.hour")
    yield Figure(f"longest stall in an hour of typing ({what}) / 100 ms", longest, _LIMIT, 1.0)


class _Typist:
    """Presses keys, and notes for how long the window did not answer."""

    def __init__(self, app) -> None:
        self.app = app
        self.count = 0
        self.stalls: list[tuple[float, str]] = []
        self.doing = ""

    def _time(self, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        self.app.processEvents()
        self.stalls.append((time.perf_counter() - start, self.doing))

    def key(self, code, modifiers=None) -> None:
        from PySide6.QtCore import Qt

        from tests.keyboard import key

        self.count += 1
        self._time(lambda: key(code, modifiers or Qt.KeyboardModifier.NoModifier))

    def type(self, text: str) -> None:
        from tests.keyboard import keys

        for letter in text:
            self.count += 1
            self._time(partial(keys, letter))

    def rest(self, seconds: float) -> None:
        """Wait, as for a thought; what the program does by itself meanwhile must not hold it up either."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self._time(lambda: time.sleep(0.002))


def type_for_an_hour(keys: int) -> list[tuple[float, str]]:
    """The time (seconds) that each key took, with what was being done, the longest first."""
    from PySide6.QtCore import Qt

    from models.plan import walk_sections
    from tests.benchmarks.window import shown

    chance = random.Random(2026)
    control, alt = (
        Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
    )  # fmt: skip
    code = Qt.Key

    with shown(_TASKS) as on_screen:
        workspace = on_screen.window.workspace
        assert workspace is not None
        plan, hand = workspace.document.plan, _Typist(on_screen.app)
        table = on_screen.page.table

        def words(least: int, most: int) -> str:
            return " ".join(chance.choice(_WORDS) for _n in range(chance.randint(least, most)))

        def cells() -> None:
            for _n in range(chance.randint(2, 8)):
                hand.key(code.Key_Down)
            for _n in range(chance.randint(3, 6)):
                columns, index = on_screen.page.model.columns, on_screen.page.view.currentIndex()
                column = columns[index.column()] if index.isValid() else None
                if column is not None and column.is_editable and not column.is_mark:
                    hand.type(str(chance.randint(10, 900)) if column.is_amount else words(1, 4))
                hand.key(chance.choice([code.Key_Tab, code.Key_Return]))

        def rows() -> None:
            hand.key(code.Key_Return, control)
            hand.type(words(3, 8))
            hand.key(code.Key_Return)
            for turn in (code.Key_Up, code.Key_Down, code.Key_Right, code.Key_Left):
                hand.key(turn, alt)
            if chance.random() < 0.5:
                hand.key(code.Key_Delete, control)

        def back() -> None:
            for _n in range(chance.randint(1, 6)):
                hand.key(code.Key_Z, control)
            for _n in range(chance.randint(0, 6)):
                hand.key(code.Key_Y, control)

        def findings() -> None:
            for _n in range(4):
                hand.key(code.Key_F8)

        def pages() -> None:
            for _n in range(5):
                hand.key(code.Key_PageDown, control)

        def section() -> None:
            sections = list(walk_sections(plan.sections))
            workspace.show_place(chance.choice(sections))
            workspace.page.enter()
            hand.key(code.Key_End, control)
            hand.key(code.Key_Return)
            hand.type("- " + words(6, 14) + ".")
            hand.key(code.Key_Return)
            hand.type(words(6, 14) + ".")
            hand.rest(1.3)

        def search() -> None:
            hand.key(code.Key_F, control)
            hand.type("phan mem")
            hand.rest(0.4)
            hand.key(code.Key_Return)
            hand.key(code.Key_Escape)

        while hand.count < keys:
            hand.doing = ""
            workspace.show_place(table)
            workspace.page.enter()
            for work in chance.choices(
                (cells, rows, back, findings, pages, section, search), (12, 3, 2, 1, 1, 2, 1), k=3
            ):
                hand.doing = work.__name__
                if work in (cells, rows):
                    workspace.show_place(table)
                    workspace.page.enter()
                work()
    return sorted(hand.stalls, reverse=True)


if __name__ == "__main__":
    found = type_for_an_hour(int(sys.argv[1]) if len(sys.argv) > 1 else _KEYS)
    for seconds, doing in found[:12]:
        print(f"{seconds * 1000:.0f} ms {doing}")
    print(json.dumps(found[0]))
