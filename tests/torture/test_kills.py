"""The short form of ``kills``: what the window said is saved outlives a SIGKILL at any moment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.torture import kills

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of this system")


def test_kills_lose_nothing(tmp_path: Path) -> None:
    found = kills.kill(tmp_path, 16)
    assert (found.lost, found.damaged, found.half, found.wrong) == (0, 0, 0, [])
    assert found.kills == 16
    # They were at work, or the test shows nothing.
    assert found.acknowledged > 50 and found.backups > 10 and found.exports
