"""Measures and prints every figure; exit 1 where one is beyond what is promised."""

from __future__ import annotations

import sys

from tests.benchmarks import (
    check,
    edits,
    hour,
    importing,
    opening,
    pasting,
    preview,
    printing,
    reading,
    start,
    workbook,
)


def main() -> int:
    wanted = sys.argv[1:]
    beyond = False
    for name, measure in (
        ("start", start.measure), ("check", check.measure), ("opening", opening.measure), ("edits", edits.measure),
        ("pasting", pasting.measure), ("hour", hour.measure), ("printing", printing.measure),
        ("workbook", workbook.measure), ("importing", importing.measure),
        ("preview", preview.measure), ("reading", reading.measure),
    ):  # fmt: skip
        if wanted and name not in wanted:
            continue
        for figure in measure():
            good = figure.ratio <= figure.limit
            beyond |= not good
            print(
                f"{'ok  ' if good else 'OVER'} {figure.ratio:6.2f} (at most {figure.limit:g})  {figure.what}: "
                f"{figure.seconds * 1000:.1f} ms / {figure.reference * 1000:.1f} ms",
                flush=True,
            )
    return int(beyond)


if __name__ == "__main__":
    sys.exit(main())
