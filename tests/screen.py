"""A screen (Xvfb) of its own, so that measuring meets no other window."""

from __future__ import annotations

import os
import subprocess


class Screen:
    """A screen of its own, for the time of the measuring."""

    def __enter__(self) -> str:
        read, write = os.pipe()
        # Without -noreset the keyboard would be as before each time that the last program has left the screen.
        self._server = subprocess.Popen(
            ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1366x768x24"],
            pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as numbers:
            return ":" + numbers.readline().strip()

    def __exit__(self, *_error: object) -> None:
        self._server.terminate()
        self._server.wait()
