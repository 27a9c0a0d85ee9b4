"""A second start brings the first window to the front: two real programs on a screen with a window manager."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.errors import UserError
from models.settings import Settings
from models.store import Store
from tests.plans import fixture_plan, small_plan
from tests.real_keys import desktop
from tests.ui.program import MAIN, environment, is_sentence
from ui import instance

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("Xvfb", "openbox", "xdotool", "xkbcomp"))), reason="no screen can be made here"
)

_ANOTHER = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); window = QWidget(); window.setWindowTitle("Khác"); window.showMaximized()
window.activateWindow(); app.exec()
"""


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    runtime = tmp_path_factory.mktemp("runtime")
    runtime.chmod(0o700)
    with desktop(environment(XDG_RUNTIME_DIR=str(runtime))) as found:
        yield found


@pytest.fixture
def made(folder: Path) -> Path:
    """A store with two plans, whose window opens on the list."""
    with Store(folder) as store:
        store.add(fixture_plan(0))
        store.add(small_plan())
    Settings(folder).set("asked_unit", True)
    return folder


@contextmanager
def started(screen: dict[str, str], folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program, with its window on the screen and listening."""
    process = subprocess.Popen(
        [sys.executable, str(MAIN), "--data", str(folder), *arguments],
        env=screen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        wait(lambda: "Kế Hoạch Số" in titles(screen, process.pid))
        yield process
    finally:
        process.kill()
        process.communicate()


def second(
    screen: dict[str, str], folder: Path, *arguments: str, timeout: float = 40
) -> subprocess.CompletedProcess[str]:
    """The program once more; it must end by itself."""
    return subprocess.run(
        [sys.executable, str(MAIN), "--data", str(folder), *arguments],
        env=screen, capture_output=True, text=True, timeout=timeout,
    )  # fmt: skip


def ask(screen: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(["xdotool", *arguments], env=screen, capture_output=True, text=True)
    return done.stdout.strip()


def titles(screen: dict[str, str], pid: int) -> str:
    windows = ask(screen, "search", "--all", "--onlyvisible", "--pid", str(pid), "--name", "").split()
    return "\n".join(ask(screen, "getwindowname", window) for window in windows)


def active(screen: dict[str, str]) -> str:
    return ask(screen, "getactivewindow", "getwindowname")


def wait(is_so: object, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.05)


@contextmanager
def covered(screen: dict[str, str]) -> Iterator[None]:
    """Another program lies over all of the screen, and has the keys."""
    with subprocess.Popen([sys.executable, "-c", _ANOTHER], env=screen) as other:
        try:
            wait(lambda: active(screen) == "Khác")
            yield
        finally:
            other.kill()


def test_a_second_start_brings_the_first_window_to_the_front(screen: dict[str, str], made: Path, tmp_path: Path):
    (tmp_path / "lối tắt").symlink_to(made)
    with started(screen, made) as first:
        for folder in (made, tmp_path / "lối tắt"):
            with covered(screen):
                found = second(screen, folder)
                assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
                wait(lambda: active(screen) == "Kế Hoạch Số")
        # Out of the task bar as well.
        ask(screen, "getactivewindow", "windowminimize")
        wait(lambda: active(screen) != "Kế Hoạch Số")
        assert second(screen, made).returncode == 0
        wait(lambda: active(screen) == "Kế Hoạch Số")
        assert first.poll() is None


def test_a_plan_is_handed_over(screen: dict[str, str], made: Path):
    with started(screen, made):
        assert second(screen, made, "--open", small_plan().id).returncode == 0
        wait(lambda: active(screen) == f"{small_plan().subject} – Kế Hoạch Số")
        # Twice the same changes nothing; one that is not there is told in the first window.
        assert second(screen, made, "--open", small_plan().id).returncode == 0
        assert second(screen, made, "--open", "khong-co").returncode == 0
        assert second(screen, made, "--open", fixture_plan(0).id).returncode == 0
        wait(lambda: active(screen) == f"{fixture_plan(0).subject} – Kế Hoạch Số")


def test_another_store_has_a_window_of_its_own(screen: dict[str, str], made: Path, tmp_path: Path):
    Settings(tmp_path / "khác").set("asked_unit", True)
    with started(screen, made) as first, started(screen, tmp_path / "khác") as other:
        assert first.poll() is None and other.poll() is None


def test_a_killed_program_is_in_nobodys_way(screen: dict[str, str], made: Path):
    with started(screen, made) as first:
        assert second(screen, made).returncode == 0
        first.kill()
        first.wait()
        with started(screen, made) as again:
            assert "(chỉ đọc)" not in titles(screen, again.pid)
            assert second(screen, made).returncode == 0


def test_a_start_while_the_first_one_is_starting_waits_for_it(screen: dict[str, str], made: Path):
    arguments = [sys.executable, str(MAIN), "--data", str(made)]
    both = [subprocess.Popen(arguments, env=screen) for _time in range(2)]
    try:
        wait(lambda: any(one.poll() is not None for one in both))
        assert sorted(one.poll() is None for one in both) == [False, True]
        assert [one.returncode for one in both if one.poll() is not None] == [0]
    finally:
        for one in both:
            one.kill()
            one.wait()


def test_a_program_that_hangs_is_told(screen: dict[str, str], made: Path):
    with started(screen, made) as first:
        assert second(screen, made).returncode == 0
        first.send_signal(signal.SIGSTOP)
        begin = time.monotonic()
        arguments = [sys.executable, str(MAIN), "--data", str(made)]
        told = subprocess.Popen(arguments, env=screen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            wait(lambda: "Kế Hoạch Số" in titles(screen, told.pid), 15)
            assert time.monotonic() - begin > instance.ANSWER
            wait(lambda: ask(screen, "getactivewindow", "getwindowpid") == str(told.pid))
            ask(screen, "key", "Return")
            out, said = told.communicate(timeout=20)
        finally:
            told.kill()
            told.communicate()
        first.send_signal(signal.SIGCONT)
        assert (told.returncode, out) == (2, "")
        assert is_sentence(said)
        assert "không trả lời" in said
        # Once it goes on, it is found again.
        assert second(screen, made).returncode == 0


# ---- within one process


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "runtime"
    found.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(found))
    monkeypatch.setattr(instance, "START", 0.2)
    return found


def test_who_is_first_and_who_is_not(runtime: Path, folder: Path):
    first = instance.take(folder)
    assert first is not None and Path(first.address).parent == runtime / "kehoachso"
    # It does not listen yet.
    with pytest.raises(UserError, match="không trả lời"):
        instance.take(folder)
    first.close()
    again = instance.take(folder)
    assert again is not None
    again.close()


def test_a_folder_that_others_can_reach_is_not_trusted(runtime: Path, folder: Path, tmp_path: Path):
    room = runtime / "kehoachso"
    room.mkdir()
    for spoil in (lambda: room.chmod(0o770), lambda: room.chmod(0o701), lambda: os.chown(room, 65534, -1)):
        spoil()
        for _time in range(2):
            found = instance.take(folder)
            assert found is not None and found.address == ""
            found.close()
    shutil.rmtree(room)
    (tmp_path / "đâu đó").mkdir(mode=0o700)
    room.symlink_to(tmp_path / "đâu đó")
    found = instance.take(folder)
    assert found is not None and found.address == ""
    assert list((tmp_path / "đâu đó").iterdir()) == []


def test_asking_loads_neither_qt_nor_the_network(runtime: Path, folder: Path):
    """A second start is quick; and the first one never loads Qt's network."""
    first = instance.take(folder)
    assert first is not None
    code = (
        "import sys; from ui import cli, instance; from models.errors import UserError\n"
        "instance.START = 0\n"
        "try: instance.take(__import__('pathlib').Path(sys.argv[1]))\n"
        "except UserError: pass\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'PySide6', 'sqlalchemy', 'ssl'}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=MAIN.parent, capture_output=True, text=True
    )  # fmt: skip
    first.close()
    assert found.stdout == "[]\n", found.stderr
