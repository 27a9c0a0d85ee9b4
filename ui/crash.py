"""An unexpected error: said in plain words, written to a report without the plan's content; work goes on."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from models.errors import UserError
from models.i18n import _


def install(folder: Path, tell: Callable[[str, str], None]) -> None:
    """Send expected failures to ``tell`` as they are, anything else with the place of its report."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, UserError):
            tell(str(error), "error")
            return
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        tell(report(folder, error, trace), "error")

    sys.excepthook = hook


def report(folder: Path, error: BaseException, trace: TracebackType | None) -> str:
    """Write a report of an unexpected error into ``folder``; gives the sentence that says so."""
    path = _write(folder, type(error), trace)
    if path is None:
        return _("Có lỗi ngoài dự kiến ({kind}); dữ liệu đã lưu vẫn an toàn.").format(kind=type(error).__name__)
    return _("Có lỗi ngoài dự kiến; dữ liệu đã lưu vẫn an toàn. Báo cáo lỗi ở “{file}”.").format(file=path)


def _write(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> Path | None:
    """The report: the kind of error and where in the code; never its text, which may hold the plan's.

    ``None`` where it cannot be written.
    """
    now = datetime.now()
    path = folder / f"loi-{now:%Y%m%d-%H%M%S}.txt"
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    text = "\n".join([f"{now:%Y-%m-%d %H:%M:%S}", f"Python {sys.version.split()[0]}", kind.__name__, *places]) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return path
