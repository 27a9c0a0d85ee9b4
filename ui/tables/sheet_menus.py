"""The menus of a table: over its rows, and over the head of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from models.i18n import N_, _
from ui.tables import sheet_actions

if TYPE_CHECKING:
    from ui.pages.table import TablePage


#: The menu over the rows: names of actions; ``None`` draws a line, a pair is a menu of its own.
_ROWS: tuple[str | tuple[str, tuple[str, ...]] | None, ...] = (
    "cut", "copy", "paste", "fill_down", "clear", None,
    "add_row", "add_part", "add_group", "delete_rows", None,
    (N_("Chuyển dòng"), ("shift_up", "shift_down", "nest", "unnest")),
    (N_("Lọc và sắp xếp"), ("filter", "sort_up", "sort_down", "plan_order", "show_all")),
    "columns",
)  # fmt: skip


def row_menu(page: TablePage) -> QMenu:
    """What can be done with the selected cells and rows."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    actions = {action.objectName(): action for action in page.actions_of_rows if action is not None}
    for entry in _ROWS:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, str):
            menu.addActions([actions[entry]] if entry in actions else [])
        else:
            menu.addMenu(_(entry[0])).addActions([actions[name] for name in entry[1] if name in actions])
    return menu


def head_menu(page: TablePage, column: int) -> QMenu:
    """Ordering by a column, hiding it, and the columns that there are."""
    menu, columns = QMenu(page), page.columns
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if column > 0:
        field = page.model.columns[column].field
        menu.addAction(_("Sắp xếp tăng dần")).triggered.connect(lambda: sheet_actions.sort_by(page, column, False))
        menu.addAction(_("Sắp xếp giảm dần")).triggered.connect(lambda: sheet_actions.sort_by(page, column, True))
    order = menu.addAction(_("Xếp theo thứ tự của kế hoạch"))
    order.triggered.connect(lambda: sheet_actions.sort_by(page, -1, False))
    order.setEnabled(page.model.arrangement.sorts)
    menu.addSeparator()
    if column > 0:
        hide = menu.addAction(_("Ẩn cột này"))
        hide.setEnabled(columns.can_hide(field))
        hide.triggered.connect(lambda: columns.set_hidden(field, True))
    shown = menu.addMenu(_("Các cột được hiện"))
    for one in columns.in_order():
        action = shown.addAction(one.label.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(not columns.is_hidden(one.field))
        action.setEnabled(columns.can_hide(one.field))
        action.triggered.connect(lambda checked, name=one.field: columns.set_hidden(name, not checked))
    menu.addAction(_("Cột…")).triggered.connect(page.choose_columns)
    menu.addAction(_("Về mặc định")).triggered.connect(columns.reset)
    return menu
