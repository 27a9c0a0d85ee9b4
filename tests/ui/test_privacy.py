"""Whatever a day of work leaves in the data folder is its owner's alone, and only the store knows what is in a plan."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from models import document as plan_document
from models.plan import Plan
from tests.plans import small_plan
from tests.ui.program import ROOT, environment, run, write
from tests.ui.real_window import run as in_window

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are others on Windows")

_DAY = """
plan, document = window.workspace.document.plan, window.workspace.document
document.check_again()
document.set(plan, "place", "Nơi rất riêng", "Sửa nơi ban hành")
window.workspace.show_place("export")
page = window.workspace.page
out = Path(sys.argv[2]).parent / "ra"
out.mkdir()
page.folder.field.setText(str(out))
page.start(False)
yield lambda: not page.is_running
def boom():
    raise ValueError(plan.subject, plan.place)
QTimer.singleShot(0, boom)
yield lambda: crash._watch.dialog is not None and crash._watch.dialog.isVisible()
window.workspace.show_place(plan.tables[0])
yield lambda: "table:" in Path(sys.argv[2], "dang-chay.json").read_text()
import stat
found = {}
for path in [Path(sys.argv[2]), *Path(sys.argv[2]).rglob("*")]:
    found[path.name] = stat.S_IMODE(path.stat().st_mode)
tell(modes=found)
"""
_KILL = "import ctypes; ctypes.string_at(0)"


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in below for text in texts(one)]


@pytest.fixture
def plan() -> Plan:
    made = small_plan()
    made.subject = "Chủ đề không ai được biết"
    made.tables[0].rows[0].name = "Nhiệm vụ không ai được biết"
    return made


def test_a_day_that_ends_badly(tmp_path: Path, plan: Plan) -> None:
    data = tmp_path / "kho"
    file = write(tmp_path / "kế hoạch.json", plan_document.dump(plan))
    before = os.umask(0)
    try:
        # An older version left a folder that all can read.
        data.mkdir()
        data.chmod(0o777)
        [plan_id] = run("--data", data, "import", file, cwd=ROOT, env=environment()).lines
        assert run("--data", data, "backup", cwd=ROOT, env=environment()).code == 0
        ended, told, err = in_window(data, _DAY + _KILL, "--open", plan_id)
        assert ended < 0 and len(told) == 1, err
        in_window(data, "window.close()")
    finally:
        os.umask(before)
    modes = told[0]["modes"]
    assert {"kehoachso.db", "kehoachso.db-wal", "kehoachso.lock", "settings.json", "dang-chay.json"} <= modes.keys()
    assert {"bao-cao-loi", "sao-luu"} <= modes.keys()
    loose = {name: oct(mode) for name, mode in modes.items() if mode & 0o077}
    assert loose == {}
    for path in [data, *data.rglob("*")]:
        assert stat.S_IMODE(path.lstat().st_mode) & 0o077 == 0, path
    # What is given out is as the user's other files are.
    assert {stat.S_IMODE(path.stat().st_mode) & 0o044 for path in (tmp_path / "ra").glob("KH-*")} == {0o044}
    secrets = {text for text in texts(plan_document.dump(plan)) if len(text) > 8} - {plan.id, plan.template}
    secrets |= {"Nơi rất riêng", "không ai được biết", "kho/", str(tmp_path.parent)}
    reports = sorted((data / "bao-cao-loi").iterdir())
    # One of the error, one of the fault that ended the window.
    assert len(reports) == 2
    for path in reports:
        text = path.read_text(encoding="utf-8")
        assert [secret for secret in secrets if secret in text] == []
    # The settings know where files go, and where the cursor was; of a plan its id alone.
    kept = (data / "settings.json").read_text(encoding="utf-8")
    assert [secret for secret in secrets - {str(tmp_path.parent), "kho/"} if secret in kept] == []
    assert json.loads(kept)["last_plan"] == plan_id
