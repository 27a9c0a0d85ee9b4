"""Taking in template files that the ICT department sent, in the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shiboken6 import isValid

from models import templates
from models.i18n import _
from models.templates import Coming
from ui import worker

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def take_in(window: MainWindow, paths: Sequence[Path]) -> worker.Job[Any]:
    """Read the template files, show each and ask; then take in what else was opened with them."""
    files = [path for path in paths if templates.is_template(path)]
    rest = [path for path in paths if path not in files]
    return worker.run(
        window,
        lambda _progress: [(path, templates.examine(path)) for path in files],
        lambda found: _ask(window, found, rest),
        lambda sentence: window.tell(sentence, "error") if isValid(window) else None,
    )


def tell_broken(window: MainWindow) -> None:
    """Say in the line at the foot, once a start, which template files of the data folder cannot be used."""
    found = templates.faults()
    if found and not window.messages.text():
        window.tell(_("{faults} Hãy nhận lại tệp mẫu này (Công cụ › Mẫu kế hoạch).").format(faults=found[0]), "warning")


def changed(window: MainWindow) -> None:
    """A template came or went: what is on the screen may look different."""
    if window.workspace is None:
        window.show_list()
    elif (show := getattr(window.workspace.page, "show_template", None)) is not None:
        show()


def _ask(window: MainWindow, found: list[tuple[Path, Coming]], rest: list[Path]) -> None:
    """Show the first of the files; the others, and what is no template, come when it is done with."""
    from ui import opening
    from ui.dialogs.take_template import TakeTemplateDialog

    if not isValid(window):
        return
    window.messages.hide()
    if not found:
        if rest:
            opening.take_in(window, rest)
        return
    path, coming = found[0]
    if coming.kind == "same":
        sentence = _("Mẫu “{name}” phiên bản {version} đã có trên máy này, nội dung giống hệt.")
        window.tell(sentence.format(name=coming.template.name, version=coming.template.version), "info")
        if found[1:] or rest:
            _ask(window, found[1:], rest)
        return
    dialog = TakeTemplateDialog(window, coming, path)
    dialog.finished.connect(lambda _result: _ask(window, found[1:], rest) if found[1:] or rest else None)
    dialog.open()
