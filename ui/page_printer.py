"""Pages of a PDF onto paper, at their true size, without holding up the window."""

from __future__ import annotations

from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from models.exports.paper import page_order
from models.i18n import _
from ui.pdf_pages import POINTS_PER_INCH, clip, open_pdf

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

#: Dots per inch, at most, and so many rows of them are made at once: some milliseconds, and some megabytes.
_MOST_DPI, _ROWS = 600, 320


class Printing(QObject):
    """Prints pages of a PDF on a printer that is set up: a band of a page in each turn of the event loop.

    ``advanced`` tells how many pages are done, ``ended`` a sentence where it failed, else nothing. Pages are printed
    at their true size on paper of their own size and direction, whatever margin the printer cannot print on.
    """

    advanced = Signal(int)
    ended = Signal(str)

    def __init__(self, parent: QObject, data: bytes, printer: QPrinter, current_page: int = 1) -> None:
        super().__init__(parent)
        self._printer, self._painter = printer, QPainter()
        # The window may go in the middle of it, as it does for another language.
        self.destroyed.connect(partial(_let_go, printer, self._painter))
        self._pdf = open_pdf(data, self)
        self._order = sides(printer, self._pdf.pageCount(), current_page)
        self.count = len(self._order)
        self.is_cancelled = False
        self._done = self._row = 0
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._step)

    def start(self) -> None:
        self._turn.start(0)

    def cancel(self) -> None:
        """Print no more; what the printer has already is its own."""
        if self._turn.isActive():
            self.is_cancelled = True
            self._printer.abort()
            self._end("")

    def _step(self) -> None:
        if self._done == self.count:
            is_told = self._painter.end()
            self._end("" if is_told else _("Máy in báo lỗi khi nhận bản in."))
            return
        page = self._order[self._done]
        if not self._row and not self._begin_page(page):
            self._end(_("Không gửi được bản in đến máy in “{name}”. Hãy kiểm tra máy in rồi in lại.").format(
                name=self._printer.printerName() or self._printer.outputFileName()))  # fmt: skip
            return
        if page is None or self._print_band(page):
            self._row, self._done = 0, self._done + 1
            self.advanced.emit(self._done)

    def _begin_page(self, page: int | None) -> bool:
        size = self._pdf.pagePointSize(page if page is not None else 0)
        lies = size.width() > size.height()
        upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
        # The size of the paper is that of the page; the origin is the corner of the sheet, not of what can be printed.
        self._printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
        direction = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(direction)
        self._printer.setFullPage(True)
        if self._done:
            return self._printer.newPage()
        if not self._painter.begin(self._printer):
            return False
        # Letters that a photograph's compression blurs are no letters for a seal to stand beside.
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        return True

    def _print_band(self, page: int) -> bool:
        """Print the next rows of a page; tells whether they are its last ones."""
        dots = self._printer.resolution()
        # Each dot of the picture is a whole number of the printer's, so that bands meet without a seam.
        coarser = ceil(dots / _MOST_DPI)
        points = self._pdf.pagePointSize(page)
        whole = QSize(*(round(side * dots / POINTS_PER_INCH / coarser) for side in (points.width(), points.height())))
        band = QRect(0, self._row, whole.width(), min(_ROWS, whole.height() - self._row))
        ink = self._pdf.render(page, band.size(), clip(whole, band))
        image = QImage(band.size(), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        paper = QPainter(image)
        paper.drawImage(0, 0, ink)
        paper.end()
        size = band.size() * coarser
        self._painter.drawImage(QRect(0, band.top() * coarser, size.width(), size.height()), image)
        self._row = band.bottom() + 1
        return self._row >= whole.height()

    def _end(self, sentence: str) -> None:
        self._turn.stop()
        if self._painter.isActive():
            self._painter.end()
        self.ended.emit(sentence)


def _let_go(printer: QPrinter, painter: QPainter) -> None:
    """End what is being painted: a printer that goes before its painter takes the program with it."""
    if painter.isActive():
        printer.abort()
        painter.end()


def sides(printer: QPrinter, count: int, current_page: int = 1) -> list[int | None]:
    """The sides that a printer is to print, as it was set up in its dialog (``page_order``)."""
    from PySide6.QtPrintSupport import QPrinter

    ranges: list[tuple[int, int]] = []
    if printer.printRange() == QPrinter.PrintRange.CurrentPage:
        ranges = [(current_page, current_page)]
    elif printer.printRange() == QPrinter.PrintRange.PageRange:
        ranges = [(one.from_, one.to) for one in printer.pageRanges().toRangeList()]
        ranges = ranges or [(printer.fromPage() or 1, printer.toPage() or count)]
    return page_order(
        count,
        ranges,
        # One that can make copies is told so by Qt.
        copies=1 if printer.supportsMultipleCopies() else printer.copyCount(),
        collated=printer.collateCopies(),
        backwards=printer.pageOrder() == QPrinter.PageOrder.LastPageFirst,
        both_sides=printer.duplex() not in (QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexAuto),
    )
