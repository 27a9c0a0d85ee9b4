"""A chart on the screen: the shapes of the printed one, in the colours of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from models.exports.chart_shapes import ASCENT, DESCENT, Bar, Picture, Rule, Text, picture
from models.exports.charts import Chart, figures_text
from models.i18n import _
from models.money import format_amount, unit_name
from ui import theme

#: Pixels round the chart, in which the mark of the focus stands.
_PADDING = 8
_FOCUS = 2
#: The least width, in heights of the letters.
_LEAST = 19


class ChartView(QLabel):
    """One chart; as high as its width asks for. Tab reaches it, Ctrl+C copies its figures.

    A label, because that is what screen readers read out as it is: its name is the title, its description the figures.
    """

    def __init__(self) -> None:
        super().__init__()
        self._chart: Chart | None = None
        self._last: tuple[tuple[Chart, float, float], Picture] | None = None
        self._metrics: dict[tuple[float, bool], QFontMetricsF] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, chart: Chart | None) -> None:
        """Show a chart; ``None`` hides it."""
        self.setVisible(chart is not None)
        if chart is None or chart == self._chart:
            return
        self._chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(described(chart))
        self.updateGeometry()
        self.update()

    @property
    def chart(self) -> Chart | None:
        return self._chart

    def copy(self) -> None:
        """Put the figures on the clipboard, parted by tabs."""
        if self._chart is not None:
            QGuiApplication.clipboard().setText(figures_text(self._chart))

    # ---- size

    def laid_out(self, width: float) -> Picture | None:
        """The shapes over so many pixels, padding left out."""
        if self._chart is None:
            return None
        wanted = (self._chart, width, self._size())
        if self._last is None or self._last[0] != wanted:
            self._last = wanted, picture(self._chart, width, wanted[2], self._measure)
        return self._last[1]

    def _size(self) -> float:
        """The size of letters: as high in pixels as the window's own."""
        return QFontMetricsF(self.font()).height() / (ASCENT + DESCENT)

    def _font(self, size: float, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * size / self._size())
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _measure(self, text: str, size: float, bold: bool) -> float:
        metrics = self._metrics.get((size, bold))
        if metrics is None:
            metrics = self._metrics[size, bold] = QFontMetricsF(self._font(size, bold))
        return metrics.horizontalAdvance(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        laid_out = self.laid_out(max(width, self._least()) - 2 * _PADDING)
        return 0 if laid_out is None else int(laid_out.height + 0.999) + 2 * _PADDING

    def _least(self) -> int:
        return int(_LEAST * self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        return QSize(2 * self._least(), self.heightForWidth(2 * self._least()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least(), 2 * _PADDING)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_metrics"):
            self._metrics.clear()
            self._last = None
            self.updateGeometry()

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        laid_out = self.laid_out(self.width() - 2 * _PADDING)
        if laid_out is None:
            return
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), _FOCUS))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.translate(_PADDING, _PADDING)
        for shape in laid_out.shapes:
            if isinstance(shape, Bar):
                self._paint_bar(painter, shape)
        for shape in laid_out.shapes:
            if isinstance(shape, Rule):
                painter.setPen(QPen(QColor(c.muted if shape.role == "axis" else c.border), 1))
                start, end = self._sharp(shape.x, shape.y), self._sharp(shape.to_x, shape.to_y)
                painter.drawLine(QLineF(start, end).translated(0.5, 0.5))
            elif isinstance(shape, Text):
                self._paint_text(painter, shape)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        c = theme.colours()
        start = self._sharp(bar.x, bar.y)
        end = self._sharp(bar.x + bar.width, bar.y + bar.height)
        rect = QRectF(start, end)
        if bar.role == "accent":
            painter.fillRect(rect, QColor(c.accent))
            return
        # Told apart without colours as well: pale with an edge, and an empty frame.
        ink = QColor(c.error if bar.role == "negative" else c.muted)
        if bar.role == "rest":
            painter.fillRect(rect, QColor(c.border))
        painter.setPen(QPen(ink, 1))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_text(self, painter: QPainter, text: Text) -> None:
        c = theme.colours()
        painter.setFont(self._font(text.size, text.bold))
        painter.setPen(QColor(c.muted if text.role == "muted" else c.text))
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align]
        x = text.x - share * self._measure(text.text, text.size, text.bold)
        painter.drawText(QPointF(x, text.y), text.text)

    def _sharp(self, x: float, y: float) -> QPointF:
        """The point at the edge of a dot of the screen."""
        ratio = self.devicePixelRatioF()
        return QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)

    # ---- keys, focus, tool tips

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def tip_at(self, place: QPoint) -> str:
        """The full name and the exact amount of what stands there; empty where nothing does."""
        laid_out = self.laid_out(self.width() - 2 * _PADDING)
        if laid_out is None or self._chart is None:
            return ""
        for item, area in zip(self._chart.items, laid_out.areas, strict=True):
            if area.has(place.x() - _PADDING, place.y() - _PADDING):
                share = self._chart.share_text(item.amount)
                return f"{item.label}\n{format_amount(item.amount)} {unit_name('dong')} ({share})"
        return ""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), tip, self) if tip else QToolTip.hideText()
            return True
        return super().event(event)


def described(chart: Chart) -> str:
    """The figures of a chart as one sentence."""
    unit = unit_name(chart.unit)
    told = [
        _("{label}: {amount} {unit}, {share}").format(
            label=item.label, amount=chart.amount_text(item.amount), unit=unit, share=chart.share_text(item.amount)
        )
        for item in chart.items
    ]
    total = f"{chart.total_label}: {chart.amount_text(chart.total)} {unit}"
    return "; ".join([*told, total]) + "."
