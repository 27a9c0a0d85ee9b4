"""The short form of ``power_cuts``: what a step has acknowledged outlives a power cut at any moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture import power_cuts, shim

pytestmark = pytest.mark.skipif(bool(shim.MISSING), reason=shim.MISSING)


@pytest.mark.parametrize(("old", "steps", "cuts"), [("", 25, 40), ("v1.db", 8, 25)])
def test_a_power_cut_loses_nothing(tmp_path: Path, old: str, steps: int, cuts: int) -> None:
    found = power_cuts.cut_session(tmp_path, 7, steps, cuts, old)
    assert (found.unreadable, found.lost, found.half) == ([], [], [])
    assert found.cuts == cuts and found.acknowledged > steps


def test_what_a_weaker_setting_loses_is_found(tmp_path: Path) -> None:
    assert power_cuts.cut_session(tmp_path, 8, 15, 30, weaker="synchronous=NORMAL").lost
