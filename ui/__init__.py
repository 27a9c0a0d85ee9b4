"""The window and the command line; no sums, no SQL, no rules."""

import sys


def _keep_singletons() -> None:
    """Keep ``None``, ``True`` and ``False`` from being freed under PySide6 6.12 on Python older than 3.12.

    Its wheels are built for a Python in which these objects are immortal: a Qt function that returns one of them
    does not count the reference, the caller's is taken all the same, and after some thousands of calls the
    interpreter aborts. Here they get a count that no working day uses up, which is what immortal means.
    """
    import ctypes

    for singleton in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(singleton)).value += 1 << 40


if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
    _keep_singletons()
