"""Locks that end with their process, and what their files say."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.locks import Held, Holder, lock

ROOT = Path(__file__).parents[2]
_HOLDER = """
import sys, time
from pathlib import Path
from models.locks import lock
release = lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
release()
print("released", flush=True)
sys.stdin.readline()
"""


@contextmanager
def holder(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it gets a line."""
    arguments = [sys.executable, "-c", _HOLDER, str(file)]
    with subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def is_free(file: Path) -> bool:
    try:
        lock(file)()
    except Held:
        return False
    return True


def test_a_lock_is_held_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "khóa"
    monkeypatch.setenv("LOGNAME", "huong")
    with holder(file) as process:
        with pytest.raises(Held) as caught:
            lock(file)
        assert caught.value.holder.user == "huong"
        assert caught.value.holder.machine
        assert caught.value.holder.since[:2] == "20"
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "released\n"
        assert is_free(file)


def test_a_kill_leaves_nothing_locked(tmp_path: Path) -> None:
    file = tmp_path / "khóa"
    with holder(file) as process:
        assert not is_free(file)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert is_free(file)


def test_one_process_counts(tmp_path: Path) -> None:
    file = tmp_path / "khóa"
    (tmp_path / "khác").symlink_to(tmp_path)
    first, second = lock(file), lock(tmp_path / "khác" / "khóa")
    with pytest.raises(Held):
        lock(file, shared=False)
    code = "import sys; from pathlib import Path; from models.locks import lock; lock(Path(sys.argv[1]))"

    def other() -> int:
        done = subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, capture_output=True)
        return done.returncode

    first()
    first()
    assert other() == 1
    second()
    assert other() == 0


@pytest.mark.parametrize(
    "said",
    [
        b"", b"\xff\xfe", b"[]", b"[" * 4000, b'{"machine": 5, "user": null}', b'{"machine": "' + b"a" * 10**6 + b'"}',
        json.dumps({"user": "x" * 3000}).encode(), b"null", b'"text"',
    ],
)  # fmt: skip
def test_whatever_the_file_says(tmp_path: Path, said: bytes) -> None:
    file = tmp_path / "khóa"
    with holder(file):
        file.write_bytes(said)
        with pytest.raises(Held) as caught:
            lock(file)
    found = caught.value.holder
    assert found in (Holder(), Holder(user="x" * 64))


def test_what_is_said_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "khóa"
    with holder(file):
        file.write_text(json.dumps({"user": "a\nb\x1b[31m\u202ec"}), encoding="utf-8")
        with pytest.raises(Held) as caught:
            lock(file)
    assert caught.value.holder.user == "ab[31mc"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lock(tmp_path / "không có" / "khóa")
