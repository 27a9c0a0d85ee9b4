"""The very PDF, beside or instead of the form; the only place that loads QtPdf."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMargins, QObject, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPalette, QShowEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models import document as plan_document
from models.evaluate import evaluate
from models.i18n import _
from ui import icons, theme, worker
from ui.document import Document
from ui.pages.page import Page

_WAIT = 1000
_STEPS = 1000
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


def render(data: plan_document.Document, progress: worker.Progress) -> bytes:
    """The PDF of a plan document, as a draft while it has errors. For a thread."""
    from models.exports import pdf

    found = evaluate(plan_document.load(data))
    return pdf.render(found.plan, found.template, draft=found.count("error") > 0, progress=progress)


class PreviewPage(Page):
    """Shows the plan as it will be printed, made anew a second after the last change while it is seen."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._job: worker.Job[bytes] | None = None
        self._is_stale = True
        self._buffer: QBuffer | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._make)
        self._build()
        self._dress()

    # ---- build

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_bar())
        self.failure = QLabel()
        self.failure.setObjectName("error")
        self.failure.setTextFormat(Qt.TextFormat.PlainText)
        self.failure.setWordWrap(True)
        self.failure.setContentsMargins(24, 8, 24, 8)
        self.failure.hide()
        layout.addWidget(self.failure)
        self.pdf = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setAccessibleName(_("Bản xem trước"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setPageSpacing(16)
        self.view.setDocumentMargins(QMargins(16, 16, 16, 16))
        self.view.viewport().installEventFilter(self)
        self.view.setDocument(self.pdf)
        self.view.pageNavigator().currentPageChanged.connect(lambda _page: self._show_page())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_waiting())
        self._stack.addWidget(self.view)
        layout.addWidget(self._stack, 1)

    def _build_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("previewbar")
        self._frame = bar
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(4)
        self._buttons: dict[str, QToolButton] = {}

        def add(glyph: str, text: str, work: object) -> None:
            button = QToolButton()
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.clicked.connect(work)
            row.addWidget(button)
            self._buttons[glyph] = button

        add("caret-left", _("Trang trước"), lambda: self._turn(-1))
        self._page = QLabel()
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._page.setMinimumWidth(self._page.fontMetrics().horizontalAdvance(_("Trang {page}/{count}")))
        row.addWidget(self._page)
        add("caret-right", _("Trang sau"), lambda: self._turn(1))
        row.addSpacing(16)
        add("magnifying-glass-minus", _("Thu nhỏ (-)"), lambda: self._zoom(-1))
        self._percent = QLabel()
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("0000%"))
        row.addWidget(self._percent)
        add("magnifying-glass-plus", _("Phóng to (+)"), lambda: self._zoom(1))
        add("arrows-out-line-horizontal", _("Vừa bề rộng (0)"), self._fit)
        row.addStretch(1)
        self._doing = QLabel()
        self._doing.setObjectName("muted")
        row.addWidget(self._doing)
        return bar

    def _build_waiting(self) -> QWidget:
        waiting = QWidget()
        layout = QVBoxLayout(waiting)
        layout.setSpacing(12)
        layout.addStretch(1)
        self._wait_label = QLabel(_("Đang dựng bản xem trước…"))
        self._wait_label.setObjectName("muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(10)
        self._bar.setFixedWidth(240)
        self._bar.setAccessibleName(_("Tiến độ dựng bản xem trước"))
        layout.addWidget(self._wait_label, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return waiting

    def _dress(self) -> None:
        c = theme.colours()
        size = max(16, round(self.fontMetrics().ascent() * 1.3))
        for glyph, button in self._buttons.items():
            button.setIcon(icons.icon(glyph, c.text))
            button.setIconSize(QSize(size, size))
        self._frame.setStyleSheet(
            f"#previewbar {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.border}; }}"
        )
        palette = QPalette(self.view.palette())
        palette.setColor(QPalette.ColorRole.Dark, QColor(c.border if not theme.is_dark() else c.window))
        self.view.setPalette(palette)
        self._show_page()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_stack"):
            self._dress()

    # ---- load

    def load(self) -> None:
        """Make the PDF anew: a second after the last change, and only while it is seen."""
        self._is_stale = True
        if self.isVisible():
            self._later.start(_WAIT)

    def on_change(self, change: object) -> None:
        self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._later.start(0 if self.pdf.pageCount() == 0 else _WAIT // 4)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()
        self._drop()

    def _drop(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None
            self._is_stale = True
            self._doing.setText("")

    def _make(self) -> None:
        self._drop()
        self._is_stale = False
        self._doing.setText(_("Đang dựng…"))
        self._bar.setValue(0)
        data = plan_document.dump(self.document.plan)
        job = worker.run(
            self,
            lambda progress: render(data, progress),
            self._show_pdf,
            self._on_failed,
            lambda fraction: self._bar.setValue(round(fraction * _STEPS)),
        )
        job.ended.connect(lambda: self._on_ended(job))
        self._job = job

    def _on_ended(self, job: worker.Job[bytes]) -> None:
        if self._job is job:
            self._job = None
            self._doing.setText("")

    def _on_failed(self, sentence: str) -> None:
        self.failure.setText(sentence)
        self.failure.show()
        self._wait_label.setText(_("Chưa dựng được bản xem trước."))
        self._bar.hide()

    def _show_pdf(self, data: bytes) -> None:
        """Put the new PDF in place of the old one, at the same place of it."""
        self.failure.hide()
        bar = self.view.verticalScrollBar()
        where, aside = bar.value(), self.view.horizontalScrollBar().value()
        before, buffer = self._buffer, QBuffer(self)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pdf.load(buffer)
        self._buffer = buffer
        if before is not None:
            before.deleteLater()
        self._stack.setCurrentWidget(self.view)
        focus = QApplication.focusWidget()
        if before is None and focus is not None and self.isAncestorOf(focus):
            self.view.setFocus()
        bar.setValue(where)
        self.view.horizontalScrollBar().setValue(aside)
        self._show_page()

    @property
    def is_working(self) -> bool:
        """Whether a newer PDF is on its way."""
        return self._is_stale or self._job is not None

    # ---- looking

    def _show_page(self) -> None:
        count = self.pdf.pageCount()
        page = self.view.pageNavigator().currentPage()
        self._page.setText(_("Trang {page}/{count}").format(page=page + 1, count=count) if count else "")
        self._buttons["caret-left"].setEnabled(count > 0 and page > 0)
        self._buttons["caret-right"].setEnabled(page < count - 1)
        self._percent.setText(f"{round(self._factor() * 100)}%" if count else "")

    def _turn(self, step: int) -> None:
        page = self.view.pageNavigator().currentPage() + step
        if 0 <= page < self.pdf.pageCount():
            self.view.pageNavigator().jump(page, QPointF(), self.view.pageNavigator().currentZoom())

    def _zoom(self, step: int) -> None:
        factor = self._factor()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        larger = [zoom for zoom in _ZOOMS if zoom > factor * 1.02]
        smaller = [zoom for zoom in _ZOOMS if zoom < factor * 0.98]
        found = larger[:1] if step > 0 else smaller[-1:]
        self.view.setZoomFactor(found[0] if found else factor)
        self._show_page()

    def _factor(self) -> float:
        """How large pages are shown now: 1 where a point is the 72nd part of an inch on the screen."""
        if self.view.zoomMode() == QPdfView.ZoomMode.Custom or self.pdf.pageCount() == 0:
            return float(self.view.zoomFactor())
        margins = self.view.documentMargins()
        width = self.view.viewport().width() - margins.left() - margins.right()
        points = self.pdf.pagePointSize(self.view.pageNavigator().currentPage()).width()
        return width / (max(points, 1) * self.view.logicalDpiX() / 72)

    def _fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._show_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            "+": lambda: self._zoom(1),
            "=": lambda: self._zoom(1),
            "-": lambda: self._zoom(-1),
            "0": self._fit,
        }
        if event.text() in keys:
            keys[event.text()]()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(1 if event.angleDelta().y() > 0 else -1)
            return True
        if event.type() == QEvent.Type.Resize:
            self._show_page()
        return super().eventFilter(watched, event)

    def focus(self) -> None:
        self.view.setFocus()
