"""The first page: all plans of this computer, and how to begin another."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models import template
from models.errors import TemplateError, UserError
from models.evaluate import summed
from models.i18n import _
from models.settings import Settings
from models.store import Store, Summary
from ui import icons, theme
from ui.pages.page import card, titled
from ui.reading_only import edits
from ui.widgets.plan_list import PlanList
from ui.widgets.plans_model import Line


class PlansPage(QWidget):
    """The list of plans. ``reload`` reads it anew; ``focus`` puts the cursor into it."""

    open_requested = Signal(str)
    new_requested = Signal()
    #: A plan is wanted that goes on from this one (its id).
    next_requested = Signal(str)
    import_requested = Signal()
    file_import_requested = Signal()
    notice = Signal(str, str)

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("page")
        self.store, self.settings = store, settings
        self._is_bin = False
        self._undo_id = ""
        self._build()
        self.reload()

    # ---- build

    def _build(self) -> None:
        self._bin = self._button(_("Thùng rác"), "trash", lambda: self._show_bin(True))
        self._back = self._button(_("Quay lại danh sách"), "arrow-left", lambda: self._show_bin(False))
        self._open = self._button(_("Mở tệp…"), "folder-open", self.import_requested.emit)
        self._from_file = self._button(_("Nhập từ Excel, Word…"), "file-arrow-down", self.file_import_requested.emit)
        self._next = self._button(_("Từ năm trước…"), "clock-counter-clockwise", self._make_next)
        self._new = self._button(_("Kế hoạch mới"), "plus", self.new_requested.emit, main=True)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._bin, self._back, self._open, self._from_file, self._next, self._new):
            row.addWidget(button)
        edits(self._open, self._from_file, self._next, self._new)
        layout, self._title = titled(self, "", buttons)
        self._subtitle = QLabel()
        self._subtitle.setObjectName("muted")
        layout.addWidget(self._subtitle)
        self.list = PlanList()
        self.list.setAccessibleName(_("Danh sách kế hoạch"))
        self.list.opened.connect(self._activate)
        self.list.removed.connect(self._delete)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 4, 1, 4)
        inside.addWidget(self.list)
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        self._stack.addWidget(frame)
        self._stack.addWidget(self._build_empty())
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._build_line())
        self._dress()

    def _button(self, text: str, icon: str, work: object, main: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.setProperty("glyph", icon)
        if main:
            button.setObjectName("main")
        button.clicked.connect(work)
        return button

    def _build_empty(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(16)
        layout.addStretch(2)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._picture)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        for text, look in (
            (_("Chưa có kế hoạch nào trên máy này"), "heading"),
            (_("Bắt đầu bằng một kế hoạch mới theo mẫu; đã có gói nộp hoặc tệp kế hoạch thì mở ra."), "muted"),
        ):
            label = QLabel(text)
            label.setObjectName(look)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            texts.addWidget(label)
        layout.addLayout(texts)
        self._first = QWidget()
        edits(self._first)
        row = QHBoxLayout(self._first)
        row.setSpacing(8)
        row.addStretch(1)
        self.new_button = self._button(_("Kế hoạch mới"), "plus", self.new_requested.emit, main=True)
        row.addWidget(self.new_button)
        row.addWidget(self._button(_("Mở gói hoặc tệp kế hoạch…"), "folder-open", self.import_requested.emit))
        row.addWidget(self._button(_("Nhập từ Excel, Word…"), "file-arrow-down", self.file_import_requested.emit))
        row.addStretch(1)
        layout.addWidget(self._first)
        layout.addStretch(3)
        return page

    def _build_line(self) -> QWidget:
        self._line = QFrame()
        self._line.setObjectName("card")
        row = QHBoxLayout(self._line)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        row.addWidget(self._said, 1)
        self._undo = QPushButton(_("&Hoàn tác"))
        self._undo.setObjectName("quiet")
        self._undo.setAccessibleName(_("Hoàn tác việc xóa"))
        self._undo.clicked.connect(self._take_back)
        row.addWidget(self._undo)
        close = QToolButton()
        close.setAccessibleName(_("Đóng dòng này"))
        close.setToolTip(_("Đóng dòng này"))
        close.setProperty("glyph", "x")
        close.clicked.connect(self._close_line)
        row.addWidget(close)
        self._line.hide()
        return self._line

    def _dress(self) -> None:
        c = theme.colours()
        size = max(16, round(self.fontMetrics().ascent() * 1.3))
        for button in (*self.findChildren(QPushButton), *self.findChildren(QToolButton)):
            if name := button.property("glyph"):
                button.setIcon(icons.icon(name, c.on_accent if button.objectName() == "main" else c.muted))
                button.setIconSize(QSize(size, size))
        self._picture.setPixmap(icons.icon("trash" if self._is_bin else "notebook", c.muted).pixmap(48, 48))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_line"):
            self._dress()

    # ---- load

    def reload(self) -> None:
        """Read the list from the store; it stays as it was where the store cannot be read."""
        try:
            thrown = self._lines(deleted=True)
            if not thrown:
                self._is_bin = False
            lines = thrown if self._is_bin else self._lines(deleted=False)
        except UserError as error:
            self.notice.emit(str(error), "error")
            return
        self.list.set_lines(lines)
        self._title.setText(_("Thùng rác") if self._is_bin else _("Danh sách kế hoạch"))
        self._subtitle.setText(
            _("Chọn một kế hoạch rồi nhấn Enter để khôi phục.")
            if self._is_bin
            else _("{count} kế hoạch trên máy này").format(count=len(lines))
        )
        self._subtitle.setVisible(bool(lines))
        self._stack.setCurrentIndex(0 if lines else 1)
        self._bin.setVisible(bool(thrown) and not self._is_bin)
        self._bin.setText(_("Thùng rác ({count})").format(count=len(thrown)))
        self._back.setVisible(self._is_bin)
        for button in (self._open, self._from_file, self._next, self._new):
            button.setVisible(bool(lines) and not self._is_bin)

    def _lines(self, deleted: bool) -> list[Line]:
        return [self._with_sums(found) for found in self.store.summaries(summed, deleted)]

    def _with_sums(self, plan: Summary) -> Line:
        """The line of a plan, with a note where its template is not to be had."""
        try:
            template.get(plan.template, plan.template_version)
            if plan.total is None and not plan.errors and not plan.warnings:
                # Perhaps kept when the template was not to be had yet.
                total, errors, warnings = summed(self.store.read(plan.id))
                return Line(replace(plan, total=total, errors=errors, warnings=warnings))
            return Line(plan)
        except TemplateError:
            return Line(plan, _("Máy này không đọc được mẫu “{id}”.").format(id=plan.template[:60]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focus()

    def focus(self) -> None:
        """Put the cursor where one begins."""
        (self.list if self._stack.currentIndex() == 0 else self.new_button).setFocus()

    # ---- what is done with a plan

    def _activate(self, plan_id: str) -> None:
        if self._is_bin:
            self._restore(plan_id)
        else:
            self.open_requested.emit(plan_id)

    def _make_next(self) -> None:
        if (plan_id := self.list.current_id()) is not None:
            self.next_requested.emit(plan_id)

    def _delete(self, plan_id: str) -> None:
        line = self.list.current()
        if self._is_bin or line is None:
            return
        try:
            self.store.delete(plan_id)
        except UserError as error:
            self.notice.emit(str(error), "error")
            return
        self._undo_id = plan_id
        name = line.plan.subject or line.plan.unit_name or plan_id
        name = name if len(name) <= 80 else name[:79].rstrip() + "…"
        self._said.setText(_("Đã chuyển “{name}” vào thùng rác.").format(name=name))
        self._line.show()
        self.reload()
        self.focus()

    def _take_back(self) -> None:
        self._restore(self._undo_id)

    def _restore(self, plan_id: str) -> None:
        try:
            self.store.restore(plan_id)
        except UserError as error:
            self.notice.emit(str(error), "error")
            return
        self._line.hide()
        self.reload()
        self.focus()

    def _close_line(self) -> None:
        self._line.hide()
        self.focus()

    def _show_bin(self, is_bin: bool) -> None:
        self._is_bin = is_bin
        self._line.hide()
        self.reload()
        self.focus()

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        if self.list.current() is not None:
            first = QAction(_("Khôi phục") if self._is_bin else _("Mở"), menu)
            first.setShortcut("Return")
            first.setEnabled(not self._is_bin or not self.store.is_reading)
            first.triggered.connect(self.list.open_current)
            menu.addAction(first)
            if not self._is_bin:
                following = QAction(_("Lập kế hoạch năm sau…"), menu)
                following.setEnabled(not self.store.is_reading)
                following.triggered.connect(self._make_next)
                menu.addAction(following)
                away = QAction(_("Chuyển vào thùng rác"), menu)
                away.setShortcut("Del")
                away.setEnabled(not self.store.is_reading)
                away.triggered.connect(self.list.remove_current)
                menu.addAction(away)
            menu.addSeparator()
        order = menu.addMenu(_("Sắp xếp theo"))
        for column in range(self.list.plans.columnCount()):
            head = self.list.plans.headerData(column, Qt.Orientation.Horizontal)
            order.addAction(str(head)).triggered.connect(lambda _on=False, column=column: self.list.sort_by(column))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(where))
