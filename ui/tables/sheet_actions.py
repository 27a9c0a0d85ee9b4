"""What can be done in the table of a page: every action with its keys, as data, and the work of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence

from models.i18n import N_, _
from models.plan import Row
from ui import crash
from ui.reading_only import hold_action
from ui.tables import row_actions
from ui.tables.arranging import Arrangement
from ui.tables.columns import LABELS

if TYPE_CHECKING:
    from ui.pages.table import TablePage


@dataclass(frozen=True, slots=True)
class SheetAction:
    """One action: its name, words and keys (several parted by ``|``), and what it does on a page."""

    name: str
    text: str
    keys: str
    work: Callable[[TablePage], object]
    #: Only in a table of tasks.
    of_tasks: bool = False
    #: The keys work on the whole page; else only in the table itself.
    of_page: bool = False
    #: What is typed in the open editor is written first.
    commits: bool = True
    #: It changes the table.
    edits: bool = True


# ---- cells


def _edit_cell(page: TablePage) -> None:
    page.view.edit_current()


def _copy(page: TablePage) -> None:
    from ui.tables import blocks

    blocks.copy(page.view)


def _cut(page: TablePage) -> None:
    from ui.tables import blocks

    blocks.cut(page)


def _paste(page: TablePage) -> None:
    from ui.tables import blocks

    blocks.paste(page)


def _fill_down(page: TablePage) -> None:
    from ui.tables import blocks

    blocks.fill_down(page)


def _clear(page: TablePage) -> None:
    from ui.tables import blocks

    blocks.clear(page)


def _select_all(page: TablePage) -> None:
    page.view.selectAll()


def toggle_marks(page: TablePage, index: QModelIndex) -> None:
    """Set or take away the mark of a cell, and with it those selected in its column, in one edit."""
    column, first = index.column(), page.model.row_at(index)
    field = page.model.columns[column].field
    if first is None or first.group is not None:
        return
    selection = page.view.selectionModel()
    cells = [page.model.index(place, column) for place in page.view.selected_places()]
    rows = [page.model.row_at(cell) for cell in cells if selection.isSelected(cell)]
    value = not getattr(first, field)
    with page.document.edit(LABELS[field]):
        for row in {id(row): row for row in (first, *rows)}.values():
            if row is not None and row.group is None and getattr(row, field) != value:
                setattr(row, field, value)


# ---- rows


def _add_row(page: TablePage) -> None:
    current = page.current_row()
    if current is None:
        # The empty row at the end is a new one already.
        page.edit_place(page.model.rowCount() - 1)
    else:
        page.edit_row(row_actions.add_row(page.document, page.table, current))


def _add_part(page: TablePage) -> None:
    row = page.current_row()
    if row is None:
        return
    new = row_actions.add_part(page.document, row)
    if new is None:
        page.notice.emit(_("Không thể chia nhỏ thêm: bảng chỉ có bốn cấp dòng."), "warning")
    else:
        page.edit_row(new)


def _add_group(page: TablePage) -> None:
    new = row_actions.add_group(page.document, page.table, page.selected_rows())
    if new is None:
        sentence = _("Không tạo được nhóm ở đây: nhóm không nằm trong nhiệm vụ, và bảng chỉ có bốn cấp dòng.")
        page.notice.emit(sentence, "warning")
    else:
        page.edit_row(new)


def _delete_rows(page: TablePage) -> None:
    view, model = page.view, page.model
    rows, place = page.selected_rows(), view.currentIndex()
    unseen = sum(model.place_of(row) < 0 for row in row_actions.below(row_actions.tops(rows)))
    first = min((model.place_of(row) for row in rows), default=place.row())
    row_actions.delete_rows(page.document, rows)
    view.select_cell(model.index(min(first, model.rowCount() - 1), max(place.column(), 1)))
    if unseen:
        sentence = _("Đã xóa cả {count} dòng đang bị lọc, nằm dưới dòng đã chọn; nhấn Ctrl+Z để lấy lại.")
        page.notice.emit(sentence.format(count=unseen), "warning")


def _move(page: TablePage, work: Callable[[list[Row]], bool]) -> None:
    arrangement = page.model.arrangement
    if arrangement.filters or arrangement.sorts:
        sentence = _("Đang lọc hoặc sắp xếp nên chưa chuyển dòng được; hãy chọn “Hiện tất cả dòng” trước.")
        page.notice.emit(sentence, "warning")
        return
    rows = page.selected_rows()
    if rows and work(rows):
        page.view.scrollTo(page.view.currentIndex())


def _shift_up(page: TablePage) -> None:
    _move(page, lambda rows: row_actions.shift(page.document, rows, -1))


def _shift_down(page: TablePage) -> None:
    _move(page, lambda rows: row_actions.shift(page.document, rows, 1))


def _nest(page: TablePage) -> None:
    _move(page, lambda rows: row_actions.nest(page.document, rows))


def _unnest(page: TablePage) -> None:
    _move(page, lambda rows: row_actions.unnest(page.document, rows))


# ---- what is shown


def sort_by(page: TablePage, column: int, descending: bool) -> None:
    """Order the rows by a column; by that of the numbers as in the plan."""
    field = page.model.columns[column].field if column >= 0 else ""
    page.arrange(replace(page.model.arrangement, field="" if field == "number" else field, descending=descending))


def _sort_up(page: TablePage) -> None:
    sort_by(page, page.view.currentIndex().column(), False)


def _sort_down(page: TablePage) -> None:
    sort_by(page, page.view.currentIndex().column(), True)


def _plan_order(page: TablePage) -> None:
    sort_by(page, -1, False)


def _filter(page: TablePage) -> None:
    line = page.filter_line
    if line.is_open and line.text.hasFocus():
        line.close_line()
    else:
        line.open()


def _show_all(page: TablePage) -> None:
    page.filter_line.forget()
    page.arrange(Arrangement())


def _columns(page: TablePage) -> None:
    page.choose_columns()


def _import_rows(page: TablePage) -> None:
    from ui import importing
    from ui.main_window import MainWindow

    if isinstance(window := page.window(), MainWindow):
        importing.ask(window, page.table)


ACTIONS: tuple[SheetAction | None, ...] = (
    SheetAction("edit_cell", N_("Sửa ô"), "F2", _edit_cell, commits=False),
    SheetAction("cut", N_("Cắt"), "Ctrl+X|Shift+Del", _cut),
    SheetAction("copy", N_("Sao chép"), "Ctrl+C|Ctrl+Ins", _copy, edits=False),
    SheetAction("paste", N_("Dán"), "Ctrl+V|Shift+Ins", _paste),
    SheetAction("fill_down", N_("Chép từ ô trên xuống"), "Ctrl+D", _fill_down),
    SheetAction("clear", N_("Xóa nội dung ô"), "Del", _clear),
    SheetAction("select_all", N_("Chọn tất cả"), "Ctrl+A", _select_all, edits=False),
    None,
    SheetAction("add_row", N_("Thêm dòng bên dưới"), "Ctrl+Enter|Ctrl+Return", _add_row),
    SheetAction("add_part", N_("Thêm phần việc"), "Ctrl+Shift+Enter|Ctrl+Shift+Return", _add_part, of_tasks=True),
    SheetAction("add_group", N_("Tạo nhóm từ các dòng đang chọn"), "Ctrl+G", _add_group, of_tasks=True),
    SheetAction("delete_rows", N_("Xóa dòng"), "Ctrl+Del", _delete_rows),
    SheetAction("import_rows", N_("Nhập từ Excel, Word vào bảng này…"), "Ctrl+Shift+I", _import_rows, of_page=True),
    None,
    SheetAction("shift_up", N_("Chuyển lên"), "Alt+Up", _shift_up),
    SheetAction("shift_down", N_("Chuyển xuống"), "Alt+Down", _shift_down),
    SheetAction("nest", N_("Đưa vào dòng trên"), "Alt+Right", _nest, of_tasks=True),
    SheetAction("unnest", N_("Đưa ra ngoài"), "Alt+Left", _unnest, of_tasks=True),
    None,
    SheetAction("filter", N_("Lọc các dòng"), "Ctrl+Shift+L", _filter, of_page=True, edits=False),
    SheetAction("sort_up", N_("Sắp xếp tăng dần theo cột"), "Alt+Shift+Up", _sort_up, edits=False),
    SheetAction("sort_down", N_("Sắp xếp giảm dần theo cột"), "Alt+Shift+Down", _sort_down, edits=False),
    SheetAction(
        "plan_order", N_("Xếp theo thứ tự của kế hoạch"), "Alt+Shift+Home", _plan_order, of_page=True, edits=False
    ),
    SheetAction("show_all", N_("Hiện tất cả dòng"), "Alt+Shift+End", _show_all, of_page=True, edits=False),
    None,
    SheetAction("columns", N_("Cột…"), "Ctrl+Shift+C", _columns, of_page=True, edits=False),
)


def build(page: TablePage) -> list[QAction | None]:
    """The actions of a page, with their keys; ``None`` parts groups of them."""
    found: list[QAction | None] = []
    for one in ACTIONS:
        if one is None:
            found.append(None)
        elif not (one.of_tasks and page.table.is_register):
            found.append(_make(page, one))
    return found


def _make(page: TablePage, one: SheetAction) -> QAction:
    action = QAction(_(one.text), page)
    action.setObjectName(one.name)
    action.setShortcuts([QKeySequence.fromString(keys) for keys in one.keys.split("|") if keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setShortcutVisibleInContextMenu(True)

    def work() -> None:
        crash.did(one.name)
        if one.commits:
            page.view.commit_editor()
        one.work(page)

    action.triggered.connect(lambda _checked=False: work())
    (page if one.of_page else page.view).addAction(action)
    if one.edits and page.document.is_reading:
        hold_action(action)
    return action
