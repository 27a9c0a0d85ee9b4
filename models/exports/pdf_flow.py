"""Boxes onto pages: where a page ends, what stays together, what stands on every page.

A document is a sequence of boxes, each of a height. ``keep`` ties a box to the next one; boxes tied together
go to the next page together, unless they are longer than a page. Each box is placed once, in order, so that
the time grows with their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportlab.pdfgen.canvas import Canvas

from models.errors import Cancelled
from models.exports import nd30
from models.exports.fonts import BOLD, REGULAR, Family
from models.exports.pdf_letters import Letters
from models.exports.pdf_page import Box, Page
from models.exports.pdf_text import Measure
from models.exports.stamp import qr_modules

#: Boxes placed between two reports of progress.
_STEP = 100
#: What of a long row is taken along to what cannot stand alone: three lines or so.
_TAKEN_ALONG = 48.0


class Flow:
    """Fills pages with boxes, one part (the document, an appendix) after the other."""

    def __init__(
        self,
        canvas: Canvas,
        font: Family,
        measure: Measure,
        *,
        code: str,
        qr: str,
        draft: bool,
        progress: Callable[[float], object] | None = None,
        boxes: int = 0,
    ) -> None:
        self._canvas = canvas
        self._letters = Letters(canvas, font)
        self._measure = measure
        self._code = code
        self._qr = qr
        self._draft = draft
        self._progress = progress
        #: How many boxes there will be, about; for progress only.
        self._expected = max(boxes, 1)
        self._placed = 0
        self._pages = 0
        self._y = 0.0
        self._landscape = False
        self._appendix = False
        self.page: Page | None = None
        #: Where the parts of the plan begin: by JSON Pointer the page from 0 and the points below its upper edge.
        self.places: dict[str, tuple[int, float]] = {}

    def begin(self, *, landscape: bool = False, appendix: bool = False) -> Page:
        """Begin a part on a new page; its pages are counted from 1."""
        self._finish_page()
        self._landscape, self._appendix = landscape, appendix
        return self._new_page(1)

    def end(self) -> None:
        self._finish_page()
        self._report(1.0)

    def add(self, boxes: Iterable[Box]) -> None:
        """Place ``boxes`` after those before; the last one may not be kept with a next."""
        run: list[Box] = []
        for box in boxes:
            run.append(box)
            if not box.keep:
                self._place(run)
                run = []
        if run:
            self._place(run)

    # ---- placing

    def _place(self, run: list[Box]) -> None:
        self._placed += len(run)
        if self._placed % _STEP < len(run):
            self._report(min(self._placed / self._expected, 0.99))
        page = self.page
        assert page is not None
        height = -run[0].gap if page.fresh else 0.0
        for box in run:
            height += box.gap + box.height
        if height <= self._y - page.bottom:
            for box in run:
                self._draw(page, box)
            return
        if height - (0.0 if page.fresh else run[0].gap) <= self._longest(page, run[0]):
            page = self._turn(run[0])
            for box in run:
                self._draw(page, box)
            return
        self._place_apart(page, run)

    @staticmethod
    def _longest(page: Page, box: Box) -> float:
        """The room on a page that begins with ``box``."""
        return page.top - page.bottom - (box.head.height if box.head else 0.0)

    def _place_apart(self, page: Page, run: list[Box]) -> None:
        """Place boxes that together are longer than a page: what can be cut is, where there is no room for it.

        The last ones that cannot be cut (a signature and the lines before it) still go together, and with the end of
        a row that stands before them.
        """
        if not page.fresh and self._y - page.bottom < self._longest(page, run[0]) / 3:
            page = self._turn(run[0])
        end = self._end_of(page, run)
        last = sum([box.gap + box.height for box in run[end:]])
        for index, box in enumerate(run[:end]):
            rest: Box | None = box
            while rest is not None:
                room = self._y - page.bottom - (0.0 if page.fresh else rest.gap)
                if rest.height <= room:
                    takes_along = index + 1 == end < len(run) and last > room - rest.height
                    cut = rest.split(rest.height - _TAKEN_ALONG) if takes_along else None
                    if cut is None:
                        self._draw(page, rest)
                        break
                elif (cut := rest.split(room)) is None and self._at_top(page):
                    # It fits no page and cannot be cut: let it run over the edge rather than lose it.
                    self._draw(page, rest)
                    break
                if cut is not None:
                    self._draw(page, cut[0])
                    rest = cut[1]
                page = self._turn(rest)
        if run[end:]:
            self._place(run[end:])

    def _end_of(self, page: Page, run: list[Box]) -> int:
        """From where on the boxes of a run that cannot be cut fit one page; the whole run does not."""
        room, start = page.top - page.bottom, len(run)
        while start > 1 and run[start - 1].split(run[start - 1].height / 2) is None:
            box = run[start - 1]
            room -= box.gap + box.height
            if room < (box.head.height if box.head else 0.0):
                break
            start -= 1
        return start

    def _at_top(self, page: Page) -> bool:
        return page.fresh or self._y >= self._below_head

    def _draw(self, page: Page, box: Box) -> None:
        if not page.fresh:
            self._y -= box.gap
        for place in box.places:
            self.places.setdefault(place, (self._pages - 1, page.height - self._y))
        box.draw(page, self._y)
        page.fresh = False
        self._y -= box.height

    def _turn(self, first: Box) -> Page:
        """Go to the next page, which begins with ``first``."""
        assert self.page is not None
        number = self.page.number + 1
        self._finish_page()
        page = self._new_page(number)
        if first.head is not None:
            self._draw(page, first.head)
            self._below_head = self._y
        return page

    # ---- pages

    def _new_page(self, number: int) -> Page:
        width, height = nd30.A4[::-1] if self._landscape else nd30.A4
        margins = nd30.MARGINS
        self._canvas.setPageSize((width, height))
        page = Page(
            self._canvas, self._letters, self._measure, width, height,
            left=margins.left, right=width - margins.right, top=height - margins.top, bottom=margins.bottom,
            number=number,
        )  # fmt: skip
        self.page = page
        self._pages += 1
        self._y = self._below_head = page.top
        self._furnish(page)
        return page

    def _finish_page(self) -> None:
        if self.page is not None:
            self.page.finish_rules()
            self._canvas.showPage()
            self.page = None

    def _furnish(self, page: Page) -> None:
        """What stands on the page besides the text; the draft's mark first, so that it lies under the text."""
        canvas = page.canvas
        if self._draft:
            self._draw_draft(page)
        if page.number > 1 or (self._appendix and nd30.NUMBER_ON_FIRST_PAGE_OF_APPENDIX):
            y = page.height - nd30.PAGE_NUMBER_BASELINE
            page.centre(str(page.number), REGULAR, nd30.PAGE_NUMBER.size, y, (page.left + page.right) / 2)
        canvas.saveState()
        canvas.setFillGray(nd30.CODE_GREY)
        page.lines([self._code], REGULAR, nd30.CODE_SIZE, page.left, nd30.CODE_BASELINE, 0.0)
        if self._draft:
            # Once more upright: what lies across the page is lost on a pale copy, and to a search in the file.
            page.centre(nd30.DRAFT_TEXT, BOLD, nd30.CODE_SIZE, nd30.CODE_BASELINE, page.width / 2)
        canvas.restoreState()
        if self._pages == 1 and self._qr:
            self._draw_qr(page)

    def _draw_draft(self, page: Page) -> None:
        canvas = page.canvas
        # As large as the shorter side allows, turned like the diagonal that rises to the right.
        size = min(page.width, page.height) / 4.6
        width = self._measure.width(nd30.DRAFT_TEXT, BOLD, size)
        canvas.saveState()
        canvas.setFillGray(nd30.DRAFT_GREY)
        canvas.translate(page.width / 2, page.height / 2)
        canvas.rotate(50 if page.height > page.width else 32)
        page.lines([nd30.DRAFT_TEXT], BOLD, size, -width / 2, -size / 3, 0.0)
        canvas.restoreState()

    def _draw_qr(self, page: Page) -> None:
        """The QR code with its quiet zone, in the bottom margin, flush right."""
        modules = qr_modules(self._qr)
        quiet = 4
        square = nd30.QR_SIZE / (len(modules) + 2 * quiet)
        left = page.right - nd30.QR_SIZE + quiet * square
        top = nd30.QR_BOTTOM + nd30.QR_SIZE - quiet * square
        path = page.canvas.beginPath()
        for down, row in enumerate(modules):
            start = None
            for across, dark in enumerate([*row, False]):
                if dark and start is None:
                    start = across
                elif not dark and start is not None:
                    path.rect(left + start * square, top - (down + 1) * square, (across - start) * square, square)
                    start = None
        page.canvas.drawPath(path, stroke=0, fill=1)

    def _report(self, done: float) -> None:
        if self._progress is not None and self._progress(done) is False:
            raise Cancelled
