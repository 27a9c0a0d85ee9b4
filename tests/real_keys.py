"""The real program on a screen of its own, with a window manager, typed into with the keys of a keyboard (xdotool).

The keyboard has a key for every Vietnamese letter, as if an input method sent them: no letter has to be mapped while
typing, which loses some.
"""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.screen import Screen

_ROOT = Path(__file__).resolve().parent.parent
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = [
    letter
    for base in "aăâeêioôơuưy"
    for tone in _TONES
    if not (letter := unicodedata.normalize("NFC", base + tone)).isascii()
] + ["đ"]
#: From here on the keycodes of the X server are free in this layout.
_FIRST_KEY = 150


class Program:
    """The running program, and the hands at its keyboard."""

    def __init__(self, environment: dict[str, str], process: subprocess.Popen[str]) -> None:
        self._environment, self.process = environment, process

    def type(self, text: str) -> None:
        """The keys of a text, one after the other; no line breaks."""
        if text:
            self._do("type", "--delay", "5", text)

    def press(self, *keys: str) -> None:
        """Keys by their names in X: ``Tab``, ``ctrl+v`` …"""
        self._do("key", "--delay", "30", *keys)

    def quit(self) -> str:
        """Leave with Ctrl+Q; what the program said on its way."""
        self.press("ctrl+q")
        _out, said = self.process.communicate(timeout=30)
        return said

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True)


@contextmanager
def running(environment: dict[str, str], *arguments: object) -> Iterator[Program]:
    """The program in its window, on the screen of ``environment``, ready for keys."""
    process = subprocess.Popen(
        [sys.executable, str(_ROOT / "main.py"), *map(str, arguments)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(process.pid), "--name", "Kế Hoạch Số"],
            env=environment, check=True, stdout=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip
        # The window is painted, has the focus, and has checked the plan.
        time.sleep(2)
        yield Program(environment, process)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def desktop(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """A screen with a window manager and the keyboard; gives the environment for what runs on it."""
    with Screen() as display:
        here = {**environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        subprocess.run(["xkbcomp", "-w0", "-", display], input=_keyboard(), text=True, check=True)
        manager = subprocess.Popen(["openbox"], env=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield here
        finally:
            manager.terminate()
            manager.wait()


def _keyboard() -> str:
    codes = "".join(f"<V{n:02}> = {_FIRST_KEY + n};\n" for n in range(len(_LETTERS)))
    symbols = "".join(
        f'key <V{n:02}> {{ type = "TWO_LEVEL", [ U{ord(letter):04X}, U{ord(letter.upper()):04X} ] }};\n'
        for n, letter in enumerate(_LETTERS)
    )
    return f"""xkb_keymap {{
        xkb_keycodes {{ include "evdev+aliases(qwerty)" {codes} }};
        xkb_types {{ include "complete" }};
        xkb_compat {{ include "complete" }};
        xkb_symbols {{ include "pc+us" {symbols} }};
    }};"""
