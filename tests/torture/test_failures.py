"""The short form of ``failures``: some of the calls, each with a failure that is told, and after which work goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture import failures, shim

pytestmark = pytest.mark.skipif(bool(shim.MISSING), reason=shim.MISSING)


@pytest.mark.parametrize(
    ("error", "how", "every", "steps"),
    [
        ("ENOSPC", "once", 9, ("amount", "undo", "settings", "draft", "start")),
        ("EIO", "lasting", 13, ("section", "checkpoint", "backup", "leave")),
        ("EACCES", "once", 17, ("row away", "import", "final")),
    ],
)
def test_a_failure_is_told_and_nothing_is_lost(
    tmp_path: Path, error: str, how: str, every: int, steps: tuple[str, ...]
) -> None:
    found = failures.fail(tmp_path / "session", error, how, every, steps)
    assert (found.untold, found.lost, found.stuck, found.crashes) == ([], [], [], [])
    assert found.failures >= 8 and found.told > found.failures / 2


def test_what_is_harmless() -> None:
    assert failures.harmless("write /Dữ liệu/kehoachso.db")
    assert failures.harmless("unlink /Kết xuất/.KH-2022_SB_1.pdf.0a1b2c3d.tmp")
    assert not failures.harmless("write /Kết xuất/KH-2022_SB_1.pdf")
    assert not failures.harmless("write /Dữ liệu/khác.db")
