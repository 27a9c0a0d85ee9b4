"""Printing the open plan through the system's dialog: which PDF that is, and what is told of it in the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models import document as plan_document
from models.errors import UserError
from models.evaluate import evaluate
from models.i18n import _
from ui import worker
from ui.page_printer import Printing
from ui.pdf_pages import open_pdf
from ui.preview_pane import shown_preview
from ui.widgets.print_line import PrintLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF to be printed: a draft with so many ``errors``, or a final one, ``is_exported`` as it stands.

    ``stem`` is what a file of it is called.
    """

    data: bytes
    stem: str
    code: str
    revision: int
    errors: int
    is_exported: bool

    def sentence(self) -> str:
        """What it is that will be printed, and how it is matched with a package."""
        if self.errors:
            text = _("In bản dự thảo, mã {code}: kế hoạch còn {count} lỗi nên mỗi trang có chữ DỰ THẢO.")
        elif self.is_exported:
            text = _("In bản chính thức đã kết xuất lần {revision}, mã {code} trùng với mã của gói nộp.")
        else:
            text = _("In bản hiện tại, mã {code}, chưa có gói nộp nào mang mã này. Để ký và nộp, hãy kết xuất bản chính"
                     " thức (Ctrl+E) rồi in.")  # fmt: skip
        return text.format(code=self.code, count=self.errors, revision=self.revision)

    def name(self) -> str:
        """What it is in two or three words."""
        if self.errors:
            return _("bản dự thảo")
        return _("bản chính thức") if self.is_exported else _("bản chưa kết xuất")


def prepare(data: plan_document.Document, package: bytes | None, progress: worker.Progress) -> Paper:
    """The PDF to print: that of the last final export (``package``) while the plan is as it was then. For a thread."""
    from models.exports import files, kept, pdf, stamp

    plan = plan_document.load(data)
    plan_json = plan_document.to_bytes(plan)
    code = stamp.short_code(plan_json)
    exported = kept.pdf_of(package, plan_json) if package is not None else None
    if exported is not None:
        return Paper(exported, files.file_stem(plan), code, plan.revision, 0, True)
    found = evaluate(plan)
    errors = found.count("error")
    made = pdf.render(found.plan, found.template, draft=errors > 0, progress=progress)
    return Paper(made, files.file_stem(plan, draft=errors > 0), code, plan.revision, errors, False)


# ---- in the window


def print_plan(window: MainWindow) -> None:
    """Ask for the printer and the pages, and print the open plan; whatever happens is told in the window."""
    if window.workspace is None:
        return
    if (line := window.findChild(PrintLine)) is not None:
        window.tell(_("Đang in; hãy chờ in xong, hoặc bấm “Dừng”."), "info")
        line.stop.setFocus()
    elif not printer_names():
        text = _("Máy tính này chưa có máy in nào. Hãy cài máy in, hoặc lưu tệp PDF rồi in ở máy khác.")
        window.messages.tell(text, "warning", _("Lưu tệp PDF…"), lambda: save_pdf(window))
    else:
        with_paper(window, lambda line, paper: _ask(window, line, paper))


def save_pdf(window: MainWindow) -> None:
    """Ask for a file, and write there what would be printed."""
    with_paper(window, lambda line, paper: _save(window, line, paper))


def with_paper(window: MainWindow, go_on: Callable[[PrintLine, Paper], None]) -> None:
    """Make the PDF to be printed in the background, and go on with it, in a line at the foot of the window."""
    workspace = window.workspace
    if workspace is None:
        return
    workspace.page.save()
    document = workspace.document
    data = plan_document.dump(document.plan)
    line = PrintLine(window)
    line.say(_("Đang chuẩn bị bản in…"))

    def fail(sentence: str) -> None:
        line.leave()
        window.tell(sentence, "error")

    try:
        package = document.store.exported_package(document.plan.id, document.plan.revision)
    except UserError as error:
        fail(str(error))
        return

    def ready(paper: Paper) -> None:
        if window.workspace is workspace:
            go_on(line, paper)
        else:
            # A dialog over another plan would be taken for that one's.
            line.leave()

    job = worker.run(line, lambda progress: prepare(data, package, progress), ready, fail, line.advance)
    line.stopped.connect(job.drop)
    line.stopped.connect(line.leave)


def printer_names() -> list[str]:
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())


def _save(window: MainWindow, line: PrintLine, paper: Paper) -> None:
    from models.exports import files
    from ui import saving

    line.leave()
    try:
        path = saving.ask(window, _("Lưu tệp PDF"), Path(f"{paper.stem}.pdf"), _("Tệp PDF (*.pdf)"))
        if path is None:
            return
        files.write_all({path: paper.data})
    except UserError as error:
        window.tell(str(error), "error")
    else:
        text = _("Đã lưu “{file}”: {what}, mã {code}.")
        window.tell(text.format(file=path.name, what=paper.name(), code=paper.code), "info")


def _ask(window: MainWindow, line: PrintLine, paper: Paper) -> None:
    """Open the system's dialog; meanwhile the line says what will be printed."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    from PySide6.QtWidgets import QDialog

    from ui import qt_print_texts

    qt_print_texts.install()
    line.hold(paper.sentence(), "warning" if paper.errors or not paper.is_exported else "info")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(paper.stem)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle(_("In kế hoạch: {what}").format(what=paper.name()))
    option = QPrintDialog.PrintDialogOption
    preview = None if window.workspace is None else shown_preview(window.workspace)
    page = 1 if preview is None else preview.current_page()
    for which in (option.PrintPageRange, option.PrintCollateCopies, option.PrintShowPageSize):
        dialog.setOption(which)
    # A file of pictures of pages is none to hand on; the very PDF is exported.
    dialog.setOption(option.PrintToFile, False)
    dialog.setOption(option.PrintCurrentPage, preview is not None)
    dialog.setMinMax(1, page_count(paper.data))
    dialog.accepted.connect(lambda: _print(window, line, paper, printer, page))
    dialog.rejected.connect(line.leave)
    dialog.finished.connect(dialog.deleteLater)
    line.stopped.connect(dialog.reject)
    # The dialog's own ``open`` is another one.
    QDialog.open(dialog)


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    pdf = open_pdf(data)
    count = pdf.pageCount()
    # Before the data goes that it reads from.
    pdf.close()
    return count


def _print(window: MainWindow, line: PrintLine, paper: Paper, printer: QPrinter, page: int) -> None:
    work = Printing(line, paper.data, printer, page)
    where = printer.outputFileName() or printer.printerName()
    if not work.count:
        line.leave()
        window.tell(_("Không có trang nào trong khoảng đã chọn, nên chưa in gì."), "warning")
        return

    def told(done: int) -> None:
        number = min(done + 1, work.count)
        text = _("Đang in {what}, mã {code}: trang {number}/{count}")
        line.say(text.format(what=paper.name(), code=paper.code, number=number, count=work.count))
        line.advance(done / work.count)

    def end(sentence: str) -> None:
        line.leave()
        if sentence:
            window.tell(sentence, "error")
        elif work.is_cancelled:
            window.tell(_("Đã dừng in; những trang máy in đã nhận vẫn có thể được in ra."), "info")
        else:
            text = _("Đã gửi {count} trang đến “{name}”: {what}, mã {code}.")
            window.tell(text.format(count=work.count, name=where, what=paper.name(), code=paper.code), "info")

    work.advanced.connect(told)
    work.ended.connect(end)
    line.stopped.connect(work.cancel)
    told(0)
    work.start()
