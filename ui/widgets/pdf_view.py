"""Pages of a PDF one under another, at any size, with a mark at the place that is worked on.

Pages are painted from pictures made in the moment they are needed (some milliseconds each), and a new document takes
the place of the old one between two paintings: nothing is blank meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLabel

from models.i18n import _
from ui import theme
from ui.pdf_pages import POINTS_PER_INCH, Pictures, clip

ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
#: Pixels round the pages and between them, of the mark beside a page, and of a step of the arrow keys.
_MARGIN, _GAP, _MARK, _STEP = 16, 16, 4, 48
#: Bytes: a larger picture is made of what is seen of its page alone.
_LARGEST = 24 << 20


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page: ``top`` to ``bottom`` in points from its upper edge."""

    page: int
    top: float
    bottom: float


class PdfView(QAbstractScrollArea):
    """Shows ``document``; ``looked`` tells that another page or size is seen, ``scrolled`` that the user did that.

    ``pointed`` is a double click: the page, and points from its upper edge.
    """

    looked = Signal()
    scrolled = Signal()
    pointed = Signal(int, float)

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self.document = document
        self.mark: Mark | None = None
        #: The size asked for, 1 where a point is the 72nd part of an inch on the screen; ``None``: as wide as the view.
        self._zoom: float | None = None
        self._sizes: list[QSizeF] = []
        self._pages: list[QRect] = []
        self._pictures = Pictures()
        self._is_moving = False
        self._focused = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A screen reader knows what a label is, and not what an area to be scrolled is.
        paper = QLabel()
        self.setViewport(paper)
        paper.setFocusProxy(None)  # type: ignore[arg-type]
        paper.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(paper)
        paper.installEventFilter(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.horizontalScrollBar().setSingleStep(_STEP)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._on_scrolled)
        self._tell()

    # ---- the document

    def show_document(self, document: QPdfDocument, sizes: list[QSizeF]) -> None:
        """Show another document, at the same place of it; ``sizes`` are those of its pages, in points."""
        at = self._anchor()
        self.document, self._sizes = document, sizes
        self._pictures.clear()
        self._lay_out(at)
        self._tell()

    # ---- pages and their sizes

    def page(self) -> int:
        """The page in the middle of what is seen, from 0."""
        return self._anchor()[0]

    def turn(self, step: int) -> None:
        """Show the beginning of a page after (+1) or before (-1) the one that is seen."""
        page = self.page() + step
        if 0 <= page < len(self._pages):
            self.verticalScrollBar().setValue(self._pages[page].top() - _MARGIN)

    def zoom(self) -> float:
        """How large the page that is seen is shown."""
        if self._zoom is not None or not self._pages:
            return self._zoom or 1.0
        page = self.page()
        return self._pages[page].width() / max(1.0, self._inches(page)[0] * self.logicalDpiX())

    def set_zoom(self, zoom: float | None) -> None:
        """Show the pages in another size, ``None``: as wide as the view; what is in the middle stays there."""
        at = self._anchor()
        self._zoom = zoom
        self._pictures.clear()
        self._lay_out(at)
        if at[0] < len(self._pages):
            middle = self._pages[at[0]].center().x()
            self.horizontalScrollBar().setValue(middle - self.viewport().width() // 2)
        self._tell()

    def step_zoom(self, step: int) -> None:
        """The next larger (+1) or smaller (-1) size."""
        zoom = self.zoom()
        found = [one for one in ZOOMS if one > zoom * 1.02][:1] if step > 0 else [z for z in ZOOMS if z < zoom * 0.98]
        self.set_zoom(found[-1] if found else zoom)

    def _inches(self, page: int) -> tuple[float, float]:
        size = self._sizes[page]
        return size.width() / POINTS_PER_INCH, size.height() / POINTS_PER_INCH

    def _lay_out(self, at: tuple[int, float]) -> None:
        """Work out where each page lies, and bring the place ``at`` back to the middle of the view."""
        view, self._pages, top = self.viewport().size(), [], _MARGIN
        room = max(64, view.width() - 2 * _MARGIN)
        sizes = []
        for page in range(len(self._sizes)):
            wide, high = self._inches(page)
            scale = room / max(wide, 0.1) if self._zoom is None else self._zoom * self.logicalDpiX()
            sizes.append(QSize(round(wide * scale), round(high * scale)))
        widest = max((size.width() for size in sizes), default=0)
        for size in sizes:
            left = _MARGIN + (max(widest, room) - size.width()) // 2
            self._pages.append(QRect(QPoint(left, top), size))
            top += size.height() + _GAP
        self._is_moving = True
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        down.setPageStep(view.height())
        down.setRange(0, max(0, top - _GAP + _MARGIN - view.height()))
        across.setPageStep(view.width())
        across.setRange(0, max(0, widest + 2 * _MARGIN - view.width()))
        if at[0] < len(self._pages):
            rect = self._pages[at[0]]
            # At the beginning nothing is brought to the middle, which the margin would be lost by.
            if at != (0, 0.0):
                down.setValue(round(rect.top() + at[1] * rect.height() - view.height() / 2))
        self._is_moving = False
        self.viewport().update()

    def _anchor(self) -> tuple[int, float]:
        """The page in the middle of the view, and which part of it is there; (0, 0.0) at the very beginning."""
        down = self.verticalScrollBar().value()
        middle = down + self.viewport().height() // 2
        for page, rect in enumerate(self._pages):
            if middle <= rect.bottom() + _GAP or page == len(self._pages) - 1:
                return (0, 0.0) if not down else (page, (middle - rect.top()) / max(1, rect.height()))
        return 0, 0.0

    # ---- places

    def show_mark(self, mark: Mark | None, is_followed: bool = True) -> None:
        """Mark a place, and bring it into view if it is not seen, and is to be ``followed``."""
        if mark != self.mark:
            self.mark = mark
            self.viewport().update()
        if mark is not None and is_followed and mark.page < len(self._pages):
            self._bring(self._marked(mark))

    def _marked(self, mark: Mark) -> QRect:
        """Where a mark is painted, on all of the pages."""
        rect = self._pages[mark.page]
        scale = rect.width() / max(1.0, self._inches(mark.page)[0] * POINTS_PER_INCH)
        top, bottom = (round(points * scale) for points in (mark.top, max(mark.bottom, mark.top + 12)))
        return QRect(rect.left() - 2 * _MARK - 2, rect.top() + top, _MARK, bottom - top)

    def _bring(self, rect: QRect) -> None:
        """Scroll where the beginning of a place is not seen: it comes to the upper third."""
        down, height = self.verticalScrollBar(), self.viewport().height()
        seen = min(rect.height(), height // 3)
        if not down.value() <= rect.top() or rect.top() + seen > down.value() + height:
            self._is_moving = True
            down.setValue(rect.top() - height // 4)
            self._is_moving = False

    def place_at(self, point: QPoint) -> tuple[int, float] | None:
        """The page under a point of the view, and points from its upper edge."""
        point = point + self._offset()
        for page, rect in enumerate(self._pages):
            if rect.top() <= point.y() <= rect.bottom() + _GAP:
                scale = rect.width() / max(1.0, self._inches(page)[0] * POINTS_PER_INCH)
                return page, (point.y() - rect.top()) / max(scale, 0.01)
        return None

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(c.window if theme.is_dark() else c.border))
        offset, seen = self._offset(), event.rect().translated(self._offset())
        for page, rect in enumerate(self._pages):
            if rect.top() > seen.bottom():
                break
            if rect.bottom() >= seen.top():
                painter.fillRect(rect.translated(-offset), Qt.GlobalColor.white)
                self._paint_page(painter, page, rect, seen, offset)
        if self.mark is not None and self.mark.page < len(self._pages):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(self._marked(self.mark).translated(-offset), _MARK / 2, _MARK / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._focused:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _paint_page(self, painter: QPainter, page: int, rect: QRect, seen: QRect, offset: QPoint) -> None:
        ratio = self.devicePixelRatioF()
        whole = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        if 4 * whole.width() * whole.height() <= _LARGEST:
            painter.drawImage(rect.topLeft() - offset, self._pictures.of(self.document, page, whole, ratio))
            return
        part = rect.intersected(seen).translated(-rect.topLeft())
        first = QPoint(int(part.left() * ratio), int(part.top() * ratio))
        size = QSize(round(part.width() * ratio) + 1, round(part.height() * ratio) + 1)
        image = self.document.render(page, size, clip(whole, QRect(first, size)))
        image.setDevicePixelRatio(ratio)
        painter.drawImage(rect.topLeft() + part.topLeft() - offset, image)

    # ---- what the user does

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self._tell()
        if not self._is_moving:
            self.scrolled.emit()

    def _tell(self) -> None:
        count = len(self._sizes)
        page = _("Trang {page}/{count}").format(page=self.page() + 1, count=count) if count else ""
        self.viewport().setAccessibleName(": ".join(filter(None, (_("Bản xem trước"), page))))
        self.looked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Home: self.verticalScrollBar().minimum(), Qt.Key.Key_End: self.verticalScrollBar().maximum()}
        if event.text() in ("+", "="):
            self.step_zoom(1)
        elif event.text() == "-":
            self.step_zoom(-1)
        elif event.text() == "0":
            self.set_zoom(None)
        elif event.key() in ends:
            self.verticalScrollBar().setValue(ends[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self.verticalScrollBar().triggerAction(self.verticalScrollBar().SliderAction.SliderPageStepAdd)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (place := self.place_at(event.position().toPoint())) is not None:
            self.pointed.emit(*place)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.viewport() and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._focused = event.type() == QEvent.Type.FocusIn
            self.viewport().update()
        return bool(super().eventFilter(watched, event))  # type: ignore[arg-type]

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """All that is seen is painted anew, pages from their pictures."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        at = self._anchor()
        if self._zoom is None and event.size().width() != event.oldSize().width():
            self._pictures.clear()
        self._lay_out(at)
        self._tell()
