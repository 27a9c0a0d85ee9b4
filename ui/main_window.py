"""The main window: the list of plans, or one open plan; menus, tool bar and status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models import i18n
from models.errors import UserError
from models.i18n import _
from models.settings import Settings
from models.store import Store
from ui import composing, icons, menus, theme
from ui.document import Document, recall
from ui.dropping import Dropping
from ui.messages import MessageLine
from ui.status import StatusLine
from ui.tidying import Tidying
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.widgets.reading_banner import ReadingBanner


class MainWindow(QMainWindow):
    """One window for one store. ``rebuild_requested`` asks for a new window, in another language.

    ``recover_requested`` asks for the damaged store to be recovered; it says why it is damaged.
    """

    rebuild_requested = Signal()
    recover_requested = Signal(str)

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__()
        self.store = store
        self.settings = settings
        self.workspace: Workspace | None = None
        self.tidying = Tidying(self)
        self._plans: QWidget | None = None
        self.setWindowTitle(_("Kế Hoạch Số"))
        self.setMinimumSize(960, 600)
        self.resize(1366, 768)
        self._stack = QStackedWidget()
        self.messages = MessageLine()
        # Whatever else is told counts for more.
        settings.on_failure = lambda sentence: None if self.messages.text() else self.tell(sentence, "warning")
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.messages)
        self.setCentralWidget(centre)
        #: Over the page of a store that can only be read.
        self.banner: ReadingBanner | None = None
        self.actions_by_name = menus.make_actions(self)
        self.table_menu = menus.build_menu_bar(self)
        self.tools, self._export_button = menus.build_tool_bar(self)
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self._paint_icons()
        geometry = settings.get("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        else:
            screen = self.screen().availableGeometry()
            if screen.width() <= 1440 or screen.height() <= 800:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        composing.install(app)
        if store.is_reading:
            from ui import reading

            self.banner = reading.begin(self)
            layout.insertWidget(0, self.banner)
        self._update_actions()
        menus.name_places(self)
        Dropping(self)

    # ---- the list of plans, and one plan

    def show_list(self) -> None:
        """Leave the open plan and show the list."""
        self.leave_plan()
        if self._plans is None:
            from ui.pages.plans import PlansPage

            plans = PlansPage(self.store, self.settings)
            plans.open_requested.connect(self.open_plan)
            plans.new_requested.connect(self.new_plan)
            plans.next_requested.connect(self.make_next_year)
            plans.import_requested.connect(self.import_files)
            plans.file_import_requested.connect(self.actions_by_name["import_file"].trigger)
            plans.notice.connect(self.tell)
            self._plans = plans
            self._stack.addWidget(plans)
        else:
            self._plans.reload()  # type: ignore[attr-defined]
        self._stack.setCurrentWidget(self._plans)
        self.settings.set("last_plan", "")
        self._update_actions()
        menus.name_places(self)

    def open_plan(self, plan_id: str) -> bool:
        """Open a plan of the store; a failure is told in the window."""
        try:
            document = Document(self.store, plan_id, self)
        except UserError as error:
            self.tell(str(error), "error")
            return False
        self.leave_plan()
        workspace = Workspace(document, self.settings)
        workspace.notice.connect(self.tell)
        workspace.place_changed.connect(self._update_actions)
        workspace.place_changed.connect(lambda: self.status.show_selection(""))
        workspace.selection_told.connect(self.status.show_selection)
        workspace.print_asked.connect(self.print_plan)
        workspace.outline.loaded.connect(lambda: menus.name_places(self))
        document.failed.connect(lambda sentence: self.tell(sentence, "error"))
        document.saved.connect(self.status.show_saved)
        document.evaluated.connect(self._show_sums)
        document.changed.connect(lambda _change: self._update_actions())
        document.template_changed.connect(self._open_anew)
        self.tidying.follow(document)
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        self.status.forget()
        self.settings.set("last_plan", plan_id)
        self._show_sums()
        self._update_actions()
        menus.name_places(self)
        return True

    def _open_anew(self) -> None:
        """Build the pages of the open plan anew, in a moment: it is of another template now."""
        from ui import moving_plan

        moving_plan.open_anew(self)

    def leave_plan(self) -> None:
        """Take the open plan, if any, off the screen; what is typed but not yet written is written."""
        if self.workspace is not None:
            self.workspace.save()
            if self.workspace.is_exporting:
                self.tell(_("Rời kế hoạch nên việc kết xuất dừng lại, trừ khi các tệp đã ghi xong."), "warning")
            self.tidying.leave()
            self._stack.removeWidget(self.workspace)
            self.workspace.document.deleteLater()
            self.workspace.deleteLater()
            self.workspace = None

    def new_plan(self) -> None:
        from ui.dialogs.new_plan import ask_new_plan

        plan = ask_new_plan(self, self.settings, recall(self, self.store))
        if plan is not None:
            try:
                self.store.add(plan)
            except UserError as error:
                self.tell(str(error), "error")
                return
            self.open_plan(plan.id)

    def make_next_year(self, plan_id: str) -> None:
        from ui import next_year

        next_year.ask(self, plan_id)

    def import_files(self) -> None:
        from ui import opening

        opening.ask(self)

    def ask_particulars(self) -> None:
        from ui.dialogs.particulars import ask_particulars

        ask_particulars(self, self.settings, recall(self, self.store))

    # ---- actions

    def undo(self) -> None:
        if self.workspace is not None:
            self.workspace.page.save()
            self.workspace.document.undo()

    def redo(self) -> None:
        if self.workspace is not None:
            self.workspace.document.redo()

    def in_plan(self, work: Callable[[Workspace], object]) -> Callable[[], object]:
        """What does ``work`` with the plan that is open then, if one is."""
        return lambda: None if self.workspace is None else work(self.workspace)

    def go(self, place: str) -> None:
        if self.workspace is not None:
            self.workspace.enter_place(place)

    def show_history(self) -> None:
        if self.workspace is not None:
            from ui.dialogs.history import HistoryDialog

            self.workspace.page.save()
            HistoryDialog(self, self.workspace.document).open()

    def show_revisions(self) -> None:
        if self.workspace is not None:
            from ui.dialogs.revisions import RevisionsDialog

            self.workspace.page.save()
            dialog = RevisionsDialog(self, self.workspace.document, self.settings)
            dialog.export_requested.connect(lambda: self.go("export"))
            dialog.open()

    def show_keys(self) -> None:
        from ui.dialogs.keys import KeysDialog

        KeysDialog(self).open()

    def show_preview(self) -> None:
        if self.workspace is not None:
            self.workspace.page.save()
            self.workspace.show_preview()
            self._update_actions()

    def print_plan(self) -> None:
        from ui.printing import print_plan

        print_plan(self)

    def about(self) -> None:
        text = _("Kế Hoạch Số: lập, kiểm tra và kết xuất kế hoạch của đơn vị, không cần mạng.")
        place = _("Kho dữ liệu: {path}").format(path=self.store.path)
        self.tell(f"{text} {place}", "info")

    def tell(self, text: str, kind: str = "info") -> None:
        """Show one sentence in the line at the foot."""
        if kind == "error" and self.store.is_damaged:
            self.messages.tell(text, kind, _("Khôi phục kho dữ liệu…"), lambda: self.recover_requested.emit(""))
        else:
            self.messages.tell(text, kind)

    def tell_damage(self, why: str) -> None:
        """Say that the store is damaged, and offer to recover it."""
        sentence = _("Kho dữ liệu có chỗ bị hỏng; hãy khôi phục trước khi làm tiếp.")
        self.messages.tell(sentence, "error", _("Khôi phục kho dữ liệu…"), lambda: self.recover_requested.emit(why))

    # ---- look

    def set_theme(self, name: str) -> None:
        self.settings.set("theme", name)
        self.dress()

    def scale(self, by: float) -> None:
        self.settings.set("scale", round(min(1.5, max(0.9, self.settings.number("scale", 1.0) + by)), 1))
        self.dress()

    def dress(self) -> None:
        """Put on the colours and text size of the settings."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.settings.get("theme", "system"), self.settings.number("scale", 1.0))
        self._paint_icons()
        if self.workspace is not None:
            self.workspace.document.check_again()

    def set_language(self, language: str) -> None:
        if language != i18n.language():
            self.settings.set("language", language)
            i18n.set_language(language)
            self.rebuild_requested.emit()

    # ---- state

    def _update_actions(self) -> None:
        is_open = self.workspace is not None
        self.tools.setVisible(is_open)
        self.status.setVisible(is_open)
        menus.update(self, self.table_menu)
        title = self.workspace.document.plan.subject if self.workspace else ""
        program = _("Kế Hoạch Số")
        if self.store.is_reading:
            program += " " + _("(chỉ đọc)")
        self.setWindowTitle(f"{title} – {program}" if title else program)

    def _show_sums(self) -> None:
        if self.workspace is not None:
            self.status.show_sums(self.workspace.document)

    def _paint_icons(self) -> None:
        c = theme.colours()
        for action in self.actions_by_name.values():
            if glyph := action.property("glyph"):
                action.setIcon(icons.icon(str(glyph), c.text))
        size = max(20, self.fontMetrics().height())
        self.tools.setIconSize(QSize(size, size))
        self._export_button.setIcon(icons.icon("export", c.on_accent))
        self._export_button.setIconSize(QSize(size - 4, size - 4))

    # ---- the window

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (handle := self.windowHandle()) is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The buttons at the side of a mouse go back and forward, over whatever it stands."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            by = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}.get(event.button())
            if by is not None and self.workspace is not None:
                self.workspace.go_back(by)
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.workspace is not None:
            self.workspace.save()
        self.settings.set("geometry", self.saveGeometry().toBase64().toStdString())
        super().closeEvent(event)
