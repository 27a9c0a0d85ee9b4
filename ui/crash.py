"""An unexpected error: said in plain words, written to a report without the plan's content; work goes on."""

from __future__ import annotations

import contextlib
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
        path = _write(folder, kind, trace)
        sentence = _("Có lỗi ngoài dự kiến; dữ liệu đã lưu vẫn an toàn. Báo cáo lỗi ở “{file}”.")
        tell(sentence.format(file=path), "error")

    sys.excepthook = hook


def _write(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> Path:
    """The report: the kind of error and where in the code; never its text, which may hold the plan's."""
    now = datetime.now()
    path = folder / f"loi-{now:%Y%m%d-%H%M%S}.txt"
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    text = "\n".join([f"{now:%Y-%m-%d %H:%M:%S}", f"Python {sys.version.split()[0]}", kind.__name__, *places]) + "\n"
    with contextlib.suppress(OSError):
        path.write_text(text, encoding="utf-8")
    return path
