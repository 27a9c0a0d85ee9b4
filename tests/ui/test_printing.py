"""Printing: the pages of the very PDF at their true size, in ranges and copies, and what is told of it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from pypdf import PdfReader
from PySide6.QtCore import QObject
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from models import document as plan_document
from models import template
from models.exports import package, pdf
from models.store import Store
from tests.plans import fixture_plan, small_plan
from tests.ui.main_window import window_of, workspace_of
from tests.ui.waiting import wait_for
from ui import printing
from ui.main_window import MainWindow
from ui.page_printer import Printing
from ui.widgets.print_line import PrintLine


@pytest.fixture(scope="module")
def source() -> bytes:
    """Plan 000 printed: upright pages, and an appendix that lies."""
    plan = fixture_plan(0)
    return pdf.render(plan, template.get(plan.template))


def printer_to(path: Path, dots: int = 150) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    printer.setResolution(dots)
    return printer


def print_it(app: QApplication, data: bytes, printer: QPrinter, page: int = 1) -> None:
    work = Printing(app, data, printer, page)
    ends: list[str] = []
    work.ended.connect(ends.append)
    work.start()
    assert wait_for(lambda: bool(ends))
    assert ends == [""]
    work.deleteLater()


def sizes(path: Path) -> list[tuple[int, int]]:
    pages = PdfReader(path).pages
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]


def picture(path: Path, page: int, folder: Path) -> Image.Image:
    stem = folder / f"{path.stem}-{page}"
    subprocess.run(
        ["pdftoppm", "-r", "144", "-f", str(page), "-l", str(page), "-png", "-singlefile", str(path), str(stem)],
        check=True,
    )
    return Image.open(f"{stem}.png").convert("L")


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The edges of all that is printed on a page."""
    found = ImageChops.invert(image).point(lambda grey: 255 * (grey > 100)).getbbox()
    assert found is not None
    return found


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much darker or lighter (of 255) two pages are on average, looked at from so far that letters melt."""
    soft = [image.filter(ImageFilter.GaussianBlur(2)) for image in (one, other.resize(one.size))]
    return float(ImageStat.Stat(ImageChops.difference(*soft)).mean[0])


# ---- pages


def test_every_page_is_printed_at_its_true_size_and_way_round(app: QApplication, source: bytes, tmp_path: Path) -> None:
    original, printed = tmp_path / "gốc.pdf", tmp_path / "in.pdf"
    original.write_bytes(source)
    print_it(app, source, printer_to(printed, 300))
    assert sizes(printed) == sizes(original)
    assert {width > height for width, height in sizes(printed)} == {True, False}
    for page in (1, len(sizes(printed))):
        before, after = picture(original, page, tmp_path), picture(printed, page, tmp_path)
        assert abs(before.width - after.width) <= 1 and abs(before.height - after.height) <= 1
        # What is printed lies where it lies on the page, to a third of a millimetre, and is as large.
        assert all(abs(one - other) <= 2 for one, other in zip(ink(before), ink(after), strict=True))
        assert difference(before, after) < 3.0
        assert difference(before, ImageChops.offset(after, 6, 6)) > 5.0


def test_ranges_copies_and_the_page_that_is_seen(app: QApplication, source: bytes, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "khoảng.pdf", 72)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    ranges = QPageRanges()
    ranges.addRange(2, 3)
    ranges.addPage(7)
    printer.setPageRanges(ranges)
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    print_it(app, source, printer)
    upright, lying = (595, 842), (842, 595)
    assert sizes(tmp_path / "khoảng.pdf") == [upright, upright, lying] * 2
    printer = printer_to(tmp_path / "rời.pdf", 72)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(5, 6)
    printer.setCopyCount(2)
    printer.setCollateCopies(False)
    print_it(app, source, printer)
    assert sizes(tmp_path / "rời.pdf") == [upright, upright, lying, lying]
    printer = printer_to(tmp_path / "một.pdf", 72)
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    print_it(app, source, printer, page=6)
    assert sizes(tmp_path / "một.pdf") == [lying]


def test_a_fine_printer_gets_whole_dots(app: QApplication, source: bytes, tmp_path: Path) -> None:
    """At 1200 dots an inch the picture has 600, each of them two by two of the printer's: bands have no seam."""
    printer = printer_to(tmp_path / "mịn.pdf", 1200)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 1)
    print_it(app, source, printer)
    listed = subprocess.run(
        ["pdfimages", "-list", str(tmp_path / "mịn.pdf")], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    rows = [line.split() for line in listed.splitlines()[2:]]
    assert {row[3] for row in rows} == {"4961"} and sum(int(row[4]) for row in rows) == 7016
    assert {row[12] for row in rows} == {"600"}


def test_a_printer_that_takes_nothing_is_a_sentence(
    app: QApplication, source: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Qt says besides what it makes of a file that cannot be opened.
    monkeypatch.setattr(Printing, "_begin_page", lambda _work, _page: False)
    work = Printing(app, source, printer_to(tmp_path / "in.pdf"))
    ends: list[str] = []
    work.ended.connect(ends.append)
    work.start()
    assert wait_for(lambda: bool(ends))
    assert "Không gửi được bản in" in ends[0]


# ---- which PDF


def test_with_errors_it_is_a_draft_and_says_so() -> None:
    paper = printing.prepare(plan_document.dump(fixture_plan(0)), None, lambda _done: True)
    assert paper.errors and not paper.is_exported
    assert "DỰ THẢO" in paper.sentence() and paper.code in paper.sentence()


def test_an_exported_plan_is_printed_out_of_its_package() -> None:
    plan = small_plan(revision=3)
    built = package.build(plan, template.get(plan.template))
    data = plan_document.dump(plan)
    paper = printing.prepare(data, built.package.data, lambda _done: True)
    assert paper.is_exported and paper.data == built.files["pdf"].data and paper.code == built.code
    assert "lần 3" in paper.sentence()
    plan.place = "Huế"
    other = printing.prepare(plan_document.dump(plan), built.package.data, lambda _done: True)
    assert not other.is_exported and other.code != built.code
    assert "chưa có gói nộp nào mang mã này" in other.sentence() and "(Ctrl+E)" in other.sentence()


# ---- in the window


@pytest.fixture
def open_window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    """The window with a plan without errors."""
    with window_of(store, folder, small_plan()) as made:
        yield made


def dialog_of() -> QPrintDialog:
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), QPrintDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QPrintDialog)
    return dialog


def line_of(window: MainWindow) -> PrintLine | None:
    found = window.findChild(PrintLine)
    return found if isinstance(found, PrintLine) else None


def test_it_is_printed_through_the_dialog(
    open_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window
    monkeypatch.setattr(printing, "printer_names", lambda: ["HP"])
    window.actions_by_name["print"].trigger()
    dialog = dialog_of()
    line = line_of(window)
    assert line is not None and "chưa có gói nộp nào mang mã này" in line.text()
    assert dialog.windowTitle() == "In kế hoạch: bản chưa kết xuất"
    printer, count = dialog.printer(), dialog.maxPage()
    printer.setOutputFileName(str(tmp_path / "giấy.pdf"))
    printer.setResolution(100)
    dialog.done(1)
    assert wait_for(lambda: line_of(window) is None)
    assert len(sizes(tmp_path / "giấy.pdf")) == count > 1
    assert "Đã gửi" in window.messages.text()


def test_cancelling_the_dialog_prints_nothing(
    open_window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_window
    monkeypatch.setattr(printing, "printer_names", lambda: ["HP"])
    window.print_plan()
    dialog = dialog_of()
    dialog.reject()
    assert wait_for(lambda: line_of(window) is None)
    window.print_plan()
    dialog = dialog_of()
    printer = dialog.printer()
    printer.setOutputFileName(str(tmp_path / "dừng.pdf"))
    printer.setResolution(600)
    dialog.done(1)
    line = line_of(window)
    assert line is not None
    # Once more while it prints: the line is shown, and no second dialog.
    window.print_plan()
    assert QApplication.activeModalWidget() is None and window.focusWidget() is line.stop
    line.stop.click()
    assert wait_for(lambda: line_of(window) is None)
    assert "Đã dừng in" in window.messages.text()
    assert workspace_of(window).page.isAncestorOf(window.focusWidget())


def test_without_a_printer_the_way_out_is_a_file(
    open_window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_window
    monkeypatch.setattr(printing, "printer_names", list)
    window.print_plan()
    assert "chưa có máy in" in window.messages.text()
    # The way out is not taken away after some seconds.
    assert not window.messages._timer.isActive()
    asked: list[str] = []

    def name(_parent: object, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "Kế hoạch của tôi"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(name))
    window.messages._action.click()
    assert wait_for(lambda: "Đã lưu" in window.messages.text())
    assert asked == ["KH-2022_SB_1.pdf"]
    assert len(sizes(tmp_path / "Kế hoạch của tôi.pdf")) > 1


def test_the_window_may_go_while_it_prints(app: QApplication, source: bytes, tmp_path: Path) -> None:
    owner = QObject()
    work = Printing(owner, source, printer_to(tmp_path / "dở.pdf", 600))
    work.start()
    assert wait_for(lambda: bool(work._row))
    owner.deleteLater()
    assert wait_for(lambda: not isValid(owner))


def test_no_dialog_comes_over_another_plan(open_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window
    monkeypatch.setattr(printing, "printer_names", lambda: ["HP"])
    window.print_plan()
    window.open_plan(workspace_of(window).document.plan.id)
    assert wait_for(lambda: line_of(window) is None)
    assert QApplication.activeModalWidget() is None
