"""The very PDF in the window, on a page of its own or beside the form."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.i18n import _
from ui import icons, theme
from ui.document import Document
from ui.pdf_pages import open_pdf
from ui.widgets.part_bar import PartBar
from ui.widgets.pdf_view import Mark, PdfView
from ui.widgets.preview_making import WAIT, Made, Making, Pending

#: Points at the foot of a page that a mark does not reach into: the decree's margin.
_FOOT = 57.0
#: Seconds that the pages of a long document are measured in one turn of the event loop.
_TURN = 0.02


class PreviewView(QWidget):
    """Shows the plan as it will be printed, made anew while it is seen, some moments after the last change.

    ``mark`` shows the place that is worked on; ``chosen`` tells of a double click which part of the plan stands there,
    as a JSON Pointer. ``print_asked`` and ``other_asked`` are the buttons of the bar: to print, and to show the
    preview the other way (``beside``: on a page of its own, else beside the form); ``close_asked`` closes it.
    """

    chosen = Signal(str)
    print_asked = Signal()
    other_asked = Signal()
    close_asked = Signal()

    def __init__(self, document: Document, pending: Callable[[], Pending] = list, beside: bool = False) -> None:
        super().__init__()
        self._is_stale = True
        #: What is shown, and what will be in a moment: with its document and the sizes of its first pages.
        self.made: Made | None = None
        self._coming: tuple[Made, QPdfDocument, list[QSizeF]] | None = None
        self._measure_on = QTimer(self, singleShot=True, interval=0)
        self._measure_on.timeout.connect(self._measure)
        self._place = ""
        self._is_followed = True
        self._making = Making(self, document, pending)
        self._making.made.connect(self._show_pdf)
        self._making.failed.connect(self._on_failed)
        self._making.slow.connect(lambda slow: self._doing.setText(_("Đang dựng…") if slow else ""))
        self._making.advanced.connect(lambda done: self._bar.show_part(done))
        self._build(beside)
        self._dress()

    # ---- build

    def _build(self, beside: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.pdf = QPdfDocument(self)
        self.view = PdfView(self.pdf)
        self.view.looked.connect(self._show_page)
        self.view.scrolled.connect(self._on_scrolled)
        self.view.pointed.connect(self._on_pointed)
        layout.addWidget(self._build_bar(beside))
        self.failure = QLabel()
        self.failure.setObjectName("error")
        self.failure.setTextFormat(Qt.TextFormat.PlainText)
        self.failure.setWordWrap(True)
        self.failure.setContentsMargins(16, 8, 16, 8)
        self.failure.hide()
        layout.addWidget(self.failure)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_waiting())
        self._stack.addWidget(self.view)
        layout.addWidget(self._stack, 1)

    def _build_bar(self, beside: bool) -> QFrame:
        bar = self._frame = QFrame()
        bar.setObjectName("previewbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(0 if beside else 4)
        self._buttons: dict[str, QToolButton] = {}

        def add(glyph: str, text: str, work: object) -> None:
            button = QToolButton()
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.clicked.connect(work)
            row.addWidget(button)
            self._buttons[glyph] = button

        def label(widest: str) -> QLabel:
            found = QLabel()
            found.setAlignment(Qt.AlignmentFlag.AlignCenter)
            found.setProperty("widest", widest)
            row.addWidget(found)
            return found

        add("caret-left", _("Trang trước"), lambda: self.view.turn(-1))
        self._page = label("000/000" if beside else _("Trang {page}/{count}").format(page=888, count=888))
        add("caret-right", _("Trang sau"), lambda: self.view.turn(1))
        row.addSpacing(0 if beside else 16)
        add("magnifying-glass-minus", _("Thu nhỏ (-)"), lambda: self.view.step_zoom(-1))
        self._percent = label("888%")
        add("magnifying-glass-plus", _("Phóng to (+)"), lambda: self.view.step_zoom(1))
        add("arrows-out-line-horizontal", _("Vừa bề rộng (0)"), lambda: self.view.set_zoom(None))
        row.addStretch(1)
        self._doing = QLabel()
        self._doing.setObjectName("muted")
        row.addWidget(self._doing)
        row.addStretch(1)
        add("printer", _("In… (Ctrl+Shift+P)"), self.print_asked.emit)
        if beside:
            add("arrows-out", _("Xem trước cả trang (Ctrl+P)"), self.other_asked.emit)
            add("x", _("Đóng bản xem trước (F9)"), self.close_asked.emit)
        else:
            add("columns", _("Xem trước bên cạnh (F9)"), self.other_asked.emit)
        self._is_short = beside
        return bar

    def _build_waiting(self) -> QWidget:
        waiting = QWidget()
        layout = QVBoxLayout(waiting)
        layout.setSpacing(12)
        layout.addStretch(1)
        self._wait_label = QLabel(_("Đang dựng bản xem trước…"))
        self._wait_label.setObjectName("muted")
        self._wait_label.setWordWrap(True)
        self._wait_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = PartBar(_("Tiến độ dựng bản xem trước"))
        self._bar.setFixedWidth(240)
        layout.addWidget(self._wait_label)
        layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return waiting

    def _dress(self) -> None:
        c = theme.colours()
        size = max(16, round(self.fontMetrics().ascent() * 1.3))
        for glyph, button in self._buttons.items():
            button.setIcon(icons.icon(glyph, c.text))
            button.setIconSize(QSize(size, size))
        for label in (self._page, self._percent):
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(label.property("widest")))
        self._frame.setStyleSheet(
            f"#previewbar {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.border}; }}"
            + ("QToolButton { padding: 6px 5px; }" if self._is_short else "")
        )
        self._show_page()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_stack"):
            self._dress()

    # ---- the PDF

    def load(self, wait: int = WAIT) -> None:
        """Make the PDF anew, ``wait`` milliseconds from now if nothing else changes, and only while it is seen."""
        self._is_stale = True
        if self.isVisible():
            self._begin(wait)

    def _begin(self, wait: int) -> None:
        self._is_stale = False
        self._making.ask(wait)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._begin(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._is_stale |= self._making.stop()

    @property
    def is_working(self) -> bool:
        """Whether a newer PDF is on its way."""
        return self._is_stale or self._making.is_working or self._coming is not None

    def _on_failed(self, sentence: str) -> None:
        self.failure.setText(sentence)
        self.failure.show()
        self._wait_label.setText(_("Chưa dựng được bản xem trước."))
        self._bar.hide()

    def _show_pdf(self, made: Made) -> None:
        """Put the new PDF in place of the old one, at the same place of it."""
        self.failure.hide()
        self._forget_coming()
        self._coming = made, open_pdf(made.data, self), []
        self._measure()

    def _measure(self) -> None:
        """Ask for the sizes of the pages, hundreds of them in more than one turn; then the new PDF is shown."""
        if self._coming is None:
            return
        made, pdf, sizes = self._coming
        until = monotonic() + _TURN
        while len(sizes) < pdf.pageCount():
            sizes.append(pdf.pagePointSize(len(sizes)))
            if monotonic() > until:
                self._measure_on.start()
                return
        self._coming, before, self.pdf, self.made = None, self.pdf, pdf, made
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._stack.setCurrentWidget(self.view)
        self.view.show_document(pdf, sizes)
        if before.pageCount() == 0 and had_focus:
            self.view.setFocus()
        before.deleteLater()
        self._follow()

    def _forget_coming(self) -> None:
        if self._coming is not None:
            self._coming[1].deleteLater()
            self._coming = None

    # ---- the place that is worked on

    def mark(self, pointer: str) -> None:
        """Mark the place of a part (a JSON Pointer), or of what it stands in; another one than before is gone to."""
        if pointer != self._place:
            self._place, self._is_followed = pointer, True
            self._follow()

    def _follow(self) -> None:
        """Mark where the place stands now; the user's own scrolling is let be until the place is another one."""
        self.view.show_mark(self._mark_of(self._place), self._is_followed)

    def _mark_of(self, pointer: str) -> Mark | None:
        places = self.made.places if self.made is not None else {}
        while pointer and pointer not in places:
            pointer = pointer.rpartition("/")[0]
        if pointer not in places:
            return None
        page, top = places[pointer]
        ends = [y for at, y in places.values() if at == page and y > top + 1]
        return Mark(page, top, min(ends, default=self.pdf.pagePointSize(page).height() - _FOOT))

    def _on_scrolled(self) -> None:
        self._is_followed = False

    def _on_pointed(self, page: int, points: float) -> None:
        """Tell which part stands at a point: the last one that begins above it."""
        places = self.made.places if self.made is not None else {}
        above = [(at, top, pointer) for pointer, (at, top) in places.items() if (at, top) <= (page, points)]
        if above:
            at, top, _pointer = max(above)
            # Of parts that begin at the same height it is the innermost.
            self.chosen.emit(max((pointer for a, t, pointer in above if (a, t) == (at, top)), key=len))

    # ---- looking

    def _show_page(self) -> None:
        if not hasattr(self, "_stack"):
            return
        count, page = self.pdf.pageCount(), self.view.page()
        text = "{page}/{count}" if self._is_short else _("Trang {page}/{count}")
        self._page.setText(text.format(page=page + 1, count=count) if count else "")
        self._buttons["caret-left"].setEnabled(count > 0 and page > 0)
        self._buttons["caret-right"].setEnabled(page < count - 1)
        self._percent.setText(f"{round(self.view.zoom() * 100)}%" if count else "")

    def current_page(self) -> int:
        """The page that is seen, from 1."""
        return self.view.page() + 1
