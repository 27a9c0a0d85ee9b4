"""The workbook in which a plan is filled in without the program: where it goes is asked, it is made in a thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shiboken6 import isValid

from models.errors import UserError
from models.i18n import _
from models.settings import EXPORT_FOLDER
from ui import saving, worker

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def export(window: MainWindow) -> None:
    """Ask for a file, and write the open plan into it as a workbook to be filled in."""
    if window.workspace is None:
        return
    from models.exports import files

    window.workspace.page.save()
    plan = window.workspace.document.plan
    stem = files.file_stem(plan).rpartition("_")[0]
    proposed = Path(window.settings.text(EXPORT_FOLDER)) / f"{stem}_bieu-dien.xlsx"
    try:
        path = saving.ask(window, _("Xuất biểu Excel để điền"), proposed, _("Bảng tính Excel (*.xlsx)"))
    except UserError as error:
        window.tell(str(error), "error")
        return
    if path is not None:
        write(window, path)


def write(window: MainWindow, path: Path) -> None:
    """Make the workbook in a thread and write it to ``path``; a line of the window says what became of it."""
    from models import document as plan_document

    assert window.workspace is not None
    data = plan_document.dump(window.workspace.document.plan)

    def work(_progress: worker.Progress) -> None:
        from models import template
        from models.exports import files, xlsx

        plan = plan_document.load(data)
        files.write_all({path: xlsx.render(plan, template.of(plan), fill_in=True)})

    def tell(sentence: str, kind: str) -> None:
        if isValid(window):
            window.tell(sentence, kind)

    done = _("Đã ghi biểu để điền vào “{path}”; điền xong, hãy mở lại tệp đó bằng chương trình (Ctrl+O).")
    window.tell(_("Đang xuất biểu Excel để điền…"), "info")
    worker.run(
        window, work, lambda _none: tell(done.format(path=path), "info"), lambda sentence: tell(sentence, "error")
    )
