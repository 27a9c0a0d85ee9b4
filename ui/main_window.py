"""The main window: the list of plans, or one open plan; menus, tool bar and status line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models import i18n
from models.errors import UserError
from models.i18n import N_, _
from models.money import format_amount, format_percent, unit_name
from models.settings import Settings
from models.store import Store
from ui import icons, theme
from ui.document import Document
from ui.messages import MessageLine
from ui.workspace import Workspace


class MainWindow(QMainWindow):
    """One window for one store. ``rebuild_requested`` asks for a new window, in another language."""

    rebuild_requested = Signal()

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__()
        self.store = store
        self.settings = settings
        self.workspace: Workspace | None = None
        self._plans: QWidget | None = None
        self.setWindowTitle(_("Kế Hoạch Số"))
        self.setMinimumSize(960, 600)
        self.resize(1366, 768)
        self._stack = QStackedWidget()
        self.messages = MessageLine()
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.messages)
        self.setCentralWidget(centre)
        self._build_actions()
        self._build_menus()
        self._build_tool_bar()
        self._build_status()
        geometry = settings.get("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii")))
        else:
            screen = self.screen().availableGeometry()
            if screen.width() <= 1440 or screen.height() <= 800:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        self._update_actions()

    # ---- build

    def _build_actions(self) -> None:
        def action(text: str, keys: str, work: Callable[[], object], glyph: str = "") -> QAction:
            made = QAction(text, self)
            if keys:
                made.setShortcuts([QKeySequence(key) for key in keys.split("|")])
            made.triggered.connect(lambda _checked=False: work())
            made.setProperty("glyph", glyph)
            return made

        self.act_list = action(_("Danh sách kế hoạch"), "Ctrl+L", self.show_list, "arrow-left")
        self.act_new = action(_("Kế hoạch mới…"), "Ctrl+N", self.new_plan, "plus")
        self.act_import = action(_("Mở tệp hoặc gói nộp…"), "Ctrl+O", self.import_files, "folder-open")
        self.act_export = action(_("Kết xuất gói nộp…"), "Ctrl+E", lambda: self._go("export"), "export")
        self.act_particulars = action(_("Thông tin đơn vị…"), "", self.ask_particulars)
        self.act_quit = action(_("Thoát"), "Ctrl+Q", self.close)
        self.act_undo = action(_("Hoàn tác"), "Ctrl+Z", self.undo, "arrow-u-up-left")
        self.act_redo = action(_("Làm lại"), "Ctrl+Y|Ctrl+Shift+Z", self.redo, "arrow-u-up-right")
        self.act_preview = action(_("Xem trước"), "Ctrl+P", self.show_preview, "eye")
        self.act_findings = action(_("Kiểm tra"), "Ctrl+K", lambda: self._go("findings"), "checks")
        self.act_next = action(_("Lỗi tiếp theo"), "F8", lambda: self._next_finding(1))
        self.act_previous = action(_("Lỗi trước đó"), "Shift+F8", lambda: self._next_finding(-1))
        self.act_next_page = action(_("Trang sau"), "Ctrl+PgDown", lambda: self._step(1))
        self.act_previous_page = action(_("Trang trước"), "Ctrl+PgUp", lambda: self._step(-1))
        self.act_larger = action(_("Chữ to hơn"), "Ctrl+=|Ctrl++", lambda: self._scale(0.1))
        self.act_smaller = action(_("Chữ nhỏ hơn"), "Ctrl+-", lambda: self._scale(-0.1))
        self.act_about = action(_("Giới thiệu"), "", self.about)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        plan = bar.addMenu(_("&Kế hoạch"))
        for group in (
            (self.act_list,),
            (self.act_new, self.act_import),
            (self.act_preview, self.act_export),
            (self.act_particulars, self.act_quit),
        ):
            plan.addActions(list(group))
            if group[-1] is not self.act_quit:
                plan.addSeparator()
        edit = bar.addMenu(_("&Sửa"))
        edit.addActions([self.act_undo, self.act_redo])
        self._table_menu = bar.addMenu(_("&Bảng"))
        self._table_menu.menuAction().setVisible(False)
        view = bar.addMenu(_("&Xem"))
        view.addActions([self.act_findings, self.act_next, self.act_previous])
        view.addSeparator()
        view.addActions([self.act_next_page, self.act_previous_page])
        view.addSeparator()
        view.addActions([self.act_larger, self.act_smaller])
        themes = ((_("Theo hệ thống"), "system"), (_("Sáng"), "light"), (_("Tối"), "dark"))
        self._choices(view.addMenu(_("Màu sắc")), themes, self.settings.get("theme", "system"), self._set_theme)
        languages = (("Tiếng Việt", "vi"), ("English", "en"))
        self._choices(view.addMenu(_("Ngôn ngữ")), languages, i18n.language(), self._set_language)
        bar.addMenu(_("&Trợ giúp")).addAction(self.act_about)

    def _choices(
        self, menu: QMenu, choices: tuple[tuple[str, str], ...], current: str, chosen: Callable[[str], None]
    ) -> None:
        group = QActionGroup(menu)
        for text, value in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(lambda _checked=False, value=value: chosen(value))
            group.addAction(action)

    def _build_tool_bar(self) -> None:
        bar = self.addToolBar(_("Thanh công cụ"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._tools = bar
        for action in (self.act_list, None, self.act_undo, self.act_redo, None, self.act_findings, self.act_preview):
            if action is None:
                bar.addSeparator()
                continue
            bar.addAction(action)
            button = bar.widgetForAction(action)
            if button is not None and action not in (self.act_undo, self.act_redo):
                button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonTextBesideIcon.value)
        gap = QWidget()
        gap.setObjectName("plain")
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        from PySide6.QtWidgets import QPushButton

        self._export_button = QPushButton(_("Kết xuất gói nộp"))
        self._export_button.setObjectName("main")
        self._export_button.setToolTip(f"{_('Kết xuất gói nộp')} (Ctrl+E)")
        self._export_button.clicked.connect(lambda: self._go("export"))
        bar.addWidget(self._export_button)
        self._paint_icons()

    def _build_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._saved, self._sums, self._counts = QLabel(), QLabel(), QLabel()
        self._saved.setObjectName("done")
        for label in (self._saved, self._sums, self._counts):
            label.setContentsMargins(8, 2, 8, 2)
        bar.addWidget(self._saved)
        bar.addWidget(self._sums, 1)
        bar.addPermanentWidget(self._counts)

    def _paint_icons(self) -> None:
        c = theme.colours()
        for action in self.findChildren(QAction):
            if glyph := action.property("glyph"):
                action.setIcon(icons.icon(str(glyph), c.text))
        self._export_button.setIcon(icons.icon("export", c.on_accent))

    # ---- the list of plans, and one plan

    def show_list(self) -> None:
        """Leave the open plan and show the list."""
        self._leave_plan()
        if self._plans is None:
            from ui.pages.plans import PlansPage

            plans = PlansPage(self.store, self.settings)
            plans.open_requested.connect(self.open_plan)
            plans.new_requested.connect(self.new_plan)
            plans.import_requested.connect(self.import_files)
            plans.notice.connect(self.tell)
            self._plans = plans
            self._stack.addWidget(plans)
        else:
            self._plans.reload()  # type: ignore[attr-defined]
        self._stack.setCurrentWidget(self._plans)
        self.settings.set("last_plan", "")
        self._update_actions()

    def open_plan(self, plan_id: str) -> bool:
        """Open a plan of the store; a failure is told in the window."""
        try:
            document = Document(self.store, plan_id, self)
        except UserError as error:
            self.tell(str(error), "error")
            return False
        self._leave_plan()
        workspace = Workspace(document, self.settings)
        workspace.notice.connect(self.tell)
        workspace.place_changed.connect(self._update_actions)
        document.failed.connect(lambda sentence: self.tell(sentence, "error"))
        document.saved.connect(self._show_saved)
        document.evaluated.connect(self._show_sums)
        document.changed.connect(lambda _change: self._update_actions())
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        self._saved.setText("")
        self.settings.set("last_plan", plan_id)
        self._show_sums()
        self._update_actions()
        return True

    def _leave_plan(self) -> None:
        if self.workspace is not None:
            self.workspace.save()
            self._stack.removeWidget(self.workspace)
            self.workspace.document.deleteLater()
            self.workspace.deleteLater()
            self.workspace = None

    def new_plan(self) -> None:
        from ui.dialogs.new_plan import ask_new_plan

        plan = ask_new_plan(self, self.settings)
        if plan is not None:
            try:
                self.store.add(plan)
            except UserError as error:
                self.tell(str(error), "error")
                return
            self.open_plan(plan.id)

    def import_files(self) -> None:
        """Take plan documents and packages into the store; the first one is opened."""
        from PySide6.QtWidgets import QFileDialog

        pattern = _("Kế hoạch và gói nộp (*.json *.zip);;Mọi tệp (*)")
        names, _filter = QFileDialog.getOpenFileNames(self, _("Mở tệp hoặc gói nộp"), "", pattern)
        if names:
            self.take_in(names)

    def take_in(self, names: list[str]) -> None:
        """Store the plans in these files: all of them, or none where one cannot be read."""
        from pathlib import Path

        from models.evaluate import evaluate
        from models.imports.package import open_any

        try:
            plans = [open_any(Path(name)) for name in names]
            for plan in plans:
                evaluate(plan)
            self._leave_plan()
            for plan in plans:
                self.store.put(plan, N_("Nhập từ tệp"))
        except UserError as error:
            self.tell(str(error), "error")
            return
        self.open_plan(plans[0].id)
        self.tell(_("Đã nhập {count} kế hoạch.").format(count=len(plans)), "info")

    def ask_particulars(self) -> None:
        from ui.dialogs.particulars import ask_particulars

        ask_particulars(self, self.settings)

    # ---- actions

    def undo(self) -> None:
        if self.workspace is not None:
            self.workspace.page.save()
            self.workspace.document.undo()

    def redo(self) -> None:
        if self.workspace is not None:
            self.workspace.document.redo()

    def _go(self, place: str) -> None:
        if self.workspace is not None:
            self.workspace.show_place(place)
            self.workspace.page.enter()

    def _step(self, by: int) -> None:
        if self.workspace is not None:
            self.workspace.step(by)

    def _next_finding(self, step: int) -> None:
        if self.workspace is not None:
            self.workspace.next_finding(step)

    def show_preview(self) -> None:
        if self.workspace is not None:
            self.workspace.page.save()
            self.workspace.show_preview()
            self._update_actions()

    def about(self) -> None:
        text = _("Kế Hoạch Số: lập, kiểm tra và kết xuất kế hoạch của đơn vị, không cần mạng.")
        self.tell(f"{text} {_('Kho dữ liệu: {path}').format(path=self.store.path)}", "info")

    def tell(self, text: str, kind: str = "info") -> None:
        """Show one sentence in the line at the foot."""
        self.messages.tell(text, kind)

    # ---- look

    def _set_theme(self, name: str) -> None:
        self.settings.set("theme", name)
        self.dress()

    def _scale(self, by: float) -> None:
        self.settings.set("scale", round(min(1.5, max(0.9, float(self.settings.get("scale", 1.0)) + by)), 1))
        self.dress()

    def dress(self) -> None:
        """Put on the colours and text size of the settings."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.settings.get("theme", "system"), float(self.settings.get("scale", 1.0)))
        self._paint_icons()
        if self.workspace is not None:
            self.workspace.document.check_again()

    def _set_language(self, language: str) -> None:
        if language != i18n.language():
            self.settings.set("language", language)
            i18n.set_language(language)
            self.rebuild_requested.emit()

    # ---- state

    def _update_actions(self) -> None:
        is_open = self.workspace is not None
        for action in (
            self.act_list, self.act_export, self.act_preview, self.act_findings, self.act_next, self.act_previous,
            self.act_next_page, self.act_previous_page,
        ):  # fmt: skip
            action.setEnabled(is_open)
        self._tools.setVisible(is_open)
        self.statusBar().setVisible(is_open)
        back = self.workspace.document.undo_label() if self.workspace else None
        forth = self.workspace.document.redo_label() if self.workspace else None
        self.act_undo.setEnabled(back is not None)
        self.act_redo.setEnabled(forth is not None)
        self.act_undo.setText(_("Hoàn tác") + (f": {_(back)}" if back else ""))
        self.act_redo.setText(_("Làm lại") + (f": {_(forth)}" if forth else ""))
        rows = getattr(self.workspace.page, "actions_of_rows", []) if self.workspace else []
        self._table_menu.clear()
        for action in rows:
            if action is None:
                self._table_menu.addSeparator()
            else:
                self._table_menu.addAction(action)
        self._table_menu.menuAction().setVisible(bool(rows))
        title = self.workspace.document.plan.subject if self.workspace else ""
        self.setWindowTitle(f"{title} – {_('Kế Hoạch Số')}" if title else _("Kế Hoạch Số"))

    def _show_saved(self, when: datetime) -> None:
        self._saved.setText("✓ " + _("Đã lưu {time}").format(time=when.strftime("%H:%M:%S")))

    def _show_sums(self) -> None:
        if self.workspace is None:
            return
        document = self.workspace.document
        found = document.main_table()
        if found is not None:
            table, sums = found
            parts = [
                _("Tổng: {total} {unit}").format(
                    total=format_amount(sums.total, table.unit), unit=unit_name(table.unit)
                )
            ]
            for key, amount in sums.by_source.items():
                parts.append(f"{document.template.source(key).short} {format_amount(amount, table.unit)}")
            if sums.total:
                parts.append(_("ATTT {share}").format(share=format_percent(sums.security, sums.total, 1)))
            self._sums.setText(" · ".join(parts))
        errors, warnings = document.count("error"), document.count("warning")
        self._counts.setText(_("{errors} lỗi · {warnings} cảnh báo").format(errors=errors, warnings=warnings))
        self._counts.setObjectName("error" if errors else "warning" if warnings else "done")
        self._counts.style().unpolish(self._counts)
        self._counts.style().polish(self._counts)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.workspace is not None:
            self.workspace.save()
        self.settings.set("geometry", self.saveGeometry().toBase64().toStdString())
        super().closeEvent(event)
