"""Every key, for the list of keys: those of the menus, and those that fields, tables and lists know themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMenu

from models.i18n import N_, _
from models.plan import Section, Table
from ui.document import Place
from ui.menus import shown_key
from ui.tables import sheet_actions

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.page import Page

#: Where keys serve, the kind of page that they are first in the list on, and each with what it does. Keys are parted
#: by "|"; what is no key sequence is in round brackets.
KEYS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (N_("Bảng"), "table", (
        (N_("(gõ chữ)"), N_("Sửa ô, thay nội dung cũ")),
        ("Return", N_("Ghi, xuống ô dưới")),
        ("Shift+Return", N_("Ghi, lên ô trên")),
        ("Tab", N_("Ghi, sang ô bên phải")),
        ("Shift+Tab", N_("Ghi, sang ô bên trái")),
        ("Esc", N_("Bỏ phần đang gõ")),
        ("Alt+Return", N_("Xuống dòng trong ô")),
        ("Space", N_("Đánh dấu hoặc bỏ đánh dấu, ở cột đánh dấu")),
        ("Shift+Space", N_("Chọn cả dòng")),
        (N_("(Shift+mũi tên)"), N_("Chọn nhiều ô")),
        (N_("(Ctrl+mũi tên)"), N_("Đến mép của vùng có nội dung")),
        ("Home|End", N_("Đến ô đầu, ô cuối của dòng")),
        ("PgUp|PgDown", N_("Lên, xuống một màn hình")),
        ("Ctrl+Tab|Ctrl+Shift+Tab", N_("Ra khỏi bảng")),
    )),
    (N_("Lời văn của mục"), "section", (
        ("Return", N_("Đoạn mới, gạch đầu dòng tiếp theo")),
        ("Shift+Return", N_("Xuống dòng trong đoạn")),
        ("Tab|Shift+Tab", N_("Đổi cấp của gạch đầu dòng")),
        ("Ctrl+B", N_("Chữ đậm")),
        ("Ctrl+I", N_("Chữ nghiêng")),
        ("Alt+Down", N_("Chèn trường tự điền")),
        (N_("(gõ {)"), N_("Tìm trường tự điền theo tên")),
        ("F7", N_("Ghi số tiền bằng chữ")),
        ("Ctrl+Shift+V", N_("Dán chữ, bỏ mọi định dạng")),
        ("Alt+N", N_("Hiện hoặc ẩn nội dung năm trước")),
    )),
    (N_("Căn cứ pháp lý"), "bases", (
        ("Ctrl+Return", N_("Thêm văn bản")),
        ("Ctrl+Shift+B", N_("Tìm văn bản để thêm")),
        ("Alt+Up", N_("Chuyển lên")),
        ("Alt+Down", N_("Chuyển xuống")),
        ("Del", N_("Xóa căn cứ")),
    )),
    (N_("Danh mục căn cứ"), "", (
        ("Return", N_("Thêm vào kế hoạch")),
        ("Shift+Up|Shift+Down", N_("Chọn nhiều văn bản")),
        ("Ins", N_("Thêm văn bản của đơn vị")),
        ("F2", N_("Sửa văn bản đang chọn")),
        ("Del", N_("Xóa văn bản của đơn vị")),
    )),
    (N_("Tổng hợp"), "summary", (
        ("Ctrl+C", N_("Sao chép số liệu, để dán vào bảng tính")),
    )),
    (N_("Danh sách lỗi"), "findings", (
        ("Return", N_("Đến ô có lỗi")),
        ("Left|Right", N_("Gấp, mở nhóm")),
    )),
    (N_("Xem trước"), "preview", (
        ("+|-", N_("Phóng to, thu nhỏ trang")),
        ("0", N_("Vừa bề rộng")),
        ("Home|End", N_("Đầu, cuối văn bản")),
        (N_("(nháy đúp)"), N_("Đến chỗ đó trong biểu mẫu")),
    )),
    (N_("Danh sách kế hoạch"), "list", (
        ("Return", N_("Mở kế hoạch")),
        ("Del", N_("Chuyển vào thùng rác")),
    )),
    (N_("Ô nhập"), "", (
        ("Return", N_("Ghi")),
        ("Esc", N_("Bỏ phần đang gõ")),
        ("Tab|Shift+Tab", N_("Sang ô sau, về ô trước")),
        ("Ctrl+Space|Alt+Down", N_("Gợi ý những gì đã gõ trước đây")),
        ("Ctrl+Z", N_("Hoàn tác phần đang gõ")),
        ("Ctrl+C|Ctrl+X|Ctrl+V|Ctrl+A", N_("Sao chép, cắt, dán, chọn tất cả")),
    )),
    (N_("Thanh tìm"), "", (
        ("Return", N_("Đến kết quả đang chọn")),
        ("Up|Down|PgUp|PgDown", N_("Chọn kết quả khác")),
        ("Alt+R", N_("Thay chỗ này")),
        ("Ctrl+Return", N_("Thay tất cả các chỗ tìm thấy")),
        ("Alt+D", N_("Bỏ dấu")),
        ("Alt+A", N_("Phân biệt hoa thường")),
        ("Alt+W", N_("Cả từ")),
        ("Alt+O", N_("Chỉ trang này")),
        ("Esc", N_("Đóng")),
    )),
    (N_("Mục lục kế hoạch"), "", (
        ("Up|Down", N_("Xem trang trên, trang dưới")),
        ("Return|Right", N_("Vào trang")),
        ("Left|Right", N_("Gấp, mở phần")),
    )),
    (N_("Hộp thoại"), "", (
        ("Return", N_("Đồng ý")),
        ("Esc", N_("Đóng")),
    )),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be done: where, what, by which keys, and what does it here, if anything does."""

    where: str
    text: str
    keys: str
    does: QAction | QShortcut | QAbstractButton | None = None

    @property
    def can_be_done(self) -> bool:
        return self.does is not None and self.does.isEnabled()

    def do(self) -> None:
        if isinstance(self.does, QAction):
            self.does.trigger()
        elif isinstance(self.does, QAbstractButton):
            self.does.click()
        elif self.does is not None:
            self.does.activated.emit()


def lines(window: MainWindow) -> list[Line]:
    """Every line of the list, those of the page that is shown first."""
    page = window.workspace.page if window.workspace else None
    here = kind_of(window.workspace.place) if window.workspace else "list"
    groups = [(kind == here, _of_kind(_(where), kind, keys, page)) for where, kind, keys in KEYS]
    of_page = [line for is_here, group in groups for line in group if is_here]
    others = [line for is_here, group in groups for line in group if not is_here]
    return [*of_page, *_of_menus(window), *others]


def kind_of(place: Place) -> str:
    """The kind of page of a place, as ``KEYS`` names it."""
    if isinstance(place, str):
        return place
    return "table" if isinstance(place, Table) else "section" if isinstance(place, Section) else ""


def _of_kind(where: str, kind: str, keys: tuple[tuple[str, str], ...], page: Page | None) -> list[Line]:
    """The lines of one kind of page; what is done by keys of ``page`` can be done from the list as well."""
    found = []
    if kind == "table":
        for one in filter(None, sheet_actions.ACTIONS):
            action = page.findChild(QAction, one.name) if page is not None else None
            found.append(Line(where, _plain(_(one.text)), _shown(one.keys), action))
    doers: dict[QKeySequence, QShortcut | QAbstractButton] = {}
    if page is not None:
        doers |= {shortcut.key(): shortcut for shortcut in page.findChildren(QShortcut)}
        doers |= {button.shortcut(): button for button in page.findChildren(QAbstractButton) if button.isVisible()}
    for key, text in keys:
        found.append(Line(where, _(text), _shown(key), doers.get(QKeySequence.fromString(key))))
    return found


def _of_menus(window: MainWindow) -> Iterator[Line]:
    for action in window.menuBar().actions():
        menu = action.menu()
        if isinstance(menu, QMenu) and menu is not window.table_menu:
            yield from _of_menu(menu, _plain(action.text()), "")


def _of_menu(menu: QMenu, where: str, before: str) -> Iterator[Line]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _of_menu(below, where, f"{_plain(action.text())} › ")
        elif not action.isSeparator() and action.isVisible():
            yield Line(where, before + _plain(action.text()), _keys_of(action), action)


def _plain(text: str) -> str:
    """The text of an action without its marks."""
    text = text.partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")
    return text.rstrip("…")


def _keys_of(action: QAction) -> str:
    shown = action.text().partition("\t")[2]
    return shown or _shown("|".join(key.toString() for key in action.shortcuts()))


def _shown(keys: str) -> str:
    """Keys as people read them, those that have one name only once."""
    if keys.startswith("("):
        return _(keys).strip("()")
    return ", ".join(dict.fromkeys(shown_key(key) for key in keys.split("|") if key))
