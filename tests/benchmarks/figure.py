"""One measured figure."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``seconds`` divided by ``reference`` (seconds too), and the most it may be."""

    what: str
    seconds: float
    reference: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.reference


def compare(what: str, work: Callable[[], object], reference: Callable[[], object], limit: float, runs: int) -> Figure:
    """Time both by turns, so that a busy moment of the machine meets both; the medians count.

    Work that gives a ``float`` has timed itself, in seconds.
    """
    times: list[tuple[float, float]] = []
    work(), reference()
    for _run in range(runs):
        times.append((_time(work), _time(reference)))
    return Figure(what, statistics.median(t[0] for t in times), statistics.median(t[1] for t in times), limit)


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    seconds = work()
    return seconds if isinstance(seconds, float) else time.perf_counter() - start
