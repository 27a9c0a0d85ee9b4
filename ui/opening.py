"""Opening files that come from outside: read in a thread, stored all together or not at all, the first one shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from models import templates
from models.errors import UserError
from models.i18n import N_, _
from models.plan import Plan
from ui import unlocking, worker

if TYPE_CHECKING:
    from models.exports.locked import Passphrases
    from models.imports.office import Content
    from ui.main_window import MainWindow


def ask(window: MainWindow) -> None:
    """Ask for plan documents, packages, workbooks and PDFs, and take them in."""
    pattern = _("Kế hoạch, gói nộp, Excel, Word (*.json *.zip *.xlsx *.docx *.pdf *.toml);;Mọi tệp (*)")
    names, _filter = QFileDialog.getOpenFileNames(window, _("Mở tệp hoặc gói nộp"), "", pattern)
    if names:
        take_in(window, [Path(name) for name in names])


def take_in(window: MainWindow, paths: Sequence[Path]) -> worker.Job[Any]:
    """Store the plans in these files: all of them, or none where one cannot be read; a line says which and why.

    An office's own workbooks and Word files go on to the wizard, one after the other.
    """

    def failed(sentence: str) -> None:
        if isValid(window):
            window.tell(sentence, "error")

    window.tell(_("Đang đọc tệp…"), "info")
    if any(map(templates.is_template, paths)):
        from ui import taking_templates

        return taking_templates.take_in(window, paths)
    # One that is only read takes nothing in, as storing tells.
    path = None if window.store.is_reading else window.store.path
    return unlocking.run(
        window,
        lambda _progress, passphrases: _sorted_out(path, paths, passphrases),
        lambda found: _store(window, *found),
        failed,
        lambda: window.tell(_("Chưa nhập: gói có mật khẩu chưa được mở."), "info"),
    )


def read(paths: Sequence[Path], passphrases: Passphrases) -> list[Plan]:
    """The plans in the files, each of which can be worked out; a ``UserError`` says what is wrong. For a thread."""
    from models.evaluate import evaluate
    from models.imports.package import open_any

    plans = [open_any(path, passphrases.of(path)) for path in paths]
    for plan in plans:
        evaluate(plan)
    return plans


def _sorted_out(
    store_path: Path | None, paths: Sequence[Path], passphrases: Passphrases
) -> tuple[list[Plan], list[Content]]:
    """The plans in the files, and what is in those that are an office's own. For a thread."""
    from models.imports import office

    others = [path for path in paths if office.kind(path)]
    contents = [office.read(path) for path in others]
    return _guarded(store_path, read([path for path in paths if path not in others], passphrases)), contents


def _guarded(store_path: Path | None, plans: list[Plan]) -> list[Plan]:
    """The plans; and where one of them is to take the place of what the store has, a backup of that. For a thread."""
    from models.store import backups

    if store_path is not None:
        backups.before_import(store_path, [plan.id for plan in plans])
    return plans


def _store(window: MainWindow, plans: list[Plan], others: list[Content]) -> None:
    if not isValid(window):
        return
    if plans:
        _put(window, plans)
    if others:
        from ui import importing

        importing.show_all(window, others)


def _put(window: MainWindow, plans: list[Plan]) -> None:
    before = window.workspace.document.plan.id if window.workspace else ""
    # It may be one of those that take a new content.
    window.leave_plan()
    try:
        window.store.put_all(plans, N_("Nhập từ tệp"))
    except UserError as error:
        if not before or not window.open_plan(before):
            window.show_list()
        window.tell(str(error), "error")
        return
    window.open_plan(plans[0].id)
    window.tell(_("Đã nhập {count} kế hoạch.").format(count=len(plans)), "info")
