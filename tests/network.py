"""No network: what makes an attempt fail, in this process and in one of its own.

``watch()`` hears of every attempt of this process's Python and refuses it. ``forbid()`` has the system itself end the
process at the first attempt, also of Qt or another library: a filter on system calls (Linux, seccomp).
"""

from __future__ import annotations

import ctypes
import functools
import platform
import socket
import struct
import sys
from typing import Any

#: What was tried, since the tests began.
tried: list[str] = []

_INTERNET = {socket.AF_INET, socket.AF_INET6}
_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}


class Tried(RuntimeError):
    """Somebody tried to reach the network."""


@functools.cache
def watch() -> None:
    """From now on, and for good, no test reaches the network (https://docs.python.org/3/library/audit_events.html)."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    is_new = event == "socket.__new__" and args[1] in _INTERNET
    is_used = event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg") and (
        args[0].family in _INTERNET
    )
    if is_new or is_used or event in _NAMES:
        tried.append(event)
        raise Tried(event)


# ---- by the system itself

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
#: By machine: how the kernel calls it, and the number of ``socket`` among its calls.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_NUMBER, _ARCH, _FAMILY = 0, 4, 16
_AF_PACKET = 17

can_forbid = sys.platform == "linux" and platform.machine() in _MACHINES


def forbid() -> None:
    """Let the system kill this process, and all that it starts, where a socket of the internet is asked for."""
    arch, call = _MACHINES[platform.machine()]
    families = (socket.AF_INET, socket.AF_INET6, _AF_PACKET)
    # Instruction, where to go if true and if false, operand: linux/bpf_common.h.
    code = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 0, len(families) + 4, arch),
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 0, len(families) + 1, call),
        (_LOAD, 0, 0, _FAMILY),
        *((_EQUAL, len(families) - at, 0, int(family)) for at, family in enumerate(families)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL),
    ]
    packed = b"".join(struct.pack("HBBI", *one) for one in code)
    instructions = ctypes.create_string_buffer(packed, len(packed))
    # struct sock_fprog
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(instructions)))
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero):
        raise OSError(ctypes.get_errno(), "PR_SET_NO_NEW_PRIVS")
    if libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), ctypes.byref(program), zero, zero):
        raise OSError(ctypes.get_errno(), "PR_SET_SECCOMP")
