"""The page "Tổng hợp": the plan's money at a glance, in figures, in words and in charts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.exports import charts, figures
from models.exports.charts import Chart
from models.i18n import _
from models.plan import Table
from ui import icons, theme
from ui.document import Document
from ui.pages.page import Page, card, titled
from ui.reading_only import edits
from ui.widgets.chart import ChartView
from ui.widgets.chart_figures import FiguresList
from ui.widgets.empty import EmptyState
from ui.widgets.print_card import print_charts
from ui.widgets.tab_order import chain

#: How long (ms) after an edit the page follows: a burst is followed once.
_FOLLOW_MS = 150
#: The least width of the charts beside the figures, in heights of the letters.
_CHARTS = 26
_KEYS = ("sources", "years", "leads")


class SummaryPage(Page):
    """Totals of every table of tasks, and charts of one of them; worked out only while it is seen."""

    go_place = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._is_stale = True
        self._tables: list[Table] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.load)
        self._build()

    # ---- build

    def _build(self) -> None:
        outer, _title = titled(self, _("Tổng hợp"))
        outer.setContentsMargins(24, 16, 24, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 8, 16)
        inside.setSpacing(16)
        inside.addWidget(self._build_total())
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(self._build_figures(), 2)
        self._columns.addWidget(self._build_charts(), 3, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(self._columns)
        inside.addStretch(1)
        self._scroll.setWidget(body)
        outer.addWidget(self._scroll, 1)
        self.empty = EmptyState(
            "chart-bar", _("Chưa có kinh phí nào"),
            _("Gõ kinh phí của các nhiệm vụ vào bảng; số liệu và biểu đồ hiện ở đây ngay khi có."),
            _("Đến bảng nhiệm vụ"), self._go_to_table,
        )  # fmt: skip
        outer.addWidget(self.empty, 1)
        chain([self.list, self.printed, self.chooser, *self.views.values()])

    def _build_total(self) -> QFrame:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        self.total, self.words = QLabel(), QLabel()
        self.total.setObjectName("title")
        self.words.setObjectName("muted")
        security = QHBoxLayout()
        security.setSpacing(8)
        self._mark, self.security = QLabel(), QLabel()
        security.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        security.addWidget(self.security, 1)
        for label in (self.total, self.words, self.security):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.total)
        column.addWidget(self.words)
        column.addLayout(security)
        return frame

    def _build_figures(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.list = FiguresList()
        self.list.currentItemChanged.connect(lambda *_items: self._follow_cursor())
        column.addWidget(self.list)
        self.printed = QCheckBox(_("Thêm trang biểu đồ vào bản in PDF"))
        self.printed.setToolTip(_("Biểu đồ của danh mục nhiệm vụ, in thành phụ lục cuối cùng."))
        edits(self.printed)
        self.printed.toggled.connect(lambda wanted: print_charts(self.document, wanted))
        column.addWidget(self.printed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    def _build_charts(self) -> QFrame:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        self._choice = QWidget()
        choice = QHBoxLayout(self._choice)
        choice.setContentsMargins(8, 0, 8, 0)
        choice.setSpacing(8)
        label = QLabel(_("Biểu đồ của bảng"))
        self.chooser = QComboBox()
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.chooser.setAccessibleName(_("Biểu đồ của bảng"))
        self.chooser.currentIndexChanged.connect(lambda _index: self._show_charts())
        choice.addWidget(label)
        choice.addWidget(self.chooser)
        choice.addStretch(1)
        column.addWidget(self._choice)
        self._of = QLabel()
        self._of.setObjectName("muted")
        self._of.setWordWrap(True)
        self._of.setContentsMargins(8, 0, 8, 0)
        column.addWidget(self._of)
        self.views = {key: ChartView() for key in _KEYS}
        for view in self.views.values():
            column.addWidget(view)
        return frame

    # ---- load

    def load(self) -> None:
        self._later.stop()
        self._is_stale = False
        document = self.document
        chosen = self.table()
        self._tables = charts.tables_with_amounts(document.plan, document.template, document.totals)
        focus = QApplication.focusWidget()
        self._scroll.setVisible(bool(self._tables))
        self.empty.setVisible(not self._tables)
        self.empty.button.setVisible(bool(figures.task_tables(document.plan)))
        if self._tables:
            self._show_total(self._tables[0])
            self.list.show_figures(figures.figures(document.plan, document.template, document.totals, _))
            self._offer(chosen)
            self._show_charts()
            self._fit()
        if focus is self or (focus is not None and self.isAncestorOf(focus) and not focus.isVisibleTo(self)):
            # It stood in what is gone now, or the page was entered before there was anything to put it into.
            self._start().setFocus(Qt.FocusReason.OtherFocusReason)
        self.printed.blockSignals(True)
        self.printed.setChecked(bool(document.plan.print_options.get("charts")))
        self.printed.blockSignals(False)

    def _show_total(self, table: Table) -> None:
        document = self.document
        found = figures.total_of(document.plan, table, document.template, document.totals, _)
        self.total.setText(_("Tổng kinh phí: {total}").format(total=found.amount))
        self.words.setText(_("Bằng chữ: {words}").format(words=found.words))
        self.words.setVisible(bool(found.words))
        text = _("An toàn thông tin: {amount}, {share}").format(amount=found.security, share=found.security_share)
        state = ""
        if found.is_enough is not None:
            state = "done" if found.is_enough else "warning"
            said = _("đạt mức tối thiểu {limit}") if found.is_enough else _("dưới mức tối thiểu {limit}")
            text += ", " + said.format(limit=found.limit)
        self.security.setText(text)
        self.security.setObjectName(state)
        self.security.setToolTip(document.template.limits.security_source if state else "")
        self.security.style().polish(self.security)
        size = self.fontMetrics().height()
        if state:
            colour = getattr(theme.colours(), state)
            self._mark.setPixmap(icons.icon(icons.STATES[state], colour).pixmap(size, size))
        self._mark.setVisible(bool(state))

    def _offer(self, chosen: Table | None) -> None:
        """Offer the tables with amounts; the one that was chosen stays so."""
        document = self.document
        names = [figures.table_name(document.plan, document.template, table) for table in self._tables]
        self.chooser.blockSignals(True)
        if [self.chooser.itemText(at) for at in range(self.chooser.count())] != names:
            self.chooser.clear()
            self.chooser.addItems(names)
        self.chooser.setCurrentIndex(self._tables.index(chosen) if chosen in self._tables else 0)
        self.chooser.blockSignals(False)
        self._choice.setVisible(len(names) > 1)

    def table(self) -> Table | None:
        """The table of which the charts are."""
        at = max(self.chooser.currentIndex(), 0)
        return self._tables[at] if at < len(self._tables) else None

    def _show_charts(self) -> None:
        document, table = self.document, self.table()
        if table is None:
            return
        title = " ".join(table.title.split())
        self._of.setText(title)
        self._of.setVisible(bool(title) and len(self._tables) > 1)
        found: dict[str, Chart] = {
            chart.key: chart for chart in charts.charts(document.plan, table, document.template, document.totals, _)
        }
        for key, view in self.views.items():
            view.show_chart(found.get(key))

    def on_change(self, change: object) -> None:
        """Sums follow ``on_evaluated``."""

    def on_evaluated(self) -> None:
        self._is_stale = True
        if self.isVisible() and not self._later.isActive():
            self._later.start(_FOLLOW_MS)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.load()

    # ---- size and colours

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Figures and charts side by side where both have room, else one above the other."""
        needed = self.list.needed_width() + _CHARTS * self.fontMetrics().height()
        beside = self._scroll.width() - 24 >= needed
        self.list.setMinimumWidth(self.list.needed_width() if beside else 0)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._columns.direction():
            self._columns.setDirection(way)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "empty"):
            self._is_stale = True
            if self.isVisible():
                self._later.start(0)

    def _follow_cursor(self) -> None:
        """Scroll the page to the line that the cursor of the figures is on."""
        if self.list.hasFocus() and (body := self._scroll.widget()) is not None:
            rect = self.list.visualRect(self.list.currentIndex())
            at = self.list.viewport().mapTo(body, QPoint(0, rect.center().y()))
            self._scroll.ensureVisible(0, at.y(), 0, 2 * rect.height())

    # ---- what is done

    def _go_to_table(self) -> None:
        found = self.document.main_table()
        tables = figures.task_tables(self.document.plan)
        if found is not None or tables:
            self.go_place.emit(found[0] if found is not None else tables[0])

    # ---- the cursor

    def enter(self) -> None:
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus given to the page is for the figures; a proxy would be a trap for Shift+Tab."""
        if (start := self._start()).isVisible():
            start.setFocus(event.reason())

    def _start(self) -> QWidget:
        return self.list if self._tables else self.empty.button
