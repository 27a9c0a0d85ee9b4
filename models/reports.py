"""Reports of unexpected errors: what kind, where in the code, on what machine, and never what is in a plan.

A report holds nothing but what is on a fixed list: kinds of errors and places in the code of the program and of its
libraries, versions, names of pages and actions, counts. Neither the text of an error nor a file's name gets in, for
both may quote the plan or name the user. Reports are always in Vietnamese: they are given out.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).resolve().parent.parent
_TOP = re.compile(r"(main\.py|(models|ui|tests|scripts)/.+)")
_CODE_FILE = re.compile(r"[A-Za-z0-9_./-]{1,160}\.py")
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
_OUTSIDE = "(ngoài chương trình)"
#: Of a long way down, so many places at its beginning and its end are told.
_FIRST, _LAST = 8, 32
#: Errors that led to this one, at most.
_CAUSES = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What the window adds: the page, counts of the plan's parts, the last actions, Qt's warnings by their category."""

    page: str = ""
    parts: Mapping[str, int] = field(default_factory=dict)
    actions: Sequence[str] = ()
    warnings: Mapping[str, int] = field(default_factory=dict)
    qt: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error without its text: its kind, numbers the system gives, and where in the code, the last place last."""

    kind: str
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def faults(error: BaseException, trace: TracebackType | None) -> list[Fault]:
    """The error, and those that led to it."""
    found: list[Fault] = []
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen and len(found) < _CAUSES:
        seen.add(id(one))
        where = trace if one is error else one.__traceback__
        found.append(Fault(kind_of(type(one)), tuple(_places(where)), tuple(_numbers(one))))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def kind_of(kind: type[BaseException]) -> str:
    """The name of a kind of error as the code has it; of one that was made up while running, the kind above it."""
    for one in kind.__mro__:
        found: object = sys.modules.get(one.__module__)
        for part in one.__qualname__.split("."):
            found = getattr(found, part, None)
        if found is one and _NAME.fullmatch(one.__qualname__) and _NAME.fullmatch(one.__module__):
            return one.__qualname__ if one.__module__ == "builtins" else f"{one.__module__}.{one.__qualname__}"
    return "BaseException"


def signature(error: BaseException, trace: TracebackType | None) -> str:
    """What tells one fault from another: its kind and its last place; quick, for an error may come a thousand times."""
    last = trace
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return f"{type(error).__name__}:{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else str(type(error))


def _places(trace: TracebackType | None) -> Iterator[str]:
    found = [(frame.f_code.co_filename, line, frame.f_code.co_qualname) for frame, line in traceback.walk_tb(trace)]
    for at, (filename, line, name) in enumerate(found):
        if at == _FIRST and len(found) > _FIRST + _LAST:
            yield f"… {len(found) - _FIRST - _LAST} chỗ nữa"
        if at < _FIRST or at >= len(found) - _LAST:
            yield place(filename, line, name)


def place(filename: str, line: int | str, name: str) -> str:
    """``ui/pages/table.py:120 TablePage.save``; nothing is told of code that is not the program's or a library's."""
    short = _short(filename)
    if short is None or not re.fullmatch(r"[A-Za-z0-9_.<>]{1,120}", name):
        return short or _OUTSIDE
    return f"{short}:{line} {name}"


def _short(filename: str) -> str | None:
    """The name of a file of code from the folder of the program or of its libraries on; ``None`` for any other."""
    plain = filename.replace("\\", "/")
    for base in _bases():
        rest = plain.removeprefix(base + "/")
        if rest != plain and _CODE_FILE.fullmatch(rest) and (base != _own() or _TOP.fullmatch(rest)):
            return rest
    # So the built program names its modules.
    return plain if _TOP.fullmatch(plain) and _CODE_FILE.fullmatch(plain) else None


def _own() -> str:
    return str(_ROOT).replace("\\", "/")


@cache
def _bases() -> tuple[str, ...]:
    import sysconfig

    paths = sysconfig.get_paths()
    found = [paths["purelib"], paths["platlib"], str(Path(paths["stdlib"]).resolve()), paths["stdlib"], str(_ROOT)]
    return tuple(dict.fromkeys(path.replace("\\", "/") for path in found))


def _numbers(error: BaseException) -> Iterator[str]:
    for name in ("errno", "winerror", "sqlite_errorcode"):
        value = getattr(error, name, None)
        if type(value) is int:
            yield f"{name} {value}"


# ---- a fault that ended Python itself

#: How ``faulthandler`` begins, and what is said of it.
_FATAL = (
    ("Fatal Python error: Segmentation fault", "Segmentation fault"),
    ("Fatal Python error: Aborted", "Aborted"),
    ("Fatal Python error: Bus error", "Bus error"),
    ("Fatal Python error: Illegal instruction", "Illegal instruction"),
    ("Fatal Python error: Floating-point exception", "Floating-point exception"),
    ("Windows fatal exception: access violation", "access violation"),
    ("Windows fatal exception: stack overflow", "stack overflow"),
    ("Windows fatal exception", "Windows fatal exception"),
    ("Fatal Python error", "Fatal Python error"),
)
_FRAME = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d{1,7}|\?\?\?) in (?P<name>.*)')


def native_fault(text: str) -> Fault | None:
    """What ``faulthandler`` wrote as the process ended; ``None`` where it wrote of no such end."""
    kind, places = "", list[str]()
    for line in text.splitlines():
        if known := next((name for head, name in _FATAL if line.startswith(head)), ""):
            kind, places = known, []
        elif line.startswith(("Current thread", "Thread")):
            places.append("(luồng đang chạy)" if line.startswith("Current") else "(luồng khác)")
        elif kind and (match := _FRAME.fullmatch(line)):
            places.append(place(_unescaped(match["file"]), match["line"], match["name"]))
    return Fault(kind, tuple(places[: _FIRST + _LAST])) if kind else None


def _unescaped(name: str) -> str:
    """``faulthandler`` writes letters beyond ASCII as numbers; undone only in the folder of the program."""
    own = str(_ROOT).encode("ascii", "backslashreplace").decode("ascii")
    return str(_ROOT) + name[len(own) :] if name.startswith(own) else name


# ---- the text


def render(found: Sequence[Fault], facts: Facts, when: datetime, folder: Path | None = None, count: int = 1) -> str:
    """The report, line by line; ``folder`` is where free room is looked for and is not told."""
    import platform

    from models.exports.manifest import PROGRAM

    lines = [
        f"BÁO CÁO LỖI của {PROGRAM}",
        "Không có nội dung kế hoạch, tên tệp hay tên người dùng.",
        "",
        f"Lúc: {when:%d/%m/%Y %H:%M:%S}",
        f"Máy: {_clean(platform.system())} {_clean(platform.release())} {_clean(platform.machine())}",
        f"Python {_clean(platform.python_version())}, {facts.qt or 'không có cửa sổ'}",
        f"Còn trống: {_free(folder)}",
    ]
    if facts.page:
        lines.append(f"Trang đang mở: {_clean(facts.page)}")
    if facts.parts:
        lines.append("Số phần: " + ", ".join(f"{_clean(name)} {number}" for name, number in facts.parts.items()))
    if facts.actions:
        lines.append("Việc vừa làm: " + ", ".join(_clean(name) for name in facts.actions))
    if facts.warnings:
        lines.append("Qt cảnh báo: " + ", ".join(f"{_clean(name)} {number}" for name, number in facts.warnings.items()))
    for number, fault in enumerate(found):
        head = "Do" if number else "Lỗi"
        times = f", {count} lần" if count > 1 and not number else ""
        lines += ["", f"{head}: {' '.join((fault.kind, *fault.numbers))}{times}"]
        lines += [f"  {one}" for one in fault.places]
    return "\n".join(lines) + "\n"


def _clean(name: str) -> str:
    return name if _NAME.fullmatch(name) else "?"


def _free(folder: Path | None) -> str:
    from models.drives import size_text

    found = []
    if (memory := _free_memory()) is not None:
        found.append(f"bộ nhớ {size_text(memory)}")
    with contextlib.suppress(OSError):
        if folder is not None:
            found.append(f"ổ đĩa {size_text(shutil.disk_usage(folder).free)}")
    return ", ".join(found) or "không rõ"


def _free_memory() -> int | None:
    """Free memory in bytes; ``None`` where the system does not tell."""
    if sys.platform == "win32":
        import ctypes

        status = (ctypes.c_ulonglong * 8)()
        # dwLength and dwMemoryLoad share the first eight bytes; the available memory is the third field.
        status[0] = ctypes.sizeof(status)
        return int(status[2]) if ctypes.windll.kernel32.GlobalMemoryStatusEx(status) else None
    with contextlib.suppress(OSError, ValueError):
        text = Path("/proc/meminfo").read_text(encoding="ascii")
        if match := re.search(r"^MemAvailable:\s+(\d+) kB", text, re.MULTILINE):
            return int(match.group(1)) * 1024
    return None
