"""What can be done in the main window: actions with their keys, menus and tool bar, as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolBar, QWidget

from models import i18n
from models.i18n import N_, _

if TYPE_CHECKING:
    from ui.main_window import MainWindow

#: Name, text, keys, and the glyph of the Phosphor font.
_ACTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("list", N_("Danh sách kế hoạch"), "Ctrl+L", "arrow-left"),
    ("new", N_("Kế hoạch mới…"), "Ctrl+N", "plus"),
    ("import", N_("Mở tệp hoặc gói nộp…"), "Ctrl+O", "folder-open"),
    ("preview", N_("Xem trước"), "Ctrl+P", "eye"),
    ("export", N_("Kết xuất gói nộp…"), "Ctrl+E", "export"),
    ("particulars", N_("Thông tin đơn vị…"), "", ""),
    ("quit", N_("Thoát"), "Ctrl+Q", ""),
    ("undo", N_("Hoàn tác"), "Ctrl+Z", "arrow-u-up-left"),
    ("redo", N_("Làm lại"), "Ctrl+Y|Ctrl+Shift+Z", "arrow-u-up-right"),
    ("findings", N_("Kiểm tra"), "Ctrl+K", "checks"),
    ("next", N_("Lỗi tiếp theo"), "F8", ""),
    ("previous", N_("Lỗi trước đó"), "Shift+F8", ""),
    ("next_page", N_("Trang sau"), "Ctrl+PgDown", ""),
    ("previous_page", N_("Trang trước"), "Ctrl+PgUp", ""),
    ("larger", N_("Chữ to hơn"), "Ctrl+=|Ctrl++", ""),
    ("smaller", N_("Chữ nhỏ hơn"), "Ctrl+-", ""),
    ("about", N_("Giới thiệu"), "", ""),
)
#: Actions that need an open plan; undo and redo are asked for besides.
OF_A_PLAN = ("list", "preview", "export", "findings", "next", "previous", "next_page", "previous_page")

#: The menus; ``None`` draws a line.
_MENUS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    (N_("&Kế hoạch"), ("list", None, "new", "import", None, "preview", "export", None, "particulars", "quit")),
    (N_("&Sửa"), ("undo", "redo")),
    (N_("&Bảng"), ()),
    (N_("&Xem"), ("findings", "next", "previous", None, "next_page", "previous_page", None, "larger", "smaller")),
    (N_("&Trợ giúp"), ("about",)),
)
_TOOLS = ("list", None, "undo", "redo", None, "findings", "preview")


def make_actions(window: MainWindow) -> dict[str, QAction]:
    """Every action of the window, by name."""
    work: dict[str, Callable[[], object]] = {
        "list": window.show_list,
        "new": window.new_plan,
        "import": window.import_files,
        "preview": window.show_preview,
        "export": lambda: window.go("export"),
        "particulars": window.ask_particulars,
        "quit": window.close,
        "undo": window.undo,
        "redo": window.redo,
        "findings": lambda: window.go("findings"),
        "next": lambda: window.next_finding(1),
        "previous": lambda: window.next_finding(-1),
        "next_page": lambda: window.step(1),
        "previous_page": lambda: window.step(-1),
        "larger": lambda: window.scale(0.1),
        "smaller": lambda: window.scale(-0.1),
        "about": window.about,
    }
    made: dict[str, QAction] = {}
    for name, text, keys, glyph in _ACTIONS:
        action = QAction(_(text), window)
        if keys:
            action.setShortcuts([QKeySequence(key) for key in keys.split("|")])
        action.triggered.connect(lambda _checked=False, do=work[name]: do())
        action.setProperty("glyph", glyph)
        made[name] = action
    return made


def build_menu_bar(window: MainWindow) -> QMenu:
    """The menus of the window; gives the one of the current table, which is filled by its page."""
    table_menu = QMenu()
    for title, names in _MENUS:
        menu = window.menuBar().addMenu(_(title))
        for name in names:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(window.actions_by_name[name])
        if not names:
            table_menu = menu
            menu.menuAction().setVisible(False)
        if "larger" in names:
            themes = ((_("Theo hệ thống"), "system"), (_("Sáng"), "light"), (_("Tối"), "dark"))
            _add_choices(menu.addMenu(_("Màu sắc")), themes, window.settings.get("theme", "system"), window.set_theme)
            languages = (("Tiếng Việt", "vi"), ("English", "en"))
            _add_choices(menu.addMenu(_("Ngôn ngữ")), languages, i18n.language(), window.set_language)
    return table_menu


def _add_choices(
    menu: QMenu, choices: tuple[tuple[str, str], ...], current: str, chosen: Callable[[str], None]
) -> None:
    group = QActionGroup(menu)
    for text, value in choices:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.triggered.connect(lambda _checked=False, value=value: chosen(value))
        group.addAction(action)


def build_tool_bar(window: MainWindow) -> tuple[QToolBar, QPushButton]:
    """The tool bar, and the main button at its right end."""
    bar = window.addToolBar(_("Thanh công cụ"))
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in _TOOLS:
        if name is None:
            bar.addSeparator()
            continue
        action = window.actions_by_name[name]
        bar.addAction(action)
        button = bar.widgetForAction(action)
        if button is not None and name not in ("undo", "redo"):
            button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonTextBesideIcon.value)
    gap = QWidget()
    gap.setObjectName("plain")
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(gap)
    export = QPushButton(_("Kết xuất gói nộp"))
    export.setObjectName("main")
    export.setToolTip(_("Kết xuất gói nộp") + " (Ctrl+E)")
    export.clicked.connect(lambda: window.go("export"))
    bar.addWidget(export)
    return bar, export
