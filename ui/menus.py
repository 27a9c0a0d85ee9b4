"""What can be done in the main window: actions with their keys, menus and tool bar, as data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolBar, QWidget

from models import i18n
from models.i18n import N_, _
from ui import crash, finding_work, on_focus
from ui.reading_only import hold_action

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

#: Name, text, keys, and the glyph of the Phosphor font. A key that the page itself uses is the page's there.
ACTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("list", N_("Danh sách kế hoạch"), "Ctrl+L", "arrow-left"),
    ("new", N_("Kế hoạch mới…"), "Ctrl+N", "plus"),
    ("next_year", N_("Lập từ kế hoạch năm trước…"), "Ctrl+Shift+N", ""),
    ("import", N_("Mở tệp hoặc gói nộp…"), "Ctrl+O", "folder-open"),
    ("import_file", N_("Nhập từ Excel, Word…"), "Ctrl+Shift+O", "file-arrow-down"),
    ("import_doubts", N_("Điều chưa chắc khi nhập…"), "", ""),
    ("preview", N_("Xem trước"), "Ctrl+P", "eye"),
    ("preview_beside", N_("Xem trước bên cạnh"), "F9", ""),
    ("print", N_("In…"), "Ctrl+Shift+P", ""),
    ("export", N_("Kết xuất gói nộp…"), "Ctrl+E", "export"),
    ("revisions", N_("Các lần kết xuất…"), "Ctrl+Shift+E", ""),
    ("fill_in", N_("Xuất biểu Excel để điền…"), "", ""),
    ("signing_guide", N_("Hướng dẫn ký…"), "", ""),
    ("signed", N_("Nhận bản PDF đã ký…"), "Ctrl+Shift+S", ""),
    ("backups", N_("Sao lưu và khôi phục…"), "", ""),
    ("particulars", N_("Thông tin đơn vị…"), "", ""),
    ("quit", N_("Thoát"), "Ctrl+Q", ""),
    ("undo", N_("Hoàn tác"), "Ctrl+Z", "arrow-u-up-left"),
    ("redo", N_("Làm lại"), "Ctrl+Y|Ctrl+Shift+Z", "arrow-u-up-right"),
    ("history", N_("Lịch sử…"), "Ctrl+Shift+H", ""),
    ("find", N_("Tìm"), "Ctrl+F", "magnifying-glass"),
    ("replace", N_("Thay thế"), "Ctrl+H", ""),
    ("find_next", N_("Kết quả sau"), "F3", ""),
    ("find_previous", N_("Kết quả trước"), "Shift+F3", ""),
    ("back", N_("Quay lại chỗ trước"), "Ctrl+[|Alt+Left", ""),
    ("forward", N_("Tới chỗ sau"), "Ctrl+]|Alt+Right", ""),
    ("next_page", N_("Trang sau"), "Ctrl+PgDown", ""),
    ("previous_page", N_("Trang trước"), "Ctrl+PgUp", ""),
    ("next_pane", N_("Sang khung kế tiếp"), "F6", ""),
    ("previous_pane", N_("Về khung trước"), "Shift+F6", ""),
    ("larger", N_("Chữ to hơn"), "Ctrl+=|Ctrl++", ""),
    ("smaller", N_("Chữ nhỏ hơn"), "Ctrl+-", ""),
    ("summary", N_("Tổng hợp"), "Ctrl+T", "chart-bar"),
    ("verify", N_("Kiểm tra gói nộp…"), "Ctrl+Shift+K", ""),
    ("findings", N_("Kiểm tra"), "Ctrl+K", "checks"),
    ("next", N_("Lỗi tiếp theo"), "F8", ""),
    ("previous", N_("Lỗi trước đó"), "Shift+F8", ""),
    ("fix", N_("Sửa theo gợi ý"), "Ctrl+.", ""),
    ("why", N_("Vì sao có lỗi này?"), "Shift+F1", ""),
    ("aside", N_("Bỏ qua phát hiện này…"), "Ctrl+Shift+.", ""),
    ("next_unread", N_("Mục chưa đọc lại kế tiếp"), "Ctrl+F8", ""),
    ("mark_read", N_("Đánh dấu đã đọc lại"), "Ctrl+Shift+R", ""),
    ("catalogue", N_("Danh mục căn cứ…"), "Ctrl+Shift+D", ""),
    ("templates", N_("Mẫu kế hoạch…"), "", ""),
    ("move_template", N_("Chuyển kế hoạch sang mẫu khác…"), "", ""),
    ("keys", N_("Phím tắt"), "F1", ""),
    ("reports", N_("Báo cáo lỗi…"), "", ""),
    ("about", N_("Giới thiệu"), "", ""),
)
#: Actions on whatever has the focus, which knows their keys itself: shown in the menu, registered nowhere.
ON_FOCUS: tuple[tuple[str, str, str], ...] = (
    ("cut", N_("Cắt"), "Ctrl+X"),
    ("copy", N_("Sao chép"), "Ctrl+C"),
    ("paste", N_("Dán"), "Ctrl+V"),
    ("selectAll", N_("Chọn tất cả"), "Ctrl+A"),
)
#: Actions that need an open plan; undo, redo, back and forward are asked for besides.
_OF_A_PLAN = (
    "list", "preview", "preview_beside", "print", "export", "revisions", "fill_in", "signed", "history", "find",
    "replace", "find_next", "find_previous", "next_page", "previous_page", "next_pane", "previous_pane", "summary",
    "findings", "next", "previous", "fix", "why", "aside", "next_unread", "mark_read",
    "import_doubts", "move_template",
)  # fmt: skip

#: Actions that change plans or settings, greyed where the store can only be read.
_CHANGING = (
    "new", "next_year", "import", "import_file", "undo", "redo", "replace", "fix", "aside", "mark_read", "signed",
    "particulars", "move_template",
)  # fmt: skip

#: The menus; ``None`` draws a line, "" stands for the actions on the focus, ">" for the places to go to.
MENUS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    (N_("&Kế hoạch"), (
        "list", None, "new", "next_year", "import", "import_file", None, "preview", "preview_beside", "print", "export",
        "revisions", "fill_in", None, "signing_guide", "signed", None, "backups", "particulars", None, "quit",
    )),
    (N_("&Sửa"), (
        "undo", "redo", "history", None, "", None, "find", "replace", "find_next", "find_previous",
    )),
    (N_("&Bảng"), ()),
    (N_("&Xem"), (
        ">", "back", "forward", None, "next_page", "previous_page", "next_pane", "previous_pane", None,
        "larger", "smaller",
    )),
    (N_("Côn&g cụ"), (
        "summary", "findings", "next", "previous", None, "fix", "why", "aside", None, "next_unread", "mark_read",
        "import_doubts", None, "catalogue", "templates", "move_template", None, "verify",
    )),
    (N_("&Trợ giúp"), ("keys", None, "reports", "about")),
)  # fmt: skip
_TOOLS = ("list", None, "undo", "redo", None, "find", "findings", "preview")
_ICON_ONLY = ("undo", "redo")
#: So many places of the outline have a key of their own: Ctrl+1 to Ctrl+9.
PLACES = 9
_LONGEST_NAME = 60


def make_actions(window: MainWindow) -> dict[str, QAction]:
    """Every action of the window, by name."""
    in_plan = window.in_plan
    work: dict[str, Callable[[], object]] = {
        "list": window.show_list,
        "new": window.new_plan,
        "next_year": lambda: _later("next_year").ask(window),
        "import": window.import_files,
        "import_file": lambda: _later("importing").ask(window),
        "import_doubts": lambda: _later("importing").show_doubts(window),
        "preview": window.show_preview,
        "preview_beside": in_plan(lambda plan: plan.toggle_preview()),
        "print": window.print_plan,
        "export": lambda: window.go("export"),
        "revisions": window.show_revisions,
        "fill_in": lambda: _later("fill_in").export(window),
        "signing_guide": lambda: _later("signing").show_guide(window),
        "signed": lambda: _later("signing").receive(window),
        "verify": lambda: _later("signing").verify(window),
        "backups": lambda: _later("backing_up").show(window),
        "particulars": window.ask_particulars,
        "quit": window.close,
        "undo": window.undo,
        "redo": window.redo,
        "history": window.show_history,
        "find": in_plan(lambda plan: plan.find(False)),
        "replace": in_plan(lambda plan: plan.find(True)),
        "find_next": in_plan(lambda plan: plan.find_step(1)),
        "find_previous": in_plan(lambda plan: plan.find_step(-1)),
        "back": in_plan(lambda plan: plan.go_back(-1)),
        "forward": in_plan(lambda plan: plan.go_back(1)),
        "next_page": in_plan(lambda plan: plan.step(1)),
        "previous_page": in_plan(lambda plan: plan.step(-1)),
        "next_pane": in_plan(lambda plan: plan.next_pane(1, window.messages, *_over(window))),
        "previous_pane": in_plan(lambda plan: plan.next_pane(-1, window.messages, *_over(window))),
        "larger": lambda: window.scale(0.1),
        "smaller": lambda: window.scale(-0.1),
        "summary": lambda: window.go("summary"),
        "findings": lambda: window.go("findings"),
        "next": in_plan(lambda plan: finding_work.next_finding(plan, 1)),
        "previous": in_plan(lambda plan: finding_work.next_finding(plan, -1)),
        "fix": in_plan(finding_work.fix_here),
        "why": in_plan(finding_work.why_here),
        "aside": in_plan(finding_work.set_aside_here),
        "next_unread": in_plan(lambda plan: plan.next_unread()),
        "mark_read": in_plan(lambda plan: _later("unread").mark_here(plan)),
        "catalogue": lambda: _later("catalogue").show(window),
        "templates": lambda: _later("dialogs.templates").show(window),
        "move_template": lambda: _later("moving_plan").ask(window),
        "keys": window.show_keys,
        "reports": lambda: _later("dialogs.reports").show(window),
        "about": window.about,
    }
    made: dict[str, QAction] = {}

    def make(name: str, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = made[name] = QAction(text, window)
        action.setShortcuts([QKeySequence.fromString(key) for key in keys.split("|") if key])
        action.triggered.connect(lambda _checked=False: crash.did(name))
        action.triggered.connect(lambda _checked=False: do())
        return action

    for name, text, keys, glyph in ACTIONS:
        make(name, _(text), keys, work[name]).setProperty("glyph", glyph)
    for name, text, keys in ON_FOCUS:
        # What stands behind the tab is shown as a key, but it is none.
        make(name, f"{_(text)}\t{shown_key(keys)}", "", partial(on_focus.do, name, keys))
    for number in range(PLACES):
        keys = f"Ctrl+{number + 1}"
        # Also where the menu has not been opened yet.
        window.addAction(make(f"place{number + 1}", "", keys, in_plan(partial(_go, number))))
    return made


def _later(name: str) -> Any:
    """A module of the window that is loaded when it is first asked for, which keeps the start short."""
    return import_module(f"ui.{name}")


def _over(window: MainWindow) -> list[QWidget]:
    return [] if window.banner is None else [window.banner]


def _go(number: int, workspace: Workspace) -> None:
    workspace.enter_place(workspace.outline.top_places()[number][0])


def shown_key(keys: str) -> str:
    """Keys as people read them."""
    return QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.NativeText)


def build_menu_bar(window: MainWindow) -> QMenu:
    """The menus of the window; gives the one of the current table, which is filled by its page."""
    actions = window.actions_by_name
    table_menu = QMenu()
    for title, names in MENUS:
        menu = window.menuBar().addMenu(_(title))
        for name in names:
            if name is None:
                menu.addSeparator()
            elif name == ">":
                places = menu.addMenu(_("Đi đến"))
                places.addActions([actions[f"place{number + 1}"] for number in range(PLACES)])
                actions["places"] = places.menuAction()
            elif name == "":
                menu.addActions([actions[one] for one, _text, _keys in ON_FOCUS])
                menu.aboutToShow.connect(lambda: offer_on_focus(window))
            else:
                menu.addAction(actions[name])
        if not names:
            table_menu = menu
            menu.menuAction().setVisible(False)
        if "larger" in names:
            themes = ((_("Theo hệ thống"), "system"), (_("Sáng"), "light"), (_("Tối"), "dark"))
            _add_choices(menu.addMenu(_("Màu sắc")), themes, window.settings.get("theme", "system"), window.set_theme)
            languages = (("Tiếng Việt", "vi"), ("English", "en"))
            _add_choices(menu.addMenu(_("Ngôn ngữ")), languages, i18n.language(), window.set_language)
    return table_menu


def offer_on_focus(window: MainWindow) -> None:
    """Offer what the focused widget can do."""
    for name, _text, keys in ON_FOCUS:
        window.actions_by_name[name].setEnabled(on_focus.can_do(name, keys))


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
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in _TOOLS:
        if name is None:
            bar.addSeparator()
            continue
        action = window.actions_by_name[name]
        bar.addAction(action)
        button = bar.widgetForAction(action)
        if button is not None and name not in _ICON_ONLY:
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


# ---- following the plan


def update(window: MainWindow, table_menu: QMenu) -> None:
    """Offer what can be done now."""
    actions, workspace = window.actions_by_name, window.workspace
    for name in _OF_A_PLAN:
        actions[name].setEnabled(workspace is not None)
    for name, text in (("undo", N_("Hoàn tác")), ("redo", N_("Làm lại"))):
        label = None
        if workspace is not None:
            document = workspace.document
            label = document.undo_label() if name == "undo" else document.redo_label()
        actions[name].setEnabled(label is not None)
        actions[name].setText(_(text) + (f": {_(label)}" if label else ""))
    actions["back"].setEnabled(workspace is not None and workspace.can_go_back(-1))
    actions["forward"].setEnabled(workspace is not None and workspace.can_go_back(1))
    rows = getattr(workspace.page, "actions_of_rows", []) if workspace else []
    if [action for action in table_menu.actions() if not action.isSeparator()] != [row for row in rows if row]:
        table_menu.clear()
        for action in rows:
            if action is None:
                table_menu.addSeparator()
            else:
                table_menu.addAction(action)
        table_menu.menuAction().setVisible(bool(rows))
    _give_way(actions, [key for action in rows if action is not None for key in action.shortcuts()])
    for tool in filter(None, _TOOLS):
        keys = actions[tool].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        actions[tool].setToolTip(f"{actions[tool].text().rstrip('…')} ({keys})")
    for name in _CHANGING if window.store.is_reading else ():
        hold_action(actions[name])


def _give_way(actions: dict[str, QAction], taken: list[QKeySequence]) -> None:
    """Leave the page the keys that it uses itself: two actions with one key would both be dead."""
    for name, _text, keys, _glyph in ACTIONS:
        if "|" in keys:
            free = [key for key in map(QKeySequence.fromString, keys.split("|")) if key not in taken]
            if actions[name].shortcuts() != free:
                actions[name].setShortcuts(free)


def name_places(window: MainWindow) -> None:
    """Give the keys Ctrl+1 … the names of the places that they go to."""
    workspace = window.workspace
    places = workspace.outline.top_places() if workspace else []
    for number in range(PLACES):
        action = window.actions_by_name[f"place{number + 1}"]
        action.setVisible(number < len(places))
        if number < len(places):
            name = places[number][1]
            name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
            action.setText(name.replace("&", "&&"))
    window.actions_by_name["places"].setVisible(bool(places))
