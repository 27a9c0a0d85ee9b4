"""The workbook in which a plan is filled in without the program: where it goes is asked, it is made in a thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from models import document as plan_document
from models.i18n import _
from ui import worker

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_FOLDER = "export_folder"
_ENDING = ".xlsx"


def export(window: MainWindow) -> None:
    """Ask for a file, and write the open plan into it as a workbook to be filled in."""
    if window.workspace is None:
        return
    from models.exports import files

    window.workspace.page.save()
    plan = window.workspace.document.plan
    stem = files.file_stem(plan).rpartition("_")[0]
    wanted = Path(str(window.settings.get(_FOLDER) or "")) / f"{stem}_bieu-dien{_ENDING}"
    pattern = _("Bảng tính Excel (*.xlsx)")
    name, _filter = QFileDialog.getSaveFileName(window, _("Xuất biểu Excel để điền"), str(wanted), pattern)
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() != _ENDING:
        # The dialog has asked about the name as it was typed, not about this one.
        path = path.with_name(path.name + _ENDING)
        if path.exists():
            window.tell(_("Đã có tệp “{path}”; hãy chọn tên khác.").format(path=path), "error")
            return
    write(window, path)


def write(window: MainWindow, path: Path) -> None:
    """Make the workbook in a thread and write it to ``path``; a line of the window says what became of it."""
    assert window.workspace is not None
    data = plan_document.dump(window.workspace.document.plan)

    def work(_progress: worker.Progress) -> None:
        from models import template
        from models.exports import files, xlsx

        plan = plan_document.load(data)
        files.write_all({path: xlsx.render(plan, template.get(plan.template), fill_in=True)})

    def tell(sentence: str, kind: str) -> None:
        if isValid(window):
            window.tell(sentence, kind)

    done = _("Đã ghi biểu để điền vào “{path}”; điền xong, hãy mở lại tệp đó bằng chương trình (Ctrl+O).")
    window.tell(_("Đang xuất biểu Excel để điền…"), "info")
    worker.run(
        window, work, lambda _none: tell(done.format(path=path), "info"), lambda sentence: tell(sentence, "error")
    )
