"""The program run as a user runs it: in a process of its own, or quicker within this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models.store import Store, Summary
from tests.plans import Document
from ui import cli

ROOT = Path(__file__).resolve().parent.parent.parent
MAIN = ROOT / "main.py"

#: Told apart from the session that runs the tests: its language, its screen, its data.
_OWN = ("KE_HOACH_SO_LANG", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_DATA_HOME", "PYTHONPATH")


@dataclass(frozen=True)
class Ran:
    """What came of a run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


#: Runs the program with these arguments.
Program = Callable[..., Ran]


def environment(**more: str) -> dict[str, str]:
    """This process's, but for what the tests set in it."""
    kept = {name: value for name, value in os.environ.items() if name not in _OWN}
    return {**kept, **more}


def run(*arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None, python: str = "") -> Ran:
    """The real program in a process of its own; ``python`` is code to run in place of ``main.py``."""
    start = ["-c", python] if python else [str(MAIN)]
    done = subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        cwd=cwd,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )
    # Always UTF-8, whatever the locale says.
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run_here(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """The same within this process."""
    capsys.readouterr()
    code = cli.main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return Ran(code, said.out, said.err)


def is_sentence(text: str) -> bool:
    """Whether ``text`` is one line, and a whole sentence for a user."""
    line = text.removesuffix("\n")
    return (
        text.endswith(".\n")
        and len(line.splitlines()) == 1
        and line[:1] in (line[:1].upper(), "“")
        and not any(word in text for word in ("Traceback", "Error", "Errno", "errno", "Exception", "{", "}", "None"))
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under ``folder``, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def plans_in(folder: Path) -> list[Summary]:
    """The plans in the store of ``folder``; none where there is no store."""
    if not (folder / "kehoachso.db").is_file():
        return []
    with Store(folder) as store:
        return store.summaries(lambda plan: (None, 0, 0))


def write(path: Path, document: Document) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path
