"""Runs every torture in full and prints its figures; exit 1 where one is beyond what is promised.

``python -m tests.torture [NAME …]``; when all of them run, ``docs/reliability.md`` takes their figures.
"""

from __future__ import annotations

import importlib
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.torture.figure import Figure

#: Each has ``torture(folder) -> Iterator[Figure]``, which works in a folder of its own.
NAMES = ("kills", "power_cuts", "failures", "inputs", "day")
_DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"
_BEGIN, _END = "<!-- figures of make torture -->\n", "<!-- end of figures -->\n"


def main(wanted: list[str]) -> int:
    if unknown := set(wanted) - set(NAMES):
        print(f"no such torture: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    found: list[Figure] = []
    for name in wanted or NAMES:
        began = time.monotonic()
        for figure in _run(name):
            found.append(figure)
            print(_line(figure), flush=True)
        print(f"     {name}: {time.monotonic() - began:.0f} s", flush=True)
    if not wanted:
        _write(found)
    return int(not all(figure.is_good for figure in found))


def _run(name: str) -> Iterator[Figure]:
    module = importlib.import_module(f"tests.torture.{name}")
    with tempfile.TemporaryDirectory(prefix=f"torture-{name}-") as folder:
        yield from module.torture(Path(folder))


def _line(figure: Figure) -> str:
    limit = "" if figure.limit is None else f" (at most {figure.limit:g})"
    return f"{'ok  ' if figure.is_good else 'OVER'} {figure.value:g}{limit}  {figure.what}"


def _write(found: list[Figure]) -> None:
    """Put the figures, with machine and date, into their place in the document."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    machine = f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    rows = "".join(
        f"| {figure.what} | {figure.value:g} | {'' if figure.limit is None else f'{figure.limit:g}'} |\n"
        for figure in found
    )
    table = f"{date.today().isoformat()}, {machine}\n\n| figure | measured | at most |\n|---|---|---|\n{rows}"
    pattern = re.escape(_BEGIN) + ".*?" + re.escape(_END)
    _DOCUMENT.write_text(
        re.sub(pattern, lambda _found: f"{_BEGIN}\n{table}\n{_END}", text, flags=re.DOTALL), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
