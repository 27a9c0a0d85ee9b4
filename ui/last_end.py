"""How the window before this one ended, and leaving a mark by which the next one knows."""

from __future__ import annotations

import contextlib
import faulthandler
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QTimer

from models import kept_reports, private, running
from models.i18n import _
from models.running import Mark
from ui.navigation import to_settings

if TYPE_CHECKING:
    from models.settings import Settings
    from ui.main_window import MainWindow

#: How often (ms) it is looked where the cursor is.
_LOOK_MS = 2000

#: After so many starts in a row that brought the window down, the plan is not opened by itself.
_TRIES = 2

_is_marked = False
_fatal: IO[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Sudden:
    """The window before ended without closing; ``report`` is that of a fault outside Python, if there was one."""

    report: Path | None


def begin(folder: Path, settings: Settings) -> Sudden | None:
    """Look how the last window ended, and leave a mark for the next; ``None`` where it was closed as it should.

    After a sudden end, the settings lead to the plan and the place that were open then; where that alone brings the
    window down, to the list of plans. Only for a window that writes: one that reads beside it must leave the mark.
    """
    global _is_marked, _fatal
    mark, report = running.left(folder), None
    if mark is not None:
        fault = kept_reports.last_fault(folder)
        if fault is not None:
            from models import reports

            now = datetime.now()
            report = kept_reports.keep(folder, reports.render([fault], reports.Facts(), now, folder), now)
        if mark.tries >= _TRIES:
            settings.set("last_plan", "")
        elif mark.plan_id:
            settings.set("last_plan", mark.plan_id)
            places = settings.get("places", {})
            if mark.spot:
                settings.set("places", {**(places if isinstance(places, dict) else {}), mark.plan_id: mark.spot})
    start = mark or Mark()
    _is_marked = running.keep(folder, replace(start, tries=start.tries + 1))
    # Where somebody else listens already, it is theirs.
    if _is_marked and not faulthandler.is_enabled():
        with contextlib.suppress(OSError, RuntimeError):
            _fatal = open(kept_reports.fatal_file(folder), "wb", buffering=0, opener=private.opener)  # noqa: SIM115
            faulthandler.enable(_fatal)
    return None if mark is None else Sudden(report)


def follow(window: MainWindow) -> None:
    """Keep the mark, if one was left by ``begin``, at the plan and the place that are open in a window."""
    if not _is_marked:
        return
    folder = window.store.folder
    kept: list[Mark] = []

    def look() -> None:
        workspace = window.workspace
        mark = Mark()
        if workspace is not None:
            before = kept[-1] if kept else mark
            plan_id = workspace.document.plan.id
            mark = Mark(plan_id, before.spot if before.plan_id == plan_id else {})
            with contextlib.suppress(Exception):
                if workspace.place != "preview":
                    mark = Mark(plan_id, to_settings(workspace.here()))
        if not kept:
            # What tells of an error is there before anything goes wrong, such as a stick pulled out.
            import ui.dialogs.crash  # noqa: F401
        if not kept or kept[-1] != mark:
            kept[:] = [mark]
            running.keep(folder, mark)

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(_LOOK_MS)


def tell(window: MainWindow, sudden: Sudden) -> None:
    """Say in one line that the window before ended suddenly, and what there is of the work."""
    from ui.crash_facts import saved_at

    if window.messages.text():
        # What went wrong in this start comes first.
        return
    work = _("Các kế hoạch đã lưu vẫn còn nguyên.")
    if window.workspace is not None:
        work = _("Mọi nội dung đến {time} vẫn còn.").format(time=saved_at(window.workspace.document))
    sentence = _("Lần trước chương trình dừng đột ngột. {work}").format(work=work)
    if sudden.report is None:
        window.messages.tell(sentence, "info")
        return

    def show() -> None:
        from ui.dialogs import reports as dialog

        dialog.show(window, sudden.report)

    window.messages.tell(sentence, "info", _("Xem báo cáo"), show)


def end(folder: Path) -> None:
    """The window is closed: nothing is left to be told."""
    global _is_marked, _fatal
    if _fatal is not None:
        faulthandler.disable()
        with contextlib.suppress(OSError):
            _fatal.close()
        _fatal = None
        kept_reports.forget_fault(folder)
    if _is_marked:
        _is_marked = False
        running.remove(folder)
