"""A program that is killed: what an edit has written is there, and half an edit never is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from models import document
from models.plan import insert
from models.store import Store
from tests.models.store.test_undo import assert_whole
from tests.plans import fixture_plan, small_plan, task

ROOT = Path(__file__).parents[3]
KILLED = -9

BEGIN = """
import os, signal, sys
from pathlib import Path
from models.plan import insert, move, remove, Row
from models.store import Store

def die():
    os.kill(os.getpid(), signal.SIGKILL)

store = Store(Path(sys.argv[1]))
plan = store.open_plan(sys.argv[2])
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of this system")


def run(folder: Path, plan_id: str, code: str) -> int:
    return subprocess.run([sys.executable, "-c", BEGIN + code, str(folder), plan_id], cwd=ROOT, timeout=60).returncode


def test_killed_right_after_an_edit_returned(folder: Path) -> None:
    with Store(folder) as store:
        store.add(fixture_plan(4))
    code = """
with plan.edit("sửa") as inside:
    inside.subject = "Đã lưu"
    insert(inside.tables[3], Row(task="Việc mới", total=5))
die()
"""
    assert run(folder, fixture_plan(4).id, code) == KILLED
    with Store(folder) as store:
        found = store.open_plan(fixture_plan(4).id)
        assert found.plan.subject == "Đã lưu"
        assert found.plan.tables[3].rows[-1].task == "Việc mới"
        assert found.undo_label() == "sửa"
        found.undo()
        assert document.to_bytes(store.read(found.plan.id)) == document.to_bytes(fixture_plan(4))


def test_killed_right_after_an_undo_returned(folder: Path) -> None:
    with Store(folder) as store:
        store.add(small_plan())
        with store.open_plan("ke-hoach-1").edit("sửa") as plan:
            insert(plan.tables[0], task("x"))
    assert run(folder, "ke-hoach-1", "plan.undo(); die()") == KILLED
    with Store(folder) as store:
        assert document.to_bytes(store.read("ke-hoach-1")) == document.to_bytes(small_plan())
        assert store.next_label("ke-hoach-1", back=False) == "sửa"


def test_killed_inside_an_edit(folder: Path) -> None:
    with Store(folder) as store:
        store.add(small_plan())
    code = """
with plan.edit("một") as inside:
    inside.subject = "một"
with plan.edit("hai") as inside:
    inside.subject = "hai"
    remove(inside.tables[0])
    die()
"""
    assert run(folder, "ke-hoach-1", code) == KILLED
    with Store(folder) as store:
        found = store.open_plan("ke-hoach-1")
        assert (found.plan.subject, len(found.plan.tables), found.undo_label()) == ("một", 1, "một")


def test_killed_while_an_edit_is_written(folder: Path) -> None:
    """Between the statements of one transaction: none of it is there."""
    with Store(folder) as store:
        store.add(small_plan())
    code = """
with plan.edit("một") as inside:
    inside.subject = "một"
left = 3
def count(statement):
    global left
    left -= statement.startswith(("INSERT", "UPDATE", "DELETE"))
    if left < 0:
        die()
store.connection.set_trace_callback(count)
with plan.edit("hai") as inside:
    inside.subject = "hai"
    insert(inside.tables[0], Row(task="x"))
    remove(inside.sections[0])
"""
    assert run(folder, "ke-hoach-1", code) == KILLED
    with Store(folder) as store:
        found = store.open_plan("ke-hoach-1")
        assert (found.plan.subject, len(found.plan.tables[0].rows), found.undo_label()) == ("một", 2, "một")
        assert_whole(found)
        with found.edit("ba") as plan:
            plan.subject = "ba"
        assert_whole(found)


def test_killed_at_any_moment_of_many_edits(folder: Path) -> None:
    with Store(folder) as store:
        store.add(small_plan())
    code = """
for n in range(100_000):
    with plan.edit(f"{n}") as inside:
        inside.subject = f"{n}"
        insert(inside.tables[0], Row(task=f"{n}"), 0)
        if len(inside.tables[0].rows) > 5:
            remove(inside.tables[0].rows[-1])
    print(n, flush=True)
"""
    for saved in (7, 30):
        arguments = [sys.executable, "-c", BEGIN + code, str(folder), "ke-hoach-1"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            for _n in range(saved):
                last = int(process.stdout.readline())
            process.kill()
            last = max([last, *(int(line) for line in process.stdout if line.endswith("\n"))])
        assert process.returncode == KILLED
        with Store(folder) as store:
            found = store.open_plan("ke-hoach-1")
            # The last one may have been written, and its line not.
            assert int(found.plan.subject) in (last, last + 1)
            assert found.plan.tables[0].rows[0].task == found.plan.subject == found.undo_label()
            assert_whole(found)
