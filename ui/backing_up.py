"""Backups made by themselves, and the store looked through for damage, in a thread; and the dialog of backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from models.i18n import _

if TYPE_CHECKING:
    from ui import worker
    from ui.main_window import MainWindow
    from ui.restoring import Restored

#: When (milliseconds) after the window stands, and then how often: a window may stay open for days.
_FIRST, _EVERY = 4_000, 3_600_000
#: So long a second drive may lie in a drawer before it is asked for.
_PATIENCE = timedelta(days=7)
#: The setting that says since when (ISO 8601) the second folder has not been there; and what was told already.
_MISSING = "backup_missing_since"
_told: set[str] = set()


def show(window: MainWindow) -> None:
    """The dialog of backups; a plan that is open is left while plans are taken back, and opened again."""
    from ui.dialogs.backups import BackupsDialog

    was_open = ""
    if window.workspace is not None:
        window.workspace.save()
        was_open = window.workspace.document.plan.id

    def open_again(plan_id: str) -> None:
        if not plan_id or not window.open_plan(plan_id):
            window.show_list()
        elif window.workspace is not None:
            window.workspace.page.enter()

    def done(result: Restored | None) -> None:
        if result is None:
            open_again(was_open)
            return
        only = result.plan_ids[0] if len(result.plan_ids) == 1 else ""
        shown = only or was_open
        open_again(shown)
        _tell_restored(window, result, shown in result.replaced)

    dialog = BackupsDialog(window, window.store, window.settings, was_open)
    dialog.restoring.connect(window.leave_plan)
    dialog.restored.connect(done)
    dialog.open()


def _tell_restored(window: MainWindow, result: Restored, can_undo: bool) -> None:
    parts = [_("Đã khôi phục {count} kế hoạch.").format(count=len(result.plan_ids))]
    if can_undo:
        parts.append(_("Ctrl+Z lấy lại nội dung trước khi khôi phục."))
    if result.before is not None:
        parts.append(_("Kho dữ liệu trước đó được giữ ở “{file}”.").format(file=result.before.path.name))
    sentence = " ".join(parts)
    if not can_undo or window.workspace is None:
        window.tell(sentence)
        return
    window.messages.tell(sentence, "info", _("Hoàn tác"), window.undo)
    # After another edit, or in another plan, it would undo something else.
    document = window.workspace.document
    document.changed.connect(lambda _change: _untell(window, sentence))
    document.destroyed.connect(lambda: _untell(window, sentence))


def _untell(window: MainWindow, sentence: str) -> None:
    if isValid(window) and window.messages.text() == sentence:
        window.messages.hide()


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of it: why the store is damaged, what could not be backed up, whether the second folder is there."""

    damage: str | None
    problems: tuple[str, ...] = ()
    second: Path | None = None
    is_there: bool = True


def follow(window: MainWindow) -> None:
    """Back the store of a window up by itself from now on, and look whether it is sound."""
    if window.store.is_reading:
        return
    timer = QTimer(window)
    timer.setInterval(_EVERY)
    timer.timeout.connect(lambda: begin(window))
    timer.start()
    QTimer.singleShot(_FIRST, window, lambda: begin(window))


def begin(window: MainWindow) -> worker.Job[Looked]:
    """Look at the store and make the backups that are due; what goes wrong is told in the window's line, once."""
    # Loaded when the window stands: a start has no use for them.
    from models.store import backups, recovery
    from ui import worker

    folder, path = window.store.folder, window.store.path

    def work(progress: worker.Progress) -> Looked:
        # What is damaged is not worth a backup: the good ones must stay the newest.
        if (damage := recovery.examine(path, progress)) is not None:
            return Looked(damage)
        done = backups.run_due(folder, path, progress=progress)
        second = backups.second_folder(folder)
        is_there = second is None or second.is_dir()
        problems = [one for one in done.problems if is_there or str(second) not in one]
        return Looked(None, tuple(problems), second, is_there)

    return worker.run(window, work, lambda looked: _tell(window, looked), lambda _sentence: None)


def _tell(window: MainWindow, looked: Looked) -> None:
    if looked.damage is not None:
        window.tell_damage(looked.damage)
        return
    problems = [*looked.problems, *_missed(window, looked)]
    new = [sentence for sentence in problems if sentence not in _told]
    _told.update(new)
    if new:
        window.tell(" ".join(new), "warning")


def _missed(window: MainWindow, looked: Looked) -> list[str]:
    """The sentence that the second folder has not been there for long, if so."""
    settings = window.settings
    if looked.second is None or looked.is_there:
        settings.set(_MISSING, "")
        return []
    today = date.today()
    try:
        since = datetime.fromisoformat(settings.text(_MISSING)).date()
    except ValueError:
        settings.set(_MISSING, today.isoformat())
        return []
    if today - since < _PATIENCE:
        return []
    return [
        _("Từ {date} chưa sao lưu được sang “{folder}”; hãy cắm ổ đĩa đó vào khi tiện.").format(
            date=since.strftime("%d/%m/%Y"), folder=looked.second
        )
    ]
