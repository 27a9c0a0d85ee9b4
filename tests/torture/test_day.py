"""A short day: everything that is in the long one happens, and nothing is wrong; how quick it stays only the long one tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

from models.store import compaction
from tests.torture import day

#: Bounds that so few edits reach.
_BOUNDS: dict[str, Any] = {"STEPS": 100, "STEPS_TODAY": 100, "LEAST": 60, "LINES": 50}


def test_a_short_day(tmp_path: Path) -> None:
    with mock.patch.multiple(compaction, **_BOUNDS):
        figures = {figure.what: figure for figure in day.torture(tmp_path, 700)}
    wrong = figures["day: states that were not as they should be"]
    assert wrong.is_good and wrong.limit == 0
    assert figures["day: edits refused"].value == 0
    assert figures["day: steps undone and redone at the end"].value == 50
    assert figures["day: MB of the store and its log at the end, without kept exports"].value < 8
